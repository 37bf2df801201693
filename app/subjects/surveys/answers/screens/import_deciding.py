"""決めること: the kinds of doubt in a file with their counts, each decided for all its rows alike."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.subjects.surveys.answers.parts.import_work import ImportWork
from app.subjects.surveys.answers.services.survey_decisions import KINDS, OPEN, Kind, way_words, ways_of
from app.subjects.surveys.answers.services.survey_preview import ImportPreview
from app.widgets.buttons import Button
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import Paragraph, label
from app.widgets.panel import Panel

OUTSIDE: Kind = "選択肢にない回答"
_WORDS: dict[Kind, str] = {
    "再送信": "同じ人の再送信",
    "二度押し": "二度押しの疑い",
    "同じ回答": "取り込み済みと同じ回答",
    "試し送信": "試し送信らしい回答",
    "開始前の回答": "開始より前の回答",
    "選びすぎ": "選びすぎた回答",
    "特になしとほかの回答": "「特になし」とほかの回答",
    "すべて無回答": "すべて無回答",
    "数にできない回答": "数にできない回答",
    "読めない日時": "読めない日時",
    "そのほか": "そのほかの確認",
}


class ImportDeciding(QWidget):
    """The kinds of doubt. Signals: ``decided(str, str)`` kind and way; ``values_asked()`` 選択肢を当てる."""

    decided = Signal(str, str)
    values_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[Kind, ChoiceBox] = {}
        self.values_button = Button("選択肢を当てる", self.values_asked.emit, low=True)
        self.sum = Paragraph("", role="small")
        self._lines: dict[Kind, tuple[QWidget, QLabel]] = {}
        self.panel = Panel("決めること")
        self.panel.put(self.sum)
        for kind in KINDS:
            self.panel.put(self._line(kind))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)

    def _line(self, kind: Kind) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(6)
        words = label(_WORDS.get(kind, kind), "strong", wrap=True)
        column.addWidget(words)
        box = ChoiceBox()
        box.setAccessibleName(f"{_WORDS.get(kind, kind)}の数え方")
        for way in ways_of(kind):
            box.addItem(way_words(kind, way), way)
        box.activated.connect(partial(self._tell, kind))
        self.boxes[kind] = box
        if kind == OUTSIDE:
            column.addWidget(self.values_button)
        column.addWidget(box)
        self._lines[kind] = (line, words)
        return line

    def _tell(self, kind: Kind, _place: int) -> None:
        self.decided.emit(kind, str(self.boxes[kind].currentData()))

    def show_preview(self, preview: ImportPreview, work: ImportWork) -> int:
        """Show the counts and what is decided; returns how many rows are still open."""
        counts = preview.doubtful()
        for kind, (line, words) in self._lines.items():
            texts = preview.strange if kind == OUTSIDE else ()
            line.setVisible(bool(counts.get(kind) or texts))
            words.setText(f"{_WORDS.get(kind, kind)}　{counts.get(kind, 0)}件")
            box = self.boxes[kind]
            box.setCurrentIndex(max(0, box.findData(work.alike.get(kind, OPEN))))
            box.setVisible(bool(counts.get(kind)))
        self.values_button.set_words(f"選択肢を当てる（{len(preview.strange)}種類）")
        rows = sum(1 for row in preview.fresh if row.doubts)
        waiting = preview.count("確認が必要")
        self.panel.setVisible(bool(rows or preview.strange))
        if waiting:
            self.sum.say(
                f"{rows}行のうち、まだ決めていない行が{waiting}行あります。決めずに取り込み、あとで決めることもできます。"
            )
        else:
            self.sum.say(f"{rows}行とも決めました。取り込んだあとも、回答一覧で変えられます。" if rows else "")
        self.sum.setVisible(bool(self.sum.plain()))
        return waiting
