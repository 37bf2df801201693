"""The editor of a report's chapter, with facts from the records and autosaved input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.dates import short_date_or
from app.common.join_nonempty import fill_nonempty
from app.main_window.action_routes import route_to
from app.submissions.reports.rules.report_points import PHOTOS, ReportChapter, is_written
from app.submissions.reports.screens.grid_editor import GridEditor
from app.submissions.reports.screens.photo_editor import PhotoEditor
from app.submissions.reports.services.report_form import FormScreenView, GivenRow, ReportChapterFacts, SectionView
from app.submissions.reports.services.reports import write_chapter, write_rows
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import link_button
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.forms.growing_text import GrowingText
from app.widgets.labels import label, second_label, show_text_or_hide, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import column_of, in_column, in_grid, in_row
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import clear_layout, in_scroll_area, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, without_message

Row = tuple[str, ...]
PAUSE_MS = 3_000
"""Milliseconds without typing after which input is saved."""
AGE_MS = 10_000
"""Milliseconds of continuous typing after which input is saved."""
_UNSAVED = object()
_WRITERS = {
    "区が記入": "区の記録から入ります",
    "受託者の集計": "受託者の集計が入ります",
    "受託者": "受託者が記入",
}


class GivenRowsEditor(QWidget):
    """Editor of a table whose rows are given, with one field beside each of them.

    Signals: ``edited()``; ``focus_lost()`` a field was left.
    """

    edited = Signal()
    focus_lost = Signal()

    def __init__(self, title: str, columns: Sequence[str]):
        """The last of ``columns`` is typed; those before it are given."""
        super().__init__()
        self._title = title
        self._columns = tuple(columns)
        self._leads: tuple[GivenRow, ...] = ()
        self._others: tuple[Row, ...] = ()
        self.boxes: list[GrowingText] = []
        self._read_only = False
        self._grid = in_grid(across=12, down=6, wide=0)
        self._grid.setColumnStretch(1, 1)
        in_column(self._grid, owner=self)

    def show_given_rows(self, given_rows: Sequence[GivenRow]) -> None:
        """Show the given rows, each once; typed text stays with its row."""
        wanted = tuple({lead.cells: lead for lead in given_rows}.values())
        if wanted == self._leads:
            return
        typed = self.rows()
        self._leads = wanted
        clear_layout(self._grid)
        self.boxes = []
        for number, lead in enumerate(self._leads):
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(wrapped_label("　".join(lead.cells), "strong"))
            if lead.note:
                words.addWidget(small_label(lead.note))
            words.addStretch(1)
            holder = QWidget()
            words.setContentsMargins(0, 4, 0, 0)
            holder.setLayout(words)
            box = with_accessible_name(GrowingText(), f"{self._title}　{'　'.join(lead.cells)}　{self._columns[-1]}")
            box.setReadOnly(self._read_only)
            box.textChanged.connect(self.edited)
            box.focus_left.connect(self.focus_lost)
            self._grid.addWidget(holder, number, 0)
            self._grid.addWidget(box, number, 1, Qt.AlignmentFlag.AlignTop)
            self.boxes.append(box)
        self.show_rows(typed)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show the typed texts; rows without a given row any more are kept and returned."""
        known = {tuple(cells[:-1]): cells[-1] for cells in rows if len(cells) == len(self._columns)}
        given = {lead.cells for lead in self._leads}
        self._others = tuple((*lead, text) for lead, text in known.items() if lead not in given)
        for lead, box in zip(self._leads, self.boxes, strict=True):
            box.show_text(known.get(lead.cells, ""))

    def rows(self) -> tuple[Row, ...]:
        """Return the rows that have typed text (given cells first), and the stored rows no longer given."""
        typed = tuple(
            (*lead.cells, box.toPlainText())
            for lead, box in zip(self._leads, self.boxes, strict=True)
            if box.toPlainText().strip()
        )
        return typed + self._others

    def set_read_only(self, on: bool) -> None:
        """Set whether the fields are read-only."""
        self._read_only = on
        for box in self.boxes:
            box.setReadOnly(on)


