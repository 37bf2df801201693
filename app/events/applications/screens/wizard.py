"""Wizard 申込を取り込む (ファイル → 列の対応 → 1行ずつ確かめる → 取り込む) and the decisions about the file so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.export_button import ExportButton, ExportTable
from app.documents.screens.form_text_dialog import FormTextDialog
from app.events.applications.intake.unclear_answers import OWN, AnswerKey
from app.events.applications.screens.rows_page import RowCorrectionDialog, RowsPage
from app.events.applications.screens.wizard_pages import ContactDialog, FilePage, MappingPage, ResultPage
from app.events.applications.services.application_import import (
    ImportResult,
    import_applications,
    preview_applications,
    read_application_file,
    save_columns,
    save_wishes,
    source_words,
    undo_import,
)
from app.events.applications.services.application_preview import (
    TITLE,
    ApplicationPreview,
    Decision,
    PreviewRow,
    RowCorrection,
    left_out_table,
)
from app.events.applications.services.applications import ImportLine
from app.events.applications.services.form_questions import ApplicationForm, read_application_form
from app.importing.column_choices import has_new_columns
from app.importing.parts import FileDraft, FileLoader, ask_file
from app.widgets.action_mixin import ActionMixin, show_failure_in
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button
from app.widgets.forms.file_drop import FileDrop
from app.widgets.forms.recent_files import mark_file_used
from app.widgets.layouts import in_column
from app.widgets.lists.record_table import RecordTable
from app.widgets.pages import Pages
from app.window.app_context import AppContext, bind_action, with_store
from app.window.failure_messages import failure_of


@dataclass(kw_only=True)
class ApplicationImportWork(FileDraft):
    """State of the import of one application file; ``event_id`` 0 = each row by its wishes."""

    event_id: int
    wishes: dict[str, int] = field(default_factory=dict)
    corrections: dict[int, RowCorrection] = field(default_factory=dict)
    answers: dict[AnswerKey, str] = field(default_factory=dict)
    include_doubtful: bool = False
    year_start: date | None = None
    preview: ApplicationPreview | None = None

    def preview_arguments(self) -> dict[str, Any]:
        """Return the arguments for preview and import."""
        return {
            "path": self.path,
            "file": self.file,
            "event_id": self.event_id or None,
            "columns": self.columns,
            "sheet": self.sheet,
            "wishes": dict(self.wishes),
            "mends": dict(self.corrections),
            "answers": dict(self.answers),
            "include_doubtful": self.include_doubtful,
            "year_from": self.year_start,
        }

    def reset_rows(self) -> None:
        """Discard the corrections of rows, after another sheet or other columns were chosen."""
        self.corrections = {}

    def reset_sheet(self) -> None:
        """Discard columns, corrections, answers and the year of days, after another sheet was chosen; wishes stay."""
        super().reset_sheet()
        self.answers = {}
        self.year_start = None


NOT_SAVED_NOTE = "まだ保存していません。取り込んだあとも、まるごと元に戻せます"
REMEMBERED_NOTE = (
    "決めた行き先は、同じ様式のファイルでつぎも使います。「使わない」の列の答えは、取り込んだあとでは見られません"
)


class WizardFooter(ActionBar):
    """Action bar of the wizard. Signals: ``cancelled()`` 「やめる」; ``confirmed()`` the main button."""

    cancelled = Signal()
    confirmed = Signal()

    def __init__(
        self,
        app_context: AppContext,
        collect_rows: Callable[[Callable[[ExportTable], None]], None],
        *,
        title: str,
        event_id: Callable[[], int | None],
    ):
        """Create the footer.

        Args:
            collect_rows: collects the rows that stay out; ``title`` names their workbook.
        """
        super().__init__(app_context)
        self.app_context = app_context
        self.export = ExportButton(app_context, collect_rows, title=title, event_id=event_id)
        self.cancel = Button("やめる", self.cancelled.emit)
        self.main = Button("", self.confirmed.emit, kind="main")
        self.put(self.main, self.cancel, self.export)

    def update_buttons(self, preview: ApplicationPreview, next_words: str) -> None:
        """Show the buttons and words below, for the page of rows, or with ``next_words`` for that of columns.

        It is the same button there, so that a double click goes one step only.
        """
        columns = bool(next_words)
        out = len(preview.rows_left_out)
        self.export.set_words(f"入らない{out}行をExcelに出力")
        self.export.set_available(out > 0)
        self.export.setVisible(out > 0 and not columns)
        self.put(self.main, self.cancel, self.export)
        self.show_words(REMEMBERED_NOTE if columns else _rows_note(preview))
        self.words.setToolTip(f"{preview.file_name}　{source_words(preview.file)}　データ {len(preview.rows)}行")
        self.main.set_words(next_words or import_button_text(preview))
        taken = bool(preview.rows_to_import or preview.compared_imports) and self.app_context.may_write
        self.main.setEnabled(not (preview.needs_columns or preview.needs_event) if columns else taken)

    def set_busy(self, busy: bool) -> None:
        """Disable 「やめる」 and the main button, or enable both."""
        self.main.setEnabled(not busy)
        self.cancel.setEnabled(not busy)


def _rows_note(preview: ApplicationPreview) -> str:
    """Return that nothing is saved yet, with the rows that stay out until somebody decides, and the unread words."""
    open_rows = [row for row in preview.rows if row.outcome == "確認が必要" and not row.is_taken]
    unread = sum(one.key[0] == OWN and not one.answer for one in preview.questions)
    if not open_rows and not unread:
        return NOT_SAVED_NOTE
    left_out = ""
    if open_rows:
        named = f"{open_rows[0].line}行め {open_rows[0].name}".strip() + and_others(open_rows, 1, " ほか{}行")
        left_out = f"決めていない行（{named}）は入りません"
    words = fill_nonempty("ことば{}件は「未読」で残ります", unread)
    return join_nonempty("まだ保存していません", left_out, words, separator="。")


def import_button_text(preview: ApplicationPreview) -> str:
    """Return 「10件を取り込む」, with the places if that number differs; without rows why there are none.

    If rows were only compared with earlier imports it is 「比べたことを残す」.
    """
    count, people = len(preview.rows_to_import), preview.new_entry_count
    if not count and preview.compared_imports:
        return "比べたことを残す"
    if not count:
        return "取り込める申込はありません" if preview.rows_left_out else "新しい申込はありません"
    return f"{count}件（{people}人分）を取り込む" if people not in (0, count) else f"{count}件を取り込む"


STEPS = ("ファイル", "列の対応", "1行ずつ確かめる", "取り込む")
START, COLUMNS, ROWS, DONE = range(4)
_FILE_FILTER = "申込のファイル (*.csv *.txt *.tsv *.xlsx *.zip *.xls);;すべてのファイル (*)"


class ImportWizard(ActionMixin, QWidget):
    """Wizard with the four steps of the import of applications.

    ``ask_file`` returns the path of the chosen file or None; the window's own dialog unless replaced.

    Signals:
        ``step_shown(int)``: another step is shown.
        ``event_wanted(int)``: the clerk chose another event (0 = by the wishes).
        ``data_entry_asked()``: enter an application by hand.
        ``roster_asked(int)``: show the roster of the event.
    """

    step_shown = Signal(int)
    event_wanted = Signal(int)
    data_entry_asked = Signal()
    roster_asked = Signal(int)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._event_id = 0
        self.start = FilePage(app_context)
        self.columns = MappingPage(app_context.today())
        self.rows = RowsPage(app_context.today())
        self.rows.table_created.connect(self._name_copies)
        self.done = ResultPage(app_context)
        self.foot = WizardFooter(
            app_context, self._export_left_out_rows, title=TITLE, event_id=lambda: self._event_id or None
        )
        # In their place before they are shown or hidden, so that none is a window of its own.
        self.foot.put(self.done.again, self.done.export)
        self.reading = FileLoader[ApplicationImportWork, ApplicationPreview](
            app_context,
            self,
            read=lambda work: partial(read_application_file, work.path, sheet=work.sheet),
            judge=lambda work: with_store(preview_applications, today=app_context.today(), **work.preview_arguments()),
            show=self._show,
            refuse=self._show_file_error,
        )
        self._stack = Pages()
        for page in (self.start, self.columns, self.rows, self.done):
            self._stack.addWidget(page)
        in_column((self._stack, 1), owner=self)
        FileDrop(self).dropped.connect(self.show_file)
        self._connect()
        self._go_to_step(START)

    def _connect(self) -> None:
        self.start.choose_button.chosen.connect(self.choose_file)
        self.start.file_chosen.connect(self.show_file)
        self.start.event_chosen.connect(self.event_wanted)
        self.start.undo_asked.connect(self._undo)
        self.start.typing_button.chosen.connect(self.data_entry_asked)
        self.start.form_button.chosen.connect(self.show_form_text)
        self.columns.sheet_chosen.connect(self._use_sheet)
        self.columns.changed.connect(self._use_columns)
        self.rows.back.chosen.connect(lambda: self._go_to_step(COLUMNS))
        self.columns.mapping.changed.connect(self.update_footer)
        self.columns.mend.chosen.connect(self._edit_contact_rule)
        self.rows.correction_asked.connect(self._correct_row)
        self.rows.include_doubtful_changed.connect(self._set_include_doubtful)
        self.rows.row_settled.connect(self._settle_row)
        self.rows.answered.connect(self._use_answer)
        self.done.again.chosen.connect(self.restart)
        self.done.roster_asked.connect(self.roster_asked)
        self.foot.cancelled.connect(self.restart)
        self.foot.confirmed.connect(self._open_next_step)

    def show_form_text(self) -> None:
        """Open the dialog with the text of an online form for the event, else for all coming events of the year."""
        self.run_read(
            self._show_form_text,
            read_application_form,
            event_id=self._event_id or None,
            fiscal_year=self.app_context.fiscal_year,
            today=self.today,
        )

    def _show_form_text(self, form: ApplicationForm) -> None:
        FormTextDialog(
            "申込フォームに入れる文",
            form.title,
            text=form.text,
            questions=form.questions,
            intro="LoGoフォーム、Google フォーム、Microsoft Forms に、この文のまま貼り付けます。"
            "回答のファイルを取り込むと、列がそのまま対応します。",
            parent=self,
        ).open()

    def _name_copies(self, table: RecordTable) -> None:
        """Log what is copied from ``table`` under the name of this wizard."""
        table.name_copies(f"{TITLE}　取り込む行", lambda: self._event_id or None)

    # for the screen

    @property
    def current_work(self) -> ApplicationImportWork | None:
        """Return the state of the file being imported, or None."""
        return self.reading.work

    @property
    def current_step(self) -> int:
        """Return the step shown, from 0."""
        return self._stack.currentIndex()

    def show_event(self, event_id: int) -> None:
        """Import applications for this event from now on (0 = each row by its wishes)."""
        if event_id != self._event_id:
            self._event_id = event_id
            if self.current_work is not None:
                self.current_work.event_id = event_id
                self.reading.update_preview()

    def show_imports(self, lines: Sequence[ImportLine]) -> None:
        """Show the imported files; if the import shown as the result was undone, return to the first step."""
        self.start.show_imports(lines)
        if self.current_step == DONE and self.done.import_id and self.done.import_id not in {line.id for line in lines}:
            self.restart()

    def refresh_preview(self) -> None:
        """Judge the rows of the file again, after something was saved (by undo, or by telephone entry)."""
        if self.current_step in (COLUMNS, ROWS):
            self.reading.update_preview()

    def choose_file(self) -> None:
        """Ask for a file and show its preview."""
        path = self.ask_file()
        if path is not None:
            self.show_file(path)

    def show_file(self, path: Path) -> None:
        """Read a file in the background and show its preview; nothing is saved."""
        self.start.problem.show_text("")
        self.columns.clear_year()
        self.reading.load_file(ApplicationImportWork(path=path, event_id=self._event_id))

    def restart(self) -> None:
        """Return to the first step and forget the file with all decisions about its rows; nothing is asked."""
        self.reading.work = None
        self._go_to_step(START)
        self.start.take_focus()

    # reading and judging

    def _show(self, work: ApplicationImportWork, preview: ApplicationPreview, first: bool) -> None:
        """Show the preview; at its ``first`` go to the columns if something must be chosen there, else to the rows.

        A later one leaves the step as it is.
        """
        work.preview = preview
        self.rows.show_preview(preview, keep_position=not first)
        if first or self.current_step != COLUMNS:
            self.columns.show_preview(preview)
        self.columns.show_contacts(preview)
        if first:
            self._go_to_step(COLUMNS if _needs_mapping(preview) else ROWS)
        else:
            self.update_footer()

    def _update_preview(self) -> None:
        self.reading.update_preview()

    def _show_file_error(self, problem: Exception) -> None:
        """Go back to the choice of file and show why it cannot be read."""
        self._go_to_step(START)
        show_failure_in(failure_of(problem), self.start.problem)

    # decisions

    def _use_sheet(self, sheet: str) -> None:
        if self.current_work is not None and sheet != self.current_work.sheet:
            self.columns.clear_year()
            self.reading.load_sheet(sheet)

    def _use_columns(self) -> None:
        """Preview the file with the columns, wishes and year chosen; other columns discard corrections of rows."""
        work = self.current_work
        if work is None:
            return
        chosen = self.columns.chosen_columns()
        if work.preview is not None and chosen != {one.index: one.field for one in work.preview.mapped.columns}:
            work.columns = chosen
            work.reset_rows()
        work.wishes = self.columns.chosen_wishes()
        work.year_start = self.columns.chosen_year()
        self.reading.update_preview()

    def _set_include_doubtful(self, include: bool) -> None:
        if self.current_work is not None:
            self.current_work.include_doubtful = include
            self.reading.update_preview()

    def _correct_row(self, row: PreviewRow) -> None:
        work = self.current_work
        if work is None:
            return
        dialog = RowCorrectionDialog(
            self.app_context, row, work.corrections.get(row.row, RowCorrection()), parent=self.window()
        )
        dialog.accepted.connect(lambda: self._use_correction(work, row.row, dialog.correction()))
        dialog.open()

    def _use_correction(self, work: ApplicationImportWork, row: int, correction: RowCorrection) -> None:
        if work is self.current_work:
            work.corrections[row] = correction
            self.reading.update_preview()

    def _settle_row(self, row: PreviewRow, decision: Decision) -> None:
        if self.current_work is not None:
            present = self.current_work.corrections.get(row.row, RowCorrection())
            self._use_correction(self.current_work, row.row, replace(present, decision=decision))

    def _use_answer(self, key: AnswerKey, answer: str) -> None:
        """Apply an answer to equal words in every row of this file; "" takes it back."""
        if self.current_work is not None:
            self.current_work.answers |= {key: answer}
            self.reading.update_preview()

    def _edit_contact_rule(self) -> None:
        if self.current_work is not None and self.current_work.preview is not None:
            dialog = ContactDialog(self.window(), self.current_work.preview.rule)
            dialog.accepted.connect(self._update_preview)
            dialog.open()

    # next steps

    def _go_to_step(self, step: int) -> None:
        """Show a step of the import and emit ``step_shown``."""
        self._stack.setCurrentIndex(step)
        self.update_footer()
        self.step_shown.emit(step)
        if step == ROWS:
            self.rows.take_focus()
        elif step == COLUMNS and not self.columns.take_focus():
            self.foot.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def update_footer(self) -> None:
        """Show the buttons of the current step."""
        preview = self.current_work.preview if self.current_work is not None else None
        if self.current_step == START:
            self.foot.put(self.start.choose_button, self.start.typing_button, self.start.form_button)
            self.foot.show_words("取り込む前に、1行ずつ確かめられます。")
        elif self.current_step == DONE:
            self.foot.put(*self.done.rosters, self.done.again, self.done.export)
            self.foot.show_words("")
        elif preview is not None:
            at_columns = self.current_step == COLUMNS
            self.foot.update_buttons(preview, self.columns.mapping.next_words(STEPS[ROWS]) if at_columns else "")

    def _open_next_step(self) -> None:
        """Go on from the columns to the rows and save the mapping for the next file, or import the rows."""
        work = self.current_work
        if work is None or work.preview is None:
            return
        if self.current_step == COLUMNS:
            if self.columns.mapping.go_to_waiting():
                return
            if has_new_columns(work.preview.mapped.open_columns):
                work.columns = self.columns.chosen_columns()
                self.reading.update_preview()
            self._remember_columns(work, work.preview)
            self._go_to_step(ROWS)
            return
        self.foot.set_busy(True)
        self.run_change(
            bind_action(import_applications, seen_sha256=work.preview.file.sha256, **work.preview_arguments()),
            self._on_imported,
            failed=self._refuse,
            title="申込を取り込んでいます",
        )

    def _remember_columns(self, work: ApplicationImportWork, preview: ApplicationPreview) -> None:
        """Save the columns set by hand and the decided wishes for the next file of this kind; not while read-only."""
        if self.app_context.read_only:
            return
        if work.columns is not None and work.file is not None:
            self.run_action(save_columns, file=work.file, columns=work.columns)
        chosen = self.columns.chosen_wishes()
        if chosen:
            self.run_action(save_wishes, source_key=preview.mapped.key, wishes=chosen)

    def _on_imported(self, imported: ImportResult) -> None:
        """Show the last step with the result, and forget the file."""
        self.foot.set_busy(False)
        if self.current_work is not None:
            mark_file_used(self.current_work.path)
        self.done.show_result(imported)
        self.reading.work = None
        self._go_to_step(DONE)
        self.done.take_focus()

    def _refuse(self, problem: Exception) -> None:
        """Show why nothing was imported."""
        self.foot.set_busy(False)
        show_failure_in(failure_of(problem), self.rows.problem)

    def _undo(self, line: ImportLine) -> None:
        self.start.problem.show_text("")
        self.run_change(
            bind_action(undo_import, import_id=line.id),
            failed=lambda problem: show_failure_in(failure_of(problem), self.start.problem),
        )

    def _export_left_out_rows(self, deliver: Callable[[ExportTable], None]) -> None:
        """Give ``deliver`` the table of the rows that are not imported."""
        work = self.current_work
        if work is not None and work.preview is not None:
            columns, rows = left_out_table(work.preview)
            deliver(ExportTable(columns=columns, rows=rows, words=f"{len(rows)}行", personal=True))

    def ask_file(self) -> Path | None:
        """Return the file that the user chooses, nothing if none."""
        return ask_file(self, "申込のファイルを選ぶ", _FILE_FILTER)


def _needs_mapping(preview: ApplicationPreview) -> bool:
    """Return whether columns, wishes, the event or the year of days is to be chosen before the rows can be judged."""
    open_wish = preview.event is None and any(wish.event_id is None for wish in preview.wishes)
    return (
        bool(preview.needs_columns or preview.days_without_year)
        or open_wish
        or preview.needs_event
        or has_new_columns(preview.mapped.open_columns)
    )
