"""The kinds of received paper and the tasks that their receipt closes know each other."""

from app.event.services.tasks.task_kind import TASK_KIND_BY_NAME
from app.event.services.tasks.year_task_kind import YEAR_KINDS
from app.received.services import RECEIVED_KINDS


def test_each_task_that_a_receipt_closes_is_declared_and_each_that_waits_for_one_has_its_kind():
    closed = {
        one.about: {kind.task for kind in RECEIVED_KINDS if kind.about == one.about and kind.task}
        for one in RECEIVED_KINDS
    }

    assert closed["実施回"] <= set(TASK_KIND_BY_NAME)
    assert closed["年度"] == {kind.name for kind in YEAR_KINDS if kind.action == "提出物を受領する"}
