"""契約変更: what changes, from which day, and why; what held before stays as a row of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.services.contract_changes import agree_contract, past_changes
from app.services.programme_view import ProgrammeView
from app.ui.desk import Desk
from app.ui.widgets.contract_numbers import ContractNumbers
from app.ui.widgets.dialog_frame import CAN_UNDO
from app.ui.widgets.form import Form
from app.ui.widgets.form_fields import Field
from app.ui.widgets.labels import Paragraph, section
from app.ui.widgets.note_box import NoteBox
from app.ui.widgets.saving_dialog import SavingDialog

OPEN = "契約変更として、ある日から適用する…"
_NUMBERS = "この日からあとに行う実施回に、新しい数を使います。前の日の実施回は、いままでの数のままです。発行した書類は変わりません。"
_NAMES = "この日からあとに出す書類に、新しい内容を使います。前の日に発行した書類は、いままでの内容のままです。"


class PastChanges(NoteBox):
    """Every change of the year with its day and reason; hidden while there is none. Signals: none."""

    def __init__(self) -> None:
        super().__init__("", tone="quiet")
        self.say("")

    def show_changes(self, view: ProgrammeView) -> None:
        """Show the changes of a year."""
        found = past_changes(view)
        self.say("\n".join(["**この年度の変更**", *found]) if found else "")


class _ChangeDialog(SavingDialog):
    """Day and reason over what changes. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, subject: str, told: str, parent: QWidget | None) -> None:
        super().__init__(desk, "契約変更", subject, main="この日から適用する", note=CAN_UNDO, width=880, parent=parent)
        self.form = Form(
            (
                Field(key="day", label="適用する日", kind="date", width=120, hint="9/1、R8.9.1 など"),
                Field(key="reason", label="理由", hint="契約変更の番号や経緯。設定と履歴に残ります。"),
            ),
            fiscal_year=desk.fiscal_year,
            label_width=120,
        )
        self.form.set_values({"day": desk.today(), "reason": ""})
        self.put(Paragraph(told))
        self.put(self.form)


class ContractChangeDialog(_ChangeDialog):
    """The contract's dates, periods and numbers; only what differs becomes part of the change."""

    def __init__(self, desk: Desk, view: ProgrammeView, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(desk, "契約の数", _NUMBERS, parent)
        self._view = view
        self.terms = Form(tuple(fields), fiscal_year=desk.fiscal_year)
        self.terms.set_values({field.key: getattr(view.programme, field.key) for field in fields})
        self.numbers = ContractNumbers(tuple(view.numbers.values()), fiscal_year=desk.fiscal_year)
        self.put(self.terms)
        self.put(section("仕様書の数"))
        self.put(self.numbers)
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        if not (self.form.check_all() and self.terms.check_all()) or self.numbers.problem():
            return
        programme = self._view.programme
        terms = replace(programme, **self.terms.values())
        self.send(
            agree_contract,
            programme_id=programme.id,
            numbers=[row for row in self.numbers.numbers() if row != self._view.numbers[row.kind]],
            terms=terms if terms != programme else None,
            valid_from=self.form.value("day"),
            reason=self.form.value("reason"),
        )


class NamesChangeDialog(_ChangeDialog):
    """Who we are, the contractor, or how a kind of paper is addressed."""

    def __init__(
        self,
        desk: Desk,
        subject: str,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        save: Callable[..., Any],
        given: Callable[[Mapping[str, Any]], Mapping[str, Any]],
        parent: QWidget | None = None,
    ) -> None:
        """``save`` is the service, ``given`` makes its arguments of what was typed."""
        super().__init__(desk, subject, _NAMES, parent)
        self._service, self._given = save, given
        self.values = Form(tuple(fields), label_width=120)
        self.values.set_values(values)
        self.put(self.values)
        self.confirmed.connect(self._save)

    def _save(self) -> None:
        if self.form.check_all() and self.values.check_all():
            given = dict(self._given(self.values.values()))
            self.send(self._service, **given, valid_from=self.form.value("day"), reason=self.form.value("reason"))
