"""What 復元の点検 declares to other packages (no Qt)."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date
from app.event.services.tasks.follow_ups import FollowUp
from app.settings.drill.services import RECORD, untreated_drill
from db.store import Store


def drill_follow_ups(store: Store, today: date) -> list[FollowUp]:
    """Return one follow-up while problems found by a drill have not been treated."""
    found = untreated_drill(store)
    if found is None:
        return []
    day = found.ended.date()
    return [
        FollowUp(
            task="復元の点検の処置",
            event_id=None,
            label="復元の点検で見つかったことを確かめる",
            detail=f"{short_date(day, today)}の点検",
            due=day,
            basis="目安日（点検で見つかったことの処置を書く）",
            rule="復元の点検のあと",
            link=ActionLink("復元の点検"),
        )
    ]


YEAR_FOLLOW_UPS: Final = (drill_follow_ups,)
DOCUMENTS: Final = (RECORD,)
