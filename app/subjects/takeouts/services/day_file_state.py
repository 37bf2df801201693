"""Which 当日持出しファイル of an event are outside, as the 持出し管理簿 has it.

- ``files_outside(database, event_id) -> tuple[Takeout, ...]``; ``read_outside(store, event_id)`` the same for a screen
- ``outside_words(rows) -> str``; ``is_day_file(takeout)``; ``was_merged(takeout)``
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.calendar.dates import short_date
from db.engine import Database
from db.records.protection import Takeout
from db.store import Store
from db.tables import protection

KIND: Final = "当日持出しファイル"
MEDIUM: Final = "ノートPC／USB"
"""The medium of these rows; no row written by hand has it, so it tells them apart."""
MERGED: Final = "受付の記録を名簿に戻した"


def is_day_file(row: Takeout) -> bool:
    """Whether a row of the ledger stands for a 当日持出しファイル."""
    return row.medium == MEDIUM


def was_merged(row: Takeout) -> bool:
    """Whether what the file brought back is in the roster (a return noted by hand brings nothing back)."""
    return MERGED in row.note


def files_outside(database: Database, event_id: int) -> tuple[Takeout, ...]:
    """Return the files of one event that are not back, the first taken first."""
    found = protection.takeouts_of_event(database, event_id)
    return tuple(row for row in found if is_day_file(row) and not row.cancelled and not _is_back(row))


def read_outside(store: Store, *, event_id: int) -> tuple[Takeout, ...]:
    """Return the files of one event that are not back."""
    return files_outside(store.database, event_id)


def _is_back(row: Takeout) -> bool:
    """A return without the file (0 of 1) leaves it outside: it is lost until it is found."""
    return row.returned_at is not None and (row.returned_copies is None or row.returned_copies >= row.copies)


def outside_words(rows: Sequence[Takeout]) -> str:
    """「9/24(木) 12:30 見本 太郎さんが持出し中」, or nothing."""
    return "、".join(f"{short_date(row.taken_at.date())} {row.taken_at:%H:%M} {row.taken_by}さん" for row in rows) + (
        "が持出し中" if rows else ""
    )
