"""The second step: which column holds what, the day the list is true for, and when its contacts are disposed of."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.calendar.wareki import fiscal_year_words
from app.subjects.register.services.organisation_intake import OrganisationPreview, column_choices
from app.widgets.buttons import Button, main_button
from app.widgets.form import Form
from app.widgets.form_editors import ChoiceBox
from app.widgets.form_fields import Field
from app.widgets.labels import label, rule
from app.widgets.note_box import NoteBox
from app.widgets.screen import scrolling
from app.window import theme as t


class ImportColumnsView(QWidget):
    """Signals: ``confirmed()`` go on to the rows; ``sheet_chosen(str)``; ``left()``."""

    confirmed = Signal()
    sheet_chosen = Signal(str)
    left = Signal()

    def __init__(self, fiscal_year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fiscal_year = fiscal_year
        self.boxes: list[ChoiceBox] = []
        self._proposed: dict[int, str] = {}
        self.problem = NoteBox(tone="amber")
        self.told = label("", "second", wrap=True)
        self.form = Form((), fiscal_year=fiscal_year)
        self._form_place = QVBoxLayout()
        self._grid_place = QVBoxLayout()
        self.on = main_button("行ごとの結果を見る", self._go_on)
        self.back = Button("やめる", self.left.emit)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self.told)
        column.addWidget(self.problem)
        column.addLayout(self._form_place)
        column.addLayout(self._grid_place)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.on)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside), 1)
        outer.addLayout(foot)

    def show_preview(self, preview: OrganisationPreview) -> None:
        """Show the columns of a file with what is proposed, or was set by hand before."""
        sheet = f"　シート「{preview.sheet}」" if preview.sheet else ""
        known = "　前に直した列の対応を使っています。" if preview.remembered else ""
        self.told.setText(
            f"{preview.file_name}　{preview.encoding_words}{sheet}　見出し {preview.header_row}行目　"
            f"データ {len(preview.cells)}行{known}"
        )
        self.problem.say("\n".join(preview.notices))
        self._proposed = {one.index: one.field for one in preview.columns}
        self._show_form(preview)
        self._show_grid(preview)
        self._check()

    def columns(self) -> dict[int, str] | None:
        """What each column holds, None when it was left as proposed."""
        chosen = {index: str(box.currentData()) for index, box in enumerate(self.boxes)}
        return None if chosen == self._proposed else chosen

    def settings(self) -> tuple[date | None, int | None, date | None]:
        """The day the list is true for, the fiscal year of the 補助金, the day its contacts are disposed of."""
        values = self.form.values()
        return values["as_of"], values["fiscal_year"], values["dispose_on"]

    def _show_form(self, preview: OrganisationPreview) -> None:
        years = tuple(
            (year, fiscal_year_words(year)) for year in range(preview.fiscal_year + 1, preview.fiscal_year - 4, -1)
        )
        fields = [
            Field(key="as_of", label="いつ現在の一覧か", kind="date", width=140, hint="段階と会長の履歴は、この日で記録します。"),
            Field(key="fiscal_year", label="補助金の年度", kind="choice", width=160, choices=years),
            Field(
                key="dispose_on", label="連絡先の廃棄予定日", kind="date", width=140,
                hint="電話番号などは「団体への連絡」のために使い、この日に廃棄する予定として残します。",
            ),
        ]  # fmt: skip
        if len(preview.sheets) > 1:
            sheets = tuple((one, one) for one in preview.sheets)
            fields.insert(0, Field(key="sheet", label="シート", kind="choice", width=240, choices=sheets))
        fresh = Form(fields, fiscal_year=self._fiscal_year)
        fresh.set_values(
            {
                "as_of": preview.as_of, "fiscal_year": preview.fiscal_year,
                "dispose_on": date(preview.fiscal_year + 1, 4, 30), "sheet": preview.sheet,
            }
        )  # fmt: skip
        fresh.changed.connect(lambda key: self.sheet_chosen.emit(fresh.value("sheet")) if key == "sheet" else None)
        _replace(self._form_place, fresh)
        self.form = fresh

    def _show_grid(self, preview: OrganisationPreview) -> None:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, t.scaled(t.LABEL))
        grid.setColumnStretch(2, 1)
        for place, words in enumerate(("ファイルの列", "取り込む先", "最初の値")):
            grid.addWidget(label(words, "small"), 0, place)
        grid.addWidget(rule(), 1, 0, 1, 3)
        choices = column_choices(preview.headings)
        self.boxes = []
        for number, one in enumerate(preview.columns):
            box = ChoiceBox()
            box.setAccessibleName(f"{one.heading}の取り込む先")
            box.setMinimumWidth(t.scaled(200))
            for value, words in choices:
                box.addItem(words, value)
            box.setCurrentIndex(max(0, box.findData(one.field)))
            box.currentIndexChanged.connect(lambda _index: self._check())
            self.boxes.append(box)
            grid.addWidget(label(one.heading, wrap=True), number + 2, 0)
            grid.addWidget(box, number + 2, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(one.sample, "second", wrap=True), number + 2, 2)
        _replace(self._grid_place, holder)

    def _check(self) -> None:
        """Without a column of names nothing can be held against the register; one field stands in one column only."""
        chosen = [str(box.currentData()) for box in self.boxes if box.currentData()]
        twice = sorted({box.currentText() for box in self.boxes if chosen.count(str(box.currentData())) > 1})
        if "name" not in chosen:
            self.problem.say("「団体名」の列が決まっていません。取り込む先を選んでください。")
        elif twice:
            self.problem.say(f"「{'」「'.join(twice)}」に2つ以上の列が当てられています。1つにしてください。")
        self.on.setEnabled("name" in chosen and not twice)

    def _go_on(self) -> None:
        if self.form.check_all():
            self.confirmed.emit()


def _replace(place: QVBoxLayout, fresh: QWidget) -> None:
    while (item := place.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    place.addWidget(fresh)
