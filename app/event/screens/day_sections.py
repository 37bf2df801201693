"""Sections 当日の進行 and 機材 of the 概要, and their editors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.common.display_words import left_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.agenda import (
    LENGTH_TOPIC,
    TimedItem,
    agenda_remarks,
    clock_times,
    default_agenda,
    minutes_of,
    total_minutes,
)
from app.event.rules.equipment import equipment_remarks
from app.event.screens.line_editor import LineColumn, LineEditor
from app.event.services.agenda import set_agenda
from app.event.services.equipment import set_equipment
from app.event.services.event_view import EventView
from app.widgets.buttons import Button, inline_button, link_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.labels import Paragraph, section, small_label, with_accessible_name
from app.widgets.layouts import add, in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window import theme as t
from db.fields import field_label
from db.record import RowsById
from db.records.events import AgendaItem, EquipmentItem

_NAMES = "氏名は受託者の配置表から"
_OWNERS = ("受託者", "区", "区・受託者")
_COLUMNS_OF_AGENDA = (
    LineColumn(key="minutes", title="分", width=52, number=True),
    LineColumn(key="title", title="内容"),
    LineColumn(key="form", title="形式", width=76),
    LineColumn(key="owner", title="担当", width=110, choices=_OWNERS),
    LineColumn(key="uses", title="使うもの", width=136),
)
_COLUMNS_OF_EQUIPMENT = (
    LineColumn(key="name", title="機材"),
    LineColumn(key="quantity", title="数", width=124),
    LineColumn(key="owner", title="用意", width=96, choices=("区", "受託者")),
    LineColumn(key="agreement", title="協議（日・番号）", width=126),
    LineColumn(key="note", title="メモ", width=170),
)
_CARRIED_FIELDS = ("name", "quantity", "owner", "agreement", "note", "checked_on", "checked_by")


class AgendaSection(QWidget):
    """Section with the timetable of an event.

    Signals: ``edit_asked()``: open the editor.
    """

    edit_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sum = small_label()
        self.edit_button = with_accessible_name(inline_button("直す", self.edit_asked.emit), "当日の進行を直す")
        self.remarks = NoteBox(tone="amber")
        self.agree = link_button(f"「{LENGTH_TOPIC}」の協議を記録する")
        self.table = FittedTable(
            "event-agenda",
            unsorted(
                Column("start", "開始", _start, width=62),
                Column("minutes", "分", _minutes, width=44, align="right"),
                Column("title", "内容", _content, stretch=True),
                Column("owner", field_label(AgendaItem, "owner"), lambda row: _owner(row.item), width=88),
            ),
            title="当日の進行",
            least_row=t.LOW_ROW,
            empty="当日の進行はまだありません。",
            empty_button="進行を作成する",
            empty_on_click=self.edit_asked.emit,
            names_people=False,
            on_edit=lambda _row: self.edit_asked.emit(),
            on_open=lambda _row: self.edit_asked.emit(),
        )
        _lay_out(self, "当日の進行", self._sum, self.edit_button, self.remarks, self.table, self.agree)

    def show_view(self, view: EventView) -> None:
        """Show an event's timetable with its sum and remarks.

        The button to record a 協議 about the length is shown only for a timetable whose length is not settled.
        """
        planned = minutes_of(view.event.end_time) - minutes_of(view.event.start_time)
        differs = bool(view.agenda) and total_minutes(row.item for row in view.agenda) != planned
        self._sum.setText(f"{view.agenda_words}　実施時間 {planned}分" if differs else f"{view.agenda_words}　{_NAMES}")
        self._sum.setProperty("role", "small" if view.length_settled or not differs else "warned")
        self._sum.setProperty("low", True)
        self._sum.style().unpolish(self._sum)
        self._sum.style().polish(self._sum)
        self.remarks.show_text("\n".join(view.agenda_remarks) if view.agenda else "")
        self.agree.setVisible(bool(view.agenda) and not view.length_settled)
        self.table.show_rows(view.agenda)


class AgendaDialog(SavingDialog):
    """Editor of the timetable of one event. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: EventView):
        super().__init__(parent, "当日の進行を直す", view.title, main="進行を保存する", width=880)
        self._event, self._agreed, self._kind = view.event, view.length_agreed, view.numbers
        self.sum = Paragraph()
        self.remarks = NoteBox(tone="amber", reserve=2)
        self.lines = LineEditor(
            _COLUMNS_OF_AGENDA,
            add_words="行を加える",
            new_line=lambda: {
                "minutes": 10,
                "title": "",
                "form": "",
                "owner": "受託者",
                "uses": "",
                "content": "",
                "id": 0,
            },
            first_title="開始",
        )
        self.put(
            self.sum,
            self.remarks,
            small_label("分を空にした行は、当日の前後（時刻なし）です。Alt+↑↓で行を動かします。"),
            self.lines,
            None,
        )
        self.put_button(Button("例の時間割に戻す", self._use_default, tall=True))
        self._known = {row.id: row.item for row in view.agenda}
        self.lines.show_lines([_line_of(row.item) for row in view.agenda])
        self.lines.changed.connect(self._show_total)
        self._show_total()

    def items(self) -> list[AgendaItem]:
        """Return the timetable as typed, in its order; a line of the stored timetable keeps its id."""
        fresh = AgendaItem(event_id=self._event.id, position=0, minutes=None, title="")
        return [
            replace(
                self._known.get(line.get("id", 0), fresh),
                position=number,
                minutes=line["minutes"],
                title=line["title"],
                form=line["form"],
                owner=line["owner"],
                uses=line["uses"],
                content=line.get("content", ""),
            )
            for number, line in enumerate(self.lines.lines())
        ]

    def _show_total(self) -> None:
        """Show the clock times of the lines, their sum, unreadable numbers, and the remarks on the timetable."""
        items = self.items()
        event = self._event
        timed = clock_times(event.start_time, items)
        self.lines.show_first_column([row.start or "前後" for row in timed])
        end = next((row.end for row in reversed(timed) if row.end), event.start_time)
        self.sum.show_text(f"合計 **{total_minutes(items)}分**　{event.start_time}–{end}　（実施時間 {event.hours}）")
        said = agenda_remarks(self._kind, items, event.start_time, event.end_time, agreed=self._agreed)
        self.remarks.show_text("\n".join((*self.lines.problems(), *said)))

    def _use_default(self) -> None:
        """Replace all typed lines by the default timetable of the kind; nothing is saved yet."""
        self.lines.show_lines([_line_of(replace(row, id=0)) for row in default_agenda(self._kind)])
        self._show_total()

    def _save(self) -> None:
        """Save the timetable; nothing while a number cannot be read."""
        if self.lines.problems():
            return
        self.run_action(set_agenda, event_id=self._event.id, items=self.items())


