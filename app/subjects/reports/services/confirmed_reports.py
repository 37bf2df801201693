"""A report the contractor confirmed stays as it was then: its built content, kept word for word.

A state is written and removed in the change that confirms or takes the confirmation back, so that undo carries it.
What was confirmed before states were kept has none, and is drawn from the records.
"""

from __future__ import annotations

from app.papers.blocks import DocumentContent
from app.papers.kept_content import as_text, from_text
from db.journal import Change
from db.records.papers import ConfirmedState
from db.records.reports import Report
from db.rows import row
from db.store import Store


def keep_report(store: Store, change: Change, report: Report, content: DocumentContent) -> None:
    """Keep what ``report`` says, inside the change that confirms it, in the place of an earlier state."""
    lift_report(store, change, report.id)
    change.insert(ConfirmedState(event_id=report.event_id, report_id=report.id, content=as_text(content)))


def confirmed_report(store: Store, report: Report) -> DocumentContent | None:
    """Return what the contractor confirmed, or None where the report is drawn from the records."""
    if not report.id or report.contractor_confirmed_on is None:
        return None
    kept = row(store.database, ConfirmedState, report_id=report.id)
    return from_text(kept.content) if kept is not None else None


def lift_report(store: Store, change: Change, report_id: int) -> None:
    """Remove the state of a report: its confirmation is taken back."""
    kept = row(store.database, ConfirmedState, report_id=report_id)
    if kept is not None:
        change.delete(ConfirmedState, kept.id)
