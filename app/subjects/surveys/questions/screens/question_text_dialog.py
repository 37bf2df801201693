"""The words of the online form to be pasted: all at once, or question by question."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.subjects.surveys.questions.papers.questionnaire_definition import DefinedQuestion
from app.subjects.surveys.questions.services.questionnaire_online import Definition
from app.widgets.buttons import Button
from app.widgets.dialog_frame import DialogFrame
from app.widgets.labels import label, rule
from app.widgets.note_box import NoteBox
from app.window import theme as t

_NOTE = "このアプリからは送信しません。フォームを作る画面に貼り付けて使います。"


class QuestionTextDialog(DialogFrame):
    """The text, and a button for each question's title and options. Signals: those of ``DialogFrame``."""

    def __init__(self, definition: Definition, parent: QWidget | None = None) -> None:
        super().__init__(
            "フォームに入れる文", definition.title, main="全文をコピーする", cancel="閉じる", note=_NOTE, width=880,
            parent=parent,
        )  # fmt: skip
        self._definition = definition
        self.copied = label("", "done", wrap=True)
        self.text = QPlainTextEdit(definition.text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("フォームに入れる文")
        self.text.setMinimumHeight(round(t.line_height() * 11))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        if not definition.fixed:
            self.put(
                NoteBox(
                    "設問がまだ決定していません。決まったあとに直すと、フォームと用紙が違ってしまいます。", tone="amber"
                )
            )
        self.put(self.text, 1)
        self.put(label("1問ずつ貼り付けるとき", "strong"))
        self.question_buttons: list[Button] = []
        for number, one in enumerate(definition.questions):
            if number:
                self.put(rule())
            self.put(self._line(one))
        self.foot.insertWidget(1, self.copied)
        self.confirmed.connect(lambda: self._copy(definition.text, "全文をコピーしました"))

    def _line(self, one: DefinedQuestion) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        number = label(one.number, "second")
        number.setFixedWidth(t.scaled(48))
        line.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(one.title, wrap=True))
        words.addWidget(label("　".join((one.form_type, *one.hints)), "small", wrap=True))
        line.addLayout(words, 1)
        title = Button("質問をコピー", lambda: self._copy(one.title, f"{one.number}の質問をコピーしました"), low=True)
        title.setAccessibleName(f"{one.number}の質問をコピー")
        self.question_buttons.append(title)
        line.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        if one.options:
            options = Button(
                "選択肢をコピー",
                lambda: self._copy("\n".join(one.options), f"{one.number}の選択肢をコピーしました"),
                low=True,
            )
            options.setAccessibleName(f"{one.number}の選択肢をコピー")
            self.question_buttons.append(options)
            line.addWidget(options, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _copy(self, text: str, told: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.setText(told)
