"""アンケート: the surveys of the year with how far each is, or one event's survey in five steps (also its tab)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.calendar.dates import short_date, short_date_or
from app.common.display_words import left_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.export_button import export_button
from app.event.services.event_facts import return_rate
from app.main_window.navigation import EventTab, ScreenEntry, check_page_name
from app.surveys.answers.screens.import_page import AnswerImportPage
from app.surveys.answers.screens.responses_page import ResponsesPage
from app.surveys.data_entry.screens.entry_page import EntryPage
from app.surveys.overview.services import DONE, NEEDS_CHECK, STEPS, Step, SurveySteps, read_steps
from app.surveys.questions.parts import STATE_BADGES, agreed_words, event_words, set_headings_hidden
from app.surveys.questions.screens.questions_page import QuestionsPage
from app.surveys.questions.services.surveys import SurveyListRow, SurveyView, list_surveys
from app.surveys.tally.screens.check_page import TallyCheckPage
from app.surveys.tally.screens.tally_page import TallyPage
from app.widgets.action_mixin import show_failure_in
from app.widgets.badges import KindSquare
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, MoreButton, link_button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.keys import on_key
from app.widgets.labels import Paragraph, heading, label, section, small_label, styled_frame, wrapped_label
from app.widgets.layouts import in_column, row_of
from app.widgets.lists.record_columns import export_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout, PageStack
from app.widgets.screen import Screen, back_button, in_scroll_area
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.app_context import AppContext, with_store
from app.window.failure_messages import failure_of
from app.window.icons import paint_icon
from app.window.painting import paint_disc, paint_focus, paint_text, painting, stroke
from db.fields import field_label
from db.records.events import Event
from db.records.surveys import SurveyResponse


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each built when first shown."""

    yield ScreenEntry("survey", "clipboard-text", "アンケート", SurveyPanel)


def tabs() -> Iterator[EventTab]:
    """Yield its tab in an event."""

    yield EventTab(title="アンケート", factory=partial(SurveyPanel, embedded=True), only_with="アンケート")


WIDE_WIDTH, NARROW_WIDTH = 196, 164
_STEPS_FROM = 600
"""Width of the window, at the standard text size, below which 紙の回答 and オンライン stand without the steps."""
_ROW, _NARROW_ROW = 56, 46
_CIRCLE = 26
_FRAME = 2


