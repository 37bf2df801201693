"""A folder of the first shape, from before there were seats: ``desk.db``, ``keyring.json``, a note ``in-use.json``.

Programs of that time look for these names alone. Once they are gone, such a program finds nothing here instead of
writing beside a newer one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db import folder_layout
from db.files import filesystem, storage_errors
from db.files.atomic_files import disk_time
from db.write_lock import SILENT_SECONDS


@dataclass(frozen=True)
class Holder:
    """Who left the note: name as shown, PC, since when."""

    name: str
    pc: str
    since: datetime

    def in_words(self) -> str:
        """「田中さん（PC「MADO-01」、9月1日 14:05から）」."""
        since = f"{self.since.month}月{self.since.day}日 {self.since:%H:%M}"
        return f"{self.name}さん（PC「{self.pc}」、{since}から）"


def uses_initial_schema(folder: Path) -> bool:
    """Say whether the data of a folder still lie under the names of the first shape."""
    found = folder_layout.database_of(folder)
    return found is not None and found.name == folder_layout.FIRST_DATABASE


def check_holder(folder: Path, *, pc: str, take_over: bool) -> tuple[str, bool]:
    """Judge the note of a program of the first shape; return what to tell, and whether somebody may wake up.

    Raises:
        Locked: another PC gave a sign of life within three minutes. HolderSilent: it is silent; ask before taking over.
    """
    holder = read_note(folder)
    if holder is None:
        return "", False
    if holder.pc == pc:
        since = f"{holder.since:%m/%d %H:%M}"
        return f"前回（{since}から）は正しく閉じられていませんでした。保存済みのデータを点検して開きました。", False
    silent = disk_time(folder) - (folder / folder_layout.FIRST_LOCK_NOTE).stat().st_mtime
    if silent < SILENT_SECONDS:
        raise storage_errors.Locked("heartbeat", holder=holder.in_words())
    if not take_over:
        raise storage_errors.HolderSilent(holder=holder.in_words(), minutes=int(silent // 60))
    return f"{holder.in_words()}の使用を引き継いで開きました。", True


def read_note(folder: Path) -> Holder | None:
    """Return who left a note of the first shape, or None."""
    try:
        plain = json.loads((folder / folder_layout.FIRST_LOCK_NOTE).read_bytes())
        return Holder(name=str(plain["name"]), pc=str(plain["pc"]), since=datetime.fromisoformat(plain["since"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def rename_database(folder: Path, *, lock_number: int) -> None:
    """Give the database the name of a seat; whoever still knows the old names finds nothing.

    Raises:
        OSError: it is kept open, or the folder takes no writing.
    """
    filesystem.rename(folder / folder_layout.FIRST_DATABASE, folder_layout.new_database_path(folder, lock_number))
    filesystem.sync_folder(folder)


def remove_note(folder: Path) -> None:
    """Remove the note of the first shape, once the data lie under the name of a seat.

    Raises:
        OSError: it is kept open.
    """
    filesystem.remove(folder / folder_layout.FIRST_LOCK_NOTE, missing_ok=True)
