"""Breaks places of the program on purpose, one at a time, and prints which breaks no test notices (``make mutants``).

``N`` places are drawn by a seed, which is the hash of the last commit unless ``SEED`` says another, of the whole
program or of what lies below ``BELOW``. Each is tried with the tests of its module's own folder that reach its line,
without the files that hold what screens and documents say as a whole; then those that live with all tests. No file is
touched: a break lies in the memory of a fork (``forks``). What was found is kept under ``build/mutants``: run again on
the same commit, it goes on where it was stopped.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from functools import partial
from pathlib import Path
from typing import Any, Final

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from tests.mutants.drawing import DrawnPlace, draw, every_place, modules, ordered_tests, own_tests  # noqa: E402
from tests.mutants.forks import BREAKS, BROKEN, LIVES, ON_IMPORT, as_data  # noqa: E402

AT_ONCE: Final = 2
"""Runs of tests at the same time."""
OWN, ALL = "own", "all"
AIMS: Final = {OWN: 0.90, ALL: 0.97}
_WHOLE_WORDS: Final = (
    "tests/documents/test_words_of_papers.py",
    "tests/architecture/test_said_words.py",
    "tests/startup/test_places_of_buttons.py",
    "tests/startup/test_layout.py",
    "*_say.py",
    "*_says.py",
)
"""What holds all that is said: it says that something moved, not what."""
_PYTEST: Final = ("-m", "pytest", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "tests.mutants.forks")


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw, break, run the tests, and print what lives."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", default="")
    parser.add_argument("--below", default="app", help="the folder or module that is broken")
    parser.add_argument("--own-only", action="store_true", help="without the second run over other folders")
    wished = parser.parse_args(arguments)
    commit = _git("rev-parse", "HEAD").strip()
    seed = wished.seed or commit
    paths = [one for one in modules(PROJECT) if one.is_relative_to(PROJECT / wished.below)]
    drawn = draw(every_place(PROJECT, paths), wished.count, seed)
    kept = Kept(PROJECT / "build" / "mutants" / f"{commit[:12]}-{seed[:12]}.jsonl", fresh=bool(_git("diff", "HEAD")))
    _say(f"{len(drawn)}か所を引きました（種 {seed[:12]}、記録 {kept.path.relative_to(PROJECT)}）")
    by_folder = defaultdict(list)
    for one in drawn:
        by_folder[own_tests(PROJECT, one.module)].append(one)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(partial(_try_own, kept), by_folder.values()))
        if not wished.own_only:
            living = [one for one in drawn if kept.found(one, OWN) == LIVES]
            files = [one.relative_to(PROJECT).as_posix() for one in sorted((PROJECT / "tests").rglob("test_*.py"))]
            parts = [f"{ALL} {number}" for number in range(AT_ONCE)]
            shares = [files[number::AT_ONCE] for number in range(AT_ONCE)]
            list(threads.map(partial(_try, kept, living), parts, shares))
    for line in report(drawn, kept, own_only=wished.own_only):
        _say(line)
    return 0


class Kept:
    """What was found so far, a line for each run; of a tree that is not as committed, nothing from before."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        if fresh:
            path.unlink(missing_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self._found = {(one["key"], one["part"]): str(one["found"]) for one in map(json.loads, lines)}

    def found(self, one: DrawnPlace, part: str) -> str | None:
        """Return what noticed a break, ``LIVES`` where nothing did, None where it was not tried yet."""
        if part != ALL:
            return self._found.get((one.key, part))
        found = [found for (key, where), found in self._found.items() if key == one.key and where.startswith(ALL)]
        return next((by for by in found if by != LIVES), LIVES if found else None)

    def add(self, one: DrawnPlace, part: str, found: str) -> None:
        """Keep and print what came of one break."""
        self._found[one.key, part] = found
        line = {"key": one.key, "part": part, "found": found, "words": one.words}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        _say(f"  {'残る' if found == LIVES else '気づく'}　{one.words}" + ("" if found == LIVES else f"　{found}"))


def _try_own(kept: Kept, breaks: Sequence[DrawnPlace]) -> None:
    """Try the breaks of one folder with its own tests."""
    files = (path.relative_to(PROJECT).as_posix() for path in ordered_tests(PROJECT, breaks[0].module))
    _try(kept, breaks, OWN, [one for one in files if not any(fnmatch(one, pattern) for pattern in _WHOLE_WORDS)])


def _try(kept: Kept, breaks: Iterable[DrawnPlace], part: str, files: Sequence[str]) -> None:
    """Try breaks with the tests of some files, those that an import reads each in a run of its own."""
    waiting = {one.key: one for one in breaks if kept.found(one, part) is None}
    if not waiting or not files:
        return
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as wish:
        json.dump([as_data(one) for one in waiting.values()], wish)
        wish.flush()
        for line in _lines_of({BREAKS: wish.name}, files):
            said: dict[str, Any] = json.loads(line)
            one, found = waiting[said["key"]], str(said["found"])
            kept.add(one, part, _found_on_import(one, said["tests"]) if found == ON_IMPORT else found)


def _found_on_import(one: DrawnPlace, tests: Sequence[str]) -> str:
    """Return the first of the tests that notices a break that is there from the first import on."""
    if not tests:
        return LIVES
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as wish:
        json.dump(as_data(one), wish)
        wish.flush()
        printed = list(_lines_of({BROKEN: wish.name}, ["-x", *tests]))
    said = (line for line in printed if line.startswith(("FAILED ", "ERROR ")))
    red = next((line.split(" - ")[0].partition(" ")[2] for line in said), "")
    return red or (LIVES if any(" passed" in line for line in printed) else "始まらない")


def _lines_of(more: dict[str, str], arguments: Sequence[str]) -> Iterator[str]:
    """Run tests, named in a file since a command line holds only so much, and yield what is printed as it comes."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DESK_"))}
    environment = (
        own | {"PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen", "QT_NO_GUI_THREADPOOL": "1"} | more
    )
    with tempfile.NamedTemporaryFile("w", suffix=".tests", encoding="utf-8") as listed:
        listed.write("\n".join(arguments))
        listed.flush()
        command = [sys.executable, *_PYTEST, f"@{listed.name}"]
        with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as run:
            assert run.stdout is not None
            yield from run.stdout


def report(drawn: Sequence[DrawnPlace], kept: Kept, *, own_only: bool = False) -> Iterator[str]:
    """Yield the counts, and every break that nothing noticed, by module."""
    tried = [one for one in drawn if kept.found(one, OWN) is not None]
    by_own = [one for one in tried if kept.found(one, OWN) == LIVES]
    by_all = [one for one in by_own if kept.found(one, ALL) in {LIVES, None}]
    for part, living, words in ((OWN, by_own, "同じフォルダーのテスト"), (ALL, by_all, "すべてのテスト")):
        if tried and not (own_only and part == ALL):
            noticed = len(tried) - len(living)
            yield f"{words}が気づいた：{noticed}／{len(tried)}＝{noticed / len(tried):.1%}（めあて {AIMS[part]:.0%}）"
    for module, count in sorted(Counter(one.module for one in by_own).items()):
        yield f"{module}（{count}）"
        for one in by_own:
            if one.module == module:
                other = kept.found(one, ALL)
                yield f"    {one.words}　{'だれも気づかない' if other in (LIVES, None) else f'気づいた：{other}'}"


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=PROJECT, check=True, capture_output=True, text=True).stdout


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
