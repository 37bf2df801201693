"""The change log outside the database: each committed change once more, encrypted and synced, for a restore."""

from __future__ import annotations

import json
import os
import secrets
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.whole_files import sync_folder

FOLDER_NAME: Final = "changes"
SEGMENT_BYTES: Final = 4 << 20
_HEAD: Final = struct.Struct(">IQ")  # length of nonce + cipher text, number of the change
_NONCE: Final = 12
_LONGEST: Final = 1 << 30


@dataclass(frozen=True)
class Logged:
    """One change as it stands in the log: the journal row, and the shape (migration) it was written under."""

    row: dict[str, Any]
    version: int


@dataclass(frozen=True)
class _Frame:
    seq: int
    start: int
    end: int


class ChangeLog:
    """Appends changes to this session's segment file: one write and one sync for each change.

    ``version`` is the shape (number of migration steps) that the rows are written under.
    """

    def __init__(self, folder: Path, key: bytes, version: int) -> None:
        self._folder = folder / FOLDER_NAME
        self._cipher = AESGCM(key)
        self.version = version
        self._handle: int | None = None
        self._length = 0
        self._waiting: list[Mapping[str, Any]] = []

    def append(self, row: Mapping[str, Any]) -> None:
        """Write one committed journal row, and any that could not be written before.

        The change itself is already safe in the database, so a failure here is remembered (see
        ``waiting``) and tried again with the next change, on closing and on the next opening.
        """
        self._waiting.append(row)
        self.flush()

    @property
    def waiting(self) -> int:
        """How many committed changes could not be written to the log yet (0 = all are there)."""
        return len(self._waiting)

    def flush(self) -> None:
        """Write what is waiting in one piece."""
        if not self._waiting:
            return
        piece = b"".join(self._frame(row) for row in self._waiting)
        try:
            self._write(piece, first=int(self._waiting[0]["seq"]))
        except OSError:
            self._step_back()
            return
        self._waiting.clear()

    def close(self) -> None:
        """Write what is waiting and let go of the segment; a later change starts a new one.

        Called before old segments are removed, so that none is removed while it is written into.
        """
        self.flush()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _frame(self, row: Mapping[str, Any]) -> bytes:
        seq = int(row["seq"])
        plain = json.dumps({"version": self.version, "row": dict(row)}, ensure_ascii=False, separators=(",", ":"))
        nonce = secrets.token_bytes(_NONCE)
        body = nonce + self._cipher.encrypt(nonce, plain.encode(), _bound(seq))
        return _HEAD.pack(len(body), seq) + body

    def _write(self, piece: bytes, *, first: int) -> None:
        if self._handle is None or self._length > SEGMENT_BYTES:
            self._begin(first)
        assert self._handle is not None
        left = memoryview(piece)
        while left:
            left = left[os.write(self._handle, left) :]
        _sync_data(self._handle)
        self._length += len(piece)

    def _begin(self, first: int) -> None:
        """Start a segment; a name of its own, so that a torn one of an earlier session is never written into."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        self._folder.mkdir(exist_ok=True)
        path = self._folder / f"{first:012d}-{secrets.token_hex(3)}.log"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._handle = os.open(path, flags, 0o666)
        self._length = 0
        sync_folder(self._folder)

    def _step_back(self) -> None:
        """Cut off a half-written piece; a segment that cannot be cut is left, its torn end is passed over."""
        if self._handle is None:
            return
        try:
            os.ftruncate(self._handle, self._length)
        except OSError:
            os.close(self._handle)
            self._handle = None


def numbers(folder: Path, *, after: int = 0) -> set[int]:
    """Return the numbers of the changes in the log, from the heads alone (nothing is decrypted).

    With ``after`` only the segments are looked at that usually hold the changes above that number.
    """
    return {frame.seq for path in _recent(folder, after) for frame in _frames(path)}


def segments(folder: Path) -> list[Path]:
    """Return the segment files, oldest first."""
    return sorted((folder / FOLDER_NAME).glob("*.log"))


def read_all(folder: Path, key: bytes, *, after: int = 0) -> tuple[dict[int, Logged], list[str]]:
    """Return the changes numbered above ``after``, and what could not be read (sentences).

    Only changes that can be trusted are returned: a torn or altered one is a finding, unless a
    later segment holds it whole (it was caught up).
    """
    cipher = AESGCM(key)
    found: dict[int, Logged] = {}
    broken: set[int] = set()
    findings: list[str] = []
    for path in segments(folder):
        data = path.read_bytes()
        for frame in _frames(path):
            if frame.seq <= after:
                continue
            logged = _open(cipher, frame, data)
            if logged is None:
                broken.add(frame.seq)
            elif frame.seq in found and found[frame.seq].row["chain"] != logged.row["chain"]:
                findings.append(f"変更の控え {frame.seq} 番が二通りあります。")
            else:
                found.setdefault(frame.seq, logged)
    findings += [f"変更の控え {seq} 番が読めません。" for seq in sorted(broken - set(found))]
    return found, findings


def catch_up(log: ChangeLog, folder: Path, rows: Iterable[Mapping[str, Any]], *, after: int = 0) -> int:
    """Append those journal ``rows`` above ``after`` that the log lacks (a stop between commit and log); return how many."""
    there = numbers(folder, after=after)
    missing = 0
    for row in rows:
        if row["seq"] not in there:
            log.append(row)
            missing += 1
    return missing


def prune(folder: Path, *, floor: int) -> int:
    """Remove the segments whose every change is also in the oldest kept backup (number ``floor``)."""
    removed = 0
    for path in segments(folder):
        held = [frame.seq for frame in _frames(path)]
        if held and max(held) <= floor:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def last(folder: Path, key: bytes, *, after: int = 0) -> Logged | None:
    """Return the change with the highest number above ``after`` that can be read, or None."""
    cipher = AESGCM(key)
    heads = [
        (frame.seq, path, frame) for path in _recent(folder, after) for frame in _frames(path) if frame.seq > after
    ]
    for _, path, frame in sorted(heads, key=lambda head: head[0], reverse=True):
        logged = _open(cipher, frame, path.read_bytes())
        if logged is not None:
            return logged
    return None


def _recent(folder: Path, after: int) -> list[Path]:
    """Return the segments from the one that reaches to number ``after``: years of them lie in a folder."""
    every = segments(folder)
    earlier = [path for path in every if int(path.name.partition("-")[0]) <= after]
    return every[max(len(earlier) - 1, 0) :]


def _frames(path: Path) -> Iterator[_Frame]:
    """Walk the heads of a segment; a torn end ends the walk."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = 0
        while start + _HEAD.size <= size:
            stream.seek(start)
            length, seq = _HEAD.unpack(stream.read(_HEAD.size))
            end = start + _HEAD.size + length
            if length > _LONGEST or end > size:
                return
            yield _Frame(seq=seq, start=start + _HEAD.size, end=end)
            start = end


def _open(cipher: AESGCM, frame: _Frame, data: bytes) -> Logged | None:
    body = data[frame.start : frame.end]
    try:
        plain = json.loads(cipher.decrypt(body[:_NONCE], body[_NONCE:], _bound(frame.seq)))
        return Logged(row=plain["row"], version=int(plain["version"]))
    except (InvalidTag, ValueError, KeyError, TypeError):
        return None


def _bound(seq: int) -> bytes:
    return b"dejikatsu/change/" + str(seq).encode()


def _sync_data(handle: int) -> None:
    """Sync the content; where the system cannot leave the time stamps out, all of it."""
    getattr(os, "fdatasync", os.fsync)(handle)
