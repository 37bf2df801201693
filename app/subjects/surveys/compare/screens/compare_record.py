"""実績の一行: one line to copy for the council or the budget, with the numbers it is made of."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.roster.rules.counts import RecordCounts
from app.subjects.surveys.compare.services.interim_totals import MEANING, RecordLine, read_record_line
from app.widgets.buttons import main_button
from app.widgets.fitted_table import FittedTable
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.record_columns import Cell, Column
from app.window.desk import Desk, with_store


class RecordPart(QWidget):
    """The line, its button, and the numbers by kind. Signals: none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._line = ""
        self.words = Paragraph()
        self.copy_button = main_button("この一行をコピーする", self.copy, icon_name="copy")
        self.copied = label("", "done")
        self.notes = NoteBox(tone="amber")
        self.table = FittedTable(
            "record-line",
            _columns(),
            title="延べと実",
            empty="実施した回がまだありません。",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        panel = Panel("実績の一行", note=MEANING)
        panel.put(self.words)
        panel.put(FlowRow(self.copy_button, self.copied))
        column.addWidget(panel)
        column.addWidget(self.notes)
        column.addWidget(self.table)
        column.addStretch(1)

    def read(self) -> None:
        """Count again, as of today."""
        self.copied.setText("")
        self.desk.read(
            with_store(read_record_line, today=self.desk.today(), fiscal_year=self.desk.fiscal_year),
            self._show,
            owner=self,
        )

    def take_focus(self) -> None:
        """The button."""
        self.copy_button.setFocus()

    def copy(self) -> None:
        """Put the line on the clipboard."""
        QGuiApplication.clipboard().setText(self._line)
        self.copied.setText("コピーしました")

    def _show(self, found: RecordLine) -> None:
        self._line = found.line
        self.words.say(found.line)
        self.notes.say("\n".join(found.notes))
        self.table.show_rows(found.rows)
        self.copy_button.setEnabled(bool(found.rows))


def _columns() -> tuple[Column, ...]:
    def of(field: str, unit: str) -> Any:
        return lambda row: f"{_number(row, field)}{unit}"

    return (
        Column(
            key="kind",
            title="事業",
            show=lambda row: Cell(text=row[0], strong=row[0] == "計"),
            stretch=True,
            sortable=False,
        ),
        Column(key="events", title="回数", show=of("events", "回"), align="right", sortable=False),
        Column(key="visits", title="延べ人数", show=of("visits", "人"), align="right", sortable=False),
        Column(key="people", title="実人数", show=of("people", "人"), align="right", sortable=False),
        Column(key="group_visits", title="延べ団体", show=of("group_visits", "団体"), align="right", sortable=False),
        Column(key="groups", title="実団体", show=of("groups", "団体"), align="right", sortable=False),
    )


def _number(row: tuple[str, RecordCounts], field: str) -> int:
    return int(getattr(row[1], field))
