"""The note beside the database that tells colleagues who has the folder open; the SQLite lock is the true guard."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from db import note_files, storage_errors
from db.on_disk import remove
from db.whole_files import UNFINISHED, write_whole

FILE_NAME: Final = "in-use.json"
BEAT_SECONDS: Final = 30
SILENT_SECONDS: Final = 180


@dataclass(frozen=True)
class Holder:
    """Who has the folder open: name as shown, PC, process, since when, and the last sign of life (local times)."""

    name: str
    pc: str
    pid: int
    since: datetime
    heartbeat: datetime
    session: str

    def in_words(self) -> str:
        """「田中さん（PC「MADO-01」、9月1日 14:05から）」."""
        since = f"{self.since.month}月{self.since.day}日 {self.since:%H:%M}"
        return f"{self.name}さん（PC「{self.pc}」、{since}から）"


class LockFile:
    """The note of this session; made by ``take``."""

    def __init__(self, folder: Path, holder: Holder) -> None:
        self.folder = folder
        self.holder = holder
        self._seen = _stamp(folder)

    def beat(self, now: datetime) -> None:
        """Renew the sign of life. A passing failure to write is no matter: six in a row make silence.

        Raises:
            Locked: a colleague has taken the folder over in the meantime.
        """
        self.check_ours()
        self.holder = replace(self.holder, heartbeat=now)
        with contextlib.suppress(OSError):
            _write(self.folder, self.holder)
            self._seen = _stamp(self.folder)

    def check_ours(self) -> None:
        """See that nobody took the folder over while this PC slept; called before every change.

        Raises:
            Locked: somebody did, and is named.
        """
        stamp = _stamp(self.folder)
        if stamp == self._seen:  # untouched since we looked: no need to read it before every change
            return
        found = read(self.folder)
        if found is None or found.session == self.holder.session:
            self._seen = stamp
        else:
            raise storage_errors.Locked(
                "taken over", holder=found.in_words(), todo="いったん閉じて、あとで開き直してください。"
            )

    def release(self) -> None:
        """Take the note away, if it is still ours."""
        found = read(self.folder)
        if found is not None and found.session == self.holder.session:
            with contextlib.suppress(OSError):
                remove(self.folder / FILE_NAME)


def take(folder: Path, *, name: str, pc: str, now: datetime) -> LockFile:
    """Write our note; only a program that holds the SQLite lock may do so.

    Raises:
        OSError: the folder does not accept writing.
    """
    holder = Holder(name=name, pc=pc, pid=os.getpid(), since=now, heartbeat=now, session=secrets.token_hex(8))
    _write(folder, holder)
    return LockFile(folder, holder)


def check_free(folder: Path, *, pc: str, take_over: bool) -> str:
    """Judge a note left in the folder, while already holding the SQLite lock; return what to tell, or nothing.

    A note of this same PC is left over from a program that ended badly: its lock is ours now, so it
    cannot be alive. From another PC the lock of a network share is not proof enough: only three
    minutes of silence and the person's word are.

    Raises:
        Locked: the other PC gave a sign of life within three minutes.
        LeftOpen: it is silent, and the person has to be asked before taking over.
    """
    found = read(folder)
    if found is None:
        return ""
    if found.pc == pc:
        return f"前回（{found.since:%m/%d %H:%M}から）は正しく閉じられていませんでした。保存済みのデータを点検して開きました。"
    silent = silence(folder)
    if silent < SILENT_SECONDS:
        raise storage_errors.Locked("heartbeat", holder=found.in_words())
    if not take_over:
        raise storage_errors.LeftOpen(holder=found.in_words(), minutes=int(silent // 60))
    return f"{found.in_words()}の使用を引き継いで開きました。"


def read(folder: Path) -> Holder | None:
    """Return who left a note in the folder, or None."""
    plain = note_files.read_note(folder / FILE_NAME)
    if plain is None:
        return None
    try:
        return Holder(
            name=note_files.text(plain["name"]),
            pc=note_files.text(plain["pc"]),
            pid=note_files.whole_number(plain["pid"]),
            since=note_files.local_time(plain["since"]),
            heartbeat=note_files.local_time(plain["heartbeat"]),
            session=note_files.text(plain["session"]),
        )
    except note_files.MISREAD:
        return None


def silence(folder: Path) -> float:
    """Return for how many seconds the note was not renewed, by the clock of the disk that holds the folder.

    The clocks of two PCs differ; the time stamps of two files on one disk do not.
    """
    probe = folder / f"clock.{secrets.token_hex(4)}{UNFINISHED}"
    try:
        probe.write_bytes(b"")
        return probe.stat().st_mtime - (folder / FILE_NAME).stat().st_mtime
    except FileNotFoundError:
        return float("inf")
    finally:
        with contextlib.suppress(OSError):
            remove(probe)


def _stamp(folder: Path) -> tuple[int, int, int] | None:
    """Return what tells one state of the note from another without reading it."""
    try:
        found = (folder / FILE_NAME).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _write(folder: Path, holder: Holder) -> None:
    plain = asdict(holder) | {"since": holder.since.isoformat(), "heartbeat": holder.heartbeat.isoformat()}
    write_whole(folder / FILE_NAME, json.dumps(plain, ensure_ascii=False).encode())
