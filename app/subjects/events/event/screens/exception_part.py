"""Why something beside the specification is right: how it is settled, the reason, what 契約課 answered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.together import together
from app.subjects.events.event.parts.settled_ways import ways
from app.subjects.events.event.rules.event_warning import CONTRACT_CHANGE
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.layouts import in_column

_ASKED = ("asked_on", "asked_who", "answer")


class ExceptionPart(QWidget):
    """The reason for a date or number beside the specification. Signals: ``changed()``."""

    changed = Signal()

    def __init__(
        self,
        *,
        fiscal_year: int,
        title: str = "",
        reason_label: str = "理由",
        how_label: str = "この違いは",
    ) -> None:
        super().__init__()
        self._chosen_by_hand = False
        column = in_column(owner=self, spacing=8)
        if title:
            column.addWidget(Paragraph(title))
        self.form = Form(
            (
                Field("reason", reason_label, hint="履歴に残ります。"),
                Field("how", how_label, "choice", choices=ways(strict=False)),
                Field("asked_on", "確認した日", "date", width=120, optional=True),
                Field("asked_who", "相手", optional=True, placeholder="契約課　契約係"),
                Field("answer", "答え", optional=True, hint="まだのときは空のまま。協議中として残ります。"),
            ),
            fiscal_year,
            label_width=96,
        )
        column.addWidget(self.form)
        self.form.changed.connect(self._on_change)
        self._show_asked()

    def suggest(self, how: str) -> None:
        """Choose the likely way, as long as nobody chose another."""
        if how and not self._chosen_by_hand and self.form.value("how") != how:
            self.form.set_values({"how": how})
            self._show_asked()

    def show_values(self, *, how: str, reason: str) -> None:
        """Show what was settled before."""
        self.form.set_values({"how": how or None, "reason": reason})
        self._chosen_by_hand = bool(how)
        self._show_asked()

    def check(self) -> bool:
        """Whether all that is asked is there; says what is missing."""
        return self.form.check_all()

    def how(self) -> str:
        """The way chosen: 程度の範囲内 / 協議で足りる / 契約変更の要否を契約課へ確認, or empty."""
        return str(self.form.value("how") or "")

    def reason(self) -> str:
        """The reason as typed."""
        return str(self.form.value("reason")).strip()

    def asked(self) -> str:
        """Day, person and answer of 契約課 in one line; empty while there is no answer."""
        values = self.form.values()
        if self.how() != CONTRACT_CHANGE or not str(values["answer"]).strip():
            return ""
        day = short_date(values["asked_on"]) if values["asked_on"] else ""
        return together(day, values["asked_who"].strip(), values["answer"].strip())

    def _on_change(self, key: str) -> None:
        if key == "how":
            self._chosen_by_hand = True
            self._show_asked()
        self.changed.emit()

    def _show_asked(self) -> None:
        for key in _ASKED:
            self.form.show_field(key, self.how() == CONTRACT_CHANGE)
