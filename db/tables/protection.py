"""Reading the 持出し管理簿."""

from __future__ import annotations

from db.engine import Database
from db.records.protection import Takeout
from db.rows import rows


def takeouts(database: Database) -> list[Takeout]:
    """Return every row of the ledger in the order in which they were written, 取消 included."""
    return rows(database, Takeout)


def takeouts_of_event(database: Database, event_id: int) -> list[Takeout]:
    """Return the rows of one event in the order in which they were written, 取消 included."""
    return rows(database, Takeout, event_id=event_id)
