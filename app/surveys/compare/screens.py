"""アンケートの年間: events, sources and earlier years (typed or imported) compared by option, and 中間集計."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QVBoxLayout, QWidget

from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.document_view import DocumentView
from app.documents.screens.export_button import ExportButton, ExportTable, export_button
from app.documents.services.document_scope import DocumentScope
from app.main_window.navigation import ScreenEntry, check_page_name
from app.surveys.compare.documents import KIND
from app.surveys.compare.intake import COLUMNS, TEMPLATE, EarlierFile
from app.surveys.compare.rules import ComparedLine, ComparedQuestion, ComparisonSource, compare_sources
from app.surveys.compare.services import (
    YearView,
    read_earlier_file,
    read_year,
    remove_earlier,
    save_earlier,
    template_rows,
)
from app.surveys.questions.parts import PageHeading, PageSwitch, set_headings_hidden
from app.surveys.questions.rules import OUTSIDE, REFERENCE_BASE, printed_title
from app.surveys.tally.rules import COMPARABLE_KINDS, Comparability, cross_rows
from app.widgets.action_mixin import ActionMixin, show_failure_in
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, inline_button, link_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceBox, Field
from app.widgets.forms.number_box import NumberBox
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, separator, small_label, wrapped_label
from app.widgets.layouts import add, in_column, in_grid
from app.widgets.lists.record_columns import record_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.screen import Screen
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.app_context import AppContext, with_store
from app.window.failure_messages import failure_of
from db.fields import field_label
from db.record import frozen
from db.records.surveys import EarlierCounts, EarlierQuestion, Question


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each built when first shown."""

    yield ScreenEntry("survey_year", "clipboard-text", "アンケートの年間", SurveyYearScreen, parent_screen="survey")


BASE_LABEL = "ｎ（この設問の回収数）"
_FILTER = "表（*.xlsx *.csv）(*.xlsx *.csv);;すべてのファイル (*)"


class EarlierGrid(QWidget):
    """Grid with a number field for every option of this year's questions and for their n; other earlier ones are kept.

    ``boxes`` are the fields by (question code, printed row). Signals: none.
    """

    def __init__(self, questions: Sequence[Question], numbers: Mapping[str, str]):
        super().__init__()
        self._questions = tuple(questions)
        self.questions_not_asked: tuple[EarlierQuestion, ...] = ()
        self._titles: dict[str, str] = {}
        self.boxes: dict[tuple[str, str], NumberBox] = {}
        grid = in_grid(self, across=16, down=4, wide=0)
        line = 0
        for question in self._questions:
            title = f"{numbers.get(question.code, '')}　{printed_title(question)}".strip()
            grid.addWidget(separator(), line, 0, 1, 2)
            grid.addWidget(wrapped_label(title, "strong"), line + 1, 0, 1, 2)
            line += 2
            for name in (*_names(question), BASE_LABEL):
                grid.addWidget(wrapped_label(name, "small" if name == BASE_LABEL else "body"), line, 0)
                box = NumberBox(f"{title}　{name}")
                self.boxes[question.code, name] = box
                grid.addWidget(box, line, 1)
                line += 1

    def show_totals(self, totals: Sequence[EarlierQuestion]) -> None:
        """Fill in totals.

        A question that is not asked this year, or has another option, is kept as it is and has no fields.
        """
        known = {question.code for question in self._questions}
        self.questions_not_asked = tuple(one for one in totals if one.code not in known)
        for one in totals:
            if one.code not in known:
                continue
            names = {name for code, name in self.boxes if code == one.code}
            if not set(one.counts) <= names:
                # Other options make another question: kept as they are, shown as not comparable.
                self.questions_not_asked += (one,)
                continue
            self._titles[one.code] = one.title
            for name, count in (*one.counts.items(), (BASE_LABEL, one.base)):
                self.boxes[one.code, name].setText(str(count))

    def totals(self, response_count: int) -> tuple[EarlierQuestion, ...]:
        """Return the totals in the fields, then the kept ones; raises ValueError naming a field without a number.

        A question without any number is left out; one without n has the n of all responses; empty options are 0.
        """
        found = []
        kept = {one.code for one in self.questions_not_asked}
        for question in self._questions:
            if question.code in kept:
                continue
            counts = {name: self.boxes[question.code, name].number() for name in _names(question)}
            base = self.boxes[question.code, BASE_LABEL].number()
            if all(count is None for count in counts.values()):
                continue
            found.append(
                EarlierQuestion(
                    code=question.code,
                    title=self._titles.get(question.code, printed_title(question)),
                    type=question.type,
                    base=response_count if base is None else base,
                    counts={name: count or 0 for name, count in counts.items()},
                )
            )
        return (*found, *(replace(one) for one in self.questions_not_asked))


