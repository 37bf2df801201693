"""アンケート: the surveys of the year with how far each is, or the pages of one event's survey; also a tab of the event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.main_window.navigation import known_word
from app.papers.screens.export_button import export_button
from app.subjects.surveys.answers.screens.import_page import AnswerImportPage
from app.subjects.surveys.answers.screens.sheets_page import SheetsPage
from app.subjects.surveys.questions.parts.survey_pages import PageSwitch, fold_headings
from app.subjects.surveys.questions.parts.survey_words import STATE_BADGES, event_words, sources_words, state_of
from app.subjects.surveys.questions.rules.tally_result import percent
from app.subjects.surveys.questions.screens.questions_page import QuestionsPage
from app.subjects.surveys.questions.services.surveys import SurveyRowView, SurveyView, list_surveys, read_survey
from app.subjects.surveys.tally.screens.tally_page import TallyPage
from app.subjects.surveys.typing.screens.entry_page import EntryPage
from app.widgets.buttons import Button
from app.widgets.failure_dialog import note_failure
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Link, heading, label
from app.widgets.marks import Badge, KindSquare
from app.widgets.note_box import NoteBox
from app.widgets.record_model import Cell, Column, SheetPart
from app.widgets.record_table import RecordTable
from app.widgets.screen import Screen
from app.window import theme as t
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import AnswerSheet

QUESTIONS, ENTRY, IMPORT, SHEETS, TALLY = "設問", "検算・代行入力", "取り込み", "回答", "集計"
PAGES = (QUESTIONS, ENTRY, IMPORT, SHEETS, TALLY)
_Page = QuestionsPage | EntryPage | AnswerImportPage | SheetsPage | TallyPage
_MAKE: dict[str, Callable[[Desk], _Page]] = {
    QUESTIONS: QuestionsPage,
    ENTRY: EntryPage,
    IMPORT: AnswerImportPage,
    SHEETS: SheetsPage,
    TALLY: TallyPage,
}


class SurveyList(QWidget):
    """The surveys of the year: every 講習会 and 意見交換会 with how far its survey is.

    Signals: ``opened(int)`` the event whose survey is wanted; ``events_asked()``.
    """

    opened = Signal(int)
    events_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = label("", "second")
        self.table = RecordTable(
            "surveys",
            _columns(desk.today()),
            title="アンケートの一覧",
            empty="アンケートのある実施回（講習会・意見交換会）は、まだありません。",
            empty_button="事業・日程を開く",
            empty_act=self.events_asked.emit,
            filtered=False,
            hint="Enter で開きます。アドバイザー派遣にアンケートはありません（事前ヒアリング）。",
        )
        self.table.foot.addWidget(export_button(desk, self.table, title="アンケートの一覧"))
        self.table.opened.connect(lambda row: self.opened.emit(row.event.id))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.interim_button = Button("中間集計", lambda: desk.go("survey_year", page="中間集計"), icon_name="file-text")
        self.year_button = Button("年間で比べる", lambda: desk.go("survey_year", page="比べる"), icon_name="chart-bar")
        self.record_button = Button("実績の一行", lambda: desk.go("survey_year", page="実績の一行"), icon_name="copy")
        self.library_button = Button("設問のひな形", lambda: desk.go("questionnaires"), icon_name="list-numbers")
        ways = (self.library_button, self.interim_button, self.year_button, self.record_button)
        column.addWidget(
            FlowRow(heading("アンケート"), self.summary, self.table.filter_field, *ways, spacing=12, at_end=4)
        )
        column.addWidget(self.table, 1)

    def show_rows(self, rows: tuple[SurveyRowView, ...]) -> None:
        """Show these surveys."""
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            waiting = [row for row in rows if row.doubtful] or [row for row in rows if row.state != "集計確定"]
            first = (waiting or list(rows))[0]
            self.table.choose(lambda row: row.id == first.id, take_focus=False)
        fixed = sum(row.frozen for row in rows)
        waiting_count = sum(1 for row in rows if row.doubtful)
        more = f"　確認が必要 {waiting_count}回" if waiting_count else ""
        self.summary.setText(f"集計確定 {fixed} / {len(rows)}回{more}" if rows else "")


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            key="date",
            title="実施日",
            show=lambda row: Cell(
                text=short_date(row.event.event_date, today) if row.event.event_date else "協議中",
                kind=row.event.kind,
                strong=row.event.event_date is not None,
                tone="" if row.event.event_date else "second",
            ),
            sort=lambda row: (row.event.event_date or date.max, row.id),
            parts=(
                SheetPart(title="実施日", show=lambda row: _day(row.event.event_date, today) or "協議中"),
                SheetPart(title="種別", show=lambda row: row.event.kind),
            ),
        ),
        Column(
            key="title",
            title="実施回",
            show=lambda row: Cell(text=row.event.full_title, strong=True, second=row.event.venue),
            stretch=True,
            parts=(
                SheetPart(title="実施回", show=lambda row: row.event.full_title),
                SheetPart(title="会場", show=lambda row: row.event.venue),
            ),
        ),
        Column(key="state", title="アンケートの状態", show=_state, sort=lambda row: row.state),
        Column(
            key="questions",
            title="設問",
            show=lambda row: _questions(row, today),
            sort=lambda row: row.questions,
            parts=(
                SheetPart(title="設問", show=lambda row: f"{row.questions}問" if row.questions else ""),
                SheetPart(title="設問の協議", show=lambda row: _agreed(row, today) if row.questions else ""),
            ),
        ),
        Column(
            key="returned",
            title="回収",
            show=_returned,
            sort=lambda row: row.counted,
            parts=(
                SheetPart(title="回収", show=lambda row: f"{row.counted}枚" if row.counted else ""),
                SheetPart(title="紙", show=lambda row: f"{row.paper}枚" if row.counted else ""),
                SheetPart(title="オンライン", show=lambda row: f"{row.online}件" if row.counted else ""),
                SheetPart(title="出席", show=lambda row: f"{row.attended}人" if row.attended else ""),
                SheetPart(title="回収率", show=lambda row: _rate(row) if row.counted else ""),
            ),
        ),
        Column(
            key="counted",
            title="集計した者",
            show=lambda row: Cell(
                text=row.counted_by if row.counted else "",
                second=short_date(row.counted_on, today) if row.counted_on else "",
            ),
            narrow=False,
            parts=(
                SheetPart(title="集計した者", show=lambda row: row.counted_by if row.counted else ""),
                SheetPart(title="集計した日", show=lambda row: _day(row.counted_on, today)),
            ),
        ),
    )


def _day(day: date | None, today: date) -> str:
    return short_date(day, today) if day is not None else ""


def _agreed(row: SurveyRowView, today: date) -> str:
    return f"協議 {short_date(row.agreed_on, today)}" if row.agreed_on else "協議がまだ"


def _rate(row: SurveyRowView) -> str:
    return f"{percent(row.counted, row.attended)}%" if row.attended else ""


def _state(row: SurveyRowView) -> Cell:
    if row.doubtful and not row.frozen:
        return Cell(badge="確認が必要", text=f"確認が必要 {row.doubtful}枚")
    return Cell(badge=STATE_BADGES[row.state], text=row.state)


def _questions(row: SurveyRowView, today: date) -> Cell:
    if not row.questions:
        return Cell(text="—", tone="second")
    return Cell(text=f"{row.questions}問", second=_agreed(row, today))


def _returned(row: SurveyRowView) -> Cell:
    if not row.counted:
        return Cell(text="—", tone="second")
    of = f"出席 {row.attended}人中" if row.attended else ""
    second = "　".join(part for part in (sources_words(row.paper, row.online), of) if part)
    return Cell(text=f"{row.counted}枚", aside=_rate(row), second=second)


class SurveyPanel(Screen):
    """アンケート: the list of surveys, or the pages of one event's survey; also a tab of the event.

    ``embedded`` True inside the event's own screen: no way back to the list.

    Signals: none.
    """

    def __init__(self, desk: Desk, *, embedded: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._embedded = embedded
        self._event_id: int | None = None
        self._wanted_page = ""
        self._view: SurveyView | None = None
        self.list = SurveyList(desk)
        self.switch = PageSwitch(PAGES)
        self.state = Badge("未着手")
        self.problem = NoteBox()
        self._pages: dict[str, Any] = {}
        self._page = QUESTIONS
        self._build()
        self._connect()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        if self._embedded:
            outer.setContentsMargins(t.PAGE_X, 8, t.PAGE_X, 8)
        else:
            outer.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 12)
        outer.setSpacing(8)
        outer.addWidget(self.problem)
        self._crumb = QWidget()
        crumb = QHBoxLayout(self._crumb)
        crumb.setContentsMargins(0, 0, 0, 0)
        crumb.setSpacing(6)
        self.back = Link("アンケート", self.show_list)
        self._kind = KindSquare("講習会")
        self._title = label("", "small", wrap=True)
        for part in (self.back, label("›", "small"), self._kind):
            crumb.addWidget(part)
        crumb.addWidget(self._title, 1)
        self._one = QWidget()
        column = QVBoxLayout(self._one)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._crumb)
        self._crumb.setVisible(not self._embedded)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.switch, 1)
        line.addWidget(self.state)
        column.addLayout(line)
        below = QWidget()
        self._page_stack = QStackedLayout(below)
        self._page_stack.setContentsMargins(0, 0, 0, 0)
        # A blank one first: the pages come as they are gone to.
        self._page_stack.addWidget(QWidget())
        column.addWidget(below, 1)
        inside = QWidget()
        self._stack = QStackedLayout(inside)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._one)
        outer.addWidget(inside, 1)

    def _connect(self) -> None:
        self.list.opened.connect(lambda event_id: self.desk.go("survey", event_id=event_id))
        self.list.events_asked.connect(lambda: self.desk.go("events"))
        self.switch.chosen.connect(self.show_page)

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
    def tally(self) -> TallyPage:
        """集計."""
        return cast("TallyPage", self._page_of(TALLY))

    def _page_of(self, name: str) -> Any:
        if name not in self._pages:
            made = self._pages[name] = _MAKE[name](self.desk)
            if not isinstance(made, QuestionsPage):
                made.left.connect(self.show_page)
            if isinstance(made, SheetsPage):
                made.correct_asked.connect(self._correct)
            self._page_stack.addWidget(made)
            fold_headings(made, narrow=self.window().width() < t.FOLD_NARROW)
        return self._pages[name]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window the pages give up their headings."""
        super().resizeEvent(event)
        fold_headings(self._one, narrow=self.window().width() < t.FOLD_NARROW)

    # coming and going

    def arrive(self, *, event_id: int | None = None, page: str = "", **_more: Any) -> None:
        """``event_id`` opens that event's survey (None: the list), ``page`` one of its pages."""
        known_word(page, PAGES)
        if event_id != self._event_id:
            self._view = None
            self._wanted_page = page or "?"
        elif page:
            self._wanted_page = page
        self._event_id = event_id

    def reload(self) -> None:
        """Read the list, or the survey of the event."""
        if self._event_id is None:
            self._stack.setCurrentIndex(0)
            self.desk.read(with_store(list_surveys, fiscal_year=self.desk.fiscal_year), self._show_list)
        else:
            self.desk.read(with_store(read_survey, event_id=self._event_id), self._show_view, failed=self._refuse)

    def show_list(self) -> None:
        """Back to the list of surveys."""
        self.desk.go("survey")

    def may_leave(self) -> bool:
        """A sheet or a question half typed is finished or put aside first."""
        words = self.entry.unfinished if ENTRY in self._pages else ""
        words = words or (self.questions.unfinished if QUESTIONS in self._pages else "")
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

    def _show_view(self, view: SurveyView) -> None:
        if view.event.id != self._event_id:
            return
        self._stack.setCurrentIndex(1)
        self._one.setVisible(True)
        self.problem.say("")
        self._view = view
        today = self.desk.today()
        self._kind.show_kind(view.event.kind)
        self._title.setText(event_words(view.event, today))
        state = state_of(view)
        waiting = len(view.doubtful)
        if waiting and state != "集計確定":
            self.state.show_status("確認が必要", f"確認が必要 {waiting}枚")
        else:
            self.state.show_status(STATE_BADGES[state], state)
        chosen = view.survey is not None
        for word in PAGES[1:]:
            self.switch.button(word).setEnabled(chosen)
        self.switch.set_count(QUESTIONS, len(view.survey.questions) if view.survey else 0)
        self.switch.set_count(SHEETS, len(view.sheets))
        if self._wanted_page:
            wanted = self._wanted_page if self._wanted_page in PAGES else _first_page(view)
            self._wanted_page = ""
            self.show_page(wanted if chosen else QUESTIONS)
            return
        if not chosen:
            self._page = QUESTIONS
        self.show_page(self._page)

    def show_page(self, page: str) -> None:
        """Show one of the pages of the event's survey."""
        self._page = page
        self.switch.show_page(page)
        shown = self._page_of(page)
        if self._view is not None:
            shown.show_view(self._view)
        if self._page_stack.currentWidget() is not shown:
            self._page_stack.setCurrentWidget(shown)
            shown.take_focus()

    def _correct(self, sheet: AnswerSheet) -> None:
        self.show_page(ENTRY)
        self.entry.correct(sheet)


def _first_page(view: SurveyView) -> str:
    """Where the work is: the questions until they are fixed, then answers, then totals."""
    if view.survey is None or (not view.survey.fixed_on and not view.sheets):
        return QUESTIONS
    if view.doubtful:
        return SHEETS
    return TALLY if view.sheets else QUESTIONS
