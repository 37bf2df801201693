"""アンケートの年間, to compare events or sources by option, with earlier years and 中間集計."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.documents.screens.document_view import DocumentView
from app.documents.screens.export_button import export_button
from app.documents.services.document_scope import DocumentScope
from app.main_window.navigation import check_page_name
from app.subjects.surveys.compare.documents import KIND
from app.subjects.surveys.compare.rules import ComparedLine, ComparedQuestion, Source, compare_sources
from app.subjects.surveys.compare.screens.compare_earlier import EarlierPage
from app.subjects.surveys.compare.services.survey_years import KINDS, YearView, read_year
from app.subjects.surveys.questions.parts.page_switch import PageSwitch, page_heading, set_headings_hidden
from app.subjects.surveys.questions.rules.tally_result import REFERENCE_BASE
from app.subjects.surveys.tally.rules.cross_table import COMPARABLE_KINDS
from app.widgets.action_mixin import show_failure_in
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceBox, Field
from app.widgets.labels import label, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.screen import Screen, page_column
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.app_context import AppContext, with_store
from app.window.failure_messages import failure_of

NOT_ASKED = "聞いていない"
_NOTE = (
    "単位は人。％は、それぞれの回収数（無回答を含む）に対する割合です。"
    "差のポイントは、四捨五入する前の割合から計算します。"
    "記号と選択肢が同じ設問だけを比べ、設問文の違いは示します。"
)
COMPARE, EARLIER, INTERIM = "比べる", "前の年度の集計", "中間集計"
PAGES = (COMPARE, EARLIER, INTERIM)


@dataclass(frozen=True)
class CompareRow:
    """One line of one question; ``line`` None where it is not comparable, ``is_first`` shows the question."""

    id: int
    label: str
    question: ComparedQuestion
    line: ComparedLine | None
    is_first: bool
    why_not_comparable: str = ""


def compare_rows(
    questions: Sequence[ComparedQuestion], numbers: dict[str, str], sources: Sequence[Source]
) -> list[CompareRow]:
    """Return every line of every question, one line with the reason if not comparable."""
    rows: list[CompareRow] = []
    for question in questions:
        label = numbers.get(question.code, "")
        why = _difference_reasons(question, sources)
        lines: Sequence[ComparedLine | None] = question.lines if question.is_comparable else [None]
        for place, line in enumerate(lines):
            rows.append(CompareRow(len(rows), label, question, line, place == 0, why))
    return rows


def _difference_reasons(question: ComparedQuestion, sources: Sequence[Source]) -> str:
    """Return which sources asked something else, and which used other words."""
    parts = [
        f"{source.label}の集計に数がない"
        if standing == NOT_ASKED and source.has_totals_only
        else f"{source.label}は{standing}"
        for source, standing in zip(sources, question.comparabilities, strict=True)
        if standing not in COMPARABLE_KINDS
    ]
    parts += [f"{label}の設問文「{title}」" for label, title in question.wordings]
    return "、".join(parts)


def compare_columns(sources: Sequence[Source], *, difference: bool) -> tuple[Column, ...]:
    """Return the columns for these sources; ``difference`` adds their difference.

    Many sources have short headings (「第5回」); in Excel every column has its whole name.
    """
    columns = list(
        unsorted(
            Column(
                "question",
                "設問",
                show=_question,
                width=230,
                export_parts=(
                    ExportColumn("設問", show=lambda row: f"{row.label}　{row.question.title}".strip()),
                    ExportColumn("設問の違い", show=lambda row: row.why_not_comparable),
                ),
            ),
            Column("row", "選択肢", show=_option, stretch=True),
        )
    )
    for place, source in enumerate(sources):
        columns.append(
            Column(
                f"source{place}",
                _heading(source, is_full=difference),
                show=partial(_cell if difference else _narrow_cell, place),
                align="right",
                sortable=False,
                export_parts=(
                    ExportColumn(f"{source.label}　人数", show=partial(_people, place)),
                    ExportColumn(f"{source.label}　％", show=partial(_percent, place)),
                ),
            )
        )
    if difference:
        people = (ExportColumn("差（人）", show=_people_difference),)
        points = (ExportColumn("差（ポイント）", show=lambda row: _points(row).text),)
        columns.append(
            Column("people", "差\n（人）", show=_people_difference, align="right", sortable=False, export_parts=people)
        )
        columns.append(
            Column("points", "差\n（ポイント）", show=_points, align="right", sortable=False, export_parts=points)
        )
    return tuple(columns)


def _question(row: CompareRow) -> Cell:
    if not row.is_first:
        return Cell()
    return Cell(f"{row.label}　{row.question.title}".strip(), row.why_not_comparable, strong=True, second_tone="amber")


def _option(row: CompareRow) -> Cell:
    if row.line is None:
        return Cell("同じ設問ではないため、比べられません", tone="second")
    return Cell(row.line.text, strong=row.line.is_total, tone="" if row.line.kind == "option" else "second")


def _heading(source: Source, *, is_full: bool) -> str:
    mark = "・％は参考" if source.response_count < REFERENCE_BASE else ""
    # The long name of a sum wraps before its bracket.
    label = source.label.replace("（", "\n（") if is_full else _short(source.label)
    return f"{label}\n回収{source.response_count}枚{mark if is_full else ''}"


def _narrow_cell(place: int, row: CompareRow) -> Cell:
    """Return people with the percentage below, for many columns; few people make it a 参考値."""
    if row.line is None or row.line.cells[place].people is None:
        return Cell("—", tone="second")
    base = row.question.bases[place] or 0
    mark = "参考 " if base < REFERENCE_BASE else ""
    return Cell(f"{_people(place, row)}人", f"{mark}{_percent(place, row)}%", strong=row.line.is_total)


def _cell(place: int, row: CompareRow) -> Cell:
    base = row.question.bases[place]
    if row.line is None or row.line.cells[place].people is None:
        return Cell("—", tone="second")
    mark = "％は参考値" if base is not None and base < REFERENCE_BASE and row.is_first else ""
    return Cell(f"{_people(place, row)}人　{_percent(place, row)}%", mark, strong=row.line.is_total)


def _short(label: str) -> str:
    """Return 「第5回」 of 「第5回 LINE講習会」, 「計」 of all together."""
    return "計" if "の計" in label else label.split(" ", maxsplit=1)[0]


def _people(place: int, row: CompareRow) -> str:
    people = row.line.cells[place].people if row.line is not None else None
    return "" if people is None else str(people)


def _percent(place: int, row: CompareRow) -> str:
    return row.line.cells[place].percent if row.line is not None else ""


def _people_difference(row: CompareRow) -> str:
    return row.line.difference.people if row.line is not None and row.line.difference is not None else "—"


def _points(row: CompareRow) -> Cell:
    if row.line is None or row.line.difference is None:
        return Cell("—", tone="second")
    return Cell(row.line.difference.points, strong=row.line.is_total)


class CompareTable(QWidget):
    """The comparison of one kind of event; emits no signals."""

    def __init__(self, app_context: AppContext) -> None:
        super().__init__()
        self.app_context = app_context
        self._view: YearView | None = None
        self.first_source = ChoiceBox("もとにする集計")
        self.second_source = ChoiceBox("比べる集計")
        self.all_events_box = QCheckBox("今年度の回ごとに並べる")
        self.reference = NoteBox(tone="quiet")
        self.empty = wrapped_label("")
        self.table: RecordTable | None = None
        column = in_column(owner=self, spacing=8)
        self._to = label("と")
        add(
            column,
            FlowRow(
                self.first_source, self._to, self.second_source, label("を比べる"), self.all_events_box, spacing=10
            ),
            self.empty,
        )
        self._place = QVBoxLayout()
        add(column, (self._place, 1), wrapped_label(_NOTE, "small"))
        for box in (self.first_source, self.second_source):
            box.activated.connect(lambda _place: self._rebuild_table())
        self.all_events_box.clicked.connect(lambda _on: self._rebuild_table())

    def show_year(self, view: YearView) -> None:
        """Offer all sources of this kind; at first the earlier year, or the first event, against all together."""
        kept = (self.first_source.currentData(), self.second_source.currentData())
        again = self._view is not None and self._view.kind == view.kind
        self._view = view
        for box in (self.first_source, self.second_source):
            box.clear()
            for one in view.sources:
                box.addItem(one.source.label, one.key)
        keys = [one.key for one in view.sources]
        earlier = [one.key for one in view.sources if one.earlier_id]
        wanted = (earlier[-1] if earlier else keys[0], keys[-1]) if keys else ("", "")
        if again and kept[0] in keys and kept[1] in keys:
            wanted = kept
        for box, key in zip((self.first_source, self.second_source), wanted, strict=True):
            box.setCurrentIndex(box.findData(key))
        self._rebuild_table()

    def take_focus(self) -> None:
        """Set the focus to the table, or to the first choice."""
        (self.table or self.first_source).setFocus()

    def _chosen(self) -> list[Source]:
        view = self._view
        if view is None:
            return []
        if self.all_events_box.isChecked():
            return [one.source for one in view.sources if not one.earlier_id]
        by_key = {one.key: one.source for one in view.sources}
        keys = (self.first_source.currentData(), self.second_source.currentData())
        return [by_key[key] for key in keys if key in by_key]

    def _rebuild_table(self) -> None:
        view, sources = self._view, self._chosen()
        each = self.all_events_box.isChecked()
        for box in (self.first_source, self.second_source):
            box.setEnabled(not each)
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        same = not each and len(sources) == 2 and sources[0] is sources[1]
        if view is None or len(sources) < 2 or same:
            words = "同じ集計どうしです。もう一方を選び直してください。" if same else "比べられる集計がまだありません。"
            self.empty.setText(words)
            self.empty.show()
            return
        self.empty.hide()
        rows = compare_rows(compare_sources(sources), view.numbers, sources)
        self.table = RecordTable(
            "survey-each" if each else "survey-compare",
            compare_columns(sources, difference=not each),
            title="アンケートの比較",
            empty="比べられる設問がありません。",
            filtered=False,
            unit="行",
        )
        self.table.foot.addWidget(export_button(self.app_context, self.table, title=f"アンケートの比較（{view.kind}）"))
        self._place.addWidget(self.table, 1)
        self.table.show_rows(rows)


class InterimPage(QWidget):
    """The last day counted, with アンケート中間集計 below; emits no signals."""

    def __init__(self, app_context: AppContext) -> None:
        super().__init__()
        self.app_context = app_context
        year = app_context.fiscal_year
        self.form = Form((Field("as_of", "何日までの回", "date", width=120),), fiscal_year=year, label_width=104)
        self.form.set_values({"as_of": app_context.today()})
        self.days = tuple(
            Button(words, partial(self.show_day, day), low=True)
            for words, day in (
                ("9月末まで", date(year, 9, 30)),
                ("10月末まで", date(year, 10, 31)),
                ("本日まで", app_context.today()),
            )
        )
        self.document_view = DocumentView(app_context, main="pdf")
        in_column(FlowRow(self.form, *self.days), (self.document_view, 1), owner=self, spacing=8)
        self.form.committed.connect(lambda _key: self.load_document())

    @property
    def as_of(self) -> date:
        """Return the last day counted."""
        found = self.form.value("as_of")
        return found if isinstance(found, date) else self.app_context.today()

    def show_day(self, day: date) -> None:
        """Count up to ``day``."""
        self.form.set_values({"as_of": day})
        self.load_document()

    def load_document(self) -> None:
        """Draw the document."""
        self.document_view.show_document_of(
            DocumentScope(fiscal_year=self.app_context.fiscal_year, as_of=self.as_of), KIND
        )

    def take_focus(self) -> None:
        """Set the focus to the day."""
        self.form.go_to("as_of")


class SurveyYearScreen(Screen):
    """アンケートの年間; opened with ``open_with(kind=…, page=…)``. Signals: none.

    ``open_with(kind=…, page=…)``. Signals: none.
    """

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        self._current_page = COMPARE
        self.tabs = TabBar("アンケート", "年間で比べる")
        self.tabs.choose(1)
        self.tabs.chosen.connect(self._open_survey_list)
        self.switch = PageSwitch(PAGES)
        self.kind = ChoiceBox("種別")
        for one in KINDS:
            self.kind.addItem(one, one)
        self.problem = NoteBox(tone="red")
        self.compare = CompareTable(app_context)
        self.earlier = EarlierPage(app_context)
        self.interim = InterimPage(app_context)
        self._page_widgets: dict[str, CompareTable | EarlierPage | InterimPage] = {
            COMPARE: self.compare,
            EARLIER: self.earlier,
            INTERIM: self.interim,
        }
        column = page_column(self, spacing=8)
        satisfaction = link_button("満足計・前年", lambda: self.app_context.go("summary", page="満足計・前年"))
        add(
            column,
            self.tabs,
            FlowRow(page_heading("アンケートの年間"), self.switch, satisfaction, self.kind, spacing=12, at_end=2),
            self.problem,
        )
        below = QWidget()
        self._stack = PageLayout(below)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for part in self._page_widgets.values():
            self._stack.addWidget(part)
        column.addWidget(below, 1)
        self.switch.chosen.connect(self.show_page)
        self.kind.activated.connect(lambda _place: self.reload())

    def _open_survey_list(self, number: int) -> None:
        """Open the list of surveys; its tab is a screen of its own, so the second tab stays selected."""
        if not number:
            self.tabs.choose(1)
            self.app_context.go("survey")

    def open_with(self, *, kind: str = "", page: str = "", **_more: Any) -> None:
        """Set the ``kind`` of event and the page to show."""
        if kind in KINDS:
            self.kind.setCurrentIndex(self.kind.findData(kind))
        if check_page_name(page, PAGES):
            self._current_page = page

    def view_state(self) -> dict[str, Any]:
        """Return kind and page."""
        return {"kind": str(self.kind.currentData()), "page": self._current_page}

    def reload(self) -> None:
        """Read the page shown."""
        self.show_page(self._current_page)

    def show_page(self, page: str) -> None:
        """Show one of the pages and read it."""
        self._current_page = page
        self.switch.show_page(page)
        self.kind.setVisible(page in (COMPARE, EARLIER))
        shown = self._page_widgets[page]
        if self._stack.currentWidget() is not shown:
            self._stack.setCurrentWidget(shown)
            shown.take_focus()
        if page == INTERIM:
            self.interim.load_document()
        else:
            self.app_context.read(
                with_store(read_year, kind=str(self.kind.currentData()), fiscal_year=self.app_context.fiscal_year),
                self._show_year,
                on_failed=lambda problem: show_failure_in(failure_of(problem), self.problem),
                owner=self,
            )

    def _show_year(self, view: YearView) -> None:
        self.problem.show_text("")
        if view.kind == self.kind.currentData():
            self.compare.show_year(view)
            self.earlier.show_year(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the heading in a narrow window."""
        super().resizeEvent(event)
        set_headings_hidden(self, is_hidden=t.is_narrow(self.window().width()))
