"""Queries on expected numbers of participants and their notices to the contractor."""

from __future__ import annotations

from db.engine import Database
from db.records.documents import Notification
from db.records.participants import (
    HEADCOUNT_KEY,
    ExpectedCount,
    HeadcountNotice,
    NoticeWithNotification,
    with_notifications,
)
from db.rows import rows


def expected_counts(database: Database, event_id: int) -> list[ExpectedCount]:
    """Return the expected numbers of one event, in the order typed."""
    return rows(database, ExpectedCount, event_id=event_id, order=("position", "id"))


def headcount_notices(database: Database, event_id: int) -> list[NoticeWithNotification]:
    """Return the notices of one event with their notifications, first revision first."""
    return with_notifications(
        rows(database, HeadcountNotice, event_id=event_id, order=("revision", "id")),
        rows(database, Notification, event_id=event_id, key=HEADCOUNT_KEY),
    )
