"""Screen 日程の比較: candidate dates of all events in one table, several 案, and a button to apply one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QWidget

from app.documents.screens.document_view import show_year_document
from app.events.schedules.documents import COMPARISON_KIND
from app.events.schedules.screens.compare_dialogs import CandidateDialog, PlanDialog, PlanNameDialog
from app.events.schedules.screens.compare_rows import CompareRows
from app.events.schedules.screens.week_strip import LEGEND, LOAD_FILLS, Swatch, WeekStrip
from app.events.schedules.services import (
    PlanComparison,
    apply_plan,
    as_typed_text,
    plan_words,
    read_comparison,
    remove_plan,
    save_candidate,
    start_plan,
)
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, inline_button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.keys import on_key
from app.widgets.labels import label, section
from app.widgets.layouts import add, in_row
from app.widgets.lists.segments import Segment
from app.widgets.panel import EmptyState
from app.widgets.screen import Screen, disable_when_read_only, page_title, widget_row
from app.widgets.tab_order import OneStop
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, with_store
from db.records.schedules import ScheduleCandidate, SchedulePlan


class PlanSwitch(QWidget):
    """Switch between the 案 of the year. Signals: ``chosen(int)`` its id."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("案を選ぶ")
        self._line = in_row(owner=self, spacing=0)
        self._group = QButtonGroup(self)
        self._one_stop = OneStop(self, chooses=True)
        self._known: tuple[str, ...] = ()
        self._group.idClicked.connect(self.chosen.emit)

    def show_plans(self, plans: Sequence[SchedulePlan], current: SchedulePlan | None) -> None:
        """Show the 案 and which one is current."""
        words = tuple(plan_words(one) for one in plans)
        if words != self._known or [one.id for one in plans] != [
            self._group.id(each) for each in self._group.buttons()
        ]:
            self._known = words
            self._one_stop.clear()
            for button in self._group.buttons():
                self._group.removeButton(button)
                self._line.removeWidget(button)
                button.hide()
                button.deleteLater()
            for place, one in enumerate(plans):
                made = Segment(words[place], counted=False)
                self._group.addButton(made, one.id)
                self._one_stop.add(made)
                self._line.addWidget(made)
                made.show()
        for each in self._group.buttons():
            each.setChecked(current is not None and self._group.id(each) == current.id)


