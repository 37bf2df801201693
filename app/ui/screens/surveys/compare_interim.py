"""中間集計: the totals over all events up to a day, as they will be printed, with the buttons that save or print them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.documents.blocks import DocumentContent
from app.services import papers
from app.services.interim_totals import KIND, build_interim, note_interim_print, save_interim
from app.ui.desk import Desk
from app.ui.failure_messages import failure_of
from app.ui.widgets.buttons import Button, main_button
from app.ui.widgets.flow_row import FlowRow
from app.ui.widgets.form import Form
from app.ui.widgets.form_fields import Field
from app.ui.widgets.pdf_preview import PdfPreview
from app.ui.widgets.pdf_printing import Printed
from app.ui.widgets.save_dialog import SaveDialog

_WORDS: dict[papers.Format, str] = {"pdf": "PDFで保存", "xlsx": "Excelで保存"}


class InterimPart(QWidget):
    """The preview of アンケート中間集計. Signals: none."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._drawn: papers.Rendered | None = None
        self._asked = 0
        year = desk.fiscal_year
        self.form = Form(
            (Field(key="as_of", label="何日までの回", kind="date", width=120),), fiscal_year=year, label_width=104
        )
        self.form.set_values({"as_of": desk.today()})
        self.days = tuple(
            Button(words, partial(self.show_day, day), low=True)
            for words, day in (
                ("9月末まで", date(year, 9, 30)),
                ("10月末まで", date(year, 10, 31)),
                ("本日まで", desk.today()),
            )
        )
        self.preview = PdfPreview(empty="まだ集計していません。")
        self.print_button = Button("印刷する", self._print, icon_name="printer")
        self.xlsx_button = Button(_WORDS["xlsx"], partial(self.save, "xlsx"), icon_name="table")
        self.pdf_button = main_button(_WORDS["pdf"], partial(self.save, "pdf"), icon_name="file-pdf")
        self.buttons = (self.print_button, self.xlsx_button, self.pdf_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(FlowRow(self.form, *self.days, *self.buttons, at_end=3))
        column.addWidget(self.preview, 1)
        self.form.committed.connect(lambda _key: self.read())
        self.preview.printed.connect(self._log_print)
        self.preview.print_failed.connect(self.desk.fail)
        self._offer()

    @property
    def as_of(self) -> date:
        """The last day counted."""
        found = self.form.value("as_of")
        return found if isinstance(found, date) else self.desk.today()

    def show_day(self, day: date) -> None:
        """Count up to ``day``."""
        self.form.set_values({"as_of": day})
        self.read()

    def read(self) -> None:
        """Draw the paper as it stands now."""
        self.preview.say_waiting()
        self._draw("pdf", self._show)

    def take_focus(self) -> None:
        """The day."""
        self.form.go_to("as_of")

    def save(self, form: papers.Format) -> None:
        """Ask where to and save exactly what is shown, or the same as Excel."""
        if form == "pdf" and self._drawn is not None:
            self._ask_where(self._drawn)
        else:
            self._draw(form, self._ask_where)

    def _draw(self, form: papers.Format, then: Callable[[papers.Rendered], None]) -> None:
        self._asked += 1
        turn = self._asked

        def arrive(drawn: papers.Rendered) -> None:
            if turn == self._asked:
                then(drawn)

        def draw(content: DocumentContent) -> None:
            if turn == self._asked:
                self.desk.apart(
                    papers.render, arrive, failed=self._refuse, owner=self, title="書類を作成しています", drawing=True,
                    content=content, format=form,
                )  # fmt: skip

        self.desk.read(build_interim, draw, failed=self._refuse, owner=self, as_of=self.as_of, now=self.desk.now())

    def _show(self, drawn: papers.Rendered) -> None:
        self._drawn = drawn
        self.preview.show_pdf(drawn.data, title=KIND)
        self._offer()

    def _refuse(self, problem: Exception) -> None:
        self._drawn = None
        self.preview.clear(failure_of(problem).in_one())
        self._offer()

    def _offer(self) -> None:
        for button in self.buttons:
            button.setEnabled(self._drawn is not None and not self.desk.read_only)

    def _ask_where(self, drawn: papers.Rendered) -> None:
        dialog = SaveDialog(
            self.desk,
            _WORDS[drawn.format],
            KIND,
            stem=drawn.content.file_stem,
            ending=f".{drawn.format}",
            personal="",
            service=save_interim,
            given={"as_of": self.as_of, "format": drawn.format, "drawn": drawn},
            parent=self.window(),
        )
        dialog.open()

    def _print(self) -> None:
        if self._drawn is not None:
            self.preview.print_out(title=self._drawn.content.file_stem)

    def _log_print(self, printed: Printed) -> None:
        if self._drawn is None:
            return
        sides = "両面" if printed.both_sides else "片面"
        self.desk.write(
            note_interim_print,
            owner=self,
            drawn=self._drawn,
            copies=printed.copies,
            how=f"{'白黒' if printed.mono else 'カラー'}・{sides}",
        )
