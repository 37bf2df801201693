"""What 訂正行 say of the rows that other records hold: whoever reads such a record itself reads it with them.

- ``corrections_of(database, ledger) -> dict[str, dict[str, str]]``
"""

from __future__ import annotations

from db.engine import Database
from db.records.ledgers import LedgerNote
from db.rows import rows


def corrections_of(database: Database, ledger: str) -> dict[str, dict[str, str]]:
    """Return by row the values that corrections of a ledger gave its columns, as cells keep them; those taken back say
    nothing.

    Args:
        ledger: its key. The rows have the keys under which its sources draw them (「takeouts:5」).
    """
    found: dict[str, dict[str, str]] = {}
    for one in rows(database, LedgerNote, ledger=ledger, what="訂正", withdrawn=False, order=("part", "id")):
        found.setdefault(one.row_key, {})[one.about] = one.new
    return found
