"""The task that comes next: an overdue one first, then one ahead, then a passed 目安日, never one that is done."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.event.services.event_lists import next_task

TODAY = date(2026, 9, 14)


def task(day, bucket="", is_open=True, is_own_check=False):
    return SimpleNamespace(due=date(2026, 9, day), bucket=bucket, is_open=is_open, is_own_check=is_own_check)


OVERDUE, LATE, TODAY_S, AHEAD, PASSED = task(10, "期限超過"), task(12, "期限超過"), task(14), task(20), task(1)
DONE, OWN, NEITHER = (
    task(9, "期限超過", is_open=False),
    task(15, is_own_check=True),
    task(2, is_open=False, is_own_check=True),
)


@pytest.mark.parametrize(
    ("tasks", "first"),
    [
        ((), None), ((DONE, OWN, NEITHER), None), ((PASSED, AHEAD), AHEAD), ((AHEAD, TODAY_S, PASSED), TODAY_S),
        ((TODAY_S, LATE, OVERDUE), OVERDUE), ((PASSED, DONE), PASSED), ((OWN, AHEAD, NEITHER), AHEAD),
    ],
)  # fmt: skip
def test_what_is_overdue_comes_before_what_is_ahead_and_that_before_what_has_passed(tasks, first):
    assert next_task(tasks, TODAY) is first
