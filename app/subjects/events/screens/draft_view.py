"""Beside the form of an event: its name, every deadline with its basis, and what is unusual."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.events.parts.deadline_basis import basis_in_full, explain
from app.subjects.events.rules.basis import full_clause
from app.subjects.events.screens.exception_part import ExceptionPart
from app.subjects.events.services.event_drafts import DraftCheck
from app.subjects.events.services.task import STEP, Task
from app.widgets.fitted_table import FittedTable
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.record_columns import Cell, Column


class DraftView(QWidget):
    """What follows from the date as it is typed. Signals: none of its own."""

    def __init__(self, *, today: date, fiscal_year: int, narrow: bool = False, parent: QWidget | None = None) -> None:
        """``narrow`` puts the three dates into one column."""
        super().__init__(parent)
        self._today = today
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 24, 16)
        column.setSpacing(10)
        self.name = label("", "h2", wrap=True)
        self.table = FittedTable(
            "event-draft-narrow" if narrow else "event-draft",
            self._columns(narrow=narrow),
            title="この日付の期限",
            empty="実施日を入れると、期限が根拠と一緒にすべて出ます。",
        )
        self.table.opened.connect(lambda task: explain(task, self))
        self.table.view.clicked.connect(lambda index: explain(self.table.model.record(index.row()), self))
        self.warnings = NoteBox(tone="amber")
        self.reason = ExceptionPart(
            fiscal_year=fiscal_year, title="**仕様書と違うところがあります。** 保存には理由を書きます（止めません）。"
        )
        column.addWidget(self.name)
        column.addWidget(self.table)
        column.addWidget(self.warnings)
        column.addWidget(self.reason)
        column.addStretch(1)
        self.reason.hide()
        self.warnings.hide()

    def show_check(self, check: DraftCheck) -> None:
        """Show what the draft leads to."""
        self.name.setText(check.title)
        self.table.show_rows([task for task in check.tasks if not task.self_managed and task.task != STEP])
        lines = [
            warning.text if not warning.clause or full_clause(warning.clause) in warning.text
            else f"{warning.text}（{full_clause(warning.clause)}）"
            for warning in check.warnings
        ]  # fmt: skip
        late = [task for task in check.tasks if task.bucket == "期限超過" and task.contract]
        lines += [f"「{task.label}」の期限は、もう過ぎています（{task.short_words}）。" for task in late]
        lines += [text for task in check.tasks for text in task.warnings if "履行期間" in text and text not in lines]
        self.warnings.say("\n".join(dict.fromkeys(lines)))
        self.reason.suggest(check.suggested_kind)
        self.reason.setVisible(check.reason_needed)

    def _columns(self, *, narrow: bool) -> tuple[Column, ...]:
        what = Column(key="label", title="やること・根拠", show=self._what, stretch=True, sortable=False)
        if narrow:
            return (what, Column(key="due", title="期限", width=160, show=self._all_dates, sortable=False))
        return (
            what,
            Column(key="nominal", title="期限\n（暦どおり）", width=104, show=self._nominal, sortable=False),
            Column(key="working", title="期限\n（開庁日）", width=104, show=self._working, sortable=False),
            Column(key="margin", title="前倒し目安／\n区の目標", width=104, show=self._margin, sortable=False),
        )

    def _all_dates(self, task: Task) -> Cell:
        """The date that counts, under it the others by name."""
        after = task.column == "nominal"
        others = (
            ("nominal", "暦どおり", task.nominal),
            ("working", "休日の場合" if after else "開庁日", task.working),
            ("margin", "区の目標" if after or task.column == "margin" else "前倒し目安", task.margin),
        )
        second = "\n".join(f"{name} {self._short(day)}" for key, name, day in others if day and key != task.column)
        late = task.bucket == "期限超過"
        words = f"{task.provisional} {self._short(task.due)}".strip()
        return Cell(text=words, second=second, strong=True, tone="red" if late else "")

    def _what(self, task: Task) -> Cell:
        return Cell(
            text=task.label, second=f"{task.owner_words}　{task.basis_short}", tip=basis_in_full(task), strong=True
        )

    def _day(self, task: Task, day: date | None, name: str) -> Cell:
        if task.provisional and name == "margin":
            return Cell(text=f"{task.provisional} {self._short(day)}")
        counts = task.column == name
        late = counts and task.bucket == "期限超過"
        second = "休日の場合" if name == "working" and task.column == "nominal" and task.working != task.nominal else ""
        return Cell(text=self._short(day), second=second, strong=counts, tone="red" if late else "")

    def _short(self, day: date | None) -> str:
        return short_date(day, self._today) if day is not None else "—"

    def _nominal(self, task: Task) -> Cell:
        return self._day(task, task.nominal, "nominal")

    def _working(self, task: Task) -> Cell:
        return self._day(task, task.working, "working")

    def _margin(self, task: Task) -> Cell:
        return self._day(task, task.margin, "margin")
