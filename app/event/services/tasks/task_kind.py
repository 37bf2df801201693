"""Declares every kind of task of an event: its name, action, date rule and completion.

Home, event, calendar and reports all use ``TASK_KINDS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from app.actions.action_id import ActionId
from app.event.rules import target_dates
from app.event.rules.deadlines import (
    HEADCOUNT,
    MATERIAL,
    REPORT,
    Deadline,
    EventTerms,
    headcount_due,
    material_due,
    report_due,
)
from app.event.services.event_records import EventCoreRecords, EventRecords
from app.event.services.tasks import task as names
from app.event.services.tasks import task_completion
from app.event.services.tasks.task import NextActor, TaskWords
from db.record import record


@record
class DueContext(EventTerms):
    """What a date is counted from: the terms of its event, and the event's records."""

    records: EventCoreRecords


def _no_words(_file: EventRecords) -> str:
    return ""


def _never(_file: EventCoreRecords) -> bool:
    return False


@record
class TaskKind(TaskWords):
    """One kind of task of an event.

    Attributes:
        due_rule: rule of its date, given its name and context; it returns None if this event has none. None = the task
            arises from the present state (``situational_kind``).
        completed_on: the day it was done, None while it is open; a task to notify is done once notified.
        completed_by: the same, of what there was on its last day in time; what comes later is a task of its own.
        detail_words: the small words beside it (「17人」「1 / 2点」「差 3件」).
        after_event_only: it cannot be done, and is not shown, before the event is over.
        unrecorded_words: words in place of a duty of the contract that no record completed before the event was held.
        is_reopened: whether it is open again until its last day, though it was done.
        is_suspended: whether it waits for somebody else and is not shown meanwhile.
    """

    due_rule: Callable[[str, DueContext], Deadline | None] | None
    completed_on: Callable[[EventCoreRecords], date | None] | None
    completed_by: Callable[[EventCoreRecords, date], date | None] | None = None
    detail_words: Callable[[EventRecords], str] = _no_words
    after_event_only: bool = False
    unrecorded_words: str = ""
    is_reopened: Callable[[EventCoreRecords], bool] = _never
    is_suspended: Callable[[EventCoreRecords], bool] = _never


def situational_kind(
    name: str, label: str, action: ActionId, next_actor: NextActor = "区", owner_words: str = ""
) -> TaskKind:
    """Return a kind of task that arises only from the present state, which also gives its day."""
    return TaskKind(
        name=name,
        label=label,
        action=action,
        next_actor=next_actor,
        owner_words=owner_words,
        due_rule=None,
        completed_on=None,
    )


def _review_due(_task: str, context: DueContext) -> Deadline | None:
    """Return the 目安日 for checking the report received last, None before one was received."""
    received = [report.received_on for report in context.records.reports if report.received_on is not None]
    if not received:
        return None
    return target_dates.review_target(context.numbers, context.programme, received[-1], context.calendar)


def _correction_requested(records: EventCoreRecords) -> bool:
    return records.current_report is not None and records.current_report.status.is_returned


