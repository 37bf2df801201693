"""提出のお願い（文案）: a text that may be changed and copied; nothing is sent from here."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.services.programme import ProgrammeView, read_programme
from app.services.task import Task
from app.ui import theme as t
from app.ui.desk import Desk
from app.ui.screens.home.request_words import request_subject, request_text
from app.ui.widgets.buttons import Button
from app.ui.widgets.dialog_frame import DialogFrame
from app.ui.widgets.labels import label


class RequestDialog(DialogFrame):
    """The draft of one request. Signals: those of ``DialogFrame``."""

    def __init__(self, desk: Desk, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(
            "提出のお願い（文案）",
            task.event_title,
            main="文をコピーする",
            cancel="閉じる",
            note="このアプリからは送信しません。メールなどに貼り付けて使います。",
            width=680,
            parent=parent,
        )
        self._desk = desk
        self._task = task
        self.subject = QLineEdit(request_subject(task))
        self.subject.setAccessibleName("件名")
        self.subject.setCursorPosition(0)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("文案")
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(round(t.line_height() * 14))
        self.copied = label("", "done")
        self.put(label("件名", "small"))
        self.put(self.subject)
        self.put(label("本文（直せます）", "small"))
        self.put(self.text, 1)
        self.foot.insertWidget(1, self.copied)
        self.put_button(Button("件名をコピーする", self._copy_subject, tall=True))
        self.confirmed.connect(self._copy_text)
        desk.read(read_programme, self._fill)

    def _fill(self, year: ProgrammeView) -> None:
        self.text.setPlainText(request_text(self._task, year, user_name=self._desk.user_name))

    def _copy_subject(self) -> None:
        QGuiApplication.clipboard().setText(self.subject.text())
        self.copied.setText("件名をコピーしました")

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copied.setText("本文をコピーしました")