def _names(question: Question) -> list[str]:
    """Return the names of a question's rows for which counts are typed: options, その他, 無回答."""
    return [name for name in cross_rows(question) if name != OUTSIDE]


class EarlierSurveyDialog(SavingDialog):
    """Dialog that adds the totals of an earlier year, or corrects ``earlier``; signals are those of ``SavingDialog``.

    Year, number of events, responses, source and a grid of people by option; the grid can be filled from a file.
    """

    def __init__(
        self,
        parent: QWidget,
        view: YearView,
        earlier: EarlierCounts | None = None,
    ):
        words = fiscal_year_words(earlier.fiscal_year) if earlier is not None else ""
        super().__init__(
            parent,
            "前の年度の集計を直す" if earlier is not None else "前の年度の集計を加える",
            f"{words}　{view.kind_name}".strip("　"),
            main="保存する",
            width=760,
        )
        self._view = view
        self._earlier = earlier
        self.file_notes = NoteBox(tone="amber")
        years = tuple((year, fiscal_year_words(year)) for year in range(view.fiscal_year - 1, view.fiscal_year - 6, -1))
        self.form = Form(
            (
                record_field(EarlierCounts, "fiscal_year", kind="choice", choices=years),
                Field("events_held", "回数", "number", unit="回", width=80, optional=True, least=1),
                record_field(EarlierCounts, "sheets", unit="枚", width=80, least=1),
                record_field(EarlierCounts, "source", width=360, hint="例：令和7年度 年間実績総括"),
            ),
            fiscal_year=self.app_context.fiscal_year,
        )
        self.grid = EarlierGrid(view.questions, view.numbers)
        self.read_button = Button("ファイルから読み込む", self.choose_file, icon_name="upload-simple")
        self.template = ExportButton(self.app_context, self._export_template, title=TEMPLATE)
        self.template.set_words("入力用の表をExcelに出力")
        self.template.set_available(True)
        self.put(
            self.form,
            FlowRow(self.read_button, self.template),
            small_label("人数を入力します。無回答も入力してください。ｎを空けると回収数と同じとみなします。"),
            self.file_notes,
            self.grid,
            None,
        )
        self._fill()

    def _fill(self) -> None:
        """Fill the fields with the stored earlier year, or propose the newest year that is not stored."""
        present = self._earlier
        if present is None:
            taken = {one.fiscal_year for one in self._view.earlier}
            first = next((year for year in range(self._view.fiscal_year - 1, 2000, -1) if year not in taken), None)
            self.form.set_values({"fiscal_year": first, "events_held": None, "sheets": None, "source": ""})
            self.form.go_to("sheets")
            return
        self.form.set_values(
            {
                "fiscal_year": present.fiscal_year,
                "events_held": present.events,
                "sheets": present.sheets,
                "source": present.source,
            }
        )
        self.grid.show_totals(present.questions)
        self._show_other_lines(())

    def _export_template(self, on_ready: Callable[[ExportTable], None]) -> None:
        """Pass the list template of this year's questions to ``on_ready``, to be exported."""
        rows = template_rows(self._view.questions)
        on_ready(ExportTable(columns=COLUMNS, rows=rows, words=f"{len(rows)}行"))

    def choose_file(self) -> None:
        """Ask for a file with counts, and read it into the fields."""
        path, _kind = QFileDialog.getOpenFileName(self, "前の年度の集計を選ぶ", str(Path.home()), _FILTER)
        if path:
            self.read_file(Path(path))

    def read_file(self, path: Path) -> None:
        """Read a file with counts into the fields, in the background; nothing is stored yet."""
        self.show_error_text("")
        self.app_context.read(
            with_store(read_earlier_file, path=path, kind=self._view.kind, fiscal_year=self.fiscal_year),
            self._show_file,
            on_failed=self.show_error,
            owner=self,
        )

    def _show_file(self, found: EarlierFile) -> None:
        """Fill the grid with the counts read from a file, an empty 回収数 too, and show what could not be read."""
        self.grid.show_totals(found.questions)
        if found.response_count is not None and self.form.value("sheets") is None:
            self.form.set_values({"sheets": found.response_count})
        self._show_other_lines(
            (f"{len(found.questions)}問を読み込みました。数を確かめて保存してください。", *found.problems)
        )
        self.fit_to_content()

    def _show_other_lines(self, lines: tuple[str, ...]) -> None:
        """Show these lines, and which questions are saved although they are not asked any more."""
        others = self.grid.questions_not_asked
        if others:
            titles = "、".join(f"「{one.title}」" for one in others)
            lines = (
                *lines,
                f"今年度と同じ形で聞いていない{len(others)}問（{titles}）は、そのまま保存します（比べられません）。",
            )
        self.file_notes.show_text("\n".join(lines))

    def _save(self) -> None:
        """Save the counts of the earlier year, or show what is wrong with them."""
        self.show_error_text("")
        if not self.form.check_all():
            return
        values = self.form.values()
        try:
            questions = self.grid.totals(int(values["sheets"]))
        except ValueError as problem:
            self.show_error_text(f"**「{problem}」が数として読めません。**\n12 のように数字で入力してください。")
            return
        self.run_action(
            save_earlier,
            kind=self._view.kind,
            questions=questions,
            earlier_id=self._earlier.id if self._earlier is not None else 0,
            **values,
        )


