"""期限と根拠 of one event: who, three named dates, what is left, and the arithmetic of the chosen row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.main_window.ways import way_to
from app.subjects.events.parts.deadline_basis import basis_in_full, explain
from app.subjects.events.services.event_view import ContractorDuty, EventView
from app.subjects.events.services.task import Task
from app.widgets.buttons import Button
from app.widgets.fitted_table import FittedTable
from app.widgets.labels import label, section
from app.widgets.note_box import NoteBox
from app.widgets.record_model import Cell, Column, Tone
from app.widgets.screen import row
from app.window import theme as t


@dataclass(frozen=True)
class DeadlineLine:
    """A row: a task, or work of the contractor that has no date of its own."""

    id: str
    task: Task | None = None
    duty: ContractorDuty | None = None


def _lines(view: EventView) -> list[DeadlineLine]:
    tasks = [DeadlineLine(id=f"{task.task}/{task.material_id or 0}", task=task) for task in view.tasks]
    day = view.event.event_date
    before = sum(day is None or line.task is None or line.task.due <= day for line in tasks)
    duties = [DeadlineLine(id=duty.label, duty=duty) for duty in view.duties]
    return [*tasks[:before], *duties, *tasks[before:]]


class DeadlineSection(QWidget):
    """The deadlines.

    Signals: ``followed(WayThere)`` Enter or double click on a row; ``override_asked(Task)`` a date is to be
    set by hand; ``reset_asked(Task)`` it is to be computed again.
    """

    followed = Signal(object)
    override_asked = Signal(object)
    reset_asked = Signal(object)

    def __init__(self, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._next = ""
        self.table = FittedTable(
            "event-deadlines",
            (
                Column(key="what", title="やること", show=self._what, stretch=True, width=170, sortable=False),
                Column(key="owner", title="担当", show=self._owner, sortable=False),
                Column(key="basis", title="根拠", show=self._basis, widest=160, sortable=False),
                Column(key="nominal", title="期限\n（暦どおり）", show=self._nominal, sortable=False),
                Column(key="working", title="期限\n（開庁日）", show=self._working, sortable=False),
                Column(key="margin", title="前倒し目安／\n区の目標", show=self._margin, sortable=False),
                Column(key="state", title="残り・状態", width=138, show=self._state, widest=172, sortable=False),
            ),
            title="期限と根拠",
            empty="中止した実施回には、期限がありません。",
            tint=lambda line: t.AMBER_BOX if line.id == self._next else "",
        )
        self.note = NoteBox(tone="amber")
        self.by_hand = Button("期限を手で変える", lambda: self._ask(self.override_asked), low=True)
        self.computed = Button("計算に戻す", lambda: self._ask(self.reset_asked), low=True)
        self.note.put(self.computed)
        self.note.put(self.by_hand)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        hint = label("閉庁日＝土日・祝日・12/29–1/3。日付を押すと計算の道すじが出ます。", "small", wrap=True)
        head = row(section("期限と根拠"))
        head.addWidget(hint, 1)
        column.addLayout(head)
        column.addWidget(self.table)
        column.addWidget(self.note)
        self.table.chosen.connect(self._tell)
        self.table.opened.connect(self._open)
        self.table.edit_asked.connect(lambda _line: self._ask(self.override_asked))
        self.table.view.clicked.connect(self._explain)

    def show_view(self, view: EventView) -> None:
        """Show an event's deadlines; the next one is marked and explained."""
        coming = view.next_task
        self._next = f"{coming.task}/{coming.material_id or 0}" if coming is not None else ""
        self.table.show_rows(_lines(view))
        if self.table.current() is None and self._next:
            self.table.choose(lambda line: line.id == self._next, take_focus=False)
        self._tell(self.table.current())

    def current(self) -> Task | None:
        """The task of the chosen row."""
        line: DeadlineLine | None = self.table.current()
        return line.task if line is not None else None

    def _tell(self, line: DeadlineLine | None) -> None:
        task = line.task if line is not None else None
        if task is None:
            self.note.say(task.basis if task is not None else "")
            self.by_hand.hide()
            self.computed.hide()
            return
        self.note.say(f"**{short_date(task.due, self._today)}**　{basis_in_full(task)}")
        self.by_hand.setVisible(task.open and task.event_date is not None)
        self.computed.setVisible(task.open and task.override is not None)

    def _ask(self, wish: SignalInstance) -> None:
        task = self.current()
        if task is not None and task.open and task.event_date is not None:
            wish.emit(task)

    def _open(self, line: DeadlineLine) -> None:
        if line.task is not None and line.task.open:
            self.followed.emit(way_to(line.task.asked))

    def _explain(self, index: QModelIndex) -> None:
        line: DeadlineLine | None = self.table.model.record(index.row())
        key = self.table.model.columns[index.column()].key
        if line is not None and line.task is not None and key in ("nominal", "working", "margin"):
            explain(line.task, self)

    # cells

    def _what(self, line: DeadlineLine) -> Cell:
        if line.duty is not None:
            return Cell(text=line.duty.label)
        task = line.task
        assert task is not None
        ward = "区" in task.owner_words
        return Cell(text=task.label, aside=task.detail, strong=ward)

    def _owner(self, line: DeadlineLine) -> Cell:
        words = line.task.owner_words if line.task is not None else "受託者"
        return Cell(text=words, strong="区" in words, tone="" if "区" in words else "second")

    def _basis(self, line: DeadlineLine) -> Cell:
        if line.task is None:
            return Cell(text=line.duty.clause if line.duty is not None else "", tone="second")
        task = line.task
        if task.override is not None:
            return Cell(text="手で変更", second=task.override_reason, tip=basis_in_full(task))
        words = f"{task.clause} {task.rule}" if task.contract else f"区の目標 {task.rule}"
        return Cell(text=words.strip(), tip=basis_in_full(task))

    def _day(self, line: DeadlineLine, day: date | None, name: str) -> Cell:
        task = line.task
        if task is None or day is None:
            return Cell(text="—", tone="second")
        counts = task.column == name
        if counts and task.override is not None:
            day = task.override
        words = short_date(day, self._today)
        if counts and task.provisional:
            words = f"{task.provisional} {words}"
        late = counts and task.bucket == "期限超過"
        tone: Tone = "red" if late else "" if counts else "second"
        second = ""
        if name == "working" and task.column == "nominal" and task.working != task.nominal:
            second = "休日の場合"
        if counts and task.override is not None:
            second = "手で変更"
        return Cell(text=words, second=second, strong=counts and task.open, tone=tone, tip=basis_in_full(task))

    def _nominal(self, line: DeadlineLine) -> Cell:
        return self._day(line, line.task.nominal if line.task else None, "nominal")

    def _working(self, line: DeadlineLine) -> Cell:
        return self._day(line, line.task.working if line.task else None, "working")

    def _margin(self, line: DeadlineLine) -> Cell:
        return self._day(line, line.task.margin if line.task else None, "margin")

    def _state(self, line: DeadlineLine) -> Cell:
        task = line.task
        if task is None:
            return Cell(text=line.duty.words if line.duty is not None else "", tone="second")
        if not task.open:
            return Cell(text=task.state_words, icon="check-circle-fill", tone="green")
        tone: Tone = "red" if task.bucket == "期限超過" else "amber" if task.bucket in ("今日", "今週") else ""
        return Cell(text=task.short_words, aside=task.open_words, tone=tone, strong=bool(tone))
