"""The write lock, which decides who alone may write in a data folder, by numbered claim files.

File locks are only a first fence: a share may grant every one of them. So a writer claims a number before it
touches the database, reads its own claim after every commit, and whoever takes over continues in a file of a new
name (``docs/decisions/0012``). A claim is written once; ``desks/`` holds the heartbeats, each in a file of its
own.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Literal

import psutil

from db.files import filesystem, presence_files, storage_errors
from db.files.atomic_files import disk_time
from db.files.presence_files import Presence, PresenceFile
from db.record import frozen, record
from db.written_names import declare_written_names

FOLDER_NAME = "seat"
PRESENCE_NAME = presence_files.FOLDER_NAME
PROTOCOL_VERSION = 1
HEARTBEAT_SECONDS = 10
LEASE_SECONDS = 90
SILENT_SECONDS = 180
TRANSFER_SECONDS = 30
"""Seconds of silence during a transfer after which another may take over, since all is written by then."""

SETTLE_SECONDS = 15.0
"""Seconds that a takeover waits before it copies, longer than a share client remembers a missing file."""

CLAIMS_KEPT = 20
SUCCESSOR_SECONDS = 5.0
"""Seconds that a transferred write lock waits for its successor, then for the next in the queue."""

FORGOTTEN_SECONDS = 24 * 60 * 60
_CLOCK_LEAP_SECONDS = 30.0
_NAME = re.compile(r"(\d{6,})\.(claim|done|over)")
_STARTED_WITHIN = 2.0
_LONGEST_NAME = 60

ClaimState = Literal["claim", "done", "over"]
LockState = Literal["free", "held", "left"]


@record
class Claim:
    """The content of a claim (lock number, token of the claimer, who, where, which program, since when).

    ``shape`` is the version of the session protocol that the claimer's program knows: one that knows less stops.
    """

    seat: int
    token: str
    name: str
    pc: str
    machine: str
    pid: int
    started: float
    shape: int
    since: datetime

    def in_words(self, pc: str = "") -> str:
        """Return the claim in words (「田中さん（PC「MADO-01」、9月1日 14:05から）」).

        Args:
            pc: the own PC: a window that was opened on it before is named as such, no other person.
        """
        since = f"{self.since.month}月{self.since.day}日 {self.since:%H:%M}"
        place = "このPCで先に開いた画面" if self.is_of(pc) else f"PC「{self.pc}」"
        return f"{self.name}さん（{place}、{since}から）"

    def is_of(self, pc: str) -> bool:
        """Return whether it was claimed on this machine, the PC of this name."""
        return self.machine == filesystem.machine_id() and self.pc == pc[:_LONGEST_NAME]


_CLAIM_FIELDS = declare_written_names(Claim, "Claim", "seat token name pc machine pid started shape since")
"""The written names of a claim; later fields are left out at their default, as old programs reject them."""


@frozen
class LockStatus:
    """The state of a folder's write lock, with the highest number and its claim (None = unreadable or none).

    ``free``: released, or never taken. ``held``: claimed. ``left``: taken away from somebody, and nobody holds it.
    """

    number: int
    state: LockState
    claim: Claim | None


class _OutdatedClaimList(storage_errors.Locked):
    """The list of claims that this PC was shown is older than another's changes."""


