"""The only module with threads: work runs on worker threads, results are delivered in the window thread.

Python's cyclic garbage is collected in the event loop only: destroying a widget on another thread crashes the process.
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

from app.window.debounce import debounce
from app.window.failure_messages import mark_stage
from app.window.memory import share_one_heap

_GC_INTERVAL_MS = 1000
_SWITCH_INTERVAL = 0.0005
_NO_MORE_PARTS = object()
_active_collectors: set[int] = set()
_gc_was_enabled: list[bool] = []
Result = TypeVar("Result")
Given = ParamSpec("Given")
ReportProgress = Callable[[int, int], None]
LONG_AFTER_MS = 200
"""Work that takes longer than this shows a progress bar."""


class GarbageCollector(QObject):
    """Runs Python's garbage collector by a timer in the window thread and switches automatic collection off.

    Signals: none.
    """

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._timer = QTimer(self, interval=_GC_INTERVAL_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()
        if not _active_collectors:
            _gc_was_enabled[:] = [gc.isenabled()]
        _active_collectors.add(id(self))
        gc.disable()

    def collect_due(self) -> None:
        """Collect the oldest generation that is due, by Python's own thresholds."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return

    def restore(self) -> None:
        """Stop this collector; call it after the other threads have ended.

        The last one switches automatic collection on again, if it was on before the first.
        """
        self._timer.stop()
        _active_collectors.discard(id(self))
        if not _active_collectors and _gc_was_enabled and _gc_was_enabled.pop():
            gc.enable()


class TaskStopped(Exception):
    """Raised by a task's progress callback when the user asked to stop; do not catch it."""


class Job(QObject):
    """One piece of running work, returned so that it can be watched and stopped.

    ``writes``: it changes data or a file, so its failure is shown even when the widget that asked has gone.

    Signals: ``progressed(done, total)`` in the window thread.
    """

    progressed = Signal(int, int)

    def __init__(self, *, title: str, can_stop: bool, writes: bool, owner: QObject | None):
        super().__init__()
        self.title = title
        self.writes = writes
        self.can_stop = can_stop
        self._owner = owner
        self._stop_event = Event()

    @property
    def is_stopped(self) -> bool:
        """Return whether ``stop`` was called."""
        return self._stop_event.is_set()

    @property
    def is_wanted(self) -> bool:
        """Return False when the widget that asked is gone or the task was stopped; the result is then dropped."""
        return not self.is_stopped and is_alive(self._owner)

    def stop(self) -> None:
        """Ask the work to end: it ends at its next progress report, and its result is not delivered."""
        self._stop_event.set()

    def report_progress(self, done: int, total: int) -> None:
        """Report from the worker thread that ``done`` of ``total`` parts are finished.

        Raises ``TaskStopped`` when the user asked to stop.
        """
        if self._stop_event.is_set():
            raise TaskStopped
        self.progressed.emit(done, total)


@dataclass
class _WorkItem:
    """Carries work to another thread, and its result or exception back."""

    work: Callable[[], Any] | None
    result: Any = None
    problem: BaseException | None = None


