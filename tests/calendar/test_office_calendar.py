"""Open and closed days of the office, and counting in open days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar.office_days import DateProblem, OfficeCalendar, holiday_name
from tests.support import independent_calendar

DAYS = st.dates(date(2025, 4, 1), date(2029, 3, 31))


def test_every_day_of_four_years_is_open_or_closed_as_the_law_says(office_calendar):
    day, wrong = date(2025, 1, 1), []
    while day < date(2029, 12, 1):
        if office_calendar.is_open(day) == independent_calendar.closed(day):
            wrong.append(day)
        day += timedelta(days=1)

    assert wrong == []


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 9, 19), "土曜日"), (date(2026, 9, 20), "日曜日"), (date(2026, 9, 21), "敬老の日"),
        (date(2026, 9, 22), "国民の休日"), (date(2026, 9, 23), "秋分の日"), (date(2027, 3, 22), "振替休日"),
        (date(2026, 12, 29), "年末年始"), (date(2027, 1, 1), "元日"), (date(2027, 1, 3), "年末年始"),
        (date(2027, 1, 4), None), (date(2026, 12, 28), None),
    ],
)  # fmt: skip
def test_a_closed_day_says_why(office_calendar, day, reason):
    assert office_calendar.closed_reason(day) == reason


def test_the_office_adds_closed_days_of_its_own_with_a_reason():
    closed = date(2026, 10, 1)

    assert OfficeCalendar({closed: "庁舎の停電"}).closed_reason(closed) == "庁舎の停電"
    assert OfficeCalendar({closed}).closed_reason(closed) == "区が定めた閉庁日"
    assert OfficeCalendar({closed}).open_on_or_before(closed) == date(2026, 9, 30)
    assert OfficeCalendar({closed}).open_on_or_after(closed) == date(2026, 10, 2)


def test_open_days_are_counted_over_the_silver_week(office_calendar):
    assert office_calendar.add_open_days(date(2026, 9, 24), -2) == date(2026, 9, 17)
    assert office_calendar.add_open_days(date(2026, 9, 18), 1) == date(2026, 9, 24)
    assert office_calendar.add_open_days(date(2026, 9, 20), 0) == date(2026, 9, 20)
    assert office_calendar.open_days_between(date(2026, 9, 16), date(2026, 9, 24)) == 3
    assert office_calendar.open_days_between(date(2026, 9, 24), date(2026, 9, 16)) == -3


@given(day=DAYS, count=st.integers(1, 40))
def test_going_forward_and_back_in_open_days_meets_again(office_calendar, day, count):
    start = office_calendar.open_on_or_after(day)
    there = office_calendar.add_open_days(start, count)

    assert office_calendar.is_open(there)
    assert office_calendar.add_open_days(there, -count) == start
    assert office_calendar.open_days_between(start, there) == count


def test_a_year_whose_holidays_nobody_knows_is_refused(office_calendar):
    with pytest.raises(DateProblem, match="1986年から2099年まで"):
        office_calendar.is_open(date(2100, 1, 4))


def test_one_day_of_a_year_that_nobody_asked_for_yet_is_asked_for_alone(monkeypatch):
    import jpholiday

    asked = []
    of_library = jpholiday.is_holiday_name
    monkeypatch.setattr(jpholiday, "is_holiday_name", lambda day: asked.append(day) or of_library(day))
    monkeypatch.setattr(jpholiday, "year_holidays", lambda _year: pytest.fail("a whole year takes 45 ms"))

    assert holiday_name(date(2093, 5, 3)) == "憲法記念日"
    assert holiday_name(date(2093, 5, 6)) == "振替休日"
    assert holiday_name(date(2093, 5, 3)) == "憲法記念日"
    assert asked == [date(2093, 5, 3), date(2093, 5, 6)]
