"""Which 団体 have not applied for an event yet, by 支部: whom one can still ask (追加募集).

- ``read_not_applied(store, event_id, today) -> NotApplied``
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.calendar.dates import short_date
from app.subjects.events.rules.selection_minimum import closing_day
from app.subjects.events.rules.taking_part import is_coming
from app.subjects.events.services.deadlines import read_event_year
from app.subjects.events.services.event_file import read_file
from db.name_key import name_key
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.roster import Entry
from db.store import Store
from db.tables import organisations, roster

UNWILLING = "×"
NO_BRANCH = "支部なし（連合会未加盟）"
_NUMBERED = re.compile(r"第?(\d+)支部")
_UNNUMBERED = 1_000


@dataclass(frozen=True, kw_only=True)
class BranchPart:
    """The 団体 of one 支部 in the order of the register."""

    branch: str
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, kw_only=True)
class NotApplied:
    """The 団体 that can still be asked; ``unwilling`` said 希望しない and are left out, ``applied`` have applied."""

    event: Event
    branches: tuple[BranchPart, ...]
    applied: int
    unwilling: int
    coming: int
    least: int
    closing_words: str

    @property
    def count(self) -> int:
        """How many 団体 are listed."""
        return sum(len(part.organisations) for part in self.branches)


def read_not_applied(store: Store, *, event_id: int, today: date) -> NotApplied:
    """Return the 団体 without any application for the event, 支部 by 支部 as the register names them; never ranked.

    A 団体 that gave 「×」（希望しない） for the event's tools, or for every tool where the event names none, is left out.
    One that applied and then gave up counts as having applied: it was reached.
    """
    database = store.database
    year = read_event_year(store, event_id, today)
    file = read_file(store, event_id)
    event = file.event
    entries = roster.entries(database, event_id)
    register = organisations.everything(database)
    others = _without_application(register, entries)
    willing = [one for one in others if not is_unwilling(one, event.tools)]
    parts: dict[str, list[Organisation]] = {}
    for one in willing:
        parts.setdefault(one.branch or NO_BRANCH, []).append(one)
    closing = closing_day(file.steps, event, year.calendar)
    return NotApplied(
        event=event,
        branches=tuple(BranchPart(branch=branch, organisations=tuple(parts[branch])) for branch in _in_order(parts)),
        applied=len(register) - len(others),
        unwilling=len(others) - len(willing),
        coming=sum(is_coming(entry) for entry in entries),
        least=year.view.numbers[event.kind].people_min,
        closing_words=short_date(closing, today) if closing else "",
    )


def anybody_to_ask(store: Store, event: Event) -> bool:
    """Whether the list would name at least one 団体."""
    others = _without_application(organisations.everything(store.database), roster.entries(store.database, event.id))
    return any(not is_unwilling(one, event.tools) for one in others)


def _without_application(register: Iterable[Organisation], entries: Iterable[Entry]) -> list[Organisation]:
    """The 団体 of the register for which nobody applied, in the order of the register."""
    found = tuple(entries)
    asked_ids = {entry.organisation_id for entry in found if entry.organisation_id}
    asked_names = {name_key(entry.organisation_name) for entry in found} - {""}
    return [one for one in register if one.id not in asked_ids and name_key(one.name) not in asked_names]


def _in_order(branches: Iterable[str]) -> list[str]:
    """支部 with a number by their number, others as the register names them, those without one last."""
    numbers = {branch: _NUMBERED.fullmatch(branch) for branch in branches}
    known = {branch: int(found.group(1)) if found else _UNNUMBERED for branch, found in numbers.items()}
    return sorted(known, key=lambda branch: (branch == NO_BRANCH, known[branch]))


def is_unwilling(organisation: Organisation, tools: tuple[str, ...]) -> bool:
    """Whether the 団体 does not wish for any of ``tools`` (of all it was asked about when none is named)."""
    stages = organisation.stages
    asked = [stages[tool] for tool in tools if tool in stages] if tools else list(stages.values())
    return bool(asked) and all(stage == UNWILLING for stage in asked) and (not tools or len(asked) == len(tools))
