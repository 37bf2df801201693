"""町会・自治会 and the people who belong to them; names exactly as typed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """One 団体. ``stages`` maps a tool to "0" … "5" or "×" (希望しない). Never ranked."""

    id: int = 0
    branch: str = ""
    name: str
    furigana: str = ""
    households: int | None = None
    stages: dict[str, str] = field(default_factory=dict)
    support_policy: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """One person of a 団体; identified by 団体 + 氏名."""

    id: int = 0
    organisation_id: int | None = None
    name: str
    furigana: str = ""
    role: str = ""
    phone: str = ""
    note: str = ""
