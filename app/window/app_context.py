"""``AppContext``: what every screen gets from the application, i.e. the database queue, today, the user, navigation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QTimer, Signal

from app.actions.action_context import ActionContext
from app.common.text_rules import PersonalNumberFound, has_personal_number
from app.window.background_task import Job, ReportProgress, Tasks, is_alive, owner_of
from app.window.failure_messages import after_saving
from db.record import frozen
from db.records.accounts import Access, AccessAbout, AccessAct
from db.touched_tables import TouchedTables

if TYPE_CHECKING:  # the first page needs no database
    from app.actions.action_result import ActionResult
    from db.accesses.recorder import AccessRecorder
    from db.files.storage_errors import Restriction
    from db.stale_check import FieldKey, Resolution, StaleCheck
    from db.store import Store

_LOADED_SEQ = "seen up to"
_REFRESH_HELD = "held while half typed"
_COPIED_TEXT = "文のコピー"
_ABOUT = {
    "person_id": AccessAbout.PERSON,
    "event_id": AccessAbout.EVENT,
    "organisation_id": AccessAbout.ORGANISATION,
}
_JOURNAL = "journal"
"""The table with a row for each action that wrote anything."""
Result = TypeVar("Result")
Given = ParamSpec("Given")


class UndoService(Protocol):
    """A service that undoes the user's own last action."""

    def __call__(self, store: Store, *, by: str, now: datetime, since: int, event_id: int | None) -> object:
        """Undo the last action, limited to one event, or to actions after journal row ``since``."""


class RedoService(Protocol):
    """A service that repeats an undone action."""

    def __call__(self, store: Store, *, by: str, now: datetime) -> object:
        """Repeat the action undone last."""


class ReadOnlyError(Exception):
    """Error for a change that was requested while the data folder is open 閲覧専用."""

    happened = "閲覧専用で開いているため、変更は保存していません。"
    lost = "失われたものはありません。"
    todo = "入力した文字は残っています。「入力したい」を押し、席に着くと保存できます。"


class ScreenLockedError(Exception):
    """Error for a change that was requested while the screen is locked."""

    happened = "画面をロックしているため、変更は保存していません。"
    lost = "失われたものはありません。"
    todo = "入力した文字は残っています。ロックを解いて、もう一度保存してください。"


LockTone = Literal["quiet", "accent", "amber", "green"]
LockAction = Literal["ask", "stop", "take_over", "give", "more"]


@frozen
class LockMessage:
    """Message about the write lock: one or two lines, and buttons, of which ``main_action`` is the filled one."""

    first_line: str
    second_line: str = ""
    tone: LockTone = "quiet"
    actions: tuple[LockAction, ...] = ()
    main_action: LockAction | None = None
    icon_name: str = ""


