"""Rows of what left the office and of what was told, as the program writes them."""

from datetime import datetime
from typing import Any

from db.records.documents import Notification, Outgoing


def outgoing(kind: str, *, by: str, at: datetime, **more: Any) -> Outgoing:
    """Return the row of a paper that left; what is not said of it is usual."""
    usual = {"reference": "", "version": 1, "format": "pdf", "way": "印刷"}
    return Outgoing(document_kind=kind, by=by, at=at, **(usual | more))


def notification(kind: str, *, by: str, at: datetime, **more: Any) -> Notification:
    """Return the row of something that was told on that day; what is not said of it is usual."""
    usual = {"key": kind, "told_on": at.date(), "told_to": "受託者", "told_how": "電話", "told_by": by}
    return Notification(document_kind=kind, by=by, at=at, **(usual | more))
