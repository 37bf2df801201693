"""The change log outside the database, which keeps each committed change encrypted for a restore."""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.files.atomic_files import write_atomic
from db.files.filesystem import make_folders, remove, sync_folder
from db.journal import SCHEMA_SUBJECT
from db.record import frozen

FOLDER_NAME = "changes"
SEGMENT_BYTES = 4 << 20
_HEAD = struct.Struct(">IQ")  # length of nonce + cipher text, number of the change
_NONCE = 12
_LONGEST = 1 << 30
_MOST = 1 << 20  # more changes than any segment holds
_PLAUSIBLE = 10_000
LogKeys = bytes | tuple[bytes, ...]
"""The current key of the log, or it and the earlier ones, newest first; a frame may use any of them."""
_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_NAME = re.compile(r"[0-9]{12,15}(-[0-9]{6,})?-[0-9a-f]+\.log")


@frozen
class LoggedChange:
    """One change in the log, with its journal row and the schema version it was written under."""

    row: dict[str, Any]
    version: int

    @property
    def lock_number(self) -> int:
        """Return the number of the write lock that wrote it, 0 from before locks were numbered."""
        return int(self.row.get("seat") or 0)


@frozen
class _Frame:
    """Where a change stands in the log."""

    seq: int
    start: int
    end: int


@frozen
class _SegmentContents:
    """The changes of a segment, and the number of the one that is cut off at its end (None = complete).

    The last frame of a torn segment is the cut one: with the right key it opens when only its length was wrong.
    """

    frames: tuple[_Frame, ...]
    torn: int | None


@dataclass
class _ReadResult:
    """What was read of the log above a change number, with sentences on contradictions (``findings``).

    ``found`` are the changes and ``broken`` the altered ones, by number; ``torn`` are the numbers at which a segment
    breaks off, ``unread`` the names of segments that cannot be read now.
    """

    found: dict[int, LoggedChange] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)
    torn: set[int] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    def add(self, seq: int, logged: LoggedChange | None) -> None:
        """Keep one change, or that it was unreadable; of two write locks the later one counts."""
        earlier = self.found.get(seq)
        if logged is None:
            self.broken.add(seq)
        elif earlier is None or earlier.lock_number < logged.lock_number:
            self.found[seq] = logged
        elif earlier.lock_number == logged.lock_number and earlier.row["chain"] != logged.row["chain"]:
            self.findings.append(f"変更の控え {seq} 番が二通りあります。")


