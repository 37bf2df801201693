"""年度の期日: every due date that belongs to the year and to no event, with its basis; closed and moved by hand here."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.main_window.ways import way_to
from app.papers.screens.table_export import export_button
from app.subjects.events.parts.deadline_basis import basis_in_full, explain
from app.subjects.events.parts.override_dialog import OverrideDialog
from app.subjects.events.rules.guides import INVOICE
from app.subjects.events.services.year_dates import (
    YearDates,
    YearDue,
    read_year_dates,
    remove_invoice_return,
    remove_year_override,
    reopen_year_task,
)
from app.subjects.year.screens.close_dialog import CloseYearTaskDialog
from app.subjects.year.screens.return_dialog import ReturnDialog
from app.subjects.year.screens.year_columns import DATES, year_columns
from app.widgets.buttons import Button, link_button
from app.widgets.fitted_table import FittedTable
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, label
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, row, scrolled_page
from app.window import theme as t
from app.window.desk import Desk, with_store

_HINT = "日付を押すと計算の道すじが出ます。区の目標は契約上の期限ではありません。"


class YearScreen(Screen):
    """The due dates of the year. Signals: none. ``arrive(task=…, programme_id=…)`` stands on that row of that year."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted = ""
        self._programme_id: int | None = None
        self.summary = label("", "second")
        self.table = FittedTable(
            "year-dates", year_columns(desk.today()), title="年度の期日", empty="この年度の期日は、まだありません。",
            tint=lambda one: t.AMBER_BOX if one.task.open and one.task.announced is not None else "",
        )  # fmt: skip
        self.note = NoteBox(tone="quiet")
        self.close_button = Button("済にする", self.close_task, icon_name="check")
        self.move_button = Button("日付を変える", self.change_date, icon_name="calendar")
        self.back_button = Button("元に戻す", self.take_back, icon_name="arrow-u-up-left")
        self.return_button = Button("返戻・再受領", self.return_invoice, icon_name="arrows-left-right")
        self.buttons = (self.close_button, self.move_button, self.back_button)
        column = scrolled_page(self)
        where = QWidget()
        where.setLayout(
            row(link_button("事業・日程", lambda: desk.go("events")), label("›", "small"), heading("年度の期日"),
                self.summary, spacing=10)
        )  # fmt: skip
        column.addWidget(FlowRow(where, self.return_button, *self.buttons, at_end=4))
        column.addWidget(self.table)
        column.addWidget(self.note)
        foot = row()
        foot.addWidget(label(_HINT, "small", wrap=True), 1)
        foot.addWidget(export_button(desk, self.table, title="年度の期日"))
        column.addLayout(foot)
        column.addStretch(1)
        self.table.chosen.connect(self._tell)
        self.table.opened.connect(self._follow)
        self.table.edit_asked.connect(lambda _one: self.change_date())
        self.table.view.clicked.connect(self._explain)
        desk.year_changed.connect(lambda _year: self.arrive())
        self._tell(None)

    def arrive(self, *, task: str = "", programme_id: int | None = None, **_more: Any) -> None:
        """Stand on one due date of a year; without a year that of the window is shown."""
        self._wanted, self._programme_id = task, programme_id

    def reload(self) -> None:
        """Read the due dates as they stand today."""
        shown = None if self._programme_id is not None else self.desk.fiscal_year
        self.desk.read(
            with_store(read_year_dates, today=self.desk.today(), fiscal_year=shown, programme_id=self._programme_id),
            self._show,
        )

    def close_task(self) -> None:
        """Ask for the day and the reason."""
        chosen = self._chosen()
        if chosen is not None and chosen.task.open and chosen.returns:
            self.return_invoice()
        elif chosen is not None and chosen.task.open and not self.desk.read_only:
            CloseYearTaskDialog(self.desk, chosen, self).open()

    def return_invoice(self) -> None:
        """Ask when the 請求書 was returned for a fault, why, and when it came back."""
        chosen = self._chosen()
        if chosen is not None and _may_return(chosen) and not self.desk.read_only:
            ReturnDialog(self.desk, chosen, self).open()

    def change_date(self) -> None:
        """Ask for another date."""
        chosen = self._chosen()
        if chosen is not None and chosen.task.open and not self.desk.read_only:
            OverrideDialog(self.desk, chosen.task, self).open()

    def take_back(self) -> None:
        """Take back what was done by hand: a 返戻, then that it is done, otherwise the date."""
        chosen = self._chosen()
        if chosen is not None and chosen.returns and not self.desk.read_only:
            self.desk.write(
                with_store(remove_invoice_return, programme_id=chosen.task.programme_id or 0, **self.desk.signed),
                owner=self,
            )
        elif chosen is not None and not self.desk.read_only:
            service = reopen_year_task if chosen.closing is not None else remove_year_override
            self.desk.write(
                with_store(
                    service, programme_id=chosen.task.programme_id or 0, task=chosen.task.task, **self.desk.signed
                ),
                owner=self,
            )

    def _chosen(self) -> YearDue | None:
        found = self.table.current()
        return found if isinstance(found, YearDue) else None

    def _show(self, found: YearDates) -> None:
        self.table.show_rows(found.rows)
        done = len(found.rows) - found.open_count
        self.summary.setText(f"{found.words}　未了 {found.open_count}件・済 {done}件")
        first = next((one.id for one in found.rows if one.task.open), "")
        wanted, self._wanted = self._wanted, ""
        if wanted or self.table.current() is None:
            self.table.choose(lambda one: one.id == (wanted or first), take_focus=bool(wanted))
        self._tell(self.table.current())

    def _tell(self, chosen: object) -> None:
        one = chosen if isinstance(chosen, YearDue) else None
        may = one is not None and not self.desk.read_only
        self.close_button.setEnabled(may and one is not None and one.task.open)
        self.move_button.setEnabled(may and one is not None and one.task.open)
        self.return_button.setVisible(one is not None and _may_return(one))
        self.return_button.setEnabled(may)
        by_hand = one is not None and (
            one.closing is not None or bool(one.returns) or (one.task.open and one.task.override is not None)
        )
        self.back_button.setEnabled(may and by_hand)
        self.note.say(_words(one, self.desk) if one is not None else "")

    def _follow(self, chosen: YearDue) -> None:
        way = way_to(chosen.task.asked)
        if way.place == "year":
            self.close_task()
        else:
            self.desk.go(way.place, **way.arguments)

    def _explain(self, index: QModelIndex) -> None:
        one = self.table.model.record(index.row())
        if isinstance(one, YearDue) and self.table.model.columns[index.column()].key in DATES:
            explain(one.task, self)


def _may_return(one: YearDue) -> bool:
    """Only what came in can be returned."""
    return one.task.task == INVOICE and (one.closing is not None or bool(one.returns))


def _words(one: YearDue, desk: Desk) -> str:
    """The chosen row in full: its date, its basis, and by whom it was closed."""
    task = one.task
    day = task.provisional or (short_date(task.due, desk.today()) if task.due else "")
    lines = [f"**{task.label}　{day}**", basis_in_full(task), *task.warnings]
    if one.closing is not None:
        on = short_date(one.closing.closed_on, desk.today())
        lines.append(f"{on} に済（{one.closing.by}）　理由：{one.closing.reason}")
    lines += [each.words(desk.today()) for each in one.returns]
    return "\n".join(line for line in lines if line)
