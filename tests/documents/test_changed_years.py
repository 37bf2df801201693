"""What was right stays right, or says that it is of another day: the years changed afterwards, counted again without
drawing.

``make faults PART=changed`` writes the same papers by the command first.
"""

import pytest

from tests.support.changed_papers import recounted
from tests.support.changed_years import AFTER, CHANGES, OLD_DAYS
from tests.support.sample import event_id, sample_store


@pytest.mark.parametrize(
    "name", [one if not number else pytest.param(one, marks=pytest.mark.nightly) for number, one in enumerate(CHANGES)]
)
def test_no_number_and_no_date_contradicts_the_rows_without_a_mark(tmp_path, name):
    store = sample_store(tmp_path)
    CHANGES[name](store)
    old = {event_id(store, *which): day for which, day in OLD_DAYS.get(name, {}).items()}

    found = recounted(store, AFTER, old_days=old)

    assert (found.failed, found.wrong) == ([], [])
    assert found.papers > 200
    assert found.compared > 1000
    if name == "講03の出席 14→13":
        assert len(found.under_marks) >= 5, "without the marks the recount sees them"
    store.database.conn.close()
