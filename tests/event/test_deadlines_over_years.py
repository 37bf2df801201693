"""Every day of three years, and days at random, against a count that walks day by day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import due_dates, latest_start_day, nominal_date, parse_period
from app.event.rules.deadlines import event_deadlines
from app.programme.intake import preset
from tests.support import independent_calendar as walking

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
DAYS = st.dates(FIRST, LAST)


def every_day():
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))


def backward(day, days):
    nominal = walking.walk_back(day, days)
    return nominal, walking.open_before(nominal), walking.open_before(walking.walk_back(day, days + 1))


def forward(nominal):
    return nominal, walking.open_after(nominal), walking.open_before(nominal)


def as_tuple(dates):
    return dates.nominal, dates.working, dates.margin


def test_five_days_and_two_weeks_before_every_day(office_calendar):
    for day in every_day():
        assert as_tuple(due_dates("5日前", day, office_calendar)) == backward(day, 5)
        assert as_tuple(due_dates("2週間前", day, office_calendar)) == backward(day, 14)


def test_one_month_after_every_day(office_calendar):
    for day in every_day():
        assert as_tuple(due_dates("1か月以内", day, office_calendar)) == forward(walking.walk_months(day, 1))


def test_weeks_and_days_after_every_day(office_calendar):
    for day in every_day():
        for text, length in (("3週間以内", 21), ("2週間以内", 14), ("30日以内", 30), ("10日以内", 10)):
            expected = forward(day + timedelta(days=length))
            assert as_tuple(due_dates(text, day, office_calendar)) == expected


@given(day=DAYS, days=st.integers(1, 120))
def test_a_backward_deadline_never_slips_towards_the_event(office_calendar, day, days):
    found = due_dates(f"{days}日前", day, office_calendar)

    assert as_tuple(found) == backward(day, days)
    assert found.margin <= found.working <= found.nominal < day
    assert office_calendar.is_open(found.working)
    assert office_calendar.is_open(found.margin)


@given(day=DAYS, months=st.integers(1, 9))
def test_months_agree_with_walking_through_them(office_calendar, day, months):
    found = due_dates(f"{months}か月以内", day, office_calendar)

    assert as_tuple(found) == forward(walking.walk_months(day, months))
    assert found.margin <= found.nominal <= found.working


@given(text=st.sampled_from(("1か月以内", "3週間以内", "2週間以内", "2か月以内")), last=DAYS)
def test_the_last_fitting_day_fits_and_the_next_one_does_not(text, last):
    period = parse_period(text)
    fits = latest_start_day(period, last, OfficeCalendar())

    assert nominal_date(period, fits, OfficeCalendar()) <= last
    assert all(nominal_date(period, fits + timedelta(days=n), OfficeCalendar()) > last for n in range(1, 5))


@given(day=st.dates(date(2026, 9, 1), date(2027, 3, 31)), which=st.integers(0, 2))
def test_a_target_of_the_ward_never_lies_after_the_term(office_calendar, programme, day, which):
    numbers = preset().kinds[which]
    for deadline in event_deadlines(numbers, programme, day, office_calendar):
        assert office_calendar.is_open(deadline.margin)
        assert office_calendar.is_open(deadline.working)
        assert deadline.margin <= programme.term_end
