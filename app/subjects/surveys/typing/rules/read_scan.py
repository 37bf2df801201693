"""What was read from a scan, as it is looked at sheet by sheet; it lives in memory alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from app.papers.scan_code import Area
from app.subjects.surveys.typing.rules.scanned_answers import ReadQuestion


@dataclass(frozen=True, kw_only=True)
class SheetPage:
    """One page of a sheet as it is looked at: ``number`` in the scan, ``page`` of the paper, a JPEG of it upright.

    ``areas`` say what lies where on it, in millimetres; ``marked`` are code and number of the boxes with a mark.
    """

    number: int
    page: int
    jpeg: bytes
    areas: tuple[Area, ...]
    marked: frozenset[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class ScannedSheet:
    """One sheet of a scan: its pages, what was read, the signs of its pages, and pages that did not come."""

    place: int
    pages: tuple[SheetPage, ...]
    answers: tuple[ReadQuestion, ...]
    scan: str
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReadScan:
    """A whole scan: the sheets to look at, those already entered, and what became of every other page, in sentences."""

    sheets: tuple[ScannedSheet, ...]
    known: int
    said: tuple[str, ...]
    pages: int
    two_toned: bool = False


def without(scan: ReadScan, known: Collection[str]) -> ReadScan:
    """Return a scan without the sheets that were entered meanwhile."""
    return replace(scan, sheets=tuple(one for one in scan.sheets if set(one.scan.split()).isdisjoint(known)))
