"""A mail to copy: subject and text of one outgoing paper, to be looked at and changed; nothing is sent from here."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.services.paper_texts import paper_mail_text
from app.ui import theme as t
from app.ui.desk import Desk
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialog_frame import DialogFrame
from app.ui.widgets.labels import label

_SUBJECT = "件名："


class MailTextDialog(DialogFrame):
    """The text of one paper as a mail. Signals: those of ``DialogFrame``."""

    def __init__(
        self, desk: Desk, *, event_id: int, kind: str, subject: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "メールの文面", subject or kind, main="本文をコピーする", cancel="閉じる",
            note="このアプリからは送信しません。メールに貼り付けて使います。", width=680, parent=parent,
        )  # fmt: skip
        self._desk = desk
        self.subject = QLineEdit()
        self.subject.setAccessibleName("件名")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("本文")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(round(t.line_height() * 12))
        self.copied = label("", "done")
        self.put(label("件名", "small"))
        self.put(self.subject)
        self.put(label("本文（直せます）", "small"))
        self.put(self.text, 1)
        self.foot.insertWidget(1, self.copied)
        self.put_button(Button("件名をコピーする", self._copy_subject, tall=True))
        self.confirmed.connect(self._copy_text)
        desk.read(paper_mail_text, self._fill, failed=self._fail, event_id=event_id, kind=kind, now=desk.now())

    def _fill(self, text: str) -> None:
        first, _, rest = text.partition("\n")
        self.subject.setText(first.removeprefix(_SUBJECT))
        self.text.setPlainText(rest.strip("\n") + "\n")

    def _fail(self, problem: Exception) -> None:
        self.reject()
        self._desk.fail(problem)

    def _copy_subject(self) -> None:
        QGuiApplication.clipboard().setText(self.subject.text())
        self.copied.setText("件名をコピーしました")

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copied.setText("本文をコピーしました")
