"""列の対応: which column of the file holds what, which sheet, and which event each wish means."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.importing.column_maps import NOT_TAKEN
from app.subjects.applications.intake.application_fields import APPLICATION_FIELDS, DROPPED
from app.subjects.applications.services.application_preview import ApplicationPreview, MappedColumn, WishChoice
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import row, scrolling
from app.window import theme as t
from db.records.events import Event

_OPEN = -1
_MOST_COLUMNS = 120


class MappingPage(QWidget):
    """The second step. Signals: ``sheet_chosen(str)``; ``changed()`` a column or a wish was set otherwise."""

    sheet_chosen = Signal(str)
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = NoteBox(tone="amber")
        self.sheets = ChoiceBox()
        self.sheets.setAccessibleName("表のあるシート")
        self.sheets.activated.connect(lambda _n: self.sheet_chosen.emit(str(self.sheets.currentData() or "")))
        self.fields: dict[int, ChoiceBox] = {}
        self.wishes: dict[str, ChoiceBox] = {}
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)
        self._inside: QWidget | None = None
        holder = QWidget()
        holder.setLayout(self._column)
        self._column.addWidget(self.problem)
        self._sheet_line = QWidget()
        self._sheet_line.setLayout(row(label("シート", "strong"), self.sheets, None))
        self._column.addWidget(self._sheet_line)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(holder))

    def show_preview(self, preview: ApplicationPreview) -> None:
        """Show the columns and wishes of a file."""
        self.problem.say(f"**{preview.needs_columns}。**下の表で選んでください。" if preview.needs_columns else "")
        self.sheets.clear()
        for name in preview.sheets:
            self.sheets.addItem(name, name)
        self.sheets.setCurrentIndex(self.sheets.findData(preview.sheet))
        self._sheet_line.setVisible(len(preview.sheets) > 1)
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.wishes = {}
        if preview.event is None and preview.wishes:
            column.addWidget(self._wish_panel(preview.wishes, preview.events))
        column.addWidget(self._column_panel(preview.columns))
        column.addStretch(1)
        self._column.addWidget(self._inside, 1)

    def chosen_columns(self) -> dict[int, str]:
        """Column number to field as chosen now; "" = not taken."""
        return {index: str(box.currentData() or "") for index, box in self.fields.items()}

    def chosen_wishes(self) -> dict[str, int]:
        """Each wish that was decided, to its event; ``NOT_TAKEN`` = none."""
        found = {text: int(box.currentData()) for text, box in self.wishes.items() if box.currentData() is not None}
        return {text: event_id for text, event_id in found.items() if event_id != _OPEN}

    def take_focus(self) -> None:
        """The first choice that is open, else the first one."""
        boxes = [*self.wishes.values(), *self.fields.values()]
        wanted = next((box for box in boxes if box.currentData() in (_OPEN, "")), boxes[0] if boxes else None)
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def _column_panel(self, columns: Sequence[MappedColumn]) -> Panel:
        panel = Panel("列の対応", note="左がファイルの列、右が取り込む項目です")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(1, t.scaled(240))
        grid.setColumnStretch(3, 1)
        for place, words in enumerate(("ファイルの列", "1件目の内容", "取り込む項目")):
            grid.addWidget(label(words, "small"), 0, place)
        self.fields = {}
        for line, one in enumerate(columns[:_MOST_COLUMNS], start=1):
            grid.addWidget(label(one.heading, "strong", wrap=True), line, 0)
            grid.addWidget(label(one.sample if one.field != DROPPED else "", "second", wrap=True), line, 1)
            box = _field_box(one)
            box.activated.connect(lambda _n: self.changed.emit())
            self.fields[one.index] = box
            grid.addWidget(box, line, 2)
        panel.body.addLayout(grid)
        if len(columns) > _MOST_COLUMNS:
            panel.put(label(f"ほかに{len(columns) - _MOST_COLUMNS}列あります。取り込みません。", "small"))
        return panel

    def _wish_panel(self, wishes: Sequence[WishChoice], events: Sequence[Event]) -> Panel:
        panel = Panel(
            "希望と実施回", note="ファイルの希望が、どの実施回か。つぎに同じ様式のファイルを取り込むときも使います"
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        for line, one in enumerate(wishes):
            grid.addWidget(label(one.text, "strong", wrap=True), line, 0)
            grid.addWidget(label(f"{one.count}件", "second"), line, 1)
            box = _wish_box(one, events)
            box.activated.connect(lambda _n: self.changed.emit())
            self.wishes[one.text] = box
            grid.addWidget(box, line, 2)
        panel.body.addLayout(grid)
        return panel


def _field_box(column: MappedColumn) -> ChoiceBox:
    box = ChoiceBox()
    box.setAccessibleName(f"「{column.heading}」の取り込む項目")
    box.addItem("取り込まない", "")
    for field, words in APPLICATION_FIELDS.items():
        box.addItem(words, field)
    if column.field == DROPPED:
        # What the programme does not need cannot be chosen back in.
        box.clear()
        box.addItem("読み込まない（要らない個人情報）", DROPPED)
        box.setEnabled(False)
    box.setCurrentIndex(max(0, box.findData(column.field)))
    return box


def _wish_box(wish: WishChoice, events: Sequence[Event]) -> ChoiceBox:
    box = ChoiceBox()
    box.setAccessibleName(f"「{wish.text}」の実施回")
    if wish.event_id is None:
        box.addItem("選んでください", _OPEN)
    likely = [event for event in events if event.id in wish.candidates]
    others = [event for event in events if event not in likely and event.status != "中止"]
    for event in [*likely, *others]:
        day = short_date(event.event_date) if event.event_date else "日程未定"
        box.addItem(f"{day}　{event.full_title}", event.id)
    box.addItem("取り込まない", NOT_TAKEN)
    box.setCurrentIndex(0 if wish.event_id is None else max(0, box.findData(wish.event_id)))
    return box
