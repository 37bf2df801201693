"""The shape of a list of 団体 as read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.foreign_files.foreign_shape import Finding


@dataclass(frozen=True, kw_only=True)
class OrganisationRow:
    """One 団体 of a list. ``stages`` maps a tool to "0" … "5" or "×"; a tool that is empty or out of range is missing.

    ``chair`` is empty when the seat is (``chair_vacant``). ``phone`` is digits, ``values`` hold each cell as typed.
    ``households_text`` and ``subsidy_note`` hold what is no number. ``lost`` names the fields in whose cells a
    character was lost: they must not overwrite what is known.
    """

    row: int
    place: int
    raw: str = field(repr=False)
    values: Mapping[str, str] = field(repr=False)
    branch: str = ""
    name: str = ""
    furigana: str = ""
    chair: str = ""
    chair_furigana: str = ""
    chair_vacant: bool = False
    phone: str = ""
    fax: str = ""
    email: str = ""
    address: str = ""
    households: int | None = None
    households_text: str = ""
    stages: Mapping[str, str] = field(default_factory=dict)
    subsidy: int | None = None
    subsidy_note: str = ""
    support_policy: str = ""
    note: str = ""
    lost: tuple[str, ...] = ()
    broken: bool = False
    problems: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrganisationTable:
    """All 団体 of a file, the columns used, the tools found, and everything doubtful."""

    rows: tuple[OrganisationRow, ...]
    columns: Mapping[int, str]
    tools: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    problems: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()
    lost_characters: int = 0
