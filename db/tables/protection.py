"""Reading the 持出し管理簿."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.protection import Takeout


def takeouts(database: Database) -> list[Takeout]:
    """Return every row of the ledger in the order in which they were written, 取消 included."""
    return mapping.fetch(database, Takeout, "SELECT * FROM takeouts ORDER BY id")


def takeouts_of_event(database: Database, event_id: int) -> list[Takeout]:
    """Return the rows of one event in the order in which they were written, 取消 included."""
    return mapping.fetch(database, Takeout, "SELECT * FROM takeouts WHERE event_id = ? ORDER BY id", [event_id])


def takeout(database: Database, takeout_id: int) -> Takeout | None:
    """Return one row, or None."""
    return mapping.fetch_one(database, Takeout, "SELECT * FROM takeouts WHERE id = ?", [takeout_id])
