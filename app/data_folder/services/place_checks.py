"""What the program makes below a folder for data or backups, and that a place without room for it is refused first."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePath
from typing import Final

from app.papers.services.named_place import CHECK_THE_WAY, away, away_in_words, check_named
from db.backups import backup
from db.files import file_store, on_disk
from db.files.storage_errors import MissingData
from db.files.whole_files import UNFINISHED

NOTHING_MADE: Final = "何も作っていません。"
_BESIDE: Final = f".{'0' * 8}{UNFINISHED}"
_STORED: Final = PurePath(file_store.FOLDER_NAME, "00", "0" * 64 + _BESIDE)
_GENERATION: Final = PurePath(f"{'0' * 12}_2026-12-31_235959_{'0' * 6}-{'0' * 9}{_BESIDE}", f"keyring.json{_BESIDE}")


def restored_name(name: str, *, today: date) -> str:
    """Return how the folder is called that data of the folder ``name`` is restored into."""
    return f"{name}-復元-{today:%Y%m%d}"


def longest_in_data(folder: PurePath) -> PurePath:
    """Return the longest path that a data folder ever asks for.

    It is a stored file while it is copied into the backup of a folder that is being restored beside it: who finds out
    on that day that there is no room for the names finds out too late.
    """
    restoring = restored_name(folder.name, today=date(2026, 12, 31)) + _BESIDE
    return folder.parent / restoring / backup.FOLDER_NAME / _STORED


def below_data(folder: PurePath) -> tuple[PurePath, ...]:
    """Return what a place for data needs room for, as ``named_place`` asks for it."""
    return (longest_in_data(folder),)


def below_backup(folder: PurePath) -> tuple[PurePath, ...]:
    """Return what a place for backups needs room for."""
    return (folder / _STORED, folder / _GENERATION)


def check_data_place(folder: Path) -> None:
    """Look at the place for new or restored data.

    Raises:
        Refusal: a name in it won't do, it is away, the paths below it would be too long, or it takes no files; nothing
            was written.
    """
    check_named(
        folder,
        below=below_data,
        may_be_data=True,
        happened="このフォルダーには、データを置けません。",
        lost=NOTHING_MADE,
    )


def check_backup_place(folder: Path) -> None:
    """Look at a folder in which a backup is to be put; raises ``Refusal`` as ``check_data_place``."""
    check_named(
        folder, below=below_backup, happened="このフォルダーには、バックアップを置けません。", lost=NOTHING_MADE
    )


def missing_data(folder: Path) -> MissingData:
    """Return in words that no data are at ``folder``: because there are none, or because its drive or share is away."""
    if away(folder):
        whole = on_disk.absolute(folder)
        return MissingData(folder.name, happened=away_in_words(whole), todo=CHECK_THE_WAY)
    return MissingData(folder.name)
