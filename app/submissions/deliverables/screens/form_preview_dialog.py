"""The preview of a returned form before it is stored, with values compared, faults, and receipt."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.foreign_files.workbooks.form_workbook import FormWorkbook
from app.received.rules import CHANNELS, ORIGINAL_PLACES
from app.received.services import IncomingFile
from app.submissions.deliverables.parts import NOTES, predecessor_fields, proposed_predecessor
from app.submissions.deliverables.screens.form_box import FaultLines
from app.submissions.deliverables.services.submission_forms import FormFigure, FormPreview, receive_form
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph, label
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, Tone, unsorted
from app.widgets.note_box import NoteBox
from db.records.submissions.received import Receipt

_KEYS = ("received_time", "received_how", "received_from", "receipt_number", "original_place")
_STATES: dict[str, Tone] = {"一致": "green", "差": "amber", "読めた": "green"}
_LIST_HEIGHT = 230


class FormPreviewDialog(SavingDialog):
    """Dialog with the preview of a returned form before it is stored; signals are those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        view: FormPreview,
        book: FormWorkbook,
        file: IncomingFile,
        *,
        sender: str,
    ):
        super().__init__(
            parent,
            "返ってきた様式を読みました",
            f"{view.title}　{view.subject}",
            main=_main_words(view),
            width=860,
        )
        self.view = view
        self._book, self._file = book, file
        unit = "行" if view.counts_rows else "項目"
        self.count = label(
            f"{view.item_count}{unit}のうち　読めた {view.read_count}・直してもらう {len(view.faults)}点", "strong"
        )
        self.put(self.count, Paragraph(f"{view.destination_words}　届いたファイルには書き込みません。"))
        self.table = self._rows() if view.counts_rows else self._lines()
        self.put(self.table)
        self.faults = FaultLines()
        self.faults.show_faults(view.faults)
        if view.faults:
            self.put(label("直してもらうところ", "strong"), self.faults)
        if view.remarks:
            self.put(NoteBox("\n".join(view.remarks), "quiet"))
        self.put_form(
            Form(
                (
                    *predecessor_fields(view.earlier),
                    record_field(Receipt, "received_on", width=120),
                    *(field for field in NOTES if field.key in _KEYS),
                ),
                fiscal_year=self.app_context.fiscal_year,
                near=self.app_context.today(),
            ),
            {
                "received_on": self.app_context.today(),
                "received_time": "",
                "received_how": CHANNELS[0],
                "received_from": sender,
                "receipt_number": "",
                "original_place": ORIGINAL_PLACES[0],
                **proposed_predecessor(view.earlier),
            },
        )

    def _lines(self) -> FittedTable:
        """Return the table that compares the numbers of the form with the ward's."""
        table = FittedTable(
            "kit-numbers",
            unsorted(
                Column("item", "項目", stretch=True, width=200, show=lambda one: Cell(one.item)),
                Column("cell", "セル", width=70, show=lambda one: Cell(one.cell)),
                Column("theirs", "様式", width=180, show=lambda one: Cell(one.theirs)),
                Column("ours", "区の記録", width=180, show=lambda one: Cell(one.ours or "—")),
                Column("state", "照合", width=110, show=_state),
            ),
            title="様式から読んだ数字",
            empty="読めた数字はありません。",
        )
        table.name_copies(f"返ってきた様式の項目（{self.view.title}）")
        table.show_rows(self.view.lines)
        table.set_max_height(_LIST_HEIGHT)
        return table

    def _rows(self) -> FittedTable:
        """Build the table of lines read from the form, with what becomes of each."""
        table = FittedTable(
            "kit-rows",
            unsorted(
                Column("row", "行", width=56, show=lambda one: Cell(str(one.row))),
                Column("words", "内容", stretch=True, width=240, show=lambda one: Cell(one.words)),
                Column(
                    "state",
                    "記入",
                    width=120,
                    show=lambda one: Cell(
                        ("訂正する" if one.corrects else "記入する") if one.goes_to_ledger else one.state,
                        tone="green" if one.goes_to_ledger else "amber",
                    ),
                ),
                Column("told", "", width=300, show=lambda one: Cell(one.explanation)),
            ),
            title="様式から読んだ行",
            empty="読めた行はありません。",
        )
        table.name_copies(f"返ってきた様式の行（{self.view.title}）")
        table.show_rows(self.view.rows)
        table.set_max_height(_LIST_HEIGHT)
        return table

    def _save(self) -> None:
        """Save the receipt of the form, once the fields are valid, and enter its lines or numbers into the records."""
        values = self.form.values()
        self.run_action(
            receive_form,
            book=self._book,
            file=self._file,
            predecessor_id=int(values.pop("follows", 0)),
            receipt=Receipt(**values),
            fiscal_year=self.fiscal_year,
        )


def _state(figure: FormFigure) -> Cell:
    return Cell(figure.state, tone=_STATES.get(figure.state, "second"))


def _main_words(view: FormPreview) -> str:
    """Return the words of the main button: 「受領して突合に入れる」, 「受領して3行を記入する」, 「受領を記録する」."""
    if view.event_id is not None:
        return "受領して突合に入れる" if view.report_id and view.lines else "受領を記録する"
    entering = sum(row.goes_to_ledger for row in view.rows)
    written = "記入" if not any(row.corrects for row in view.rows) else "反映"
    return f"受領して{entering}行を{written}する" if entering else "受領を記録する"
