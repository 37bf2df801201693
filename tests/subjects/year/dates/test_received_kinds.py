"""The kinds of received paper and the tasks that their receipt closes know each other."""

from __future__ import annotations

from app.received.services.received_kind import RECEIVED
from app.subjects.events.event.services.tasks.task_kind import KIND_OF
from app.subjects.events.event.services.tasks.year_task_kind import YEAR_KINDS


def test_each_task_that_a_receipt_closes_is_declared_and_each_that_waits_for_one_has_its_kind():
    closed = {one.about: {kind.task for kind in RECEIVED if kind.about == one.about and kind.task} for one in RECEIVED}

    assert closed["実施回"] <= set(KIND_OF)
    assert closed["年度"] == {kind.name for kind in YEAR_KINDS if kind.asks == "提出物を受領する"}
