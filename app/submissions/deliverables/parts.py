"""Dialogs for a document received from the contractor: receipt with file, later notes, and 修正依頼."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget

from app.calendar.dates import long_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.notification_fields import NotificationFields
from app.documents.services.notification import NotificationDetails
from app.documents.services.notification_kinds import CONTRACTOR
from app.foreign_files.own_files import pages_and_remark
from app.foreign_files.pdf_reading import is_pdf
from app.importing.parts import ask_file
from app.programme.rules import is_clause_field
from app.received.rules import CHANNELS, ORIGINAL_PLACES, correction_request_text
from app.received.services import (
    RECEIVED_KINDS,
    IncomingFile,
    ReceiptNotes,
    ReceiptScope,
    ReceivedKind,
    ReceivedView,
    ask_correction,
    find_received_kind,
    notify_correction,
    receive_paper,
    save_receipt_notes,
)
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form, check_together
from app.widgets.forms.form_fields import Field
from app.widgets.forms.recent_files import RecentFilesBar, mark_used
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph, label, second_label, separator, small_label
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window.app_context import AppContext, bind_action, check_may_copy
from app.window.background_task import bind_arguments
from app.window.clipboard import copy_for_pasting
from app.window.failure_messages import failure_of
from db.record import record
from db.records.submissions.received import Receipt, ReceivedPaper

_KEPT = "依頼の文は、書き直されたままにしています。文の中の期限の日も確かめてください。"


class CorrectionForm(SavingDialog):
    """Base of dialogs that request a correction, with due day and text; signals of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        subject: str,
        *,
        due: date,
        lines: int,
        to: str,
        more: Sequence[Field] = (),
    ):
        """``due`` is the proposed day, ``lines`` the text's height, ``to`` the usual party, ``more`` further
        fields.
        """
        super().__init__(parent, "修正を依頼する", subject, main="依頼として記録する")
        self.form = Form(
            (
                Field("due", "修正の期限", "date", width=120, optional=True),
                Field("text", "依頼の文", "lines", lines=lines,
                      hint="このアプリからは送信しません。コピーしてメールに貼り付けます。"),
                *more,
            ),
            fiscal_year=self.app_context.fiscal_year,
            near=self.app_context.today(),
            label_width=132, on_commit=lambda key: self.compose_text() if key == "due" else None,
        )  # fmt: skip
        self._proposed = ""
        self.form.set_values({"due": due, "text": ""})
        self.stays = NoteBox(tone="amber", reserve=1)
        self.put(
            self.form,
            self.stays,
            widget_row(None, Button("文面をコピーする", self._copy, icon_name="copy")),
            separator(),
            label("通知", "strong"),
            small_label("まだ伝えていないときは、方法を選ばずに記録します。通知するまで「区の対応待ち」に残ります。"),
        )
        self.told = NotificationFields(self.app_context, label_width=132)
        self.told.propose_party(to)
        # The text above is what the notification says; it is shown in full.
        self.told.set_document_state(exists=True)
        self.told.set_document_seen(True)
        self.told.changed.connect(self._update_fields)
        self.put(self.told, None)
        self.main.setDefault(False)
        self._update_fields()
        self.confirmed.connect(self._check)
        self.compose_text()

    def compose_text(self) -> None:
        """Compose the text for the typed day and pass it to ``propose_text``; implemented by subclasses.

        Called once by the constructor, and whenever the day was changed.
        """

    def save(self) -> None:
        """Save the request; implemented by subclasses."""

    def propose_text(self, text: str) -> None:
        """Show a new text, unless somebody edited the current one, which is then marked for checking."""
        typed = self.form.text("text").strip()
        own = bool(typed) and typed != self._proposed
        self.stays.show_text(_KEPT if own else "")
        self._proposed = text.strip()
        if not own:
            self.form.set_values({"text": text})

    def _update_fields(self) -> None:
        if self.may_write:
            self.main.setEnabled(self.told.is_ready or not self.told.way)

    def notification_details(self) -> NotificationDetails | None:
        """Return how the contractor was notified, None = not yet."""
        return NotificationDetails(**self.told.values()) if self.told.way else None

    def _copy(self) -> None:
        if check_may_copy(self):
            copy_for_pasting(self.form.value("text"))

    def _check(self) -> None:
        if check_together(self.form.check_all, *((self.told.check,) if self.told.way else ())):
            self.save()


