"""A mail to copy: subject and text, to be looked at and changed; nothing is sent from here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.widgets.buttons import Button
from app.widgets.dialog_frame import DialogFrame
from app.widgets.labels import label
from app.window import theme as t

_NOTE = "このアプリからは送信しません。メールなどに貼り付けて使います。"


class TextToCopyDialog(DialogFrame):
    """Subject and text with a button to copy each.

    Signals: those of ``DialogFrame``; ``text_copied(str)`` the subject and the text, when the text was copied.
    """

    text_copied = Signal(str)

    def __init__(
        self, title: str, about: str, *, copy_words: str, text_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, about, main=copy_words, cancel="閉じる", note=_NOTE, width=680, parent=parent)
        self.subject = QLineEdit()
        self.subject.setAccessibleName("件名")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(text_name)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(round(t.line_height() * 13))
        self.copied = label("", "done")
        self.put(label("件名", "small"))
        self.put(self.subject)
        self.put(label("本文（直せます）", "small"))
        self.put(self.text, 1)
        self.foot.insertWidget(1, self.copied)
        self.put_button(Button("件名をコピーする", self._copy_subject, tall=True))
        self.confirmed.connect(self._copy_text)

    def show_subject(self, words: str) -> None:
        """Show the subject from its beginning."""
        self.subject.setText(words)
        self.subject.setCursorPosition(0)

    def _copy_subject(self) -> None:
        QGuiApplication.clipboard().setText(self.subject.text())
        self.copied.setText("件名をコピーしました")

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copied.setText("本文をコピーしました")
        self.text_copied.emit(f"件名：{self.subject.text()}\n\n{self.text.toPlainText()}")
