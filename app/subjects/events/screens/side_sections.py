"""The right column of 概要: recruitment, how far it is prepared, what is still under discussion, with its form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.events.rules.event_warning import AGREEMENT, NEEDS
from app.subjects.events.rules.preparation import PreparationItem
from app.subjects.events.screens.step_list import StepList
from app.subjects.events.services.agreements import (
    TopicRow,
    change_topic,
    open_topic,
    remove_topic,
    reopen_topic,
    settle_topic,
)
from app.subjects.events.services.event_view import EventView
from app.widgets.buttons import Button
from app.widgets.dialog_frame import CAN_UNDO
from app.widgets.dialogs import SavingDialog
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import label, rule, section
from app.widgets.screen import row
from app.window import theme as t
from app.window.desk import Desk, with_store
from app.window.icons import picture
from db.records.agreements import Agreement

_LONG = 18
Task = Literal["add", "settle", "change"]
_TITLES: dict[str, tuple[str, str]] = {
    "add": ("協議を加える", "協議中にする"),
    "settle": ("協議を済にする", "協議を済にする"),
    "change": ("協議の記録", "記録を保存する"),
}
_SETTLED = ("settled_on", "content", "number", "partner", "nature", "note")


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


class TopicDialog(SavingDialog):
    """One matter. Signals: those of ``SavingDialog``."""

    def __init__(
        self, desk: Desk, *, event_id: int, doing: Task, topic: TopicRow | None = None, parent: QWidget | None = None
    ) -> None:
        title, verb = _TITLES[doing]
        super().__init__(desk, title, topic.topic if topic else "", main=verb, note=CAN_UNDO, width=680, parent=parent)
        self._event_id = event_id
        self._doing = doing
        self._topic = topic
        self.form = Form(self._fields(), fiscal_year=desk.fiscal_year, label_width=140)
        self.form.set_values(self._values())
        self.put(self.form)
        self.body.addStretch(1)
        if topic is not None and doing == "change":
            self.put_button(Button("この記録を消す", self._remove, kind="danger", tall=True))
            if topic.settled_on is not None:
                self.put_button(Button("協議中に戻す", self._reopen, tall=True))
        self.confirmed.connect(self._save)
        self.form.go_to("topic" if doing == "add" else "content" if doing == "change" else "settled_on")

    def _fields(self) -> tuple[Field, ...]:
        settled = self._doing == "settle" or (self._topic is not None and self._topic.settled_on is not None)
        fields = (
            Field(key="topic", label="事項", hint="日程、内容、機材、設問など"),
            Field(key="asked_on", label="始めた日", kind="date", width=120, optional=True),
            Field(key="settled_on", label="整った日", kind="date", width=120),
            Field(key="content", label="内容", kind="lines", lines=3, optional=True),
            Field(key="number", label="協議記録番号", width=160, optional=True),
            Field(key="partner", label="相手", width=280, optional=True, placeholder="受託者　業務責任者"),
            Field(key="nature", label="扱い", kind="choice", choices=tuple((each, each) for each in NEEDS)),
            Field(key="note", label="メモ", optional=True, hint="契約課へ確認したときは、日・相手・答え"),
        )
        return tuple(field for field in fields if field.key != "settled_on" or settled)

    def _values(self) -> dict[str, Any]:
        today = self.desk.today()
        topic = self._topic
        if topic is None:
            return {"asked_on": today, "nature": AGREEMENT}
        keys = ("topic", "asked_on", "content", "number", "partner", "nature", "note")
        values: dict[str, Any] = {key: getattr(topic, key) for key in keys}
        return values | {"settled_on": topic.settled_on or today}

    def _save(self) -> None:
        if not self.form.check_all():
            return
        values = self.form.values()
        if self._doing == "add" or self._topic is None:
            given = {key: values[key] for key in ("topic", "content", "asked_on", "partner", "nature")}
            self.send(with_store(open_topic, event_id=self._event_id, **given, **self.desk.signed))
        elif self._doing == "settle":
            given = {key: values[key] for key in _SETTLED}
            self.send(with_store(settle_topic, agreement_id=self._topic.id, **given, **self.desk.signed))
        else:
            settled = values.get("settled_on") if self._topic.settled_on is not None else None
            record = Agreement(
                id=self._topic.id, event_id=self._topic.event_id, number=values["number"], topic=values["topic"],
                content=values["content"], asked_on=values["asked_on"], settled_on=settled,
                partner=values["partner"], nature=values["nature"], note=values["note"],
            )  # fmt: skip
            self.send(with_store(change_topic, agreement=record, **self.desk.signed))

    def _reopen(self) -> None:
        if self._topic is not None:
            self.send(with_store(reopen_topic, agreement_id=self._topic.id, **self.desk.signed))

    def _remove(self) -> None:
        if self._topic is not None:
            self.send(with_store(remove_topic, agreement_id=self._topic.id, **self.desk.signed))


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
