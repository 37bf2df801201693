"""申込を取り込む, step by step: ファイル → 列の対応 → 1行ずつ確かめる → 取り込む, and what was decided about the file
so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.importing.column_maps import remember_columns, remember_wishes
from app.importing.parts.file_in_hand import FileReading, FileWork, asked_file
from app.papers.screens.export_button import ExportButton, ExportSheet, log_copies
from app.subjects.events.applications.intake.unsure_answers import AnswerKey
from app.subjects.events.applications.screens.rows_page import MendDialog, RowsPage
from app.subjects.events.applications.screens.wizard_pages import ContactDialog, DonePage, FilePage, MappingPage
from app.subjects.events.applications.services.application_import import (
    Imported,
    import_applications,
    preview_applications,
    read_application_file,
    undo_import,
)
from app.subjects.events.applications.services.application_preview import (
    TITLE,
    ApplicationPreview,
    Decision,
    Mend,
    PreviewRow,
    problem_rows,
)
from app.subjects.events.applications.services.applications import ImportLine
from app.widgets.buttons import Button
from app.widgets.forms.dropped_file import DroppedFile
from app.widgets.forms.recent_files import note_file
from app.widgets.labels import wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.record_table import RecordTable
from app.widgets.pages import Pages
from app.widgets.sending import Sending, note_failure
from app.window.desk import Desk, acting, with_store
from app.window.failure_messages import failure_of


@dataclass(kw_only=True)
class ApplicationWork(FileWork):
    """A file of applications in hand."""

    chosen_at: datetime
    event_id: int
    wishes: dict[str, int] = field(default_factory=dict)
    mends: dict[int, Mend] = field(default_factory=dict)
    answers: dict[AnswerKey, str] = field(default_factory=dict)
    include_doubtful: bool = False
    year_from: date | None = None
    preview: ApplicationPreview | None = None

    def arguments(self) -> dict[str, Any]:
        """What the preview and the import are asked with."""
        return {
            "path": self.path,
            "file": self.file,
            "event_id": self.event_id or None,
            "columns": self.columns,
            "sheet": self.sheet,
            "wishes": dict(self.wishes),
            "mends": dict(self.mends),
            "answers": dict(self.answers),
            "include_doubtful": self.include_doubtful,
            "year_from": self.year_from,
        }

    def forget_rows(self) -> None:
        """Another sheet or other columns: what was set right in the rows no longer fits."""
        self.mends = {}

    def forget_sheet(self) -> None:
        """Another sheet: its days may be of another year."""
        super().forget_sheet()
        self.answers = {}
        self.year_from = None


NOTE = "まだ保存していません。取り込んだあとも、まるごと元に戻せます"


class WizardFoot(QFrame):
    """Signals: ``cancelled()``; ``confirmed()``."""

    cancelled = Signal()
    confirmed = Signal()

    def __init__(
        self,
        desk: Desk,
        gather: Callable[[Callable[[ExportSheet], None]], None],
        *,
        title: str,
        event_id: Callable[[], int | None],
    ) -> None:
        """``gather`` collects the rows that stay out, ``title`` names their workbook."""
        super().__init__()
        self.setProperty("kind", "footer")
        self.desk = desk
        self.export = ExportButton(desk, gather, title=title, event_id=event_id)
        self.export.setProperty("low", False)
        self.note = wrapped_label(NOTE, "small")
        self.cancel = Button("やめる", self.cancelled.emit, tall=True)
        self.main = Button("", self.confirmed.emit, kind="main", tall=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        in_row(self.export, (self.note, 1), self.cancel, self.main, owner=self, spacing=12, margins=(12, 12, 12, 12))

    def dress(self, preview: ApplicationPreview, *, columns: bool) -> None:
        """Say what the buttons do now."""
        out = len(preview.left_out)
        self.export.set_words(f"取り込まない{out}行をExcelに出力")
        self.export.offer(out > 0)
        self.export.setVisible(out > 0 and not columns)
        self.note.setText("" if columns else NOTE)
        # The way on stands at the top of the columns: a hasty second click must not take the file in.
        self.main.setVisible(not columns)
        if columns:
            return
        self.main.set_words(take_words(preview))
        self.main.setEnabled(bool(preview.taken or preview.compared) and not self.desk.read_only)

    def wait(self, waiting: bool) -> None:
        """No second press while the work runs."""
        self.main.setEnabled(not waiting)
        self.cancel.setEnabled(not waiting)


def take_words(preview: ApplicationPreview) -> str:
    """「10件を取り込む」, with the places where that is another number, or why there is nothing to take in."""
    count, people = len(preview.taken), preview.new_people
    if not count and preview.compared:
        return "比べたことを残す"
    if not count:
        return "取り込める申込はありません" if preview.left_out else "新しい申込はありません"
    return f"{count}件（{people}人分）を取り込む" if people not in (0, count) else f"{count}件を取り込む"


STEPS = ("ファイル", "列の対応", "1行ずつ確かめる", "取り込む")
START, COLUMNS, ROWS, DONE = range(4)
_KINDS = "申込のファイル (*.csv *.txt *.tsv *.xlsx *.zip *.xls);;すべてのファイル (*)"


class Wizard(Sending, QWidget):
    """The four steps.

    ``ask_file`` gives the path of the chosen file or None; the window's own dialog unless replaced.
    Signals: ``step_shown(int)``; ``event_wanted(int)`` the clerk chose another event (0 = by the wishes);
    ``typing_asked()``; ``roster_asked(int)`` the event to look at.
    """

    step_shown = Signal(int)
    event_wanted = Signal(int)
    typing_asked = Signal()
    roster_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self._event_id = 0
        self.start = FilePage(desk)
        self.columns = MappingPage(desk.today())
        self.rows = RowsPage(desk.today())
        self.rows.table_made.connect(self._log_copies)
        self.done = DonePage(desk)
        self.foot = WizardFoot(desk, self._problem_sheet, title=TITLE, event_id=lambda: self._event_id or None)
        self.reading = FileReading[ApplicationWork, ApplicationPreview](
            desk,
            self,
            read=lambda work: partial(read_application_file, work.path, sheet=work.sheet),
            judge=lambda work: with_store(preview_applications, **work.arguments()),
            show=self._show,
            refuse=self._refuse_file,
        )
        self._stack = Pages()
        for page in (self.start, self.columns, self.rows, self.done):
            self._stack.addWidget(page)
        in_column((self._stack, 1), self.foot, owner=self, spacing=4)
        DroppedFile(self).dropped.connect(self.show_file)
        self._connect()
        self._go(START)

    def _connect(self) -> None:
        self.start.file_asked.connect(self.choose_file)
        self.start.file_chosen.connect(self.show_file)
        self.start.event_chosen.connect(self.event_wanted)
        self.start.undo_asked.connect(self._undo)
        self.start.typing_asked.connect(self.typing_asked)
        self.columns.sheet_chosen.connect(self._take_sheet)
        self.columns.changed.connect(self._take_columns)
        self.rows.columns_asked.connect(lambda: self._go(COLUMNS))
        self.rows.contacts_asked.connect(self._mend_contacts)
        self.rows.mend_asked.connect(self._mend_row)
        self.rows.doubtful_wanted.connect(self._take_doubtful)
        self.rows.row_settled.connect(self._settle_row)
        self.rows.answered.connect(self._take_answer)
        self.columns.confirmed.connect(self._go_on)
        self.done.again_asked.connect(self.begin_again)
        self.done.roster_asked.connect(self.roster_asked)
        self.foot.cancelled.connect(self.begin_again)
        self.foot.confirmed.connect(self._go_on)

    def _log_copies(self, table: RecordTable) -> None:
        log_copies(self.desk, table, title=f"{TITLE}　取り込む行", event_id=lambda: self._event_id or None)

    # what the screen does

    @property
    def work(self) -> ApplicationWork | None:
        """The file in hand."""
        return self.reading.work

    @property
    def step(self) -> int:
        """The step shown, from 0."""
        return self._stack.currentIndex()

    def show_event(self, event_id: int) -> None:
        """Take applications for this event from now on (0 = each row by its wishes)."""
        if event_id != self._event_id:
            self._event_id = event_id
            if self.work is not None:
                self.work.event_id = event_id
                self.reading.judge()

    def show_imports(self, lines: Sequence[ImportLine]) -> None:
        """Show the files taken in so far; an import that was taken back meanwhile is not shown as done."""
        self.start.show_imports(lines)
        if self.step == DONE and self.done.import_id and self.done.import_id not in {line.id for line in lines}:
            self.begin_again()

    def look_again(self) -> None:
        """Something was saved meanwhile (by undo, or at the telephone): the rows of the file are judged anew."""
        if self.step in (COLUMNS, ROWS):
            self.reading.judge()

    def choose_file(self) -> None:
        """Ask for a file."""
        path = self.ask_file()
        if path is not None:
            self.show_file(path)

    def show_file(self, path: Path) -> None:
        """Read a file beside the window and show what would become of it; nothing is saved."""
        self.start.problem.say("")
        self.columns.forget_year()
        self.reading.take(ApplicationWork(path=path, chosen_at=self.desk.now(), event_id=self._event_id))

    def begin_again(self) -> None:
        """Back to the first step; the file is left as it is."""
        self.reading.work = None
        self._go(START)
        self.start.take_focus()

    # reading and judging

    def _show(self, work: ApplicationWork, preview: ApplicationPreview, first: bool) -> None:
        work.preview = preview
        self.rows.show_preview(preview, work.chosen_at, again=not first)
        if first or self.step != COLUMNS:
            self.columns.show_preview(preview)
        self.columns.offer(ready=not preview.needs_columns and not preview.needs_event)
        if first:
            self._go(COLUMNS if _asks_first(preview) else ROWS)
        else:
            self._dress_foot()

    def _judge(self) -> None:
        self.reading.judge()

    def _refuse_file(self, problem: Exception) -> None:
        self._go(START)
        note_failure(failure_of(problem), self.start.problem)

    # decisions

    def _take_sheet(self, sheet: str) -> None:
        if self.work is not None and sheet != self.work.sheet:
            self.columns.forget_year()
            self.reading.take_sheet(sheet)

    def _take_columns(self) -> None:
        work = self.work
        if work is None:
            return
        chosen = self.columns.chosen_columns()
        if work.preview is not None and chosen != {one.index: one.field for one in work.preview.columns}:
            work.columns = chosen
            work.forget_rows()
        work.wishes = self.columns.chosen_wishes()
        work.year_from = self.columns.chosen_year()
        self.reading.judge()

    def _take_doubtful(self, wanted: bool) -> None:
        if self.work is not None:
            self.work.include_doubtful = wanted
            self.reading.judge()

    def _mend_row(self, shown: PreviewRow) -> None:
        work = self.work
        if work is None:
            return
        dialog = MendDialog(self.desk, shown, work.mends.get(shown.row, Mend()), parent=self.window())
        dialog.accepted.connect(lambda: self._take_mend(work, shown.row, dialog.mend()))
        dialog.open()

    def _take_mend(self, work: ApplicationWork, row: int, mend: Mend) -> None:
        if work is self.work:
            work.mends[row] = mend
            self.reading.judge()

    def _settle_row(self, row: PreviewRow, decision: Decision) -> None:
        if self.work is not None:
            present = self.work.mends.get(row.row, Mend())
            self._take_mend(self.work, row.row, replace(present, decision=decision))

    def _take_answer(self, key: AnswerKey, answer: str) -> None:
        """What equal words mean in every row of this file; "" = open again."""
        if self.work is not None:
            self.work.answers |= {key: answer}
            self.reading.judge()

    def _mend_contacts(self) -> None:
        if self.work is not None and self.work.preview is not None:
            dialog = ContactDialog(self.desk, self.work.preview.rule, parent=self.window())
            dialog.accepted.connect(self._judge)
            dialog.open()

    # going on

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self._dress_foot()
        self.step_shown.emit(step)
        if step in (COLUMNS, ROWS):
            (self.columns if step == COLUMNS else self.rows).take_focus()

    def _dress_foot(self) -> None:
        preview = self.work.preview if self.work is not None else None
        self.foot.setVisible(self.step in (COLUMNS, ROWS))
        if preview is not None:
            self.foot.dress(preview, columns=self.step == COLUMNS)

    def _go_on(self) -> None:
        work = self.work
        if work is None or work.preview is None:
            return
        if self.step == COLUMNS:
            self._remember(work, work.preview)
            self._go(ROWS)
            return
        self.foot.wait(True)
        self.send(
            acting(self.desk, import_applications, seen_sha256=work.preview.sha256, **work.arguments()),
            self._imported,
            failed=self._refuse,
            title="申込を取り込んでいます",
        )

    def _remember(self, work: ApplicationWork, preview: ApplicationPreview) -> None:
        if self.desk.read_only:
            return
        if work.columns is not None:
            self.do(remember_columns, source_key=preview.source_key, columns=work.columns)
        chosen = self.columns.chosen_wishes()
        if chosen:
            self.do(remember_wishes, source_key=preview.source_key, wishes=chosen)

    def _imported(self, imported: Imported) -> None:
        self.foot.wait(False)
        if self.work is not None:
            note_file(self.work.path)
        self.done.show_result(imported, self.work.file if self.work is not None else None)
        self.reading.work = None
        self._go(DONE)
        self.done.take_focus()

    def _refuse(self, problem: Exception) -> None:
        self.foot.wait(False)
        note_failure(failure_of(problem), self.rows.problem)

    def _undo(self, line: ImportLine) -> None:
        self.start.problem.say("")
        self.send(
            acting(self.desk, undo_import, import_id=line.id),
            failed=lambda problem: note_failure(failure_of(problem), self.start.problem),
        )

    def _problem_sheet(self, deliver: Callable[[ExportSheet], None]) -> None:
        work = self.work
        if work is not None and work.file is not None and work.preview is not None:
            columns, rows = problem_rows(work.file, work.preview)
            deliver(ExportSheet(columns=columns, rows=rows, words=f"{len(rows)}行", personal=True))

    def _ask_file(self) -> Path | None:
        return asked_file(self, "申込のファイルを選ぶ", _KINDS)


def _asks_first(preview: ApplicationPreview) -> bool:
    """Whether the columns or wishes have to be looked at before the rows say anything."""
    open_wish = preview.event is None and any(wish.event_id is None for wish in preview.wishes)
    return bool(preview.needs_columns) or open_wish or preview.needs_event or bool(preview.days_without_year)
