"""年度まとめ: what a year adds up to against the 仕様書, each number with the rows behind it, and where it goes on."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.asked import Asked
from app.calendar.dates import long_date_plain
from app.main_window.ways import way_to
from app.papers.screens.export_button import export_button
from app.papers.screens.paper_view import PaperDialog
from app.papers.services.paper_scope import PaperScope
from app.subjects.summary.papers.year_report import KIND
from app.subjects.summary.rules.summary_facts import JudgedLine
from app.subjects.summary.rules.year_figures import is_handover_time
from app.subjects.summary.screens.answers_page import AnswerDialog, AnswersPage
from app.subjects.summary.screens.behind_dialog import BehindDialog
from app.subjects.summary.screens.number_pages import EarlierPage, JudgedPage, PeoplePage
from app.subjects.summary.screens.overview_page import OverviewPage
from app.subjects.summary.screens.typed_dialogs import EarlierDialog, EarlierLectureDialog, ReasonOfLineDialog
from app.subjects.summary.services.behind import Behind, BehindRow, read_behind
from app.subjects.summary.services.typed_numbers import agreements_to_link, earlier_typed, remove_reason
from app.subjects.summary.services.year_answers import read_answers
from app.subjects.summary.services.year_page import YearPage, read_page
from app.subjects.surveys.compare.papers import InterimEvent
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, label
from app.widgets.screen import Screen, only_for_writing, page, row, scrolling
from app.widgets.tabs import Tabs
from app.window.desk import Desk, with_store
from db.records.events import Event
from db.records.programme import Kind

TABS = ("概要", "仕様との対照", "人数と団体", "満足計・前年", "照会への回答")


class SummaryScreen(Screen):
    """The page. Signals: none. ``arrive(tab=1)`` stands on one of its tabs."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: YearPage | None = None
        self.day = label("", "second")
        self.overview = OverviewPage()
        self.judged = JudgedPage(may_write=not desk.read_only)
        self.people = PeoplePage()
        self.earlier_button = Button("前の年度の数を入力", self.type_earlier, icon_name="pencil-simple", low=True)
        self.earlier = EarlierPage(self.earlier_button)
        self.answers = AnswersPage(desk)
        self.handover_button = Button("引継書を作成", partial(self._follow, Asked(what="引継書")))
        self.report_button = Button("年間実績総括を見る", self.show_report)
        self.tabs = Tabs()
        self._build()
        self._connect()
        only_for_writing(desk, self.earlier_button)

    def _build(self) -> None:
        column = page(self, spacing=8)
        where = QWidget()
        where.setLayout(row(heading("年度まとめ"), self.day, spacing=12))
        export = export_button(self.desk, self.overview.table, title="年度まとめ")
        column.addWidget(FlowRow(where, export, self.report_button, self.handover_button, at_end=3))
        parts = (scrolling(self.overview), self.judged, scrolling(self.people), scrolling(self.earlier), self.answers)
        for word, part in zip(TABS, parts, strict=True):
            self.tabs.add(word, part)
        column.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        self.overview.number_asked.connect(self.open_behind)
        self.overview.followed.connect(self._follow)
        self.overview.copied.connect(lambda: self.desk.say("議会・予算の一行をコピーしました。"))
        self.people.number_asked.connect(self.open_behind)
        self.judged.parts_asked.connect(self._open_parts)
        self.judged.reason_asked.connect(self.write_reason)
        self.judged.reason_removed.connect(self._remove_reason)
        self.earlier.opened.connect(self._open_tally)
        self.earlier.lecture_asked.connect(self._type_lecture)
        self.answers.add_asked.connect(self.write_answer)

    def arrive(self, *, tab: int | None = None, **_more: Any) -> None:
        """Show a tab."""
        if tab is not None:
            self.tabs.choose(tab)

    def stand(self) -> dict[str, Any]:
        """The tab."""
        return {"tab": self.tabs.current()}

    def reload(self) -> None:
        """Read the year as it stands today."""
        self.desk.read(with_store(read_page, today=self.desk.today(), fiscal_year=self.desk.fiscal_year), self._show)
        self.desk.read(with_store(read_answers, fiscal_year=self.desk.fiscal_year), self.answers.table.show_rows)

    def _show(self, found: YearPage) -> None:
        self.found = found
        self.day.setText(f"{long_date_plain(self.desk.today())} 現在")
        self.overview.show_page(found)
        self.handover_button.set_filled(is_handover_time(self.desk.fiscal_year, self.desk.today()))
        for part in (self.judged, self.people, self.earlier):
            part.show_summary(found.summary)
        self.tabs.set_count(1, len(found.summary.stops) or None)

    # the rows behind a number

    def open_behind(self, kind: Kind | None, item: str, branch: str = "") -> None:
        """Open the rows from which a number was counted."""
        self.desk.read(
            with_store(
                read_behind,
                today=self.desk.today(),
                fiscal_year=self.desk.fiscal_year,
                kind=kind,
                item=item,
                branch=branch,
            ),
            self._show_behind,
        )

    def _show_behind(self, found: Behind) -> None:
        BehindDialog(self.desk, found, self).open()

    def _open_parts(self, one: JudgedLine) -> None:
        line = one.line
        rows = tuple(
            BehindRow(
                id=str(part.event.id),
                cells=(part.event.full_title, part.words, "仕様と違う" if part.off else ""),
                asked=Asked(what="実施回", event_id=part.event.id),
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
        self._follow(Asked(what="アンケート", event_id=one.event.id))

    def _follow(self, asked: Asked | Event) -> None:
        wanted = Asked(what="実施回", event_id=asked.id) if isinstance(asked, Event) else asked
        way = way_to(wanted)
        self.desk.go(way.place, **way.arguments)

    # what is typed, and papers

    def type_earlier(self) -> None:
        """Ask for the numbers of the year before."""
        year = self.desk.fiscal_year
        self.desk.read(
            with_store(earlier_typed, fiscal_year=year - 1),
            lambda typed: EarlierDialog(self.desk, year, typed, self).open(),
        )

    def _type_lecture(self, name: str) -> None:
        year = self.desk.fiscal_year
        if not self.desk.read_only:
            self.desk.read(
                with_store(earlier_typed, fiscal_year=year - 1),
                lambda typed: EarlierLectureDialog(self.desk, year, name, typed, self).open(),
            )

    def write_reason(self, one: JudgedLine) -> None:
        """Ask why a number is not as the 仕様書 has it."""
        if self.found is not None and not self.desk.read_only:
            programme_id = self.found.summary.programme_id
            self.desk.read(
                with_store(agreements_to_link, programme_id=programme_id),
                lambda records: ReasonOfLineDialog(self.desk, programme_id, one, records, self).open(),
            )

    def write_answer(self) -> None:
        """Keep an answer with the numbers of today."""
        if self.found is not None and not self.desk.read_only:
            AnswerDialog(self.desk, self.found.summary, self).open()

    def _remove_reason(self, one: JudgedLine) -> None:
        if self.found is not None and not self.desk.read_only:
            self.desk.write(
                with_store(
                    remove_reason, programme_id=self.found.summary.programme_id, item=one.line.key, **self.desk.signed
                ),
                owner=self,
            )

    def show_report(self) -> None:
        """Show 年間実績総括 as it stands today."""
        scope = PaperScope(fiscal_year=self.desk.fiscal_year, as_of=self.desk.today())
        PaperDialog(self.desk, scope=scope, kind=KIND, parent=self).open()
