"""What was set by hand about a source and is used again: its columns, its wishes.

- ``recall_columns(store, source_key, target) -> dict[int, str] | None``; ``remember_columns(…, columns, by, now)``
- ``recall_wishes(store, source_key) -> dict[str, int]``; ``remember_wishes(…, wishes, by, now)``
- ``keep_named(act, target, source_key, values, action)`` anything else kept under a name of its own
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.acts.act import Act, deed
from app.acts.saved import Saved
from db.records.applications import ColumnMap, Target
from db.store import Store
from db.tables import applications as table

NOT_TAKEN: Final = 0
"""Stands for the event of a wish that is not taken in."""

_WISHES: Final = "希望　"


def recall_columns(store: Store, *, source_key: str, target: Target) -> dict[int, str] | None:
    """Return the columns set by hand for this source (number from 0 to field, "" = not taken), or None."""
    found = table.column_map(store.database, target, source_key)
    return {int(number): field for number, field in found.columns.items()} if found else None


@deed
def remember_columns(act: Act, *, source_key: str, columns: Mapping[int, str], target: Target = "申込") -> Saved:
    """Use these columns again for every later file of this source."""
    kept = {str(number): field for number, field in sorted(columns.items())}
    return keep_named(act, target=target, source_key=source_key, values=kept, action="列の対応を覚えた")


def recall_wishes(store: Store, *, source_key: str) -> dict[str, int]:
    """Return which event each wish of this source was set to mean; ``NOT_TAKEN`` = none."""
    found = table.column_map(store.database, "申込", _WISHES + source_key)
    return {text: int(event_id) for text, event_id in found.columns.items()} if found else {}


@deed
def remember_wishes(act: Act, *, source_key: str, wishes: Mapping[str, int]) -> Saved:
    """Use these choices again for every later file of this source; those made before stay."""
    kept = recall_wishes(act.store, source_key=source_key) | dict(wishes)
    values = {text: str(event_id) for text, event_id in kept.items()}
    return keep_named(
        act, target="申込", source_key=_WISHES + source_key, values=values, action="希望と実施回の対応を覚えた"
    )


@deed
def keep_named(act: Act, *, target: Target, source_key: str, values: dict[str, str], action: str) -> Saved:
    """Keep ``values`` under ``source_key`` as one change with the words of ``action``; the same again
    writes nothing."""
    present = table.column_map(act.database, target, source_key)
    if present is not None and present.columns == values:
        return Saved("", present.id)
    with act.change(action, "applications") as change:
        row_id = change.keep(
            ColumnMap, present, target=target, source_key=source_key, columns=values, remembered_at=act.now
        )
    return Saved("", row_id)
