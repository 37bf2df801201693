"""What lies outside because the program saved it there: papers and lists that name people, by the log of what left.

- ``file_folder_detail(path)``, ``folder_detail(path)`` what a saving keeps of its place
- ``read_saved_outside(store) -> tuple[SavedOutside, ...]``
- ``files_naming(store, people) -> SavedNaming`` those of them that hold some people, as their kept copies say

The program removes no such file: it only says which there may be. Where somebody moved or removed one, nobody told it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Final

from db.frozen_record import frozen_record
from db.records.documents import Outgoing, OutgoingPerson
from db.rows import rows
from db.store import Store
from db.tables.documents import all_outgoing

FOLDER_KEY: Final = "保存した場所"
FOLDER_NOT_LOGGED: Final = "（場所の記録なし）"
"""What stands in the place of a folder where a file was saved before the log kept it."""
PART_OF: Final = "一式"
"""In the row of what stands in a set: the set, or the folder, which has a row of its own."""
_WAYS: Final = ("暗号化して保存", "そのまま保存", "コマンド")


@frozen_record
class SavedOutside:
    """One file that was saved outside and names people: the row of the log, and the folder."""

    row: Outgoing
    folder: str

    @property
    def is_encrypted(self) -> bool:
        """Whether it opens with a password alone."""
        return self.row.way == "暗号化して保存"


@frozen_record
class SavedNaming:
    """Which files hold one of some people, and of which no copy says it; ``checked_count`` counts all that were looked
    at.
    """

    certain: tuple[SavedOutside, ...]
    unknown: tuple[SavedOutside, ...]
    checked_count: int


def file_folder_detail(path: Path) -> dict[str, str]:
    """Return what the log keeps of the place of a saved file."""
    return {FOLDER_KEY: str(path.parent)}


def folder_detail(path: Path) -> dict[str, str]:
    """Return what the log keeps of the place of a saved folder: the folder itself."""
    return {FOLDER_KEY: str(path)}


def read_saved_outside(store: Store) -> tuple[SavedOutside, ...]:
    """Return every file, set or folder with names of people that was saved outside, newest first."""
    return tuple(
        SavedOutside(row=one, folder=one.detail.get(FOLDER_KEY, FOLDER_NOT_LOGGED))
        for one in all_outgoing(store.database)
        if one.personal and one.way in _WAYS and PART_OF not in one.detail
    )


def files_naming(store: Store, people: Collection[int]) -> SavedNaming:
    """Return the files that were saved outside and hold one of ``people``, by who stands in their kept copies.

    Of a set or a folder the copies of what is in it say so. Of lists, and where a copy is gone, nobody knows.
    """
    saved = read_saved_outside(store)
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
    return SavedNaming(certain=tuple(sure), unknown=tuple(unknown), checked_count=len(saved))
