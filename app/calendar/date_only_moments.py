"""A moment of which only the day is known: it stands at the last instant of that day, so that it goes before nobody.

No form and no clock sends this instant, so it says by itself that a time was never given.
"""

from __future__ import annotations

from datetime import date, datetime, time


def date_only_moment(day: date) -> datetime:
    """The moment that stands for ``day`` without a time (23:59:59.999999, Japan time, no zone)."""
    return datetime.combine(day, time.max)


def is_date_only(moment: datetime | None) -> bool:
    """Whether of ``moment`` only the day is known."""
    return moment is not None and moment.time() == time.max


def clock_words_if_timed(moment: datetime) -> str:
    """「9:05」, or 「時刻なし」 where only the day is known."""
    return "時刻なし" if is_date_only(moment) else f"{moment.hour}:{moment.minute:02d}"
