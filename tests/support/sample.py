"""The sample year in a store, for tests that need a whole year."""

from datetime import datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.documents.services.document_saving import set_letter_state, withdraw_issue
from app.documents.services.document_scope import DocumentScope
from app.sample.services.sample_year import fill_sample_year
from db.records.documents import Letter, LetterForm, LetterState
from db.rows import rows
from db.store import Store
from db.tables import events
from tests.support.stores import filled_store

NOW = datetime(2026, 12, 1, 9, 5)
BY = "見本　係員"


def sample_store(folder: Path) -> Store:
    """Give the sample year under ``folder``."""
    return filled_store(folder, fill_sample_year, now=datetime(2026, 8, 3, 9, 0))[0]


def back_to_draft(store: Store, event_id: int, kind: str = "決定通知") -> None:
    """Take a letter back to 案, so that it follows the records again."""
    context, scope = ActionContext(store, BY, NOW), DocumentScope(event_id=event_id)
    if rows(store.database, Letter, event_id=event_id, document_kind=kind, state=LetterState.ISSUED):
        withdraw_issue(context, scope=scope, kind=kind, reason="出し直すため")
    set_letter_state(context, scope=scope, kind=kind, form=LetterForm.FORMAL)


def event_id(store: Store, kind: str, ordinal: int) -> int:
    """Return the id of the n-th event of a kind."""
    return next(
        event.id
        for event in events.events_of_year(store.database, 1)
        if event.kind == kind and event.ordinal == ordinal
    )


def acting(store: Store) -> ActionContext:
    """How a clerk acts on the day that the sample year is opened."""
    return ActionContext(store, BY, NOW)
