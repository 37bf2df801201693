"""Screen 区の年中行事: the ward's own days of a year with their owners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date, short_date_or
from app.documents.screens.document_view import show_year_document
from app.documents.screens.export_button import export_button
from app.events.schedules.documents import WALL_PLAN_KIND as WALL_PLAN
from app.events.schedules.rules import ACCOUNTS_ROW_ID
from app.events.schedules.services import (
    WardCalendar,
    add_usual_ward_days,
    finish_ward_day,
    read_ward_days,
    remove_ward_day,
    reopen_ward_day,
    save_ward_day,
)
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, small_label
from app.widgets.layouts import add
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, ExportColumn, Tone, unsorted
from app.widgets.screen import Screen, disable_when_read_only, page_title, widget_row
from app.window.app_context import AppContext, bind_action
from db.fields import field_label
from db.records.schedules import WardDay


def ward_day_columns(today: date) -> tuple[Column, ...]:
    """Return the columns 日, 行事, 担当, 根拠, 状態."""
    return unsorted(
        Column("day", "日", lambda one: Cell(short_date(one.day, today), strong=one.done_on is None), width=110),
        Column(
            "title",
            field_label(WardDay, "title"),
            lambda one: Cell(one.title, strong=one.done_on is None),
            stretch=True,
            width=200,
        ),
        Column("owner", field_label(WardDay, "owner"), lambda one: Cell(one.owner or "—"), width=130),
        Column(
            "basis",
            field_label(WardDay, "basis"),
            lambda one: Cell(one.basis or "目安日", tone="second"),
            stretch=True,
            width=160,
            min_list_width=560,
        ),
        Column(
            "state",
            "状態",
            lambda one: _state(one, today),
            width=120,
            export_parts=(
                ExportColumn(field_label(WardDay, "done_on"), lambda one: short_date_or("", one.done_on, today)),
            ),
        ),
    )


def _state(ward_day: WardDay, today: date) -> Cell:
    """Return the cell of how many days are left, or of the day on which it was done."""
    if ward_day.done_on is not None:
        return Cell(short_date(ward_day.done_on, today), badge="済")
    left = (ward_day.day - today).days
    tone: Tone = "amber" if left < 0 else ""
    words = "本日" if left == 0 else f"あと{left}日" if left > 0 else f"目安日から{-left}日"
    return Cell(words, tone=tone, strong=left <= 0)


class WardDayDialog(FormDialog):
    """Dialog for one day of the ward. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, ward_day: WardDay):
        super().__init__(
            parent,
            "行事を直す" if ward_day.id else "行事を加える",
            ward_day.title,
            fields=(
                record_field(WardDay, "title", placeholder="予算要求 部への提出"),
                Field("day", "日", "date", width=120, hint="10/23、R9.4.20 など"),
                record_field(WardDay, "owner", width=200, hint="区の中のだれの仕事か"),
                record_field(WardDay, "basis", placeholder="財政課の通知 R8.9.1"),
            ),
            values=vars(ward_day) if ward_day.id else vars(ward_day) | {"day": None},
            change=lambda typed: bind_action(save_ward_day, ward_day=replace(ward_day, **typed)),
            width=600,
            label_width=96,
        )
        self.form.go_to("day" if ward_day.id else "title")


