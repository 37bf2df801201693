"""Warnings about an event, which never block and may ask for a reason; warning sentences about its dates."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Literal

from app.calendar.dates import short_date_in_year
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import DueDates, Period, closed_day_law, latest_start_day
from app.calendar.wareki import fiscal_year_of
from app.programme.rules import full_clause, in_brackets, term_start
from db.record import frozen
from db.records.programme import EventKind, Programme

Needs = Literal["", "程度の範囲内", "協議で足りる", "契約変更の要否を契約課へ確認"]
WITHIN_TOLERANCE: Needs = "程度の範囲内"
AGREEMENT: Needs = "協議で足りる"
CONTRACT_CHANGE: Needs = "契約変更の要否を契約課へ確認"
NEEDS: tuple[Needs, ...] = (WITHIN_TOLERANCE, AGREEMENT, CONTRACT_CHANGE)


@frozen
class EventWarning:
    """One deviation from the 仕様書 or from common sense.

    Attributes:
        clause: short form (仕4(1)エ) or empty.
        needs: the likely way to settle it, which the clerk may change; empty where no reason is asked.
        is_about_year: caused by the year's number of events; it concerns only the event that is one too many.
        is_unknown_yet: nothing is wrong, the fact is not known yet.
    """

    text: str
    _: KW_ONLY
    clause: str = ""
    needs: Needs = ""
    is_about_year: bool = False
    is_unknown_yet: bool = False


def outside_window_warning(numbers: EventKind, event_date: date) -> str | None:
    """Return the warning for an event outside the kind's 実施期間 (仕様書4 ア); None inside."""
    if numbers.window_start <= event_date <= numbers.window_end:
        return None
    year = fiscal_year_of(numbers.window_start)
    start, end, day = (
        short_date_in_year(each, year) for each in (numbers.window_start, numbers.window_end, event_date)
    )
    window = _with_clause(f"{start}から{end}まで", numbers.clause_window)
    return f"実施日 {day} は、{numbers.name}の期間（{window}）の外です。協議の記録と理由が要ります。"


def _with_clause(words: str, clause: str) -> str:
    return f"{words}。{full_clause(clause)}" if clause else words


def outside_term_warning(programme: Programme, event_date: date) -> str | None:
    """Return the warning for an event outside 履行期間 (仕様書3); None inside.

    While the first day of 履行期間 is unknown only the end is checked.
    """
    year = programme.fiscal_year
    day = short_date_in_year(event_date, year)
    ask = "契約変更の要否を契約課へ確認してください。"
    if event_date > programme.term_end:
        end = short_date_in_year(programme.term_end, year)
        return f"実施日 {day} は、履行期間（{_with_clause(f'{end}まで', programme.clause_term)}）の外です。{ask}"
    start = term_start(programme)
    if start is not None and event_date < start:
        first = short_date_in_year(start, year)
        return f"実施日 {day} は、履行期間（{_with_clause(f'{first}から', programme.clause_term)}）の前です。{ask}"
    return None


def event_past_warning(event_date: date, today: date) -> str | None:
    """Return the remark that the event's date lies before ``today``; None otherwise."""
    if event_date >= today:
        return None
    year = fiscal_year_of(event_date)
    return (
        f"実施日 {short_date_in_year(event_date, year)} は、本日 {short_date_in_year(today, year)} より前の日付です。"
    )


def deadline_past_warning(period: Period, dates: DueDates, today: date) -> str | None:
    """Return the warning that 暦どおり and 開庁日 have passed on ``today``, or the earlier of them; else None."""
    limit = max(dates.nominal, dates.working)
    near = min(dates.nominal, dates.working)
    year = fiscal_year_of(limit)
    now, last, first = (short_date_in_year(each, year) for each in (today, limit, near))
    if today > limit:
        return f"期限 {last} は過ぎています（本日 {now}）。"
    if today <= near:
        return None
    if period.direction == "before":
        return f"期限（開庁日） {first} は過ぎています（本日 {now}）。期限（暦どおり）は {last} です。"
    law = closed_day_law(period.words)
    return f"期限（暦どおり） {first} は過ぎています（本日 {now}）。休日の場合の期限（{law}）は {last} です。"


def beyond_term_warning(
    programme: Programme,
    period: Period,
    dates: DueDates,
    start: date,
    calendar: OfficeCalendar,
    start_name: str = "実施日",
) -> str | None:
    """Return the warning that a deadline after the event ends after 履行期間, with the last start that fits.

    None if it ends inside, or the start itself lies after it. The last day is computed from ``period``
    (派遣: the report of an event on or after 3/11 comes too late).
    """
    if period.direction == "before" or start > programme.term_end or dates.nominal <= programme.term_end:
        return None
    year = programme.fiscal_year
    fits = latest_start_day(period, programme.term_end, calendar)
    nominal, end, last = (short_date_in_year(each, year) for each in (dates.nominal, programme.term_end, fits))
    return (
        f"期限（暦どおり） {nominal} は、履行期間の末日 {end} を過ぎます{in_brackets(programme.clause_term)}。"
        f"履行期間に収まる最後の{start_name.removeprefix('最後の')}は {last} です。"
    )


def later_than_contract_warning(clause: str, limit: date, due: date) -> str:
    """Return the warning that a date set by hand lies after the last day of the contract's own period."""
    year = fiscal_year_of(limit)
    by_hand, last = short_date_in_year(due, year), short_date_in_year(limit, year)
    rests = full_clause(clause) or "契約"
    return f"手で変えた期限 {by_hand} は、{rests}の期限 {last} より後です。協議の記録を確かめてください。"
