"""One section of the details: a heading with its count, the link that adds to it, and the list under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.widgets.buttons import link_button
from app.widgets.fitted_table import FittedTable
from app.widgets.labels import label
from app.widgets.record_columns import Column


class DetailSection(QWidget):
    """A heading and a list that is as tall as its rows.

    Signals: none of its own; ``table`` has those of a list (Enter and F2 change, Insert adds, Delete takes away).
    """

    def __init__(
        self,
        name: str,
        title: str,
        columns: Sequence[Column],
        *,
        empty: str,
        add: str = "",
        on_add: Callable[[], object] | None = None,
        unit: str = "件",
        head: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._unit = unit
        self.heading = label(title, "strong")
        self.table = FittedTable(f"organisations/{name}", columns, title=title, empty=empty, head=head, unit=unit)
        self.add = link_button(add, on_add)
        self.add.setAccessibleName(f"{title}　{add}")
        self.add.setVisible(bool(add))
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self.heading)
        line.addWidget(self.add)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.table)

    def show_rows(self, rows: Sequence[Any], *, may_write: bool) -> None:
        """Show the rows with their count in the heading."""
        self.heading.setText(f"{self._title}　{len(rows)}{self._unit}" if rows else self._title)
        self.add.setVisible(bool(self.add.text()) and may_write)
        self.table.show_rows(rows)
