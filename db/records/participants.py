"""Expected numbers of participants and the notices that tell them to the contractor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class ExpectedCount:
    """How many come from one 団体, with devices and needs (numbers and wording only, no person)."""

    id: int = 0
    event_id: int
    position: int
    organisation_id: int | None = None
    organisation_name: str
    people: int
    own_devices: int = 0
    lent_devices: int = 0
    care_count: int = 0
    care_request: str = ""


@dataclass(frozen=True, kw_only=True)
class HeadcountNotice:
    """A snapshot of the numbers as told (or about to be told); ``told_on`` set closes the deadline."""

    id: int = 0
    event_id: int
    revision: int
    people: int
    organisations: int
    own_devices: int
    lent_devices: int
    care_count: int
    care_request: str = ""
    made_on: date
    reason: str = ""
    told_on: date | None = None
    told_by: str = ""
    told_to: str = ""
    told_how: str = ""
