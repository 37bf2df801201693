"""The write lock between two or more PCs: who writes, who waits, and how the lock is transferred.

One person writes at a time. The others read the published copy, request the lock through their presence files, and get
it within seconds when the holder transfers it, closes, or has been idle for a while (``docs/decisions/0020``).
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.data_folder.services import data_folder, failed_logins
from app.data_folder.services.data_folder import OpenedFolder, this_pc
from app.data_folder.services.lock_acquisition import acquire_lock
from app.data_folder.services.rights import check_may_write
from db import write_lock
from db.backups import copies
from db.files import presence_files, storage_errors
from db.files.presence_files import HoldReason, Presence, PresenceFile
from db.record import frozen, record
from db.store import Store
from db.tables import accounts, journal
from db.write_lock import WriteLock

POLL_SECONDS = 2.0
WAITING_POLL_SECONDS = 1.0
IDLE_SECONDS = 180.0
EXTENSION_SECONDS = 600.0
WARN_SECONDS = 30.0
WAITED_FACT = "waited_for_the_seat"
RETENTION_DAYS = 62
LONG_WAIT_MINUTES = 30
"""Minutes of waiting in one day beyond which a shared folder is no longer adequate (``docs/decisions/0020``)."""


@record
class WaitingPerson:
    """Somebody who waits for the lock: token and display name."""

    token: str
    name: str


@record
class ReaderStatus:
    """The state of the write lock as seen by a reader.

    Attributes: ``name``, ``pc`` and ``since`` of the holder ("" and None: nobody); ``queue_position`` from 1 (0 = not
    waiting); ``may_acquire`` the lock is ours to take now; ``silent_minutes`` without a heartbeat of the holder's PC
    (0 while it answers), ``is_transfer_stalled`` it stopped during the transfer; ``hold_reason`` why the holder keeps
    the lock; ``has_newer_copy`` a newer copy was published.
    """

    name: str = ""
    pc: str = ""
    since: datetime | None = None
    queue_position: int = 0
    may_acquire: bool = False
    silent_minutes: int = 0
    is_transfer_stalled: bool = False
    hold_reason: HoldReason = ""
    has_newer_copy: bool = False


@dataclass(eq=False)
class LockSession:
    """The write-lock state of one session, from opening to closing, across all stores opened in turn.

    Attributes: ``presence_file`` our own one; ``can_request`` False if the folder is not writable for us;
    ``waited_seconds`` since they were last recorded; ``reader_names`` the others who read.
    """

    presence_file: PresenceFile
    can_request: bool = True
    waited_seconds: float = 0.0
    reader_names: tuple[str, ...] = ()
    monotonic: Callable[[], float] = time.monotonic
    pc: str = ""
    _requested_at: float | None = None
    _known_queue: tuple[str, ...] = ()
    _heartbeats: dict[str, tuple[int, float]] = field(default_factory=dict)
    _live_tokens: set[str] = field(default_factory=set)
    _free_since: dict[int, float] = field(default_factory=dict)
    _last_own_heartbeat: float = 0.0
    _pending_transfer: tuple[WriteLock, str, int, str, str, tuple[str, ...]] | None = None

    @property
    def token(self) -> str:
        """Return the unique token of this session."""
        return self.presence_file.presence.token

    @property
    def is_waiting(self) -> bool:
        """Return whether this session waits for the lock."""
        return self.presence_file.presence.mode == "ASKING"

    def silent_for(self, presence: Presence) -> float:
        """Return for how many seconds, by our own clock, a heartbeat has not changed; 0.0 if it just did or is new.

        The heartbeat is remembered for the next call: it must be called again and again.
        """
        beat, since = self._heartbeats.get(presence.token, (-1, 0.0))
        if beat != presence.beat:
            self._live_tokens |= {presence.token} if beat >= 0 else set()
            self._heartbeats[presence.token] = (presence.beat, self.monotonic())
            return 0.0
        return self.monotonic() - since


def begin_session(store: Store, *, pc: str = "") -> LockSession:
    """Begin the session of somebody who has opened a folder, for writing or reading; ``pc`` "" = this PC's name.

    A reader's own presence file is written now; a writer already has one with the lock.
    """
    if store.write_lock is not None:
        return LockSession(store.write_lock.presence_file, pc=pc or this_pc())
    sign = Presence(token=secrets.token_hex(8), name=store.display_name, pc=pc or this_pc())
    turns = LockSession(PresenceFile(store.folder, sign), pc=pc or this_pc())
    _try_update_presence(turns)
    return turns


def end_session(lock_session: LockSession) -> None:
    """End the session and remove its presence file."""
    lock_session.presence_file.remove()


# who types


def waiting_people(
    store: Store, lock_session: LockSession, *, hold_reason: HoldReason = ""
) -> tuple[WaitingPerson, ...]:
    """Return who waits for the lock that this session holds, in the order in which requests were seen.

    Called again and again: it also updates ``reader_names`` and the failed logins to record, and writes the queue and
    ``hold_reason`` into our presence file.

    Args:
        hold_reason: why the lock is kept here, shown to those who wait.
    Raises:
        OSError: the folder does not answer. WriteLockLost: somebody took over.
    """
    assert store.write_lock is not None
    own = lock_session.presence_file.presence
    others = [sign for sign in presence_files.read_all(store.folder) if sign.token != lock_session.token]
    failed_logins.collect_failed_logins(store, others)
    alive = [sign for sign in others if lock_session.silent_for(sign) < write_lock.SILENT_SECONDS]
    # A file that a killed program left says nothing: who is there has moved under our eyes.
    lock_session.reader_names = tuple(
        sign.name for sign in alive if sign.mode == "READING" and sign.token in lock_session._live_tokens
    )
    asking = {sign.token: sign for sign in alive if sign.mode == "ASKING" and sign.asks == store.write_lock.number}
    line = tuple(token for token in own.queue if token in asking)
    line += tuple(token for token in asking if token not in line)
    line = line[: presence_files.MAX_QUEUE_LENGTH]
    mode = "ASKED" if line else "WORKING"
    if (line, mode, hold_reason) != (own.queue, own.mode, own.holds):
        with suppress(storage_errors.LockUnconfirmed):
            store.write_lock.update_presence(mode=mode, queue=line, holds=hold_reason)
    return tuple(WaitingPerson(token=token, name=asking[token].name) for token in line)


def transfer_lock(store: Store, lock_session: LockSession, *, now: datetime) -> OpenedFolder:
    """Publish everything, transfer the lock to the first who waits, and return the published copy opened for reading.

    ``store`` is closed then. While nobody waits, anybody may take the lock. Called on the store thread when nothing
    else runs there. On any failure the lock stays with us and the data open: the copy is opened before they are closed.

    Raises:
        StorageProblem: publishing or opening the copy failed, or the folder does not answer. WriteLockLost: somebody
            took over.
    """
    held = store.write_lock
    assert held is not None
    queue = lock_session.presence_file.presence.queue
    held.update_presence(mode="HANDING")
    try:
        store.confirm_commits()
        if store.change_log is not None:
            store.change_log.flush()
        store.write_accesses()
        data_folder.publish(store, now=now)
        head = copies.head(store.database)
        note = copies.read_note(store.folder)
        opened = data_folder.open_copy(store.folder, store.keys, login_id=store.login_id)
    except BaseException:
        with suppress(storage_errors.StorageProblem):
            held.update_presence(mode="ASKED" if queue else "WORKING")
        raise
    store.read_only = True
    if store.change_log is not None:
        with suppress(OSError):
            store.change_log.close()
    store.database.conn.close()
    opened.store.accesses = store.accesses
    lock_session._pending_transfer = (held, queue[0] if queue else "", *head, note.path.name if note else "", queue[1:])
    _finish_transfer(lock_session)
    return opened


def continue_reading(store: Store, lock_session: LockSession) -> OpenedFolder:
    """Return the published copy opened for reading after somebody took over, and close ``store`` without writing.

    Raises:
        StorageProblem: the published copy cannot be opened; the previous file is read until a newer one comes.
    """
    if store.write_lock is not None:
        store.write_lock.abandon()
    _try_update_presence(lock_session, mode="READING", seat=0, queue=(), holds="", given=0, given_to="")
    opened = open_newest_copy(store)
    with suppress(*storage_errors.ENGINE_ERRORS):
        store.database.conn.close()
    return opened


# who reads


def request_lock(lock_session: LockSession) -> None:
    """Request the write lock.

    Raises:
        OSError: the folder does not answer. LockUnconfirmed: our file could not be written.
    """
    lock_session._requested_at = lock_session._requested_at or lock_session.monotonic()
    lock_session._free_since.clear()
    lock_session.presence_file.write(
        mode="ASKING", asks=write_lock.read_lock_status(lock_session.presence_file.folder).number
    )


def cancel_request(lock_session: LockSession) -> None:
    """Cancel the request; the minutes waited so far count."""
    _add_waited_seconds(lock_session)
    _try_update_presence(lock_session, mode="READING", asks=0)


def read_status(store: Store, lock_session: LockSession) -> ReaderStatus:
    """Return the state of the write lock for a reader.

    Called again and again: it also writes our own heartbeat when that is due, and finishes a transfer that the folder
    did not take before.

    Raises:
        OSError: the folder does not answer.
    """
    _finish_transfer(lock_session)
    now, folder = lock_session.monotonic(), store.folder
    if now - lock_session._last_own_heartbeat >= write_lock.HEARTBEAT_SECONDS:
        _try_update_presence(lock_session)
    standing = write_lock.read_lock_status(folder)
    note = copies.read_note(folder)
    newer = note is not None and (note.contents.seq, note.contents.chain) != copies.head(store.database)
    if standing.state == "free":
        return ReaderStatus(
            may_acquire=lock_session.is_waiting and _may_acquire(lock_session, standing.number),
            queue_position=int(lock_session.is_waiting),
            has_newer_copy=newer,
        )
    claim = standing.claim
    sign = presence_files.read(folder, claim.token) if claim is not None else None
    if lock_session.is_waiting and lock_session.presence_file.presence.asks != standing.number:
        _try_update_presence(lock_session, asks=standing.number)
    if sign is not None:
        lock_session._known_queue = sign.queue
    place = 0
    if lock_session.is_waiting:
        place = (
            lock_session._known_queue.index(lock_session.token) + 1
            if lock_session.token in lock_session._known_queue
            else len(lock_session._known_queue) + 1
        )
    silent, limit = (
        lock_session.silent_for(sign or Presence(token=f"claim {standing.number}")),
        write_lock.silence_limit(sign),
    )
    if silent >= limit or standing.state == "left":
        silent = (
            min(silent, write_lock.seconds_silent(folder, claim, standing.number))
            if standing.state == "held"
            else silent
        )
    return ReaderStatus(
        name=claim.name if claim is not None else "だれか",
        pc=claim.pc if claim is not None else "",
        since=claim.since if claim is not None else None,
        queue_position=place,
        silent_minutes=max(1, int(silent // 60)) if silent >= limit else 0,
        is_transfer_stalled=silent >= limit and sign is not None and sign.mode == "HANDING",
        hold_reason=sign.holds if sign is not None else "",
        has_newer_copy=newer,
    )


def open_newest_copy(store: Store) -> OpenedFolder:
    """Open the newest published copy; the caller closes the one read so far.

    Raises:
        StorageProblem: it cannot be opened; the one before stays as it is.
    """
    opened = data_folder.open_copy(store.folder, store.keys, login_id=store.login_id)
    opened.store.accesses = store.accesses
    return opened


def acquire_and_open(
    store: Store,
    lock_session: LockSession,
    *,
    now: datetime,
    take_over: bool = False,
    wait: float = data_folder.WAIT_SECONDS,
    settle: float = write_lock.SETTLE_SECONDS,
) -> OpenedFolder:
    """Acquire a lock that was transferred, released or (``take_over``) silent, and open for writing.

    The caller then closes the copy read so far. ``wait`` and ``settle`` as for ``data_folder.open_data_folder``.

    Raises:
        Locked: somebody else was first; keep waiting. RestrictedError: this user may only read. Otherwise as
            ``data_folder.open_data_folder``; reading continues.
    """
    folder = store.folder
    check_may_write(folder, store.keys, store.login_id)
    standing = write_lock.read_lock_status(folder)
    giver = None if take_over else _transferring_presence(lock_session, standing.number)
    rest = tuple(
        token
        for token in (giver.queue if giver is not None else lock_session._known_queue)
        if token != lock_session.token
    )
    before = lock_session.presence_file.presence
    taken = acquire_lock(
        folder,
        login_id=store.login_id,
        pc=lock_session.pc,
        now=now,
        take_over=take_over,
        settle=settle,
        presence_file=lock_session.presence_file,
        after_number=None if take_over else standing.number,
    )
    try:
        head = (giver.seq, giver.chain) if giver is not None and giver.chain else None
        opened = data_folder.open_with_lock(
            folder, store.keys, taken, login_id=store.login_id, published_head=head, now=now, wait=wait
        )
    except BaseException:
        taken.release()
        _try_update_presence(lock_session, mode=before.mode, asks=before.asks, seat=0, queue=())
        raise
    opened.store.accesses = store.accesses
    with suppress(storage_errors.LockUnconfirmed):
        taken.update_presence(mode="WORKING", queue=rest, holds="")
    _add_waited_seconds(lock_session)
    save_waited_seconds(opened.store, lock_session, today=now.date())
    lock_session._known_queue = ()
    return opened


def last_change(store: Store) -> tuple[str, datetime | None]:
    """Return who made the last change of the data, and when ("" and None: there is none)."""
    found = journal.entries(store.database, limit=1)
    return (found[0].by, found[0].at) if found else ("", None)


def shown_journal_end(store: Store) -> int | None:
    """Return the number of the last confirmed journal row that this store shows (None: it is closed)."""
    try:
        return copies.head(store.database)[0] - store.unconfirmed_count
    except storage_errors.ENGINE_ERRORS:
        return None


def check_after_transfer(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Check every page after acquiring the lock, and finish an erasing; return messages, none to a reader."""
    return () if store.read_only else data_folder.check_every_page(store, now=now)


