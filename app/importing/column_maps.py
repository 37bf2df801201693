"""Remembers what was set by hand for a source, its columns and the meaning of its wishes, for later files."""

from __future__ import annotations

from collections.abc import Mapping

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.foreign_files.foreign_shape import ForeignFile
from app.importing.column_choices import choices_to_keep
from db.records.applications import ColumnMap, ImportTarget
from db.store import Store
from db.tables import applications as table

IGNORED = 0
"""Stands for the event of a wish that is not imported."""

_WISHES = "希望　"


def recall_columns(store: Store, *, source_key: str, target: ImportTarget) -> dict[int, str] | None:
    """Return the columns that an earlier version remembered for this form by their numbers, or None."""
    found = table.column_map(store.database, target, source_key)
    return {int(number): field for number, field in found.columns.items()} if found else None


def save_columns(
    context: ActionContext,
    *,
    file: ForeignFile,
    columns: Mapping[int, str],
    target: ImportTarget = ImportTarget.APPLICATIONS,
) -> ActionResult:
    """Remember these columns by their headings, for every later file of this service."""
    key, kept = choices_to_keep(context.store, file, target, columns)
    return save_named_values(context, target=target, source_key=key, values=kept, action="列の対応を覚えた")


def recall_wishes(store: Store, *, source_key: str) -> dict[str, int]:
    """Return the event that each wish of this source was assigned to; ``IGNORED`` = none."""
    found = table.column_map(store.database, ImportTarget.APPLICATIONS, _WISHES + source_key)
    return {text: int(event_id) for text, event_id in found.columns.items()} if found else {}


def save_wishes(context: ActionContext, *, source_key: str, wishes: Mapping[str, int]) -> ActionResult:
    """Remember these assignments of wishes for every later file of this source, besides earlier ones."""
    kept = recall_wishes(context.store, source_key=source_key) | dict(wishes)
    values = {text: str(event_id) for text, event_id in kept.items()}
    return save_named_values(
        context,
        target=ImportTarget.APPLICATIONS,
        source_key=_WISHES + source_key,
        values=values,
        action="希望と実施回の対応を覚えた",
    )


def save_named_values(
    context: ActionContext, *, target: ImportTarget, source_key: str, values: dict[str, str], action: str
) -> ActionResult:
    """Store ``values`` under ``source_key`` as one change labelled ``action``; equal values write nothing."""
    present = table.column_map(context.database, target, source_key)
    if present is not None and present.columns == values:
        return ActionResult("", present.id)
    with context.change(action, "applications") as change:
        row_id = change.update_or_insert(
            ColumnMap, present, target=target, source_key=source_key, columns=values, remembered_at=context.now
        )
    return ActionResult("", row_id)
