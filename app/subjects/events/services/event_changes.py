"""Creating, changing and copying an event with all that belongs to it, each in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.refusal import Refusal
from app.saved import Saved
from app.subjects.events.rules.agenda import default_agenda
from app.subjects.events.rules.equipment import ROUTER, default_equipment
from app.subjects.events.rules.event_warning import CONTRACT_CHANGE
from app.subjects.events.rules.recruitment import recruitment_steps
from app.subjects.events.services.agenda import write_agenda
from app.subjects.events.services.agreements import ask_contract_section
from app.subjects.events.services.deadlines import read_event_year, read_year
from app.subjects.events.services.equipment import write_equipment
from app.subjects.events.services.event_drafts import EventDraft, as_event, asks_reason, draft_warnings
from app.subjects.events.services.event_file import read_file, required_event
from app.subjects.events.services.event_tasks import Year
from app.subjects.events.services.recruitment import write_steps
from db.journal import Change
from db.records.agreements import Agreement
from db.records.events import AgendaItem, EquipmentItem, Event, RecruitmentStep
from db.records.programme import Kind
from db.store import Store
from db.tables import events as table

HEARING = "事前ヒアリング"


def create_event(
    store: Store, *, draft: EventDraft, asked: str = "", fiscal_year: int | None = None, by: str, now: datetime
) -> Saved:
    """Create an event with its default timetable, equipment, recruitment steps and open matters (協議中).

    The ordinal is given here when the date is known, else when it becomes known; it never changes.

    Args:
        asked: day, person and answer of 契約課 when the exception is settled that way; while it is empty
            「契約変更の要否」 stays 協議中.
        fiscal_year: the year it belongs to; None = the newest.

    Raises:
        Refusal: nothing to call it by, or a number of the specification is left without a reason.
    """
    year = read_year(store, now.date(), fiscal_year=fiscal_year)
    event = as_event(store, draft, year, None)
    _check(store, event, year, draft.expected_people)
    with store.change(action=f"{event.full_title}を加えた", by=by, now=now, subject="events") as change:
        event_id = change.insert(event)
        write_agenda(change, event_id, default_agenda(event.kind))
        write_equipment(change, event_id, default_equipment(event.kind, network=event.network, hands_on=event.hands_on))
        write_steps(change, event_id, recruitment_steps(event_id))
        open_default_topics(change, event_id, event.kind, now)
        _ask_contract_section(change, replace(event, id=event_id), asked, now)
    return Saved(said=f"{event.full_title}を加えました。", id=event_id)


def update_event(store: Store, *, event_id: int, draft: EventDraft, asked: str = "", by: str, now: datetime) -> Saved:
    """Save the fields of an event; an undated event may get its date here and with it its ordinal.

    A new way or reason of an exception is recorded with ``asked`` as for creating.

    Raises:
        Refusal: the date of a dated event differs (日付を変える shows first what moves), or as for creating.
    """
    year = read_event_year(store, event_id, now.date())
    before = required_event(store.database, event_id)
    if before.event_date is not None and draft.event_date != before.event_date:
        raise Refusal("日付は「日付を変える」で変えます。", "動く期限を確かめてから保存できます。")
    event = as_event(store, draft, year, event_id)
    _check(store, event, year, draft.expected_people)
    action = f"{event.full_title}の内容を変えた"
    with store.change(action=action, by=by, now=now, subject="events", event_id=event_id) as change:
        change.save(event)
        if event.kind == "派遣" and event.network == "無" and before.network != "無":
            _add_router(store, change, event)
        if (event.exception_kind, event.exception_reason) != (before.exception_kind, before.exception_reason):
            _ask_contract_section(change, event, asked, now)
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


def open_default_topics(change: Change, event_id: int, kind: Kind, now: datetime) -> None:
    """Open the matters the contract leaves to 協議 (仕様書4 ア, カ, ク, ケ); a 派遣 has a hearing, no questions."""
    topics = ("日程", "内容", "機材", HEARING) if kind == "派遣" else ("日程", "内容", "機材", "設問")
    for topic in topics:
        change.insert(Agreement(event_id=event_id, topic=topic, asked_on=now.date()))


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


def _ask_contract_section(change: Change, event: Event, asked: str, now: datetime) -> None:
    if event.exception_kind == CONTRACT_CHANGE:
        ask_contract_section(change, event_id=event.id, reason=event.exception_reason, asked=asked, now=now)


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
