"""The edges: the longest periods, ends of months, the first days of eras, numbers in kanji, days without a time."""

from datetime import date, datetime, time

import pytest

from app.calendar.date_only_moments import clock_words_if_timed, date_only_moment, is_date_only
from app.calendar.date_parsing import parse_date, parse_date_near, parse_time
from app.calendar.dates import clock_words, short_date, short_date_in_year
from app.calendar.kanji_days import with_arabic_digits
from app.calendar.office_days import DateProblem, OfficeCalendar
from app.calendar.periods import (
    PeriodProblem,
    due_dates,
    find_period,
    latest_start_day,
    months_before,
    moved_by,
    nominal_date,
    parse_period,
    target_date_from_receipt,
)
from app.calendar.wareki import era_of, western_year


@pytest.mark.parametrize(
    ("most", "more"),
    [
        ("3660日前", "3661日前"), ("520週間以内", "521週間以内"), ("120か月以内", "121か月以内"),
        ("1000営業日前", "1001営業日前"), ("1000開庁日以内", "1001開庁日以内"), ("1日前", "0日前"),
        ("翌月31日まで", "翌月32日まで"), ("翌月1日まで", "翌月0日まで"),
    ],
)  # fmt: skip
def test_a_period_of_ten_years_is_read_and_a_longer_one_refused(most, more):
    period = parse_period(most)
    assert find_period(f"資料は{most}に出す", period.direction) == (period, most.removesuffix("まで"))
    with pytest.raises(PeriodProblem, match="翌月の日は、1日から31日までか" if "翌月" in most else "期間は1.*までで"):
        parse_period(more)
    assert find_period(f"資料は{more}に出す", period.direction) is None


@pytest.mark.parametrize(
    ("text", "length", "duty"),
    [
        ("10営業日以内", "10営業日", "終了後10営業日以内"),
        ("翌月10日まで", "翌月10日まで", "翌月10日まで"),
        ("翌月末日まで", "翌月末日まで", "翌月末日まで"),
    ],
)
def test_a_period_says_how_long_it_is_and_what_is_due_after_an_event(text, length, duty):
    assert (parse_period(text).length, parse_period(text).duty_words) == (length, duty)


@pytest.mark.parametrize(
    ("text", "day", "nominal"),
    [
        ("1か月以内", date(2026, 1, 30), date(2026, 2, 28)), ("1か月以内", date(2026, 1, 31), date(2026, 2, 28)),
        ("1か月以内", date(2026, 1, 27), date(2026, 2, 27)), ("1か月以内", date(2028, 1, 29), date(2028, 2, 29)),
        ("1か月以内", date(2026, 5, 30), date(2026, 6, 30)), ("1か月以内", date(2026, 11, 30), date(2026, 12, 31)),
        ("2か月以内", date(2026, 12, 5), date(2027, 2, 5)), ("1日以内", date(2026, 5, 30), date(2026, 5, 31)),
        ("1週間以内", date(2026, 5, 30), date(2026, 6, 6)),
    ],
)  # fmt: skip
def test_months_are_counted_from_the_next_day_as_the_civil_code_says(text, day, nominal):
    assert nominal_date(parse_period(text), day, OfficeCalendar()) == nominal


def test_months_back_end_on_the_last_day_where_the_month_is_shorter():
    assert [months_before(date(2026, 3, 31), count) for count in (1, 3, 14)] == [
        date(2026, 2, 28), date(2025, 12, 31), date(2025, 1, 31),
    ]  # fmt: skip


def test_the_careful_day_lies_a_day_further_from_an_event_and_on_the_open_day_before_after_it():
    calendar = OfficeCalendar()
    before = due_dates("5日前", date(2026, 10, 15), calendar)  # 10/10 (土)
    assert (before.nominal, before.working, before.margin) == (
        date(2026, 10, 10), date(2026, 10, 9), date(2026, 10, 9),
    )  # fmt: skip
    assert due_dates("5日前", date(2026, 10, 21), calendar).margin == date(2026, 10, 15)
    after = due_dates("10日以内", date(2026, 10, 1), calendar)  # 10/11 (日), 10/12 祝
    assert (after.working, after.margin) == (date(2026, 10, 13), date(2026, 10, 9))


def test_counting_from_the_receipt_itself_ends_a_day_sooner_but_not_for_the_next_month():
    calendar, day = OfficeCalendar(), date(2026, 10, 1)
    assert target_date_from_receipt("30日以内", day, calendar) == date(2026, 10, 30)
    assert target_date_from_receipt(parse_period("14日以内"), day, calendar) == date(2026, 10, 14)
    assert target_date_from_receipt("翌月10日まで", day, calendar) == date(2026, 11, 10)
    assert [moved_by(one) for one in ("14日以内", "翌月10日まで")] == ["民法142条により", "つぎの開庁日"]


def test_the_last_start_may_end_on_the_last_day_itself():
    assert latest_start_day("10日以内", date(2027, 3, 31), OfficeCalendar()) == date(2027, 3, 21)


def test_a_day_out_of_all_calendars_is_refused_in_a_sentence():
    with pytest.raises(DateProblem, match=r"扱える範囲を越えます|1986年から"):
        due_dates("120か月以内", date(9999, 1, 1), OfficeCalendar())


