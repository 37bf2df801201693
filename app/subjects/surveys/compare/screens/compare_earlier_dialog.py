"""The totals of one earlier year: typed from its report, or read from a list and looked at before they are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.calendar.wareki import fiscal_year_words
from app.papers.screens.export_button import ExportButton, Sheet
from app.subjects.surveys.compare.intake import COLUMNS, EarlierFile
from app.subjects.surveys.compare.screens.compare_earlier_grid import EarlierGrid
from app.subjects.surveys.compare.services.survey_years import YearView, entry_rows, read_earlier_file, save_earlier
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.failure_dialog import note_failure
from app.widgets.flow_row import FlowRow
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.saving_dialog import SavingDialog
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import EarlierCounts

_FILTER = "表（*.xlsx *.csv）(*.xlsx *.csv);;すべてのファイル (*)"
_TEMPLATE = "前の年度の集計の入力表"


class EarlierDialog(SavingDialog):
    """Year, sheets and every number. Signals: those of ``SavingDialog``."""

    def __init__(
        self, desk: Desk, view: YearView, present: EarlierCounts | None = None, *, parent: QWidget | None = None
    ) -> None:
        words = fiscal_year_words(present.fiscal_year) if present is not None else ""
        super().__init__(
            desk, "前の年度の集計を直す" if present is not None else "前の年度の集計を加える", f"{words}　{view.kind}".strip("　"),
            main="保存する", note=CAN_UNDO, width=760, parent=parent,
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self._present = present
        self.problem = NoteBox(tone="red")
        self.told = NoteBox(tone="amber")
        years = tuple((year, fiscal_year_words(year)) for year in range(view.fiscal_year - 1, view.fiscal_year - 6, -1))
        self.form = Form(
            (
                Field(key="fiscal_year", label="年度", kind="choice", choices=years),
                Field(key="events_held", label="回数", kind="number", unit="回", width=80, optional=True, least=1),
                Field(key="sheets", label="回収数", kind="number", unit="枚", width=80, least=1),
                Field(key="source", label="出どころ", width=360, optional=True, hint="例：令和7年度 年間実績総括"),
            ),
            fiscal_year=desk.fiscal_year,
        )
        self.grid = EarlierGrid(view.questions, view.numbers)
        self.read_button = Button("ファイルから読み込む", self.choose_file, icon_name="upload-simple")
        self.template = ExportButton(desk, self._gather, title=_TEMPLATE)
        self.template.set_words("入力用の表をExcelに出力")
        self.template.offer(True)
        self.put(self.problem)
        self.put(self.form)
        self.put(FlowRow(self.read_button, self.template))
        self.put(
            label(
                "人数を入力します。無回答も入力してください。ｎを空けると回収数と同じとみなします。", "small", wrap=True
            )
        )
        self.put(self.told)
        self.put(self.grid)
        self.body.addStretch(1)
        self._fill()
        self.confirmed.connect(self._save)

    def _fill(self) -> None:
        present = self._present
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
        self._tell_others(())

    def _gather(self, deliver: Callable[[Sheet], None]) -> None:
        rows = entry_rows(self._view.questions)
        deliver(Sheet(columns=COLUMNS, rows=rows, words=f"{len(rows)}行"))

    def choose_file(self) -> None:
        """Ask for a list and read it."""
        path, _kind = QFileDialog.getOpenFileName(self, "前の年度の集計を選ぶ", str(Path.home()), _FILTER)
        if path:
            self.read_file(Path(path))

    def read_file(self, path: Path) -> None:
        """Read a list into the boxes; nothing is kept yet."""
        self.problem.say("")
        self.desk.read(
            with_store(read_earlier_file, path=path, kind=self._view.kind, fiscal_year=self.desk.fiscal_year),
            self._show_file,
            failed=self._refuse,
            owner=self,
        )

    def _show_file(self, found: EarlierFile) -> None:
        self.grid.show_totals(found.questions)
        if found.sheets is not None and self.form.value("sheets") is None:
            self.form.set_values({"sheets": found.sheets})
        self._tell_others(
            (f"{len(found.questions)}問を読み込みました。数を確かめて保存してください。", *found.problems)
        )
        self.fit()

    def _tell_others(self, lines: tuple[str, ...]) -> None:
        others = self.grid.others
        if others:
            titles = "、".join(f"「{one.title}」" for one in others)
            lines = (
                *lines,
                f"今年度と同じ形で聞いていない{len(others)}問（{titles}）は、そのまま保存します（比べられません）。",
            )
        self.told.say("\n".join(lines))

    def _refuse(self, problem: Exception) -> None:
        note_failure(failure_of(problem), self.problem)
        self.fit()

    def _save(self) -> None:
        self.problem.say("")
        if not self.form.check_all():
            return
        values = self.form.values()
        try:
            questions = self.grid.totals(int(values["sheets"]))
        except ValueError as problem:
            self.problem.say(f"**「{problem}」が数として読めません。**\n12 のように数字で入力してください。")
            return
        self.send(
            with_store(
                save_earlier,
                kind=self._view.kind,
                questions=questions,
                earlier_id=self._present.id if self._present is not None else 0,
                **values,
                **self.desk.signed,
            )
        )

    def _fail(self, problem: Exception) -> None:
        self.wait(False)
        self._refuse(problem)
