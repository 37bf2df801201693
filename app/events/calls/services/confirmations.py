"""Reads the calls before an event (確認の電話) and records what came of them: reached, absent, a substitute.

Who can't be called gets a mail, or an SMS where a contracted service is named; the program sends neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import clock_time
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.document_frame import Passage
from app.documents.event_phase import EventPhase
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import read_event_or_error
from app.event.services.event_state import states_of
from app.events.calls.documents import CONFIRMATION_LIST
from app.events.calls.rules import place_words, when_words
from app.events.calls.services.call_sheet import (
    AGAIN,
    NOT_YET,
    REACHED,
    CallLine,
    CallSheet,
    read_confirmation_sheet,
    required_call_person,
    required_line,
)
from app.events.roster.services.entry_changes import note_answer, record_absence, replace_person
from app.events.roster.services.entry_names import WantedPerson
from app.events.roster.services.mail_addresses import SINGLE_TITLE, TITLE, read_addresses
from app.programme.services import programme_of_event, setting_of_event
from db.digits import one_width, whole_number
from db.engine import Database
from db.record import record
from db.records.calls import Call, CallOutcome, CallTarget
from db.records.documents import Outgoing
from db.records.events import Event
from db.records.programme import DocumentSetting
from db.rows import rows
from db.store import Store

# Anybody may call from the printed list, and says the own name.
CALLER = "（自分の名前）"
_SPOKEN, _MAIL, _SMS = "話す文", "メールの文", "ショートメールの文"
_DAYS, _SMS_SERVICE = "何日前", "ショートメールのサービス"
_MOST_DAYS = 30
_ADDRESS = re.compile(r"[A-Za-z0-9-]\.[A-Za-z]{2,}")
"""What a telephone makes a link of, with or without 「https://」."""


@record
class ConfirmationView:
    """The list of the calls before an event, what is said, and why nobody is called now (empty = one may).

    ``mail`` and ``sms`` are the texts for who can't be called; ``days``: how many days before it home asks for it (0 =
    only once it was begun); ``sms_service`` is the contracted one, "" = no SMS is used.
    """

    event: Event
    when_words: str
    sheet: CallSheet
    talk: str
    refusal: str
    mail: str
    sms: str
    days: int
    sms_service: str


def read_confirmations(store: Store, *, event_id: int, caller: str, today: date) -> ConfirmationView:
    """Return the list of an event; raises ``UserError`` when the event is gone.

    Args:
        caller: whose name stands in the text; "" leaves the placeholder ``CALLER``.
    """
    event = read_event_or_error(store.database, event_id)
    texts = _texts(store, event, today)
    setting = setting_of_event(store.database, event_id, CONFIRMATION_LIST, on=today)
    chosen = setting.extra if setting is not None else {}
    return ConfirmationView(
        event=event,
        when_words=when_words(read_event_facts(store, event)),
        sheet=read_confirmation_sheet(store.database, event),
        talk=texts[_SPOKEN].replace(CALLER, caller or CALLER),
        mail=texts[_MAIL],
        sms=texts[_SMS],
        days=whole_number(chosen.get(_DAYS, "")) or 0,
        sms_service=chosen.get(_SMS_SERVICE, ""),
        refusal="".join(_refusal(store.database, event, today)),
    )


def spoken_text(store: Store, event: Event, on: date) -> str:
    """Return what is said on the telephone, as staff may have changed it, with ``CALLER`` for the name."""
    return _texts(store, event, on)[_SPOKEN]


def _texts(store: Store, event: Event, on: date) -> dict[str, str]:
    scope, defaults = DocumentScope(event_id=event.id), confirmation_passages(store, event, on)
    return passage_texts(store, scope, CONFIRMATION_LIST, defaults)


