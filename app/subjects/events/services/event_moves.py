"""Moving an event: open deadlines follow, what is done stays done, what else is called for becomes a task."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from app.calendar.dates import long_date, short_date
from app.calendar.office_days import OfficeCalendar
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.events.rules.event_checks import AGREEMENT, CONTRACT_CHANGE, NEEDS
from app.subjects.events.services.event_file import EventCourse
from app.subjects.events.services.move_preview import MovePreview, moved_event, preview_of, read_move_ground
from db.journal import Change
from db.records.agreements import Agreement
from db.records.events import DeadlineOverride, Event, RecruitmentStep
from db.store import Store


def move_event(
    store: Store,
    *,
    event_id: int,
    new_date: date,
    reason: str,
    nature: str = AGREEMENT,
    asked: str = "",
    start_time: str | None = None,
    end_time: str | None = None,
    by: str,
    now: datetime,
) -> Saved:
    """Move an event; open deadlines follow, what is done stays done, the ordinal stays.

    Args:
        reason: why (kept in 履歴 and as a 協議 record). nature: 程度の範囲内 / 協議で足りる /
            契約変更の要否を契約課へ確認. asked: day, person and answer of 契約課; empty while it is not known,
            then the matter stays 協議中.

    Raises:
        Refusal: cancelled or held, no reason, times that run backwards, or nothing changes.
    """
    ground = read_move_ground(store, event_id=event_id, today=now.date())
    file, event = ground.course, ground.course.event
    moved = moved_event(store, event, new_date, start_time, end_time)
    preview = preview_of(ground, moved, new_date)
    _may_move(event, preview, reason, nature)
    same_day = new_date == event.event_date
    if preview.warnings and reason.strip():
        moved = replace(moved, exception_reason=reason, exception_kind=nature)
    words = short_date(new_date, now.date())
    with store.change(
        action=f"{moved.full_title}の日付を{words}に変えた", by=by, now=now, subject="events", event_id=event_id
    ) as change:
        change.save(moved if same_day else replace(moved, venue_booked_on=None))
        if reason.strip():
            change.insert(_record(event_id, event, new_date, reason, nature, asked, now))
        if not same_day:
            for row in file.overrides:
                change.delete(DeadlineOverride, row.id)
            _add_follow_up_steps(change, file, preview, new_date, now, ground.year.calendar)
    moves = f"期限{preview.moved}件が動きました。" if preview.moved else "動いた期限はありません。"
    return Saved(said=f"{moved.full_title}を{words}に変えました。{moves}", id=event_id)


def _may_move(event: Event, preview: MovePreview, reason: str, nature: str) -> None:
    if event.status != "予定":
        raise Refusal(f"{event.full_title}は{event.status}です。", "日付を変えられるのは、予定の実施回です。")
    if preview.end_time <= preview.start_time:
        raise Refusal("終わりの時刻が、始まりの時刻より後になっていません。", "時刻を確かめてください。")
    if (event.event_date, event.start_time, event.end_time) == (
        preview.new_date, preview.start_time, preview.end_time
    ):  # fmt: skip
        raise Refusal("日付も時刻も変わっていません。", "新しい日付を入力してください。")
    if preview.reason_needed and not reason.strip():
        raise Refusal("日付を変える理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    if nature not in NEEDS:
        raise Refusal("協議で足りるか、契約課へ確認するかが選ばれていません。", "どちらかを選んでください。")


def _add_follow_up_steps(
    change: Change, file: EventCourse, preview: MovePreview, new_date: date, now: datetime, calendar: OfficeCalendar
) -> None:
    """Put what the move calls for among the steps of the event, due on the next open day."""
    due = calendar.add_open_days(now.date(), 1)
    open_names = {step.name for step in file.steps if step.done_on is None}
    position = len(file.steps)
    for follow_up in preview.follow_ups:
        if not follow_up.step or follow_up.step in open_names:
            continue
        change.insert(
            RecruitmentStep(
                event_id=file.event.id, position=position, name=follow_up.step,
                offset_days=max(0, (new_date - due).days), due=due, note="日付の変更による",
            )
        )  # fmt: skip
        position += 1


def _record(
    event_id: int, event: Event, new_date: date, reason: str, nature: str, asked: str, now: datetime
) -> Agreement:
    """The 協議 record of a move; while 契約課 has not answered it stays open."""
    old = long_date(event.event_date) if event.event_date else "日程未定"
    waits = nature == CONTRACT_CHANGE and not asked.strip()
    return Agreement(
        event_id=event_id, topic="日程の変更", content=f"{old}から{long_date(new_date)}へ。{reason}",
        asked_on=now.date(), settled_on=None if waits else now.date(), nature=nature, note=asked,
    )  # fmt: skip
