"""The numbers that were confirmed for the next year: kept here, put into its draft when it is started.

``confirmed_values(store, programme_id) -> dict[str, NextValue]``
"""

from __future__ import annotations

from db.records.year.specification import NextValue
from db.rows import rows
from db.store import Store


def confirmed_values(store: Store, *, programme_id: int) -> dict[str, NextValue]:
    """Return what was confirmed beside the next 仕様書, by the key of the number.

    Args:
        programme_id: the year that is running, in which it was read.
    """
    return {one.key: one for one in rows(store.database, NextValue, programme_id=programme_id, order="id")}