class SurveyStepRow(QAbstractButton):
    """Button for one step with number or tick, title, state, and count.

    Signals: those of QAbstractButton.
    """

    def __init__(self, number: int):
        super().__init__()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._step = Step(number=number, title=STEPS[number - 1], state="未着手", words="")
        self._narrow = False

    def show_step(self, step: Step, *, narrow: bool) -> None:
        """Show the state of the step; ``narrow`` shows it by colour and count only."""
        self._step = step
        self._narrow = narrow
        self.setText(step.title)
        self.setAccessibleName(f"{step.number} {step.title}　{step.state}　{step.words}")
        self.setToolTip(f"{step.title}　{step.state}\n{step.words}　（Alt+{step.number}）")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the width of a narrow column, and the height of its lines (``heightForWidth``)."""
        return QSize(t.scaled(NARROW_WIDTH) - 2 * _FRAME, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Return the height of its lines."""
        return QSize(100, self.heightForWidth(self.width()))

    def heightForWidth(self, _width: int) -> int:
        """Return the height of its two lines, at least 56 px, or 46 px in a narrow window, at the current text size."""
        return max(
            t.scaled(_NARROW_ROW if self._narrow else _ROW),
            t.line_height() + t.line_height("small") + (6 if self._narrow else 14),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circle with number or tick, title and words; the chosen step is highlighted."""
        with painting(self) as painter:
            area = QRectF(self.rect())
            chosen = self.isChecked()
            if chosen:
                painter.fillRect(area, t.SELECTION)
                painter.fillRect(QRectF(0, 0, 4, area.height()), t.ACCENT)
            elif self.underMouse():
                painter.fillRect(area, t.FOOTER)
            painter.setPen(stroke(t.ROW_LINE))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
            left = 8.0 if self._narrow else 12.0
            self._circle(
                painter, QRectF(left, (area.height() - t.scaled(_CIRCLE)) / 2, t.scaled(_CIRCLE), t.scaled(_CIRCLE))
            )
            left += t.scaled(_CIRCLE) + 8
            top = (area.height() - t.line_height() - t.line_height("small")) / 2
            room = area.width() - left - 10
            paint_text(painter, QRectF(left, top, room, t.line_height()), self._step.title, t.font(bold=chosen), t.INK)
            below = t.font("small", bold=self._narrow and self._step.state == NEEDS_CHECK)
            words = self._fitting_words(QFontMetricsF(below), room)
            line = QRectF(left, top + t.line_height(), room, t.line_height("small"))
            paint_text(painter, line, words, below, t.AMBER if self._step.state == NEEDS_CHECK else t.INK_SECONDARY)
            if self.hasFocus():
                paint_focus(painter, area.adjusted(1, 1, -1, -1))

    def _fitting_words(self, metrics: QFontMetricsF, width: float) -> str:
        """Return the words of the step, shortened from the end until they fit, else its state."""
        words = self._step.words
        for sign in ("（", "　", "・"):
            if metrics.horizontalAdvance(words) <= width:
                break
            words = words.split(sign)[0]
        if metrics.horizontalAdvance(words) > width:
            # The kind is put before the number: 「未入力 9問」 is understood beside the amber icon.
            words = words.partition(" ")[2] or words
        # Clipped words say less than the state alone.
        return words if metrics.horizontalAdvance(words) <= width else self._step.state

    def _circle(self, painter: QPainter, area: QRectF) -> None:
        """Draw the circle of the step: its number, or a tick when done."""
        done, chosen = self._step.state == DONE, self.isChecked()
        paint_disc(
            painter,
            area,
            stroke(t.GREEN if done else t.ACCENT if chosen else t.CONTROL, 1.4),
            t.GREEN_TINT if done else t.ACCENT if chosen else t.PAGE,
        )
        if done:
            inner = area.adjusted(6, 6, -6, -6)
            paint_icon(painter, "check", inner, t.GREEN)
            return
        paint_text(
            painter,
            area,
            str(self._step.number),
            t.font("body", bold=True),
            t.PAGE if chosen else t.INK_SECONDARY,
            "center",
        )


class SurveyStepList(QWidget):
    """The steps and numbers of an event; ↑↓ move between the steps.

    Signals: ``chosen(int)`` the number of the chosen step; ``answers_asked()`` more answers than people are looked at.
    """

    chosen = Signal(int)
    answers_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("アンケートの進行状況")
        self.step_rows = [SurveyStepRow(number) for number in range(1, len(STEPS) + 1)]
        frame = self._frame = styled_frame("panel")
        inside = in_column(owner=frame, spacing=0, margins=(1, 1, 1, 1))
        for number, row in enumerate(self.step_rows, 1):
            inside.addWidget(row)
            row.clicked.connect(lambda _on, wanted=number: self.chosen.emit(wanted))
        self.numbers = Paragraph(role="small")
        self.answers = link_button("回答一覧を開く", self.answers_asked.emit)
        keys = small_label(f"Alt+1〜{len(STEPS)}")
        in_column(frame, keys, self.numbers, self.answers, None, owner=self, spacing=8)

    def show_steps(self, survey_steps: SurveySteps, current: int, *, narrow: bool) -> None:
        """Show the state of each step and the numbers of the event; ``current`` is the step whose page is shown.

        ``narrow`` leaves out the words of the steps and the numbers.
        """
        self.setFixedWidth(t.scaled(NARROW_WIDTH if narrow else WIDE_WIDTH))
        for row, step in zip(self.step_rows, survey_steps.steps, strict=True):
            row.show_step(step, narrow=narrow)
            row.setFixedHeight(row.heightForWidth(row.width()))
            row.setChecked(step.number == current)
        self.numbers.show_text(survey_steps.numbers_words)
        self.numbers.setVisible(not narrow)
        self.answers.setVisible(bool(survey_steps.excess_words) and not narrow)
        steps_height = sum(row.heightForWidth(row.width()) for row in self.step_rows) + 2
        self._frame.setFixedHeight(steps_height)
        # On a low window the page scrolls rather than that its last steps are out of reach.
        self.setMinimumHeight(steps_height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focus to the step above or below on ↑↓."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        held = next((place for place, row in enumerate(self.step_rows) if row.hasFocus()), None)
        if step is None or held is None or not 0 <= held + step < len(self.step_rows):
            super().keyPressEvent(event)
            return
        self.step_rows[held + step].setFocus()


class SurveyList(QWidget):
    """Page with the list of surveys of the year.

    Signals: ``opened(int)`` the event of the chosen survey; ``events_asked()``.
    """

    opened = Signal(int)
    events_asked = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.summary = label("", "second")
        self.table = RecordTable(
            "surveys",
            _columns(app_context.today()),
            title="アンケートの一覧",
            empty="アンケートのある実施回は、まだありません。",
            empty_button="事業を開く",
            empty_on_click=self.events_asked.emit,
            filtered=False,
            hint="Enter で開く",
            rule="アンケートを行う種類は、「設定」の「契約」で決めます。",
            names_people=False,
            on_open=lambda row: self.opened.emit(row.event.id),
        )
        self.table.foot.addWidget(export_button(app_context, self.table, title="アンケートの一覧"))
        self.tabs = TabBar("アンケート", "年間で比べる")
        self.tabs.chosen.connect(self._open_year)
        self._navigate = app_context.go
        self.menu_button = MoreButton(self.menu_actions)
        in_column(
            FlowRow(
                heading("アンケート"), self.summary, self.table.filter_field, self.menu_button, spacing=12, at_end=2
            ),
            self.tabs,
            (self.table, 1),
            owner=self,
            spacing=12,
        )

    def menu_actions(self) -> list[tuple[str, Callable[[], object]]]:
        """Return the entries of 「…」 as words and actions."""
        return [
            ("設問のひな形", lambda: self._navigate("questionnaires")),
            ("中間集計", lambda: self._navigate("survey_year", page="中間集計")),
        ]

    def _open_year(self, number: int) -> None:
        """Open アンケートの年間 if its tab was chosen; it is another screen, so the first tab stays selected."""
        if number:
            self.tabs.choose(0)
            self._navigate("survey_year", page="比べる")

    def show_rows(self, rows: tuple[SurveyListRow, ...]) -> None:
        """Show the surveys, choose one that waits for work if none is chosen, and count them."""
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            waiting = [row for row in rows if row.doubtful_count] or [row for row in rows if row.state != "集計確定"]
            first = (waiting or list(rows))[0]
            self.table.choose(lambda row: row.id == first.id, take_focus=False)
        fixed = sum(row.is_frozen for row in rows)
        waiting_count = sum(1 for row in rows if row.doubtful_count)
        more = fill_nonempty("　確認が必要 {}回", waiting_count)
        self.summary.setText(f"集計の確定 {left_words(fixed, len(rows), '回')}{more}" if rows else "")


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            "date",
            field_label(Event, "event_date"),
            show=lambda row: Cell(
                short_date_or("協議中", row.event.event_date, today),
                kind=row.event.kind,
                strong=row.event.event_date is not None,
                tone="" if row.event.event_date else "second",
            ),
            sort=lambda row: (row.event.event_date or date.max, row.id),
            export_parts=(
                ExportColumn(
                    field_label(Event, "event_date"), show=lambda row: _day(row.event.event_date, today) or "協議中"
                ),
                ExportColumn("種別", show=lambda row: row.event.kind_words),
            ),
        ),
        Column(
            "title",
            "実施回",
            show=lambda row: Cell(row.event.full_title, row.event.venue, strong=True),
            stretch=True,
            export_parts=(
                ExportColumn("実施回", show=lambda row: row.event.full_title),
                export_column(Event, "venue", lambda row: row.event),
            ),
        ),
        Column("state", "アンケートの状態", show=_state, sort=lambda row: row.state),
        Column(
            "questions",
            "設問",
            show=lambda row: _questions(row, today),
            sort=lambda row: row.question_count,
            export_parts=(
                ExportColumn("設問", show=lambda row: fill_nonempty("{}問", row.question_count)),
                ExportColumn("設問の協議", show=lambda row: _agreed_text(row, today) if row.question_count else ""),
            ),
        ),
        Column(
            "returned",
            "回収",
            show=_returned,
            sort=lambda row: row.counted_total,
            export_parts=(
                ExportColumn("回収", show=lambda row: fill_nonempty("{}枚", row.counted_total)),
                ExportColumn("紙", show=lambda row: f"{row.paper}枚" if row.counted_total else ""),
                ExportColumn("オンライン", show=lambda row: f"{row.online}件" if row.counted_total else ""),
                ExportColumn("出席", show=lambda row: fill_nonempty("{}人", row.attendance)),
                ExportColumn("回収率", show=lambda row: _rate(row) if row.counted_total else ""),
            ),
        ),
        Column(
            "counted",
            "集計した者",
            show=lambda row: Cell(
                row.counted_by if row.counted_total else "",
                short_date_or("", row.counted_on, today),
            ),
            narrow=False,
            export_parts=(
                ExportColumn("集計した者", show=lambda row: row.counted_by if row.counted_total else ""),
                ExportColumn("集計した日", show=lambda row: _day(row.counted_on, today)),
            ),
        ),
    )


def _day(day: date | None, today: date) -> str:
    return short_date_or("", day, today)


def _agreed_text(row: SurveyListRow, today: date) -> str:
    return agreed_words(row.agreed_on, today, fixed=row.is_fixed)


def _rate(row: SurveyListRow) -> str:
    """Return the response rate as 「85%」, "" if it is unknown."""
    return fill_nonempty("{}%", return_rate(row.counted_total, row.rate_attendance))


def _state(row: SurveyListRow) -> Cell:
    """Return the cell of the survey's state.

    While the totals are open and responses doubtful it is 「確認が必要 3枚」 instead.
    """
    if row.doubtful_count and not row.is_frozen:
        return Cell(f"確認が必要 {row.doubtful_count}枚", badge="確認が必要")
    return Cell(row.state, badge=STATE_BADGES[row.state])


def _questions(row: SurveyListRow, today: date) -> Cell:
    """Return the cell with the number of questions (「10問」, 「—」 for none) and the state of their 協議 below."""
    if not row.question_count:
        return Cell("—", tone="second")
    return Cell(f"{row.question_count}問", _agreed_text(row, today))


def _returned(row: SurveyListRow) -> Cell:
    """Return the cell with the number of responses, 「—」 for none; channels and 出席 below, the return rate beside."""
    if not row.counted_total:
        return Cell("—", tone="second")
    of = fill_nonempty("出席 {}人中", row.rate_attendance)
    if of and row.rate_attendance != row.attendance:
        of = f"確定時の{of}"
    second = join_nonempty(sources_words(row.paper, row.online), of)
    return Cell(f"{row.counted_total}枚", second, aside=_rate(row))


QUESTIONS, HANDOUT, RESPONSES, ENTRY, IMPORT, CHECK, TALLY = (
    "設問", "用紙", "回答", "検算・代行入力", "取り込み", "照合", "集計",
)  # fmt: skip
STEP_OF = {QUESTIONS: 1, HANDOUT: 2, RESPONSES: 3, ENTRY: 3, IMPORT: 3, CHECK: 4, TALLY: 5}
"""The step of each page."""
PAGES = tuple(STEP_OF)
_PAGE_OF_STEP = {1: QUESTIONS, 2: HANDOUT, 3: RESPONSES, 4: CHECK, 5: TALLY}
_TITLES = {ENTRY: "紙の回答を入力する", IMPORT: "オンラインの回答を取り込む"}
_FIX_QUESTIONS = "設問を決定する"
_OPEN_REPORT = "報告書へ進む"


class SurveyHandoutPage(QWidget):
    """Step 2, the sheets to hand out and the online form, on a page of their own; emits no signals."""

    def __init__(self, questions: QuestionsPage):
        super().__init__()
        self._questions = questions
        self.handout = questions.handout
        self.handout.setMaximumWidth(880)
        in_column(questions.handout_problem, (in_scroll_area(self.handout), 1), owner=self)

    def show_view(self, view: SurveyView) -> None:
        """Fill the page 設問, whose part on the handed-out sheets is the one shown here."""
        self._questions.show_view(view)

    def take_focus(self) -> None:
        """Set the focus to the button that changes handout and online form."""
        self.handout.change_button.setFocus()


_Page = QuestionsPage | SurveyHandoutPage | EntryPage | AnswerImportPage | ResponsesPage | TallyCheckPage | TallyPage


class SurveyPanel(Screen):
    """アンケート, the list of surveys, or one event's survey in five steps; emits no signals.

    ``embedded`` True inside the event's own screen: no way back to the list. Alt+1 … Alt+5 go to the steps.

    """

    def __init__(self, app_context: AppContext, *, embedded: bool = False):
        super().__init__(app_context)
        self._embedded = embedded
        self._event_id: int | None = None
        self._wanted_page = ""
        self._view: SurveyView | None = None
        self._survey_steps: SurveySteps | None = None
        self.survey_list = SurveyList(app_context)
        self.step_list = SurveyStepList()
        self.title = section("")
        self.back_link = link_button("‹ 回答一覧に戻る", lambda: self.show_page(RESPONSES))
        self.entry_button = Button("用紙を入力する", lambda: self.show_page(ENTRY), key="Ctrl+N", parent=self)
        self.import_button = Button("ファイルを取り込む", lambda: self.show_page(IMPORT), key="Ctrl+O", parent=self)
        for button in (self.entry_button, self.import_button):
            on_key(button, button.key, button.click)
            button.hide()  # until a survey is shown
        self.next_button = main_button("", self.open_next_step)
        self.bar = ActionBar(app_context)
        self.problem = NoteBox()
        self._pages: dict[str, Any] = {}
        self._current_page = QUESTIONS
        self._build()
        self._connect()
        # The event's pages decide themselves where their work begins.
        self.setFocusProxy(self.survey_list.table)

    def _build(self) -> None:
        """Lay out the head, the steps and the page."""
        outer = page_above(self.bar, self, spacing=8)
        outer.addWidget(self.problem)
        self._kind = KindSquare()
        self._title = wrapped_label("", "h1")
        self._crumb = row_of(back_button(self.app_context, "survey"), self._kind, (self._title, 1), spacing=12)
        self._one = QWidget()
        column = in_column(self._crumb, owner=self._one, spacing=8)
        self._crumb.setVisible(not self._embedded)
        across = self._across = QHBoxLayout()
        across.addWidget(self.step_list)
        self._head = FlowRow(self.title, self.back_link, spacing=12, at_end=1)
        right = in_column(self._head, spacing=8)
        below = self._below = QWidget()
        # A hidden page must not prevent the window from shrinking, and a page folds only after the window did.
        below.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.step_list.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        self._page_stack = PageLayout(below)
        self._page_stack.setContentsMargins(0, 0, 0, 0)
        # A blank one first: pages are added on first use.
        self._page_stack.addWidget(QWidget())
        right.addWidget(below, 1)
        across.addLayout(right, 1)
        column.addLayout(across, 1)
        # The list must not be as wide as steps and page of an event.
        self._stack = PageStack()
        self._stack.addWidget(self.survey_list)
        self._stack.addWidget(self._one)
        outer.addWidget(self._stack, 1)

    def _connect(self) -> None:
        """Connect the signals of list and steps, and the keys Alt+1 to Alt+5."""
        self.survey_list.opened.connect(lambda event_id: self.go("survey", event_id=event_id))
        self.survey_list.events_asked.connect(lambda: self.go("events"))
        self.step_list.chosen.connect(self.show_step)
        self.step_list.answers_asked.connect(partial(self.show_page, RESPONSES))
        for number in _PAGE_OF_STEP:
            on_key(self, f"Alt+{number}", partial(self.show_step, number), inside=True)

    # the pages are built on first use, since all at once would block the window

    @property
    def questions_page(self) -> QuestionsPage:
        """Return the page 設問."""
        return cast("QuestionsPage", self._get_page(QUESTIONS))

    @property
    def entry_page(self) -> EntryPage:
        """Return the page 検算・代行入力."""
        return cast("EntryPage", self._get_page(ENTRY))

    @property
    def import_page(self) -> AnswerImportPage:
        """Return the page 取り込み."""
        return cast("AnswerImportPage", self._get_page(IMPORT))

    @property
    def responses_page(self) -> ResponsesPage:
        """Return the page 回答."""
        return cast("ResponsesPage", self._get_page(RESPONSES))

    @property
    def check_page(self) -> TallyCheckPage:
        """Return the page 確かめる."""
        return cast("TallyCheckPage", self._get_page(CHECK))

    @property
    def tally_page(self) -> TallyPage:
        """Return the page 集計."""
        return cast("TallyPage", self._get_page(TALLY))

    def _get_page(self, name: str) -> Any:
        """Return a page, built and connected when first asked for."""
        if name in self._pages:
            return self._pages[name]
        made = self._build_page(name)
        self._pages[name] = made
        if isinstance(made, EntryPage | ResponsesPage | TallyCheckPage | TallyPage):
            made.page_asked.connect(self.show_page)
        if isinstance(made, ResponsesPage | TallyCheckPage):
            made.correct_asked.connect(self._correct)
        if isinstance(made, QuestionsPage):
            made.agreed_day_found.connect(self.fit_size)
        if isinstance(made, EntryPage):
            made.entry_state_changed.connect(self.fit_size)
        if isinstance(made, AnswerImportPage):
            made.page_changed.connect(self.fit_size)
            made.page_asked.connect(self.show_page)
        if isinstance(made, TallyPage):
            made.view_changed.connect(self.fit_size)
        if isinstance(made, TallyCheckPage):
            made.refreshed.connect(self.fit_size)
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

    def _page_buttons(self) -> tuple[Button, ...]:
        page = self._pages[self._current_page]
        if isinstance(page, ResponsesPage):
            return (self.import_button, self.entry_button)
        has_own = isinstance(page, EntryPage | AnswerImportPage | TallyCheckPage | TallyPage)
        return page.bar_buttons if has_own else ()

    # coming and going

    def open_with(self, *, event_id: int | None = None, page: str = "", **_more: Any) -> None:
        """Set the event (None: the list) and the page shown at the next ``reload``.

        ``page`` "" keeps the page, for another event it means the step that is next.
        """
        check_page_name(page, PAGES)
        if event_id != self._event_id:
            self._view = self._survey_steps = None
            self._wanted_page = page or "?"
        elif page:
            self._wanted_page = page
        self._event_id = event_id

    def view_state(self) -> dict[str, Any]:
        """Return the survey and its page, or the list."""
        return {"event_id": self._event_id, "page": self._current_page if self._view is not None else ""}

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether a response, a question or a file is being worked on."""
        built = self._pages
        return bool(
            (ENTRY in built and self.entry_page.has_open_response)
            or (QUESTIONS in built and self.questions_page.unsaved_words)
            or (IMPORT in built and self.import_page.current_draft is not None)
        )

    def reload(self) -> None:
        """Read the list of surveys, or the survey of the event, and show it."""
        if self._event_id is None:
            self._stack.setCurrentIndex(0)
            self.bar.hide()
            self.run_read(self._show_list, list_surveys, fiscal_year=self.fiscal_year)
        else:
            self.app_context.read(
                with_store(read_steps, event_id=self._event_id, today=self.today),
                self._show_steps,
                on_failed=self._show_load_error,
            )
            # Built while the store is being read: building and showing together would block the window longer.
            page = self._wanted_page or self._current_page
            if page in PAGES:
                self._get_page(page)

    def show_list(self) -> None:
        """Go to the list of surveys."""
        self.go("survey")

    def may_leave(self) -> bool:
        """Return False with a message for a half-typed question; save a half-entered response as a draft."""
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
        """Hide the survey and show why it can't be read."""
        self._one.setVisible(False)
        show_failure_in(failure_of(problem), self.problem)

    def _show_steps(self, survey_steps: SurveySteps) -> Iterator[None]:
        """Build, fill and show the first page, yielding between so that each takes an event loop turn of its own."""
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
        self._title.setText(event_words(view.event, self.today))
        for row in self.step_list.step_rows[1:]:
            row.setEnabled(chosen)
        self._wanted_page = ""
        yield from self._show_page_stepwise(page)
        yield
        if self._view is not view:
            return
        # Last: what is assembled while visible is laid out and painted again with every added part.
        self._stack.setCurrentIndex(1)
        self._one.setVisible(True)

    def _page_to_show(self, survey_steps: SurveySteps) -> str:
        """Return the page to show: the one requested, else the current or the one of the first open step."""
        if survey_steps.view.survey is None:
            return QUESTIONS
        wanted = self._wanted_page
        return (wanted if wanted in PAGES else _first_page(survey_steps)) if wanted else self._current_page

    def show_step(self, number: int) -> None:
        """Show the page of a step, at once or when the survey is read.

        Before questions are chosen steps other than 1 are ignored.
        """
        if self._view is None:
            # Still being read: it is shown as soon as it is there.
            self._wanted_page = _PAGE_OF_STEP[number]
        elif self._view.survey is not None or number == 1:
            self.show_page(_PAGE_OF_STEP[number])

    def show_page(self, page: str) -> None:
        """Show a page of the event's survey; on leaving data entry a half-entered response becomes a draft."""
        for _turn in self._show_page_stepwise(page):
            pass

    def _show_page_stepwise(self, page: str) -> Iterator[None]:
        """Fill a page, yield for an event loop turn, and then show it."""
        if page != ENTRY and self._current_page == ENTRY and ENTRY in self._pages:
            self.entry_page.save_drafts()
        shown = self._get_page(page)
        self._current_page = page
        # A page chosen meanwhile overrides the one that was requested at opening.
        self._wanted_page = ""
        if self._view is not None:
            shown.show_view(self._view)
            yield
        if self._current_page != page:
            return
        is_new = self._page_stack.currentWidget() is not shown
        if is_new:
            self._page_stack.setCurrentWidget(shown)
            shown.take_focus()
        # Afterwards: the pressed button leaves the line above, and must not take the focus with it.
        self.fit_size()
        if is_new:
            shown.take_focus()  # the button of a page has its place in the bar only now

    def fit_size(self) -> None:
        """Show or hide title line and steps; data entry gets all the room."""
        found, page = self._survey_steps, self._current_page
        if found is None:
            return
        narrow = t.should_fold_steps(self)
        typing = page == ENTRY and self.entry_page.has_open_response
        self._across.setSpacing(12 if narrow else 24)
        # These two lead back to their step by a link of their own.
        alone = page in _TITLES and t.unscaled(self.window().width()) < _STEPS_FROM
        self.step_list.setVisible(not typing and not alone and not (page == IMPORT and self.import_page.has_open_file))
        # The list of steps says the step and its state.
        self._head.setVisible(page in _TITLES and not typing)
        # Where little is left of the height, the page scrolls rather than that one line of the sheet is in sight.
        self._below.setMinimumHeight(self.entry_page.least_height(self._below.width()) if typing else 0)
        step = STEP_OF[page]
        self.step_list.show_steps(found, step, narrow=narrow)
        self.title.setText(_TITLES.get(page, ""))
        now = found.steps[step - 1]
        frozen = found.view.survey is not None and found.view.survey.frozen_at is not None
        for button in (self.entry_button, self.import_button):
            button.setVisible(page == RESPONSES and not frozen)
        self.next_button.set_words(self._next_step_words())
        self.bar.put(self.next_button, *self._page_buttons())
        self.bar.show_words(self._pages[page].bar_words if page in (RESPONSES, CHECK) else now.words)
        self.bar.setVisible(not typing)

    # what comes next

    def _next_step_words(self) -> str:
        """Return the label of the filled button; "" where the page has its own."""
        view = self._view
        survey = view.survey if view is not None else None
        if view is not None and survey is not None and self._current_page == TALLY and survey.frozen_at is not None:
            return _OPEN_REPORT
        if view is None or survey is None or self._current_page in (CHECK, TALLY, ENTRY, IMPORT):
            chooses = view is not None and survey is None and self._current_page == QUESTIONS
            return self.questions_page.choice_panel.chosen_words if chooses else ""
        if self._current_page == QUESTIONS:
            frozen = survey.frozen_at is not None
            if survey.fixed_on is None and not frozen:
                day = self.questions_page.proposed_agreement_day()
                return f"{short_date(day, self.today)}の協議で{_FIX_QUESTIONS}" if day is not None else _FIX_QUESTIONS
            return "用紙・オンラインへ進む"
        if self._current_page == HANDOUT:
            return (
                "配布とオンラインを直す" if survey.distributed is None and not view.responses else "回答を入れるへ進む"
            )
        return "「確かめる」へ進む" if view.responses else ""

    def open_next_step(self) -> None:
        """Do what the filled button says: fix questions, edit the handout, open the report or the next page."""
        words = self._next_step_words()
        if self._view is not None and self._view.survey is None:
            self.questions_page.use_chosen()
        elif words.endswith(_FIX_QUESTIONS):
            self.questions_page.fix_on_proposed_day()
        elif words == "配布とオンラインを直す":
            self.questions_page.edit_handout()
        elif words == _OPEN_REPORT:
            self.go("report", event_id=self._event_id, tallied=True)
        elif words:
            self.show_step(STEP_OF[self._current_page] + 1)

    def _correct(self, response: SurveyResponse) -> None:
        """Show the page 検算・代行入力 with a response to be corrected, and this page again afterwards."""
        back_page = self._current_page
        self.show_page(ENTRY)
        self.entry_page.correct_response(response, back_page=back_page)


def _first_page(survey_steps: SurveySteps) -> str:
    """Return the page of the first step that is not done, or of the last one.

    Once the event was held, unrecorded numbers of handed-out sheets do not block the answers.
    """
    if survey_steps.view.survey is None:
        return QUESTIONS
    over = {STEP_OF[HANDOUT]} if survey_steps.view.event.status.is_held else set()
    open_ones = [step.number for step in survey_steps.steps if step.state != "済" and step.number not in over]
    return _PAGE_OF_STEP[open_ones[0] if open_ones else 5]


def sources_words(paper: int, online: int) -> str:
    """Return 「紙 11・オンライン 5」."""
    return f"紙 {paper}・オンライン {online}"
