"""The totals of an earlier year to be typed in: every question with its options and n."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.rules.tally_result import OUTSIDE
from app.subjects.surveys.tally.rules.cross_table import all_rows
from app.widgets.labels import label, rule
from app.window import theme as t
from db.records.surveys import EarlierQuestion, Question

BASE = "ｎ（この設問の回収数）"


class NumberBox(QLineEdit):
    """One number; Enter and ↓ go to the next one. Signals: those of QLineEdit."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(t.scaled(72))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.setAccessibleName(name)

    def number(self) -> int | None:
        """The number, None when empty; raises ValueError for anything else."""
        plain = unicodedata.normalize("NFKC", self.text()).strip()
        if not plain:
            return None
        if not plain.isdigit():
            raise ValueError(self.accessibleName())
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


class EarlierGrid(QWidget):
    """A box for every option of this year's questions; what an earlier year asked besides is kept. Signals: none."""

    def __init__(
        self, questions: Sequence[Question], numbers: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._questions = tuple(questions)
        self._others: tuple[EarlierQuestion, ...] = ()
        self._titles: dict[str, str] = {}
        self.boxes: dict[tuple[str, str], NumberBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        line = 0
        for question in self._questions:
            title = f"{numbers.get(question.code, '')}　{printed_title(question)}".strip()
            grid.addWidget(rule(), line, 0, 1, 2)
            grid.addWidget(label(title, "strong", wrap=True), line + 1, 0, 1, 2)
            line += 2
            for name in (*_names(question), BASE):
                grid.addWidget(label(name, "small" if name == BASE else "body", wrap=True), line, 0)
                box = NumberBox(f"{title}　{name}")
                self.boxes[question.code, name] = box
                grid.addWidget(box, line, 1)
                line += 1

    def show_totals(self, given: Sequence[EarlierQuestion]) -> None:
        """Put these totals into the boxes; questions and options that this year doesn't ask are kept beside them."""
        known = {question.code for question in self._questions}
        self._others = tuple(one for one in given if one.code not in known)
        for one in given:
            if one.code not in known:
                continue
            names = {name for code, name in self.boxes if code == one.code}
            if not set(one.counts) <= names:
                # Other options are another question: kept as they are, shown as not comparable.
                self._others += (one,)
                continue
            self._titles[one.code] = one.title
            for name, count in (*one.counts.items(), (BASE, one.base)):
                self.boxes[one.code, name].setText(str(count))

    @property
    def others(self) -> tuple[EarlierQuestion, ...]:
        """What is kept although this year doesn't ask it so."""
        return self._others

    def totals(self, sheets: int) -> tuple[EarlierQuestion, ...]:
        """What stands in the boxes; raises ValueError naming a box that holds no number.

        A question with numbers but without n has the n of all sheets; options left empty are nobody.
        """
        found = []
        kept = {one.code for one in self._others}
        for question in self._questions:
            if question.code in kept:
                continue
            counts = {name: self.boxes[question.code, name].number() for name in _names(question)}
            base = self.boxes[question.code, BASE].number()
            if all(count is None for count in counts.values()):
                continue
            found.append(
                EarlierQuestion(
                    code=question.code,
                    title=self._titles.get(question.code, printed_title(question)),
                    type=question.type,
                    base=sheets if base is None else base,
                    counts={name: count or 0 for name, count in counts.items()},
                )
            )
        return (*found, *(replace(one) for one in self._others))


def _names(question: Question) -> list[str]:
    return [name for name in all_rows(question) if name != OUTSIDE]
