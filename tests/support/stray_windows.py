"""Notices a widget that was shown before it had a parent: it would flash up as a window of its own."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QLoggingCategory, QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QMenu, QWidget
from shiboken6 import wrapInstance

_TOLD = "qt.widgets.showhide"
_SHOWN = re.compile(r"Setting visibility of QWidgetWindow\((0x[0-9a-f]+).* to true ")
"""What Qt says in that category when a window of the system is about to be shown, with its address."""


class StrayWindows:
    """Counts windows that are neither window nor dialog nor menu; use as a context manager.

    Qt itself tells what is shown: a filter of every event of the program would be a tenth of what a screen costs.
    """

    def __init__(self, allowed: tuple[QWidget, ...] = ()) -> None:
        self.found: list[str] = []
        self._allowed = allowed
        self._others: Callable[[QtMsgType, QMessageLogContext, str], object] | None = None

    def __enter__(self) -> StrayWindows:
        self._others = qInstallMessageHandler(self._hear)
        QLoggingCategory.setFilterRules(f"{_TOLD}.debug=true")
        return self

    def __exit__(self, *_error: object) -> None:
        QLoggingCategory.setFilterRules("")
        qInstallMessageHandler(self._others)

    def _hear(self, kind: QtMsgType, context: QMessageLogContext, said: str) -> None:
        if context.category != _TOLD:
            if self._others is not None:
                self._others(kind, context, said)
            return
        shown = _SHOWN.match(said)
        if shown is not None:
            window = wrapInstance(int(shown[1], 16), QWindow)
            self._look(next(one for one in QApplication.topLevelWidgets() if one.windowHandle() is window))

    def _look(self, shown: QWidget) -> None:
        if (
            not isinstance(shown, (QDialog, QMainWindow, QMenu))
            and shown not in self._allowed
            and shown.windowType() not in (Qt.WindowType.ToolTip, Qt.WindowType.Popup)
        ):
            self.found.append(f"{type(shown).__name__} {shown.accessibleName()}".strip())
