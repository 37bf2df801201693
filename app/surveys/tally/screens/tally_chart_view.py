"""One tallied question on the screen, drawn from the same content as in PDF and Excel.

Its fills are five steps from dark to light, and a hatch for 無回答.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter

from app.documents.blocks import TALLIED_AS, TallyChart, TallyRow
from app.documents.screens.painted_table import Drawing, PaintedTable, ink_on, is_hatch, paint_fill
from app.window import theme as t
from app.window.line_breaks import wrap_words

_COUNT = 64
_PERCENT = 76
_GAP = 12
# The columns of paper and online, where there is room for them.
_PAPER, _ONLINE = 44, 76
_ROOM_FOR_CHANNELS = 420


def band_fill(row: TallyRow, place: int, options: int = len(t.CHART_BANDS)) -> str:
    """Return the fill of an option of a single-answer question, ``place`` counted from 0 in print order.

    More ``options`` than bands are spread evenly between the darkest and white, so that no two look alike.
    """
    if row.kind in ("none", "outside"):
        return "hatch" if row.kind == "none" else "sparse"
    if options <= len(t.CHART_BANDS):
        return t.CHART_BANDS[min(place, len(t.CHART_BANDS) - 1)]
    return _shade_at(place * (len(t.CHART_BANDS) - 1) / (options - 1))


def _shade_at(place: float) -> str:
    """Return the colour between two shades of the chart."""
    first = min(int(place), len(t.CHART_BANDS) - 2)
    share = place - first
    one, other = QColor(t.CHART_BANDS[first]), QColor(t.CHART_BANDS[first + 1])
    mixed = (
        round(a + (b - a) * share)
        for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed).name().upper()


def bar_fill(row: TallyRow) -> str:
    """Return the fill of a bar of a multiple-answer question."""
    if row.kind in ("none", "outside"):
        return "hatch" if row.kind == "none" else "sparse"
    return t.CHART_BANDS[1] if row.kind == "option" else t.CHART_BANDS[3]


class TallyChartView(PaintedTable):
    """One question: heading, band or bars, table, note. Ctrl+C copies the numbers as a table. Signals: none."""

    def __init__(self, chart: TallyChart):
        super().__init__()
        self.show_chart(chart)

    def show_chart(self, chart: TallyChart) -> None:
        """Show the question ``chart``, also as words for a screen reader."""
        self.chart = chart
        self.setAccessibleName(f"{chart.code} {chart.title}")
        self.setAccessibleDescription(self.chart_text())
        self.updateGeometry()
        self.update()

    def chart_text(self) -> str:
        """Return n, each row and the sum in one line: 「n＝104、満足 61人 58.7%、…、満足計 90人 86.5%」."""
        rows = [f"{row.text} {row.count}人 {row.percent}%" for row in self.chart.rows]
        parts = [f"n＝{self.chart.base}", *rows]
        if self.chart.sum_label:
            parts.append(f"{self.chart.sum_label} {self.chart.sum_count}人 {self.chart.sum_percent}%")
        return "、".join(parts)

    def as_clipboard_text(self) -> str:
        """Return a line with the question and headings, then one for each option: text, people, ％, separated by tabs.

        Where they are known, people on paper and online follow.
        """
        apart = any(row.paper is not None for row in self.chart.rows)
        lines = [f"{self.chart.code} {self.chart.title}\t人数\t％" + ("\t紙\tオンライン" if apart else "")]
        for row in self.chart.rows:
            ways = f"\t{row.paper}\t{row.online}" if apart else ""
            lines.append(f"{row.text}\t{row.count}\t{row.percent}{ways}")
        return "\n".join(lines)

    # size

    def _paint_from_top(self, painter: QPainter | None, width: float) -> float:
        """Draw the chart, only measured if ``painter`` is None; return its height."""
        return _ChartDrawing(self.chart, width, painter).height + 2

    def sizeHint(self) -> QSize:
        """Return 420 pixels as width, with the height that the present width needs."""
        return QSize(420, self.heightForWidth(self.width() if self.width() > 200 else 420))

    def minimumSizeHint(self) -> QSize:
        """Return 260 pixels as width, with the height that the present width needs."""
        return QSize(260, self.heightForWidth(max(self.width(), 260)))


class _ChartDrawing(Drawing):
    """One question with its table."""

    def __init__(self, chart: TallyChart, width: float, painter: QPainter | None):
        super().__init__(width, painter)
        self.chart = chart
        self.height = self._draw_all()

    def _draw_all(self) -> float:
        y = self._heading(2.0)
        if self.chart.type.takes_one:
            y = self._band(self._legend(y))
        y = self._rows(y + 4)
        return self._note(self.chart.note, y)

    # pieces

    def _heading(self, y: float) -> float:
        """Draw the question, its highlighted sum and n, and return where the next part begins."""
        total = f"{TALLIED_AS[self.chart.type]}　n＝{self.chart.base}"
        summed = ""
        if self.chart.sum_label:
            mark = "（参考値）" if self.chart.reference_only else ""
            summed = f"{self.chart.sum_label} {self.chart.sum_count}人　{self.chart.sum_percent}%{mark}"
        right = t.metrics(bold=True).horizontalAdvance(summed) + 12 if summed else 0
        height = t.line_height()
        first = y
        for line, _w in wrap_words(f"{self.chart.code}　{self.chart.title}", t.font(bold=True), self.width - right):
            self._write(0, y, height, line, "body", t.INK, bold=True)
            y += height
        if summed:
            self._write(self.width, first, height, summed, "body", t.INK, bold=True, align=1.0)
        self._write(0, y, self._small, total)
        return y + self._small + 4

    def _entries(self) -> list[tuple[TallyRow, str]]:
        options = sum(1 for row in self.chart.rows if row.kind not in ("none", "outside"))
        return [(row, band_fill(row, place, options)) for place, row in enumerate(self.chart.rows)]

    def _legend(self, y: float) -> float:
        """Draw the legend and return where the next part begins."""
        metrics = t.metrics("small")
        x = 0.0
        for row, fill in self._entries():
            need = 18 + metrics.horizontalAdvance(row.text) + 12
            if x and x + need - 12 > self.width:
                x, y = 0.0, y + self._small + 2
            if self._painter is not None:
                paint_fill(self._painter, QRectF(x, y + self._small / 2 - 5, 14, 10), fill)
            self._write(x + 18, y, self._small, row.text, "small", t.INK)
            x += need
        return y + self._small + 6 if x else y

    def _band(self, y: float) -> float:
        """Draw the stacked bar and return where the next part begins."""
        height = float(t.scaled(32))
        left = 0.0
        base = sum(row.count for row in self.chart.rows) or 1
        for row, fill in self._entries():
            if not row.count:
                continue
            width = self.width * row.count / base
            area = QRectF(left, y, width, height)
            if self._painter is not None:
                paint_fill(self._painter, area, fill)
                self._number(area, str(row.count), fill)
            left += width
        if self._painter is not None and not self.chart.base:
            paint_fill(self._painter, QRectF(0, y, self.width, height), t.PAGE)
        return y + height + 6

    def _number(self, area: QRectF, words: str, fill: str) -> None:
        """Write a number into a segment of the bar where it fits."""
        if self._painter is None:
            return
        metrics = t.metrics(bold=True)
        need = metrics.horizontalAdvance(words)
        if need + 4 > area.width():
            return
        if is_hatch(fill):
            plate = QRectF(0, 0, need + 6, metrics.height() + 2)
            plate.moveCenter(area.center())
            self._painter.fillRect(plate, t.PAGE)
        self._painter.setFont(t.font(bold=True))
        self._painter.setPen(QColor(ink_on(fill)))
        self._painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)

    def _rows(self, y: float) -> float:
        """Draw the table of options and return where the next part begins."""
        count_right = self.width - t.scaled(_PERCENT)
        head = float(t.scaled(t.HEAD) - 4)
        percent = "％（参考値）" if self.chart.reference_only else "％"
        bars = self.chart.type.takes_several
        self._rule(0, y + head, self.width, t.STRONG_LINE)
        self._write(6, y, head, "選択肢" if not self.chart.type.is_number else "回答", bold=True)
        self._write(count_right, y, head, "人数", bold=True, align=1.0)
        if self._shows_channels():
            online = count_right - t.scaled(_COUNT) + 8
            self._write(online, y, head, "オンライン", bold=True, align=1.0)
            self._write(online - t.scaled(_ONLINE), y, head, "紙", bold=True, align=1.0)
        self._write(self.width - 2, y, head, percent, bold=True, align=1.0)
        y += head
        words_width = max(110.0, self._numbers_start(count_right) * (0.42 if bars else 1.0)) - _GAP
        parted = False
        for row in self.chart.rows:
            if bars and row.kind != "option" and not parted:
                self._rule(0, y, self.width, t.CONTROL)
                parted = True
            y = self._row(row, y, words_width, count_right, bars=bars)
        return y + 2

    def _row(self, row: TallyRow, y: float, words_width: float, count_right: float, *, bars: bool) -> float:
        """Draw one option with its count, percentage and bar, and return where the next begins."""
        lines = wrap_words(row.text, t.font(), words_width)
        height = max(float(t.scaled(32)), len(lines) * t.line_height() + 8)
        ink = t.INK if row.kind == "option" else t.INK_SECONDARY
        top = y + (height - len(lines) * t.line_height()) / 2
        for line, _w in lines:
            self._write(6, top, t.line_height(), line, "body", ink)
            top += t.line_height()
        if bars and self._painter is not None:
            start = 6 + words_width + _GAP
            room = max(20.0, self._numbers_start(count_right) + 10 - start)
            width = room * row.count / self.chart.base if self.chart.base else 0
            if row.count:
                paint_fill(self._painter, QRectF(start, y + height / 2 - 9, max(2.0, width), 18), bar_fill(row))
            else:
                self._painter.fillRect(QRectF(start, y + height / 2 - 9, 1, 18), QColor(t.CHART_BANDS[0]))
        self._write(count_right, y, height, str(row.count), "body", t.INK, bold=True, align=1.0)
        if self._shows_channels():
            online = count_right - t.scaled(_COUNT) + 8
            self._write(online, y, height, str(row.online or 0), "body", t.INK_SECONDARY, align=1.0)
            self._write(online - t.scaled(_ONLINE), y, height, str(row.paper or 0), "body", t.INK_SECONDARY, align=1.0)
        self._write(self.width - 2, y, height, row.percent, "body", t.INK_SECONDARY, align=1.0)
        if not bars:
            self._rule(0, y + height, self.width, t.ROW_LINE)
        return y + height

    def _shows_channels(self) -> bool:
        """Return whether paper and online responses are shown beside the people of each row."""
        return self.width >= t.scaled(_ROOM_FOR_CHANNELS) and any(row.paper is not None for row in self.chart.rows)

    def _numbers_start(self, count_right: float) -> float:
        return count_right - t.scaled(_COUNT) - (t.scaled(_PAPER + _ONLINE) if self._shows_channels() else 0)
