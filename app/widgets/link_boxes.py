"""Boxes that link to something: a title, a day at the right, and one or two lines on its state."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.actions.action_id import ActionLink
from app.common.join_nonempty import join_nonempty
from app.widgets.layouts import in_grid, layout_now
from app.window import theme as t
from app.window.debounce import debounce
from app.window.icons import paint_icon
from app.window.line_breaks import wrapped
from app.window.painting import frame_area, paint_box, paint_text, painting, stroke

_PAD = 10
_ARROW = 16
_LEAST = 190
_SIGN = 19


class LinkBox(QAbstractButton):
    """One box; dashed if what it names is still to come, framed if it is the next. Signals: ``clicked(bool)``."""

    def __init__(
        self,
        title: str,
        day: str,
        lines: Sequence[str],
        *,
        dashed: bool,
        link: ActionLink,
        framed: bool,
        sign: tuple[str, str] | None,
    ):
        """Create the box; ``sign`` is name and colour of the icon before the first line, None = no icon."""
        super().__init__()
        self._framed, self._sign = framed, sign
        self._title, self._day, self._lines = title, day, tuple(line for line in lines if line)
        self._dashed = dashed
        self.asked = link
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(join_nonempty(title, day, *self._lines))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def words(self) -> str:
        """Return title, day and lines, joined as in the accessible name."""
        return self.accessibleName()

    def _head(self) -> tuple[float, float]:
        bold = t.metrics("body", bold=True)
        return bold.horizontalAdvance(self._title), bold.horizontalAdvance(self._day)

    def _is_heading_stacked(self, width: int) -> bool:
        """Return whether title and day stand below each other, as they do not fit beside each other in ``width``."""
        title, day = self._head()
        return bool(self._day) and title + day + 12 > width - 2 * _PAD

    def heightForWidth(self, width: int) -> int:
        """Return the height of the heading, which may take two lines, and of the wrapped lines."""
        inner = max(width - 2 * _PAD, 40)
        small, font = t.metrics("small"), t.font("small")
        text = sum(
            small.size(0, wrapped(line, font, inner - (_SIGN if self._sign and not place else 0))).height() + 2
            for place, line in enumerate(self._lines)
        )
        heads = 2 if self._is_heading_stacked(width) else 1
        return round(heads * t.line_height("body") + text + 2 * 7 + 2)

    def sizeHint(self) -> QSize:
        """Return the preferred size; boxes in a row share the width, and a long heading takes two lines."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the width of the longer of title and day."""
        width = round(max(self._head()) + 2 * _PAD + 2)
        return QSize(width, self.heightForWidth(max(self.width(), width)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box: title and day in bold, below them the lines, the first after its icon."""
        with painting(self) as painter:
            area = frame_area(self)
            lit = self.hasFocus() or self.underMouse()
            strong = self.hasFocus() or self._framed
            pen = stroke(t.ACCENT if lit or self._framed else t.CONTROL, 2 if strong else 1)
            if self._dashed and not strong:
                pen.setStyle(Qt.PenStyle.DashLine)
            paint_box(painter, area, pen, t.ACCENT_TINT if self._framed else t.PAGE)
            inner = area.adjusted(_PAD, 6, -_PAD, -6)
            line = t.line_height("body")
            head = QRectF(inner.left(), inner.top(), inner.width(), line)
            paint_text(painter, head, self._title, t.font("body", bold=True), t.INK)
            if self._is_heading_stacked(self.width()):
                head.translate(0, line)
                painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._day)
            else:
                painter.drawText(head, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._day)
            painter.setFont(t.font("small"))
            painter.setPen(t.INK_SECONDARY)
            at = head.bottom() + 1
            for place, words in enumerate(self._lines):
                indent = _SIGN if self._sign and not place else 0
                if self._sign and not place:
                    side = t.line_height("small") - 4
                    paint_icon(painter, self._sign[0], QRectF(inner.left(), at + 2, side, side), self._sign[1])
                room = QRectF(inner.left() + indent, at, inner.width() - indent, 10_000)
                drawn = painter.drawText(room, 0, wrapped(words, painter.font(), room.width()))
                at += drawn.height() + 2

    def changeEvent(self, event: QEvent) -> None:
        """Recompute the height after a change of the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()


class _Arrow(QWidget):
    """The arrow between two boxes. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_ARROW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the arrow in the middle."""
        with QPainter(self) as painter:
            side = 14.0
            middle = QPointF(self.rect().center())
            paint_icon(
                painter,
                "caret-right",
                QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side),
                t.INK_SECONDARY,
            )


class LinkBoxes(QWidget):
    """Boxes of equal width side by side with arrows between them, in several rows where they do not fit.

    Signals: ``link_clicked(ActionLink)`` the link of the box that was clicked.
    """

    link_clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._grid = in_grid(self, margins=(0, 0, 0, 0))
        self._grid.setSpacing(0)
        self._signs: list[_Arrow] = []
        self.boxes: tuple[LinkBox, ...] = ()
        self._across = 0
        self._fold_soon = debounce(self, self._fold)

    def show_boxes(self, boxes: Sequence[LinkBox]) -> None:
        """Show these boxes instead of those before; a click on one emits ``link_clicked``."""
        for gone in (*self.boxes, *self._signs):
            self._grid.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.boxes, self._signs = tuple(boxes), [_Arrow() for _box in boxes[1:]]
        for box in boxes:
            box.clicked.connect(lambda _checked, asked=box.asked: self.link_clicked.emit(asked))
        self._place(self._fitting())
        layout_now(self)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest box: below that of all of them they stand in several rows."""
        return QSize(max(self._widths(), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many boxes into a row as fit, in the next turn of the event loop."""
        super().resizeEvent(event)
        self._fold_soon.start()

    def _widths(self) -> list[int]:
        return [box.minimumSizeHint().width() for box in self.boxes]

    def _fitting(self) -> int:
        """Return how many boxes stand in a row; before the first showing all of them."""
        widths = self._widths()
        if not self.testAttribute(Qt.WidgetAttribute.WA_Resized) or sum(widths) + _ARROW * len(widths) <= self.width():
            return len(widths)
        return max(1, self.width() // (max(widths, default=1) + _ARROW))

    def _fold(self) -> None:
        if (fitting := self._fitting()) != self._across:
            self._place(fitting)

    def _place(self, across: int) -> None:
        """Put the boxes into rows of ``across``, with arrows between those of one row."""
        self._across = across
        for number, box in enumerate(self.boxes):
            row, place = divmod(number, max(across, 1))
            self._grid.addWidget(box, row, 2 * place)
            if number:
                arrow = self._signs[number - 1]
                self._grid.addWidget(arrow, row, max(2 * place - 1, 0))
                arrow.setVisible(bool(place))
        for place in range(self._grid.columnCount()):
            self._grid.setColumnStretch(place, 0 if place % 2 or place >= 2 * across else 1)
        self._grid.setVerticalSpacing(6)
        self.updateGeometry()
