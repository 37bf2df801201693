"""Form for a deviation from the specification: how it is settled, the reason, the answer of 契約課."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.event.parts import settlement_options
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.layouts import in_column

_REPLY_FIELDS = ("asked_on", "asked_who", "answer")


class ExceptionForm(QWidget):
    """Form for the reason of a date or number that deviates from the specification. Signals: ``changed()``."""

    changed = Signal()

    def __init__(
        self,
        *,
        fiscal_year: int,
        title: str = "",
        reason_label: str = "理由",
        reason_hint: str = "履歴に残ります。",
        how_label: str = "この違いは",
    ):
        super().__init__()
        self._chosen_by_hand = False
        column = in_column(owner=self, spacing=8)
        if title:
            column.addWidget(Paragraph(title))
        self.form = Form(
            (
                Field("reason", reason_label, hint=reason_hint),
                Field("how", how_label, "choice", choices=settlement_options(strict=False)),
                Field("asked_on", "確認した日", "date", width=120, optional=True),
                Field("asked_who", "相手", optional=True, placeholder="契約課　契約係"),
                Field("answer", "答え", optional=True, hint="まだのときは空のまま。協議中として残ります。"),
            ),
            fiscal_year,
            label_width=96,
            on_change=self._on_change,
        )
        column.addWidget(self.form)
        self._show_reply_fields()

    def suggest(self, exception_kind: str) -> None:
        """Select a settlement (協議で足りる …) unless the user chose one; "" does nothing."""
        if exception_kind and not self._chosen_by_hand and self.form.value("how") != exception_kind:
            self.form.set_values({"how": exception_kind})
            self._show_reply_fields()

    def show_values(self, *, exception_kind: str, reason: str) -> None:
        """Show the saved settlement ("" = none) and its reason; a saved settlement counts as chosen by the user."""
        self.form.set_values({"how": exception_kind or None, "reason": reason})
        self._chosen_by_hand = bool(exception_kind)
        self._show_reply_fields()

    def check(self) -> bool:
        """Return whether all required fields are filled, and show what is missing."""
        return self.form.check_all()

    def exception_kind(self) -> str:
        """Return the chosen settlement: 程度の範囲内 / 協議で足りる / 契約変更の要否を契約課へ確認, or empty."""
        return self.form.text("how")

    def kind_chosen_by_hand(self) -> str:
        """Return the settlement that the user chose or saved; "" for one that is only suggested."""
        return self.exception_kind() if self._chosen_by_hand else ""

    def reason(self) -> str:
        """Return the reason as typed."""
        return self.form.text("reason").strip()

    def contract_reply(self) -> str:
        """Return day, person and answer of 契約課 in one line; empty without an answer, or if it is not asked."""
        values = self.form.values()
        if self.exception_kind() != CONTRACT_CHANGE or not str(values["answer"]).strip():
            return ""
        day = short_date(values["asked_on"]) if values["asked_on"] else ""
        return join_nonempty(day, values["asked_who"].strip(), values["answer"].strip())

    def _on_change(self, key: str) -> None:
        """Show the fields that fit the chosen way, and emit ``changed``."""
        if key == "how":
            self._chosen_by_hand = True
            self._show_reply_fields()
        self.changed.emit()

    def _show_reply_fields(self) -> None:
        """Show the fields of the answer of 契約課 when the chosen settlement is to ask it, else hide them."""
        for key in _REPLY_FIELDS:
            self.form.show_field(key, self.exception_kind() == CONTRACT_CHANGE)
