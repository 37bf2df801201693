"""閉庁日: the days of the ward's own beside weekends, national holidays and the turn of the year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.calendar.dates import long_date
from app.programme.services.programme import add_closed_day, read_programme, remove_closed_day
from app.programme.services.programme_view import ProgrammeView
from app.saved import Saved
from app.subjects.settings.screens.doors import SettingsDoors
from app.subjects.settings.screens.settings_page import SettingsPage
from app.widgets.buttons import Button
from app.widgets.fitted_table import FittedTable
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.panel import Panel
from app.widgets.record_columns import Column, RowAction
from app.widgets.screen import row
from app.window.desk import Desk, with_store
from db.records.programme import ClosedDay

_FIELDS = (
    Field(key="day", label="日付", kind="date", width=120, placeholder="9/28"),
    Field(key="reason", label="理由", width=300, placeholder="庁舎の設備点検"),
)


class ClosedDaysPage(SettingsPage):
    """The page. Signals: none."""

    def __init__(self, desk: Desk, doors: SettingsDoors) -> None:
        super().__init__(
            desk,
            doors,
            "閉庁日",
            "土曜・日曜、国民の祝日・休日、12月29日から1月3日は、はじめから閉庁日として数えています。"
            "ここには、それ以外の閉庁日を加えます。",
        )
        columns = (
            Column(key="day", title="日付", show=lambda one: long_date(one.day), sort=lambda one: one.day),
            Column(key="reason", title="理由", show=lambda one: one.reason, stretch=True),
        )
        self.list = FittedTable(
            "closed_days",
            columns,
            title="加えた閉庁日",
            empty="加えた閉庁日はありません。",
            sort="day",
            unit="日",
            action=lambda _one: None if desk.read_only else RowAction(text="閉庁日から除く"),
        )
        self.list.acted.connect(self._remove)
        self.list.delete_asked.connect(self._remove_all)
        self.body.addWidget(self.list)
        panel = Panel("閉庁日を加える")
        self.form = Form(_FIELDS, fiscal_year=desk.fiscal_year)
        panel.put(self.form)
        self.add = Button("加える", self._add, icon_name="plus")
        panel.body.addLayout(row(None, self.add))
        self.body.addWidget(panel)
        self.set_changeable(panel)

    def reload(self) -> None:
        """Read the days."""
        self.desk.read(read_programme, self._show)

    def _show(self, view: ProgrammeView) -> None:
        self.list.show_rows(view.closed_days)

    def _add(self) -> None:
        if self.form.check_all():
            self.problem.say("")
            typed: dict[str, Any] = self.form.values()
            self.desk.write(
                with_store(add_closed_day, day=typed["day"], reason=typed["reason"].strip(), **self.desk.signed),
                self._added,
                failed=self.refuse,
                owner=self,
            )

    def _added(self, _saved: Saved) -> None:
        self.form.set_values({"day": None, "reason": ""})
        self.form.go_to("day")

    def _remove(self, day: ClosedDay) -> None:
        if self.desk.read_only:
            return
        self.problem.say("")
        self.desk.write(
            with_store(remove_closed_day, closed_day_id=day.id, **self.desk.signed), failed=self.refuse, owner=self
        )

    def _remove_all(self, days: Sequence[ClosedDay]) -> None:
        for day in days:
            self._remove(day)
