"""The only file that knows threads: work runs beside the window, results come back into it.

Circles of Python objects are taken away from the event loop only: a widget that ends elsewhere ends the process.
"""

from __future__ import annotations

import gc
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from app.window.failure_messages import mark_stage
from app.window.later import later
from app.window.memory import share_one_heap

_EVERY_MS = 1000
_TURN_SECONDS = 0.0005
_ENDED = object()
_at_work: set[int] = set()
_before: list[bool] = []
Result = TypeVar("Result")
Given = ParamSpec("Given")
Tell = Callable[[int, int], None]
LONG_AFTER_MS = 200
"""Work that takes longer than this shows a progress bar."""


class TakingAway(QObject):
    """Does the rounds of Python's collector by a timer; while one of these is at work it does none by itself.

    Signals: none.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.go_round)
        self._timer.start()
        if not _at_work:
            _before[:] = [gc.isenabled()]
        _at_work.add(id(self))
        gc.disable()

    def go_round(self) -> None:
        """Collect the oldest generation that is due, by Python's own thresholds."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return

    def end(self) -> None:
        """Leave it as it was found: call once the other threads have ended."""
        self._timer.stop()
        _at_work.discard(id(self))
        if not _at_work and _before and _before.pop():
            gc.enable()


class Stopped(Exception):
    """Raised inside a task's ``tell`` when the person asked to stop; let it pass through."""


class Job(QObject):
    """One piece of work under way; handed out so that it can be watched and stopped.

    ``writes``: it changes data or a file, so its failure is shown even when the widget that asked has gone.

    Signals: ``progressed(done, total)`` in the GUI thread.
    """

    progressed = Signal(int, int)

    def __init__(self, *, title: str, can_stop: bool, writes: bool, owner: QObject | None) -> None:
        super().__init__()
        self.title = title
        self.writes = writes
        self.can_stop = can_stop
        self._owner = owner
        self._stop = Event()

    @property
    def stopped(self) -> bool:
        """True once ``stop`` was called."""
        return self._stop.is_set()

    @property
    def wanted(self) -> bool:
        """False when the widget that asked is gone or the task was stopped: the result is dropped."""
        return not self.stopped and still_there(self._owner)

    def stop(self) -> None:
        """Ask the work to end; it ends at its next ``tell``, and its result is not delivered."""
        self._stop.set()

    def tell(self, done: int, total: int) -> None:
        """Called by the work itself, on its thread: ``done`` of ``total`` parts are finished.

        Raises Stopped when the person asked to stop.
        """
        if self._stop.is_set():
            raise Stopped
        self.progressed.emit(done, total)


@dataclass
class _Parcel:
    """What goes to another thread and comes back: the work, then its result or what went wrong."""

    work: Callable[[], Any] | None
    result: Any = None
    problem: BaseException | None = None

    def run(self) -> None:
        """Do the work on this thread; nothing of it is held here when this returns."""
        work, self.work = self.work, None
        try:
            self.result = work() if work is not None else None
        except BaseException as problem:  # noqa: BLE001 - told to whoever asked, in the GUI thread
            self.problem = problem


