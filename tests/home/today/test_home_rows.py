"""A row of the home screen names another year than its own, and a search begins with the event that comes next."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.home.today.services.document_search import _by_relevance
from app.home.today.services.home import _home_row
from db.records.event_status import EventStatus

TODAY = date(2026, 9, 14)


def task(year=2026, bucket="今週", provisional=""):
    return SimpleNamespace(fiscal_year=year, bucket=bucket, provisional_words=provisional, due=date(2026, 9, 16))


@pytest.mark.parametrize(
    ("given", "row"),
    [
        (task(), ("9/16(水)", False, "")),
        (task(year=2025), ("9/16(水)", False, "令和7年度")),
        (task(year=2027), ("9/16(水)", False, "令和9年度")),
        (task(year=0), ("9/16(水)", False, "")),
        (task(bucket="期限超過"), ("9/16(水)", True, "")),
        (task(provisional="仮 9/20(日)"), ("仮 9/20(日)", False, "")),
        (task(provisional="日程が決まると出ます"), ("9/16(水)", False, "")),
    ],
)
def test_a_task_of_another_year_says_so_and_one_of_no_year_does_not(given, row):
    found = _home_row(given, TODAY, 2026)
    assert (found.date_words, found.is_main_action, found.year_words) == row


def event(number, day, kind="講習会", status=EventStatus.PLANNED):
    return SimpleNamespace(id=number, event_date=day and date(2026, 9, day), kind=kind, status=EventStatus(status))


class _Hashed(SimpleNamespace):
    def __hash__(self):
        return self.id


def ordered(today, *events):
    rows = [_Hashed(**vars(one)) for one in events]
    positions = {"講習会": 0, "派遣": 1}
    known = {one.id: SimpleNamespace(position=positions[one.kind]) for one in rows}
    return [one.id for one in _by_relevance(rows, known, today)]


def test_the_next_event_of_each_kind_comes_first_then_the_last_one_then_a_cancelled_one():
    events = (
        event(1, 1), event(2, 10), event(3, 14), event(4, 20), event(5, 16, "派遣"), event(6, 8, "派遣"),
        event(7, 15, status=EventStatus.CANCELLED), event(8, None),
    )  # fmt: skip
    assert (ordered(TODAY, *events), ordered(date(2026, 9, 15), *events)[:3]) == ([3, 5, 2, 6, 4, 7, 1], [4, 5, 3])
    assert ordered(None, *events)[:2] == [4, 5], "without a day nothing is to come"
    assert (ordered(TODAY, event(8, None)), ordered(TODAY)) == ([8], [])
