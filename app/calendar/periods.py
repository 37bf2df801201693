"""Periods as contracts word them (5日前, 1か月以内) and the three dates derived from each."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from app.calendar.office_days import DateProblem, OfficeCalendar
from app.common.clauses import clause_of
from db.digits import one_width
from db.record import frozen

Direction = Literal["before", "after"]
Unit = Literal["日", "週間", "か月", "営業日", "開庁日", "翌月"]
_OPEN_DAYS: tuple[Unit, ...] = ("営業日", "開庁日")

_UNITS = r"日|週間|[かヶヵカケ箇個]月|営業日|開庁日"
_PERIOD = (
    rf"(?P<core>(?P<eve>前日)|(?P<back>\d{{1,4}})\s*(?P<back_unit>{_UNITS})\s*前|"
    rf"(?P<ahead>\d{{1,4}})\s*(?P<ahead_unit>{_UNITS})\s*以内|"
    r"翌月の?(?:(?P<month_day>\d{1,2})\s*日|(?P<month_end>末日?)))(?:まで)?+に?+"
)
_WHOLE = re.compile(rf"(?:実施日の)?{_PERIOD}")
_ANYWHERE = re.compile(rf"{_PERIOD}(?!では?な[いく])")
_FORMS = {
    "before": "5日前、2週間前、1か月前、前日、10営業日前",
    "after": "30日以内、3週間以内、1か月以内、10営業日以内、翌月10日まで、翌月末日まで",
}
_UNITS_AS_WRITTEN: tuple[Unit, ...] = ("日", "週間", *_OPEN_DAYS)
_SIDES = {"before": "前", "after": "あと"}
_MAX_COUNTS = {"日": 3660, "週間": 520, "か月": 120, "営業日": 1000, "開庁日": 1000, "翌月": 31}
LAST_DAY_OF_MONTH = 31


class PeriodProblem(ValueError):
    """Error for a period that cannot be read; its text is a Japanese sentence."""


@frozen
class Period:
    """A parsed 「N日前」「前日」「N営業日前」「N週間以内」「Nか月以内」「翌月N日まで」.

    ``count`` of ``unit`` before or after a day; of 翌月 the day of the month after it, 31 = its last one. ``is_eve``:
    written as 「前日」, which is 1 日 before.
    """

    direction: Direction
    count: int
    unit: Unit
    is_eve: bool = False

    @property
    def words(self) -> str:
        """Return the period in the contract's words: 「5日前」「前日」「1か月以内」「翌月10日まで」."""
        if self.is_eve:
            return "前日"
        if self.unit == "翌月":
            return f"翌月{'末' if self.count == LAST_DAY_OF_MONTH else self.count}日まで"
        return f"{self.count}{self.unit}{'前' if self.direction == 'before' else '以内'}"

    @property
    def length(self) -> str:
        """Return how long it is: 「5日」「10営業日」; of 翌月, which has no length, its words."""
        return self.words if self.unit == "翌月" else f"{self.count}{self.unit}"

    @property
    def duty_words(self) -> str:
        """Return it as what is due after an event: 「終了後1か月以内」, 「翌月10日まで」."""
        return self.words if self.unit == "翌月" else f"終了後{self.words}"


@frozen
class DueDates:
    """The three dates of one period.

    ``nominal`` 本来日; ``working`` 実務日 (before) or 142条適用後 (after); ``margin`` 安全側 (before) or
    目安日 (after).
    """

    nominal: date
    working: date
    margin: date


def parse_period(text: str, direction: Direction | None = None) -> Period:
    """Return the period that a text is: 「5日前」「前日」「10営業日前」「30日以内」「1か月以内」「翌月10日まで」.

    Args:
        direction: the only side that is allowed; None = both.

    Raises:
        PeriodProblem: it is none, or lies on the other side; the text names the forms that can be read.
    """
    found = _WHOLE.fullmatch(one_width(text).strip())
    if not found:
        raise PeriodProblem(
            f"「{text}」は期限の決まりとして読めません。{period_forms(direction)}のように入力してください。"
        )
    period = _checked_period(_period_of(found))
    if direction not in (None, period.direction):
        side, wanted = _SIDES[period.direction], _SIDES[direction]
        raise PeriodProblem(
            f"「{text}」は、{side}の期限です。{wanted}の期限（{_FORMS[direction]}）で入力してください。"
        )
    return period


def find_period(said: str, direction: Direction) -> tuple[Period, str] | None:
    """Return the first period on one side that a sentence of a contract states, with its words; None = none.

    The words are without まで and に. A negated period (「5日前ではなく」) and one of an impossible length are skipped.
    """
    for found in _ANYWHERE.finditer(said):
        period = _period_of(found)
        if period.direction == direction and 1 <= period.count <= _MAX_COUNTS[period.unit]:
            return period, found["core"]
    return None


def period_forms(direction: Direction | None = None) -> str:
    """Return the forms in which a period can be written, as examples; None = of both sides."""
    return "、".join(_FORMS[one] for one in ("before", "after") if direction in (None, one))


def _period_of(found: re.Match[str]) -> Period:
    if found["eve"]:
        return Period("before", 1, "日", is_eve=True)
    if found["back"]:
        return Period("before", int(found["back"]), _unit(found["back_unit"]))
    if found["ahead"]:
        return Period("after", int(found["ahead"]), _unit(found["ahead_unit"]))
    return Period("after", int(found["month_day"] or LAST_DAY_OF_MONTH), "翌月")


