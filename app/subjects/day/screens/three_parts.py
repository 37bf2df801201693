"""What to do at the left, what it looks like in the middle, where to go on at the right; folded when narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.widgets.screen import scrolling
from app.widgets.tabs import TabBar
from app.window import theme as t

_LEFT, _RIGHT = 384, 236
_WIDE_LEFT, _WIDE_RIGHT = 400, 248
_VERY_WIDE = 1600
_LEAST = 300
_SHARE = 0.33


class ThreeParts(QWidget):
    """Three parts side by side. Signals: none.

    Below 1300 px the right part stands under the left one, below 1000 px every part has a tab.
    """

    def __init__(
        self,
        left: tuple[str, Sequence[QWidget]],
        middle: tuple[str, QWidget],
        right: tuple[str, Sequence[QWidget]],
        foot: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        """``foot`` stays in sight below the left part, however far that is scrolled."""
        super().__init__(parent)
        self._left, self._right = tuple(left[1]), tuple(right[1])
        self._shape = ""
        self.tabs = TabBar(left[0], middle[0], right[0])
        self.tabs.chosen.connect(self._choose)
        self._columns: list[QVBoxLayout] = []
        self._areas = [self._area(), self._area()]
        self._begin = QWidget()
        beginning = QVBoxLayout(self._begin)
        beginning.setContentsMargins(0, 0, 0, 0)
        beginning.setSpacing(8)
        beginning.addWidget(self._areas[0], 1)
        beginning.addWidget(foot)
        self._place = QWidget()
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self._begin)
        across.addWidget(self._place, 1)
        across.addWidget(self._areas[1])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.tabs)
        outer.addLayout(across, 1)
        self._arrange("wide")
        # Put in last, so that Tab goes through the left part before the large one.
        inside = QVBoxLayout(self._place)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(middle[1])

    def show_middle(self) -> None:
        """Bring the large part into sight where it stands in a tab."""
        if self._shape == "narrow":
            self.tabs.choose(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by the width of the window."""
        super().resizeEvent(event)
        width = self.window().width()
        # Large letters leave less room: three parts beside each other only where all their words fit.
        room = t.unscaled(width)
        shape = "narrow" if room < t.FOLD_NARROW else "usual" if room < t.FOLD_WIDE else "wide"
        most = 16_777_215
        sides = (_WIDE_LEFT, _WIDE_RIGHT) if width >= _VERY_WIDE else (_LEFT, _RIGHT)
        parts = (self._begin, self._areas[1])
        for area, wanted, share in zip(parts, sides, (_SHARE, _SHARE / 2), strict=True):
            side = min(t.scaled(wanted), max(_LEAST if wanted > _LEAST else wanted, round(width * share)))
            area.setMinimumWidth(0 if shape == "narrow" else side)
            area.setMaximumWidth(most if shape == "narrow" else side)
        self._arrange(shape)

    def _area(self) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addStretch(1)
        self._columns.append(column)
        return scrolling(page)

    def _arrange(self, shape: str) -> None:
        if shape == self._shape:
            return
        self._shape = shape
        self.tabs.setVisible(shape == "narrow")
        # removeWidget, not takeAt: an item left over would keep the heights that the parts had before.
        for part in (*self._left, *self._right):
            for column in self._columns:
                column.removeWidget(part)
        for number, part in enumerate(self._left):
            self._columns[0].insertWidget(number, part)
        for number, part in enumerate(self._right):
            below = shape == "usual"
            self._columns[0 if below else 1].insertWidget(number + (len(self._left) if below else 0), part)
        self._choose(self.tabs.current())

    def _choose(self, number: int) -> None:
        narrow = self._shape == "narrow"
        self._begin.setVisible(not narrow or number == 0)
        self._place.setVisible(not narrow or number == 1)
        self._areas[1].setVisible(number == 2 if narrow else self._shape == "wide")
