"""Texts for moments and paths: 「9月1日 8:31」 in sentences, 「本日 8:31」 where space is short.

Paths can wrap at their separators instead of being cut.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from app.calendar.dates import (
    clock_time,
    short_date,
)
from app.window.line_breaks import breakable_path


def clock_of(moment: datetime) -> str:
    """Return 「8:31」."""
    return clock_time(moment)


def moment_words(moment: datetime) -> str:
    """Return 「9月1日 8:31」."""
    return f"{moment.month}月{moment.day}日 {clock_of(moment)}"


def short_moment(moment: datetime, today: date) -> str:
    """Return 「16:55」, on another day 「11/12 16:55」."""
    day = "" if moment.date() == today else f"{moment.month}/{moment.day} "
    return f"{day}{clock_of(moment)}"


def short_moment_words(moment: datetime, today: date) -> str:
    """Return 「本日 8:31」 or 「9/1(火) 8:31」."""
    day = "本日" if moment.date() == today else short_date(moment.date(), today)
    return f"{day} {clock_of(moment)}"


def path_words(folder: Path) -> str:
    """Return the path with an invisible line-break opportunity after each separator."""
    return breakable_path(str(folder))