TASK_KINDS = (
    TaskKind(
        name=HEADCOUNT,
        label="参加人数を連絡する",
        action="人数を連絡する",
        owner_words="区→受託者",
        due_rule=headcount_due,
        completed_on=task_completion.headcount_notified_on,
        detail_words=task_completion.people_words,
        unrecorded_words="連絡の記録なし",
        # Numbers that have changed since are unknown to the contractor. What changes after the last day is a change to
        # notify separately; the duty was done in time.
        is_reopened=lambda file: task_completion.outdated_headcount(file) is not None,
    ),
    TaskKind(
        name=MATERIAL,
        label="資料の確認を終える",
        action="資料を確認する",
        due_rule=material_due,
        completed_on=None,
        completed_by=task_completion.materials_confirmed_on,
        detail_words=task_completion.confirmed_words,
        unrecorded_words="確認の記録なし",
    ),
    TaskKind(
        name=REPORT,
        label="実施報告書の提出",
        action="報告書の提出を求める",
        next_actor="受託者",
        due_rule=report_due,
        completed_on=task_completion.report_received_on,
    ),
    TaskKind(
        name=target_dates.DRAFT_MATERIALS,
        label="資料（案）の提出",
        action="資料の提出を求める",
        next_actor="受託者",
        due_rule=target_dates.draft_materials_target,
        completed_on=None,
        completed_by=task_completion.drafts_received_on,
        detail_words=task_completion.received_words,
    ),
    TaskKind(
        name=target_dates.QUESTIONS,
        label="設問を協議して決める",
        action="設問を協議する",
        due_rule=target_dates.questions_target,
        completed_on=task_completion.questions_settled_on,
        detail_words=task_completion.question_words,
    ),
    TaskKind(
        name=target_dates.DAY_SET,
        label="当日の紙を印刷する",
        action="当日資料を作成する",
        due_rule=target_dates.target_day_before,
        completed_on=task_completion.day_set_ready_on,
    ),
    TaskKind(
        name=target_dates.TALLY_CHECK,
        label="アンケートの検算をする",
        action="検算をする",
        due_rule=target_dates.tally_check_target,
        completed_on=task_completion.tally_checked_on,
        detail_words=task_completion.response_words,
        after_event_only=True,
        is_own_check=True,
    ),
    TaskKind(
        name=target_dates.REVIEW,
        label="届いた報告書の内容確認",
        action="報告書を確認する",
        due_rule=_review_due,
        completed_on=task_completion.report_confirmed_on,
        detail_words=task_completion.figure_words,
        # While a corrected report is requested, the contractor is next to act.
        is_suspended=_correction_requested,
    ),
    situational_kind(names.CHANGE_NOTICE, "参加人数の変更を連絡する", "人数の変更を連絡する", owner_words="区→受託者"),
    situational_kind(names.NOTIFY_CHANGE, "通知後の変更連絡", "変わったことを伝える"),
    situational_kind(names.NOTIFY, "伝えたと記録する", "作成したものを伝える"),
    situational_kind(names.EXCHANGE, "当日の紙を差し替える", "当日資料を作成する"),
    situational_kind(names.ADDED_HANDOUT, "足した資料を確認する", "資料を確認する"),
    situational_kind(names.NOTIFY_RESULT, "資料の確認結果を通知する", "資料の確認結果を伝える"),
    situational_kind(names.DECIDED_LATER, "あとから決まった方に決定を知らせる", "作成したものを伝える"),
    situational_kind(names.NOT_CHOSEN, "補欠・落選の方に知らせる", "作成したものを伝える"),
    situational_kind(names.WITHDRAWN, "辞退した方に受理を知らせる", "作成したものを伝える"),
    situational_kind(names.REVOKED, "決定の取消しを知らせる", "作成したものを伝える"),
    situational_kind(names.CANCELLED, "中止通知を伝える", "作成したものを伝える"),
    situational_kind(names.CHANGED, "変更通知で知らせる", "中止・変更の通知"),
    situational_kind(names.MORE_PEOPLE, "追加募集の対象団体を確かめる", "追加募集の団体を確かめる"),
    situational_kind(names.UNRECORDED, "連絡・確認の記録を残す", "実施回の期限を見る"),
    situational_kind(names.RESULT, "実施結果を記録する", "結果を記録する"),
    situational_kind(names.RESUBMISSION, "修正した資料の提出", "資料の提出を求める", "受託者"),
    situational_kind(names.CORRECTION, "実施報告書の修正版の提出", "報告書の提出を求める", "受託者"),
    situational_kind(names.DECIDE, "日程を決める", "日程を決める"),
    situational_kind(names.DECIDE_PLACE, "新しい会場を入れる", "会場"),
    situational_kind(names.CANCELLATION_TALK, "受託者と協議する", "受託者と協議する", owner_words="区・受託者"),
    situational_kind(names.LATER_DRAFT, "急施の起案を行い、決裁日を記録する", "中止・変更の通知"),
    situational_kind(
        names.CUT_SHORT_TALK, "打切りの扱いを受託者と協議する", "受託者と協議する", owner_words="区・受託者"
    ),
)
"""All kinds; of two that fall due on one day the first comes first."""

TASK_KIND_BY_NAME: Mapping[str, TaskKind] = {kind.name: kind for kind in TASK_KINDS}

UNTYPED_TASK = TaskWords(name="", label="", action="実施回の期限を見る")
"""Kind of recruitment steps and follow-ups, which bring their own words and action."""


def is_counted_from_event(task: str) -> bool:
    """Return whether a task of this name is a deadline counted from its event, which can be changed by hand.

    Recruitment steps, follow-ups and what arises from the present state are none.
    """
    kind = TASK_KIND_BY_NAME.get(task)
    return kind is not None and kind.due_rule is not None


def may_be_closed_by_hand(task: str) -> bool:
    """Return whether a task of this name can be closed by hand: a deadline of its event, or the 協議 after a 中止."""
    return task == names.CANCELLATION_TALK or is_counted_from_event(task)


def deadlines_of(context: DueContext) -> tuple[Deadline, ...]:
    """Return every deadline and 目安日 counted from an event, as ``TASK_KINDS`` declares them."""
    found = (kind.due_rule(kind.name, context) for kind in TASK_KINDS if kind.due_rule is not None)
    return tuple(one for one in found if one is not None)
