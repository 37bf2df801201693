"""One single-choice question with little room, as a band and a transposed table below.

The head of the table is the legend of the band, so that chart and numbers stand in sight together."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from app.documents.blocks import TallyChart, TallyRow
from app.documents.screens.painted_table import PaintedTable, ink_on, is_hatch, paint_fill
from app.surveys.questions.rules import OUTSIDE
from app.surveys.tally.screens.tally_chart_view import band_fill
from app.window import theme as t
from app.window.line_breaks import wrap_words
from app.window.painting import paint_text, stroke, theme_colour

_BAND = 36
_LABEL = 80
_SUM = 44
_MAX_COLUMNS = 7
_PAD = 6


class TransposedTally(PaintedTable):
    """A band with its transposed table; more than seven columns are split into two blocks. No signals.

    ``contractor_counts`` are the contractor's numbers by printed row, empty while unknown. Ctrl+C copies the numbers.
    """

    def __init__(self, chart: TallyChart, contractor_counts: Mapping[str, int]):
        super().__init__()
        self._chart = chart
        self._contractor_counts = dict(contractor_counts)
        self.setAccessibleName(f"{chart.code} {chart.title}")
        self.setAccessibleDescription(self.as_clipboard_text().replace("\t", " ").replace("\n", "、"))

    def table_lines(self) -> tuple[tuple[str, tuple[str, ...], str], ...]:
        """Return the lines of the table (name, a number for each option, and the sum)."""
        rows = self._chart.rows
        percent = "％（参考）" if self._chart.reference_only else "％"
        found = [
            ("人数", tuple(str(row.count) for row in rows), str(sum(row.count for row in rows))),
            (percent, tuple(row.percent for row in rows), "—"),
        ]
        if any(row.paper is not None for row in rows):
            paper, online = [row.paper or 0 for row in rows], [row.online or 0 for row in rows]
            found.extend(
                (
                    ("紙", tuple(map(str, paper)), str(sum(paper))),
                    ("オンライン", tuple(map(str, online)), str(sum(online))),
                )
            )
        if self._contractor_counts:
            known = [self._contractor_counts.get(OUTSIDE if row.kind == "outside" else row.text) for row in rows]
            total = str(sum(one for one in known if one is not None)) if None not in known else ""
            found.append(("受託者", tuple("" if one is None else str(one) for one in known), total))
        return tuple(found)

    def as_clipboard_text(self) -> str:
        """Return the shown table, separated by tabs."""
        head = "\t".join(("選択肢", *(row.text for row in self._chart.rows), "計"))
        return "\n".join((head, *("\t".join((name, *numbers, total)) for name, numbers, total in self.table_lines())))

    def column_blocks(self) -> tuple[tuple[int, int], ...]:
        """Return the blocks of columns as (first, end), one or two of similar width."""
        count = len(self._chart.rows)
        if count <= _MAX_COLUMNS:
            return ((0, count),)
        half = (count + 1) // 2
        return ((0, half), (half, count))

    def sizeHint(self) -> QSize:
        """Return a width of 420 and the height that band and table have at the present width."""
        width = self.width() if self.width() > 200 else 560
        return QSize(420, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return a width of at least 360, and the height of band and table."""
        return QSize(360, self.heightForWidth(max(self.width(), 360)))

    # drawing

    def _fills(self) -> list[str]:
        """Return the colour or hatch of each row, in their order."""
        options = sum(1 for row in self._chart.rows if row.kind not in ("none", "outside"))
        return [band_fill(row, place, options) for place, row in enumerate(self._chart.rows)]

    def _paint_from_top(self, painter: QPainter | None, width: float) -> float:
        """Lay out the band and the blocks, drawing them with a painter; return the height."""
        y = self._band(painter, width)
        blocks = self.column_blocks()
        for number, (first, end) in enumerate(blocks):
            y = self._block(painter, y + 8, width, first, end, last=number == len(blocks) - 1)
        return y

    def _band(self, painter: QPainter | None, width: float) -> float:
        """Draw the stacked bar (nothing without painter); return its height."""
        height = float(t.scaled(_BAND))
        base = sum(row.count for row in self._chart.rows)
        if painter is None:
            return height
        if not base:
            paint_fill(painter, QRectF(0, 0, width, height), t.PAGE)
            _draw_text(painter, QRectF(8, 0, width, height), "回答がありません", colour=t.INK_SECONDARY)
            return height
        left = 0.0
        for row, fill in zip(self._chart.rows, self._fills(), strict=True):
            if row.count:
                area = QRectF(left, 0, width * row.count / base, height)
                paint_fill(painter, area, fill)
                self._number(painter, area, str(row.count), fill)
                left = area.right()
        return height

    def _number(self, painter: QPainter, area: QRectF, words: str, fill: str) -> None:
        """Write a number into a segment of the band; nothing where the segment is too narrow."""
        metrics = t.metrics(bold=True)
        need = metrics.horizontalAdvance(words)
        if need + 4 > area.width():
            return
        if is_hatch(fill):
            plate = QRectF(0, 0, need + 6, metrics.height())
            plate.moveCenter(area.center())
            painter.fillRect(plate, t.PAGE)
        paint_text(painter, area, words, t.font(bold=True), ink_on(fill), "center")

    def _block(self, painter: QPainter | None, y: float, width: float, first: int, end: int, *, last: bool) -> float:
        """Draw the options from ``first`` to ``end`` as a block of columns; return the y below it."""
        label, total = float(t.scaled(_LABEL)), float(t.scaled(_SUM)) if last else 0.0
        column = (width - label - total) / (end - first)
        y = self._head(painter, y, label, column, width, first, end, last=last)
        for place, (name, numbers, summed) in enumerate(self.table_lines()):
            height = float(t.line_height() + 6)
            strong, colour = place == 0, t.INK if place in (0, 2, 3) else t.INK_SECONDARY
            _draw_text(painter, QRectF(_PAD, y, label, height), name, bold=strong, colour=colour)
            for at, number in enumerate(numbers[first:end]):
                area = QRectF(label + at * column, y, column - _PAD, height)
                _draw_text(painter, area, number, bold=strong, colour=colour, right=True)
            if last:
                area = QRectF(width - total, y, total - _PAD, height)
                _draw_text(painter, area, summed, bold=strong, colour=colour, right=True)
            y += height
            _draw_line(painter, y, width, t.ROW_LINE)
        return y

    def _head(
        self,
        painter: QPainter | None,
        y: float,
        label: float,
        column: float,
        width: float,
        first: int,
        end: int,
        *,
        last: bool,
    ) -> float:
        """Draw the headings of a block; return the y below them."""
        font = t.font("small")
        small = t.line_height("small")
        titles = [wrap_words(row.text, font, column - _PAD - 2) for row in self._chart.rows[first:end]]
        tall = (1 + max(len(lines) for lines in titles)) * small + 8
        if painter is not None:
            painter.fillRect(QRectF(0, y, width, tall), t.PAPER_TINT)
            middle = QRectF(_PAD, y, label, tall)
            _draw_text(painter, middle, "選択肢", role="small", bold=True, colour=t.INK_SECONDARY)
            if last:
                _draw_text(
                    painter,
                    QRectF(width - t.scaled(_SUM), y, t.scaled(_SUM) - _PAD, tall),
                    "計",
                    role="small",
                    bold=True,
                    colour=t.INK_SECONDARY,
                    right=True,
                )
            for at, (row, lines) in enumerate(zip(self._chart.rows[first:end], titles, strict=True)):
                self._legend(painter, row, lines, QRectF(label + at * column, y + 4, column - _PAD, tall), first + at)
        _draw_line(painter, y + tall, width, t.STRONG_LINE)
        return y + tall

    def _legend(
        self, painter: QPainter, row: TallyRow, lines: list[tuple[str, float]], area: QRectF, place: int
    ) -> None:
        """Draw the heading of one column: the colour of its part of the band, its number, and the option below."""
        small = t.line_height("small")
        number = str(place + 1) if row.kind not in ("none", "outside") else ""
        words = t.font("small", bold=True)
        need = QFontMetricsF(words).horizontalAdvance(number) if number else -6
        square = QRectF(area.right() - need - 6 - 20, area.top() + small / 2 - 6, 20, 12)
        paint_fill(painter, square, self._fills()[place])
        _draw_text(
            painter, QRectF(area.left(), area.top(), area.width(), small), number, role="small", bold=True, right=True
        )
        for at, (line, _w) in enumerate(lines, 1):
            _draw_text(
                painter,
                QRectF(area.left(), area.top() + at * small, area.width(), small),
                line,
                role="small",
                right=True,
            )


def _draw_line(painter: QPainter | None, y: float, width: float, colour: str) -> None:
    if painter is not None:
        painter.setPen(stroke(colour))
        painter.drawLine(0, round(y), round(width), round(y))


def _draw_text(
    painter: QPainter | None,
    area: QRectF,
    words: str,
    *,
    role: t.Role = "body",
    bold: bool = False,
    colour: str = t.INK,
    right: bool = False,
) -> None:
    """Draw one line of text in its area; nothing without painter."""
    if painter is None or not words:
        return
    painter.setFont(t.font(role, bold=bold))
    painter.setPen(theme_colour(colour))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, words)
