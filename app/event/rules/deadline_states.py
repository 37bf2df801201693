"""State of a deadline on a day: days left, 期限超過, and the words for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from app.calendar.dates import short_date
from app.calendar.office_days import OfficeCalendar
from app.event.rules.deadlines import Deadline
from db.record import record

Bucket = Literal["期限超過", "今日", "目安日過ぎ", "今週", "来週から", "済"]
BUCKETS: tuple[Bucket, ...] = ("期限超過", "今日", "目安日過ぎ", "今週", "来週から", "済")


@record
class DeadlineState:
    """State of a deadline on one day.

    Attributes:
        days_left: days to the deadline's ``effective_date``, negative when passed.
        overdue_days: days since its ``last_day_in_time``, 0 = not 期限超過 (a 目安日 never is).
        short_words: 「あと2日」; ``open_words`` 「開庁日 2日」, ``words`` both.
        is_late: a contract deadline that was done after its ``last_day_in_time``.
    """

    bucket: Bucket
    days_left: int
    overdue_days: int
    short_words: str
    open_words: str
    is_late: bool = False

    @property
    def words(self) -> str:
        """Return 「あと2日・開庁日 2日」, else ``short_words`` alone: 「1日超過」, 「本日まで」, 「済 9/18(金)」."""
        joined = self.short_words.startswith("あと")
        return f"{self.short_words}・{self.open_words}" if joined else self.short_words


def end_of_week(today: date) -> date:
    """Return the Saturday of the week of ``today`` (weeks begin on Sunday, as in the month view)."""
    return today + timedelta(days=(5 - today.weekday()) % 7)


def days_left_words(days: int) -> str:
    """Return 「あと2日」, on the day itself 「本日まで」."""
    return f"あと{days}日" if days else "本日まで"


def _grace_words(deadline: Deadline, today: date) -> str:
    """Return the words for a day after ``effective_date`` up to ``last_day_in_time``: 「期限（暦どおり） あと1日」."""
    which = "期限（暦どおり）" if deadline.direction == "before" else "休日の場合の期限"
    left = (deadline.last_day_in_time - today).days
    return f"{which} {days_left_words(left)}" if left else f"{which}は本日まで"


def _closed_state(deadline: Deadline, today: date, closed_on: date) -> DeadlineState:
    """Return the state of something done: 「済 9/18(金)」, of a duty done late 「済 9/22(火)・期限の3日後」."""
    after = (closed_on - deadline.last_day_in_time).days
    late = after > 0 and deadline.contract
    words = f"済 {short_date(closed_on, today)}" + (f"・期限の{after}日後" if late else "")
    return DeadlineState(
        bucket="済",
        days_left=0,
        overdue_days=0,
        short_words=words,
        open_words="",
        is_late=late,
    )


def deadline_state(deadline: Deadline, today: date, closed_on: date | None, calendar: OfficeCalendar) -> DeadlineState:
    """Return the state of ``deadline`` on ``today``.

    残り counts to ``effective_date``; a contract deadline is 期限超過 from the day after ``last_day_in_time``, and 今日
    between the two. 今週 ends on Saturday. A passed 目安日 is 目安日過ぎ, never late; what waits
    for the ward since a day stays 今日 until it is done, so that nobody loses sight of whom it still has to tell.

    Args:
        closed_on: the day it was done, or None.
    """
    if closed_on:
        return _closed_state(deadline, today, closed_on)
    target = deadline.effective_date
    left = (target - today).days
    overdue = max(0, (today - deadline.last_day_in_time).days)
    open_words = f"開庁日 {abs(calendar.open_days_between(today, target))}日"
    bucket: Bucket = "今日"
    if overdue and deadline.contract:
        bucket, words = "期限超過", f"{overdue}日超過"
        open_words = f"開庁日 {calendar.open_days_between(deadline.last_day_in_time, today)}日"
    elif overdue:
        bucket, overdue, words = "目安日過ぎ", 0, f"目安日を{-left}日過ぎ"
        if deadline.waits:
            bucket, words = "今日", f"{short_date(target, today)} から"
    elif left < 0:
        words = _grace_words(deadline, today)
    else:
        words = days_left_words(left)
        if left:
            bucket = "今週" if target <= end_of_week(today) else "来週から"
    return DeadlineState(
        bucket=bucket,
        days_left=left,
        overdue_days=overdue,
        short_words=words,
        open_words=open_words,
    )


def notice_stage(state: DeadlineState, notice_days: Iterable[int], *, days_shown: int) -> int | None:
    """Return which of ``notice_days`` is shown today, the smallest of several; None between notices and when done.

    Notices are given 90, 60, 30 and 7 days before the end of a term; as nothing is to be done they vanish by
    themselves.

    Args:
        notice_days: days before the date on which a notice begins.
        days_shown: for how many days each is shown.
    """
    if state.bucket == "済":
        return None
    now = [days for days in notice_days if days - days_shown < state.days_left <= days]
    return min(now, default=None)


def announced_stage(state: DeadlineState, announce_days: Iterable[int]) -> int | None:
    """Return the announcement a deadline has reached: the smallest of ``announce_days`` (7, 3, 0) that covers today.

    None before the first announcement, and for what is done.
    """
    if state.bucket == "済":
        return None
    reached = [days for days in announce_days if max(state.days_left, 0) <= days]
    return min(reached, default=None)
