"""Accepts a folder that a user typed or chose, or refuses it with a reason, before anything is written.

The checks run in this order: the name as typed, the drive or share, what exists there, the lengths of what will lie
below it, and whether files can be written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath, PureWindowsPath
from typing import Literal

from app.actions.user_error import UserError
from app.documents.services.file_saving import NOTHING_WRITTEN, data_folder_problem, name_flaw_words, temporary_path
from db.files import file_names, filesystem
from db.files.storage_errors import DiskFull, to_storage_problem
from db.record import record

Kind = Literal["free", "closed", "missing", "unfit"]
ExistingKind = Literal["folder", "file", "hidden", ""]
"""What exists at a path: ``hidden`` = not accessible, so it may be a folder; "" = nothing."""
SubfolderPaths = Callable[[PurePath], Iterable[PurePath]]
"""Returns, for an absolute folder, the longest paths that will be needed below it."""

FULL_FORM = (
    "場所は、「C:\\デジ活」や「\\\\サーバー\\共有\\デジ活」のように、ドライブや共有フォルダーから指定してください。"
)
CHECK_CONNECTION = "機器の電源とネットワークの接続をご確認のうえ、もう一度お試しください。"
_SHORTER = "名前の短いフォルダーか、もっと浅い場所を選んでください。"
_ANOTHER = "別のフォルダーを選んでください。"
_NEW_FOLDER = "0" * 11
"""Length incl. separator: a new folder must leave room for a short name of twelve characters on Windows."""


@record
class CheckedFolder:
    """The result of checking a folder.

    Attributes: ``folder`` the absolute path, or as typed where that is not possible; ``kind`` free (may be used),
    closed (not writable), missing (no such drive or share now), unfit (name, length, no room, or no folder);
    ``problem`` the reason and what to do, "" where free.
    """

    folder: PurePath
    kind: Kind
    problem: str = ""


def inspect_folder(folder: PurePath, *, subfolders: SubfolderPaths, allow_data_folder: bool = False) -> CheckedFolder:
    """Check a folder and return whether it may be used, with the reason if not.

    Args:
        folder: as typed or chosen; a relative one starts at the current folder.
        subfolders: the longest paths that will be needed there.
        allow_data_folder: the place may be a data folder itself, but never lie inside one.
    """
    if said := spelling_problem(folder):
        return CheckedFolder(folder=folder, kind="unfit", problem=said)
    whole = filesystem.absolute(folder) if isinstance(folder, Path) else folder
    # One look at the root first: each name below a server that is switched off would wait for it anew.
    if not existing_kind(_root_of(whole)):
        return CheckedFolder(folder=whole, kind="missing", problem=f"{drive_missing_words(whole)}{CHECK_CONNECTION}")
    ground = next(one for one in (whole, *whole.parents) if existing_kind(one))
    new = [one for one in (whole, *whole.parents) if ground in one.parents]
    if said := _name_or_length_problem(
        whole, new, ground_is_file=existing_kind(ground) == "file", ground=ground, below=subfolders
    ):
        return CheckedFolder(folder=whole, kind="unfit", problem=said)
    if isinstance(whole, Path) and (said := data_folder_problem(whole.parent if allow_data_folder else whole)):
        return CheckedFolder(folder=whole, kind="unfit", problem=said)
    try:
        _try_writing(ground)
    except OSError as error:
        return _closed_folder(whole, error)
    return CheckedFolder(folder=whole, kind="free")


def check_folder_usable(
    folder: PurePath, *, subfolders: SubfolderPaths, happened: str, lost: str, allow_data_folder: bool = False
) -> None:
    """Raise if a folder can't be used; ``happened`` says what can't be put there, ``lost`` that nothing was made.

    ``subfolders`` and ``allow_data_folder`` as for ``inspect_folder``.

    Raises:
        UserError: with the reason, and what to do.
    """
    if said := inspect_folder(folder, subfolders=subfolders, allow_data_folder=allow_data_folder).problem:
        raise UserError(happened, said, lost)


def check_document_folder(folder: PurePath, names: Iterable[str]) -> None:
    """Check a folder for writing documents called ``names``; raises as ``check_folder_usable``."""
    check_folder_usable(
        folder,
        subfolders=lambda whole: [one for name in names for one in (whole / name, temporary_path(whole / name))],
        happened="この場所には、書き出せません。",
        lost=NOTHING_WRITTEN,
    )


def spelling_problem(folder: PurePath) -> str:
    r"""Return why Windows would read ``folder`` as something other than written, else "".

    This does not touch the disk and runs before normalising, where ``aux`` becomes the device ``\\.\aux``, and 「係.」
    becomes 「係」. In the long form names are taken as they are.
    """
    if not isinstance(folder, PureWindowsPath):
        return ""
    if not str(folder).startswith(filesystem.LONG_FORM):
        for name in reversed(folder.parts[1:] if folder.anchor else folder.parts):
            if name != ".." and file_names.flaw(name) in ("reserved", "end"):
                return name_flaw_words(name, called="フォルダー名")
    whole = filesystem.absolute(folder) if isinstance(folder, Path) else folder
    # A device, or a volume by its number, which Python from 3.12 on takes for a drive.
    odd = whole.drive.upper().startswith(("\\\\.\\", "\\\\?\\VOLUME{"))
    return FULL_FORM if odd or not whole.is_absolute() else ""


def is_drive_missing(folder: Path) -> bool:
    """Return whether the drive or share of ``folder`` is missing now; waits as long as the system does."""
    return not existing_kind(_root_of(filesystem.absolute(folder)))


def drive_missing_words(folder: PurePath) -> str:
    """Return the sentence that the drive or share of ``folder`` is missing."""
    return f"ドライブまたは共有フォルダー「{folder.anchor}」が、いまは見つかりません。"


def existing_kind(path: PurePath) -> ExistingKind:
    """Return what exists at ``path``; a Windows device (``nul``) counts as nothing, a link to nothing as a file.

    Where the connection is lost, nothing exists.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - Path.is_dir calls what it may not look at an error, what is away not
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return "file" if os.path.islink(path) else ""  # noqa: PTH114 - a PurePath has no is_link
    except OSError as error:
        return "" if filesystem.is_connection_lost(error) else "hidden"
    return filesystem.file_type(status)