def confirmation_passages(store: Store, event: Event, on: date) -> tuple[Passage, ...]:
    """Return the default words for telephone, mail and SMS, which staff may change."""
    facts = read_event_facts(store, event)
    office = programme_of_event(store, event, on=on).office
    unit = join_nonempty(office.ward, office.section, office.unit, separator="")
    place = place_words(facts)
    # What the 決定通知 and the しおり do not ask for either.
    bring = "" if event.form.in_groups else "お使いのスマートフォンなどがあれば、充電してお持ちください。"
    phone = fill_nonempty("当日のご連絡は、{}へお願いします。", office.phone)
    return (
        Passage(
            _SPOKEN,
            f"{unit}の{CALLER}です。{when_words(facts)}の「{event.full_title}」にお申し込みをいただき、"
            f"ありがとうございます。会場は、{f'{place}です' if place else '決まりしだいお知らせします'}。\n"
            "参加のご予定に、変わりはないでしょうか。（欠席、代理、人数の変更があれば、氏名をうかがう。）\n"
            f"{bring}{phone}",
            lines=5,
        ),
        Passage(
            _MAIL,
            f"「{event.full_title}」にお申し込みをいただき、ありがとうございます。\n"
            f"日時　{when_words(facts)}\n会場　{place or '決まりしだいお知らせします'}\n{bring}\n"
            f"欠席、代理、人数の変更は、お知らせください。{phone}\n{unit}",
            lines=6,
        ),
        Passage(_SMS, f"{unit}です。{when_words(facts)}「{event.full_title}」{place}。{phone}", lines=2),
    )


def set_reminder(context: ActionContext, *, event_id: int, days: int, sms_service: str) -> ActionResult:
    """Set for all events of an event's year how many days before it home asks for the calls, and the SMS service.

    Raises:
        UserError: the days are too many.
    """
    if not 0 <= days <= _MOST_DAYS:
        raise UserError(f"日数は0から{_MOST_DAYS}までです。", "0は、かけ始めるまでホームに出しません。")
    year = read_event_or_error(context.database, event_id).programme_id
    present = setting_of_event(context.database, event_id, CONFIRMATION_LIST, on=context.today)
    setting = present or DocumentSetting(programme_id=year, document_kind=CONFIRMATION_LIST)
    setting = replace(setting, extra={**setting.extra, _DAYS: str(days), _SMS_SERVICE: sms_service.strip()})
    with context.change("確認の電話の日数とショートメールを決めた", "programme") as change:
        row_id = change.correct(present, setting)
    return ActionResult(
        f"確認の電話を、{days}日前からホームに出します。" if days else "かけ始めるまでホームに出しません。", row_id
    )


def text_for_sms(view: ConfirmationView) -> str:
    """Return the text of an SMS; raises ``UserError`` where it has an address of the web."""
    if _ADDRESS.search(one_width(view.sms)):
        raise UserError(
            "ショートメールの文に、ホームページのアドレスがあります。", "「文を直す」で消すとコピーできます。"
        )
    return view.sms


def note_mailed(context: ActionContext, *, event_id: int) -> ActionResult:
    """Record that everybody who was not reached yet and has a mail address was told by mail.

    Raises:
        UserError: as ``note_confirmation``, nobody is left who has an address, or none was copied to write to.
    """
    event = _event_to_confirm(context, event_id)
    lines = read_confirmation_sheet(context.database, event).lines
    waiting = (NOT_YET, AGAIN, CallOutcome.MESSAGE)
    open_ones = {one.entry_id: line for line in lines for one in line.people if one.state in waiting}
    found = read_addresses(context.store, event_id=event_id, entry_ids=open_ones, today=context.today)
    if not found.reached_ids:
        raise UserError("まだ伝えていない人に、メールアドレスのある人がいません。", "電話で伝えてください。")
    if not rows(context.database, Outgoing, event_id=event_id, document_kind=(SINGLE_TITLE, TITLE)):
        raise UserError(
            "まだ、メールアドレスをコピーしていません。",
            "「メールアドレス」でコピーして送ってから、もう一度押してください。",
        )
    with context.change(f"{event.full_title}のお知らせをメールで送った", "confirmations", event_id=event_id) as change:
        ids = [
            change.insert(_call(context, event, open_ones[one], one, CallOutcome.REACHED, "メール"))
            for one in found.reached_ids
        ]
    return ActionResult(f"{len(ids)}人を、メールで連絡済にしました。残りの人は電話です。", ids[-1])


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
    event = _event_to_confirm(context, event_id)
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
    event = _event_to_confirm(context, event_id)
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


def _event_to_confirm(context: ActionContext, event_id: int) -> Event:
    """Return the event; raises ``UserError`` where there is nothing to confirm."""
    event = read_event_or_error(context.database, event_id)
    if refusal := _refusal(context.database, event, context.today):
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
