"""Remembers what was set by hand for a source of files, under a name, for its later files."""

from __future__ import annotations

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from db.engine import Database
from db.records.applications import ColumnMap, ImportTarget
from db.rows import row
from db.store import Store


def recall_columns(store: Store, *, source_key: str, target: ImportTarget) -> dict[int, str] | None:
    """Return the columns that an earlier version remembered for this form by their numbers, or None."""
    found = column_map(store.database, target, source_key)
    return {int(number): field for number, field in found.columns.items()} if found else None


def save_named_values(
    context: ActionContext, *, target: ImportTarget, source_key: str, values: dict[str, str], action: str
) -> ActionResult:
    """Store ``values`` under ``source_key`` as one change labelled ``action``; equal values write nothing."""
    present = column_map(context.database, target, source_key)
    if present is not None and present.columns == values:
        return ActionResult("", present.id)
    with context.change(action, "applications") as change:
        row_id = change.update_or_insert(
            ColumnMap, present, target=target, source_key=source_key, columns=values, remembered_at=context.now
        )
    return ActionResult("", row_id)


def column_map(database: Database, target: ImportTarget, source_key: str) -> ColumnMap | None:
    """Return the last remembered columns of a source, or None."""
    return row(database, ColumnMap, target=target, source_key=source_key, order="-id")
