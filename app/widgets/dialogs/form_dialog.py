"""A dialog that asks for a few values and saves them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.actions.user_error import UserError
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import CAN_UNDO
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph
from app.window.theme import LABEL

if TYPE_CHECKING:
    from app.actions.action_context import ActionContext

    Change = Callable[[ActionContext], object]


class FormDialog(SavingDialog):
    """Asks for a few values and saves them. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        subject: str = "",
        *,
        main: str = "保存する",
        fields: Sequence[Field],
        values: object = None,
        change: Callable[[dict[str, Any]], Change | Sequence[Change]],
        text: str = "",
        on_saved: Callable[[Any], object] | None = None,
        near: date | None = None,
        width: int = 640,
        label_width: int = LABEL,
        note: str = CAN_UNDO,
    ):
        """Create the dialog; ``change(values)`` returns the action to run, or several in order.

        A ``UserError`` that it raises is shown in the dialog. ``values`` are shown at first, by key or from a record.
        ``on_saved`` gets the result of the last action, after closing. ``text`` is shown above the fields, ``note``
        beside the buttons; a day typed without a year is the one nearest to ``near``, None = the one in the fiscal
        year shown.
        """
        super().__init__(parent, title, subject, main=main, width=width, note=note)
        self._change = change
        self._labels = {field.key: field.label for field in fields}
        self.form = Form(fields, self.app_context.fiscal_year, near=near, label_width=label_width)
        if text:
            self.put(Paragraph(text))
        self.put(self.form, None)
        if values is not None:
            self.form.set_values(values)
        self.confirmed.connect(self.save)
        if on_saved is not None:
            self.saved_result.connect(on_saved)
        if fields:
            self.form.go_to(fields[0].key)

    def show_error(self, problem: Exception) -> None:
        """Show the error, and focus an empty field that it names."""
        super().show_error(problem)
        said = str(problem)
        for key, name in self._labels.items():
            if not self.form.value(key) and (f"「{name}」" in said or f"{name}がまだ" in said):
                self.form.go_to(key)
                return

    def save(self) -> None:
        """Run the actions for the typed values, or show what is missing or invalid."""
        if not self.form.check_all():
            return
        try:
            made = self._change(self.form.values())
        except UserError as problem:
            self.show_error(problem)
            return
        first, *more = [made] if callable(made) else made
        self.run_change(first, further_actions=more)