class EarlierPage(ActionMixin, QWidget):
    """The list of earlier years of one kind; emits no signals."""

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._view: YearView | None = None
        self.add_button = Button("前の年度の集計を加える", self.add, icon_name="plus")
        self.table = RecordTable(
            "survey-earlier",
            _columns(),
            title="前の年度の集計",
            empty="前の年度の集計は、まだ入っていません。加えると、今年度と比べられます。",
            empty_button="前の年度の集計を加える",
            empty_on_click=self.add,
            filtered=False,
            hint="Enter で開きます。Delete で削除します（Ctrl+Z で元に戻せます）。",
            names_people=False,
            on_delete=self._remove,
            on_edit=self._open,
            on_open=self._open,
        )
        in_column(
            FlowRow(self.add_button, label("前の年度の報告書にある人数を、一度だけ入力します。", "second")),
            (self.table, 1),
            owner=self,
            spacing=8,
        )

    def show_year(self, view: YearView) -> None:
        """Show the stored earlier years of the kind of event in the table."""
        self._view = view
        self.add_button.setEnabled(bool(view.questions) and self.may_write)
        self.table.show_rows(view.earlier)
        # Enter and Delete, shown beside the count, need a current row.
        self.table.ensure_current_row()

    def take_focus(self) -> None:
        """Set the focus to the list."""
        self.table.setFocus()

    def add(self) -> None:
        """Open the dialog that adds the totals of another earlier year; nothing while the kind has no questions."""
        if self._view is not None and self._view.questions:
            EarlierSurveyDialog(self.window(), self._view).open()

    def _open(self, row: EarlierCounts | None) -> None:
        if self._view is not None and row is not None:
            EarlierSurveyDialog(self.window(), self._view, row).open()

    def _remove(self, rows: list[EarlierCounts]) -> None:
        for row in rows:
            self.run_action(remove_earlier, earlier_id=row.id)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            "year",
            field_label(EarlierCounts, "fiscal_year"),
            show=lambda row: Cell(fiscal_year_words(row.fiscal_year), strong=True),
            sort=lambda row: -row.fiscal_year,
        ),
        Column(
            "events",
            field_label(EarlierCounts, "events"),
            show=lambda row: fill_nonempty("{}回", row.events),
            align="right",
        ),
        Column("sheets", "回収", show=lambda row: f"{row.sheets}枚", align="right"),
        Column(
            "questions",
            field_label(EarlierCounts, "questions"),
            show=lambda row: f"{len(row.questions)}問",
            align="right",
        ),
        record_column(EarlierCounts, "source", lambda row: row, stretch=True),
    )


