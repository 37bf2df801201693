"""A session on an opened folder: the main window, the screen lock, closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from app.common import failure_log
from app.data_folder.screens.centred_page import NotesPage, show_notes
from app.data_folder.screens.unlock import UnlockPage
from app.data_folder.services.key_change import KeyChangeRequest
from app.history import services as history_services
from app.main_window.lock_covers import LockCovers
from app.main_window.main_window import MainWindow
from app.registers.register.services.planned_changes import apply_due_changes, read_due_changes
from app.settings.pages.screens.settings_host import SettingsHost
from app.startup import folder_opening
from app.startup.background_jobs import BackgroundJobs
from app.startup.screens import register_screens
from app.startup.start_window import StartWindow
from app.widgets.dialogs.dialog_frame import confirm_first
from app.widgets.display_texts import moment_words
from app.window.app_context import AppContext, bind_action, with_store
from app.window.appearance import chosen_lock_minutes
from app.window.clipboard import ClipboardCleaner, clear_own_text
from app.window.failure_messages import failure_of
from db.files.storage_errors import WrongPassword
from db.records.organisations import PlannedChange


class Session(QObject):
    """Session from login to closing.

    Attributes: ``key_change_request`` the change of the key to be done after closing, or None.

    Signals: ``ended(bool)`` the folder is closed; True when the user wants to restore a backup of it;
    ``unlock_failed()`` a wrong password was typed at the screen lock.
    """

    ended = Signal(bool)
    unlock_failed = Signal()

    def __init__(self, frame: StartWindow, session_start: folder_opening.SessionStart):
        super().__init__(frame)
        self._frame = frame
        self._session_start = session_start
        self._store = session_start.store
        self._is_closing = False
        self._wants_restore = False
        self.key_change_request: KeyChangeRequest | None = None
        self.app_context = AppContext(
            tasks=frame.tasks,
            store=self._store,
            user_name=session_start.user_name,
            fiscal_year=session_start.fiscal_year,
            clock=self._clock,
            undo=history_services.undo,
            redo=history_services.redo,
            sample=session_start.sample,
            read_only=self._store.read_only,
            parent=self,
        )
        self.main_window = MainWindow(self.app_context, idle_minutes=frame.launch.idle_minutes or chosen_lock_minutes())
        self.background_jobs: BackgroundJobs | None = None
        self._focused: QWidget | None = None
        self._covers = LockCovers(frame, self.main_window)
        self._unlock_page = UnlockPage(frame.tries)
        ClipboardCleaner(self)

    def start(self) -> None:
        """Fill the main window, show it instead of the start page, start the background jobs, show opening notes."""
        main, frame = self.main_window, self._frame
        frame.tries.wrong_count = 0
        self._add_screens()
        main.screen_lock_requested.connect(self.lock_screen)
        main.closing.connect(self._on_closing)
        main.stays_open.connect(self._on_stays_open)
        self._unlock_page.unlock_asked.connect(self._check_password)
        self._unlock_page.quit_button.chosen.connect(self.quit)
        frame.may_close = self._may_close_frame
        frame.main_window = main
        self._open_first_screen()
        main.show()
        frame.hide()
        if self._session_start.sample:
            main.idle_watch.stop()
        if self.background_jobs is not None:
            self.background_jobs.start()
        failure_log.log_event("opening", len(self._session_start.notes))
        if self._session_start.notes:
            show_notes(main, self._session_start.notes, "開いたときの確認")
        if self._session_start.clock_ahead_record is not None:
            self._ask_about_clock(self._session_start.clock_ahead_record)
        self._read_due_changes()

    def _read_due_changes(self) -> None:
        """Read changes announced by 団体 that are due, then apply them; done at the start and after each unlocking.

        Nothing for a reader or a 当日持出しファイル.
        """
        # A 当日持出しファイル has no background jobs: only the check-in is recorded in it.
        if self.background_jobs is not None and self.app_context.may_write:
            self.app_context.read(with_store(read_due_changes, today=self.app_context.today()), self._apply_due_changes)

    def _apply_due_changes(self, due: tuple[PlannedChange, ...]) -> None:
        if due and self.app_context.may_write and not self.app_context.is_screen_locked:
            self.app_context.write(bind_action(apply_due_changes), lambda _saved: None)

    def _ask_about_clock(self, latest: datetime) -> None:
        """Ask about a PC clock earlier than the latest record; only a person knows which of the two is wrong."""
        now = self._frame.launch.clock()
        confirm_first(
            self.main_window,
            title="パソコンの時計を確かめてください",
            text=(
                f"パソコンの時計　**{moment_words(now)}**\n最後の記録　**{moment_words(latest)}**\n"
                "時計が、このデータの最後の記録より前を指しています。このままでは「期限超過」や「今日」が正しく出ず、"
                "記録の順も入れ替わります。保存済みのデータは変わっていません。"
            ),
            verb="閉じて時計を直す",
            cancel="時計は正しい",
            on_confirmed=self.quit,
            danger=False,
        )

    # overridden by other kinds of session

    def _add_screens(self) -> None:
        self.background_jobs = BackgroundJobs(self.app_context, self.main_window, self._frame.launch, parent=self)
        register_screens(
            self.main_window,
            SettingsHost(
                folder=self._store.folder,
                login_id=self._store.login_id,
                clock=self._frame.launch.clock,
                on_backup_made=self.background_jobs.update_backup_state,
                leave_for_restore=self.close_for_restore,
                leave_to_change_key=self.close_for_key_change,
            ),
        )

    def _open_first_screen(self) -> None:
        """Show home in the window, at its last position and size; other kinds of session begin with another screen."""
        self.main_window.open_first_screen()

    def _unlock_work(self, password: str) -> Callable[[], object]:
        """Return the work for the database thread that checks the password at the screen lock."""
        return lambda: folder_opening.check_unlock_password(self.app_context.store, password=password)

    def _closing_work(self) -> Callable[[], tuple[str, ...]]:
        """Return the work for the database thread that closes the folder and returns sentences to show."""
        now, keeper = self._frame.launch.clock(), self.background_jobs
        return lambda: folder_opening.close_folder(
            self.app_context.store,
            now=now,
            lock_session=keeper.lock_polling.lock_session if keeper is not None else None,
        )

    def quit(self) -> None:
        """End the session as if the window had been closed; at once behind the lock page, where nobody can be asked."""
        if self.app_context.is_screen_locked:
            self._on_closing()
        else:
            self.main_window.close()

    def close_for_restore(self) -> None:
        """Close the folder and go to restoring its backups, unless the window stays open."""
        self._wants_restore = True
        self.main_window.close()

    def close_for_key_change(self, request: KeyChangeRequest) -> None:
        """Close the folder, after which the key is changed, unless the window stays open."""
        self.key_change_request = request
        self.main_window.close()

    def _on_stays_open(self) -> None:
        """Forget what was to be done after closing: the next close ends the program."""
        self._wants_restore, self.key_change_request = False, None

    # the lock

    def lock_screen(self) -> None:
        """Cover all windows by the lock page until the password is typed; the sample year needs none.

        What is being typed is saved before, as when its field and the screen are left. Own text is removed from the
        clipboard, and a request for the write lock withdrawn. Nothing while closing.
        """
        desk, main = self.app_context, self.main_window
        if desk.is_screen_locked or self._is_closing:
            return
        main.idle_watch.stop()
        self._focused = QApplication.focusWidget()
        if self._focused is not None:
            self._focused.clearFocus()
        main.save_edited_fields()
        desk.set_screen_locked(True)
        if self.background_jobs is not None:
            self.background_jobs.lock_polling.withdraw_request()
        self._frame.copy_geometry(main)
        clear_own_text()
        self._unlock_page.show_lock(self._session_start.user_name, password_needed=not self._session_start.sample)
        self._frame.show_page(self._unlock_page)
        self._covers.lay()

    def _check_password(self, password: str) -> None:
        """Unlock the screen if the typed password is right; the sample year needs none."""
        if self._session_start.sample:
            self._unlock_screen()
            return
        self._unlock_page.set_checking(True)
        self._frame.tasks.run_on_store(
            self._unlock_work(password),
            on_done=lambda _none: self._unlock_screen(),
            on_failed=self._on_unlock_failed,
            owner=self._frame,
            title="パスワードを確かめています",
        )

    def _on_unlock_failed(self, problem: Exception) -> None:
        """Show why the window cannot be unlocked; emit ``unlock_failed`` for a wrong password."""
        self._unlock_page.show_problem(problem)
        if isinstance(problem, WrongPassword):
            self.unlock_failed.emit()

    def _unlock_screen(self) -> None:
        """Uncover the windows as they were, let idle watch and lock polling go on, and apply due planned changes."""
        if self._is_closing or not self.app_context.is_screen_locked:
            return
        self._frame.tries.wrong_count = 0
        self._unlock_page.set_checking(False)
        if not self._session_start.sample:
            self.main_window.idle_watch.start()
        self._covers.remove()
        if self._focused is not None and isValid(self._focused):
            self._focused.setFocus()
        self.app_context.set_screen_locked(False)
        if self.background_jobs is not None:
            self.background_jobs.lock_polling.poll_now()
        self._read_due_changes()
        self.app_context.show_held_windows()

    # the close

    def _may_close_frame(self) -> bool:
        """End the session instead of closing the start window; return False, as that closes it."""
        if not self._is_closing:
            self.quit()
        return False

    def _on_closing(self) -> None:
        """Hide the main window while it closes, and close the folder as soon as no task is running."""
        if self._is_closing:
            return
        self._is_closing = True
        self.app_context.set_screen_locked(False)
        clear_own_text()
        if self.background_jobs is not None:
            self.background_jobs.stop()
        if self._frame.isVisible():
            # Locked: dialogs that are still open end without a question.
            for dialog in self.main_window.findChildren(QDialog):
                dialog.done(QDialog.DialogCode.Rejected)
        else:
            self._frame.copy_geometry(self.main_window)
        self.main_window.hide()
        self._frame.main_window = None
        self._frame.show_waiting_later("データを閉じています")
        if self._frame.tasks.is_idle:
            self._close_folder()
        else:
            # What is under way may ask the store once more before it is done.
            self._frame.tasks.idle_changed.connect(self._close_when_idle)

    def _close_when_idle(self, idle: bool) -> None:
        if idle:
            self._frame.tasks.idle_changed.disconnect(self._close_when_idle)
            self._close_folder()

    def _close_folder(self) -> None:
        self._frame.tasks.run_on_store(
            self._closing_work(),
            on_done=self._on_folder_closed,
            on_failed=lambda problem: self._on_folder_closed((failure_of(problem).as_one_text(),)),
            owner=self._frame,
            title="データを閉じています",
        )

    def _on_folder_closed(self, notes: tuple[str, ...]) -> None:
        """End the session after the folder was closed, once the user has read what ``notes`` say."""
        self._frame.end_waiting()
        self._frame.may_close = None
        self.main_window.deleteLater()
        failure_log.log_event("closing", len(notes))
        if notes:
            page = NotesPage("閉じたときの確認", notes)
            page.done.connect(self._emit_ended)
            self._frame.show_page(page)
        else:
            self._emit_ended()

    def _emit_ended(self) -> None:
        self.ended.emit(self._wants_restore)

    def _clock(self) -> datetime:
        """Return the PC's time, on the sample year's own day if it has one."""
        moment = self._frame.launch.clock()
        day = self._session_start.sample_day
        return datetime.combine(day, moment.time()) if day is not None else moment
