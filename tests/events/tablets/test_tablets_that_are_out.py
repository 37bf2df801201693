"""A tablet is out until it came back and was initialised: its state, which are free, what is still to be seen to."""

from datetime import date, datetime

import pytest

from app.events.tablets import services
from app.events.tablets.rules import free_tablets, loan_state, needs_follow_up
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.roster import Tablet, TabletLoan

DAY, AT = date(2026, 9, 24), datetime(2026, 9, 24, 14)
DAY_AFTER = date(2026, 9, 25)


def loan(tablet=1, event=1, out=True, back=False, initialised=False):
    return TabletLoan(
        tablet_id=tablet,
        event_id=event,
        out_at=AT if out else None,
        back_at=AT if back else None,
        initialised_at=AT if initialised else None,
    )


@pytest.mark.parametrize(
    ("given", "on_the_day", "after", "open_still"),
    [
        ({"out": False}, "未渡し", "未渡し", False),
        ({}, "貸出中", "未返却", True),
        ({"back": True}, "初期化の確認がまだ", "初期化の確認がまだ", True),
        ({"back": True, "initialised": True}, "済", "済", False),
    ],
)
def test_a_loan_is_late_from_the_day_after_on_and_open_until_it_was_initialised(given, on_the_day, after, open_still):
    one = loan(**given)
    assert [loan_state(one, DAY, today) for today in (DAY, DAY_AFTER)] == [on_the_day, after]
    assert loan_state(one, None, DAY_AFTER) == on_the_day
    assert needs_follow_up(one) is open_still


def test_a_tablet_is_free_unless_it_is_out_anywhere_or_reserved_for_the_day():
    tablets = [Tablet(id=number, number=number) for number in range(1, 6)]
    tablets.append(Tablet(id=6, number=6, retired_on=DAY))
    loans = [
        loan(1, event=1, out=False),
        loan(2, event=9, out=False),
        loan(3, event=9),
        loan(4, event=1, back=True, initialised=True),
    ]
    assert [one.id for one in free_tablets(tablets, loans, [1])] == [2, 4, 5]
    assert [one.id for one in free_tablets(tablets, loans, [])] == [1, 2, 4, 5]
    assert [one.id for one in free_tablets(tablets, loans, [1, 9])] == [4, 5]


def test_what_is_not_back_or_not_initialised_is_a_task_of_its_event_from_the_day_after_on(monkeypatch):
    days = {1: DAY, 2: date(2026, 9, 25), 3: None}
    loans = [
        loan(1, event=1), loan(2, event=1, back=True), loan(3, event=1, out=False),
        loan(4, event=1, back=True, initialised=True), loan(5, event=2), loan(6, event=3), loan(7, event=4),
    ]  # fmt: skip

    def find(_database, _record, number):
        return (
            Event(id=number, kind="講習会", form=EventForm.LECTURE, subject="LINE", event_date=days[number])
            if number in days
            else None
        )

    monkeypatch.setattr(services, "by_id", find)
    monkeypatch.setattr(services.table, "open_loans", lambda _database: loans)
    monkeypatch.setattr(
        services, "rows", lambda _database, _record, event_id: [one for one in loans if one.event_id == event_id]
    )

    def tasks(today, **given):
        return [(one.event_id, one.detail, one.due) for one in services.tablet_follow_ups(None, today, **given)]

    assert tasks(DAY) == []
    first = (1, "未返却 1台・初期化の確認 1台", DAY)
    assert tasks(DAY_AFTER) == [first]
    assert tasks(date(2026, 9, 26)) == [first, (2, "未返却 1台", DAY_AFTER)]
    assert [tasks(DAY_AFTER, event_id=number) for number in (1, 2, 3, 4)] == [[first], [], [], []]
