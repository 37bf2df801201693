"""What every screen is handed: the store behind a queue, today, who is sitting here, and the way on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, Protocol, TypedDict, TypeVar

from PySide6.QtCore import QObject, Signal

from app.acts.act import Act
from app.common.written_texts import PersonalNumberFound, any_personal_number
from app.window.background_task import Job, Tasks, Tell, owner_of, still_there
from app.window.failure_messages import after_saving

if TYPE_CHECKING:  # the first page needs no database
    from app.acts.saved import Saved
    from db.files.storage_errors import Bar
    from db.stale_check import Choice, StaleCheck, Where
    from db.store import Store

_SEEN = "seen up to"
_HELD = "held while half typed"
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
    todo = "入力した文字は残っています。「入力したい」を押し、席に着くと保存できます。"


LockTone = Literal["quiet", "accent", "amber", "green"]
LockAct = Literal["ask", "stop", "take_over", "give", "more"]


@dataclass(frozen=True)
class LockSaying:
    """What is said about who types: one or two lines, and what may be done about it, ``main`` of it filled."""

    first: str
    second: str = ""
    tone: LockTone = "quiet"
    acts: tuple[LockAct, ...] = ()
    main: LockAct | None = None
    sign: str = ""


class Desk(QObject):
    """One sitting at the desk: all that a screen may ask of the rest of the application.

    Signals:
    ``changed()`` after any saved change, undo and redo included: visible screens read again.
    ``saved(datetime)`` when a change was saved. ``said(str, bool)`` the sentence for the undo bar and whether it can be
    undone. ``going(str, dict)`` a wish to go to a place, ``returning(str, dict, bool)`` to go
    back to it (or to wherever one came from). ``collecting(str, str)`` a row, by kind and key, is wanted as
    evidence. ``failed(Exception)`` a failure to show. ``year_changed(int)``. ``lock_requested()``. ``lock_asked()`` the
    person would like to type. ``edit_conflict(EditConflict, Callable)`` a form that was opened before the seat went
    away meets changes of a
    colleague in the same fields: the second saves again with choices, or gives up with None.
    ``copies_while_waiting`` counts the copies of the data read since the person asked for the seat (0 = nobody waits):
    lists let stand out what a colleague saved meanwhile, until the first change of one's own.
    ``lock_told(LockSaying)`` what is said of the seat, also kept as ``lock_saying`` (None: nobody else was here yet);
    ``lock_act(str)`` one of its acts was chosen, wherever it was offered.
    ``lock_changed()`` the seat came or went: ``read_only`` and the store are others from now on.
    ``look_changes()`` just before the window is dressed in another text size.
    """

    changed = Signal()
    saved = Signal(object)
    said = Signal(str, bool)
    going = Signal(str, object)
    returning = Signal(str, object, bool)
    collecting = Signal(str, str)
    failed = Signal(object)
    year_changed = Signal(int)
    lock_requested = Signal()
    look_changes = Signal()
    lock_changed = Signal()
    edit_conflict = Signal(object, object)
    lock_asked = Signal()
    lock_told = Signal(object)
    lock_act = Signal(str)

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
        self.copies_while_waiting = 0
        self.own_locks: set[int] = set()
        self.lock_saying: LockSaying | None = None
        self.known_field: Callable[[str], bool] = lambda _field: True
        self._fiscal_year = fiscal_year
        self._clock = clock
        self._undo = undo
        self._redo = redo
        self.took_back = False
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
            lambda: self.store.afresh(ask),
            done=done,
            failed=failed,
            owner=owner or owner_of(done, failed),
            title=title,
            writes=False,
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

        A result with a text attribute ``said`` brings the undo bar with that sentence, without its button where the
        result says ``can_undo`` False. Returns None (and shows why) when the folder is open 閲覧専用, or when what may
        be a 個人番号 was typed into whatever is to be saved.
        """
        if self.read_only:
            (failed or self.fail)(self._reads_only())
            return None
        # The one door of everything that is typed or pasted: whichever field it was, it does not go into the data.
        if any_personal_number(_given(change)):
            (failed or self.fail)(PersonalNumberFound())
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
        writes: bool = False,
    ) -> Job:
        """Run work that needs no store beside the window; ``drawing`` for papers, which are drawn one at a time.

        A function that wants something is given it by ``bound``. ``writes``: it changes a file, or brings what is to
        be saved; its failure is shown even when the place that asked was left.
        """
        return self.tasks.apart(
            work,
            done=done,
            failed=failed,
            owner=owner or owner_of(done, failed),
            title=title,
            drawing=drawing,
            writes=writes,
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
                None,
                failed,
                None,
                "",
                can_undo=False,
            )

    def redo(self) -> None:
        """Do again what was taken back (Ctrl+Y)."""
        if self._redo is not None and not self.read_only:
            redo, signed = self._redo, self.signed
            self._change(lambda store: redo(store, **signed), None, None, None, "", can_undo=True)

    @property
    def bar(self) -> Bar:
        """Why the person here never writes in this sitting ("" = writes when the seat is theirs)."""
        return getattr(self.store, "bar", "")

    @property
    def login_id(self) -> str:
        """The login ID of who sits here ("" = the data were opened with the recovery key)."""
        return getattr(self.store, "login_id", "")

    @property
    def way_to_write(self) -> str:
        """What whoever reads does to write: one sentence."""
        if self.bar:
            return "閲覧のみの利用者のため、担当の人に頼んでください。"
        return "変えるときは、「入力したい」を押し、席に着いてください。"

    def ask_for_lock(self) -> None:
        """Say that one would like to type, from wherever that is said."""
        self.lock_asked.emit()

    def tell_lock(self, saying: LockSaying) -> None:
        """Say how the seat stands, in the window and in every dialog over it."""
        if saying != self.lock_saying:
            self.lock_saying = saying
            self.lock_told.emit(saying)

    def take_store(self, store: Store) -> Store:
        """Put another store behind the screens; call it on the store thread. Returns the one before."""
        before, self.store = self.store, store
        return before  # type: ignore[no-any-return]

    def set_read_only(self, read_only: bool, *, reads_again: bool = True) -> None:
        """The seat came or went: lists read again unless the caller sees to it, open forms stay as they are."""
        self.read_only = read_only
        self.lock_changed.emit()
        if reads_again:
            self.changed.emit()

    def may_write(self) -> bool:
        """Whether something may be changed now; a key that would change something says why it does nothing."""
        if self.read_only:
            self.say(f"閲覧専用で見ています。{self.way_to_write}")
        return not self.read_only

    def say(self, sentence: str, *, can_undo: bool = False) -> None:
        """Show one sentence in the bar at the bottom."""
        self.said.emit(sentence, can_undo)

    def go(self, place: str, **arguments: Any) -> None:
        """Go to a place ("home", "events", "event", …); ``arguments`` reach its ``open_with``."""
        self.going.emit(place, arguments)

    def back_to(self, place: str, **arguments: Any) -> None:
        """Go back to a place: as it was left where one came from there, else as ``go``."""
        self.returning.emit(place, arguments, False)

    def back_from_here(self, otherwise: str, **arguments: Any) -> None:
        """Go back to where one came from, whatever it was; to ``otherwise`` where one came from nowhere."""
        self.returning.emit(otherwise, arguments, True)

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
        loaded: StaleCheck | None = None,
    ) -> Job:
        asking, moment = owner or owner_of(done, failed), self.now()
        loaded = loaded or self._seen_by(asking)

        def finish(result: Result) -> None:
            # Always runs: a change that was saved is told even when the asking screen has gone.
            said = getattr(result, "said", None)
            if still_there(asking):
                _release_above(asking)
            self.copies_while_waiting = 0
            self.saved.emit(moment)
            try:
                if done is not None and still_there(asking):
                    with after_saving():
                        done(result)
            finally:
                self.changed.emit()
                if isinstance(said, str) and said:
                    reaches = can_undo and getattr(result, "can_undo", True)
                    self.took_back = not can_undo
                    self.said.emit(said, reaches and self.can_undo)
                    self.took_back = False

        def refuse(problem: Exception) -> None:
            if failed is not None and still_there(asking):
                failed(problem)
            else:
                self.fail(problem)

        def again(chosen: Mapping[Where, Choice]) -> None:
            assert loaded is not None
            if self.read_only:  # the seat went while one chose: what was typed stays and is asked about again
                refuse(self._reads_only())
                return
            self._change(change, done, failed, owner, title, can_undo=can_undo, loaded=loaded.choosing(chosen))

        def ask_first(problem: Exception) -> None:
            if loaded is not None and hasattr(problem, "both"):
                self.edit_conflict.emit(problem, lambda chosen: again(chosen) if chosen else refuse(problem))
            else:
                refuse(problem)

        def save(store: Store) -> Result:
            with store.saving_with_stale_check(loaded):
                return change(store)

        work = save if loaded is not None else change
        return self.tasks.on_store(
            lambda: self.store.afresh(work), done=finish, failed=ask_first, owner=self, title=title
        )

    def _reads_only(self) -> Exception:
        """Why nothing is saved now: a colleague has the seat, or the person here never takes it."""
        if not self.bar:
            return ReadOnly()
        from db.files.storage_errors import barred

        return barred(self.bar)

    def _seen_by(self, asking: QObject | None) -> StaleCheck | None:
        """What the person who saves saw, where the seat was away since the form was opened."""
        seen = _seen_above(asking)
        if seen is None:
            return None
        from db.stale_check import StaleCheck

        return StaleCheck(seen, frozenset(self.own_locks), self.known_field)


