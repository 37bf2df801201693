"""Layouts of two or three parts side by side that become tabs or separate pages in a narrow window.

The limit of 1000 px is for the text size 標準: larger text folds at wider windows (``theme.should_fold_columns``).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.widgets.buttons import link_button
from app.widgets.layouts import detach_items, in_column, in_row
from app.widgets.pages import Pages, ensure_visible
from app.widgets.screen import in_scroll_area, side_width
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.debounce import debounce

_LIST_USUAL = 300
_LIST_SHARE = 0.29
_WIDE, _SIDE_USUAL = 340, 300
_SIDE_SHARE = 0.29


class FoldingColumns(QWidget):
    """``main`` with ``sides`` below each other in a right column.

    From 1300 px of window width on the right column is ``wide`` px, from 1000 on 280 px; below, main and every side
    become tabs. Inside a tab, where tabs are never nested, the sides are appended to ``under``, a column of ``main``,
    instead. ``left`` puts the sides at the left. Signals: none.
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
    ):
        super().__init__()
        self._wide = wide
        self._under = under
        self._narrow: bool | None = None
        self._main = main
        self._sides = tuple(side for _words, side in sides)
        self.tabs = TabBar(main_words, *(words for words, _side in sides))
        self.tabs.chosen.connect(self._choose)
        self._pages = Pages()
        # On a narrow window every side has a page of its own, which scrolls.
        self._side_pages = [QWidget() for _side in self._sides]
        self._holders = [QVBoxLayout(each) for each in self._side_pages]
        self._side_areas: list[QScrollArea] = []
        self._inside = QWidget()
        self._column = in_column(owner=self._inside, spacing=12)
        self._right = in_scroll_area(self._inside)
        self._across = in_row((self._pages, 1), spacing=gap)
        # On the left stands what is read first and rarely touched: a file and its columns.
        self._foot = in_column(self._right, spacing=0)
        self._across.insertLayout(0 if left else 1, self._foot)
        self._right.verticalScrollBar().rangeChanged.connect(debounce(self, self._end_with_whole_line).start)
        in_column(self.tabs, (self._across, 1), owner=self, spacing=12)
        self._pages.addWidget(main)
        for each, holder in zip(self._side_pages, self._holders, strict=True):
            holder.setContentsMargins(0, 0, 8, 0)
            holder.addStretch(1)
            self._side_areas.append(in_scroll_area(each))
            self._pages.addWidget(self._side_areas[-1])
        self._pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._arrange(narrow=False)

    @property
    def is_narrow(self) -> bool:
        """Return whether the parts are shown as tabs."""
        return bool(self._narrow)

    def set_count(self, number: int, count: int | str | None) -> None:
        """Show a count behind the title of a tab (0 = main); None or 0 removes it."""
        self.tabs.set_count(number, count)

    def focus_in_side(self, number: int, part: QWidget) -> None:
        """Focus ``part`` of a side (1 = the first) and make it visible, selecting its tab if needed."""
        self.tabs.choose(number)
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, part, lambda: self._show_part(part))

    def _show_part(self, part: QWidget) -> None:
        for area in (self._right, *self._side_areas):
            if area.isAncestorOf(part):
                area.ensureWidgetVisible(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose columns or tabs by the width of the window."""
        super().resizeEvent(event)
        width = self.window().width()
        # Large letters widen the sides, but never beyond their share of the window.
        wide = min(t.scaled(self._wide), max(self._wide, round(width * 0.28)))
        self._right.setFixedWidth(side_width(self._right, wide if width >= t.FOLD_WIDE else 280))
        self._arrange(narrow=t.should_fold_columns(width))

    def _end_with_whole_line(self) -> None:
        """End the right column above a line that its lower edge would cut before anybody scrolls."""
        edge = self._across.geometry().height()
        lines = [one for one in self._inside.findChildren(QLabel) if one.height() < 2 * t.line_height()]
        places = [(one.mapTo(self._inside, QPoint()).y(), one.height()) for one in lines if one.isVisible()]
        cut = min((top for top, height in places if top < edge < top + height), default=edge)
        self._foot.setContentsMargins(0, 0, 0, edge - cut)

    def _arrange(self, *, narrow: bool) -> None:
        """Place the sides beside ``main``, or if ``narrow`` as tabs or at the end of ``under``."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.tabs.setVisible(narrow and self._under is None)
        ensure_visible(self._right, seen=not narrow)
        for side, holder in zip(self._sides, self._holders, strict=True):
            if narrow and self._under is not None:
                self._under.insertWidget(self._under.count() - 1, side)
            elif narrow:
                holder.insertWidget(0, side)
            else:
                self._column.addWidget(side)
        if narrow:
            detach_items(self._column)
            self._choose(self.tabs.current())
        else:
            self._column.addStretch(1)
            self._pages.setCurrentWidget(self._main)

    def _choose(self, number: int) -> None:
        """Show the part of the tab ``number`` (0 = main) where there are tabs; else do nothing."""
        if self._narrow and self._under is None:
            self._pages.setCurrentIndex(number)


class ListAndDetail(QWidget):
    """A list with its details beside it, ``wide`` px from 1300 px of window width on, else ``usual`` px.

    Below 1000 px only one of them is visible: ``show_detail`` switches to the details, the link or Esc goes back.
    Signals: ``page_changed(bool)`` True when the details became the only page, False when the list is back.
    """

    page_changed = Signal(bool)

    def __init__(
        self,
        listed: QWidget,
        detail: QWidget,
        *,
        back: str,
        wide: int,
        usual: int = _LIST_USUAL,
        share: float = _LIST_SHARE,
    ):
        """Create the layout; ``back`` is the text of the link back to the list (「資料の一覧」).

        ``wide`` is the width of the details in px in a window of 1300 px or more, ``usual`` in a narrower one.
        ``share`` is the largest share of the window width that they may take; 300 px are always allowed.
        """
        super().__init__()
        self._wide = wide
        self._usual = usual
        self._share = share
        self._narrow: bool | None = None
        self.detail = detail
        self._listed = listed
        self._pages = Pages()
        self._pages.addWidget(listed)
        self.back = link_button(f"‹ {back}に戻る", self.show_list)
        page = QWidget()
        self._page = in_column((self.back, 0, Qt.AlignmentFlag.AlignLeft), owner=page, spacing=8)
        self._pages.addWidget(page)
        self._across = in_row((self._pages, 1), detail, owner=self, spacing=24)
        self._arrange(narrow=False)

    @property
    def is_narrow(self) -> bool:
        """Return whether only one of the two is visible."""
        return bool(self._narrow)

    @property
    def is_detail_shown(self) -> bool:
        """Return whether the details are the visible page in a narrow window."""
        return self.is_narrow and self._pages.currentIndex() == 1

    def show_detail(self) -> None:
        """In a narrow window, switch to the details and emit ``page_changed``; else do nothing."""
        if self._narrow:
            self._pages.setCurrentIndex(1)
            self.page_changed.emit(True)

    def show_list(self) -> None:
        """Switch back to the list, focus it and emit ``page_changed``, in a window of any width."""
        self._pages.setCurrentIndex(0)
        self._listed.setFocus()
        self.page_changed.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the layout by the width of the window."""
        super().resizeEvent(event)
        self.fold()

    def fold(self) -> None:
        """Choose the layout by the width of the window; call it when the details need more width."""
        width = self.window().width()
        narrow = t.should_fold_columns(width)
        # Large letters widen the details, but never beyond their share of the window.
        wished = t.scaled(self._wide if width >= t.FOLD_WIDE else self._usual)
        left_over = self.width() - self._across.spacing() - self._pages.minimumSizeHint().width()
        most = min(round(width * self._share), left_over)
        side = side_width(self.detail, min(wished, max(_LIST_USUAL, most)))
        self.detail.setMinimumWidth(0 if narrow else side)
        self.detail.setMaximumWidth(t.NO_LIMIT if narrow else side)
        self._arrange(narrow=narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.is_detail_shown:
            self.show_list()
            return
        super().keyPressEvent(event)

    def _arrange(self, *, narrow: bool) -> None:
        """Place list and details beside each other (emits ``page_changed``) or, if ``narrow``, one at a time.

        Nothing happens if it stays the same.
        """
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._page.addWidget(self.detail, 1)
        else:
            self._across.addWidget(self.detail)
            self._pages.setCurrentIndex(0)
            self.page_changed.emit(False)
        ensure_visible(self.detail, seen=True)


class SideAndMiddle(QWidget):
    """Widget with ``sides`` below each other at the left of ``middle``; below 1000 px all become tabs.

    The first side has the first tab, ``middle`` the second, all others share the last. Signals: none.
    """

    def __init__(
        self,
        first: tuple[str, QWidget],
        middle: tuple[str, QWidget],
        last: tuple[str, Sequence[QWidget]],
    ):
        super().__init__()
        self._first, self._middle, self._last = first[1], middle[1], tuple(last[1])
        self._narrow: bool | None = None
        self.tabs = TabBar(first[0], middle[0], last[0])
        self.tabs.chosen.connect(self._choose)
        self._pages = Pages()
        self._columns: list[QVBoxLayout] = []
        for _number in range(2):
            page = QWidget()
            column = in_column(owner=page, spacing=16, margins=(0, 0, 8, 0))
            self._columns.append(column)
            self._pages.addWidget(in_scroll_area(page))
        self._place = QWidget()
        in_column(self.tabs, (in_row(self._pages, (self._place, 1), spacing=16), 1), owner=self, spacing=8)
        self._arrange(narrow=False)
        # Put in last, so that Tab goes through the sides before the large part.
        in_column(self._middle, owner=self._place)

    @property
    def is_narrow(self) -> bool:
        """Return whether the parts are shown as tabs."""
        return bool(self._narrow)

    def show_middle(self) -> None:
        """Select the tab of the middle part, now or when tabs appear."""
        self.tabs.choose(1)

    @property
    def is_first_shown(self) -> bool:
        """Return whether the tab of the first side is chosen; without tabs all parts are visible all the same."""
        return self.tabs.current() == 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose columns or tabs by the width of the window."""
        super().resizeEvent(event)
        width = self.window().width()
        narrow = t.should_fold_columns(width)
        # Large letters widen the side, but never beyond its share of the window.
        side = min(
            t.scaled(_WIDE if width >= t.FOLD_WIDE else _SIDE_USUAL), max(_SIDE_USUAL, round(width * _SIDE_SHARE))
        )
        side = side_width(self._pages, side)
        self._pages.setMinimumWidth(0 if narrow else side)
        self._pages.setMaximumWidth(t.NO_LIMIT if narrow else side)
        self._arrange(narrow=narrow)

    def _arrange(self, *, narrow: bool) -> None:
        """Place sides and middle beside each other or, if ``narrow``, one at a time in tabs; nothing if unchanged."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.tabs.setVisible(narrow)
        for column in self._columns:
            detach_items(column)
        self._columns[0].addWidget(self._first)
        for part in self._last:
            self._columns[1 if narrow else 0].addWidget(part)
        for column in self._columns:
            column.addStretch(1)
        self._choose(self.tabs.current())

    def _choose(self, number: int) -> None:
        """Show only the part of the tab ``number`` (1 = middle) in a narrow window, else all parts."""
        if self._narrow:
            self._place.setVisible(number == 1)
            self._pages.setVisible(number != 1)
            self._pages.setCurrentIndex(1 if number == 2 else 0)
        else:
            ensure_visible(self._place, seen=True)
            ensure_visible(self._pages, seen=True)
            self._pages.setCurrentIndex(0)
