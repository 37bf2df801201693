"""How far the second typing is: sheets typed twice, how far both agree, what is still to be settled, what was."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.typing.parts.entry_numbers import said_numbers
from app.subjects.surveys.typing.services.survey_entry import differences, words_on_sheet
from app.subjects.surveys.typing.services.survey_second_entry import agreement, to_settle, waiting_numbers
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel


class SecondEntryPanel(Panel):
    """The second typing of one survey. Signals: ``settling_asked()`` look at the sheets whose typings differ."""

    settling_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("2回目の入力", note="任意", parent=parent)
        self.open_note = NoteBox(tone="amber")
        self.settle_button = Button("ちがいを決める", self.settling_asked.emit, icon_name="git-diff")
        self.state = Paragraph()
        self.settled = Paragraph(role="second")
        self.put(self.open_note)
        self.put(self.state)
        self.put(FlowRow(self.settle_button))
        self.put(self.settled)

    def show_view(self, view: SurveyView, today: date, *, changeable: bool) -> None:
        """Show how far it is; nothing at all before the first sheet was typed. ``changeable`` False only shows."""
        self.setVisible(bool(view.paper))
        open_ones = to_settle(view)
        numbers = said_numbers(one.sheet.number or 0 for one in open_ones)
        self.open_note.say(
            f"**1回目と2回目がちがう用紙が{len(open_ones)}枚あります（{numbers}枚目）**\n用紙を見て決めると、集計を確定できます。"
            if open_ones
            else ""
        )
        self.settle_button.setVisible(bool(open_ones) and changeable)
        self.state.say(_state_words(view))
        lines = _settled_lines(view, today)
        self.settled.say("決めたちがい\n" + "\n".join(lines) if lines else "")
        self.settled.setVisible(bool(lines))


def _state_words(view: SurveyView) -> str:
    waiting = waiting_numbers(view)
    if not view.second:
        return f"まだ始まっていません（紙 {len(view.paper)}枚）。別の人が同じ用紙をもう一度打つと、打ちまちがいが見つかります。"
    found = agreement(view)
    left = f"　まだの用紙　{said_numbers(waiting)}枚目（{len(waiting)}枚）" if waiting else "　すべて済みました"
    return (
        f"**{found.sheets} / {len(view.paper)}枚**{left}\n"
        f"回答の一致　**{found.same} / {found.answers}**（{found.rate}%）"
    )


def _settled_lines(view: SurveyView, today: date) -> list[str]:
    questions = view.survey.questions if view.survey is not None else ()
    sheets = {sheet.id: sheet for sheet in view.paper}
    lines = []
    for second in view.second:
        sheet = sheets.get(second.sheet_id)
        if sheet is None or second.settled_at is None:
            continue
        by_code = {question.code: question for question in questions}
        for one in differences(questions, second.first_answers, second.answers):
            now = words_on_sheet(by_code[one.code], sheet.answers, questions)
            when = short_date(second.settled_at.date(), today)
            lines.append(
                f"{sheet.number}枚目 問{one.place}　{one.first} ／ {one.second} → {now}（{second.settled_by} {when}）"
            )
    return lines
