"""Screen 出席を決める（紙の名簿から出欠）: enter numbers of the paper roster in one large field, back at the office."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.actions.user_error import UserError
from app.common.join_nonempty import fill_nonempty
from app.common.number_lists import numbers_words, parse_numbers
from app.event_day.reception.parts import ClosingDialog
from app.event_day.reception.screens.check_in_header import CheckInField, CheckInHeader
from app.event_day.reception.screens.check_in_message import CheckInMessage
from app.event_day.reception.screens.check_in_sidebar import CountBar
from app.event_day.reception.screens.person_dialogs import WalkInDialog
from app.event_day.reception.services import (
    AttendanceClosing,
    CheckInRow,
    Reception,
    RecordedNumbers,
    mark_absent,
    numbers_of_codes,
    read_closing,
    read_reception,
    receive_from_paper,
    record_attendance,
    undo_check_in,
)
from app.events.roster.services.roster import assign_roster_numbers
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.keys import on_key
from app.widgets.labels import Paragraph
from app.widgets.layouts import column_of, in_column, in_row
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.panel import Panel
from app.widgets.screen import Screen, in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext, bind_action

HINT = "番号を入れて Enter を押します。「1 2 3 5-9」のように続けて入れることもできます。"


class PaperEntrySide(QWidget):
    """Field for numbers of the paper roster, with its buttons.

    Signals: ``submitted(str, bool)`` the typed text, True = they came.
    """

    submitted = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.came = QRadioButton("出席の番号を入れる")
        self.stayed = QRadioButton("欠席の番号を入れる")
        self._group = QButtonGroup(self)
        for button in (self.came, self.stayed):
            self._group.addButton(button)
        self.came.setChecked(True)
        self.field = CheckInField("名簿の番号", height=64)
        self.message = CheckInMessage()
        self.counts = Paragraph()
        self.bar = CountBar()
        self.walk_in_button = Button("当日受付を加える（F2）", icon_name="user-plus")
        self.undo_button = Button("元に戻す（Ctrl+Z）", icon_name="arrow-u-up-left")
        panel = Panel("出欠")
        panel.put(self.counts, self.bar)
        in_column(
            FlowRow(self.came, self.stayed, spacing=16),
            self.field,
            Paragraph(HINT, role="small"),
            panel,
            FlowRow(self.walk_in_button, self.undo_button),
            None,
            owner=self,
            spacing=12,
        )
        self.field.submitted.connect(lambda text: self.submitted.emit(text, self.came.isChecked()))
        self.field.textChanged.connect(lambda _text: self.message.on_typing())
        self.field.escape_pressed.connect(self.message.clear_rejection)
        self._group.buttonClicked.connect(lambda _button: self.field.setFocus())

    def show_reception(self, reception: Reception) -> None:
        """Show how many people are 出席, 欠席 and 未確認."""
        came, left = len(reception.received), len(reception.waiting)
        self.counts.show_text(
            f"出席 **{came}人**（うち当日受付 {reception.walk_in_count}人）\n"
            f"欠席 {reception.absent_count}人\n未確認 **{left}人**"
        )
        self.bar.show_share(reception.expected_count - left, reception.expected_count)

    def show_standing_text(self, sentence: str) -> None:
        """Show a text that stays until it is replaced; "" removes it."""
        self.message.show_standing_text(sentence)

    def show_rejection(self, sentence: str, unread_parts: tuple[str, ...] = ()) -> None:
        """Show the sentence on what was not recorded, with a sound.

        ``unread_parts`` return to the field for correction if it is empty. The next digit replaces them, and no digit
        typed meanwhile is lost.
        """
        self.message.show_rejection(sentence, short="、".join(unread_parts))
        if unread_parts and not self.field.has_input:
            self.field.setText(" ".join(unread_parts))
            self.field.mark_rejected()
            self.field.selectAll()


def _state(row: CheckInRow) -> Cell:
    if row.state == "受付済":
        return Cell("出席", icon="check-circle-fill", icon_tone="green", tone="green", strong=True)
    if row.state == "欠席":
        return Cell("欠席", icon="prohibit", tone="second")
    return Cell("未確認" if row.state == "未受付" else row.state, tone="second")


_COLUMNS = unsorted(
    Column(
        "number",
        "番号",
        lambda row: Cell(str(row.number or ""), strong=True),
        width=56,
        align="right",
        sort=lambda row: row.number or 10**6,
    ),
    Column("name", "氏名", lambda row: Cell(row.name, aside=row.furigana), stretch=True),
    Column("organisation", "団体", lambda row: row.organisation, stretch=True, min_list_width=560),
    Column("state", "出欠", _state, width=96),
)


class PaperAttendance(Screen):
    """Entry of attendance from the paper roster: numbers and Enter, twenty people in less than a minute.

    Signals: none. ``open_with(event_id=…)``.
    """

    is_full_window = True
    keeps_lock = True

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._event_id: int | None = None
        self.door: Reception | None = None
        self._since: int | None = None
        self._numbered: set[int] = set()
        self.head = CheckInHeader(app_context, "出席を決める（紙の名簿から出欠）", "画面を閉じる")
        self.side = PaperEntrySide()
        self.table = RecordTable(
            "paper_attendance",
            _COLUMNS,
            title="受付名簿",
            empty="この実施回の名簿には、まだどなたも入っていません。",
            filtered=False,
            unit="人",
            rule="印のない方は未確認のまま残ります。欠席は、名前を見て1人ずつ決めます。",
            on_choose=self._update_buttons,
            on_act=self._toggle_attendance,
        )
        self._goes_on = False
        self.next_button = main_button("", self.choose_next)
        self.end_button = Button("受付を閉じる", self.end)
        self.came_button = Button("", lambda: self._toggle_attendance(self.table.current()))
        self.absent_button = Button("欠席にする　F4", self.mark_current_absent)
        self.bar = ActionBar(app_context)
        self.bar.put(self.next_button, self.came_button, self.absent_button, self.end_button)
        self.table.name_copies("受付名簿（紙の名簿から出欠）", lambda: self._event_id or None)
        self._left = in_scroll_area(self.side)
        across = in_row(self._left, (self.table, 1), spacing=24)
        page = column_of((across, 1), self.side.message, spacing=8, margins=(t.PAGE_X, t.PAGE_Y, t.PAGE_X, 8))
        in_column(self.head, (page, 1), self.bar, owner=self, spacing=0)
        self.setFocusProxy(self.side.field)
        self._connect()
        if app_context.read_only:
            self.side.setEnabled(False)

    def _connect(self) -> None:
        """Connect the signals of the field, the head and the list."""
        side = self.side
        side.submitted.connect(self._record_numbers)
        side.field.row_chosen.connect(self._receive_current)
        side.field.row_step_asked.connect(lambda _step: self.table.view.setFocus())
        side.walk_in_button.chosen.connect(self.add_walk_in)
        side.undo_button.chosen.connect(self.undo)
        self.head.end_button.chosen.connect(self._leave)
        self._update_buttons(None)
        on_key(self, "F2", self.add_walk_in, inside=True)
        on_key(self.table.view, "F4", self.absent_button.click)

    def open_with(self, *, event_id: int | None = None, since: int | None = None, **_more: Any) -> None:
        """Set the event shown at the next ``reload``; ``since`` comes from ``view_state``."""
        if event_id is not None and event_id != self._event_id:
            self._event_id = event_id
            self.door = None
            self._since = since
            self.side.field.reset_input()
            self.side.message.clear_rejection()

    def view_state(self) -> dict[str, Any]:
        """Return the event, and how far back undo reaches."""
        return {"event_id": self._event_id, "since": self._since}

    def reload(self) -> None:
        """Read and show the roster of the event."""
        if self._event_id is not None:
            self.run_read(self._show, read_reception, event_id=self._event_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Focus the field."""
        super().showEvent(event)
        self.side.field.setFocus()

    def fit_size(self) -> None:
        """Set the width of the side with the field: two fifths of the page, within limits."""
        self._left.setFixedWidth(min(t.scaled(400), max(340, self.width() * 2 // 5)))

    def add_walk_in(self) -> None:
        """Open the dialog that adds a person written on the roster by hand."""
        if self.door is None or self.app_context.read_only:
            return
        event, tablets = self.door.event, self.door.tablets
        dialog = WalkInDialog(
            self,
            event_id=event.id,
            event_title=event.full_title,
            spare_count=tablets.spare - tablets.spare_handed_out,
        )
        dialog.finished.connect(lambda _code: self.side.field.setFocus())
        dialog.open()

    def end(self) -> None:
        """Read who is not marked yet, then open the dialog that closes the attendance."""
        if self._event_id is not None:
            self.run_read(self._ask_to_close, read_closing, event_id=self._event_id)

    def undo(self) -> None:
        """Undo the last entry made here, one at each call; what was there before the page was opened stays."""
        if self.door is not None and self._since is not None:
            self.app_context.undo(on_failed=self.show_error, since=self._since, event_id=self.door.event.id)
        self.side.field.setFocus()

    def _show(self, reception: Reception) -> None:
        """Show the roster that was read; assign missing numbers once, or say why nothing can be recorded."""
        goes_on = self.door is None and 0 < len(reception.waiting) < len(reception.received)
        self.door = reception
        early = reception.day_state(self.today) == "まだ"
        open_ = not (early or reception.closed_words)
        self.side.show_standing_text(
            "実施日がまだのため、出欠は入れられません。"
            if early
            else f"{reception.closed_words}出欠は入れられません。"
            if not open_
            else "閲覧専用で開いているため、出欠は入れられません。"
            if self.app_context.read_only
            else ""
        )
        may = open_ and self.may_write
        left = len(reception.waiting)
        self.next_button.set_words(fill_nonempty("未確認 {}人をつぎつぎに決める", left))
        self.end_button.set_filled(not left and not reception.is_closed)
        for button in (self.next_button, self.end_button):
            button.setEnabled(may)
        if open_ and reception.unnumbered_count and reception.event.id not in self._numbered and self.may_write:
            self._numbered.add(reception.event.id)
            self.run_action(assign_roster_numbers, event_id=reception.event.id)
        elif self._since is None:
            self._since = reception.last_action
        self.head.show_event(reception.event, self.today, outside=reception.checkout_words)
        self.side.show_reception(reception)
        told = [row for row in reception.not_on_list if row.state == "欠席の連絡"]
        rows = [*reception.waiting, *reception.received, *reception.absent, *told]
        self.table.show_rows(sorted(rows, key=lambda row: row.number or 10**6))
        self._update_buttons(self.table.current())
        self.bar.show_words("名前を見て、1人ずつ決めます。Space で出席。" if may and left else "")
        if self._goes_on or (goes_on and may):
            # Once most came, whoever is left is decided by name: a number typed here would make him come.
            self._goes_on = False
            self.choose_next()

    def choose_next(self) -> None:
        """Choose the next person below the chosen one who is not marked yet, else the first of all."""
        rows, current = self.table.model.records(), self.table.current()
        place = rows.index(current) if current in rows else 0
        following = next((row for row in (*rows[place:], *rows[:place]) if row.state == "未受付"), None)
        if following is not None:
            self.table.choose(lambda row: row is following)

    def _record_numbers(self, text: str, is_present: bool) -> None:
        typed = parse_numbers(numbers_of_codes(text, self._event_id or 0))
        if not typed.numbers and not typed.unreadable:
            return
        self.side.field.reset_input()
        numbers = {"present": typed.numbers} if is_present else {"absent": typed.numbers}
        self.run_change(
            bind_action(record_attendance, event_id=self._event_id or 0, **numbers),
            lambda keyed: self._show_recorded(keyed, typed.unreadable),
        )

    def _show_recorded(self, keyed: RecordedNumbers, unread: tuple[str, ...]) -> None:
        """Show which typed numbers are unknown, unreadable, or all recorded before, with a sound; else nothing."""
        told = []
        if keyed.unknown:
            told.append(f"{numbers_words(keyed.unknown)}は名簿にありません。")
        if unread:
            told.append(f"「{'」「'.join(unread)}」は番号として読めません。")
        if keyed.recorded_before and not keyed.recorded:
            told.append(f"{numbers_words(keyed.recorded_before)}は、すでに入っています。")
        wrong = (*(str(number) for number in keyed.unknown), *unread)
        if told:
            self.side.show_rejection("".join(told) + ("直して Enter を押してください。" if wrong else ""), wrong)

    def _toggle_attendance(self, row: CheckInRow) -> None:
        self._goes_on = row.state == "未受付"
        self.run_action(
            undo_check_in if row.state in ("受付済", "欠席") else receive_from_paper,
            entry_id=row.entry_id,
        )

    def _receive_current(self) -> None:
        """Save the current person as 出席; from the field of numbers nobody is set back to 未確認."""
        row = self.table.current()
        if self.came_button.isEnabled() and row.state == "未受付":
            self._toggle_attendance(row)
        else:
            self.choose_next()

    def mark_current_absent(self) -> None:
        """Save the current person as 欠席; one at a time."""
        row = self.table.current()
        self._goes_on = row.state == "未受付"
        self.run_action(mark_absent, entry_id=row.entry_id)

    def _update_buttons(self, row: object) -> None:
        """Enable the buttons that mark the chosen person if that is possible."""
        state = row.state if isinstance(row, CheckInRow) else ""
        may = bool(state) and self.end_button.isEnabled()
        self.came_button.set_words("未確認に戻す" if state in ("受付済", "欠席") else "出席にする")
        self.came_button.setEnabled(may)
        self.absent_button.setEnabled(may and state in ("未受付", "受付済"))

    def show_error(self, problem: Exception) -> None:
        """Show the error beside the list."""
        if isinstance(problem, UserError):
            self.side.show_rejection(f"{problem.happened}{problem.todo}")
        else:
            self.app_context.show_failure(problem)

    def _ask_to_close(self, closing: AttendanceClosing) -> None:
        dialog = ClosingDialog(self, closing)
        dialog.saved_result.connect(self._leave)
        dialog.leave_asked.connect(self._leave)
        dialog.finished.connect(lambda _code: self.side.field.setFocus())
        dialog.open()

    def _leave(self) -> None:
        self.go("event", event_id=self._event_id, tab="当日")
