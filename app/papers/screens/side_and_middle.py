"""A scrolling column at the left and one large part beside it; on a narrow window each becomes a tab."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.widgets.screen import scrolling
from app.widgets.tabs import TabBar
from app.window import theme as t

_WIDE, _USUAL = 340, 300
_SHARE = 0.29


class SideAndMiddle(QWidget):
    """``sides`` under each other at the left of ``middle``; below 1000 px they stand in tabs, ``middle`` second.

    The first side has the first tab, all others share the last. Signals: none.
    """

    def __init__(
        self,
        first: tuple[str, QWidget],
        middle: tuple[str, QWidget],
        last: tuple[str, Sequence[QWidget]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._first, self._middle, self._last = first[1], middle[1], tuple(last[1])
        self._narrow: bool | None = None
        self.tabs = TabBar(first[0], middle[0], last[0])
        self.tabs.chosen.connect(self._choose)
        self._pages = QStackedWidget()
        self._columns: list[QVBoxLayout] = []
        for _number in range(2):
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 8, 0)
            column.setSpacing(16)
            self._columns.append(column)
            self._pages.addWidget(scrolling(page))
        self._place = QWidget()
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self._pages)
        across.addWidget(self._place, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.tabs)
        outer.addLayout(across, 1)
        self._arrange(narrow=False)
        # Put in last, so that Tab goes through the sides before the large part.
        inside = QVBoxLayout(self._place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._middle)

    @property
    def narrow(self) -> bool:
        """Whether the parts stand in tabs now."""
        return bool(self._narrow)

    def show_middle(self) -> None:
        """Bring the large part into sight where it stands in a tab."""
        if self._narrow:
            self.tabs.choose(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by the width of the window."""
        super().resizeEvent(event)
        width = self.window().width()
        narrow = width < t.FOLD_NARROW
        # Large letters widen the side, but never beyond its share of the window.
        side = min(t.scaled(_WIDE if width >= t.FOLD_WIDE else _USUAL), max(_USUAL, round(width * _SHARE)))
        self._pages.setMinimumWidth(0 if narrow else side)
        self._pages.setMaximumWidth(16_777_215 if narrow else side)
        self._arrange(narrow=narrow)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.tabs.setVisible(narrow)
        for column in self._columns:
            while column.count():
                column.takeAt(0)
        self._columns[0].addWidget(self._first)
        for part in self._last:
            self._columns[1 if narrow else 0].addWidget(part)
        for column in self._columns:
            column.addStretch(1)
        self._choose(self.tabs.current())

    def _choose(self, number: int) -> None:
        if self._narrow:
            self._place.setVisible(number == 1)
            self._pages.setVisible(number != 1)
            self._pages.setCurrentIndex(1 if number == 2 else 0)
        else:
            self._place.show()
            self._pages.show()
            self._pages.setCurrentIndex(0)
