"""The base dialog of every 修正依頼, with the due day, the text to copy, and the notification."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.documents.screens.notification_fields import NotificationFields
from app.documents.services.notification import NotificationDetails
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label, separator, wrapped_label
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window.app_context import AppContext, check_may_copy
from app.window.clipboard import copy_for_pasting

_KEPT: Final = "依頼の文は、書き直されたままにしています。文の中の期限の日も確かめてください。"


class CorrectionForm(SavingDialog):
    """Dialog that asks for the due day and shows the text; signals are those of ``SavingDialog``."""

    def __init__(
        self,
        app_context: AppContext,
        subject: str,
        *,
        due: date,
        lines: int,
        to: str,
        more: Sequence[Field] = (),
        parent: QWidget,
    ) -> None:
        """``due`` is the proposed day, ``lines`` the text's height, ``to`` the usual party, ``more`` further
        fields.
        """
        super().__init__(app_context, "修正を依頼する", subject, main="依頼として記録する", width=720, parent=parent)
        self.form = Form(
            (
                Field("due", "修正の期限", "date", width=120, optional=True),
                Field("text", "依頼の文", "lines", lines=lines,
                      hint="このアプリからは送信しません。コピーしてメールに貼り付けます。"),
                *more,
            ),
            fiscal_year=app_context.fiscal_year,
            near=app_context.today(),
            label_width=132,
        )  # fmt: skip
        self._proposed = ""
        self.form.set_values({"due": due, "text": ""})
        self.stays = NoteBox(tone="amber", reserve=1)
        self.put(
            self.form,
            self.stays,
            widget_row(None, Button("文面をコピーする", self._copy, icon_name="copy")),
            separator(),
            label("通知", "strong"),
            wrapped_label(
                "まだ伝えていないときは、方法を選ばずに記録します。通知するまで「区の対応待ち」に残ります。",
                "small",
            ),
        )
        self.told = NotificationFields(app_context, label_width=132)
        self.told.propose_party(to)
        # The text above is what the notification says; it is shown in full.
        self.told.set_document_state(exists=True)
        self.told.set_document_seen(True)
        self.told.changed.connect(self._update_fields)
        self.put(self.told, None)
        self.main.setDefault(False)
        self._update_fields()
        self.form.committed.connect(lambda key: self.compose_text() if key == "due" else None)
        self.confirmed.connect(self._check)
        self.compose_text()

    def compose_text(self) -> None:
        """Compose the text for the typed day and pass it to ``propose_text``; implemented by subclasses."""

    def save(self) -> None:
        """Record the request; implemented by subclasses."""

    def propose_text(self, text: str) -> None:
        """Show a new text, unless somebody edited the current one, which is then marked for checking."""
        typed = str(self.form.value("text") or "").strip()
        own = bool(typed) and typed != self._proposed
        self.stays.show_text(_KEPT if own else "")
        self._proposed = text.strip()
        if not own:
            self.form.set_values({"text": text})

    def _update_fields(self) -> None:
        """Require the fields of a notification once its way is chosen; without one it is notified later."""
        if not self.app_context.read_only:
            self.main.setEnabled(self.told.is_ready or not self.told.way)

    def notification_details(self) -> NotificationDetails | None:
        """Return how the contractor was notified, None = not yet."""
        return NotificationDetails(**self.told.values()) if self.told.way else None

    def _copy(self) -> None:
        if check_may_copy(self):
            copy_for_pasting(self.form.value("text"))

    def _check(self) -> None:
        if self.form.check_all() and (not self.told.way or self.told.check()):
            self.save()
