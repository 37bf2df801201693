"""The window before the window: it shows the start pages, waits calmly, hides while the main window works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.data_folder.screens.centred_page import CentredPage, WaitingPage
from app.data_folder.screens.railed_page import RailedPage
from app.main_window.main_window import MainWindow
from app.main_window.side_bar import PRODUCT
from app.main_window.window_size import first_size, shape_of, take_shape
from app.startup.launch import Launch
from app.widgets.buttons import offer_filled_key
from app.widgets.pages import PageLayout
from app.window.background_task import Tasks
from app.window.later import later
from app.window.remembered import recall, remember, write_down
from app.window.style_sheet import wear

_PATIENCE_MS = 200


class StartWindow(QWidget):
    """Holds the start pages and, once somebody is in, the sitting with its main window.

    Signals: ``entered(MainWindow)`` the main window is shown; ``page_shown(QWidget)``; ``ended()``
    everything is closed and written.
    """

    entered = Signal(object)
    page_shown = Signal(object)
    ended = Signal()

    def __init__(self, launch: Launch) -> None:
        super().__init__()
        wear(self)
        self.launch = launch
        self.tasks = Tasks(self)
        self.main_window: MainWindow | None = None
        self.before_close: Callable[[], bool] | None = None
        self._ended = False
        self._busy = False
        self.setWindowTitle(PRODUCT)
        self.setMinimumSize(800, 480)
        self._stack = PageLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._waiting = WaitingPage()
        self._stack.addWidget(self._waiting)
        self._page: QWidget = self._waiting
        self._soon = later(self, self._show_waiting, _PATIENCE_MS)
        self._take_size()
        offer_filled_key(self, self._stack.currentWidget)

    # pages

    @property
    def page(self) -> QWidget:
        """The page that the person works on (while waiting: the one before)."""
        return self._page

    def show_page(self, page: QWidget) -> None:
        """Show a start page, and the window if it was hidden."""
        self._soon.stop()
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._page = page
        self._stack.setCurrentWidget(page)
        if not self.isVisible() and self.main_window is None:
            self.show()
        self._take_focus()
        self.page_shown.emit(page)

    def work(
        self,
        words: str,
        function: Callable[[], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        if_long: str = "",
    ) -> None:
        """Run ``function`` on the store thread; the page rests meanwhile, after 200 ms it says what is done."""
        self._busy = True
        self._waiting.show_work(words, if_long=if_long)
        page, focus = self._page, self.focusWidget()
        page.setEnabled(False)
        self._soon.start()

        def settle() -> None:
            self._busy = False
            self._soon.stop()
            page.setEnabled(True)
            self._stack.setCurrentWidget(page)
            if focus is not None and focus.isVisible():
                focus.setFocus()

        def finish(result: Any) -> None:
            settle()
            done(result)

        def refuse(problem: Exception) -> None:
            settle()
            failed(problem)

        self.tasks.on_store(function, done=finish, failed=refuse, owner=self, title=words)

    @property
    def busy(self) -> bool:
        """Whether something is being done that must come to its end first."""
        return self._busy

    def wait_hidden(self, words: str) -> None:
        """Say ``words`` over everything if it takes longer than 200 ms (the main window is gone already)."""
        self._busy = True
        self._page = self._waiting
        self._waiting.show_work(words)
        self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """The focus stands where one begins."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._take_focus)

    def _take_focus(self) -> None:
        if isinstance(self._page, RailedPage | CentredPage):
            self._page.take_focus()

    def _show_waiting(self) -> None:
        self._stack.setCurrentWidget(self._waiting)
        if not self.isVisible():
            self.show()

    # coming and going

    def stand_where(self, other: QWidget) -> None:
        """Take the place and the state of another window."""
        if other.isMaximized():
            self.setWindowState(Qt.WindowState.WindowMaximized)
        elif other.isFullScreen():
            self.setWindowState(Qt.WindowState.WindowFullScreen)
        else:
            self.setWindowState(Qt.WindowState.WindowNoState)
            self.setGeometry(other.geometry())

    def settled(self) -> None:
        """Whatever was waited for has ended."""
        self._busy = False
        self._soon.stop()

    def end(self) -> None:
        """Join the threads, write down what is remembered, and say that everything is over."""
        if self._ended:
            return
        self._ended = True
        self.settled()
        self.hide()
        write_down()
        self.tasks.shutdown()
        self.ended.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close, once nothing is under way and whoever must be asked agrees."""
        if self._ended:
            event.accept()
            return
        event.ignore()
        if self._busy or (self.before_close is not None and not self.before_close()):
            return
        if self.main_window is None:
            remember("start/stands", shape_of(self))
        self.end()
        event.accept()

    def _take_size(self) -> None:
        if not take_shape(self, recall("window/stands") or recall("start/stands")):
            self.resize(*first_size())


def leads_to(part: QObject, window: QObject) -> bool:
    """Whether ``part`` belongs to ``window`` by its parents (dialogs are windows of their own)."""
    above: QObject | None = part
    while above is not None:
        if above is window:
            return True
        above = above.parent()
    return False