NOT_ASKED = "聞いていない"
_NOTE = (
    "単位は人。％は、それぞれの回収数（無回答を含む）に対する割合です。"
    "差のポイントは、四捨五入する前の割合から計算します。"
    "記号と選択肢が同じ設問だけを比べ、設問文の違いは示します。"
)
COMPARE, EARLIER, INTERIM = "比べる", "前の年度の集計", "中間集計"
PAGES = (COMPARE, EARLIER, INTERIM)


@frozen
class CompareRow:
    """One line of one question; ``line`` None where it is not comparable, ``is_first`` shows the question."""

    id: int
    label: str
    question: ComparedQuestion
    line: ComparedLine | None
    is_first: bool
    why_not_comparable: str = ""


def compare_rows(
    questions: Sequence[ComparedQuestion], numbers: dict[str, str], sources: Sequence[ComparisonSource]
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


def _difference_reasons(question: ComparedQuestion, sources: Sequence[ComparisonSource]) -> str:
    """Return in one line which sources asked something else, and which in other words (「第5回は選択肢が違う」)."""
    parts = [
        _standing_words(question.code, source, standing)
        for source, standing in zip(sources, question.comparabilities, strict=True)
        if standing not in COMPARABLE_KINDS
    ]
    parts += [f"{label}の設問文「{title}」" for label, title in question.wordings]
    return "、".join(parts)


def _standing_words(code: str, source: ComparisonSource, standing: Comparability) -> str:
    """Return why the question of a source is not compared (「第5回は選択肢が違う」)."""
    if standing == NOT_ASKED and source.has_totals_only:
        return f"{source.label}の集計に数がない"
    if code in source.changed_codes:
        return f"{source.label}は、回によって選択肢や聞き方が違う"
    return f"{source.label}は{standing}"


def compare_columns(sources: Sequence[ComparisonSource], *, difference: bool) -> tuple[Column, ...]:
    """Return the columns for these sources; ``difference`` adds those of the difference of two.

    Without it headings and cells are short (「第5回」); in Excel every column has its whole name.
    """
    columns = [
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
    ]
    for place, source in enumerate(sources):
        columns.append(
            Column(
                f"source{place}",
                _heading(source, is_full=difference),
                show=partial(_cell if difference else _narrow_cell, place),
                align="right",
                export_parts=(
                    ExportColumn(f"{source.label}　人数", show=partial(_people, place)),
                    ExportColumn(f"{source.label}　％", show=partial(_percent, place)),
                ),
            )
        )
    if difference:
        people = (ExportColumn("差（人）", show=_people_difference),)
        points = (ExportColumn("差（ポイント）", show=lambda row: _points(row).text),)
        columns.extend(
            (
                Column("people", "差\n（人）", show=_people_difference, align="right", export_parts=people),
                Column("points", "差\n（ポイント）", show=_points, align="right", export_parts=points),
            )
        )
    return unsorted(*columns)


def _question(row: CompareRow) -> Cell:
    """Return the cell of the question with what differed below it; empty but on the first line of a question."""
    if not row.is_first:
        return Cell()
    return Cell(f"{row.label}　{row.question.title}".strip(), row.why_not_comparable, strong=True, second_tone="amber")


def _option(row: CompareRow) -> Cell:
    """Return the cell of the option or sum, or of the sentence that the question cannot be compared."""
    if row.line is None:
        return Cell("同じ設問ではないため、比べられません", tone="second")
    return Cell(row.line.text, strong=row.line.is_total, tone="" if row.line.kind == "option" else "second")


def _heading(source: ComparisonSource, *, is_full: bool) -> str:
    """Return the heading of a source's column with its responses.

    ``is_full``: with the whole name, and 「・％は参考」 where they are few; else 「第5回」 for the name.
    """
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
    """Return the cell of one source, 「12人　80.0%」, 「—」 where unknown.

    Where responses are few it has 「％は参考値」 below, on the first line of a question.
    """
    base = row.question.bases[place]
    if row.line is None or row.line.cells[place].people is None:
        return Cell("—", tone="second")
    mark = "％は参考値" if base is not None and base < REFERENCE_BASE and row.is_first else ""
    return Cell(f"{_people(place, row)}人　{_percent(place, row)}%", mark, strong=row.line.is_total)


def _short(label: str) -> str:
    """Return 「第5回」 of 「第5回 LINE講習会」, 「計」 of all together."""
    return "計" if "の計" in label else label.split(" ", maxsplit=1)[0]


def _people(place: int, row: CompareRow) -> str:
    """Return the number of people in one source, "" where it is not known."""
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
    """Table that compares two surveys of one kind of event, or all of the year; emits no signals."""

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._view: YearView | None = None
        self.first_source = ChoiceBox("もとにする集計")
        self.second_source = ChoiceBox("比べる集計")
        self.all_events_box = QCheckBox("今年度の回ごとに並べる")
        self.reference = NoteBox(tone="quiet")
        self.empty = wrapped_label()
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
        add(column, (self._place, 1), small_label(_NOTE))
        for box in (self.first_source, self.second_source):
            box.activated.connect(self._rebuild_table)
        self.all_events_box.clicked.connect(self._rebuild_table)

    def show_year(self, view: YearView) -> None:
        """Fill both choices with the sources of this kind, and build the table; choices of the same kind are kept.

        At first the newest earlier year, else the first source, is compared with the last one (all events together).
        """
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

    def _chosen(self) -> list[ComparisonSource]:
        """Return the sources that are compared: each event of the year and their total, or the two chosen."""
        view = self._view
        if view is None:
            return []
        if self.all_events_box.isChecked():
            return [one.source for one in view.sources if not one.earlier_id]
        by_key = {one.key: one.source for one in view.sources}
        keys = (self.first_source.currentData(), self.second_source.currentData())
        return [by_key[key] for key in keys if key in by_key]

    def _rebuild_table(self) -> None:
        """Build the table anew for the chosen sources, or say why there is none (fewer than two, or twice the same)."""
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
            names_people=False,
        )
        self.table.foot.addWidget(
            export_button(self.app_context, self.table, title=f"アンケートの比較（{view.kind_name}）")
        )
        self._place.addWidget(self.table, 1)
        self.table.show_rows(rows)


