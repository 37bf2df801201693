"""前回 → 今回 → 増減: what was told beside what stands now, changed lines bold."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.subjects.headcount.services.headcount_view import CountDifference
from app.widgets.labels import label, rule


class DifferenceTable(QWidget):
    """The numbers of two notices. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._rows: tuple[CountDifference, ...] = ()

    def show_differences(self, rows: Sequence[CountDifference]) -> None:
        """Show these lines; none hides the table."""
        self.setVisible(bool(rows))
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for column, title in enumerate(("項目", "前回", "今回", "増減")):
            self._put(0, column, title, "small")
        self._grid.addWidget(rule(), 1, 0, 1, 4)
        for number, row in enumerate(self._rows, start=2):
            changed = row.changed
            texts = (row.item, f"{row.previous}{row.unit}", f"{row.now}{row.unit}", row.change)
            for column, text in enumerate(texts):
                self._put(number, column, text, "strong" if changed else "small" if column == 3 else "body")

    def plain(self) -> list[tuple[str, int, int, str]]:
        """The lines shown, for reading aloud and for tests."""
        return [(row.item, row.previous, row.now, row.change) for row in self._rows]

    def _put(self, row: int, column: int, text: str, role: str) -> None:
        made = label(text, role, wrap=column == 0)  # type: ignore[arg-type]
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(made, row, column)
