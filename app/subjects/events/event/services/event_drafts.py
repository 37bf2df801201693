"""Typing an event: the draft, and what is unusual about it with all its deadlines; nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.subjects.events.event.rules.event_checks import event_warnings, venue_clause
from app.subjects.events.event.rules.event_warning import (
    AGREEMENT,
    CLAUSE_TERM,
    CONTRACT_CHANGE,
    NEEDS,
    EventWarning,
    Needs,
)
from app.subjects.events.event.services.event_records import EventRecords, read_event_or_error, read_event_records
from app.subjects.events.event.services.tasks.deadlines import read_event_year, read_year
from app.subjects.events.event.services.tasks.event_tasks import YearContext, tasks_of
from app.subjects.events.event.services.tasks.task import Task
from db.fields import changed_fields, editable_fields
from db.frozen_record import frozen_record
from db.records.events import Event
from db.store import Store
from db.tables import events as table

_HOW_SETTLED = (AGREEMENT, CONTRACT_CHANGE)


@frozen_record
class EventDraft(Event):
    """An event as typed. Times are "HH:MM"; ``event_date`` None = 日程は協議中.

    ``exception_reason`` and ``exception_kind`` (程度の範囲内 / 協議で足りる / 契約変更の要否を契約課へ確認) say why
    something beside the specification is right. ``expected_people`` only serves the warnings. One made of an event
    carries all of it; only what is ``typed`` goes from a draft into an event.
    """

    expected_people: int | None = None


_TYPED_FIELDS: Final = editable_fields(Event)
"""What of a draft goes into an event; which one it is and what became of it nobody types."""


@frozen_record
class DraftCheck:
    """What the form shows beside a draft, before anything is saved.

    ``title`` the name it will get; ``warnings`` never block; ``reason_needed`` True when one of them asks
    for a reason and how it is settled, ``suggested_kind`` the likely way; ``tasks`` every deadline.
    """

    title: str
    warnings: tuple[EventWarning, ...]
    reason_needed: bool
    suggested_kind: Needs
    tasks: tuple[Task, ...]


def check_event_draft(
    store: Store, *, draft: EventDraft, today: date, event_id: int | None = None, fiscal_year: int | None = None
) -> DraftCheck:
    """Say what is unusual about a draft and give all its deadlines; writes nothing, refuses nothing.

    Args:
        event_id: given when an event that exists is changed; its own year counts then.
        fiscal_year: the year of a new event; None = the newest.
    """
    year = read_year(store, today, fiscal_year=fiscal_year)
    if event_id is not None:
        year = read_event_year(store, event_id, today)
    event = event_from_draft(store, draft, year, event_id)
    warnings = draft_warnings(store, event, year, draft.expected_people)
    asking = [warning for warning in warnings if needs_reason(warning, event, year)]
    ways: list[Needs] = [row.needs for row in asking]
    suggested: Needs = max(ways, key=NEEDS.index) if ways else ""
    file = replace(read_event_records(store, event_id), event=event) if event_id else EventRecords(event=event)
    return DraftCheck(
        title=event.full_title,
        warnings=warnings,
        reason_needed=bool(asking),
        suggested_kind=suggested,
        tasks=tasks_of(file, year),
    )


def draft_of(event: Event) -> EventDraft:
    """Return the draft that stands for an event as it is, to fill the form."""
    return EventDraft(**vars(event))


def draft_warnings(store: Store, event: Event, year: YearContext, expected: int | None) -> tuple[EventWarning, ...]:
    """Return everything unusual about an event among the others of the year."""
    return event_warnings_among(table.events_of_year(store.database, year.view.programme.id), event, year, expected)


def event_warnings_among(
    others: Sequence[Event], event: Event, year: YearContext, expected: int | None
) -> tuple[EventWarning, ...]:
    """Return the same among events already read."""
    year = year.for_event(event)
    return event_warnings(
        event, year.view.numbers[event.kind], year.view.programme, year.calendar, others=others, expected=expected
    )


def needs_reason(warning: EventWarning, event: Event, year: YearContext) -> bool:
    """Whether a warning asks for a reason: period, count, people and place of the specification.

    One event more than planned asks even within 程度, but only of the event that is one too many (by its
    ordinal, or while it has none); a few people more ask nothing.
    """
    numbers = year.for_event(event).view.numbers[event.kind]
    if warning.is_about_year:
        return event.ordinal is None or event.ordinal > numbers.planned
    clauses = (
        numbers.clause_window, numbers.clause_planned, numbers.clause_people, venue_clause(numbers), CLAUSE_TERM,
    )  # fmt: skip
    return warning.needs in _HOW_SETTLED and warning.clause in clauses


def with_date_fields(store: Store, event: Event, before: Event | None, today: date) -> Event:
    """Return an event with what it gets together with its date: its ordinal, and that it was dated ``today``.

    Args:
        before: as it stood, None = a new one; what has a date already keeps the day on which it got it.
    """
    dated_on = before.dated_on if before is not None and before.event_date is not None else None
    if dated_on is None and event.event_date is not None and (before is None or before.event_date is None):
        dated_on = today
    return replace(event, ordinal=_next_ordinal(store, event), dated_on=dated_on)


def _next_ordinal(store: Store, event: Event) -> int | None:
    """Return the ordinal of an event: its own for ever, a new one once it has a date, else None."""
    if event.ordinal is not None or event.event_date is None:
        return event.ordinal
    return table.highest_ordinal(store.database, event.programme_id, event.kind) + 1


def event_from_draft(
    store: Store, draft: EventDraft, year: YearContext, event_id: int | None, *, original: EventDraft | None = None
) -> Event:
    """Return the event that a draft stands for, a new one or ``event_id`` with what was typed.

    Args:
        original: the draft that filled the form: what is as it was there was not typed, and stays as it stands now.
    """
    said = vars(draft) if original is None else changed_fields(original, draft, Event)
    typed: dict[str, Any] = {name: said[name] for name in _TYPED_FIELDS if name in said}
    before = read_event_or_error(store.database, event_id) if event_id is not None else None
    event = replace(before, **typed) if before is not None else Event(programme_id=year.view.programme.id, **typed)
    return with_date_fields(store, event, before, year.today)
