"""Cards side by side, each with a heading and rows that are links; an icon shows the state of a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.actions.action_id import ActionLink
from app.common.join_nonempty import join_nonempty
from app.widgets.keys import is_enter
from app.widgets.labels import label
from app.widgets.layouts import layout_now
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.icons import paint_icon
from app.window.line_breaks import wrapped
from app.window.painting import frame_area, paint_box, paint_focus, painting, stroke
from db.record import record

_PAD, _SIGN, _GAP, _ARROW = 12, 16, 12, 14
_TOP = 7
_STACKED = 840


@record
class CardRow:
    """One row: title, small text below, icon and colour (``sign``) with their meaning in words, and its link.

    ``is_next`` tints it as the next to be done.
    """

    title: str
    words: str
    sign: tuple[str, str]
    sign_text: str
    is_next: bool
    link: ActionLink


@record
class Card:
    """One card: its heading, the text at its right, its rows; framed if current."""

    title: str
    aside: str
    rows: tuple[CardRow, ...]
    is_current: bool


class _SeasonRow(QAbstractButton):
    """One row of a card. Signals: ``clicked(bool)``."""

    def __init__(self, card_row: CardRow, *, last: bool):
        super().__init__()
        self.shown = card_row
        self._last = last
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(join_nonempty(card_row.title, card_row.words, card_row.sign_text))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _text_width(self, width: int) -> float:
        return max(width - 2 * _PAD - _SIGN - 2 * _GAP - _ARROW, 40)

    def _folded(self, width: int, words: str, *, bold: bool) -> float:
        """Return the height of ``words`` wrapped in a row of this ``width``.

        ``bold`` = the font of the title, else that of the smaller text.
        """
        font = t.font("body" if bold else "small", bold=bold)
        return QFontMetricsF(font).size(0, wrapped(words, font, self._text_width(width))).height()

    def hasHeightForWidth(self) -> bool:
        """Return True: texts wrap in a narrow card."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped title and text."""
        texts = self._folded(width, self.shown.title, bold=True) + self._folded(width, self.shown.words, bold=False)
        return round(texts + 2 * _TOP + 3)

    def sizeHint(self) -> QSize:
        """Return the preferred size; cards share the width, rows take the height they need."""
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        """Return the height of the texts at the present width."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, title, small text and arrow, tinted if it is the next or under the mouse."""
        with painting(self) as painter:
            area = QRectF(self.rect())
            if self.shown.is_next or self.underMouse():
                painter.fillRect(area, t.SELECTION if self.shown.is_next else t.ACCENT_TINT)
            if not self._last:
                painter.setPen(stroke(t.ROW_LINE))
                painter.drawLine(area.bottomLeft(), area.bottomRight())
            middle = area.center().y()
            icon, colour = self.shown.sign
            paint_icon(painter, icon, QRectF(_PAD, middle - _SIGN / 2, _SIGN, _SIGN), colour)
            arrow = QRectF(area.right() - _PAD - _ARROW, middle - _ARROW / 2, _ARROW, _ARROW)
            paint_icon(painter, "caret-right", arrow, t.INK_SECONDARY)
            left, width, at = _PAD + _SIGN + _GAP, self._text_width(self.width()), float(_TOP)
            for words, bold, ink in ((self.shown.title, True, t.INK), (self.shown.words, False, t.INK_SECONDARY)):
                font = t.font("body" if bold else "small", bold=bold)
                painter.setFont(font)
                painter.setPen(QColor(ink))
                at += painter.drawText(QRectF(left, at, width, 10_000), 0, wrapped(words, font, width)).height() + 1
            if self.hasFocus():
                paint_focus(painter, area.adjusted(1, 1, -1, -2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter as on Space."""
        if is_enter(event) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Recompute the height after a change of the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()


class _CardFrame(QFrame):
    """The frame of one season card with its heading and rows. Signals: none."""

    def __init__(self, card: Card, rows: Sequence[_SeasonRow], parent: QWidget):
        super().__init__(parent)
        self._framed = card.is_current
        self.setAccessibleName(card.title)
        column = QVBoxLayout(self)
        edge = 2
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(0)
        head = QWidget()
        line = widget_row(label(card.title, "h2"), None, label(card.aside, "small"))
        line.setContentsMargins(_PAD, 6, _PAD, 6)
        head.setLayout(line)
        column.addWidget(head)
        self._head = head
        for one in rows:
            column.addWidget(one)
        column.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the heading area, the line below it, and an accent frame if the card is current."""
        with painting(self) as painter:
            area = frame_area(self)
            paint_box(
                painter,
                QRectF(area.left(), area.top(), area.width(), self._head.height() + 2),
                Qt.PenStyle.NoPen,
                t.SELECTION if self._framed else t.PAPER_TINT,
                radius=3,
            )
            paint_box(
                painter,
                area,
                stroke(t.ACCENT if self._framed else t.HAIRLINE, 2 if self._framed else 1),
                Qt.BrushStyle.NoBrush,
            )
            under = area.top() + self._head.height() + 1
            painter.setPen(stroke(t.HAIRLINE))
            painter.drawLine(round(area.left()), round(under), round(area.right()), round(under))


class SeasonCards(QWidget):
    """Cards of equal width side by side, or one below the other if narrow. Signals: ``link_clicked(ActionLink)``."""

    link_clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(16)
        self._cards: list[_CardFrame] = []
        self.rows: tuple[_SeasonRow, ...] = ()

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these cards instead; the focus stays on the row of the same title. A click emits ``link_clicked``."""
        on = next((one.shown.title for one in self.rows if one.hasFocus()), "")
        for gone in self._cards:
            self._line.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._cards, rows = [], []
        for card in cards:
            mine = [_SeasonRow(one, last=one is card.rows[-1]) for one in card.rows]
            for made in mine:
                made.clicked.connect(lambda _checked, asked=made.shown.link: self.link_clicked.emit(asked))
            frame = _CardFrame(card, mine, self)
            self._line.addWidget(frame, 1)
            self._cards.append(frame)
            rows += mine
        self.rows = tuple(rows)
        layout_now(self)
        for one in self.rows:
            if one.shown.title == on:
                one.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the cards side by side if there is room."""
        super().resizeEvent(event)
        narrow = self.width() < _STACKED
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)
