"""The longest paths below a folder for data or backups, to refuse a folder that has no room for them."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePath

from app.documents.services.folder_check import (
    CHECK_CONNECTION,
    check_folder_usable,
    drive_missing_words,
    is_drive_missing,
)
from db.backups import backup
from db.files import file_store, filesystem
from db.files.atomic_files import UNFINISHED
from db.files.storage_errors import MissingData

NOTHING_MADE = "何も作っていません。"
_UNFINISHED_SUFFIX = f".{'0' * 8}{UNFINISHED}"
_STORED_FILE_PATH = PurePath(file_store.FOLDER_NAME, "00", "0" * 64 + _UNFINISHED_SUFFIX)
_GENERATION_PATH = PurePath(
    f"{'0' * 12}_2026-12-31_235959_{'0' * 6}-{'0' * 9}{_UNFINISHED_SUFFIX}", f"keyring.json{_UNFINISHED_SUFFIX}"
)


def restored_folder_name(name: str, *, today: date) -> str:
    """Return the name of the folder into which data of the folder ``name`` are restored."""
    return f"{name}-復元-{today:%Y%m%d}"


def longest_data_path(folder: PurePath) -> PurePath:
    """Return the longest path that a data folder ever needs.

    It is a stored file while it is copied into the backup of a folder that is being restored beside it: on that day it
    would be too late to learn that the path is too long.
    """
    restoring = restored_folder_name(folder.name, today=date(2026, 12, 31)) + _UNFINISHED_SUFFIX
    return folder.parent / restoring / backup.FOLDER_NAME / _STORED_FILE_PATH


def paths_below_data(folder: PurePath) -> tuple[PurePath, ...]:
    """Return the longest paths below a data folder, for ``inspect_folder``."""
    return (longest_data_path(folder),)


def paths_below_backup(folder: PurePath) -> tuple[PurePath, ...]:
    """Return the longest paths below a backup folder."""
    return (folder / _STORED_FILE_PATH, folder / _GENERATION_PATH)


def check_data_folder_path(folder: Path) -> None:
    """Check the place for new or restored data.

    Raises:
        UserError: a name in it is invalid, it is missing, the paths below it would be too long, or it is not writable;
            nothing was written.
    """
    check_folder_usable(
        folder,
        subfolders=paths_below_data,
        allow_data_folder=True,
        happened="このフォルダーには、データを置けません。",
        lost=NOTHING_MADE,
    )


def check_backup_folder_path(folder: Path) -> None:
    """Check a folder for backups; raises ``UserError`` as ``check_data_folder_path``."""
    check_folder_usable(
        folder,
        subfolders=paths_below_backup,
        happened="このフォルダーには、バックアップを置けません。",
        lost=NOTHING_MADE,
    )


def missing_data(folder: Path) -> MissingData:
    """Return the error that no data are at ``folder``: there are none, or its drive or share is missing."""
    if is_drive_missing(folder):
        whole = filesystem.absolute(folder)
        return MissingData(folder.name, happened=drive_missing_words(whole), todo=CHECK_CONNECTION)
    return MissingData(folder.name)
