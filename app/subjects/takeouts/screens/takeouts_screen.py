"""持出し管理簿: what is outside stands first, the return is one button away, nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from app.papers.screens.table_export import export_button
from app.subjects.takeouts.screens.cancel_dialog import CancelTakeoutDialog
from app.subjects.takeouts.screens.note_dialog import TakeoutDialog
from app.subjects.takeouts.screens.return_dialog import ReturnDialog
from app.subjects.takeouts.screens.takeout_columns import row_action, takeout_columns
from app.subjects.takeouts.services.takeouts import TakeoutList, TakeoutRow, is_day_file, list_takeouts
from app.widgets.buttons import Button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, label
from app.widgets.record_table import RecordTable
from app.widgets.screen import Screen, only_for_writing, page, row
from app.window import theme as t
from app.window.desk import Desk, with_store

_BASIS = "特記事項18(2)の8項目です。行は消さずに残り、誤りは「取消」にします。"


class TakeOut(Protocol):
    """Takes an event out as a 当日持出しファイル; ``event_id`` None asks first which."""

    def __call__(self, desk: Desk, owner: QWidget, *, event_id: int | None) -> None:
        """Ask what is needed, and write the file."""


class BringBack(Protocol):
    """Brings a 当日持出しファイル back; ``by_hand`` notes a return without one."""

    def __call__(self, desk: Desk, owner: QWidget, *, subject: str, by_hand: Callable[[], object]) -> None:
        """Ask for the file, and show what it brings."""


class TakeoutsScreen(Screen):
    """The ledger. Signals: none. ``arrive(event_id=…)`` narrows it to one event until the box is cleared.

    ``take_out`` and ``bring_back`` are the two ways of a 当日持出しファイル through the office.
    """

    def __init__(self, desk: Desk, *, take_out: TakeOut, bring_back: BringBack, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._event_id: int | None = None
        self._take_out = take_out
        self._bring_back = bring_back
        self.open_count = label("", "second")
        self.only = QCheckBox("この実施回だけ")
        self.only.toggled.connect(lambda _on: self.reload())
        self.purpose = Button("目的を選んで出力", self._go_to_export, icon_name="export")
        self.cancel = Button("取消にする", self.cancel_row, kind="danger", low=True)
        self.day_file = Button("当日持出しファイルを作る", self.take_day_file, icon_name="lock-key")
        self.add_button = main_button("持出しを記入", self.add, icon_name="plus")
        self.table = RecordTable(
            "takeouts", takeout_columns(desk.today()), title="持出し管理簿", action=row_action,
            empty="持ち出した記録は、まだありません。", empty_button="持出しを記入する", empty_act=self.add,
            hint=_BASIS, tint=lambda one: t.AMBER_BOX if one.state == "返却予定を過ぎています" else "",
        )  # fmt: skip
        column = page(self)
        title = QWidget()
        title.setLayout(row(heading("持出し管理簿"), self.open_count, self.only, spacing=16))
        acts = QWidget()
        acts.setLayout(row(self.purpose, self.day_file, self.add_button))
        column.addWidget(FlowRow(title, acts, at_end=1))
        self.table.foot.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignTop)
        export = export_button(
            desk, self.table, title="持出し管理簿", personal=True, event_id=self._narrowed,
            narrowed=lambda: "この実施回" if self._narrowed() else "",
        )  # fmt: skip
        self.table.foot.addWidget(export, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.table, 1)
        self.table.acted.connect(self.give_back)
        self.table.opened.connect(self.give_back)
        self.table.chosen.connect(self._offer)
        self._offer(None)
        only_for_writing(desk, self.add_button, self.day_file)

    def arrive(self, *, event_id: int | None = None, **_more: Any) -> None:
        """Show the rows of one event, or all."""
        self._event_id = event_id
        self.only.blockSignals(True)
        self.only.setChecked(event_id is not None)
        self.only.blockSignals(False)

    def reload(self) -> None:
        """Read the ledger."""
        self.only.setVisible(self._event_id is not None)
        self.purpose.setVisible(self._event_id is not None)
        self.desk.read(with_store(list_takeouts, now=self.desk.now(), event_id=self._narrowed()), self._show)

    def add(self) -> None:
        """Open the form of a new row."""
        if not self.desk.read_only:
            TakeoutDialog(self.desk, event_id=self._event_id, parent=self).open()

    def give_back(self, chosen: TakeoutRow | None) -> None:
        """Ask for the return of a row that is still outside."""
        if chosen is None or not chosen.open or self.desk.read_only:
            return
        if is_day_file(chosen.takeout):
            self._bring_back(self.desk, self, subject=chosen.event_title, by_hand=lambda: self.note_return(chosen))
        else:
            self.note_return(chosen)

    def note_return(self, chosen: TakeoutRow) -> None:
        """Ask what came back, when, and who checked it."""
        ReturnDialog(self.desk, chosen, self).open()

    def take_day_file(self) -> None:
        """Take one event out as a 当日持出しファイル."""
        self._take_out(self.desk, self, event_id=self._event_id)

    def cancel_row(self) -> None:
        """Ask why the row at hand is wrong."""
        chosen = self.table.current()
        if isinstance(chosen, TakeoutRow):
            CancelTakeoutDialog(self.desk, chosen, self).open()

    def _narrowed(self) -> int | None:
        return self._event_id if self.only.isChecked() else None

    def _show(self, found: TakeoutList) -> None:
        self.table.show_rows(found.rows)
        self.open_count.setText(f"未返却 {found.open}件" if found.open else "未返却はありません")
        self._offer(self.table.current())

    def _offer(self, chosen: object) -> None:
        may = isinstance(chosen, TakeoutRow) and not chosen.takeout.cancelled
        self.cancel.setEnabled(may and not self.desk.read_only)

    def _go_to_export(self) -> None:
        self.desk.go("purpose_export", event_id=self._event_id)
