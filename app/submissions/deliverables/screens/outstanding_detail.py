"""The right column of 資料・報告 for all due documents except handouts, with their steps and actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.action_id import ActionLink
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.notification_dialog import CorrectNotificationDialog, NotificationDialog
from app.documents.services.document_scope import DocumentScope
from app.foreign_files.workbooks.form_workbook import FormWorkbook
from app.importing.parts import ask_file
from app.main_window.action_routes import route_to
from app.programme.services import read_programme
from app.received.services import (
    IncomingFile,
    ReceivedView,
    confirm_paper,
    find_received_kind,
    judge_point,
    read_file_bytes,
    withdraw_confirmation,
)
from app.submissions.deliverables.documents import CIRCULATION_SLIP
from app.submissions.deliverables.parts import CorrectionDialog, NotifyCorrectionDialog, ReceiveDialog, notes_dialog
from app.submissions.deliverables.rules.outstanding_texts import CORRECTION_REQUEST
from app.submissions.deliverables.screens.form_preview_dialog import FormPreviewDialog
from app.submissions.deliverables.screens.outstanding_dialogs import (
    CombinedCorrectionDialog,
    OutstandingTextsDialog,
    circulation_dialog,
)
from app.submissions.deliverables.screens.paper_panel import PaperPanel
from app.submissions.deliverables.services.related_items import RelatedItems, read_related_items
from app.submissions.deliverables.services.submission_forms import (
    FormPreview,
    earlier_papers,
    enter_figures,
    open_form,
    open_kept_form,
    preview_form,
)
from app.widgets.action_mixin import ActionMixin
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.layouts import in_column
from app.widgets.note_box import NoteBox
from app.widgets.pdf.pdf_preview import PdfPreview
from app.widgets.screen import in_scroll_area
from app.window.app_context import AppContext, bind_action, with_store
from app.window.background_task import bind_arguments
from app.window.failure_messages import failure_of
from db.records.submissions.received import ReceivedPaper

_BOOKS = (".xlsx", ".xlsm")


class OutstandingDetail(ActionMixin, QWidget):
    """The details of one row of the due list (all except handouts), with its actions.

    Signals: ``form_recognised(str, int)`` a form was read: the row it belongs to, or its kind, and its year.
    The list calls
    ``show_item`` for a row, and ``receive``, ``take_file`` and ``ask_texts``.
    """

    form_recognised = Signal(str, int)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._row = ("", 0, "")
        self._event_id = 0
        self._contractor = ""
        self.view: ReceivedView | None = None
        self.beside: RelatedItems | None = None
        self.problem = NoteBox("", "red")
        self.panel = PaperPanel(app_context)
        self.bar_buttons = self.panel.bar_buttons
        in_column(self.problem, owner=self, spacing=8).addWidget(in_scroll_area(self.panel), 1)
        panel = self.panel
        for asked, act in (
            (panel.report.chosen, self._open_report),
            (panel.check.chosen, self._open_check),
            (panel.notes.chosen, self._on_view(lambda view: notes_dialog(app_context, view, self).open())),
            (panel.correct.chosen, self._on_view(self._ask_correction)),
            (panel.confirm.chosen, self._on_view(self._confirm)),
            (panel.withdraw.chosen, self._on_view(self._ask_withdrawal)),
            (panel.file.chosen, self._on_view(self._show_file)),
            (panel.texts.chosen, self.ask_texts),
            (panel.round.chosen, self._on_view(lambda view: circulation_dialog(app_context, view, self).open())),
            (panel.slip.chosen, self._on_view(lambda view: self._show_slip(view.paper))),
            (panel.enter.chosen, self._enter_figures),
            (panel.joined.chosen, self._ask_combined_correction),
            (panel.tell.chosen, self._ask_notification),
            (panel.correct_told.chosen, self._ask_notification_correction),
        ):
            asked.connect(act)
        panel.point_judged.connect(self._judge)

    def show_item(self, *, owed_id: str, programme_id: int, event_id: int, kind: str, **_more: object) -> None:
        """Read and show a row of a year's due list by its id, without anything of another row."""
        if (owed_id, programme_id) != self._row[:2]:
            self.problem.show_text("")
        self._row, self._event_id = (owed_id, programme_id, kind), event_id
        today = self.today
        self.run_read(
            lambda view: setattr(self, "_contractor", view.contractor.responsible),
            read_programme,
            programme_id=programme_id,
            on=today,
        )
        self.run_read(
            partial(self._show_related, self._row),
            read_related_items,
            row_id=owed_id,
            programme_id=programme_id,
            today=today,
        )

    def show_nothing(self) -> None:
        """Hide the details, as no row is chosen."""
        self._row, self._event_id = ("", 0, ""), 0
        self.view = self.beside = None
        self.panel.hide()

    def _show_related(self, of_row: tuple[str, int, str], related: RelatedItems) -> None:
        if of_row == self._row:
            self.beside, self.view = related, related.view
            self.panel.show_row(related.outstanding.row, related, read_only=self.app_context.read_only)
            self.panel.show()

    def _open_check(self) -> None:
        """Open the screen that compares 業務完了届 and 請求書 with the contract."""
        way = route_to(ActionLink(action="完了の手続きを進める", programme_id=self._row[1]))
        self.follow(way)

    def _show_slip(self, paper: ReceivedPaper) -> None:
        scope = DocumentScope(fiscal_year=self.fiscal_year, item=paper.id)
        DocumentDialog(self, scope=scope, kind=CIRCULATION_SLIP).open()

    def _open_report(self) -> None:
        self.go("report", event_id=self._event_id)

    def open_next_step(self) -> None:
        """Open a report's page, the receipt of a missing document, or else its steps (Enter)."""
        if self._event_id:
            self._open_report()
        elif self.view is None:
            self.receive()
        else:
            self.panel.setFocus()

    # receiving

    def receive(self, path: Path | None = None) -> None:
        """Open the receipt dialog of the shown row, with the file at ``path`` where one was dropped.

        For a report the page 報告書 opens its own; without a row the dialog asks for the kind. Nothing while read-only.
        """
        _id, programme_id, kind = self._row
        if self.app_context.read_only:
            return
        if self._event_id:
            in_hand = {"file": str(path)} if path is not None else {}
            self.go("report", event_id=self._event_id, receive=True, **in_hand)
            return
        if not programme_id:
            self.run_read(
                lambda view: self._open_receipt(view.programme.id, "", view.contractor.responsible, path),
                read_programme,
                fiscal_year=self.fiscal_year,
                on=self.today,
            )
            return
        if not find_received_kind(kind).allows_multiple:
            self._open_receipt(programme_id, kind, self._contractor, path)
            return
        self.run_read(
            lambda earlier: self._open_receipt(programme_id, kind, self._contractor, path, earlier),
            earlier_papers,
            kind=kind,
            programme_id=programme_id,
            today=self.today,
        )

    def _open_receipt(
        self,
        programme_id: int,
        kind: str,
        sender: str,
        path: Path | None,
        earlier: Sequence[tuple[int, str, bool]] = (),
    ) -> None:
        """Open the dialog that records a receipt, with the file at ``path`` read at once."""
        dialog = ReceiveDialog(self, programme_id, kind=kind, sender=sender, earlier=earlier)
        if path is not None:
            dialog.take_file(path)
        dialog.open()

    def open_file(self) -> None:
        """Ask for a received file (Ctrl+O), then as ``take_file``; nothing while read-only."""
        path = self.ask_file() if self.may_write else None
        if path is not None:
            self.take_file(path)

    def ask_file(self) -> Path | None:
        """Return the file that the user chooses, nothing if none."""
        return ask_file(self, "受託者から届いたファイルを選ぶ", "")

    def take_file(self, path: Path) -> None:
        """Open the receipt of a chosen or dropped file.

        A workbook (.xlsx, .xlsm) is read as a form of the ward instead, and its preview opens; for one that is no such
        form the reason is shown and nothing opens. Any other file goes to ``receive``.
        """
        self.problem.show_text("")
        if path.suffix.lower() not in _BOOKS:
            self.receive(path)
            return
        self.app_context.run_in_background(
            bind_arguments(open_form, path=path),
            partial(self._preview, path),
            on_failed=partial(self._show_no_form, path),
            owner=self,
        )

    def _preview(self, path: Path, read: tuple[bytes, FormWorkbook]) -> None:
        """Read what a returned form would change, then open its preview; show why where it is no form."""
        data, book = read
        self.app_context.read(
            with_store(preview_form, book=book, fiscal_year=self.fiscal_year, today=self.today),
            partial(self._show_form, book, IncomingFile(data=data, name=path.name)),
            on_failed=partial(self._show_no_form, path),
            owner=self,
        )

    def _show_form(self, book: FormWorkbook, file: IncomingFile, view: FormPreview) -> None:
        """Emit ``form_recognised`` and open the preview of a returned form."""
        self.form_recognised.emit(
            f"report-{view.event_id}" if view.event_id is not None else view.kind, view.programme_id
        )
        FormPreviewDialog(self, view, book, file, sender=self._contractor).open()

    def _show_no_form(self, path: Path, problem: Exception) -> None:
        """Show above the details why a workbook could not be read as a form, and what to do."""
        told = failure_of(problem)
        self.problem.show_text(f"「{path.name}」　{told.happened}{told.todo}")

    # writing to the contractor, and inside the house

    def ask_texts(self) -> None:
        """Open the dialog with the texts about the chosen row (Alt+L)."""
        if self.beside is not None:
            OutstandingTextsDialog(self, self.beside.outstanding).open()

    def _ask_combined_correction(self) -> None:
        """Open the dialog for one 修正依頼 on the open points and the cells of the form."""
        if self.beside is not None:
            CombinedCorrectionDialog(self, self.beside.outstanding).open()

    def _ask_notification(self) -> None:
        """Open the dialog that records how a 修正依頼 was notified: a letter for a report, else the copied text."""
        if self.beside is None:
            return
        row = self.beside.outstanding.row
        if not row.event_id and self.view is not None:
            NotifyCorrectionDialog(self, self.view.paper).open()
        elif row.event_id:
            NotificationDialog(self, event_id=row.event_id, key=CORRECTION_REQUEST, subject=row.title).open()

    def _ask_notification_correction(self) -> None:
        if self.beside is not None and self.beside.notification is not None:
            CorrectNotificationDialog(self, self.beside.notification).open()

    def _enter_figures(self) -> None:
        """Read the file of the stored form, then enter its figures into 数字の突合."""
        form = self.beside.form if self.beside is not None else None
        if form is not None:
            self.app_context.read(
                with_store(read_file_bytes, paper_id=form.id),
                partial(self._read_kept, form.id),
                on_failed=self.show_error,
                owner=self,
            )

    def _read_kept(self, paper_id: int, data: bytes) -> None:
        self.app_context.run_in_background(
            bind_arguments(open_kept_form, data=data),
            lambda book: self.run_action(enter_figures, book=book, paper_id=paper_id),
            on_failed=self.show_error,
            owner=self,
        )

    # checking

    def show_error(self, problem: Exception) -> None:
        """Show the error and the stored state again."""
        super().show_error(problem)
        if self.beside is not None:
            self._show_related(self._row, self.beside)

    def _judge(self, point: str, result: Any, page_words: str, note: str) -> None:
        if self.view is not None:
            self.run_action(
                judge_point,
                paper_id=self.view.paper.id,
                point=point,
                result=result,
                page=page_words,
                note=note,
            )

    def _on_view(self, act: Callable[[ReceivedView], object]) -> Callable[[], None]:
        """Return what a button runs to do ``act`` on the document shown, nothing without one."""

        def run() -> None:
            if self.view is not None:
                act(self.view)

        return run

    def _ask_correction(self, view: ReceivedView) -> None:
        self.run_read(
            partial(self._open_correction, view),
            read_programme,
            programme_id=self._row[1],
            on=self.today,
        )

    def _open_correction(self, view: ReceivedView, programme: Any) -> None:
        CorrectionDialog(
            self,
            view,
            addressed=programme.contractor.responsible,
            about=programme.programme.title,
            due=programme.calendar.add_open_days(self.today, programme.programme.review_open_days),
        ).open()

    def _confirm(self, view: ReceivedView) -> None:
        """Save the paper as checked; with points that are not ○ open a dialog for a reason first.

        While points are unchecked the action itself refuses and names them.
        """
        if not view.doubtful_points or view.unchecked_points:
            self.run_action(confirm_paper, paper_id=view.paper.id, on=self.today)
            return
        ReasonDialog(
            self,
            "確認済にする",
            view.paper.kind,
            verb="確認済にする",
            text=f"○でない項目があります（{'、'.join(view.doubtful_points)}）。このまま受ける理由を書いてください。",
            usual_reasons=(),
            change=lambda reason: bind_action(confirm_paper, paper_id=view.paper.id, on=self.today, reason=reason),
        ).open()

    def _ask_withdrawal(self, view: ReceivedView) -> None:
        """Open a dialog for a reason, which takes 確認済 back."""
        ReasonDialog(
            self,
            "確認済を取り消す",
            view.paper.kind,
            verb="確認済を取り消す",
            text="確認済を取り消し、内容確認を続けます。",
            usual_reasons=("日付の誤り", "確かめ直すため"),
            change=lambda reason: bind_action(withdraw_confirmation, paper_id=view.paper.id, reason=reason),
        ).open()

    def _show_file(self, view: ReceivedView) -> None:
        self.app_context.read(
            with_store(read_file_bytes, paper_id=view.paper.id),
            partial(self._open_preview, view),
            on_failed=self.show_error,
            owner=self,
        )

    def _open_preview(self, view: ReceivedView, data: bytes) -> None:
        frame = DialogFrame(
            view.paper.file_name,
            f"{view.paper.kind}　第{view.paper.version}版",
            cancel="閉じる",
            width=880,
            parent=self,
        )
        preview = PdfPreview(title=view.paper.file_name)
        frame.fill_height(preview)
        frame.put((preview, 1))
        preview.show_received(self.app_context, data, title=view.paper.file_name)
        frame.open()
