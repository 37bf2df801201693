"""Says of which event of the year a received text is, by the title or the day that it names."""

from __future__ import annotations

import re

from app.event.services.event_records import read_event_or_error
from db.digits import one_width
from db.records.events import Event
from db.rows import rows
from db.store import Store


def other_event_words(store: Store, *, event_id: int, text: str) -> str:
    """Return a sentence where a received text names another event of the year and not this one, else "".

    Its days count where it has no title of an event.
    """
    mine = read_event_or_error(store.database, event_id)
    year = rows(store.database, Event, programme_id=mine.programme_id)
    named = [one for one in year if _bare(one.full_title) in _bare(text)] or [one for one in year if _is_on(one, text)]
    if not named or mine in named:
        return ""
    what = f"「{named[0].full_title}」のもののようです（受領先は{mine.full_title}）。"
    return f"{what}取り違えでないか確かめてください。このまま受領することもできます。"


def _is_on(event: Event, text: str) -> bool:
    """Return whether a text has the day of an event（令和8年12月8日、R8.12.8、12/8）."""
    day = event.event_date
    sign = rf"(?<!\d)0?{day.month}\s*[月/]\s*0?{day.day}(?!\d)|\d\.{day.month}\.{day.day}(?!\d)" if day else "(?!)"
    return re.search(sign, one_width(text)) is not None


def _bare(text: str) -> str:
    return re.sub(r"[\s「」()]", "", one_width(text))
