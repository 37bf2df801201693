"""Draws places to be broken: of rules, of services that count, and of what documents say, by a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.mutants.breaking import Place, places_of

_COUNTS: Final = re.compile(r"\b(sum|len|Counter|min|max)\(")
_SHOWN: Final = 60
_LAYERS: Final = frozenset({"rules", "documents"})
_OF_QT: Final = frozenset({"screens", "parts"})
_GENERAL: Final = ("app/calendar", "app/common")
_LEFT_OUT: Final = ("app/documents/pdf", "app/documents/excel", "app/sample")
"""How documents are drawn, which is not what they say, and the sample year."""


@dataclass(frozen=True)
class DrawnPlace:
    """One place of one module, the module by its path within the program."""

    module: str
    place: Place

    @property
    def key(self) -> str:
        """Return what it is kept and found again by."""
        return f"{self.module}:{self.place.start}:{self.place.new}"

    @property
    def words(self) -> str:
        """Return module, line and break on one line."""
        old, new = (" ".join(text.split()) for text in (self.place.old, self.place.new))
        return f"{self.module}:{self.place.line}　{old[:_SHOWN]} → {new[:_SHOWN]}"


def modules(project: Path) -> Iterator[Path]:
    """Yield the modules from which is drawn."""
    for path in sorted((project / "app").rglob("*.py")):
        name = path.relative_to(project).as_posix()
        parts = {*path.relative_to(project).parts[2:-1], path.stem}
        if name.startswith(_LEFT_OUT) or path.stem == "__init__" or _OF_QT & parts:
            continue
        counts = "services" in parts and _COUNTS.search(path.read_text(encoding="utf-8"))
        if _LAYERS & parts or name.startswith(_GENERAL) or counts:
            yield path


def every_place(project: Path, paths: Iterable[Path]) -> list[DrawnPlace]:
    """Return every place of some modules, in the order of their paths."""
    return [
        DrawnPlace(path.relative_to(project).as_posix(), place)
        for path in paths
        for place in places_of(path.read_text(encoding="utf-8"))
    ]


def draw(every: Sequence[DrawnPlace], count: int, seed: str) -> list[DrawnPlace]:
    """Return ``count`` places, each as likely as every other, in the order drawn; the same for the same seed."""
    return random.Random(seed).sample(every, min(count, len(every)))


def own_tests(project: Path, module: str) -> Path:
    """Return the folder of tests that belongs to a module: the deepest one of its name."""
    found = project / "tests"
    for part in Path(module).parts[1:-1]:
        if not any((found / part).rglob("test_*.py")):
            break
        found /= part
    return found


def ordered_tests(project: Path, module: str) -> list[Path]:
    """Return the files of the folder, those first that name the module: they notice soonest."""
    folder = own_tests(project, module)
    dotted = module.removesuffix(".py").replace("/", ".")
    names = (dotted, f"from {dotted.rpartition('.')[0]} import")
    files = sorted(folder.rglob("test_*.py"))
    near = [one for one in files if any(name in one.read_text(encoding="utf-8") for name in names)]
    return [*near, *(one for one in files if one not in near)]
