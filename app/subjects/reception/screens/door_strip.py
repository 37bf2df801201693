"""The numbers of the door in one line, where the window is too narrow for a column beside the list."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.reception.screens.count_bar import CountBar
from app.subjects.reception.services.reception import Reception
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label


class DoorStrip(QWidget):
    """The same numbers in one line. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.came = label("", "h2")
        self.bar = CountBar(10)
        self.rest = label("")
        self.lent = label("", "second")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(FlowRow(self.came, self.bar, self.rest, self.lent, spacing=16))

    def show_reception(self, door: Reception) -> None:
        """Show the numbers as they stand."""
        self.came.setText(f"受付済 {len(door.received)} / {door.expected}人")
        self.bar.show_share(len(door.received), door.expected)
        self.rest.setText(f"未受付 {len(door.waiting)}　うち当日受付 {door.walk_ins}　欠席の連絡 {door.told_absent}")
        self.lent.setText(f"貸与 渡した {door.tablets.out}・未渡し {door.tablets.waiting}" if has_tablets(door) else "")


def has_tablets(door: Reception) -> bool:
    """Whether anything is lent today."""
    return bool(door.tablets.needed or door.tablets.spare)


def tablet_words(door: Reception) -> str:
    """「6台＋予備2台」."""
    return f"{door.tablets.needed}台" + (f"＋予備{door.tablets.spare}台" if door.tablets.spare else "")
