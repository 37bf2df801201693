"""Builds the marks that a calendar page shows for a month."""

from __future__ import annotations

from datetime import date

from app.subjects.events.event.services.month import Month, MonthDay
from app.widgets.month_calendar import DayMarks

_PLAIN_CLOSED = ("土曜日", "日曜日", "年末年始")


def day_marks(month: Month, *, words: bool = False) -> dict[date, DayMarks]:
    """Return the marks of every day of a page; ``words`` names a single deadline instead of counting it."""
    return {day.day: _marks(day, words=words) for day in month.days}


def _marks(day: MonthDay, *, words: bool) -> DayMarks:
    count = len(day.tasks)
    named = f"{count}件" if count > 1 else (day.tasks[0].label if count else "")
    holiday = "" if day.closed in _PLAIN_CLOSED else day.closed
    return DayMarks(
        events=tuple((event.kind, event.short) for event in day.events),
        flags=count,
        flag_words=named if words else "",
        overdue=day.overdue,
        closed=bool(day.closed),
        closed_words=_short_holiday(holiday),
        tip=_day_description(day),
    )


def _short_holiday(name: str) -> str:
    """Return 「敬老」 for 敬老の日, 「休日」 for 国民の休日, 「振替」 for 振替休日."""
    short = {"国民の休日": "休日", "振替休日": "振替"}.get(name, name)
    return short.removesuffix("の日").removesuffix("記念日")


def _day_description(day: MonthDay) -> str:
    """Return all marks of the day in words, one line each."""
    lines = [f"{day.day.month}月{day.day.day}日" + (f"　閉庁日（{day.closed}）" if day.closed else "")]
    lines += [event.title for event in day.events]
    lines += [f"期限　{task.label}　{task.event_title}".rstrip() for task in day.tasks]
    return "\n".join(lines)
