"""Before a file is chosen: where the online form stands, how to hand a file in, and the imports so far."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.subjects.surveys.answers.screens.import_columns import import_action, import_columns
from app.subjects.surveys.questions.parts.page_heading import page_heading
from app.subjects.surveys.questions.services.surveys import SurveyView
from app.widgets.buttons import link_button, main_button
from app.widgets.fitted_table import FittedTable
from app.widgets.labels import Paragraph, section
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import scrolling


class ImportStart(QWidget):
    """The start of an import.

    Signals: ``file_asked()``; ``undo_asked(SurveyImport)``; ``record_asked(SurveyImport)``; ``page_asked(str)`` 回答
    or 集計.
    """

    file_asked = Signal()
    undo_asked = Signal(object)
    record_asked = Signal(object)
    page_asked = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result = NoteBox()
        self.to_sheets = link_button("回答一覧で確かめる", lambda: self.page_asked.emit("回答"))
        self.to_tally = link_button("集計を見る", lambda: self.page_asked.emit("集計"))
        self.result.put(self.to_sheets)
        self.result.put(self.to_tally)
        self.problem = NoteBox()
        self.choose_button = main_button("回答のファイルを選ぶ", self.file_asked.emit, icon_name="upload-simple")
        self.imports = FittedTable(
            "survey_imports",
            import_columns(today),
            title="これまでの取り込み",
            empty="まだ取り込みはありません。",
            action=import_action,
            hint="Enter で記録を見る",
        )
        self.imports.acted.connect(self.undo_asked)
        self.imports.opened.connect(self.record_asked)
        self.frozen = NoteBox()
        self._build()

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(page_heading("オンライン回答の取り込み"))
        for note in (self.result, self.problem, self.frozen):
            column.addWidget(note)
        panel = Panel()
        panel.put(
            Paragraph(
                "Google フォーム、Microsoft Forms、LoGoフォーム、電子申請などで「回答をダウンロード」した"
                "**CSVかExcelブック**を選ぶか、ここへ置いてください。取り込む前に、1行ずつ結果を確かめられます。"
            )
        )
        line = QHBoxLayout()
        line.addWidget(self.choose_button)
        line.addStretch(1)
        panel.body.addLayout(line)
        panel.put(
            Paragraph(
                "同じファイルをもう一度取り込んでも、増えたり変わったりしません。"
                "翌週のファイルは、新しい回答だけが加わります。氏名やメールなどの列は保存しません。",
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

    def show_view(self, view: SurveyView) -> None:
        """Show the imports; a frozen survey says that a reason will be asked."""
        frozen = view.survey is not None and view.survey.frozen_at is not None
        self.frozen.say(
            "集計が確定しています。新しい回答を加えるときは、理由を書きます（集計に残ります）。" if frozen else "",
            tone="amber",
        )
        self.imports.show_rows(view.imports)

    def say_result(self, sentence: str) -> None:
        """Say how the import came out; an empty text hides it."""
        self.problem.say("")
        self.result.say(sentence, tone="accent")

    def take_focus(self) -> None:
        """The button."""
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