class AppContext(QObject):
    """Everything that a screen may ask of the rest of the application during one session.

    Signals:
    ``changed(frozenset | None)`` after any saved change, undo and redo included, with the tables it wrote (None =
    anything may have changed): what was read from one of them is read again (``follow_changes``). ``saved(datetime)``
    when a change was saved. ``message_shown(str, bool)`` a sentence for the undo bar and whether it can be undone.
    ``navigation_requested(str, dict)`` to go to a screen, ``return_requested(str, dict, bool)`` to go back to it (or
    to wherever the user came from). ``evidence_requested(str, str)`` a row, by kind and key, is to be collected as
    evidence. ``failed(Exception)`` a failure to show. ``year_changed(int)``. ``screen_lock_requested()``.
    ``write_lock_requested()`` the user wants to edit. ``edit_conflict(EditConflict, Callable)`` a form opened before
    the write lock was given away conflicts with a colleague's changes in the same fields: the callable saves again
    with the choices made, or gives up with None. ``lock_message_changed(LockMessage)`` the message about the write
    lock, also kept as ``lock_message`` (None: nobody else was here yet). ``lock_action_chosen(str)`` one of its
    buttons was pressed, wherever it was shown. ``lock_changed()`` the write lock was gained or lost: ``read_only``
    and the store have changed. ``style_changing()`` just before another text size is applied.
    ``lock_minutes_changed(float)`` after another time was chosen until the screen is hidden.

    ``copies_while_waiting`` counts the copies of the data read since the user requested the write lock (0 = not
    waiting): lists highlight what a colleague saved meanwhile, until the user's own first change.
    ``is_screen_locked``: no window is shown (``when_unlocked``) and no change is written (``write``).
    """

    changed = Signal(object)
    saved = Signal(object)
    message_shown = Signal(str, bool)
    navigation_requested = Signal(str, object)
    return_requested = Signal(str, object, bool)
    evidence_requested = Signal(str, str)
    failed = Signal(object)
    year_changed = Signal(int)
    screen_lock_requested = Signal()
    style_changing = Signal()
    lock_minutes_changed = Signal(float)
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
    ):
        """Create the context; ``undo`` and ``redo`` are services called as ``undo(store, by=…, now=…)``.

        ``clock`` returns the current local time; the sample year passes one that shows its own day.
        ``store`` is only ever used on the database thread.
        """
        super().__init__(parent)
        self.tasks = tasks
        self.store = store
        self.user_name = user_name
        self.sample = sample
        self.read_only = read_only
        self.is_screen_locked = False
        self._held_writes: list[Callable[[], object]] = []
        self.held_windows: list[tuple[QObject, Callable[[], object]]] = []
        self.copies_while_waiting = 0
        self.own_lock_numbers: set[int] = set()
        self.lock_message: LockMessage | None = None
        self.is_known_field: Callable[[str, str], bool] = lambda _table, _field: True
        self._fiscal_year = fiscal_year
        self._clock = clock
        self._undo = undo
        self._redo = redo
        self.is_undoing = False
        self._shown: WeakKeyDictionary[QObject, TouchedTables] = WeakKeyDictionary()
        self._shown_elsewhere = TouchedTables()
        tasks.failed.connect(self.show_failure)

    def now(self) -> datetime:
        """Return the present moment (in the sample year, its own)."""
        return self._clock()

    def today(self) -> date:
        """Return today (in the sample year, its own)."""
        return self._clock().date()

    @property
    def fiscal_year(self) -> int:
        """Return the fiscal year shown, as its western first year (令和8年度 = 2026)."""
        return self._fiscal_year

    def choose_year(self, year: int) -> None:
        """Make ``year`` the shown fiscal year; if it is new emit ``year_changed`` and ``changed`` (all read again)."""
        if year != self._fiscal_year:
            self._fiscal_year = year
            self.year_changed.emit(year)
            self.changed.emit(None)

    @property
    def may_write(self) -> bool:
        """Return whether changes are taken: the folder is not open 閲覧専用."""
        return not self.read_only

    def note_access(self, what: str, *, act: AccessAct = AccessAct.OPENING, count: int = 1, **of: int | None) -> None:
        """Note that something with names was opened, or copied by who only reads; written within a minute.

        Args:
            what: a word of the program, never of the data. count: how many rows or people.
            of: whose it is, by ``person_id``, ``event_id`` or ``organisation_id``; of none it is of the year shown.
        """
        recorder: AccessRecorder | None = getattr(self.store, "accesses", None)
        if recorder is None:
            return
        known = ((_ABOUT[name], number) for name, number in of.items() if number)
        about, about_id = next(known, (AccessAbout.YEAR, self._fiscal_year))
        recorder.note(Access(at=self.now(), act=act, what=what, about=about, about_id=about_id, count=count))

    def read(
        self,
        query: Callable[[Store], Result],
        on_done: Callable[[Result], object],
        *,
        on_failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
    ) -> Job:
        """Call ``query(store)`` on the database thread, then ``on_done(result)`` in the window thread.

        Further arguments of a service are bound by ``with_store``. An error goes to ``on_failed``, None = it is shown
        over the window. Neither is called once ``owner`` (None = the widget that a callback is a method of) is gone.
        """
        asking = owner or owner_of(on_done, on_failed)
        touched = self._tables_shown_by(asking)
        return self.tasks.run_on_store(
            lambda: self.store.read_with_retry(query, touched),
            on_done=on_done,
            on_failed=on_failed,
            owner=asking,
            title=title,
            writes=False,
        )

    def follow_changes(self, part: QObject, read: Callable[[], object], *, always: bool = False) -> None:
        """Call ``read``, a method of ``part``, after each change of a table that ``part`` has read.

        ``read`` is not called now. What the part has read is recorded by ``read`` of this context, for it and
        everything inside it; until it has read something, every change counts. ``always``: it shows something else
        too, such as files, so that it is read again after every change.
        """
        self._shown[part] = TouchedTables(reads_more=always)
        self.changed.connect(_Follower(self, part, read).on_changed)

    def shows_any_of(self, part: QObject, written: frozenset[str] | None) -> bool:
        """Return whether what ``part`` shows may differ after a change of these tables (None = of anything).

        ``part`` was passed to ``follow_changes`` before. True for one that has read nothing yet, and for tables that
        were read by something outside every such part.
        """
        shown = (self._shown[part], self._shown_elsewhere)
        return written is None or not shown[0].read or any(one.meets(written) for one in shown)

    def _tables_shown_by(self, part: QObject | None) -> TouchedTables:
        """Return the record of what the nearest follower of changes around ``part`` has read, else that of the rest."""
        while part is not None:
            if part in self._shown:
                return self._shown[part]
            part = part.parent()
        return self._shown_elsewhere

    def write(
        self,
        change: Callable[[ActionContext], Result],
        on_done: Callable[[Result], object] | None = None,
        *,
        on_failed: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        title: str = "",
        now: datetime | None = None,
    ) -> Job | None:
        """Run a change like ``read``; on success show 保存済み and the result's message.

        ``change`` is a service bound by ``bind_action``; it is signed with the current user and ``now``, None = the
        present moment. The message of an ``ActionResult`` is shown in the undo bar,
        without its button where nothing was written or the result cannot be undone. Returns None, after passing the
        reason to ``on_failed`` or showing it, when the folder is open 閲覧専用, the screen is locked, or when what may
        be a 個人番号 was typed. What finished work has to record while the screen is locked is written after that.
        """
        if self.is_screen_locked and self.tasks.is_delivering:
            again = partial(
                self.write, change, on_done, on_failed=on_failed, owner=owner, title=title, now=now or self.now()
            )
            self._held_writes.append(again)
            return None
        if (refusal := self._refusal()) is not None:
            (on_failed or self.show_failure)(refusal)
            return None
        # Everything typed or pasted passes here, so that a 個人番号 is rejected whichever field it was in.
        if has_personal_number(_named_arguments(change)):
            (on_failed or self.show_failure)(PersonalNumberFound())
            return None
        return self._run_change(change, on_done, on_failed, owner, title, can_undo=True, now=now)

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
        """Run work that needs no store on a worker thread; ``drawing`` for documents, drawn one at a time.

        Arguments are bound by ``bind_arguments``. ``writes``: it changes a file or prepares a change; its failure is
        shown even when the screen that asked is gone.
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
        """Run work on a worker thread that reports its progress and can be stopped by やめる."""
        return self.tasks.run_stoppable(
            work, on_done=on_done, on_failed=on_failed, owner=owner or owner_of(on_done, on_failed), title=title
        )

    @property
    def can_undo(self) -> bool:
        """Return whether this session has an undo service and the folder may be written, whatever there is to undo."""
        return self._undo is not None and not self.read_only

    def undo(
        self,
        *,
        on_failed: Callable[[Exception], object] | None = None,
        since: int = 0,
        event_id: int | None = None,
    ) -> None:
        """Undo the user's own last action (Ctrl+Z); nothing happens in 閲覧専用 and while locked.

        ``event_id`` limits it to actions of that event (None = any), ``since`` to those after that journal row.
        """
        if self._undo is not None and self._refusal() is None:
            undo = self._undo
            self._run_change(
                lambda act: undo(act.store, by=act.by, now=act.now, since=since, event_id=event_id),
                None,
                on_failed,
                None,
                "",
                can_undo=False,
            )

    def redo(self) -> None:
        """Repeat the action undone last (Ctrl+Y); nothing happens in 閲覧専用 and while locked."""
        if self._redo is not None and self._refusal() is None:
            redo = self._redo
            self._run_change(lambda act: redo(act.store, by=act.by, now=act.now), None, None, None, "", can_undo=True)

    @property
    def restriction(self) -> Restriction:
        """Return why the user can never write in this session ("" = may write when holding the write lock)."""
        return getattr(self.store, "restriction", "")

    @property
    def login_id(self) -> str:
        """Return the user's login ID ("" = the data were opened with the recovery key)."""
        return getattr(self.store, "login_id", "")

    @property
    def how_to_write(self) -> str:
        """Return a sentence that says how a reading user can get to write."""
        if self.restriction:
            return "閲覧のみの利用者のため、担当の人に頼んでください。"
        return "変えるときは、「入力したい」を押し、席に着いてください。"

    def request_write_lock(self) -> None:
        """Emit ``write_lock_requested``: the user wants to edit."""
        self.write_lock_requested.emit()

    def show_lock_message(self, message: LockMessage) -> None:
        """Store the message about the write lock and emit ``lock_message_changed``, unless it is shown already."""
        if message != self.lock_message:
            self.lock_message = message
            self.lock_message_changed.emit(message)

    def replace_store(self, store: Store) -> Store:
        """Replace the store that the screens use and return the old one; call it on the database thread."""
        before, self.store = self.store, store
        return before  # type: ignore[no-any-return]

    def set_read_only(self, read_only: bool) -> None:
        """Set whether the user only reads; emit ``lock_changed``, and ``changed`` for the lists."""
        self.read_only = read_only
        self.lock_changed.emit()
        self.changed.emit(None)

    def check_may_write(self) -> bool:
        """Return whether something may be changed now; if not, show in the undo bar why."""
        if self.read_only:
            self.show_message(f"閲覧専用で見ています。{self.how_to_write}")
        return not self.read_only

    def show_message(self, message: str, *, can_undo: bool = False) -> None:
        """Emit ``message_shown``, by which the window shows one sentence in the undo bar."""
        self.message_shown.emit(message, can_undo)

    def go(self, screen_name: str, **arguments: Any) -> None:
        """Ask the window to go to a screen ("home", "event", …); ``arguments`` are passed to its ``open_with``."""
        self.navigation_requested.emit(screen_name, arguments)

    def follow(self, way: Any) -> None:
        """Ask the window to go where a ``Route`` leads."""
        self.go(way.screen_name, **way.arguments)

    def back_to(self, screen_name: str, **arguments: Any) -> None:
        """Ask the window to go back to a screen as it was left, if the user came from there, else as ``go`` does."""
        self.return_requested.emit(screen_name, arguments, False)

    def go_back(self, default_screen: str, **arguments: Any) -> None:
        """Ask the window to go back to the previous screen, or to ``default_screen`` when there is none."""
        self.return_requested.emit(default_screen, arguments, True)

    def show_failure(self, problem: Exception) -> None:
        """Emit ``failed``, by which the window shows a failure in three sentences."""
        self.failed.emit(problem)

    def lock_screen(self) -> None:
        """Emit ``screen_lock_requested``, by which all data are covered until the password is typed."""
        self.screen_lock_requested.emit()

    def set_screen_locked(self, locked: bool) -> None:
        """Set whether the screen is locked; after that, write what finished work had to record meanwhile."""
        self.is_screen_locked = locked
        held, self._held_writes = self._held_writes, []
        for write in held:
            write()

    def show_held_windows(self) -> None:
        """Open the windows that were to open while the screen was locked, each in a turn of the event loop."""
        held, self.held_windows = self.held_windows, []
        for part, show in held:
            if is_alive(part):
                QTimer.singleShot(0, part, partial(when_unlocked, part, show))

    def _run_change(
        self,
        change: Callable[[ActionContext], Result],
        on_done: Callable[[Result], object] | None,
        on_failed: Callable[[Exception], object] | None,
        owner: QObject | None,
        title: str,
        *,
        can_undo: bool,
        stale_check: StaleCheck | None = None,
        now: datetime | None = None,
    ) -> Job:
        """Run a change on the database thread; once it is saved, emit ``saved`` and ``changed`` and show its message.

        An error goes to ``on_failed`` or is shown; of a conflict with a colleague's changes the user is asked first.
        ``can_undo`` False = the change is itself an undo, so that its message offers none.
        """
        asking, by, moment = owner or owner_of(on_done, on_failed), self.user_name, now or self.now()
        stale_check = stale_check or self._stale_check_of(asking)

        def finish(result: Result) -> None:
            """Report a saved change and call ``on_done`` if the widget that asked still exists."""
            # Always runs: a saved change is reported even when the screen that asked has gone.
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
                # What wrote no row may have changed a file.
                self.changed.emit(touched.written or None)
                if isinstance(said, str) and said:
                    # Beside what wrote no row, 元に戻す would take back the action before it.
                    wrote = _JOURNAL in touched.written
                    reaches = can_undo and wrote and getattr(result, "can_undo", True)
                    self.is_undoing = not can_undo
                    self.message_shown.emit(said, reaches and self.can_undo)
                    self.is_undoing = False

        def refuse(problem: Exception) -> None:
            """Call ``on_failed`` if the widget that asked still exists, else show the failure."""
            if on_failed is not None and is_alive(asking):
                on_failed(problem)
            else:
                self.show_failure(problem)

        def again(chosen: Mapping[FieldKey, Resolution]) -> None:
            """Save again with the choices made about a conflict."""
            assert stale_check is not None
            # The write lock was lost during the choice: the input stays and is asked about again.
            if (refusal := self._refusal()) is not None:
                refuse(refusal)
                return
            self._run_change(
                change,
                on_done,
                on_failed,
                owner,
                title,
                can_undo=can_undo,
                stale_check=stale_check.with_resolutions(chosen),
                now=moment,
            )

        def ask_first(problem: Exception) -> None:
            """Emit ``edit_conflict`` so that the user is asked about it, or show why nothing was saved."""
            if stale_check is not None and hasattr(problem, "conflicts"):
                self.edit_conflict.emit(problem, lambda chosen: again(chosen) if chosen else refuse(problem))
            else:
                refuse(problem)

        def save(store: Store) -> Result:
            """Run the change with the check against colleagues' changes, on the database thread."""
            with nullcontext() if stale_check is None else store.saving_with_stale_check(stale_check):
                return change(ActionContext(store, by, moment))

        touched = TouchedTables()
        return self.tasks.run_on_store(
            lambda: self.store.read_with_retry(save, touched),
            on_done=finish,
            on_failed=ask_first,
            owner=self,
            title=title,
        )

    def _refusal(self) -> Exception | None:
        """Return why nothing can be saved (the screen is locked, a colleague writes, this user only reads), or None."""
        if self.is_screen_locked:
            return ScreenLockedError()
        if not self.read_only:
            return None
        if not self.restriction:
            return ReadOnlyError()
        from db.files.storage_errors import restriction_error

        return restriction_error(self.restriction)

    def _stale_check_of(self, asking: QObject | None) -> StaleCheck | None:
        """Return the check against colleagues' changes for a form opened before the write lock was given away.

        None = nothing to check.
        """
        seen = _loaded_at_above(asking)
        if seen is None:
            return None
        from db.stale_check import StaleCheck

        return StaleCheck(seen, frozenset(self.own_lock_numbers), self.is_known_field)


