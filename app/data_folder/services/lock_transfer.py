"""Two people at two desks: who types, who waits for the seat, and how it goes from one to the other.

One types at a time. The other reads the published copy, asks through its own desk file, and follows within seconds
when the first one gives the seat, closes, or has not touched anything for a while (``docs/decisions/0020``).
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from app.data_folder.services import data_folder, failed_logins
from app.data_folder.services.data_folder import Opened, this_pc
from app.data_folder.services.lock_entry import sit_down
from app.data_folder.services.rights import check_may_work
from db import write_lock
from db.backups import copies
from db.files import desk_files, storage_errors
from db.files.desk_files import DeskFile, Holds, Sign
from db.frozen_record import frozen_record
from db.store import Store
from db.tables import accounts, journal
from db.write_lock import WriteLock

POLL_SECONDS: Final = 2.0
ASKING_SECONDS: Final = 1.0
IDLE_SECONDS: Final = 180.0
MORE_SECONDS: Final = 600.0
WARN_SECONDS: Final = 30.0
WAITED: Final = "waited_for_the_seat"
KEPT_DAYS: Final = 62
MUCH_MINUTES: Final = 30
"""Minutes waited in one day beyond which a folder is no longer the right place (``docs/decisions/0020``)."""


@frozen_record
class Waiting:
    """Somebody who waits for the seat: token and display name."""

    token: str
    name: str


@frozen_record
class SeenDesk:
    """What somebody who reads sees of the desk.

    Attributes: ``name``, ``pc`` and ``since`` of who types ("" and None: nobody); ``place`` in the queue, from 1 (0 =
    one does not wait); ``may_sit`` the seat is ours to take now; ``silent_minutes`` for how long the other PC gave no
    sign (0 while it answers), ``fell_silent_giving`` it stopped while it gave the seat; ``holds`` what keeps the seat
    over there; ``newer`` a newer copy was published.
    """

    name: str = ""
    pc: str = ""
    since: datetime | None = None
    place: int = 0
    may_sit: bool = False
    silent_minutes: int = 0
    fell_silent_giving: bool = False
    holds: Holds = ""
    newer: bool = False


@dataclass(eq=False)
class TurnAtSeat:
    """What one session knows of its turn; lives from the opening to the close, over all stores that follow.

    Attributes: ``desk`` our own desk file; ``can_ask`` False where the folder takes no file of ours; ``waited`` seconds
    waited since the last time that they were written down; ``looking`` the names of those who read beside us.
    """

    desk: DeskFile
    can_ask: bool = True
    waited: float = 0.0
    looking: tuple[str, ...] = ()
    monotonic: Callable[[], float] = time.monotonic
    pc: str = ""
    _asked_at: float | None = None
    _line: tuple[str, ...] = ()
    _beats: dict[str, tuple[int, float]] = field(default_factory=dict)
    _moved: set[str] = field(default_factory=set)
    _free_since: dict[int, float] = field(default_factory=dict)
    _own_beat: float = 0.0
    _given: tuple[WriteLock, str, int, str, str, tuple[str, ...]] | None = None

    @property
    def token(self) -> str:
        """What tells this session from every other."""
        return self.desk.sign.token

    @property
    def asking(self) -> bool:
        """Whether one waits for the seat."""
        return self.desk.sign.mode == "ASKING"

    def silent_for(self, sign: Sign) -> float:
        """For how many seconds of our own clock a desk file has shown the same beat."""
        beat, since = self._beats.get(sign.token, (-1, 0.0))
        if beat != sign.beat:
            self._moved |= {sign.token} if beat >= 0 else set()
            self._beats[sign.token] = (sign.beat, self.monotonic())
            return 0.0
        return self.monotonic() - since


def begin(store: Store, *, pc: str = "") -> TurnAtSeat:
    """Begin the session of somebody who has opened a folder, to type or to read."""
    if store.seat is not None:
        return TurnAtSeat(store.seat.desk, pc=pc or this_pc())
    sign = Sign(token=secrets.token_hex(8), name=store.display_name, pc=pc or this_pc())
    turns = TurnAtSeat(DeskFile(store.folder, sign), pc=pc or this_pc())
    _try_to_write(turns)
    return turns


def end(turns: TurnAtSeat) -> None:
    """End the session: our desk file goes."""
    turns.desk.remove()


# who types


def who_waits(store: Store, turns: TurnAtSeat, *, holds: Holds = "") -> tuple[Waiting, ...]:
    """Return who waits for the seat that this session holds, in the order in which their wish was seen.

    Args:
        holds: what keeps the seat here; those who wait are told.

    Raises:
        OSError: the folder does not answer. WriteLockLost: somebody took over.
    """
    assert store.seat is not None
    own = turns.desk.sign
    others = [sign for sign in desk_files.read_all(store.folder) if sign.token != turns.token]
    failed_logins.gather(store, others)
    alive = [sign for sign in others if turns.silent_for(sign) < write_lock.SILENT_SECONDS]
    # A file that a killed program left says nothing: who is there has moved under our eyes.
    turns.looking = tuple(sign.name for sign in alive if sign.mode == "READING" and sign.token in turns._moved)
    asking = {sign.token: sign for sign in alive if sign.mode == "ASKING" and sign.asks == store.seat.number}
    line = tuple(token for token in own.queue if token in asking)
    line += tuple(token for token in asking if token not in line)
    line = line[: desk_files.LONGEST_QUEUE]
    mode = "ASKED" if line else "WORKING"
    if (line, mode, holds) != (own.queue, own.mode, own.holds):
        with suppress(storage_errors.Unconfirmed):
            store.seat.sign(mode=mode, queue=line, holds=holds)
    return tuple(Waiting(token=token, name=asking[token].name) for token in line)


def hand_over(store: Store, turns: TurnAtSeat, *, now: datetime) -> Opened:
    """Give the seat to the first who waits, and read on; everything saved is proved, logged and published before.

    Called on the store thread when nothing else is under way there. Whatever fails leaves the seat with us and the data
    open: the copy to read on in is opened before they are closed.

    Raises:
        StorageProblem: it could not be published or read on in, or the folder does not answer. WriteLockLost: somebody
            took over.
    """
    held = store.seat
    assert held is not None
    queue = turns.desk.sign.queue
    held.sign(mode="HANDING")
    try:
        store.settle()
        if store.change_log is not None:
            store.change_log.flush()
        data_folder.publish(store, now=now)
        head = copies.head(store.database)
        note = copies.read_note(store.folder)
        opened = data_folder.open_copy(store.folder, store.keys, login_id=store.login_id)
    except BaseException:
        with suppress(storage_errors.StorageProblem):
            held.sign(mode="ASKED" if queue else "WORKING")
        raise
    store.read_only = True
    if store.change_log is not None:
        with suppress(OSError):
            store.change_log.close()
    store.database.conn.close()
    turns._given = (held, queue[0] if queue else "", *head, note.path.name if note else "", queue[1:])
    _give(turns)
    return opened


def fall_back(store: Store, turns: TurnAtSeat) -> Opened:
    """Read on after somebody took over: nothing of ours is written any more.

    Raises:
        StorageProblem: the published copy cannot be opened; the file of before is read until a newer one comes.
    """
    if store.seat is not None:
        store.seat.forget()
    _try_to_write(turns, mode="READING", seat=0, queue=(), holds="", given=0, given_to="")
    opened = data_folder.open_copy(store.folder, store.keys, login_id=store.login_id)
    with suppress(*storage_errors.ENGINE_ERRORS):
        store.database.conn.close()
    return opened


# who reads


def ask(turns: TurnAtSeat) -> None:
    """Say that one would like to type.

    Raises:
        OSError: the folder does not answer. Unconfirmed: it takes no file of ours.
    """
    turns._asked_at = turns._asked_at or turns.monotonic()
    turns._free_since.clear()
    turns.desk.write(mode="ASKING", asks=write_lock.look(turns.desk.folder).number)


def stop_asking(turns: TurnAtSeat) -> None:
    """Wait no longer; the minutes waited so far count."""
    _count(turns)
    _try_to_write(turns, mode="READING", asks=0)


def look(store: Store, turns: TurnAtSeat) -> SeenDesk:
    """Return how the desk stands for somebody who reads, and give our own sign of life.

    Raises:
        OSError: the folder does not answer.
    """
    _give(turns)
    now, folder = turns.monotonic(), store.folder
    if now - turns._own_beat >= write_lock.BEAT_SECONDS:
        _try_to_write(turns)
    standing = write_lock.look(folder)
    note = copies.read_note(folder)
    newer = note is not None and (note.contents.seq, note.contents.chain) != copies.head(store.database)
    if standing.state == "free":
        return SeenDesk(
            may_sit=turns.asking and _is_our_turn(turns, standing.number), place=int(turns.asking), newer=newer
        )
    claim = standing.claim
    sign = desk_files.read(folder, claim.token) if claim is not None else None
    if turns.asking and turns.desk.sign.asks != standing.number:
        _try_to_write(turns, asks=standing.number)
    if sign is not None:
        turns._line = sign.queue
    place = 0
    if turns.asking:
        place = turns._line.index(turns.token) + 1 if turns.token in turns._line else len(turns._line) + 1
    silent, limit = turns.silent_for(sign or Sign(token=f"claim {standing.number}")), write_lock.silent_after(sign)
    if silent >= limit or standing.state == "left":
        silent = min(silent, write_lock.silence(folder, claim, standing.number)) if standing.state == "held" else silent
    return SeenDesk(
        name=claim.name if claim is not None else "だれか",
        pc=claim.pc if claim is not None else "",
        since=claim.since if claim is not None else None,
        place=place,
        silent_minutes=max(1, int(silent // 60)) if silent >= limit else 0,
        fell_silent_giving=silent >= limit and sign is not None and sign.mode == "HANDING",
        holds=sign.holds if sign is not None else "",
        newer=newer,
    )


def read_newer(store: Store) -> Opened:
    """Open the newest published copy in the place of the one that is read; the old one is closed by the caller.

    Raises:
        StorageProblem: it cannot be opened; the one before stays as it is.
    """
    return data_folder.open_copy(store.folder, store.keys, login_id=store.login_id)


def follow(
    store: Store,
    turns: TurnAtSeat,
    *,
    now: datetime,
    take_over: bool = False,
    wait: float = data_folder.WAIT_SECONDS,
    settle: float = write_lock.SETTLE_SECONDS,
) -> Opened:
    """Sit down after who gave the seat, closed, or fell silent (``take_over``, by a person's word), and type.

    Raises:
        Locked: somebody else was first; go on waiting. Barred: this person only reads.
            Otherwise as ``data_folder.open_data_folder``; one reads on.
    """
    folder = store.folder
    check_may_work(folder, store.keys, store.login_id)
    standing = write_lock.look(folder)
    giver = None if take_over else _giver(turns, standing.number)
    rest = tuple(token for token in (giver.queue if giver is not None else turns._line) if token != turns.token)
    before = turns.desk.sign
    taken = sit_down(
        folder,
        login_id=store.login_id,
        pc=turns.pc,
        now=now,
        take_over=take_over,
        settle=settle,
        desk=turns.desk,
        after=None if take_over else standing.number,
    )
    try:
        head = (giver.seq, giver.chain) if giver is not None and giver.chain else None
        opened = data_folder.follow(folder, store.keys, taken, login_id=store.login_id, head=head, now=now, wait=wait)
    except BaseException:
        taken.release()
        _try_to_write(turns, mode=before.mode, asks=before.asks, seat=0, queue=())
        raise
    with suppress(storage_errors.Unconfirmed):
        taken.sign(mode="WORKING", queue=rest, holds="")
    _count(turns)
    write_down_waiting(opened.store, turns, today=now.date())
    turns._line = ()
    return opened


def last_change(store: Store) -> tuple[str, datetime | None]:
    """Return who made the last change of the data, and when ("" and None: there is none)."""
    found = journal.entries(store.database, limit=1)
    return (found[0].by, found[0].at) if found else ("", None)


def seen_until(store: Store) -> int | None:
    """Return up to where the journal goes that this store shows, without what is not proved (None: it is closed)."""
    try:
        return copies.head(store.database)[0] - store.unconfirmed
    except storage_errors.ENGINE_ERRORS:
        return None


def check_after_following(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Read every page in the background after sitting down, and finish an erasing; return what is to be said."""
    return () if store.read_only else data_folder.check_after_following(store, now=now)


# the minutes waited


def write_down_waiting(store: Store, turns: TurnAtSeat, *, today: date) -> None:
    """Add the seconds that this session waited to those of the day; days of two months ago go."""
    seconds, turns.waited = turns.waited, 0.0
    if store.read_only or seconds < 1:
        return
    days = _days(store)
    days[today] = days.get(today, 0) + round(seconds)
    kept = {day.isoformat(): waited for day, waited in days.items() if today - day <= timedelta(days=KEPT_DAYS)}
    accounts.set_fact(store.database, WAITED, json.dumps(kept, sort_keys=True))


@dataclass(frozen=True)
class WaitedMinutes:
    """Minutes waited for the seat by everybody: today, in the last 30 days, and the most on one of these days."""

    today: int
    month: int
    most: int


def minutes_waited(store: Store, *, today: date) -> WaitedMinutes:
    """Return how long people waited for the seat of this folder."""
    days = {day: seconds for day, seconds in _days(store).items() if timedelta(0) <= today - day < timedelta(days=30)}
    most = max(days.values(), default=0)
    return WaitedMinutes(days.get(today, 0) // 60, sum(days.values()) // 60, most // 60)


def _days(store: Store) -> dict[date, int]:
    try:
        plain = json.loads(accounts.fact(store.database, WAITED) or "{}")
        return {date.fromisoformat(day): int(seconds) for day, seconds in plain.items()}
    except (ValueError, AttributeError, TypeError):
        return {}


def _count(turns: TurnAtSeat) -> None:
    if turns._asked_at is not None:
        turns.waited += turns.monotonic() - turns._asked_at
        turns._asked_at = None


# inside


def _give(turns: TurnAtSeat) -> None:
    """End our seat and say who may follow; where the folder does not answer it is tried again at the next look."""
    if turns._given is None:
        return
    held, to, seq, chain, copy, queue = turns._given
    try:
        held.give(to, seq=seq, chain=chain, copy=copy, queue=queue)
    except storage_errors.Unconfirmed:
        return
    except storage_errors.WriteLockLost:  # all was published and closed: who took over has it
        held.forget()
    turns._given = None


def _giver(turns: TurnAtSeat, number: int) -> Sign | None:
    return next((sign for sign in desk_files.read_all(turns.desk.folder) if sign.given == number), None)


def _is_our_turn(turns: TurnAtSeat, number: int) -> bool:
    """Whether a free seat is ours: given to us, or nobody before us in the line took it within five seconds each."""
    since = turns._free_since.setdefault(number, turns.monotonic())
    giver = _giver(turns, number)
    line = (giver.given_to, *giver.queue) if giver is not None and giver.given_to else turns._line
    before = line.index(turns.token) if turns.token in line else len(line)
    return turns.monotonic() - since >= before * write_lock.GIVEN_SECONDS


def _try_to_write(turns: TurnAtSeat, **changes: object) -> None:
    try:
        turns.desk.write(**changes)
        turns.can_ask = True
    except storage_errors.Unconfirmed:
        turns.can_ask = False
    turns._own_beat = turns.monotonic()