class ChangeLog:
    """Appends changes to this session's segment file, with one write and one sync for each change.

    ``version`` is the schema version of the rows; ``lock_number`` is part of the file names.
    """

    def __init__(self, folder: Path, key: LogKeys, version: int, *, lock_number: int = 0):
        self._seat = lock_number
        self._folder = folder / FOLDER_NAME
        self._cipher = _Cipher(key)
        self.version = version
        self._handle: int | None = None
        self._path: Path | None = None
        self._length = 0
        self._waiting: list[Mapping[str, Any]] = []

    def append(self, row: Mapping[str, Any]) -> None:
        """Write one committed journal row, and any that could not be written before.

        The change itself is already safe in the database, so a failure here is remembered (see
        ``pending_count``) and tried again with the next change, on closing and on the next opening.
        """
        self._waiting.append(row)
        self.flush()

    @property
    def pending_count(self) -> int:
        """Return how many committed changes could not yet be written to the log."""
        return len(self._waiting)

    def flush(self) -> None:
        """Write all pending changes at once; they stay pending where the file can't be written."""
        if not self._waiting:
            return
        piece = b"".join(map(self._frame, self._waiting))
        try:
            self._write(piece, first=int(self._waiting[0]["seq"]))
        except OSError:
            self._cut_partial_write()
            return
        self._waiting.clear()

    def close(self) -> None:
        """Write pending changes and close the segment; a later change starts a new one.

        Called before old segments are removed, so that none is removed while it is being written.
        """
        self.flush()
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def readable_numbers(self, folder: Path, *, after: int) -> set[int]:
        """Return the numbers above ``after`` that this log's key reads in ``folder``."""
        return set(_read(self._cipher, folder, after=after).found)

    def repair(self, path: Path, rows_after: Callable[[int], Iterable[Mapping[str, Any]]]) -> list[int]:
        """Write a partly unreadable segment anew; return the numbers of the changes taken from the journal.

        Nothing is written where every change is readable. Readable changes are copied as they are, those of other
        write locks too. The number in an altered head is not trusted: whatever no segment holds from this one's first
        number on comes from the journal. A change that the journal lacks is left out; it was never reported as saved.

        Args:
            path: one of ``segments``; the one being written now is left alone.
            rows_after: the journal's rows above a number, in order; called only where something is lost.

        Raises:
            OSError: no room or no right; the segment is then as it was.
        """
        if self._handle is not None and path == self._path:
            return []
        data, first = path.read_bytes(), _first_number_of(path)
        opened = [_decrypt_frame(self._cipher, frame, data) for frame in _walk(self._cipher, data, first).frames]
        whole = [logged for logged in opened if logged is not None]
        if len(whole) == len(opened):
            return []
        rows = list(rows_after(first - 1))
        # A change does not say its schema version; within a segment it is the same for all, since a migration is a
        # change itself.
        if not whole and any(row["subject"] == SCHEMA_SUBJECT and row["seq"] > first for row in rows):
            return []
        there = self.readable_numbers(path.parent.parent, after=first - 1)
        lost = [row for row in rows if row["seq"] not in there]
        pieces: list[tuple[int, Mapping[str, Any], int]] = [
            (int(one.row["seq"]), one.row, one.version) for one in whole
        ]
        for row in lost:
            near = [one.version for one in whole if one.row["seq"] < row["seq"]] or [one.version for one in whole[:1]]
            pieces.append((int(row["seq"]), row, near[-1] if near else self.version))
        if pieces:
            name, _, _ = path.name.rpartition("-")
            frames = [self._frame(row, version) for _, row, version in sorted(pieces, key=lambda one: one[0])]
            write_atomic(path.with_name(f"{name}-{secrets.token_hex(3)}.log"), b"".join(frames))
        remove(path, missing_ok=True)
        return [int(row["seq"]) for row in lost]

    def rewrite(self, folder: Path, rows: Mapping[int, Mapping[str, Any]]) -> None:
        """Write each segment anew whose changes differ from the journal or use an earlier key.

        This is so after an erasing or a change of the data key. A change that cannot be read comes from the
        journal, since its text might still be deciphered without its tag. One whose chain link differs was
        left behind by a lower write lock and reported already, so it is dropped. Each new segment is written
        before the old one is removed; both lying there does no harm.

        Args:
            rows: the journal's rows by number.

        Raises:
            OSError: a segment is held, or there is no room; those before it are done.
        """
        self.close()
        for path in segments(folder):
            data, first = path.read_bytes(), _first_number_of(path)
            frames = _walk(self._cipher, data, first).frames
            opened = [(frame.seq, _decrypt_frame(self._cipher, frame, data)) for frame in frames]
            kept = []
            version = next((one.version for _, one in opened if one is not None), None)
            for seq, logged in opened:
                row = rows.get(seq)
                if row is not None and logged is not None:  # a row of an older schema has fewer columns
                    row = {name: row[name] for name in logged.row if name in row}
                version = logged.version if logged is not None else version
                if row is not None and version is not None and (logged is None or logged.row["chain"] == row["chain"]):
                    kept.append((row, version))
            as_it_is = [(one.row, one.version) for _, one in opened if one is not None]
            in_force = all(self._cipher.is_under_current_key(data[one.start : one.end], one.seq) for one in frames)
            if len(kept) == len(opened) and kept == as_it_is and in_force:
                continue
            if kept:
                name, _, _ = path.name.rpartition("-")
                pieces = [self._frame(row, version) for row, version in kept]
                write_atomic(path.with_name(f"{name}-{secrets.token_hex(3)}.log"), b"".join(pieces))
            remove(path, missing_ok=True)
            sync_folder(path.parent)

    def _frame(self, row: Mapping[str, Any], version: int | None = None) -> bytes:
        seq = int(row["seq"])
        plain = _as_json({"version": self.version if version is None else version, "row": dict(row)})
        nonce = secrets.token_bytes(_NONCE)
        body = nonce + self._cipher.encrypt(nonce, plain.encode(), _associated_data(seq))
        return _HEAD.pack(len(body), seq) + body

    def _write(self, piece: bytes, *, first: int) -> None:
        """Write a piece to the log, in a new segment where the last is full."""
        if self._handle is None or self._length > SEGMENT_BYTES:
            self._begin_segment(first)
        assert self._handle is not None
        left = memoryview(piece)
        while left:
            left = left[os.write(self._handle, left) :]
        _sync_data(self._handle)
        self._length += len(piece)

    def _begin_segment(self, first: int) -> None:
        """Start a segment under a new name, so that a torn one of an earlier session is never appended to."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        make_folders(self._folder)
        path = self._folder / f"{first:012d}-{self._seat:06d}-{secrets.token_hex(3)}.log"
        self._path = path
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | getattr(os, "O_BINARY", 0)
        self._handle = os.open(path, flags, 0o666)
        self._length = 0
        sync_folder(self._folder)

    def _cut_partial_write(self) -> None:
        """Cut off a partial write of this session at the end of the segment.

        Where that fails the segment is closed: the next write begins a new one, and readers skip the torn end.
        """
        if self._handle is None:
            return
        try:
            os.ftruncate(self._handle, self._length)
        except OSError:
            os.close(self._handle)
            self._handle = None


class _Cipher:
    """Encrypts with the current key and decrypts with any key it has."""

    def __init__(self, key: LogKeys):
        self._every = [AESGCM(one) for one in ((key,) if isinstance(key, bytes) else key)]

    def encrypt(self, nonce: bytes, plain: bytes, associated_data: bytes) -> bytes:
        """Encrypt with the newest key."""
        return self._every[0].encrypt(nonce, plain, associated_data)

    def decrypt(self, nonce: bytes, ciphertext: bytes, associated_data: bytes) -> bytes:
        """Return the plain text.

        Raises:
            InvalidTag: no key opens it.
        """
        for one in self._every[:-1]:
            with contextlib.suppress(InvalidTag):
                return one.decrypt(nonce, ciphertext, associated_data)
        return self._every[-1].decrypt(nonce, ciphertext, associated_data)

    def is_under_current_key(self, body: bytes, seq: int) -> bool:
        """Return whether a change is encrypted with the current key (always so where there is only one)."""
        if len(self._every) == 1:
            return True
        try:
            self._every[0].decrypt(body[:_NONCE], body[_NONCE:], _associated_data(seq))
        except (InvalidTag, ValueError):
            return False
        return True


def segments(folder: Path) -> list[Path]:
    """Return the segment files, oldest first; [] if the folder cannot be read."""
    try:
        return sorted(path for path in (folder / FOLDER_NAME).iterdir() if _NAME.fullmatch(path.name))
    except OSError:
        return []


def read_all(
    folder: Path, key: LogKeys, *, after: int = 0, newest: int | None = None, unreadable: list[str] | None = None
) -> tuple[dict[int, LoggedChange], list[str]]:
    """Return the changes numbered above ``after``, and sentences on what could not be read.

    A torn or altered change is not returned but a finding, unless a later segment holds it whole. A wrong
    length loses only its own change.

    Args:
        newest: the last change of the database; that one may be torn by a stop between commit and log.
        unreadable: gets the segments that cannot be read now; without it they are findings.
    """
    read = _read(_Cipher(key), folder, after=after)
    unread = [f"変更の控え（{name}）" for name in read.unread]
    findings = list(read.findings)
    if unreadable is not None:
        unreadable += unread
    else:
        findings += [f"{words}を読めません。" for words in unread]
    torn = read.torn - {*read.found, newest}
    findings += [f"変更の控え {seq} 番が読めません。" for seq in sorted(read.broken - read.torn - set(read.found))]
    findings += [f"変更の控えが、{seq} 番の途中で切れています。" for seq in sorted(torn)]
    return read.found, findings


def highest_written(folder: Path, key: LogKeys, *, after: int, lock_number: int = 0) -> int:
    """Return the highest change number above ``after`` in the log, readable or not (0 = none).

    The numbers of unreadable changes are not proved: one far off counts as a single change.

    Args:
        lock_number: changes of lower write locks do not count.
    """
    read = _read(_Cipher(key), folder, after=after)
    spoken = [number for number, logged in read.found.items() if logged.lock_number >= lock_number]
    known = max(
        [0, *spoken, *(_first_number_of(path) for path in segments(folder) if _lock_number_of(path) >= lock_number)]
    )
    for seq in sorted({*read.broken, *read.torn}):
        known = max(known, seq if seq <= known + _PLAUSIBLE else known + 1)
    return known


def catch_up(log: ChangeLog, folder: Path, rows: Iterable[Mapping[str, Any]], *, after: int = 0) -> int:
    """Append the journal ``rows`` above ``after`` that the log lacks or cannot read; return how many."""
    there = log.readable_numbers(folder, after=after)
    missing = 0
    for row in rows:
        if row["seq"] not in there:
            log.append(row)
            missing += 1
    return missing


def prune_segments(folder: Path, key: LogKeys, *, floor: int) -> int:
    """Remove segments whose every change is in the oldest kept backup (up to number ``floor``); return how many."""
    cipher = _Cipher(key)
    removed = 0
    for path in segments(folder):
        if _first_number_of(path) > floor:  # years of them lie in a folder: only those that may go are read
            continue
        with contextlib.suppress(OSError):  # another program has it open; it is removed another day
            walked = _walk(cipher, path.read_bytes(), _first_number_of(path))
            if walked.frames and max(walked.torn or 0, *(frame.seq for frame in walked.frames)) <= floor:
                remove(path, missing_ok=True)
                removed += 1
    return removed


def last_change(folder: Path, key: LogKeys, *, after: int = 0, lock_number: int = 0) -> LoggedChange | None:
    """Return the newest change above ``after`` of write lock ``lock_number`` or a later one, or None."""
    found, _ = read_all(folder, key, after=after)
    spoken = [number for number, logged in found.items() if logged.lock_number >= lock_number]
    return found[max(spoken)] if spoken else None


def _read(cipher: _Cipher, folder: Path, *, after: int) -> _ReadResult:
    """Read every change above ``after`` in the log, and what of it is unreadable."""
    read = _ReadResult()
    for path in _recent(folder, after):
        try:
            data = path.read_bytes()
        except OSError:
            read.unread.append(path.name)
            continue
        walked = _walk(cipher, data, _first_number_of(path))
        for frame in walked.frames:
            if frame.seq > after:
                read.add(frame.seq, _decrypt_frame(cipher, frame, data))
        if walked.torn is not None and walked.torn > after:
            read.torn.add(walked.torn)
    return read


def _recent(folder: Path, after: int) -> list[Path]:
    """Return the segments that may hold numbers above ``after``, since a folder holds years of them."""
    every = segments(folder)
    earlier = [path for path in every if _first_number_of(path) <= after]
    return every[max(len(earlier) - 1, 0) :]


def _first_number_of(path: Path) -> int:
    return int(path.name.partition("-")[0])


def _lock_number_of(path: Path) -> int:
    """Return the lock number in a segment's name, 0 for one from before locks were numbered."""
    parts = path.name.split("-")
    return int(parts[1]) if len(parts) > 2 else 0


