"""Lists the files outside the data folder that name people, from the log of what the program saved there.

The program removes no such file, it only says which there may be; it does not know of files that were moved or
removed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from db.record import group_by_key, record
from db.records.documents import Outgoing, OutgoingPerson
from db.rows import rows
from db.store import Store
from db.tables.documents import all_outgoing

FOLDER_KEY = "保存した場所"
FOLDER_NOT_LOGGED = "（場所の記録なし）"
"""Shown instead of the folder of a file that was saved before the log kept it."""
PART_OF_KEY = "一式"
"""Key in the log row of a document in a set: the set, or the folder, which has a row of its own."""


@record
class SavedOutside:
    """One file that was saved outside and names people: the row of the log, and the folder."""

    row: Outgoing
    folder: str

    @property
    def is_encrypted(self) -> bool:
        """Return whether a password is needed to open it."""
        return self.row.way.is_encrypted


@record
class SavedNaming:
    """The files that name some people (``certain``), and those without a copy that shows it (``unknown``).

    ``checked_count`` is the number of all files that were looked at.
    """

    certain: tuple[SavedOutside, ...]
    unknown: tuple[SavedOutside, ...]
    checked_count: int


def file_folder_detail(path: Path) -> dict[str, str]:
    """Return the log detail for the folder of a saved file."""
    return {FOLDER_KEY: str(path.parent)}


def folder_detail(path: Path) -> dict[str, str]:
    """Return the log detail for a saved folder."""
    return {FOLDER_KEY: str(path)}


def read_saved_outside(store: Store) -> tuple[SavedOutside, ...]:
    """Return every file, set or folder with names of people that was saved outside, newest first."""
    return tuple(
        SavedOutside(row=one, folder=one.detail.get(FOLDER_KEY, FOLDER_NOT_LOGGED))
        for one in all_outgoing(store.database)
        if one.personal and one.way.is_saved and PART_OF_KEY not in one.detail
    )


def files_naming(store: Store, people: Collection[int]) -> SavedNaming:
    """Return the files saved outside that name one of ``people``, according to their stored copies.

    For a set or a folder the copies of its content are used. For lists, and where a copy is gone, it is unknown.
    """
    saved = read_saved_outside(store)
    named = defaultdict(set)
    for one in rows(store.database, OutgoingPerson):
        named[one.outgoing_id].add(one.person_id)
    parts = group_by_key(
        ((row.at, row.event_id), row) for row in all_outgoing(store.database) if PART_OF_KEY in row.detail
    )
    sure, unknown = [], []
    for file in saved:
        holding = [file.row] if file.row.has_copy else parts.get((file.row.at, file.row.event_id), [])
        if any(named[row.id] & set(people) for row in (file.row, *holding)):
            sure.append(file)
        elif not holding or any(not row.has_copy for row in holding):
            unknown.append(file)
    return SavedNaming(certain=tuple(sure), unknown=tuple(unknown), checked_count=len(saved))