class Tasks(QObject):
    """Runs work off the window thread: one thread for the database, one for drawing, a small pool for the rest.

    Attributes: ``is_delivering`` a callback with a result runs just now.

    Signals (all in the window thread): ``idle_changed(bool)``; ``long_started(Job)`` and ``long_ended(Job)`` around
    work longer than 200 ms; ``failed(Exception)`` for work whose caller gave no ``on_failed``.
    """

    idle_changed = Signal(bool)
    long_started = Signal(object)
    long_ended = Signal(object)
    failed = Signal(object)
    _work_finished = Signal(int)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        share_one_heap()
        self._store_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="apart")
        # The PDF fonts can be used by one document at a time.
        self._drawing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")
        self._running: set[Job] = set()
        # By number, and only here: a thread dropping the last reference to a widget would destroy it on that thread.
        self._work_items: dict[int, tuple[Job, _WorkItem, Any, Any]] = {}
        self._number = 0
        self._garbage_collector = GarbageCollector(self)
        # The window waits no longer than this for a thread that reads: it asks anew after many a call of Qt.
        sys.setswitchinterval(_SWITCH_INTERVAL)
        self._long: set[Job] = set()
        self.is_delivering = False
        self._is_shut_down = False
        self._finished_numbers: deque[int] = deque()
        # A result of which only a part is shown yet.
        self._partial_result: tuple[Job, Iterator[object]] | None = None
        # One result a turn of the window: what several of them show, one after the other in one turn, would be felt.
        self._deliver_timer = debounce(self, self._deliver_next)
        self._work_finished.connect(self._on_work_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def is_idle(self) -> bool:
        """Return True when nothing runs and every result has been delivered."""
        return not self._running and self._partial_result is None

    @property
    def is_busy(self) -> bool:
        """Return the opposite of ``is_idle``."""
        return not self.is_idle

    def run_on_store(
        self,
        work: Callable[[], Result],
        *,
        on_done: Callable[[Result], object] | None = None,
        on_failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
        writes: bool = True,
    ) -> Job:
        """Run ``work()`` on the database thread, after everything queued before it.

        ``on_done(result)`` or ``on_failed(exception)`` follows in the window thread, unless ``owner`` (or the widget
        that ``on_done`` is a method of) is gone by then. ``title`` is shown in the progress bar. ``writes`` False
        only reads: when its owner has gone, a failure is not shown.

        An ``on_done`` with too much to show at once is a generator: each turn of the event loop runs it to its next
        ``yield``; no other result is delivered in between, and it stops when the owner goes.
        """
        task = Job(title=title, can_stop=False, writes=writes, owner=owner or owner_of(on_done, on_failed))
        self._start(self._store_thread, task, work, on_done, on_failed)
        return task

    def run_in_background(
        self,
        work: Callable[[], Result],
        *,
        on_done: Callable[[Result], object] | None = None,
        on_failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
        drawing: bool = False,
        writes: bool = False,
    ) -> Job:
        """Run ``work()``, which uses no store, on the pool; the callbacks and ``title`` as for ``run_on_store``.

        ``drawing`` True draws a document: such work has one thread, one piece after the other. ``writes`` True changes
        a file: its failure is shown even when its owner has gone.
        """
        task = Job(title=title, can_stop=False, writes=writes, owner=owner or owner_of(on_done, on_failed))
        self._start(self._drawing if drawing else self._pool, task, work, on_done, on_failed)
        return task

    def run_stoppable(
        self,
        work: Callable[[ReportProgress], Result],
        *,
        on_done: Callable[[Result], object] | None = None,
        on_failed: Callable[[Exception], object] | None = None,
        progress: Callable[[int, int], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
    ) -> Job:
        """Run ``work(report_progress)`` on the pool; reporting raises ``TaskStopped`` after やめる.

        ``progress(done, total)`` is called in the window thread for each report; the rest as for ``run_on_store``.
        """
        task = Job(title=title, can_stop=True, writes=False, owner=owner or owner_of(on_done, on_failed))
        if progress is not None:
            task.progressed.connect(progress, Qt.ConnectionType.QueuedConnection)
        self._start(self._pool, task, lambda: work(task.report_progress), on_done, on_failed)
        return task

    def shutdown(self) -> None:
        """End the threads, waiting for them; what is started afterwards is ignored.

        Queued work of the database is still done; other work is stopped where it can be, and dropped if it has not
        begun.
        """
        self._is_shut_down = True
        for task in self._running:
            if task.can_stop:
                task.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._drawing.shutdown(wait=True, cancel_futures=True)
        self._store_thread.shutdown(wait=True)
        self._garbage_collector.restore()

    def _start(
        self,
        executor: ThreadPoolExecutor,
        task: Job,
        work: Callable[[], Result],
        on_done: Callable[[Result], object] | None,
        on_failed: Callable[[Exception], object] | None,
    ) -> None:
        """Submit work to a thread and remember whom to call back; nothing after shutdown."""
        if self._is_shut_down:
            return
        was_idle = self.is_idle
        self._running.add(task)
        if was_idle:
            self.idle_changed.emit(False)
        QTimer.singleShot(LONG_AFTER_MS, self, lambda: self._mark_long(task))
        self._number += 1
        parcel = _WorkItem(work)
        self._work_items[self._number] = (task, parcel, on_done, on_failed)
        executor.submit(self._run, self._number)

    def _run(self, number: int) -> None:
        """Run the work on its thread, and report its end to the window thread (``_work_finished``)."""
        # On the worker thread, which keeps only the number once the work is done.
        item = self._work_items[number][1]
        work, item.work = item.work, None
        try:
            item.result = work() if work is not None else None
        except BaseException as problem:  # noqa: BLE001 - told to whoever asked, in the GUI thread
            item.problem = problem
        del item, work
        if isValid(self):
            self._work_finished.emit(number)

    def _mark_long(self, task: Job) -> None:
        """Emit ``long_started`` for work that still runs after 200 ms."""
        if task in self._running:
            self._long.add(task)
            self.long_started.emit(task)

    def _on_work_finished(self, number: int) -> None:
        """Queue the number of ended work, whose result is delivered in one of the next turns of the event loop."""
        self._finished_numbers.append(number)
        self._deliver_timer.start()

    def _deliver_next(self) -> None:
        half, self._partial_result = self._partial_result, None
        number = self._finished_numbers.popleft() if half is None and self._finished_numbers else None
        if self._finished_numbers:
            self._deliver_timer.start()
        self.is_delivering = True
        try:
            if half is not None:
                self._show_next_part(*half)
            elif number is not None:
                self._deliver(number)
        finally:
            self.is_delivering = False
            if self.is_idle:
                self.idle_changed.emit(True)

    def _deliver(self, number: int) -> None:
        """Call back with the result of a piece of work, and emit ``long_ended`` if it took long."""
        task, parcel, done, failed = self._work_items.pop(number)
        self._running.discard(task)
        if task in self._long:
            self._long.discard(task)
            self.long_ended.emit(task)
        # Taken out: a failure keeps the frames it passed through, and one of them keeps the parcel.
        result, problem = parcel.result, parcel.problem
        parcel.result = parcel.problem = None
        shown = self._call_back(task, result, problem, done, failed)
        if isinstance(shown, Generator):
            self._show_next_part(task, shown)

    def _show_next_part(self, task: Job, parts: Iterator[object]) -> None:
        """Show the next part of a result; the rest waits for the next turn of the event loop."""
        if task.is_wanted and next(parts, _NO_MORE_PARTS) is not _NO_MORE_PARTS:
            self._partial_result = (task, parts)
            self._deliver_timer.start()

    def _call_back(self, task: Job, result: Any, problem: BaseException | None, done: Any, failed: Any) -> object:
        """Call ``done`` or ``failed`` with the outcome; drop what nobody wants any more, except a failed write.

        Returns what the callback returned: a generator shows its result in parts.
        """
        if isinstance(problem, TaskStopped):
            return None
        if problem is not None and not isinstance(problem, Exception):
            raise problem
        if problem is not None:
            mark_stage(problem, "writing" if task.writes else "reading")
        if not task.is_wanted:
            # A discarded screen must not hide a failed write; a failed read no longer matters then.
            if problem is not None and task.writes and not task.is_stopped:
                self.failed.emit(problem)
            return None
        if problem is None:
            return done(result) if done is not None else None
        if failed is not None:
            return failed(problem)
        self.failed.emit(problem)
        return None


def bind_arguments(
    function: Callable[Given, Result], *positional: Given.args, **given: Given.kwargs
) -> Callable[[], Result]:
    """Return ``function`` with all its arguments bound now, to be called later on another thread."""
    return lambda: function(*positional, **given)


def bind_with_progress(
    function: Callable[Concatenate[ReportProgress, Given], Result], *positional: Given.args, **given: Given.kwargs
) -> Callable[[ReportProgress], Result]:
    """Return ``function`` like ``bind_arguments``, to be called with the progress callback as first argument."""
    return lambda tell: function(tell, *positional, **given)


def owner_of(*called: Callable[[Any], object] | None) -> QObject | None:
    """Return the widget to which a callback belongs, of several that of the first that has one; None = none has.

    It is the object of a method, or the ``self`` that a lambda written in a method refers to.
    """
    for one in called:
        while isinstance(one, partial):
            one = one.func  # noqa: PLW2901 - the method inside
        owner = getattr(one, "__self__", None) or _captured_self(one)
        if isinstance(owner, QObject):
            return owner
    return None


def _captured_self(callback: object) -> object:
    """Return the ``self`` captured by a lambda written inside a method, if any."""
    code, cells = getattr(callback, "__code__", None), getattr(callback, "__closure__", None) or ()
    held = dict(zip(code.co_freevars, cells, strict=True)) if code is not None else {}
    return held["self"].cell_contents if "self" in held else None


def is_alive(owner: QObject | None) -> bool:
    """Return whether the Qt object of ``owner`` still exists; True when there is no owner."""
    return owner is None or isValid(owner)
