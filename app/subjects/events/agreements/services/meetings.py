"""Saves 打合せ, which hold several 協議, and 宿題, which stand on home until they are done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext, deed
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.programme.services.programme import programmes
from app.subjects.events.agreements.rules import is_open, missing_parts
from app.subjects.events.agreements.services.records import SUBJECT
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from db.engine import Database
from db.fields import corrections
from db.frozen_record import frozen_record
from db.records.agreements import Agreement, Homework, Meeting
from db.records.events import Event
from db.rows import by_id, rows
from db.store import Store
from db.tables.agreements import homework_of_year, next_meeting_number, of_year, open_homework

HOMEWORK = "協議の宿題"


@frozen_record
class MeetingView:
    """One 打合せ with its 協議 by number, withdrawn ones included, and its homework.

    Attributes:
        continued: 協議 of earlier 打合せ that were still open when it began.
    """

    meeting: Meeting
    fiscal_year: int
    records: tuple[Agreement, ...]
    events: dict[int, Event]
    homework: tuple[Homework, ...]
    earlier_homework_done: int
    earlier_homework_count: int
    continued: tuple[Agreement, ...]


def read_meeting(store: Store, *, meeting_id: int) -> MeetingView:
    """Return one 打合せ, with how much homework of earlier ones is done; raises ``UserError`` when it is gone."""
    database = store.database
    meeting = get_or_raise(database, Meeting, meeting_id)
    records = rows(database, Agreement, meeting_id=meeting.id, order=("ordinal nulls last", "id"))
    of_records = {one.id for one in records}
    known = homework_of_year(database, meeting.programme_id)
    mine = [one for one in known if one.meeting_id == meeting.id or one.agreement_id in of_records]
    before = {
        one.id for one in rows(database, Meeting, programme_id=meeting.programme_id) if one.held_on < meeting.held_on
    }
    of_before = rows(database, Agreement, meeting_id=before, order="id") if before else []
    ids_before = {one.id for one in of_before}
    earlier = [one for one in known if one.meeting_id in before or one.agreement_id in ids_before]
    going_on = [
        one for one in of_before if one.is_in_effect and (one.settled_on is None or one.settled_on >= meeting.held_on)
    ]
    ids = {one.event_id for one in (*records, *going_on) if one.event_id is not None}
    return MeetingView(
        meeting=meeting,
        fiscal_year=next(one.fiscal_year for one in programmes(store) if one.id == meeting.programme_id),
        records=tuple(records),
        events={one.id: one for one in rows(database, Event, id=ids)} if ids else {},
        homework=tuple(mine),
        earlier_homework_done=sum(not is_open(one) for one in earlier),
        earlier_homework_count=len(earlier),
        continued=tuple(going_on),
    )


@deed
def save_meeting(context: ActionContext, *, meeting: Meeting, agreement_ids: Sequence[int] = ()) -> ActionResult:
    """Save a 打合せ (``id`` 0 = a new one, which gets the next number of its year).

    Args:
        agreement_ids: its 協議.

    Raises:
        UserError: no subject; a day that lies ahead; the contractor confirmed it already; a 協議 of another year.
    """
    database = context.database
    if not meeting.subject.strip():
        raise UserError("打合せの件名がありません。", "何の打合せかを一行で書いてください。")
    if meeting.held_on > context.today:
        raise UserError("打合せの日が先の日付です。", "つぎの打合せは「つぎの打合せ」の欄に書いてください。")
    known = get_or_raise(database, Meeting, meeting.id) if meeting.id else None
    if known is not None and known.confirmed_on is not None:
        raise UserError("受託者が確認した打合せの記録です。", "直すときは、先に確認を取り消してください。")
    chosen = [get_or_raise(database, Agreement, each) for each in dict.fromkeys(agreement_ids)]
    of_this_year = {one.id for one in of_year(database, meeting.programme_id)}
    if any(one.id not in of_this_year for one in chosen):
        raise UserError("別の年度の協議が選ばれています。", "同じ年度の協議だけを選んでください。")
    with context.change(f"打合せ「{meeting.subject}」を記録した", SUBJECT) as change:
        if not meeting.id:
            meeting = replace(meeting, ordinal=next_meeting_number(database, meeting.programme_id))
        meeting_id = change.update_or_insert(Meeting, known, **corrections(known, meeting))
        wanted = {one.id for one in chosen}
        for one in rows(database, Agreement, meeting_id=meeting_id):
            # A withdrawn 協議 is not offered and stays readable in its meeting.
            if one.id not in wanted and one.withdrawn_on is None:
                change.update(Agreement, one.id, meeting_id=None)
        for one in chosen:
            if one.meeting_id != meeting_id:
                change.update(Agreement, one.id, meeting_id=meeting_id)
    return ActionResult(f"第{meeting.ordinal}回の打合せを保存しました。", meeting_id)


@deed
def remove_meeting(context: ActionContext, *, meeting_id: int) -> ActionResult:
    """Delete a 打合せ recorded by mistake; its 協議 stay.

    Raises:
        UserError: the contractor confirmed it, or it has homework.
    """
    meeting = get_or_raise(context.database, Meeting, meeting_id)
    if meeting.confirmed_on is not None:
        raise UserError("受託者が確認した打合せの記録は消せません。")
    if rows(context.database, Homework, meeting_id=meeting.id):
        raise UserError("この打合せには宿題があります。", "宿題を消してから、もう一度お試しください。")
    with context.change(f"第{meeting.ordinal}回の打合せの記録を消した", SUBJECT) as change:
        for one in rows(context.database, Agreement, meeting_id=meeting.id):
            change.update(Agreement, one.id, meeting_id=None)
        change.delete(Meeting, meeting.id)
    return ActionResult(f"第{meeting.ordinal}回の打合せの記録を消しました。", meeting.id)


@deed
def confirm_meeting(context: ActionContext, *, meeting_id: int, confirmed_on: date, confirmed_how: str) -> ActionResult:
    """Record that the 業務責任者 confirmed a 打合せ; its decided 協議 are confirmed with it.

    Raises:
        UserError: a decided 協議 lacks a required part; the day lies before the meeting, before a decision, or ahead.
    """
    meeting = get_or_raise(context.database, Meeting, meeting_id)
    if not meeting.held_on <= confirmed_on <= context.today:
        raise UserError(
            "確認日は、打合せの日から本日までの日です。", f"打合せは{short_date(meeting.held_on, context.today)}です。"
        )
    today = context.today
    decided = [
        one
        for one in rows(context.database, Agreement, meeting_id=meeting.id, withdrawn_on=None)
        if one.settled_on is not None
    ]
    for one in decided:
        if one.settled_on is not None and one.settled_on > confirmed_on:
            raise UserError(
                f"{one.record_number}が決まった日（{short_date(one.settled_on, today)}）は、確認日より後です。",
                "決まった日か確認日を直すか、この打合せから外してください。",
            )
        if missing := missing_parts(one):
            raise UserError(f"{one.record_number}に{'、'.join(missing)}がありません。", "記録に書き足してください。")
    with context.change(f"第{meeting.ordinal}回の打合せの、受託者の確認を記録した", SUBJECT) as change:
        change.update(Meeting, meeting.id, confirmed_on=confirmed_on, confirmed_how=confirmed_how.strip())
        for one in decided:
            if one.confirmed_on is None:
                change.update(Agreement, one.id, confirmed_on=confirmed_on, confirmed_how=confirmed_how.strip())
    return ActionResult(f"第{meeting.ordinal}回の打合せを確認済にしました。", meeting.id)


@deed
def take_back_meeting_confirmation(context: ActionContext, *, meeting_id: int, reason: str) -> ActionResult:
    """Revoke the contractor's confirmation of a 打合せ and of the 協議 confirmed with it; the reason stays.

    Raises:
        UserError: it is not confirmed, or no reason.
    """
    meeting = get_or_raise(context.database, Meeting, meeting_id)
    if meeting.confirmed_on is None:
        raise UserError("この打合せは、確認を記録していません。", "画面を開き直してください。")
    why = require_reason(reason, "受託者の確認")
    with context.change(f"第{meeting.ordinal}回の打合せの、受託者の確認を取り消した（{why}）", SUBJECT) as change:
        change.update(Meeting, meeting.id, confirmed_on=None, confirmed_how="")
        for one in rows(context.database, Agreement, meeting_id=meeting.id):
            if (one.confirmed_on, one.confirmed_how) == (meeting.confirmed_on, meeting.confirmed_how):
                change.update(Agreement, one.id, confirmed_on=None, confirmed_how="")
    return ActionResult(f"第{meeting.ordinal}回の打合せの確認を取り消しました。記録を直せます。", meeting.id)


# homework


@deed
def save_homework(context: ActionContext, *, homework: Homework) -> ActionResult:
    """Save a 宿題 (``id`` 0 = a new one); raises ``UserError`` when it has no text or belongs to nothing."""
    if not homework.text.strip():
        raise UserError("宿題の内容がありません。", "何をするかを一行で書いてください。")
    if homework.agreement_id is None and homework.meeting_id is None:
        raise UserError("宿題がどの協議のものか、決まっていません。", "協議か打合せを選んでください。")
    with context.change(f"宿題「{homework.text}」を記録した", SUBJECT) as change:
        known = by_id(context.database, Homework, homework.id)
        row_id = change.update_or_insert(Homework, known, **corrections(known, homework))
    return ActionResult(f"宿題を保存しました。{_reminder_text(homework, context.today)}", row_id)


def _reminder_text(homework: Homework, today: date) -> str:
    """Return where a 宿題 is shown again; without a day only where it was recorded."""
    if homework.done_on is not None:
        return ""
    if homework.due is None:
        return "期限が空のため、ホームには出ません。"
    passed = f"期限の{short_date(homework.due, today)}を過ぎています。" if homework.due < today else ""
    return f"{passed}済にするまでホームに出ます。"


@deed
def finish_homework(
    context: ActionContext, *, homework_id: int, done_on: date | None = None, note: str = ""
) -> ActionResult:
    """Record that a 宿題 is done on a day (default: today)."""
    found = get_or_raise(context.database, Homework, homework_id)
    day = done_on or context.today
    if day > context.today:
        raise UserError("済んだ日が先の日付です。", "本日までの日を入れてください。")
    with context.change(f"宿題「{found.text}」を済にした", SUBJECT) as change:
        change.update(Homework, found.id, done_on=day, done_note=note.strip())
    return ActionResult(f"宿題「{found.text}」を済にしました。", found.id)


@deed
def reopen_homework(context: ActionContext, *, homework_id: int) -> ActionResult:
    """Set a 宿題 back to open."""
    found = get_or_raise(context.database, Homework, homework_id)
    with context.change(f"宿題「{found.text}」を未了に戻した", SUBJECT) as change:
        change.update(Homework, found.id, done_on=None, done_note="")
    return ActionResult(f"宿題「{found.text}」を未了に戻しました。", found.id)


@deed
def remove_homework(context: ActionContext, *, homework_id: int) -> ActionResult:
    """Delete a 宿題 recorded by mistake."""
    found = get_or_raise(context.database, Homework, homework_id)
    with context.change(f"宿題「{found.text}」を消した", SUBJECT) as change:
        change.delete(Homework, found.id)
    return ActionResult(f"宿題「{found.text}」を消しました。", found.id)


def homework_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return the open 宿題 with a day as follow-ups: a 目安日, never a contract date."""
    found = []
    for one, about in open_homework(database, event_id=event_id):
        assert one.due is not None
        found.append(
            FollowUp(
                task=HOMEWORK,
                event_id=about,
                label=f"宿題：{one.text}",
                detail=join_nonempty(one.side, one.person),
                due=one.due,
                basis="協議・打合せで決めた宿題の期限です",
                rule="目安日",
                link=ActionLink("宿題を確かめる", homework_id=one.id),
            )
        )
    return found
