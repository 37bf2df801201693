"""Recognise words of time and change in the search (「きのう」「変更」「12/7」) and link to those changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from app.actions.action_id import ActionLink
from app.calendar.date_parsing import parse_date
from app.calendar.dates import short_date
from app.calendar.office_days import DateProblem
from app.calendar.wareki import fiscal_year_of
from app.subjects.home.changes.services.changes import read_changes, week_of
from db.frozen_record import frozen_record
from db.name_key import name_key
from db.store import Store

_YESTERDAY: Final = ("きのう", "昨日")
_TODAY: Final = ("今日", "きょう", "本日")
_WEEK: Final = ("今週",)
_CHANGE: Final = ("変更", "変えた", "変わった", "だれが", "誰が", "履歴")
_BETWEEN: Final = ("から", "した", "もの", "こと", "の", "を", "に", "は", "が")
"""Words allowed between such words; any other text is taken literally (「今日子」 is a name)."""


@frozen_record
class FoundPeriod:
    """Days whose changes can be shown, with their number and link."""

    words: str
    count: str
    link: ActionLink


def has_only_time_words(text: str) -> bool:
    """Return whether ``text`` consists of words of time or change alone, and so is no name."""
    typed = rest = name_key(text)
    for word in (*_YESTERDAY, *_TODAY, *_WEEK, *_CHANGE):
        rest = rest.replace(name_key(word), "")
    if rest == typed:
        return False
    for word in _BETWEEN:
        rest = rest.replace(name_key(word), "")
    return not rest


def matching_periods(store: Store, *, text: str, today: date) -> tuple[FoundPeriod, ...]:
    """Return the days that ``text`` means (yesterday, today, this week, a typed day); nothing for others."""
    typed = name_key(text) if has_only_time_words(text) else ""
    spans = [
        (words, first)
        for words, first, named in (
            ("きのうからの変更", today - timedelta(days=1), (*_YESTERDAY, *_CHANGE)),
            ("今日の変更", today, _TODAY),
            ("今週の変更", week_of(today), (*_WEEK, *_CHANGE)),
        )
        if any(name_key(word) in typed for word in named)
    ]
    if (day := _parse_day(text, today)) is not None:
        spans.append((f"{short_date(day, today)}からの変更", day))
    if not spans:
        return ()
    changed = read_changes(store, since=min(first for _words, first in spans), today=today).rows
    return tuple(
        FoundPeriod(
            words=words,
            count=f"{sum(row.day >= first for row in changed)}件　だれが、何を、どう変えたか",
            link=ActionLink("変更", since=first),
        )
        for words, first in spans
    )


def _parse_day(text: str, today: date) -> date | None:
    """Return the day in ``text``, None where it is none or in the future."""
    try:
        day = parse_date(text, fiscal_year_of(today))
    except DateProblem:
        return None
    return day if day is not None and day <= today else None
