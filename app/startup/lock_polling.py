"""Polls the write lock every two seconds, updates the banner, and replaces the store when the lock changes hands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from app.data_folder.services import lock_transfer
from app.data_folder.services.data_folder import OpenedFolder
from app.data_folder.services.lock_transfer import LockSession, ReaderStatus, WaitingPerson
from app.history.screens import EditConflictDialog
from app.history.services import is_shown
from app.main_window import lock_messages as words
from app.main_window.main_window import MainWindow
from app.startup.launch import Launch
from app.widgets.forms.form import Form
from app.widgets.layouts import front_window, is_within
from app.widgets.screen import Screen
from app.widgets.screen_state import has_input_outside_forms
from app.window.app_context import (
    AppContext,
    LockAction,
    LockMessage,
    LockTone,
    clear_loaded_at,
    hold_refresh,
    is_refresh_held,
    mark_loaded_at,
)
from app.window.background_task import Job
from app.window.debounce import debounce
from db.files.presence_files import HoldReason
from db.files.storage_errors import (
    ENGINE_ERRORS,
    ExclusiveCreateFailed,
    KeyChanged,
    Locked,
    WriteLockLost,
    restriction_error,
)
from db.stale_check import EditConflict, FieldKey, Resolution
from db.store import Store

_EVENT_SHOWN_MS = 60_000


class LockPolling(QObject):
    """Follows the write lock during one session. Signals: none.

    Attributes: ``idle_seconds`` without input after which the lock passes to who waits; ``more_seconds`` how long
    「あと10分」 keeps it; ``warn_seconds`` minimum time of the warning before; ``lacks_locking``: the file system
    cannot tell who writes, so the session is read-only; ``key_changed``: the data now use another key.
    """

    def __init__(self, app_context: AppContext, main: MainWindow, launch: Launch, parent: QObject):
        super().__init__(parent)
        self.idle_seconds: float = lock_transfer.IDLE_SECONDS
        self.more_seconds: float = lock_transfer.EXTENSION_SECONDS
        self.warn_seconds: float = lock_transfer.WARN_SECONDS
        self.lacks_locking = False
        self.key_changed = False
        self._app_context, self._main, self._launch = app_context, main, launch
        self.lock_session: LockSession | None = None
        self._is_polling, self._is_replacing, self._has_ended = False, False, False
        self._waiting_people: tuple[WaitingPerson, ...] = ()
        self._extension_timer: QElapsedTimer | None = None
        self._since_request = QElapsedTimer()
        self._since_failed_transfer = QElapsedTimer()
        self._failure_shown = False
        self._last_status = ReaderStatus()
        self._last_change: tuple[str, datetime | None] = ("", None)
        self._long_jobs: set[Job] = set()
        self._frozen_forms: set[Form] = set()
        self._frozen_screens: set[Screen] = set()
        self._timer = QTimer(self, interval=int(lock_transfer.POLL_SECONDS * 1000))
        self._timer.timeout.connect(self.poll)
        self._event_timer = debounce(self, self._update_message, _EVENT_SHOWN_MS)
        app_context.is_known_field = is_shown
        app_context.write_lock_requested.connect(self.request_lock)
        app_context.edit_conflict.connect(self._resolve_conflict)
        app_context.lock_action_chosen.connect(self._run_action)
        app_context.tasks.long_started.connect(self._on_long_started)
        app_context.tasks.long_ended.connect(self._long_jobs.discard)
        app_context.tasks.idle_changed.connect(self._release_saved_forms)

    def start(self) -> None:
        """Write the presence file, so that colleagues see this session, then poll every two seconds."""
        self._run_on_store(lock_transfer.begin_session, self._on_session_begun)

    def end(self) -> None:
        """Stop polling when the session closes."""
        self._has_ended = True
        self._timer.stop()

    def withdraw_request(self) -> None:
        """Withdraw a request for the write lock, if there is one, and poll at once.

        Also done while the screen is locked and nobody is at this PC.
        """
        turns = self.lock_session
        if turns is not None:  # asked on the store thread: what was pressed just before is under way there
            self._run_on_store(
                lambda _store: _cancel_request(turns), lambda asked: self._on_request_cancelled() if asked else None
            )

    def poll(self) -> None:
        """Read the state of the write lock from the folder, unless a read is running."""
        turns = self.lock_session
        if turns is None or self._is_polling or self._is_replacing or self._has_ended:
            return
        self._is_polling = True
        self._release_cleared_screens()
        if self._app_context.read_only:
            self._run_on_store(
                lambda store: lock_transfer.read_status(store, turns),
                self._on_reader_polled,
                on_failed=self._on_poll_failed,
            )
        else:
            holds = self._hold_reason()
            self._run_on_store(
                lambda store: _waiting_people(store, turns, holds),
                self._on_writer_polled,
                on_failed=self._on_poll_failed,
            )

    # who reads

    def _on_reader_polled(self, status: ReaderStatus) -> None:
        """Show to a reader how the lock stands; take it once it is free, else open a newer copy if there is one."""
        self._is_polling, self._last_status = False, status
        turns = self.lock_session
        if turns is None or self._app_context.may_write:
            return
        if (
            turns.is_waiting and self._app_context.restriction
        ):  # became 閲覧 while waiting: a colleague must not give the lock away for nothing
            self.withdraw_request()
            return
        if status.may_acquire and not self._app_context.is_screen_locked:
            self._acquire(take_over=False)
        elif status.has_newer_copy:
            self._replace_store(lock_transfer.open_newest_copy, self._on_newer_copy, self._on_newer_copy_failed)
        self._timer.setInterval(
            int(1000 * (lock_transfer.WAITING_POLL_SECONDS if turns.is_waiting else lock_transfer.POLL_SECONDS))
        )
        if not self._event_timer.isActive():
            self._update_message()

    def _on_newer_copy_failed(self, problem: Exception) -> None:
        """Go on reading the old copy; after a change of the key no newer copy will open in this session."""
        if isinstance(problem, KeyChanged):
            self.key_changed = True
            self.end()
            self._show_message(words.KEY_CHANGED, tone="amber", icon_name="key")

    def _on_last_change_read(self, last_change: tuple[str, datetime | None]) -> None:
        """Store who made the last change and when, and update the banner."""
        self._last_change = last_change
        self._update_message()

    def _on_newer_copy(self, _opened: OpenedFolder) -> None:
        """Count the newer copy that was opened while waiting, and emit ``changed`` so that all is read again."""
        if self._app_context.copies_while_waiting:
            self._app_context.copies_while_waiting += 1
            self._run_on_store(lock_transfer.last_change, self._on_last_change_read)
        self._app_context.changed.emit(None)
        self._update_message()

    def _acquire(self, *, take_over: bool) -> None:
        """Acquire the write lock and open the folder for writing in place of the copy."""
        turns, launch = self.lock_session, self._launch
        assert turns is not None

        def follow(store: Store) -> OpenedFolder:
            """Acquire the lock and return the folder opened for writing, on the database thread."""
            return lock_transfer.acquire_and_open(
                store,
                turns,
                now=launch.clock(),
                take_over=take_over,
                wait=launch.lock_wait_seconds,
                settle=launch.takeover_wait_seconds,
            )

        self._replace_store(follow, self._on_acquired, self._on_acquire_failed, title="席に着いています")

    def _on_acquired(self, opened: OpenedFolder) -> None:
        """Let the user write, show the last change of the colleague, and check the data after the transfer."""
        self._waiting_people, self._extension_timer = (), None
        if self._app_context.copies_while_waiting:
            self._app_context.copies_while_waiting += 1
        self._timer.setInterval(int(lock_transfer.POLL_SECONDS * 1000))
        self._app_context.set_read_only(False)
        by, at = lock_transfer.last_change(opened.store)
        self._show_event(words.lock_acquired_text(by, at), tone="green")
        for note in opened.notes:
            self._app_context.show_message(note)
        now = self._launch.clock()
        self._run_on_store(lambda store: lock_transfer.check_after_transfer(store, now=now), self._show_notes)

    def _on_acquire_failed(self, problem: Exception) -> None:
        """Show why the lock could not be taken and withdraw the request, which stays if somebody else was first."""
        if isinstance(problem, Locked):  # somebody else was first: the request stays
            return
        turns = self.lock_session
        if turns is not None:
            self._run_on_store(lambda _store: lock_transfer.cancel_request(turns), lambda _none: None)
        self.lacks_locking = isinstance(problem, ExclusiveCreateFailed)
        if self.lacks_locking:
            self._update_message()
        else:
            self._app_context.show_failure(problem)

    def _show_notes(self, notes: tuple[str, ...]) -> None:
        for note in notes:
            self._app_context.show_message(note)

    # who types

    def _on_writer_polled(self, waiting: tuple[WaitingPerson, ...]) -> None:
        """Show to the writer who waits for the lock, and pass it on once the time is up."""
        self._is_polling = False
        if self._app_context.read_only or self.lock_session is None:
            return
        if not waiting:
            self._extension_timer, self._failure_shown = None, False
        elif not self._waiting_people:
            self._since_request.start()
        self._waiting_people = waiting
        if waiting and self._hold_reason() == "" and self._remaining_seconds() <= 0:
            self._transfer(automatic=True)
        elif waiting or not self._event_timer.isActive():
            self._event_timer.stop()
            self._update_message()

    def _remaining_seconds(self) -> int:
        """Return how long the writing user keeps the lock without any input.

        A user who only looks at the screen is warned before, but not while the screen is locked. A transfer that
        failed is tried again after the same idle time.
        """
        again = (
            self.idle_seconds - self._since_failed_transfer.elapsed() / 1000
            if self._since_failed_transfer.isValid()
            else 0.0
        )
        if self._extension_timer is not None:
            return round(max(self.more_seconds - self._extension_timer.elapsed() / 1000, again))
        left = self.idle_seconds - self._main.idle_watch.idle_seconds
        told = 0.0 if self._app_context.is_screen_locked else self.warn_seconds - self._since_request.elapsed() / 1000
        return round(max(left, told, again))

    def _hold_reason(self) -> HoldReason:
        """Return why the lock is kept although somebody waits: "reception", "task", or "" if it is not kept."""
        shown = self._main.shown_screen()
        if isinstance(shown, Screen) and shown.keeps_lock:
            return "reception"
        # An open dialog does not prevent the transfer: its input stays, as in every form, until the lock is back.
        return "task" if self._long_jobs else ""

    def _transfer(self, *, automatic: bool = False) -> None:
        """Pass the write lock on to the first who waits, after the field being typed in has been committed.

        Changes are refused from now on. ``automatic`` = nobody pressed a button: a failure is then shown only once.
        """
        focused = QApplication.focusWidget()
        if focused is not None and self._main.isAncestorOf(focused):
            focused.clearFocus()  # a field that is whole is saved as when it is left
            focused.setFocus()
        turns, launch = self.lock_session, self._launch
        assert turns is not None
        name = self._waiting_people[0].name if self._waiting_people else ""
        self._app_context.read_only = True  # changes requested from now on are rejected with a message, not lost
        self._replace_store(
            lambda store: lock_transfer.transfer_lock(store, turns, now=launch.clock()),
            lambda _opened: self._on_transferred(name),
            lambda problem: self._on_transfer_failed(problem, automatic=automatic),
            title="席を譲っています",
        )

    def _on_transferred(self, name: str) -> None:
        """Let the user only read from now on, and say who took over the lock."""
        self._waiting_people, self._extension_timer, self._failure_shown = (), None, False
        self._since_failed_transfer.invalidate()
        self._app_context.set_read_only(True)
        self._show_event(words.lock_transferred_text(name), tone="quiet", actions=("ask",))

    def _on_transfer_failed(self, problem: Exception, *, automatic: bool) -> None:
        """Show why the lock could not be handed over and go on writing; if it was lost, only read.

        An ``automatic`` transfer, which is tried again and again, shows it only the first time.
        """
        if isinstance(problem, WriteLockLost):
            self.on_lock_lost(problem)
            return
        self._app_context.read_only = False
        self._since_failed_transfer.start()
        # Maybe nobody is at the PC: show it once, however often the transfer is retried.
        if not (automatic and self._failure_shown):
            self._app_context.show_failure(problem)
        self._failure_shown = True

    # the lock was lost

    def on_lock_lost(self, problem: WriteLockLost) -> None:
        """Go on read-only after a colleague took over while this PC slept, and show what was not saved."""
        turns = self.lock_session
        if turns is None or self._is_replacing:
            return
        action = self._app_context.store.unconfirmed_action
        self._app_context.read_only = True
        who = problem.holder.partition("さん（")[0]

        def lost(_opened: OpenedFolder) -> None:
            """Let the user only read, and show who took over."""
            self._app_context.set_read_only(True)
            self._show_event(words.taken_over_text(who, action), tone="amber", actions=("ask",))

        self._replace_store(
            lambda store: lock_transfer.continue_reading(store, turns), lost, self._app_context.show_failure
        )

    # inside

    def _freeze_unsaved_input(self, loaded_at: int) -> None:
        """Keep forms with unsaved input as they are, marked with the journal row ``loaded_at`` of their data.

        A form keeps its fields when data are read again. A screen with text in a loose field, or with work in
        progress, is not refreshed until that is saved or cleared.
        """
        # Those, too, that wait for unlocking.
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog) and is_within(dialog, self._main):
                mark_loaded_at(dialog, loaded_at)
        for form in self._main.findChildren(Form):
            if form.dirty_fields():
                form.keep_unsaved_input()
                self._frozen_forms.add(form)
                for part in _form_and_ancestors(form):
                    mark_loaded_at(part, loaded_at)
        for screen in self._main.findChildren(Screen):
            typed = has_input_outside_forms(screen)
            if typed or screen.has_unsaved_work:
                mark_loaded_at(screen, loaded_at)
                self._frozen_screens.add(screen)
            if typed:
                hold_refresh(screen, True)

    def _release_cleared_screens(self) -> None:
        for screen in list(self._frozen_screens):
            if isValid(screen) and is_refresh_held(screen) and not has_input_outside_forms(screen):
                hold_refresh(screen, False)
                screen.read_after_release()

    def _release_saved_forms(self, idle: bool) -> None:
        """Refresh screens and end the marks of forms whose input was saved meanwhile; slot of ``Tasks.idle_changed``.

        A container that still has other unsaved input keeps its mark. Nothing for ``idle`` False.
        """
        if not idle or not (self._frozen_forms or self._frozen_screens):
            return
        ended = {
            one
            for one in self._frozen_screens
            if not isValid(one) or not (has_input_outside_forms(one) or one.has_unsaved_work)
        }
        self._frozen_screens -= ended
        for screen in filter(isValid, ended):
            if is_refresh_held(screen):
                hold_refresh(screen, False)
                screen.read_after_release()
            if not any(screen.isAncestorOf(form) for form in self._frozen_forms if isValid(form)):
                clear_loaded_at(screen)
        saved = {form for form in self._frozen_forms if not isValid(form) or not form.dirty_fields()}
        self._frozen_forms -= saved
        still = {part for form in self._frozen_forms for part in _form_and_ancestors(form)} | self._frozen_screens
        for form in filter(isValid, saved):
            for part in _form_and_ancestors(form):
                if part not in still:
                    clear_loaded_at(part)

    def _resolve_conflict(
        self, problem: EditConflict, on_resolved: Callable[[dict[FieldKey, Resolution] | None], None]
    ) -> None:
        """Ask in a dialog which value to keep of fields that a colleague changed too.

        ``on_resolved`` gets the choices, or None when nothing is to be saved now.
        """
        EditConflictDialog(problem.conflicts, on_resolved, parent=front_window(self._main)).open()

    def _on_session_begun(self, lock_session: LockSession) -> None:
        """Keep the session of the write lock, note our own lock number, and begin to poll unless the session ended."""
        self.lock_session = lock_session
        held = self._app_context.store.write_lock
        if held is not None:
            self._app_context.own_lock_numbers.add(held.number)
        if not self._has_ended:
            self._timer.start()
            self.poll()

    def _run_action(self, action: str) -> None:
        """Do what a button of the banner says.

        ``action`` is "ask" (request the lock), "stop" (withdraw that), "take_over", "give" (pass it on) or "more"
        (keep it for ``more_seconds``).
        """
        turns = self.lock_session
        if turns is None or self._is_replacing:
            return
        if action == "ask":
            self.request_lock()
        elif action == "stop":
            self.withdraw_request()
        elif action == "take_over":
            self._acquire(take_over=True)
        elif action == "give":
            self._transfer()
        elif action == "more":
            self._extension_timer = QElapsedTimer()
            self._extension_timer.start()
            self._update_message()

    def _on_request_cancelled(self) -> None:
        """Stop counting copies, emit ``changed`` so that all is read again, and poll at once."""
        self._app_context.copies_while_waiting = 0
        self._app_context.changed.emit(None)
        self.poll_now()

    def request_lock(self) -> None:
        """Request the write lock in the folder; a read-only user is told why this is not possible."""
        turns = self.lock_session
        if bar := self._app_context.restriction:
            self._app_context.show_failure(restriction_error(bar))
        elif turns is not None:
            self._run_on_store(
                lambda _store: lock_transfer.request_lock(turns),
                lambda _none: self._on_requested(),
                on_failed=self._app_context.show_failure,
            )

    def _on_requested(self) -> None:
        """Start counting the copies that arrive while waiting, and poll at once."""
        self._app_context.copies_while_waiting = max(1, self._app_context.copies_while_waiting)
        self._last_change = ("", None)
        self.poll_now()

    def poll_now(self) -> None:
        """Poll at once, and end the message about what has just happened."""
        self._event_timer.stop()
        self.poll()

    def _update_message(self) -> None:
        """Update the banner; a writer sees nothing while nobody else has the folder open."""
        turns, seen = self.lock_session, self._last_status
        if turns is None:
            return
        if bar := self._app_context.restriction:
            copied = words.copy_time_text(self._app_context.store.published_at)
            self._show_message(words.READ_ONLY_TEXTS[bar], copied, tone="quiet")
            return
        if self._app_context.may_write:
            self._update_writer_message(turns)
        elif self.lacks_locking:
            self._show_message(words.LOCK_UNSUPPORTED, tone="amber")
        elif seen.silent_minutes:
            said = (
                words.transfer_stalled_text(seen.name)
                if seen.is_transfer_stalled
                else words.holder_silent_text(seen.name, seen.silent_minutes)
            )
            self._show_message(said, tone="amber", icon_name="wifi-slash", actions=("take_over",))
        elif turns.is_waiting:
            self._show_message(
                words.waiting_text(seen.name, seen.queue_position, seen.hold_reason),
                words.highlight_text(*self._last_change),
                tone="accent",
                icon_name="hourglass",
                actions=("stop",),
            )
        else:
            mine = (seen.name, seen.pc) == (turns.presence_file.presence.name, turns.pc)
            first = words.reader_text(seen.name, seen.pc, seen.since, self._app_context.store.published_at, mine=mine)
            second = "" if turns.can_request else words.REQUEST_IMPOSSIBLE
            self._show_message(
                first, second, tone="accent", actions=("ask",) if turns.can_request else (), main_action="ask"
            )

    def _update_writer_message(self, lock_session: LockSession) -> None:
        if self._waiting_people:
            name = self._waiting_people[0].name
            second = words.transfer_countdown_text(name, max(0, self._remaining_seconds()), self._hold_reason())
            acts: tuple[LockAction, ...] = ("give",) if self._extension_timer is not None else ("more", "give")
            self._show_message(words.colleague_waits_text(name), second, tone="amber", actions=acts, main_action="give")
        elif lock_session.reader_names:
            self._show_message(words.readers_text(list(lock_session.reader_names)), tone="quiet")
        elif self._app_context.lock_message is not None:
            self._show_message("", tone="quiet", icon_name="pencil-simple")

    def _show_message(
        self,
        first_line: str,
        second_line: str = "",
        *,
        tone: LockTone,
        actions: tuple[LockAction, ...] = (),
        main_action: LockAction | None = None,
        icon_name: str = "",
    ) -> None:
        """Show a message about the lock in the banner.

        ``actions`` are its buttons, ``main_action`` the filled one; ``icon_name`` "" = the icon of the ``tone``.
        """
        self._app_context.show_lock_message(LockMessage(first_line, second_line, tone, actions, main_action, icon_name))

    def _show_event(self, sentence: str, *, tone: LockTone, actions: tuple[LockAction, ...] = ()) -> None:
        """Show in the banner something that has just happened; after a minute the usual message is shown again."""
        self._show_message(sentence, tone=tone, actions=actions)
        self._event_timer.start()

    def _on_poll_failed(self, problem: Exception) -> None:
        """Show that the folder cannot be reached (``OSError``), or only read if the lock was lost; ignore the rest."""
        self._is_polling = False
        if isinstance(problem, WriteLockLost):
            self.on_lock_lost(problem)
        elif isinstance(problem, OSError):
            self._show_message(words.FOLDER_UNREACHABLE, tone="amber", icon_name="wifi-slash")

    def _on_long_started(self, job: Job) -> None:
        """Note a long job with a title, during which the lock is kept."""
        if job.title:
            self._long_jobs.add(job)

    def _replace_store(
        self,
        work: Callable[[Store], OpenedFolder],
        on_done: Callable[[OpenedFolder], object],
        on_failed: Callable[[Exception], object],
        *,
        title: str = "",
    ) -> None:
        """Replace the store behind the screens by the one that ``work`` opens, and close the one before.

        It runs on the database thread after everything queued before. Unsaved input is then kept as it is, and
        ``on_done`` gets the opened folder; on a failure the store stays and ``on_failed`` gets the error.
        """
        self._is_replacing = True
        desk = self._app_context

        def move() -> tuple[OpenedFolder, int | None]:
            """Replace the store on the database thread; return the opened folder and the journal's end shown before."""
            seen = lock_transfer.shown_journal_end(desk.store)
            opened = work(desk.store)
            before = desk.replace_store(opened.store)
            with suppress(*ENGINE_ERRORS):  # it may be closed already
                before.database.conn.close()
            return opened, seen

        def finish(moved: tuple[OpenedFolder, int | None]) -> None:
            """Note the new lock, keep unsaved input as it is, and call ``on_done``."""
            opened, seen = moved
            self._is_replacing = False
            if opened.store.write_lock is not None:
                desk.own_lock_numbers.add(opened.store.write_lock.number)
            if seen is not None:
                self._freeze_unsaved_input(seen)
            on_done(opened)

        def refuse(problem: Exception) -> None:
            """Call ``on_failed``; the store stays."""
            self._is_replacing = False
            on_failed(problem)

        desk.tasks.run_on_store(move, on_done=finish, on_failed=refuse, owner=self, title=title)

    def _run_on_store(
        self,
        work: Callable[[Store], Any],
        on_done: Callable[[Any], object],
        on_failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run ``work`` with the current store on the database thread; an error is dropped without ``on_failed``."""
        desk = self._app_context
        desk.tasks.run_on_store(
            lambda: work(desk.store),
            on_done=on_done,
            on_failed=on_failed or (lambda _problem: None),
            owner=self,
            writes=False,
        )


def _form_and_ancestors(form: Form) -> list[QWidget]:
    """Return the form and its containers up to the screen, because any of them may save what the form showed."""
    parts: list[QWidget] = [form]
    above = form.parentWidget()
    while above is not None and not isinstance(above, Screen):
        parts.append(above)
        above = above.parentWidget()
    return [*parts, above] if above is not None else parts


def _waiting_people(store: Store, lock_session: LockSession, hold_reason: HoldReason) -> tuple[WaitingPerson, ...]:
    """Return who waits for the lock; raise ``WriteLockLost`` if this session has lost it."""
    if store.write_lock is None:
        raise WriteLockLost("lost")
    if store.write_lock.lost:
        store.write_lock.confirm()  # says by whom
    return lock_transfer.waiting_people(store, lock_session, hold_reason=hold_reason)


def _cancel_request(lock_session: LockSession) -> bool:
    """Cancel the request for the lock; return whether there was one."""
    if lock_session.is_waiting:
        lock_transfer.cancel_request(lock_session)
        return True
    return False
