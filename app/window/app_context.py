"""What every screen is handed: the store behind a queue, today, who is sitting here, and the way on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, Protocol, TypedDict, TypeVar

from PySide6.QtCore import QObject, Signal

from app.actions.action_context import ActionContext
from app.common.text_rules import PersonalNumberFound, has_personal_number
from app.window.background_task import Job, ReportProgress, Tasks, is_alive, owner_of
from app.window.failure_messages import after_saving

if TYPE_CHECKING:  # the first page needs no database
    from app.actions.action_result import ActionResult
    from db.files.storage_errors import Restriction
    from db.stale_check import FieldKey, Resolution, StaleCheck
    from db.store import Store

_LOADED_SEQ = "seen up to"
_REFRESH_HELD = "held while half typed"
Result = TypeVar("Result")
Given = ParamSpec("Given")


class AuthorAndTime(TypedDict):
    """Who changes something, and when."""

    by: str
    now: datetime


class UndoService(Protocol):
    """The service that takes back one's own last action."""

    def __call__(self, store: Store, *, by: str, now: datetime, since: int, event_id: int | None) -> object:
        """Take it back: of one event, or after a number of the journal."""


class RedoService(Protocol):
    """The service that does again what was taken back."""

    def __call__(self, store: Store, *, by: str, now: datetime) -> object:
        """Do it again."""


class ReadOnlyError(Exception):
    """A change was asked for while the data folder is open 閲覧専用."""

    happened = "閲覧専用で開いているため、変更は保存していません。"
    lost = "失われたものはありません。"
    todo = "入力した文字は残っています。「入力したい」を押し、席に着くと保存できます。"


LockTone = Literal["quiet", "accent", "amber", "green"]
LockAction = Literal["ask", "stop", "take_over", "give", "more"]


@dataclass(frozen=True)
class LockMessage:
    """What is said about who types: one or two lines, and what may be done about it, ``main`` of it filled."""

    first_line: str
    second_line: str = ""
    tone: LockTone = "quiet"
    actions: tuple[LockAction, ...] = ()
    main_action: LockAction | None = None
    icon_name: str = ""


