"""A writer at a data folder, as a process of its own: obeys orders from a pipe and tells each thing it did by another.

It opens the folder as the window does, through ``app.data_folder.services.data_folder``. What it tells is what a
person would have
read: a change is told as saved only when the service returned. What makes its world lie is armed here, after the fork.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import accounts, backups, data_folder
from db import connection, folder_layout, lock_takeover, write_lock
from db.files import storage_errors
from db.files.atomic_files import remove_leftovers
from db.records.events import Event
from db.records.organisations import Organisation
from db.store import Store
from tests.faults import seat_check, seat_guards
from tests.faults.preloading import Lies
from tests.support.data_folders import LOGIN, NAME, PASSWORD

NOW = datetime.fromisoformat("2026-09-02T09:00")
AWAY = (storage_errors.StorageProblem, UserError)


@dataclass(frozen=True, kw_only=True)
class World:
    """Where a writer sits and what it is shown.

    ``stages`` is for a machine without a compiler: the process stops itself at a named stage of saving. ``settle`` is
    how long it waits when it takes over, ``slow`` how long a copied file takes; ``locks_lie`` opens every database
    without locks. ``without`` names a guard that is switched off in this process.
    """

    folder: Path
    pc: str
    settle: float = 0.0
    slow: float = 0.0
    preloaded: bool = False
    old: int = 0
    old_contents: bool = False
    locks_lie: bool = False
    clock: float = 0.0
    without: str = ""


@dataclass
class Worker:
    """One writer; ``work`` obeys until it is told to end or its pipe closes."""

    world: World
    orders: int
    tells: int
    store: Store | None = None
    _number: int = 0
    _stage: tuple[str, int] = ("", 0)
    _heard: bytes = b""
    _chance: random.Random = field(default_factory=lambda: random.Random(0))

    def work(self) -> None:
        """Obey one order after the other."""
        # Each desk its own pauses, and the same in every run.
        self._chance.seed(self.world.pc)
        self._arm()
        if self.world.without:
            seat_guards.OFF[self.world.without]()
        while (order := self._next_order()) is not None:
            name = order.pop("order")
            try:
                getattr(self, f"do_{name}")(**order)
            except AWAY as problem:
                self.tell(
                    "refused",
                    order=name,
                    error=type(problem).__name__,
                    said=str(problem),
                    details=getattr(problem, "details", ""),
                )
            except Exception:
                self.tell("broke", order=name, said=traceback.format_exc()[-800:])
                raise

    def tell(self, what: str, **more: Any) -> None:
        """Tell the driver one thing, in one piece."""
        os.write(self.tells, json.dumps({"what": what, **more}, ensure_ascii=False).encode() + b"\n")

    # --- orders

    def do_look(self, at: str = "both") -> None:
        """See what is there and who sits there, as the first window does before anybody types a password."""
        if at != "seats":
            data_folder.holds_data(self.world.folder)
        if at != "folder":
            write_lock.read_lock_status(self.world.folder)
        self.tell("looked")

    def do_open(self, take_over: bool = False, at: float = 0.0) -> None:
        """Open the folder for writing, at a moment of the common clock."""
        _pause(at - time.monotonic())
        opened = data_folder.open_data_folder(
            self.world.folder,
            login_id=LOGIN,
            password=PASSWORD,
            now=NOW,
            pc=self.world.pc,
            take_over=take_over,
            wait=5.0,
            settle=self.world.settle,
        )
        self.store = opened.store
        self._watch_stages(self.store)
        held = self.store.write_lock
        assert held is not None
        file = folder_layout.database_of(self.world.folder)
        assert file is not None
        lies = Lies(self.world.folder).told() if self.world.preloaded else {}
        self.tell("opened", seat=held.number, token=held.token, file=file.name, notes=list(opened.notes), lies=lies)

    def do_save(self, times: int) -> None:
        """Save some changes, one after the other."""
        for _ in range(times):
            if not self._save():
                return
        self.tell("saved all")

    def do_go(self, gap: float = 0.0, colleagues: bool = False) -> None:
        """Save until the next order comes, or the seat is lost; think up to ``gap`` seconds between two changes.

        With ``colleagues`` every change is another person who may log in, which writes the keyring.
        """
        while not self._order_waits():
            if not (self._save_colleague() if colleagues else self._save()):
                return
            _pause(self._chance.random() * gap)

    def do_stop_at(self, number: int, moment: Any, dies: bool = False) -> None:
        """Stand still, or end, at the n-th call that changes something in the folder."""
        Lies(self.world.folder).stop_at(number, moment, signal.SIGKILL if dies else signal.SIGSTOP)

    def do_stop_in(self, stage: str, after: int) -> None:
        """Stand still at a stage of the change that comes ``after`` so many others."""
        self._open_store().database.execute("PRAGMA cache_size = 4")  # pages reach the file before the commit
        self._stage = (stage, after)

    def do_leap(self, seconds: float) -> None:
        """Let the clock on the wall leap."""
        Lies(self.world.folder).shift_clock(seconds)
        self.tell("leapt")

    def do_beat(self) -> None:
        """Give the sign of life."""
        data_folder.heartbeat(self._open_store())
        self.tell("beat")

    def do_backup(self) -> None:
        """Make a backup by hand."""
        backups.make_backup(self._open_store(), now=NOW)
        self.tell("backup")

    def do_publish(self) -> None:
        """Publish the copy for readers."""
        data_folder.publish(self._open_store(), now=NOW)
        self.tell("publish")

    def do_sweep(self) -> None:
        """Take away what is long over, as every opening does."""
        store = self._open_store()
        remove_leftovers(self.world.folder, older_than=0)
        if store.write_lock is not None:
            store.write_lock.remove_old_files(file_number=store.write_lock.number)
        self.tell("sweep")

    def do_keyring(self) -> None:
        """Add a colleague, which writes the keyring."""
        self._save_colleague()
        self.tell("keyring")

    def do_close(self) -> None:
        """Close in order."""
        store, self.store = self._open_store(), None
        self.tell("closed", notes=list(data_folder.close_data_folder(store, now=NOW)))

    def do_contents(self) -> None:
        """Tell what is in the living data, and what lies only in files left behind."""
        self.tell("contents", **seat_check.contents(self._open_store()))

    def do_verify(self) -> None:
        """Check the closed folder as the command ``verify`` does."""
        self.tell("verified", findings=list(seat_check.verified(self.world.folder)))

    # --- inside

    def _arm(self) -> None:
        world = self.world
        if world.preloaded:
            lies = Lies(world.folder)
            lies.grant_locks()
            if world.old:
                lies.show_old(world.old, contents=world.old_contents)
            if world.clock:
                lies.shift_clock(world.clock)
        if world.locks_lie:
            open_without_locks()
        self._tell_steps_of_taking_over()

    def _tell_steps_of_taking_over(self) -> None:
        """Tell when the claim is made and while the file is copied, slowly as over a share: somebody is woken then."""
        copy = shutil.copyfile

        def copying(source: Path, target: Path) -> Any:
            self.tell("copying")
            copied = copy(source, target)
            _pause(self.world.slow)
            return copied

        lock_takeover.shutil.copyfile = copying
        create = write_lock._create_claim

        def claiming(folder: Path, claim: write_lock.Claim) -> None:
            create(folder, claim)
            self.tell("claimed", seat=claim.seat)

        write_lock._create_claim = claiming

    def _save(self) -> bool:
        """Save one change of a name of its own; say whether the writer may go on."""
        store = self._open_store()

        def work(name: str) -> None:
            with store.change(action=name, by=NAME, now=NOW, subject="organisations") as change:
                note = "あ" * self._chance.choice((10, 6_000, 40_000))
                row_id = change.insert(Organisation(name=name, note=note))
                change.update(Organisation, row_id, households=self._number)
                change.update(Event, 1, subject=name)

        return self._reported("saved", work)

    def _save_colleague(self) -> bool:
        """Add one person who may log in; say whether the writer may go on."""
        store = self._open_store()

        def work(name: str) -> None:
            accounts.add_user(
                ActionContext(store, NAME, NOW),
                login_id=name,
                display_name=name,
                password=PASSWORD,
                password_is_own=True,
            )

        return self._reported("added", work)

    def _reported(self, done: str, work: Callable[[str], None]) -> bool:
        self._number += 1
        name = f"{self.world.pc}/{os.getpid()} {self._number:04d}"
        self.tell("saving", name=name)
        try:
            work(name)
        except storage_errors.WriteLockLost as problem:
            self.tell("lost", name=name, said=str(problem))
            return False
        except AWAY as problem:
            self.tell(
                "failed",
                name=name,
                error=type(problem).__name__,
                said=str(problem),
                details=getattr(problem, "details", ""),
            )
            return False
        self.tell(done, name=name)
        return True

    def _watch_stages(self, store: Store) -> None:
        """Stand still where ``do_stop_in`` says: the stages of saving one after the other."""
        held = store.write_lock
        assert held is not None
        confirm, committed = held.confirm, [False]

        def confirming() -> None:
            if committed[0]:
                self._pass("committed")
            confirm()
            if committed[0]:
                self._pass("confirmed")
            committed[0] = False

        def before_commit(_row: dict[str, Any]) -> None:
            committed[0] = True
            self._pass("inside")

        held.confirm = confirming
        store.before_commit.append(before_commit)
        store.after_commit.append(lambda _row: self._pass("logged"))

    def _pass(self, stage: str) -> None:
        if self._stage[0] != stage:
            return
        if self._stage[1]:
            self._stage = (stage, self._stage[1] - 1)
            return
        self._stage = ("", 0)
        os.kill(os.getpid(), signal.SIGSTOP)

    def _open_store(self) -> Store:
        assert self.store is not None
        return self.store

    def _next_order(self) -> dict[str, Any] | None:
        while b"\n" not in self._heard:
            piece = os.read(self.orders, 65536)
            if not piece:
                return None
            self._heard += piece
        line, _, self._heard = self._heard.partition(b"\n")
        return dict(json.loads(line))

    def _order_waits(self) -> bool:
        return b"\n" in self._heard or bool(select.select([self.orders], [], [], 0)[0])


def _pause(seconds: float) -> None:
    select.select([], [], [], max(0.0, seconds))


def open_without_locks() -> None:
    """Let every database of this process be opened by the engine's own way of taking no locks."""
    real: Callable[..., Any] = connection.dbapi2.connect

    def without(address: str, **more: Any) -> Any:
        return real(f"{address}&vfs=unix-none" if address.startswith("file:") else address, **more)

    connection.dbapi2.connect = without
