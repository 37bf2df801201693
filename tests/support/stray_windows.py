"""Notices a widget that was shown before it had a parent: it would flash up as a window of its own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget


class StrayWindows(QObject):
    """Counts windows that are neither window nor dialog nor menu; use as a context manager."""

    def __init__(self, allowed: tuple[QWidget, ...] = ()) -> None:
        super().__init__()
        self.found: list[str] = []
        self._allowed = allowed

    def __enter__(self) -> StrayWindows:
        QApplication.instance().installEventFilter(self)
        return self

    def __exit__(self, *_error: object) -> None:
        QApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, (QDialog, QMainWindow, QMenu))
            and watched not in self._allowed
            and watched.windowType() not in (Qt.WindowType.ToolTip, Qt.WindowType.Popup)
        ):
            self.found.append(f"{type(watched).__name__} {watched.accessibleName()}".strip())
        return False
