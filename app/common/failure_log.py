"""The log of program errors, kept outside the data: when, what, where in the code, nothing typed or stored.

One log for each person at a PC, so it can be read when the data can't be opened. Every line written or read back
consists of words from closed sets, times and counts; other lines are skipped and only counted.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from app.common.failure_facts import FailureFacts, facts_of, facts_of_type
from app.common.file_locations import version_lines
from db.files import filesystem
from db.record import record

MAX_LOG_BYTES = 1_000_000
"""Size in bytes after which a new log file is begun; one earlier file is kept beside it."""
_MAX_ENTRIES_READ = 500

LogEvent = Literal[
    "unexpected", "file", "storage", "paper", "backup", "backup_check", "old_backups", "published", "second_place",
    "change_log", "keyring", "kept_files", "data_check", "place", "left_behind", "unfinished", "erasing", "tidying",
    "mended", "found", "opening", "closing", "seat", "restored", "stopped", "type",
]  # fmt: skip
EVENT_TEXTS: dict[LogEvent, str] = {
    "unexpected": "予期しないことが起き、操作を最後まで進められなかった",
    "file": "ファイルの読み書きができなかった",
    "storage": "データのフォルダーを使えなかった",
    "paper": "書類を作成できなかった",
    "backup": "バックアップを作成できなかった",
    "backup_check": "バックアップを確かめられなかった",
    "old_backups": "古いバックアップを片づけられなかった",
    "published": "閲覧用の写しを作成できなかった",
    "second_place": "バックアップの2つ目の場所に写せなかった",
    "change_log": "変更の控えを確かめられなかった",
    "keyring": "鍵ファイルを確かめられなかった",
    "kept_files": "保管ファイルを確かめられなかった",
    "data_check": "データを点検できなかった",
    "place": "フォルダーの場所を確かめられなかった",
    "left_behind": "引継ぎ前のファイルを確かめられなかった",
    "unfinished": "書きかけのファイルを片づけられなかった",
    "erasing": "時期の来たものを消去できなかった",
    "tidying": "データのほかの片づけができなかった",
    "mended": "壊れたところを見つけて直した",
    "found": "点検で、知らせることがあった",
    "opening": "開いたときに、知らせることがあった",
    "closing": "閉じたときに、知らせることがあった",
    "seat": "応答がない間に、同僚に引き継がれた",
    "restored": "バックアップから復元した",
    "stopped": "前に使ったとき、閉じる前にプログラムが止まった",
    "type": "調べ方の決まっていない型の値があり、文字として調べた",
}
CLEANUP_EVENTS: dict[str, LogEvent] = {
    "バックアップの作成": "backup",
    "バックアップの確認": "backup_check",
    "パスワードなしで作ったバックアップの確認": "backup_check",
    "古いバックアップの片づけ": "old_backups",
    "古いバックアップと変更の控えの片づけ": "old_backups",
    "閲覧用の写しの作成": "published",
    "変更の控えの補い": "change_log",
    "変更の控えの確認": "change_log",
    "鍵ファイルの照合": "keyring",
    "鍵ファイルの書き直し": "keyring",
    "鍵の取り替えの続き": "keyring",
    "保管ファイルの確認": "kept_files",
    "新しい保管ファイルの写し": "kept_files",
    "使われていない保管ファイルの片づけ": "kept_files",
    "データの点検": "data_check",
    "フォルダーの場所の確認": "place",
    "引継ぎ前のファイルの確認": "left_behind",
    "書きかけのファイルの片づけ": "unfinished",
    "時期の来たものの消去": "erasing",
    "消去の続き": "erasing",
}
"""The log event for each maintenance task."""
assert set(EVENT_TEXTS) == set(get_args(LogEvent))

_EMPTY_FIELD = "-"
_FIELD_SEPARATOR = " | "
_LOCATION_PATTERN = r"\?|[A-Za-z_][\w.]{0,119}:\d{1,7}(?: [<]?[A-Za-z_]\w{0,79}[>]?)?"
_CLASS_PATTERN = r"\?|[A-Za-z_][\w.]{0,159}"
_ERROR_CODE = r"E[A-Z0-9]{2,20}|WinError \d{1,5}|SQLITE_[A-Z_]{1,50}|page \d{1,7}"
_CAUSE_PATTERN = rf"(?:{_CLASS_PATTERN})(?: (?:{_ERROR_CODE}))*(?: (?:{_LOCATION_PATTERN}))?"
_FIELD_PATTERNS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d",
        r"\d{1,3}\.\d{1,3}\.\d{1,3}(?:\+[0-9a-f]{7,40})?|source",
        "|".join(EVENT_TEXTS),
        r"\d{1,9}",
        r"E-[0-9A-F]{4}|-",
        rf"{_CLASS_PATTERN}|-",
        rf"(?:{_ERROR_CODE})(?:, (?:{_ERROR_CODE}))*|-",
        rf"(?:{_LOCATION_PATTERN})(?: > (?:{_LOCATION_PATTERN}))*|-",
        rf"{_CAUSE_PATTERN}(?: > {_CAUSE_PATTERN})*|-",
    )
)


@record
class LogEntry:
    """One line of the log.

    Attributes: ``at`` with its UTC offset; ``version`` of the program; ``times`` how often it had happened in this
    session, or how many things it was about; ``facts`` None where there was no error.
    """

    at: datetime
    version: str
    event: LogEvent
    times: int = 1
    facts: FailureFacts | None = None


@record
class FailureLog:
    """The content of the log, newest entry first.

    ``older_count`` entries are not included; ``unreadable_count`` lines are not in the form that this program writes.
    """

    entries: tuple[LogEntry, ...] = ()
    older_count: int = 0
    unreadable_count: int = 0


class _LogState:
    """Where the log is written, and what was logged in this run."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.version = ""
        self.occurrences: Counter[tuple[str, ...]] = Counter()


