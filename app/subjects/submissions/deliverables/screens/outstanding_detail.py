"""What stands beside a report or a paper of the year: what came, its steps, and all that can be done with it.

It is the right column of 資料・報告 for everything that is owed but handouts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.acts.action_id import Asked
from app.foreign_files.workbooks.form_book import FormBook
from app.importing.parts.file_in_hand import asked_file
from app.main_window.ways import way_to
from app.papers.screens.told_dialog import CorrectToldDialog, ToldDialog
from app.programme.services.programme import read_programme
from app.received.services.received_kind import received_kind
from app.received.services.received_papers import (
    IncomingFile,
    ReceivedView,
    confirm_paper,
    file_of,
    judge_point,
    withdraw_confirmation,
)
from app.subjects.submissions.deliverables.parts.receive_dialog import (
    CorrectionDialog,
    NotesDialog,
    ReceiveDialog,
    TellCorrectionDialog,
)
from app.subjects.submissions.deliverables.rules.outstanding_texts import MEND
from app.subjects.submissions.deliverables.screens.kit_dialog import KitDialog
from app.subjects.submissions.deliverables.screens.outstanding_dialogs import JoinedDialog, RoundDialog, TextsDialog
from app.subjects.submissions.deliverables.screens.paper_panel import PaperPanel
from app.subjects.submissions.deliverables.services.beside import Beside, read_beside
from app.subjects.submissions.deliverables.services.submission_forms import (
    KitPreview,
    earlier_of,
    enter_figures,
    open_form,
    open_kept,
    preview_kit,
)
from app.widgets.dialogs.dialog_frame import TALLEST, DialogFrame
from app.widgets.dialogs.usual_dialogs import ReasonDialog
from app.widgets.layouts import in_column
from app.widgets.note_box import NoteBox
from app.widgets.pdf.pdf_preview import PdfPreview
from app.widgets.screen import scrolling
from app.widgets.sending import Sending
from app.window.background_task import bound
from app.window.desk import Desk, acting, with_store
from app.window.failure_messages import failure_of

_BOOKS = (".xlsx", ".xlsm")


class OutstandingDetail(Sending, QWidget):
    """The column. Signals: ``found(str, int)`` a form was read: the row it belongs to, or its kind, and its year.

    ``show_of`` shows a row of what is outstanding; ``receive``, ``take_file`` and ``ask_texts`` are pressed from the
    list.
    """

    found = Signal(str, int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._row = ("", 0, "")
        self._event_id = 0
        self._contractor = ""
        self.view: ReceivedView | None = None
        self.beside: Beside | None = None
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self.problem = NoteBox("", "red")
        self.panel = PaperPanel(desk)
        column = in_column(self.problem, owner=self, spacing=8)
        self.problem.say("")
        column.addWidget(scrolling(self.panel), 1)
        panel = self.panel
        for asked, act in (
            (panel.report_asked, self._open_report),
            (panel.check_asked, self._open_check),
            (panel.notes_asked, self._ask_notes),
            (panel.correction_asked, self._ask_correction),
            (panel.confirm_asked, self._confirm),
            (panel.withdraw_asked, self._ask_withdrawal),
            (panel.file_asked, self._show_file),
            (panel.texts_asked, self.ask_texts),
            (panel.round_asked, self._ask_round),
            (panel.enter_asked, self._enter),
            (panel.joined_asked, self._ask_joined),
            (panel.tell_asked, self._ask_told),
            (panel.correct_told_asked, self._ask_correct_told),
        ):
            asked.connect(act)
        panel.judged.connect(self._judge)

    def show_of(self, *, owed_id: str, programme_id: int, event_id: int, kind: str, **_more: object) -> None:
        """Show a row by its id in the list of what is owed of a year; of another row nothing stays in sight."""
        if (owed_id, programme_id) != self._row[:2]:
            self.problem.say("")
        self._row, self._event_id = (owed_id, programme_id, kind), event_id
        today = self.desk.today()
        self.fetch(
            lambda view: setattr(self, "_contractor", view.contractor.responsible),
            read_programme,
            programme_id=programme_id,
            on=today,
        )
        self.fetch(
            partial(self._show_beside, self._row), read_beside, row_id=owed_id, programme_id=programme_id, today=today
        )

    def show_nothing(self) -> None:
        """No row is chosen: nothing of the one before stays, in sight or for what is received now."""
        self._row, self._event_id = ("", 0, ""), 0
        self.view = self.beside = None
        self.panel.hide()

    def _show_beside(self, of_row: tuple[str, int, str], beside: Beside) -> None:
        if of_row == self._row:
            self.beside, self.view = beside, beside.view
            self.panel.show_row(beside.outstanding.row, beside, read_only=self.desk.read_only)
            self.panel.show()

    def _open_check(self) -> None:
        """業務完了届 and 請求書 are compared with the contract at their own place."""
        way = way_to(Asked(what="完了の手続きを進める", programme_id=self._row[1]))
        self.desk.go(way.place, **way.arguments)

    def _open_report(self) -> None:
        self.desk.go("report", event_id=self._event_id)

    def go_on(self) -> None:
        """Enter on its row: the page of a report, the receipt of what has not come, else its steps."""
        if self._event_id:
            self._open_report()
        elif self.view is None:
            self.receive()
        else:
            self.panel.setFocus()

    # receiving

    def receive(self, path: Path | None = None) -> None:
        """Open the receipt of what is shown, with a file where one was dropped; a report has one of its own, which says
        what a file is that is no report."""
        _id, programme_id, kind = self._row
        if self.desk.read_only:
            return
        if self._event_id:
            in_hand = {"file": str(path)} if path is not None else {}
            self.desk.go("report", event_id=self._event_id, receive=True, **in_hand)
            return
        if not programme_id:
            self.fetch(
                lambda view: self._open_receipt(view.programme.id, "", view.contractor.responsible, path),
                read_programme,
                fiscal_year=self.desk.fiscal_year,
                on=self.desk.today(),
            )
            return
        if not received_kind(kind).several:
            self._open_receipt(programme_id, kind, self._contractor, path)
            return
        self.fetch(
            lambda earlier: self._open_receipt(programme_id, kind, self._contractor, path, earlier),
            earlier_of,
            kind=kind,
            programme_id=programme_id,
            today=self.desk.today(),
        )

    def _open_receipt(
        self,
        programme_id: int,
        kind: str,
        sender: str,
        path: Path | None,
        earlier: Sequence[tuple[int, str, bool]] = (),
    ) -> None:
        dialog = ReceiveDialog(self.desk, programme_id, kind=kind, sender=sender, earlier=earlier, parent=self)
        if path is not None:
            dialog.take(path)
        dialog.open()

    def open_file(self) -> None:
        """Choose a file that came (Ctrl+O): a form is read, anything else is received as it is."""
        path = self.ask_file() if not self.desk.read_only else None
        if path is not None:
            self.take_file(path)

    def _ask_file(self) -> Path | None:
        return asked_file(self, "受託者から届いたファイルを選ぶ", "")

    def take_file(self, path: Path) -> None:
        """Look at a file that was chosen or dropped; a workbook may be a form of ours."""
        self.problem.say("")
        if path.suffix.lower() not in _BOOKS:
            self.receive(path)
            return
        self.desk.apart(
            bound(open_form, path=path),
            partial(self._preview, path),
            failed=partial(self._no_form, path),
            owner=self,
        )

    def _preview(self, path: Path, read: tuple[bytes, FormBook]) -> None:
        data, book = read
        self.desk.read(
            with_store(preview_kit, book=book, fiscal_year=self.desk.fiscal_year, today=self.desk.today()),
            partial(self._show_kit, book, IncomingFile(data=data, name=path.name)),
            failed=partial(self._no_form, path),
            owner=self,
        )

    def _show_kit(self, book: FormBook, file: IncomingFile, view: KitPreview) -> None:
        self.found.emit(f"report-{view.event_id}" if view.event_id is not None else view.kind, view.programme_id)
        KitDialog(self.desk, view, book, file, sender=self._contractor, parent=self).open()

    def _no_form(self, path: Path, problem: Exception) -> None:
        """Say what a file is; one that is no form at all can be received as it is."""
        told = failure_of(problem)
        self.problem.say(f"「{path.name}」　{told.happened}{told.todo}")

    # writing to the contractor, and inside the house

    def ask_texts(self) -> None:
        """Open the texts about the chosen row (Alt+L)."""
        if self.beside is not None:
            TextsDialog(self.desk, self.beside.outstanding, self).open()

    def _ask_joined(self) -> None:
        if self.beside is not None:
            JoinedDialog(self.desk, self.beside.outstanding, self).open()

    def _ask_told(self) -> None:
        """How a 修正依頼 was told: that of a report has its letter, one of the year the text that was asked."""
        if self.beside is None:
            return
        row = self.beside.outstanding.row
        if not row.event_id and self.view is not None:
            TellCorrectionDialog(self.desk, self.view.paper, self).open()
        elif row.event_id:
            ToldDialog(self.desk, event_id=row.event_id, key=MEND, subject=row.title, parent=self).open()

    def _ask_correct_told(self) -> None:
        if self.beside is not None and self.beside.told is not None:
            CorrectToldDialog(self.desk, self.beside.told, self).open()

    def _ask_round(self) -> None:
        if self.view is not None:
            title = f"{self.view.paper.kind}　第{self.view.paper.version}版"
            RoundDialog(self.desk, self.view.paper.id, title, self).open()

    def _enter(self) -> None:
        """Read the kept form again and fill 数字の突合 from it."""
        form = self.beside.form if self.beside is not None else None
        if form is not None:
            self.desk.read(
                with_store(file_of, paper_id=form.id),
                partial(self._read_kept, form.id),
                failed=self.refuse,
                owner=self,
            )

    def _read_kept(self, paper_id: int, data: bytes) -> None:
        self.desk.apart(
            bound(open_kept, data=data),
            lambda book: self._write(acting(self.desk, enter_figures, book=book, paper_id=paper_id)),
            failed=self.refuse,
            owner=self,
        )

    # checking

    def _write(self, change: Any) -> None:
        self.problem.say("")
        self.send(change)

    def refuse(self, problem: Exception) -> None:
        """The page beside shows again what is stored."""
        super().refuse(problem)
        if self.beside is not None:
            self._show_beside(self._row, self.beside)

    def _judge(self, point: str, result: Any, page_words: str, note: str) -> None:
        if self.view is not None:
            self._write(
                acting(
                    self.desk,
                    judge_point,
                    paper_id=self.view.paper.id,
                    point=point,
                    result=result,
                    page=page_words,
                    note=note,
                )
            )

    def _ask_notes(self) -> None:
        if self.view is not None:
            NotesDialog(self.desk, self.view, self).open()

    def _ask_correction(self) -> None:
        if self.view is not None:
            self.fetch(
                partial(self._open_correction, self.view),
                read_programme,
                programme_id=self._row[1],
                on=self.desk.today(),
            )

    def _open_correction(self, view: ReceivedView, programme: Any) -> None:
        CorrectionDialog(
            self.desk,
            view,
            addressed=programme.contractor.responsible,
            about=programme.programme.title,
            due=programme.calendar.add_open_days(self.desk.today(), programme.programme.review_open_days),
            parent=self,
        ).open()

    def _confirm(self) -> None:
        view = self.view
        if view is None:
            return
        if not view.doubtful or view.unlooked:
            self._write(acting(self.desk, confirm_paper, paper_id=view.paper.id, on=self.desk.today()))
            return
        ReasonDialog(
            self.desk,
            "確認済にする",
            view.paper.kind,
            verb="確認済にする",
            text=f"○でない項目があります（{'、'.join(view.doubtful)}）。このまま受ける理由を書いてください。",
            usual=(),
            change=lambda reason: acting(
                self.desk, confirm_paper, paper_id=view.paper.id, on=self.desk.today(), reason=reason
            ),
            parent=self,
        ).open()

    def _ask_withdrawal(self) -> None:
        view = self.view
        if view is None:
            return
        ReasonDialog(
            self.desk,
            "確認済を取り消す",
            view.paper.kind,
            verb="確認済を取り消す",
            text="確認済を取り消し、内容確認を続けます。",
            usual=("日付の誤り", "確かめ直すため"),
            change=lambda reason: acting(self.desk, withdraw_confirmation, paper_id=view.paper.id, reason=reason),
            parent=self,
        ).open()

    def _show_file(self) -> None:
        if self.view is not None:
            self.desk.read(
                with_store(file_of, paper_id=self.view.paper.id),
                partial(self._open_preview, self.view),
                failed=self.refuse,
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
        preview.setMinimumHeight(max(300, min(TALLEST, self.window().height()) - 240))
        frame.put((preview, 1))
        preview.show_received(self.desk, data, title=view.paper.file_name)
        frame.open()
