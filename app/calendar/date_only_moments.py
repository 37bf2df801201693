"""Moments of which only the day is known, stored as the last instant of that day so that they sort last.

No form and no clock produces this instant, so it marks by itself that no time was given.
"""

from __future__ import annotations

from datetime import date, datetime, time


def date_only_moment(day: date) -> datetime:
    """Return the moment that stands for ``day`` without a time (23:59:59.999999, Japan time, no zone)."""
    return datetime.combine(day, time.max)


def is_date_only(moment: datetime | None) -> bool:
    """Return whether only the day of ``moment`` is known."""
    return moment is not None and moment.time() == time.max


def clock_words_if_timed(moment: datetime) -> str:
    """Return 「9:05」, or 「時刻なし」 where only the day is known."""
    return "時刻なし" if is_date_only(moment) else f"{moment.hour}:{moment.minute:02d}"
