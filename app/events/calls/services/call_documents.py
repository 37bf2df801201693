"""Builds the 電話一覧 about a 中止 or change, and the 確認の電話一覧 before an event."""

from __future__ import annotations

from datetime import date, datetime

from app.actions.user_error import UserError
from app.calendar.dates import (
    clock_time,
    table_date,
)
from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DocumentKind
from app.event.rules.change_decisions import letter_of
from app.event.services.event_document import event_document_kind
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import EventRecords, read_core_records
from app.events.calls.documents import CALL_LIST, CONFIRMATION_LIST, CallListRow, call_list, confirmation_list
from app.events.calls.rules import TALK
from app.events.calls.services.call_sheet import (
    AGAIN,
    NOT_NEEDED,
    NOT_YET,
    REACHED,
    CallLine,
    CallSheet,
    count_lines,
    letter_only_words,
    read_call_sheet,
    read_confirmation_sheet,
)
from app.events.calls.services.call_view import read_calls
from app.events.calls.services.confirmations import CALLER, confirmation_passages, spoken_text
from app.events.letters.services.earlier_letters import current_decision
from app.events.letters.services.letter_halts import untold_revocation, untold_time_and_place
from db.records.calls import Call
from db.records.events import Event
from db.redactions import text_beside_name
from db.store import Store


