"""Beside the questions: how many sheets are needed, and the online form with the same words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.surveys.questions.services.questionnaire_online import Definition
from app.subjects.surveys.questions.services.survey_papers import SheetCopies
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel


class HandoutPanel(QWidget):
    """配布 and オンライン.

    Signals: ``change_asked()`` numbers, address and closing day; ``print_asked(bool)`` the sheet is to be printed
    (True = the large one); ``text_asked()`` the words to paste; ``save_asked()`` them as a workbook.
    """

    change_asked = Signal()
    print_asked = Signal(bool)
    text_asked = Signal()
    save_asked = Signal()

    def __init__(self, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.handout = Paragraph()
        self.change_button = Button("直す", self.change_asked.emit, low=True)
        self.change_button.setAccessibleName("配布とオンラインを直す")
        self.print_button = Button(
            "用紙を印刷・保存", lambda: self.print_asked.emit(False), icon_name="printer", low=True
        )
        self.large_button = Button(
            "拡大版を印刷・保存", lambda: self.print_asked.emit(True), icon_name="printer", low=True
        )
        paper = Panel("用紙の配布")
        paper.put_in_head(self.change_button)
        paper.put(self.handout)
        paper.put(FlowRow(self.print_button, self.large_button))
        paper.put(label("両面で印刷します。1部が1枚の表と裏に収まります。", "small", wrap=True))
        self.online = Paragraph()
        self.warnings = NoteBox(tone="amber")
        self.text_button = Button("フォームに入れる文を表示", self.text_asked.emit, icon_name="copy", low=True)
        self.save_button = Button("設問の一覧をExcelで保存", self.save_asked.emit, icon_name="export", low=True)
        form = Panel("オンラインのフォーム")
        form.put(self.online)
        form.put(self.warnings)
        form.put(FlowRow(self.text_button, self.save_button))
        form.put(
            label(
                "このアプリからは送信しません。受託者が使うフォームに、同じ文を貼り付けて作ります。", "small", wrap=True
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(paper)
        column.addWidget(form)
        column.addStretch(1)

    def show_view(self, view: SurveyView) -> None:
        """Show what is known of the online form and of the sheets handed out."""
        survey = view.survey
        if survey is None:
            return
        self.change_button.setEnabled(survey.frozen_at is None)
        close = short_date(survey.online_close, self._today) if survey.online_close else "まだ"
        self.online.say(f"フォームの場所　**{survey.online_url or 'まだ'}**\n回答の締切　**{close}**")
        self._spread = f"{survey.distributed}枚" if survey.distributed is not None else "まだ"
        self.large_button.setVisible(survey.large_copies > 0)

    def show_copies(self, copies: SheetCopies) -> None:
        """Show how many sheets are needed."""
        self.handout.say(f"必要な部数　**{copies.words}**\n配布した枚数　**{self._spread}**")

    def show_definition(self, definition: Definition) -> None:
        """Show what is odd about the form's address."""
        self.warnings.say("\n".join(definition.warnings))
        self.text_button.setToolTip(
            "" if definition.fixed else "設問がまだ決定していません。決まってからフォームを作ると、直さずにすみます。"
        )