class EquipmentSection(QWidget):
    """Section with the equipment of an event.

    Signals:
        ``edit_asked()``: open the editor.
        ``check_asked(EquipmentItem)``: check or uncheck an item.
    """

    edit_asked = Signal()
    check_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._sum = small_label()
        self.edit_button = with_accessible_name(inline_button("直す", self.edit_asked.emit), "機材を直す")
        self.remarks = NoteBox(tone="amber")
        self.table = FittedTable(
            "event-equipment",
            unsorted(
                Column("name", "機材", _item_name, stretch=True),
                Column("quantity", "数", lambda item: item.quantity, width=88),
                Column("owner", "用意", _owner, width=64),
                Column("checked", "確認", _checked, width=62),
            ),
            title="機材　スペースで確認を付けます",
            least_row=t.LOW_ROW,
            empty="機材はまだありません。",
            empty_button="機材を加える",
            empty_on_click=self.edit_asked.emit,
            names_people=False,
            on_click=self._toggle_check,
            on_act=self.check_asked.emit,
            on_edit=lambda _item: self.edit_asked.emit(),
            on_open=lambda _item: self.edit_asked.emit(),
        )
        _lay_out(self, "機材", self._sum, self.edit_button, self.remarks, self.table)

    def show_view(self, view: EventView) -> None:
        """Show an event's equipment."""
        checked = sum(row.checked_on is not None for row in view.equipment)
        left = left_words(checked, len(view.equipment), finished="すべて確認")
        self._sum.setText(fill_nonempty("{}　「確認」を押すと付きます", left))
        self.remarks.show_text("\n".join(view.equipment_remarks))
        self.table.show_rows(view.equipment)

    def _toggle_check(self, item: EquipmentItem, key: str) -> None:
        if key == "checked":
            self.check_asked.emit(item)


