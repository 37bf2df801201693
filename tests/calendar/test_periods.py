"""Periods are read as contracts word them, and the dates follow from the office's own calendar."""

from datetime import date

import pytest

from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import PeriodProblem, due_dates, find_period, latest_start_day, nominal_date, parse_period

SATURDAY = date(2026, 10, 3)


@pytest.mark.parametrize(
    ("text", "words", "day", "nominal", "working"),
    [
        ("前日", "前日", date(2026, 10, 13), date(2026, 10, 12), date(2026, 10, 9)),
        ("実施日の前日までに", "前日", date(2026, 10, 14), date(2026, 10, 13), date(2026, 10, 13)),
        ("10営業日前", "10営業日前", SATURDAY, date(2026, 9, 16), date(2026, 9, 16)),
        ("２開庁日前まで", "2開庁日前", SATURDAY, date(2026, 10, 1), date(2026, 10, 1)),
        ("1か月前", "1か月前", date(2027, 3, 31), date(2027, 2, 28), date(2027, 2, 26)),
        ("5営業日以内", "5営業日以内", SATURDAY, date(2026, 10, 9), date(2026, 10, 9)),
        ("翌月10日まで", "翌月10日まで", SATURDAY, date(2026, 11, 10), date(2026, 11, 10)),
        ("翌月の15日までに", "翌月15日まで", SATURDAY, date(2026, 11, 15), date(2026, 11, 16)),
        ("翌月末日まで", "翌月末日まで", date(2026, 12, 5), date(2027, 1, 31), date(2027, 2, 1)),
        ("翌月末まで", "翌月末日まで", date(2027, 1, 5), date(2027, 2, 28), date(2027, 3, 1)),
        ("2 週間前", "2週間前", date(2026, 10, 14), date(2026, 9, 30), date(2026, 9, 30)),
        ("1箇月以内に", "1か月以内", date(2026, 10, 14), date(2026, 11, 14), date(2026, 11, 16)),
    ],
)
def test_a_period_of_a_contract_is_read_and_counted(text, words, day, nominal, working):
    period = parse_period(text)
    assert parse_period(period.words) == period
    found = due_dates(period, day, OfficeCalendar())
    assert (period.words, found.nominal, found.working) == (words, nominal, working)


def test_own_closed_days_are_no_working_days():
    closed = OfficeCalendar({date(2026, 9, 30): "停電"})
    assert nominal_date(parse_period("2営業日前"), date(2026, 10, 2), closed) == date(2026, 9, 29)


def test_the_last_start_that_fits_is_found_for_every_form():
    calendar, end = OfficeCalendar(), date(2027, 3, 31)
    for text in ("1か月以内", "3週間以内", "翌月10日まで", "10営業日以内"):
        last = latest_start_day(text, end, calendar)
        assert nominal_date(parse_period(text), last, calendar) <= end
        assert nominal_date(parse_period(text), date.fromordinal(last.toordinal() + 1), calendar) > end


@pytest.mark.parametrize("text", ["翌月", "翌月40日まで", "0営業日前", "すみやかに", "前日から", "翌月0日まで", ""])
def test_what_is_no_period_is_refused_with_the_forms_that_are(text):
    with pytest.raises(PeriodProblem) as problem:
        parse_period(text)
    if text in ("翌月", "すみやかに", "前日から"):
        for form in ("5日前", "前日", "10営業日前", "1か月以内", "翌月10日まで"):
            assert form in str(problem.value)


def test_a_period_on_the_wrong_side_of_the_event_is_refused():
    assert parse_period("5日前", "before").words == "5日前"
    with pytest.raises(PeriodProblem, match="「1か月以内」は、あとの期限です。前の期限（5日前"):
        parse_period("1か月以内", "before")
    with pytest.raises(PeriodProblem, match="「前日」は、前の期限です。あとの期限（30日以内"):
        parse_period("前日", "after")


def test_a_period_is_found_in_a_sentence_on_the_side_that_is_asked_for():
    said = "資料は実施日の10営業日前までに提出し、報告書は実施月の翌月10日までに提出する。"
    assert [find_period(said, side) for side in ("before", "after")] == [
        (parse_period("10営業日前"), "10営業日前"),
        (parse_period("翌月10日まで"), "翌月10日"),
    ]
    assert find_period("前日までに協議する。", "before") == (parse_period("前日"), "前日")
    assert find_period("前日までではなく、3日前までに", "before") == (parse_period("3日前"), "3日前")
    assert find_period("すみやかに提出する。", "after") is None
