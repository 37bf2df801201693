"""Dates and times as papers and the window show them."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from app.calendar import dates
from app.calendar.office_days import DateProblem, OfficeCalendar
from app.calendar.wareki import era_of, fiscal_year_of, fiscal_year_words


def test_a_date_in_text_carries_its_weekday_in_full_width_brackets():
    assert dates.long_date(date(2026, 9, 1)) == "令和8年9月1日（火）"
    assert dates.long_date(date(2026, 9, 23)) == "令和8年9月23日（水・祝）"
    assert dates.long_date_plain(date(2026, 9, 1)) == "令和8年9月1日"
    assert dates.echoed_date(date(2026, 9, 28)) == "令和8年9月28日（月）"


def test_a_date_whose_year_is_known_is_said_by_the_calendar_alone():
    assert dates.month_day(date(2026, 9, 1)) == "9月1日（火）"
    assert dates.month_day(date(2026, 9, 23)) == "9月23日（水・祝）"
    own = re.compile(r"月\{[^}]*day\}日（|令和　　年　　月　　日")
    program = Path(dates.__file__).resolve().parents[1]
    assert [
        path.relative_to(program).as_posix()
        for path in sorted(program.rglob("*.py"))
        if path.parent != Path(dates.__file__).parent and own.search(path.read_text(encoding="utf-8"))
    ] == []


def test_a_date_in_a_table_marks_holidays_and_with_a_calendar_the_closed_days():
    closed = OfficeCalendar({date(2026, 10, 1): "停電"})

    assert dates.table_date(date(2026, 9, 1)) == "R8.9.1（火）"
    assert dates.table_date(date(2026, 9, 23)) == "R8.9.23（水・祝）"
    assert dates.table_date(date(2026, 10, 1)) == "R8.10.1（木）"
    assert dates.table_date(date(2026, 10, 1), closed) == "R8.10.1（木・休）"
    assert dates.table_date(date(2026, 10, 3), closed) == "R8.10.3（土）"


def test_the_window_names_the_year_only_where_it_is_another_one():
    today = date(2026, 9, 16)

    assert dates.short_date(date(2026, 9, 18), today) == "9/18(金)"
    assert dates.short_date(date(2027, 2, 4), today) == "R9 2/4(木)"
    assert dates.short_date(date(2026, 12, 25), date(2027, 1, 8)) == "R8 12/25(金)"
    assert dates.short_date(date(2026, 9, 18)) == "9/18(金)"
    assert dates.short_date(date(2027, 3, 31)) == "R9 3/31(水)"
    assert dates.short_date_plain(date(2027, 3, 31)) == "3/31(水)"
    assert [dates.short_date_or("なし", day, today) for day in (None, today)] == ["なし", "9/16(水)"]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("14:00", "16:00", "午後2時から午後4時まで"),
        ("10:30", "12:00", "午前10時30分から正午まで"),
        ("09:05", "12:30", "午前9時5分から午後0時30分まで"),
    ],
)
def test_times_are_said_as_the_ward_says_them(start, end, words):
    assert dates.time_range_words(start, end) == words


def test_the_stamp_of_a_paper_has_date_and_time():
    assert dates.stamp_words(datetime(2026, 9, 24, 15, 20)) == "令和8年9月24日 15時20分"
    assert dates.stamp_words(datetime(2026, 9, 24, 9, 5)) == "令和8年9月24日 9時05分"


def test_the_eras_meet_on_the_right_days():
    assert dates.long_date_plain(date(2019, 4, 30)) == "平成31年4月30日"
    assert dates.long_date_plain(date(2019, 5, 1)) == "令和元年5月1日"
    assert dates.table_date(date(2019, 5, 7)) == "R1.5.7（火）"
    assert era_of(date(1989, 1, 7))[0].name == "昭和"
    with pytest.raises(DateProblem):
        era_of(date(1900, 1, 1))


def test_a_fiscal_year_runs_from_april_to_march():
    assert fiscal_year_of(date(2026, 4, 1)) == 2026
    assert fiscal_year_of(date(2027, 3, 31)) == 2026
    assert fiscal_year_words(2026) == "令和8年度"
    assert fiscal_year_words(2019) == "令和元年度"
