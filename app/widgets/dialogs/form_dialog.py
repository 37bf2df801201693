"""A dialog that asks for a few values and saves them: its fields, their values, and what they become."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.acts.refusal import Refusal
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph
from app.window.desk import Desk

if TYPE_CHECKING:
    from db.store import Store

    Change = Callable[[Store], object]


class FormDialog(SavingDialog):
    """Asks for a few values and saves them. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        subject: str = "",
        *,
        main: str,
        fields: Sequence[Field],
        values: dict[str, Any] | None = None,
        change: Callable[[dict[str, Any]], Change | Sequence[Change]],
        text: str = "",
        then: Callable[[Any], object] | None = None,
        near: date | None = None,
        width: int = 640,
        parent: QWidget | None = None,
    ) -> None:
        """``change(values)`` makes of the typed values what the desk writes, one action or several in turn, or
        refuses; ``then`` is called once it is saved.

        ``text`` stands above the fields; a day typed without its year is the one next to ``near``.
        """
        super().__init__(desk, title, subject, main=main, width=width, parent=parent)
        self._change = change
        self._labels = {field.key: field.label for field in fields}
        self.form = Form(fields, fiscal_year=desk.fiscal_year, near=near)
        if text:
            self.put(Paragraph(text))
        self.put(self.form, None)
        if values:
            self.form.set_values(values)
        self.confirmed.connect(self.save)
        if then is not None:
            self.stored.connect(then)
        if fields:
            self.form.go_to(fields[0].key)

    def refuse(self, problem: Exception) -> None:
        """As every dialog; the keyboard goes to an empty field that the refusal names."""
        super().refuse(problem)
        said = str(problem)
        for key, name in self._labels.items():
            if not self.form.value(key) and (f"「{name}」" in said or f"{name}がまだ" in said):
                self.form.go_to(key)
                return

    def save(self) -> None:
        """Save what is typed, or say what is missing."""
        if not self.form.check_all():
            return
        try:
            made = self._change(self.form.values())
        except Refusal as problem:
            self.refuse(problem)
            return
        first, *more = [made] if callable(made) else made
        self.send(first, more=more)
