"""What 変更 tells of a folder, read without the window."""

from app.history.services import HistoryLine, history_lines
from db.store import Store
from db.tables import journal


def list_history(
    store: Store, *, event_id: int | None = None, limit: int = 100, offset: int = 0
) -> tuple[HistoryLine, ...]:
    """Return actions, newest first: of one event, or all; with what each changed, in words."""
    return history_lines(store, journal.entries(store.database, event_id=event_id, limit=limit, offset=offset))
