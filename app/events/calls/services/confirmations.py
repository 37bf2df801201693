"""Reads the calls before an event (確認の電話) and records what came of them: reached, absent, a substitute."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import clock_time
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.document_frame import Passage
from app.documents.event_phase import EventPhase
from app.documents.services.document_passages import merge_passages
from app.documents.services.document_scope import DocumentScope, keys_of
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import read_event_or_error
from app.event.services.event_state import states_of
from app.events.calls.documents import CONFIRMATION_LIST
from app.events.calls.services.call_sheet import (
    REACHED,
    CallLine,
    CallSheet,
    read_confirmation_sheet,
    required_call_person,
    required_line,
)
from app.events.letters.rules.change_texts import place_words, when_words
from app.events.roster.services.entry_changes import note_answer, record_absence, replace_person
from app.events.roster.services.entry_names import WantedPerson
from app.programme.services import programme_of_event
from db.engine import Database
from db.record import record
from db.records.calls import Call, CallOutcome, CallTarget
from db.records.events import Event
from db.store import Store

# Anybody may call from the printed list, and says the own name.
CALLER = "（自分の名前）"


@record
class ConfirmationView:
    """The list of the calls before an event, what is said, and why nobody is called now (empty = one may)."""

    event: Event
    when_words: str
    sheet: CallSheet
    talk: str
    refusal: str


def read_confirmations(store: Store, *, event_id: int, caller: str, today: date) -> ConfirmationView:
    """Return the list of an event; raises ``UserError`` when the event is gone.

    Args:
        caller: whose name stands in the text; "" leaves the placeholder ``CALLER``.
    """
    event = read_event_or_error(store.database, event_id)
    return ConfirmationView(
        event=event,
        when_words=when_words(read_event_facts(store, event)),
        sheet=read_confirmation_sheet(store.database, event),
        talk=spoken_text(store, event, today).replace(CALLER, caller or CALLER),
        refusal="".join(_refusal(store.database, event, today)),
    )


def spoken_text(store: Store, event: Event, on: date) -> str:
    """Return what is said on the telephone, as staff may have changed it, with ``CALLER`` for the name."""
    (text,) = merge_passages(
        store.database,
        keys=keys_of(store, DocumentScope(event_id=event.id)),
        kind=CONFIRMATION_LIST,
        defaults=confirmation_passages(store, event, on),
    )
    return text.text


def confirmation_passages(store: Store, event: Event, on: date) -> tuple[Passage, ...]:
    """Return the default words for the telephone, which staff may change."""
    facts = read_event_facts(store, event)
    office = programme_of_event(store, event, on=on).office
    unit = join_nonempty(office.ward, office.section, office.unit, separator="")
    place = place_words(facts)
    # What the 決定通知 and the しおり do not ask for either.
    bring = "" if event.form.in_groups else "お使いのスマートフォンなどがあれば、充電してお持ちください。"
    phone = fill_nonempty("当日のご連絡は、{}へお願いします。", office.phone)
    return (
        Passage(
            "話す文",
            f"{unit}の{CALLER}です。{when_words(facts)}の「{event.full_title}」にお申し込みをいただき、"
            f"ありがとうございます。会場は、{f'{place}です' if place else '決まりしだいお知らせします'}。\n"
            "参加のご予定に、変わりはないでしょうか。（欠席、代理、人数の変更があれば、氏名をうかがう。）\n"
            f"{bring}{phone}",
            lines=5,
        ),
    )


def note_confirmation(
    context: ActionContext,
    *,
    event_id: int,
    key: str,
    outcome: CallOutcome,
    entry_ids: Collection[int] = (),
    again_at: datetime | None = None,
    note: str = "",
) -> ActionResult:
    """Record one call to a line of the list, by the present user and time.

    Args:
        key: the line.
        entry_ids: only these of its people; empty = all who come and were not reached yet, if none all who come.
        outcome: 連絡済 (comes as planned), 不在・再架電 or 伝言.
        again_at: when to call again (不在・再架電 and 伝言), None if not set.
        note: 留守電 and the like.

    Raises:
        UserError: the event is cancelled, held or without a day, the line is gone, or somebody said not to come.
    """
    outcome = CallOutcome(outcome)
    event = _event_to_confirm(context.database, event_id, context.today)
    line = required_line(read_confirmation_sheet(context.database, event), key)
    calls = [
        _call(context, event, line, entry_id, outcome, note, again_at if outcome.is_to_repeat else None)
        for entry_id in entry_ids or _people_to_call(line)
    ]
    with context.change(
        f"{event.full_title}の確認の電話を記録（{outcome} {len(calls)}人）", "confirmations", event_id=event_id
    ) as change:
        ids = [change.insert(one) for one in calls]
        note_answer(context.database, change, [one.entry_id for one in calls if one.entry_id], outcome)
    return ActionResult(f"{line.name}　{outcome}　{clock_time(context.now)}", ids[-1])


def note_absence(context: ActionContext, *, event_id: int, key: str, entry_id: int) -> ActionResult:
    """Record that somebody said in the call not to come: in the roster too, as one action.

    Raises:
        UserError: as ``note_confirmation`` and ``record_absence``.
    """
    called = _answer(context, event_id, key, entry_id, CallOutcome.NOT_COMING)
    return record_absence(context, entry_id=entry_id, note="確認の電話", called=called)


def note_substitute(
    context: ActionContext, *, event_id: int, key: str, entry_id: int, wanted: WantedPerson
) -> ActionResult:
    """Record that a substitute comes, as said in the call: in the roster too, as one action.

    Raises:
        UserError: as ``note_confirmation`` and ``replace_person``.
    """
    called = _answer(context, event_id, key, entry_id, CallOutcome.PROXY)
    return replace_person(context, entry_id=entry_id, wanted=wanted, called=called)


def _answer(context: ActionContext, event_id: int, key: str, entry_id: int, outcome: CallOutcome) -> Call:
    """Return the call in which a person of a line said that somebody else or nobody comes."""
    event = _event_to_confirm(context.database, event_id, context.today)
    line = required_line(read_confirmation_sheet(context.database, event), key)
    return _call(context, event, line, entry_id, outcome)


def _people_to_call(line: CallLine) -> list[int]:
    """Return who is meant by a call to the whole line: those not reached yet, else everybody who comes."""
    coming = [one for one in line.people if one.state not in (CallOutcome.NOT_COMING, CallOutcome.PROXY)] or line.people
    return [one.entry_id for one in coming if one.state != REACHED] or [one.entry_id for one in coming]


def _call(
    context: ActionContext,
    event: Event,
    line: CallLine,
    entry_id: int,
    outcome: CallOutcome,
    note: str = "",
    again_at: datetime | None = None,
) -> Call:
    """Return the call to one person of a line; raises ``UserError`` where that person said not to come."""
    person = required_call_person(line, entry_id)
    if person.state in (CallOutcome.NOT_COMING, CallOutcome.PROXY):
        raise UserError(
            f"{person.name}さんは、確認の電話で「{person.state}」と記録されています。",
            "参加することになったときは、「参加者」で欠席連絡を取り消してから、もう一度記録してください。",
        )
    return Call(
        event_id=event.id,
        target=CallTarget.ORGANISATION,
        organisation_id=line.organisation_id,
        entry_id=entry_id,
        outcome=outcome,
        about_day=event.event_date,
        **context.signature,
        again_at=again_at,
        note=note.strip(),
    )


def _event_to_confirm(database: Database, event_id: int, today: date) -> Event:
    """Return the event; raises ``UserError`` where there is nothing to confirm."""
    event = read_event_or_error(database, event_id)
    if refusal := _refusal(database, event, today):
        raise UserError(*refusal)
    return event


def _refusal(database: Database, event: Event, today: date) -> tuple[str, ...]:
    """Return why nobody is called before this event, and what to do instead; empty while one may call."""
    state = states_of(database, [event], today)[event.id]
    if state.phase is EventPhase.PLANNED:
        return ()
    if state.phase is EventPhase.WITHOUT_DAY:
        return ("実施日がまだ決まっていません。", "実施日を決めると、確認の電話を記録できます。")
    if state.phase in (EventPhase.WITHOUT_NEW_DAY, EventPhase.WITHOUT_PLACE):
        item = "日時" if state.phase.awaits_day else "会場"
        return (
            f"{state.decided}が決まっていて、新しい{item}がまだ入っていません。",
            f"{state.decided}の電話は「中止・変更の連絡」に記録してください。",
        )
    if state.phase is EventPhase.CANCELLED:
        return ("この回は中止です。", "中止の電話は「中止・変更の連絡」に記録してください。")
    over = state.phase is EventPhase.RESULT_MISSING
    said = "この回は実施日を過ぎています。" if over else f"この回は{state.word}です。"
    return (said, "確認の電話は、実施の前に記録するものです。")
