"""当日の進行 and 機材 as they stand, each with the button that opens its editor."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.events.services.event_view import AgendaRow, EventView
from app.widgets.buttons import Button
from app.widgets.fitted_table import FittedTable
from app.widgets.labels import label, section
from app.widgets.note_box import NoteBox
from app.widgets.record_columns import Cell, Column
from app.widgets.screen import row
from db.records.events import EquipmentItem


class AgendaSection(QWidget):
    """The timetable. Signals: ``edit_asked()``."""

    edit_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sum = label("", "small", wrap=True)
        self.edit_button = Button("直す", self.edit_asked.emit, low=True)
        self.edit_button.setAccessibleName("当日の進行を直す")
        self.remarks = NoteBox(tone="amber")
        self.table = FittedTable(
            "event-agenda",
            (
                Column(key="start", title="開始", show=_start, width=62, sortable=False),
                Column(key="minutes", title="分", show=_minutes, width=44, align="right", sortable=False),
                Column(key="title", title="内容", show=_content, stretch=True, sortable=False),
                Column(key="owner", title="担当", show=_owner, width=88, sortable=False),
            ),
            title="当日の進行",
            empty="当日の進行はまだありません。",
            empty_button="進行を作成する",
            empty_act=self.edit_asked.emit,
        )
        self.table.opened.connect(lambda _row: self.edit_asked.emit())
        self.table.edit_asked.connect(lambda _row: self.edit_asked.emit())
        _lay_out(self, "当日の進行", self._sum, self.edit_button, self.remarks, self.table)

    def show_view(self, view: EventView) -> None:
        """Show an event's timetable."""
        self._sum.setText(f"{view.agenda_words}　氏名は受託者の配置表から")
        self.remarks.say("\n".join(view.agenda_remarks) if view.agenda else "")
        self.table.show_rows(view.agenda)


class EquipmentSection(QWidget):
    """The equipment. Signals: ``edit_asked()``; ``check_asked(EquipmentItem)`` the tick of a line."""

    edit_asked = Signal()
    check_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sum = label("", "small", wrap=True)
        self.edit_button = Button("直す", self.edit_asked.emit, low=True)
        self.edit_button.setAccessibleName("機材を直す")
        self.remarks = NoteBox(tone="amber")
        self.table = FittedTable(
            "event-equipment",
            (
                Column(key="name", title="機材", show=_thing, stretch=True, sortable=False),
                Column(key="quantity", title="数", show=lambda item: item.quantity, width=88, sortable=False),
                Column(key="owner", title="用意", show=_owner, width=64, sortable=False),
                Column(key="checked", title="確認", show=_checked, width=62, sortable=False),
            ),
            title="機材　スペースで確認を付けます",
            empty="機材はまだありません。",
            empty_button="機材を加える",
            empty_act=self.edit_asked.emit,
        )
        self.table.opened.connect(lambda _item: self.edit_asked.emit())
        self.table.edit_asked.connect(lambda _item: self.edit_asked.emit())
        self.table.acted.connect(self.check_asked)
        self.table.view.clicked.connect(self._press)
        _lay_out(self, "機材", self._sum, self.edit_button, self.remarks, self.table)

    def show_view(self, view: EventView) -> None:
        """Show an event's equipment."""
        self._sum.setText(f"{view.equipment_checked} / {len(view.equipment)} 確認　「確認」を押すと付きます")
        self.remarks.say("\n".join(view.equipment_remarks))
        self.table.show_rows(view.equipment)

    def _press(self, index: QModelIndex) -> None:
        if self.table.model.columns[index.column()].key == "checked":
            item = self.table.model.record(index.row())
            if item is not None:
                self.check_asked.emit(item)


def _lay_out(owner: QWidget, title: str, words: QWidget, button: QWidget, remarks: QWidget, table: QWidget) -> None:
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    head = row(section(title))
    head.addWidget(words, 1)
    head.addWidget(button)
    column.addLayout(head)
    column.addWidget(table)
    column.addWidget(remarks)
    column.addStretch(1)


def _start(line: AgendaRow) -> Cell:
    return Cell(text=line.start or "前後", strong=bool(line.start), tone="" if line.start else "second")


def _minutes(line: AgendaRow) -> Cell:
    return Cell(text="" if line.minutes is None else str(line.minutes))


def _content(line: AgendaRow) -> Cell:
    return Cell(text=line.title, aside="　".join(part for part in (line.form, line.uses, line.content) if part))


def _owner(line: AgendaRow | EquipmentItem) -> Cell:
    ward = line.owner == "区"
    return Cell(text=line.owner, strong=ward, tone="" if ward else "second")


def _thing(item: EquipmentItem) -> Cell:
    agreed = f"協議 {item.agreement}" if item.agreement else ""
    return Cell(text=item.name, second="　".join(part for part in (agreed, item.note) if part))


def _checked(item: EquipmentItem) -> Cell:
    if item.checked_on is None:
        return Cell(icon="circle", text="未", tone="second", tip="まだ確認していません。押すと確認済みになります。")
    return Cell(icon="check-circle-fill", text="済", tone="green", tip=f"確認済み {item.checked_by}")
