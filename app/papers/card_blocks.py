"""The cards of the day: 名札, 席札 and 班札."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class NameTag:
    """One 名札; all texts empty but ``event`` is one to write on for somebody who just comes."""

    event: str
    organisation: str = ""
    name: str = ""
    reading: str = ""
    role: str = ""
    group: str = ""
    no_photo: bool = False


@dataclass(frozen=True, kw_only=True)
class NameTags:
    """名札 of 91×55 mm, ten on a sheet, with cut marks."""

    tags: tuple[NameTag, ...]


@dataclass(frozen=True, kw_only=True)
class SeatCard:
    """席札: one sheet folded in the middle, the same on both halves."""

    name: str
    organisation: str = ""
    event: str = ""


@dataclass(frozen=True, kw_only=True)
class TableCard:
    """班札: one sheet folded in the middle; 班 and ファシリテーター in front, ``members`` (if any) behind.

    ``members`` are reading, name and 団体 of those who sit there.
    """

    number: str
    event: str
    when: str
    facilitator: str = ""
    members: tuple[tuple[str, str, str], ...] = ()
    note: str = ""
