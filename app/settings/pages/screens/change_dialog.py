"""契約変更: what changes, from which day, and why; the previous values stay as a row of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict

from PySide6.QtWidgets import QWidget

from app.actions.action_context import ActionContext
from app.calendar.dates import short_date_or
from app.programme.parts import ContractNumbers
from app.programme.services import ProgrammeView
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form, check_together
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, section
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.note_box import NoteBox
from app.window.app_context import with_store
from app.window.debounce import debounce
from app.year.contract.services import (
    MovedDeadline,
    contract_change_words,
    preview_contract_change,
    record_contract_change,
)

_WAIT_MS = 150
_CLEARABLE_FIELDS = ("tax",)
"""Fields that a change may empty although they had a value; the tax then follows from the rate."""
_SAVE_LABEL = "この日から適用する"
CONTRACT_CHANGE_LABEL = "契約変更として、ある日から適用する…"
NAMES_CHANGE_LABEL = "ある日から変える…"
"""Button for names and addresses, which change without a 契約変更 because they are not part of the contract."""
_NUMBER = Field("number", "契約変更の番号", width=200, optional=True, placeholder="第1号")
_NUMBERS = (
    "この日からあとに行う実施回に、新しい数を使います。前の日の実施回は、いままでの数のままです。"
    "発行した書類は変わりません。理由に「協議第3号による」のように書くと、その契約変更の協議書に、変更前と変更後が並びます。"
)
_UNCHANGED = "数を変えると、動く期限がここに並びます。"
_NAMES = "この日からあとに出す書類に、新しい内容を使います。前の日に発行した書類は、いままでの内容のままです。"


class ChangeHistoryBox(NoteBox):
    """A box that lists every change of the year with its day and reason; hidden while there is none. Signals: none."""

    def __init__(self) -> None:
        super().__init__("", tone="quiet")
        self.show_text("")

    def show_changes(self, view: ProgrammeView) -> None:
        """Show the changes of a year."""
        found = contract_change_words(view)
        self.show_text("\n".join(["**この年度の変更**", *found]) if found else "")


class ChangeTerms(TypedDict):
    """The day from which a change is valid, and its reason."""

    valid_from: date
    reason: str


class _ChangeDialog(SavingDialog):
    """Base dialog with day and reason above the changed fields. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        subject: str,
        success_message: str,
        extra_fields: Sequence[Field] = (),
    ):
        """Build the dialog; ``extra_fields`` are placed between day and reason.

        ``success_message`` is the explanation above the fields.
        """
        super().__init__(parent, title, subject, main=_SAVE_LABEL, width=880)
        self.form = Form(
            (
                Field("day", "適用する日", "date", width=120, hint="9/1、R8.9.1 など"),
                *extra_fields,
                Field("reason", "理由", hint=f"{title}の経緯。設定と履歴に残ります。"),
            ),
            self.app_context.fiscal_year,
        )
        self.form.set_values({"day": self.app_context.today(), "reason": ""})
        self.put(Paragraph(success_message), self.form)