def _unit(written: str) -> Unit:
    """Return the unit written, か月 for its other spellings."""
    return next((unit for unit in _UNITS_AS_WRITTEN if unit == written), "か月")


def _checked_period(period: Period) -> Period:
    """Return the period; raises ``PeriodProblem`` unless it is at least 1 and at most ``_MAX_COUNTS`` of its unit."""
    most = _MAX_COUNTS[period.unit]
    if period.unit == "翌月" and not 1 <= period.count <= most:
        raise PeriodProblem("翌月の日は、1日から31日までか、末日で入力してください。")
    if not 1 <= period.count <= most:
        raise PeriodProblem(f"期間は1{period.unit}から{most}{period.unit}までで入力してください。")
    return period


def months_after(day: date, count: int) -> date:
    """Return the 本来日 of 「``count`` か月以内」 after ``day``.

    The day after ``day`` is the first one counted (民法140条); the period ends on the eve of the same
    day of the month, or on the month's last day where that day does not exist (民法143条2項).
    """
    first = day + timedelta(days=1)
    month_index = first.year * 12 + first.month - 1 + count
    year, month = divmod(month_index, 12)
    last_day = monthrange(year, month + 1)[1]
    if first.day > last_day:
        return date(year, month + 1, last_day)
    return date(year, month + 1, first.day) - timedelta(days=1)


def months_before(day: date, count: int) -> date:
    """Return the same day of the month ``count`` months earlier, or the last of that month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def nominal_date(period: Period, day: date, calendar: OfficeCalendar) -> date:
    """Return the 本来日 of ``period`` from ``day``.

    Only 営業日 and 開庁日 ask the ``calendar``; every other period goes by the days as they are, open or closed.
    """
    before = period.direction == "before"
    if period.unit in _OPEN_DAYS:
        return calendar.add_open_days(day, -period.count if before else period.count)
    if period.unit == "翌月":
        year, month = divmod(day.year * 12 + day.month, 12)
        return date(year, month + 1, min(period.count, monthrange(year, month + 1)[1]))
    if period.unit == "か月":
        return months_before(day, period.count) if before else months_after(day, period.count)
    days = timedelta(days=period.count * (7 if period.unit == "週間" else 1))
    return day - days if before else day + days


def due_dates(period: Period | str, day: date, calendar: OfficeCalendar) -> DueDates:
    """Return the three dates of ``period`` from ``day`` (an event, a receipt) under the office ``calendar``.

    Backward: day − n, moved to the open day before it, because 民法142条 extends forward periods only;
    the margin reads 中N日 (day − (n+1), or the open day before it). Forward: by 民法140条 and 143条, moved on by
    142条; the margin is the nominal date itself, or the open day before it. A ``period`` as text is parsed.
    Raises PeriodProblem or DateProblem.
    """
    period = parse_period(period) if isinstance(period, str) else period
    try:
        nominal = nominal_date(period, day, calendar)
        if period.direction == "after":
            return DueDates(nominal, calendar.open_on_or_after(nominal), calendar.open_on_or_before(nominal))
        eve = nominal - timedelta(days=1)
        return DueDates(nominal, calendar.open_on_or_before(nominal), calendar.open_on_or_before(eve))
    except (OverflowError, ValueError) as problem:
        if isinstance(problem, DateProblem):
            raise
        raise DateProblem("計算した日付が扱える範囲を越えます。日付と期間を確かめてください。") from None


def latest_start_day(period: Period | str, last_day: date, calendar: OfficeCalendar) -> date:
    """Return the last day up to ``last_day`` from which the forward ``period`` still ends on or before ``last_day``.

    Its end is the 本来日, whether that day is open or closed.
    """
    period = parse_period(period) if isinstance(period, str) else period
    day = last_day
    while nominal_date(period, day, calendar) > last_day:
        day -= timedelta(days=1)
    return day


def target_date_from_receipt(period: Period | str, day: date, calendar: OfficeCalendar) -> date:
    """Return the 目安日 of a forward period that counts ``day`` itself as the first day (当日算入).

    It is the end of that period, or the open day before it; 翌月 has no first day and is counted as usual. Whether the
    day counts is disputed for 検査 and 支払; the earlier reading is the careful one.
    """
    period = parse_period(period) if isinstance(period, str) else period
    counted_from = day if period.unit == "翌月" else day - timedelta(days=1)
    return calendar.open_on_or_before(nominal_date(period, counted_from, calendar))


def closed_day_law(words: str) -> str:
    """Return by what a due day that falls on a closed day moves on: 「民法142条」, or 「つぎの開庁日」.

    Args:
        words: the period. 民法142条 is about the end of one; a fixed day of the month (「翌月10日まで」) is none.
    """
    return "つぎの開庁日" if "翌月" in words else clause_of("休日に終わる期間はつぎの日まで")


def moved_by(words: str) -> str:
    """Return ``closed_day_law`` as a sentence says it before the day: 「民法142条により」, 「つぎの開庁日」."""
    law = closed_day_law(words)
    return law if "翌月" in words else f"{law}により"
