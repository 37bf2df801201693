"""What the ward has to do for an event: today, then, and folded what is done and what the contractor does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.actions.action_id import ActionId, ActionLink
from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.parts import full_basis_words, show_basis_dialog
from app.event.rules.deadline_states import days_left_words
from app.event.rules.preparation import AGENDA_ITEM, CARE_ITEM, EQUIPMENT_ITEM, PreparationItem
from app.event.services.event_view import ContractorDuty, EventView
from app.event.services.tasks.task import Task
from app.event.services.tasks.task_kind import TASK_KIND_BY_NAME, is_counted_from_event, may_be_closed_by_hand
from app.main_window.action_routes import route_to
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, main_button
from app.widgets.keys import on_key
from app.widgets.labels import section
from app.widgets.layouts import in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, GroupFold, Tone, unsorted
from app.window.app_context import AppContext
from db.record import frozen

_TODAY, _LATER, _LAPSED = "今日すること", "このあと", "記録のないこと"
_DONE, _CONTRACTOR = "済んだこと", "受託者がすること"
_HINT = "Enterでその仕事を開きます。Alt+Enterで計算方法を表示します。"
_WORDS: Mapping[ActionId, str] = {
    "資料を確認する": "資料の確認を続ける",
    "人数を連絡する": "参加人数を連絡する",
    "人数の変更を連絡する": "人数の変更を連絡する",
    "設問を協議する": "設問を協議する",
    "報告書の提出を求める": "報告書の提出を求める",
    "資料の提出を求める": "資料の提出を求める",
}
"""Button texts that name the object; a button not listed here has the label of the lists."""

STEP_ACTION: ActionId = "段取りを進める"
"""Action of a step that is done by ticking it."""


def button_words(task: Task) -> str:
    """Return the text of the button for ``task`` in the bar at the foot (「資料の確認を続ける」).

    Of a step that is done by its tick 「「受付締切」を済にする」; a link without words here has the label of the lists.
    """
    what = task.link.action
    if what == STEP_ACTION:
        return f"「{task.label}」を済にする"
    return _WORDS.get(what, route_to(task.link).label)


@frozen
class DeadlineLine:
    """One row: a task, undated work of the contractor, or a line of the preparation.

    Attributes:
        is_lapsed: a 目安日, 人数連絡 or 資料確認 without a record when the event passed, or a step closed by a later
            one; it can no longer be done.
        missing_words: 「連絡の記録なし」 of a lapsed duty of the contract, "" of any other line.
        reason_words: the reason entered for the missing record.
        name: what it is called, if not as its task, item or duty.
    """

    id: str
    task: Task | None = None
    duty: ContractorDuty | None = None
    is_lapsed: bool = False
    missing_words: str = ""
    reason_words: str = ""
    item: PreparationItem | None = None
    name: str = ""

    @property
    def label(self) -> str:
        """Return what is to be done."""
        told = self.task or self.item or self.duty
        return self.name or (told.label if told is not None else "")

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
    def is_overdue(self) -> bool:
        """Return whether a day of the contract was let pass."""
        return self.task is not None and self.task.bucket == "期限超過"

    @property
    def is_closed(self) -> bool:
        """Return whether its task or, without one, its item is done."""
        return not self.task.is_open if self.task is not None else self.item is not None and self.item.is_done


_NO_LINE = DeadlineLine(id="")


def _lines(view: EventView) -> list[DeadlineLine]:
    """Return the lines of the list by group and date: tasks, lapsed ones, preparation, duties of the contractor."""
    inferred = {step.id for step in view.steps if step.is_inferred}
    tasks = [
        DeadlineLine(id=_id_of(task), task=task, is_lapsed=task.step_id in inferred)
        for task in (*view.tasks, *view.step_tasks)
    ]
    tasks += [
        DeadlineLine(
            id=f"lapsed/{task.task}",
            task=task,
            is_lapsed=True,
            missing_words=TASK_KIND_BY_NAME[task.task].unrecorded_words,
            reason_words=view.unrecorded_reasons.get(task.task, ""),
        )
        for task in view.lapsed_tasks
    ]
    tasks += _errands(view.other_preparation)
    tasks += [DeadlineLine(id=duty.label, duty=duty) for duty in view.duties]
    return sorted(tasks, key=lambda line: (_GROUPS.index(_group(line)), not line.is_overdue, line.due, line.id))


def _errands(items: Sequence[PreparationItem]) -> list[DeadlineLine]:
    """Return the items of the preparation, 機材 and 配慮 as one errand while both are to be arranged for one day."""
    pair = [item for item in items if item.label in (EQUIPMENT_ITEM, CARE_ITEM) and not item.is_done]
    if len(pair) < 2 or pair[0].due != pair[1].due:
        # Nobody has made what only holds the program's default, so it is not said to be done without a word.
        names = [f"{item.label}（標準のまま）" if item.is_done and item.is_example else "" for item in items]
        return [
            DeadlineLine(id=f"item/{item.label}", item=item, name=name) for item, name in zip(items, names, strict=True)
        ]
    both = replace(pair[1], state_word="・".join(item.state_word for item in pair))
    errand = DeadlineLine(id=f"item/{CARE_ITEM}", item=both, name="機材と配慮をそろえる")
    return [*_errands([item for item in items if item not in pair]), errand]


def _id_of(task: Task) -> str:
    return f"{task.task}/{task.material_id or task.step_id or 0}"


def _group(line: DeadlineLine) -> str:
    """Return the heading under which a line stands; what anybody is late with is the ward's."""
    if line.is_lapsed and (line.reason_words or not line.missing_words):
        return _LAPSED
    if line.is_closed:
        return _DONE
    if "区" not in line.owner_words and not line.is_overdue:
        return _CONTRACTOR
    return _TODAY if line.task is not None and line.task.bucket in _DUE else _LATER


