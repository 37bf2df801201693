"""How many records the folder holds, for the maintenance commands."""

from __future__ import annotations

from db.backups import copies
from db.store import Store


def count_events(store: Store) -> int:
    """Return how many events there are, of all kinds and states."""
    return copies.contents(store.database).counts["events"]
