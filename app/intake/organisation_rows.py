"""Reads the rows of a list of 団体: 支部 carried down, 段階 per tool, numbers as numbers, and what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.intake.findings import Finding
from app.intake.foreign_file import ForeignFile

ORGANISATION_FIELDS: dict[str, str] = {
    "branch": "支部",
    "name": "団体名",
    "furigana": "ふりがな",
    "chair": "会長名",
    "chair_furigana": "会長のふりがな",
    "phone": "電話",
    "fax": "FAX",
    "email": "メール",
    "address": "住所",
    "households": "世帯数",
    "subsidy": "補助金",
    "support_policy": "支援方針",
    "note": "備考",
}
"""Field key to its Japanese label; a tool's 段階 has the key ``stage:`` + its heading."""

STAGE = "stage:"


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


def propose_organisation_columns(headings: Sequence[str], groups: Sequence[str] = ()) -> dict[int, str]:
    """Guess our field for each column (number from 0) by its heading; ``groups`` are the headings above them."""
    return {}


def read_organisations(file: ForeignFile, columns: Mapping[int, str] | None = None) -> OrganisationTable:
    """Read every row of ``file``; ``columns`` (column number to field) default to the proposal."""
    return OrganisationTable(rows=(), columns=columns or {})