class ChapterField(ActionMixin, QWidget):
    """The editor of one part of a chapter, below its name.

    Signals: none. The content is replaced by the stored one only while nothing
    typed waits to be saved, so the cursor never jumps.
    """

    def __init__(self, app_context: AppContext, chapter: ReportChapter):
        super().__init__()
        self.app_context = app_context
        self.chapter = chapter
        self._report_id = 0
        self._stored: Any = _UNSAVED
        self._kept: Any = _UNSAVED
        self._under_way = 0
        self.editor = self._make_editor()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._age = QTimer(self, singleShot=True, interval=AGE_MS)
        for timer in (self._pause, self._age):
            timer.timeout.connect(lambda: self.save(silent=True))
        app_context.lock_changed.connect(self._on_lock_acquired)
        head = in_row(label(chapter.title, "strong"), spacing=4)
        if chapter.optional:
            head.addWidget(label("（任意）", "small"))
        head.addStretch(1)
        column = in_column(head, owner=self, spacing=4)
        if chapter.hint:
            column.addWidget(small_label(chapter.hint))
        column.addWidget(self.editor)

    def _make_editor(self) -> GrowingText | GridEditor | GivenRowsEditor:
        """Return the editor that fits the shape of the chapter: text, table or fixed rows."""
        chapter = self.chapter
        if chapter.shape == "text":
            box = with_accessible_name(GrowingText(lines=2 if chapter.optional else 6), chapter.title)
            box.setPlaceholderText(
                "受託者が書くところです。届いた文は、そのまま貼り付けられます。" if chapter.writer == "受託者" else ""
            )
            box.textChanged.connect(self._note_edit)
            box.focus_left.connect(self.save)
            return box
        led = chapter.key in ("時間割内容", "自由記述分類")
        grid: GridEditor | GivenRowsEditor = (GivenRowsEditor if led else GridEditor)(chapter.title, chapter.columns)
        grid.edited.connect(self._note_edit)
        grid.focus_lost.connect(self.save)
        return grid

    def show_view(self, view: FormScreenView, *, read_only: bool) -> None:
        """Show the stored content, unless unsaved input exists."""
        report = view.form.report
        if report is None:
            return
        key, editor = self.chapter.key, self.editor
        if isinstance(editor, GivenRowsEditor):
            editor.show_given_rows(view.given_rows.get(key, ()))
        if isinstance(editor, GrowingText):
            editor.setReadOnly(read_only)
        else:
            editor.set_read_only(read_only)
        stored: Any = report.body.get(key, "") if self.chapter.shape == "text" else report.tables.get(key, ())
        fresh = report.id != self._report_id
        if not fresh and (self._under_way or self.value() != self._kept):
            return
        if fresh or stored != self._stored:
            self._put(stored, view.initial_rows.get(key, ()))
        self._report_id, self._stored, self._kept = report.id, stored, self.value()

    @property
    def chapter_key(self) -> tuple[int, str]:
        """Return the id of the report and the key of the chapter."""
        return self._report_id, self.chapter.key

    def restore_draft(self, typed: Any) -> None:
        """Restore unsaved input from before another chapter was chosen."""
        self._put(typed, ())
        for box in self.findChildren(GrowingText):
            box.document().setModified(True)

    @property
    def dirty_fields(self) -> bool:
        """Return whether there is unsaved input."""
        return bool(self._report_id) and self.value() != self._kept

    def value(self) -> Any:
        """Return the content of the editor, a text or rows."""
        return self.editor.toPlainText() if isinstance(self.editor, GrowingText) else self.editor.rows()

    def save(self, *, silent: bool = False) -> None:
        """Save the input if it was changed; ``silent`` without the message bar.

        While a colleague holds the write lock it stays unsaved.
        """
        self._pause.stop()
        self._age.stop()
        value = self.value()
        if not self._report_id or value == self._kept:
            return
        if (
            self.app_context.read_only
        ):  # a colleague holds the write lock: the input stays unsaved, and the screen stays as it is
            return
        self._kept = self._stored = value
        self._under_way += 1
        report_id, key = self._report_id, self.chapter.key
        if self.chapter.shape == "text":
            change = bind_action(write_chapter, report_id=report_id, key=key, text=value)
        else:
            change = bind_action(write_rows, report_id=report_id, key=key, rows=value)
        self.run_change(without_message(change) if silent else change, self._end, failed=self._fail)

    def _put(self, stored: Any, starters: Any) -> None:
        """Show the stored text or rows in the editor; ``starters`` are the rows of an empty table."""
        if isinstance(self.editor, GrowingText):
            self.editor.show_text(stored)
        else:
            self.editor.show_rows(stored or starters)

    def _note_edit(self) -> None:
        """Start the timers after which typed text is saved."""
        self._pause.start()
        if not self._age.isActive():
            self._age.start()

    def _on_lock_acquired(self) -> None:
        """Start the pause after which unsaved input is saved, if one may write; slot of ``lock_changed``."""
        if self.dirty_fields and self.may_write:
            self._pause.start()

    def _end(self, _saved: Any) -> None:
        """Count a saving as ended, and mark the field as saved unless something was typed meanwhile."""
        self._under_way -= 1
        if not self.dirty_fields:
            for box in self.findChildren(GrowingText):
                box.document().setModified(False)

    def _fail(self, problem: Exception) -> None:
        """Keep the input as unsaved after a failure, and show the failure."""
        self._under_way -= 1
        self._kept = _UNSAVED
        self.app_context.show_failure(problem)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save when the page is left."""
        self.save()
        super().hideEvent(event)


class FactsBox(Panel):
    """What the records say for a chapter, with the link to where they are changed.

    Signals: ``link_clicked(Route)`` to the place where the record is changed.
    """

    link_clicked = Signal(object)

    def __init__(self, facts: ReportChapterFacts):
        super().__init__()
        self.setAccessibleName(facts.title)
        way = route_to(facts.link)
        self.link = link_button(way.label, lambda: self.link_clicked.emit(way))
        self.put(FlowRow(label(facts.title, "strong"), self.link, spacing=12))
        grid = in_grid(across=12, down=6, wide=1)
        long_names = any(len(name) > 7 for name, _ in facts.lines)
        for number, (name, text) in enumerate(facts.lines):
            left = second_label(name)
            left.setFixedWidth(t.scaled(160 if long_names else 84))
            right = wrapped_label(text)
            right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(left, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(right, number, 1, Qt.AlignmentFlag.AlignTop)
        self.put(grid)


class SectionEditor(ActionMixin, QWidget):
    """Editor of the chosen chapter of a report, with facts and input.

    Signals: ``link_clicked(Route)`` to the place where a record is changed.
    """

    link_clicked = Signal(object)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._shown: tuple[int, str] = (0, "")
        self._facts: tuple[object, ...] = ()
        self._waiting: dict[tuple[int, str], Any] = {}
        self.parts: list[ChapterField] = []
        self.photos: PhotoEditor | None = None
        self.title = label("", "h2")
        self.writer = label("", "small")
        self.flags = NoteBox(tone="amber")
        self.lacking = NoteBox(tone="amber")
        self.theirs = second_label()
        self.typing = FoldLine("届いた文を区が入力する")
        self._facts_area = QVBoxLayout()
        self._typed_area = QVBoxLayout()
        for area in (self._facts_area, self._typed_area):
            area.setSpacing(12)
        self._typed = column_of(self._typed_area)
        self.typing.toggled.connect(self._typed.setVisible)
        inside = column_of(
            self.flags,
            self.lacking,
            self._facts_area,
            self.theirs,
            self.typing,
            self._typed,
            None,
            spacing=12,
            margins=(0, 8, 8, 12),
        )
        self.area = in_scroll_area(inside)
        in_column(widget_row(self.title, None, self.writer), (self.area, 1), owner=self, spacing=0)

    def show_section(self, view: FormScreenView, section: SectionView, *, read_only: bool) -> None:
        """Show a chapter; if it is the same one, only refresh what changed elsewhere."""
        report = view.form.report
        if report is None:
            return
        shown = (report.id, section.section.title)
        if shown != self._shown:
            self._shown = shown
            self._begin(section)
        self.title.setText(section.section.words)
        self.writer.setText(
            "区が決めて、受託者が載せます" if section.section.title == PHOTOS else _WRITERS[section.section.writer]
        )
        self._show_facts(section)
        for part in (*((self.photos,) if self.photos else ()), *self.parts):
            part.show_view(view, read_only=read_only)
        for one in self.parts:
            if one.chapter_key in self._waiting:
                one.restore_draft(self._waiting.pop(one.chapter_key))
        self._show_flags(view, section)
        lacking = view.remarks.get(section.section.title, ())
        lines = "\n".join(f"・{words}" for words in lacking)
        self.lacking.show_text(f"**まだ足りないところ**（「以上」は、そろうと付きます）\n{lines}" if lacking else "")
        self._show_theirs(view, section)

    def save(self) -> None:
        """Save the input so far."""
        for part in (*((self.photos,) if self.photos else ()), *self.parts):
            part.save()

    @property
    def dirty_fields(self) -> bool:
        """Return whether some input is not saved, or waits for the write lock."""
        return bool(self._waiting) or any(part.dirty_fields for part in self.parts)

    def _begin(self, section: SectionView) -> None:
        """Build the fields of another chapter, after saving those of the last one.

        What can't be saved, because a colleague holds the write lock, is kept and shown again with its chapter.
        """
        self.save()
        for part in self.parts:
            if part.dirty_fields and self.app_context.read_only:  # a colleague holds the write lock
                self._waiting[part.chapter_key] = part.value()
            self._typed_area.removeWidget(part)
            part.hide()
            part.deleteLater()
        if self.photos is not None:
            self._typed_area.removeWidget(self.photos)
            self.photos.hide()
            self.photos.deleteLater()
            self.photos = None
        if section.section.title == PHOTOS:
            self.photos = PhotoEditor(self.app_context)
            self._typed_area.addWidget(self.photos)
        self.parts = [
            ChapterField(self.app_context, chapter) for chapter in section.chapters if chapter.shape != "auto"
        ]
        for part in self.parts:
            self._typed_area.addWidget(part)
        self.area.verticalScrollBar().setValue(0)
        self._facts = ()

    def _show_facts(self, section: SectionView) -> None:
        """Show a box for each group of facts that the records give for a chapter."""
        if section.facts == self._facts and self._facts_area.count() == len(section.facts):
            return
        self._facts = section.facts
        clear_layout(self._facts_area)
        for facts in section.facts:
            box = FactsBox(facts)
            box.link_clicked.connect(self.link_clicked)
            self._facts_area.addWidget(box)

    def _show_flags(self, view: FormScreenView, section: SectionView) -> None:
        """Show in the chapter of the survey the free comments in which somebody may be recognised."""
        found = view.flags if "survey" in section.section.sources else ()
        lines = "\n".join(f"{question}「{text}」（{words}）" for question, text, words in found)
        self.flags.show_text(
            f"**自由記述に、個人が分かるおそれのある文が{len(found)}件あります。"
            f"**アンケートの画面で確かめてください。\n{lines}"
            if found
            else ""
        )

    def _show_theirs(self, view: FormScreenView, section: SectionView) -> None:
        """Say of a chapter of the contractor's what comes there and when; empty fields are folded."""
        report = view.form.report
        theirs = section.section.writer.startswith("受託者") and section.section.title != PHOTOS
        due = view.task.due if view.task is not None else None
        by = fill_nonempty("{}までの報告書で届きます。", short_date_or("", due, self.app_context.today()))
        show_text_or_hide(self.theirs, f"受託者が書きます。{by}" if theirs else "")
        empty = report is not None and not any(is_written(chapter, report) for chapter in section.chapters)
        folded = theirs and bool(self.parts) and empty and report is not None and report.author.is_ward
        self.typing.show_count(len(self.parts) if folded else 0)
        self._typed.setVisible(not folded or self.typing.isChecked())
