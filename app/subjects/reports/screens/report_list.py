"""All events with their reports: whose turn it is, until when, and the button that goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.papers.screens.table_export import export_button
from app.subjects.reports.screens.report_words import BADGES
from app.subjects.reports.services.report_board import AHEAD, CHECKING, DONE, WAITING, WARD, ReportRow
from app.widgets.labels import heading, label
from app.widgets.record_columns import Cell, Column, RowAction, SheetPart
from app.widgets.record_table import RecordTable
from app.widgets.screen import page, row
from app.window.desk import Desk


class ReportList(QWidget):
    """The list.

    Signals: ``opened(ReportRow)`` Enter, double click; ``acted(ReportRow)`` the button of a row; ``add_asked()``.
    """

    opened = Signal(object)
    acted = Signal(object)
    add_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first_to_check = 0
        self.summary = label("", "second", wrap=True)
        self.table = RecordTable(
            "reports",
            (
                Column(
                    key="state", title="状態", show=_state, sort=lambda row: row.state, width=124,
                    parts=(SheetPart(title="状態", show=lambda row: BADGES[row.state][1]),),
                ),
                Column(
                    key="event", title="実施回", show=_event, sort=lambda row: row.event_date or date.max, stretch=True,
                    parts=(
                        SheetPart(title="種別", show=lambda row: row.kind),
                        SheetPart(title="実施回", show=lambda row: row.named_event),
                        SheetPart(title="実施日", show=lambda row: row.date_words),
                    ),
                ),
                Column(
                    key="due", title="期限（暦どおり）と根拠", show=_due, sort=lambda row: row.due or date.max, width=236,
                    parts=(
                        SheetPart(title="期限（暦どおり）", show=lambda row: row.due_words),
                        SheetPart(title="根拠", show=lambda row: row.basis_words),
                    ),
                ),
                Column(
                    key="left", title="残り", show=_left, sort=lambda row: row.due or date.max, width=128,
                    parts=(
                        SheetPart(title="残り", show=lambda row: row.left_words),
                        SheetPart(title="残り（開庁日）・修正版", show=lambda row: row.left_basis),
                    ),
                ),
                Column(
                    key="received", title="受領", show=_received, width=150, narrow=False,
                    parts=(
                        SheetPart(title="受領", show=lambda row: row.received_words.partition("　")[0]),
                        SheetPart(title="受領の方法・版", show=lambda row: row.received_words.partition("　")[2]),
                    ),
                ),
                Column(key="form", title="様式", show=_form, width=120, narrow=False),
            ),
            title="実施報告書の一覧",
            empty="この年度の実施回は、まだありません。実施回を追加すると、報告書の期限が根拠と一緒に出ます。",
            empty_button="事業・日程を開く",
            empty_act=self.add_asked.emit,
            action=self._action,
            group=lambda row: row.group,
            search=lambda row: f"{row.named_event}{row.state}{row.kind}",
            hint="Enter で開きます。受領すると、提出の期限は閉じます。",
        )  # fmt: skip
        self.table.foot.addWidget(export_button(desk, self.table, title="実施報告書の一覧"))
        self.table.opened.connect(self.opened)
        self.table.acted.connect(self.acted)
        column = page(self)
        head = row(heading("報告書"), 8)
        head.addWidget(self.summary, 1)
        column.addLayout(head)
        column.addWidget(self.table, 1)

    def show_rows(self, rows: Sequence[ReportRow]) -> None:
        """Show the events."""
        self._first_to_check = next((row.id for row in rows if row.state == CHECKING), 0)
        self.table.show_rows(rows)
        counts = {group: sum(row.group == group for row in rows) for group in (WARD, WAITING, AHEAD, DONE)}
        late = sum(row.overdue for row in rows)
        words = "　".join(f"{group} {count}" for group, count in counts.items() if count)
        self.summary.setText(words + (f"　うち期限超過 {late}" if late else ""))

    def _action(self, row: ReportRow) -> RowAction:
        return RowAction(text=row.action, main=row.id == self._first_to_check)


def _state(row: ReportRow) -> Cell:
    kind, words = ("期限超過", "期限超過") if row.overdue else BADGES[row.state]
    second = BADGES[row.state][1] if row.overdue else ""
    return Cell(badge=kind, text=words, second=second)


def _event(row: ReportRow) -> Cell:
    second = "　".join(part for part in (row.year_words, row.date_words) if part)
    return Cell(text=row.event_title, strong=True, second=second, kind=row.kind)


def _due(row: ReportRow) -> Cell:
    tip = row.task.basis if row.task else ""
    return Cell(text=row.due_words, date=row.due is not None, second=row.basis_words, tip=tip)


def _left(row: ReportRow) -> Cell:
    late = row.overdue or row.left_words == "期限後"
    done = row.left_words == "期限内"
    return Cell(
        text=row.left_words, strong=late, tone="red" if late else "green" if done else "", second=row.left_basis
    )


def _received(row: ReportRow) -> Cell:
    first, _, rest = row.received_words.partition("　")
    return Cell(text=first or "—", second=rest)


def _form(row: ReportRow) -> Cell:
    first, _, rest = row.form_words.partition("　")
    return Cell(text=first or "—", second=rest)
