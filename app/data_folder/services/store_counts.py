"""Record counts for the maintenance commands."""

from __future__ import annotations

from db.backups import copies
from db.store import Store


def count_events(store: Store) -> int:
    """Return the number of events of all kinds and states."""
    return copies.contents(store.database).counts["events"]
