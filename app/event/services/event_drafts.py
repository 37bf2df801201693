"""Checks the draft of an event: what is unusual about it and all its deadlines; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_id import ActionLink
from app.actions.user_error import UserError
from app.event.rules.event_checks import event_warnings
from app.event.rules.event_warning import (
    AGREEMENT,
    CONTRACT_CHANGE,
    NEEDS,
    EventWarning,
    Needs,
    outside_term_warning,
)
from app.event.services.event_records import EventRecords, read_event_or_error, read_event_records
from app.event.services.tasks.deadlines import read_event_year, read_year
from app.event.services.tasks.event_tasks import YearContext, tasks_of
from app.event.services.tasks.task import Task
from app.programme.services import kind_of_event, with_kind_name
from db.fields import changed_fields, editable_fields
from db.record import record
from db.records.event_form import EventForm
from db.records.events import Event
from db.store import Store
from db.tables import events as table

_HOW_SETTLED = (AGREEMENT, CONTRACT_CHANGE)


@record
class EventDraft(Event):
    """An event as typed in the form.

    Times are "HH:MM"; ``event_date`` None = 日程は協議中. ``exception_reason`` and ``exception_kind`` (程度の範囲内 /
    協議で足りる / 契約変更の要否を契約課へ確認) justify a deviation from the specification. ``expected_people`` is used
    for warnings only. A draft made from an event carries all its fields; only those of ``_TYPED_FIELDS`` go back into
    an event.
    """

    expected_people: int | None = None


_TYPED_FIELDS = editable_fields(Event)
"""Fields of a draft that go into an event; its id and results cannot be typed."""


def has_own_materials(form: EventForm, lectures: str) -> bool:
    """Return whether a new event has handouts to be checked: a visit uses those of the ``lectures`` that are checked,
    where the year has any, until somebody says that there are others.
    """
    return not (form.at_organisation and lectures)


@record
class DraftCheck:
    """Warnings and deadlines that the form shows beside the draft of an event, before it is saved.

    Attributes:
        title: the name it will get.
        warnings: they never block.
        reason_needed: one of them asks for a reason and how it is settled; never for a day that is refused.
        suggested_kind: the strictest way to settle it that one of those warnings asks for; "" without one.
        tasks: every deadline.
        refusal: why it cannot be saved on its day (``outside_term``), "" = it can.
    """

    title: str
    warnings: tuple[EventWarning, ...]
    reason_needed: bool
    suggested_kind: Needs
    tasks: tuple[Task, ...]
    refusal: str = ""


def check_event_draft(
    store: Store, *, draft: EventDraft, today: date, event_id: int | None = None, fiscal_year: int | None = None
) -> DraftCheck:
    """Return what is unusual about a draft, and all its deadlines; writes nothing, rejects nothing.

    Args:
        event_id: given when an existing event is changed; its own year counts then.
        fiscal_year: the year of a new event; None = the newest.
    """
    year = read_year(store, today, fiscal_year=fiscal_year)
    if event_id is not None:
        year = read_event_year(store, event_id, today)
    event = event_from_draft(store, draft, year, event_id)
    known = read_event_or_error(store.database, event_id).event_date if event_id is not None else None
    refusal = outside_term(event, known, year)
    warnings = tuple(one for one in draft_warnings(store, event, year, draft.expected_people) if one.text != refusal)
    asking = [warning for warning in warnings if needs_reason(warning, event, year)]
    ways: list[Needs] = [row.needs for row in asking]
    suggested: Needs = max(ways, key=NEEDS.index) if ways else ""
    kind = kind_of_event(store.database, event)
    file = (
        replace(read_event_records(store, event_id), event=event, kind=kind)
        if event_id
        else EventRecords(event=event, kind=kind)
    )
    return DraftCheck(
        title=event.full_title,
        warnings=warnings,
        reason_needed=bool(asking) and not refusal,
        refusal=refusal,
        suggested_kind=suggested,
        tasks=tasks_of(file, year),
    )


def draft_of(event: Event) -> EventDraft:
    """Return the draft of an existing event, to fill the form."""
    return EventDraft(**vars(event))


def draft_warnings(store: Store, event: Event, year: YearContext, expected: int | None) -> tuple[EventWarning, ...]:
    """Return everything unusual about an event among the others of the year; ``expected`` people, None = unknown."""
    return event_warnings_among(table.events_of_year(store.database, year.view.programme.id), event, year, expected)


def event_warnings_among(
    others: Sequence[Event], event: Event, year: YearContext, expected: int | None
) -> tuple[EventWarning, ...]:
    """Return everything unusual about an event among these ``others``; ``expected`` people, None = unknown."""
    year = year.for_event(event)
    return event_warnings(
        event, year.view.kind(event.kind), year.view.programme, year.calendar, others=others, expected=expected
    )


def needs_reason(warning: EventWarning, event: Event, year: YearContext) -> bool:
    """Return whether a warning asks for a reason: period, count, people and place of the specification.

    One event more than planned needs a reason even within 程度, but only at the event that is one too many (by its
    ordinal, or while it has none); a few people more need none.
    """
    numbers = year.for_event(event).view.kind(event.kind)
    if warning.is_about_year:
        return event.ordinal is None or event.ordinal > numbers.planned
    clauses = (
        numbers.clause_window, numbers.clause_planned, numbers.clause_people, numbers.clause_venue,
        year.view.programme.clause_term,
    )  # fmt: skip
    return warning.needs in _HOW_SETTLED and warning.clause in clauses


def outside_term(event: Event, before: date | None, year: YearContext) -> str:
    """Return why the day of an event may not be given to it, as 履行期間 in force on it does not cover it; "" = it may.

    ``before`` is the day it has now: an event that lies outside already may be corrected otherwise.
    """
    day = event.event_date
    if day is None or day == before:
        return ""
    return outside_term_warning(year.for_event(event).view.programme, day) or ""


def refuse_outside_term(event: Event, before: date | None, year: YearContext) -> None:
    """Raise ``UserError`` with the way to the contract where ``outside_term`` says why the day is refused."""
    if said := outside_term(event, before, year):
        raise UserError(
            f"{event.full_title}は、この日にできません。{said}",
            "日付を直してください。契約変更で履行期間を変えたときは、先に「契約」で契約変更を記録すると、この日にできます。",
            links=(ActionLink("契約"),),
        )


def with_date_fields(store: Store, event: Event, before: Event | None, today: date) -> Event:
    """Return an event with the fields that come with its date: its ordinal, the name of its kind, when it was dated.

    Args:
        before: the event as it was, None = a new one; an event that had a date keeps the day on which it got it.
    """
    dated_on = before.dated_on if before is not None and before.event_date is not None else None
    if dated_on is None and event.event_date is not None and (before is None or before.event_date is None):
        dated_on = today
    name = kind_of_event(store.database, event).name
    return replace(with_kind_name(event, name), ordinal=_next_ordinal(store, event), dated_on=dated_on)


def _next_ordinal(store: Store, event: Event) -> int | None:
    """Return the ordinal of an event: its own if it has one, a new one once it has a date, else None."""
    if event.ordinal is not None or event.event_date is None:
        return event.ordinal
    return table.highest_ordinal(store.database, event.programme_id, event.kind) + 1


def event_from_draft(
    store: Store, draft: EventDraft, year: YearContext, event_id: int | None, *, original: EventDraft | None = None
) -> Event:
    """Return the event of a draft: a new one, or ``event_id`` with the typed fields.

    Args:
        original: the draft that filled the form; fields equal to it were not typed, and keep their stored value.

    The form follows the kind, and the fields of ``with_date_fields`` are set. Nothing is checked or saved.
    """
    said = vars(draft) if original is None else changed_fields(original, draft, Event)
    typed = {name: said[name] for name in _TYPED_FIELDS if name in said}
    if "kind" in typed:
        typed["form"] = year.view.kind(typed["kind"]).form
    before = read_event_or_error(store.database, event_id) if event_id is not None else None
    event = replace(before, **typed) if before is not None else Event(programme_id=year.view.programme.id, **typed)
    return with_date_fields(store, event, before, year.today)
