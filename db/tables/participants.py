"""Reading expected numbers of participants and the notices that told them."""

from __future__ import annotations

from db.engine import Database
from db.records.participants import ExpectedCount, HeadcountNotice
from db.rows import rows


def expected(database: Database, event_id: int) -> list[ExpectedCount]:
    """Return the expected numbers of one event, in the order typed."""
    return rows(database, ExpectedCount, event_id=event_id, order=("position", "id"))


def notices(database: Database, event_id: int) -> list[HeadcountNotice]:
    """Return the notices of one event, first revision first."""
    return rows(database, HeadcountNotice, event_id=event_id, order=("revision", "id"))
