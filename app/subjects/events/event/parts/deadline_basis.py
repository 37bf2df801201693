"""Explains a date: tooltip words, and a dialog with the clause, the arithmetic and all three dates."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QGridLayout, QWidget

from app.calendar.dates import long_date
from app.common.join_nonempty import join_nonempty
from app.subjects.events.event.rules.basis import full_clause
from app.subjects.events.event.services.tasks.task import Task
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import Paragraph, label
from app.widgets.layouts import in_grid
from app.widgets.note_box import NoteBox


def full_basis_words(task: Task) -> str:
    """Return the basis of a date, its 目安日 and an override, one sentence a line."""
    lines = [f"{task.basis}。" if task.basis and not task.basis.endswith("。") else task.basis]
    if task.margin_basis and task.margin_basis != task.basis:
        lines.append(f"{task.margin_basis}。")
    if task.override is not None:
        lines.append(f"手で変えた期限です。理由：{task.override_reason}")
    return join_nonempty(*lines, separator="\n")


class BasisDialog(DialogFrame):
    """Dialog that explains one deadline. Signals: those of ``DialogFrame``."""

    def __init__(self, task: Task, parent: QWidget) -> None:
        subject = join_nonempty(task.event_title, task.label)
        super().__init__("期限の根拠", subject, cancel="閉じる", width=640, parent=parent)
        self.put(self._dates(task), NoteBox(full_basis_words(task), "accent"))
        for warning in task.warnings:
            self.put(NoteBox(warning, "amber"))
        if task.clause:
            self.put(Paragraph(f"{task.clause} は {full_clause(task.clause)} の略記です。", role="small"))
        if not task.is_contract_duty:
            self.put(Paragraph("目安日は契約上の期限ではありません。過ぎても期限超過にはなりません。", role="small"))
        self.put(None)

    def _dates(self, task: Task) -> QGridLayout:
        grid = in_grid(across=24, down=8, wide=1)
        after = task.column == "nominal"
        rows: list[tuple[str, date | None]] = [
            ("期限（暦どおり）", task.nominal),
            ("休日の場合の期限（民法142条）" if after else "期限（開庁日）", task.working),
            ("目安日", task.margin),
        ]
        if task.override is not None:
            rows.append(("手で変えた期限", task.override))
        shown = [(name, day) for name, day in rows if day is not None]
        for number, (name, day) in enumerate(shown):
            assert day is not None
            grid.addWidget(label(name, "second"), number, 0)
            grid.addWidget(label(long_date(day), "date" if day == task.due else "body"), number, 1)
        grid.addWidget(label("残り・状態", "second"), len(shown), 0)
        grid.addWidget(label(task.provisional_words or task.state_words), len(shown), 1)
        return grid


def show_basis_dialog(task: Task, parent: QWidget) -> BasisDialog:
    """Open the explanation of a task's date over ``parent``."""
    dialog = BasisDialog(task, parent)
    dialog.open()
    return dialog
