"""目的を選んで出力: first the purpose, then whose data leave, then the list as it leaves and the ledger with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QCheckBox, QRadioButton, QWidget

from app.papers.screens.leaving_dialog import SaveDialog
from app.papers.services.list_export import name_list
from app.subjects.events.event.parts.event_picker import EventPicker
from app.subjects.settings.takeouts.parts.takeouts_panel import (
    follow_medium,
    show_takeout,
    takeout_fields,
    typed_takeout,
)
from app.subjects.settings.takeouts.rules import PURPOSES, ExportPurpose
from app.subjects.settings.takeouts.services.purpose_export import (
    PurposeSheet,
    blank_takeout,
    export_for_purpose,
    read_purpose,
)
from app.widgets.buttons import link_button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.labels import heading, section, wrapped_label
from app.widgets.layouts import add, fold, in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Column
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import Screen, page, row, scrolling
from app.window import theme as t
from app.window.desk import Desk, acting

_LEFT = 470
# The widest list has eleven columns; beside the form it needs this much of a window.
_SIDE_BY_SIDE = 1600
_WIDE = ("団体", "項目")
_NARROW = {"No": 40, "班": 40, "席": 56}
_PERSONAL = "個人情報を含む一覧です。暗号化して保存することをおすすめします。"


class PurposeExportScreen(Screen):
    """The export of one event's list. Signals: none. ``open_with(event_id=…, purpose=…)``."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._sheet: PurposeSheet | None = None
        self._purpose = PURPOSES[0]
        self.picker = EventPicker(desk)
        self.choices = {one.name: QRadioButton(one.name) for one in PURPOSES}
        self.takes = NoteBox(tone="amber")
        self.never = wrapped_label("", "small")
        self.leaves = QCheckBox("庁舎の外へ持ち出す（持出し管理簿に記入します）")
        self.form = Form(takeout_fields(contents=False), desk.fiscal_year, near=desk.today(), label_width=144)
        self.count = wrapped_label("", "small")
        self.export = main_button("", self.ask_where, icon_name="export")
        self._table: FittedTable | None = None
        self._build()
        self.picker.chosen.connect(lambda _event_id: self._read())
        self.leaves.toggled.connect(lambda _on: self._follow())
        self.form.changed.connect(lambda key: self._follow_medium() if key == "medium" else None)

    def _build(self) -> None:
        column = page(self)
        back = link_button("持出し管理簿", lambda: self.desk.back_to("takeouts", event_id=self.picker.event_id))
        title = QWidget()
        title.setLayout(row(heading("目的を選んで出力"), spacing=16))
        column.addWidget(FlowRow(title, self.picker, back, spacing=16, at_end=1))
        left = QWidget()
        self._left = left
        first = in_column(owner=left, spacing=12)
        self.ledger = Panel("持出し管理簿の行", note="出力と同時に記入します")
        self.ledger.put(self.form)
        for part in (self._purposes(), self.takes, self.never, self.leaves, self.ledger):
            first.addWidget(part)
        first.addStretch(1)
        right = QWidget()
        self._holder = in_column(None)
        in_column(section("出力する一覧"), (self._holder, 1), owner=right)
        inside = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._across.setContentsMargins(0, 0, 8, 0)
        self._across.setSpacing(24)
        self._across.addWidget(left)
        self._across.addWidget(right, 1)
        column.addWidget(scrolling(inside), 1)
        foot = row()
        add(foot, (self.count, 1), self.export)
        column.addLayout(foot)

    def _purposes(self) -> QWidget:
        panel = Panel("目的")
        group = QButtonGroup(self)
        for one in PURPOSES:
            choice = self.choices[one.name]
            choice.setAccessibleDescription(one.why)
            choice.clicked.connect(partial(self.choose, one))
            group.addButton(choice)
            line = row(choice, spacing=12)
            line.addWidget(wrapped_label(one.why, "second"), 1)
            choice.setMinimumWidth(t.scaled(120))
            panel.put(line)
        panel.body.setSpacing(2)
        return panel

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one under the other."""
        super().resizeEvent(event)
        wide = t.unscaled(self.window().width()) >= _SIDE_BY_SIDE
        fold(self._across, not wide)
        self._left.setMaximumWidth(t.scaled(_LEFT) if wide else t.NO_LIMIT)

    def open_with(self, *, event_id: int | None = None, purpose: str = "", **_more: Any) -> None:
        """Take the event, and the purpose where one is named."""
        wanted = next((one for one in PURPOSES if one.name == purpose), None)
        if wanted is not None:
            self._purpose = wanted
        if event_id is not None:
            self.picker.choose(event_id)

    def view_state(self) -> dict[str, Any]:
        """The event and the purpose."""
        return {"event_id": self.picker.event_id or None, "purpose": self._purpose.name}

    def reload(self) -> None:
        """Read the events, then the list."""
        self.picker.reload()
        self._read()

    def choose(self, purpose: ExportPurpose, *_signal: object) -> None:
        """Show what leaves for another purpose."""
        self._purpose = purpose
        self._sheet = None
        self._read()

    def _read(self) -> None:
        if self.picker.event_id:
            self.fetch(self._show, read_purpose, event_id=self.picker.event_id, purpose=self._purpose.name)

    def _show(self, sheet: PurposeSheet) -> None:
        if sheet.purpose != self._purpose or sheet == self._sheet:
            return
        fresh = self._sheet is None or self._sheet.event_title != sheet.event_title
        self._sheet = sheet
        purpose = sheet.purpose
        self.choices[purpose.name].setChecked(True)
        self.takes.say(
            f"**{sheet.words}分の{'・'.join(purpose.takes)}を出力します。**　使い終わったら廃棄してください。"
            if purpose.personal
            else "個人情報は入りません。",
            tone="amber" if purpose.personal else "accent",
        )
        self.never.setText(purpose.never)
        self.leaves.setVisible(purpose.personal)
        if fresh:
            self.leaves.setChecked(purpose.personal and purpose.leaves)
            self._fill(sheet)
        self._show_table(sheet)
        self.count.setText(f"{sheet.title}　{len(sheet.rows)}行　出力したことは記録に残ります。")
        self.export.setEnabled(bool(sheet.rows) and not self.desk.read_only)
        self._follow()

    def _fill(self, sheet: PurposeSheet) -> None:
        now = self.desk.now()
        row_ = blank_takeout(sheet, taken_by=self.desk.user_name, now=now)
        show_takeout(self.form, row_)
        self._follow_medium()

    def _show_table(self, sheet: PurposeSheet) -> None:
        if self._table is not None and self._table.view.accessibleName() == sheet.title:
            self._table.show_rows(sheet.rows)
            return
        if self._table is not None:
            self._holder.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        columns = tuple(
            Column(
                str(number),
                words,
                _cell(number),
                sortable=False,
                stretch=words in _WIDE,
                width=_NARROW.get(words, 0),
            )
            for number, words in enumerate(sheet.columns)
        )
        # The page scrolls as a whole: a list with a bar of its own would catch the wheel.
        self._table = FittedTable(
            f"purpose-{sheet.purpose.name}", columns, title=sheet.title, empty="名簿に参加者がいません。"
        )
        self._holder.insertWidget(0, self._table)
        self._table.show_rows(sheet.rows)

    def _follow(self) -> None:
        goes = self.leaves.isChecked() and self._purpose.personal
        self.ledger.setVisible(goes)
        self.export.set_words("出力して管理簿に記入する" if goes else "Excelに出力する")

    def _follow_medium(self) -> None:
        follow_medium(self.form)

    def ask_where(self) -> None:
        """Ask where to save, once the ledger is complete."""
        sheet = self._sheet
        if sheet is None:
            return
        goes = self.leaves.isChecked() and sheet.purpose.personal
        if goes and not self.form.check_all():
            return
        self.fetch(
            partial(self._save, sheet, goes),
            name_list,
            title=sheet.title,
            event_id=self.picker.event_id,
            now=self.desk.now(),
        )

    def _save(self, sheet: PurposeSheet, goes: bool, stem: str) -> None:
        blank = blank_takeout(sheet, taken_by=self.desk.user_name, now=self.desk.now())
        takeout = typed_takeout(self.form, blank) if goes else None
        SaveDialog(
            self.desk,
            "Excelに出力",
            sheet.title,
            stem=stem,
            ending=".xlsx",
            personal=_PERSONAL if sheet.purpose.personal else "",
            change=lambda leaving: acting(
                self.desk,
                export_for_purpose,
                event_id=self.picker.event_id or 0,
                purpose=sheet.purpose.name,
                takeout=takeout,
                **leaving,
            ),
            told=self.takes.words(),
            parent=self.window(),
        ).open()


def _cell(number: int) -> Callable[[Any], str]:
    return lambda texts: str(texts[number])