def note_seen(part: QObject, seq: int) -> None:
    """Note on an open form, or what holds it, up to where the journal went when it was opened; the first
    note counts."""
    if part.property(_SEEN) is None:
        part.setProperty(_SEEN, seq)


def forget_seen(part: QObject) -> None:
    """What was typed is saved: from now on the part shows what is."""
    part.setProperty(_SEEN, None)


def waits_for_lock(part: QObject) -> bool:
    """Whether something was half typed here when the seat went, and is not saved yet."""
    return isinstance(part.property(_SEEN), int)


def hold(part: QObject, on: bool) -> None:
    """Let what a screen shows stand as it is, because text that no form keeps is half typed in it; or no longer."""
    part.setProperty(_HELD, on or None)


def is_held(part: QObject) -> bool:
    """Whether nothing is read anew over what a screen shows."""
    return part.property(_HELD) is True


def may_save(part: QObject) -> bool:
    """Whether what is left here is saved at once; while a colleague has the seat it stays half typed."""
    desk = desk_above(part)
    return desk is None or not desk.read_only


def may_let_out(part: QObject) -> bool:
    """Whether a text made here to be sent may be put on the clipboard: a 閲覧 is told that it may not.

    While a colleague has the seat it may, without a row in the log; lists of people may not
    (``export_button.log_copies``).
    """
    desk = desk_above(part)
    if desk is None or not desk.bar:
        return True
    desk.say(f"コピーはできません。{desk.way_to_write}")
    return False