class _Follower(QObject):
    """Reads a part again after a change of what it shows; ends with the part. Signals: none."""

    def __init__(self, context: AppContext, part: QObject, read: Callable[[], object]):
        super().__init__(part)
        self._context, self._part, self._read = context, part, read

    def on_changed(self, written: frozenset[str] | None) -> None:
        """Read again if one of the tables written was read."""
        if self._context.shows_any_of(self._part, written):
            self._read()


def mark_loaded_at(part: QObject, seq: int) -> None:
    """Store on an open form, or its container, the last journal row when it was loaded; the first mark counts."""
    if part.property(_LOADED_SEQ) is None:
        part.setProperty(_LOADED_SEQ, seq)


def clear_loaded_at(part: QObject) -> None:
    """Remove the mark after typed input was saved, so that the widget is refreshed again."""
    part.setProperty(_LOADED_SEQ, None)


def has_input_awaiting_lock(part: QObject) -> bool:
    """Return whether input was unfinished here when the write lock was given away, and is not saved yet."""
    return isinstance(part.property(_LOADED_SEQ), int)


def hold_refresh(part: QObject, on: bool) -> None:
    """Set whether a widget keeps its content instead of refreshing, because a loose text field has unsaved input."""
    part.setProperty(_REFRESH_HELD, on or None)


