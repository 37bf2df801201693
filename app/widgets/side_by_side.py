"""Two parts side by side that become tabs in a narrow window, with the Tab key in reading order."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QWidget,
)

from app.widgets.labels import separator
from app.widgets.layouts import add, in_column, in_row
from app.widgets.pages import PageLayout
from app.widgets.tabs import TabBar
from app.window import theme as t

_MIN_WIDTH = 1060
"""The smallest window width, at 標準, at which both sides are readable beside each other."""


class SideBySide(QWidget):
    """Two parts, the left one ``share`` per cent wide.

    Signals: ``folded(bool)`` whether they are tabs now.
    """

    folded = Signal(bool)

    def __init__(
        self,
        left: tuple[str, QWidget],
        right: tuple[str, QWidget],
        *,
        share: int,
        main: int = 0,
        min_width: int = _MIN_WIDTH,
    ):
        """``left`` and ``right`` are tab label and part; tab ``main`` (0 or 1) is shown first."""
        super().__init__()
        self._least = min_width
        self._parts = (left[1], right[1]) if main == 0 else (right[1], left[1])
        self._left, self._right, self._share = left[1], right[1], share
        self._narrow: bool | None = None
        words = (left[0], right[0]) if main == 0 else (right[0], left[0])
        self.tabs = TabBar(*words)
        self.tabs.chosen.connect(self._choose)
        wide = QWidget()
        self._across = in_row(owner=wide, spacing=0)
        narrow = QWidget()
        self._pages = PageLayout(narrow)
        self._stack = PageLayout()
        self._stack.addWidget(wide)
        self._stack.addWidget(narrow)
        in_column(self.tabs, (self._stack, 1), owner=self, spacing=0)
        self._line = separator(upright=True)
        self.fold(False)

    @property
    def narrow(self) -> bool:
        """Return whether the parts are shown as tabs."""
        return bool(self._narrow)

    def minimumSizeHint(self) -> QSize:
        """Return a small width, since tabs fit into a narrow window."""
        return QSize(400, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the parts as tabs or side by side, by the width of the window."""
        super().resizeEvent(event)
        self.fold(t.unscaled(self.window().width()) < self._least)

    def fold(self, narrow: bool) -> None:
        """Show the parts as tabs (``narrow``) or side by side, and emit ``folded``; nothing if they are so already."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.tabs.setVisible(narrow)
        if narrow:
            for part in self._parts:
                self._pages.addWidget(part)
            self._choose(self.tabs.current())
        else:
            add(self._across, (self._left, self._share), self._line, (self._right, 100 - self._share))
            self._left.show()
            self._right.show()
        self._stack.setCurrentIndex(1 if narrow else 0)
        self.folded.emit(narrow)

    def _choose(self, number: int) -> None:
        if self._narrow:
            self._pages.setCurrentWidget(self._parts[number])
