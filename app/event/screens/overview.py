"""概要 of one event: what is to be done, what it is, and its parts on pages of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from app.calendar.dates import short_date_or
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.event_facts import count_unknown_devices, devices_words
from app.event.parts import CloseTaskDialog, OverrideDialog, ResultDialog
from app.event.rules.agenda import LENGTH_TOPIC
from app.event.rules.held_events import end_words
from app.event.screens.day_sections import AgendaDialog, AgendaSection, EquipmentDialog, EquipmentSection
from app.event.screens.deadline_section import DeadlineSection
from app.event.screens.event_facts import EventFacts, reason_words
from app.event.screens.side_sections import RecruitmentSection, TopicDialog, TopicSection
from app.event.screens.step_list import StepDateDialog
from app.event.services.agreements import CANCELLATION_TOPIC, CUT_SHORT_TOPIC, TALK_POINTS, settle_topics
from app.event.services.equipment import check_equipment, uncheck_equipment
from app.event.services.event_results import mark_held
from app.event.services.event_view import EventView
from app.event.services.recruitment import tick_step, untick_step
from app.event.services.tasks.deadlines import (
    close_event_task,
    close_unrecorded,
    override_deadline,
    remove_override,
    reopen_event_task,
    reopen_unrecorded,
)
from app.event.services.tasks.task import Task
from app.widgets.action_mixin import ActionMixin
from app.widgets.bars.notice_strip import Notice, NoticeStrip
from app.widgets.buttons import Button, inline_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.focus_keeper import first_work_part
from app.widgets.keys import on_key
from app.widgets.labels import Paragraph, label, section, separator
from app.widgets.layouts import column_of, in_column, in_row, stack_when_narrow
from app.widgets.note_box import NoteBox
from app.widgets.pages import Pages
from app.widgets.screen import in_scroll_area, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, app_context_of, bind_action, can_save_now
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


_LIST_MOST, _BESIDE = 960, 760
"""The most width of the list, and the width of the page from which the facts stand beside it."""
_PARTS = ("募集", "協議", "進行", "機材", "記録")


class Overview(ActionMixin, QWidget):
    """The 概要 of one event: what is to be done and what it is; its parts open as pages of their own.

    Signals: ``link_clicked(Route)`` open the link of a deadline; ``act_asked(Task)`` do it; ``edit_asked(str)`` change
    a field of the event; ``tab_asked(str)`` another tab.
    """

    link_clicked = Signal(object)
    act_asked = Signal(object)
    edit_asked = Signal(str)
    tab_asked = Signal(str)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._view: EventView | None = None
        self.notices = NoticeStrip()
        self.warnings = NoteBox(tone="quiet")
        self.deadlines = DeadlineSection(app_context)
        self.facts = EventFacts()
        self.agenda = AgendaSection()
        self.equipment = EquipmentSection()
        self.recruitment = RecruitmentSection()
        self.topics = TopicSection(app_context)
        self.result = ResultSection()
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out the list and the facts, and each part on a page of its own."""
        page, self._right = QWidget(), QWidget()
        in_column(self.facts, self.warnings, None, owner=self._right, spacing=16)
        self._left = column_of(self.deadlines, None)
        margins = (t.PAGE_X, 8, t.PAGE_X, 8)
        self._across = in_row((self._left, 1), self._right, owner=page, spacing=24, margins=margins)
        self._across.addStretch(0)
        self.area: QScrollArea = in_scroll_area(page)
        self._pages = Pages()
        self._pages.addWidget(column_of((self.area, 1), self.deadlines.bar, spacing=0))
        self.areas: dict[str, QScrollArea] = {}
        parts = (self.recruitment, self.topics, self.agenda, self.equipment, self.result)
        for name, part in zip(_PARTS, parts, strict=True):
            part.setMaximumWidth(t.scaled(_LIST_MOST))
            back = Button("概要に戻る", self.show_list, kind="icon", icon_name="arrow-left")
            inside = QWidget()
            in_row((back, 0, Qt.AlignmentFlag.AlignTop), (column_of(part, None), 1), owner=inside, margins=margins)
            self.areas[name] = in_scroll_area(inside)
            self._pages.addWidget(self.areas[name])
        in_column(self.notices, (self._pages, 1), owner=self, spacing=0)

    def _connect(self) -> None:
        self.deadlines.link_clicked.connect(self.link_clicked)
        self.deadlines.act_asked.connect(self.act_asked)
        self.deadlines.step_asked.connect(lambda step_id: self.go_to(step_id=step_id))
        self.deadlines.part_asked.connect(self.open_part)
        self.deadlines.override_asked.connect(self._override)
        self.deadlines.reset_asked.connect(self._remove_override)
        self.deadlines.close_asked.connect(self._close_by_hand)
        self.deadlines.reason_asked.connect(self._ask_unrecorded_reason)
        self.facts.opened.connect(self._open_fact)
        self.agenda.edit_asked.connect(self.edit_agenda)
        self.agenda.agree.chosen.connect(self.record_length)
        self.equipment.edit_asked.connect(self.edit_equipment)
        self.equipment.check_asked.connect(self._check)
        self.recruitment.ticked.connect(self._tick)
        self.recruitment.date_asked.connect(lambda step: StepDateDialog(self, step).open())
        self.recruitment.document_asked.connect(self._open_document)
        self.topics.add.chosen.connect(lambda: self._open_topic_dialog("add"))
        self.topics.records.chosen.connect(self._open_records)
        self.topics.settle_asked.connect(self._settle)
        self.topics.opened.connect(self._open_topic)
        self.result.record_button.chosen.connect(self.record_result)
        self.result.held_button.chosen.connect(self._mark_held)
        on_key(self.deadlines.table.view, "Right", self.facts.setFocus)
        on_key(self.facts.table.view, "Left", self.deadlines.table.view.setFocus)

    def _open_fact(self, name: str) -> None:
        """Open where a line of この回のこと is seen or changed."""
        if name in self.areas:
            self.open_part(name)
        elif name == "参加":
            self.tab_asked.emit("参加者")
        elif name == "会場" and self._view is not None:
            self.go("venues", event_id=self._view.event.id)
        else:
            self.edit_asked.emit("content" if name == "内容" else "lecturer")

    def open_part(self, name: str) -> None:
        """Show a part on its page, with the keyboard in it."""
        self._pages.setCurrentWidget(self.areas[name])
        if part := self.work_place():
            part.setFocus(Qt.FocusReason.OtherFocusReason)

    def work_place(self) -> QWidget | None:
        """Return where the keyboard begins: the list, or in an open part the step where it stood, else its work."""
        if not self._pages.currentIndex():
            return self.deadlines.table.view
        return self.recruitment.steps.place or first_work_part(self._pages)

    def show_list(self) -> None:
        """Show what is to be done again."""
        self._pages.setCurrentIndex(0)
        self.deadlines.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return from a part to the list with Esc."""
        if event.key() == Qt.Key.Key_Escape and self._pages.currentIndex():
            self.show_list()
            return
        super().keyPressEvent(event)

    def _open_document(self, kind: str) -> None:
        if self._view is not None:
            self.go("event", event_id=self._view.event.id, tab="書類", kind=kind)

    def show_view(self, view: EventView) -> None:
        """Show an event in all sections, with its 中止 above and what differs from the contract below its facts."""
        if self._view is not None and self._view.event.id != view.event.id:
            self._pages.setCurrentIndex(0)
        self._view = view
        today, event = self.today, view.event
        reason = event.cancel_reason or "理由は記録されていません"
        decided = fill_nonempty("（{} 決定）", short_date_or("", event.cancelled_on, today))
        cancelled = (Notice(text=f"**中止**{decided}　{reason}"),) if event.status.is_cancelled else ()
        self.notices.show_notices(cancelled)
        # The reason stands below what it was asked for.
        said = sorted(view.warnings, key=lambda warning: bool(event.reason_for(warning.clause)))
        is_for_one = not said or bool(event.reason_for(said[-1].clause))
        reasons = reason_words(event) if is_for_one else ""
        self.warnings.show_text(join_nonempty(*(warning.text for warning in said), reasons, separator="\n"))
        self.deadlines.show_view(view)
        self.facts.show_view(view, today)
        self.facts.setEnabled(event.status.counts)
        self.agenda.show_view(view)
        self.equipment.show_view(view)
        self.recruitment.show_view(view, today)
        self.topics.show_topics(view.topics, today)
        self.result.show_view(view, today)

    def go_to(self, *, part: str = "", step_id: int | None = None) -> None:
        """Open and focus the recruitment step ``step_id``, the part "result" (without a result its form) or "agenda".

        The part "talk" opens a new 協議 on a 中止 or 打切り.
        """
        if part == "result" and self._view is not None and self._view.result is None:
            if not self.result.record_button.isHidden():
                self.record_result()
            return
        if part == "talk":
            self.record_talk()
            return
        name = "募集" if step_id is not None else {"result": "記録", "agenda": "進行"}.get(part, "")
        if not name:
            self._pages.setCurrentIndex(0)
            return
        self.open_part(name)
        box = self.recruitment.steps.show_step(step_id) if step_id is not None else None
        target = box or (self.result.record_button if name == "記録" else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, target, lambda: self.areas[name].ensureWidgetVisible(target))

    def edit_agenda(self) -> None:
        """Open the editor of the timetable."""
        if self._view is not None:
            AgendaDialog(self, self._view).open()

    def edit_equipment(self) -> None:
        """Open the editor of the equipment."""
        if self._view is not None:
            EquipmentDialog(self, self._view).open()

    def record_result(self) -> None:
        """Open the form of the result."""
        if self._view is not None:
            ResultDialog(self, self._view).open()

    def _open_records(self) -> None:
        """Open all records of the event, including those of 打合せ."""
        if self._view is not None:
            self.go("agreements", text=self._view.title)

    def _open_topic(self, topic: Agreement) -> None:
        """Open a 協議, or if it can no longer be changed here, the page where its confirmation is revoked."""
        if topic.confirmed_on is not None or not topic.is_in_effect:
            self.go("agreements", agreement_id=topic.id)
        else:
            self._open_topic_dialog("change", topic)

    def _open_topic_dialog(self, mode: str, topic: object = None, about: str = "", content: str = "") -> None:
        """Open the dialog of a 協議: to "add" one with ``about`` as its 事項, or to "change" ``topic``."""
        if self._view is not None:
            given: dict[str, Any] = {"mode": mode, "topic": topic, "about": about, "content": content}
            TopicDialog(self, event_id=self._view.event.id, **given).open()

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
            waiting = next((one for one in self._view.topics if one.topic == LENGTH_TOPIC and one.is_open), None)
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

    def _override(self, task: Task) -> None:
        event_id = task.event_id or 0
        OverrideDialog(
            self, task, lambda typed: bind_action(override_deadline, event_id=event_id, task=task.task, **typed)
        ).open()

    def _remove_override(self, task: Task) -> None:
        self.run_action(remove_override, event_id=task.event_id or 0, task=task.task)

    def _close_by_hand(self, task: Task) -> None:
        event_id = task.event_id or 0
        if task.closed_because:
            self.run_action(reopen_event_task, event_id=event_id, task=task.task)
        else:
            CloseTaskDialog(
                self, task, lambda typed: bind_action(close_event_task, event_id=event_id, task=task.task, **typed)
            ).open()

    def _ask_unrecorded_reason(self, task: Task) -> None:
        """Ask why there is no record of a duty, or remove that reason."""
        view = self._view
        if view is None:
            return
        event_id = task.event_id or 0
        if task.task in view.unrecorded_reasons:
            self.run_action(reopen_unrecorded, event_id=event_id, task=task.task)
            return
        ReasonDialog(
            self,
            f"{task.task}の記録がない理由",
            view.title,
            verb="理由を残す",
            text="区の遅れには、実施日までの日数で1回だけ数えます。",
            usual_reasons=("行ったが、日が分からない", "打合せで行った"),
            change=lambda reason: bind_action(close_unrecorded, event_id=event_id, reason=reason, task=task.task),
        ).open()

    def _mark_held(self) -> None:
        """Mark the event as 実施済, without numbers."""
        if self._view is not None:
            self.run_action(mark_held, event_id=self._view.event.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the facts beside the list, or below it where there is no room."""
        super().resizeEvent(event)
        room = t.unscaled(self.width())
        beside = room >= _BESIDE
        stack_when_narrow(self._across, not beside)
        self._left.setMaximumWidth(t.scaled(_LIST_MOST) if beside else t.NO_LIMIT)
        self._right.setMinimumWidth(0)
        self._right.setMaximumWidth(t.NO_LIMIT)
        if beside:
            self._right.setFixedWidth(t.scaled(316 if room < 1100 else 372 if room < 1500 else 480))
