"""概要 of one event: deadlines, the day, equipment, recruitment, 協議 and the record of the day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from app.common.kept_words import shown
from app.subjects.events.event.parts.override_dialog import OverrideDialog
from app.subjects.events.event.parts.result_dialog import ResultDialog
from app.subjects.events.event.rules.agenda import LENGTH_TOPIC
from app.subjects.events.event.rules.event_warning import to_look_at_now
from app.subjects.events.event.screens.day_sections import (
    AgendaDialog,
    AgendaSection,
    EquipmentDialog,
    EquipmentSection,
)
from app.subjects.events.event.screens.deadline_section import DeadlineSection
from app.subjects.events.event.screens.result_section import ResultSection
from app.subjects.events.event.screens.side_sections import RecruitmentSection, TopicDialog, TopicSection
from app.subjects.events.event.screens.step_list import StepDateDialog
from app.subjects.events.event.services.agreements import settle_topics
from app.subjects.events.event.services.equipment import check_equipment, uncheck_equipment
from app.subjects.events.event.services.event_results import mark_held
from app.subjects.events.event.services.event_view import EventView
from app.subjects.events.event.services.recruitment import tick_step, untick_step
from app.subjects.events.event.services.tasks.deadlines import close_unrecorded, remove_override, reopen_unrecorded
from app.subjects.events.event.services.tasks.task import Task
from app.widgets.dialogs.usual_dialogs import ReasonDialog
from app.widgets.layouts import add, fold, in_column
from app.widgets.note_box import NoteBox
from app.widgets.page_edge import follow_page_edge
from app.widgets.screen import scrolling
from app.widgets.sending import Sending
from app.window import theme as t
from app.window.desk import Desk, acting
from app.window.later import later
from db.records.agreements import Agreement
from db.records.events import EquipmentItem

_RIGHT = 276
_MEASURE_MS = 60
_LEAST_DAY = 100
"""The head and two rows of timetable and equipment; with less room beside the deadlines the page scrolls as a whole."""
_BESIDE = 2 * t.PAGE_X + 20 + _RIGHT
_TABLE = 750
"""The room that the deadlines need; with less beside it, the right column stands under them."""
_SIDE_BY_SIDE = 790
"""The room in which timetable and equipment stand side by side."""


class Overview(Sending, QWidget):
    """The 概要. Signals: ``followed(Route)`` a deadline leads elsewhere."""

    followed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._view: EventView | None = None
        self._wide = self._whole = self._measuring = False
        self._too_low = (0, 0, 0)
        self.cancelled = NoteBox(tone="red")
        self.warnings = NoteBox(tone="amber")
        self.deadlines = DeadlineSection(today=desk.today())
        self.agenda = AgendaSection()
        self.equipment = EquipmentSection()
        self.recruitment = RecruitmentSection()
        self.topics = TopicSection(desk)
        self.result = ResultSection()
        self._fit_soon = later(self, self._fit)
        self.recruitment.installEventFilter(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        page = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._across.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 16)
        follow_page_edge(page, self._across)
        self._across.setSpacing(20)
        left = in_column(self.cancelled, self.warnings, self.deadlines, spacing=16)
        self._day = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._day.setSpacing(16)
        self._day.addWidget(self.agenda, 58, Qt.AlignmentFlag.AlignTop)
        self._day.addWidget(self.equipment, 42, Qt.AlignmentFlag.AlignTop)
        add(left, self._day, None)
        self._right = QWidget()
        right = in_column(owner=self._right, spacing=20)
        for part in (self.recruitment, self.topics, self.result):
            right.addWidget(part)
        right.addStretch(1)
        self._across.addLayout(left, 1)
        self._across.addWidget(self._right)
        self.area: QScrollArea = scrolling(page)
        in_column(self.area, owner=self)

    def _connect(self) -> None:
        self.deadlines.followed.connect(self.followed)
        self.deadlines.override_asked.connect(lambda task: OverrideDialog(self.desk, task, self).open())
        self.deadlines.reset_asked.connect(self._reset)
        self.deadlines.reason_asked.connect(self._say_why)
        self.deadlines.agenda_asked.connect(self.edit_agenda)
        self.deadlines.equipment_asked.connect(self.edit_equipment)
        self.agenda.edit_asked.connect(self.edit_agenda)
        self.agenda.agree_asked.connect(self.record_length)
        self.equipment.edit_asked.connect(self.edit_equipment)
        self.equipment.check_asked.connect(self._check)
        self.recruitment.ticked.connect(self._tick)
        self.recruitment.date_asked.connect(lambda step: StepDateDialog(self.desk, step, self).open())
        self.recruitment.paper_asked.connect(self._open_paper)
        self.topics.add_asked.connect(lambda: self._topic("add"))
        self.topics.records_asked.connect(self._open_records)
        self.topics.settle_asked.connect(self._settle)
        self.topics.opened.connect(self._open_topic)
        self.result.record_asked.connect(self.record_result)
        self.result.held_asked.connect(self._mark_held)

    def _open_paper(self, kind: str) -> None:
        """Go to the paper of a recruitment step."""
        if self._view is not None:
            self.desk.go("letters", event_id=self._view.event.id, kind=kind)

    def show_view(self, view: EventView) -> None:
        """Show an event."""
        self._view = view
        today = self.desk.today()
        reason = view.event.cancel_reason or "理由は記録されていません"
        self.cancelled.say(f"**中止**　{reason}" if view.event.status == "中止" else "")
        texts = [warning.text for warning in view.warnings]
        if view.event.exception_reason:
            texts.append(f"記録した理由　{view.event.exception_reason}（{shown(view.event.exception_kind)}）")
        now = bool(view.event.exception_reason) or to_look_at_now(view.warnings, view.event.event_date, today)
        self.warnings.say("\n".join(texts), tone="amber" if now else "quiet")
        self.deadlines.show_view(view)
        self.agenda.show_view(view)
        self.equipment.show_view(view)
        self.recruitment.show_view(view, today)
        self.topics.show_topics(view.topics, today)
        self.result.show_view(view, today)
        self._fit_soon.start()

    def go_to(self, *, part: str = "", step_id: int | None = None) -> None:
        """Bring a part into sight: a recruitment step, or "result", which is asked for where it is not there yet."""
        if part == "result" and self._view is not None and self._view.result is None:
            if not self.result.record_button.isHidden():
                self.record_result()
            return
        box = self.recruitment.steps.show_step(step_id) if step_id is not None else None
        target = box or (self.result.record_button if part == "result" else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, target, lambda: self.area.ensureWidgetVisible(target))

    def edit_agenda(self) -> None:
        """Open the editor of the timetable."""
        if self._view is not None:
            AgendaDialog(self.desk, self._view, self).open()

    def edit_equipment(self) -> None:
        """Open the editor of the equipment."""
        if self._view is not None:
            EquipmentDialog(self.desk, self._view, self).open()

    def record_result(self) -> None:
        """Open the record of the day."""
        if self._view is not None:
            ResultDialog(self.desk, self._view, self).open()

    def _open_records(self) -> None:
        """All records of the event, those of 打合せ too."""
        if self._view is not None:
            self.desk.go("agreements", text=self._view.title)

    def _open_topic(self, topic: Agreement) -> None:
        """A record that can't be written here any more is read where its confirmation is taken back."""
        if topic.kept:
            self.desk.go("agreements", agreement_id=topic.id)
        else:
            self._topic("change", topic)

    def _topic(self, doing: str, topic: object = None, about: str = "") -> None:
        if self._view is not None:
            event_id = self._view.event.id
            TopicDialog(self.desk, event_id=event_id, doing=doing, topic=topic, about=about, parent=self).open()  # type: ignore[arg-type]

    def record_length(self) -> None:
        """Open the 協議 about the length: the one still open, else a new one with what it is about."""
        if self._view is not None:
            waiting = next(
                (one for one in self._view.topics if one.topic == LENGTH_TOPIC and one.state == "協議中"), None
            )
            if waiting is not None:
                self._open_topic(waiting)
            else:
                self._topic("add", about=LENGTH_TOPIC)

    def _settle(self, agreement_ids: list[int], day: date) -> None:
        self.do(settle_topics, agreement_ids=agreement_ids, settled_on=day)

    def _check(self, item: EquipmentItem) -> None:
        service = check_equipment if item.checked_on is None else uncheck_equipment
        self.do(service, item_id=item.id)

    def _tick(self, step_id: int, done: bool) -> None:
        self.do(tick_step if done else untick_step, step_id=step_id)

    def refuse(self, problem: Exception) -> None:
        """What was pressed shows again what is stored."""
        super().refuse(problem)
        if self._view is not None:
            self.show_view(self._view)

    def _reset(self, task: Task) -> None:
        self.do(remove_override, event_id=task.event_id or 0, task=task.task)

    def _say_why(self, task: Task) -> None:
        """Ask why there is no record of the 人数連絡, or take that back."""
        view = self._view
        if view is None or task.event_id is None:
            return
        event_id = task.event_id
        if view.unrecorded:
            self.do(reopen_unrecorded, event_id=event_id)
            return
        ReasonDialog(
            self.desk,
            "連絡の記録がない理由",
            view.title,
            verb="理由を残す",
            text="区の遅れには、実施日までの日数で1回だけ数えます。",
            usual=("電話で伝えたが、日が分からない", "打合せで伝えた"),
            change=lambda reason: acting(self.desk, close_unrecorded, event_id=event_id, reason=reason),
            parent=self,
        ).open()

    def _mark_held(self) -> None:
        if self._view is not None:
            self.do(mark_held, event_id=self._view.event.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where the room is short, the day's two lists under each other where it is shorter still."""
        super().resizeEvent(event)
        room = t.unscaled(self.width())
        wide = room >= _TABLE + _BESIDE
        fold(self._across, not wide)
        self._wide = wide
        if wide:
            self._widen()
        else:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(t.NO_LIMIT)
        left = room - (_BESIDE if wide else 2 * t.PAGE_X)
        beside = left >= _SIDE_BY_SIDE
        fold(self._day, not beside)
        self._whole = wide and beside
        self._fit_soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the steps need is known once they are dressed."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.recruitment:
            self._widen()
        return super().eventFilter(watched, event)

    def _widen(self) -> None:
        """The right column is as wide as a step with its paper and a day of another year needs not to be cut."""
        wanted = max(t.scaled(_RIGHT), self.recruitment.minimumSizeHint().width())
        if self._wide and self._right.width() != wanted:
            self._right.setFixedWidth(wanted)

    def settled(self) -> bool:
        """Whether what scrolls and what folds is decided for the present size."""
        return not self._fit_soon.isActive() and not self._measuring

    def _fit(self) -> None:
        """On a wide page nothing scrolls but timetable and equipment; where that is too low, what is done
        folds first."""
        tables = (self.agenda.table, self.equipment.table)
        notes = sum(note.sizeHint().height() + 16 for note in (self.cancelled, self.warnings) if not note.isHidden())
        # What stands round the two lists: their headings and remarks.
        around = max(part.chrome() for part in (self.agenda, self.equipment))
        beside = self.area.height() - notes - around - 12 - 16 - 16
        self.deadlines.fold(self._whole and beside - self.deadlines.height_of(folded=False) < _least())
        here = (self.width(), self.height(), self.deadlines.table.model.rowCount())
        still = self._whole and here != self._too_low and self._right.sizeHint().height() + 28 <= self.area.height()
        still = still and beside - self.deadlines.height_of(folded=True) >= _least()
        room = beside - self.deadlines.height_now()
        if still and room < _least() - t.scaled(t.LOW_ROW) and not self._measuring:
            # With the scroll bar gone the rows are measured anew, and most of them find room in one line.
            self._measuring = True
            self._fit_soon.start(_MEASURE_MS)
        elif still and self._measuring and room < _least() - t.scaled(t.LOW_ROW):
            self._measuring, self._too_low, still = False, here, False
        else:
            self._measuring = False
        shown = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if still else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if self.area.verticalScrollBarPolicy() != shown:
            self.area.setVerticalScrollBarPolicy(shown)
        for table in tables:
            table.set_most(max(room, _least() - t.scaled(t.LOW_ROW)) if still else 0)


def _least() -> int:
    return t.scaled(_LEAST_DAY)
