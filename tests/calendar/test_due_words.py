"""By when a paper is owed is read as contracts write it, and counted from the days of the contract."""

from datetime import date

import pytest

from app.calendar.due_words import parse_due
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import PeriodProblem


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("契約確定日から14日以内", date(2026, 8, 14)), ("業務を始める日の前日まで", date(2026, 7, 31)),
        ("実施日の翌日から3週間以内", date(2027, 2, 22)),
        ("定期的に（契約の期間の半ばまでに1回）", date(2026, 11, 30)),
        ("契約の終了まで（返還が終わったとき）", date(2027, 3, 31)), ("令和8年7月30日まで", date(2026, 7, 30)),
        ("契約の終了まで", date(2027, 3, 31)), ("求めたとき", None),
    ],
)  # fmt: skip
def test_by_when_is_counted_as_it_is_written(text, day):
    days = {
        "契約": date(2026, 7, 31),
        "始まり": date(2026, 8, 1),
        "半ば": date(2026, 11, 30),
        "終わり": date(2027, 3, 31),
        "実施": date(2027, 2, 1),
    }
    rule = parse_due(text)
    assert rule.due(days, OfficeCalendar({})) == day
    assert rule.due(dict.fromkeys(days), OfficeCalendar({})) == (day if rule.day else None), "a day is not known yet"


@pytest.mark.parametrize("text", ["契約確定日", "毎月まで", "契約の終了まで（", ""])
def test_what_is_no_day_is_refused_with_the_forms(text):
    with pytest.raises(PeriodProblem, match="契約確定日から14日以内"):
        parse_due(text)
