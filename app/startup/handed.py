"""What a file or folder handed to the program leads to: dropped on its icon, or named after its word."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.acts.refusal import Refusal
from app.window.failure_messages import Failure
from db import layout
from db.files import on_disk

DAY_ENDING = ".dkday"
_TABLES = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"}
_BOOKS = {".xlsx", ".xlsm"}
_UNCHANGED = "データは何も変わっていません。"
_TAKE_IN = (
    "表のファイルは、ログインしたあとの画面で選んで取り込みます。"
    "申込は実施回の「参加者」の「申込を取り込む」、アンケートの回答は「アンケート」の「ファイルを取り込む」、"
    "団体の一覧は「団体」の「団体の一覧を取り込む」です。"
)
_FORM_TAKEN = (
    "ログインして「資料・報告」を開き、画面に置くか Ctrl+O で選んでください。"
    "確かめてから、数字や名簿に入ります。ファイルには書き込みません。"
)
_OWN_KNOWN = "中のことはもうこのアプリにあります。ログインして、元の画面で見たり直したりしてください。"
_OPENS = "ここで開けるのは、当日持出しファイル（名前が「.dkday」で終わるもの）と、データのフォルダーです。"


@dataclass(frozen=True)
class Lead:
    """Where something handed over leads: the login of a data folder, the page of a 当日持出しファイル, or words."""

    way: Literal["data", "day", "words"]
    path: Path
    words: Failure | None = None


def handed_by(argv: Sequence[str], commands: Sequence[str]) -> tuple[Path, ...]:
    """Return what the words after the program's name hand over; nothing when they are a command, an option or a slip.

    A start by double click has no place to say that a word is unknown: there every word is something handed over.
    """
    word = argv[0] if argv else ""
    if not word or word in commands or word.startswith("-"):
        return ()
    named = Path(word)
    if sys.stderr is not None and not named.suffix and not named.is_absolute() and not _exists(named):
        return ()
    return tuple(on_disk.absolute(Path(one)) for one in argv)


def lead_of(handed: Sequence[Path]) -> Lead:
    """Look at what was handed over and say where it leads; nothing is opened or written."""
    path = handed[0]
    if len(handed) == 1 and _exists(path):
        if path.is_dir() or layout.is_database(path):
            return Lead("data", path if path.is_dir() else path.parent)
        if path.suffix.lower() == DAY_ENDING:
            return Lead("day", path)
    happened, todo = _why_not(path, len(handed))
    return Lead("words", path, Failure(happened=happened, lost=_UNCHANGED, todo=todo, small=True))


def _why_not(path: Path, number: int) -> tuple[str, str]:
    """What happened, and what to do instead."""
    if number > 1:
        return (
            f"{number}個のファイルが渡されました。一度に開けるのは1つです。",
            "開くものを1つだけ選んで、もう一度お試しください。",
        )
    if not _exists(path):
        return (
            f"「{path.name}」が見つかりません。",
            "移動したり名前を変えたりしていないか、USBメモリや共有フォルダーにつながっているかを確かめてください。",
        )
    form = _form_in(path)
    if form:
        return f"「{path.name}」は、返ってきた様式（{form}）です。", _FORM_TAKEN
    own = _own_words(path)
    if own:
        return f"「{path.name}」は、{own}です。", _OWN_KNOWN
    if path.suffix.lower() in _TABLES:
        return f"「{path.name}」は、このままでは開けません。", _TAKE_IN
    return f"「{path.name}」は、デジ活デスクで開く種類のファイルではありません。", _OPENS


def _form_in(path: Path) -> str:
    """Return which form of ours a workbook is, or ""; anything that can't be read is said by its kind."""
    if path.suffix.lower() not in _BOOKS:
        return ""
    # Nothing of a subject is loaded before somebody is in, but for a workbook that was dropped.
    from app.subjects.submissions.deliverables.services.submission_forms import form_title

    try:
        return form_title(path=path)
    except Refusal:
        return ""


def _own_words(path: Path) -> str:
    """Return what a workbook is that this program made itself, or ""."""
    if path.suffix.lower() not in _BOOKS:
        return ""
    from app.foreign_files.own_files import own_file, own_words
    from app.foreign_files.received_bytes import read_received
    from app.foreign_files.refusal import IntakeRefusal

    try:
        found = own_file(read_received(path))
    except IntakeRefusal:
        return ""
    return own_words(found) if found is not None else ""


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
