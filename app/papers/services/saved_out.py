"""What lies outside because the program saved it there: papers and lists that name people, by the log of what left.

- ``place_detail(path)``, ``folder_detail(path)`` what a saving keeps of its place
- ``read_saved_out(store) -> tuple[SavedOut, ...]``

The program removes no such file: it only says which there may be. Where somebody moved or removed one, nobody told it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from db.frozen_record import frozen_record
from db.records.papers import Outgoing
from db.store import Store
from db.tables.papers import all_outgoing

PLACE: Final = "保存した場所"
BEFORE: Final = "（場所の記録なし）"
"""What stands in the place of a folder where a file was saved before the log kept it."""
PART_OF: Final = "一式"
"""In the row of what stands in a set: the set, or the folder, which has a row of its own."""
_WAYS: Final = ("暗号化して保存", "そのまま保存", "コマンド")


@frozen_record
class SavedOut:
    """One file that was saved outside and names people: the row of the log, and the folder."""

    row: Outgoing
    where: str

    @property
    def locked(self) -> bool:
        """Whether it opens with a password alone."""
        return self.row.way == "暗号化して保存"


def place_detail(path: Path) -> dict[str, str]:
    """Return what the log keeps of the place of a saved file."""
    return {PLACE: str(path.parent)}


def folder_detail(path: Path) -> dict[str, str]:
    """Return what the log keeps of the place of a saved folder: the folder itself."""
    return {PLACE: str(path)}


def read_saved_out(store: Store) -> tuple[SavedOut, ...]:
    """Return every file, set or folder with names of people that was saved outside, newest first."""
    return tuple(
        SavedOut(row=one, where=one.detail.get(PLACE, BEFORE))
        for one in all_outgoing(store.database)
        if one.personal and one.way in _WAYS and PART_OF not in one.detail
    )
