"""A fast, real store for tests: the encrypted database without the slow password key slots."""

from __future__ import annotations

from pathlib import Path

from db import connection, migrations
from db.keys import derive_keys
from db.store import DATABASE_NAME, Store

DATA_KEY = bytes(range(32))


def new_store(folder: Path, *, login_id: str = "sample") -> Store:
    """Make a new data folder under ``folder`` and open it."""
    place = folder / "data"
    place.mkdir(parents=True)
    keys = derive_keys(DATA_KEY)
    database = connection.connect(place / DATABASE_NAME, keys.pages, create=True)
    migrations.migrate(database)
    return Store(folder=place, database=database, keys=keys, login_id=login_id)
