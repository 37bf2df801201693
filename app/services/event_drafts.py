"""Typing an event: the draft, what is unusual about it with all its deadlines, creating and changing it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from app.rules.agenda import default_agenda
from app.rules.equipment import ROUTER, default_equipment
from app.rules.event_checks import AGREEMENT, CONTRACT_CHANGE, EventWarning, Needs, event_warnings
from app.rules.recruitment import recruitment_steps
from app.rules.warnings import CLAUSE_TERM
from app.services.agenda import write_agenda
from app.services.deadlines import read_year
from app.services.equipment import write_equipment
from app.services.event_file import EventFile, read_file, required_event
from app.services.event_tasks import Year, tasks_of
from app.services.recruitment import write_steps
from app.services.refusal import Refusal
from app.services.saved import Saved
from app.services.task import Task
from db.journal import Change
from db.records.agreements import Agreement
from db.records.events import AgendaItem, EquipmentItem, Event, Network, RecruitmentStep
from db.records.programme import Kind
from db.store import Store
from db.tables import events as table

HEARING = "事前ヒアリング"
_HOW_SETTLED = (AGREEMENT, CONTRACT_CHANGE)


@dataclass(frozen=True, kw_only=True)
class EventDraft:
    """An event as typed. Times are "HH:MM"; ``event_date`` None = 日程は協議中.

    ``exception_reason`` and ``exception_kind`` (程度の範囲内 / 協議で足りる / 契約変更の要否を契約課へ確認) say why
    something beside the specification is right. ``expected_people`` only serves the warnings.
    """

    kind: Kind
    subject: str
    event_date: date | None = None
    start_time: str = "14:00"
    end_time: str = "16:00"
    venue: str = ""
    room: str = ""
    venue_capacity: int | None = None
    venue_booked_on: date | None = None
    content: str = ""
    lecturer: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    tools: tuple[str, ...] = ()
    groups: int | None = None
    facilitators: int | None = None
    network: Network = "不明"
    extra_materials: bool = True
    hands_on: bool = False
    exception_reason: str = ""
    exception_kind: str = ""
    note: str = ""
    expected_people: int | None = None


@dataclass(frozen=True, kw_only=True)
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


def check_event_draft(store: Store, *, draft: EventDraft, today: date, event_id: int | None = None) -> DraftCheck:
    """Say what is unusual about a draft and give all its deadlines; writes nothing, refuses nothing.

    ``event_id`` is given when an event that exists is changed.
    """
    year = read_year(store, today)
    event = _as_event(store, draft, year, event_id)
    warnings = draft_warnings(store, event, year, draft.expected_people)
    asking = [warning for warning in warnings if asks_reason(warning, event, year)]
    suggested: Needs = ""
    if asking:
        suggested = CONTRACT_CHANGE if any(row.needs == CONTRACT_CHANGE for row in asking) else AGREEMENT
    file = replace(read_file(store, event_id), event=event) if event_id else EventFile(event=event)
    return DraftCheck(
        title=event.full_title,
        warnings=warnings,
        reason_needed=bool(asking),
        suggested_kind=suggested,
        tasks=tasks_of(file, year),
    )


def create_event(store: Store, *, draft: EventDraft, by: str, now: datetime) -> Saved:
    """Create an event with its default timetable, equipment, recruitment steps and open matters (協議中).

    The ordinal is given here when the date is known, else when it becomes known; it never changes.

    Raises:
        Refusal: nothing to call it by, or a number of the specification is left without a reason.
    """
    year = read_year(store, now.date())
    event = _as_event(store, draft, year, None)
    _check(store, event, year, draft.expected_people)
    with store.change(action=f"{event.full_title}を加えた", by=by, now=now, subject="events") as change:
        event_id = change.insert(event)
        write_agenda(change, event_id, default_agenda(event.kind))
        write_equipment(change, event_id, default_equipment(event.kind, network=event.network, hands_on=event.hands_on))
        write_steps(change, event_id, recruitment_steps(event_id))
        open_default_topics(change, event_id, event.kind, now)
    return Saved(said=f"{event.full_title}を加えました。", id=event_id)


def update_event(store: Store, *, event_id: int, draft: EventDraft, by: str, now: datetime) -> Saved:
    """Save the fields of an event; an undated event may get its date here and with it its ordinal.

    Raises:
        Refusal: the date of a dated event differs (日付を変える shows first what moves), or as for creating.
    """
    year = read_year(store, now.date())
    before = required_event(store.database, event_id)
    if before.event_date is not None and draft.event_date != before.event_date:
        raise Refusal("日付は「日付を変える」で変えます。", "動く期限を確かめてから保存できます。")
    event = _as_event(store, draft, year, event_id)
    _check(store, event, year, draft.expected_people)
    action = f"{event.full_title}の内容を変えた"
    with store.change(action=action, by=by, now=now, subject="events", event_id=event_id) as change:
        change.save(event)
        if event.kind == "派遣" and event.network == "無" and before.network != "無":
            _add_router(store, change, event)
    return Saved(said=f"{event.full_title}を保存しました。", id=event_id)


def duplicate_event(store: Store, *, event_id: int, by: str, now: datetime) -> Saved:
    """Copy an event without its date, ordinal, results and ticks: content, timetable, equipment, steps."""
    source = read_file(store, event_id)
    event = replace(
        source.event, id=0, ordinal=None, event_date=None, status="予定", venue_booked_on=None,
        cancelled_on=None, cancel_reason="", exception_reason="", exception_kind="",
    )  # fmt: skip
    action = f"{source.event.full_title}を複写した"
    with store.change(action=action, by=by, now=now, subject="events") as change:
        new_id = change.insert(event)
        write_agenda(change, new_id, [_fresh(row) for row in source.agenda])
        write_equipment(change, new_id, [_unchecked(row) for row in source.equipment])
        write_steps(change, new_id, [_undone(row) for row in source.steps])
        open_default_topics(change, new_id, event.kind, now)
    return Saved(said=f"{source.event.full_title}を複写しました。日程は協議中です。", id=new_id)


def draft_of(event: Event) -> EventDraft:
    """Return the draft that stands for an event as it is, to fill the form."""
    return EventDraft(
        **{field.name: getattr(event, field.name) for field in fields(EventDraft) if field.name != "expected_people"}
    )


def draft_warnings(store: Store, event: Event, year: Year, expected: int | None) -> tuple[EventWarning, ...]:
    """Return everything unusual about an event among the others of the year."""
    programme = year.view.programme
    return event_warnings(
        event, year.view.numbers[event.kind], programme, year.calendar,
        others=table.all_of(store.database, programme.id), expected=expected,
    )  # fmt: skip


def asks_reason(warning: EventWarning, event: Event, year: Year) -> bool:
    """Whether a warning asks for a reason: period, count and people of the specification, beyond 程度."""
    numbers = year.view.numbers[event.kind]
    clauses = (numbers.clause_window, numbers.clause_planned, numbers.clause_people, CLAUSE_TERM)
    return warning.needs in _HOW_SETTLED and warning.clause in clauses


def next_ordinal(store: Store, event: Event) -> int | None:
    """Return the ordinal of an event: its own for ever, a new one once it has a date, else None."""
    if event.ordinal is not None or event.event_date is None:
        return event.ordinal
    return table.highest_ordinal(store.database, event.programme_id, event.kind) + 1


def open_default_topics(change: Change, event_id: int, kind: Kind, now: datetime) -> None:
    """Open the matters the contract leaves to 協議 (仕様書4 ア, カ, ク, ケ); a 派遣 has a hearing, no questions."""
    topics = ("日程", "内容", "機材", HEARING) if kind == "派遣" else ("日程", "内容", "機材", "設問")
    for topic in topics:
        change.insert(Agreement(event_id=event_id, topic=topic, asked_on=now.date()))


def _as_event(store: Store, draft: EventDraft, year: Year, event_id: int | None) -> Event:
    typed: dict[str, Any] = {
        field.name: getattr(draft, field.name) for field in fields(EventDraft) if field.name != "expected_people"
    }
    if event_id is None:
        event = Event(programme_id=year.view.programme.id, **typed)
    else:
        event = replace(required_event(store.database, event_id), **typed)
    return replace(event, ordinal=next_ordinal(store, event))


def _check(store: Store, event: Event, year: Year, expected: int | None) -> None:
    """Refuse what cannot be saved: no name, times that run backwards, a number without its reason."""
    if not event.subject.strip() and not event.organisation_name.strip():
        raise Refusal("実施回の名前が書かれていません。", "講習会名または団体名を書いてください。")
    if event.end_time <= event.start_time:
        raise Refusal("終わりの時刻が、始まりの時刻より後になっていません。", "時刻を確かめてください。")
    warnings = [row for row in draft_warnings(store, event, year, expected) if asks_reason(row, event, year)]
    if warnings and not (event.exception_reason.strip() and event.exception_kind):
        raise Refusal(
            f"仕様書の数と違います。{warnings[0].text}",
            "理由と、協議で足りるか契約課へ確認するかを選ぶと保存できます。",
        )


def _add_router(store: Store, change: Change, event: Event) -> None:
    """Add the モバイルルーター of the 受託者 where a 派遣 turns out to have no network (仕様書4(2)ク)."""
    present = table.equipment(store.database, event.id)
    if any("ルーター" in item.name for item in present):
        return
    router = next(row for row in default_equipment("派遣", network="無") if row.name == ROUTER)
    change.insert(replace(router, event_id=event.id, position=len(present)))


def _fresh(row: AgendaItem) -> AgendaItem:
    return replace(row, id=0)


def _unchecked(row: EquipmentItem) -> EquipmentItem:
    return replace(row, id=0, checked_on=None, checked_by="")


def _undone(row: RecruitmentStep) -> RecruitmentStep:
    return replace(row, id=0, due=None, done_on=None, done_by="", note="")
