"""Typed words beside given rows: what was done beside the timetable, the class beside each free answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.subjects.reports.screens.growing_text import GrowingText
from app.subjects.reports.services.report_form import Lead
from app.widgets.labels import label

Row = tuple[str, ...]


class LeadGrid(QWidget):
    """One box beside every given row. Signals: ``edited()``; ``left()`` a box was left."""

    edited = Signal()
    left = Signal()

    def __init__(self, title: str, columns: Sequence[str], parent: QWidget | None = None) -> None:
        """The last of ``columns`` is what is typed; those before it are given."""
        super().__init__(parent)
        self._title = title
        self._columns = tuple(columns)
        self._leads: tuple[Lead, ...] = ()
        self._others: tuple[Row, ...] = ()
        self.boxes: list[GrowingText] = []
        self._read_only = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)

    def show_leads(self, leads: Sequence[Lead]) -> None:
        """Show the given rows, each once; what was typed stays with its row."""
        wanted = tuple({lead.cells: lead for lead in leads}.values())
        if wanted == self._leads:
            return
        typed = self.rows()
        self._leads = wanted
        while (item := self._grid.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.boxes = []
        for number, lead in enumerate(self._leads):
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(label("　".join(lead.cells), "strong", wrap=True))
            if lead.note:
                words.addWidget(label(lead.note, "small", wrap=True))
            words.addStretch(1)
            holder = QWidget()
            words.setContentsMargins(0, 4, 0, 0)
            holder.setLayout(words)
            box = GrowingText()
            box.setAccessibleName(f"{self._title}　{'　'.join(lead.cells)}　{self._columns[-1]}")
            box.setReadOnly(self._read_only)
            box.textChanged.connect(self.edited)
            box.gone.connect(self.left)
            self._grid.addWidget(holder, number, 0)
            self._grid.addWidget(box, number, 1, Qt.AlignmentFlag.AlignTop)
            self.boxes.append(box)
        self.show_rows(typed)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show the typed words; rows that no given row leads any more are kept and given back."""
        known = {tuple(cells[:-1]): cells[-1] for cells in rows if len(cells) == len(self._columns)}
        given = {lead.cells for lead in self._leads}
        self._others = tuple((*lead, text) for lead, text in known.items() if lead not in given)
        for lead, box in zip(self._leads, self.boxes, strict=True):
            box.show_text(known.get(lead.cells, ""))

    def rows(self) -> tuple[Row, ...]:
        """The rows in which something was typed, given cells first."""
        typed = tuple(
            (*lead.cells, box.toPlainText())
            for lead, box in zip(self._leads, self.boxes, strict=True)
            if box.toPlainText().strip()
        )
        return typed + self._others

    def set_read_only(self, on: bool) -> None:
        """Let nothing be changed."""
        self._read_only = on
        for box in self.boxes:
            box.setReadOnly(on)
