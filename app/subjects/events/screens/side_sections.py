"""The right column of 概要: recruitment, how far it is prepared, what is still under discussion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.events.rules.preparation import PreparationItem
from app.subjects.events.screens.step_list import StepList
from app.subjects.events.services.agreements import TopicRow
from app.subjects.events.services.event_view import EventView
from app.widgets.buttons import Button
from app.widgets.labels import label, rule, section
from app.widgets.screen import row
from app.window import theme as t
from app.window.icons import picture

_LONG = 18


class RecruitmentSection(QWidget):
    """募集の段取り. Signals: ``ticked(int, bool)``; ``date_asked(StepRow)``; ``paper_asked(str)`` a kind of paper."""

    ticked = Signal(int, bool)
    date_asked = Signal(object)
    paper_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = label("", "strong")
        self.steps = StepList()
        self.steps.ticked.connect(self.ticked)
        self.steps.date_asked.connect(self.date_asked)
        self.steps.paper_asked.connect(self.paper_asked)
        self._people = label("", "small", wrap=True)
        column = _column(self)
        column.addLayout(row(section("募集の段取り"), label("区の目標", "small"), None, self._count))
        column.addWidget(rule())
        column.addWidget(self.steps)
        column.addWidget(self._people)

    def show_view(self, view: EventView, today: date) -> None:
        """Show an event's recruitment."""
        self._count.setText(f"{view.steps_done} / {len(view.steps)}")
        self.steps.show_steps(view.steps, today)
        self._people.setText(view.people_line)


class PreparationSection(QWidget):
    """準備の状態: what is done, and in bold what is not. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = label("", "strong")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        column = _column(self)
        column.addLayout(row(section("準備の状態"), None, self._count))
        column.addWidget(rule())
        column.addLayout(self._grid)

    def show_view(self, view: EventView, today: date) -> None:
        """Show how far an event is prepared."""
        self._count.setText(f"{view.prepared} / {view.prepared_of}")
        _clear(self._grid)
        for number, item in enumerate(view.preparation):
            self._add(number, item, today)

    def _add(self, number: int, item: PreparationItem, today: date) -> None:
        sign = QLabel()
        name, colour = ("check-circle-fill", t.GREEN) if item.done else ("circle", t.SECOND)
        sign.setPixmap(picture(name, 16, colour, ratio=self.devicePixelRatioF()))
        sign.setAccessibleName("済" if item.done else "未了")
        due = short_date(item.due, today) if item.due is not None and not item.done else ""
        state = "" if item.word == "未了" and due else item.word
        words = (
            item.word
            if item.done
            else "　".join(part for part in (state, due if state or not due else f"{due}まで") if part)
        )
        self._grid.addWidget(sign, number, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(label(item.label, "body" if item.done else "strong", wrap=True), number, 1)
        said = label(words, "small", wrap=len(words) > _LONG)
        said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(said, number, 2)


class TopicSection(QWidget):
    """協議: open matters first.

    Signals: ``add_asked()``; ``settle_asked(TopicRow)``; ``opened(TopicRow)`` to look at or mend a record.
    """

    add_asked = Signal()
    settle_asked = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = label("", "strong")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        self.settle_buttons: dict[int, Button] = {}
        add = Button("協議を加える", self.add_asked.emit, icon_name="plus", low=True)
        column = _column(self)
        column.addLayout(row(section("協議"), None, self._count))
        column.addWidget(rule())
        column.addLayout(self._grid)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_topics(self, topics: Sequence[TopicRow], today: date) -> None:
        """Show the matters of an event."""
        waiting = sum(topic.settled_on is None for topic in topics)
        self._count.setText(f"協議中 {waiting}" if waiting else "すべて済")
        _clear(self._grid)
        self.settle_buttons = {}
        for number, topic in enumerate(topics):
            self._add(number, topic, today)

    def _add(self, number: int, topic: TopicRow, today: date) -> None:
        name = Button(topic.topic, lambda: self.opened.emit(topic), kind="link")
        name.setAccessibleName(f"協議「{topic.topic}」の記録を開く")
        name.setToolTip(topic.content or "記録を開く")
        self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignLeft)
        if topic.settled_on is not None:
            words = "　".join(part for part in (f"{short_date(topic.settled_on, today)} 済", topic.number) if part)
            said = label(words, "small", wrap=True)
            said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(said, number, 1, 1, 2)
            return
        since = f"{short_date(topic.asked_on, today)}から" if topic.asked_on is not None else ""
        self._grid.addWidget(label(since or "協議中", "small"), number, 1)
        button = Button("済にする", lambda: self.settle_asked.emit(topic), low=True)
        button.setAccessibleName(f"協議「{topic.topic}」を済にする")
        self._grid.addWidget(button, number, 2)
        self.settle_buttons[topic.id] = button


def _column(owner: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(owner)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    return column


def _clear(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        part = item.widget()
        if part is not None:
            part.hide()
            part.deleteLater()
