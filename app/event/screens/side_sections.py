"""Right column of the 概要: recruitment steps and 協議, with the form of a 協議."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.common.display_words import left_words
from app.common.join_nonempty import join_nonempty
from app.event.parts import settlement_options
from app.event.rules.event_warning import AGREEMENT
from app.event.screens.step_list import EnterBox, StepList
from app.event.services.agreements import change_topic, open_topic, remove_topic, reopen_topic
from app.event.services.event_view import EventView
from app.widgets.buttons import Button, inline_button, link_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, section, separator, small_label, with_accessible_name
from app.widgets.layouts import add, in_column, in_grid
from app.widgets.screen import clear_layout, disable_when_read_only, widget_row
from app.window import theme as t
from app.window.app_context import AppContext
from db.records.agreements import Agreement

TopicAction = Literal["add", "change"]
_TITLES: dict[str, tuple[str, str]] = {
    "add": ("協議を加える", "協議中にする"),
    "change": ("協議の記録", "記録を保存する"),
}


class RecruitmentSection(QWidget):
    """Section 募集の段取り.

    Signals: ``ticked(int, bool)``, ``date_asked(StepRow)``, ``document_asked(str)`` open a kind of document.
    """

    ticked = Signal(int, bool)
    date_asked = Signal(object)
    document_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._count = label("", "strong")
        self.steps = StepList()
        self.steps.ticked.connect(self.ticked)
        self.steps.date_asked.connect(self.date_asked)
        self.steps.document_asked.connect(self.document_asked)
        self._people = small_label()
        column = _column(self)
        column.addLayout(
            widget_row(section("募集の段取り"), label("目安日　Space 済　Enter 書類", "small"), None, self._count)
        )
        column.addWidget(separator())
        column.addWidget(self.steps)
        column.addWidget(self._people)

    def show_view(self, view: EventView, today: date) -> None:
        """Show an event's recruitment steps, how many of them are done, and its people in a line."""
        cancelled = not view.event.status.counts
        done = sum(step.is_closed for step in view.steps)
        self._count.setText("中止" if cancelled else left_words(done, len(view.steps)))
        self.steps.show_steps(view.steps, today)
        self._people.setText(view.people_line)


