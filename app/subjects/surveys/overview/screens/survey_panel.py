"""アンケート: the surveys of the year with how far each is, or one event's survey in five steps; also a tab of the
event."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.main_window.navigation import check_page_name
from app.subjects.surveys.answers.screens.import_page import AnswerImportPage
from app.subjects.surveys.answers.screens.responses_page import ResponsesPage
from app.subjects.surveys.data_entry.screens.entry_page import EntryPage
from app.subjects.surveys.overview.screens.step_list import SurveyStepList
from app.subjects.surveys.overview.screens.survey_list import SurveyList
from app.subjects.surveys.overview.services.survey_steps import STEPS, SurveySteps, read_steps
from app.subjects.surveys.questions.parts.page_switch import set_headings_hidden
from app.subjects.surveys.questions.parts.survey_words import STATE_BADGES, event_words, survey_state
from app.subjects.surveys.questions.screens.questions_page import QuestionsPage
from app.subjects.surveys.questions.services.surveys import SurveyListRow, SurveyView, list_surveys
from app.subjects.surveys.tally.screens.check_page import TallyCheckPage
from app.subjects.surveys.tally.screens.tally_page import TallyPage
from app.widgets.action_mixin import show_failure_in
from app.widgets.badges import Badge, KindSquare
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.labels import Link, heading, label, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.note_box import NoteBox
from app.widgets.page_margins import fit_page_margins
from app.widgets.pages import PageLayout
from app.widgets.screen import Screen, in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import SurveyResponse

QUESTIONS, HANDOUT, RESPONSES, ENTRY, IMPORT, CHECK, TALLY = (
    "設問", "用紙", "回答", "検算・代行入力", "取り込み", "照合", "集計",
)  # fmt: skip
STEP_OF = {QUESTIONS: 1, HANDOUT: 2, RESPONSES: 3, ENTRY: 3, IMPORT: 3, CHECK: 4, TALLY: 5}
"""The step to which each page belongs."""
PAGES = tuple(STEP_OF)
_PAGE_OF_STEP = {1: QUESTIONS, 2: HANDOUT, 3: RESPONSES, 4: CHECK, 5: TALLY}
_TITLES = {ENTRY: "紙の回答を入力する", IMPORT: "オンラインの回答を取り込む"}
_FIX_QUESTIONS = "設問を決定する"
_OPEN_REPORT = "報告書へ進む"


class SurveyHandoutPage(QWidget):
    """Step 2: what the page of the questions knows of sheets and form, with room of its own. Signals: none."""

    def __init__(self, questions: QuestionsPage) -> None:
        super().__init__()
        self._questions = questions
        self.handout = questions.handout
        self.handout.setMaximumWidth(880)
        in_column(questions.handout_problem, (in_scroll_area(self.handout), 1), owner=self)

    def show_view(self, view: SurveyView) -> None:
        """Show what is known."""
        self._questions.show_view(view)

    def take_focus(self) -> None:
        """What can be changed here."""
        self.handout.change_button.setFocus()


_Page = QuestionsPage | SurveyHandoutPage | EntryPage | AnswerImportPage | ResponsesPage | TallyCheckPage | TallyPage


class SurveyPanel(Screen):
    """アンケート: the list of surveys, or one event's survey in five steps; also a tab of the event.

    ``embedded`` True inside the event's own screen: no way back to the list. Alt+1 … Alt+5 go to the steps.

    Signals: none.
    """

    def __init__(self, app_context: AppContext, *, embedded: bool = False) -> None:
        super().__init__(app_context)
        self._embedded = embedded
        self._event_id: int | None = None
        self._wanted_page = ""
        self._view: SurveyView | None = None
        self._survey_steps: SurveySteps | None = None
        self.survey_list = SurveyList(app_context)
        self.step_list = SurveyStepList()
        self.title = heading("")
        self.state_badge = Badge("未着手")
        self.state_words = label("", "small")
        self.back_link = link_button("‹ 回答一覧に戻る", lambda: self.show_page(RESPONSES))
        self.entry_button = Button("用紙を入力する", lambda: self.show_page(ENTRY), icon_name="keyboard")
        self.import_button = Button("ファイルを取り込む", lambda: self.show_page(IMPORT), icon_name="download-simple")
        self.next_button = main_button("", self.open_next_step)
        self.problem = NoteBox()
        self._pages: dict[str, Any] = {}
        self._current_page = QUESTIONS
        self._build()
        self._connect()
        # The event's pages say themselves where their work begins.
        self.setFocusProxy(self.survey_list.table)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        if self._embedded:
            outer.setContentsMargins(t.PAGE_X, 8, t.PAGE_X, 8)
        else:
            outer.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 12)
        fit_page_margins(self, outer)
        outer.setSpacing(8)
        outer.addWidget(self.problem)
        self._crumb = QWidget()
        crumb = in_row(owner=self._crumb, spacing=6)
        self.back = Link("アンケート", self.show_list)
        self._kind = KindSquare("講習会")
        self._title = wrapped_label("", "small")
        for part in (self.back, label("›", "small"), self._kind):
            crumb.addWidget(part)
        crumb.addWidget(self._title, 1)
        self._one = QWidget()
        column = in_column(self._crumb, owner=self._one, spacing=8)
        self._crumb.setVisible(not self._embedded)
        across = self._across = QHBoxLayout()
        across.addWidget(self.step_list)
        right = in_column(self._title_line(), spacing=8)
        below = QWidget()
        # A page that is not shown must not keep the window from folding, and a page folds only once the window did.
        self._head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        below.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.step_list.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self._page_stack = PageLayout(below)
        self._page_stack.setContentsMargins(0, 0, 0, 0)
        # A blank one first: the pages come as they are gone to.
        self._page_stack.addWidget(QWidget())
        right.addWidget(below, 1)
        across.addLayout(right, 1)
        column.addLayout(across, 1)
        inside = QWidget()
        self._stack = PageLayout(inside)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.survey_list)
        self._stack.addWidget(self._one)
        outer.addWidget(inside, 1)

    def _title_line(self) -> QWidget:
        """The step with its state, and at the right end the one filled button: what to do next."""
        self._head = QWidget()
        line = in_row(self.title, self.state_badge, self.state_words, None, owner=self._head, spacing=12)
        for button in (self.back_link, self.import_button, self.entry_button):
            line.addWidget(button)
        self._title_buttons = in_row(self.next_button, spacing=8)
        line.addLayout(self._title_buttons)
        return self._head

    def _connect(self) -> None:
        self.survey_list.opened.connect(lambda event_id: self.app_context.go("survey", event_id=event_id))
        self.survey_list.events_asked.connect(lambda: self.app_context.go("events"))
        self.step_list.chosen.connect(self.show_step)
        for number in _PAGE_OF_STEP:
            key = QShortcut(QKeySequence(f"Alt+{number}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self.show_step, number))

    # the pages, each built when first gone to: all at once would hold the window

    @property
    def questions_page(self) -> QuestionsPage:
        """設問."""
        return cast("QuestionsPage", self._get_page(QUESTIONS))

    @property
    def entry_page(self) -> EntryPage:
        """検算・代行入力."""
        return cast("EntryPage", self._get_page(ENTRY))

    @property
    def import_page(self) -> AnswerImportPage:
        """取り込み."""
        return cast("AnswerImportPage", self._get_page(IMPORT))

    @property
    def responses_page(self) -> ResponsesPage:
        """回答."""
        return cast("ResponsesPage", self._get_page(RESPONSES))

    @property
    def check_page(self) -> TallyCheckPage:
        """確かめる."""
        return cast("TallyCheckPage", self._get_page(CHECK))

    @property
    def tally_page(self) -> TallyPage:
        """集計."""
        return cast("TallyPage", self._get_page(TALLY))

    def _get_page(self, name: str) -> Any:
        if name in self._pages:
            return self._pages[name]
        made = self._build_page(name)
        self._pages[name] = made
        if isinstance(made, EntryPage | ResponsesPage | TallyCheckPage | TallyPage):
            made.page_asked.connect(self.show_page)
        if isinstance(made, ResponsesPage | TallyCheckPage):
            made.correct_asked.connect(self._correct)
        if isinstance(made, QuestionsPage):
            made.agreed_day_found.connect(self._update_layout)
        if isinstance(made, EntryPage):
            made.entry_state_changed.connect(self._update_layout)
        if isinstance(made, AnswerImportPage):
            made.page_changed.connect(self._update_layout)
            made.page_asked.connect(self._on_import_left)
        if isinstance(made, TallyCheckPage):
            made.texts_asked.connect(self._show_flagged)
        for button in self._page_buttons(made):
            self._title_buttons.addWidget(button)
            button.setVisible(False)
        self._page_stack.addWidget(made)
        set_headings_hidden(made, is_hidden=True)
        return made

    def _build_page(self, name: str) -> _Page:
        if name == HANDOUT:
            return SurveyHandoutPage(self.questions_page)
        makers: dict[str, Callable[[AppContext], _Page]] = {
            QUESTIONS: QuestionsPage, RESPONSES: ResponsesPage, ENTRY: EntryPage, IMPORT: AnswerImportPage,
            CHECK: TallyCheckPage, TALLY: TallyPage,
        }  # fmt: skip
        return makers[name](self.app_context)

    def _page_buttons(self, page: Any) -> tuple[Button, ...]:
        """The buttons of a page that stand in the title line."""
        if isinstance(page, TallyCheckPage):
            return (page.main,)
        return (page.unfreeze_button, page.freeze_button) if isinstance(page, TallyPage) else ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window the steps and the title line give room to the page."""
        super().resizeEvent(event)
        self._update_layout()

    # coming and going

    def open_with(self, *, event_id: int | None = None, page: str = "", **_more: Any) -> None:
        """``event_id`` opens that event's survey (None: the list), ``page`` one of its pages."""
        check_page_name(page, PAGES)
        if event_id != self._event_id:
            self._view = self._survey_steps = None
            self._wanted_page = page or "?"
        elif page:
            self._wanted_page = page
        self._event_id = event_id

    def view_state(self) -> dict[str, Any]:
        """The survey and its page, or the list."""
        return {"event_id": self._event_id, "page": self._current_page if self._view is not None else ""}

    @property
    def has_unsaved_work(self) -> bool:
        """A sheet under the hand, a question half typed, or a file in hand."""
        built = self._pages
        return bool(
            (ENTRY in built and self.entry_page.has_open_response)
            or (QUESTIONS in built and self.questions_page.unsaved_words)
            or (IMPORT in built and self.import_page.current_draft is not None)
        )

    def reload(self) -> None:
        """Read the list, or the survey of the event."""
        if self._event_id is None:
            self._stack.setCurrentIndex(0)
            self.run_read(self._show_list, list_surveys, fiscal_year=self.app_context.fiscal_year)
        else:
            self.app_context.read(
                with_store(read_steps, event_id=self._event_id, today=self.app_context.today()),
                self._show_steps,
                on_failed=self._show_load_error,
            )
            # Built while the store is being read: together with showing it, it would hold the window for longer.
            page = self._wanted_page or self._current_page
            if page in PAGES:
                self._get_page(page)

    def show_list(self) -> None:
        """Back to the list of surveys."""
        self.app_context.go("survey")

    def may_leave(self) -> bool:
        """A question half typed is finished or put aside first; a sheet half typed is kept as it is."""
        if ENTRY in self._pages:
            self.entry_page.save_drafts()
        words = self.questions_page.unsaved_words if QUESTIONS in self._pages else ""
        if words:
            self.problem.show_text(words, tone="amber")
        return not words

    # what is shown

    def _show_list(self, rows: tuple[SurveyListRow, ...]) -> None:
        self.problem.show_text("")
        self.survey_list.show_rows(rows)

    def _show_load_error(self, problem: Exception) -> None:
        self._one.setVisible(False)
        show_failure_in(failure_of(problem), self.problem)

    def _show_steps(self, survey_steps: SurveySteps) -> Iterator[None]:
        """Which page comes first is known only now: it is built, filled and shown in a turn of the window each."""
        view = survey_steps.view
        if view.event.id != self._event_id:
            return
        chosen = view.survey is not None
        while (page := self._page_to_show(survey_steps)) not in self._pages:
            self._get_page(page)
            yield
            if view.event.id != self._event_id:
                return
        self.problem.show_text("")
        self._view = view
        self._survey_steps = survey_steps
        self._kind.show_kind(view.event.kind)
        self._title.setText(event_words(view.event, self.app_context.today()))
        for row in self.step_list.step_rows[1:]:
            row.setEnabled(chosen)
        self._wanted_page = ""
        yield from self._show_page_stepwise(page)
        yield
        if self._view is not view:
            return
        # Last: what is put together while it is seen is laid out and painted again with every part that comes.
        self._stack.setCurrentIndex(1)
        self._one.setVisible(True)

    def _page_to_show(self, survey_steps: SurveySteps) -> str:
        """The page that is asked for by now."""
        if survey_steps.view.survey is None:
            return QUESTIONS
        wanted = self._wanted_page
        return (wanted if wanted in PAGES else _first_page(survey_steps)) if wanted else self._current_page

    def show_step(self, number: int) -> None:
        """Show the page of a step."""
        if self._view is None:
            # Still being read: it is shown as soon as it is there.
            self._wanted_page = _PAGE_OF_STEP[number]
        elif self._view.survey is not None or number == 1:
            self.show_page(_PAGE_OF_STEP[number])

    def show_page(self, page: str) -> None:
        """Show one of the pages of the event's survey."""
        for _turn in self._show_page_stepwise(page):
            pass

    def _show_page_stepwise(self, page: str) -> Iterator[None]:
        """Like ``show_page``: filled in one turn of the window, put in front in the next."""
        if page != ENTRY and self._current_page == ENTRY and ENTRY in self._pages:
            self.entry_page.save_drafts()
        shown = self._get_page(page)
        self._current_page = page
        # What somebody turned to meanwhile comes before the page that was asked for with the place.
        self._wanted_page = ""
        if CHECK in self._pages:
            self.check_page.main.setVisible(page == CHECK)
        if TALLY in self._pages:
            self.tally_page.set_in_front(page == TALLY)
        if self._view is not None:
            shown.show_view(self._view)
            yield
        if self._current_page != page:
            return
        if self._page_stack.currentWidget() is not shown:
            self._page_stack.setCurrentWidget(shown)
            shown.take_focus()
        # Afterwards: what was pressed goes from the line above, and must not take the keyboard with it.
        self._update_layout()

    def _update_layout(self) -> None:
        """The title line and the steps; while a sheet is typed, all the room is its own."""
        found, page = self._survey_steps, self._current_page
        if found is None:
            return
        narrow = self.window().width() < t.FOLD_STEPS
        typing = page == ENTRY and self.entry_page.has_open_response
        self._across.setSpacing(12 if narrow else 24)
        self.step_list.setVisible(not typing and not (page == IMPORT and self.import_page.has_open_file))
        self._head.setVisible(not typing)
        step = STEP_OF[page]
        self.step_list.show_steps(found, step, narrow=narrow)
        self.title.setText(_TITLES.get(page, f"{step} {STEPS[step - 1]}"))
        now = found.steps[step - 1]
        self._show_state(found.view, now.state, now.words, page)
        self.state_words.setVisible(not narrow and page not in (RESPONSES, ENTRY, IMPORT))
        if narrow and page in (RESPONSES, CHECK):
            # The list of steps says it as well, and the acts need the room.
            self.state_badge.setVisible(False)
        self.title.setVisible(not (narrow and page == RESPONSES))
        frozen = found.view.survey is not None and found.view.survey.frozen_at is not None
        for button in (self.entry_button, self.import_button):
            button.setVisible(page == RESPONSES and not frozen)
        self.back_link.setVisible(page in (ENTRY, IMPORT))
        words = self._next_step_words()
        self.next_button.setVisible(bool(words))
        if words:
            self.next_button.set_words(words)

    def _show_state(self, view: SurveyView, state: str, words: str, page: str) -> None:
        waiting, survey = len(view.doubtful_responses), survey_state(view)
        self.state_badge.setVisible(page not in (ENTRY, IMPORT))
        if page == RESPONSES and waiting and survey != "集計確定":
            self.state_badge.show_status("確認が必要", f"確認が必要 {waiting}枚")
        elif page == TALLY:
            self.state_badge.show_status(STATE_BADGES[survey], survey if survey == "集計確定" else "未確定")
        else:
            looks = {"済": "済", "確認が必要": "確認が必要", "途中": "準備", "未着手": "未着手"}
            self.state_badge.show_status(looks[state], state)
        self.state_words.setText(words)

    # what comes next

    def _next_step_words(self) -> str:
        """What the filled button of the title line says; the pages that have their own say nothing here."""
        view = self._view
        survey = view.survey if view is not None else None
        if view is not None and survey is not None and self._current_page == TALLY and survey.frozen_at is not None:
            return _OPEN_REPORT
        if view is None or survey is None or self._current_page in (CHECK, TALLY, ENTRY, IMPORT):
            return ""
        if self._current_page == QUESTIONS:
            frozen = survey.frozen_at is not None
            if survey.fixed_on is None and not frozen:
                day = self.questions_page.proposed_agreement_day()
                return (
                    f"{short_date(day, self.app_context.today())}の協議で{_FIX_QUESTIONS}"
                    if day is not None
                    else _FIX_QUESTIONS
                )
            return "用紙・オンラインへ進む"
        if self._current_page == HANDOUT:
            return (
                "配布とオンラインを直す" if survey.distributed is None and not view.responses else "回答を入れるへ進む"
            )
        return "「確かめる」へ進む" if view.responses else ""

    def open_next_step(self) -> None:
        """What the filled button says."""
        words = self._next_step_words()
        if words.endswith(_FIX_QUESTIONS):
            self.questions_page.fix_on_proposed_day()
        elif words == "配布とオンラインを直す":
            self.questions_page.edit_handout()
        elif words == _OPEN_REPORT:
            self.app_context.go("report", event_id=self._event_id, tallied=True)
        elif words:
            self.show_step(STEP_OF[self._current_page] + 1)

    def _on_import_left(self, page: str) -> None:
        self.show_page(page)
        if page == RESPONSES:
            self.responses_page.select_first_doubtful()

    def _correct(self, response: SurveyResponse) -> None:
        self.show_page(ENTRY)
        self.entry_page.correct_response(response)

    def _show_flagged(self) -> None:
        self.show_page(TALLY)
        self.tally_page.show_flagged_texts()


def _first_page(survey_steps: SurveySteps) -> str:
    """Where the work is: the first step that is not done, and the last one when all are.

    Once the event was held, sheets handed out that nobody noted keep nobody from the answers.
    """
    if survey_steps.view.survey is None:
        return QUESTIONS
    over = {STEP_OF[HANDOUT]} if survey_steps.view.event.status == "実施済" else set()
    open_ones = [step.number for step in survey_steps.steps if step.state != "済" and step.number not in over]
    return _PAGE_OF_STEP[open_ones[0] if open_ones else 5]