class EquipmentDialog(SavingDialog):
    """Editor of the equipment of one event. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: EventView):
        super().__init__(parent, "機材を直す", view.title, main="機材を保存する", width=880)
        self._event, self._agreed, self._kind = view.event, view.equipment_agreed, view.numbers
        self.remarks = NoteBox(tone="amber", reserve=2)
        self.lines = LineEditor(
            _COLUMNS_OF_EQUIPMENT,
            add_words="機材を加える",
            new_line=lambda: {"name": "", "quantity": "1", "owner": "区", "agreement": "", "note": "", "id": 0},
        )
        words = "受託者が用意する機材は、あらかじめ協議します。協議の日や協議記録の番号を書いておきます。"
        self.put(self.remarks, small_label(words), self.lines, None)
        self._known = RowsById(view.equipment)
        self.lines.show_lines(
            [{"id": item.id} | {key: getattr(item, key) for key in _CARRIED_FIELDS} for item in view.equipment]
        )
        self.lines.changed.connect(self._show_remarks)
        self._show_remarks()

    def items(self) -> list[EquipmentItem]:
        """Return the equipment as typed; checked items stay checked."""
        return [self._item(number, line) for number, line in enumerate(self.lines.lines())]

    def _item(self, number: int, line: dict[str, Any]) -> EquipmentItem:
        fresh = EquipmentItem(event_id=self._event.id, position=0, name="")
        typed = {key: line[key] for key in _CARRIED_FIELDS if key in line}
        return replace(self._known.get(line.get("id")) or fresh, **typed, position=number)

    def _show_remarks(self) -> None:
        self.remarks.show_text(
            "\n".join(equipment_remarks(self._kind, self.items(), self._event.network, agreed=self._agreed))
        )

    def _save(self) -> None:
        self.run_action(set_equipment, event_id=self._event.id, items=self.items())


def _lay_out(
    owner: QWidget,
    title: str,
    words: QWidget,
    button: QWidget,
    remarks: QWidget,
    table: QWidget,
    link: QWidget | None = None,
) -> None:
    column = in_column(owner=owner, spacing=6)
    head = widget_row(section(title))
    add(head, (words, 1), button)
    add(column, head, table, remarks)
    if link is not None:
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    column.addStretch(1)


def _start(line: TimedItem) -> Cell:
    return Cell(line.start or "前後", strong=bool(line.start), tone="" if line.start else "second")


def _minutes(line: TimedItem) -> Cell:
    return Cell("" if line.item.minutes is None else str(line.item.minutes))


def _content(line: TimedItem) -> Cell:
    item = line.item
    return Cell(item.title, tip=join_nonempty(item.form, item.uses, item.content))


def _owner(line: AgendaItem | EquipmentItem) -> Cell:
    ward = line.owner == "区"
    return Cell(line.owner, strong=ward, tone="" if ward else "second")


def _item_name(item: EquipmentItem) -> Cell:
    """Return the cell of an item with what was agreed on it and its note."""
    agreed = fill_nonempty("協議 {}", item.agreement)
    return Cell(item.name, join_nonempty(agreed, item.note))


def _checked(item: EquipmentItem) -> Cell:
    if item.checked_on is None:
        return Cell("未", icon="circle", tone="second", tip="まだ確認していません。押すと確認済みになります。")
    return Cell("済", icon="check-circle-fill", tone="green", tip=f"確認済み {item.checked_by}")


def _line_of(row: AgendaItem) -> dict[str, Any]:
    keys = ("id", "minutes", "title", "form", "owner", "uses", "content")
    return {key: getattr(row, key) for key in keys}