# the minutes waited


def save_waited_seconds(store: Store, lock_session: LockSession, *, today: date) -> None:
    """Add the seconds this session waited to the record of the day, and start counting anew.

    Nothing is written for less than a second or while reading; records older than two months are deleted.
    """
    seconds, lock_session.waited_seconds = lock_session.waited_seconds, 0.0
    if store.read_only or seconds < 1:
        return
    days = _waited_by_day(store)
    days[today] = days.get(today, 0) + round(seconds)
    kept = {day.isoformat(): waited for day, waited in days.items() if today - day <= timedelta(days=RETENTION_DAYS)}
    accounts.set_fact(store.database, WAITED_FACT, json.dumps(kept, sort_keys=True))


@frozen
class WaitedMinutes:
    """Minutes everybody waited for the lock: today, in the last 30 days, and the maximum on one of them."""

    today: int
    last_30_days: int
    longest_day: int


def minutes_waited(store: Store, *, today: date) -> WaitedMinutes:
    """Return for how many full minutes people waited for the write lock of this folder, as recorded so far."""
    days = {
        day: seconds
        for day, seconds in _waited_by_day(store).items()
        if timedelta(0) <= today - day < timedelta(days=30)
    }
    most = max(days.values(), default=0)
    return WaitedMinutes(days.get(today, 0) // 60, sum(days.values()) // 60, most // 60)


def _waited_by_day(store: Store) -> dict[date, int]:
    """Return how many seconds people waited for the lock, by day."""
    try:
        plain = json.loads(accounts.fact(store.database, WAITED_FACT) or "{}")
        return {date.fromisoformat(day): int(seconds) for day, seconds in plain.items()}
    except (ValueError, AttributeError, TypeError):
        return {}


def _add_waited_seconds(lock_session: LockSession) -> None:
    if lock_session._requested_at is not None:
        lock_session.waited_seconds += lock_session.monotonic() - lock_session._requested_at
        lock_session._requested_at = None


# inside


def _finish_transfer(lock_session: LockSession) -> None:
    """Release our lock and name the next holder; if the folder does not answer it is tried again later."""
    if lock_session._pending_transfer is None:
        return
    held, to, seq, chain, copy, queue = lock_session._pending_transfer
    try:
        held.transfer(to, seq=seq, chain=chain, copy=copy, queue=queue)
    except storage_errors.LockUnconfirmed:
        return
    except storage_errors.WriteLockLost:  # all was published and closed: who took over has it
        held.abandon()
    lock_session._pending_transfer = None


def _transferring_presence(lock_session: LockSession, number: int) -> Presence | None:
    """Return the presence file of whoever transferred the write lock with this number, or None."""
    return next(
        (sign for sign in presence_files.read_all(lock_session.presence_file.folder) if sign.given == number), None
    )


def _may_acquire(lock_session: LockSession, number: int) -> bool:
    """Return whether a free lock is ours: transferred to us, or not taken by those before us for five seconds each."""
    since = lock_session._free_since.setdefault(number, lock_session.monotonic())
    giver = _transferring_presence(lock_session, number)
    line = (giver.given_to, *giver.queue) if giver is not None and giver.given_to else lock_session._known_queue
    before = line.index(lock_session.token) if lock_session.token in line else len(line)
    return lock_session.monotonic() - since >= before * write_lock.SUCCESSOR_SECONDS


def _try_update_presence(lock_session: LockSession, **changes: object) -> None:
    """Write ``changes``, if any, and a heartbeat to our presence file; ``can_request`` tells whether that worked."""
    try:
        lock_session.presence_file.write(**changes)
        lock_session.can_request = True
    except storage_errors.LockUnconfirmed:
        lock_session.can_request = False
    lock_session._last_own_heartbeat = lock_session.monotonic()
