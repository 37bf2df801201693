"""The driver's side of the writers: it forks them, orders, listens, stops and wakes them, and keeps what they told.

One round has a ``Room``: a copy of a data folder and the writers (``Desk``) at it. Nothing here looks at a clock to
    know
how far a writer is; it listens. A writer that tells nothing for a minute ends the round as stuck.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from tests.faults.seat_turner import TurnWorker
from tests.faults.seat_worker import World

STUCK_SECONDS = 60.0
SILENT_SECONDS = 600

State = Literal["runs", "stopped", "ended"]


class Stuck(Exception):
    """A writer did not come to where it was expected; the text holds what all of them told last."""


@dataclass
class Desk:
    """One writer as the driver sees it: ``told`` is everything it told, in order."""

    name: str
    pid: int
    orders: int
    tells: int
    state: State = "runs"
    told: list[dict[str, Any]] = field(default_factory=list)
    _torn: bytes = b""

    def order(self, name: str, **more: Any) -> None:
        """Give an order; a writer that is no more does not hear it."""
        with contextlib.suppress(BrokenPipeError):
            os.write(self.orders, json.dumps({"order": name, **more}).encode() + b"\n")

    def all(self, what: str) -> list[dict[str, Any]]:
        """Return everything of one kind that it told."""
        return [one for one in self.told if one["what"] == what]

    def last(self, *whats: str) -> dict[str, Any] | None:
        """Return the last thing of these kinds that it told, or None."""
        return next((one for one in reversed(self.told) if one["what"] in whats), None)

    @property
    def saved(self) -> list[str]:
        """The names of the changes that were reported as saved."""
        return [str(one["name"]) for one in self.all("saved")]

    @property
    def added(self) -> list[str]:
        """The login IDs of the colleagues who were reported as added."""
        return [str(one["name"]) for one in self.all("added")]

    def stop(self) -> None:
        """Make it stand still, wherever it is."""
        if self.state == "runs":
            os.kill(self.pid, signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on."""
        if self.state == "stopped":
            self.state = "runs"
            os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        if self.state != "ended":
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.state = "ended"

    def look_after(self) -> None:
        """Notice whether it stopped or ended."""
        if self.state == "ended":
            return
        pid, status = os.waitpid(self.pid, os.WNOHANG | os.WUNTRACED)
        if pid and os.WIFSTOPPED(status):
            self.state = "stopped"
        elif pid:
            self.state = "ended"

    def hear(self) -> None:
        """Take over everything that lies in the pipe."""
        while select.select([self.tells], [], [], 0)[0]:
            piece = os.read(self.tells, 1 << 16)
            if not piece:
                return
            *lines, self._torn = (self._torn + piece).split(b"\n")
            self.told += [json.loads(line) for line in lines]


@dataclass
class Room:
    """A data folder of its own and the writers at it."""

    world: World
    stuck: float = STUCK_SECONDS
    desks: list[Desk] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.world.folder

    def desk(self, name: str, **more: Any) -> Desk:
        """Start a writer at a PC of that name; what it is shown is the room's, or ``more``."""
        orders_read, orders = os.pipe()
        tells, tells_write = os.pipe()
        world = replace(self.world, pc=f"PC-{name}", **more)
        pid = os.fork()
        if pid == 0:
            code = 3
            try:
                for other in self.desks:
                    os.close(other.orders)
                    os.close(other.tells)
                os.close(orders)
                os.close(tells)
                TurnWorker(world, orders_read, tells_write).work()
                code = 0
            finally:
                os._exit(code)
        os.close(orders_read)
        os.close(tells_write)
        made = Desk(name, pid, orders, tells)
        self.desks.append(made)
        return made

    def until(self, reached: Callable[[], object]) -> None:
        """Listen to all writers until ``reached`` says so.

        Raises:
            Stuck: it did not come to that.
        """
        end = time.monotonic() + self.stuck
        while True:
            for desk in self.desks:
                desk.look_after()
                desk.hear()
            if reached():
                return
            if time.monotonic() > end or all(desk.state == "ended" for desk in self.desks):
                raise Stuck(" / ".join(f"{desk.name} {desk.state}: {desk.told[-3:]}" for desk in self.desks))
            select.select([desk.tells for desk in self.desks if desk.state == "runs"], [], [], 0.002)

    def does(self, desk: Desk, order: str, *whats: str, **more: Any) -> dict[str, Any]:
        """Give an order and wait for what it comes to."""
        wanted = {*whats, "refused"}
        before = sum(one["what"] in wanted for one in desk.told)
        desk.order(order, **more)
        return self._come(desk, wanted, before + 1)

    def pause(self, seconds: float) -> None:
        """Go on listening for so long: a random moment to stop or wake somebody at."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= end)

    def _come(self, desk: Desk, wanted: set[str], count: int) -> dict[str, Any]:
        self.until(lambda: desk.state == "ended" or sum(one["what"] in wanted for one in desk.told) >= count)
        found = [one for one in desk.told if one["what"] in wanted]
        if len(found) < count:
            raise Stuck(f"{desk.name} ended: {desk.told[-3:]}")
        return found[count - 1]

    def make_silent(self) -> None:
        """Put every sign of life back by ten minutes, by the clock of the folder itself."""
        back = time.time() - SILENT_SECONDS
        for path in [*(self.folder / "seat").glob("*.claim"), *(self.folder / "desks").glob("*.json")]:
            with contextlib.suppress(FileNotFoundError):
                os.utime(path, (back, back))

    def clear(self) -> None:
        """End every writer and take the folder away."""
        for desk in self.desks:
            desk.kill()
            os.close(desk.orders)
            os.close(desk.tells)
        self.desks.clear()
        shutil.rmtree(self.folder.parent, ignore_errors=True)
