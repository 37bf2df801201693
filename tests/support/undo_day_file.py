"""Undo of the 当日持出しファイル: what a return wrote comes back whole; the file itself was taken out for good."""

import itertools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from app.actions.action_context import ActionContext
from app.event_day.day_file.services import day_file_checkout, day_file_return
from app.event_day.day_file.services.day_file_checkout import check_out_day_file
from app.event_day.day_file.services.day_file_opening import close_day_file, open_day_file
from app.event_day.reception import services as reception_services
from app.event_day.reception.services import read_reception
from app.events.roster.services.entry_names import WantedPerson
from db.records.protection import Checkout
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios
from tests.support.world import OTHER, World

_PASSWORD = "white heron over water"
_numbers = itertools.count()


def _returned(world: World) -> dict[str, Any]:
    """Somebody else took the file out and worked with it at the venue; the return is the action under test."""
    path = world.folder / f"day-{next(_numbers)}.dkday"
    row = Checkout(
        contents="", taken_at=NOW, taken_by=OTHER, approved_by="見本　係長", purpose="受付", destination="見本区民館"
    )
    check_out_day_file(
        world.other,
        event_id=world.events["L6"],
        path=path,
        password=_PASSWORD,
        checkout=row,
        with_care=True,
    )
    day = open_day_file(path, password=_PASSWORD)
    door = read_reception(day.store, event_id=world.events["L6"])
    assert door.event.event_date is not None
    at_the_door = datetime.combine(door.event.event_date, NOW.time())
    reception_services.receive(ActionContext(day.store, OTHER, at_the_door), entry_id=door.waiting[0].entry_id)
    reception_services.add_walk_in(
        ActionContext(day.store, OTHER, at_the_door),
        event_id=world.events["L6"],
        wanted=WantedPerson(name="見本　飛入"),
    )
    close_day_file(day)
    return {"path": path, "password": _PASSWORD, "choices": {}, "checked_by": "見本　係長"}


SCENARIOS: Scenarios = {
    day_file_return.return_day_file: _returned,
}

NO_UNDO: dict[Callable[..., Any], str] = {day_file_checkout.check_out_day_file: "an export: undo stops there"}