class WriteLock:
    """The write lock of this session; made by ``acquire``.

    Attributes:
        number, token: of the claim.
        copied: True when the data continue in a file of a new name.
        lost: True once somebody took over.
        note: a sentence about how it was acquired, or "".
        presence_file: the presence file of this program.
    """

    def __init__(self, folder: Path, claim: Claim, *, copied: bool, note: str, presence_file: PresenceFile | None):
        self.folder = folder
        self.claim = claim
        # A claim is written once, so its expected content is known from the beginning and compared at every save.
        self._own = _path(folder, claim.seat, "claim")
        self._own_bytes = _claim_bytes(claim)
        self.presence_file = presence_file or PresenceFile(
            folder, Presence(token=claim.token, name=claim.name, pc=claim.pc)
        )
        self.copied = copied
        self.note = note
        self.lost = False
        self.lease_seconds: float = LEASE_SECONDS
        self.monotonic: Callable[[], float] = time.monotonic
        self.wall: Callable[[], float] = time.time
        self._signed = self.monotonic()
        self._signed_wall = self.wall()
        _HELD_TOKENS.add(claim.token)

    @property
    def number(self) -> int:
        """Return the number of this write lock, from 1."""
        return self.claim.seat

    @property
    def token(self) -> str:
        """Return what distinguishes this session from every other."""
        return self.claim.token

    def claimed_at(self) -> float:
        """Return when this write lock was claimed, by the clock of the disk that holds the folder.

        Raises:
            OSError: the claim is gone, or the folder does not answer.
        """
        return self._own.stat().st_mtime

    def confirm(self) -> None:
        """Confirm that the write lock is still held; called after a commit and before 「保存しました」.

        The own claim file is opened and read: the content of an existing file, which no client of a share serves
        outdated. After 90 seconds without a confirmed heartbeat, or a leap of the clock, the heartbeat is renewed
        first.

        Raises:
            WriteLockLost: somebody took over.
            LockUnconfirmed: the folder does not answer; ask again later.
        """
        if self.lost:
            raise storage_errors.WriteLockLost("lost", holder=self._holder())
        if self._lease_is_over():
            self._write_presence()
        self._check_own_claim()

    def send_heartbeat(self) -> None:
        """Write a heartbeat and check that the lock is still held.

        Raises:
            WriteLockLost: somebody took over.
            LockUnconfirmed: the folder does not answer.
        """
        self._write_presence()
        self.confirm()

    def set_display_name(self, name: str) -> None:
        """Show colleagues this display name instead of the login ID."""
        with contextlib.suppress(storage_errors.LockUnconfirmed):
            self._write_presence(name=name[: presence_files.MAX_NAME_LENGTH])

    def update_presence(self, **changes: object) -> None:
        """Write a heartbeat with changed fields in the presence file (the queue, what keeps the lock).

        Raises:
            LockUnconfirmed: the folder does not answer.
        """
        self._write_presence(**changes)

    def release(self) -> None:
        """Release the write lock when the database is closed; the next holder continues in the same file."""
        self.abandon()
        if not self.lost:
            with contextlib.suppress(OSError):
                self._end_claim()
        self.presence_file.remove()

    def transfer(self, successor: str, *, seq: int, chain: str, copy: str, queue: tuple[str, ...]) -> None:
        """Transfer the write lock to a colleague, once everything is written, logged, published and closed.

        The claim is ended before the successor is informed, who may claim at once.

        Args:
            successor: the token of who may follow ("" = anybody).
            seq, chain: the head of the journal.
            copy: the name of the published copy.
            queue: who waits after that one.

        Raises:
            WriteLockLost: somebody took over meanwhile.
            LockUnconfirmed: the folder does not answer.
        """
        try:
            if not self._end_claim():
                self.lost = True
                raise storage_errors.WriteLockLost("claim gone", holder=self._holder())
            filesystem.sync_folder(self.folder / FOLDER_NAME)
        except OSError as error:
            raise storage_errors.LockUnconfirmed(f"{type(error).__name__}: {error.errno}") from error
        self.abandon()
        self.presence_file.write(
            mode="READING",
            seat=0,
            given=self.number,
            given_to=successor,
            seq=seq,
            chain=chain,
            copy=copy,
            queue=queue,
            holds="",
        )

    def _end_claim(self) -> bool:
        """Mark the own claim as released, once; return False when it no longer exists."""
        own = _path(self.folder, self.number, "claim")
        if _read_claim(own) != self.claim:
            return _read_claim(_path(self.folder, self.number, "done")) == self.claim
        filesystem.replace(own, _path(self.folder, self.number, "done"))
        return True

    def abandon(self) -> None:
        """Give up the lock in this process only; the files stay, as after a stop of the program."""
        _HELD_TOKENS.discard(self.token)

    def remove_old_files(self, *, file_number: int, kept_tokens: frozenset[str] = frozenset()) -> None:
        """Remove outdated claims (twenty numbers back) and presence files (a day old).

        Args:
            file_number: of the database file; takeovers since then stay on record.
            kept_tokens: tokens whose presence files stay.

        Raises:
            OSError: the folder cannot be read.
        """
        for number, path in _claims(self.folder):
            if number < self.number - CLAIMS_KEPT and (path.suffix != ".over" or number < file_number):
                with contextlib.suppress(OSError):
                    filesystem.remove(path)
        ground = self.folder / PRESENCE_NAME
        now = disk_time(ground)
        for path in ground.iterdir():
            with contextlib.suppress(OSError):
                if path.stem not in (self.token, *kept_tokens) and now - path.lstat().st_mtime > FORGOTTEN_SECONDS:
                    filesystem.remove(path)

    def _check_own_claim(self) -> None:
        """Read the own claim file.

        Raises:
            WriteLockLost: it is gone or replaced.
            LockUnconfirmed: the folder does not answer.
        """
        try:
            found = self._own.read_bytes()
        except FileNotFoundError:
            if not self._own.parent.is_dir():  # a share that is gone also says "not found"
                raise storage_errors.LockUnconfirmed("seat folder gone") from None
            found = b""
        except OSError as error:
            raise storage_errors.LockUnconfirmed(f"{type(error).__name__}: {error.errno}") from error
        if found != self._own_bytes:
            self.lost = True
            raise storage_errors.WriteLockLost("claim gone", holder=self._holder())

    def _lease_is_over(self) -> bool:
        """Return whether the last confirmed heartbeat is too old, or a clock has leapt since."""
        waited = self.monotonic() - self._signed
        leapt = abs((self.wall() - self._signed_wall) - waited) > _CLOCK_LEAP_SECONDS
        return waited > self.lease_seconds or leapt

    def _write_presence(self, **changes: object) -> None:
        """Write the heartbeat into the own presence file, in place, and read it back."""
        asked = (
            self.presence_file.presence.mode if self.presence_file.presence.mode in ("ASKED", "HANDING") else "WORKING"
        )
        self.presence_file.write(
            **{"mode": asked, "seat": self.number, "asks": 0, "given": 0, "given_to": "", **changes}
        )
        self._signed, self._signed_wall = self.monotonic(), self.wall()

    def _holder(self) -> str:
        """Return in words who else has claimed the write lock, "" where nobody has or it is unknown."""
        with contextlib.suppress(OSError):
            found = read_lock_status(self.folder)
            if found.claim is not None and found.claim.token != self.token:
                return found.claim.in_words()
        return ""


