"""One response, or one doubtful row of a file, in full, with doubts and decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.surveys.answers.parts import USUAL_REASONS, response_name, response_state
from app.surveys.answers.services.survey_decisions import AnswerDecision
from app.surveys.answers.services.survey_preview import RowOutcome
from app.surveys.data_entry.services import NO_ANSWER, response_answer_rows
from app.widgets.buttons import link_button
from app.widgets.dialogs.common_dialogs import usual_buttons
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.keys import on_key
from app.widgets.labels import Paragraph, label, section, separator, small_label
from app.widgets.layouts import in_column, in_grid
from app.widgets.note_box import NoteBox
from app.widgets.screen import clear_layout, in_scroll_area
from db.records.surveys import Answer, Question, SurveyResponse

LIKE_OTHERS, COUNT_IN, LEAVE_OUT = "alike", "in", "out"


class AnswersView(QWidget):
    """Every question with its answer, then further columns; emits no signals."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = in_grid(self, margins=(0, 0, 8, 0), across=12, down=4, wide=1)

    def show_answers(
        self, questions: Sequence[Question], answers: Mapping[str, Answer], extra: Mapping[str, str]
    ) -> None:
        """Show the answers of a response; ``extra`` are the cells of a file's columns that are no question."""
        clear_layout(self._grid)
        line = 0
        beside = [("", heading, words) for heading, words in extra.items()]
        for code, title, words in [*response_answer_rows(questions, answers), *beside]:
            self._grid.addWidget(separator(), line, 0, 1, 2)
            self._grid.addWidget(label(code, "small"), line + 1, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(small_label(title), line + 1, 1)
            told = Paragraph(words, role="second") if words == NO_ANSWER else Paragraph(f"**{words}**")
            self._grid.addWidget(told, line + 2, 1)
            line += 3
        self._grid.setRowStretch(line, 1)


class ResponseDetail(QWidget):
    """View of one response in full, with answers, doubts, and decision.

    Signals: ``correct_asked(SurveyResponse)``.
    """

    correct_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.response: SurveyResponse | None = None
        self.title = section("")
        self.note = NoteBox()
        self.correct_button = link_button("直す F2", self._correct)
        on_key(self, "F2", self.correct_button.click, inside=True, repeats=False)
        self._answers = AnswersView()
        in_column(
            FlowRow(self.title, self.correct_button, at_end=1),
            self.note,
            (in_scroll_area(self._answers), 1),
            owner=self,
            spacing=8,
        )

    def show_response(
        self, response: SurveyResponse | None, questions: Sequence[Question], today: date, *, frozen: bool = False
    ) -> None:
        """Show a response with its state and answers; hide the whole for None.

        ``frozen``: the totals are fixed, so nothing can be changed.
        """
        self.response = response
        self.setVisible(response is not None)
        if response is None:
            return
        self.title.setText(response_name(response, today))
        state = response_state(response)
        words = "\n".join(response.problems)
        if response.decision:
            words = f"{words}\n決めたこと　{response.decision}".strip()
        if frozen:
            words = f"{words}\n集計が確定しているため、変更できません。".strip()
        self.note.show_text(words, tone="amber" if state == "確認が必要" else "quiet")
        self.correct_button.setEnabled(not frozen)
        self._answers.show_answers(questions, response.answers, response.extra)

    def _correct(self) -> None:
        if self.response is not None:
            self.correct_asked.emit(self.response)


class RowDecisionDialog(DialogFrame):
    """Dialog with one doubtful row of a file in full and the choice whether it counts.

    Signals: those of ``DialogFrame``; ``decision()`` returns the choice.
    """

    writes = True

    def __init__(
        self,
        row: RowOutcome,
        questions: Sequence[Question],
        today: date,
        *,
        decided: AnswerDecision | None,
        parent: QWidget,
    ):
        stamp = ""
        if row.answered_at is not None:
            stamp = f"　{short_date(row.answered_at.date(), today)} {row.answered_at:%H:%M}"
        super().__init__(
            "この回答の数え方を決める",
            f"{row.spreadsheet_row}行目{stamp}",
            main="決める",
            note="まだ保存していません",
            parent=parent,
        )
        self.put(NoteBox("\n".join(doubt.reason for doubt in row.doubts), "amber"))
        self.form = Form(
            (
                Field(
                    "way",
                    "数え方",
                    "radio",
                    choices=(
                        (LIKE_OTHERS, "まとめての決め方に従う"),
                        (COUNT_IN, "集計に入れる"),
                        (LEAVE_OUT, "集計に入れない"),
                    ),
                ),
                Field(
                    "reason",
                    "理由",
                    "lines",
                    lines=2,
                    optional=True,
                    hint="集計に入れないときは、書いてください。回答一覧に残ります",
                ),
            )
        )
        way = LIKE_OTHERS if decided is None else COUNT_IN if decided.counted else LEAVE_OUT
        self.form.set_values({"way": way, "reason": decided.reason if decided is not None else ""})
        self.put(
            self.form,
            FlowRow(*usual_buttons(USUAL_REASONS, self._take)),
            section("回答の中身"),
        )
        answers = AnswersView()
        answers.show_answers(questions, row.answers, row.response.extra if row.response is not None else {})
        self.put(answers, None)
        self.confirmed.connect(self._accept_or_ask_reason)
        self.form.go_to("way")

    def decision(self) -> AnswerDecision | None:
        """Return the decision about the row; None follows the decision for its kind of doubt."""
        way = self.form.value("way")
        if way == LIKE_OTHERS:
            return None
        return AnswerDecision(counted=way == COUNT_IN, reason=self.form.text("reason"))

    def _take(self, reason: str) -> None:
        """Choose 集計に入れない with a usual reason, and focus the main button."""
        self.form.set_values({"way": LEAVE_OUT, "reason": reason})
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _accept_or_ask_reason(self) -> None:
        """Accept the dialog, or show that leaving the row out needs a reason."""
        chosen = self.decision()
        if chosen is not None and not chosen.counted and not chosen.reason.strip():
            self.form.set_problem("reason", "集計に入れない理由を書いてください。")
            self.form.go_to("reason")
            return
        self.accept()