def is_refresh_held(part: QObject) -> bool:
    """Return whether a widget keeps its content instead of refreshing (``hold_refresh``)."""
    return part.property(_REFRESH_HELD) is True


def can_save_now(part: QObject) -> bool:
    """Return whether input is saved when its field is left; False while this user only reads."""
    desk = app_context_of(part)
    return desk is None or not desk.read_only


def check_may_copy(part: QObject) -> bool:
    """Return whether a text composed for sending may be copied to the clipboard; a 閲覧 user is told that it may not.

    While a colleague holds the write lock it may be copied, recorded as an access alone; lists of people may not
    (``RecordTable.copy``).
    """
    desk = app_context_of(part)
    if desk is None or not desk.restriction:
        if desk is not None and desk.read_only:
            desk.note_access(_COPIED_TEXT, act=AccessAct.OUTPUT)
        return True
    desk.note_access(_COPIED_TEXT, act=AccessAct.REFUSED)
    desk.show_message(f"コピーはできません。{desk.how_to_write}")
    return False


def connect_lock_changed(part: QObject, callback: Callable[[], None]) -> None:
    """Call ``callback``, a method of ``part``, whenever the write lock is gained or lost.

    Nothing is connected while no ancestor of ``part`` has an ``AppContext``.
    """
    desk = app_context_of(part)
    if desk is not None:
        desk.lock_changed.connect(callback)


