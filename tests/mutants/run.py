"""Breaks places of the program on purpose, one at a time, and prints which breaks no test notices (``make mutants``).

``N`` places are drawn by a seed, which is the hash of the last commit unless ``SEED`` says another. Each is broken in a
copy of that commit, never here. One run of all tests over the unbroken copy records which test reaches which line, and
tells what is red without a break. Then the tests of a module's own folder run, those first that reach the line, without
the files that hold what screens and documents say as a whole; then, for the breaks that live, all others that reach
one. What was found is kept under ``build/mutants``: run again, it goes on where it was stopped.
"""

import argparse
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import Final, Protocol

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from tests.mutants.breaking import broken  # noqa: E402
from tests.mutants.drawing import DrawnPlace, draw, every_place, modules, ordered_tests, own_tests  # noqa: E402

COPIES: Final = 2
"""Copies in which breaks are tried at the same time."""
LONGEST, LONGEST_OF_ONE = 1_200, 2
"""Seconds, and seconds more for each test, after which a run counts as one that does not end: the break is noticed."""
OWN, ALL = "own", "all"
LIVES: Final = "lives"
_FEW: Final = 8
"""As many red tests run first for one break alone."""
AIMS: Final = {OWN: 0.90, ALL: 0.97}
_WHOLE_WORDS: Final = (
    "--ignore=tests/documents/test_words_of_papers.py",
    "--ignore=tests/architecture/test_said_words.py",
    "--ignore=tests/startup/test_places_of_buttons.py",
    "--deselect=tests/startup/test_layout.py::test_every_screen_and_dialog_says_what_is_written_down",
    "--ignore-glob=*_say.py",
    "--ignore-glob=*_says.py",
)
"""What holds all that is said: it says that something moved, not what."""
_PYTEST: Final = ("-m", "pytest", "-q", "-x", "--assert=plain", "-p", "no:cacheprovider", "--no-header")
_NOTHING_RAN: Final = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, break, run the tests, and print what lives."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", default="")
    parser.add_argument("--own-only", action="store_true", help="without the second run over other folders")
    wished = parser.parse_args(arguments)
    commit = _git("rev-parse", "HEAD").strip()
    seed = wished.seed or commit
    kept = Kept(PROJECT / "build" / "mutants" / f"{commit[:12]}-{seed[:12]}.jsonl")
    with tempfile.TemporaryDirectory(prefix="desk-mutants-") as place:
        copies = [make_copy(Path(place) / str(number), commit) for number in range(COPIES)]
        drawn = draw(every_place(copies[0], modules(copies[0])), wished.count, seed)
        _say(f"{len(drawn)}か所を引きました（種 {seed[:12]}、記録 {kept.path.relative_to(PROJECT)}）")
        reach = reaching_tests(copies[0], drawn, kept.path.with_suffix(".reach"))
        work(drawn, copies, kept, OWN, lambda copy, one: own_run(copy, one, reach[one.key]))
        living = [one for one in drawn if kept.found(one, OWN) == LIVES]
        if not wished.own_only:
            work_together(
                living, copies[0], kept, {one.key: other_tests(copies[0], one, reach[one.key]) for one in living}
            )
    for line in report(drawn, kept, own_only=wished.own_only):
        _say(line)
    return 0


class Run(Protocol):
    """Tries one break in a copy; returns what noticed it, ``LIVES`` where nothing did."""

    def __call__(self, copy: Path, one: DrawnPlace, /) -> str:
        """Run the tests."""