MAX_BYTES = 100 * 1024 * 1024
"""A received file is held in memory while it is encrypted; larger ones must be split by the sender."""
_ENDINGS = (".pdf", ".xlsx", ".xls", ".docx", ".doc", ".pptx", ".ppt", ".csv", ".jpg", ".png", ".zip")
_TOLD = "通知したと記録する"
NOTES = (
    record_field(Receipt, "received_time", kind="time", width=96),
    record_field(Receipt, "received_how", kind="choice", width=200, choices=tuple((one, one) for one in CHANNELS)),
    record_field(Receipt, "received_from", width=300),
    record_field(
        Receipt,
        "receipt_number",
        width=240,
        hint="文書管理システムで付いた番号。あとからでも入力できます。",
    ),
    record_field(
        Receipt,
        "original_place",
        kind="choice",
        width=240,
        choices=(("", "（未記入）"), *((one, one) for one in ORIGINAL_PLACES)),
        hint="このアプリに残るのは控えです。",
    ),
    Field("keep_years", "保存年限", "number", width=64, unit="年", least=1, most=99, optional=True),
    record_field(
        Receipt,
        "sensitive",
        kind="radio",
        choices=(("", "未確認"), ("なし", "含まない"), ("あり", "含む")),
    ),
    record_field(
        Receipt,
        "encrypted",
        kind="radio",
        choices=(("", "未確認"), ("暗号化", "暗号化されていた"), ("平文", "暗号化されていなかった")),
    ),
    record_field(Receipt, "note", kind="lines", lines=2),
)


@record
class InspectedFile:
    """A received file with a remark on it; an unreadable PDF is received all the same."""

    file: IncomingFile
    remark: str = ""


def inspect_file(*, path: Path) -> InspectedFile:
    """Read a received file and count a PDF's pages; runs beside the window.

    ``remark`` says that a PDF is unreadable, or that the program made the file itself; it can be received all the same.

    Raises:
        OSError: it cannot be read, or is larger than ``MAX_BYTES``.
    """
    if path.stat().st_size > MAX_BYTES:
        raise OSError(f"{path.name}")
    data = path.read_bytes()
    pages, remark = pages_and_remark(data)
    kind = "application/pdf" if is_pdf(data) else ""
    return InspectedFile(file=IncomingFile(data=data, name=path.name, pages=pages, media_type=kind), remark=remark)


def predecessor_fields(earlier: Sequence[tuple[int, str, bool]]) -> tuple[Field, ...]:
    """Return the field that asks which document a new one replaces; () without an earlier one.

    ``earlier`` are (id, words, whether its correction is awaited), oldest first.
    """
    if not earlier:
        return ()
    words = ((0, "新しく届いたもの"), *((one, said) for one, said, _likely in reversed(earlier)))
    return (Field("follows", "どれのつづきか", "choice", width=430, choices=words),)


def proposed_predecessor(earlier: Sequence[tuple[int, str, bool]]) -> dict[str, int]:
    """Return the proposed value of the field ``follows``: the newest awaiting correction, else 0 (a new one).

    {} without an earlier document, where the field is not shown.
    """
    return {"follows": next((one for one, _said, likely in reversed(earlier) if likely), 0)} if earlier else {}


