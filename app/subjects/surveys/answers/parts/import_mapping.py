"""列の対応: which column of an answer file is which question, with likely ones proposed; on a page or over a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.subjects.surveys.answers.intake.survey_columns import AS_TEXT, BADGE, LEFT_OUT, OTHER, TIME
from app.subjects.surveys.answers.services.survey_decisions import AnswerColumn
from app.subjects.surveys.answers.services.survey_preview import ImportPreview
from app.subjects.surveys.questions.parts.survey_pages import page_heading
from app.subjects.surveys.questions.rules.survey_questions import printed_number, printed_title
from app.widgets.buttons import Button
from app.widgets.form_fields import ChoiceBox
from app.widgets.labels import Paragraph, label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import row, scrolling
from app.window import theme as t
from db.records.surveys import Question

_NO_QUESTION = "#none"
_MOST_COLUMNS = 120


class ColumnLine:
    """The choices of one column: what it is, and whether a column that is no question is kept."""

    def __init__(self, column: AnswerColumn, questions: Sequence[Question]) -> None:
        self.column = column
        self.box = ChoiceBox()
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(20)
        self.box.setAccessibleName(f"「{column.heading}」の使い方")
        self.keep = QCheckBox("回答に添えて残す")
        self.keep.setAccessibleName(f"「{column.heading}」を回答に添えて残す")
        self.hint = label("", "small", wrap=True)
        self._fill(questions)
        self.box.currentIndexChanged.connect(lambda _n: self._dress())
        self._dress()

    def _fill(self, questions: Sequence[Question]) -> None:
        likely = next((one.code for one in self.column.suggestions if one.likely), "")
        near = [one.code for one in self.column.suggestions]
        none = "保存しない（個人情報）" if self.column.personal else "設問ではない"
        self.box.addItem(none, _NO_QUESTION)
        places = {question.code: place for place, question in enumerate(questions, start=1)}
        for question in sorted(questions, key=lambda one: (one.code not in near, places[one.code])):
            words = f"{printed_number(question, places[question.code])} {printed_title(question)}"
            mark = "（似ています）" if question.code in near else ""
            self.box.addItem(f"{words}{mark}", question.code)
        self.box.addItem("回答した日時", TIME)
        self.box.addItem("再送信を見分ける番号（保存しない）", BADGE)
        for question in questions:
            if question.has_other:
                words = f"{printed_number(question, places[question.code])}のその他の記述"
                self.box.addItem(words, OTHER + question.code)
        used = likely or (self.column.word if self.column.word not in (AS_TEXT, LEFT_OUT) else _NO_QUESTION)
        self.proposed = bool(likely)
        self.box.setCurrentIndex(max(0, self.box.findData(used)))
        self.box.setToolTip(self.box.currentText())
        self.keep.setChecked(self.column.word == AS_TEXT or bool(likely))

    def _dress(self) -> None:
        none = self.box.currentData() == _NO_QUESTION
        self.keep.setVisible(none and not self.column.personal)
        self.box.setToolTip(self.box.currentText())
        proposed = self.proposed and any(one.code == self.box.currentData() for one in self.column.suggestions)
        self.hint.setText("設問と見出しの言葉が違います。確かめてください" if proposed else "")
        self.hint.setVisible(proposed)

    def word(self) -> str:
        """The use chosen now."""
        chosen = str(self.box.currentData())
        if chosen != _NO_QUESTION:
            return chosen
        return AS_TEXT if self.keep.isChecked() and not self.column.personal else LEFT_OUT


class ImportMapping(QWidget):
    """The columns of one file.

    Signals: ``confirmed()`` この対応で確かめる; ``left()`` やめる; ``sheet_chosen(str)``.
    """

    confirmed = Signal()
    left = Signal()
    sheet_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = NoteBox()
        self.told = NoteBox()
        self.lines: list[ColumnLine] = []
        self._missing: tuple[Question, ...] = ()
        self._questions: tuple[Question, ...] = ()
        self.missing = NoteBox(tone="amber")
        self.sheets = ChoiceBox()
        self.sheets.setAccessibleName("表のあるシート")
        self.sheets.activated.connect(lambda _n: self.sheet_chosen.emit(str(self.sheets.currentData() or "")))
        self._sheet_line = QWidget()
        self._sheet_line.setLayout(row(label("シート", "strong"), self.sheets, None))
        self.cancel = Button("やめる", self.left.emit, tall=True)
        self.go_on = Button("この対応で1行ずつ確かめる", self.confirmed.emit, kind="main", tall=True)
        self._inside: QWidget | None = None
        self._build()

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(page_heading("オンライン回答の取り込み　列と設問"))
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)
        for part in (self.problem, self.told, self._sheet_line, self.missing):
            self._column.addWidget(part)
        outer.addWidget(scrolling(holder), 1)
        foot = QFrame()
        foot.setProperty("kind", "footer")
        line = QHBoxLayout(foot)
        line.setContentsMargins(12, 12, 12, 12)
        line.setSpacing(12)
        line.addWidget(label("まだ保存していません", "strong"))
        line.addWidget(label("決めた対応は、取り込んだあと、同じ様式のファイルで使います。", "small", wrap=True), 1)
        line.addWidget(self.cancel)
        line.addWidget(self.go_on)
        outer.addWidget(foot)

    def show_preview(self, preview: ImportPreview) -> None:
        """Show the columns of a file, likely questions chosen beforehand."""
        self.problem.say("")
        if preview.likely:
            words = f"**見出しの言葉が設問と違う列が{len(preview.likely)}つあります**\n似ている設問を選んであります。確かめて、違うときは選び直してください。"
            self.told.say(words, tone="amber")
        elif preview.remembered:
            self.told.say("前に同じ様式のファイルで決めた対応を使っています。", tone="accent")
        else:
            self.told.say("")
        self.sheets.clear()
        for name in preview.sheets:
            self.sheets.addItem(name, name)
        self.sheets.setCurrentIndex(self.sheets.findData(preview.sheet))
        self._sheet_line.setVisible(len(preview.sheets) > 1)
        self._questions = preview.survey.questions
        self.lines = [ColumnLine(column, self._questions) for column in preview.columns[:_MOST_COLUMNS]]
        for one in self.lines:
            one.box.currentIndexChanged.connect(lambda _n: self._check())
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = self._panel(len(preview.columns))
        self._column.addWidget(self._inside, 1)
        self._check()

    def chosen(self) -> dict[int, str]:
        """Column number to use as chosen now; the columns beyond those shown are not kept."""
        return {one.column.index: one.word() for one in self.lines}

    def take_focus(self) -> None:
        """The first column that was proposed, else the first one."""
        wanted = next((one for one in self.lines if one.proposed), self.lines[0] if self.lines else None)
        target = wanted.box if wanted is not None else self.cancel
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _panel(self, count: int) -> Panel:
        panel = Panel("列の対応", note="左がファイルの列、右がアンケートの設問です")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 4)
        for place, words in enumerate(("ファイルの列", "はじめの内容", "アンケートの設問")):
            grid.addWidget(label(words, "small"), 0, place)
        for line, one in enumerate(self.lines, start=1):
            sample = one.column.sample if not one.column.identifying else "（表示しません）"
            for place, told in enumerate((Paragraph(f"**{one.column.heading}**"), Paragraph(sample, role="second"))):
                # As low as the words inside the box beside it.
                told.setContentsMargins(0, 5, 0, 0)
                grid.addWidget(told, line, place, Qt.AlignmentFlag.AlignTop)
            cell = QWidget()
            inside = QVBoxLayout(cell)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.setSpacing(2)
            for part in (one.box, one.keep, one.hint):
                inside.addWidget(part)
            grid.addWidget(cell, line, 2)
        panel.body.addLayout(grid)
        if count > _MOST_COLUMNS:
            panel.put(label(f"ほかに{count - _MOST_COLUMNS}列あります。取り込みません。", "small"))
        return panel

    def _check(self) -> None:
        """Say which questions have no column, and which one has two."""
        words = [one.word() for one in self.lines]
        numbers = {
            question.code: f"{printed_number(question, place)} {printed_title(question)}"
            for place, question in enumerate(self._questions, start=1)
        }
        # Columns of ticks share their question; two whole columns cannot.
        ticks = {one.word() for one in self.lines if one.column.tick and one.word() == one.column.word}
        twice = [code for code in numbers if words.count(code) > 1 and code not in ticks]
        absent = [text for code, text in numbers.items() if code not in words]
        said = []
        if twice:
            said.append(f"**同じ設問を2つの列に当てています**　{'、'.join(numbers[code] for code in twice)}")
        if absent:
            said.append(
                f"**列がない設問 {len(absent)}つ**　{'、'.join(absent)}\nこのままでは、全員を無回答として数えます。"
            )
        self.missing.say("\n".join(said))
        self.go_on.setEnabled(not twice and len(absent) < len(numbers))


class ColumnsDialog(QDialog):
    """The columns of an answer file over another dialog: which column is which question.

    Signals: those of QDialog.
    """

    def __init__(self, preview: ImportPreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("列と設問")
        self.setModal(True)
        self.mapping = ImportMapping()
        column = QVBoxLayout(self)
        column.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 0)
        column.addWidget(self.mapping)
        self.mapping.show_preview(preview)
        self.mapping.confirmed.connect(self.accept)
        self.mapping.left.connect(self.reject)
        self.finished.connect(self.deleteLater)
        window = parent.window() if parent is not None else None
        self.resize(min(880, window.width() - 16) if window is not None else 880, 440)
        self.mapping.take_focus()
