"""設問, an event's own questions, edited beside their sheet, agreed with the contractor and then fixed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.form_text_dialog import FormTextDialog
from app.documents.screens.save_dialog import SaveDialog
from app.surveys.questions.documents import LARGE_KIND, QUESTIONNAIRE_KIND
from app.surveys.questions.parts import PageHeading, agreed_words, agreement_fields, handout_fields
from app.surveys.questions.rules import address_warnings, agreement_day
from app.surveys.questions.screens.library_master import copy_fields
from app.surveys.questions.screens.question_workspace import UNSAVED_QUESTION, QuestionWorkspace
from app.surveys.questions.screens.questions_panels import (
    AgreementPanel,
    ChooseQuestions,
    HandoutPanel,
    QuestionSource,
)
from app.surveys.questions.services import questionnaires
from app.surveys.questions.services.questionnaires import Origin
from app.surveys.questions.services.survey_documents import (
    NO_ADDRESS,
    FormDefinition,
    read_definition,
    read_questionnaire_copies,
    save_definition,
    set_large_copies,
)
from app.surveys.questions.services.surveys import (
    SurveyView,
    choose_questionnaire,
    copy_questionnaire,
    discard_questionnaire,
    fix_questionnaire,
    list_surveys,
    note_distribution,
    set_online,
    update_questions,
)
from app.widgets.action_mixin import ActionMixin, show_failure_in
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.labels import second_label
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.screen import widget_row as side_by_side
from app.window import theme as t
from app.window.app_context import AppContext, Result, bind_action, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import EventSurvey, Question

AGREEMENT_TAB = "協議"


class QuestionsPage(ActionMixin, QWidget):
    """Page with the questions of one event, or the choice of a set for it.

    Signals: ``agreed_day_found()`` the proposed day of agreement was read again, or other questions are chosen.
    """

    agreed_day_found = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._view: SurveyView | None = None
        self._origin = Origin(questionnaire=None)
        self._origin_survey_id = 0
        self.choice_panel = ChooseQuestions()
        self.problem = NoteBox()
        # The page of the next step takes these two over; until it is opened they belong to this page.
        waiting = QWidget(self)
        waiting.hide()
        self.handout_problem = NoteBox(parent=waiting)
        self.locked = NoteBox()
        self.counts = second_label()
        self.agreement = AgreementPanel(today=app_context.today())
        self.handout = HandoutPanel(today=app_context.today(), parent=waiting)
        self.question_workspace = QuestionWorkspace(
            app_context,
            save_questions=self._save_questions,
            side_pages=((AGREEMENT_TAB, self.agreement),),
            event_id=lambda: self._view.event.id if self._view is not None else None,
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        page = QWidget()
        column = in_column(owner=page, spacing=8)
        self._head = side_by_side(PageHeading("設問"), 8)
        self._head.addWidget(self.counts, 1)
        add(column, self._head, self.problem, self.locked, (self.question_workspace, 1))
        self._stack = PageLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.choice_panel)
        self._stack.addWidget(page)

    def _connect(self) -> None:
        self.choice_panel.used.connect(self._use)
        self.choice_panel.changed.connect(self.agreed_day_found)
        self.choice_panel.library_asked.connect(lambda: self.go("questionnaires"))
        self.question_workspace.save_failed.connect(self.show_error)
        self.question_workspace.editor_closed.connect(self._return_to_choice)
        self.agreement.fix_button.chosen.connect(self.ask_and_fix)
        self.agreement.discard_button.chosen.connect(
            lambda: self._run_change(bind_action(discard_questionnaire, survey_id=self._survey_id()))
        )
        self.agreement.keep_button.chosen.connect(self.save_as_master)
        self.agreement.compare_button.chosen.connect(self._open_comparison)
        self.agreement.master_button.chosen.connect(self._open_master)
        self.handout.change_asked.connect(self.edit_handout)
        self.handout.print_asked.connect(self._print)
        self.handout.text_button.chosen.connect(lambda: self._read_definition(self._show_text))
        self.handout.save_button.chosen.connect(lambda: self._read_definition(self._ask_save_place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the line under the pages in a narrow window."""
        super().resizeEvent(event)
        self.counts.setVisible(not t.should_fold_steps(self))

    # what the panel does

    def show_view(self, view: SurveyView) -> None:
        """Show the questions of the event, or the ways to get some where it has none.

        What else is shown (master, copies needed, online form; or surveys and masters to copy) is read after that.
        """
        self._view = view
        survey = view.survey
        if survey is None:
            self.run_read(self._show_sources, list_surveys, fiscal_year=self.fiscal_year)
            self.run_read(self._show_masters, questionnaires.list_questionnaires, kind=view.event.kind)
            if self.question_workspace.edited_code is None:
                self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        frozen = survey.frozen_at is not None
        self.counts.setText(f"{len(survey.questions)}問　{survey.title}")
        words = ""
        if frozen:
            words = "集計が確定しているため、設問は変えられません。"
        elif view.responses:
            words = f"回答が{len(view.responses)}枚入っているため、設問文と説明、足して示す選択肢だけを直せます。"
        self.locked.show_text(words)
        self.question_workspace.show_questions_of(
            survey.questions, is_wording_only=bool(view.responses), is_read_only=frozen, event_id=view.event.id
        )
        self.agreement.show_view(view)
        self._show_agreement_state()
        self.handout.show_view(view)
        if self._origin_survey_id != survey.id:
            self._origin_survey_id, self._origin = survey.id, Origin(questionnaire=None)
        self.run_read(self._show_origin, questionnaires.read_origin, survey_id=survey.id)
        self.run_read(self.handout.show_copies, read_questionnaire_copies, event_id=view.event.id)
        if survey.questions:
            self._read_definition(self.handout.show_definition)

    @property
    def view(self) -> SurveyView:
        """Return the survey shown; nobody sees the page before it shows one."""
        assert self._view is not None
        return self._view

    @property
    def unsaved_words(self) -> str:
        """Return the message about a half-typed question, "" without one."""
        return (
            "書きかけの設問があります。保存するか、やめてから移ってください。"
            if self.question_workspace.has_unsaved_question
            else ""
        )

    def _has_unsaved_question(self) -> bool:
        """Return whether a half-typed question blocks an action; if so, say it and focus the question."""
        if not self.question_workspace.has_unsaved_question:
            return False
        self.problem.show_text(UNSAVED_QUESTION, tone="amber")
        self.question_workspace.focus_questions()
        return True

    def take_focus(self) -> None:
        """Set the focus to the list, or to the first choice."""
        if self._stack.currentIndex() == 0:
            self.choice_panel.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.question_workspace.take_focus()

    # acts

    def use_chosen(self) -> None:
        """Save a copy of the chosen questions as those of the event."""
        if (source := self.choice_panel.table.current()) is not None:
            self._use(source)

    def _use(self, source: QuestionSource) -> None:
        event_id = self.view.event.id
        if not source.is_master:
            self.run_action(copy_questionnaire, event_id=event_id, from_event_id=source.row_id)
        elif source.row_id:
            self.run_action(questionnaires.use_questionnaire, event_id=event_id, questionnaire_id=source.row_id)
        else:
            self.run_action(choose_questionnaire, event_id=event_id)

    def _show_agreement_state(self) -> None:
        """Show the state of the 協議 above the side, with the same day as the button below."""
        survey = self._survey()
        if survey is not None:
            known = agreement_day(survey, self._origin.questionnaire)
            self.question_workspace.show_side_status(
                AGREEMENT_TAB, agreed_words(known, self.today, fixed=survey.fixed_on is not None)
            )

    def proposed_agreement_day(self) -> date | None:
        """Return the proposed day of agreement: that recorded for the survey or its unchanged master, else today.

        None = none is recorded and the event is over: an agreement of today makes no sense then.
        """
        survey, view, today = self._survey(), self._view, self.today
        known = agreement_day(survey, self._origin.questionnaire) if survey is not None else None
        over = view is not None and view.event.is_past(today)
        return known or (None if over else today)

    def fix_on_proposed_day(self) -> None:
        """Fix the questions as agreed on ``proposed_agreement_day``.

        Without one, or with findings to check first, ask as ``ask_and_fix``; an address may come after the decision.
        """
        if self._has_unsaved_question():
            return
        day = self.proposed_agreement_day()
        if day is None or any(one.text != NO_ADDRESS for one in self.question_workspace.findings.findings):
            self.ask_and_fix()
        else:
            self._run_change(bind_action(fix_questionnaire, survey_id=self._survey_id(), agreed_on=day))

    def ask_and_fix(self) -> None:
        """Open a dialog for the day of the agreement, which fixes the questions; not with a half-typed question."""
        survey = self._survey()
        if survey is None or self._has_unsaved_question():
            return
        found = len(self.question_workspace.findings.findings)
        more = fill_nonempty("確かめることが{}件あります。そのままでも決定できます。", found)
        FormDialog(
            self,
            "設問を決定する",
            main="設問を決定する",
            fields=agreement_fields(self.today),
            values={"day": self.proposed_agreement_day() or self.today},
            change=lambda values: bind_action(
                fix_questionnaire, survey_id=self._shown_survey_id(), agreed_on=values["day"]
            ),
            text=f"この実施回の{len(survey.questions)}問を、受託者と協議した設問として決定します。{more}",
        ).open()

    def save_as_master(self) -> None:
        """Open a dialog for name and year, which stores the event's questions as a master."""
        survey = self._survey()
        if survey is None or self._has_unsaved_question():
            return
        FormDialog(
            self,
            "ひな形として残す",
            main="ひな形を作成する",
            fields=copy_fields(self.fiscal_year),
            values={"name": survey.title, "fiscal_year": self.fiscal_year},
            change=lambda values: bind_action(
                questionnaires.save_as_questionnaire, survey_id=self._shown_survey_id(), **values
            ),
            text=f"{self.view.event.full_title}の{len(survey.questions)}問を、ひな形として残します。"
            f"実施回の設問は変わりません。",
        ).open()

    def edit_handout(self) -> None:
        """Open the dialog for the data of the online form and of the sheets handed out."""
        survey = self._survey()
        if survey is None:
            return
        known = {"distributed": survey.distributed, "large": survey.large_copies or None}

        def changes(values: dict[str, Any]) -> list[Callable[[ActionContext], ActionResult]]:
            """Return the actions that save what was changed in the dialog."""
            survey_id = self._shown_survey_id()
            made = []
            if values["distributed"] != known["distributed"]:
                made.append(bind_action(note_distribution, survey_id=survey_id, distributed=values["distributed"]))
            if values["large"] != known["large"]:
                made.append(bind_action(set_large_copies, survey_id=survey_id, copies=values["large"] or 0))
            return [
                *made,
                bind_action(set_online, survey_id=survey_id, url=values["url"], close=values["close"]),
            ]

        fields = handout_fields()
        dialog = FormDialog(
            self,
            "配布とオンラインを直す",
            fields=fields,
            values={"url": survey.online_url, "close": survey.online_close, **known},
            change=changes,
        )

        def look(key: str) -> None:
            """Show warnings about the typed address below its field."""
            if key == "url":
                odd = address_warnings(str(dialog.form.value("url") or ""))
                dialog.form.set_hint("url", "\n".join(odd) or fields[0].hint)

        dialog.form.changed.connect(look)
        look("url")
        dialog.open()

    # inside

    def _save_questions(
        self,
        questions: tuple[Question, ...],
        on_saved: Callable[[object], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        self._run_change(
            bind_action(update_questions, survey_id=self._survey_id(), questions=questions),
            on_saved=on_saved,
            on_failed=on_failed,
        )

    def _survey_id(self) -> int:
        survey = self._survey()
        return survey.id if survey is not None else 0

    def _shown_survey_id(self) -> int:
        """Return the id of the survey whose questions are shown.

        Raises:
            UserError: deleted meanwhile by an undo; the input must still be recoverable.
        """
        if self._survey() is None:
            raise UserError("この実施回の設問は、選ぶ前に戻されています。", "設問を選び直してください。")
        return self._survey_id()

    def _run_change(
        self,
        change: Callable[[ActionContext], Result],
        *,
        on_saved: Callable[[Result], object] | None = None,
        on_failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a change of the shown survey, then call ``on_saved`` or ``on_failed``."""
        try:
            self._shown_survey_id()
        except UserError as problem:
            (on_failed or self.show_error)(problem)
            return
        self.problem.show_text("")
        self.handout_problem.show_text("")
        self.run_change(change, on_saved, failed=on_failed)

    def show_error(self, problem: Exception) -> None:
        """Show the error on both pages of the step; over the choice of questions, in the window's message."""
        if self._stack.currentIndex() == 0:
            self.app_context.show_failure(problem)
            return
        for place in (self.problem, self.handout_problem):
            show_failure_in(failure_of(problem), place)

    def _return_to_choice(self) -> None:
        """Hide the problem; where the questions no longer exist, show the choice of a set."""
        self.problem.show_text("")
        if self._view is not None and self._view.survey is None:
            self._stack.setCurrentIndex(0)

    def _show_sources(self, rows: Any) -> None:
        if self.view.survey is None:
            others = tuple(row for row in rows if row.event.id != self.view.event.id)
            self.choice_panel.keep_copies(others, self.view.event.kind, self.today)

    def _show_masters(self, rows: Any) -> None:
        if self.view.survey is None:
            self.choice_panel.show_masters(rows, self.view.event.kind, self.today)

    def _show_origin(self, origin: Origin) -> None:
        """Show from which master the questions come, and emit ``agreed_day_found``."""
        self._origin = origin
        self.agreement.show_origin(origin)
        self._show_agreement_state()
        self.agreed_day_found.emit()

    def _open_master(self) -> None:
        if self._origin.questionnaire is not None:
            self.go("questionnaires", questionnaire_id=self._origin.questionnaire.id)

    def _open_comparison(self) -> None:
        if self._origin.questionnaire is not None:
            old = ("ひな形", self._origin.questionnaire.id)
            self.go("questionnaires", compare=(old, ("実施回", self.view.event.id)))

    def _print(self, large: bool) -> None:
        self.go("event", event_id=self.view.event.id, tab="書類", kind=LARGE_KIND if large else QUESTIONNAIRE_KIND)

    def _read_definition(self, on_read: Callable[[FormDefinition], None]) -> None:
        self.app_context.read(
            with_store(read_definition, event_id=self.view.event.id, now=self.app_context.now()),
            on_read,
            owner=self,
            on_failed=self.show_error,
        )

    def _show_text(self, definition: FormDefinition) -> None:
        FormTextDialog(
            "フォームに入れる文面",
            definition.title,
            text=definition.text,
            questions=definition.questions,
            caution=""
            if definition.is_fixed
            else "設問がまだ決定していません。決まったあとに直すと、フォームと用紙が違ってしまいます。",
            parent=self,
        ).open()

    def _ask_save_place(self, definition: FormDefinition) -> None:
        """Open the dialog that saves the definition of the online form as a workbook."""
        event_id = self.view.event.id
        SaveDialog(
            self.window(),
            "設問の一覧をExcelで保存",
            definition.title,
            stem=definition.stem,
            ending=".xlsx",
            personal="",
            change=lambda options: bind_action(save_definition, event_id=event_id, options=options),
            intro=f"{len(definition.questions)}問を、1行に1問ずつ出力します。文は用紙と一字一句同じです。",
        ).open()

    def _survey(self) -> EventSurvey | None:
        return self._view.survey if self._view is not None else None
