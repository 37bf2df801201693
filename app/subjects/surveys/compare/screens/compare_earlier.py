"""前の年度の集計: which earlier years are kept for comparing, to add, mend and remove."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.wareki import fiscal_year_words
from app.subjects.surveys.compare.screens.compare_earlier_dialog import EarlierDialog
from app.subjects.surveys.compare.services.survey_years import YearView, remove_earlier
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label
from app.widgets.record_columns import Cell, Column
from app.widgets.record_table import RecordTable
from app.window.desk import Desk, with_store
from db.records.surveys import EarlierCounts


class EarlierPart(QWidget):
    """The list of earlier years of one kind. Signals: none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._view: YearView | None = None
        self.add_button = Button("前の年度の集計を加える", self.add, icon_name="plus")
        self.table = RecordTable(
            "survey-earlier",
            _columns(),
            title="前の年度の集計",
            empty="前の年度の集計は、まだ入っていません。加えると、今年度と比べられます。",
            empty_button="前の年度の集計を加える",
            empty_act=self.add,
            filtered=False,
            hint="Enter で開きます。Delete で削除します（Ctrl+Z で元に戻せます）。",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(
            FlowRow(self.add_button, label("前の年度の報告書にある人数を、一度だけ入力します。", "second"))
        )
        column.addWidget(self.table, 1)
        self.table.opened.connect(self._open)
        self.table.edit_asked.connect(self._open)
        self.table.delete_asked.connect(self._remove)

    def show_year(self, view: YearView) -> None:
        """Show the earlier years of this kind."""
        self._view = view
        self.add_button.setEnabled(bool(view.questions) and not self.desk.read_only)
        self.table.show_rows(view.earlier)

    def take_focus(self) -> None:
        """The list."""
        self.table.setFocus()

    def add(self) -> None:
        """Ask for the totals of another year."""
        if self._view is not None and self._view.questions:
            EarlierDialog(self.desk, self._view, parent=self.window()).open()

    def _open(self, row: EarlierCounts | None) -> None:
        if self._view is not None and row is not None:
            EarlierDialog(self.desk, self._view, row, parent=self.window()).open()

    def _remove(self, rows: list[EarlierCounts]) -> None:
        for row in rows:
            self.desk.write(with_store(remove_earlier, earlier_id=row.id, **self.desk.signed), owner=self)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            key="year",
            title="年度",
            show=lambda row: Cell(text=fiscal_year_words(row.fiscal_year), strong=True),
            sort=lambda row: -row.fiscal_year,
        ),
        Column(key="events", title="回数", show=lambda row: f"{row.events}回" if row.events else "", align="right"),
        Column(key="sheets", title="回収", show=lambda row: f"{row.sheets}枚", align="right"),
        Column(key="questions", title="設問", show=lambda row: f"{len(row.questions)}問", align="right"),
        Column(key="source", title="出どころ", show=lambda row: row.source, stretch=True),
    )
