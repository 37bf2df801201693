"""概要 of one event: deadlines, the day, equipment, recruitment, preparation, 協議 and the record of the day."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.subjects.events.parts.override_dialog import OverrideDialog
from app.subjects.events.screens.day_sections import AgendaDialog, AgendaSection, EquipmentDialog, EquipmentSection
from app.subjects.events.screens.deadline_section import DeadlineSection
from app.subjects.events.screens.result_section import ResultDialog, ResultSection
from app.subjects.events.screens.side_sections import PreparationSection, RecruitmentSection, TopicDialog, TopicSection
from app.subjects.events.screens.step_list import StepDateDialog
from app.subjects.events.services.deadlines import remove_override
from app.subjects.events.services.equipment import check_equipment, uncheck_equipment
from app.subjects.events.services.event_results import mark_held
from app.subjects.events.services.event_view import EventView
from app.subjects.events.services.recruitment import tick_step, untick_step
from app.subjects.events.services.task import Task
from app.widgets.note_box import NoteBox
from app.widgets.screen import scrolling
from app.window import theme as t
from app.window.desk import Desk, with_store
from db.records.events import EquipmentItem

_RIGHT = 272
_BESIDE = 2 * t.PAGE_X + 24 + _RIGHT
_TABLE = 750
"""The room that the deadlines need; with less beside it, the right column stands under them."""
_SIDE_BY_SIDE = 790
"""The room in which timetable and equipment stand side by side."""


class Overview(QWidget):
    """The 概要. Signals: ``followed(WayThere)`` a deadline leads elsewhere."""

    followed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: EventView | None = None
        self.warnings = NoteBox(tone="amber")
        self.deadlines = DeadlineSection(today=desk.today())
        self.agenda = AgendaSection()
        self.equipment = EquipmentSection()
        self.recruitment = RecruitmentSection()
        self.preparation = PreparationSection()
        self.topics = TopicSection()
        self.result = ResultSection()
        self._build()
        self._connect()

    def _build(self) -> None:
        page = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._across.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 16)
        self._across.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.warnings)
        left.addWidget(self.deadlines)
        self._day = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._day.setSpacing(16)
        self._day.addWidget(self.agenda, 58, Qt.AlignmentFlag.AlignTop)
        self._day.addWidget(self.equipment, 42, Qt.AlignmentFlag.AlignTop)
        left.addLayout(self._day)
        left.addStretch(1)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(20)
        for part in (self.recruitment, self.preparation, self.topics, self.result):
            right.addWidget(part)
        right.addStretch(1)
        self._across.addLayout(left, 1)
        self._across.addWidget(self._right)
        self.area: QScrollArea = scrolling(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)

    def _connect(self) -> None:
        self.deadlines.followed.connect(self.followed)
        self.deadlines.override_asked.connect(lambda task: OverrideDialog(self._desk, task, self).open())
        self.deadlines.reset_asked.connect(self._reset)
        self.agenda.edit_asked.connect(self.edit_agenda)
        self.equipment.edit_asked.connect(self.edit_equipment)
        self.equipment.check_asked.connect(self._check)
        self.recruitment.ticked.connect(self._tick)
        self.recruitment.date_asked.connect(lambda step: StepDateDialog(self._desk, step, self).open())
        self.recruitment.paper_asked.connect(self._open_paper)
        self.topics.add_asked.connect(lambda: self._topic("add"))
        self.topics.settle_asked.connect(lambda topic: self._topic("settle", topic))
        self.topics.opened.connect(lambda topic: self._topic("change", topic))
        self.result.record_asked.connect(self.record_result)
        self.result.held_asked.connect(self._mark_held)

    def _open_paper(self, kind: str) -> None:
        """Go to the paper of a recruitment step."""
        if self._view is not None:
            self._desk.go("letters", event_id=self._view.event.id, kind=kind)

    def show_view(self, view: EventView) -> None:
        """Show an event."""
        self._view = view
        today = self._desk.today()
        texts = [warning.text for warning in view.warnings]
        if view.event.exception_reason:
            texts.append(f"記録した理由　{view.event.exception_reason}（{view.event.exception_kind}）")
        self.warnings.say("\n".join(texts))
        self.deadlines.show_view(view)
        self.agenda.show_view(view)
        self.equipment.show_view(view)
        self.recruitment.show_view(view, today)
        self.preparation.show_view(view, today)
        self.topics.show_topics(view.topics, today)
        self.result.show_view(view, today)

    def go_to(self, *, part: str = "", step_id: int | None = None) -> None:
        """Bring a part into sight: a recruitment step, or "result", which is asked for where it is not there yet."""
        if part == "result" and self._view is not None and self._view.result is None:
            if not self.result.record_button.isHidden():
                self.record_result()
            return
        box = self.recruitment.steps.boxes.get(step_id) if step_id is not None else None
        target = box or (self.result.record_button if part == "result" else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, target, lambda: self.area.ensureWidgetVisible(target))

    def edit_agenda(self) -> None:
        """Open the editor of the timetable."""
        if self._view is not None:
            AgendaDialog(self._desk, self._view, self).open()

    def edit_equipment(self) -> None:
        """Open the editor of the equipment."""
        if self._view is not None:
            EquipmentDialog(self._desk, self._view, self).open()

    def record_result(self) -> None:
        """Open the record of the day."""
        if self._view is not None:
            ResultDialog(self._desk, self._view, self).open()

    def _topic(self, doing: str, topic: object = None) -> None:
        if self._view is not None:
            event_id = self._view.event.id
            TopicDialog(self._desk, event_id=event_id, doing=doing, topic=topic, parent=self).open()  # type: ignore[arg-type]

    def _check(self, item: EquipmentItem) -> None:
        service = check_equipment if item.checked_on is None else uncheck_equipment
        self._desk.write(with_store(service, item_id=item.id, **self._desk.signed), failed=self._refuse, owner=self)

    def _tick(self, step_id: int, done: bool) -> None:
        self._desk.write(
            with_store(tick_step if done else untick_step, step_id=step_id, **self._desk.signed),
            failed=self._refuse,
            owner=self,
        )

    def _refuse(self, problem: Exception) -> None:
        """What was pressed shows again what is stored."""
        self._desk.fail(problem)
        if self._view is not None:
            self.show_view(self._view)

    def _reset(self, task: Task) -> None:
        self._desk.write(
            with_store(remove_override, event_id=task.event_id or 0, task=task.task, **self._desk.signed), owner=self
        )

    def _mark_held(self) -> None:
        if self._view is not None:
            self._desk.write(with_store(mark_held, event_id=self._view.event.id, **self._desk.signed), owner=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where the room is short, the day's two lists under each other where it is shorter still."""
        super().resizeEvent(event)
        room = t.unscaled(self.width())
        wide = room >= _TABLE + _BESIDE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._across.setDirection(across if wide else down)
        if wide:
            self._right.setFixedWidth(t.scaled(_RIGHT))
        else:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16_777_215)
        left = room - (_BESIDE if wide else 2 * t.PAGE_X)
        self._day.setDirection(across if left >= _SIDE_BY_SIDE else down)