_log = _LogState()


def set_log_file(path: Path | None) -> None:
    """Set the file to write into; None turns the log off."""
    _log.path, _log.version = path, program_version()
    _log.occurrences.clear()


def program_version() -> str:
    """Return the version, 「0.1.0+3f2a1bc」, or "source" when the program runs from a checkout."""
    lines = version_lines()
    version = re.search(r"\d{1,3}\.\d{1,3}\.\d{1,3}", lines[0]) if lines else None
    commit = re.search(r"\b[0-9a-f]{7,40}\b", lines[1]) if len(lines) > 1 else None
    if version is None:
        return "source"
    return f"{version.group()}+{commit.group()}" if commit is not None else version.group()


def log_failure(problem: BaseException, event: LogEvent | None = None, *, moment: datetime | None = None) -> None:
    """Log an error once, however often it is shown; skip user errors and everyday conditions.

    Args:
        event: which work it ended (by default derived from the error).
        moment: when (by default now).
    """
    if _log.path is None or getattr(problem, "noted", False) or not _is_fault(problem):
        return
    with suppress(AttributeError):
        problem.noted = True  # type: ignore[attr-defined]
    _write(LogEntry(at=_now(moment), version="", event=event or _event_of(problem), facts=facts_of(problem)))


def log_event(event: LogEvent, count: int = 1) -> None:
    """Log that something was repaired, restored or reported; ``count`` = how many, 0 = nothing to log."""
    if count > 0:
        _write(LogEntry(at=_now(None), version="", event=event, times=count))


def log_unknown_type(kind: type) -> None:
    """Log that a text search met a value of an undeclared type, which it searched as well as it could."""
    if _log.path is not None:
        _write(LogEntry(at=_now(None), version="", event="type", facts=facts_of_type(kind)))


def read_log(path: Path | None = None) -> FailureLog:
    """Return the newest 500 entries of the log and of the file before it; a log that cannot be read has none.

    ``path`` None = the log that is written to; without one the result is empty.
    """
    path = path or _log.path
    if path is None:
        return FailureLog()
    entries = []
    passed_over = 0
    for one in (_older_log(path), path):
        with suppress(OSError):
            for line in one.read_bytes()[-2 * MAX_LOG_BYTES :].decode("utf-8", "replace").splitlines():
                entry = _parse_line(line)
                if entry is not None:
                    entries.append(entry)
                passed_over += entry is None
    newest = tuple(reversed(entries[-_MAX_ENTRIES_READ:]))
    return FailureLog(
        entries=newest, older_count=max(0, len(entries) - _MAX_ENTRIES_READ), unreadable_count=passed_over
    )


