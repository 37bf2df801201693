"""Whether a folder can hold what the program makes below it: forbidden names and paths too long are refused first."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PurePath
from typing import Final

from app.papers.services.leaving import flaw_in_words
from app.refusal import Refusal
from db import backup, file_names, file_store, on_disk
from db.whole_files import UNFINISHED

NOTHING_MADE: Final = "何も作っていません。"
_TODO: Final = "名前の短いフォルダーか、もっと浅い場所を選んでください。"
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


def data_place_problem(folder: PurePath) -> str:
    """Return a sentence when ``folder``, an absolute path, is too long for a data folder, else ""."""
    over = file_names.excess(longest_in_data(folder))
    return f"フォルダーの名前が、場所と合わせて{over}文字長すぎます。{_TODO}" if over else ""


def new_names_problem(folder: Path) -> str:
    """Return a sentence when a part of ``folder`` that is still to be made has a name no office PC takes, else ""."""
    for one in (folder, *folder.parents):
        if one.exists():
            break
        said = flaw_in_words(one.name, what="フォルダー名")
        if said:
            return said
    return ""


def check_data_place(folder: Path) -> None:
    """Look at the place for new or restored data.

    Raises:
        Refusal: a name in it won't do, or the paths below it would be too long; nothing was written.
    """
    whole = on_disk.absolute(folder)
    _refuse(data_place_problem(whole) or new_names_problem(whole), "このフォルダーには、データを置けません。")


def check_backup_place(folder: Path) -> None:
    """Look at a folder in which a backup is to be put; raises ``Refusal`` as ``check_data_place``."""
    whole = on_disk.absolute(folder)
    over = max(file_names.excess(whole / one) for one in (_STORED, _GENERATION))
    said = f"フォルダーの名前が、場所と合わせて{over}文字長すぎます。{_TODO}" if over else new_names_problem(whole)
    _refuse(said, "このフォルダーには、バックアップを置けません。")


def _refuse(said: str, happened: str) -> None:
    if said:
        raise Refusal(happened, said, NOTHING_MADE)
