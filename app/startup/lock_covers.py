"""Covers the windows of a session while its screen is locked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from app.startup.start_window import StartWindow, belongs_to
from app.window import theme as t

_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
"""Kinds of windows that come and go by themselves: menus, lists of offers, tool tips."""


class LockCover(QLabel):
    """Lies opaque over the whole content of one window. Signals: none."""

    def __init__(self, window: QWidget) -> None:
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

    No window is hidden or closed, except what passes by itself and dialogs of the system, which cannot be covered: a
    hidden dialog would end, and what Qt deletes meanwhile could not be shown again. The own dialogs that are to open
    meanwhile wait (``when_unlocked``); whatever else opens is covered before it is seen.
    """

    def __init__(self, frame: StartWindow, main: QWidget) -> None:
        super().__init__(frame)
        self._frame, self._main, application = frame, main, QApplication.instance()
        assert application is not None
        self._application = application

    def lay(self) -> None:
        """Cover all windows, and show the lock page over them, so that it alone can be used."""
        for window in self._windows():
            self._cover(window)
        # Only while nobody works: it is called for each event.
        self._application.installEventFilter(self)
        self._frame.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._bring_forward()

    def remove(self) -> None:
        """Hide the lock page and remove all covers, and use the dialog in front, else the main window."""
        self._application.removeEventFilter(self)
        self._frame.hide()
        self._frame.setWindowModality(Qt.WindowModality.NonModal)
        for window in self._windows():
            for cover in window.findChildren(LockCover):
                cover.deleteLater()
                cover.hide()
        (QApplication.activeModalWidget() or self._main).activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover a window before it appears, and lay a cover anew over what was added to its window or resized."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Resize) and isinstance(watched, QWidget):
            cover = watched.window().findChild(LockCover)
            if cover is not None and watched is not cover:
                cover.lay()
            elif watched.isWindow() and watched.isVisible() and belongs_to(watched, self._main):
                self._cover(watched)
                QTimer.singleShot(0, self, self._bring_forward)
        return False

    def _windows(self) -> list[QWidget]:
        """Return the visible windows of the session."""
        return [one for one in QApplication.topLevelWidgets() if one.isVisible() and belongs_to(one, self._main)]

    def _cover(self, window: QWidget) -> None:
        """Cover a window; close it if it passes by itself, or is a dialog of the system for files."""
        if window.windowType() in _PASSING:
            window.close()
        elif isinstance(window, QFileDialog) and window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
            window.reject()
        else:
            LockCover(window)

    def _bring_forward(self) -> None:
        """Show the lock page anew: of windows that claim all input, the one shown last has it."""
        self._frame.hide()
        self._frame.show()
        self._frame.raise_()
        self._frame.activateWindow()