class CompareScreen(Screen):
    """Screen 日程の比較. Signals: none. ``open_with(plan_id=…)`` shows that 案, else the newest."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.found: PlanComparison | None = None
        self._plan_id: int | None = None
        self.switch = PlanSwitch()
        self.only_differing = QCheckBox("違いだけ")
        self.state = label("", "small")
        self.rows = CompareRows()
        self.strip = WeekStrip()
        self.nothing = EmptyState(
            "日程の案は、まだありません。案は、実施回にするまで何も変えません。", "案を作る", self.start_first_plan
        )
        # Shown when it is known, not while reading.
        self.nothing.hide()
        self.plan_button = inline_button("案を加える", self.add_plan)
        self.name_button = inline_button("案の名前", self.rename)
        self.remove_button = inline_button("案を消す", self.remove, danger=True)
        self.add_button = Button("候補を足す", self.add, icon_name="plus")
        self.print_button = Button("協議の資料を印刷", self.print_document, icon_name="printer")
        self.apply_button = main_button("実施回にする", self.apply)
        self.bar = ActionBar(app_context)
        self.bar.put(self.apply_button, self.add_button, self.print_button)
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out the head, the rows and the weeks."""
        column = page_above(self.bar, self, spacing=8, scrolls=True)
        column.addWidget(page_title(self.app_context, "日程の比較", "events", self.switch))
        of_plan = (self.plan_button, self.name_button, self.remove_button)
        add(
            column,
            FlowRow(self.only_differing, self.state, *of_plan, spacing=12, at_end=len(of_plan)),
            self.nothing,
            self.rows,
        )
        self.legend = FlowRow(
            section("週ごとの件数"),
            *(self._swatch(fill, words, lined=fill == t.PAGE) for fill, words in zip(LOAD_FILLS, LEGEND, strict=True)),
            self._swatch(t.CLOSED_DAY, "平日に閉庁日がある週"),
            label("月曜の日付。棒の1こま＝1件", "small"),
            spacing=14,
        )
        add(column, self.legend, self.strip, None)

    @staticmethod
    def _swatch(fill: str, words: str, *, lined: bool = False) -> QWidget:
        made = QWidget()
        made.setLayout(widget_row(Swatch(fill, lined=lined), label(words, "small"), spacing=6))
        return made

    def _connect(self) -> None:
        self.switch.chosen.connect(self._show_plan)
        self.only_differing.toggled.connect(lambda _on: list(self._fill()))
        self.rows.date_typed.connect(self._save_typed_date)
        self.rows.day_chosen.connect(self._use_suggested_day)
        self.rows.edit_asked.connect(self._edit)
        disable_when_read_only(
            self.app_context, self.plan_button, self.add_button, self.name_button, self.remove_button
        )
        self.app_context.lock_changed.connect(self._update_write_state)
        on_key(self, "Ctrl+N", self.add)
        self.app_context.year_changed.connect(self._on_year_changed)

    def _on_year_changed(self, _year: int) -> None:
        self.open_with()

    def open_with(self, *, plan_id: int | None = None, **_more: Any) -> None:
        """Set the 案 that the next ``reload`` shows; None = the newest of the year."""
        self._plan_id = plan_id

    def view_state(self) -> dict[str, Any]:
        """Return the shown 案."""
        return {"plan_id": self._plan_id}

    def reload(self) -> None:
        """Read the 案 and the consequences of its dates."""
        self.app_context.read(
            with_store(
                read_comparison,
                today=self.today,
                fiscal_year=self.fiscal_year,
                plan_id=self._plan_id,
            ),
            self._show,
            on_failed=self._show_newest_plan,
        )

    def _show_newest_plan(self, problem: Exception) -> None:
        """Show the newest 案 if a chosen one could not be read; without a chosen one show the failure."""
        if self._plan_id is None:
            self.app_context.show_failure(problem)
            return
        self._plan_id = None
        self.reload()

    def _show(self, comparison: PlanComparison) -> Iterator[None]:
        """Show the comparison in several turns of the event loop."""
        self.found = comparison
        there = comparison.plan is not None
        self.nothing.setVisible(not there)
        for part in (self.switch, self.rows, self.legend, self.strip, self.bar, self.name_button, self.remove_button):
            part.setVisible(there)
        self.only_differing.setVisible(comparison.other_plan is not None)
        self.add_button.setEnabled(there and self.may_write)
        self.print_button.setEnabled(there)
        self.switch.show_plans(comparison.plans, comparison.plan)
        if comparison.other_plan is not None:
            self.only_differing.setText(
                f"案{comparison.other_plan.ordinal}との違いだけ（{len(comparison.differing_lines)}件）"
            )
        self.state.setText(_state_words(comparison))
        self._update_write_state()
        yield from self._fill()

    def _fill(self) -> Iterator[None]:
        """Show weeks and counts, then fill the rows in several turns of the event loop."""
        found = self.found
        if found is None or found.plan is None:
            return
        lines = (
            found.differing_lines if self.only_differing.isChecked() and found.other_plan is not None else found.lines
        )
        self.strip.show_weeks(found.weeks, self.today)
        parts = [found.counts_text]
        if found.correction_count:
            parts.append(f"**直すところ {found.correction_count}**")
        if found.check_count:
            parts.append(f"**確かめるところ {found.check_count}**")
        self.bar.show_words(f"{'・'.join(parts)}。期間の外でも理由と協議があれば使えます。")
        self.apply_button.set_words(f"{found.ready_count}件を実施回にする" if found.ready_count else "実施回にする")
        yield from self.rows.show_comparison(found, lines, self.today)

    def _update_write_state(self) -> None:
        """Enable the rows and the button that applies the 案 only while writing is allowed."""
        self.rows.set_read_only(self.app_context.read_only)
        self.apply_button.setEnabled(self.found is not None and self.found.ready_count > 0 and self.may_write)

    # typing

    def _candidate(self, candidate_id: int) -> ScheduleCandidate | None:
        lines = self.found.lines if self.found is not None else ()
        return next((one.candidate for one in lines if one.id == candidate_id), None)

    def _save_typed_date(self, candidate_id: int, typed: str) -> None:
        one = self._candidate(candidate_id)
        if one is not None and self.may_write:
            change = bind_action(save_candidate, candidate=replace(one, typed=typed))
            self.run_change(change)

    def _use_suggested_day(self, candidate_id: int, day: object) -> None:
        if isinstance(day, date) and self.found is not None:
            self._save_typed_date(candidate_id, as_typed_text(day, self.found.fiscal_year))

    def _edit(self, candidate_id: int) -> None:
        found = self.found
        line = next((one for one in found.lines if one.id == candidate_id), None) if found is not None else None
        if found is not None and line is not None and self.may_write:
            CandidateDialog(
                self,
                line.candidate,
                line.title,
                kinds=found.kinds,
                focus_reason=line.needs_correction,
            ).open()

    def add(self) -> None:
        """Open the dialog for a new event of the 案."""
        if self.found is not None and self.found.plan is not None and self.may_write:
            blank = ScheduleCandidate(plan_id=self.found.plan.id, position=0, kind=self.found.kinds[0].kind)
            CandidateDialog(self, blank, kinds=self.found.kinds).open()

    # the 案

    def start_first_plan(self) -> None:
        """Create the first 案 from the present events."""
        self.run_action(start_plan, name="", fiscal_year=self.fiscal_year)

    def add_plan(self) -> None:
        """Open the dialog for a new 案."""
        if self.found is not None and self.may_write:
            dialog = PlanDialog(self, self.found)
            dialog.saved_result.connect(self._select_saved)
            dialog.open()

    def rename(self) -> None:
        """Open the dialog that renames the 案."""
        if self.found is not None and self.found.plan is not None:
            PlanNameDialog(self, self.found.plan).open()

    def remove(self) -> None:
        """Delete the 案; the events stay."""
        if self.found is not None and self.found.plan is not None:
            plan_id, self._plan_id = self.found.plan.id, None
            self.run_action(remove_plan, plan_id=plan_id)

    def apply(self) -> None:
        """Apply the dates to the events, all in one action."""
        if self.found is not None and self.found.plan is not None and self.may_write:
            self.run_action(apply_plan, plan_id=self.found.plan.id)

    def print_document(self) -> None:
        """Show the document for the 協議."""
        if self.found is not None and self.found.plan is not None:
            plan = self.found.plan
            show_year_document(
                self, COMPARISON_KIND, fiscal_year=self.found.fiscal_year, item=plan.id, subject=plan_words(plan)
            )

    def _select_saved(self, saved: Any) -> None:
        self._show_plan(saved.id)

    def _show_plan(self, plan_id: int) -> None:
        self._plan_id = plan_id
        self.reload()

    def fit_size(self) -> None:
        """Show the columns of the rows that fit the new width."""
        self.rows.show_columns_for(self.width() - 2 * t.PAGE_X)


def _state_words(comparison: PlanComparison) -> str:
    """Return when the 案 was made into events, or whether it differs from them; "" without a 案."""
    plan = comparison.plan
    if plan is None:
        return ""
    if plan.applied_on is not None:
        return f"{plan.applied_on.month}/{plan.applied_on.day} に実施回にしました"
    return "まだ実施回にしていません" if comparison.ready_count else "実施回と同じです"
