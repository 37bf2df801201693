"""A writer that also takes turns: it reads, asks for the seat, follows, saves on and hands over, as the window does by
its timers."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.data_folder.services import data_folder, lock_transfer
from app.data_folder.services.lock_transfer import LockSession
from db import write_lock
from db.files import storage_errors
from db.store import Store
from tests.faults.preloading import Lies
from tests.faults.seat_worker import AWAY, NOW, Worker, _pause
from tests.support.data_folders import LOGIN, PASSWORD

LOOK_EVERY = 0.02
SAVED_BEFORE = 3
ARROWS = ("handing", "published", "opened", "closed", "done", "given", "claimed", "connected")
"""Where a hand-over may be cut: the first six are the giver's, the last two the follower's."""


@dataclass
class TurnWorker(Worker):
    """A writer with a turn; ``leap`` seconds are added to its own clock, so that a silence needs no waiting."""

    turns: LockSession | None = None
    leap: float = 0.0

    def do_sit(self) -> None:
        """Begin to take turns after ``open``."""
        self._begin()
        self.tell("sits", token=self._turns().token)

    def do_read(self) -> None:
        """Open for reading and begin to take turns."""
        self.store = data_folder.open_published(self.world.folder, login_id=LOGIN, password=PASSWORD).store
        self._begin()
        lies = Lies(self.world.folder).told() if self.world.preloaded else {}
        self.tell("reads", token=self._turns().token, lies=lies)

    def do_ask(self) -> None:
        """Ask for the seat."""
        lock_transfer.request_lock(self._turns())
        self.tell("asks")

    def do_live(self, wishes: bool = True, saves: int = SAVED_BEFORE) -> None:
        """Take turns until the next order: save and hand over when somebody waits; read, ask and follow."""
        saved = 0
        while not self._order_waits():
            store, turns = self._open_store(), self._turns()
            if not store.read_only:
                saved += 1
                if not self._save():
                    self._fall_back()
                    continue
                if lock_transfer.waiting_people(store, turns) and saved >= saves:
                    saved = 0
                    self._hand_over()
            else:
                if wishes and not turns.is_waiting:
                    lock_transfer.request_lock(turns)
                self._look(follow=True)
                _pause(LOOK_EVERY)
        self.tell("rests")

    def do_hand(self) -> None:
        """Hand over now to whoever waits."""
        waiting = lock_transfer.waiting_people(self._open_store(), self._turns())
        self._hand_over()
        self.tell("handed", to=[one.token for one in waiting][:1])

    def do_see(self) -> None:
        """Look once at the desk."""
        seen = self._look(follow=False)
        self.tell(
            "seen", place=seen.queue_position, may_acquire=seen.may_acquire, silent=seen.silent_minutes, name=seen.name
        )

    def do_leap_own(self, seconds: float) -> None:
        """Let our own unbroken clock go on by so much: a silence is over at once."""
        self.leap += seconds
        self.tell("leapt")

    def do_follow(self, take_over: bool = False) -> None:
        """Sit down, by a person's word."""
        self._follow(take_over=take_over)

    def do_die_at(self, arrow: str) -> None:
        """End at once, as a power cut does, at this arrow of the next hand-over."""
        _cut_at(arrow, lambda: os.kill(os.getpid(), signal.SIGKILL))
        self.tell("armed")

    def do_leave(self) -> None:
        """Close in order, whether one types or reads."""
        store, self.store = self._open_store(), None
        notes = list(data_folder.close_data_folder(store, now=NOW))
        lock_transfer.end_session(self._turns())
        self.tell("closed", notes=notes)

    # --- inside

    def _begin(self) -> None:
        self.turns = lock_transfer.begin_session(self._open_store(), pc=self.world.pc)
        self.turns.monotonic = lambda: time.monotonic() + self.leap

    def _look(self, *, follow: bool) -> lock_transfer.ReaderStatus:
        store, turns = self._open_store(), self._turns()
        seen = lock_transfer.read_status(store, turns)
        if follow and seen.may_acquire:
            self._follow()
        elif seen.has_newer_copy:
            self._exchange(lock_transfer.open_newest_copy(store).store)
        return seen

    def _follow(self, *, take_over: bool = False) -> None:
        store, turns = self._open_store(), self._turns()
        before = time.monotonic()
        try:
            opened = lock_transfer.acquire_and_open(
                store, turns, now=NOW, take_over=take_over, wait=5.0, settle=self.world.settle
            )
        except storage_errors.Locked as problem:
            self.tell("waits on", said=str(problem))
            return
        self._exchange(opened.store)
        held = opened.store.write_lock
        assert held is not None
        self.tell("got", seat=held.number, at=time.monotonic(), took=time.monotonic() - before)

    def _hand_over(self) -> None:
        store, turns = self._open_store(), self._turns()
        held = store.write_lock
        assert held is not None
        began = time.monotonic()
        try:
            opened = lock_transfer.transfer_lock(store, turns, now=NOW)
        except AWAY as problem:
            self.tell("kept", error=type(problem).__name__, said=str(problem))
            self._fall_back()
            return
        self.tell("gave", seat=held.number, at=began)
        if not store.read_only:  # somebody left it open: who can save, saves
            for _ in range(3):
                _pause(0.1)
                self._save()
            store.database.conn.close()
        self.store = opened.store

    def _fall_back(self) -> None:
        self.store = lock_transfer.continue_reading(self._open_store(), self._turns()).store
        self.tell("reads on")

    def _exchange(self, store: Store) -> None:
        before, self.store = self._open_store(), store
        before.database.conn.close()

    def _turns(self) -> LockSession:
        assert self.turns is not None
        return self.turns


def _cut_at(arrow: str, cut: Callable[[], object]) -> None:
    """Let ``cut`` happen just behind one step of the hand-over: before the call that comes next, or after its own."""
    places: dict[str, tuple[Any, str, bool]] = {
        "handing": (data_folder, "publish", False),
        "published": (data_folder, "publish", True),
        "opened": (data_folder, "open_copy", True),
        "closed": (write_lock.WriteLock, "transfer", False),
        "done": (write_lock.WriteLock, "abandon", False),
        "given": (write_lock.WriteLock, "transfer", True),
        "claimed": (write_lock.WriteLock, "set_display_name", False),
        "connected": (lock_transfer, "save_waited_seconds", False),
    }
    owner, name, after = places[arrow]
    real = getattr(owner, name)

    def cutting(*given: Any, **more: Any) -> Any:
        if after:
            real(*given, **more)
        cut()
        return real(*given, **more)

    setattr(owner, name, cutting)