class ContractChangeDialog(_ChangeDialog):
    """Dialog that changes dates, periods and numbers of the contract; only fields that differ are part of the change.

    The deadlines that would move are previewed below the numbers and on the main button.
    """

    def __init__(self, parent: QWidget, view: ProgrammeView, fields: Sequence[Field]):
        super().__init__(parent, "契約変更", "契約条件", _NUMBERS, (_NUMBER,))
        self._view = view
        self._soon = debounce(self, self.preview_moves, _WAIT_MS)
        self.terms = Form(tuple(fields), self.app_context.fiscal_year, on_change=self._require_new_preview)
        self.terms.changed.connect(self._on_field_changed)
        self.terms.set_values(view.programme)
        self.numbers = ContractNumbers(view.kinds, fiscal_year=self.app_context.fiscal_year)
        self.count = Paragraph()
        self.moves = FittedTable(
            "contract-moves",
            unsorted(
                Column("event", "実施回", lambda row: Cell(row.title or "年度"), width=220),
                Column("what", "やること", lambda row: Cell(row.label), stretch=True),
                Column("old", "今の期限", lambda row: Cell(self._day(row.old)), width=120),
                Column(
                    "new",
                    "新しい期限",
                    lambda row: Cell(self._day(row.new), icon="arrow-right", strong=True),
                    width=140,
                ),
            ),
            title="動く期限",
            empty="動く期限はありません。",
            names_people=False,
        )
        self.put(
            self.terms,
            section("契約条件（回数・人数・期限）"),
            self.numbers,
            section("この変更で動く期限"),
            self.count,
            self.moves,
        )
        self.form.changed.connect(lambda key: self._require_new_preview() if key == "day" else None)
        self.numbers.changed.connect(self._require_new_preview)
        self._clear_preview(_UNCHANGED)

    def _on_field_changed(self, key: str) -> None:
        """Empty the tax when amount or rate changes, because it belonged to the former ones."""
        if key in ("amount", "tax_rate") and self.terms.value("tax") == self._view.programme.tax:
            self.terms.set_values({"tax": None})

    def _require_new_preview(self) -> None:
        """Disable saving after an edit and start a new preview shortly."""
        self.main.setEnabled(False)
        self._soon.start()

    def preview_moves(self) -> None:
        """Read and show which deadlines the typed values would move; nothing is written.

        A result for values that were changed meanwhile is left out.
        """
        change = self._changed_values()
        if not change["numbers"] and change["terms"] is None:
            self._clear_preview(_UNCHANGED)
        elif change["valid_from"] is None or self.terms.problems() or self.numbers.find_problem():
            self._clear_preview("入力した値を確かめると、動く期限がここに並びます。")
        else:
            self.app_context.read(
                with_store(preview_contract_change, **change, today=self.today),
                lambda moves: self._show_moves(moves) if self._changed_values() == change else None,
                on_failed=lambda problem: self._show_incomplete(problem) if self._changed_values() == change else None,
            )

    def _changed_values(self) -> dict[str, Any]:
        """Return the arguments of the change: the year, the kinds whose numbers differ, the terms, and the day.

        ``terms`` is None where none of them differs.
        """
        programme = self._view.programme
        typed = self.terms.values()
        terms = replace(
            programme, **{key: value for key, value in typed.items() if value is not None or key in _CLEARABLE_FIELDS}
        )
        return {
            "programme_id": programme.id,
            "numbers": [row for row in self.numbers.numbers() if row != self._view.kind(row.kind)],
            "terms": terms if terms != programme else None,
            "valid_from": self.form.value("day"),
        }

    def _show_moves(self, moves: Sequence[MovedDeadline]) -> None:
        """Show the deadlines that would move, and enable saving."""
        self.count.show_text(f"動く期限 **{len(moves)}件**　まだ保存していません。")
        self.moves.show_rows(moves)
        self.moves.show()
        self.set_main(f"期限を{len(moves)}件動かして適用する" if moves else _SAVE_LABEL)

    def _show_incomplete(self, problem: Exception) -> None:
        """Show briefly why half-typed values give no preview; saving shows the full error."""
        self._clear_preview(getattr(problem, "happened", "") or "動く期限を確かめられませんでした。")

    def _clear_preview(self, why: str) -> None:
        self.count.show_text(why)
        self.moves.show_rows(())
        self.moves.hide()
        self.set_main(_SAVE_LABEL)

    def _day(self, day: date | None) -> str:
        return short_date_or("なし", day, self.today)

    def _save(self) -> None:
        if check_together(self.form.check_all, self.terms.check_all, self.numbers.check):
            self.run_action(
                record_contract_change,
                **self._changed_values(),
                reason=self.form.value("reason"),
                number=self.form.value("number"),
            )


class NamesChangeDialog(_ChangeDialog):
    """Dialog that changes the office, the contractor, or the addressing of a kind of document from a day on."""

    def __init__(
        self,
        parent: QWidget,
        subject: str,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        change: Callable[[Mapping[str, Any], ChangeTerms], Callable[[ActionContext], object]],
    ):
        """Build the dialog; ``change(values, terms)`` returns the action that saves the typed values."""
        super().__init__(parent, "変更", subject, _NAMES)
        self._typed_change = change
        self.values = Form(tuple(fields))
        self.values.set_values(values)
        self.put(self.values)

    def _save(self) -> None:
        if check_together(self.form.check_all, self.values.check_all):
            holds: ChangeTerms = {"valid_from": self.form.value("day"), "reason": self.form.value("reason")}
            self.run_change(self._typed_change(self.values.values(), holds))
