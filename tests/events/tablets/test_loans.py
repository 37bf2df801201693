"""A tablet is handed out, comes back, or is out of use; one that is out is not free."""

from dataclasses import replace
from datetime import date, datetime

from app.events.tablets.rules import free_tablets, loan_state
from db.records.roster import Tablet, TabletLoan

NOON = datetime(2026, 9, 24, 12)


def test_a_tablet_goes_through_its_states():
    loan = TabletLoan(tablet_id=1, event_id=1)
    day = date(2026, 9, 24)
    assert loan_state(loan, day, day) == "未渡し"
    out = replace(loan, out_at=NOON)
    assert (loan_state(out, day, day), loan_state(out, day, date(2026, 9, 25))) == ("貸出中", "未返却")
    back = replace(out, back_at=NOON)
    assert loan_state(back, day, day) == "初期化の確認がまだ"
    assert loan_state(replace(back, initialised_at=NOON), day, day) == "済"


def test_tablets_in_use_or_not_used_any_more_are_not_free():
    tablets = [Tablet(id=number, number=str(number)) for number in range(1, 6)]
    tablets[4] = replace(tablets[4], retired_on=NOON.date())
    loans = [
        TabletLoan(tablet_id=1, event_id=8, out_at=NOON),
        TabletLoan(tablet_id=2, event_id=9),
        TabletLoan(tablet_id=3, event_id=8, out_at=NOON, back_at=NOON, initialised_at=NOON),
    ]
    assert [one.number for one in free_tablets(tablets, loans, [9])] == ["3", "4"]
