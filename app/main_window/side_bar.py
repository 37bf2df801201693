"""The bar at the left: the screens with their counts, and the state of the backups."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QLabel, QWidget

from app.common.join_nonempty import join_nonempty
from app.widgets.keys import is_enter
from app.widgets.labels import IconLabel, label, small_label, styled_frame
from app.widgets.layouts import add, in_column, in_row
from app.widgets.tab_order import OneStop
from app.window import theme as t
from app.window.accessible_roles import spoken_as
from app.window.fonts import ui_font
from app.window.icons import paint_icon, product_sign
from app.window.painting import paint_box, paint_focus, paint_text, painting, stroke

PRODUCT = "デジ活デスク"

_ROW = 40
_CHIP_POINTS, _CHIP_HEIGHT = 9.0, 16
"""Of a count above a picture, at 標準; in larger letters it grows as far as the row is high."""
_PICTURE_MOST = 28
"""The largest picture of an entry that has no room for its title."""


@spoken_as(QAccessible.Role.PageTab)
class _SideBarEntry(QAbstractButton):
    """One entry of the side bar. Signals: ``clicked(bool)``.

    ``narrow`` uses less room, ``pictures`` shows the icon without its title; the bar sets both.
    """

    def __init__(self, icon_name: str, title: str, *, number: int, counted: str):
        """Create the entry; ``number`` is its position from 1, the digit of its shortcut with Ctrl (up to 9).

        ``counted`` says what its count counts.
        """
        super().__init__()
        self._counted = counted
        self._icon = icon_name
        self._title = title
        self._shortcut = f"（Ctrl+{number}）" if number < 10 else ""
        self.count = 0
        self.narrow = False
        self.pictures = False
        self._height = t.scaled(_ROW)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Set how much the ward must do on this screen; 0 shows no number."""
        self.count = count
        words = f"{self._title}　{count}件" if count else self._title
        self.setAccessibleName(words)
        counted = self._counted if count else ""
        self.setAccessibleDescription(counted)
        self.setToolTip(join_nonempty(f"{words}{self._shortcut}", counted, separator="\n"))
        self.update()

    def full_width(self) -> int:
        """Return the width at which icon, title and count fit side by side, or of the icon with its count above it."""
        if self.pictures:
            return 2 * self._side() + 16
        words = t.metrics("body", bold=True).horizontalAdvance(self._title)
        return self._text_left() + round(words) + t.scaled(26 if self.narrow else 34) + 6

    def _side(self) -> int:
        return min(t.scaled(18 if self.narrow else 20), _PICTURE_MOST if self.pictures else t.scaled(20))

    def _text_left(self) -> int:
        """Return at which x the title begins, in px."""
        return 12 + t.scaled(18) + 8 if self.narrow else 17 + t.scaled(20) + 11

    def sizeHint(self) -> QSize:
        """Return the size of one row."""
        if self.pictures:
            return QSize(self.full_width(), self._height)
        return QSize(t.SIDE_BAR_NARROW if self.narrow else t.SIDE_BAR, self._height)

    def set_available_height(self, room: int) -> None:
        """Set the height to at most one row, within ``room`` px, but never so low that the title is cut."""
        least = self._side() + 8 if self.pictures else max(t.line_height(), t.scaled(20)) + 4
        self._height = max(least, min(t.scaled(_ROW), room))
        self.setMinimumHeight(least)
        self.setMaximumHeight(self._height)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon, the title (unless ``pictures``), and the count; 0 has none, above 99 「99+」."""
        with painting(self) as painter:
            area = QRectF(self.rect())
            here = self.isChecked()
            if here:
                painter.fillRect(area, t.PAGE)
                painter.fillRect(QRectF(0, 0, 4, area.height()), t.ACCENT)
            elif self.underMouse():
                painter.fillRect(area, t.CLOSED_DAY)
            colour = t.ACCENT if here else t.INK
            side = self._side()
            left = 12.0 if self.narrow else 17.0
            paint_icon(painter, self._icon, QRectF(left, (area.height() - side) / 2, side, side), colour)
            if not self.pictures:
                words = area.adjusted(self._text_left(), 0, 0, 0)
                paint_text(painter, words, self._title, t.font("body", bold=here), colour)
            if self.count:
                self._paint_chip(painter, area, str(self.count) if self.count < 100 else "99+")
            if self.hasFocus():
                paint_focus(painter, area.adjusted(3, 3, -3, -3), t.RADIUS)

    def chip_height(self) -> int:
        """Return the height of the count; above a picture it leaves the picture in sight."""
        if not self.pictures:
            return t.scaled(21)
        return max(_CHIP_HEIGHT, min(t.scaled(_CHIP_HEIGHT), round(self.height() * 0.4)))

    def _paint_chip(self, painter: QPainter, area: QRectF, words: str) -> None:
        """Draw a number in a frame at the right end, of a picture in its upper right corner."""
        height = self.chip_height()
        font = ui_font(_CHIP_POINTS * height / _CHIP_HEIGHT) if self.pictures else t.font("small")
        width = max(float(height), QFontMetricsF(font).horizontalAdvance(words) + (4 if self.pictures else 8))
        chip = QRectF(0, 0, width, height)
        chip.moveCenter(QRectF(area.right() - (17 if self.narrow else 24), 0, 0, area.height()).center())
        if self.pictures:
            chip.moveTopRight(area.topRight() + QPointF(-3, 1))
        paint_box(painter, chip, stroke(t.CONTROL), t.PAGE, radius=height / 2)
        paint_text(painter, chip, words, font, t.INK, "center")


@spoken_as(QAccessible.Role.PageTabList)
class SideBar(QFrame):
    """The entries of all screens: with titles, or as pictures where a title would take the room of the work.

    Signals: ``screen_chosen(str)`` the name of a screen. ↑/↓ move between entries, Enter opens one.
    """

    screen_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "sidebar")
        self.setAccessibleName("画面の一覧")
        self._entries: dict[str, _SideBarEntry] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._one_stop = OneStop(self, chooses=False)
        self._narrow = False
        self._pictures = False
        column = in_column(owner=self, spacing=0)
        head = QWidget()
        self._head = QHBoxLayout(head)
        line = self._head
        line.setContentsMargins(16, 0, 0, 0)
        line.setSpacing(8)
        self._sign = QLabel()
        self._product = label(PRODUCT)
        self._product.setProperty("role", "product")
        add(line, self._sign, (self._product, 1))
        head.setFixedHeight(t.TOP_BAR)
        add(column, head, 8)
        self._entry_column = in_column(spacing=0)
        self._keys = small_label("")
        self._keys.setContentsMargins(17, 8, 0, 0)
        add(column, self._entry_column, self._keys, None, self._footer())
        self._apply_sizes()

    def _footer(self) -> QFrame:
        """Return the foot with the state of the backups."""
        self._foot = styled_frame("sidefoot")
        self._backup_sign = IconLabel()
        self._backup = small_label()
        line = in_row((self._backup_sign, 0, Qt.AlignmentFlag.AlignTop), (self._backup, 1), spacing=5)
        self._backup_more = small_label()
        self._foot_column = in_column(line, self._backup_more, owner=self._foot, spacing=2, margins=(16, 10, 8, 12))
        self._foot.hide()
        return self._foot

    def add(self, name: str, icon_name: str, title: str, counted: str = "") -> None:
        """Append the entry of the screen ``name``, which emits ``screen_chosen`` with it when clicked.

        ``counted`` says what the count at it counts.
        """
        entry = _SideBarEntry(icon_name, title, number=len(self._entries) + 1, counted=counted)
        entry.set_available_height(t.scaled(_ROW))
        entry.clicked.connect(lambda: self.screen_chosen.emit(name))
        self._group.addButton(entry)
        self._one_stop.add(entry)
        self._entry_column.addWidget(entry)
        self._entries[name] = entry
        self._keys.setText(f"Ctrl+1〜{len(self._entries)}")
        self._apply_sizes()

    def highlight(self, name: str) -> None:
        """Highlight the entry of a screen; one without an entry is ignored."""
        if name in self._entries:
            self._entries[name].setChecked(True)

    def highlighted(self) -> str:
        """Return the name of the screen whose entry is highlighted, "" if none is."""
        return next((name for name, entry in self._entries.items() if entry.isChecked()), "")

    def set_count(self, name: str, count: int) -> None:
        """Set how much the ward must do on a screen; 0 shows nothing. A screen without an entry is ignored."""
        if name in self._entries:
            self._entries[name].show_count(count)

    def count(self, name: str) -> int:
        """Return the count shown at an entry, 0 where there is no such entry."""
        return self._entries[name].count if name in self._entries else 0

    def set_backup_state(self, first: str, second: str = "", *, is_ok: bool = True) -> None:
        """Set the backup text at the bottom, in one or two lines; ``is_ok`` False shows a warning.

        An empty ``first`` hides it.

        Example: 「バックアップ済み」「本日 8:31　点検 9/1(火)」.
        """
        name, colour = ("check-circle-fill", t.GREEN) if is_ok else ("warning-fill", t.AMBER)
        self._backup_sign.show_icon(name, 15, colour)
        self._backup.setText(first)
        self._backup_more.setText(second)
        words = join_nonempty(first, second)
        self._foot.setToolTip(words)
        self._backup_sign.setToolTip(words)
        self._foot.setAccessibleName(words)
        self._foot.setVisible(bool(first))
        self._distribute_height()

    def fit_window(self, width: int) -> None:
        """Use less spacing in a window narrower than usual, and pictures without titles in a very narrow one."""
        narrow, pictures = width < t.FOLD_WIDE, min(width, t.unscaled(width)) < t.PICTURES_BELOW
        if (narrow, pictures) != (self._narrow, self._pictures):
            self._narrow, self._pictures = narrow, pictures
            self._apply_sizes()

    def apply_style(self) -> None:
        """Apply the current text size."""
        self._apply_sizes()

    def _apply_sizes(self) -> None:
        """Apply the sizes of wide, narrow or picture width."""
        self._sign.setPixmap(product_sign(ratio=self.devicePixelRatioF()))
        edge = 12 if self._narrow else 16
        for part in (self._product, self._keys):
            part.setVisible(not self._pictures)
        self._backup.setVisible(not self._pictures)
        self._backup_more.setVisible(not self._pictures)
        self._head.setContentsMargins(edge, 0, 0, 0)
        self._head.setSpacing(6 if self._narrow else 8)
        for entry in self._entries.values():
            entry.narrow, entry.pictures = self._narrow, self._pictures
            entry.update()
        product = round(t.metrics("h2").horizontalAdvance(PRODUCT)) + (44 if self._narrow else 52)
        least = t.SIDE_BAR_NARROW if self._narrow else t.SIDE_BAR
        room = [0] if self._pictures else [least, product]
        self.setFixedWidth(max([*room, *(entry.full_width() for entry in self._entries.values())]))
        self._foot_column.setContentsMargins(edge, 10, 8, 12)
        self._distribute_height()

    def _distribute_height(self) -> None:
        """Reduce the height of the entries when the window is low or the text large."""
        foot = 0 if self._foot.isHidden() else self._foot.sizeHint().height()
        room = self.height() - t.TOP_BAR - 8 - foot
        for entry in self._entries.values():
            entry.set_available_height(room // len(self._entries))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Adjust the entries to the available height."""
        super().resizeEvent(event)
        self._distribute_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open an entry on Enter."""
        at = next((entry for entry in self._entries.values() if entry.hasFocus()), None)
        if at is not None and is_enter(event):
            at.click()
        else:
            super().keyPressEvent(event)
