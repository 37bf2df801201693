"""ファイル: where the applications belong, the file to take in, and the files taken in so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.subjects.applications.screens.row_columns import import_columns
from app.subjects.applications.services.applications import ImportLine
from app.widgets.buttons import Button, main_button
from app.widgets.fitted_table import FittedTable
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import Paragraph, label, section
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.record_columns import RowAction
from app.widgets.screen import row, scrolling

EVERY_EVENT = 0
"""Stands for: each row goes to the events it wishes for."""


class StartPage(QWidget):
    """The first step.

    Signals: ``file_asked()``; ``event_chosen(int)`` 0 = by the wishes; ``undo_asked(ImportLine)``;
    ``typing_asked()``.
    """

    file_asked = Signal()
    event_chosen = Signal(int)
    undo_asked = Signal(object)
    typing_asked = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = NoteBox(tone="amber")
        self.events = ChoiceBox()
        self.events.setAccessibleName("どの実施回の申込か")
        self.events.activated.connect(lambda _number: self.event_chosen.emit(int(self.events.currentData() or 0)))
        self.choose_button = main_button("申込のファイルを選ぶ", self.file_asked.emit, icon_name="upload-simple")
        self.typing_button = Button("電話の申込を入力する", self.typing_asked.emit, icon_name="phone")
        self.imports = FittedTable(
            "application_imports",
            import_columns(today),
            title="これまでの取り込み",
            empty="まだ取り込みはありません。",
            action=lambda _row: RowAction(text="取り込みを取り消す"),
        )
        self.imports.acted.connect(self.undo_asked)
        self._build()

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self.problem)
        panel = Panel()
        panel.body.addLayout(row(label("どの実施回の申込か", "strong"), self.events, None, spacing=16))
        panel.put(
            Paragraph(
                "Google フォーム・Microsoft Forms・LoGoフォーム・電子申請のファイルか、係で作ったExcelの表を選ぶか、"
                "ここへ置いてください。**取り込む前に、1行ずつ確かめられます。**"
            )
        )
        panel.body.addLayout(row(self.choose_button, self.typing_button, None))
        panel.put(
            Paragraph(
                "同じファイルをもう一度取り込んでも、増えたり変わったりしません。翌週のファイルは、新しい申込だけが加わります。",
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

    def show_events(self, events: Sequence[tuple[int, str]], chosen: int) -> None:
        """Show the events as (id, words) and choose one; 0 = each row by its wishes."""
        self.events.clear()
        self.events.addItem("希望欄のとおりに、各回へ分ける", EVERY_EVENT)
        for event_id, words in events:
            self.events.addItem(words, event_id)
        self.events.setCurrentIndex(max(0, self.events.findData(chosen)))

    def show_imports(self, lines: Sequence[ImportLine]) -> None:
        """Show the files taken in so far."""
        self.imports.show_rows(lines)

    def take_focus(self) -> None:
        """The button."""
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