class InterimPage(QWidget):
    """The last day counted, with アンケート中間集計 below; emits no signals."""

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        year = app_context.fiscal_year
        self.form = Form(
            (Field("as_of", "何日までの回", "date", width=120),),
            fiscal_year=year,
            label_width=104,
            on_commit=self.load_document,
        )
        self.form.set_values({"as_of": app_context.today()})
        self.days = tuple(
            inline_button(words, partial(self.show_day, day))
            for words, day in (
                ("9月末まで", date(year, 9, 30)),
                ("10月末まで", date(year, 10, 31)),
                ("本日まで", app_context.today()),
            )
        )
        self.bar = ActionBar(app_context)
        self.document_view = DocumentView(app_context, main="pdf", bar=self.bar)
        self.bar.put(*self.document_view.buttons)
        in_column(FlowRow(self.form, *self.days), (self.document_view, 1), owner=self, spacing=8)

    @property
    def as_of(self) -> date:
        """Return the last day counted; today where the field holds none."""
        found = self.form.value("as_of")
        return found if isinstance(found, date) else self.app_context.today()

    def show_day(self, day: date) -> None:
        """Set the last day counted, and draw the document anew."""
        self.form.set_values({"as_of": day})
        self.load_document()

    def load_document(self) -> None:
        """Draw and show 中間集計 up to the chosen day."""
        self.document_view.show_document_of(
            DocumentScope(fiscal_year=self.app_context.fiscal_year, as_of=self.as_of), KIND
        )

    def take_focus(self) -> None:
        """Set the focus to the day."""
        self.form.go_to("as_of")


