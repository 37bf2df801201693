"""前の年度の集計, the earlier years for comparison, typed from a report or read from a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.calendar.wareki import fiscal_year_words
from app.documents.screens.export_button import ExportButton, ExportTable
from app.subjects.surveys.compare.intake import COLUMNS, TEMPLATE, EarlierFile
from app.subjects.surveys.compare.services.survey_years import (
    YearView,
    read_earlier_file,
    remove_earlier,
    save_earlier,
    template_rows,
)
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.rules.tally_result import OUTSIDE
from app.subjects.surveys.tally.rules.cross_table import cross_rows
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.number_box import NumberBox
from app.widgets.labels import label, separator, wrapped_label
from app.widgets.layouts import in_column, in_grid
from app.widgets.lists.record_model import Cell, Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext, with_store
from db.records.surveys import EarlierCounts, EarlierQuestion, Question

BASE_LABEL = "ｎ（この設問の回収数）"
_FILTER = "表（*.xlsx *.csv）(*.xlsx *.csv);;すべてのファイル (*)"


class EarlierGrid(QWidget):
    """A field for every option of this year's questions; further earlier ones are kept. Signals: none."""

    def __init__(self, questions: Sequence[Question], numbers: Mapping[str, str]) -> None:
        super().__init__()
        self._questions = tuple(questions)
        self._other_questions: tuple[EarlierQuestion, ...] = ()
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
        """Fill in totals; questions and options not asked this year are kept in addition."""
        known = {question.code for question in self._questions}
        self._other_questions = tuple(one for one in totals if one.code not in known)
        for one in totals:
            if one.code not in known:
                continue
            names = {name for code, name in self.boxes if code == one.code}
            if not set(one.counts) <= names:
                # Other options make another question: kept as they are, shown as not comparable.
                self._other_questions += (one,)
                continue
            self._titles[one.code] = one.title
            for name, count in (*one.counts.items(), (BASE_LABEL, one.base)):
                self.boxes[one.code, name].setText(str(count))

    @property
    def questions_not_asked(self) -> tuple[EarlierQuestion, ...]:
        """Return the kept questions that are not asked this year."""
        return self._other_questions

    def totals(self, response_count: int) -> tuple[EarlierQuestion, ...]:
        """Return the totals in the fields; raises ValueError naming a field without a number.

        A question with numbers but without n has the n of all responses; empty options are 0.
        """
        found = []
        kept = {one.code for one in self._other_questions}
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
        return (*found, *(replace(one) for one in self._other_questions))


def _names(question: Question) -> list[str]:
    return [name for name in cross_rows(question) if name != OUTSIDE]


