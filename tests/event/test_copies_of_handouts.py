"""How many copies of the handouts are needed: for whom the contractor was told, and whether that is final."""

from types import SimpleNamespace

import pytest

from app.event.rules.copies import required_copies
from app.event.services.event_facts import _copies
from app.programme.intake import preset
from db.records.event_status import EventStatus

PLANNED, HELD = SimpleNamespace(status=EventStatus.PLANNED), SimpleNamespace(status=EventStatus.HELD)


def notice(people, told=True):
    return SimpleNamespace(people=people, notified_on="9/1" if told else None)


@pytest.mark.parametrize(
    ("event", "expected", "notices", "people", "is_final"),
    [
        (PLANNED, 0, (), 0, False), (PLANNED, 14, (), 14, False), (PLANNED, 14, (notice(14),), 14, True),
        (PLANNED, 15, (notice(14),), 15, False), (PLANNED, 0, (notice(14),), 14, True),
        (PLANNED, 16, (notice(14), notice(16)), 16, True), (PLANNED, 14, (notice(14), notice(16)), 14, False),
        (PLANNED, 16, (notice(14), notice(16, told=False)), 16, False),
        (PLANNED, 14, (notice(14), notice(14, told=False)), 14, True),
        (PLANNED, 15, (notice(16, told=False),), 15, False), (HELD, 15, (notice(14),), 14, True),
        (HELD, 15, (notice(14), notice(16, told=False)), 16, False),
    ],
)  # fmt: skip
def test_the_newest_number_that_was_told_counts_while_nobody_is_more_or_less(
    event, expected, notices, people, is_final
):
    found = _copies(event, preset().kinds[0], expected, notices)
    wanted = required_copies(people)
    assert (found.people, found.spare, found.is_notified) == (wanted.people, wanted.spare, is_final)
