"""What Ctrl+Z and Ctrl+Y would do next, by the words of the action; "" = nothing."""

from app.history import services as history_services
from db.store import Store
from db.tables import journal


def next_undo(store: Store, *, by: str) -> str:
    """The action that ``undo`` would take back."""
    found = history_services._next_undo(store, by)[0]
    return found.action if found else ""


def next_redo(store: Store, *, by: str) -> str:
    """The action that ``redo`` would repeat."""
    undone = history_services._next_redo(store, by)
    found = journal.entry_of(store.database, undone.undo_of or 0) if undone else None
    return found.action if found else ""
