"""概要 of one event: deadlines, the day, equipment, recruitment, 協議, the ward's own count and the result."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from app.common.display_words import display_word
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.event_facts import count_unknown_devices, devices_words
from app.event.parts import CloseTaskDialog, OverrideDialog, ResultDialog
from app.event.rules.agenda import LENGTH_TOPIC
from app.event.rules.event_warning import needs_attention_now
from app.event.rules.held_events import end_words
from app.event.screens.day_sections import AgendaDialog, AgendaSection, EquipmentDialog, EquipmentSection
from app.event.screens.deadline_section import DeadlineSection
from app.event.screens.side_sections import RecruitmentSection, TopicDialog, TopicSection
from app.event.screens.step_list import StepDateDialog
from app.event.services.agreements import CANCELLATION_TOPIC, CUT_SHORT_TOPIC, TALK_POINTS, settle_topics
from app.event.services.equipment import check_equipment, uncheck_equipment
from app.event.services.event_results import mark_held
from app.event.services.event_view import EventView
from app.event.services.recruitment import tick_step, untick_step
from app.event.services.tasks.deadlines import close_unrecorded, remove_override, reopen_event_task, reopen_unrecorded
from app.event.services.tasks.task import Task
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import inline_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.labels import Paragraph, label, section, separator
from app.widgets.layouts import add, fit_page_margins, in_column, stack_when_narrow
from app.widgets.note_box import NoteBox
from app.widgets.screen import in_scroll_area, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, app_context_of, bind_action, can_save_now
from app.window.debounce import debounce
from db.records.agreements import Agreement
from db.records.events import EquipmentItem, EventResult


class ResultSection(QWidget):
    """Section 実施の記録 with the result of an event.

    Signals: none.
    """

    def __init__(self) -> None:
        super().__init__()
        self._state = label("", "second")
        self._words = Paragraph()
        self.record_button = inline_button("結果を記録する")
        self.held_button = inline_button("実施済にする")
        buttons = widget_row(self.record_button, self.held_button, None)
        buttons.setAlignment(Qt.AlignmentFlag.AlignLeft)
        in_column(
            widget_row(section("実施の記録"), None, self._state),
            separator(),
            self._words,
            buttons,
            owner=self,
            spacing=6,
        )

    def show_view(self, view: EventView, today: date) -> None:
        """Show the result, or when it can be recorded."""
        event, result, phase = view.event, view.result, view.phase
        begun = phase.will_be_held and event.event_date is not None and event.event_date <= today
        over = begun or phase.is_over
        self._state.setText("実施済" if event.status.is_held else "")
        self.record_button.setVisible(over)
        self.record_button.set_words("記録を直す" if result is not None else "結果を記録する")
        self.held_button.setVisible(over and event.status.is_planned)
        may = can_save_now(self)
        self.held_button.setEnabled(may)
        desk = app_context_of(self)
        self.held_button.setToolTip("" if may or desk is None else f"閲覧専用で見ています。{desk.how_to_write}")
        if result is not None:
            self._words.show_text(result_words(result))
        elif over:
            self._words.show_text("出席者数などは、まだ記録されていません。")
        elif phase.is_off:
            rest = "新しい日時を入れると記録できます。" if phase.awaits_day else "記録はありません。"
            self._words.show_text(f"{view.state_words}のため、{rest}")
        else:
            self._words.show_text("実施日から記録できます。")


def result_words(result: EventResult) -> str:
    """Return the numbers of a result in words, one pair a line; unknown numbers are left out.

    Without any, the sentence that the numbers are not recorded yet.
    """

    def people(name: str, number: int | None, groups: int | None = None) -> str:
        """Return a number of people and 団体 (None = left out) in words, "" if the number of people is unknown."""
        if number is None:
            return ""
        return f"{name} **{number}人**" + (f"・{groups}団体" if groups is not None else "")

    unknown = count_unknown_devices(result.attended, result.lent_devices, result.own_devices)
    lines = (
        (people("申込", result.applied, result.applied_organisations),),
        (people("出席", result.attended, result.attended_organisations),),
        (people("欠席", result.absent), people("当日受付", result.walk_ins)),
        (
            f"貸与端末 {devices_words(result.lent_devices, unknown)}" if result.lent_devices is not None else "",
            f"持参端末 {devices_words(result.own_devices, unknown)}" if result.own_devices is not None else "",
            fill_nonempty("端末未確認 {}人", unknown),
        ),
        (f"**{end_words(result)}**　{result.cut_short.words}" if result.cut_short else "",),
        (fill_nonempty("区の立会い　{}", result.witness),),
        (result.note,),
    )
    shown = (join_nonempty(*line) for line in lines)
    return join_nonempty(*shown, separator="\n") or "実施済。人数はまだ記録されていません。"


_RIGHT = 276
_MEASURE_MS = 60
_MIN_DAY_HEIGHT = 100
"""Minimum height of the day's sections, a head and two rows; with less the whole page scrolls."""
_BESIDE_SPACING = 2 * t.PAGE_X + 20 + _RIGHT
_TABLE = 750
"""Minimum width of the deadlines; with less the right column goes below them."""
_SIDE_BY_SIDE = 790
"""Width from which timetable and equipment stand side by side."""


