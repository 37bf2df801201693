"""Which day of the PC is believed: a month at most between two days on which something was recorded."""

from datetime import date, datetime, timedelta

import pytest

from app.settings.disposal.services.clock_check import ClockCheck
from db.records.disposals import Disposal
from db.records.organisations import Organisation
from db.records.programme import Programme
from db.rows import row
from tests.support.years import BY

MARKED = datetime(2026, 9, 10, 9)


@pytest.mark.parametrize(
    ("worked", "confirmed", "today", "is_plausible"),
    [
        ((), None, 0, True),
        ((), None, 31, True),
        ((), None, 32, False),
        ((31,), None, 62, True),
        ((31,), None, 63, False),
        ((32,), None, 33, False),
        ((32,), None, 31, True),
        ((32,), 32, 33, True),
        ((31, 63), None, 62, True),
        ((), 40, 40, True),
        ((), 40, 71, True),
        ((), 40, 72, False),
        ((20, 10), None, 42, False),
    ],
)
def test_a_day_is_believed_up_to_a_month_after_the_last_or_once_confirmed(
    store, worked, confirmed, today, is_plausible
):
    def write(days, record):
        at = MARKED + timedelta(days=days)
        with store.change(action="書いた", by=BY, now=at, subject="events") as change:
            return change.insert(record)

    write(90, Organisation(name="時計が進んでいた日の町会"))
    mark = Disposal(
        fiscal_year=2026,
        number=1,
        kind="request",
        what="",
        count=1,
        unit="人",
        why="",
        marked_at=MARKED,
        due_on=MARKED.date(),
        by=BY,
    )
    write(0, mark)
    for days in worked:
        write(days, Organisation(name=f"{days}町会"))
    if confirmed is not None:
        at = MARKED + timedelta(days=confirmed)
        with store.change(action="確かめた", by=BY, now=at, subject="disposal") as change:
            change.update(Disposal, row(store.database, Disposal).id, confirmed_at=at)
    day = MARKED.date() + timedelta(days=today)
    assert ClockCheck(store).is_plausible_since_mark(MARKED, day) == is_plausible


def test_the_days_of_a_sample_are_no_days_of_the_pc(store):
    year = row(store.database, Programme)
    with store.change(action="見本", by=BY, now=MARKED, subject="programme") as change:
        change.update(Programme, year.id, sample=True)
    assert ClockCheck(store).is_plausible_since_mark(MARKED, date(2031, 4, 1))