class ReceiveDialog(SavingDialog):
    """Dialog that receives a document of the year; signals are those of ``SavingDialog``.

    ``kind`` is the kind proposed, "" = to be chosen; ``earlier`` are its documents that the new one may replace.
    ``ask_file`` returns the path of the chosen file (None = none); tests replace it.
    """

    def __init__(
        self,
        parent: QWidget,
        programme_id: int,
        *,
        kind: str = "",
        sender: str = "",
        earlier: Sequence[tuple[int, str, bool]] = (),
    ):
        super().__init__(
            parent,
            "提出物を受領する",
            "受託者から届いたもの",
            main="受領を記録する",
        )
        self._programme_id, self._kind = programme_id, kind if earlier else ""
        self.file: IncomingFile | None = None
        known = [one for one in RECEIVED_KINDS if one.about == "年度"]
        own = [find_received_kind(kind)] if kind and kind not in {one.kind for one in known} else []
        kinds = sorted((*known, *own), key=lambda one: not one.clause)
        choices = tuple(
            (one.kind, one.kind if is_clause_field(one.clause) else join_nonempty(one.kind, one.clause))
            for one in kinds
        )
        years = next((one.keep_years for one in kinds if one.kind == kind), None)
        if years is None:
            # Nothing states what was received, and it is not guessed.
            kind, choices = "", (("", "選んでください"), *choices)
        self.choose_button = Button("ファイルを選ぶ", self.choose_file, icon_name="tray")
        self.file_name = second_label("紙で受け取ったときは、ファイルを選ばずに原本の場所だけを選びます。")
        self.put(widget_row(self.choose_button, None), self.file_name)
        self.recent = RecentFilesBar(self.app_context, _ENDINGS, label_width=152)
        self.recent.file_chosen.connect(lambda one: self.take_file(one.path))
        self.recent.list_updated.connect(self.fit_to_content)
        self.put(self.recent)
        self.recent.search()
        self.form = Form(
            (
                Field("kind", "提出物", "choice", width=300, choices=choices),
                *predecessor_fields(earlier),
                record_field(Receipt, "received_on", width=120, hint="3/16、R9.3.16 など"),
                *NOTES,
            ),
            fiscal_year=self.app_context.fiscal_year,
            near=self.app_context.today(),
        )  # fmt: skip
        self.form.set_values(
            {
                "kind": kind, "received_on": self.app_context.today(), "received_time": "", "received_how": CHANNELS[0],
                "received_from": sender, "receipt_number": "", "original_place": ORIGINAL_PLACES[0],
                "keep_years": years or ReceivedKind.keep_years,
                "sensitive": "", "encrypted": "", "note": "", **proposed_predecessor(earlier),
            }
        )  # fmt: skip
        self.put(
            self.form,
            Paragraph("ファイルは暗号化して保管し、書き込みません。同じ提出物の前の版は残ります。", role="small"),
            None,
        )

    def choose_file(self) -> None:
        """Ask for a file, and read it."""
        path = self.ask_file()
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Read a chosen or dropped file in the background, then show it in the dialog."""
        self.set_busy(True)
        self.app_context.run_in_background(
            bind_arguments(inspect_file, path=path), self._show_file, on_failed=self.show_error, owner=self
        )

    def _show_file(self, read: InspectedFile) -> None:
        """Show the chosen file with its pages and what was noticed in it."""
        self.set_busy(False)
        self.file = read.file
        self.show_error_text("")
        pages = fill_nonempty("　{}ページ", read.file.pages)
        remark = fill_nonempty("\n{}", read.remark)
        self.file_name.setText(f"{read.file.name}{pages}{remark}")
        self.choose_button.set_words("別のファイルを選ぶ")
        self.fit_to_content()

    def show_error(self, problem: Exception) -> None:
        """Show why the file could not be read; the typed receipt stays in the dialog."""
        self.set_busy(False)
        told = failure_of(problem)
        self.show_error_text(f"{told.happened}まだ何も記録していません。{told.todo}")
        self.fit_to_content()

    def _close_with(self, result: object) -> None:
        """Remember that the file was used, then close."""
        if self.file is not None:
            mark_used(self.file.name, len(self.file.data))
        super()._close_with(result)

    def ask_file(self) -> Path | None:
        """Return the file that the user chooses, nothing if none."""
        return ask_file(self, "受託者から届いたファイルを選ぶ", "")

    def _save(self) -> None:
        """Save the receipt, with its file if one was chosen, once the fields are valid.

        The document that it replaces counts only while the kind is the one with which the dialog was opened.
        """
        if not self.form.check_all():
            return
        values = self.form.values()
        kind, follows = str(values.pop("kind")), int(values.pop("follows", 0))
        self.run_action(
            receive_paper,
            kind=kind,
            follows=follows if kind == self._kind else 0,
            scope=ReceiptScope(programme_id=self._programme_id),
            receipt=Receipt(**values),
            file=self.file,
        )


def notes_dialog(app_context: AppContext, view: ReceivedView, parent: QWidget) -> FormDialog:
    """Return the dialog to correct or complete the notes of a receipt."""
    paper = view.paper
    dialog = FormDialog(
        parent,
        "受領の記録",
        f"{paper.kind}　第{paper.version}版",
        fields=NOTES,
        values=paper,
        change=lambda notes: bind_action(save_receipt_notes, paper_id=paper.id, notes=cast(ReceiptNotes, notes)),
        near=app_context.today(),
    )
    if view.hash_words:
        dialog.body.insertWidget(1, Paragraph(f"{view.hash_words}\n{paper.sha256}", role="small"))
    return dialog


class CorrectionDialog(CorrectionForm):
    """Dialog for the 修正依頼 on the points of one received document; signals are those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: ReceivedView, *, addressed: str, about: str, due: date):
        self._view = view
        self._addressed, self._about = addressed, about
        paper = view.paper
        super().__init__(
            parent,
            f"{paper.kind}　第{paper.version}版",
            due=due,
            lines=7,
            to=f"{CONTRACTOR}　{addressed}".strip("　"),
        )

    def compose_text(self) -> None:
        """Propose the text for the typed day; an edited one stays."""
        day = self.form.value("due")
        self.propose_text(
            correction_request_text(
                self._view.paper,
                self._view.points,
                addressee=self._addressed,
                about=self._about,
                due_words=long_date(day) if day else "",
            )
        )

    def save(self) -> None:
        """Save the request for correction with its text, and how it was notified."""
        self.run_action(
            ask_correction,
            paper_id=self._view.paper.id,
            due=self.form.value("due"),
            text=self.form.value("text"),
            notified=self.notification_details(),
        )


class NotifyCorrectionDialog(SavingDialog):
    """Dialog to record how a year document's 修正依頼 was notified; signals are those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, paper: ReceivedPaper):
        about = f"{paper.kind}　第{paper.version}版"
        super().__init__(parent, _TOLD, about, main=_TOLD)
        self._paper_id = paper.id
        self.told = NotificationFields(self.app_context, label_width=132)
        self.told.propose_party(CONTRACTOR)
        # The text above is what the notification says; it is shown in full.
        self.told.set_document_state(exists=True)
        self.told.set_document_seen(True)
        self.told.changed.connect(self._update_fields)
        self.put(Paragraph(paper.correction_text))
        self._text = paper.correction_text
        copy = Button("文面をコピーする", self._copy, icon_name="copy")
        self.put(widget_row(None, copy), self.told, None)
        self.main.setDefault(False)
        self._update_fields()

    def _copy(self) -> None:
        if check_may_copy(self):
            copy_for_pasting(self._text)

    def _update_fields(self) -> None:
        if self.may_write:
            self.main.setEnabled(self.told.is_ready)

    def _save(self) -> None:
        if self.told.check():
            self.run_action(
                notify_correction,
                paper_id=self._paper_id,
                notified=NotificationDetails(**self.told.values()),
            )
