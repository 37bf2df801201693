"""Builds the 電話一覧 about a 中止 or change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.actions.user_error import UserError
from app.calendar.dates import table_date
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DocumentKind
from app.documents.services.document_passages import merge_passages
from app.documents.services.document_scope import DocumentScope, keys_of
from app.event.services.event_document import event_document_kind
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import EventRecords
from app.events.calls.documents import CALL_LIST, CONFIRMATION_LIST, CallListRow, call_list, confirmation_list
from app.events.calls.services.call_sheet import (
    AGAIN,
    NOT_NEEDED,
    NOT_YET,
    REACHED,
    CallLine,
    CallSheet,
    read_call_sheet,
)
from app.events.calls.services.call_view import OtherContact, letter_for, read_calls
from app.events.letters.rules.change_texts import TALK, place_words, when_words
from app.events.letters.services.earlier_letters import current_decision
from app.events.roster.services.roster import roster_of
from app.programme.services import programme_of_event
from db.records.calls import Call
from db.records.events import Event
from db.redactions import text_beside_name
from db.store import Store

# Anybody may call from the printed list, and says the own name.
CALLER = "（自分の名前）"


def build_call_list(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the 電話一覧 about the decision on an event.

    Raises:
        UserError: nothing was decided yet, or nobody is on the roster.
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
        event_document_context(store, programme_of_event(store, event, on=now.date()), event, CALL_LIST, now),
        read_event_facts(store, event),
        decision=decision,
        change_words=view.change.words,
        lines=[_line(line) for line in view.sheet.lines],
        others=[_other_contact_row(one) for one in view.others if one.state != NOT_NEEDED],
        count_words=count_words(view.sheet) + _waiting_words(view.sheet),
        talking_text=talk,
    )


def build_confirmation_list(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the 確認の電話一覧 of everybody who is to come.

    Raises:
        UserError: nobody is on the roster, or the event has no date.
    """
    lines = _coming(store, event)
    if not lines or event.event_date is None:
        dated = event.event_date is not None
        raise UserError(
            "確認の電話をかける方が、まだ名簿にいません。" if dated else "実施日がまだ決まっていません。",
            "申込を受け付け、実施日を決めると、確認の電話一覧を作成できます。",
        )
    people = sum(len(line.people) for line in lines)
    unreachable = sum(not line.phones for line in lines)
    (text,) = merge_passages(
        store.database,
        keys=keys_of(store, DocumentScope(event_id=event.id)),
        kind=CONFIRMATION_LIST,
        defaults=confirmation_passages(store, event, now.date()),
    )
    return confirmation_list(
        event_document_context(store, programme_of_event(store, event, on=now.date()), event, CONFIRMATION_LIST, now),
        read_event_facts(store, event),
        lines=[replace(_line(line), people="、".join(person.name for person in line.people)) for line in lines],
        count_words=f"計 {people}人・{len(lines)}団体"
        + (f"　電話番号の登録がない {unreachable}団体" if unreachable else ""),
        talking_text=text.text,
    )


def confirmation_passages(store: Store, event: Event, on: date) -> tuple[Passage, ...]:
    """Return what is said on the telephone, which staff may change."""
    facts = read_event_facts(store, event)
    office = programme_of_event(store, event, on=on).office
    unit = join_nonempty(office.ward, office.section, office.unit, separator="")
    phone = f"当日のご連絡は、{office.phone}へお願いします。" if office.phone else ""
    return (
        Passage(
            "話す文",
            f"{unit}の{CALLER}です。{when_words(facts)}の「{event.full_title}」にお申し込みをいただき、"
            f"ありがとうございます。会場は、{place_words(facts) or '決まりしだいお知らせします'}です。\n"
            "参加のご予定に、変わりはないでしょうか。（欠席、代理、人数の変更があれば、氏名をうかがう。）\n"
            f"お使いのスマートフォンなどがあれば、充電してお持ちください。{phone}",
            lines=5,
        ),
    )


def _coming(store: Store, event: Event) -> list[CallLine]:
    """Return the lines of the telephone list with those people alone who are to come."""
    coming = {row.entry.id for row in roster_of(store.database, event).rows if row.is_coming}
    lines = read_call_sheet(store.database, event).lines
    kept = [replace(line, people=tuple(one for one in line.people if one.entry_id in coming)) for line in lines]
    return [line for line in kept if line.people]


def _has_people(store: Store, records: EventRecords) -> bool:
    return records.event.event_date is not None and bool(_coming(store, records.event))


def _coming_words(store: Store, records: EventRecords, _today: date) -> str:
    lines = _coming(store, records.event)
    return f"{sum(len(line.people) for line in lines)}人・{len(lines)}団体"


def count_words(sheet: CallSheet) -> str:
    """Return 「連絡済 9人（5団体） 不在・再架電 2人（2団体） 未連絡 6人（4団体） 計 17人・11団体」."""
    parts = []
    for state in (REACHED, AGAIN, NOT_YET):
        count = sheet.count(state)
        parts.append(f"{state} {count.people}人（{count.organisations}団体）")
    return "　".join([*parts, f"計 {sheet.people}人・{len(sheet.lines)}団体"])


def _waiting_words(sheet: CallSheet) -> str:
    """Return who is not on the list, and how they are notified instead."""
    if not sheet.waiting_list_count or sheet.decision is None:
        return ""
    return f"　ほかに補欠 {sheet.waiting_list_count}人（電話ではなく、{letter_for(sheet.decision)}で知らせる）"


def outcome_words(call: Call | None) -> str:
    """Return 「連絡済 8:21 山田」「不在・再架電 8:29 林 再架電 9:00」; empty while nobody called."""
    if call is None:
        return ""
    words = f"{call.outcome}　{call.at.hour}:{call.at.minute:02d} {call.by}"
    if call.again_at is not None:
        day = f"{table_date(call.again_at.date())} " if call.again_at.date() != call.at.date() else ""
        words += f"　再架電 {day}{call.again_at.hour}:{call.again_at.minute:02d}"
    return f"{words}　{text_beside_name(call.note)}".rstrip("　")


def _line(line: CallLine) -> CallListRow:
    """Return the row of one organisation for the document."""
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


def _other_contact_row(contact: OtherContact) -> CallListRow:
    return CallListRow(
        organisation=contact.title,
        phones=contact.phone,
        people=contact.detail,
        outcome=outcome_words(contact.newest_call),
        is_reached=contact.is_settled,
    )


def _has_decision(store: Store, records: EventRecords) -> bool:
    return current_decision(store.database, records.event) is not None


def _state(store: Store, records: EventRecords, _today: date) -> str:
    """Return how many were reached, as the state of the document."""
    return count_words(read_call_sheet(store.database, records.event))


DOCUMENTS: tuple[DocumentKind, ...] = (
    event_document_kind(
        kind=CALL_LIST,
        group="中止・変更",
        event_role="変更",
        build=build_call_list,
        ready=_has_decision,
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
        state=_coming_words,
        passages=confirmation_passages,
        worded_in_library=True,
        missing_words="実施日が決まり、参加者の名簿があると作成できます。",
        todo="参加者",
        personal=True,
    ),
)
"""Document kinds to register."""
