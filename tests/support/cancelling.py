"""An event that does not take place, where who decided it and who was called is not what is looked at."""

from datetime import datetime

from app.event.rules.event_warning import WITHIN_TOLERANCE
from app.event.services.event_cancellation import cancel_in_change
from db.store import Store


def cancel_event(
    store: Store, *, event_id: int, reason: str, by: str, now: datetime, nature: str = WITHIN_TOLERANCE
) -> None:
    """Cancel it, as the decision of a 中止 does."""
    with store.change(action="中止にした", by=by, now=now, subject="events", event_id=event_id) as change:
        cancel_in_change(store, change, event_id=event_id, reason=reason, decided_on=now.date(), nature=nature, now=now)
