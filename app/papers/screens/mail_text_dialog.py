"""One outgoing paper as a mail to copy."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.papers.services.issued_copies import note_copied_text
from app.papers.services.paper_scope import PaperScope
from app.papers.services.papers import paper_mail_text
from app.widgets.dialogs.usual_dialogs import TextToCopyDialog
from app.window.desk import Desk, acting, with_store

_SUBJECT = "件名："


class MailTextDialog(TextToCopyDialog):
    """The text of one paper as a mail. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, *, scope: PaperScope, kind: str, subject: str, parent: QWidget) -> None:
        super().__init__(
            desk, "メールの文面", subject or kind, copy_words="本文をコピーする", text_name="本文", parent=parent
        )
        self.text_copied.connect(
            lambda text: self.note_copied(acting(desk, note_copied_text, scope=scope, kind=f"{kind}の文", text=text))
        )
        desk.read(with_store(paper_mail_text, scope=scope, kind=kind, now=desk.now()), self._fill, failed=self._unread)

    def _fill(self, text: str) -> None:
        first, _, rest = text.partition("\n")
        self.show_subject(first.removeprefix(_SUBJECT))
        self.text.setPlainText(rest.strip("\n") + "\n")

    def _unread(self, problem: Exception) -> None:
        self.reject()
        self.desk.fail(problem)
