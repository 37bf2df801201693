"""アンケートの年間: events and years side by side, earlier years, 中間集計 and 実績の一行."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from app.main_window.navigation import known_word
from app.subjects.surveys.compare.screens.compare_earlier import EarlierPart
from app.subjects.surveys.compare.screens.compare_interim import InterimPart
from app.subjects.surveys.compare.screens.compare_record import RecordPart
from app.subjects.surveys.compare.screens.compare_table import CompareTable
from app.subjects.surveys.compare.services.survey_years import KINDS, YearView, read_year
from app.subjects.surveys.questions.parts.page_heading import fold_headings, page_heading
from app.subjects.surveys.questions.parts.page_switch import PageSwitch
from app.widgets.failure_dialog import note_failure
from app.widgets.flow_row import FlowRow
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import Link, label
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, page
from app.window import theme as t
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of

COMPARE, EARLIER, INTERIM, RECORD = "比べる", "前の年度の集計", "中間集計", "実績の一行"
PAGES = (COMPARE, EARLIER, INTERIM, RECORD)


class SurveyYearScreen(Screen):
    """The surveys of the year. ``arrive(kind=…, page=…)``. Signals: none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._page = COMPARE
        self.back = Link("アンケート", lambda: desk.go("survey"))
        self.switch = PageSwitch(PAGES)
        self.kind = ChoiceBox()
        self.kind.setAccessibleName("種別")
        for one in KINDS:
            self.kind.addItem(one, one)
        self.problem = NoteBox(tone="red")
        self.compare = CompareTable(desk)
        self.earlier = EarlierPart(desk)
        self.interim = InterimPart(desk)
        self.record = RecordPart(desk)
        self._parts: dict[str, CompareTable | EarlierPart | InterimPart | RecordPart] = {
            COMPARE: self.compare,
            EARLIER: self.earlier,
            INTERIM: self.interim,
            RECORD: self.record,
        }
        column = page(self, spacing=8)
        crumb = QHBoxLayout()
        crumb.setSpacing(6)
        crumb.addWidget(self.back)
        crumb.addWidget(label("› 年間", "small"))
        crumb.addStretch(1)
        column.addLayout(crumb)
        column.addWidget(FlowRow(page_heading("アンケートの年間"), self.switch, self.kind, spacing=12, at_end=1))
        column.addWidget(self.problem)
        below = QWidget()
        self._stack = QStackedLayout(below)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for part in self._parts.values():
            self._stack.addWidget(part)
        column.addWidget(below, 1)
        self.switch.chosen.connect(self.show_page)
        self.kind.activated.connect(lambda _place: self.reload())

    def arrive(self, *, kind: str = "", page: str = "", **_more: Any) -> None:
        """``kind`` of event and the page to show."""
        if kind in KINDS:
            self.kind.setCurrentIndex(self.kind.findData(kind))
        if known_word(page, PAGES):
            self._page = page

    def reload(self) -> None:
        """Read the page shown."""
        self.show_page(self._page)

    def show_page(self, page: str) -> None:
        """Show one of the pages and read it."""
        self._page = page
        self.switch.show_page(page)
        self.kind.setVisible(page in (COMPARE, EARLIER))
        shown = self._parts[page]
        if self._stack.currentWidget() is not shown:
            self._stack.setCurrentWidget(shown)
            shown.take_focus()
        if page == INTERIM:
            self.interim.read()
        elif page == RECORD:
            self.record.read()
        else:
            self.desk.read(
                with_store(read_year, kind=str(self.kind.currentData()), fiscal_year=self.desk.fiscal_year),
                self._show_year,
                failed=lambda problem: note_failure(failure_of(problem), self.problem),
                owner=self,
            )

    def _show_year(self, view: YearView) -> None:
        self.problem.say("")
        if view.kind == self.kind.currentData():
            self.compare.show_year(view)
            self.earlier.show_year(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window the heading gives its room away."""
        super().resizeEvent(event)
        fold_headings(self, narrow=self.window().width() < t.FOLD_NARROW)