def _walk(cipher: _Cipher, data: bytes, first: int) -> _SegmentContents:
    """Parse a segment that begins at number ``first`` frame by frame.

    Where a head is impossible, or none can follow a change, decryption shows which of the two heads is wrong;
    the change of a wrong head ends where the next possible head begins, so that one altered head loses no
    other change.
    """
    frames = []
    start, seq = 0, first - 1
    while start < len(data):
        here = _head(data, start, first)
        if here is not None:
            end = start + _HEAD.size + here[0]
            frame = _Frame(seq=here[1], start=start + _HEAD.size, end=end)
            follows = end == len(data) or _head(data, end, first, whole=False) is not None
            if follows or _decrypt_frame(cipher, frame, data) is not None:
                frames.append(frame)
                start, seq = end, frame.seq
                continue
        seq = _number_at(data, start, first) or seq + 1
        following = _next_head(data, start + 1, first)
        frames.append(_Frame(seq=seq, start=start + _HEAD.size, end=following or len(data)))
        if following is None:
            return _SegmentContents(tuple(frames), torn=seq)
        start = following
    return _SegmentContents(tuple(frames), torn=None)


def _head(data: bytes, start: int, first: int, *, whole: bool = True) -> tuple[int, int] | None:
    """Return length and number of the head at ``start``, or None when they are impossible.

    Args:
        whole: the frame must be complete; otherwise it may be cut off.
    """
    if start + _HEAD.size > len(data):
        return None
    length, seq = _HEAD.unpack_from(data, start)
    if not _NONCE < length <= _LONGEST or not first <= seq < first + _MOST:
        return None
    return None if whole and start + _HEAD.size + length > len(data) else (length, seq)


