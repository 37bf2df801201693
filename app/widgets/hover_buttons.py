"""Buttons of a row that are visible only while the mouse or the focus is on the row."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget


class HoverButtons(QObject):
    """Shows ``parts`` of ``row`` only while the mouse or the focus is on the row; their space stays. Signals: none."""

    def __init__(self, row: QWidget, *parts: QWidget) -> None:
        super().__init__(row)
        self._row, self._parts = row, parts
        self._over = False
        for part in parts:
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
            part.hide()
        row.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._update_visibility)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show or hide the buttons when the mouse enters or leaves."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._over = event.type() == QEvent.Type.Enter
            self._update_visibility()
        return False

    def _update_visibility(self, *_: QWidget | None) -> None:
        """Show the buttons while the row is under the mouse or has the focus."""
        # What has the keyboard in this window, also while a dialog stands over it: it goes back to the button there.
        now = self._row.window().focusWidget()
        held = self._over or (now is not None and self._row.isAncestorOf(now))
        for part in self._parts:
            part.setVisible(held)
