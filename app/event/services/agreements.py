"""Opens and settles 協議 with the contractor, and records questions to 契約課 about a change of the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.event.rules.equipment import EQUIPMENT_TOPIC
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE
from db.journal import Change
from db.records.agreements import Agreement, AgreementFile, Homework, Meeting
from db.records.events import Event, EventResult
from db.records.year.summary import YearReason
from db.rows import by_id, rows
from db.store import Store
from db.tables.agreements import next_number

DAY_TOPIC = "日程"
QUESTIONS_TOPIC = "設問"
CONTRACT_TOPIC = "契約変更の要否"
COUNT_TOPIC = "実施回数の変更"
SUBSTITUTE_TOPIC = "振替の日程"
HEARING = "事前ヒアリング"
AGREED_TOPICS = (DAY_TOPIC, "内容", EQUIPMENT_TOPIC)
"""Topics that are usually agreed with the contractor before an event is entered."""
MOVE_TOPIC = "日程の変更"
TOPICS_OF_HOLDING = frozenset((*AGREED_TOPICS, HEARING, QUESTIONS_TOPIC, MOVE_TOPIC))
"""Topics about holding an event, which nobody settles any more once it is cancelled."""
CANCELLATION_TOPIC = "中止した回の扱い（回数・代替・費用・契約変更）"
CUT_SHORT_TOPIC = "途中で打ち切った回の扱い（回数・代替・費用・契約変更）"
TALK_POINTS = "回数：\n代替：\n費用：\n契約変更："
"""What is talked over about an event that was cancelled or broken off, a line each to be filled in."""
EDITABLE_FIELDS = ("topic", "content", "asked_on", "settled_on", "number", "partner", "nature", "note")


def open_topic(
    context: ActionContext,
    *,
    event_id: int | None,
    topic: str,
    content: str = "",
    asked_on: date | None = None,
    partner: str = "",
    nature: str = "協議で足りる",
    number: str = "",
    note: str = "",
) -> ActionResult:
    """Begin a 協議 (state 協議中); an event with such a one is not 準備完了. Raises ``UserError`` without a topic.

    Args:
        event_id: None = about no event. content: what is asked. asked_on: the day it began, if known.
        partner: who speaks for the contractor. nature: what it means for the contract. number: 協議記録番号 that the
            staff gave it, "" = it gets the next one once it is settled.
    """
    if not topic.strip():
        raise UserError("協議する事項が書かれていません。", "日程、内容、機材、設問など、事項を書いてください。")
    row = Agreement(
        event_id=event_id,
        topic=topic,
        content=content,
        asked_on=asked_on,
        partner=partner,
        nature=nature,
        number=number.strip(),
        note=note.strip(),
    )
    with context.change(f"協議「{topic}」を始めた", "agreements", event_id=event_id) as change:
        row_id = change.insert(row)
    return ActionResult(f"「{topic}」を協議中にしました。", row_id)


def settle_topics(
    context: ActionContext, *, agreement_ids: Sequence[int], settled_on: date | None = None, note: str | None = None
) -> ActionResult:
    """Settle 協議 of one event or year on one day (default: today), numbering those without a number.

    Their other details stay as they are, and so does their note where none is given.

    Raises:
        UserError: none was named, one was withdrawn or its record confirmed meanwhile, or the day lies ahead.
    """
    topics = [get_or_raise(context.database, Agreement, each) for each in agreement_ids]
    for row in topics:
        _check_is_editable(row)
    day = settled_on or context.today
    if not topics:
        raise UserError("済にする協議が選ばれていません。", "整った協議に印を付けてください。")
    if day > context.today:
        raise UserError("協議した日が先の日付です。", "本日までの日を入れてください。")
    names = "、".join(f"「{row.topic}」" for row in topics)
    more = {} if note is None else {"note": note}
    with context.change(f"協議{names}を済にした", "agreements", event_id=topics[0].event_id) as change:
        number = next_number(context.database, _programme_id(context.store, topics[0]))
        for row in topics:
            change.update(Agreement, row.id, settled_on=day, ordinal=row.ordinal or number, **more)
            number += row.ordinal is None
    return ActionResult(f"協議{names}を済にしました。", topics[0].id)


def reopen_topic(context: ActionContext, *, agreement_id: int) -> ActionResult:
    """Set a settled 協議 back to 協議中; it keeps its number.

    Raises:
        UserError: the contractor confirmed its record, or it was withdrawn.
    """
    row = get_or_raise(context.database, Agreement, agreement_id)
    _check_is_editable(row)
    with context.change(f"協議「{row.topic}」を協議中に戻した", "agreements", event_id=row.event_id) as change:
        change.update(Agreement, agreement_id, settled_on=None)
    return ActionResult(f"「{row.topic}」を協議中に戻しました。", agreement_id)


def change_topic(context: ActionContext, *, agreement_id: int, values: Mapping[str, Any]) -> ActionResult:
    """Save the fields of a 協議 that the event's page shows; the others stay, and no number is given.

    Args:
        values: typed values by field name, of ``EDITABLE_FIELDS``.

    Raises:
        UserError: it is gone, the contractor confirmed its record, it was withdrawn, or the day it was settled lies
            ahead.
    """
    typed = {name: values[name] for name in EDITABLE_FIELDS if name in values}
    before = get_or_raise(context.database, Agreement, agreement_id)
    _check_is_editable(before)
    agreement = replace(before, **typed)
    if agreement.settled_on is not None and agreement.settled_on > context.today:
        raise UserError("整った日が先の日付です。", "本日までの日を入れてください。")
    with context.change(
        f"協議「{agreement.topic}」の記録を変えた", "agreements", event_id=agreement.event_id
    ) as change:
        change.update(Agreement, agreement_id, **typed)
    return ActionResult(f"「{agreement.topic}」の協議記録を保存しました。", agreement_id)


def remove_topic(context: ActionContext, *, agreement_id: int) -> ActionResult:
    """Delete a 協議 that was opened by mistake.

    Raises:
        UserError: it has a number and a decision or reason, was withdrawn or confirmed, belongs to a confirmed meeting,
            or is referred to.
    """
    row = get_or_raise(context.database, Agreement, agreement_id)
    _check_is_editable(row)
    if row.ordinal is not None and (row.decision.strip() or row.reason.strip()):
        raise UserError(
            f"{row.record_number}として記録された協議です。",
            "消さずに、協議・打合せで「取消」にしてください。番号と内容が残ります。",
        )
    meeting = by_id(context.database, Meeting, row.meeting_id)
    if meeting is not None and meeting.confirmed_on is not None:
        raise UserError(
            f"受託者が確認した第{meeting.ordinal}回の打合せの協議です。",
            "協議・打合せで、先に打合せ全体の確認を取り消してください。",
        )
    if held := _references_to(context.store, agreement_id):
        raise UserError(f"この協議には{'、'.join(held)}があります。", "先に、協議・打合せなどでそれを外してください。")
    with context.change(f"協議「{row.topic}」を消した", "agreements", event_id=row.event_id) as change:
        change.delete(Agreement, agreement_id)
    return ActionResult(f"協議「{row.topic}」を消しました。", agreement_id)


def _check_is_editable(row: Agreement) -> None:
    """Raise UserError if the agreement is confirmed or withdrawn."""
    if row.confirmed_on is not None:
        raise UserError("受託者が確認した記録です。", "直すときは、協議・打合せで先に確認を取り消してください。")
    if row.withdrawn_on is not None:
        raise UserError("取消にした協議です。", "改めて決めたことは、新しい協議として記録してください。")


def _references_to(store: Store, agreement_id: int) -> list[str]:
    """Return the kinds of records that refer to a 協議 and would lose it (「宿題」, 「添付したファイル」 …)."""
    kinds = (
        ("宿題", Homework), ("添付したファイル", AgreementFile), ("仕様との対照の理由", YearReason),
        ("打切りの扱い", EventResult),
    )  # fmt: skip
    return [words for words, kind in kinds if rows(store.database, kind, agreement_id=agreement_id)]


def settled_number(store: Store, row: Agreement) -> int:
    """Return the number of a 協議 that is being settled: its own, else the next of its year."""
    return row.ordinal or next_number(store.database, _programme_id(store, row))


def _programme_id(store: Store, row: Agreement) -> int:
    return get_or_raise(store.database, Event, row.event_id).programme_id if row.event_id else row.programme_id or 0


def ask_contract_section(
    store: Store, change: Change, *, event_id: int, reason: str, contract_reply: str, now: datetime
) -> None:
    """Record the question to 契約課, with ``reason`` as its content, as a 協議 within an open change.

    Args:
        contract_reply: day, person and answer, which settle it on the day of ``now``; "" = none yet (協議中).
    """
    insert_numbered(
        store,
        change,
        Agreement(
            event_id=event_id,
            topic=CONTRACT_TOPIC,
            content=reason,
            asked_on=now.date(),
            settled_on=now.date() if contract_reply.strip() else None,
            partner="契約課",
            nature=CONTRACT_CHANGE,
            note=contract_reply,
        ),
    )


def insert_numbered(store: Store, change: Change, agreement: Agreement) -> int:
    """Insert a 協議 inside another change and return its id; one settled at once gets the next number of its year."""
    if agreement.settled_on is not None:
        agreement = replace(agreement, ordinal=settled_number(store, agreement))
    return change.insert(agreement)


def agree_on_count(change: Change, *, event_id: int, reason: str, now: datetime) -> None:
    """Open a 協議 about the changed number of events (仕様書7) within an open change; ``reason`` is its content."""
    change.insert(
        Agreement(event_id=event_id, topic=COUNT_TOPIC, content=reason, asked_on=now.date(), nature=AGREEMENT)
    )