class Overview(ActionMixin, QWidget):
    """The 概要 of one event. Signals: ``link_clicked(Route)`` open the link of a deadline."""

    link_clicked = Signal(object)

    def __init__(self, app_context: AppContext) -> None:
        super().__init__()
        self.app_context = app_context
        self._view: EventView | None = None
        self._wide = self._whole = self._measuring = False
        self._too_low = (0, 0, 0)
        self.cancelled = NoteBox(tone="red")
        self.warnings = NoteBox(tone="amber")
        self.deadlines = DeadlineSection(today=app_context.today())
        self.agenda = AgendaSection()
        self.equipment = EquipmentSection()
        self.recruitment = RecruitmentSection()
        self.topics = TopicSection(app_context)
        self.result = ResultSection()
        self._fit_soon = debounce(self, self._fit_heights)
        self.recruitment.installEventFilter(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out the sections in one or two columns."""
        page = QWidget()
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._across.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 16)
        fit_page_margins(page, self._across)
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
        self.area: QScrollArea = in_scroll_area(page)
        in_column(self.area, owner=self)

    def _connect(self) -> None:
        self.deadlines.link_clicked.connect(self.link_clicked)
        self.deadlines.table.view.fold_toggled.connect(lambda *_: self._fit_soon.start())
        self.deadlines.override_asked.connect(lambda task: OverrideDialog(self.app_context, task, self).open())
        self.deadlines.reset_asked.connect(self._remove_override)
        self.deadlines.close_asked.connect(self._close_by_hand)
        self.deadlines.reason_asked.connect(self._ask_unrecorded_reason)
        self.deadlines.agenda_asked.connect(self.edit_agenda)
        self.deadlines.equipment_asked.connect(self.edit_equipment)
        self.agenda.edit_asked.connect(self.edit_agenda)
        self.agenda.agree.chosen.connect(self.record_length)
        self.equipment.edit_asked.connect(self.edit_equipment)
        self.equipment.check_asked.connect(self._check)
        self.recruitment.ticked.connect(self._tick)
        self.recruitment.date_asked.connect(lambda step: StepDateDialog(self.app_context, step, self).open())
        self.recruitment.document_asked.connect(self._open_document)
        self.topics.add.chosen.connect(lambda: self._open_topic_dialog("add"))
        self.topics.records.chosen.connect(self._open_records)
        self.topics.settle_asked.connect(self._settle)
        self.topics.opened.connect(self._open_topic)
        self.result.record_button.chosen.connect(self.record_result)
        self.result.held_button.chosen.connect(self._mark_held)

    def _open_document(self, kind: str) -> None:
        if self._view is not None:
            self.go("letters", event_id=self._view.event.id, kind=kind)

    def show_view(self, view: EventView) -> None:
        """Show an event in all sections, with its 中止, its warnings and the recorded reason of a deviation above."""
        self._view = view
        today = self.today
        reason = view.event.cancel_reason or "理由は記録されていません"
        self.cancelled.show_text(f"**中止**　{reason}" if view.event.status.is_cancelled else "")
        texts = [warning.text for warning in view.warnings]
        if view.event.exception_reason:
            texts.append(f"記録した理由　{view.event.exception_reason}（{display_word(view.event.exception_kind)}）")
        now = bool(view.event.exception_reason) or needs_attention_now(view.warnings, view.event.event_date, today)
        self.warnings.show_text("\n".join(texts), tone="amber" if now else "quiet")
        self.deadlines.show_view(view)
        self.agenda.show_view(view)
        self.equipment.show_view(view)
        self.recruitment.show_view(view, today)
        self.topics.show_topics(view.topics, today)
        self.result.show_view(view, today)
        self._fit_soon.start()

    def go_to(self, *, part: str = "", step_id: int | None = None) -> None:
        """Scroll to and focus the recruitment step ``step_id`` or the part "result"; without a result open its form.

        The part "talk" opens a new 協議 on a 中止 or 打切り.
        """
        if part == "result" and self._view is not None and self._view.result is None:
            if not self.result.record_button.isHidden():
                self.record_result()
            return
        if part == "talk":
            self.record_talk()
            return
        box = self.recruitment.steps.show_step(step_id) if step_id is not None else None
        target = box or (self.result.record_button if part == "result" else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, target, lambda: self.area.ensureWidgetVisible(target))

    def edit_agenda(self) -> None:
        """Open the editor of the timetable."""
        if self._view is not None:
            AgendaDialog(self.app_context, self._view, self).open()

    def edit_equipment(self) -> None:
        """Open the editor of the equipment."""
        if self._view is not None:
            EquipmentDialog(self.app_context, self._view, self).open()

    def record_result(self) -> None:
        """Open the form of the result."""
        if self._view is not None:
            ResultDialog(self.app_context, self._view, self).open()

    def _open_records(self) -> None:
        """Open all records of the event, including those of 打合せ."""
        if self._view is not None:
            self.go("agreements", text=self._view.title)

    def _open_topic(self, topic: Agreement) -> None:
        """Open a 協議, or if it can no longer be changed here, the page where its confirmation is revoked."""
        if topic.is_locked:
            self.go("agreements", agreement_id=topic.id)
        else:
            self._open_topic_dialog("change", topic)

    def _open_topic_dialog(self, mode: str, topic: object = None, about: str = "", content: str = "") -> None:
        """Open the dialog of a 協議: to "add" one with ``about`` as its 事項, or to "change" ``topic``."""
        if self._view is not None:
            given: dict[str, Any] = {"mode": mode, "topic": topic, "about": about, "content": content}
            TopicDialog(self.app_context, event_id=self._view.event.id, **given, parent=self).open()

    def record_talk(self) -> None:
        """Open a new 協議 on what a 中止 or 打切り means for the contract, with its points to be filled in."""
        if self._view is not None and self.may_write:
            is_cancelled = self._view.event.status.is_cancelled
            about = CANCELLATION_TOPIC if is_cancelled else CUT_SHORT_TOPIC
            said = self._view.event.cancel_reason if is_cancelled else end_words(self._view.result)
            self._open_topic_dialog("add", about=about, content=join_nonempty(said, TALK_POINTS, separator="\n"))

    def record_length(self) -> None:
        """Open the 協議 about the length: the open one, else a new one with its 事項 filled in."""
        if self._view is not None:
            waiting = next(
                (one for one in self._view.topics if one.topic == LENGTH_TOPIC and one.state == "協議中"), None
            )
            if waiting is not None:
                self._open_topic(waiting)
            else:
                self._open_topic_dialog("add", about=LENGTH_TOPIC)

    def _settle(self, agreement_ids: list[int], day: date) -> None:
        self.run_action(settle_topics, agreement_ids=agreement_ids, settled_on=day)

    def _check(self, item: EquipmentItem) -> None:
        """Tick an item of equipment or take that back."""
        service = check_equipment if item.checked_on is None else uncheck_equipment
        self.run_action(service, item_id=item.id)

    def _tick(self, step_id: int, done: bool) -> None:
        self.run_action(tick_step if done else untick_step, step_id=step_id)

    def show_error(self, problem: Exception) -> None:
        """Show the error and reset the pressed control to the stored state."""
        super().show_error(problem)
        if self._view is not None:
            self.show_view(self._view)

    def _remove_override(self, task: Task) -> None:
        self.run_action(remove_override, event_id=task.event_id or 0, task=task.task)

    def _close_by_hand(self, task: Task) -> None:
        if task.closed_because:
            self.run_action(reopen_event_task, event_id=task.event_id or 0, task=task.task)
        else:
            CloseTaskDialog(self.app_context, task, self).open()

    def _ask_unrecorded_reason(self, task: Task) -> None:
        """Ask why there is no record of the 人数連絡, or remove that reason."""
        view = self._view
        if view is None or task.event_id is None:
            return
        event_id = task.event_id
        if view.unrecorded_reason:
            self.run_action(reopen_unrecorded, event_id=event_id)
            return
        ReasonDialog(
            self.app_context,
            "連絡の記録がない理由",
            view.title,
            verb="理由を残す",
            text="区の遅れには、実施日までの日数で1回だけ数えます。",
            usual_reasons=("電話で伝えたが、日が分からない", "打合せで伝えた"),
            change=lambda reason: bind_action(self.app_context, close_unrecorded, event_id=event_id, reason=reason),
            parent=self,
        ).open()

    def _mark_held(self) -> None:
        """Mark the event as 実施済, without numbers."""
        if self._view is not None:
            self.run_action(mark_held, event_id=self._view.event.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange one or two columns, and the day's lists side by side or below each other."""
        super().resizeEvent(event)
        room = t.unscaled(self.width())
        wide = room >= _TABLE + _BESIDE_SPACING
        stack_when_narrow(self._across, not wide)
        self._wide = wide
        if wide:
            self._fit_right_column()
        else:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(t.NO_LIMIT)
        left = room - (_BESIDE_SPACING if wide else 2 * t.PAGE_X)
        beside = left >= _SIDE_BY_SIDE
        stack_when_narrow(self._day, not beside)
        self._whole = wide and beside
        self._fit_soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the right column once the steps have their style."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.recruitment:
            self._fit_right_column()
        return super().eventFilter(watched, event)

    def _fit_right_column(self) -> None:
        """Make the right column wide enough for a step with its document and a day of another year."""
        wanted = max(t.scaled(_RIGHT), self.recruitment.minimumSizeHint().width())
        if self._wide and self._right.width() != wanted:
            self._right.setFixedWidth(wanted)

    def is_layout_settled(self) -> bool:
        """Return whether scrolling and folding are decided for the present size."""
        return not self._fit_soon.isActive() and not self._measuring

    def _fit_heights(self) -> None:
        """Distribute the height: only timetable and equipment scroll."""
        tables = (self.agenda.table, self.equipment.table)
        notes = sum(note.sizeHint().height() + 16 for note in (self.cancelled, self.warnings) if not note.isHidden())
        # Height around the two lists: their headings and remarks.
        around = max(part.fixed_height() for part in (self.agenda, self.equipment))
        beside = self.area.height() - notes - around - 12 - 16 - 16
        here = (self.width(), self.height(), self.deadlines.table.model.rowCount())
        still = self._whole and here != self._too_low and self._right.sizeHint().height() + 28 <= self.area.height()
        still = still and beside - self.deadlines.height_of_lines() >= _min_height()
        room = beside - self.deadlines.height_now()
        if still and room < _min_height() - t.scaled(t.LOW_ROW) and not self._measuring:
            # Without the scroll bar the rows are measured again, and most of them fit on one line.
            self._measuring = True
            self._fit_soon.start(_MEASURE_MS)
        elif still and self._measuring and room < _min_height() - t.scaled(t.LOW_ROW):
            self._measuring, self._too_low, still = False, here, False
        else:
            self._measuring = False
        shown = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if still else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if self.area.verticalScrollBarPolicy() != shown:
            self.area.setVerticalScrollBarPolicy(shown)
        for table in tables:
            table.set_max_height(max(room, _min_height() - t.scaled(t.LOW_ROW)) if still else 0)


def _min_height() -> int:
    return t.scaled(_MIN_DAY_HEIGHT)
