"""The sample year in a store, for tests that need a whole year."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.sample.services.sample_year import fill_sample_year
from db.store import Store
from db.tables import events
from tests.support.stores import filled_store

NOW = datetime(2026, 12, 1, 9, 5)
BY = "見本　係員"


def sample_store(folder: Path) -> Store:
    """Give the sample year under ``folder``."""
    return filled_store(folder, fill_sample_year, now=datetime(2026, 8, 3, 9, 0))[0]


def event_id(store: Store, kind: str, ordinal: int) -> int:
    """Return the id of the n-th event of a kind."""
    return next(
        event.id
        for event in events.events_of_year(store.database, 1)
        if event.kind == kind and event.ordinal == ordinal
    )
