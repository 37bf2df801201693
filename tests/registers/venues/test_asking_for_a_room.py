"""A room is to be applied for a month before, and once that was done its approval is to be asked after."""

from datetime import date

import pytest

from app.registers.venues.services import _application_follow_up
from db.records.venues import Booking

DAY = date(2026, 12, 15)
MONTH_BEFORE = "使用する日の1か月前"


@pytest.mark.parametrize(
    ("state", "applied", "label", "due", "rule"),
    [
        ("仮予約", None, "会場の使用を申請する", date(2026, 11, 15), MONTH_BEFORE),
        ("申請中", None, "会場の承認を確かめる", date(2026, 11, 15), MONTH_BEFORE),
        ("仮予約", date(2026, 10, 1), "会場の承認を確かめる", date(2026, 10, 15), "申請から14日"),
        ("申請中", date(2026, 10, 1), "会場の承認を確かめる", date(2026, 10, 15), "申請から14日"),
    ],
)
def test_it_waits_for_the_answer_once_it_was_applied_for_on_a_day_or_by_its_state(state, applied, label, due, rule):
    booking = Booking(id=7, venue_name="みほん区民館", room="研修室", day=DAY, event_id=3, state=state)
    found = _application_follow_up(booking, applied)
    assert (found.label, found.due, found.rule) == (label, due, rule)
    assert (found.event_id, found.detail) == (3, "みほん区民館 研修室 12/15(火)")
    assert ("承認を受けたら" in found.basis) is (label == "会場の承認を確かめる")