class Kept:
    """What was found so far, a line for each run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self._found = {(one["key"], one["part"]): str(one["found"]) for one in map(json.loads, lines)}

    def found(self, one: DrawnPlace, part: str) -> str | None:
        """Return what noticed a break, ``LIVES`` where nothing did, None where it was not tried yet."""
        return self._found.get((one.key, part))

    def add(self, one: DrawnPlace, part: str, found: str) -> None:
        """Keep what came of one break."""
        with self._lock, self.path.open("a", encoding="utf-8") as file:
            self._found[one.key, part] = found
            line = {"key": one.key, "part": part, "found": found, "words": one.words}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def work(drawn: Iterable[DrawnPlace], copies: Sequence[Path], kept: Kept, part: str, run: Run) -> None:
    """Try every break that was not tried yet, in all copies at the same time."""
    waiting: queue.SimpleQueue[DrawnPlace] = queue.SimpleQueue()
    for one in drawn:
        if kept.found(one, part) is None:
            waiting.put(one)

    def until_empty(copy: Path) -> None:
        while True:
            try:
                one = waiting.get_nowait()
            except queue.Empty:
                return
            with broken_in(copy, one):
                found = run(copy, one)
            _keep(kept, one, part, found)

    threads = [threading.Thread(target=until_empty, args=(copy,)) for copy in copies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _keep(kept: Kept, one: DrawnPlace, part: str, found: str) -> None:
    """Keep and print what came of one break."""
    kept.add(one, part, found)
    _say(f"  {'残る' if found == LIVES else '気づく'}　{one.words}" + ("" if found == LIVES else f"　{found}"))


def work_together(living: Sequence[DrawnPlace], copy: Path, kept: Kept, others: Mapping[str, Sequence[str]]) -> None:
    """Try the breaks that live all at once, and alone each that a red test reaches.

    A test that stays green with all of them notices none. What is red may be so for another break: a few of those tests
    run for each break alone, and the rest once more with the breaks that are left, until each is noticed or lives.
    Two breaks that hide each other would count as living; places within each other are tried one after the other.

    Args:
        others: the tests to run by key of the break.
    """
    left = [one for one in living if kept.found(one, ALL) is None]
    few, red = _FEW, {test for one in left for test in others[one.key]}
    while left:
        with broken_in(copy, *left) as made:
            red = _red_tests(copy, sorted({test for one in made for test in others[one.key] if test in red}))
        for one in made:
            near = [test for test in others[one.key] if test in red]
            with broken_in(copy, one):
                found = _run(copy, near[:few])
            if found != LIVES or len(near) <= few:
                left.remove(one)
                _keep(kept, one, ALL, found)
        few *= 2
        if len(made) < len(left):
            red |= {test for one in left if one not in made for test in others[one.key]}


@contextmanager
def broken_in(copy: Path, *places: DrawnPlace) -> Iterator[list[DrawnPlace]]:
    """Break places of a copy, and mend them afterwards to the byte and the second: what was compiled still fits.

    Yields those that are broken: of places within each other the first.
    """
    stood = {one.module: ((copy / one.module).read_bytes(), (copy / one.module).stat()) for one in places}
    made: list[DrawnPlace] = []
    for one in sorted(places, key=lambda one: (one.module, -one.place.start)):
        if made and made[-1].module == one.module and made[-1].place.start < one.place.end:
            continue
        path = copy / one.module
        path.write_bytes(broken(path.read_bytes().decode("utf-8"), one.place).encode("utf-8"))
        made.append(one)
    try:
        yield made
    finally:
        for module, (source, stat) in stood.items():
            (copy / module).write_bytes(source)
            os.utime(copy / module, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def own_run(copy: Path, one: DrawnPlace, reaching: Sequence[str]) -> str:
    """Run the tests of a module's own folder that reach the line, and where none of them notices the whole folder: what
    one test reads and keeps for the others reaches a line for them, too."""
    far = set(other_tests(copy, one, reaching))
    found = _run(copy, [test for test in reaching if test not in far])
    if found != LIVES:
        return found
    files = (path.relative_to(copy).as_posix() for path in ordered_tests(copy, one.module))
    # Named one by one they run whatever is to be ignored.
    return _run(copy, [file for file in files if not _holds_words(file)], _WHOLE_WORDS)


def other_tests(copy: Path, one: DrawnPlace, reaching: Sequence[str]) -> list[str]:
    """Return the tests that reach the line and did not run for ``own_run``, in their order."""
    folder = f"{own_tests(copy, one.module).relative_to(copy).as_posix()}/"
    return [test for test in reaching if not test.startswith(folder) or _holds_words(test)]


def _holds_words(test: str) -> bool:
    """Return whether a test is one of those that hold all that is said."""
    file = test.partition("::")[0]
    return any(fnmatch(file, pattern) or test == pattern for pattern in (one.partition("=")[2] for one in _WHOLE_WORDS))


def _run(copy: Path, tests: Sequence[str], more: Sequence[str] = ()) -> str:
    """Return the first test that fails, ``LIVES`` where none does."""
    if not tests:
        return LIVES
    command = [sys.executable, *_PYTEST, *more, *tests]
    try:
        done = subprocess.run(
            command,
            cwd=copy,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST + LONGEST_OF_ONE * len(tests),
        )
    except subprocess.TimeoutExpired:
        return "終わらない"
    if done.returncode in (0, _NOTHING_RAN):
        return LIVES
    return next(iter(_not_passed(done.stdout)), "始まらない")


def _red_tests(copy: Path, tests: Sequence[str]) -> set[str]:
    """Return those of the tests that do not pass; all of them where they do not come to an end."""
    if not tests:
        return set()
    listed = copy.with_suffix(".tests")  # more than a command line holds
    listed.write_text("\n".join(tests), encoding="utf-8")
    few = (one for one in _PYTEST if one != "-x")
    try:
        done = subprocess.run(
            [sys.executable, *few, "-n", str(COPIES), "--dist", "worksteal", f"@{listed}"],
            cwd=copy,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST + LONGEST_OF_ONE * len(tests),
        )
    except subprocess.TimeoutExpired:
        return set(tests)
    return set(_not_passed(done.stdout))


def _not_passed(printed: str) -> list[str]:
    """Return the tests that failed or could not begin, from what pytest printed."""
    said = (line for line in printed.splitlines() if line.startswith(("FAILED ", "ERROR ")))
    return [line.split(" - ")[0].partition(" ")[2] for line in said]


def reaching_tests(copy: Path, drawn: Sequence[DrawnPlace], to: Path) -> dict[str, list[str]]:
    """Return the tests that reach the line of each break, from one run of all of them over the unbroken copy."""
    red = to.with_name(f"{to.name}.red")
    if not red.exists():
        _say("すべてのテストを1回通し、どの行をどのテストが通るかを控えています…")
        modules = sorted({str(copy / one.module) for one in drawn})
        environment = _environment() | {"DESK_REACH": "\n".join([str(to), *modules])}
        command = [sys.executable, *(one for one in _PYTEST if one != "-x"), "-p", "tests.mutants.reach"]
        done = subprocess.run(
            [*command, "-n", str(COPIES), "--dist", "worksteal"],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        red.write_text(
            "\n".join(one for one in done.stdout.splitlines() if one.startswith(("FAILED", "ERROR"))), "utf-8"
        )
    if said := red.read_text(encoding="utf-8").strip():
        _say(f"壊さなくても通らないテストがあります。先に直してください：\n{said}")
    return tests_by_place(to, drawn)


def tests_by_place(found: Path, drawn: Iterable[DrawnPlace]) -> dict[str, list[str]]:
    """Return the tests of each place from what the workers kept; of a line that runs on import those of its module."""
    import coverage

    reached: dict[str, dict[int, set[str]]] = {}
    for path in sorted(found.parent.glob(f"{found.name}.*")):
        if path.suffix == ".red":
            continue
        data = coverage.CoverageData(str(path))
        data.read()
        for file in data.measured_files():
            lines = reached.setdefault(file, {})
            for line, tests in data.contexts_by_lineno(file).items():
                lines.setdefault(line, set()).update(one for one in tests if one)
    by_place = {}
    for one in drawn:
        lines = next((lines for file, lines in reached.items() if file.endswith(f"/{one.module}")), {})
        by_place[one.key] = sorted(lines.get(one.place.line) or {test for tests in lines.values() for test in tests})
    return by_place


def report(drawn: Sequence[DrawnPlace], kept: Kept, *, own_only: bool = False) -> Iterator[str]:
    """Yield the counts, and every break that nothing noticed, by module."""
    lives = {part: [one for one in drawn if kept.found(one, part) == LIVES] for part in (OWN, ALL)}
    tried = [one for one in drawn if kept.found(one, OWN) is not None]
    for part, words in ((OWN, "同じフォルダーのテスト"), (ALL, "すべてのテスト")):
        if tried and not (own_only and part == ALL):
            noticed = len(tried) - len(lives[part])
            yield f"{words}が気づいた：{noticed}／{len(tried)}＝{noticed / len(tried):.1%}（めあて {AIMS[part]:.0%}）"
    for module, count in sorted(Counter(one.module for one in lives[OWN]).items()):
        yield f"{module}（{count}）"
        for one in lives[OWN]:
            if one.module == module:
                other = kept.found(one, ALL)
                yield f"    {one.words}　{'だれも気づかない' if other in (LIVES, None) else f'気づいた：{other}'}"


def make_copy(place: Path, commit: str) -> Path:
    """Return a copy of a commit, with the libraries of this one and everything compiled."""
    _git("clone", "--quiet", "--shared", "--no-checkout", str(PROJECT), str(place))
    _git("-C", str(place), "checkout", "--quiet", "--detach", commit)
    (place / ".venv").symlink_to((PROJECT / ".venv").resolve())
    subprocess.run([sys.executable, "-m", "compileall", "-q", "app", "db", "tests"], cwd=place, check=True)
    return place


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DESK_"))}
    return own | {"PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=PROJECT, check=True, capture_output=True, text=True).stdout


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
