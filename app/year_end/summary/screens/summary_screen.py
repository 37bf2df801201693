"""The screen 年度, with the totals of a year, the rows behind each number, and the links of its seasons."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.actions.action_id import ActionLink
from app.calendar.dates import long_date_plain
from app.documents.screens.document_view import show_year_document
from app.documents.screens.export_button import export_button
from app.main_window.action_routes import route_to
from app.surveys.compare.documents import InterimEvent
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading, label, small_label
from app.widgets.lists.record_table import RecordTable
from app.widgets.pages import Pages
from app.widgets.screen import Screen, disable_when_read_only, in_scroll_area, page_column, widget_row
from app.window.app_context import AppContext
from app.year_end.summary.documents import YEAR_REPORT_KIND
from app.year_end.summary.rules import GROUPS_ONCE, JudgedLine
from app.year_end.summary.screens.answers_page import AnswersPage, InquiryAnswerDialog
from app.year_end.summary.screens.number_dialogs import (
    EarlierYearDialog,
    deviation_reason_dialog,
    earlier_lecture_dialog,
)
from app.year_end.summary.screens.number_pages import BranchPage, EarlierYearPage, SpecificationPage
from app.year_end.summary.screens.overview_page import OverviewPage
from app.year_end.summary.screens.pictures_page import PicturesPage
from app.year_end.summary.screens.summary_columns import (
    AGAINST,
    ANSWERS,
    BEFORE,
    BRANCHES,
    PICTURES,
    source_row_columns,
)
from app.year_end.summary.services.source_rows import SourceRow, SourceRows, read_source_rows
from app.year_end.summary.services.typed_numbers import agreements_to_link, read_earlier_figures, remove_reason
from app.year_end.summary.services.year_answers import read_answers
from app.year_end.summary.services.year_page import YearPage, read_page
from db.records.programme import Kind
from db.records.year.summary import YearAnswer


class SourceRowsDialog(DialogFrame):
    """Dialog with the list behind a number; Enter opens the row's place, Esc goes back to the number."""

    def __init__(self, app_context: AppContext, sources: SourceRows, parent: QWidget):
        super().__init__(sources.title, sources.words, cancel="閉じる", width=880, full=True, parent=parent)
        self._app_context = app_context
        self.table = RecordTable(
            f"behind-{len(sources.headings)}",
            source_row_columns(sources),
            title=f"{sources.title}の元の一覧",
            empty="数えた行はありません。",
            unit="行",
            names_people=sources.personal,
            on_open=self._open_row,
        )
        self.table.foot.addWidget(export_button(app_context, self.table, title=f"{sources.title}の元の一覧"))
        if sources.note:
            self.put(small_label(sources.note))
        self.put((self.table, 1))
        self.table.setMinimumHeight(240)
        self.table.show_rows(sources.rows)
        self.table.setFocus()

    def add_alternative(self, words: str, on_click: Callable[[], object]) -> None:
        """Add a link under the list that closes the dialog and shows another view of the number."""
        link = link_button(words, self.accept)
        link.clicked.connect(lambda _checked: on_click())
        self.table.foot.addWidget(link)

    def _open_row(self, row: SourceRow) -> None:
        if row.link is not None:
            way = route_to(row.link)
            self.accept()
            self._app_context.follow(way)


