"""The second and third step of taking in a list of 団体: which column holds what, then every row with its outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.calendar.wareki import fiscal_year_words
from app.papers.screens.export_button import ExportButton, Sheet
from app.subjects.register.services.organisation_intake import OUTCOMES, IntakeRow, OrganisationPreview, column_choices
from app.widgets.buttons import Button, main_button
from app.widgets.form import Form
from app.widgets.form_fields import ChoiceBox, Field
from app.widgets.labels import label, rule
from app.widgets.note_box import NoteBox
from app.widgets.record_model import Cell, Column, RowAction
from app.widgets.record_table import RecordTable
from app.widgets.screen import scrolling
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.desk import Desk


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


ALL = "すべて"


class ImportRowsView(QWidget):
    """Signals: ``confirmed()`` take the rows in; ``mend_asked(object)`` an IntakeRow; ``back_asked()``; ``left()``."""

    confirmed = Signal()
    mend_asked = Signal(object)
    back_asked = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview: OrganisationPreview | None = None
        self.problem = NoteBox(tone="red")
        self.told = label("", "second", wrap=True)
        self.tabs = TabBar(ALL, *OUTCOMES)
        self.table = RecordTable(
            "organisation-import-rows",
            _columns(),
            title="取り込む行",
            empty="この結果の行はありません。",
            action=_action,
            tint=lambda row: "#FFF9EC" if row.outcome == "確認が必要" else "",
            unit="行",
        )
        self.export = ExportButton(desk, self._doubtful, title="団体の一覧で確かめる行")
        self.export.set_words("確かめる行をExcelに出力")
        self.columns = Button("列の対応に戻る", self.back_asked.emit)
        self.cancel = Button("やめる", self.left.emit)
        self.take = main_button("", self.confirmed.emit)
        self._build()
        self.tabs.chosen.connect(lambda _number: self._narrow())
        self.table.acted.connect(self.mend_asked)
        self.table.opened.connect(self.mend_asked)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.problem)
        column.addWidget(self.told)
        column.addWidget(self.tabs)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.export)
        foot.addStretch(1)
        foot.addWidget(self.columns)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take)
        column.addLayout(foot)

    def show_preview(self, preview: OrganisationPreview) -> None:
        """Show the rows; the tab chosen before stays while there is something in it."""
        self.preview = preview
        self.problem.say("")
        for number, word in enumerate((ALL, *OUTCOMES)):
            self.tabs.set_count(number, len(preview.rows) if word == ALL else preview.count(word))  # type: ignore[arg-type]
        left = f"　取り込まない列：{'、'.join(one.heading for one in preview.columns if not one.field)}" if any(
            not one.field for one in preview.columns
        ) else ""  # fmt: skip
        out = f"　表の外の行：{'、'.join(preview.left_out)}" if preview.left_out else ""
        self.told.setText(f"{preview.file_name}{left}{out}")
        self.told.setVisible(bool(left or out))
        taken = len(preview.taken)
        self.take.set_words(f"{taken}件を取り込む" if taken else "取り込むものはありません")
        self.take.setEnabled(taken > 0)
        self.export.offer(bool(preview.doubtful))
        self._narrow()

    def begin(self) -> None:
        """Begin with what has to be looked at, where there is such."""
        preview = self.preview
        number = 1 + OUTCOMES.index("確認が必要") if preview and preview.count("確認が必要") else 0
        self.tabs.choose(number)
        self._narrow()
        self.table.setFocus()

    def _narrow(self) -> None:
        if self.preview is None:
            return
        word = (ALL, *OUTCOMES)[self.tabs.current()]
        rows = [row for row in self.preview.rows if word in (ALL, row.outcome)]
        if word != ALL:
            # What somebody may want to look at first: differences that are not written, then notes.
            rows.sort(key=lambda row: (not row.kept, not row.note))
        self.table.show_rows(rows)

    def _doubtful(self, deliver: Callable[[Sheet], None]) -> None:
        """The rows to look at, as the file has them, with the reason in front."""
        preview = self.preview
        if preview is None:
            return
        rows = preview.doubtful
        width = len(preview.headings)
        deliver(
            Sheet(
                columns=("行", "結果", "理由", *(heading or f"{n + 1}列目" for n, heading in enumerate(preview.headings))),
                rows=tuple(
                    (str(row.line), row.outcome, _reasons(row), *_cells(preview, row, width)) for row in rows
                ),
                words=f"{len(rows)}行",
                personal=True,
            )
        )  # fmt: skip


def _cells(preview: OrganisationPreview, row: IntakeRow, width: int) -> tuple[str, ...]:
    cells = preview.cells.get(row.row, ())
    return (*cells[:width], *("",) * (width - len(cells)))


def _reasons(row: IntakeRow) -> str:
    return "　".join(part for part in (row.reason, row.note, *(one.words for one in row.kept)) if part)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            key="line", title="行", show=lambda row: Cell(text=str(row.line), tone="second"), align="right",
            sort=lambda row: row.line, width=48,
        ),
        Column(key="outcome", title="結果", show=lambda row: Cell(badge=row.outcome), width=128),
        Column(
            key="name", title="団体", show=lambda row: Cell(text=row.source.name, second=row.source.branch),
            stretch=True,
        ),
        Column(key="changes", title="変わるところ（いま→ファイル）", show=_changes, stretch=True, sortable=False),
        Column(key="reason", title="理由・知っておくこと", show=_why, stretch=True, sortable=False, needs=760),
    )  # fmt: skip


def _changes(row: IntakeRow) -> Cell:
    if row.outcome == "新規":
        source = row.source
        parts = [
            f"会長 {source.chair}" if source.chair else "",
            f"{source.households:,}世帯" if source.households else "",
        ]
        stages = "・".join(f"{tool} {stage}" for tool, stage in source.stages.items())
        return Cell(text="新しく加える", second="　".join(part for part in (*parts, stages) if part))
    kept = "\n".join(one.words for one in row.kept)
    written = "\n".join(one.words for one in row.written)
    return Cell(
        text=written or ("—" if not kept else ""), second=kept, second_tone="amber", tone="" if written else "second"
    )


def _why(row: IntakeRow) -> Cell:
    return Cell(text=row.reason or ("" if row.note else "—"), second=row.note, tone="" if row.reason else "second")


def _action(row: IntakeRow) -> RowAction | None:
    if row.outcome == "確認が必要":
        return RowAction(text="決める", main=False)
    return RowAction(text="変える") if row.decision is not None or row.taken else None
