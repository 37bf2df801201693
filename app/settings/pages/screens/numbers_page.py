"""契約条件: every number of the contract with its clause, saved while typing, and reset to its default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.actions.action_result import ActionResult
from app.calendar.wareki import fiscal_year_words
from app.programme import rules as programme_rules
from app.programme.intake import preset
from app.programme.parts import DIFFERENT, ROWS, ClauseQuestion, ContractNumbers
from app.programme.services import (
    ProgrammeView,
    change_numbers,
    change_programme,
)
from app.settings.pages.screens.change_dialog import CONTRACT_CHANGE_LABEL, ChangeHistoryBox, ContractChangeDialog
from app.settings.pages.screens.contract_page import AGREED_FIELDS, parse_days_before
from app.settings.pages.screens.kind_dialogs import AddKindDialog, KindDialog
from app.settings.pages.screens.settings_host import SettingsHost
from app.settings.pages.screens.settings_page import YearSettingsPage
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import CAN_UNDO, confirm_first
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, second_label, section
from app.widgets.layouts import add
from app.widgets.screen import widget_row
from app.window.app_context import AppContext, bind_action
from db.records.programme import EventKind, Programme

_NUMBERS = "回数・人数・期限"
_RESET_FIELDS = (*(key for row in ROWS for key in row.keys), *programme_rules.clause_fields(EventKind))
_PROPOSAL = tuple(field for field in AGREED_FIELDS if field.key == "proposal_period")
_TARGETS = (
    Field("draft_lead_open_days", "資料（案）の提出", "number", width=64, unit="開庁日前", least=0,
        most=60,
          hint="資料の確認の期限から数えます。元の値 5"),
    Field("question_lead_open_days", "アンケート項目の決定", "number", width=64, unit="開庁日前",
        least=0,
          most=60, hint="実施日から数えます。元の値 2"),
    Field("check_open_days", "集計の検算", "number", width=64, unit="開庁日以内", least=0, most=60,
          hint="実施日から数えます。元の値 4"),
    Field("review_open_days", "報告書の内容確認", "number", width=64, unit="開庁日以内", least=0,
        most=60,
          hint="受領した日から数えます。元の値 5"),
    record_field(Programme, "decision_open_days", width=64, unit="日", least=0, most=60,
          hint="起案を上げる日を、決定通知などを出す日から数えます。元の値 3"),
    record_field(Programme, "reception_minutes", width=64, unit="分前", least=0, most=240,
          hint="チラシ、通知、当日のしおりに印刷します。元の値 30"),
    Field("announce_days", "期限を知らせる日", width=160,
          hint="何日前に知らせるかを「、」で区切ります。元の値 7、3、0"),
)  # fmt: skip


class NumbersPage(YearSettingsPage):
    """The page 契約条件. Signals: none."""

    def __init__(self, app_context: AppContext, doors: SettingsHost):
        super().__init__(app_context, doors, "契約条件", "直すと、すべての期限と書類がこの数で計算し直されます。")
        self._programme: Programme | None = None
        self._known: dict[str, EventKind] = {}
        year = app_context.fiscal_year
        self.contract = Form(_PROPOSAL, year, on_commit=self._save_contract)
        self.numbers = ContractNumbers(preset().kinds, fiscal_year=year, with_names=True)
        self.question = ClauseQuestion()
        self.targets = Form(_TARGETS, year, on_commit=self._save_contract)
        self.reset = Button("すべて元の値に戻す", self._ask_reset, icon_name="arrow-u-up-left")
        self.agree = Button(CONTRACT_CHANGE_LABEL, self._ask_change, icon_name="calendar-blank")
        self.add = Button("種類を加える", self._ask_kind, icon_name="plus")
        self.past = ChangeHistoryBox()
        self._view: ProgrammeView | None = None
        self._added: int | None = None
        self.year_words = label(fiscal_year_words(year), "strong")
        add(
            self.body,
            widget_row(self.year_words, None, self.agree),
            self.past,
            self.contract,
            8,
            widget_row(section(_NUMBERS), None, self.reset, self.add),
            self.numbers,
            self.question,
            8,
            section("目安日"),
            second_label("契約の期限とは別に、区が自分で決めた目安です。"),
            self.targets,
        )
        self.numbers.committed.connect(self._save_numbers)
        self.numbers.names_asked.connect(self._ask_names)
        self.question.answered.connect(self._save_answer)
        self.set_changeable(self.contract, self.numbers, self.question, self.targets, self.reset, self.agree, self.add)

    def _ask_change(self) -> None:
        if self._view is not None:
            ContractChangeDialog(self, self._view, AGREED_FIELDS).open()

    def _ask_kind(self) -> None:
        if self._view is not None:
            dialog = AddKindDialog(self, self._view)
            dialog.saved_result.connect(self._show_added)
            dialog.open()

    def _show_added(self, added: ActionResult) -> None:
        """Show the numbers of a kind that was just added, to be typed."""
        self._added = added.id
        self.reload()

    def _ask_names(self, kind: str) -> None:
        found = self._view.find_kind(kind) if self._view is not None else None
        if self._view is not None and found is not None:
            KindDialog(self, self._view, found).open()

    def _show(self, view: ProgrammeView) -> None:
        """Show the numbers of the year by kind, its targets and proposals; what did not change stays as typed."""
        self._view = view
        self.add.setEnabled(len(view.kinds) < programme_rules.MOST_KINDS and self.may_write)
        self.past.show_changes(view)
        if view.programme != self._programme:
            self._programme = view.programme
            values = {field.key: getattr(view.programme, field.key) for field in (*_PROPOSAL, *_TARGETS)}
            values["announce_days"] = "、".join(str(days) for days in view.programme.announce_days)
            self.contract.set_values(values)
            self.targets.set_values(values)
            self.question.show_answer(view.programme.clauses_checked)
            self.numbers.edit_clauses(view.programme.clauses_checked == DIFFERENT)
        # What 「元の値」 are is known of 令和8年度 alone; where nothing differs there is nothing to put back.
        is_known = view.programme.fiscal_year == programme_rules.FISCAL_YEAR_R8
        self.reset.setVisible(is_known and bool(_set_back(view.kinds)))
        known = {one.kind: one for one in view.kinds}
        if known != self._known:
            self._known = known
            self.numbers.show_numbers(view.kinds, original=preset().kinds if is_known else ())
        added = next((one for one in view.kinds if one.id == self._added), None)
        if added is not None:
            self._added = None
            self.numbers.show_kind(added.kind)

    def _save_contract(self, key: str) -> None:
        """Save one edited number of the contract, longer keeping of copies only after a confirmation.

        What cannot be parsed is said beside its field.
        """
        if self._programme is None:
            return
        value = (self.contract if key in {field.key for field in _PROPOSAL} else self.targets).value(key)
        if key == "announce_days":
            days = parse_days_before(str(value))
            if days is None:
                self.targets.set_problem(key, "「7、3、0」のように、日数を「、」で区切って入力してください。")
                return
            value = days
        changed = replace(self._programme, **{key: value})
        self._save_programme(changed)

    def _save_answer(self, answer: str) -> None:
        """Save the answer whether the clauses are those of the contract; for 相違 show the fields to edit them."""
        self.numbers.edit_clauses(answer == DIFFERENT)
        if self._programme is not None:
            self._save_programme(replace(self._programme, clauses_checked=answer))

    def _save_programme(self, programme: Programme) -> None:
        """Save the year; where it is rejected, show why and the stored values again."""
        before, self._programme = self._programme, programme
        self.problem.show_text("")

        def refused(problem: Exception) -> None:
            """Show why the year was not saved; the stored values are read again."""
            self._programme = None if self._programme == programme else before
            self.show_error(problem)

        self.run_change(bind_action(change_programme, programme=programme, shown=before), failed=refused)

    def _save_numbers(self, kind: str, values: Mapping[str, Any]) -> None:
        """Save the numbers of one kind as typed, unless the kind is gone."""
        if kind not in self._known:
            return
        shown = self._known[kind]
        self._known[kind] = replace(shown, **values)
        self.problem.show_text("")
        self.run_change(
            bind_action(change_numbers, numbers=self._known[kind], shown=shown),
            failed=self._on_numbers_rejected,
        )

    def _on_numbers_rejected(self, problem: Exception) -> None:
        """Show why the numbers were not saved; the stored values are read again."""
        self._known = {}
        self.show_error(problem)

    def _ask_reset(self) -> None:
        """Ask in a dialog, then set all numbers back."""
        changed = "・".join(one.name for one in _set_back(self._known.values()))
        confirm_first(
            self,
            title="すべて元の値に戻す",
            text=f"{changed}の「{_NUMBERS}」の表を、項番も含めて、令和8年度の仕様書の値に戻します。"
            "種類の名前と内容、契約件名、契約確定日は変わりません。",
            verb="元の値に戻す",
            on_confirmed=self._reset,
            danger=False,
            note=CAN_UNDO,
        )

    def _reset(self) -> None:
        """Set the numbers of each kind that 令和8年度 has back to those of its 仕様書."""
        for numbers in _set_back(self._known.values()):
            self.run_change(
                bind_action(change_numbers, numbers=numbers, shown=self._known[numbers.kind]),
                failed=self._on_numbers_rejected,
            )


def _set_back(kinds: Iterable[EventKind]) -> list[EventKind]:
    """Return the kinds with other numbers or 項番 than the 仕様書 of 令和8年度, each with those of it.

    What a kind is called and holds stays; a kind that 令和8年度 has not is left out.
    """
    first = {one.kind: one for one in preset().kinds}
    back = [
        (one, replace(one, **{name: getattr(first[one.kind], name) for name in _RESET_FIELDS}))
        for one in kinds
        if one.kind in first
    ]
    return [numbers for known, numbers in back if numbers != known]
