"""What every screen is handed: the store behind a queue, today, who is sitting here, and the way on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypedDict, TypeVar

from PySide6.QtCore import QObject, Signal

from app.window.background_task import Job, Tasks, Tell, owner_of, still_there

if TYPE_CHECKING:  # the first page needs no database
    from db.store import Store

Result = TypeVar("Result")
Given = ParamSpec("Given")


class Signed(TypedDict):
    """Who changes something, and when."""

    by: str
    now: datetime


class Undo(Protocol):
    """The service that takes back one's own last action."""

    def __call__(self, store: Store, *, by: str, now: datetime, since: int, event_id: int | None) -> object:
        """Take it back: of one event, or after a number of the journal."""


class Redo(Protocol):
    """The service that does again what was taken back."""

    def __call__(self, store: Store, *, by: str, now: datetime) -> object:
        """Do it again."""


class ReadOnly(Exception):
    """A change was asked for while the data folder is open 閲覧専用."""

    happened = "閲覧専用で開いているため、変更は保存していません。"
    lost = "失われたものはありません。"
    todo = "書換えが必要なときは、いったん閉じて、ふつうに開き直してください。"


class Desk(QObject):
    """One sitting at the desk: all that a screen may ask of the rest of the application.

    Signals:
    ``changed()`` after any saved change, undo and redo included: visible screens read again.
    ``saved(datetime)`` when a change was saved. ``said(str, bool)`` the sentence for the undo bar
    and whether it can be undone. ``going(str, dict)`` a wish to go to a place.
    ``failed(Exception)`` a failure to show. ``year_changed(int)``. ``lock_requested()``.
    ``look_changes()`` just before the window is dressed in another text size.
    """

    changed = Signal()
    saved = Signal(object)
    said = Signal(str, bool)
    going = Signal(str, object)
    failed = Signal(object)
    year_changed = Signal(int)
    lock_requested = Signal()
    look_changes = Signal()

    def __init__(
        self,
        *,
        tasks: Tasks,
        store: Any,
        user_name: str,
        fiscal_year: int,
        clock: Callable[[], datetime],
        undo: Undo | None = None,
        redo: Redo | None = None,
        sample: bool = False,
        read_only: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """``undo`` and ``redo`` are services called as ``undo(store, by=…, now=…)``.

        ``clock`` gives the current local time; the sample year hands in one that shows its own day.
        ``store`` is only ever touched on the store thread.
        """
        super().__init__(parent)
        self.tasks = tasks
        self.store = store
        self.user_name = user_name
        self.sample = sample
        self.read_only = read_only
        self._fiscal_year = fiscal_year
        self._clock = clock
        self._undo = undo
        self._redo = redo
        tasks.failed.connect(self.fail)

    def now(self) -> datetime:
        """The present moment (in the sample year, its own)."""
        return self._clock()

    def today(self) -> date:
        """Today (in the sample year, its own)."""
        return self._clock().date()

    @property
    def fiscal_year(self) -> int:
        """The fiscal year shown, as its western first year (令和8年度 = 2026)."""
        return self._fiscal_year

    def choose_year(self, year: int) -> None:
        """Show another fiscal year; every screen reads again."""
        if year != self._fiscal_year:
            self._fiscal_year = year
            self.year_changed.emit(year)
            self.changed.emit()

    @property
    def signed(self) -> Signed:
        """Who sits here and the present moment: what every change is signed with."""
        return {"by": self.user_name, "now": self.now()}

    def read(
        self,
        ask: Callable[[Store], Result],
        done: Callable[[Result], object],
        *,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
    ) -> Job:
        """Call ``ask(store)`` on the store thread, then ``done(result)`` here.

        A service that wants more than the store is given it by ``with_store``.
        """
        return self.tasks.on_store(
            lambda: ask(self.store), done=done, failed=failed, owner=owner or owner_of(done, failed), title=title
        )

    def write(
        self,
        change: Callable[[Store], Result],
        done: Callable[[Result], object] | None = None,
        *,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
    ) -> Job | None:
        """Like ``read`` with a service that changes something, signed by ``signed``; on success the desk says 保存済み.

        A result with a text attribute ``said`` brings the undo bar with that sentence, without its button
        where the result says ``can_undo`` False. Returns None (and shows why) when the folder is open 閲覧専用.
        """
        if self.read_only:
            (failed or self.fail)(ReadOnly())
            return None
        return self._change(change, done, failed, owner, title, can_undo=True)

    def apart(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], object],
        *,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
        drawing: bool = False,
    ) -> Job:
        """Run work that needs no store beside the window; ``drawing`` for papers, which are drawn one at a time.

        A function that wants something is given it by ``bound``.
        """
        return self.tasks.apart(
            work, done=done, failed=failed, owner=owner or owner_of(done, failed), title=title, drawing=drawing
        )

    def stoppable(
        self,
        work: Callable[[Tell], Result],
        done: Callable[[Result], object],
        *,
        failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
    ) -> Job:
        """Run work beside the window that tells how far it is, and that やめる ends."""
        return self.tasks.stoppable(work, done=done, failed=failed, owner=owner or owner_of(done, failed), title=title)

    @property
    def can_undo(self) -> bool:
        """Whether undo was wired and the folder may be written."""
        return self._undo is not None and not self.read_only

    def undo(
        self,
        *,
        failed: Callable[[Exception], object] | None = None,
        since: int = 0,
        event_id: int | None = None,
    ) -> None:
        """Take back one's own last action (Ctrl+Z), of one event or ``since`` a number of the journal where named."""
        if self._undo is not None and not self.read_only:
            undo, signed = self._undo, self.signed
            self._change(
                lambda store: undo(store, since=since, event_id=event_id, **signed),
                None, failed, None, "", can_undo=False,
            )  # fmt: skip

    def redo(self) -> None:
        """Do again what was taken back (Ctrl+Y)."""
        if self._redo is not None and not self.read_only:
            redo, signed = self._redo, self.signed
            self._change(lambda store: redo(store, **signed), None, None, None, "", can_undo=True)

    def say(self, sentence: str, *, can_undo: bool = False) -> None:
        """Show one sentence in the bar at the bottom."""
        self.said.emit(sentence, can_undo)

    def go(self, place: str, **arguments: Any) -> None:
        """Go to a place ("home", "events", "event", …); ``arguments`` reach its ``arrive``."""
        self.going.emit(place, arguments)

    def fail(self, problem: Exception) -> None:
        """Show a failure in three parts."""
        self.failed.emit(problem)

    def lock(self) -> None:
        """Ask for the lock screen."""
        self.lock_requested.emit()

    def _change(
        self,
        change: Callable[[Store], Result],
        done: Callable[[Result], object] | None,
        failed: Callable[[Exception], object] | None,
        owner: QObject | None,
        title: str,
        *,
        can_undo: bool,
    ) -> Job:
        asking, moment = owner or owner_of(done, failed), self.now()

        def finish(result: Result) -> None:
            # Always runs: a change that was saved is told even when the asking screen has gone.
            said = getattr(result, "said", None)
            self.saved.emit(moment)
            try:
                if done is not None and still_there(asking):
                    done(result)
            finally:
                self.changed.emit()
                if isinstance(said, str) and said:
                    reaches = can_undo and getattr(result, "can_undo", True)
                    self.said.emit(said, reaches and self.can_undo)

        def refuse(problem: Exception) -> None:
            if failed is not None and still_there(asking):
                failed(problem)
            else:
                self.fail(problem)

        return self.tasks.on_store(lambda: change(self.store), done=finish, failed=refuse, owner=self, title=title)


def with_store(
    service: Callable[Concatenate[Store, Given], Result], *positional: Given.args, **given: Given.kwargs
) -> Callable[[Store], Result]:
    """Return ``service`` with everything it wants except the store, taken now: the store thread calls it later."""

    def ask(store: Store) -> Result:
        return service(store, *positional, **given)

    return ask
