"""The third step: every row with its outcome, what it changes and why; doubtful ones are decided here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.papers.screens.export_button import ExportButton, Sheet
from app.subjects.register.services.organisation_intake import OUTCOMES, IntakeRow, OrganisationPreview
from app.widgets.buttons import Button, main_button
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.record_columns import Cell, Column, RowAction
from app.widgets.record_table import RecordTable
from app.widgets.tabs import TabBar
from app.window.desk import Desk

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
