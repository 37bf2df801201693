"""照合: the contractor's numbers typed beside ours; every difference stands out at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QLabel, QLineEdit, QWidget

from app.subjects.surveys.answers.parts.import_work import KINDS
from app.subjects.surveys.tally.screens.recount_dialog import RecountDialog
from app.subjects.surveys.tally.services.survey_comparison import (
    ComparedRow,
    TallyComparison,
    compare_tally,
    note_check,
)
from app.subjects.surveys.typing.services.survey_entry import set_contractor_counts
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.labels import Paragraph, label, rule
from app.widgets.note_box import NoteBox
from app.window import theme as t
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of


class CountBox(QLineEdit):
    """One number of the contractor; Enter goes to the next one. Signals: those of QLineEdit."""

    def __init__(self, row: ComparedRow, parent: QWidget | None = None) -> None:
        super().__init__("" if row.theirs is None else str(row.theirs), parent)
        self.row = row
        self.setFixedWidth(t.scaled(64))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setAccessibleName(f"受託者の数　{row.label} {row.title} {row.text}")

    def number(self) -> int | None:
        """The number, None when empty; raises ValueError for anything else."""
        plain = unicodedata.normalize("NFKC", self.text()).strip()
        if not plain:
            return None
        if not plain.isdigit():
            raise ValueError(plain)
        return int(plain)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and ↓ go on, ↑ goes back."""
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.focusNextChild()
        elif plain and event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class ComparisonDialog(DialogFrame):
    """All rows of the tally with a box each.

    ``ask_file`` gives the path of the contractor's raw file or None; the window's own dialog unless replaced.
    Signals: those of ``DialogFrame``.
    """

    def __init__(self, desk: Desk, event_id: int, parent: QWidget | None = None) -> None:
        super().__init__(
            "受託者の集計と照合する",
            main="照合を保存する",
            note=CAN_UNDO,
            width=720,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self._event_id = event_id
        self._found: TallyComparison | None = None
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self.recount_button = Button("受託者の元データで数え直す", self.recount, tall=True)
        self.recount_button.setToolTip("元データは取り込みません。数えて、集計表の数と比べるだけです")
        self.boxes: list[CountBox] = []
        self._marks: list[QLabel] = []
        self.problem = NoteBox()
        self.summary = Paragraph("受託者の集計表の人数を入力してください。入れたところだけを比べます。")
        self.finished_box = QCheckBox("検算を終えたことにする（日付と名前を残す）")
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        for part in (self.problem, self.summary, self._table, rule(), self.finished_box):
            self.put(part)
        self.body.addStretch(1)
        self.put_button(self.recount_button)
        self.confirmed.connect(self._save)
        desk.read(with_store(compare_tally, event_id=event_id), self._show)

    def _show(self, found: TallyComparison) -> None:
        self._found = found
        line = 0
        code = None
        for row in found.rows:
            if row.code != code:
                code = row.code
                line = self._heading(line, row)
            self._grid.addWidget(label(row.text, wrap=True), line, 0)
            box = CountBox(row)
            box.textEdited.connect(lambda _text: self._compare())
            self.boxes.append(box)
            self._grid.addWidget(box, line, 1)
            self._grid.addWidget(label(str(row.ours)), line, 2, Qt.AlignmentFlag.AlignRight)
            mark = label("")
            mark.setMinimumWidth(t.scaled(64))
            mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._marks.append(mark)
            self._grid.addWidget(mark, line, 3)
            line += 1
        self.finished_box.setChecked(found.survey.checked_on is not None)
        self._compare()
        QTimer.singleShot(0, self, self.fit)
        if self.boxes:
            # A turn later: a part that was just laid out is not shown yet, and could not take the focus.
            QTimer.singleShot(0, self.boxes[0], self.boxes[0].setFocus)

    def _heading(self, line: int, row: ComparedRow) -> int:
        if line:
            self._grid.addWidget(rule(), line, 0, 1, 4)
        title = f"{row.label}　{row.title}".strip()
        self._grid.addWidget(label(title, "strong", wrap=True), line + 1, 0)
        for column, words in enumerate(("受託者", "区", "差"), start=1):
            self._grid.addWidget(label(words, "small"), line + 1, column, Qt.AlignmentFlag.AlignRight)
        return line + 2

    def _compare(self) -> None:
        compared = differing = 0
        for box, mark in zip(self.boxes, self._marks, strict=True):
            try:
                theirs = box.number()
            except ValueError:
                mark.setText("数字で")
                mark.setStyleSheet(f"color: {t.RED};")
                continue
            words, colour = "", t.SECOND
            if theirs is not None:
                compared += 1
                differing += theirs != box.row.ours
                gap = theirs - box.row.ours
                words = f"▲ {gap:+d}" if gap else "同じ"
                colour = t.RED if gap else t.GREEN
            mark.setText(words)
            mark.setStyleSheet(f"color: {colour}; font-weight: {'bold' if words.startswith('▲') else 'normal'};")
        if compared:
            told = f"差が **{differing}件** あります。" if differing else "差はありません。"
            self.summary.say(f"{compared}件を比べました。{told}")

    def counts(self) -> dict[str, dict[str, int]]:
        """The numbers typed; raises ValueError when one is none."""
        typed: dict[str, dict[str, int]] = {}
        for box in self.boxes:
            number = box.number()
            if number is not None:
                typed.setdefault(box.row.code, {})[box.row.text] = number
        return typed

    def recount(self) -> None:
        """Count the contractor's raw file and show it beside the numbers typed here."""
        counts = self._checked_counts()
        path = self.ask_file() if counts is not None else None
        if counts is not None and path is not None and self._found is not None:
            questions = self._found.survey.questions
            RecountDialog(self.desk, self._event_id, path, questions, counts, parent=self).open()

    def _ask_file(self) -> Path | None:
        name, _kind = QFileDialog.getOpenFileName(self, "受託者の元データを選ぶ", "", KINDS)
        return Path(name) if name else None

    def _checked_counts(self) -> dict[str, dict[str, int]] | None:
        try:
            return self.counts()
        except ValueError:
            self.problem.say("**数字でないところがあります。**\n「数字で」と出ている欄を直してください。", tone="red")
            return None

    def _save(self) -> None:
        counts = self._checked_counts()
        if self._found is None or counts is None:
            return
        survey_id = self._found.survey.id
        self.wait(True)
        finish = self.finished_box.isChecked()
        self.desk.write(
            with_store(set_contractor_counts, survey_id=survey_id, counts=counts, **self.desk.signed),
            None if finish else self._close,
            owner=self,
            failed=self._refuse,
        )
        if finish:
            self.desk.write(
                with_store(note_check, survey_id=survey_id, **self.desk.signed), self._close, failed=self._refuse
            )

    def _close(self, _saved: object) -> None:
        self.wait(False)
        self.accept()

    def _refuse(self, problem: Exception) -> None:
        self.wait(False)
        note_failure(failure_of(problem), self.problem)