_HELD_TOKENS: set[str] = set()
"""Tokens of write locks that this process holds; a claim with the same process id may be a dead one's."""


def start_numbering(folder: Path, number: int) -> None:
    """Record in a new folder that write locks up to ``number`` were released, so that nobody is waited for.

    Raises:
        OSError: no room, no right.
    """
    filesystem.make_folders(folder / FOLDER_NAME)
    filesystem.create_exclusive(_path(folder, number, "done"), b"")


def read_lock_status(folder: Path) -> LockStatus:
    """Return the state of the write lock of ``folder``; nothing is written.

    Raises:
        OSError: the folder cannot be read.
    """
    found = dict(sorted(_claims(folder), key=_state_order))
    if not found:
        return LockStatus(0, "free", None)
    number = max(found)
    path = found[number]
    claim = _read_claim(path)
    if path.suffix == ".claim":
        return LockStatus(number, "held", _with_display_name(folder, claim))
    return LockStatus(number, "free" if path.suffix == ".done" else "left", claim)


def was_never_claimed(folder: Path, number: int) -> bool:
    """Return whether a lock number was never claimed, by the list of claims and by the server.

    Raises:
        OSError: the folder cannot be read.
    """
    known = [found for found, _ in _claims(folder)]
    if not known or number in known or number < min(known):
        return False
    try:
        _check_claim_list(folder, number, ("claim", "done", "over"))
    except _OutdatedClaimList:
        return False
    return True


