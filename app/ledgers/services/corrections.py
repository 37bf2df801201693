"""The corrections (訂正行) of derived rows, for code that reads the source records itself."""

from __future__ import annotations

from db.engine import Database
from db.records.ledgers import LedgerNote, NoteKind
from db.rows import rows


def corrections_of(database: Database, ledger: str) -> dict[str, dict[str, str]]:
    """Return by row the corrected values of a ledger in all years, in stored form, without withdrawn corrections.

    Of several corrections of one value the last is returned. Values filled in when a matter closed are included.

    Args:
        ledger: its key. The rows have the keys of their source records (「takeouts:5」).
    """
    found: dict[str, dict[str, str]] = {}
    for one in rows(
        database, LedgerNote, ledger=ledger, what=NoteKind.CORRECTION, withdrawn=False, order=("part", "id")
    ):
        found.setdefault(one.row_key, {})[one.about] = one.new
    return found
