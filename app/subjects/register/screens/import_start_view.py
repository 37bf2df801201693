"""The first step of taking in a list of 団体: the file, and the lists taken in so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.widgets.buttons import Button, main_button
from app.widgets.labels import Paragraph, section
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.past_imports import PastImports
from app.widgets.screen import scrolling
from db.records.applications import ForeignImport


class ImportStartView(QWidget):
    """Signals: ``file_asked()``; ``undo_asked()`` what was taken in last goes back; ``left()``;
    ``take_back_asked(ForeignImport)`` an earlier list goes back.
    """

    file_asked = Signal()
    undo_asked = Signal()
    left = Signal()
    take_back_asked = Signal(object)

    def __init__(self, today: date, *, may_write: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result = NoteBox()
        self.undo = Button("元に戻す", self.undo_asked.emit, low=True)
        self.result.put(self.undo)
        self.problem = NoteBox(tone="red")
        self.choose = main_button("一覧のファイルを選ぶ", self.file_asked.emit, icon_name="upload-simple")
        self.back = Button("団体の一覧を見る", self.left.emit)
        self.imports = PastImports("organisation-imports", today, may_write=may_write)
        self.imports.acted.connect(self.take_back_asked)
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
