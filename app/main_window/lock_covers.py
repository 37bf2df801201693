"""Covers the windows of a session while its screen is locked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from app.main_window.main_window import MainWindow
from app.window import theme as t
from app.window.app_context import app_context_of


class LockCover(QLabel):
    """Lies opaque over the whole content of one window. Signals: none."""

    def __init__(self, window: QWidget):
        super().__init__("ロックしています", window)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setStyleSheet(f"background: {t.PAGE}; color: {t.INK};")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.lay()
        self.show()

    def lay(self) -> None:
        """Cover the window in its present size, above what has been added to it."""
        self.setGeometry(self.window().rect())
        self.raise_()


class LockCovers(QObject):
    """Keeps the windows of a session unreadable while the lock page is shown, and that page in front. Signals: none.

    No window is hidden or closed, except what passes by itself and file dialogs of the system, which cannot be covered:
    a hidden dialog would end, and what Qt deletes meanwhile could not be shown again. The own dialogs that are to open
    meanwhile wait (``when_unlocked``); whatever else opens is covered before it is seen.
    """

    def __init__(self, lock_window: QWidget, main: MainWindow):
        """Take the window with the lock page, ``lock_window``, and the main window of the session."""
        super().__init__(main)
        self._lock_window, self._main, application = lock_window, main, QApplication.instance()
        assert application is not None
        self._application = application

    def lay(self) -> None:
        """Cover all windows, and show the lock page over them, so that it alone can be used."""
        for window in self._windows():
            self._cover(window)
        # Only while nobody works: it is called for each event.
        self._application.installEventFilter(self)
        self._lock_window.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._bring_forward()

    def remove(self) -> None:
        """Hide the lock page and remove all covers, and use the dialog in front, else the main window."""
        self._application.removeEventFilter(self)
        self._lock_window.hide()
        self._lock_window.setWindowModality(Qt.WindowModality.NonModal)
        for window in self._windows():
            for cover in window.findChildren(LockCover):
                cover.hide()
                cover.deleteLater()
        (QApplication.activeModalWidget() or self._main).activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover a window before it appears, and lay a cover anew over what was added to its window or resized."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Resize) and isinstance(watched, QWidget):
            cover = watched.window().findChild(LockCover)
            if cover is not None and watched is not cover:
                cover.lay()
            elif watched in self._windows():
                self._cover(watched)
                QTimer.singleShot(0, self, self._bring_forward)
        return False

    def _windows(self) -> list[QWidget]:
        """Return the visible windows of the session, and what passes by itself."""
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        # The list of offers of a field has no parent.
        return [one for one in shown if _passes(one) or app_context_of(one) is self._main.app_context]

    def _cover(self, window: QWidget) -> None:
        """Cover a window; close what passes by itself, and a dialog of the system for files."""
        if _passes(window):
            window.close()
        elif isinstance(window, QFileDialog) and window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
            window.reject()
        else:
            LockCover(window)

    def _bring_forward(self) -> None:
        """Show the lock page anew: of windows that claim all input, the one shown last has it."""
        self._lock_window.hide()
        self._lock_window.show()
        self._lock_window.raise_()
        self._lock_window.activateWindow()


def _passes(window: QWidget) -> bool:
    """Return whether a window comes and goes by itself: a menu, a list of offers, a tool tip."""
    return window.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