class WardDaysScreen(Screen):
    """Screen with the ward's own days. Signals: none. ``open_with(ward_day_id=…)`` selects that row."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._wanted: int | None = None
        self._shown: WardCalendar | None = None
        self.summary = label("", "second")
        self.table = FittedTable(
            "ward-days",
            ward_day_columns(app_context.today()),
            title="区の年中行事",
            empty="この年度の行事は、まだありません。例の行を入れると、日付を直すだけで始められます。",
            names_people=False,
            on_edit=self.edit,
            on_open=self.edit,
            on_choose=self._update_buttons,
        )
        self.done_button = Button("済にする", self.finish, icon_name="check")
        self.edit_button = Button("直す", self.edit, icon_name="pencil-simple")
        self.remove_button = Button("消す", self.remove, icon_name="trash")
        self.usual_button = Button("例の行を入れる", self.add_usual)
        self.print_button = Button("年間計画を印刷", self.print_plan, icon_name="printer")
        self.add_button = main_button("行事を加える", self.add, icon_name="plus")
        self.bar = ActionBar(app_context)
        self.bar.put(
            self.add_button,
            self.done_button,
            self.edit_button,
            self.print_button,
            self.usual_button,
            self.remove_button,
        )
        column = page_above(self.bar, self, scrolls=True)
        add(column, page_title(app_context, "区の年中行事", "events", self.summary), self.table)
        self.setFocusProxy(self.table)
        self.unknown = QWidget()
        self.unknown.setLayout(
            widget_row(
                label("会計の締切は、まだ入力されていません。", "small"),
                link_button("契約を開く", self._open_contract),
                None,
            )
        )
        column.addWidget(self.unknown)
        foot = widget_row()
        add(
            foot,
            (
                small_label(
                    "区が自分で決める日です。契約上の期限ではありません。済にするまで、ホームに目安日として出ます。"
                ),
                1,
            ),
            export_button(app_context, self.table, title="区の年中行事"),
        )
        add(column, foot, None)
        disable_when_read_only(app_context, self.add_button, self.usual_button)
        self._update_buttons(None)

    def open_with(self, *, ward_day_id: int | None = None, **_more: Any) -> None:
        """Note the row to select once the days are read."""
        self._wanted = ward_day_id

    def reload(self) -> None:
        """Read the days of the year of the window."""
        self.run_read(self._show, read_ward_days, fiscal_year=self.fiscal_year)

    def add(self) -> None:
        """Open the dialog for a new day."""
        if self._shown is not None and self.may_write:
            blank = WardDay(programme_id=self._shown.programme_id, title="", day=self.today)
            dialog = WardDayDialog(self, blank)
            dialog.saved_result.connect(self._select_saved)
            dialog.open()

    def edit(self) -> None:
        """Edit the selected day; 会計の締切 is edited in the contract."""
        one = self._chosen_day()
        if one is not None and one.id == ACCOUNTS_ROW_ID:
            self._open_contract()
        elif one is not None and self.may_write:
            WardDayDialog(self, one).open()

    def finish(self) -> None:
        """Record the chosen day as done, or as open again."""
        one = self._chosen_day()
        if one is not None and self.may_write:
            service = finish_ward_day if one.done_on is None else reopen_ward_day
            self.run_action(service, ward_day_id=one.id)

    def remove(self) -> None:
        """Delete the selected day."""
        one = self._chosen_day()
        if one is not None and self.may_write:
            self.run_action(remove_ward_day, ward_day_id=one.id)

    def add_usual(self) -> None:
        """Add those usual rows that the year lacks, with example dates."""
        self.run_action(add_usual_ward_days, fiscal_year=self.fiscal_year)

    def print_plan(self) -> None:
        """Show the 年間計画 of the year."""
        show_year_document(self, WALL_PLAN)

    def _open_contract(self) -> None:
        self.go("settings", page="contract")

    def _select_saved(self, saved: Any) -> None:
        self._wanted = saved.id

    def _chosen_day(self) -> WardDay | None:
        found = self.table.current()
        return found if isinstance(found, WardDay) else None

    def _show(self, ward_calendar: WardCalendar) -> None:
        """Show the days of the ward, and select the wanted one; if none is selected yet, the first open one."""
        self._shown = ward_calendar
        self.table.show_rows(ward_calendar.rows)
        self.unknown.setVisible(not ward_calendar.has_accounts_day)
        self.summary.setText(
            f"{ward_calendar.year_text}　未了 {ward_calendar.open_count}件・済 "
            f"{len(ward_calendar.rows) - ward_calendar.open_count}件"
        )
        first = next((one.id for one in ward_calendar.rows if one.done_on is None), 0)
        wanted, self._wanted = self._wanted, None
        if wanted is not None or self.table.current() is None:
            self.table.choose(lambda one: one.id == (wanted or first), take_focus=wanted is not None)
        self._update_buttons(self.table.current())

    def _update_buttons(self, chosen: object) -> None:
        """Enable what can be done with the chosen day."""
        one = chosen if isinstance(chosen, WardDay) else None
        may = one is not None and self.may_write
        self.done_button.set_words("未了に戻す" if one is not None and one.done_on is not None else "済にする")
        own = may and one is not None and one.id != ACCOUNTS_ROW_ID
        self.edit_button.set_words("契約を開く" if one is not None and one.id == ACCOUNTS_ROW_ID else "直す")
        self.edit_button.setEnabled(may)
        for button in (self.done_button, self.remove_button):
            button.setEnabled(own)
