"""The first step of taking in a list of 団体: the file, and the lists taken in so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.rules.dates import short_date
from app.ui.widgets.buttons import Button, main_button
from app.ui.widgets.fitted_table import FittedTable
from app.ui.widgets.labels import Paragraph, section
from app.ui.widgets.note_box import NoteBox
from app.ui.widgets.panel import Panel
from app.ui.widgets.record_columns import Cell, Column
from app.ui.widgets.screen import scrolling
from db.records.applications import ForeignImport


class ImportStartView(QWidget):
    """Signals: ``file_asked()``; ``undo_asked()`` what was taken in last goes back; ``left()``."""

    file_asked = Signal()
    undo_asked = Signal()
    left = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result = NoteBox()
        self.undo = Button("元に戻す", self.undo_asked.emit, low=True)
        self.result.put(self.undo)
        self.problem = NoteBox(tone="red")
        self.choose = main_button("一覧のファイルを選ぶ", self.file_asked.emit, icon_name="upload-simple")
        self.back = Button("団体の一覧を見る", self.left.emit)
        self.imports = FittedTable(
            "organisation-imports",
            _columns(today),
            title="これまでの取り込み",
            empty="まだ取り込みはありません。",
        )
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.result)
        column.addWidget(self.problem)
        panel = Panel()
        panel.put(
            Paragraph(
                "区でお持ちの団体の一覧（**Excel** または **CSV**）を選ぶか、ここへ置いてください。"
                "取り込む前に、1行ずつ結果を確かめられます。"
            )
        )
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.choose)
        line.addWidget(self.back)
        line.addStretch(1)
        panel.body.addLayout(line)
        panel.put(
            Paragraph(
                "団体は、支部と名称で見分けます。同じファイルをもう一度取り込んでも、増えたり変わったりしません。"
                "文字が失われた値（？や〓）で、登録されている値を書き替えることはありません。",
                role="small",
            )
        )
        column.addWidget(panel)
        column.addWidget(section("これまでの取り込み"))
        column.addWidget(self.imports)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside))

    def show_imports(self, found: Sequence[ForeignImport]) -> None:
        """Show the lists taken in so far."""
        self.imports.show_rows(found)

    def say_result(self, sentence: str, *, can_undo: bool = False) -> None:
        """Say how it came out; an empty text hides it."""
        self.problem.say("")
        self.result.say(sentence, tone="accent")
        self.undo.setVisible(can_undo)


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            key="at",
            title="取り込んだ日時",
            show=lambda row: Cell(text=f"{short_date(row.at.date(), today)} {row.at:%H:%M}", second=row.by),
            sortable=False,
        ),
        Column(key="file", title="ファイル", show=lambda row: row.file_name, stretch=True, sortable=False),
        Column(key="counts", title="結果", show=_counts, stretch=True, sortable=False),
    )


def _counts(row: ForeignImport) -> str:
    counts = (
        ("新規", row.new), ("更新", row.updated), ("重複", row.duplicate), ("確認が必要", row.needs_check),
        ("取り込まない", row.skipped),
    )  # fmt: skip
    return "・".join(f"{word} {count}" for word, count in counts if count)
