"""What lies outside because the program saved it there: papers and lists that name people, by the log of what left.

- ``place_detail(path)``, ``folder_detail(path)`` what a saving keeps of its place
- ``read_saved_out(store) -> tuple[SavedOut, ...]``
- ``saved_with(store, people) -> SavedWith`` those of them that hold some people, as their kept copies say

The program removes no such file: it only says which there may be. Where somebody moved or removed one, nobody told it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Final

from db.frozen_record import frozen_record
from db.records.papers import Outgoing, OutgoingPerson
from db.rows import rows
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


@frozen_record
class SavedWith:
    """Which files hold one of some people, and of which no copy says it; ``looked`` counts all that were looked at."""

    sure: tuple[SavedOut, ...]
    unknown: tuple[SavedOut, ...]
    looked: int


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


def saved_with(store: Store, people: Collection[int]) -> SavedWith:
    """Return the files that were saved outside and hold one of ``people``, by who stands in their kept copies.

    Of a set or a folder the copies of what is in it say so. Of lists, and where a copy is gone, nobody knows.
    """
    saved = read_saved_out(store)
    named: dict[int, set[int]] = defaultdict(set)
    for one in rows(store.database, OutgoingPerson):
        named[one.outgoing_id].add(one.person_id)
    parts: dict[tuple[datetime, int | None], list[Outgoing]] = defaultdict(list)
    for row in all_outgoing(store.database):
        if PART_OF in row.detail:
            parts[row.at, row.event_id].append(row)
    sure, unknown = [], []
    for file in saved:
        holding = [file.row] if file.row.copy_file_id is not None else parts.get((file.row.at, file.row.event_id), [])
        if any(named[row.id] & set(people) for row in (file.row, *holding)):
            sure.append(file)
        elif not holding or any(row.copy_file_id is None for row in holding):
            unknown.append(file)
    return SavedWith(sure=tuple(sure), unknown=tuple(unknown), looked=len(saved))
