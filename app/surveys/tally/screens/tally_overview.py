"""All questions of a tally as an overview list, and one of them in full with chart and table."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import TallyChart
from app.documents.screens.painted_table import ink_on, is_hatch, paint_fill
from app.surveys.questions.rules import TYPE_WORDS
from app.surveys.tally.rules import FreeText, QuestionTally
from app.surveys.tally.screens.tally_chart_view import TallyChartView, band_fill
from app.surveys.tally.screens.transposed_tally import TransposedTally
from app.widgets.badges import Badge
from app.widgets.labels import Paragraph, label, section, separator, small_label
from app.widgets.layouts import add, in_column, in_row
from app.widgets.screen import clear_layout
from app.window import theme as t
from app.window.line_breaks import wrap_words
from app.window.painting import paint_focus, paint_text, smooth, stroke, theme_colour
from db.record import frozen

_PAD = 12
_BAND = 22
_GAP = 6


@frozen
class OverviewLine:
    """One question with number (「問3」), title, type in words, and chart (None for free text).

    ``words`` are its leading answers, mean or number of texts, "" for an SA, which has a band; ``total`` is its sum
    (「満足計 12人 80.0%」), "" without one.
    """

    code: str
    title: str
    kind: str
    chart: TallyChart | None
    words: str
    total: str

    def spoken_text(self) -> str:
        """Return the line in words, for a screen reader."""
        return join_nonempty(self.code, self.title, self.kind, self.words, self.total, separator=" ")


def overview_line(question_tally: QuestionTally, chart: TallyChart | None, code: str, title: str) -> OverviewLine:
    """Return the line of one counted question for the list, with its leading answers and its sum."""
    words, total = "", ""
    if chart is not None and chart.sum_label:
        total = f"{chart.sum_label} {chart.sum_count}人 {chart.sum_percent}%"
    if question_tally.question.type.is_text:
        flagged = sum(1 for text in question_tally.texts if text.flags)
        words = f"記入 {question_tally.answered_count}件" + fill_nonempty("（確認が必要 {}件）", flagged)
    elif question_tally.question.type.takes_several and chart is not None:
        most = [row for row in chart.rows if row.kind == "option" and row.count][:2]
        words = "、".join(f"{row.text} {row.count}人" for row in most) or "回答なし"
    elif question_tally.numbers is not None:
        words = f"平均 {question_tally.numbers.mean}" if question_tally.numbers.answered_count else "回答なし"
    return OverviewLine(code, title, TYPE_WORDS[question_tally.question.type], chart, words, total)


class TallyOverview(QListWidget):
    """All questions of a tally to choose from, with a small band or the leading answer each.

    Signals: ``line_chosen(int)`` the place of the chosen question.
    """

    line_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("設問ごとの集計")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_LinePainter(self))
        self.currentRowChanged.connect(lambda place: self.line_chosen.emit(place) if place >= 0 else None)

    def show_lines(self, lines: list[OverviewLine]) -> None:
        """Show these lines, keeping the chosen place."""
        kept = max(0, self.currentRow())
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken_text())
            self.addItem(item)
        self.setCurrentRow(min(kept, len(lines) - 1))
        self.blockSignals(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the lines anew: Qt does not where only the width changes, by which their titles wrap."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _LinePainter(QStyledItemDelegate):
    """Draws one line of the overview: number, title, sum or type; below a band (SA) or the leading answers."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of the wrapped title, and a band (single choice) or one line of words."""
        line: OverviewLine = index.data(Qt.ItemDataRole.UserRole)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else 300
        titles = len(wrap_words(line.title, t.font(), self._title_width(line, width)))
        below = t.scaled(_BAND) if line.chart is not None and line.chart.type.takes_one else t.line_height("small")
        return QSize(120, titles * t.line_height() + below + _GAP + 16)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw number, title, sum or type, and below a band (SA) or the leading answers.

        The chosen line is highlighted.
        """
        line: OverviewLine = index.data(Qt.ItemDataRole.UserRole)
        area = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        with smooth(painter):
            if chosen:
                painter.fillRect(area, t.SELECTION)
                painter.fillRect(QRectF(area.left(), area.top(), 4, area.height()), t.ACCENT)
            painter.setPen(stroke(t.ROW_LINE))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
            if option.state & QStyle.StateFlag.State_HasFocus:
                paint_focus(painter, area.adjusted(1, 1, -1, -1))
            y = self._words(painter, line, area, bold=chosen)
            left = area.left() + _PAD
            if line.chart is not None and line.chart.type.takes_one:
                _paint_band(painter, line.chart, QRectF(left, y, area.width() - 2 * _PAD, t.scaled(_BAND)))
            else:
                _draw_text(
                    painter,
                    QRectF(left, y, area.width() - 2 * _PAD, t.line_height("small")),
                    line.words,
                    t.INK_SECONDARY,
                )

    def _title_width(self, line: OverviewLine, width: float) -> float:
        right = line.total or line.kind
        return width - 2 * _PAD - t.scaled(44) - t.metrics("small", bold=True).horizontalAdvance(right) - 8

    def _words(self, painter: QPainter, line: OverviewLine, area: QRectF, *, bold: bool) -> float:
        """Draw code, title and sum of a question, and return where the words end."""
        y = area.top() + 8
        height = t.line_height()
        left = area.left() + _PAD
        _draw_text(painter, QRectF(left, y, 60, height), line.code, t.INK, role="body", bold=bold)
        right = line.total or line.kind
        _draw_text(
            painter,
            QRectF(left, y, area.width() - 2 * _PAD, height),
            right,
            t.INK if line.total else t.INK_SECONDARY,
            bold=bool(line.total),
            right=True,
        )
        for piece, _w in wrap_words(line.title, t.font(), self._title_width(line, area.width())):
            _draw_text(
                painter, QRectF(left + t.scaled(44), y, area.width(), height), piece, t.INK, role="body", bold=bold
            )
            y += height
        return y + _GAP / 2


def _paint_band(painter: QPainter, chart: TallyChart, area: QRectF) -> None:
    """Draw the stacked bar of a question, or 「回答がありません」."""
    base = sum(row.count for row in chart.rows)
    if not base:
        paint_fill(painter, area, t.PAGE)
        _draw_text(painter, area.adjusted(8, 0, 0, 0), "回答がありません", t.INK_SECONDARY)
        return
    left = area.left()
    options = sum(1 for row in chart.rows if row.kind not in ("none", "outside"))
    for place, row in enumerate(chart.rows):
        if not row.count:
            continue
        fill = band_fill(row, place, options)
        piece = QRectF(left, area.top(), area.width() * row.count / base, area.height())
        paint_fill(painter, piece, fill)
        number = str(row.count)
        need = t.metrics("small", bold=True).horizontalAdvance(number)
        if need + 4 <= piece.width():
            if is_hatch(fill):
                plate = QRectF(0, 0, need + 4, t.line_height("small") - 2)
                plate.moveCenter(piece.center())
                painter.fillRect(plate, t.PAGE)
            paint_text(painter, piece, number, t.font("small", bold=True), ink_on(fill), "center")
        left += piece.width()


def _draw_text(
    painter: QPainter,
    area: QRectF,
    words: str,
    colour: str,
    *,
    role: t.Role = "small",
    bold: bool = False,
    right: bool = False,
) -> None:
    painter.setFont(t.font(role, bold=bold))
    painter.setPen(theme_colour(colour))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, words)


class TallyDetail(QWidget):
    """One question of a tally in full, with chart, table, how the sum was made, and written answers.

    Signals: none.
    """

    def __init__(self) -> None:
        super().__init__()
        self._column = in_column(owner=self, spacing=8, margins=(0, 0, 8, 0))
        self.chart: TallyChartView | TransposedTally | None = None

    def show_question(
        self,
        question_tally: QuestionTally,
        chart: TallyChart | None,
        code: str,
        title: str,
        *,
        contractor_counts: Mapping[str, int] | None = None,
        is_transposed: bool = False,
    ) -> None:
        """Show a question.

        Args:
            chart: None = free text.
            contractor_counts: the contractor's numbers by printed row.
            is_transposed: with little room, a single-choice question has its options in columns.
        """
        self._clear()
        if chart is not None and is_transposed and chart.type.takes_one:
            self.chart = TransposedTally(chart, contractor_counts or {})
            add(self._column, self.chart, small_label(chart.note))
        elif chart is not None:
            self.chart = TallyChartView(chart)
            self._column.addWidget(self.chart)
            self._add_sum(chart)
        if chart is not None:
            self._add_outside(question_tally)
            if question_tally.texts:
                self._column.addWidget(section(f"その他の記入　{len(question_tally.texts)}件"))
        else:
            self._column.addWidget(section(f"{code}　{title}"))
            words = (
                f"自由記述　記入 {question_tally.answered_count}件・無回答 {question_tally.no_answer}件（"
                f"回収 {question_tally.base}枚）"
            )
            self._column.addWidget(label(words, "small"))
        for place, text in enumerate(question_tally.texts):
            if place or chart is None:
                self._column.addWidget(separator())
            self._column.addWidget(_written_label(text))
        if chart is None and not question_tally.texts:
            self._column.addWidget(label("書かれた回答はありません。", "second"))
        self._column.addStretch(1)

    def _add_sum(self, chart: TallyChart) -> None:
        if chart.sum_label and chart.base:
            words = (
                f"{chart.sum_label}は人数を足してから割ります"
                f"（{chart.sum_count} ÷ {chart.base} ＝ {chart.sum_percent}%）。"
            )
            self._column.addWidget(small_label(words))

    def _add_outside(self, question_tally: QuestionTally) -> None:
        if question_tally.out_of_list:
            words = "、".join(f"「{text}」{count}件" for text, count in question_tally.out_of_list)
            self._column.addWidget(small_label(f"選択肢にない回答の内訳　{words}"))

    def _clear(self) -> None:
        self.chart = None
        clear_layout(self._column)


def _written_label(text: FreeText) -> QWidget:
    """Build the line of a written answer, with a badge for what must be checked in it."""
    holder = QWidget()
    words = Paragraph(text.text)
    line = in_row((words, 1), owner=holder, spacing=12, margins=(0, 2, 0, 2))
    if text.flags:
        flags = "・".join(text.flags)
        column = in_column(
            (Badge("確認が必要"), 0, Qt.AlignmentFlag.AlignRight),
            (label(flags, "small"), 0, Qt.AlignmentFlag.AlignRight),
            spacing=2,
        )
        line.addLayout(column)
        holder.setAccessibleName(f"{text.text}　確認が必要　{flags}")
    return holder
