"""An event without questions: the default ones, or a copy of another event's."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.surveys import SurveyRowView
from app.ui.screens.surveys.page_heading import page_heading
from app.ui.screens.surveys.survey_words import event_words
from app.ui.widgets.buttons import Button, main_button
from app.ui.widgets.kind_square import KindSquare
from app.ui.widgets.labels import Paragraph, label, rule
from app.ui.widgets.panel import Panel
from app.ui.widgets.screen import scrolling


class ChooseQuestions(QWidget):
    """The first choice. Signals: ``default_asked()``; ``copy_asked(int)`` the event to copy from."""

    default_asked = Signal()
    copy_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(page_heading("設問"))
        panel = Panel()
        panel.setMaximumWidth(880)
        panel.put(Paragraph("この実施回の設問は、まだありません。標準の設問から始めて、受託者と協議しながら直せます。"))
        self.default_button = main_button("標準の設問を使う", self.default_asked.emit, icon_name="list-numbers")
        line = QHBoxLayout()
        line.addWidget(self.default_button)
        line.addStretch(1)
        panel.body.addLayout(line)
        column.addWidget(panel)
        self._copies = Panel("ほかの実施回からコピーする")
        self._copies.setMaximumWidth(880)
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self._copies.body.addLayout(self._list)
        column.addWidget(self._copies)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside))
        self.copy_buttons: list[Button] = []

    def show_sources(self, rows: tuple[SurveyRowView, ...], kind: str, today: date) -> None:
        """Offer the surveys that are there, those of the same kind first."""
        while self._list.count():
            item = self._list.takeAt(0)
            part = item.widget() if item is not None else None
            if part is not None:
                part.hide()
                part.deleteLater()
        self.copy_buttons = []
        sources = sorted((row for row in rows if row.questions), key=lambda row: row.event.kind != kind)
        self._copies.setVisible(bool(sources))
        for place, row in enumerate(sources):
            if place:
                self._list.addWidget(rule())
            self._list.addWidget(self._line(row, today))

    def _line(self, row: SurveyRowView, today: date) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(KindSquare(row.event.kind))
        line.addWidget(label(event_words(row.event, today), wrap=True), 1)
        line.addWidget(label(f"{row.questions}問", "second"))
        button = Button("コピーして使う", lambda: self.copy_asked.emit(row.event.id), low=True)
        button.setAccessibleName(f"{event_words(row.event, today)}　コピーして使う")
        line.addWidget(button)
        self.copy_buttons.append(button)
        return holder

    def take_focus(self) -> None:
        """The button."""
        self.default_button.setFocus(Qt.FocusReason.OtherFocusReason)
