"""Undo of the 持出し管理簿: what a return or a 取消 changed comes back, a row itself never goes."""

from collections.abc import Callable
from typing import Any

from app.event_day.checkouts import services as checkouts_services
from db.records.protection import Checkout
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios
from tests.support.world import World


def taken_out(world: World) -> int:
    row = Checkout(
        event_id=world.events["L6"],
        contents="受付名簿（15人）",
        taken_at=NOW,
        taken_by="見本　係員",
        approved_by="見本　係長",
        purpose="当日の受付",
        destination="見本区民館",
        copies=2,
    )
    return checkouts_services.record_checkout(world.other, checkout=row).id


SCENARIOS: Scenarios = {
    checkouts_services.record_return: lambda w: {
        "checkout_id": taken_out(w),
        "returned_at": NOW,
        "checked_by": "見本　係長",
    },
    checkouts_services.cancel_checkout: lambda w: {"checkout_id": taken_out(w), "reason": "二重に書いた"},
}

NO_UNDO: dict[Callable[..., Any], str] = {
    checkouts_services.export_for_purpose: "an export: undo stops there",
    checkouts_services.record_checkout: "a ledger: undo marks the row as 取消 and leaves it "
    "(tests/event_day/checkouts/test_takeouts.py)",
}
