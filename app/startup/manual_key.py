"""F1 in every window of the program: opens the manual over it, at the chapter of what is shown."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from app.main_window.action_routes import MANUAL
from app.main_window.main_window import MainWindow
from app.startup.manual_chapters import chapter_of

_HAS_KEY = "opens the manual"


class ManualKey(QObject):
    """Adds F1 to each window when it is first used: start page, main window, every dialog. Signals: none.

    It watches the application, because only that knows all windows, including those of Qt.
    """

    def __init__(self, frame: QWidget) -> None:
        super().__init__(frame)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self._add_key)
        self._add_key_to(frame)

    def _add_key(self, window: QWindow | None) -> None:
        """Add the key for the manual to the window that got the focus, unless it has it."""
        for one in QApplication.topLevelWidgets():
            if window is not None and one.windowHandle() == window:
                self._add_key_to(one)

    def _add_key_to(self, window: QWidget) -> None:
        """Add the key F1 to a window or dialog that opens, and to a main window the entry of the manual."""
        if window.property(_HAS_KEY) or window.windowType() not in (Qt.WindowType.Window, Qt.WindowType.Dialog):
            return
        window.setProperty(_HAS_KEY, True)
        QShortcut(QKeySequence("F1"), window).activated.connect(partial(open_manual, window))
        if isinstance(window, MainWindow):
            window.top_bar.enable_manual_entry()
            window.top_bar.manual_asked.connect(partial(open_manual, window))
            window.app_context.navigation_requested.connect(partial(_update_manual, window))


def open_manual(over: QWidget) -> None:
    """Open the manual over a window, at its chapter; over the manual itself nothing happens."""
    from app.widgets.manual.manual_dialog import ManualDialog

    if not isinstance(over, ManualDialog):
        ManualDialog(chapter_of(over), parent=over).open()


def _update_manual(window: MainWindow, place: str, _arguments: dict[str, Any]) -> None:
    """Open the manual when a link leads to it instead of a screen."""
    if place == MANUAL:
        open_manual(window)
