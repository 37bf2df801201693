"""検査 and 支払 that a record closed are not reopened alone."""

from datetime import date

import pytest

from app.actions.user_error import UserError
from app.event.rules.target_dates import INSPECTED, PAID
from app.year.dates.services import _reject_recorded
from db.records.year.completion import Inspection, Payment
from tests.support.years import BY, NOW, started_year

DAY = date(2027, 4, 1)


def rejected(store):
    found = []
    for task in (INSPECTED, PAID, "提案書"):
        try:
            _reject_recorded(store.database, 1, task)
        except UserError as error:
            found.append((task, error.happened))
    return found


@pytest.mark.parametrize(
    ("results", "paid", "expected"),
    [
        ([], (), []), (["合格"], (), [INSPECTED]), (["手直し"], (), []), (["手直し", "合格"], (), [INSPECTED]),
        (["合格", "手直し"], (), []), ([], (None,), []), ([], (DAY,), [PAID]),
        (["合格"], (DAY,), [INSPECTED, PAID]),
    ],
)  # fmt: skip
def test_a_record_holds_its_own_task_closed(tmp_path, results, paid, expected):
    store = started_year(tmp_path)
    with store.change(action="x", by=BY, now=NOW, subject="programme") as change:
        for result in results:
            change.insert(Inspection(programme_id=1, held_on=DAY, result=result, inspector="甲"))
        for day in paid:
            change.insert(Payment(programme_id=1, ordered_on=DAY, paid_on=day))
    said = {INSPECTED: "検査の合格を記録しています。", PAID: "支払の手続きを記録しています。"}
    assert rejected(store) == [(task, said[task]) for task in expected]
