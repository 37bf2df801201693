"""区の年中行事: the ward's own days of a year with whose they are; kept, put right and closed here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.papers.screens.export_button import export_button
from app.papers.screens.paper_view import PaperDialog
from app.papers.services.paper_scope import PaperScope
from app.subjects.events.schedules.papers.wall_plan import KIND as WALL_PLAN
from app.subjects.events.schedules.rules.ward_days import ACCOUNTS_ROW
from app.subjects.events.schedules.services.ward_days import (
    WardCalendar,
    add_usual_ward_days,
    finish_ward_day,
    read_ward_days,
    remove_ward_day,
    reopen_ward_day,
    save_ward_day,
)
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import heading, label, wrapped_label
from app.widgets.layouts import add
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, SheetPart, Tone, unsorted
from app.widgets.screen import Screen, only_for_writing, row, scrolled_page
from app.window.desk import Desk
from db.records.schedules import WardDay

_HINT = "区が自分で決める日です。契約上の期限ではありません。済にするまで、ホームに目安日として出ます。"

_UNKNOWN = "会計の締切は、まだ入力されていません。"


def ward_day_columns(today: date) -> tuple[Column, ...]:
    """日, 行事, 担当, 根拠, 状態."""
    return unsorted(
        Column("day", "日", lambda one: Cell(short_date(one.day, today), strong=one.done_on is None), width=110),
        Column("title", "行事", lambda one: Cell(one.title, strong=one.done_on is None), stretch=True, width=200),
        Column("owner", "担当", lambda one: Cell(one.owner or "—"), width=130),
        Column(
            "basis",
            "根拠",
            lambda one: Cell(one.basis or "目安日", tone="second"),
            stretch=True,
            width=160,
            needs=560,
        ),
        Column(
            "state",
            "状態",
            lambda one: _state(one, today),
            width=120,
            parts=(SheetPart("済んだ日", lambda one: short_date(one.done_on, today) if one.done_on else ""),),
        ),
    )


def _state(one: WardDay, today: date) -> Cell:
    if one.done_on is not None:
        return Cell(short_date(one.done_on, today), badge="済")
    left = (one.day - today).days
    tone: Tone = "amber" if left < 0 else ""
    words = "本日" if left == 0 else f"あと{left}日" if left > 0 else f"目安日から{-left}日"
    return Cell(words, tone=tone, strong=left <= 0)


class WardDayDialog(SavingDialog):
    """One day of the ward. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, one: WardDay, parent: QWidget) -> None:
        title = "行事を直す" if one.id else "行事を加える"
        super().__init__(desk, title, one.title, main="保存する", width=600, parent=parent)
        self._one = one
        self.form = Form(
            (
                Field("title", "行事", placeholder="予算要求 部への提出"),
                Field("day", "日", "date", width=120, hint="10/23、R9.4.20 など"),
                Field("owner", "担当", width=200, hint="区の中のだれの仕事か"),
                Field("basis", "根拠", optional=True, placeholder="財政課の通知 R8.9.1"),
            ),
            desk.fiscal_year,
            label_width=96,
        )
        self.form.set_values(
            {"title": one.title, "day": one.day if one.id else None, "owner": one.owner, "basis": one.basis}
        )
        self.put(self.form, None)
        self.form.go_to("day" if one.id else "title")

    def _save(self) -> None:
        if self.form.check_all():
            one = replace(self._one, **self.form.values())
            self.do(save_ward_day, ward_day=one)


