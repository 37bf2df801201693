"""The dialog with an outgoing document as mail text to copy."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import document_mail_text
from app.documents.services.issued_copies import note_copied_text
from app.widgets.dialogs.common_dialogs import TextToCopyDialog
from app.window.app_context import bind_action, with_store

_SUBJECT = "件名："


class MailTextDialog(TextToCopyDialog):
    """Dialog with the text of one document as a mail, to copy; each copying is logged with the text.

    Signals: those of ``DialogFrame``.
    """

    def __init__(self, parent: QWidget, *, scope: DocumentScope, kind: str, subject: str):
        super().__init__(parent, "メールの文面", subject or kind, copy_words="本文をコピーする", text_name="本文")
        self.text_copied.connect(
            lambda text: self.note_copied(bind_action(note_copied_text, scope=scope, kind=f"{kind}の文", text=text))
        )
        self.app_context.read(
            with_store(document_mail_text, scope=scope, kind=kind, now=self.app_context.now()),
            self._fill,
            on_failed=self._on_unreadable,
        )

    def _fill(self, text: str) -> None:
        """Show a text whose first line is the subject."""
        first, _, rest = text.partition("\n")
        self.show_subject(first.removeprefix(_SUBJECT))
        self.text.setPlainText(rest.strip("\n") + "\n")

    def _on_unreadable(self, problem: Exception) -> None:
        """Close the dialog and show why the text cannot be read."""
        self.reject()
        self.app_context.show_failure(problem)