def _number_at(data: bytes, start: int, first: int) -> int | None:
    """Return the number in a head whose length is wrong, or None when it is impossible."""
    if start + _HEAD.size > len(data):
        return None
    seq = int(_HEAD.unpack_from(data, start)[1])
    return seq if first <= seq < first + _MOST else None


def _next_head(data: bytes, start: int, first: int) -> int | None:
    """Return where the next head begins, by the leading bytes that all numbers of a segment share, or None."""
    lead = first.to_bytes(8, "big")[:5]
    at = data.find(lead, start + 4)
    while at >= 0:
        if _head(data, at - 4, first) is not None:
            return at - 4
        at = data.find(lead, at + 1)
    return None


def _decrypt_frame(cipher: _Cipher, frame: _Frame, data: bytes) -> LoggedChange | None:
    body = data[frame.start : frame.end]
    try:
        plain = json.loads(cipher.decrypt(body[:_NONCE], body[_NONCE:], _associated_data(frame.seq)))
        return LoggedChange(row=plain["row"], version=int(plain["version"]))
    except (InvalidTag, ValueError, KeyError, TypeError):
        return None


def _associated_data(seq: int) -> bytes:
    """Return what the encryption of a change is bound to: its number."""
    return b"dejikatsu/change/" + str(seq).encode()


def _sync_data(handle: int) -> None:
    """Sync the file's data without time stamps where the system can, else all of it."""
    getattr(os, "fdatasync", os.fsync)(handle)
