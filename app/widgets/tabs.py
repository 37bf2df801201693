"""Tabs as text with an accent underline and optional counts; never nested.

Only the current page is shown and fills the space; hidden pages do not affect the size.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QMenu,
    QWidget,
)

from app.widgets.buttons import Button
from app.widgets.keys import on_key
from app.widgets.layouts import fit_page_margins, fix_size, in_column, in_row
from app.widgets.pages import PageStack
from app.widgets.tab_order import OneStop
from app.window import theme as t
from app.window.accessible_roles import spoken_as
from app.window.painting import key_width, paint_focus, paint_key, paint_text, painting

_END_GAP = 8
_KEY_GAP = 5


@spoken_as(QAccessible.Role.PageTab)
class _Tab(QAbstractButton):
    """The button of one tab. Signals: ``clicked(bool)``."""

    def __init__(self, words: str, key: str):
        super().__init__()
        self.words = words
        self.count = ""
        self._key = key
        self.setCheckable(True)
        fix_size(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_label(words, "")

    def set_label(self, words: str, count: str) -> None:
        """Set text and count."""
        self.words = words
        self.count = count
        self.setAccessibleName(f"{words} {count}".strip())
        self.updateGeometry()
        self.update()

    def _text(self) -> str:
        return f"{self.words} {self.count}".strip()

    def sizeHint(self) -> QSize:
        """Return the size of the bold text and its key with 16 px on both sides."""
        width = t.metrics("body", bold=True).horizontalAdvance(self._text())
        return QSize(round(width) + self._key_width() + 32, t.scaled(t.TAB))

    def _key_width(self) -> int:
        return key_width(self._key) + _KEY_GAP if self._key else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text and its key, of the chosen tab bold with an accent line below."""
        with painting(self) as painter:
            area = QRectF(self.rect())
            if self._key:
                paint_key(painter, area.adjusted(0, 0, -14, 0), self._key, t.INK_WEAK)
            paint_text(
                painter,
                area.adjusted(0, 0, -self._key_width(), 0),
                self._text(),
                t.font("body", bold=self.isChecked()),
                t.ACCENT if self.isChecked() else t.INK,
                "center",
            )
            if self.isChecked():
                painter.fillRect(QRectF(0, area.bottom() - 3, area.width(), 3), t.ACCENT)
            if self.hasFocus():
                paint_focus(painter, area.adjusted(3, 5, -3, -7), t.RADIUS)


