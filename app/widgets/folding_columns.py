"""Main part and right column side by side; on a narrow window the right column becomes tabs."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.widgets.screen import scrolling
from app.widgets.tabs import TabBar
from app.window import theme as t


class FoldingColumns(QWidget):
    """``main`` with ``sides`` under each other at its right.

    From 1300 px of window width on the right column is ``wide`` px, from 1000 on 280 px; below, main
    and every side become tabs named by their words. Inside a tab, where tabs are never nested, the sides go
    to the end of ``under``, a column of ``main``, instead. ``left`` puts the sides at the left. Signals: none.
    """

    def __init__(
        self,
        main_words: str,
        main: QWidget,
        sides: tuple[tuple[str, QWidget], ...],
        *,
        wide: int = 310,
        gap: int = 24,
        under: QVBoxLayout | None = None,
        left: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._wide = wide
        self._under = under
        self._narrow: bool | None = None
        self._main = main
        self._sides = tuple(side for _words, side in sides)
        self.tabs = TabBar(main_words, *(words for words, _side in sides))
        self.tabs.chosen.connect(self._choose)
        self._pages = QStackedWidget()
        # On a narrow window every side has a page of its own, which scrolls.
        self._side_pages = [QWidget() for _side in self._sides]
        self._holders = [QVBoxLayout(each) for each in self._side_pages]
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._right = scrolling(self._inside)
        self._across = QHBoxLayout()
        self._across.setSpacing(gap)
        self._across.addWidget(self._pages, 1)
        # On the left stands what is read first and rarely touched: a file and its columns.
        self._across.insertWidget(0 if left else 1, self._right)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(self.tabs)
        outer.addLayout(self._across, 1)
        self._pages.addWidget(main)
        for each, holder in zip(self._side_pages, self._holders, strict=True):
            holder.setContentsMargins(0, 0, 8, 0)
            holder.addStretch(1)
            self._pages.addWidget(scrolling(each))
        self._pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._arrange(narrow=False)

    @property
    def narrow(self) -> bool:
        """Whether the parts stand in tabs now."""
        return bool(self._narrow)

    def set_count(self, number: int, count: int | str | None) -> None:
        """Show a count behind a tab's word (0 = main)."""
        self.tabs.set_count(number, count)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by the width of the window."""
        super().resizeEvent(event)
        width = self.window().width()
        # Large letters widen the sides, but never beyond their share of the window.
        wide = min(t.scaled(self._wide), max(self._wide, round(width * 0.28)))
        self._right.setFixedWidth(wide if width >= t.FOLD_WIDE else 280)
        self._arrange(narrow=width < t.FOLD_NARROW)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.tabs.setVisible(narrow and self._under is None)
        self._right.setVisible(not narrow)
        for side, holder in zip(self._sides, self._holders, strict=True):
            if narrow and self._under is not None:
                self._under.insertWidget(self._under.count() - 1, side)
            elif narrow:
                holder.insertWidget(0, side)
            else:
                self._column.addWidget(side)
        if narrow:
            while self._column.count():
                self._column.takeAt(0)
            self._choose(self.tabs.current())
        else:
            self._column.addStretch(1)
            self._pages.setCurrentWidget(self._main)

    def _choose(self, number: int) -> None:
        if self._narrow and self._under is None:
            self._pages.setCurrentIndex(number)
