"""Comparing: two sources with their difference, or every event of the year side by side."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.papers.screens.table_export import export_button
from app.subjects.surveys.compare.rules import Source, compare
from app.subjects.surveys.compare.screens.compare_columns import compare_columns, compare_rows
from app.subjects.surveys.compare.services.survey_years import YearView
from app.widgets.flow_row import FlowRow
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.record_table import RecordTable
from app.window.desk import Desk

_NOTE = (
    "単位は人。％は、それぞれの回収数（無回答を含む）に対する割合です。差のポイントは、四捨五入する前の割合から計算します。"
    "記号と選択肢が同じ設問だけを比べ、設問文の違いは示します。"
)


class CompareTable(QWidget):
    """The comparison of one kind of event. Signals: none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._view: YearView | None = None
        self.first = ChoiceBox()
        self.first.setAccessibleName("もとにする集計")
        self.second = ChoiceBox()
        self.second.setAccessibleName("比べる集計")
        self.each = QCheckBox("今年度の回ごとに並べる")
        self.reference = NoteBox(tone="quiet")
        self.empty = label("", wrap=True)
        self.table: RecordTable | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._to = label("と")
        column.addWidget(FlowRow(self.first, self._to, self.second, label("を比べる"), self.each, spacing=10))
        column.addWidget(self.empty)
        self._place = QVBoxLayout()
        column.addLayout(self._place, 1)
        column.addWidget(label(_NOTE, "small", wrap=True))
        for box in (self.first, self.second):
            box.activated.connect(lambda _place: self._lay_out())
        self.each.clicked.connect(lambda _on: self._lay_out())

    def show_year(self, view: YearView) -> None:
        """Offer everything of this kind; at first the earlier year, or the first event, beside all together."""
        kept = (self.first.currentData(), self.second.currentData())
        again = self._view is not None and self._view.kind == view.kind
        self._view = view
        for box in (self.first, self.second):
            box.clear()
            for one in view.sources:
                box.addItem(one.source.label, one.key)
        keys = [one.key for one in view.sources]
        earlier = [one.key for one in view.sources if one.earlier_id]
        wanted = (earlier[-1] if earlier else keys[0], keys[-1]) if keys else ("", "")
        if again and kept[0] in keys and kept[1] in keys:
            wanted = kept
        for box, key in zip((self.first, self.second), wanted, strict=True):
            box.setCurrentIndex(box.findData(key))
        self._lay_out()

    def take_focus(self) -> None:
        """The table, or the first choice."""
        (self.table or self.first).setFocus()

    def _chosen(self) -> list[Source]:
        view = self._view
        if view is None:
            return []
        if self.each.isChecked():
            return [one.source for one in view.sources if not one.earlier_id]
        by_key = {one.key: one.source for one in view.sources}
        keys = (self.first.currentData(), self.second.currentData())
        return [by_key[key] for key in keys if key in by_key]

    def _lay_out(self) -> None:
        view, sources = self._view, self._chosen()
        each = self.each.isChecked()
        for box in (self.first, self.second):
            box.setEnabled(not each)
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        same = not each and len(sources) == 2 and sources[0] is sources[1]
        if view is None or len(sources) < 2 or same:
            words = "同じ集計どうしです。もう一方を選び直してください。" if same else "比べられる集計がまだありません。"
            self.empty.setText(words)
            self.empty.show()
            return
        self.empty.hide()
        rows = compare_rows(compare(sources), view.numbers, sources)
        self.table = RecordTable(
            "survey-each" if each else "survey-compare",
            compare_columns(sources, difference=not each),
            title="アンケートの比較",
            empty="比べられる設問がありません。",
            filtered=False,
            unit="行",
        )
        self.table.foot.addWidget(export_button(self.desk, self.table, title=f"アンケートの比較（{view.kind}）"))
        self._place.addWidget(self.table, 1)
        self.table.show_rows(rows)