def silence_limit(presence: Presence | None) -> float:
    """Return after how many seconds without a heartbeat the holder counts as silent.

    Sooner for one that stopped during a transfer: whatever it had reported is confirmed before the transfer
    begins, and the taker waits and copies as after any takeover.
    """
    return TRANSFER_SECONDS if presence is not None and presence.mode == "HANDING" else SILENT_SECONDS


def seconds_silent(folder: Path, claim: Claim | None, number: int) -> float:
    """Return for how many seconds a holder gave no heartbeat, by the clock of the folder's disk.

    The clocks of two PCs differ; the time stamps of two files on one disk do not. A stamp in the future (the
    server's clock was put back) counts from when this program first saw that heartbeat.
    """
    signs = [
        _path(folder, number, "claim"),
        *([presence_files.path_of(folder, claim.token)] if claim is not None else []),
    ]
    stamps = []
    for path in signs:
        with contextlib.suppress(OSError):
            stamps.append(path.stat().st_mtime)
    if not stamps:
        return float("inf")
    newest = max(stamps)
    first_seen = _FIRST_SEEN.setdefault((str(folder), number, newest), time.monotonic())
    return max(disk_time(folder / FOLDER_NAME) - newest, time.monotonic() - first_seen)


_FIRST_SEEN: dict[tuple[str, int, float], float] = {}


def acquire(
    folder: Path,
    *,
    name: str,
    pc: str,
    now: datetime,
    file_number: int = 0,
    known_number: int = 0,
    take_over: bool = False,
    settle_seconds: float = SETTLE_SECONDS,
    presence_file: PresenceFile | None = None,
    after: int | None = None,
) -> WriteLock:
    """Claim the next write lock, before the database is touched.

    Where the data must continue in a new file (``WriteLock.copied``) it has waited; the caller makes that file.

    Args:
        name: the login ID.
        file_number: the number in the name of the database file.
        known_number: the highest number in any name of the folder.
        take_over: the person agreed to take over from somebody silent.
        settle_seconds: seconds to wait, before the data are copied.
        presence_file: of a session that has been reading.
        after: only this lock number, released, may be followed.

    Raises:
        Locked: somebody holds it.
        HolderSilent: the holder is silent, ask first.
        NewerData: a newer program's folder.
        ExclusiveCreateFailed: the file system cannot decide between two.
        OSError: no room, no right.
    """
    filesystem.make_folders(folder / FOLDER_NAME)
    filesystem.make_folders(folder / PRESENCE_NAME)

    def once() -> WriteLock:
        """Try once to acquire the lock."""
        return _acquire_once(
            folder,
            name,
            pc,
            now,
            file_number=file_number,
            known_number=known_number,
            take_over=take_over,
            presence_file=presence_file,
            after=after,
        )

    try:
        seat = once()
    except _OutdatedClaimList:
        disk_time(folder / FOLDER_NAME)  # changing the folder makes the client read it again
        seat = once()
    with contextlib.suppress(storage_errors.LockUnconfirmed):
        seat.set_display_name(name)
    if seat.copied:
        # Also when another taker failed on the way: then nobody waited yet for the one who was taken over.
        time.sleep(settle_seconds)
    return seat


