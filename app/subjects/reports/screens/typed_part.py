"""One typed part of a report: shown, typed, and saved on leaving and every few seconds, never over the typing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.subjects.reports.rules.report_points import Chapter
from app.subjects.reports.screens.grid_editor import GridEditor
from app.subjects.reports.screens.growing_text import GrowingText
from app.subjects.reports.screens.lead_grid import LeadGrid
from app.subjects.reports.screens.report_words import quietly
from app.subjects.reports.services.report_form import FormScreenView
from app.subjects.reports.services.reports import write_chapter, write_rows
from app.widgets.labels import label
from app.window.desk import Desk, with_store

PAUSE_MS = 3_000
"""A pause in typing this long saves."""
AGE_MS = 10_000
"""Typing without a pause is saved at least this often."""
_UNSAVED = object()
_FOR_CONTRACTOR = "受託者が書くところです。届いた文は、そのまま貼り付けられます。"


class TypedPart(QWidget):
    """The part ``chapter`` with its editor below its name; saving goes through the desk.

    Signals: ``laid_out()`` its boxes are new ones.

    What stands in the editor is replaced by what is stored only while nothing typed waits to be saved,
    so the cursor never jumps.
    """

    laid_out = Signal()

    def __init__(self, desk: Desk, chapter: Chapter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.chapter = chapter
        self._report_id = 0
        self._stored: Any = _UNSAVED
        self._kept: Any = _UNSAVED
        self._under_way = 0
        self.editor = self._make_editor()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._age = QTimer(self, singleShot=True, interval=AGE_MS)
        for timer in (self._pause, self._age):
            timer.timeout.connect(lambda: self.save(quiet=True))
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(label(chapter.title, "strong"))
        if chapter.optional:
            head.addWidget(label("（任意）", "small"))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        if chapter.hint:
            column.addWidget(label(chapter.hint, "small", wrap=True))
        column.addWidget(self.editor)

    def _make_editor(self) -> GrowingText | GridEditor | LeadGrid:
        chapter = self.chapter
        if chapter.shape == "text":
            box = GrowingText(lines=2 if chapter.optional else 6)
            box.setAccessibleName(chapter.title)
            box.setPlaceholderText(_FOR_CONTRACTOR if chapter.writer == "受託者" else "")
            box.textChanged.connect(self._note_edit)
            box.gone.connect(self.save)
            return box
        led = chapter.key in ("時間割内容", "自由記述分類")
        grid: GridEditor | LeadGrid = (LeadGrid if led else GridEditor)(chapter.title, chapter.columns)
        grid.edited.connect(self._note_edit)
        grid.left.connect(self.save)
        if isinstance(grid, GridEditor):
            grid.laid_out.connect(self.laid_out)
        return grid

    def show_view(self, view: FormScreenView, *, read_only: bool) -> None:
        """Show what is stored, unless something typed still waits."""
        report = view.form.report
        if report is None:
            return
        key, editor = self.chapter.key, self.editor
        if isinstance(editor, LeadGrid):
            editor.show_leads(view.leads.get(key, ()))
        if isinstance(editor, GrowingText):
            editor.setReadOnly(read_only)
        else:
            editor.set_read_only(read_only)
        stored: Any = report.body.get(key, "") if self.chapter.shape == "text" else report.tables.get(key, ())
        fresh = report.id != self._report_id
        if not fresh and (self._under_way or self.value() != self._kept):
            return
        if fresh or stored != self._stored:
            self._put(stored, view.starters.get(key, ()))
        self._report_id, self._stored, self._kept = report.id, stored, self.value()

    def value(self) -> Any:
        """What stands in the editor: a text, or rows."""
        return self.editor.toPlainText() if isinstance(self.editor, GrowingText) else self.editor.rows()

    def save(self, *, quiet: bool = False) -> None:
        """Save what was typed since; ``quiet`` without the bar at the bottom."""
        self._pause.stop()
        self._age.stop()
        value = self.value()
        if not self._report_id or value == self._kept:
            return
        self._kept = self._stored = value
        self._under_way += 1
        report_id, key, signed = self._report_id, self.chapter.key, self._desk.signed
        if self.chapter.shape == "text":
            change = with_store(write_chapter, report_id=report_id, key=key, text=value, **signed)
        else:
            change = with_store(write_rows, report_id=report_id, key=key, rows=value, **signed)
        asked = self._desk.write(
            quietly(change) if quiet else change,
            self._end,
            failed=self._fail,
            owner=self,
        )
        if asked is None and self._under_way:
            self._under_way -= 1

    def _put(self, stored: Any, starters: Any) -> None:
        if isinstance(self.editor, GrowingText):
            self.editor.show_text(stored)
        else:
            self.editor.show_rows(stored or starters)

    def _note_edit(self) -> None:
        self._pause.start()
        if not self._age.isActive():
            self._age.start()

    def _end(self, _saved: Any) -> None:
        self._under_way -= 1

    def _fail(self, problem: Exception) -> None:
        """What was typed stays in the editor and counts as not yet saved."""
        self._under_way -= 1
        self._kept = _UNSAVED
        self._desk.fail(problem)

    def hideEvent(self, event: QHideEvent) -> None:
        """Going elsewhere is leaving."""
        self.save()
        super().hideEvent(event)
