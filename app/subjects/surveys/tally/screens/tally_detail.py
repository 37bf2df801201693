"""One question of a tally in full: chart, table, how the sum was made, and what was written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.papers.blocks import TallyChart
from app.papers.screens.charts.tally_chart_view import TallyChartView
from app.subjects.surveys.questions.rules.tally_result import FreeText, QuestionTally
from app.widgets.badge import Badge
from app.widgets.labels import Paragraph, label, rule, section


class TallyDetail(QWidget):
    """The question now chosen. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        self.chart: TallyChartView | None = None

    def show_question(self, one: QuestionTally, chart: TallyChart | None, code: str, title: str) -> None:
        """Show a question; ``chart`` None = free text."""
        self._clear()
        if chart is not None:
            self.chart = TallyChartView(chart)
            self._column.addWidget(self.chart)
            self._add_sum(chart)
            self._add_outside(one)
            if one.texts:
                self._column.addWidget(section(f"その他の記入　{len(one.texts)}件"))
        else:
            self._column.addWidget(section(f"{code}　{title}"))
            words = f"自由記述　記入 {one.answered}件・無回答 {one.no_answer}件（回収 {one.base}枚）"
            self._column.addWidget(label(words, "small"))
        for place, text in enumerate(one.texts):
            if place or chart is None:
                self._column.addWidget(rule())
            self._column.addWidget(_written(text))
        if chart is None and not one.texts:
            self._column.addWidget(label("書かれた回答はありません。", "second"))
        self._column.addStretch(1)

    def _add_sum(self, chart: TallyChart) -> None:
        if chart.sum_label and chart.base:
            words = (
                f"{chart.sum_label}は人数を足してから割ります"
                f"（{chart.sum_count} ÷ {chart.base} ＝ {chart.sum_percent}%）。"
            )
            self._column.addWidget(label(words, "small", wrap=True))

    def _add_outside(self, one: QuestionTally) -> None:
        if one.out_of_list:
            words = "、".join(f"「{text}」{count}件" for text, count in one.out_of_list)
            self._column.addWidget(label(f"選択肢にない回答の内訳　{words}", "small", wrap=True))

    def _clear(self) -> None:
        self.chart = None
        while self._column.count():
            item = self._column.takeAt(0)
            part = item.widget() if item is not None else None
            if part is not None:
                part.hide()
                part.deleteLater()


def _written(text: FreeText) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 2, 0, 2)
    line.setSpacing(12)
    words = Paragraph(text.text)
    line.addWidget(words, 1)
    if text.flags:
        flags = "・".join(text.flags)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Badge("確認が必要"), 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(label(flags, "small"), 0, Qt.AlignmentFlag.AlignRight)
        line.addLayout(column)
        holder.setAccessibleName(f"{text.text}　確認が必要　{flags}")
    return holder
