"""What a file or folder given to the program opens: dropped on its icon, or named on the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from app.actions.user_error import UserError
from app.window.failure_messages import Failure
from db import folder_layout
from db.files import filesystem
from db.record import frozen

DAY_FILE_SUFFIX = ".dkday"
_TABLE_SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"}
_WORKBOOK_SUFFIXES = {".xlsx", ".xlsm"}
_IMPORT_HINT = (
    "表のファイルは、ログインしたあとの画面で選んで取り込みます。"
    "申込は実施回の「参加者」の「申込を取り込む」、アンケートの回答は「アンケート」の「ファイルを取り込む」、"
    "団体の一覧は「団体」の「団体の一覧を取り込む」です。"
)
_FORM_HINT = (
    "ログインして「資料・報告」を開き、画面に置くか Ctrl+O で選んでください。"
    "確かめてから、数字や名簿に入ります。ファイルには書き込みません。"
)


@frozen
class OpenTarget:
    """What a given file opens, by ``kind``.

    "data" the login of the data folder ``path``; "day" the page of the 当日持出しファイル ``path``; "words" only the
    message ``failure``.
    """

    kind: Literal["data", "day", "words"]
    path: Path
    failure: Failure | None = None


def files_in_arguments(argv: Sequence[str], commands: Sequence[str]) -> tuple[Path, ...]:
    """Return the files named by the command line; none if it is a command, an option or a typing mistake.

    A start by double click cannot report an unknown word: there every word is taken as a file.
    """
    word = argv[0] if argv else ""
    if not word or word in commands or word.startswith("-"):
        return ()
    named = Path(word)
    if sys.stderr is not None and not named.suffix and not named.is_absolute() and not _exists(named):
        return ()
    return tuple(filesystem.absolute(Path(one)) for one in argv)


def open_target(paths: Sequence[Path]) -> OpenTarget:
    """Return what the given paths open; nothing is opened or written."""
    path = paths[0]
    if len(paths) == 1 and _exists(path):
        if path.is_dir() or folder_layout.is_database(path):
            return OpenTarget("data", path if path.is_dir() else path.parent)
        if path.suffix.lower() == DAY_FILE_SUFFIX:
            return OpenTarget("day", path)
    happened, todo = _rejection(path, len(paths))
    return OpenTarget(
        "words", path, Failure(happened=happened, lost="データは何も変わっていません。", todo=todo, small=True)
    )


def _rejection(path: Path, count: int) -> tuple[str, str]:
    """Return two sentences on why ``path`` (of ``count`` given) is not opened: what happened, and what to do."""
    if count > 1:
        return (
            f"{count}個のファイルが渡されました。一度に開けるのは1つです。",
            "開くものを1つだけ選んで、もう一度お試しください。",
        )
    if not _exists(path):
        return (
            f"「{path.name}」が見つかりません。",
            "移動したり名前を変えたりしていないか、USBメモリや共有フォルダーにつながっているかを確かめてください。",
        )
    form = _form_title(path)
    if form:
        return f"「{path.name}」は、返ってきた様式（{form}）です。", _FORM_HINT
    own = _own_file_words(path)
    if own:
        return (
            f"「{path.name}」は、{own}です。",
            "中のことはもうこのアプリにあります。ログインして、元の画面で見たり直したりしてください。",
        )
    if path.suffix.lower() in _TABLE_SUFFIXES:
        return f"「{path.name}」は、このままでは開けません。", _IMPORT_HINT
    return (
        f"「{path.name}」は、デジ活デスクで開く種類のファイルではありません。",
        "ここで開けるのは、当日持出しファイル（名前が「.dkday」で終わるもの）と、データのフォルダーです。",
    )


def _form_title(path: Path) -> str:
    """Return which of our forms a workbook is, or "" if none or unreadable."""
    if path.suffix.lower() not in _WORKBOOK_SUFFIXES:
        return ""
    # Nothing of a subject is loaded before somebody is in, but for a workbook that was dropped.
    from app.submissions.deliverables.services.submission_forms import form_title

    try:
        return form_title(path=path)
    except UserError:
        return ""


def _own_file_words(path: Path) -> str:
    """Return in words what kind of workbook made by this program a file is, "" if none or unreadable."""
    if path.suffix.lower() not in _WORKBOOK_SUFFIXES:
        return ""
    from app.foreign_files.intake_refusal import IntakeRefusal
    from app.foreign_files.own_files import identify_own_file, own_file_words
    from app.foreign_files.received_bytes import read_received_bytes

    try:
        found = identify_own_file(read_received_bytes(path))
    except IntakeRefusal:
        return ""
    return own_file_words(found) if found is not None else ""


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