def build_call_list(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the 電話一覧 about the decision on an event, without other contacts that are 対象外.

    Raises:
        UserError: nothing was decided yet.
    """
    view = read_calls(store, event_id=event.id, caller=CALLER, today=now.date())
    decision = view.sheet.decision
    if decision is None or view.change is None:
        raise UserError(
            "中止・変更の判断がまだ記録されていません。",
            "「中止・変更の連絡」で判断を記録すると、電話一覧を作成できます。",
        )
    talk = next((text.text for text in view.texts if text.key == TALK), "")
    return call_list(
        event_document_context(store, event, CALL_LIST, now),
        read_event_facts(store, event),
        decision=decision,
        change_words=view.change.words,
        lines=[_line(line) for line in view.sheet.lines],
        others=[
            CallListRow(
                organisation=one.title,
                phones=one.phone,
                people=one.detail,
                outcome=outcome_words(one.newest_call),
                is_reached=one.is_settled,
            )
            for one in view.others
            if one.state != NOT_NEEDED
        ],
        count_words=count_words(view.sheet) + _letter_only_words(store, view.sheet),
        talking_text=talk,
    )


def build_confirmation_list(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the 確認の電話一覧 of everybody who is to come, and of those who said in such a call that they do not.

    Raises:
        UserError: nobody is on the roster, or the event has no date.
    """
    sheet = read_confirmation_sheet(store.database, event)
    if not sheet.lines or event.event_date is None:
        dated = event.event_date is not None
        raise UserError(
            "確認の電話をかける方が、まだ名簿にいません。" if dated else "実施日がまだ決まっていません。",
            "申込を受け付け、実施日を決めると、確認の電話一覧を作成できます。",
        )
    unreachable = count_lines(line for line in sheet.lines if not line.phones).groups
    return confirmation_list(
        event_document_context(store, event, CONFIRMATION_LIST, now),
        read_event_facts(store, event),
        lines=[_line(line) for line in sheet.lines],
        count_words=confirmation_words(sheet) + fill_nonempty("　電話番号の登録がない {}", unreachable),
        talking_text=spoken_text(store, event, now.date()),
    )


def _has_people(store: Store, records: EventRecords) -> bool:
    sheet = read_confirmation_sheet(store.database, records.event, with_names=False)
    return records.event.event_date is not None and bool(sheet.lines)


def _confirmation_state(store: Store, records: EventRecords, _today: date) -> str:
    return confirmation_words(read_confirmation_sheet(store.database, records.event, with_names=False))


def confirmation_words(sheet: CallSheet) -> str:
    """Return 「計 17人・11団体」, once calls were begun 「連絡済 9人（5団体） … 計 17人・11団体　うち欠席 1人」."""
    if all(line.newest_call is None for line in sheet.lines):
        return _sum_words(sheet)
    answers = "、".join(f"{answer} {count}人" for answer, count in sheet.answers.items())
    return count_words(sheet) + fill_nonempty("　うち{}", answers)


def count_words(sheet: CallSheet) -> str:
    """Return 「連絡済 9人（5団体） 不在・再架電 2人（2団体） 未連絡 6人（4団体） 計 17人・11団体」."""
    parts = []
    for state in (REACHED, AGAIN, NOT_YET):
        count = sheet.count(state)
        parts.append(f"{state} {count.people}人（{count.organisations}団体）")
    return "　".join([*parts, _sum_words(sheet)])


def _sum_words(sheet: CallSheet) -> str:
    return f"計 {sheet.people}人・{count_lines(sheet.lines).organisations}団体"


def _letter_only_words(store: Store, sheet: CallSheet) -> str:
    """Return how many are not on the list and are told by letter alone; "" without any."""
    if sheet.decision is None:
        return ""
    letter = letter_of(sheet.decision.kind)
    words = letter_only_words(read_core_records(store, sheet.event), letter)
    return fill_nonempty(f"　ほかに{{}}（電話ではなく、{letter}で知らせる）", words)


def outcome_words(call: Call | None) -> str:
    """Return 「連絡済 8:21 山田」「不在・再架電 8:29 林 再架電 9:00」 and the note of the call; "" while nobody called.

    The calls before an event are made over some days, so that they say the day.
    """
    if call is None:
        return ""
    on = f"{table_date(call.at.date())} " if call.about_day is not None else ""
    words = f"{call.outcome}　{on}{clock_time(call.at)} {call.by}"
    if call.again_at is not None:
        day = f"{table_date(call.again_at.date())} " if call.again_at.date() != call.at.date() else ""
        words += f"　再架電 {day}{clock_time(call.again_at)}"
    return f"{words}　{text_beside_name(call.note)}".rstrip("　")


def _line(line: CallLine) -> CallListRow:
    """Return the line of a 団体 for the document; its people have their own state where the states differ.

    Without any number it says 「番号なし」.
    """
    phones = "\n".join(
        f"{one.number}　{one.whose}" if one.whose and len(line.people) > 1 else one.number for one in line.phones
    )
    single = len({person.state for person in line.people}) > 1
    people = "、".join(f"{person.name}（{person.state}）" if single else person.name for person in line.people)
    return CallListRow(
        organisation=line.name,
        phones=phones or "番号なし",
        people=people,
        outcome=outcome_words(line.newest_call),
        is_reached=line.state == REACHED,
    )


def _state(store: Store, records: EventRecords, _today: date) -> str:
    return count_words(read_call_sheet(store.database, records.event))


DOCUMENTS: tuple[DocumentKind, ...] = (
    event_document_kind(
        kind=CALL_LIST,
        names_all=True,
        group="中止・変更",
        event_role="変更",
        build=build_call_list,
        ready=lambda store, records: current_decision(store.database, records.event) is not None,
        state=_state,
        missing_words="中止・変更の判断を記録すると作成できます。",
        todo="中止・変更の連絡",
        personal=True,
    ),
    event_document_kind(
        kind=CONFIRMATION_LIST,
        group="当日",
        event_role="案内",
        build=build_confirmation_list,
        ready=_has_people,
        state=_confirmation_state,
        passages=confirmation_passages,
        worded_in_library=True,
        missing_words="実施日が決まり、参加者の名簿があると作成できます。",
        todo="参加者",
        personal=True,
    ),
)
"""Document kinds to register."""
HALTS = ((CONFIRMATION_LIST, untold_revocation), (CONFIRMATION_LIST, untold_time_and_place))
