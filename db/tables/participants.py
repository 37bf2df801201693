"""Reading expected numbers of participants and the notices that told them."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.participants import ExpectedCount, HeadcountNotice


def expected(database: Database, event_id: int) -> list[ExpectedCount]:
    """Return the expected numbers of one event, in the order typed."""
    return mapping.fetch(
        database, ExpectedCount, "SELECT * FROM expected_counts WHERE event_id = ? ORDER BY position, id", [event_id]
    )


def all_expected(database: Database) -> list[ExpectedCount]:
    """Return the expected numbers of every event."""
    return mapping.fetch(database, ExpectedCount, "SELECT * FROM expected_counts ORDER BY event_id, position, id")


def notices(database: Database, event_id: int) -> list[HeadcountNotice]:
    """Return the notices of one event, first revision first."""
    return mapping.fetch(
        database,
        HeadcountNotice,
        "SELECT * FROM headcount_notices WHERE event_id = ? ORDER BY revision, id",
        [event_id],
    )


def all_notices(database: Database) -> list[HeadcountNotice]:
    """Return the notices of every event, first revision first within each."""
    return mapping.fetch(database, HeadcountNotice, "SELECT * FROM headcount_notices ORDER BY event_id, revision, id")


def notice(database: Database, notice_id: int) -> HeadcountNotice | None:
    """Return one notice, or None."""
    return mapping.fetch_one(database, HeadcountNotice, "SELECT * FROM headcount_notices WHERE id = ?", [notice_id])
