"""Cell of the discussion: edited as plain lines, otherwise drawn as a list with numbers at the right and the choice."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy

from app.events.discussion.rules import TypedLine, parse_step
from app.widgets.forms.growing_text import GrowingText
from app.window import theme as t
from db.records.discussion import DiscussionStep

_INDENT = 12
_NUMBER = 34
_GAP = 4


class DiscussionStepCell(GrowingText):
    """What one 班 wrote in one step. Signals: those of ``GrowingText``.

    Enter begins another line, Tab goes to the next step. In 分類 a number after a blank is the count of sticky notes,
    and * marks the line of the cursor as the choice of the 班.
    """

    _step: DiscussionStep = DiscussionStep.PROBLEMS
    _hint = ""

    def __init__(self, step: DiscussionStep):
        super().__init__(lines=3)
        self._step = step
        self.setProperty("kind", "cell")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._fit_height()

    def show_hint(self, words: str) -> None:
        """Show a hint while the cell is empty."""
        self._hint = words
        self.viewport().update()

    def parsed_lines(self) -> tuple[TypedLine, ...]:
        """Return the parsed lines."""
        return parse_step(self._step, self.toPlainText())

    def _fit_height(self) -> None:
        """Fit the height to the text, edited or drawn; the row may make it taller."""
        self.ensurePolished()
        spacing = QFontMetricsF(self.font()).lineSpacing()
        typed = max(self._lines, round(self.document().size().height())) * spacing
        shown = sum(height for _, height in self._line_layouts()) if self.width() > _NUMBER * 2 else 0.0
        height = round(max(typed, shown) + 2 * self.document().documentMargin()) + 14
        if height != self.minimumHeight():
            self.setMinimumHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll to the top, as all lines fit now."""
        super().resizeEvent(event)
        self.verticalScrollBar().setValue(0)

    def sizeHint(self) -> QSize:
        """Return the minimum height; the row gives the width."""
        return QSize(t.scaled(120), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set or remove the star of the line on * in 分類, wherever in it the cursor is; other keys as usual."""
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if self._step.is_sorting and plain and event.text() in ("*", "＊") and not self.isReadOnly():
            self._toggle_star()
            return
        super().keyPressEvent(event)

    def _toggle_star(self) -> None:
        """Add or remove the star at the beginning of the line."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        block = cursor.block()
        cursor.setPosition(block.position())
        if block.text()[:1] in ("*", "＊"):
            cursor.deleteChar()
        else:
            cursor.insertText("*")
        cursor.endEditBlock()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the plain lines."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the list."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _line_layouts(self) -> list[tuple[QTextLayout, float]]:
        """Return the layout of every line of the list, with its height."""
        found = []
        for line in self.parsed_lines():
            room = self.viewport().width() - _INDENT - (t.scaled(_NUMBER) if line.notes is not None else 0) - 6
            layout = QTextLayout(f"選定　{line.text}" if line.chosen else line.text, self._line_font(line))
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            height = 0.0
            while (part := layout.createLine()).isValid():
                part.setLineWidth(max(room, 20))
                part.setPosition(QPointF(0, height))
                height += part.height()
            layout.endLayout()
            found.append((layout, height + _GAP))
        return found

    def _line_font(self, line: TypedLine) -> QFont:
        font = QFont(self.font())
        font.setBold(line.chosen)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plain lines while editing, else the list."""
        if self.hasFocus():
            super().paintEvent(event)
            return
        with QPainter(self.viewport()) as painter:
            margin = self.document().documentMargin()
            y = margin
            lines = self.parsed_lines()
            if not lines:
                painter.setFont(t.font("small"))
                painter.setPen(t.INK_SECONDARY)
                area = QRectF(margin, y, self.viewport().width() - 2 * margin, self.viewport().height())
                painter.drawText(area, Qt.TextFlag.TextWordWrap, self._hint)
            for line, (layout, height) in zip(lines, self._line_layouts(), strict=True):
                painter.setPen(t.ACCENT if line.chosen else t.INK)
                painter.setFont(self._line_font(line))
                ascent = QFontMetricsF(self._line_font(line)).ascent()
                if line.chosen:
                    middle, left = y + ascent * 0.62, margin + 1
                    painter.setBrush(t.ACCENT)
                    painter.drawPolygon(
                        [QPointF(left, middle - 4), QPointF(left, middle + 4), QPointF(left + 6, middle)]
                    )
                else:
                    painter.drawText(QPointF(margin - 2, y + ascent), "・")
                layout.draw(painter, QPointF(margin + _INDENT - 4, y))
                if line.notes is not None:
                    bold = QFont(self.font())
                    bold.setBold(True)
                    painter.setFont(bold)
                    right = QRectF(0, y, self.viewport().width() - margin - 4, QFontMetricsF(bold).height())
                    painter.drawText(right, Qt.AlignmentFlag.AlignRight, str(line.notes))
                y += height