class SurveyYearScreen(Screen):
    """Screen アンケートの年間; ``open_with(kind=…, page=…)``, of which "" keeps the last choice. Signals: none."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._current_page = COMPARE
        self.tabs = TabBar("アンケート", "年間で比べる")
        self.tabs.choose(1)
        self.tabs.chosen.connect(self._open_survey_list)
        self.switch = PageSwitch(PAGES)
        self._kind = ""
        self.kind = ChoiceBox("種別", self._choose_kind)
        self.problem = NoteBox(tone="red")
        self.compare = CompareTable(app_context)
        self.earlier = EarlierPage(app_context)
        self.interim = InterimPage(app_context)
        self._page_widgets: dict[str, CompareTable | EarlierPage | InterimPage] = {
            COMPARE: self.compare,
            EARLIER: self.earlier,
            INTERIM: self.interim,
        }
        column = page_above(self.interim.bar, self, spacing=8)
        satisfaction = link_button("満足計・前年", lambda: self.go("summary", page="満足計・前年"))
        add(
            column,
            self.tabs,
            FlowRow(PageHeading("アンケートの年間"), self.switch, satisfaction, self.kind, spacing=12, at_end=2),
            self.problem,
        )
        below = QWidget()
        self._stack = PageLayout(below)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for part in self._page_widgets.values():
            self._stack.addWidget(part)
        column.addWidget(below, 1)
        self.switch.chosen.connect(self.show_page)

    def _choose_kind(self, kind: str) -> None:
        """Read and show the surveys of the kind of event that was chosen."""
        self._kind = kind
        self.reload()

    def _open_survey_list(self, number: int) -> None:
        """Open the list of surveys if the first tab was chosen; it is another screen, so this tab stays selected."""
        if not number:
            self.tabs.choose(1)
            self.go("survey")

    def open_with(self, *, kind: str = "", page: str = "", **_more: Any) -> None:
        """Set the ``kind`` of event and the page to be shown at the next ``reload``; "" keeps the last one."""
        self._kind = kind or self._kind
        if check_page_name(page, PAGES):
            self._current_page = page

    def view_state(self) -> dict[str, Any]:
        """Return kind and page."""
        return {"kind": self._kind, "page": self._current_page}

    def reload(self) -> None:
        """Read and show the current page anew."""
        self.show_page(self._current_page)

    def show_page(self, page: str) -> None:
        """Show one of the pages, and read what it shows."""
        self._current_page = page
        self.switch.show_page(page)
        self._show_kinds()
        shown = self._page_widgets[page]
        if self._stack.currentWidget() is not shown:
            self._stack.setCurrentWidget(shown)
            shown.take_focus()
        self.interim.bar.setVisible(page == INTERIM)
        if page == INTERIM:
            self.interim.load_document()
        else:
            self.app_context.read(
                with_store(read_year, kind=self._kind, fiscal_year=self.fiscal_year),
                self._show_year,
                on_failed=lambda problem: show_failure_in(failure_of(problem), self.problem),
                owner=self,
            )

    def _show_year(self, view: YearView) -> None:
        """Show the year's comparison that was read, and fill the choice of kinds.

        It is dropped if another kind was chosen meanwhile.
        """
        self.problem.show_text("")
        keys = [one.kind for one in view.kinds]
        if view.kind != self._kind and self._kind in keys:
            return
        self._kind = view.kind
        if keys != [self.kind.itemData(place) for place in range(self.kind.count())]:
            self.kind.clear()
            for one in view.kinds:
                self.kind.addItem(one.name, one.kind)
        self.kind.setCurrentIndex(self.kind.findData(view.kind))
        self._show_kinds()
        self.compare.show_year(view)
        self.earlier.show_year(view)

    def _show_kinds(self) -> None:
        self.kind.setVisible(self._current_page in (COMPARE, EARLIER) and self.kind.count() > 1)

    def fit_size(self) -> None:
        """Hide the heading in a narrow window."""
        set_headings_hidden(self, is_hidden=t.is_narrow(self.window().width()))
