"""First step of the first start: the year's contract and its numbers, prefilled and editable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.calendar.wareki import fiscal_year_words
from app.programme.parts import (
    DIFFERENT,
    FIRST_ROWS,
    START_FROM_FILE,
    ClauseQuestion,
    ContractNumbers,
    choose_definition_file,
)
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form, check_together
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, section, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from db.records.programme import EventKind, Programme

_FIELDS = (
    Field("title", "事業名", width=400),
    record_field(Programme, "contract_date", width=120, placeholder="R8.7.31"),
    record_field(Programme, "term_end", width=120),
)


_PUT_RIGHT = "契約書と違うところだけ直してください。"


class YearStep(QWidget):
    """Page of the wizard for the contract of the year; the wizard calls ``check_fields``.

    Signals: ``file_chosen(Path)`` the year is to begin from this definition file.
    """

    file_chosen = Signal(object)

    def __init__(self, programme: Programme, numbers: Sequence[EventKind], *, intro: str = ""):
        """Build the step; ``intro`` replaces the introduction of the first start."""
        super().__init__()
        self._programme = programme
        column = in_column(owner=self, spacing=16)
        words = fiscal_year_words(programme.fiscal_year)
        self.intro = wrapped_label(intro or f"{words}の契約条件を入れてあります。{_PUT_RIGHT}")
        column.addWidget(self.intro)
        self.start_from = link_button(START_FROM_FILE, self._ask_file)
        self.problem = NoteBox("", "red")
        add(
            column,
            FlowRow(label("ほかの契約で使う定義ファイルがあるときは", "second"), self.start_from),
            self.problem,
        )
        self.form = Form(_FIELDS, fiscal_year=programme.fiscal_year)
        self.form.set_values(
            {
                "title": programme.title,
                "contract_date": programme.contract_date,
                "term_end": programme.term_end,
            }
        )
        add(column, self.form, section("契約条件（回数・人数・期限）"))
        self.numbers = ContractNumbers(numbers, fiscal_year=programme.fiscal_year, rows=FIRST_ROWS)
        column.addWidget(self.numbers)
        self.question = ClauseQuestion()
        self.question.answered.connect(lambda answer: self.numbers.edit_clauses(answer == DIFFERENT))
        add(column, self.question, None)

    def check_fields(self) -> bool:
        """Return whether all values are valid; show an error beside each that is not."""
        return check_together(self.form.check_all, self.numbers.check)

    def _ask_file(self) -> None:
        """Let the user choose a definition file in a dialog, and emit ``file_chosen``."""
        path = choose_definition_file(self)
        if path is not None:
            self.problem.show_text("")
            self.file_chosen.emit(path)

    def show_definition(self, programme: Programme, kinds: Sequence[EventKind]) -> None:
        """Fill the fields with another contract of the same year, from a definition file.

        The contract date as typed and the answer about the clauses stay.
        """
        self._programme = programme
        self.say_from_file()
        self.form.set_values({"title": programme.title, "term_end": programme.term_end})
        numbers = ContractNumbers(kinds, fiscal_year=programme.fiscal_year, rows=FIRST_ROWS)
        numbers.edit_clauses(self.question.answer() == DIFFERENT)
        layout = self.layout()
        if layout is not None:
            layout.replaceWidget(self.numbers, numbers)
        self.numbers.deleteLater()
        self.numbers = numbers

    def say_from_file(self) -> None:
        """Say above the fields that they hold the contract of a definition file."""
        self.intro.setText(f"定義ファイルの契約条件を入れてあります。{_PUT_RIGHT}")

    def programme(self) -> Programme:
        """Return the contract with title, dates and the answer about the clauses as typed.

        Its other fields are as given; the contract conditions are in ``numbers``.
        """
        typed = self.form.values()
        return replace(
            self._programme,
            title=typed["title"].strip(),
            contract_date=typed["contract_date"],
            term_end=typed["term_end"],
            clauses_checked=self.question.answer(),
        )
