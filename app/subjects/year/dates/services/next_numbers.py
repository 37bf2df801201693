"""The numbers confirmed for the next year, which its draft uses.

``confirmed_values(store, programme_id) -> dict[str, NextValue]``
"""

from __future__ import annotations

from db.records.year.specification import NextValue
from db.rows import rows
from db.store import Store


def confirmed_values(store: Store, *, programme_id: int) -> dict[str, NextValue]:
    """Return the confirmed numbers of the next 仕様書, by the key of the number.

    Args:
        programme_id: the current year, in which they were confirmed.
    """
    return {one.key: one for one in rows(store.database, NextValue, programme_id=programme_id, order="id")}
