"""町会・自治会 and the people who belong to them; names exactly as typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

ContactKind = Literal["電話", "FAX", "メール", "住所"]


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """One 団体. ``stages`` maps a tool to "0" … "5" or "×" (希望しない), as they are now. Never ranked.

    ``branch`` may be 「第3支部」, a place name, or empty (連合会未加盟). ``households_text`` is what was
    written when it is no number (「約300」).
    """

    id: int = 0
    branch: str = ""
    name: str
    furigana: str = ""
    households: int | None = None
    households_text: str = ""
    stages: dict[str, str] = field(default_factory=dict)
    support_policy: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """One person; identified by 団体 + 氏名. ``organisation_id`` and ``role`` are those of now."""

    id: int = 0
    organisation_id: int | None = None
    name: str
    furigana: str = ""
    role: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Membership:
    """A person's 役職 in one 団体 from a day to a day; None = unknown, or still."""

    id: int = 0
    person_id: int
    organisation_id: int
    role: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Contact:
    """One way to reach a 団体 or a person, with what it may be used for and when it is disposed of."""

    id: int = 0
    organisation_id: int | None = None
    person_id: int | None = None
    application_id: int | None = None
    kind: ContactKind = "電話"
    value: str
    purpose: str = ""
    dispose_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class StageMark:
    """One tool's 段階 of one 団体 on a day, and where it was learnt: the history behind ``stages``."""

    id: int = 0
    organisation_id: int
    tool: str
    stage: str
    marked_on: date
    source: str = ""
    event_id: int | None = None
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Subsidy:
    """補助金 of one 団体 in a fiscal year, in yen; ``note`` holds what is no number (「申請中」)."""

    id: int = 0
    organisation_id: int
    fiscal_year: int
    amount: int | None = None
    note: str = ""
