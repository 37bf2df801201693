"""The dialog with the questions of an online form, to be copied as a whole or one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.documents.form_text import PASTE_NOTE, FormQuestion
from app.widgets.buttons import Button, inline_button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import label, separator, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.note_box import NoteBox
from app.window import theme as t
from app.window.app_context import check_may_copy
from app.window.clipboard import copy_for_pasting


class FormTextDialog(DialogFrame):
    """Dialog with the text of a form to paste, and a copy button per question; signals of ``DialogFrame``."""

    def __init__(
        self,
        title: str,
        subject: str,
        *,
        text: str,
        questions: Sequence[FormQuestion],
        caution: str = "",
        intro: str = "",
        parent: QWidget,
    ):
        """Build the dialog; ``caution`` is what speaks against pasting it now, ``intro`` what it is good for."""
        super().__init__(
            title, subject, main="全文をコピーする", cancel="閉じる", note=PASTE_NOTE, width=880, parent=parent
        )
        self.copied_note = wrapped_label("", "done")
        self.text = with_accessible_name(QPlainTextEdit(text, readOnly=True), title)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(round(t.line_height() * 11))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        if caution:
            self.put(NoteBox(caution, "amber"))
        if intro:
            self.put(wrapped_label(intro))
        self.put((self.text, 1), label("1問ずつ貼り付けるとき", "strong"))
        self.question_buttons: list[Button] = []
        for number, one in enumerate(questions):
            if number:
                self.put(separator())
            self.put(self._line(one))
        self.foot.insertWidget(1, self.copied_note)
        self.confirmed.connect(lambda: self._copy(text, "全文をコピーしました"))

    def _line(self, form_question: FormQuestion) -> QWidget:
        holder = QWidget()
        number = label(form_question.number, "second")
        number.setFixedWidth(t.scaled(48))
        words = in_column(
            wrapped_label(form_question.title),
            small_label("　".join((form_question.form_type, *form_question.setting_lines))),
            spacing=0,
        )
        title = with_accessible_name(
            inline_button(
                "質問をコピー", lambda: self._copy(form_question.title, f"{form_question.number}の質問をコピーしました")
            ),
            f"{form_question.number}の質問をコピー",
        )
        self.question_buttons.append(title)
        line = in_row(
            (number, 0, Qt.AlignmentFlag.AlignTop),
            (words, 1),
            (title, 0, Qt.AlignmentFlag.AlignTop),
            owner=holder,
            spacing=8,
        )
        if form_question.options:
            options = with_accessible_name(
                inline_button(
                    "選択肢をコピー",
                    lambda: self._copy(
                        "\n".join(form_question.options), f"{form_question.number}の選択肢をコピーしました"
                    ),
                ),
                f"{form_question.number}の選択肢をコピー",
            )
            self.question_buttons.append(options)
            line.addWidget(options, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _copy(self, text: str, message: str) -> None:
        if check_may_copy(self):
            copy_for_pasting(text)
            self.copied_note.setText(message)
