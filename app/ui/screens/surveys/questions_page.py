"""設問: an event's own questions, changed one by one, agreed with the contractor and then fixed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.services.refusal import Refusal
from app.services.surveys import (
    SurveyView,
    choose_questionnaire,
    copy_questionnaire,
    discard_questionnaire,
    fix_questionnaire,
    list_surveys,
    note_distribution,
    set_online,
    set_questions,
)
from app.ui.desk import Desk
from app.ui.failure_messages import failure_of
from app.ui.screens.surveys.agreement_panel import AgreementPanel
from app.ui.screens.surveys.choose_questions import ChooseQuestions
from app.ui.screens.surveys.form_dialog import Done, Failed, FormDialog
from app.ui.screens.surveys.page_heading import page_heading
from app.ui.screens.surveys.question_columns import question_columns
from app.ui.screens.surveys.question_dialog import QuestionDialog
from app.ui.screens.surveys.survey_fields import agreement_fields, handout_fields
from app.ui.widgets.buttons import Button
from app.ui.widgets.failure_dialog import note_failure
from app.ui.widgets.folding_columns import FoldingColumns
from app.ui.widgets.labels import label
from app.ui.widgets.note_box import NoteBox
from app.ui.widgets.record_table import RecordTable
from app.ui.widgets.screen import row as side_by_side
from app.ui.widgets.table_export import export_button
from db.records.surveys import EventSurvey, Question


class QuestionsPage(QWidget):
    """The questions of one event, or the choice of them. Signals: none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._view: SurveyView | None = None
        self._wanted = ""
        self.choose = ChooseQuestions()
        self.problem = NoteBox()
        self.locked = NoteBox(tone="accent")
        self.counts = label("", "second")
        self.add_button = Button("設問を加える", self.add, icon_name="plus")
        self.edit_button = Button("直す", lambda: self.edit(self.table.current()), icon_name="pencil-simple")
        self.up_button = Button("上へ動かす", lambda: self.move_question(-1), kind="icon", icon_name="arrow-up")
        self.down_button = Button("下へ動かす", lambda: self.move_question(1), kind="icon", icon_name="arrow-down")
        self.remove_button = Button("削除する", lambda: self.remove(self.table.current()), kind="danger")
        self.table = RecordTable(
            "survey_questions",
            question_columns(self._place_of),
            title="設問の一覧",
            empty="設問がありません。",
            empty_button="設問を加える",
            empty_act=self.add,
            filtered=False,
            unit="問",
            hint="Enter で直す、Alt+↑↓ で並べ替え、Delete で削除",
        )
        self.export = export_button(
            desk,
            self.table,
            title="設問の一覧",
            event_id=lambda: self._view.event.id if self._view is not None else None,
        )
        self.table.foot.addWidget(self.export)
        self.agreement = AgreementPanel(today=desk.today())
        self._build()
        self._connect()

    def _build(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        buttons = (self.add_button, self.edit_button, self.up_button, self.down_button, self.remove_button)
        column.addLayout(side_by_side(page_heading("設問"), 8, self.counts, None, *buttons))
        column.addWidget(self.problem)
        column.addWidget(self.locked)
        self._columns = FoldingColumns("設問", self.table, (("協議・配布", self.agreement),), wide=300)
        column.addWidget(self._columns, 1)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.choose)
        self._stack.addWidget(page)

    def _connect(self) -> None:
        self.choose.default_asked.connect(self.use_default)
        self.choose.copy_asked.connect(self.copy_from)
        self.table.opened.connect(self.edit)
        self.table.edit_asked.connect(self.edit)
        self.table.delete_asked.connect(lambda rows: self.remove(rows[0]))
        self.table.chosen.connect(lambda _row: self._light_buttons())
        self.agreement.fix_asked.connect(self.fix)
        self.agreement.handout_asked.connect(self.change_handout)
        self.agreement.discard_asked.connect(lambda: self._write(discard_questionnaire))
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=step: self.move_question(by))

    # what the panel does

    def show_view(self, view: SurveyView) -> None:
        """Show the questions, or the choice of them."""
        self._view = view
        survey = view.survey
        if survey is None:
            self.desk.read(list_surveys, self._show_sources)
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        frozen = survey.frozen_at is not None
        self.counts.setText(f"{len(survey.questions)}問　{survey.title}")
        words = ""
        if frozen:
            words = "集計が確定しているため、設問は変えられません。"
        elif view.sheets:
            words = f"回答が{len(view.sheets)}枚入っているため、設問文と、足して示す選択肢だけを直せます。"
        self.locked.say(words)
        wanted = self._wanted or getattr(self.table.current(), "code", "")
        self._wanted = ""
        self.table.show_rows(survey.questions)
        if survey.questions and not self.table.choose(lambda one: one.code == wanted, take_focus=False):
            self.table.choose(lambda one: one.code == survey.questions[0].code, take_focus=False)
        self.agreement.show_view(view)
        self._light_buttons()

    def take_focus(self) -> None:
        """The list, or the first choice."""
        if self._stack.currentIndex() == 0:
            self.choose.take_focus()
        else:
            self.table.setFocus()

    # acts

    def use_default(self) -> None:
        """Give the event the default questions."""
        if self._view is not None:
            self.desk.write(choose_questionnaire, owner=self, event_id=self._view.event.id)

    def copy_from(self, event_id: int) -> None:
        """Give the event a copy of another event's questions."""
        if self._view is not None:
            self.desk.write(copy_questionnaire, owner=self, event_id=self._view.event.id, from_event_id=event_id)

    def add(self) -> None:
        """Open the dialog of a new question at the end."""
        survey = self._survey()
        if survey is None:
            return
        used = {question.code for question in survey.questions}
        number = next(n for n in range(1, len(used) + 2) if f"own{n}" not in used)
        question = Question(code=f"own{number}", title="", type="SA")
        dialog = QuestionDialog(question, place=len(survey.questions) + 1, new=True, parent=self)
        self._open(dialog, lambda typed: (*survey.questions, typed))

    def edit(self, question: Question | None) -> None:
        """Open the dialog of a question."""
        survey, view = self._survey(), self._view
        if survey is None or view is None or question is None or survey.frozen_at is not None:
            return
        place = self._place_of(question)
        dialog = QuestionDialog(question, place=place, locked=bool(view.sheets), parent=self)

        def changed(typed: Question) -> Sequence[Question]:
            return [typed if one.code == typed.code else one for one in survey.questions]

        self._open(dialog, changed)

    def move_question(self, step: int) -> None:
        """Move the current question up (−1) or down (+1)."""
        survey, question = self._survey(), self.table.current()
        if survey is None or question is None:
            return
        place = self._place_of(question) - 1
        if not 0 <= place + step < len(survey.questions):
            return
        order = list(survey.questions)
        order.insert(place + step, order.pop(place))
        self._wanted = question.code
        self._write(set_questions, questions=tuple(order))

    def remove(self, question: Question | None) -> None:
        """Take a question out."""
        survey = self._survey()
        if survey is not None and question is not None:
            left = tuple(one for one in survey.questions if one.code != question.code)
            self._write(set_questions, questions=left)

    def fix(self) -> None:
        """Ask for the day of the agreement and fix the questions."""
        survey = self._survey()
        if survey is None:
            return
        today = self.desk.today()
        FormDialog(
            "設問を決定する",
            agreement_fields(today),
            {"day": survey.agreed_on or today},
            verb="設問を決定する",
            text=f"この実施回の{len(survey.questions)}問を、受託者と協議した設問として決定します。",
            save=lambda values, done, failed: self._write(
                fix_questionnaire, done=done, failed=failed, agreed_on=values["day"]
            ),
            fiscal_year=self.desk.fiscal_year,
            parent=self,
        ).open()

    def change_handout(self) -> None:
        """Change what is known of the online form and of the sheets handed out."""
        survey = self._survey()
        if survey is None:
            return

        def save(values: dict[str, Any], done: Done, failed: Failed) -> None:
            def save_online(_saved: object = None) -> None:
                self._write(set_online, done=done, failed=failed, url=values["url"], close=values["close"])

            if values["distributed"] == survey.distributed:
                save_online()
            else:
                self._write(note_distribution, done=save_online, failed=failed, distributed=values["distributed"])

        FormDialog(
            "オンラインと配布を直す",
            handout_fields(),
            {"url": survey.online_url, "close": survey.online_close, "distributed": survey.distributed},
            verb="保存する",
            save=save,
            fiscal_year=self.desk.fiscal_year,
            parent=self,
        ).open()

    # inside

    def _open(self, dialog: QuestionDialog, changed: Callable[[Question], Sequence[Question]]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def save(typed: Question) -> None:
            self._wanted = typed.code
            self._write(
                set_questions,
                done=lambda _saved: dialog.close_saved(),
                failed=dialog.refuse,
                questions=tuple(changed(typed)),
            )

        dialog.saved.connect(save)
        dialog.open()

    def _write(
        self,
        service: Callable[..., Any],
        *,
        done: Callable[[Any], Any] | None = None,
        failed: Callable[[Exception], None] | None = None,
        **arguments: Any,
    ) -> None:
        survey = self._survey()
        if survey is None:
            # Taken away meanwhile, by an undo that was still under way: a dialog must not wait for ever.
            (failed or self._refuse)(
                Refusal("この実施回の設問は、選ぶ前に戻されています。", "設問を選び直してください。")
            )
            return
        self.problem.say("")
        self.desk.write(service, done, owner=self, failed=failed or self._refuse, survey_id=survey.id, **arguments)

    def _refuse(self, problem: Exception) -> None:
        note_failure(failure_of(problem), self.problem)

    def _show_sources(self, rows: Any) -> None:
        if self._view is not None and self._view.survey is None:
            others = tuple(row for row in rows if row.event.id != self._view.event.id)
            self.choose.show_sources(others, self._view.event.kind, self.desk.today())

    def _survey(self) -> EventSurvey | None:
        return self._view.survey if self._view is not None else None

    def _place_of(self, question: Question) -> int:
        survey = self._survey()
        codes = [one.code for one in survey.questions] if survey is not None else []
        return codes.index(question.code) + 1 if question.code in codes else 0

    def _light_buttons(self) -> None:
        survey, view, current = self._survey(), self._view, self.table.current()
        if survey is None or view is None:
            return
        open_still = not view.sheets and survey.frozen_at is None
        place = self._place_of(current) if current is not None else 0
        self.add_button.setEnabled(open_still)
        self.edit_button.setEnabled(current is not None and survey.frozen_at is None)
        self.up_button.setEnabled(open_still and place > 1)
        self.down_button.setEnabled(open_still and 0 < place < len(survey.questions))
        self.remove_button.setEnabled(open_still and current is not None)
