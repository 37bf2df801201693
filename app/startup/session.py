"""One sitting over an opened folder: the main window, the lock, the close."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from app.common import failure_log
from app.data_folder.screens.centred_page import NotesPage, show_notes
from app.data_folder.screens.unlock import UnlockPage
from app.data_folder.services.key_change import KeyWish
from app.history.services import history
from app.main_window.main_window import MainWindow
from app.startup import doors
from app.startup.keeping import Keeper
from app.startup.screens import register_screens
from app.startup.start_window import StartWindow, leads_to
from app.subjects.organisations.register.services.planned_changes import apply_due_changes, due_changes
from app.subjects.settings.pages.screens.doors import SettingsDoors
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import Paragraph
from app.widgets.shown_words import moment_words
from app.window.clipboard import ClipboardKeeper, clear_own
from app.window.desk import Desk, acting, with_store
from app.window.failure_messages import failure_of
from db.files.storage_errors import WrongPassword
from db.records.organisations import PlannedChange


class Session(QObject):
    """From the login to the close.

    Attributes: ``key_wish`` the change of the key that is to follow the close, or None.

    Signals: ``over(bool)`` the folder is closed; True when the person wants to restore a backup of it;
    ``not_unlocked()`` a wrong password was typed at the lock.
    """

    over = Signal(bool)
    not_unlocked = Signal()

    def __init__(self, frame: StartWindow, entered: doors.Entered) -> None:
        super().__init__(frame)
        self._frame = frame
        self._entered = entered
        self._store = entered.store
        self._locked = False
        self._closing = False
        self._wants_restore = False
        self.key_wish: KeyWish | None = None
        self._hidden: list[tuple[QWidget, Qt.WindowModality]] = []
        self.desk = Desk(
            tasks=frame.tasks,
            store=self._store,
            user_name=entered.user_name,
            fiscal_year=entered.fiscal_year,
            clock=self._clock,
            undo=history.undo,
            redo=history.redo,
            sample=entered.sample,
            read_only=self._store.read_only,
            parent=self,
        )
        self.main = MainWindow(self.desk, idle_minutes=frame.launch.idle_minutes)
        self.keeper: Keeper | None = None
        self._unlock = UnlockPage()
        ClipboardKeeper(self)

    def begin(self) -> None:
        """Fill the window and show it in the place of the start page."""
        main, frame = self.main, self._frame
        self._fill()
        main.lock_requested.connect(self.lock)
        main.closing.connect(self._on_closing)
        self._unlock.unlock_asked.connect(self._check)
        self._unlock.quit_asked.connect(self.quit)
        frame.before_close = self._may_close_frame
        frame.main_window = main
        self._open_first()
        main.show()
        frame.hide()
        if self._entered.sample:
            main.idle_watch.stop()
        if self.keeper is not None:
            self.keeper.begin()
        failure_log.note_event("opening", len(self._entered.notes))
        if self._entered.notes:
            show_notes(main, self._entered.notes, "開いたときの確認")
        if self._entered.latest is not None:
            self._ask_about_clock(self._entered.latest)
        self._take_over_due()

    def _take_over_due(self) -> None:
        """What 団体 told in advance takes effect on its day: the first person who opens the program then lets it."""
        # A 当日持出しファイル has no keeper: what is noted in it is what happens at its door.
        if self.keeper is not None and not self.desk.read_only:
            self.desk.read(with_store(due_changes, today=self.desk.today()), self._take_over)

    def _take_over(self, due: tuple[PlannedChange, ...]) -> None:
        if due and not self.desk.read_only:
            self.desk.write(acting(self.desk, apply_due_changes), lambda _saved: None)

    def _ask_about_clock(self, latest: datetime) -> None:
        """The PC's clock stands before the latest record: only a person knows which of the two is wrong."""
        now = self._frame.launch.clock()
        dialog = DialogFrame(
            "パソコンの時計を確かめてください",
            main="閉じて時計を直す",
            cancel="時計は正しい",
            width=600,
            parent=self.main,
        )
        dialog.put(
            Paragraph(
                f"パソコンの時計　**{moment_words(now)}**\n最後の記録　**{moment_words(latest)}**\n"
                "時計が、このデータの最後の記録より前を指しています。このままでは「期限超過」や「今日」が正しく出ず、"
                "記録の順も入れ替わります。保存済みのデータは変わっていません。"
            ),
            None,
        )
        dialog.confirmed.connect(dialog.accept)
        dialog.confirmed.connect(self.quit)
        dialog.open()

    # what a sitting of another kind does its own way

    def _fill(self) -> None:
        """Put the screens into the window, and what goes on in the background beside it."""
        self.keeper = Keeper(self.desk, self.main, self._frame.launch, parent=self)
        register_screens(
            self.main,
            SettingsDoors(
                folder=self._store.folder,
                login_id=self._store.login_id,
                clock=self._frame.launch.clock,
                backup_made=self.keeper.tell_backups,
                leave_for_restore=self.leave_for_restore,
                leave_to_change_key=self.leave_to_change_key,
            ),
        )

    def _open_first(self) -> None:
        """Stand where the person begins."""
        self.main.open_last()

    def _unlocking(self, password: str) -> Callable[[], object]:
        """What proves on the store thread that the person at the lock is the right one."""
        return lambda: doors.unlock(self.desk.store, password=password)

    def _closing_work(self) -> Callable[[], tuple[str, ...]]:
        """What closes the folder on the store thread and says what is to be told."""
        now, keeper = self._frame.launch.clock(), self.keeper
        return lambda: doors.leave(self.desk.store, now=now, turns=keeper.turn.turns if keeper is not None else None)

    def quit(self) -> None:
        """End the sitting as if the window had been closed."""
        if self._locked:
            # What was half typed before the lock is kept as when the window is closed; nobody can be asked about it.
            self.main.keep_dirty_fields()
            self._on_closing()
        else:
            self.main.close()

    def leave_for_restore(self) -> None:
        """Close the folder and go to the restoring of its backups."""
        self._wants_restore = True
        self.main.close()

    def leave_to_change_key(self, wish: KeyWish) -> None:
        """Close the folder; whoever hears that it is over changes its key. Where the window stays open nothing is
        changed, now or at a later close."""
        self.key_wish = wish
        if not self.main.close():
            self.key_wish = None

    # the lock

    def lock(self) -> None:
        """Hide everything that shows data until the password is typed."""
        if self._locked or self._closing:
            return
        self._locked = True
        self.main.idle_watch.stop()
        if self.keeper is not None:
            self.keeper.turn.leave()
        self._frame.stand_where(self.main)
        clear_own()
        self._hide_windows()
        self._unlock.show_lock(self._entered.user_name, password_needed=not self._entered.sample)
        self._frame.show_page(self._unlock)
        self._frame.show()
        self._frame.activateWindow()

    def _hide_windows(self) -> None:
        own = [one for one in QApplication.topLevelWidgets() if one.isVisible() and leads_to(one, self.main)]
        for one in own:
            if isinstance(one, QMenu):
                one.close()
            elif one is not self.main:
                self._hidden.append((one, one.windowModality()))
                one.hide()
        self.main.hide()

    def _check(self, password: str) -> None:
        if self._entered.sample:
            self._open_again()
            return
        self._unlock.wait(True)
        self._frame.tasks.on_store(
            self._unlocking(password),
            done=lambda _none: self._open_again(),
            failed=self._not_unlocked,
            owner=self._frame,
            title="パスワードを確かめています",
        )

    def _not_unlocked(self, problem: Exception) -> None:
        self._unlock.show_failure(failure_of(problem))
        if isinstance(problem, WrongPassword):
            self.not_unlocked.emit()

    def _open_again(self) -> None:
        if self._closing:
            return
        self._locked = False
        self._unlock.wait(False)
        self.main.show()
        for window, modality in self._hidden:
            window.setWindowModality(modality)
            window.show()
        self._hidden.clear()
        if self.keeper is not None:
            self.keeper.turn.come_back()
        self._take_over_due()
        self._frame.hide()
        self.main.activateWindow()
        if not self._entered.sample:
            self.main.idle_watch.start()

    # the close

    def _may_close_frame(self) -> bool:
        """The frame is seen only while locked or closing: closing it ends the sitting."""
        if not self._closing:
            self.quit()
        return False

    def _on_closing(self) -> None:
        if self._closing:
            return
        self._closing = True
        clear_own()
        if self.keeper is not None:
            self.keeper.stop()
        for window, _modality in self._hidden:
            if isinstance(window, QDialog):
                window.reject()
        if not self._locked:
            self._frame.stand_where(self.main)
        self.main.hide()
        self._frame.main_window = None
        self._frame.wait_hidden("データを閉じています")
        if self._frame.tasks.idle:
            self._leave()
        else:
            # What is under way may ask the store once more before it is done.
            self._frame.tasks.idle_changed.connect(self._leave_once_idle)

    def _leave_once_idle(self, idle: bool) -> None:
        if idle:
            self._frame.tasks.idle_changed.disconnect(self._leave_once_idle)
            self._leave()

    def _leave(self) -> None:
        self._frame.tasks.on_store(
            self._closing_work(),
            done=self._on_closed,
            failed=lambda problem: self._on_closed((failure_of(problem).in_one(),)),
            owner=self._frame,
            title="データを閉じています",
        )

    def _on_closed(self, notes: tuple[str, ...]) -> None:
        self._frame.settled()
        self._frame.before_close = None
        self.main.deleteLater()
        failure_log.note_event("closing", len(notes))
        if notes:
            page = NotesPage("閉じたときの確認", notes)
            page.done.connect(self._finish)
            self._frame.show_page(page)
        else:
            self._finish()

    def _finish(self) -> None:
        self.over.emit(self._wants_restore)

    def _clock(self) -> datetime:
        """The PC's time, on the sample year's own day where it has one."""
        moment = self._frame.launch.clock()
        day = self._entered.sample_day
        return datetime.combine(day, moment.time()) if day is not None else moment