class SummaryScreen(Screen):
    """The screen 年度; ``open_with(page="照会への回答")`` shows that page, else the first. Signals: none."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.found: YearPage | None = None
        self.day = label("", "second")
        self.overview = OverviewPage()
        self._given: tuple[YearAnswer, ...] = ()
        self.report_button = Button("年間実績総括を見る", self.show_report)
        self.pictures_button = Button(PICTURES, lambda: self.show_page(PICTURES), icon_name="chart-bar")
        self.export = export_button(self.app_context, self.overview.table, title="年度")
        self.title = heading("年度")
        self.back = link_button("年度", lambda: self.show_page(""))
        self.stack = Pages()
        self.current_page = ""
        self._build()
        self._connect()
        self.show_page("")

    # The further pages are built on first use, since all at once would block the window.

    @cached_property
    def judged(self) -> SpecificationPage:
        """Build the page 仕様との対照 when first needed."""
        made = SpecificationPage(may_write=self.may_write)
        made.event_values_asked.connect(self._open_event_values)
        made.reason_asked.connect(self.write_reason)
        made.reason_removed.connect(self._remove_reason)
        return made

    @cached_property
    def branches(self) -> BranchPage:
        """Build the page 支部ごとの数 when first needed."""
        made = BranchPage()
        made.number_asked.connect(self.open_source_rows)
        return made

    @cached_property
    def earlier_button(self) -> Button:
        """Return the button for the numbers of the year before."""
        made = Button("前の年度の数を入力", self.enter_earlier_figures, icon_name="pencil-simple", low=True)
        disable_when_read_only(self.app_context, made)
        return made

    @cached_property
    def earlier(self) -> EarlierYearPage:
        """Build the page 満足計・前年 when first needed."""
        made = EarlierYearPage(self.earlier_button)
        made.opened.connect(self._open_tally)
        made.number_asked.connect(self.open_source_rows)
        made.numbers_asked.connect(self.enter_earlier_figures)
        made.lecture_asked.connect(self._enter_earlier_lecture)
        return made

    @cached_property
    def pictures(self) -> PicturesPage:
        """Build the page 数を絵で when first needed."""
        made = PicturesPage()
        made.event_chosen.connect(lambda event: self._open_link(ActionLink("実施回", event_id=event.id)))
        made.tally_chosen.connect(self._open_tally)
        made.number_asked.connect(self.open_source_rows)
        made.page_asked.connect(self.show_page)
        return made

    @cached_property
    def answers(self) -> AnswersPage:
        """Build the page 照会への回答 when first needed."""
        made = AnswersPage(self.app_context)
        made.add.chosen.connect(self.write_answer)
        made.table.show_rows(self._given)
        return made

    def _build(self) -> None:
        column = page_column(self, spacing=8)
        where = QWidget()
        where.setLayout(widget_row(self.back, self.title, self.day, spacing=12))
        column.addWidget(FlowRow(where, self.export, self.pictures_button, self.report_button, at_end=3))
        self._parts: dict[str, QWidget] = {"": in_scroll_area(self.overview)}
        self.stack.addWidget(self._parts[""])
        column.addWidget(self.stack, 1)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, lambda: self.show_page(""))

    def _connect(self) -> None:
        """Connect the signals of the first page."""
        self.overview.number_asked.connect(self.open_source_rows)
        self.overview.page_asked.connect(self.show_page)
        self.overview.link_clicked.connect(self._open_link)
        self.overview.copied.connect(lambda: self.app_context.show_message("照会・議会・予算の一行をコピーしました。"))

    def open_with(self, *, page: str = "", **_more: Any) -> None:
        """Show a page; "" = the first one."""
        self.show_page(page)

    def view_state(self) -> dict[str, Any]:
        """Return the selected page, to restore it later."""
        return {"page": self.current_page}

    def show_page(self, name: str) -> None:
        """Show the page with this title (``AGAINST``, ``PICTURES`` …), "" = the first; it is built when first shown."""
        if name not in self._parts:
            page_of: dict[str, Callable[[], QWidget]] = {
                AGAINST: lambda: self.judged,
                BRANCHES: lambda: in_scroll_area(self.branches),
                BEFORE: lambda: in_scroll_area(self.earlier),
                ANSWERS: lambda: self.answers,
                PICTURES: lambda: in_scroll_area(self.pictures),
            }
            self._parts[name] = page_of[name]()
            self.stack.addWidget(self._parts[name])
            self._show_summary()
        self.current_page = name
        self.stack.setCurrentWidget(self._parts[name])
        self.title.setText(name or "年度")
        self.back.setVisible(bool(name))
        for part in (self.export, self.pictures_button):
            part.setVisible(not name)
        self.day.setVisible(name in ("", PICTURES))
        # What blocks the document is corrected on the page of the 仕様書.
        self.report_button.setVisible(name in ("", AGAINST, PICTURES))

    def reload(self) -> None:
        """Read and show the year as of today, with the answers given."""
        self.run_read(self._show, read_page, today=self.today, fiscal_year=self.fiscal_year)
        self.run_read(self._show_answers, read_answers, fiscal_year=self.fiscal_year)

    def _show(self, found: YearPage) -> None:
        self.found = found
        self.day.setText(f"{long_date_plain(self.today)} 現在　実施＝結果を記録した回")
        self.overview.show_page(found)
        self._show_summary()

    def _show_summary(self) -> None:
        """Show the numbers of the year on the further pages that are built."""
        for name in ("judged", "branches", "earlier", "pictures"):
            if self.found is not None and name in vars(self):
                getattr(self, name).show_summary(self.found.summary)

    def _show_answers(self, given: tuple[YearAnswer, ...]) -> None:
        """Show the answers that were read, once their page is built."""
        self._given = given
        if "answers" in vars(self):
            self.answers.table.show_rows(given)

    # the rows behind a number

    def open_source_rows(self, kind: Kind | None, item: str, branch: str = "") -> None:
        """Open the dialog with the rows from which a number was counted, of a kind (None = all) and 支部 ("" = all)."""
        self.run_read(
            partial(self._show_source_rows, more=not branch and item == GROUPS_ONCE),
            read_source_rows,
            today=self.today,
            fiscal_year=self.fiscal_year,
            kind=kind,
            item=item,
            branch=branch,
        )

    def _show_source_rows(self, sources: SourceRows, *, more: bool = False) -> None:
        """Open the dialog with the rows behind a number; ``more`` offers the numbers by 支部 as well."""
        dialog = SourceRowsDialog(self.app_context, sources, self)
        if more:
            dialog.add_alternative(BRANCHES, partial(self.show_page, BRANCHES))
        dialog.open()

    def _open_event_values(self, judged_line: JudgedLine) -> None:
        line = judged_line.line
        rows = tuple(
            SourceRow(
                id=str(part.event.id),
                cells=(part.event.full_title, part.words, "仕様と違う" if part.deviates else ""),
                link=ActionLink("実施回", event_id=part.event.id),
            )
            for part in line.event_values
        )
        found = SourceRows(
            title=f"{line.group}　{line.item}",
            headings=("実施回", "実績", "判定"),
            rows=rows,
            unit="回",
            note=f"仕様　{line.spec}（{line.clause}）　判定　{line.verdict}",
        )
        self._show_source_rows(found)

    def _open_tally(self, event: InterimEvent) -> None:
        self._open_link(ActionLink("アンケート", event_id=event.event.id))

    def _open_link(self, link: ActionLink) -> None:
        """Show a page of the year, or go to another screen."""
        way = route_to(link)
        if way.screen_name == "summary":
            self.show_page(str(way.arguments.get("page", "")))
        else:
            self.follow(way)

    # what is typed, and papers

    def enter_earlier_figures(self) -> None:
        """Open the dialog that saves the numbers of the year before."""
        if self.found is None:
            return
        year, shown = self.fiscal_year, self.found.summary.kinds
        kinds = {one.kind: one.short_name for one in shown if one.kind is not None}
        self.run_read(
            lambda typed: EarlierYearDialog(self, year, typed, kinds).open(),
            read_earlier_figures,
            fiscal_year=year - 1,
        )

    def _enter_earlier_lecture(self, name: str) -> None:
        """Open the dialog for the attendance of one kind of lecture in the year before."""
        year = self.fiscal_year
        if self.may_write:
            self.run_read(
                lambda typed: earlier_lecture_dialog(year, name, typed, self).open(),
                read_earlier_figures,
                fiscal_year=year - 1,
            )

    def write_reason(self, line: JudgedLine) -> None:
        """Open the dialog that saves why a number deviates from the 仕様書."""
        if self.found is not None and self.may_write:
            programme_id = self.found.summary.programme_id
            self.run_read(
                lambda records: deviation_reason_dialog(programme_id, line, records, self).open(),
                agreements_to_link,
                programme_id=programme_id,
            )

    def write_answer(self) -> None:
        """Open the dialog that saves an answer with today's numbers."""
        if self.found is not None and self.may_write:
            InquiryAnswerDialog(self, self.found.summary, self._given).open()

    def _remove_reason(self, line: JudgedLine) -> None:
        if self.found is not None and self.may_write:
            self.run_action(remove_reason, programme_id=self.found.summary.programme_id, item=line.line.key)

    def show_report(self) -> None:
        """Open the dialog that shows 年間実績総括 as of today."""
        show_year_document(self, YEAR_REPORT_KIND)
