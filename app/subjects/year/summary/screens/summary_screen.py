"""年度: what a year adds up to, each number with the rows behind it, and where its seasons lead."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.acts.action_id import Asked
from app.calendar.dates import long_date_plain
from app.main_window.ways import way_to
from app.papers.screens.export_button import export_button
from app.papers.screens.paper_view import PaperDialog
from app.papers.services.paper_scope import PaperScope
from app.subjects.surveys.compare.papers import InterimEvent
from app.subjects.year.summary.papers.year_report import KIND
from app.subjects.year.summary.rules.summary_facts import JudgedLine
from app.subjects.year.summary.rules.year_figures import GROUPS_ONCE
from app.subjects.year.summary.screens.answers_page import AnswersPage, InquiryAnswerDialog
from app.subjects.year.summary.screens.behind_dialog import BehindDialog
from app.subjects.year.summary.screens.number_pages import BranchPage, EarlierPage, JudgedPage
from app.subjects.year.summary.screens.overview_page import OverviewPage
from app.subjects.year.summary.screens.summary_columns import AGAINST, ANSWERS, BEFORE, BRANCHES
from app.subjects.year.summary.screens.typed_dialogs import EarlierLectureDialog, EarlierYearDialog, ReasonOfLineDialog
from app.subjects.year.summary.services.behind import Behind, BehindRow, read_behind
from app.subjects.year.summary.services.typed_numbers import agreements_to_link, earlier_typed, remove_reason
from app.subjects.year.summary.services.year_answers import read_answers
from app.subjects.year.summary.services.year_page import YearPage, read_page
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, label
from app.widgets.pages import Pages
from app.widgets.screen import Screen, only_for_writing, page, row, scrolling
from app.window.desk import Desk
from db.records.programme import Kind
from db.records.year.summary import YearAnswer


class SummaryScreen(Screen):
    """The page. Signals: none. ``open_with(page="照会への回答")`` shows one of its pages."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.found: YearPage | None = None
        self.day = label("", "second")
        self.overview = OverviewPage()
        self._given: tuple[YearAnswer, ...] = ()
        self.report_button = Button("年間実績総括を見る", self.show_report)
        self.export = export_button(self.desk, self.overview.table, title="年度")
        self.title = heading("年度")
        self.back = link_button("年度", lambda: self.show_page(""))
        self.stack = Pages()
        self._shown = ""
        self._build()
        self._connect()
        self.show_page("")

    # The pages that are opened from the first one are built when first gone to: all at once would hold the window.

    @cached_property
    def judged(self) -> JudgedPage:
        """仕様との対照."""
        made = JudgedPage(may_write=not self.desk.read_only)
        made.parts_asked.connect(self._open_parts)
        made.reason_asked.connect(self.write_reason)
        made.reason_removed.connect(self._remove_reason)
        if self.found is not None:
            made.show_summary(self.found.summary)
        return made

    @cached_property
    def branches(self) -> BranchPage:
        """支部ごとの数."""
        made = BranchPage()
        made.number_asked.connect(self.open_behind)
        if self.found is not None:
            made.show_summary(self.found.summary)
        return made

    @cached_property
    def earlier_button(self) -> Button:
        """Asks for the numbers of the year before."""
        made = Button("前の年度の数を入力", self.type_earlier, icon_name="pencil-simple", low=True)
        only_for_writing(self.desk, made)
        return made

    @cached_property
    def earlier(self) -> EarlierPage:
        """満足計・前年."""
        made = EarlierPage(self.earlier_button)
        made.opened.connect(self._open_tally)
        made.lecture_asked.connect(self._type_lecture)
        if self.found is not None:
            made.show_summary(self.found.summary)
        return made

    @cached_property
    def answers(self) -> AnswersPage:
        """照会への回答."""
        made = AnswersPage(self.desk)
        made.add_asked.connect(self.write_answer)
        made.table.show_rows(self._given)
        return made

    def _build(self) -> None:
        column = page(self, spacing=8)
        where = QWidget()
        where.setLayout(row(self.back, self.title, self.day, spacing=12))
        column.addWidget(FlowRow(where, self.export, self.report_button, at_end=2))
        self._parts: dict[str, QWidget] = {"": scrolling(self.overview)}
        self.stack.addWidget(self._parts[""])
        column.addWidget(self.stack, 1)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, lambda: self.show_page(""))

    def _connect(self) -> None:
        self.overview.number_asked.connect(self.open_behind)
        self.overview.page_asked.connect(self.show_page)
        self.overview.followed.connect(self._follow)
        self.overview.copied.connect(lambda: self.desk.say("照会・議会・予算の一行をコピーしました。"))

    def open_with(self, *, page: str = "", **_more: Any) -> None:
        """Show a page; "" = the first one."""
        self.show_page(page)

    def view_state(self) -> dict[str, Any]:
        """The page."""
        return {"page": self.shown}

    @property
    def shown(self) -> str:
        """The page that is shown, "" = the first one."""
        return self._shown

    def show_page(self, name: str) -> None:
        """Show one of ``PAGES``, or the first page."""
        if name not in self._parts:
            page_of: dict[str, Callable[[], QWidget]] = {
                AGAINST: lambda: self.judged,
                BRANCHES: lambda: scrolling(self.branches),
                BEFORE: lambda: scrolling(self.earlier),
                ANSWERS: lambda: self.answers,
            }
            self._parts[name] = page_of[name]()
            self.stack.addWidget(self._parts[name])
        self._shown = name
        self.stack.setCurrentWidget(self._parts[name])
        self.title.setText(name or "年度")
        self.back.setVisible(bool(name))
        for part in (self.export, self.day):
            part.setVisible(not name)
        # What stops the paper is mended on the page beside the 仕様書.
        self.report_button.setVisible(name in ("", AGAINST))

    def reload(self) -> None:
        """Read the year as it stands today."""
        self.fetch(self._show, read_page, today=self.desk.today(), fiscal_year=self.desk.fiscal_year)
        self.fetch(self._show_answers, read_answers, fiscal_year=self.desk.fiscal_year)

    def _show(self, found: YearPage) -> None:
        self.found = found
        self.day.setText(f"{long_date_plain(self.desk.today())} 現在　実施＝結果を記録した回")
        self.overview.show_page(found)
        for name in ("judged", "branches", "earlier"):
            if name in vars(self):
                getattr(self, name).show_summary(found.summary)

    def _show_answers(self, given: tuple[YearAnswer, ...]) -> None:
        self._given = given
        if "answers" in vars(self):
            self.answers.table.show_rows(given)

    # the rows behind a number

    def open_behind(self, kind: Kind | None, item: str, branch: str = "") -> None:
        """Open the rows from which a number was counted."""
        self.fetch(
            partial(self._show_behind, more=not branch and item == GROUPS_ONCE),
            read_behind,
            today=self.desk.today(),
            fiscal_year=self.desk.fiscal_year,
            kind=kind,
            item=item,
            branch=branch,
        )

    def _show_behind(self, found: Behind, *, more: bool = False) -> None:
        dialog = BehindDialog(self.desk, found, self)
        if more:
            dialog.put_more(BRANCHES, partial(self.show_page, BRANCHES))
        dialog.open()

    def _open_parts(self, one: JudgedLine) -> None:
        line = one.line
        rows = tuple(
            BehindRow(
                id=str(part.event.id),
                cells=(part.event.full_title, part.words, "仕様と違う" if part.off else ""),
                asked=Asked("実施回", event_id=part.event.id),
            )
            for part in line.parts
        )
        found = Behind(
            title=f"{line.group}　{line.item}",
            headings=("実施回", "実績", "判定"),
            rows=rows,
            unit="回",
            note=f"仕様　{line.spec}（{line.clause}）　判定　{line.word}",
        )
        self._show_behind(found)

    def _open_tally(self, one: InterimEvent) -> None:
        self._follow(Asked("アンケート", event_id=one.event.id))

    def _follow(self, asked: Asked) -> None:
        way = way_to(asked)
        if way.place == "summary":
            self.show_page(str(way.arguments.get("page", "")))
        else:
            self.desk.go(way.place, **way.arguments)

    # what is typed, and papers

    def type_earlier(self) -> None:
        """Ask for the numbers of the year before."""
        year = self.desk.fiscal_year
        self.fetch(
            lambda typed: EarlierYearDialog(self.desk, year, typed, self).open(), earlier_typed, fiscal_year=year - 1
        )

    def _type_lecture(self, name: str) -> None:
        year = self.desk.fiscal_year
        if not self.desk.read_only:
            self.fetch(
                lambda typed: EarlierLectureDialog(self.desk, year, name, typed, self).open(),
                earlier_typed,
                fiscal_year=year - 1,
            )

    def write_reason(self, one: JudgedLine) -> None:
        """Ask why a number is not as the 仕様書 has it."""
        if self.found is not None and not self.desk.read_only:
            programme_id = self.found.summary.programme_id
            self.fetch(
                lambda records: ReasonOfLineDialog(self.desk, programme_id, one, records, self).open(),
                agreements_to_link,
                programme_id=programme_id,
            )

    def write_answer(self) -> None:
        """Keep an answer with the numbers of today."""
        if self.found is not None and not self.desk.read_only:
            InquiryAnswerDialog(self.desk, self.found.summary, self).open()

    def _remove_reason(self, one: JudgedLine) -> None:
        if self.found is not None and not self.desk.read_only:
            self.do(remove_reason, programme_id=self.found.summary.programme_id, item=one.line.key)

    def show_report(self) -> None:
        """Show 年間実績総括 as it stands today."""
        scope = PaperScope(fiscal_year=self.desk.fiscal_year, as_of=self.desk.today())
        PaperDialog(self.desk, scope=scope, kind=KIND, parent=self).open()