def _is_fault(problem: BaseException) -> bool:
    """Return whether an exception is a fault, and no ordinary refusal."""
    from db.files.storage_errors import (
        Locked,
        ReadOnlyMode,
        RestrictedError,
        StorageProblem,
        WriteLockLost,
        WrongPassword,
    )

    if isinstance(problem, StorageProblem):
        # What a usual day brings nobody need look into.
        daily = isinstance(problem, WrongPassword | Locked | ReadOnlyMode | RestrictedError)
        return not daily or isinstance(problem, WriteLockLost)
    # Whatever else speaks for itself is a rule that refuses, or a question to the person.
    return not isinstance(getattr(problem, "happened", None), str) and isinstance(problem, Exception)


def _event_of(problem: BaseException) -> LogEvent:
    """Return the kind of log event of an exception: file, seat (write lock lost), storage, else unexpected."""
    from db.files.storage_errors import WriteLockLost, to_storage_problem

    if isinstance(problem, OSError):
        return "file"
    if isinstance(problem, WriteLockLost):
        return "seat"
    return "storage" if to_storage_problem(problem) is not None else "unexpected"


def _now(moment: datetime | None) -> datetime:
    """Return a moment with its time zone, in seconds."""
    at = moment.astimezone() if moment is not None else datetime.now().astimezone()
    return at.replace(microsecond=0)


def _older_log(path: Path) -> Path:
    return path.with_suffix(".old.log")


def _write(entry: LogEntry) -> None:
    """Append a line to the log file, if one is set; a repeated one is written three times, then at powers of ten only.

    A file above ``MAX_LOG_BYTES`` becomes the older one first. A file that can't be written is ignored.
    """
    if _log.path is None:
        return
    sign = (entry.event, *((entry.facts.kind, *entry.facts.code_locations[-1:]) if entry.facts is not None else ()))
    _log.occurrences[sign] += 1
    times = _log.occurrences[sign]
    if times > 3 and str(times).strip("0") != "1":
        return
    line = _format_line(entry, _log.version, times if entry.facts is not None else entry.times)
    if _parse_line(line) is None:
        line = _format_line(LogEntry(at=entry.at, version="", event=entry.event), _log.version, times)
    with suppress(OSError):
        _log.path.parent.mkdir(parents=True, exist_ok=True)
        if _log.path.exists() and _log.path.stat().st_size > MAX_LOG_BYTES:
            filesystem.replace(_log.path, _older_log(_log.path))
        with _log.path.open("a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")


def _format_line(entry: LogEntry, version: str, times: int) -> str:
    facts = entry.facts
    told = (
        (facts.number, facts.kind, ", ".join(facts.codes), " > ".join(facts.code_locations), " > ".join(facts.causes))
        if facts is not None
        else ("",) * 5
    )
    head = (entry.at.isoformat(), version, entry.event, str(times))
    return _FIELD_SEPARATOR.join(one or _EMPTY_FIELD for one in (*head, *told))


def _parse_line(line: str) -> LogEntry | None:
    """Parse a line; None where any part is not in the form that this program writes."""
    parts = line.split(_FIELD_SEPARATOR)
    if len(parts) != len(_FIELD_PATTERNS) or not all(
        field.fullmatch(part) for field, part in zip(_FIELD_PATTERNS, parts, strict=True)
    ):
        return None
    at, version, what, times, number, *told = ("" if part == _EMPTY_FIELD else part for part in parts)
    kind, codes, places, behind = told
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    facts = FailureFacts(
        number=number,
        kind=kind,
        codes=tuple(codes.split(", ")) if codes else (),
        code_locations=tuple(places.split(" > ")) if places else (),
        causes=tuple(behind.split(" > ")) if behind else (),
    )
    known: LogEvent = next(one for one in EVENT_TEXTS if one == what)
    return LogEntry(at=moment, version=version, event=known, times=int(times), facts=facts if number else None)