class EarlierSurveyDialog(SavingDialog):
    """Dialog for year, responses and every number; signals are those of ``SavingDialog``."""

    def __init__(
        self,
        app_context: AppContext,
        view: YearView,
        earlier: EarlierCounts | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        words = fiscal_year_words(earlier.fiscal_year) if earlier is not None else ""
        super().__init__(
            app_context,
            "前の年度の集計を直す" if earlier is not None else "前の年度の集計を加える",
            f"{words}　{view.kind}".strip("　"),
            main="保存する",
            width=760,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self._earlier = earlier
        self.file_notes = NoteBox(tone="amber")
        years = tuple((year, fiscal_year_words(year)) for year in range(view.fiscal_year - 1, view.fiscal_year - 6, -1))
        self.form = Form(
            (
                Field("fiscal_year", "年度", "choice", choices=years),
                Field("events_held", "回数", "number", unit="回", width=80, optional=True, least=1),
                Field("sheets", "回収数", "number", unit="枚", width=80, least=1),
                Field("source", "出どころ", width=360, optional=True, hint="例：令和7年度 年間実績総括"),
            ),
            fiscal_year=app_context.fiscal_year,
        )
        self.grid = EarlierGrid(view.questions, view.numbers)
        self.read_button = Button("ファイルから読み込む", self.choose_file, icon_name="upload-simple")
        self.template = ExportButton(app_context, self._export_template, title=TEMPLATE)
        self.template.set_words("入力用の表をExcelに出力")
        self.template.set_available(True)
        self.put(
            self.form,
            FlowRow(self.read_button, self.template),
            wrapped_label(
                "人数を入力します。無回答も入力してください。ｎを空けると回収数と同じとみなします。", "small"
            ),
            self.file_notes,
            self.grid,
            None,
        )
        self._fill()

    def _fill(self) -> None:
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
        rows = template_rows(self._view.questions)
        on_ready(ExportTable(columns=COLUMNS, rows=rows, words=f"{len(rows)}行"))

    def choose_file(self) -> None:
        """Let the user choose a list and read it."""
        path, _kind = QFileDialog.getOpenFileName(self, "前の年度の集計を選ぶ", str(Path.home()), _FILTER)
        if path:
            self.read_file(Path(path))

    def read_file(self, path: Path) -> None:
        """Read a list into the fields; nothing is stored yet."""
        self.show_error_text("")
        self.app_context.read(
            with_store(read_earlier_file, path=path, kind=self._view.kind, fiscal_year=self.app_context.fiscal_year),
            self._show_file,
            on_failed=self.show_error,
            owner=self,
        )

    def _show_file(self, found: EarlierFile) -> None:
        self.grid.show_totals(found.questions)
        if found.response_count is not None and self.form.value("sheets") is None:
            self.form.set_values({"sheets": found.response_count})
        self._show_other_lines(
            (f"{len(found.questions)}問を読み込みました。数を確かめて保存してください。", *found.problems)
        )
        self.fit_to_content()

    def _show_other_lines(self, lines: tuple[str, ...]) -> None:
        others = self.grid.questions_not_asked
        if others:
            titles = "、".join(f"「{one.title}」" for one in others)
            lines = (
                *lines,
                f"今年度と同じ形で聞いていない{len(others)}問（{titles}）は、そのまま保存します（比べられません）。",
            )
        self.file_notes.show_text("\n".join(lines))

    def _save(self) -> None:
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

    def __init__(self, app_context: AppContext) -> None:
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
        )
        in_column(
            FlowRow(self.add_button, label("前の年度の報告書にある人数を、一度だけ入力します。", "second")),
            (self.table, 1),
            owner=self,
            spacing=8,
        )
        self.table.opened.connect(self._open)
        self.table.edit_asked.connect(self._open)
        self.table.delete_asked.connect(self._remove)

    def show_year(self, view: YearView) -> None:
        """Show the earlier years of this kind."""
        self._view = view
        self.add_button.setEnabled(bool(view.questions) and not self.app_context.read_only)
        self.table.show_rows(view.earlier)
        # Enter and Delete, shown beside the count, need a current row.
        self.table.ensure_current_row()

    def take_focus(self) -> None:
        """Set the focus to the list."""
        self.table.setFocus()

    def add(self) -> None:
        """Open the dialog for another year."""
        if self._view is not None and self._view.questions:
            EarlierSurveyDialog(self.app_context, self._view, parent=self.window()).open()

    def _open(self, row: EarlierCounts | None) -> None:
        if self._view is not None and row is not None:
            EarlierSurveyDialog(self.app_context, self._view, row, parent=self.window()).open()

    def _remove(self, rows: list[EarlierCounts]) -> None:
        for row in rows:
            self.run_action(remove_earlier, earlier_id=row.id)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            "year",
            "年度",
            show=lambda row: Cell(fiscal_year_words(row.fiscal_year), strong=True),
            sort=lambda row: -row.fiscal_year,
        ),
        Column("events", "回数", show=lambda row: f"{row.events}回" if row.events else "", align="right"),
        Column("sheets", "回収", show=lambda row: f"{row.sheets}枚", align="right"),
        Column("questions", "設問", show=lambda row: f"{len(row.questions)}問", align="right"),
        Column("source", "出どころ", show=lambda row: row.source, stretch=True),
    )