def copies_while_waiting(part: QObject) -> int:
    """Return how many copies of the data were read since the user requested the write lock; 0 = not waiting.

    The present copy is counted too.
    """
    desk = app_context_of(part)
    return desk.copies_while_waiting if desk is not None else 0


def when_unlocked(part: QObject, show: Callable[[], object]) -> None:
    """Call ``show``, which opens a window for ``part``: at once, or after unlocking while the screen is locked.

    Then it is called only if ``part`` still exists.
    """
    desk = app_context_of(part)
    if desk is None or not desk.is_screen_locked:
        show()
    else:
        desk.held_windows.append((part, show))


def app_context_of(part: QObject) -> AppContext | None:
    """Return the ``AppContext`` of the nearest ancestor that has one, or None."""
    above: QObject | None = part
    while above is not None:
        desk = getattr(above, "app_context", None)
        if isinstance(desk, AppContext):
            return desk
        above = above.parent()
    return None


def app_context_at(part: QObject) -> AppContext:
    """Return the ``AppContext`` of a part of the window."""
    found = app_context_of(part)
    assert found is not None
    return found


def _release_refresh_above(part: QObject | None) -> None:
    """Let all containers of a widget refresh again after its input was saved."""
    while part is not None:
        if is_refresh_held(part):
            hold_refresh(part, False)
        part = part.parent()


