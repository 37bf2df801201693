"""Folders from before write locks were numbered, with ``desk.db``, ``keyring.json`` and ``in-use.json``.

Programs of that time look for these names alone. Once they are renamed, such a program finds nothing instead
of writing beside a newer one.
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
    """Who wrote the note ``in-use.json`` (name as shown, PC, since when)."""

    name: str
    pc: str
    since: datetime

    def in_words(self) -> str:
        """Return the holder in words (「田中さん（PC「MADO-01」、9月1日 14:05から）」)."""
        since = f"{self.since.month}月{self.since.day}日 {self.since:%H:%M}"
        return f"{self.name}さん（PC「{self.pc}」、{since}から）"


def uses_initial_schema(folder: Path) -> bool:
    """Return whether the data of a folder still have the file names of the initial schema."""
    found = folder_layout.database_of(folder)
    return found is not None and found.name == folder_layout.FIRST_DATABASE


def check_holder(folder: Path, *, pc: str, take_over: bool) -> tuple[str, bool]:
    """Check the note of an old program; return a message ("" = no note), and whether its holder may still be active.

    Raises:
        Locked: another PC gave a heartbeat within three minutes.
        HolderSilent: it is silent; ask before taking over.
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
    """Return who wrote the note of an old program, or None."""
    try:
        plain = json.loads((folder / folder_layout.FIRST_LOCK_NOTE).read_bytes())
        return Holder(name=str(plain["name"]), pc=str(plain["pc"]), since=datetime.fromisoformat(plain["since"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def rename_database(folder: Path, *, lock_number: int) -> None:
    """Rename the database to the name of a write lock, so that old programs find nothing.

    Raises:
        OSError: it is kept open, or the folder is not writable.
    """
    filesystem.rename(folder / folder_layout.FIRST_DATABASE, folder_layout.new_database_path(folder, lock_number))
    filesystem.sync_folder(folder)


def remove_note(folder: Path) -> None:
    """Remove the note of an old program, once the data have the name of a write lock.

    Raises:
        OSError: it is kept open.
    """
    filesystem.remove(folder / folder_layout.FIRST_LOCK_NOTE, missing_ok=True)