class WardDaysScreen(Screen):
    """The ward's own days. Signals: none. ``open_with(ward_day_id=…)`` stands on that row."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted: int | None = None
        self._shown: WardCalendar | None = None
        self.summary = label("", "second")
        self.table = FittedTable(
            "ward-days",
            ward_day_columns(desk.today()),
            title="区の年中行事",
            empty="この年度の行事は、まだありません。例の行を入れると、日付を直すだけで始められます。",
        )
        self.done_button = Button("済にする", self.finish, icon_name="check")
        self.edit_button = Button("直す", self.edit, icon_name="pencil-simple")
        self.remove_button = Button("消す", self.remove, icon_name="trash")
        self.usual_button = Button("例の行を入れる", self.add_usual)
        self.print_button = Button("年間計画を印刷", self.print_plan, icon_name="printer")
        self.add_button = main_button("行事を加える", self.add, icon_name="plus")
        column = scrolled_page(self)
        where = QWidget()
        where.setLayout(
            row(
                link_button("事業", lambda: desk.back_to("events")),
                label("›", "small"),
                heading("区の年中行事"),
                self.summary,
                spacing=10,
            )
        )
        add(column, FlowRow(where, self.print_button, self.usual_button, self.add_button, at_end=3), self.table)
        self.setFocusProxy(self.table)
        column.addWidget(FlowRow(self.done_button, self.edit_button, self.remove_button))
        self.unknown = QWidget()
        self.unknown.setLayout(
            row(label(_UNKNOWN, "small"), link_button("契約を開く", self._to_contract), None, spacing=8)
        )
        column.addWidget(self.unknown)
        foot = row()
        add(foot, (wrapped_label(_HINT, "small"), 1), export_button(desk, self.table, title="区の年中行事"))
        add(column, foot, None)
        self.table.chosen.connect(self._tell)
        self.table.opened.connect(lambda _one: self.edit())
        self.table.edit_asked.connect(lambda _one: self.edit())
        only_for_writing(desk, self.add_button, self.usual_button)
        self._tell(None)

    def open_with(self, *, ward_day_id: int | None = None, **_more: Any) -> None:
        """Stand on one row."""
        self._wanted = ward_day_id

    def reload(self) -> None:
        """Read the days of the year of the window."""
        self.fetch(self._show, read_ward_days, fiscal_year=self.desk.fiscal_year)

    def add(self) -> None:
        """Ask for a further day."""
        if self._shown is not None and not self.desk.read_only:
            blank = WardDay(programme_id=self._shown.programme_id, title="", day=self.desk.today())
            dialog = WardDayDialog(self.desk, blank, self)
            dialog.stored.connect(self._stand_at)
            dialog.open()

    def edit(self) -> None:
        """Put the chosen day right; 会計の締切 is put right in the contract."""
        one = self._chosen()
        if one is not None and one.id == ACCOUNTS_ROW:
            self._to_contract()
        elif one is not None and not self.desk.read_only:
            WardDayDialog(self.desk, one, self).open()

    def finish(self) -> None:
        """Note that it is done, or open it again."""
        one = self._chosen()
        if one is not None and not self.desk.read_only:
            service = finish_ward_day if one.done_on is None else reopen_ward_day
            self.do(service, ward_day_id=one.id)

    def remove(self) -> None:
        """Take the chosen day away."""
        one = self._chosen()
        if one is not None and not self.desk.read_only:
            self.do(remove_ward_day, ward_day_id=one.id)

    def add_usual(self) -> None:
        """Put in the usual rows."""
        self.do(add_usual_ward_days, fiscal_year=self.desk.fiscal_year)

    def print_plan(self) -> None:
        """Show the 年間計画 of the year."""
        scope = PaperScope(fiscal_year=self.desk.fiscal_year, as_of=self.desk.today())
        PaperDialog(self.desk, scope=scope, kind=WALL_PLAN, parent=self).open()

    def _to_contract(self) -> None:
        self.desk.go("settings", page="contract")

    def _stand_at(self, saved: Any) -> None:
        self._wanted = saved.id

    def _chosen(self) -> WardDay | None:
        found = self.table.current()
        return found if isinstance(found, WardDay) else None

    def _show(self, found: WardCalendar) -> None:
        self._shown = found
        self.table.show_rows(found.rows)
        self.unknown.setVisible(not found.accounts)
        self.summary.setText(f"{found.words}　未了 {found.open_count}件・済 {len(found.rows) - found.open_count}件")
        first = next((one.id for one in found.rows if one.done_on is None), 0)
        wanted, self._wanted = self._wanted, None
        if wanted is not None or self.table.current() is None:
            self.table.choose(lambda one: one.id == (wanted or first), take_focus=wanted is not None)
        self._tell(self.table.current())

    def _tell(self, chosen: object) -> None:
        one = chosen if isinstance(chosen, WardDay) else None
        may = one is not None and not self.desk.read_only
        self.done_button.set_words("未了に戻す" if one is not None and one.done_on is not None else "済にする")
        own = may and one is not None and one.id != ACCOUNTS_ROW
        self.edit_button.set_words("契約を開く" if one is not None and one.id == ACCOUNTS_ROW else "直す")
        self.edit_button.setEnabled(may)
        for button in (self.done_button, self.remove_button):
            button.setEnabled(own)
