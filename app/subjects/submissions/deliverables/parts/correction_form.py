"""The form of every 修正依頼: the day by which the next version is wanted, the text to copy, which stays as somebody
wrote it, and how the contractor was told."""

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
    """Asks for the day and shows the text. Signals: those of ``SavingDialog``."""

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
        """``due`` is the day proposed, ``lines`` how high the text stands, ``to`` the usual party, ``more`` what
        else is asked for."""
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
            widget_row(None, Button("文をコピーする", self._copy, icon_name="copy")),
            separator(),
            label("通知", "strong"),
            wrapped_label(
                "まだ伝えていないときは、方法を選ばずに記録します。通知するまで「区の対応待ち」に残ります。",
                "small",
            ),
        )
        self.told = NotificationFields(app_context, label_width=132)
        self.told.propose_party(to)
        # The text above is what is told: it stands here whole.
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
        """Make the text for the day that is typed and hand it to ``propose``; whose form this is says how."""

    def save(self) -> None:
        """Record the request; whose form this is says how."""

    def propose_text(self, text: str) -> None:
        """Put a text made anew; one that somebody wrote in stays, and what has to be looked at is said."""
        typed = str(self.form.value("text") or "").strip()
        own = bool(typed) and typed != self._proposed
        self.stays.show_text(_KEPT if own else "")
        self._proposed = text.strip()
        if not own:
            self.form.set_values({"text": text})

    def _update_fields(self) -> None:
        """Whoever names a way has to say what that way needs; without one it is told later."""
        if not self.app_context.read_only:
            self.main.setEnabled(self.told.is_ready or not self.told.way)

    def notification_details(self) -> NotificationDetails | None:
        """How it was told, None = it is not yet."""
        return NotificationDetails(**self.told.values()) if self.told.way else None

    def _copy(self) -> None:
        if check_may_copy(self):
            copy_for_pasting(self.form.value("text"))

    def _check(self) -> None:
        if self.form.check_all() and (not self.told.way or self.told.check()):
            self.save()
