"""The sample year changed afterwards, by acts as a clerk does them: what was right must stay right, or be marked."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from app.actions.action_context import ActionContext
from app.event.services import event_moves
from app.event_day.reception import services as reception_services
from db.store import Store
from db.tables import roster
from tests.support.cancelling import cancel_event
from tests.support.sample import BY, NOW, event_id

AFTER: Final = NOW + timedelta(hours=1)
WHO: Final = {"by": BY, "now": AFTER}


def attendance_corrected(store: Store) -> None:
    """One of the 14 who came to 講03 did not: noted after the totals of its survey were fixed."""
    entries = roster.entries(store.database, event_id(store, "講習会", 3))
    came = [one for one in entries if one.attendance == "出席" and not one.walk_in]
    reception_services.mark_absent(ActionContext(store, **WHO), entry_id=came[-1].id)


def two_cancelled(store: Store) -> None:
    """The last events of the year, 派03 and 意02, do not take place."""
    for kind, ordinal in (("派遣", 3), ("意見交換会", 2)):
        cancel_event(store, event_id=event_id(store, kind, ordinal), reason="会場が使えなくなったため", **WHO)


def moved_past_the_window(store: Store) -> None:
    """講07 goes from 12/18 to 12/28, after the last day of 仕様書4(1)ア."""
    event_moves.move_event(
        ActionContext(store, **WHO),
        event_id=event_id(store, "講習会", 7),
        new_date=date(2026, 12, 28),
        reason="講師の都合による",
    )


CHANGES: Final[Mapping[str, Callable[[Store], None]]] = {
    "講03の出席 14→13": attendance_corrected,
    "派03と意02の中止": two_cancelled,
    "講07を12/28へ": moved_past_the_window,
}

OLD_DAYS: Final[Mapping[str, Mapping[tuple[str, int], date]]] = {"講07を12/28へ": {("講習会", 7): date(2026, 12, 18)}}
"""The day on which an event no longer takes place, by the change that moved it."""