class AppContext(QObject):
    """One sitting at the desk: all that a screen may ask of the rest of the application.

    Signals:
    ``changed()`` after any saved change, undo and redo included: visible screens read again.
    ``saved(datetime)`` when a change was saved. ``said(str, bool)`` the sentence for the undo bar and whether it can be
    undone. ``going(str, dict)`` a wish to go to a place, ``return_requested(str, dict, bool)`` to go
    back to it (or to wherever one came from). ``collecting(str, str)`` a row, by kind and key, is wanted as
    evidence. ``failed(Exception)`` a failure to show. ``year_changed(int)``. ``screen_lock_requested()``.
    ``lock_asked()`` the person would like to type. ``edit_conflict(EditConflict, Callable)`` a form that was opened
    before the seat went away meets changes of a
    colleague in the same fields: the second saves again with choices, or gives up with None.
    ``copies_while_waiting`` counts the copies of the data read since the person asked for the seat (0 = nobody waits):
    lists let stand out what a colleague saved meanwhile, until the first change of one's own.
    ``lock_message_changed(LockMessage)`` what is said of the seat, also kept as ``lock_message`` (None: nobody else was
    here yet);
    ``lock_action_chosen(str)`` one of its acts was chosen, wherever it was offered.
    ``lock_changed()`` the seat came or went: ``read_only`` and the store are others from now on.
    ``style_changing()`` just before the window is dressed in another text size.
    """

    changed = Signal()
    saved = Signal(object)
    message_shown = Signal(str, bool)
    navigation_requested = Signal(str, object)
    return_requested = Signal(str, object, bool)
    evidence_requested = Signal(str, str)
    failed = Signal(object)
    year_changed = Signal(int)
    screen_lock_requested = Signal()
    style_changing = Signal()
    lock_changed = Signal()
    edit_conflict = Signal(object, object)
    write_lock_requested = Signal()
    lock_message_changed = Signal(object)
    lock_action_chosen = Signal(str)

    def __init__(
        self,
        *,
        tasks: Tasks,
        store: Any,
        user_name: str,
        fiscal_year: int,
        clock: Callable[[], datetime],
        undo: UndoService | None = None,
        redo: RedoService | None = None,
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
        self.own_lock_numbers: set[int] = set()
        self.lock_message: LockMessage | None = None
        self.is_known_field: Callable[[str], bool] = lambda _field: True
        self._fiscal_year = fiscal_year
        self._clock = clock
        self._undo = undo
        self._redo = redo
        self.is_undoing = False
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
    def author_and_time(self) -> AuthorAndTime:
        """Who sits here and the present moment: what every change is signed with."""
        return {"by": self.user_name, "now": self.now()}

    def read(
        self,
        query: Callable[[Store], Result],
        on_done: Callable[[Result], object],
        *,
        on_failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
    ) -> Job:
        """Call ``query(store)`` on the store thread, then ``on_done(result)`` here.

        A service that wants more than the store is given it by ``with_store``.
        """
        return self.tasks.run_on_store(
            lambda: self.store.read_with_retry(query),
            on_done=on_done,
            on_failed=on_failed,
            owner=owner or owner_of(on_done, on_failed),
            title=title,
            writes=False,
        )

    def write(
        self,
        change: Callable[[Store], Result],
        on_done: Callable[[Result], object] | None = None,
        *,
        on_failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
    ) -> Job | None:
        """Like ``read`` with a service that changes something, signed by ``signed``; on success the desk says 保存済み.

        A result with a text attribute ``said`` brings the undo bar with that sentence, without its button where the
        result says ``can_undo`` False. Returns None (and shows why) when the folder is open 閲覧専用, or when what may
        be a 個人番号 was typed into whatever is to be saved.
        """
        if self.read_only:
            (on_failed or self.fail)(self._read_only_problem())
            return None
        # The one door of everything that is typed or pasted: whichever field it was, it does not go into the data.
        if has_personal_number(_named_arguments(change)):
            (on_failed or self.fail)(PersonalNumberFound())
            return None
        return self._run_change(change, on_done, on_failed, owner, title, can_undo=True)

    def run_in_background(
        self,
        work: Callable[[], Result],
        on_done: Callable[[Result], object],
        *,
        on_failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
        drawing: bool = False,
        writes: bool = False,
    ) -> Job:
        """Run work that needs no store beside the window; ``drawing`` for papers, which are drawn one at a time.

        A function that wants something is given it by ``bound``. ``writes``: it changes a file, or brings what is to
        be saved; its failure is shown even when the place that asked was left.
        """
        return self.tasks.run_in_background(
            work,
            on_done=on_done,
            on_failed=on_failed,
            owner=owner or owner_of(on_done, on_failed),
            title=title,
            drawing=drawing,
            writes=writes,
        )

    def run_stoppable(
        self,
        work: Callable[[ReportProgress], Result],
        on_done: Callable[[Result], object],
        *,
        on_failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
    ) -> Job:
        """Run work beside the window that tells how far it is, and that やめる ends."""
        return self.tasks.run_stoppable(
            work, on_done=on_done, on_failed=on_failed, owner=owner or owner_of(on_done, on_failed), title=title
        )

    @property
    def can_undo(self) -> bool:
        """Whether undo was wired and the folder may be written."""
        return self._undo is not None and not self.read_only

    def undo(
        self,
        *,
        on_failed: Callable[[Exception], object] | None = None,
        since: int = 0,
        event_id: int | None = None,
    ) -> None:
        """Take back one's own last action (Ctrl+Z), of one event or ``since`` a number of the journal where named."""
        if self._undo is not None and not self.read_only:
            undo, signed = self._undo, self.author_and_time
            self._run_change(
                lambda store: undo(store, since=since, event_id=event_id, **signed),
                None,
                on_failed,
                None,
                "",
                can_undo=False,
            )

    def redo(self) -> None:
        """Do again what was taken back (Ctrl+Y)."""
        if self._redo is not None and not self.read_only:
            redo, signed = self._redo, self.author_and_time
            self._run_change(lambda store: redo(store, **signed), None, None, None, "", can_undo=True)

    @property
    def restriction(self) -> Restriction:
        """Why the person here never writes in this sitting ("" = writes when the seat is theirs)."""
        return getattr(self.store, "restriction", "")

    @property
    def login_id(self) -> str:
        """The login ID of who sits here ("" = the data were opened with the recovery key)."""
        return getattr(self.store, "login_id", "")

    @property
    def how_to_write(self) -> str:
        """What whoever reads does to write: one sentence."""
        if self.restriction:
            return "閲覧のみの利用者のため、担当の人に頼んでください。"
        return "変えるときは、「入力したい」を押し、席に着いてください。"

    def request_write_lock(self) -> None:
        """Say that one would like to type, from wherever that is said."""
        self.write_lock_requested.emit()

    def show_lock_message(self, message: LockMessage) -> None:
        """Say how the seat stands, in the window and in every dialog over it."""
        if message != self.lock_message:
            self.lock_message = message
            self.lock_message_changed.emit(message)

    def replace_store(self, store: Store) -> Store:
        """Put another store behind the screens; call it on the store thread. Returns the one before."""
        before, self.store = self.store, store
        return before  # type: ignore[no-any-return]

    def set_read_only(self, read_only: bool, *, reads_again: bool = True) -> None:
        """The seat came or went: lists read again unless the caller sees to it, open forms stay as they are."""
        self.read_only = read_only
        self.lock_changed.emit()
        if reads_again:
            self.changed.emit()

    def check_may_write(self) -> bool:
        """Whether something may be changed now; a key that would change something says why it does nothing."""
        if self.read_only:
            self.show_message(f"閲覧専用で見ています。{self.how_to_write}")
        return not self.read_only

    def show_message(self, message: str, *, can_undo: bool = False) -> None:
        """Show one sentence in the bar at the bottom."""
        self.message_shown.emit(message, can_undo)

    def go(self, screen_name: str, **arguments: Any) -> None:
        """Go to a place ("home", "events", "event", …); ``arguments`` reach its ``open_with``."""
        self.navigation_requested.emit(screen_name, arguments)

    def back_to(self, screen_name: str, **arguments: Any) -> None:
        """Go back to a place: as it was left where one came from there, else as ``go``."""
        self.return_requested.emit(screen_name, arguments, False)

    def go_back(self, default_screen: str, **arguments: Any) -> None:
        """Go back to where one came from, whatever it was; to ``default_screen`` where one came from nowhere."""
        self.return_requested.emit(default_screen, arguments, True)

    def fail(self, problem: Exception) -> None:
        """Show a failure in three parts."""
        self.failed.emit(problem)

    def lock_screen(self) -> None:
        """Ask for the lock screen."""
        self.screen_lock_requested.emit()

    def _run_change(
        self,
        change: Callable[[Store], Result],
        on_done: Callable[[Result], object] | None,
        on_failed: Callable[[Exception], object] | None,
        owner: QObject | None,
        title: str,
        *,
        can_undo: bool,
        stale_check: StaleCheck | None = None,
    ) -> Job:
        asking, moment = owner or owner_of(on_done, on_failed), self.now()
        stale_check = stale_check or self._stale_check_of(asking)

        def finish(result: Result) -> None:
            # Always runs: a change that was saved is told even when the asking screen has gone.
            said = getattr(result, "message", None)
            if is_alive(asking):
                _release_refresh_above(asking)
            self.copies_while_waiting = 0
            self.saved.emit(moment)
            try:
                if on_done is not None and is_alive(asking):
                    with after_saving():
                        on_done(result)
            finally:
                self.changed.emit()
                if isinstance(said, str) and said:
                    reaches = can_undo and getattr(result, "can_undo", True)
                    self.is_undoing = not can_undo
                    self.message_shown.emit(said, reaches and self.can_undo)
                    self.is_undoing = False

        def refuse(problem: Exception) -> None:
            if on_failed is not None and is_alive(asking):
                on_failed(problem)
            else:
                self.fail(problem)

        def again(chosen: Mapping[FieldKey, Resolution]) -> None:
            assert stale_check is not None
            if self.read_only:  # the seat went while one chose: what was typed stays and is asked about again
                refuse(self._read_only_problem())
                return
            self._run_change(
                change,
                on_done,
                on_failed,
                owner,
                title,
                can_undo=can_undo,
                stale_check=stale_check.with_resolutions(chosen),
            )

        def ask_first(problem: Exception) -> None:
            if stale_check is not None and hasattr(problem, "conflicts"):
                self.edit_conflict.emit(problem, lambda chosen: again(chosen) if chosen else refuse(problem))
            else:
                refuse(problem)

        def save(store: Store) -> Result:
            with store.saving_with_stale_check(stale_check):
                return change(store)

        work = save if stale_check is not None else change
        return self.tasks.run_on_store(
            lambda: self.store.read_with_retry(work), on_done=finish, on_failed=ask_first, owner=self, title=title
        )

    def _read_only_problem(self) -> Exception:
        """Why nothing is saved now: a colleague has the seat, or the person here never takes it."""
        if not self.restriction:
            return ReadOnlyError()
        from db.files.storage_errors import restriction_error

        return restriction_error(self.restriction)

    def _stale_check_of(self, asking: QObject | None) -> StaleCheck | None:
        """What the person who saves saw, where the seat was away since the form was opened."""
        seen = _loaded_at_above(asking)
        if seen is None:
            return None
        from db.stale_check import StaleCheck

        return StaleCheck(seen, frozenset(self.own_lock_numbers), self.is_known_field)


def mark_loaded_at(part: QObject, seq: int) -> None:
    """Note on an open form, or what holds it, up to where the journal went when it was opened; the first
    note counts."""
    if part.property(_LOADED_SEQ) is None:
        part.setProperty(_LOADED_SEQ, seq)


def clear_loaded_at(part: QObject) -> None:
    """What was typed is saved: from now on the part shows what is."""
    part.setProperty(_LOADED_SEQ, None)


def has_input_awaiting_lock(part: QObject) -> bool:
    """Whether something was half typed here when the seat went, and is not saved yet."""
    return isinstance(part.property(_LOADED_SEQ), int)


def hold_refresh(part: QObject, on: bool) -> None:
    """Let what a screen shows stand as it is, because text that no form keeps is half typed in it; or no longer."""
    part.setProperty(_REFRESH_HELD, on or None)


def is_refresh_held(part: QObject) -> bool:
    """Whether nothing is read anew over what a screen shows."""
    return part.property(_REFRESH_HELD) is True


def can_save_now(part: QObject) -> bool:
    """Whether what is left here is saved at once; while a colleague has the seat it stays half typed."""
    desk = app_context_of(part)
    return desk is None or not desk.read_only


def check_may_copy(part: QObject) -> bool:
    """Whether a text made here to be sent may be put on the clipboard: a 閲覧 is told that it may not.

    While a colleague has the seat it may, without a row in the log; lists of people may not
    (``export_button.log_copies``).
    """
    desk = app_context_of(part)
    if desk is None or not desk.restriction:
        return True
    desk.show_message(f"コピーはできません。{desk.how_to_write}")
    return False


def connect_lock_changed(part: QObject, callback: Callable[[], None]) -> None:
    """Call ``callback``, a method of ``part``, whenever the seat comes or goes."""
    desk = app_context_of(part)
    if desk is not None:
        desk.lock_changed.connect(callback)


def copies_while_waiting(part: QObject) -> int:
    """How many copies of the data were read since the person asked for the seat, the present one included; 0 = nobody
    waits."""
    desk = app_context_of(part)
    return desk.copies_while_waiting if desk is not None else 0


def app_context_of(part: QObject) -> AppContext | None:
    """The desk at which a part stands: that of the nearest that holds it and has one."""
    above: QObject | None = part
    while above is not None:
        desk = getattr(above, "app_context", None)
        if isinstance(desk, AppContext):
            return desk
        above = above.parent()
    return None


def _release_refresh_above(part: QObject | None) -> None:
    """What was half typed here is saved: everything it stands in may read again."""
    while part is not None:
        if is_refresh_held(part):
            hold_refresh(part, False)
        part = part.parent()


def _loaded_at_above(part: QObject | None) -> int | None:
    while part is not None:
        seen = part.property(_LOADED_SEQ)
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


def bind_action(
    app_context: AppContext,
    service: Callable[Concatenate[ActionContext, Given], Result],
    *positional: Given.args,
    **given: Given.kwargs,
) -> Callable[[Store], Result]:
    """Return ``service`` signed by who sits at ``app_context`` now, with everything it wants: what ``write`` and
    ``send`` take."""
    by, now = app_context.user_name, app_context.now()

    def do(store: Store) -> Result:
        return service(ActionContext(store, by, now), *positional, **given)

    do.__dict__["given"] = (service, positional, given)
    return do


def without_message(change: Callable[[Store], ActionResult]) -> Callable[[Store], int]:
    """``change`` without its sentence: what is saved while one types on brings no bar over the text."""
    return with_store(_run_without_message, change)


def _run_without_message(store: Store, change: Callable[[Store], ActionResult]) -> int:
    return change(store).id


def _named_arguments(change: Callable[..., object]) -> dict[str, object]:
    """What an action was given by name, also by a ``partial`` of it or by an action within it."""
    service, positional, given = getattr(change, "given", (change, (), {}))
    found: dict[str, object] = {str(place): value for place, value in enumerate(positional)} | given
    while isinstance(service, partial):
        found = {**service.keywords, **found}
        service = service.func
    for action in [value for value in found.values() if callable(value) and hasattr(value, "given")]:
        found |= _named_arguments(action)
    return found
