"""Detects that a data folder was copied: two copies that are both written to would diverge.

The database keeps the places where it was opened for writing. A place is identified by the file system's numbers of
the folder, and by its path on this PC: another drive letter, a renamed folder or another name of the server is the
same place, a copy is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from db import folder_layout, write_lock
from db.files import filesystem
from db.record import frozen
from db.store import Store
from db.tables import accounts
from db.written_names import declare_written_names

LOCATIONS_FACT = "places_stood_at"
_MAX_LOCATIONS = 24
_MAX_NAMED = 5


@frozen
class FolderStanding:
    """Where a data folder lies: file system numbers of it and of a folder in it ("" if unavailable), PC and path."""

    numbers: str
    machine: str
    path: str

    def is_same(self, other: FolderStanding) -> bool:
        """Return whether both are the same place, by the system's numbers or by machine and path."""
        here = bool(self.numbers) and self.numbers == other.numbers
        return here or (self.machine, self.path) == (other.machine, other.path)


_WRITTEN_LOCATION = declare_written_names(FolderStanding, "FolderStanding", "numbers machine path")


def record_location(store: Store) -> tuple[str, ...]:
    """Record where the folder is, and return a message if its data were opened elsewhere before and never here.

    The message comes once: from then on this place is known as well. Copies that a service made of what two PCs wrote
    at once are told each time.

    Raises:
        OSError, ValueError: the folder does not answer, or the record cannot be read.
    """
    notes = conflict_notes(store.folder)
    here, known = _location_of(store.folder), _known_locations(store)
    if here in known:
        return notes
    kept = [*known, here][-_MAX_LOCATIONS:]
    accounts.set_fact(
        store.database, LOCATIONS_FACT, json.dumps([_WRITTEN_LOCATION.values(one) for one in kept], ensure_ascii=False)
    )
    if not known or any(map(here.is_same, known)):
        return notes
    return (*notes, _moved_note(known))


def conflict_notes(folder: Path) -> tuple[str, ...]:
    """Return a note on the files that a service put beside the data because two PCs wrote at once; () for none."""
    found = "」「".join(folder_layout.conflict_copies(folder)[:_MAX_NAMED])
    note = (
        f"データの隣に「{found}」があります。同期のサービスが、2台のPCで同時に書かれたときに作る写しのようです。"
        "いまのデータには使っていません。消さずに、情報システム担当者にご相談ください。"
    )
    return (note,) if found else ()


def _moved_note(known: Iterable[FolderStanding]) -> str:
    """Return the note that the data lie elsewhere than at the last opening."""
    before = list(known)[-1].path
    return (
        f"このデータは、前に開いたときと別の場所にあります（前の場所：{before}）。"
        "フォルダーを移したときや、バックアップから戻したときは、そのままお使いください。"
        "写し（コピー）のときは、前の場所で入力した内容はここに入らず、ここで入力した内容も前の場所に入りません。"
        "どちらを使うかを決め、使わないほうを開かないようにしてください。"
    )


def _known_locations(store: Store) -> list[FolderStanding]:
    """Return the places in which the data were opened so far, the last one at the end."""
    plain = json.loads(accounts.fact(store.database, LOCATIONS_FACT) or "[]")
    return [
        FolderStanding(**{own: str(value) for own, value in _WRITTEN_LOCATION.to_source(one).items()}) for one in plain
    ]


def _location_of(folder: Path) -> FolderStanding:
    """Return where the folder lies now."""
    inside = folder / write_lock.FOLDER_NAME
    numbers = [folder.stat().st_ino, inside.stat().st_ino if inside.is_dir() else 0]
    return FolderStanding(
        ":".join(map(str, numbers)) if all(numbers) else "", filesystem.machine_id(), str(filesystem.absolute(folder))
    )
