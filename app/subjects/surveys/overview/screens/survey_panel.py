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
from app.main_window.navigation import known_word
from app.subjects.surveys.answers.screens.import_page import AnswerImportPage
from app.subjects.surveys.answers.screens.sheets_page import SheetsPage
from app.subjects.surveys.overview.screens.step_list import SurveyStepList
from app.subjects.surveys.overview.screens.survey_list import SurveyList
from app.subjects.surveys.overview.services.survey_steps import STEPS, SurveySteps, read_steps
from app.subjects.surveys.questions.parts.survey_pages import fold_headings
from app.subjects.surveys.questions.parts.survey_words import STATE_BADGES, event_words, state_of
from app.subjects.surveys.questions.screens.questions_page import QuestionsPage
from app.subjects.surveys.questions.services.surveys import SurveyRowView, SurveyView, list_surveys
from app.subjects.surveys.tally.screens.check_page import TallyCheckPage
from app.subjects.surveys.tally.screens.tally_page import TallyPage
from app.subjects.surveys.typing.screens.entry_page import EntryPage
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.labels import Link, heading, label, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.marks import Badge, KindSquare
from app.widgets.note_box import NoteBox
from app.widgets.page_edge import follow_page_edge
from app.widgets.pages import PageLayout
from app.widgets.screen import Screen, scrolling
from app.widgets.sending import note_failure
from app.window import theme as t
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import AnswerSheet

QUESTIONS, HANDOUT, SHEETS, ENTRY, IMPORT, CHECK, TALLY = (
    "設問", "用紙", "回答", "検算・代行入力", "取り込み", "照合", "集計",
)  # fmt: skip
STEP_OF = {QUESTIONS: 1, HANDOUT: 2, SHEETS: 3, ENTRY: 3, IMPORT: 3, CHECK: 4, TALLY: 5}
"""The step to which each page belongs."""
PAGES = tuple(STEP_OF)
_OF_STEP = {1: QUESTIONS, 2: HANDOUT, 3: SHEETS, 4: CHECK, 5: TALLY}
_TITLES = {ENTRY: "紙の回答を入力する", IMPORT: "オンラインの回答を取り込む"}
_FIXES = "設問を決定する"
_TO_REPORT = "報告書へ進む"


class SurveyHandoutPage(QWidget):
    """Step 2: what the page of the questions knows of sheets and form, with room of its own. Signals: none."""

    def __init__(self, questions: QuestionsPage) -> None:
        super().__init__()
        self._questions = questions
        self.handout = questions.handout
        self.handout.setMaximumWidth(880)
        in_column(questions.handout_problem, (scrolling(self.handout), 1), owner=self)

    def show_view(self, view: SurveyView) -> None:
        """Show what is known."""
        self._questions.show_view(view)

    def take_focus(self) -> None:
        """What can be changed here."""
        self.handout.change_button.setFocus()


_Page = QuestionsPage | SurveyHandoutPage | EntryPage | AnswerImportPage | SheetsPage | TallyCheckPage | TallyPage