def _loaded_at_above(part: QObject | None) -> int | None:
    """Return the journal row stored by ``mark_loaded_at`` on the widget or the nearest one around it, or None."""
    while part is not None:
        seen = part.property(_LOADED_SEQ)
        if isinstance(seen, int):
            return seen
        part = part.parent()
    return None


def with_store(
    service: Callable[Concatenate[Store, Given], Result], *positional: Given.args, **given: Given.kwargs
) -> Callable[[Store], Result]:
    """Return ``service`` with its other arguments bound now, to be called with the store on the database thread."""
    return _bound(service, positional, given)


def bind_action(
    service: Callable[Concatenate[ActionContext, Given], Result], *positional: Given.args, **given: Given.kwargs
) -> Callable[[ActionContext], Result]:
    """Return an action with its arguments bound now, as ``write`` takes it and signs it."""
    return _bound(service, positional, given)


def _bound(service: Callable[..., Result], positional: Any, given: Any) -> Callable[[Any], Result]:
    def call(first: Any) -> Result:
        return service(first, *positional, **given)

    call.__dict__["given"] = (service, positional, given)
    return call


def without_message(change: Callable[[ActionContext], ActionResult]) -> Callable[[ActionContext], int]:
    """Return ``change`` without its message, for fields that are saved while the user types on.

    It is passed to ``write``, whose result is then only the ``id`` of the ``ActionResult``.
    """
    return bind_action(_run_without_message, change)


def _run_without_message(context: ActionContext, change: Callable[[ActionContext], ActionResult]) -> int:
    return change(context).id


def _named_arguments(change: Callable[..., object]) -> dict[str, object]:
    """Return the arguments of an action by name or position, also of a ``partial`` or a nested action."""
    service, positional, given = getattr(change, "given", (change, (), {}))
    found: dict[str, object] = {str(place): value for place, value in enumerate(positional)} | given
    while isinstance(service, partial):
        found = {**service.keywords, **found}
        service = service.func
    for action in [value for value in found.values() if callable(value) and hasattr(value, "given")]:
        found |= _named_arguments(action)
    return found