def _labels(lines: Sequence[DeadlineLine]) -> list[str]:
    return [line.label for line in lines]


_GROUPS = (_TODAY, _LATER, _LAPSED, _DONE, _CONTRACTOR)
_DUE = ("期限超過", "今日", "目安日過ぎ")
_FOLDS = {
    _LAPSED: GroupFold(about=_labels),
    _DONE: GroupFold(icon="check-circle-fill", icon_tone="green"),
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
    """List of what is to be done for an event; what can be done with the chosen row stands in ``bar``.

    Signals:
        ``link_clicked(Route)``: Enter, Space or the verb of a row; ``act_asked(Task)`` the filled button.
        ``step_asked(int)``: a step of recruitment that is done by its tick.
        ``override_asked(Task)``: set a date by hand; ``reset_asked(Task)``: compute it again.
        ``close_asked(Task)``: close it by hand, or reopen what was closed so.
        ``reason_asked(Task)``: enter or remove the reason of a missing record.
        ``part_asked(str)``: the line of a part of the page, 進行 or 機材.
    """

    link_clicked = Signal(object)
    act_asked = Signal(object)
    step_asked = Signal(int)
    override_asked = Signal(object)
    reset_asked = Signal(object)
    close_asked = Signal(object)
    reason_asked = Signal(object)
    part_asked = Signal(str)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self._today = app_context.today()
        self._view: EventView | None = None
        self._here = self._nothing_due = ""
        self.table = FittedTable(
            "event-deadlines",
            unsorted(
                Column("due", "期限・目安日", self._due, width=136, keeps_width=True),
                Column("what", "やること", self._what, stretch=True),
                Column("verb", "", lambda line: Cell(_verb(line), tone="accent"), keeps_width=True),
            ),
            title="区がやること",
            empty="中止した実施回には、期限がありません。",
            group=_group,
            folds=_FOLDS,
            head=False,
            names_people=False,
            on_click=self._click,
            on_edit=self._emit_override,
            on_open=self._open,
            on_act=self._open,
            on_choose=self._explain_line,
        )
        self.act = main_button("", self._act)
        self.close_by_hand = Button("手で済にする", self._emit_close)
        self.reason = Button("理由を書いて終える", lambda: self._emit_for_task(self.reason_asked))
        self.by_hand = Button("期限を手で変える", self._emit_override)
        self.computed = Button("計算に戻す", lambda: self._emit_for_task(self.reset_asked))
        self.bar = ActionBar(app_context)
        self.bar.put(self.act, self.close_by_hand, self.reason, self.by_hand, self.computed)
        on_key(self.table.view, "Alt+Return", self._show_basis)
        head = section("区がやること")
        head.setToolTip(_HINT)
        in_column(head, self.table, owner=self, spacing=4)

    def show_view(self, view: EventView) -> None:
        """Show an event's deadlines and explain the selected one; without a selection the next task is selected."""
        self._view = view
        # What the head of the page says is no detail of a row.
        self._here = f"{view.place_words} {short_date_or('', view.event.event_date, self._today)}"
        lines = _lines(view)
        self.table.show_rows(lines)
        own = [line.id for line in lines if _group(line) in (_TODAY, _LATER)]
        self._nothing_due = "いま区がやることはありません。" if lines and not own else ""
        if self.table.current() is None and own:
            self.table.choose(lambda line: line.id == own[0], take_focus=False)
        self._explain_line(self.table.current())

    def current(self) -> Task | None:
        """Return the task of the selected row, or None."""
        return self._line.task

    @property
    def _line(self) -> DeadlineLine:
        return self.table.current() or _NO_LINE

    def _explain_line(self, chosen: DeadlineLine | None) -> None:
        """Explain the chosen line in the bar, with the buttons of what can be done with it."""
        line = chosen or _NO_LINE
        task = line.task
        self.act.set_words(_act_words(line))
        self.reason.setVisible(bool(line.missing_words))
        self.reason.set_words("理由を取り消す" if line.reason_words else "理由を書いて終える")
        self.by_hand.setVisible(_may_be_moved(line))
        self.computed.setVisible(task is not None and task.is_open and task.override is not None)
        self.close_by_hand.setVisible(task is not None and _may_be_closed(task) and not line.is_lapsed)
        self.close_by_hand.set_words("済でなくす" if task is not None and task.closed_because else "手で済にする")
        self.bar.show_words(self._explanation(line))

    def _explanation(self, line: DeadlineLine) -> str:
        """Return how the date is counted, after what was recorded by hand or is missing; of no line none is due."""
        if line is _NO_LINE:
            return self._nothing_due
        task = line.task
        if task is None:
            return f"**{line.label}**　{self._due(line).second}"
        by_hand = fill_nonempty("手で済にしました（{}）。　", task.closed_because)
        missing = ""
        if line.missing_words:
            missing = (
                f"{line.missing_words}{f'（{line.reason_words}）' if line.reason_words else ''}。"
                f"{line.missing_words.partition('の')[0]}した日が分かるときは、{task.task}を開いて記録します。　"
            )
        day = short_date(task.due, self._today)
        # The day it comes to stands before it, a day set by hand with its reason in the row; the rest is in the basis.
        reckoned = (task.basis or task.margin_basis).removesuffix("。").removesuffix(f" = {day}")
        computed = "手で変えた期限です。計算では " if task.override is not None else ""
        return f"**{day} の数えかた**　{by_hand}{missing}{computed}{reckoned}"

    def _act(self) -> None:
        """Do what the chosen line asks for."""
        if self._line.task is not None:
            self.act_asked.emit(self._line.task)
        else:
            self._open(self._line)

    def _emit_close(self) -> None:
        """Emit ``close_asked`` for the selected task, if it may be closed or reopened by hand."""
        task = self.current()
        if task is not None and _may_be_closed(task):
            self.close_asked.emit(task)

    def _emit_override(self) -> None:
        """Emit ``override_asked`` for the selected task, if its date may be set by hand."""
        if _may_be_moved(self._line):
            self.override_asked.emit(self._line.task)

    def _emit_for_task(self, signal: SignalInstance) -> None:
        """Emit the signal with the task of the chosen line, if it is open and of a dated event."""
        task = self.current()
        if task is not None and task.is_open and task.event_date is not None:
            signal.emit(task)

    def _open(self, line: DeadlineLine) -> None:
        task = line.task
        if task is not None and task.is_open and task.link.action == STEP_ACTION and task.step_id is not None:
            self.step_asked.emit(task.step_id)
        elif task is not None and task.is_open:
            self.link_clicked.emit(route_to(task.link))
        elif line.item is not None and line.item.action is not None and self._view is not None:
            self.link_clicked.emit(route_to(ActionLink(line.item.action, event_id=self._view.event.id)))
        elif line.item is not None and line.item.label in _PARTS:
            self.part_asked.emit(_PARTS[line.item.label])

    def _click(self, line: DeadlineLine, key: str) -> None:
        if key == "verb":
            self._open(line)

    def _show_basis(self) -> None:
        task = self.current()
        if task is not None:
            show_basis_dialog(task, self)

    # cells

    def _due(self, line: DeadlineLine) -> Cell:
        """Return the cell of the date, with the days left or the state below."""
        task = line.task
        if task is None:
            state = line.item.state_word if line.item is not None else line.duty.words if line.duty is not None else ""
            if line.is_closed:
                return Cell(state, icon="check-circle-fill", tone="green")
            left = (line.due - self._today).days
            has_day = line.due != date.max
            below = state if not has_day else days_left_words(left) if left >= 0 else ""
            return Cell(short_date(line.due, self._today) if has_day else "—", below, date=True)
        if not task.is_open and not line.is_lapsed:
            return Cell(task.state_words, icon="check-circle-fill", tone="green")
        words = join_nonempty(task.provisional_words, short_date(task.due, self._today), separator=" ")
        tip = full_basis_words(task)
        if line.is_lapsed:
            return Cell(words, line.missing_words or "記録なし", tone="second", tip=tip)
        tone: Tone = "red" if line.is_overdue else "amber" if task.bucket == "今日" else ""
        if task.short_words.startswith(words):  # 「11/20(金) から」
            return Cell(task.short_words, tone=tone, date=True, tip=tip)
        return Cell(words, task.short_words, tone=tone, second_tone=tone or "second", date=True, tip=tip)

    def _what(self, line: DeadlineLine) -> Cell:
        """Return the cell that says what is to be done, below it whom or what it is about, and the clause."""
        task = line.task
        if task is None:
            left = line.item.state_word if line.item is not None and line.due != date.max and not line.is_closed else ""
            return Cell(line.label, line.duty.clause if line.duty is not None else left, strong=not line.is_closed)
        basis = f"手で変更（{task.override_reason}）" if task.override is not None else task.clause
        second = join_nonempty("" if task.detail == self._here else task.detail, line.reason_words, basis)
        return Cell(task.label, second, strong=task.is_open, tip=task.detail)


_PARTS = {AGENDA_ITEM: "進行", EQUIPMENT_ITEM: "機材"}


def _verb(line: DeadlineLine) -> str:
    """Return where a line that is to be done leads, "" for none."""
    task = line.task
    if task is None:
        return _act_words(line)
    return "" if not task.is_open else "募集を開く" if task.link.action == STEP_ACTION else route_to(task.link).label


def _act_words(line: DeadlineLine) -> str:
    """Return the text of the filled button for a line, "" where nothing is to be done."""
    if line.task is not None:
        return button_words(line.task) if line.task.is_open else ""
    item = line.item
    if item is None or item.is_done:
        return ""
    if item.action is not None:
        return route_to(ActionLink(item.action, event_id=0)).label
    return f"{_PARTS[item.label]}を開く" if item.label in _PARTS else ""
