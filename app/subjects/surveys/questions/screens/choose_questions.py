"""An event without questions: a master of the library, the default ones, or a copy of another event's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.surveys.questions.parts.page_heading import page_heading
from app.subjects.surveys.questions.parts.survey_words import event_words, year_words
from app.subjects.surveys.questions.services.questionnaires import QuestionnaireRow
from app.subjects.surveys.questions.services.surveys import SurveyRowView
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.kind_square import KindSquare
from app.widgets.labels import Paragraph, label, rule
from app.widgets.panel import Panel
from app.widgets.screen import scrolling


class ChooseQuestions(QWidget):
    """The first choice.

    Signals: ``default_asked()``; ``master_asked(int)`` the master to copy; ``copy_asked(int)`` the event to copy
    from; ``library_asked()`` the library of masters.
    """

    default_asked = Signal()
    master_asked = Signal(int)
    copy_asked = Signal(int)
    library_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(page_heading("設問"))
        panel = Panel()
        panel.setMaximumWidth(880)
        panel.put(
            Paragraph(
                "この実施回の設問は、まだありません。ひな形か標準の設問から始めて、受託者と協議しながら直せます。"
                "選んだ設問は実施回だけの写しになり、あとでひな形を直しても変わりません。"
            )
        )
        self.default_button = main_button("標準の設問を使う", self.default_asked.emit, icon_name="list-numbers")
        panel.put(FlowRow(self.default_button, link_button("設問のひな形を開く", self.library_asked.emit), spacing=16))
        column.addWidget(panel)
        self._masters, self._master_list = _listed(column, "ひな形から使う")
        self._copies, self._list = _listed(column, "ほかの実施回からコピーする")
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside))
        self.master_buttons: list[Button] = []
        self.copy_buttons: list[Button] = []
        self._masters.hide()
        self._copies.hide()

    def show_masters(self, rows: tuple[QuestionnaireRow, ...], today: date) -> None:
        """Offer the masters of the event's kind, the newest year first."""
        _empty(self._master_list)
        self.master_buttons = []
        offered = [row for row in rows if row.questionnaire.questions]
        self._masters.setVisible(bool(offered))
        for place, row in enumerate(offered):
            if place:
                self._master_list.addWidget(rule())
            master = row.questionnaire
            agreed = f"協議済 {short_date(master.agreed_on, today)}" if master.agreed_on else "協議前"
            name = f"{year_words(master.fiscal_year)}{master.name}"
            line, button = _line(
                master.kind, name, f"{len(master.questions)}問　{agreed}", "このひな形を使う",
                partial(self.master_asked.emit, row.id),
            )  # fmt: skip
            self._master_list.addWidget(line)
            self.master_buttons.append(button)

    def show_sources(self, rows: tuple[SurveyRowView, ...], kind: str, today: date) -> None:
        """Offer the surveys that are there, those of the same kind first."""
        _empty(self._list)
        self.copy_buttons = []
        sources = sorted((row for row in rows if row.questions), key=lambda row: row.event.kind != kind)
        self._copies.setVisible(bool(sources))
        for place, row in enumerate(sources):
            if place:
                self._list.addWidget(rule())
            line, button = _line(
                row.event.kind, event_words(row.event, today), f"{row.questions}問", "コピーして使う",
                partial(self.copy_asked.emit, row.event.id),
            )  # fmt: skip
            self._list.addWidget(line)
            self.copy_buttons.append(button)

    def take_focus(self) -> None:
        """The button."""
        self.default_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _listed(column: QVBoxLayout, title: str) -> tuple[Panel, QVBoxLayout]:
    panel = Panel(title)
    panel.setMaximumWidth(880)
    inside = QVBoxLayout()
    inside.setSpacing(6)
    panel.body.addLayout(inside)
    column.addWidget(panel)
    return panel, inside


def _empty(column: QVBoxLayout) -> None:
    while column.count():
        item = column.takeAt(0)
        part = item.widget() if item is not None else None
        if part is not None:
            part.hide()
            part.deleteLater()


def _line(kind: str, name: str, more: str, verb: str, act: Callable[[], object]) -> tuple[QWidget, Button]:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(KindSquare(kind))
    line.addWidget(label(name, wrap=True), 1)
    line.addWidget(label(more, "second"))
    button = Button(verb, act, low=True)
    button.setAccessibleName(f"{name}　{verb}")
    line.addWidget(button)
    return holder, button
