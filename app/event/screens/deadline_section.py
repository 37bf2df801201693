"""Section 期限と根拠 of an event: owner, date, days left, and the arithmetic of the selected row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.parts import full_basis_words, show_basis_dialog
from app.event.rules.deadlines import HEADCOUNT
from app.event.rules.preparation import AGENDA_ITEM, EQUIPMENT_ITEM, PreparationItem
from app.event.services.event_view import ContractorDuty, EventView
from app.event.services.tasks.task import Task, target_day_words
from app.event.services.tasks.task_kind import TASK_KIND_BY_NAME, is_counted_from_event, may_be_closed_by_hand
from app.main_window.action_routes import route_to
from app.widgets.buttons import Button, inline_button
from app.widgets.labels import section
from app.widgets.layouts import add, in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, GroupFold, Tone, unsorted
from app.widgets.note_box import NoteBox
from app.window import theme as t

_DONE, _CONTRACTOR = "済んだこと", "受託者がすること"
_SHORT = 8


@dataclass(frozen=True)
class DeadlineLine:
    """One row: a task, undated work of the contractor, or a line of the preparation.

    Attributes:
        is_lapsed: a 目安日, 人数連絡 or 資料確認 without a record when the event passed; it can no longer be done.
        missing_words: 「連絡の記録なし」 of a lapsed duty of the contract, "" of any other line.
        reason_words: the reason entered for the missing record.
    """

    id: str
    task: Task | None = None
    duty: ContractorDuty | None = None
    is_lapsed: bool = False
    missing_words: str = ""
    reason_words: str = ""
    item: PreparationItem | None = None

    @property
    def label(self) -> str:
        """Return what is to be done."""
        told = self.task or self.item or self.duty
        return told.label if told is not None else ""

    @property
    def due(self) -> date:
        """Return the date to sort by: that of the task or of the line of the preparation, ``date.max`` without one."""
        day = self.task.due if self.task is not None else self.item.due if self.item is not None else None
        return day or date.max

    @property
    def owner_words(self) -> str:
        """Return who does it."""
        return self.task.owner_words if self.task is not None else "区" if self.item is not None else "受託者"

    @property
    def is_closed(self) -> bool:
        """Return whether its task or, without one, its item is done."""
        return not self.task.is_open if self.task is not None else self.item is not None and self.item.is_done


def _lines(view: EventView) -> list[DeadlineLine]:
    """Return the lines of the list by date: tasks, lapsed ones and preparation, with the duties of the contractor after
    the lines up to the day of the event.
    """
    tasks = [DeadlineLine(id=f"{task.task}/{task.material_id or 0}", task=task) for task in view.tasks]
    tasks += [
        DeadlineLine(
            id=f"lapsed/{task.task}",
            task=task,
            is_lapsed=True,
            missing_words=TASK_KIND_BY_NAME[task.task].unrecorded_words,
            reason_words=view.unrecorded_reason if task.task == HEADCOUNT else "",
        )
        for task in view.lapsed_tasks
    ]
    tasks += [DeadlineLine(id=f"item/{item.label}", item=item) for item in view.other_preparation]
    tasks.sort(key=lambda line: (line.due, line.id))
    day = view.event.event_date
    before = sum(day is None or line.due <= day for line in tasks)
    duties = [DeadlineLine(id=duty.label, duty=duty) for duty in view.duties]
    lines = [*tasks[:before], *duties, *tasks[before:]]
    # What the ward still does comes first, and with it what anybody is late with.
    return sorted(lines, key=lambda line: _GROUPS.index(_group(line)))


def _group(line: DeadlineLine) -> str:
    """Return the heading under which a line is folded away, "" for what the ward still does or anybody is late with."""
    if line.is_closed:
        return _DONE
    is_late = line.task is not None and line.task.bucket == "期限超過"
    return "" if "区" in line.owner_words or is_late else _CONTRACTOR


def _labels(lines: Sequence[DeadlineLine]) -> list[str]:
    return [line.label for line in lines]


_GROUPS = ("", _DONE, _CONTRACTOR)
_FOLDS = {
    _DONE: GroupFold(about=_labels, icon="check-circle-fill", icon_tone="green"),
    _CONTRACTOR: GroupFold(about=_labels, icon="hourglass-medium"),
}


def _may_be_moved(line: DeadlineLine) -> bool:
    """Return whether the line is an open deadline of its event that can still be done."""
    task = line.task
    return task is not None and task.is_open and is_counted_from_event(task.task) and not line.is_lapsed


def _may_be_closed(task: Task) -> bool:
    """Return whether a task is an open deadline of its event, or one that was closed by hand."""
    return may_be_closed_by_hand(task.task) and (task.is_open or bool(task.closed_because))


class DeadlineSection(QWidget):
    """Section with the deadlines of an event, in two folds below what is done and what the contractor does.

    Signals:
        ``link_clicked(Route)``: Enter or double click on a row.
        ``override_asked(Task)``: set a date by hand; ``reset_asked(Task)``: compute it again.
        ``close_asked(Task)``: close it by hand, or reopen what was closed so.
        ``reason_asked(Task)``: enter or remove the reason of a missing record.
        ``agenda_asked()``, ``equipment_asked()``: Enter on the line of that section.
    """

    link_clicked = Signal(object)
    override_asked = Signal(object)
    reset_asked = Signal(object)
    close_asked = Signal(object)
    reason_asked = Signal(object)
    agenda_asked = Signal()
    equipment_asked = Signal()

    def __init__(self, *, today: date) -> None:
        super().__init__()
        self._today = today
        self._next = ""
        self._view: EventView | None = None
        self.table = FittedTable(
            "event-deadlines",
            unsorted(
                Column("what", "やること", self._task_cell),
                Column("owner", "担当", self._owner),
                Column("due", "期限・目安日", self._due),
                Column("basis", "根拠", self._basis),
                Column("state", "残り・状態", self._state),
            ),
            title="期限と根拠",
            empty="中止した実施回には、期限がありません。",
            group=_group,
            folds=_FOLDS,
            tint=_row_colour,
            least_row=t.LOW_ROW,
            names_people=False,
            on_click=self._explain,
            on_edit=self._emit_override,
            on_open=self._open,
            on_choose=self._explain_line,
        )
        self.note = NoteBox(reserve=2, small=True)
        self.by_hand = Button(
            "期限を手で変える",
            self._emit_override,
            kind="icon",
            icon_name="pencil-simple",
            low=True,
        )
        self.computed = Button(
            "計算に戻す",
            lambda: self._emit_for_task(self.reset_asked),
            kind="icon",
            icon_name="arrow-u-up-left",
            low=True,
        )
        self.close_by_hand = inline_button("手で済にする", self._emit_close)
        self.reason = inline_button("理由を書いて終える", lambda: self._emit_for_task(self.reason_asked))
        self.note.put(self.reason)
        self.note.put(self.close_by_hand)
        self.note.put(self.computed)
        self.note.put(self.by_hand)
        column = in_column(owner=self, spacing=6)
        self._head = section("期限と根拠")
        self._head.setMinimumHeight(t.scaled(24))
        self._head.setToolTip("日付を押すと計算方法を表示します。Enterでその仕事を開きます。")
        add(column, self._head, self.table, self.note)

    def show_view(self, view: EventView) -> None:
        """Show an event's deadlines and explain the selected one; without a selection the next task is selected."""
        self._view = view
        coming = view.next_task
        self._next = f"{coming.task}/{coming.material_id or 0}" if coming is not None else ""
        self.table.show_rows(_lines(view))
        if self.table.current() is None and self._next:
            self.table.choose(lambda line: line.id == self._next, take_focus=False)
        self._explain_line(self.table.current())

    def fixed_height(self) -> int:
        """Return the height of everything but the rows."""
        note = max(self.note.minimumHeight(), self.note.heightForWidth(max(self.width(), 480)))
        return self._head.height() + self.table.view.head_height() + note + 2 + 12

    def height_of_lines(self) -> int:
        """Return the height with one line a row."""
        return self.fixed_height() + self.table.model.rowCount() * t.scaled(t.LOW_ROW)

    def height_now(self) -> int:
        """Return the height with the rows as they are now."""
        return self.fixed_height() + sum(self.table.view.rowHeight(n) for n in range(self.table.model.rowCount()))

    def current(self) -> Task | None:
        """Return the task of the selected row, or None."""
        line: DeadlineLine | None = self.table.current()
        return line.task if line is not None else None

    def _explain_line(self, line: DeadlineLine | None) -> None:
        """Explain the chosen line below the list, with the buttons that change its deadline."""
        task = line.task if line is not None else None
        if task is None or line is None:
            self.note.show_text("")
            self.by_hand.hide()
            self.computed.hide()
            self.close_by_hand.hide()
            self.reason.hide()
            return
        by_hand = fill_nonempty("手で済にしました（{}）。　", task.closed_because)
        about = f"{task.detail}　" if _detail_words(task) != task.detail else ""
        reckoned = full_basis_words(task).replace("\n", "　")
        missing = ""
        if line.missing_words:
            missing = (
                f"{line.missing_words}{f'（{line.reason_words}）' if line.reason_words else ''}。"
                f"{line.missing_words.partition('の')[0]}した日が分かるときは、Enterで{task.task}を開いて記録します。　"
            )
        self.note.show_text(f"**{short_date(task.due, self._today)}**　{by_hand}{missing}{about}{reckoned}")
        self.reason.setVisible(bool(line.missing_words) and task.task == HEADCOUNT)
        self.reason.setText("理由を取り消す" if line.reason_words else "理由を書いて終える")
        self.by_hand.setVisible(_may_be_moved(line))
        self.computed.setVisible(task.is_open and task.override is not None)
        self.close_by_hand.setVisible(_may_be_closed(task) and not line.is_lapsed)
        self.close_by_hand.setText("済でなくす" if task.closed_because else "手で済にする")

    def _emit_close(self) -> None:
        """Emit ``close_asked`` for the selected task, if it may be closed or reopened by hand."""
        task = self.current()
        if task is not None and _may_be_closed(task):
            self.close_asked.emit(task)

    def _emit_override(self) -> None:
        """Emit ``override_asked`` for the selected task, if its date may be set by hand."""
        line: DeadlineLine | None = self.table.current()
        if line is not None and _may_be_moved(line):
            self.override_asked.emit(line.task)

    def _emit_for_task(self, signal: SignalInstance) -> None:
        """Emit the signal with the task of the chosen line, if it is open and of a dated event."""
        task = self.current()
        if task is not None and task.is_open and task.event_date is not None:
            signal.emit(task)

    def _open(self, line: DeadlineLine) -> None:
        if line.task is not None and line.task.is_open:
            self.link_clicked.emit(route_to(line.task.link))
        elif line.item is not None:
            self._open_preparation(line.item)

    def _open_preparation(self, item: PreparationItem) -> None:
        if item.action is not None and self._view is not None:
            self.link_clicked.emit(route_to(ActionLink(item.action, event_id=self._view.event.id)))
        elif item.label == AGENDA_ITEM:
            self.agenda_asked.emit()
        elif item.label == EQUIPMENT_ITEM:
            self.equipment_asked.emit()

    def _explain(self, line: DeadlineLine, key: str) -> None:
        if line.task is not None and key == "due":
            show_basis_dialog(line.task, self)

    # cells

    def _task_cell(self, line: DeadlineLine) -> Cell:
        """Return the cell that names the task, the duty or the line of the preparation."""
        task = line.task
        if task is None:
            return Cell(line.label, strong=line.item is not None and not line.is_closed)
        ward = "区" in task.owner_words
        return Cell(task.label, aside=_detail_words(task), strong=ward, tip=task.detail)

    def _owner(self, line: DeadlineLine) -> Cell:
        """Return the cell of who owes it; those of the ward are strong."""
        words = line.owner_words
        return Cell(words, strong="区" in words, tone="" if "区" in words else "second")

    def _basis(self, line: DeadlineLine) -> Cell:
        """Return the cell of the clause or rule, 「手で変更」 for a day set by hand."""
        task = line.task
        if task is None:
            words = (
                line.duty.clause if line.duty is not None else target_day_words("準備") if line.item is not None else ""
            )
            return Cell(words, tone="second")
        if task.override is not None:
            return Cell("手で変更", task.override_reason, tip=full_basis_words(task))
        return Cell(task.basis_short, tip=full_basis_words(task))

    def _due(self, line: DeadlineLine) -> Cell:
        """Return the cell of the effective date; the other dates are in the basis, tooltip and explanation."""
        task = line.task
        if task is None:
            return Cell(short_date(line.due, self._today) if line.due != date.max else "—", tone="second")
        words = join_nonempty(task.provisional_words, short_date(task.due, self._today), separator=" ")
        late = task.bucket == "期限超過" and not line.is_lapsed
        bold = task.is_contract_duty and task.is_open and not line.is_lapsed
        return Cell(words, strong=bold, tone="red" if late else "", tip=full_basis_words(task))

    def _state(self, line: DeadlineLine) -> Cell:
        """Return the cell of the state: days left, 期限超過, 済, or which record is missing and the reason for it."""
        task = line.task
        tone: Tone
        if line.is_lapsed:
            tip = "実施日までの記録がありません。済んでいたときは、その仕事の画面で日を記録します。"
            tone = "amber" if line.missing_words and not line.reason_words else "second"
            return Cell(line.missing_words or "記録なし", line.reason_words, tone=tone, tip=tip)
        if task is None:
            return (
                _item_state(line.item)
                if line.item is not None
                else Cell(line.duty.words if line.duty else "", tone="second")
            )
        if not task.is_open:
            return Cell(task.state_words, icon="check-circle-fill", tone="green")
        if task.bucket == "期限超過":
            return Cell(task.short_words, badge="期限超過", tip=task.open_words)
        tone = "amber" if task.bucket in ("今日", "今週") else ""
        aside = task.open_words if task.days_left >= 0 else ""
        return Cell(task.short_words, aside=aside, tone=tone, strong=bool(tone))


def _item_state(item: PreparationItem) -> Cell:
    return Cell(item.state_word, icon="check-circle-fill", tone="green") if item.is_done else Cell(item.state_word)


def _detail_words(task: Task) -> str:
    """Return the small words beside a task, or "" if they are long (then they stand in the explanation)."""
    return task.detail if len(task.detail) <= _SHORT else ""


def _row_colour(line: DeadlineLine) -> str:
    late = line.task is not None and not line.is_lapsed and line.task.bucket == "期限超過"
    return t.RED_TINT if late else ""