def _acquire_once(
    folder: Path,
    name: str,
    pc: str,
    now: datetime,
    *,
    file_number: int,
    known_number: int,
    take_over: bool,
    presence_file: PresenceFile | None,
    after: int | None,
) -> WriteLock:
    """Try once to acquire the lock; raises where somebody else holds it."""
    standing = read_lock_status(folder)
    token = presence_file.presence.token if presence_file is not None else secrets.token_hex(8)
    if after is not None and (standing.number, standing.state) != (after, "free"):
        raise storage_errors.Locked("another seat", holder=standing.claim.in_words() if standing.claim else "")
    if after is None and standing.state == "free":
        _check_not_transferred(folder, standing.number, token)
    if standing.claim is not None and standing.claim.shape > PROTOCOL_VERSION:
        raise storage_errors.NewerData(f"shape {standing.claim.shape}, known {PROTOCOL_VERSION}")
    note = _end_other_claim(folder, standing, pc=pc, take_over=take_over) if standing.state == "held" else ""
    number = max(standing.number, known_number)
    if known_number > standing.number:
        _check_claim_list(folder, known_number, ("claim", "done", "over"))
    # Whoever was taken over may still write into the old file. Where a number is known and no claim exists,
    # somebody deleted it, which proves nothing about its writer.
    copied = _was_taken_over_since(folder, file_number) or known_number > standing.number
    claim = Claim(
        seat=number + 1,
        token=token,
        name=name[:_LONGEST_NAME],
        pc=pc[:_LONGEST_NAME],
        machine=filesystem.machine_id(),
        pid=os.getpid(),
        started=_own_start(),
        shape=PROTOCOL_VERSION,
        since=now,
    )
    _create_claim(folder, claim)
    return WriteLock(folder, claim, copied=copied, note=note, presence_file=presence_file)


def _check_not_transferred(folder: Path, number: int, token: str) -> None:
    """Raise while the last write lock was just transferred to another waiting person than ``token``.

    Raises:
        Locked: it was, less than five seconds ago by the clock of the folder.
    """
    for sign in presence_files.read_all(folder):
        if sign.given == number and sign.given_to not in ("", token):
            with contextlib.suppress(OSError):
                age = disk_time(folder / PRESENCE_NAME) - presence_files.path_of(folder, sign.token).stat().st_mtime
                if abs(age) < SUCCESSOR_SECONDS and presence_files.read(folder, sign.given_to) is not None:
                    raise storage_errors.Locked("given to another")


def check_free(folder: Path, *, pc: str) -> None:
    """Raise when somebody holds the write lock; used by read-only work.

    Raises:
        Locked: with the holder's name. Not where the holder's program is proven to have ended, nor where the lock was
            taken away and nobody holds it.
        OSError: the folder cannot be read.
    """
    standing = read_lock_status(folder)
    if standing.state == "held" and not _is_proven_dead(standing.claim, pc):
        raise _held("seat held", standing.claim, pc)


def _held(details: str, claim: Claim | None, pc: str) -> storage_errors.Locked:
    if claim is None:
        return storage_errors.Locked(details)
    todo = storage_errors.OPEN_HERE_TODO if claim.is_of(pc) else ""
    return storage_errors.Locked(details, holder=claim.in_words(pc), todo=todo)


