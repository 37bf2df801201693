"""A list at the left, the paper in the middle, what belongs to it at the right; on a narrow window all are tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.widgets.tabs import TabBar
from app.window import theme as t

_LEFT, _RIGHT, _RIGHT_TIGHT = 188, 344, 304
MIDDLE = 1
"""The number of the middle among the tabs of a narrow window; the list is 0, the pages follow."""


class ThreeColumns(QWidget):
    """``left``, ``middle`` and ``pages`` under tabs at the right, with ``above`` over them. Signals: none."""

    def __init__(
        self,
        left: tuple[str, QWidget],
        middle: tuple[str, QWidget],
        pages: Sequence[tuple[str, QWidget]],
        *,
        above: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = (left[1], middle[1], *(page for _words, page in pages))
        self._narrow: bool | None = None
        self.tabs = TabBar(left[0], middle[0], *(words for words, _page in pages))
        self.side_tabs = TabBar(*(words for words, _page in pages))
        self.tabs.chosen.connect(self._choose)
        self.side_tabs.chosen.connect(self._choose_side)
        self._stack, self._side = QStackedWidget(), QStackedWidget()
        self._left, self._middle, self._right = QWidget(), QWidget(), QWidget()
        for holder in (self._left, self._middle):
            inside = QVBoxLayout(holder)
            inside.setContentsMargins(0, 0, 0, 0)
        self._over = QVBoxLayout()
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._over)
        column.addWidget(self.side_tabs)
        column.addWidget(self._side, 1)
        self._across = QWidget()
        line = QHBoxLayout(self._across)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self._left)
        line.addWidget(self._middle, 1)
        line.addWidget(self._right)
        self._above = above
        self._top = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(self._top)
        outer.addWidget(self.tabs)
        outer.addWidget(self._across, 1)
        outer.addWidget(self._stack, 1)
        self._arrange(narrow=False)

    @property
    def narrow(self) -> bool:
        """Whether everything stands in tabs now."""
        return bool(self._narrow)

    def show_middle(self) -> None:
        """Bring the paper into sight where it stands in a tab."""
        if self._narrow:
            self.tabs.choose(MIDDLE)

    def show_page(self, number: int) -> None:
        """Show one of the pages at the right (from 0)."""
        self.side_tabs.choose(number)
        if self._narrow:
            self.tabs.choose(MIDDLE + 1 + number)

    def set_count(self, number: int, count: int | str | None) -> None:
        """Show a count behind the words of a page at the right."""
        self.side_tabs.set_count(number, count)
        self.tabs.set_count(MIDDLE + 1 + number, count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by the width of the window."""
        super().resizeEvent(event)
        width = self.window().width()
        wide = width >= t.FOLD_WIDE
        self._left.setFixedWidth(min(t.scaled(_LEFT), max(_LEFT, round(width * 0.18))))
        right = _RIGHT if wide else _RIGHT_TIGHT
        self._right.setFixedWidth(min(t.scaled(right), max(right, round(width * 0.28))))
        self._arrange(narrow=width < t.FOLD_NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        shown = self.side_tabs.current()
        self._narrow = narrow
        for part in self._parts:
            if narrow:
                self._stack.addWidget(part)
        if not narrow:
            for holder, part in zip((self._left, self._middle), self._parts[:2], strict=True):
                inside = holder.layout()
                if inside is not None:
                    inside.addWidget(part)
                part.show()
            for part in self._parts[2:]:
                self._side.addWidget(part)
        (self._top if narrow else self._over).addWidget(self._above)
        self.tabs.setVisible(narrow)
        self._stack.setVisible(narrow)
        self._across.setVisible(not narrow)
        if narrow:
            self._choose(self.tabs.current())
        else:
            self._choose_side(shown)

    def _choose(self, number: int) -> None:
        if self._narrow and number >= 0:
            self._stack.setCurrentWidget(self._parts[number])

    def _choose_side(self, number: int) -> None:
        if not self._narrow and number >= 0:
            self._side.setCurrentWidget(self._parts[2 + number])
