"""The text for IT support: the failure log and facts about program, PC and folder, naming nobody."""

from __future__ import annotations

import errno
import platform
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.calendar.dates import long_date
from app.common.failure_log import EVENT_TEXTS, FailureLog, LogEntry, program_version, read_log
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.data_folder.services.backups import list_backups, published_time
from app.documents.services.file_saving import write_atomically
from app.documents.services.folder_check import check_document_folder
from db.files import filesystem, storage_errors
from db.files.synced_folders import synchronised_by
from db.folder_layout import database_of

TITLE = "デジ活デスク　プログラムの障害の記録"
FILE_NAME = "デジ活デスク_障害の記録_{day:%Y%m%d}_{day:%H%M}.txt"
_BYTES_PER_GIB = 1 << 30


def support_report(folder: Path | None, *, now: datetime, screen: str = "") -> str:
    """Return the text to hand over: facts about the program, then each failure, newest first.

    Args:
        folder: the data folder concerned, None if unknown; it is accessed, so do not call this on the window's thread.
        screen: the screen size as text.
    """
    found = read_log(None)
    head = [
        TITLE,
        f"作成　{_moment(now)}",
        (
            "この記録に、氏名、住所、団体名、ファイルとフォルダーの名前、入力した言葉、パスワードは入っていません。"
            "入っているのは、日時、種類、回数、版、プログラムの中の場所だけです。"
        ),
        "",
        "【使っているもの】",
        *_program_lines(screen),
    ]
    place = ["", "【データのフォルダー】", *_folder_lines(folder)] if folder is not None else []
    return "\n".join((*head, *place, "", f"【障害】{_count_text(found)}", *_entry_blocks(found.entries))) + "\n"


def save_report(path: Path, text: str) -> None:
    """Write the text to ``path`` in an encoding that every editor reads.

    Raises as ``check_document_folder`` and ``write_atomically`` do.
    """
    check_document_folder(path.parent, [path.name])
    write_atomically(path, text.replace("\n", "\r\n").encode("utf-8-sig"), overwrite=True)


def _program_lines(screen: str) -> Iterable[str]:
    """Yield the lines on version, system and Python, and the ``screen`` if it is given."""
    system = platform.win32_ver()[1] or platform.release()
    version = program_version()
    yield f"版　{'ソースから起動' if version == 'source' else version}"
    yield f"システム　{platform.system()} {_version_digits(system)}（{platform.machine()}）"
    yield f"Python　{platform.python_version()}"
    if screen:
        yield f"画面　{screen}"


def _version_digits(words: str) -> str:
    """Return the digits and points of a version before its first "-", as a custom system may carry any name."""
    return "".join(sign for sign in words.partition("-")[0] if sign in "0123456789.")


def _folder_lines(folder: Path) -> Iterable[str]:
    """Yield lines on what is known of the folder without its key; what cannot be found out is reported as such."""
    try:
        yield "データファイル　ある" if database_of(folder) is not None else "データファイル　ない"
        yield f"置き場　{'共有フォルダー' if filesystem.is_on_share(folder) else 'このPC'}"
        if synchronised_by(folder):
            yield "同期　ほかのPCにも写す場所にある"
        yield f"空き　{shutil.disk_usage(folder).free / _BYTES_PER_GIB:.1f} GB"
    except OSError as error:
        yield f"フォルダー　読めない（{errno.errorcode.get(error.errno or 0, '理由不明')}）"
    with suppress(OSError, storage_errors.StorageProblem):
        lines = list_backups(folder=folder)
        newest = f"、新しいもの {_moment(lines[0].created_at)}" if lines else ""
        yield f"バックアップ　{len(lines)}世代{newest}"
        yield f"確かめた世代　{sum(line.is_verified for line in lines)}"
    with suppress(OSError, storage_errors.StorageProblem):
        copied = published_time(folder=folder)
        yield f"閲覧用の写し　{_moment(copied) if copied is not None else 'ない'}"


def _count_text(log: FailureLog) -> str:
    """Return what follows the heading: 「　3件（ほかに古いもの 2件）」, with the older and unreadable ones left out."""
    more = fill_nonempty("（ほかに古いもの {}件）", log.older_count)
    unread = fill_nonempty("（この形でない行 {}行は、入れていません）", log.unreadable_count)
    return f"　{len(log.entries)}件{more}{unread}"


def _entry_blocks(entries: Sequence[LogEntry]) -> Iterable[str]:
    """Yield the lines of all entries, an empty one before each; without entries the sentence that there are none."""
    if not entries:
        yield "記録された障害は、ありません。"
    for entry in entries:
        yield ""
        yield from _entry_lines(entry)


def _entry_lines(entry: LogEntry) -> Iterable[str]:
    facts = entry.facts
    at = f"{_moment(entry.at)}:{entry.at:%S %z}"
    yield join_nonempty(at, facts.number if facts is not None else "", EVENT_TEXTS[entry.event])
    counted = f"{entry.times}件" if facts is None else f"この回の{entry.times}度目"
    times = counted if entry.times > 1 else ""
    yield join_nonempty("　版 " + entry.version, times)
    if facts is None:
        return
    happened = _storage_problem_text(facts.kind)
    yield join_nonempty("　種類 " + facts.kind, fill_nonempty("「{}」", happened), "、".join(facts.codes))
    if facts.code_locations:
        yield "　場所 " + " → ".join(facts.code_locations)
    for one in facts.causes:
        yield "　もと " + one


def _storage_problem_text(kind: str) -> str:
    """Return the default sentence of a storage error, which names nobody; "" for any other error.

    ``kind`` is the name of its class with that of the module.
    """
    module, _, name = kind.rpartition(".")
    known = getattr(storage_errors, name, None) if module == storage_errors.__name__ else None
    return str(known.happened) if isinstance(known, type) and issubclass(known, storage_errors.StorageProblem) else ""


def _moment(moment: datetime) -> str:
    """Return 「令和8年9月1日（火） 10:05」."""
    return f"{long_date(moment.date())} {moment:%H:%M}"