class SurveyPanel(Screen):
    """アンケート: the list of surveys, or one event's survey in five steps; also a tab of the event.

    ``embedded`` True inside the event's own screen: no way back to the list. Alt+1 … Alt+5 go to the steps.

    Signals: none.
    """

    def __init__(self, desk: Desk, *, embedded: bool = False) -> None:
        super().__init__(desk)
        self._embedded = embedded
        self._event_id: int | None = None
        self._wanted_page = ""
        self._view: SurveyView | None = None
        self._found: SurveySteps | None = None
        self.list = SurveyList(desk)
        self.steps = SurveyStepList()
        self.title = heading("")
        self.state = Badge("未着手")
        self.words = label("", "small")
        self.back_link = link_button("‹ 回答一覧に戻る", lambda: self.show_page(SHEETS))
        self.entry_button = Button("用紙を入力する", lambda: self.show_page(ENTRY), icon_name="keyboard")
        self.import_button = Button("ファイルを取り込む", lambda: self.show_page(IMPORT), icon_name="download-simple")
        self.next_button = main_button("", self.go_on)
        self.problem = NoteBox()
        self._pages: dict[str, Any] = {}
        self._page = QUESTIONS
        self._build()
        self._connect()
        # The event's pages say themselves where their work begins.
        self.setFocusProxy(self.list.table)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        if self._embedded:
            outer.setContentsMargins(t.PAGE_X, 8, t.PAGE_X, 8)
        else:
            outer.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 12)
        follow_page_edge(self, outer)
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
        across.addWidget(self.steps)
        right = in_column(self._title_line(), spacing=8)
        below = QWidget()
        # A page that is not shown must not keep the window from folding, and a page folds only once the window did.
        self._head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        below.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.steps.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
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
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._one)
        outer.addWidget(inside, 1)

    def _title_line(self) -> QWidget:
        """The step with its state, and at the right end the one filled button: what to do next."""
        self._head = QWidget()
        line = in_row(self.title, self.state, self.words, None, owner=self._head, spacing=12)
        for button in (self.back_link, self.import_button, self.entry_button):
            line.addWidget(button)
        self._acts = in_row(self.next_button, spacing=8)
        line.addLayout(self._acts)
        return self._head

    def _connect(self) -> None:
        self.list.opened.connect(lambda event_id: self.desk.go("survey", event_id=event_id))
        self.list.events_asked.connect(lambda: self.desk.go("events"))
        self.steps.chosen.connect(self.show_step)
        for number in _OF_STEP:
            key = QShortcut(QKeySequence(f"Alt+{number}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self.show_step, number))

    # the pages, each built when first gone to: all at once would hold the window

    @property
    def questions(self) -> QuestionsPage:
        """設問."""
        return cast("QuestionsPage", self._page_of(QUESTIONS))

    @property
    def entry(self) -> EntryPage:
        """検算・代行入力."""
        return cast("EntryPage", self._page_of(ENTRY))

    @property
    def imports(self) -> AnswerImportPage:
        """取り込み."""
        return cast("AnswerImportPage", self._page_of(IMPORT))

    @property
    def sheets(self) -> SheetsPage:
        """回答."""
        return cast("SheetsPage", self._page_of(SHEETS))

    @property
    def check(self) -> TallyCheckPage:
        """確かめる."""
        return cast("TallyCheckPage", self._page_of(CHECK))

    @property
    def tally(self) -> TallyPage:
        """集計."""
        return cast("TallyPage", self._page_of(TALLY))

    def _page_of(self, name: str) -> Any:
        if name in self._pages:
            return self._pages[name]
        made = self._make(name)
        self._pages[name] = made
        if isinstance(made, EntryPage | SheetsPage | TallyCheckPage | TallyPage):
            made.left.connect(self.show_page)
        if isinstance(made, SheetsPage | TallyCheckPage):
            made.correct_asked.connect(self._correct)
        if isinstance(made, QuestionsPage):
            made.agreed_day_found.connect(self._arrange)
        if isinstance(made, EntryPage):
            made.typing.connect(self._arrange)
        if isinstance(made, AnswerImportPage):
            made.turned.connect(self._arrange)
            made.left.connect(self._leave_import)
        if isinstance(made, TallyCheckPage):
            made.texts_asked.connect(self._show_flagged)
        for button in self._own_acts(made):
            self._acts.addWidget(button)
            button.setVisible(False)
        self._page_stack.addWidget(made)
        fold_headings(made, narrow=True)
        return made

    def _make(self, name: str) -> _Page:
        if name == HANDOUT:
            return SurveyHandoutPage(self.questions)
        makers: dict[str, Callable[[Desk], _Page]] = {
            QUESTIONS: QuestionsPage, SHEETS: SheetsPage, ENTRY: EntryPage, IMPORT: AnswerImportPage,
            CHECK: TallyCheckPage, TALLY: TallyPage,
        }  # fmt: skip
        return makers[name](self.desk)

    def _own_acts(self, page: Any) -> tuple[Button, ...]:
        """The buttons of a page that stand in the title line."""
        if isinstance(page, TallyCheckPage):
            return (page.main,)
        return (page.unfreeze_button, page.freeze_button) if isinstance(page, TallyPage) else ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window the steps and the title line give room to the page."""
        super().resizeEvent(event)
        self._arrange()

    # coming and going

    def open_with(self, *, event_id: int | None = None, page: str = "", **_more: Any) -> None:
        """``event_id`` opens that event's survey (None: the list), ``page`` one of its pages."""
        known_word(page, PAGES)
        if event_id != self._event_id:
            self._view = self._found = None
            self._wanted_page = page or "?"
        elif page:
            self._wanted_page = page
        self._event_id = event_id

    def view_state(self) -> dict[str, Any]:
        """The survey and its page, or the list."""
        return {"event_id": self._event_id, "page": self._page if self._view is not None else ""}

    @property
    def unfinished(self) -> bool:
        """A sheet under the hand, a question half typed, or a file in hand."""
        built = self._pages
        return bool(
            (ENTRY in built and self.entry.under_hand)
            or (QUESTIONS in built and self.questions.unfinished)
            or (IMPORT in built and self.imports.work is not None)
        )

    def reload(self) -> None:
        """Read the list, or the survey of the event."""
        if self._event_id is None:
            self._stack.setCurrentIndex(0)
            self.fetch(self._show_list, list_surveys, fiscal_year=self.desk.fiscal_year)
        else:
            self.desk.read(
                with_store(read_steps, event_id=self._event_id, today=self.desk.today()),
                self._show_steps,
                failed=self._refuse,
            )
            # Built while the store is being read: together with showing it, it would hold the window for longer.
            page = self._wanted_page or self._page
            if page in PAGES:
                self._page_of(page)

    def show_list(self) -> None:
        """Back to the list of surveys."""
        self.desk.go("survey")

    def may_leave(self) -> bool:
        """A question half typed is finished or put aside first; a sheet half typed is kept as it is."""
        if ENTRY in self._pages:
            self.entry.keep_draft()
        words = self.questions.unfinished if QUESTIONS in self._pages else ""
        if words:
            self.problem.say(words, tone="amber")
        return not words

    # what is shown

    def _show_list(self, rows: tuple[SurveyRowView, ...]) -> None:
        self.problem.say("")
        self.list.show_rows(rows)

    def _refuse(self, problem: Exception) -> None:
        self._one.setVisible(False)
        note_failure(failure_of(problem), self.problem)

    def _show_steps(self, found: SurveySteps) -> Iterator[None]:
        """Which page comes first is known only now: it is built, filled and shown in a turn of the window each."""
        view = found.view
        if view.event.id != self._event_id:
            return
        chosen = view.survey is not None
        while (page := self._page_for(found)) not in self._pages:
            self._page_of(page)
            yield
            if view.event.id != self._event_id:
                return
        self.problem.say("")
        self._view = view
        self._found = found
        self._kind.show_kind(view.event.kind)
        self._title.setText(event_words(view.event, self.desk.today()))
        for row in self.steps.rows[1:]:
            row.setEnabled(chosen)
        self._wanted_page = ""
        yield from self._page_in_turns(page)
        yield
        if self._view is not view:
            return
        # Last: what is put together while it is seen is laid out and painted again with every part that comes.
        self._stack.setCurrentIndex(1)
        self._one.setVisible(True)

    def _page_for(self, found: SurveySteps) -> str:
        """The page that is asked for by now."""
        if found.view.survey is None:
            return QUESTIONS
        wanted = self._wanted_page
        return (wanted if wanted in PAGES else _first_page(found)) if wanted else self._page

    def show_step(self, number: int) -> None:
        """Show the page of a step."""
        if self._view is None:
            # Still being read: it is shown as soon as it is there.
            self._wanted_page = _OF_STEP[number]
        elif self._view.survey is not None or number == 1:
            self.show_page(_OF_STEP[number])

    def show_page(self, page: str) -> None:
        """Show one of the pages of the event's survey."""
        for _turn in self._page_in_turns(page):
            pass

    def _page_in_turns(self, page: str) -> Iterator[None]:
        """Like ``show_page``: filled in one turn of the window, put in front in the next."""
        if page != ENTRY and self._page == ENTRY and ENTRY in self._pages:
            self.entry.keep_draft()
        shown = self._page_of(page)
        self._page = page
        # What somebody turned to meanwhile comes before the page that was asked for with the place.
        self._wanted_page = ""
        if CHECK in self._pages:
            self.check.main.setVisible(page == CHECK)
        if TALLY in self._pages:
            self.tally.stand_in_front(page == TALLY)
        if self._view is not None:
            shown.show_view(self._view)
            yield
        if self._page != page:
            return
        if self._page_stack.currentWidget() is not shown:
            self._page_stack.setCurrentWidget(shown)
            shown.take_focus()
        # Afterwards: what was pressed goes from the line above, and must not take the keyboard with it.
        self._arrange()

    def _arrange(self) -> None:
        """The title line and the steps; while a sheet is typed, all the room is its own."""
        found, page = self._found, self._page
        if found is None:
            return
        narrow = self.window().width() < t.FOLD_STEPS
        typing = page == ENTRY and self.entry.under_hand
        self._across.setSpacing(12 if narrow else 24)
        self.steps.setVisible(not typing and not (page == IMPORT and self.imports.under_hand))
        self._head.setVisible(not typing)
        step = STEP_OF[page]
        self.steps.show_steps(found, step, narrow=narrow)
        self.title.setText(_TITLES.get(page, f"{step} {STEPS[step - 1]}"))
        now = found.steps[step - 1]
        self._show_state(found.view, now.state, now.words, page)
        self.words.setVisible(not narrow and page not in (SHEETS, ENTRY, IMPORT))
        if narrow and page in (SHEETS, CHECK):
            # The list of steps says it as well, and the acts need the room.
            self.state.setVisible(False)
        self.title.setVisible(not (narrow and page == SHEETS))
        frozen = found.view.survey is not None and found.view.survey.frozen_at is not None
        for button in (self.entry_button, self.import_button):
            button.setVisible(page == SHEETS and not frozen)
        self.back_link.setVisible(page in (ENTRY, IMPORT))
        words = self._next_words()
        self.next_button.setVisible(bool(words))
        if words:
            self.next_button.set_words(words)

    def _show_state(self, view: SurveyView, state: str, words: str, page: str) -> None:
        waiting, survey = len(view.doubtful), state_of(view)
        self.state.setVisible(page not in (ENTRY, IMPORT))
        if page == SHEETS and waiting and survey != "集計確定":
            self.state.show_status("確認が必要", f"確認が必要 {waiting}枚")
        elif page == TALLY:
            self.state.show_status(STATE_BADGES[survey], survey if survey == "集計確定" else "未確定")
        else:
            looks = {"済": "済", "確認が必要": "確認が必要", "途中": "準備", "未着手": "未着手"}
            self.state.show_status(looks[state], state)
        self.words.setText(words)

    # what comes next

    def _next_words(self) -> str:
        """What the filled button of the title line says; the pages that have their own say nothing here."""
        view = self._view
        survey = view.survey if view is not None else None
        if view is not None and survey is not None and self._page == TALLY and survey.frozen_at is not None:
            return _TO_REPORT
        if view is None or survey is None or self._page in (CHECK, TALLY, ENTRY, IMPORT):
            return ""
        if self._page == QUESTIONS:
            frozen = survey.frozen_at is not None
            if survey.fixed_on is None and not frozen:
                day = self.questions.agreed_day()
                return f"{short_date(day, self.desk.today())}の協議で{_FIXES}" if day is not None else _FIXES
            return "用紙・オンラインへ進む"
        if self._page == HANDOUT:
            return "配布とオンラインを直す" if survey.distributed is None and not view.sheets else "回答を入れるへ進む"
        return "確かめる段へ" if view.sheets else ""

    def go_on(self) -> None:
        """What the filled button says."""
        words = self._next_words()
        if words.endswith(_FIXES):
            self.questions.fix_on_agreed_day()
        elif words == "配布とオンラインを直す":
            self.questions.change_handout()
        elif words == _TO_REPORT:
            self.desk.go("report", event_id=self._event_id, tallied=True)
        elif words:
            self.show_step(STEP_OF[self._page] + 1)

    def _leave_import(self, page: str) -> None:
        self.show_page(page)
        if page == SHEETS:
            self.sheets.go_to_doubtful()

    def _correct(self, sheet: AnswerSheet) -> None:
        self.show_page(ENTRY)
        self.entry.correct(sheet)

    def _show_flagged(self) -> None:
        self.show_page(TALLY)
        self.tally.show_flagged()


def _first_page(found: SurveySteps) -> str:
    """Where the work is: the first step that is not done, and the last one when all are.

    Once the event was held, sheets handed out that nobody noted keep nobody from the answers.
    """
    if found.view.survey is None:
        return QUESTIONS
    over = {STEP_OF[HANDOUT]} if found.view.event.status == "実施済" else set()
    open_ones = [step.number for step in found.steps if step.state != "済" and step.number not in over]
    return _OF_STEP[open_ones[0] if open_ones else 5]