def _root_of(whole: PurePath) -> PurePath:
    return type(whole)(whole.anchor)


def _name_or_length_problem(
    whole: PurePath, new: list[PurePath], *, ground: PurePath, ground_is_file: bool, below: SubfolderPaths
) -> str:
    """Return what is wrong with names and lengths, or ""; an existing folder may have any name."""
    for one in new:
        if said := name_flaw_words(one.name, called="フォルダー名"):
            return said
    if ground_is_file:
        return f"「{ground.name}」はフォルダーではありません。{_ANOTHER}"
    over = max(map(file_names.excess_length, (*below(whole), *([whole / _NEW_FOLDER] if new else []))), default=0)
    return f"フォルダーの名前が、場所と合わせて{over}文字長すぎます。{_SHORTER}" if over else ""


def _closed_folder(whole: PurePath, error: OSError) -> CheckedFolder:
    """Return why a folder can't be used: no connection, no room or no access."""
    if filesystem.is_connection_lost(error):
        return CheckedFolder(folder=whole, kind="missing", problem=f"{drive_missing_words(whole)}{CHECK_CONNECTION}")
    if isinstance(to_storage_problem(error), DiskFull):
        return CheckedFolder(
            folder=whole, kind="unfit", problem="この場所には空きがありません。空きを作るか、別の場所を選んでください。"
        )
    return CheckedFolder(folder=whole, kind="closed", problem=f"このフォルダーには書き込めません。{_ANOTHER}")


def _try_writing(ground: PurePath) -> None:
    """Write a file into the folder and delete it; raise if that is impossible."""
    filesystem.try_writing_in(Path(ground))
