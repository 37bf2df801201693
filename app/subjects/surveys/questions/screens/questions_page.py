"""設問: an event's own questions, written beside their sheet, agreed with the contractor and then fixed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.papers.screens.leaving_dialog import SaveDialog
from app.subjects.surveys.questions.papers.questionnaire import KIND, LARGE_KIND
from app.subjects.surveys.questions.parts.form_dialog import (
    agreement_fields,
    handout_fields,
)
from app.subjects.surveys.questions.parts.survey_pages import page_heading
from app.subjects.surveys.questions.parts.survey_words import agreed_words
from app.subjects.surveys.questions.rules.questionnaire_checks import address_warnings
from app.subjects.surveys.questions.rules.questions_agreed import known_agreed_on
from app.subjects.surveys.questions.screens.library_master import keep_fields
from app.subjects.surveys.questions.screens.question_bench import STILL_WRITING, QuestionBench
from app.subjects.surveys.questions.screens.questions_panels import (
    AgreementPanel,
    ChooseQuestions,
    HandoutPanel,
    QuestionTextDialog,
)
from app.subjects.surveys.questions.services import questionnaires
from app.subjects.surveys.questions.services.questionnaires import Origin
from app.subjects.surveys.questions.services.survey_papers import (
    Definition,
    read_copies,
    read_definition,
    save_definition,
    set_large_copies,
)
from app.subjects.surveys.questions.services.surveys import (
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
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.labels import wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.screen import row as side_by_side
from app.widgets.sending import Sending, note_failure
from app.window import theme as t
from app.window.desk import Desk, Result, acting, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import EventSurvey, Question
from db.store import Store

AGREEMENT = "協議"


class QuestionsPage(Sending, QWidget):
    """The questions of one event, or the choice of them.

    Signals: ``agreed_day_found()`` it is known anew on which day the questions may have been agreed.
    """

    agreed_day_found = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._view: SurveyView | None = None
        self._origin = Origin(questionnaire=None)
        self._origin_of = 0
        self.choose = ChooseQuestions()
        self.problem = NoteBox()
        # The page of the next step takes these two over; until somebody goes there they go with this page.
        waiting = QWidget(self)
        waiting.hide()
        self.handout_problem = NoteBox(parent=waiting)
        self.locked = NoteBox(tone="accent")
        self.counts = wrapped_label("", "second")
        self.agreement = AgreementPanel(today=desk.today())
        self.handout = HandoutPanel(today=desk.today(), parent=waiting)
        self.bench = QuestionBench(
            desk,
            save=self._save_set,
            sides=((AGREEMENT, self.agreement),),
            event_id=lambda: self._view.event.id if self._view is not None else None,
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        page = QWidget()
        column = in_column(owner=page, spacing=8)
        self._head = side_by_side(page_heading("設問"), 8)
        self._head.addWidget(self.counts, 1)
        add(column, self._head, self.problem, self.locked, (self.bench, 1))
        self._stack = PageLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.choose)
        self._stack.addWidget(page)

    def _connect(self) -> None:
        self.choose.default_asked.connect(self.use_default)
        self.choose.copy_asked.connect(self.copy_from)
        self.choose.master_asked.connect(self.take_master)
        self.choose.library_asked.connect(lambda: self.desk.go("questionnaires"))
        self.bench.refused.connect(self.refuse)
        self.bench.left.connect(self._back_to_choice)
        self.agreement.fix_asked.connect(self.fix)
        self.agreement.discard_asked.connect(
            lambda: self._write(acting(self.desk, discard_questionnaire, survey_id=self._survey_id()))
        )
        self.agreement.keep_asked.connect(self.keep_as_master)
        self.agreement.compare_asked.connect(self._compare)
        self.agreement.master_asked.connect(self._open_master)
        self.handout.change_asked.connect(self.change_handout)
        self.handout.print_asked.connect(self._print)
        self.handout.text_asked.connect(lambda: self._with_definition(self._show_text))
        self.handout.save_asked.connect(lambda: self._with_definition(self._ask_where))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window the line under the pages gives its room to the questions."""
        super().resizeEvent(event)
        self.counts.setVisible(self.window().width() >= t.FOLD_STEPS)

    # what the panel does

    def show_view(self, view: SurveyView) -> None:
        """Show the questions, or the choice of them."""
        self._view = view
        survey = view.survey
        if survey is None:
            self.fetch(self._show_sources, list_surveys, fiscal_year=self.desk.fiscal_year)
            self.fetch(self._show_masters, questionnaires.list_questionnaires, kind=view.event.kind)
            if self.bench.in_hand is None:
                self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        frozen = survey.frozen_at is not None
        self.counts.setText(f"{len(survey.questions)}問　{survey.title}")
        words = ""
        if frozen:
            words = "集計が確定しているため、設問は変えられません。"
        elif view.sheets:
            words = f"回答が{len(view.sheets)}枚入っているため、設問文と説明、足して示す選択肢だけを直せます。"
        self.locked.say(words)
        self.bench.show_set(survey.questions, locked=bool(view.sheets), fixed=frozen, event_id=view.event.id)
        self.agreement.show_view(view)
        self._tell_agreement()
        self.handout.show_view(view)
        if self._origin_of != survey.id:
            self._origin_of, self._origin = survey.id, Origin(questionnaire=None)
        self.fetch(self._show_origin, questionnaires.read_origin, survey_id=survey.id)
        self.fetch(self.handout.show_copies, read_copies, event_id=view.event.id)
        if survey.questions:
            self._with_definition(self.handout.show_definition)

    @property
    def unfinished(self) -> str:
        """What is half typed, in words, or empty."""
        return "書きかけの設問があります。保存するか、やめてから移ってください。" if self.bench.unfinished else ""

    def _still_writing(self) -> bool:
        """Whether a question is half typed: what is decided would leave it out. The page says so, and leads there."""
        if not self.bench.unfinished:
            return False
        self.problem.say(STILL_WRITING, tone="amber")
        self.bench.show_questions()
        return True

    def take_focus(self) -> None:
        """The list, or the first choice."""
        if self._stack.currentIndex() == 0:
            self.choose.take_focus()
        else:
            self.bench.take_focus()

    # acts

    def use_default(self) -> None:
        """Give the event the default questions."""
        if self._view is not None:
            self.do(choose_questionnaire, event_id=self._view.event.id)

    def take_master(self, questionnaire_id: int) -> None:
        """Give the event a copy of a master's questions."""
        if self._view is not None:
            event_id = self._view.event.id
            self.do(questionnaires.take_questionnaire, event_id=event_id, questionnaire_id=questionnaire_id)

    def copy_from(self, event_id: int) -> None:
        """Give the event a copy of another event's questions."""
        if self._view is not None:
            self.do(copy_questionnaire, event_id=self._view.event.id, from_event_id=event_id)

    def _tell_agreement(self) -> None:
        """Over the side: how far the 協議 is, by the day that the button below names as well."""
        survey = self._survey()
        if survey is not None:
            known = known_agreed_on(survey, self._origin.questionnaire)
            self.bench.tell_side(AGREEMENT, agreed_words(known, self.desk.today(), fixed=survey.fixed_on is not None))

    def agreed_day(self) -> date | None:
        """The day on which the questions may have been agreed: that of a master agreed already, else today.

        None = nobody can say: once the event was held, an agreement of today is none.
        """
        survey, view, today = self._survey(), self._view, self.desk.today()
        known = known_agreed_on(survey, self._origin.questionnaire) if survey is not None else None
        over = view is not None and view.event.event_date is not None and view.event.event_date < today
        return known or (None if over else today)

    def fix_on_agreed_day(self) -> None:
        """Fix the questions as agreed on ``agreed_day``; without one, or with something to check first,
        ask as ``fix``."""
        if self._still_writing():
            return
        day = self.agreed_day()
        if day is None or self.bench.findings.findings:
            self.fix()
        else:
            self._write(acting(self.desk, fix_questionnaire, survey_id=self._survey_id(), agreed_on=day))

    def fix(self) -> None:
        """Ask for the day of the agreement and fix the questions."""
        survey = self._survey()
        if survey is None or self._still_writing():
            return
        found = len(self.bench.findings.findings)
        more = f"確かめることが{found}件あります。そのままでも決定できます。" if found else ""
        FormDialog(
            self.desk,
            "設問を決定する",
            main="設問を決定する",
            fields=agreement_fields(self.desk.today()),
            values={"day": self.agreed_day() or self.desk.today()},
            change=lambda values: acting(
                self.desk, fix_questionnaire, survey_id=self._present_id(), agreed_on=values["day"]
            ),
            text=f"この実施回の{len(survey.questions)}問を、受託者と協議した設問として決定します。{more}",
            parent=self,
        ).open()

    def keep_as_master(self) -> None:
        """Put the event's questions into the library."""
        survey, view = self._survey(), self._view
        if survey is None or view is None or self._still_writing():
            return
        FormDialog(
            self.desk,
            "ひな形として残す",
            main="ひな形を作成する",
            fields=keep_fields(self.desk.fiscal_year),
            values={"name": survey.title, "fiscal_year": self.desk.fiscal_year},
            change=lambda values: acting(
                self.desk, questionnaires.keep_as_questionnaire, survey_id=self._present_id(), **values
            ),
            text=f"{view.event.full_title}の{len(survey.questions)}問を、ひな形として残します。"
            f"実施回の設問は変わりません。",
            parent=self,
        ).open()

    def change_handout(self) -> None:
        """Change what is known of the online form and of the sheets handed out."""
        survey = self._survey()
        if survey is None:
            return
        known = {"distributed": survey.distributed, "large": survey.large_copies or None}

        def changes(values: dict[str, Any]) -> list[Callable[[Store], Saved]]:
            survey_id = self._present_id()
            made: list[Callable[[Store], Saved]] = []
            if values["distributed"] != known["distributed"]:
                made.append(
                    acting(self.desk, note_distribution, survey_id=survey_id, distributed=values["distributed"])
                )
            if values["large"] != known["large"]:
                made.append(acting(self.desk, set_large_copies, survey_id=survey_id, copies=values["large"] or 0))
            return [
                *made,
                acting(self.desk, set_online, survey_id=survey_id, url=values["url"], close=values["close"]),
            ]

        fields = handout_fields()
        dialog = FormDialog(
            self.desk,
            "配布とオンラインを直す",
            main="保存する",
            fields=fields,
            values={"url": survey.online_url, "close": survey.online_close, **known},
            change=changes,
            parent=self,
        )

        def look(key: str) -> None:
            if key == "url":
                odd = address_warnings(str(dialog.form.value("url") or ""))
                dialog.form.set_hint("url", "\n".join(odd) or fields[0].hint)

        dialog.form.changed.connect(look)
        look("url")
        dialog.open()

    # inside

    def _save_set(
        self, questions: tuple[Question, ...], done: Callable[[object], None], failed: Callable[[Exception], None]
    ) -> None:
        self._write(
            acting(self.desk, set_questions, survey_id=self._survey_id(), questions=questions),
            done=done,
            failed=failed,
        )

    def _survey_id(self) -> int:
        survey = self._survey()
        return survey.id if survey is not None else 0

    def _present_id(self) -> int:
        """The survey whose questions stand here.

        Raises:
            Refusal: taken away meanwhile, by an undo that was still under way: what was typed must find a way out.
        """
        if self._survey() is None:
            raise Refusal("この実施回の設問は、選ぶ前に戻されています。", "設問を選び直してください。")
        return self._survey_id()

    def _write(
        self,
        change: Callable[[Store], Result],
        *,
        done: Callable[[Result], object] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        try:
            self._present_id()
        except Refusal as problem:
            (failed or self.refuse)(problem)
            return
        self.problem.say("")
        self.handout_problem.say("")
        self.send(change, done, failed=failed)

    def refuse(self, problem: Exception) -> None:
        """Both pages of what is asked for show it: only one of them is seen, and none beside the choice."""
        if self._stack.currentIndex() == 0:
            self.desk.fail(problem)
            return
        for place in (self.problem, self.handout_problem):
            note_failure(failure_of(problem), place)

    def _back_to_choice(self) -> None:
        """What was typed is put away; where the questions are gone meanwhile, others can be chosen."""
        self.problem.say("")
        if self._view is not None and self._view.survey is None:
            self._stack.setCurrentIndex(0)

    def _show_sources(self, rows: Any) -> None:
        if self._view is not None and self._view.survey is None:
            others = tuple(row for row in rows if row.event.id != self._view.event.id)
            self.choose.show_sources(others, self._view.event.kind, self.desk.today())

    def _show_masters(self, rows: Any) -> None:
        if self._view is not None and self._view.survey is None:
            self.choose.show_masters(rows, self.desk.today())

    def _show_origin(self, origin: Origin) -> None:
        self._origin = origin
        self.agreement.show_origin(origin)
        self._tell_agreement()
        self.agreed_day_found.emit()

    def _open_master(self) -> None:
        if self._origin.questionnaire is not None:
            self.desk.go("questionnaires", questionnaire_id=self._origin.questionnaire.id)

    def _compare(self) -> None:
        if self._origin.questionnaire is not None and self._view is not None:
            old = ("ひな形", self._origin.questionnaire.id)
            self.desk.go("questionnaires", compare=(old, ("実施回", self._view.event.id)))

    def _print(self, large: bool) -> None:
        if self._view is not None:
            self.desk.go("documents", event_id=self._view.event.id, kind=LARGE_KIND if large else KIND)

    def _with_definition(self, then: Callable[[Definition], None]) -> None:
        if self._view is not None:
            self.desk.read(
                with_store(read_definition, event_id=self._view.event.id, now=self.desk.now()),
                then,
                owner=self,
                failed=self.refuse,
            )

    def _show_text(self, definition: Definition) -> None:
        QuestionTextDialog(definition, parent=self).open()

    def _ask_where(self, definition: Definition) -> None:
        if self._view is None:
            return
        event_id = self._view.event.id
        SaveDialog(
            self.desk,
            "設問の一覧をExcelで保存",
            definition.title,
            stem=definition.stem,
            ending=".xlsx",
            personal="",
            change=lambda leaving: acting(self.desk, save_definition, event_id=event_id, **leaving),
            told=f"{len(definition.questions)}問を、1行に1問ずつ出力します。文は用紙と一字一句同じです。",
            parent=self.window(),
        ).open()

    def _survey(self) -> EventSurvey | None:
        return self._view.survey if self._view is not None else None