def _end_other_claim(folder: Path, status: LockStatus, *, pc: str, take_over: bool) -> str:
    """End another's claim, as released if proven dead, else as taken over; return a message.

    Raises:
        Locked: its program still gives a heartbeat.
        HolderSilent: it is silent, and nobody agreed to take over.
    """
    claim, number = status.claim, status.number
    holder = claim.in_words(pc) if claim is not None else ""
    dead = _is_proven_dead(claim, pc)
    if not dead:
        silent = seconds_silent(folder, claim, number)
        sign = presence_files.read(folder, claim.token) if claim is not None else None
        if silent < silence_limit(sign):
            raise _held("sign of life", claim, pc)
        if not take_over:
            raise storage_errors.HolderSilent(holder=holder or "だれか", minutes=int(min(silent, 10**9) // 60))
    try:
        filesystem.replace(_path(folder, number, "claim"), _path(folder, number, "done" if dead else "over"))
        filesystem.sync_folder(folder / FOLDER_NAME)
    except FileNotFoundError as error:
        raise storage_errors.Locked("another was first") from error
    if dead and claim is not None:
        since = f"{claim.since:%m/%d %H:%M}"
        return f"前回（{since}から）は正しく閉じられていませんでした。保存済みのデータを点検して開きました。"
    return f"{holder or 'だれか'}の使用を引き継いで開きました。"


def _was_taken_over_since(folder: Path, number: int) -> bool:
    return any(path.suffix == ".over" and found >= number for found, path in _claims(folder))


def _create_claim(folder: Path, claim: Claim) -> None:
    """Create the claim file, where the server decides who is first, and verify it; raises Locked if another was."""
    path = _path(folder, claim.seat, "claim")
    try:
        filesystem.create_exclusive(path, _claim_bytes(claim))
    except FileExistsError as error:
        first = _read_claim(path)
        raise storage_errors.Locked("another was first", holder=first.in_words() if first else "") from error
    filesystem.sync_folder(path.parent)
    try:
        filesystem.create_exclusive(path, b"")
    except FileExistsError:
        if _read_claim(path) == claim:
            try:
                _check_claim_list(folder, claim.seat, ("done", "over"))
            except _OutdatedClaimList:
                filesystem.remove(path)
                raise
            return
    raise storage_errors.ExclusiveCreateFailed("claim")


def _check_claim_list(folder: Path, number: int, states: tuple[ClaimState, ...]) -> None:
    """Ask the server for claims that may be missing in its list, which share clients cache for seconds.

    In that time somebody can come and go, and the next one can claim already.

    Raises:
        _OutdatedClaimList: one of them exists.
    """
    for state in states:
        with contextlib.suppress(FileNotFoundError):
            _path(folder, number, state).open("rb").close()
            raise _OutdatedClaimList("old list")


def _is_proven_dead(claim: Claim | None, pc: str) -> bool:
    """Return whether the program behind a claim ran on this machine and has ended; False if unknown."""
    if claim is None or not claim.is_of(pc):
        return False
    if claim.pid == os.getpid():
        return claim.token not in _HELD_TOKENS
    try:
        process = psutil.Process(claim.pid)
        same = abs(process.create_time() - claim.started) < _STARTED_WITHIN
        # Another program may have the number by now. One of ours only looks younger when the clock was put right.
        ours = same or _program(process) == _program(psutil.Process())
        return not ours or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
    except (psutil.Error, OSError):
        # it exists and may not be examined; on Windows psutil lets some errors through
        return False


def _program(process: psutil.Process) -> str:
    """Return which program a process runs; window and commands of the packed one are two of its files."""
    return str(process.exe()).replace("-command", "")


def _own_start() -> float:
    """Return when this process started, in seconds since 1970."""
    return float(psutil.Process().create_time())


def _path(folder: Path, number: int, state: ClaimState) -> Path:
    return folder / FOLDER_NAME / f"{number:06d}.{state}"


def _claims(folder: Path) -> list[tuple[int, Path]]:
    """Return the claim files of a folder as (lock number, path); none without our folder in it."""
    ground = folder / FOLDER_NAME
    if not ground.is_dir():
        return []
    return [(int(name.group(1)), path) for path in ground.iterdir() if (name := _NAME.fullmatch(path.name))]


def _state_order(found: tuple[int, Path]) -> tuple[int, int]:
    """Return the sort key of a claim state, so that of two for one number the later counts."""
    number, path = found
    return number, [".claim", ".done", ".over"].index(path.suffix)


def _claim_bytes(claim: Claim) -> bytes:
    return presence_files.sealed_line(
        _CLAIM_FIELDS.values(claim) | {_CLAIM_FIELDS.names["since"]: claim.since.isoformat()}
    )


def _read_claim(path: Path) -> Claim | None:
    """Return the claim in a file, None where it is missing, damaged or not valid."""
    plain = presence_files.read_sealed_file(path)
    try:
        if plain is None:
            return None
        own = _CLAIM_FIELDS.to_source(plain)
        return Claim(**{**own, "since": datetime.fromisoformat(own["since"])})
    except (KeyError, TypeError, ValueError):
        return None


def _with_display_name(folder: Path, claim: Claim | None) -> Claim | None:
    """Return a claim with the display name from its presence file, if that holds one; None stays None."""
    if claim is None:
        return None
    shown = presence_files.read(folder, claim.token)
    return replace(claim, name=shown.name) if shown is not None and shown.name else claim
