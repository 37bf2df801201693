"""Checks what a folder can be used for: new data, existing data, restored data, or nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from app.data_folder.services.data_folder import holds_data
from app.data_folder.services.path_checks import paths_below_data, restored_folder_name
from app.documents.services.folder_check import (
    FULL_FORM,
    existing_kind,
    inspect_folder,
    is_drive_missing,
    spelling_problem,
)
from db.files import filesystem
from db.files.synced_folders import synchronised_by
from db.record import frozen

DATA_FOLDER_NAME = "デジ活デスクのデータ"

FolderUse = Literal["free", "data", "taken", "closed", "missing", "unfit"]


@frozen
class CheckedFolder:
    """A checked folder.

    Attributes: ``folder`` the folder to use, which may lie inside the chosen one;
    ``kind`` free (data may be created here), data (a data folder), taken (something else is there), or refused as by
    ``inspect_folder``: closed, missing, unfit (``problem`` says why and what to do);
    ``copied_by`` the service that synchronises the folder to other PCs, or "".
    """

    folder: Path
    kind: FolderUse
    problem: str = ""
    copied_by: str = ""


def check_new_folder(folder: Path) -> CheckedFolder:
    """Check whether new data can be created at ``folder`` or lie there already; beside other files: in a subfolder."""
    if refused := _rejected_unread(folder):
        return refused
    data = find_data_folder(folder)
    if data is not None:
        return CheckedFolder(data, "data", copied_by=synchronised_by(data))
    if existing_kind(folder) == "folder" and _is_used(folder):
        return _check_folder(folder / DATA_FOLDER_NAME)
    return _check_folder(folder)


def check_restore_folder(folder: Path) -> CheckedFolder:
    """Check whether a backup can be restored into ``folder``, which must be new or empty."""
    if refused := _rejected_unread(folder):
        return refused
    standing = existing_kind(folder)
    if standing == "file" or (standing == "folder" and _is_used(folder)):
        return CheckedFolder(folder, "taken")
    return _check_folder(folder)


def find_data_folder(folder: Path) -> Path | None:
    """Return ``folder`` if it is a data folder, else the only one directly inside it; None = none or several."""
    try:
        if holds_data(folder):
            return folder
        inside = [one for one in folder.iterdir() if one.is_dir() and holds_data(one)] if folder.is_dir() else []
    except OSError:
        return None
    return inside[0] if len(inside) == 1 else None


def new_folder_beside(folder: Path, *, today: date) -> Path:
    """Return an unused name beside ``folder`` for restored data: 「…-復元-20260901」."""
    stem = restored_folder_name(folder.name, today=today)
    names = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
    return next(folder.parent / name for name in names if not (folder.parent / name).exists())


def _rejected_unread(folder: Path) -> CheckedFolder | None:
    """Refuse a path that is not absolute or would be read differently, or whose drive is missing; else None."""
    if said := spelling_problem(folder) or ("" if folder.is_absolute() else FULL_FORM):
        return CheckedFolder(folder, "unfit", said)
    return _check_folder(folder) if is_drive_missing(folder) else None


def _check_folder(target: Path) -> CheckedFolder:
    """Return what a folder can be used for, and which service synchronises it."""
    seen = inspect_folder(target, subfolders=paths_below_data, allow_data_folder=True)
    here = seen.kind in ("free", "closed")
    return CheckedFolder(target, seen.kind, seen.problem, copied_by=synchronised_by(target) if here else "")


def _is_used(folder: Path) -> bool:
    """Return whether a folder holds anything but a write probe of ours; True if it cannot be read."""
    try:
        return any(not one.name.startswith(filesystem.PROBE) for one in folder.iterdir())
    except OSError:
        return True