class TopicSection(QWidget):
    """Section 協議, with settled and withdrawn ones folded; open ones can be settled together on one day.

    Signals:
        ``settle_asked(list, date)``: settle the ticked ids on the day.
        ``opened(Agreement)``: open a record.
    """

    settle_asked = Signal(list, object)
    opened = Signal(object)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self._count = label("", "strong")
        self.fold = FoldLine(done=True, key="agreements/done")
        self._done = QWidget()
        self._done_grid, self._grid = _grid(), _grid()
        self._done.setLayout(self._done_grid)
        self.fold.fold_away(self._done)
        self.withdrawn = FoldLine("取消", key="agreements/withdrawn")
        self._off = QWidget()
        self._off_grid = _grid()
        self._off.setLayout(self._off_grid)
        self.withdrawn.fold_away(self._off)
        self.boxes: dict[int, EnterBox] = {}
        self.form = Form(
            (Field("day", "協議した日", "date", width=88, shows_full_date=False),),
            app_context.fiscal_year,
            label_width=74,
        )
        self.button = inline_button("済にする", self._settle)
        self._together = QWidget()
        line = widget_row()
        add(line, (self.form, 1, Qt.AlignmentFlag.AlignTop), (self.button, 0, Qt.AlignmentFlag.AlignTop))
        self._together.setLayout(line)
        self.add = Button("協議を加える", icon_name="plus", kind="link")
        self.records = link_button("協議・打合せの記録")
        self.all = link_button("すべてに印", self._tick_all)
        column = _column(self)
        column.addLayout(widget_row(section("協議"), None, self._count))
        column.addWidget(separator())
        column.addWidget(self.fold)
        column.addWidget(self._done)
        column.addWidget(self.withdrawn)
        column.addWidget(self._off)
        column.addLayout(self._grid)
        column.addWidget(self._together)
        column.addWidget(FlowRow(self.add, self.records, self.all, spacing=16))
        disable_when_read_only(app_context, self.button, self.add, self.all)

    def show_topics(self, topics: Sequence[Agreement], today: date) -> None:
        """Show the 協議 of an event; ticks and focus are kept."""
        self._today = today
        known = {topic.id for topic in topics}
        ticked = {number for number, box in self.boxes.items() if box.isChecked()}
        focused = next((number for number, box in self.boxes.items() if box.hasFocus()), None)
        if not known & set(self.boxes):
            self.form.set_values({"day": today})
        waiting = [topic for topic in topics if topic.is_open]
        settled = [topic for topic in topics if topic.is_in_effect and not topic.is_open]
        withdrawn = [topic for topic in topics if not topic.is_in_effect]
        self._count.setText(left_words(len(settled), len(settled) + len(waiting)))
        self.fold.show_count(len(settled), *(topic.topic for topic in settled))
        self.withdrawn.show_count(len(withdrawn), *(topic.topic for topic in withdrawn))
        for grid in (self._done_grid, self._off_grid, self._grid):
            clear_layout(grid)
        self.boxes = {}
        for grid, topics_of in ((self._done_grid, settled), (self._off_grid, withdrawn)):
            for number, topic in enumerate(topics_of):
                self._add_closed(grid, number, topic)
        for number, topic in enumerate(waiting):
            self._add_open(number, topic, checked=topic.id in ticked)
        if focused in self.boxes:
            self.boxes[focused].setFocus()
        self._update_button()

    def _add_closed(self, grid: QGridLayout, number: int, topic: Agreement) -> None:
        name = with_accessible_name(
            link_button(topic.topic, lambda: self.opened.emit(topic)), f"協議「{topic.topic}」の記録を開く"
        )
        name.setToolTip(
            f"取消の理由　{topic.withdrawn_reason}" if topic.withdrawn_on else topic.content or "記録を開く"
        )
        grid.addWidget(name, number, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        day, word = (topic.withdrawn_on, "取消") if topic.withdrawn_on else (topic.settled_on, "済")
        stated = f"{short_date(day, self._today)} {word}" if day is not None else word
        said = small_label(join_nonempty(stated, topic.number))
        said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(said, number, 2)

    def _add_open(self, number: int, topic: Agreement, *, checked: bool) -> None:
        """Add a topic that is open, with a box to tick and a link that emits ``opened``."""
        box = EnterBox(topic.topic)
        box.setMinimumHeight(t.scaled(t.LOW_ROW))
        box.setChecked(checked)
        box.setToolTip(f"{topic.content}\nスペースで印を付けます。Enterで記録を開きます。".strip())
        box.toggled.connect(self._update_button)
        box.opened.connect(lambda: self.opened.emit(topic))
        self._grid.addWidget(box, number, 0, 1, 2)
        since = f"{short_date(topic.asked_on, self._today)}から" if topic.asked_on is not None else "記録"
        record = with_accessible_name(
            link_button(since, lambda: self.opened.emit(topic)), f"協議「{topic.topic}」の記録を開く"
        )
        record.setToolTip("記録を開く")
        self._grid.addWidget(record, number, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.boxes[topic.id] = box

    def _update_button(self) -> None:
        """Show the day and the button that settles the ticked topics, only while one is ticked."""
        ticked = sum(box.isChecked() for box in self.boxes.values())
        self.all.setVisible(len(self.boxes) > 1 and ticked < len(self.boxes))
        self._together.setVisible(bool(ticked))
        self.button.set_words(f"{ticked}件を済にする" if ticked else "済にする")
        self.button.setEnabled(bool(ticked) and self.add.isEnabled())
        self.button.setToolTip("" if ticked else "整った協議に印を付けます。")

    def _tick_all(self) -> None:
        """Tick all open 協議, as most are settled in one talk; the keyboard stands at the first then."""
        for box in reversed(self.boxes.values()):
            box.setChecked(True)
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self) -> None:
        if self.form.check_all():
            ticked = [number for number, box in self.boxes.items() if box.isChecked()]
            self.settle_asked.emit(ticked, self.form.value("day"))


class TopicDialog(SavingDialog):
    """Form of one 協議. Signals: those of ``SavingDialog``.

    ``mode`` "add" opens a new one, with ``about`` as its 事項 and ``content`` as its 内容; "change" edits ``topic``,
    which can also be deleted or set back to 協議中 here.
    """

    def __init__(
        self,
        parent: QWidget,
        *,
        event_id: int,
        mode: TopicAction,
        topic: Agreement | None = None,
        about: str = "",
        content: str = "",
    ):
        title, verb = _TITLES[mode]
        super().__init__(parent, title, topic.topic if topic else "", main=verb, width=680)
        self._event_id = event_id
        self._doing = mode
        self._topic = topic
        self._about, self._content = about, content
        self.put_form(
            Form(self._fields(), self.app_context.fiscal_year, label_width=140),
            self._values(),
            focus="topic" if mode == "add" and not about else "content",
        )
        if topic is not None and mode == "change":
            self.put_button(Button("この記録を消す", self._remove, kind="danger", tall=True))
            if topic.settled_on is not None:
                self.put_button(Button("協議中に戻す", self._reopen, tall=True))

    def _fields(self) -> tuple[Field, ...]:
        """Return the fields of a 協議; 整った日 only of a settled one."""
        settled = self._topic is not None and self._topic.settled_on is not None
        fields = (
            Field("topic", "事項", hint="日程、内容、機材、設問など"),
            Field("asked_on", "始めた日", "date", width=120, optional=True),
            Field("settled_on", "整った日", "date", width=120),
            Field("content", "内容", "lines", lines=6 if self._content else 3, optional=True),
            Field("number", "協議記録番号", width=160, optional=True),
            Field("partner", "相手", width=280, optional=True, placeholder="受託者　業務責任者"),
            Field("nature", "扱い", "choice", choices=settlement_options(strict=False)),
            record_field(Agreement, "note", hint="契約課へ確認したときは、日・相手・答え"),
        )
        return tuple(field for field in fields if field.key != "settled_on" or settled)

    def _values(self) -> dict[str, Any]:
        """Return the values with which the form begins: those of the 協議; of a new one 事項, day and 扱い."""
        today = self.today
        topic = self._topic
        if topic is None:
            return {"topic": self._about, "asked_on": today, "nature": AGREEMENT, "content": self._content}
        keys = ("topic", "asked_on", "content", "number", "partner", "nature", "note")
        values = {key: getattr(topic, key) for key in keys}
        return values | {"settled_on": topic.settled_on or today}

    def _save(self) -> None:
        """Save a new 協議, or the changes of a known one."""
        values = self.form.values()
        if self._doing == "add" or self._topic is None:
            self.run_action(open_topic, event_id=self._event_id, **values)
        else:
            self.run_action(change_topic, agreement_id=self._topic.id, values=values)

    def _reopen(self) -> None:
        if self._topic is not None:
            self.run_action(reopen_topic, agreement_id=self._topic.id)

    def _remove(self) -> None:
        if self._topic is not None:
            self.run_action(remove_topic, agreement_id=self._topic.id)


def _column(owner: QWidget) -> QVBoxLayout:
    return in_column(owner=owner, spacing=2)


def _grid() -> QGridLayout:
    return in_grid(margins=(0, 0, 0, 0), across=8, down=0, wide=1)