def test_open_days_count_neither_the_start_nor_a_span_of_no_days():
    calendar, friday = OfficeCalendar(), date(2026, 10, 2)
    assert calendar.open_days_between(friday, friday) == 0
    assert calendar.open_days_between(friday, date(2026, 10, 5)) == 1
    assert calendar.open_days_between(date(2026, 10, 5), friday) == -1
    own = OfficeCalendar({date(2026, 10, day): "停電" for day in (2, 3, 5, 7)})
    assert [own.open_days_between(friday, date(2026, 10, day)) for day in (5, 6, 7, 8)] == [0, 1, 1, 2]
    assert OfficeCalendar({date(2026, 10, 3): "停電"}).closed_reason(date(2026, 10, 3)) == "土曜日"


@pytest.mark.parametrize(
    ("first", "era", "before"),
    [
        (date(2019, 5, 1), "令和", ("平成", 31)),
        (date(1989, 1, 8), "平成", ("昭和", 64)),
    ],
)
def test_an_era_begins_on_its_first_day(first, era, before):
    found, year = era_of(first)
    assert (found.name, year) == (era, 1)
    eve, year = era_of(date.fromordinal(first.toordinal() - 1))
    assert (eve.name, year) == before


def test_showa_begins_on_the_25th_of_december_1926_and_nothing_before_it_is_known():
    assert era_of(date(1926, 12, 25))[1] == 1
    with pytest.raises(DateProblem, match="昭和より前"):
        era_of(date(1926, 12, 24))
    assert [western_year(mark, "元") for mark in ("R", "平", "昭和", "s")] == [2019, 1989, 1926, 1926]
    with pytest.raises(DateProblem, match="大正"):
        western_year("大正", "5")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("令和八年十一月十二日", "令和8年11月12日"), ("二〇二六年", "2026年"), ("十七時三十分", "17時30分"),
        ("二十日", "20日"), ("百五日", "105日"), ("二千二十六年", "2026年"), ("零時", "0時"),
        ("三百二十一分十秒", "321分10秒"), ("千代田の十人", "千代田の十人"),
    ],
)  # fmt: skip
def test_numbers_in_kanji_before_a_sign_of_time_become_digits(written, read):
    assert with_arabic_digits(written) == read


def test_a_day_without_a_time_sorts_last_in_its_day_and_says_so():
    moment = date_only_moment(date(2026, 10, 1))
    assert moment > datetime(2026, 10, 1, 23, 59, 59)
    assert moment.date() == date(2026, 10, 1)
    assert [is_date_only(one) for one in (moment, datetime(2026, 10, 1, 9, 5), None)] == [True, False, False]
    assert clock_words_if_timed(moment) == "時刻なし"
    assert clock_words_if_timed(datetime.combine(date(2026, 10, 1), time(9, 5))) == "9:05"


def test_clock_words_of_noon_midnight_and_either_half():
    assert [clock_words(one) for one in ("12:00", "12:01", "00:00", "11:59", "13:00")] == [
        "正午", "午後0時1分", "午前0時", "午前11時59分", "午後1時",
    ]  # fmt: skip
    assert short_date_in_year(date(2026, 12, 31), 2026) == "12/31(木)"
    assert short_date_in_year(date(2027, 1, 4), 2026) == "R9 1/4(月)"


def test_the_first_and_the_last_year_of_known_holidays_are_taken_and_the_ones_beside_them_refused():
    calendar = OfficeCalendar()
    assert [parse_date(f"{year}/4/1", 2026).year for year in (1986, 2099)] == [1986, 2099]
    assert calendar.is_open(date(1986, 4, 1)) == calendar.is_open(date(2099, 4, 1)) is True
    for year in (1985, 2100):
        with pytest.raises(DateProblem, match=f"{year}年の日付は扱えません。1986年から2099年まで"):
            parse_date(f"{year}/4/1", 2026)
        with pytest.raises(DateProblem, match="祝日を確かめられるのは1986年から2099年まで"):
            calendar.is_open(date(year, 4, 1))


@pytest.mark.parametrize(
    ("typed", "near", "day"),
    [
        ("4/7", date(2027, 3, 30), date(2027, 4, 7)), ("3/30", date(2027, 4, 1), date(2027, 3, 30)),
        ("2/20", date(2027, 3, 30), date(2027, 2, 20)), ("7/5", date(2027, 1, 10), date(2026, 7, 5)),
        ("4/30", date(2027, 4, 13), date(2027, 4, 30)), ("11/20", date(2027, 4, 13), date(2026, 11, 20)),
        ("10/5", date(2027, 4, 1), date(2027, 10, 5)), ("9/5", date(2027, 4, 1), date(2027, 9, 5)),
    ],
)  # fmt: skip
def test_a_day_without_a_year_is_the_closest_one_on_either_side_of_the_fiscal_year(typed, near, day):
    assert parse_date_near(typed, near) == day


def test_a_clock_has_23_hours_and_59_minutes_and_a_half_has_11_hours():
    assert [parse_time(one) for one in ("23:59", "午後11時59分")] == ["23:59", "23:59"]
    for typed in ("24:00", "23:60", "午後12時", "午前13時"):
        with pytest.raises(DateProblem, match=r"午前・午後の時刻は0時から11時まで|という時刻はありません"):
            parse_time(typed)
    with pytest.raises(DateProblem, match="午前・午後の時刻は0時から11時まで"):
        parse_time("午前12時")


def test_april_belongs_to_the_year_and_march_says_its_own():
    assert short_date(date(2027, 4, 1)) == "4/1(木)"
    assert short_date(date(2027, 3, 31)) == "R9 3/31(水)"