def tell_of_lock(part: QObject, act: Callable[[], None]) -> None:
    """Call ``act``, a method of ``part``, whenever the seat comes or goes."""
    desk = desk_above(part)
    if desk is not None:
        desk.lock_changed.connect(act)


def copies_while_waiting(part: QObject) -> int:
    """How many copies of the data were read since the person asked for the seat, the present one included; 0 = nobody
    waits."""
    desk = desk_above(part)
    return desk.copies_while_waiting if desk is not None else 0


def desk_above(part: QObject) -> Desk | None:
    """The desk at which a part stands: that of the nearest that holds it and has one."""
    above: QObject | None = part
    while above is not None:
        desk = getattr(above, "desk", None)
        if isinstance(desk, Desk):
            return desk
        above = above.parent()
    return None


def _release_above(part: QObject | None) -> None:
    """What was half typed here is saved: everything it stands in may read again."""
    while part is not None:
        if is_held(part):
            hold(part, False)
        part = part.parent()


def _seen_above(part: QObject | None) -> int | None:
    while part is not None:
        seen = part.property(_SEEN)
        if isinstance(seen, int):
            return seen
        part = part.parent()
    return None


def with_store(
    service: Callable[Concatenate[Store, Given], Result], *positional: Given.args, **given: Given.kwargs
) -> Callable[[Store], Result]:
    """Return ``service`` with everything it wants except the store, taken now: the store thread calls it later."""

    def ask(store: Store) -> Result:
        return service(store, *positional, **given)

    ask.__dict__["given"] = (service, positional, given)
    return ask


def acting(
    desk: Desk,
    service: Callable[Concatenate[Act, Given], Result],
    *positional: Given.args,
    **given: Given.kwargs,
) -> Callable[[Store], Result]:
    """Return ``service`` signed by who sits at ``desk`` now, with everything it wants: what ``write`` and ``send``
    take."""
    by, now = desk.user_name, desk.now()

    def do(store: Store) -> Result:
        return service(Act(store, by, now), *positional, **given)

    do.__dict__["given"] = (service, positional, given)
    return do


def quietly(change: Callable[[Store], Saved]) -> Callable[[Store], int]:
    """``change`` without its sentence: what is saved while one types on brings no bar over the text."""
    return with_store(_without_words, change)


def _without_words(store: Store, change: Callable[[Store], Saved]) -> int:
    return change(store).id


def _given(change: Callable[..., object]) -> dict[str, object]:
    """What an action was given by name, also by a ``partial`` of it or by an action within it."""
    service, positional, given = getattr(change, "given", (change, (), {}))
    found: dict[str, object] = {str(place): value for place, value in enumerate(positional)} | given
    while isinstance(service, partial):
        found = {**service.keywords, **found}
        service = service.func
    for action in [value for value in found.values() if callable(value) and hasattr(value, "given")]:
        found |= _given(action)
    return found
