"""The window that shows the start pages, a waiting message, and is hidden while the main window is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.data_folder.screens.centred_page import CentredPage, WaitingPage
from app.data_folder.screens.start_page import StartPage
from app.data_folder.screens.try_pause import TryPause
from app.main_window.main_window import MainWindow
from app.main_window.side_bar import PRODUCT
from app.main_window.window_geometry import first_size, geometry_text, restore_saved_geometry
from app.startup.launch import Launch
from app.widgets.buttons import install_filled_key
from app.widgets.pages import PageLayout
from app.window.background_task import Tasks
from app.window.debounce import debounce
from app.window.style_sheet import apply_style
from app.window.ui_settings import recall, remember, sync_to_disk

_WAITING_AFTER_MS = 200


class StartWindow(QWidget):
    """Holds the start pages and, after login, the session with its main window.

    Signals: ``session_started(MainWindow)`` the main window is shown; ``ended()`` everything is closed and written.
    """

    session_started = Signal(object)
    ended = Signal()

    def __init__(self, launch: Launch):
        super().__init__()
        apply_style(self)
        self.launch = launch
        self.tasks = Tasks(self)
        self.tries = TryPause(self)
        self.main_window: MainWindow | None = None
        self.may_close: Callable[[], bool] | None = None
        self._has_ended = False
        self.is_busy = False
        self.setWindowTitle(PRODUCT)
        self.setMinimumSize(800, 480)
        self._stack = PageLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._waiting_page = WaitingPage()
        self._stack.addWidget(self._waiting_page)
        self.page: QWidget = self._waiting_page
        self._waiting_timer = debounce(self, self._show_waiting, _WAITING_AFTER_MS)
        self._restore_size()
        install_filled_key(self, self._stack.currentWidget)

    # pages

    def show_page(self, page: QWidget) -> None:
        """Show a start page, and the window if hidden while no main window is open."""
        self._waiting_timer.stop()
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self.page = page
        self._stack.setCurrentWidget(page)
        if not self.isVisible() and self.main_window is None:
            self.show()
        self._set_focus()

    def run_work(
        self,
        text: str,
        work: Callable[[], Any],
        *,
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
        if_long: str = "",
    ) -> None:
        """Run ``work`` on the database thread with the page disabled; after 200 ms ``text`` is shown.

        Then the page is enabled again, and ``on_done`` called with the result or ``on_failed`` with the exception.
        ``if_long`` appears below ``text`` after three seconds, "" = nothing.
        """
        self.is_busy = True
        self._waiting_page.show_work(text, if_long=if_long)
        page, focus = self.page, self.focusWidget()
        page.setEnabled(False)
        self._waiting_timer.start()

        def finish(call: Callable[[Any], None], outcome: Any) -> None:
            """Show the page again after work has ended, and call back."""
            self.is_busy = False
            self._waiting_timer.stop()
            page.setEnabled(True)
            self._stack.setCurrentWidget(page)
            if focus is not None and focus.isVisible():
                focus.setFocus()
            call(outcome)

        self.tasks.run_on_store(
            work, on_done=partial(finish, on_done), on_failed=partial(finish, on_failed), owner=self, title=text
        )

    def show_waiting_later(self, text: str) -> None:
        """Show ``text`` over everything after 200 ms (the main window is hidden already)."""
        self.is_busy = True
        self.page = self._waiting_page
        self._waiting_page.show_work(text)
        self._waiting_timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Set the initial keyboard focus."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._set_focus)

    def _set_focus(self) -> None:
        if isinstance(self.page, StartPage | CentredPage):
            self.page.focus_first_field()

    def _show_waiting(self) -> None:
        """Show the waiting page, and the window if it is hidden."""
        self._stack.setCurrentWidget(self._waiting_page)
        if not self.isVisible():
            self.show()

    # coming and going

    def copy_geometry(self, other: QWidget) -> None:
        """Take position, size and state (maximised, full screen) of another window."""
        if other.isMaximized():
            self.setWindowState(Qt.WindowState.WindowMaximized)
        elif other.isFullScreen():
            self.setWindowState(Qt.WindowState.WindowFullScreen)
        else:
            self.setWindowState(Qt.WindowState.WindowNoState)
            self.setGeometry(other.geometry())

    def end_waiting(self) -> None:
        """End the waiting: no message appears any more, and the window may be closed again.

        A waiting page that is shown already stays until another page is shown.
        """
        self.is_busy = False
        self._waiting_timer.stop()

    def shut_down(self) -> None:
        """Join the threads, write the settings, and emit ``ended``."""
        if self._has_ended:
            return
        self._has_ended = True
        self.end_waiting()
        self.hide()
        sync_to_disk()
        self.tasks.shutdown()
        self.ended.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """End the program if no work is running and the current page or session agrees, else stay open.

        While a session is open, ``may_close`` ends that instead.
        """
        if self._has_ended:
            event.accept()
            return
        event.ignore()
        if self.is_busy or (self.may_close is not None and not self.may_close()):
            return
        if self.main_window is None:
            remember("start/stands", geometry_text(self))
        self.shut_down()
        event.accept()

    def _restore_size(self) -> None:
        if not restore_saved_geometry(self, recall("window/stands") or recall("start/stands")):
            self.resize(*first_size())
