"""撮影の可否: everybody of one event, set for the chosen ones at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.arrangements.services.arrangements import WORDS
from app.subjects.roster.services.roster import RosterRow
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, section
from app.widgets.record_columns import Cell, Column
from app.widgets.record_table import RecordTable
from app.widgets.screen import row as side_by_side
from app.window import theme as t
from db.records.roster import PhotoConsent


class PhotoPanel(QWidget):
    """The list. Signals: ``set_asked(list, str)`` entry ids and 可, 不可 or "" (未確認)."""

    set_asked = Signal(list, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts = label("", "second")
        self.table = RecordTable(
            "photo_consent",
            (
                Column(key="number", title="番号", width=56, align="right", sortable=False,
                       show=lambda row: str(row.entry.number or "")),
                Column(key="name", title="氏名", stretch=True, sortable=False,
                       show=lambda row: Cell(text=row.name, second=row.organisation_name)),
                Column(key="photo", title="撮影", width=112, sortable=False, show=_consent),
            ),
            title="撮影の可否", empty="参加者がまだいません。", filtered=False, unit="人",
            hint="Ctrl や Shift を押しながら選ぶと、まとめて変えられます。",
        )  # fmt: skip
        self._may_write = True
        self.table.selection_changed.connect(self._offer)
        self.buttons = {
            photo: Button(f"{words}にする", lambda photo=photo: self._ask(photo), low=True)  # type: ignore[misc]
            for photo, words in WORDS.items()
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(side_by_side(section("撮影の可否"), None, self.counts))
        column.addWidget(FlowRow(*self.buttons.values()))
        column.addWidget(self.table, 1)

    def show_rows(self, rows: Sequence[RosterRow]) -> None:
        """Show everybody on the list."""
        chosen = {row.entry.id for row in self.table.selected()}
        self.table.show_rows(rows)
        refused = sum(row.entry.photo == "不可" for row in rows)
        unknown = sum(row.entry.photo == "" for row in rows)
        self.counts.setText(f"撮影不可 {refused}人・未確認 {unknown}人")
        if len(chosen) == 1:
            self.table.choose(lambda row: row.entry.id in chosen, take_focus=False)
        self._offer()

    def fit(self, height: int) -> None:
        """Let the list fill a column of this height."""
        above = self.table.y() if self.table.y() > 0 else t.scaled(90)
        self.table.setMinimumHeight(max(t.scaled(200), height - above - 16))

    def allow(self, on: bool) -> None:
        """Whether anything may be written."""
        self._may_write = on
        self._offer()

    def _offer(self) -> None:
        """Nothing to press until somebody is chosen."""
        on = self._may_write and bool(self.table.selected())
        for button in self.buttons.values():
            button.setEnabled(on)
            button.setToolTip("" if on else "下の一覧で選んでから押してください。")

    def _ask(self, photo: PhotoConsent) -> None:
        self.set_asked.emit([row.entry.id for row in self.table.selected()], photo)


def _consent(row: RosterRow) -> Cell:
    if row.entry.photo == "不可":
        return Cell(text="撮影不可", badge="撮影不可")
    return Cell(text=WORDS[row.entry.photo], tone="" if row.entry.photo else "second")