@spoken_as(QAccessible.Role.PageTabList)
class TabBar(QWidget):
    """A row of tabs. Signals: ``chosen(int)`` when another tab was chosen, ``pressed(int)`` before that or none is,
    ``clicked(int)`` after it, by mouse or letter.

    ←/→ move between tabs; Ctrl+Tab is left to the window. In a narrow row the widgets at its end are hidden first,
    then the last tabs move into a menu.
    """

    chosen = Signal(int)

    def __init__(self, *words: str) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._one_stop = OneStop(self, chooses=True)
        self._left_out: set[int] = set()
        self._fitting = False
        self._at_end: dict[QWidget, bool] = {}
        self.more = Button("ほかのタブ", self._open_more, kind="icon", icon_name="caret-down")
        self.more.hide()
        self._line = in_row((self.more, 0, Qt.AlignmentFlag.AlignVCenter), None, owner=self, spacing=0)
        for word in words:
            self.add(word)
        self._group.idToggled.connect(self._toggle)
        self.pressed, self.clicked = self._group.idPressed, self._group.idClicked

    def add(self, word: str, letter: str = "") -> int:
        """Add a tab, pressed by Alt and its ``letter`` as well, and return its number; the first one is chosen."""
        number = len(self._group.buttons())
        keys = f"Alt+{letter}" * bool(letter)
        # The first one says in full how the letters are meant.
        tab = _Tab(word, letter if number else keys)
        tab.setToolTip(keys)
        self._group.addButton(tab, number)
        self._line.insertWidget(number, tab)
        if number == 0:
            tab.setChecked(True)
        self._one_stop.add(tab)
        if letter:
            on_key(tab, keys, tab.click)
        return number

    def set_margin(self, left: int, right: int) -> None:
        """Set the margins of the row, to align the first tab with what is below it."""
        self._line.setContentsMargins(left, 0, right, 0)
        fit_page_margins(self, self._line, indent=t.PAGE_X - left)

    def set_count(self, number: int, count: int | str | None) -> None:
        """Show a count behind a tab's text; None or 0 removes it."""
        tab = self._group.button(number)
        if isinstance(tab, _Tab):
            tab.set_label(tab.words, str(count) if count else "")
            self._fit()

    def set_shown(self, number: int, on: bool) -> None:
        """Show or hide a tab; if the current one is hidden, the first is chosen."""
        self._left_out = self._left_out - {number} if on else self._left_out | {number}
        if not on and self.current() == number:
            self.choose(0)
        self._fit()

    def put_at_end(self, part: QWidget) -> None:
        """Show ``part`` (a date, a button) at the right end of the row.

        In a narrow row the first widget added is hidden first.
        """
        self._at_end[part] = True
        self._line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._line.addSpacing(_END_GAP if len(self._at_end) == 1 else 0)

    def current(self) -> int:
        """Return the number of the chosen tab."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Choose a tab; ``chosen`` is emitted if it is another one. An unknown number does nothing."""
        button = self._group.button(number)
        if button is not None:
            button.setChecked(True)

    def numbers(self) -> list[int]:
        """Return the numbers of the shown tabs in order, including those in the menu."""
        return [number for number in range(len(self._group.buttons())) if number not in self._left_out]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose and focus the tab before or after the current one on ← and →; hidden ones are passed over."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        numbers = self.numbers()
        place = numbers.index(self.current()) + step if step is not None and self.current() in numbers else -1
        if 0 <= place < len(numbers):
            target = self._group.button(numbers[place])
            target.setChecked(True)
            target.setFocus()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the thin line below the tabs."""
        with QPainter(self) as painter:
            painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), t.STRONG_LINE)

    def minimumSizeHint(self) -> QSize:
        """Return a width of 160 px: tabs without room move into the menu."""
        return QSize(160, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide what does not fit the new width."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out again, as texts may have changed while hidden."""
        super().showEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Lay out again when a widget at the end changes its size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _toggle(self, number: int, on: bool) -> None:
        """Show a tab that was chosen, if it was in the menu, and emit ``chosen``; nothing for ``on`` False."""
        if on:
            self._fit()
            self.chosen.emit(number)

    def _fit(self) -> None:
        """Hide what does not fit: widgets at the end first, then the last tabs, which move into the menu."""
        # To show or hide a part may lay the row out anew before all of them are settled.
        if self._fitting:
            return
        self._fitting = True
        margins = self._line.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        widths = {number: self._group.button(number).sizeHint().width() for number in self.numbers()}
        left = room - sum(widths.values()) - _END_GAP
        for part, wanted in reversed(self._at_end.items()):
            left -= part.sizeHint().width() + _END_GAP if wanted else 0
            part.setVisible(wanted and left >= 0)
        shown = list(widths)
        if sum(widths.values()) > room:
            room -= self.more.sizeHint().width()
            for number in reversed(list(widths)):
                if sum(widths[each] for each in shown) <= room:
                    break
                if number != self.current():
                    shown.remove(number)
        for number in range(len(self._group.buttons())):
            self._group.button(number).setVisible(number in shown)
        self.more.setVisible(len(shown) < len(widths))
        self._fitting = False

    def _open_more(self) -> None:
        """Open the menu with the tabs that don't fit."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number in self.numbers():
            tab = self._group.button(number)
            if tab.isHidden():
                menu.addAction(tab.accessibleName(), partial(self.choose, number))
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


class Tabs(QWidget):
    """A tab bar over pages; a page given as a function is built when first shown.

    Signals: ``chosen(int)``.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.bar = TabBar()
        self._pages = PageStack()
        self._builders: dict[int, Callable[[], QWidget]] = {}
        self._holders: list[QWidget] = []
        in_column(self.bar, (self._pages, 1), owner=self, spacing=0)
        self.bar.chosen.connect(self._show)

    def add(self, title: str, page: QWidget | Callable[[], QWidget], letter: str = "") -> int:
        """Add a page, or a function that builds it when first shown, under ``title``; return its number."""
        number = self._pages.count()
        if isinstance(page, QWidget):
            holder = page
        else:
            self._builders[number] = page
            holder = QWidget()
        self._holders.append(holder)
        self._pages.addWidget(holder)
        with QSignalBlocker(self.bar):  # the first tab is chosen with it
            self.bar.add(title, letter)
        if number == 0 and isinstance(page, QWidget):
            self._show(0)
        return number

    def set_count(self, number: int, count: int | str | None) -> None:
        """Show a count behind a tab's text; None or 0 removes it."""
        self.bar.set_count(number, count)

    def current(self) -> int:
        """Return the number of the page shown."""
        return self.bar.current()

    def choose(self, number: int) -> None:
        """Show a page, built if needed, and emit ``chosen`` if it is another one."""
        self.bar.choose(number)

    def is_built(self, number: int) -> bool:
        """Return whether a page has been built."""
        return number not in self._builders

    def page(self, number: int) -> QWidget:
        """Return a page, building it if needed, without showing it."""
        if number in self._builders:
            built = self._builders.pop(number)()
            placeholder = self._holders[number]
            self._pages.insertWidget(number, built)
            self._pages.removeWidget(placeholder)
            placeholder.deleteLater()
            self._holders[number] = built
        return self._holders[number]

    def showEvent(self, event: QShowEvent) -> None:
        """Build the first page when the tabs are shown, unless another was chosen before."""
        if not self.is_built(self.current()):
            self._show(self.current())
        super().showEvent(event)

    def _show(self, number: int) -> None:
        """Show a page, built if needed, and emit ``chosen``."""
        self._pages.setCurrentWidget(self.page(number))
        self.chosen.emit(number)
