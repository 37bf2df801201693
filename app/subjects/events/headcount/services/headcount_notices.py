"""Saves expected numbers of participants, and notices of them to the contractor (参加人数連絡書, 変更連絡).

Making a notice does not complete the deadline; its notification does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import short_date
from app.documents.services.notification import notify, withdraw_notification_within
from app.subjects.events.event.rules.expected_attendance import has_same_numbers, headcount_totals
from app.subjects.events.event.services.event_records import read_core_records, read_event_or_error
from app.subjects.events.event.services.expected_counts import expected_of_event
from app.subjects.events.event.services.tasks.task_completion import outdated_headcount
from app.subjects.events.headcount.services.headcount_view import notice_title
from app.subjects.events.headcount.services.typed_organisations import link_organisations
from db.records.events import CountSource, Event
from db.records.participants import HEADCOUNT_KEY, ExpectedCount, HeadcountNotice, NoticeWithNotification
from db.store import Store
from db.tables import organisations, participants
from db.tables import participants as table


@deed
def set_expected_counts(context: ActionContext, *, event_id: int, rows: Sequence[ExpectedCount]) -> ActionResult:
    """Save ``rows`` as the expected numbers in this order; 団体名 are kept exactly as typed.

    A row with an ``id`` keeps it; a name that clearly means one registered 団体 is linked to it. A row that a colleague
    added since the form was opened stays.

    Raises:
        UserError: a row without a 団体 or with a number below zero. A number above capacity only warns.
    """
    event = read_event_or_error(context.database, event_id)
    for row in rows:
        if not row.organisation_name.strip():
            raise UserError("団体名が空の行があります。", "団体名を書くか、その行を消してください。")
        if min(row.people, row.own_devices, row.lent_devices, row.care_count) < 0:
            raise UserError(f"{row.organisation_name}に、0より小さい数があります。", "数を確かめてください。")
    rows = link_organisations(rows, organisations.all_organisations(context.database))
    present = {row.id: row for row in table.expected_counts(context.database, event_id)}
    with context.change("参加予定人数を変えた", "participants", event_id=event_id) as change:
        kept = set()
        for position, row in enumerate(rows):
            row_id = row.id if row.id in present else 0
            kept.add(change.save(replace(row, id=row_id, event_id=event_id, position=position)))
        for row_id in present.keys() - kept:
            if not change.is_added_since(ExpectedCount, row_id):
                change.delete(ExpectedCount, row_id)
    totals = headcount_totals(rows)
    return ActionResult(
        f"{event.full_title}の参加予定を{totals.people}人・{totals.organisations}団体にしました。", event_id
    )


@deed
def set_count_source(context: ActionContext, *, event_id: int, source: CountSource) -> ActionResult:
    """Set whether the expected numbers come from the roster (「名簿」) or are typed by 団体 (「入力」).

    The others are kept and can be chosen again.

    Raises:
        UserError: the event is gone, or this is the source already.
    """
    event = read_event_or_error(context.database, event_id)
    if event.count_source == source:
        raise UserError("人数の出どころは、もうそのとおりです。", "画面を開き直してください。")
    words = "名簿の人数" if source == "名簿" else "入力した人数"
    with context.change(f"参加予定人数を{words}にした", "participants", event_id=event_id) as change:
        change.update(Event, event_id, count_source=source)
    people = headcount_totals(
        expected_of_event(context.database, read_event_or_error(context.database, event_id))
    ).people
    return ActionResult(f"{event.full_title}の参加予定を、{words}（{people}人）にしました。", event_id)


@deed
def make_headcount_notice(context: ActionContext, *, event_id: int, reason: str = "") -> ActionResult:
    """Make the snapshot for 参加人数連絡書, or for 変更連絡 once the former was notified.

    A notice that was not notified yet is updated instead of making a new revision, because a revision that nobody
    received must not exist. Making it does not complete the deadline; notifying does.

    Args:
        reason: why the numbers changed; needed for a 変更連絡.

    Raises:
        UserError: no numbers yet, nothing changed since the notification, or no reason for a change.
    """
    event = read_event_or_error(context.database, event_id)
    rows = expected_of_event(context.database, event)
    totals = headcount_totals(rows)
    notices = table.headcount_notices(context.database, event_id)
    told = next((row for row in reversed(notices) if row.notified_on is not None), None)
    draft = next((row for row in notices if row.notified_on is None), None)
    if not rows:
        raise UserError("参加予定人数がまだ入力されていません。", "団体ごとの人数を入力してください。")
    changed = told is not None and (
        not has_same_numbers(told, totals) or outdated_headcount(read_core_records(context.store, event)) is not None
    )
    if told is not None and not changed and draft is None:
        raise UserError(
            f"第{told.revision}報で連絡した内容から変わっていません。", "人数や日程が変わったときに作成できます。"
        )
    if told is not None and not reason.strip():
        raise UserError("変わった理由が書かれていません。", "理由を書いてください。変更連絡に載ります。")
    revision = draft.revision if draft else (told.revision + 1 if told else 1)
    words = notice_title(revision)
    with context.change(f"人数連絡の{words}を作成した", "participants", event_id=event_id) as change:
        notice_id = change.update_or_insert(
            HeadcountNotice,
            draft,
            event_id=event_id,
            revision=revision,
            people=totals.people,
            organisations=totals.organisations,
            own_devices=totals.own_devices,
            lent_devices=totals.lent_devices,
            care_count=totals.care_count,
            care_request=totals.care_request,
            made_on=context.today,
            reason=reason,
        )
    return ActionResult(f"{event.full_title}の{words}を作成しました。連絡したら「連絡済」にします。", notice_id)


@deed
def mark_headcount_notified(
    context: ActionContext,
    *,
    notice_id: int,
    notified_to: str,
    notified_how: str,
    notified_by: str = "",
    notified_on: date | None = None,
) -> ActionResult:
    """Record that the contractor was notified of the numbers; this completes 人数連絡.

    Args:
        notified_to: who received it.
        notified_how: メール, 電話 ….
        notified_by: who notified (default: the user).
        notified_on: the day (default: today); it may lie before the day of entry.

    Raises:
        UserError: already notified, nobody or no way named, a day still to come or before the notice was made.
    """
    notice = _read_notice(context.store, notice_id)
    words = notice_title(notice.revision)
    if notice.notified_on is not None:
        raise UserError(f"{words}は、もう連絡済です。", "人数が変わったときは変更連絡を作成します。")
    saved = notify(
        context,
        event_id=notice.event_id,
        key=HEADCOUNT_KEY,
        told_on=notified_on,
        told_to=notified_to,
        told_how=notified_how,
        told_by=notified_by,
    )
    day = notified_on or context.today
    said = f"{words}（{notice.people}人）を{short_date(day, context.today)}連絡済にしました。"
    return replace(saved, message=said, id=notice_id)


def _read_notice(store: Store, notice_id: int) -> NoticeWithNotification:
    """Return a notice with its notification; raises ``UserError`` when it is gone."""
    event_id = get_or_raise(store.database, HeadcountNotice, notice_id).event_id
    return next(row for row in table.headcount_notices(store.database, event_id) if row.id == notice_id)


@deed
def remove_headcount_notice(context: ActionContext, *, notice_id: int) -> ActionResult:
    """Delete a notice that was not notified; a notified one stays as the record of what the contractor knows."""
    notice = _read_notice(context.store, notice_id)
    words = notice_title(notice.revision)
    if notice.notified_on is not None:
        raise UserError(f"{words}は連絡済のため、消せません。", "人数が変わったときは変更連絡を作成します。")
    with context.change(f"人数連絡の{words}を消した", "participants", event_id=notice.event_id) as change:
        change.delete(HeadcountNotice, notice_id)
    return ActionResult(f"{words}を消しました。", notice_id)


@deed
def revoke_headcount_notification(context: ActionContext, *, notice_id: int, reason: str) -> ActionResult:
    """Revoke the notification of a notice, so that the deadline is open again.

    Raises:
        UserError: no reason, it was not notified, or a later notice was made.
    """
    notice = _read_notice(context.store, notice_id)
    words = notice_title(notice.revision)
    why = require_reason(reason, "連絡済")
    if notice.act is None:
        raise UserError(f"{words}は、連絡済になっていません。", "画面を開き直してください。")
    later = [
        row
        for row in participants.headcount_notices(context.database, notice.event_id)
        if row.revision > notice.revision
    ]
    if later:
        raise UserError(
            f"{notice_title(later[-1].revision)}が作成されているため、{words}の連絡済は取り消せません。",
            "先に、あとの連絡を取り消してください。",
        )
    with context.change(
        f"人数連絡の{words}の連絡済を取り消した（{why}）", "participants", event_id=notice.event_id
    ) as change:
        withdraw_notification_within(context.store, change, notice.act, reason=why, who=context.by, at=context.now)
    return ActionResult(f"{words}の連絡済を取り消しました。連絡した記録は「取消」として残ります。", notice_id)
