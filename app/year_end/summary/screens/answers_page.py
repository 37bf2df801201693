"""照会への回答, with each question, who asked, and the numbers quoted in the answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from app.calendar.dates import short_date
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.export_button import export_button
from app.documents.services.document_scope import DocumentScope
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form, check_together
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, small_label, with_accessible_name
from app.widgets.layouts import in_column, in_grid
from app.widgets.lists.record_columns import export_column, record_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.screen import disable_when_read_only
from app.window.app_context import AppContext, check_may_copy
from app.window.clipboard import copy_for_pasting
from app.year_end.summary.documents import ANSWERS_KIND
from app.year_end.summary.rules import YearSummary
from app.year_end.summary.services.year_answers import (
    QuotableNumber,
    answer_to_copy,
    given_before,
    proposed_words,
    quotable_numbers,
    remove_answer,
    save_answer,
)
from db.fields import field_label
from db.records.year.summary import YearAnswer


class InquiryAnswerDialog(SavingDialog):
    """Dialog for a question, the chosen numbers, and the answer; signals are those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, found: YearSummary, answers: Sequence[YearAnswer]):
        super().__init__(parent, "照会への回答を残す", found.words, main="残す", width=880)
        self._found, self._answers = found, answers
        self._proposed = ""
        self.head = Form(
            (
                record_field(YearAnswer, "question", placeholder="今年度の参加者は何人か"),
                record_field(YearAnswer, "asked_by", placeholder="区議会（見本議員）、広報課 など", width=320),
                record_field(YearAnswer, "asked_on", width=120),
            ),
            self.app_context.fiscal_year,
            label_width=96,
        )
        self.head.set_values({"question": "", "asked_by": "", "asked_on": self.app_context.today()})
        self.put(self.head, small_label("答えに使う数を選びます。数は、残すときの記録から取ります。"))
        self.boxes: dict[str, QCheckBox] = {}
        self._listed = quotable_numbers(found)
        self.put(self._numbers(self._listed))
        self.words = Form((record_field(YearAnswer, "answer", kind="lines", lines=3),), label_width=96)
        self.before = small_label()
        self.put(self.words, self.before, None)
        self.head.go_to("question")

    def _numbers(self, quotables: tuple[QuotableNumber, ...]) -> QWidget:
        """Build the grid of numbers that can be quoted, with a check box each."""
        made = QWidget()
        grid = in_grid(made, margins=(0, 0, 0, 0))
        names = list(dict.fromkeys(one.row for one in quotables))
        items = list(dict.fromkeys(one.item for one in quotables))
        for place, item in enumerate(items, 1):
            grid.addWidget(label(item, "small"), 0, place)
        for place, name in enumerate(names, 1):
            grid.addWidget(label(name, "strong"), place, 0)
        for one in quotables:
            box = with_accessible_name(QCheckBox(one.figure.value), f"{one.figure.title} {one.figure.value}")
            box.toggled.connect(self._propose)
            self.boxes[one.key] = box
            grid.addWidget(box, names.index(one.row) + 1, items.index(one.item) + 1)
        return made

    def _chosen(self) -> list[QuotableNumber]:
        return [one for one in self._listed if self.boxes[one.key].isChecked()]

    def _propose(self) -> None:
        figures = [one.figure for one in self._chosen()]
        self.before.setText(
            given_before(self._answers, figures, differs=False) + given_before(self._answers, figures, differs=True)
        )
        if str(self.words.value("answer")).strip() in ("", self._proposed):
            self._proposed = proposed_words(figures, self._found.today, self._answers)
            self.words.set_values({"answer": self._proposed})

    def _save(self) -> None:
        if check_together(self.head.check_all, self.words.check_all):
            self.run_action(
                save_answer,
                fiscal_year=self.fiscal_year,
                quoted=[one.key for one in self._chosen()],
                answer=self.words.value("answer"),
                **self.head.values(),
            )


def _figures(answer: YearAnswer) -> str:
    return "、".join(f"{figure.title} {figure.value}" for figure in answer.figures)


def answer_columns() -> tuple[Column, ...]:
    """Return the columns (when and by whom, the question, the answer with its numbers)."""
    return (
        Column(
            "asked",
            field_label(YearAnswer, "asked_on"),
            lambda one: Cell(short_date(one.asked_on), one.asked_by),
            width=128,
            sort=lambda one: one.asked_on,
            export_parts=(
                ExportColumn(field_label(YearAnswer, "asked_on"), lambda one: short_date(one.asked_on)),
                export_column(YearAnswer, "asked_by", lambda one: one),
            ),
        ),
        *unsorted(
            record_column(YearAnswer, "question", lambda one: one, width=200, stretch=True),
            record_column(YearAnswer, "answer", lambda one: one, width=260, stretch=True),
            Column(
                "figures",
                "使った数と出どころ",
                lambda one: Cell(_figures(one), "、".join(dict.fromkeys(f.source for f in one.figures))),
                width=230,
                stretch=True,
                min_list_width=860,
            ),
            Column("day", "数の日", lambda one: f"{short_date(one.day)}現在", width=132),
        ),
    )


class AnswersPage(ActionMixin, QWidget):
    """The list of answers to 議会 and other offices.

    Signals: none.
    """

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self.add = Button("回答を残す", icon_name="plus")
        self.copy_button = Button("文面をコピー", self.copy_words, icon_name="copy")
        self.paper_button = Button("印刷", self.show_paper, icon_name="printer")
        self.table = RecordTable(
            "year-answers",
            answer_columns(),
            title="照会への回答",
            sort="-asked",
            empty="まだありません。議会や他の課に答えた数を残すと、その日の数と出どころをあとから示せます。",
            names_people=False,
            on_delete=self._remove,
            on_open=self.copy_words,
            on_choose=lambda one: self.copy_button.setEnabled(one is not None),
        )
        self.table.put_tool(self.copy_button)
        self.table.put_tool(self.paper_button)
        self.table.put_tool(self.add)
        self.table.foot.addWidget(export_button(app_context, self.table, title="照会への回答"))
        in_column((self.table, 1), owner=self, margins=(0, 8, 0, 0))
        self.copy_button.setEnabled(False)
        disable_when_read_only(app_context, self.add)

    def copy_words(self) -> None:
        """Copy the chosen answer with its numbers and sources to the clipboard, if the user may copy."""
        one = self.table.current()
        if isinstance(one, YearAnswer) and check_may_copy(self):
            copy_for_pasting(answer_to_copy(one))
            self.app_context.show_message("回答の文面をコピーしました。")

    def show_paper(self) -> None:
        """Preview the document of the year's questions up to today."""
        scope = DocumentScope(fiscal_year=self.fiscal_year, as_of=self.today)
        DocumentDialog(self, scope=scope, kind=ANSWERS_KIND).open()

    def _remove(self, chosen: list[YearAnswer]) -> None:
        if chosen and self.may_write:
            self.run_action(remove_answer, answer_id=chosen[0].id)
