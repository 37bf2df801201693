"""A scratch copy of the program to which a patch is applied, so that a test can show what a change costs and what tells
of a line left out.

::

    house = ScratchHouse(tmp_path, patch_of("a column of applications"))
    house.python("from db.records.applications import Application; assert Application().mail_time == ''")
    assert "mail_time" in house.mypy("db/records/applications.py").said
    assert not house.without("listed=").pytest("tests/events/applications/test_x.py").held

A patch is text in the form of ``diff -u``: ``--- a/path``, ``+++ b/path``, then hunks that begin with ``@@``. What
a hunk says after its ``@@`` is not read: its lines say themselves where they belong, and must do so exactly once, so a
patch keeps as long as the lines around it. ``--- /dev/null`` makes a file.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ADDING = PROJECT / "docs" / "adding.md"

_COPIED = ("app", "db", "tests")
_LINKED = ("resources",)
_FILES = ("pyproject.toml",)
_LEFT_OUT = ("fixtures", "__pycache__")
_LONG = 300


@dataclass(frozen=True, kw_only=True)
class Hunk:
    """Lines that stand together in a file, as they were and as they shall be."""

    old: str
    new: str

    @property
    def added(self) -> int:
        """How many lines come."""
        return self._signs.count("+")

    @property
    def taken(self) -> int:
        """How many lines go."""
        return self._signs.count("-")

    _signs: str = ""


@dataclass(frozen=True)
class Patch:
    """What becomes of which files; a path is the project's own, with slashes."""

    files: dict[str, tuple[Hunk, ...]] = field(default_factory=dict)

    @property
    def size(self) -> tuple[int, int, int]:
        """Files touched, lines added, lines taken."""
        hunks = [hunk for found in self.files.values() for hunk in found]
        return len(self.files), sum(hunk.added for hunk in hunks), sum(hunk.taken for hunk in hunks)

    def outside_of(self, *folders: str) -> Patch:
        """The same without what it does in these folders (``tests``, ``db/migrations``)."""
        return Patch({path: hunks for path, hunks in self.files.items() if not path.startswith(folders)})


@dataclass(frozen=True, kw_only=True)
class Ran:
    """How a child ended, and all that it said."""

    held: bool
    said: str


class PatchRefused(AssertionError):
    """A patch that does not fit the program as it is."""


def patch_from(text: str) -> Patch:
    """Read a patch in the form of ``diff -u``.

    Raises:
        PatchRefused: a line that is none of such a patch.
    """
    files: dict[str, list[Hunk]] = {}
    lines: list[str] = []
    path = ""

    def end() -> None:
        if lines:
            files[path].append(_hunk(lines))
            lines.clear()

    for line in text.splitlines():
        if line.startswith("--- "):
            end()
        elif line.startswith("+++ "):
            path = line[4:].split("\t")[0].removeprefix("b/").strip()
            files.setdefault(path, [])
        elif line.startswith("@@"):
            end()
        elif path and line[:1] in ("", " ", "+", "-"):
            lines.append(line or " ")
        elif not line.startswith(("diff ", "index ", "new file", "\\")):
            raise PatchRefused(f"no line of a patch: {line!r}")
    end()
    return Patch({name: tuple(hunks) for name, hunks in files.items()})


def _hunk(lines: list[str]) -> Hunk:
    while lines and not lines[-1].strip():
        lines.pop()
    return Hunk(
        old="".join(f"{line[1:]}\n" for line in lines if line[0] != "+"),
        new="".join(f"{line[1:]}\n" for line in lines if line[0] != "-"),
        _signs="".join(line[0] for line in lines),
    )


def replaced(path: str, old: str, new: str) -> Patch:
    """One place of one file, said as it is and as it shall be; ``old`` must stand there exactly once."""
    before, after = old.splitlines(), new.splitlines()
    return Patch({path: (Hunk(old=old, new=new, _signs="-" * len(before) + "+" * len(after)),)})


def patches_of(page: str) -> dict[str, Patch]:
    """The patches of ``docs/adding.md`` by the heading (without its #) under which each stands; several blocks of one
    heading are one patch."""
    found: dict[str, str] = {}
    heading, inside = "", False
    for line in page.splitlines():
        if line.startswith("```"):
            inside = line.strip() == "```diff"
        elif inside:
            found[heading] = found.get(heading, "") + line + "\n"
        elif line.startswith("#"):
            heading = line.lstrip("#").strip()
    return {name: patch_from(text) for name, text in found.items()}


def patch_of(heading: str) -> Patch:
    """The patch that ``docs/adding.md`` shows under a heading.

    Raises:
        KeyError: it shows none there.
    """
    return patches_of(ADDING.read_text(encoding="utf-8"))[heading]