class Tasks(QObject):
    """Runs work off the GUI thread: a serial thread for the store, one for drawing papers, a small pool for the rest.

    Signals (all in the GUI thread): ``idle_changed(bool)``; ``long_started(Job)`` and
    ``long_ended(Job)`` around work longer than 200 ms; ``failed(Exception)`` for work whose
    caller gave no ``failed``.
    """

    idle_changed = Signal(bool)
    long_started = Signal(object)
    long_ended = Signal(object)
    failed = Signal(object)
    _arrived = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        share_one_heap()
        self._store_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="apart")
        # The fonts of the papers serve one paper at a time.
        self._drawing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")
        self._under_way: set[Job] = set()
        # By number, and only here: a thread that let go of the last hold on a widget would end it there.
        self._parcels: dict[int, tuple[Job, _Parcel, Any, Any]] = {}
        self._number = 0
        self._taking_away = TakingAway(self)
        # The window waits no longer than this for a thread that reads: it asks anew after many a call of Qt.
        sys.setswitchinterval(_TURN_SECONDS)
        self._long: set[Job] = set()
        self._closed = False
        self._came: deque[int] = deque()
        # A result of which only a part is shown yet.
        self._half_shown: tuple[Job, Iterator[object]] | None = None
        # One result a turn of the window: what several of them show, one after the other in one turn, would be felt.
        self._next_turn = later(self, self._deliver_next)
        self._arrived.connect(self._take_in, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """True when nothing runs and every result has been delivered."""
        return not self._under_way and self._half_shown is None

    @property
    def busy(self) -> bool:
        """The opposite of ``idle``."""
        return not self.idle

    def on_store(
        self,
        work: Callable[[], Result],
        *,
        done: Callable[[Result], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
        writes: bool = True,
    ) -> Job:
        """Run ``work()`` on the store thread, after all that was asked before it.

        ``done(result)`` or ``failed(exception)`` follows in the GUI thread, unless ``owner`` (or the
        widget that ``done`` is a method of) is gone by then. ``title`` names it in the progress bar.
        ``writes`` False only reads: when its owner has gone, nobody is told how it ended.

        A ``done`` that shows too much for one turn of the window is a generator: it goes on to its next ``yield`` in
        each turn, no other result comes in between, and it ends where it stands when the owner goes.
        """
        task = Job(title=title, can_stop=False, writes=writes, owner=owner or owner_of(done, failed))
        self._start(self._store_thread, task, work, done, failed)
        return task

    def apart(
        self,
        work: Callable[[], Result],
        *,
        done: Callable[[Result], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
        drawing: bool = False,
        writes: bool = False,
    ) -> Job:
        """Run ``work()`` on the pool (no store there).

        ``drawing`` True draws a paper: such work waits its turn, one piece after the other. ``writes`` True changes a
        file: its failure is shown even when its owner has gone.
        """
        task = Job(title=title, can_stop=False, writes=writes, owner=owner or owner_of(done, failed))
        self._start(self._drawing if drawing else self._pool, task, work, done, failed)
        return task

    def stoppable(
        self,
        work: Callable[[Tell], Result],
        *,
        done: Callable[[Result], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[[int, int], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
    ) -> Job:
        """Run ``work(tell)`` on the pool; it calls ``tell(done, total)``, where やめる takes effect (``Stopped``)."""
        task = Job(title=title, can_stop=True, writes=False, owner=owner or owner_of(done, failed))
        if progress is not None:
            task.progressed.connect(progress, Qt.ConnectionType.QueuedConnection)
        self._start(self._pool, task, lambda: work(task.tell), done, failed)
        return task

    def shutdown(self) -> None:
        """Stop what can be stopped, finish what is being written, and join the threads."""
        self._closed = True
        for task in self._under_way:
            if task.can_stop:
                task.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._drawing.shutdown(wait=True, cancel_futures=True)
        self._store_thread.shutdown(wait=True)
        self._taking_away.end()

    def _start(
        self,
        executor: ThreadPoolExecutor,
        task: Job,
        work: Callable[[], Result],
        done: Callable[[Result], object] | None,
        failed: Callable[[Exception], object] | None,
    ) -> None:
        if self._closed:
            return
        was_idle = self.idle
        self._under_way.add(task)
        if was_idle:
            self.idle_changed.emit(False)
        QTimer.singleShot(LONG_AFTER_MS, self, lambda: self._mark_long(task))
        self._number += 1
        parcel = _Parcel(work)
        self._parcels[self._number] = (task, parcel, done, failed)
        executor.submit(self._run, self._number)

    def _run(self, number: int) -> None:
        # On the worker thread, which holds no more than the number once the work is done.
        self._parcels[number][1].run()
        if isValid(self):
            self._arrived.emit(number)

    def _mark_long(self, task: Job) -> None:
        if task in self._under_way:
            self._long.add(task)
            self.long_started.emit(task)

    def _take_in(self, number: int) -> None:
        self._came.append(number)
        self._next_turn.start()

    def _deliver_next(self) -> None:
        half, self._half_shown = self._half_shown, None
        number = self._came.popleft() if half is None and self._came else None
        if self._came:
            self._next_turn.start()
        try:
            if half is not None:
                self._go_on(*half)
            elif number is not None:
                self._deliver(number)
        finally:
            if self.idle:
                self.idle_changed.emit(True)

    def _deliver(self, number: int) -> None:
        task, parcel, done, failed = self._parcels.pop(number)
        self._under_way.discard(task)
        if task in self._long:
            self._long.discard(task)
            self.long_ended.emit(task)
        # Taken out: a failure keeps the frames it passed through, and one of them keeps the parcel.
        result, problem = parcel.result, parcel.problem
        parcel.result = parcel.problem = None
        shown = self._hand_over(task, result, problem, done, failed)
        if isinstance(shown, Generator):
            self._go_on(task, shown)

    def _go_on(self, task: Job, shown: Iterator[object]) -> None:
        """Show the next part of a result; what is left waits for the next turn of the window."""
        if task.wanted and next(shown, _ENDED) is not _ENDED:
            self._half_shown = (task, shown)
            self._next_turn.start()

    def _hand_over(self, task: Job, result: Any, problem: BaseException | None, done: Any, failed: Any) -> object:
        if isinstance(problem, Stopped):
            return None
        if problem is not None and not isinstance(problem, Exception):
            raise problem
        if problem is not None:
            mark_stage(problem, "writing" if task.writes else "reading")
        if not task.wanted:
            # A lost screen must not hide a failed write; how a reading ended concerns nobody once its place was left.
            if problem is not None and task.writes and not task.stopped:
                self.failed.emit(problem)
            return None
        if problem is None:
            return done(result) if done is not None else None
        if failed is not None:
            return failed(problem)
        self.failed.emit(problem)
        return None


def bound(function: Callable[Given, Result], *positional: Given.args, **given: Given.kwargs) -> Callable[[], Result]:
    """Return ``function`` with everything it wants, taken now: another thread calls it later."""
    return lambda: function(*positional, **given)


def notification(
    function: Callable[Concatenate[Tell, Given], Result], *positional: Given.args, **given: Given.kwargs
) -> Callable[[Tell], Result]:
    """Like ``bound`` for a function that tells how far it is: it is handed ``tell`` when it runs."""
    return lambda tell: function(tell, *positional, **given)


def owner_of(*called: Callable[[Any], object] | None) -> QObject | None:
    """The widget that the first of ``called`` (what follows work, done or failed) belongs to, if any.

    It is the one that a method is a method of, or that a lambda written in a method speaks of as ``self``.
    """
    for one in called:
        while isinstance(one, partial):
            one = one.func  # noqa: PLW2901 - the method inside
        owner = getattr(one, "__self__", None) or _self_inside(one)
        if isinstance(owner, QObject):
            return owner
    return None


def _self_inside(one: object) -> object:
    """The ``self`` that a lambda written inside a method holds, if it does."""
    code, cells = getattr(one, "__code__", None), getattr(one, "__closure__", None) or ()
    held = dict(zip(code.co_freevars, cells, strict=True)) if code is not None else {}
    return held["self"].cell_contents if "self" in held else None


def still_there(owner: QObject | None) -> bool:
    """True while ``owner`` stands on the Qt side too, and when there is none to ask for."""
    return owner is None or isValid(owner)
