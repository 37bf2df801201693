"""Words that explain a date: clause, arithmetic, and the closed days that moved it."""

from __future__ import annotations

from datetime import date, timedelta

from app.calendar.dates import short_date_in_year
from app.calendar.office_days import OfficeCalendar, holiday_name
from app.calendar.periods import DueDates, Period, closed_day_law, moved_by
from app.calendar.wareki import fiscal_year_of
from app.common.clauses import clause_of
from app.programme.rules import full_clause

RULES_OF_CONTACTS = clause_of("目的外に使わない", "履行以外の複写・複製の禁止", "返還・処分と証明、外部委託の承認")
"""What the 受託者 must observe with a telephone number that the ward tells it: no other use, no copy, return."""


def _closed_words(day: date, calendar: OfficeCalendar) -> str:
    """Return 「閉庁日」, with the reason where the weekday in the date does not show it."""
    visible = day.weekday() >= 5 or holiday_name(day)
    return "閉庁日" if visible else f"閉庁日（{calendar.closed_reason(day)}）"


def basis_words(
    *, clause: str, start_name: str, start: date, period: Period, dates: DueDates, calendar: OfficeCalendar
) -> str:
    """Return how ``dates`` follow from ``start``.

    「仕様書4(1)エ。実施日の5日前 = 9/19(土)。閉庁日のため直前の開庁日 9/18(金)」.

    Args:
        clause: may be empty.
        start_name: what the start is (実施日, 請求書の受領日).
    """
    year = fiscal_year_of(start)

    def shown(day: date) -> str:
        """Return a day in short, with the year where it is another fiscal year."""
        return short_date_in_year(day, year)

    parts = [full_clause(clause)] if clause else []
    moved = dates.working != dates.nominal
    if period.direction == "before":
        parts.append(f"{start_name}の{period.words} = {shown(dates.nominal)}")
        if moved:
            closed = _closed_words(dates.nominal, calendar)
            parts.append(f"{closed}のため直前の開庁日 {shown(dates.working)}")
        return "。".join(parts)
    if period.unit == "翌月":
        parts.append(f"{start_name}の{period.words} = {shown(dates.nominal)}")
    else:
        first = start + timedelta(days=1)
        in_months = clause_of("期間の初日は数えない", "月の期間は暦で数える")
        law = in_months if period.unit == "か月" else clause_of("期間の初日は数えない")
        parts.append(f"{start_name}の翌日 {shown(first)} から{period.length} = {shown(dates.nominal)}（{law}）")
    if moved:
        closed = _closed_words(dates.nominal, calendar)
        parts.append(f"{closed}のため{moved_by(period.words)} {shown(dates.working)}")
    if moved and dates.nominal.weekday() == 5 and period.unit != "翌月":
        parts.append(f"土曜日が{closed_day_law(period.words)}の休日に当たるかには争いがある")
    return "。".join(parts)


def _counted_between(period: Period) -> str:
    """Return 「中5日で数えた」, 「中10営業日で数えた」; of months 「1日早く数えた」."""
    if period.unit == "か月":
        return "1日早く数えた"
    return f"中{period.count * 7}日で数えた" if period.unit == "週間" else f"中{period.length}で数えた"


def target_day_origin(
    *, start: date, period: Period, dates: DueDates, calendar: OfficeCalendar, term_end: date | None
) -> str:
    """Return how the 目安日 follows: 「中5日で数えた目安日 9/18(金)」, 「目安日 10/30(金)（直前の開庁日）」.

    Args:
        term_end: given when the 目安日 was limited to the last open day of 履行期間.
    """
    shown = short_date_in_year(dates.margin, fiscal_year_of(start))
    if period.direction == "before":
        counted = f"{_counted_between(period)}目安日 {shown}"
        eve = dates.nominal - timedelta(days=1)
        return counted if dates.margin == eve else f"{counted}（{_closed_words(eve, calendar)}の前の開庁日）"
    if term_end:
        return f"目安日 {shown}（履行期間の最後の開庁日）"
    if dates.margin == dates.nominal:
        return f"目安日 {shown}（期限と同じ日）"
    return f"目安日 {shown}（直前の開庁日）"