def apply(patch: Patch, folder: Path) -> None:
    """Apply a patch to the program in ``folder``, wholly or not at all.

    Raises:
        PatchRefused: it names lines that are not there, or that are there twice.
    """
    texts: dict[Path, str] = {}
    for path, hunks in patch.files.items():
        target = folder / path
        text = target.read_text(encoding="utf-8") if target.exists() else ""
        for hunk in hunks:
            if hunk.old and text.count(hunk.old) != 1:
                raise PatchRefused(f"{path}: {text.count(hunk.old)} times, not once:\n{hunk.old}")
            text = text.replace(hunk.old, hunk.new) if hunk.old else text + hunk.new
        texts[target] = text
    for target, text in texts.items():
        # The file of the project may be the very same one: a new one takes its name here.
        target.unlink(missing_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


class ScratchHouse:
    """The program as it stands with a patch applied, in a folder that is thrown away with the test."""

    def __init__(self, place: Path, *patches: Patch) -> None:
        """``place`` is an own folder of the test.

        Raises:
            PatchRefused: a patch names lines that are not there, or that are there twice.
        """
        self.folder = place / "house"
        self.folder.mkdir()
        for name in _COPIED:
            shutil.copytree(PROJECT / name, self.folder / name, ignore=_left_out, copy_function=_linked)
        for name in _LINKED:
            _whole(PROJECT / name, self.folder / name)
        _whole(PROJECT / "tests" / "fixtures", self.folder / "tests" / "fixtures")
        for name in _FILES:
            shutil.copy2(PROJECT / name, self.folder / name)
        for patch in patches:
            self.apply(patch)

    def apply(self, patch: Patch) -> None:
        """Apply one more patch."""
        apply(patch, self.folder)

    def without(self, line: str, *, path: str) -> None:
        """Leave out every line of a file that holds ``line``: what somebody may forget.

        Raises:
            PatchRefused: no line holds it.
        """
        text = (self.folder / path).read_text(encoding="utf-8")
        kept = "".join(f"{one}\n" for one in text.splitlines() if line not in one)
        if kept == text:
            raise PatchRefused(f"{path}: no line holds {line!r}")
        (self.folder / path).unlink()
        (self.folder / path).write_text(kept, encoding="utf-8")

    def python(self, snippet: str) -> str:
        """Run a piece of Python in the house; return what it printed.

        Raises:
            AssertionError: it ended with an error, whose words are said.
        """
        ran = self._run("-c", snippet)
        if not ran.held:
            raise AssertionError(ran.said)
        return ran.said

    def pytest(self, *asked: str) -> Ran:
        """Run test files, folders or single tests (``path::name``) of the house."""
        return self._run("-m", "pytest", "-q", "-p", "no:cacheprovider", *asked)

    def mypy(self, *files: str) -> Ran:
        """Ask mypy, strict as in the project, about files of the house; what they import is read, not judged."""
        cache = self.folder / ".mypy_cache"
        if not cache.exists() and (PROJECT / ".mypy_cache").exists():
            _copied_cache(PROJECT / ".mypy_cache", cache)
        return self._run("-m", "mypy", "--follow-imports=silent", *files)

    def ruff(self, *files: str) -> Ran:
        """Ask ruff, with the rules of the project, about files of the house: what it finds, and how they are set."""
        found, set_out = self._run("-m", "ruff", "check", *files), self._run("-m", "ruff", "format", "--diff", *files)
        return Ran(held=found.held and set_out.held, said=found.said + set_out.said)

    def _run(self, *words: str) -> Ran:
        own = self.folder / "own"
        own.mkdir(exist_ok=True)
        surroundings = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV", "DESK"))},
            "PYTHONPATH": str(self.folder),
            "PYTHONIOENCODING": "utf-8",
            "DEJIKATSU_DESK_HOME": str(own),
            "QT_QPA_PLATFORM": "offscreen",
            "TMPDIR": str(own),
        }
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env=surroundings,
            capture_output=True,
            check=False,
            timeout=_LONG,
            encoding="utf-8",
            errors="replace",
        )
        return Ran(held=done.returncode == 0, said=re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr))


def _left_out(folder: str, names: list[str]) -> set[str]:
    """Fixtures are linked as a whole; of what Python compiled, only the program's is worth its place."""
    return set(_LEFT_OUT).intersection(names) if Path(folder).is_relative_to(PROJECT / "tests") else set()


def _copied_cache(source: Path, target: Path) -> None:
    """What mypy knows already: the project's own check may just be writing into it, so it is copied as a database."""
    for path in source.rglob("*.db"):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        known = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=60)
        with closing(known), closing(sqlite3.connect(copy)) as own:
            known.backup(own)


def _linked(source: str, target: str) -> None:
    """The same file under another name where the system lets us, else a copy of it and its time."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _whole(source: Path, target: Path) -> None:
    """A folder that is only read; a system may refuse a link, or say that it made one and have none."""
    with suppress(OSError):
        target.symlink_to(source, target_is_directory=True)
    if not target.is_dir():
        target.unlink(missing_ok=True)
        shutil.copytree(source, target, copy_function=_linked)


if __name__ == "__main__":
    apply(patch_of(sys.argv[1]), PROJECT)
