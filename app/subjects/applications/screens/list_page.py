"""申込の一覧 of one event: first come first, changed, withdrawn, and places without a name named."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.papers.screens.table_export import export_button
from app.subjects.applications.screens.row_columns import stamp
from app.subjects.applications.services.applications import ApplicationLine, ApplicationList
from app.widgets.buttons import Button, danger_button
from app.widgets.note_box import NoteBox
from app.widgets.record_columns import Cell, Column
from app.widgets.record_table import RecordTable
from app.window.desk import Desk


class ListPage(QWidget):
    """The applications of one event.

    Signals: ``change_asked(ApplicationLine)``; ``withdraw_asked(ApplicationLine)``; ``name_asked(ApplicationLine)``;
    ``typing_asked()``; ``file_asked()``.
    """

    change_asked = Signal(object)
    withdraw_asked = Signal(object)
    name_asked = Signal(object)
    typing_asked = Signal()
    file_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event_id = 0
        self._may_write = not desk.read_only
        self.problem = NoteBox(tone="amber")
        self.table = RecordTable(
            "applications",
            list_columns(desk.today()),
            title="申込の一覧",
            empty="まだ申込がありません。",
            empty_button="申込のファイルを取り込む",
            empty_act=self.file_asked.emit,
        )
        self.change = Button("直す", lambda: self._with_current(self.change_asked), low=False)
        self.name = Button("氏名を入れる", lambda: self._with_current(self.name_asked))
        self.withdraw = danger_button("取下げにする", lambda: self._with_current(self.withdraw_asked))
        self.typing = Button("電話の申込を入力する", self.typing_asked.emit, icon_name="phone")
        for button in (self.change, self.name, self.withdraw, self.typing):
            self.table.bar.addWidget(button)
        self.export = export_button(
            desk, self.table, title="申込の一覧", personal=True, event_id=lambda: self._event_id or None
        )
        self.table.foot.addWidget(self.export)
        self.table.opened.connect(self.change_asked)
        self.table.edit_asked.connect(lambda _row: self._with_current(self.change_asked))
        self.table.chosen.connect(lambda _row: self._offer())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.problem)
        column.addWidget(self.table, 1)
        self._offer()

    def show_list(self, found: ApplicationList) -> None:
        """Show the applications of an event."""
        self._event_id = found.event.id
        self.table.show_rows(found.rows)
        self._offer()

    def take_focus(self) -> None:
        """The list."""
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _with_current(self, signal: SignalInstance) -> None:
        row = self.table.current()
        if row is not None:
            signal.emit(row)

    def _offer(self) -> None:
        row = self.table.current() if self._may_write else None
        self.change.setEnabled(row is not None and not row.application.withdrawn)
        self.withdraw.setEnabled(row is not None and not row.application.withdrawn)
        self.name.setEnabled(row is not None and row.unnamed > 0)


def list_columns(today: date) -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(
            key="time",
            title="申込日時",
            show=lambda row: Cell(
                text=stamp(row.application.received_at, today), second=row.application.receipt_number
            ),
            sort=lambda row: row.application.received_at,
        ),
        Column(key="way", title="経路", show=lambda row: row.application.way or "—"),
        Column(
            key="organisation",
            title="団体",
            show=lambda row: Cell(
                text=row.organisation_name or "（団体名なし）",
                second=row.organisation.branch if row.organisation else "",
            ),
            widest=200,
        ),
        Column(
            key="name",
            title="氏名",
            show=lambda row: Cell(
                text=row.name or "（氏名なし）", second=row.person.furigana if row.person else row.application.furigana
            ),
            widest=180,
        ),
        Column(key="people", title="人数", show=_people, align="right", sort=lambda row: row.application.people),
        Column(key="device", title="端末", show=lambda row: row.entries[0].device or "—", needs=620),
        Column(key="phone", title="電話", show=lambda row: row.phone, needs=720),
        Column(key="state", title="状態", show=_state, stretch=True),
    )


def _people(row: ApplicationLine) -> Cell:
    count = sum(entry.state not in ("辞退", "落選") for entry in row.entries)
    return Cell(text=f"{count}人", second=f"氏名未定 {row.unnamed}" if row.unnamed else "")


def _state(row: ApplicationLine) -> Cell:
    first = row.entries[0]
    doubt = next((entry.doubtful for entry in row.entries if entry.doubtful), "")
    second = "取下げ" if row.application.withdrawn else ""
    if doubt:
        return Cell(text="確認が必要", badge="確認が必要", second=doubt)
    return Cell(text=first.state, second=second, tone="second" if row.application.withdrawn else "")
