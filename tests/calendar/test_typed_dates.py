"""Dates and times as staff type them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import dates
from app.calendar.date_parsing import parse_date, parse_date_near, parse_time
from app.calendar.office_days import DateProblem


@pytest.mark.parametrize(
    "typed",
    [
        "9/1", "９／１", "09/01", "9月1日", "0901", "9-1", "R8.9.1", "r8/9/1", "Ｒ８．９．１", "R08.09.01",
        "令和8年9月1日", "令和８年９月１日（火）", "㋿8年9月1日", "20260901", "2026-09-01", "2026/9/1",
        "２０２６年９月１日", " 2026.9.1 ", "9/1(火)", "9/1（火曜日）", "9/1 火曜", "R8.9.1㈫", "2026年9月1日火曜日",
    ],
)  # fmt: skip
def test_every_spelling_of_one_day_is_understood(typed):
    assert parse_date(typed, 2026) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("4/1", date(2026, 4, 1)), ("12/31", date(2026, 12, 31)), ("1/1", date(2027, 1, 1)),
        ("3/31", date(2027, 3, 31)), ("2/14（日）", date(2027, 2, 14)), ("9/23(水・祝)", date(2026, 9, 23)),
        ("令和元年5月1日", date(2019, 5, 1)), ("H31.4.30", date(2019, 4, 30)),
    ],
)  # fmt: skip
def test_a_date_without_a_year_lies_in_the_fiscal_year(typed, day):
    assert parse_date(typed, 2026) == day


def test_a_leap_day_is_known_by_the_year_it_falls_in():
    assert parse_date("2/29", 2027) == date(2028, 2, 29)
    with pytest.raises(DateProblem, match="令和9年2月に29日はありません"):
        parse_date("2/29", 2026)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9/1(水)", "令和8年9月1日は火曜日です。入力された（水）と合いません"),
        ("令和9年3月15日（火）", "令和9年3月15日は月曜日です"), ("9/24(木・祝)", "祝日ではありません"),
        ("9/31", "9月に31日はありません"), ("13/1", "13月という月はありません"), ("0/1", "0月という月はありません"),
        ("26/9/1", "和暦か西暦か分かりません"), ("8.9.1", "和暦か西暦か分かりません"),
        ("R0.9.1", "和暦の年は1（元）から"), ("R900.9.1", "扱えません"), ("", "入力されていません"),
        ("　", "入力されていません"), ("来週の火曜", "読めません"), ("2026-09-01T10:00", "読めません"),
        ("9/1/", "読めません"), ("18991231", "扱えません"), ("21000101", "扱えません"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_date_is_said_in_a_sentence(typed, said):
    with pytest.raises(DateProblem, match=said) as problem:
        parse_date(typed, 2026)
    assert str(problem.value).endswith("。")


@given(day=st.dates(date(2026, 4, 1), date(2027, 3, 31)))
def test_every_way_the_desk_writes_a_date_can_be_typed_back(day):
    fiscal_year = 2026
    written = (
        dates.long_date(day),
        dates.long_date_plain(day),
        dates.table_date(day),
        dates.short_date_plain(day),
        day.isoformat(),
        day.strftime("%Y%m%d"),
        day.strftime("%m%d"),
    )

    assert {parse_date(text, fiscal_year) for text in written} == {day}


@given(day=st.dates(date(2026, 4, 1), date(2027, 3, 31)), shift=st.integers(1, 6))
def test_a_wrong_weekday_is_always_seen(day, shift):
    wrong = dates.WEEKDAYS[(day + timedelta(days=shift)).weekday()]

    with pytest.raises(DateProblem, match="合いません"):
        parse_date(f"{dates.long_date_plain(day)}（{wrong}）", 2026)


@given(text=st.text(max_size=12))
def test_nothing_typed_makes_the_reader_fall_over(text):
    try:
        found = parse_date(text, 2026)
    except DateProblem:
        return
    assert isinstance(found, date)


@given(text=st.text(max_size=8))
def test_no_time_typed_makes_the_reader_fall_over(text):
    try:
        found = parse_time(text)
    except DateProblem:
        return
    assert len(found) == 5


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("14:00", "14:00"), ("1400", "14:00"), ("930", "09:30"), ("14", "14:00"), ("１４：３０", "14:30"),
        ("14時", "14:00"), ("14時05分", "14:05"), ("午後2時", "14:00"), ("午後２時半", "14:30"), ("午前0時", "00:00"),
        ("PM 2:30", "14:30"), ("正午", "12:00"),
    ],
)  # fmt: skip
def test_times_are_understood_in_every_spelling(typed, clock):
    assert parse_time(typed) == clock


@pytest.mark.parametrize("typed", ["25:00", "14:60", "午後12時", "午後14時", "", "お昼", "14:0:0", "2400"])
def test_what_no_clock_shows_is_refused(typed):
    with pytest.raises(DateProblem):
        parse_time(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/30", date(2027, 3, 30)),
        ("4/7", date(2027, 4, 7)),
        ("12/28(月)", date(2026, 12, 28)),
        ("R8.4.7", date(2026, 4, 7)),
    ],
)
def test_a_day_of_what_was_just_done_is_the_closest_one_of_its_name(typed, day):
    assert parse_date_near(typed, date(2027, 4, 13)) == day
    with pytest.raises(DateProblem):
        parse_date_near("4/7(火)", date(2027, 4, 13))
