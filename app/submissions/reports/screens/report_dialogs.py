"""Dialogs of a report, to receive a file, to record a day, and to view earlier versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.and_others import and_others
from app.common.file_locations import RecentFile
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.file_format import Format
from app.documents.services import documents
from app.event.parts import remark_other_event
from app.foreign_files.own_files import identify_own_file, own_file_words
from app.foreign_files.pdf_reading import UnreadablePdf, count_pages, first_words, is_pdf
from app.submissions.reports.screens.copy_text import CopyText
from app.submissions.reports.screens.report_words import PLACES_OF_ORIGINAL, RECEIPT_METHODS
from app.submissions.reports.services import report_documents
from app.submissions.reports.services.report_check import receive_report
from app.submissions.reports.services.report_form import FormScreenView
from app.submissions.reports.services.report_marks import OutdatedNumbers
from app.submissions.reports.services.reports import hand_over_form
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import ReasonDialog, SavingDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceBox, Field
from app.widgets.forms.recent_files import RecentFilesBar, mark_used, when_words
from app.widgets.labels import Paragraph, label, with_accessible_name, wrapped_label
from app.widgets.layouts import add, in_row
from app.widgets.note_box import NoteBox
from app.widgets.pdf.pdf_preview import PdfPreview
from app.window import theme as t
from app.window.app_context import AppContext, app_context_at, bind_action, with_store
from app.window.background_task import bind_arguments
from app.window.failure_messages import failure_of
from db.record import record
from db.records.events import Event
from db.records.submissions.reports import Report

_LABEL = 152
_HOW = tuple((way, way) for way in RECEIPT_METHODS)
_PLACES = tuple((place, place) for place in PLACES_OF_ORIGINAL)
_PDF_WANTED = (
    "報告書は、受託者にPDFにして送ってもらってください。ほかの提出物は「資料・報告」でその行を選んで受領します。"
)
HOW = Field("how", "受領の方法", "choice", width=200, choices=tuple((way, way) for way in RECEIPT_METHODS))


class ReceiveReportDialog(SavingDialog):
    """Dialog to receive the contractor's report (its PDF, when and how it came, where the original is).

    ``version`` is the number that it gets; ``same_report`` are further events for which it may be received as well.
    Signals: those of ``SavingDialog``; ``received(int)`` the id of the report. ``ask_file`` returns the path of
    the chosen file ("" = none); tests replace it.
    """

    received = Signal(int)

    def __init__(
        self,
        parent: QWidget,
        event: Event,
        *,
        version: int,
        same_report: Sequence[Event] = (),
    ):
        again = f"　第{version}版" if version > 1 else ""
        super().__init__(
            parent,
            "届いた報告書を受領",
            f"{event.full_title}{again}",
            main="受領を記録する",
        )
        self._event = event
        self._same_report = tuple(same_report)
        self._data = b""
        self._name = ""
        self._pages = 0
        self._proposed: RecentFile | None = None
        self._chosen = False
        self.choose_button = Button("PDFを選ぶ", self.choose_file, icon_name="file-pdf")
        self.file = with_accessible_name(wrapped_label("まだ選んでいません"), "選んだファイル")
        line = in_row(spacing=16)
        name = label("報告書のファイル")
        name.setFixedWidth(t.scaled(_LABEL))
        add(line, name, self.choose_button, (self.file, 1))
        self.put(line)
        self.recent = RecentFilesBar(self.app_context, (".pdf",), label_width=t.scaled(_LABEL))
        self.recent.file_chosen.connect(lambda one: self.take_file(one.path))
        self.recent.open_single_file(
            _read_report, self._take_proposed, initial_focus=self.choose_button, wanted=lambda: not self._chosen
        )
        self.recent.list_updated.connect(self.fit_to_content)
        self.put(self.recent)
        self.form = Form(
            (
                Field("on", "受領日", "date", width=120, hint="9/28、R8.9.28 でも入力できます"),
                Field("how", "受領の方法", "choice", width=200, choices=_HOW),
                Field("number", "収受番号", optional=True, width=240),
                Field("place", "原本の場所", "choice", width=240, choices=_PLACES,
                      hint="このアプリに残るのは控えです"),
                *((_same_report_field(self._same_report, self.app_context.today()),) if same_report else ()),
            ),
            fiscal_year=self.app_context.fiscal_year,
        )  # fmt: skip
        self.form.set_values(
            {"on": self.app_context.today(), "how": RECEIPT_METHODS[0], "place": PLACES_OF_ORIGINAL[0]}
        )
        self.put(self.form)
        follows = (
            "受領すると提出の期限が閉じ、条文の項目と数字の確認が始まります。"
            "ファイルは暗号化して保管し、書き込みません。"
        )
        if version > 1:
            follows = f"第{version}版の確認を新しく始めます。前の版とその確認は残り、いつでも見られます。"
        self.put(Paragraph(follows, role="small"), None)
        self.recent.search()

    def choose_file(self) -> None:
        """Ask for a file, and read it; one that is no PDF is reported."""
        path = self.ask_file()
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Read a chosen file in the background, then show it in the dialog."""
        self._proposed, self._chosen = None, True
        self.recent.exclude(path)
        self.set_busy(True)
        self.file.setText("ファイルを確かめています。")
        self.app_context.run_in_background(
            bind_arguments(_read_report, path=path),
            self._show_file,
            on_failed=partial(self._show_unreadable, path),
            owner=self,
        )

    def _take_proposed(self, file: RecentFile, read: _ReadReport) -> None:
        """Propose the only PDF of today for checking; nothing is stored before that."""
        self._proposed = file
        self.recent.exclude(file.path)
        self._show_file(read)

    def ask_file(self) -> str:
        """Return the file that the user chooses, nothing if none."""
        return QFileDialog.getOpenFileName(self, "受託者から届いた報告書を選ぶ", "", "PDF (*.pdf)")[0]

    def _show_file(self, read: _ReadReport) -> None:
        """Show name and pages of the chosen report, and of a proposed one its folder.

        The focus goes to the main button, for a proposed file to the day.
        """
        self.set_busy(False)
        name, pages = read.name, read.pages
        self._name, self._data, self._pages = name, read.data, pages
        self.show_error_text("")
        place = self._proposed
        since = f"\n{place.folder_name}に{when_words(place, self.today)}に保存" if place else ""
        self.file.setText(f"{name}　{pages}ページ{since}")
        remark_other_event(self, self.file, event_id=self._event.id, text=f"{name}\n{read.words}")
        self.choose_button.set_words("別のPDFを選ぶ")
        self.fit_to_content()
        # The rest is proposed, so Enter receives it; where the file is too, a key pressed twice must not.
        if place is None:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.go_to("on")

    def _clear_file(self, happened: str, todo: str) -> None:
        self._data = b""
        self.recent.exclude(None)
        self.file.setText("まだ選んでいません")
        self.show_error_text(f"{happened}まだ何も記録していません。{todo}")
        self.fit_to_content()

    def _show_unreadable(self, path: Path, problem: Exception) -> None:
        """Show why a chosen file can't be read and what to ask the contractor for."""
        self.set_busy(False)
        told = failure_of(problem)
        if isinstance(problem, UnreadablePdf):
            why = told.happened if problem.why != "broken" else "途中で切れているか、PDFではありません。"
            # Another file type was chosen deliberately, and sending it once more changes nothing.
            todo = told.todo if path.suffix.lower() == ".pdf" else _PDF_WANTED
            self._clear_file(f"「{path.name}」はPDFとして開けません。{why}", todo)
        else:
            self._clear_file(told.happened, told.todo)

    def _save(self) -> None:
        """Save the receipt of the report with its file, or show what is missing."""
        if not self._data:
            self.show_error_text("報告書のファイルをまだ選んでいません。受託者から届いたPDFを選んでください。")
            self.fit_to_content()
            return
        if not self.form.check_all():
            return
        values = self.form.values()
        self.run_change(
            bind_action(
                receive_report,
                event_id=self._event.id,
                data=self._data,
                name=self._name,
                pages=self._pages,
                received_on=values["on"],
                received_how=values["how"],
                receipt_number=values["number"],
                original_place=values["place"],
                also_for=tuple(one.id for one in self._same_report) if values.get(_SAME) else (),
            ),
            self._received,
        )

    def _received(self, saved: ActionResult) -> None:
        """Close the dialog and emit ``received`` with the id of the report."""
        mark_used(self._name, len(self._data))
        self._close_with(saved)
        self.received.emit(saved.id)


_SAME = "same_report"
_NAMED = 3


def _same_report_field(events: Sequence[Event], today: date) -> Field:
    """Return the field that asks whether a monthly report is that of further events, too."""
    named = "、".join(
        join_nonempty(short_date(one.event_date, today), one.full_title) for one in events[:_NAMED] if one.event_date
    )
    more = and_others(events, _NAMED, "　ほか{}回")
    return Field(
        _SAME,
        "同じ月の実施回",
        "check",
        words="この月報は、つぎの実施回の報告書でもある",
        hint=f"{named}{more}。提出の期限がまとめて閉じます。内容は、実施回ごとに確かめます。",
    )


_NO_ANSWERS_USUAL = ("受託者が回収できなかった", "中止により配布しなかった")
OUTDATED_USUAL_REASONS = ("差は確かめた", "集計は、あとで確定し直す")


def ask_reason(
    owner: QWidget,
    subject: str,
    change: Callable[[str], Callable[[ActionContext], object]],
    *,
    title: str,
    verb: str,
    text: str,
    usual: Sequence[str],
) -> None:
    """Open a dialog for a reason and save with it; ``change(reason)`` returns the action to run."""
    ReasonDialog(
        owner,
        title,
        subject,
        verb=verb,
        text=text,
        usual_reasons=usual,
        change=change,
    ).open()


def outdated_stop_words(stops: Sequence[OutdatedNumbers]) -> str:
    """Return the text to read before continuing with outdated numbers."""
    told, ways = "".join(one.words for one in stops), "".join(one.todo for one in stops)
    return f"{told}そろえてから進めるのが確かです。{ways}このまま進めるときは、理由を報告書の備考に残し、印刷します。"


def ask_confirmation_reason(
    owner: QWidget,
    subject: str,
    change: Callable[[str], Callable[[ActionContext], object]],
    *,
    without_answers: bool,
    stops: Sequence[OutdatedNumbers],
) -> None:
    """Open a dialog for the reason why a report without responses, or with outdated numbers, becomes 確認済."""
    ask_reason(
        owner,
        subject,
        change,
        title="回答がないまま確認済にする" if without_answers else "数がそろわないまま確認済にする",
        verb="確認済にする",
        text=join_nonempty(
            "アンケートの回答が0件です。回答がない理由を、報告書の備考に残します。" if without_answers else "",
            outdated_stop_words(stops) if stops else "",
            separator="\n",
        ),
        usual=_NO_ANSWERS_USUAL if without_answers else OUTDATED_USUAL_REASONS,
    )


@record
class _ReadReport:
    """A chosen file with its page count and the words of its first page."""

    name: str
    data: bytes
    pages: int
    words: str


def _read_report(*, path: Path) -> _ReadReport:
    """Read a file and count its pages, beside the window.

    Raises:
        OSError, UnreadablePdf: it cannot be read, or is no PDF.
        UserError: a workbook that this program made itself.
    """
    data = path.read_bytes()
    own = identify_own_file(data) if not is_pdf(data) else None
    if own is not None:
        raise UserError(
            f"「{path.name}」は、{own_file_words(own)}です。",
            "閉じてから「資料・報告」の画面に置くと、記入された数字も読み取れます。"
            if own.file_type == "様式"
            else _PDF_WANTED,
        )
    return _ReadReport(name=path.name, data=data, pages=count_pages(data), words=first_words(data))


class ReportDayDialog(FormDialog):
    """Dialog for one day, in any spelling, to record a confirmation or a receipt.

    Signals: those of ``FormDialog``. ``change(values)`` returns the action to write from the fields: ``on``, with
    ``how`` the way of receipt, and with ``stops`` (outdated numbers) a ``reason``.
    """

    def __init__(
        self,
        parent: QWidget,
        change: Callable[[dict[str, Any]], Callable[[ActionContext], object]],
        *,
        title: str,
        subject: str,
        words: str,
        day_label: str,
        main: str,
        how: bool = False,
        stops: Sequence[OutdatedNumbers] = (),
    ):
        day = Field("on", day_label, "date", width=120, hint="9/28、R8.9.28、令和8年9月28日 のどれでも読めます")
        why = Field("reason", "このまま進める理由", "lines", lines=2, hint="備考に残り、報告書の印に載ります。")
        super().__init__(
            parent,
            title,
            subject,
            main=main,
            fields=(day, *((HOW,) if how else ()), *((why,) if stops else ())),
            values={"on": app_context_at(parent).today(), **({"how": RECEIPT_METHODS[0]} if how else {})},
            change=change,
            near=app_context_at(parent).today(),
            width=620,
        )
        self.stops = NoteBox(tone="amber")
        self.stops.show_text(outdated_stop_words(stops) if stops else "")
        self.body.insertWidget(0, Paragraph(words))
        self.body.insertWidget(1, self.stops)


class HandOverDialog(FormDialog):
    """Dialog that hands the form to the contractor: the file, the text to send, and the record of it.

    Signals: those of ``FormDialog``; ``copied(str)`` the text was put on the clipboard.
    """

    copied = Signal(str)

    def __init__(self, parent: QWidget, view: FormScreenView, save_file: Callable[[Format], object]):
        report = view.form.report
        assert report is not None
        report_id = report.id
        super().__init__(
            parent,
            "受託者へ渡す",
            f"{view.form.event.full_title}　実施報告書の様式　第{report.version}版",
            main="渡したと記録する",
            fields=(
                Field("on", "渡した日", "date", width=120),
                Field("how", "方法", "choice", width=200, choices=_HOW),
                Field("to", "相手"),
            ),
            values={"on": None, "how": RECEIPT_METHODS[0], "to": "業務責任者"},
            change=lambda typed: bind_action(hand_over_form, report_id=report_id, **typed),
            near=app_context_at(parent).today(),
            width=720,
        )
        self.text = CopyText("添える文（業務責任者あて）", "このアプリからは送信しません。", lines=8)
        self.text.show_text(
            join_nonempty(view.request_text, fill_nonempty("・当日の気付き　{}", view.remark), separator="\n"),
            about=report_id,
        )
        self.text.copied.connect(self.copied)
        files = FlowRow(
            Button("Excelで保存", partial(save_file, "xlsx"), icon_name="table"),
            Button("PDFで保存", partial(save_file, "pdf"), icon_name="file-pdf"),
        )
        self.body.insertWidget(0, files)
        self.body.insertWidget(1, self.text)


class EarlierVersionsDialog(DialogFrame):
    """Dialog that shows one earlier version at a time, newest first; signals of ``DialogFrame``."""

    def __init__(self, app_context: AppContext, event: Event, versions: Sequence[Report], parent: QWidget):
        super().__init__("前の版", event.full_title, cancel="閉じる", width=880, parent=parent)
        self._app_context = app_context
        self._event = event
        self.box = ChoiceBox("見る版")
        for report in reversed(versions):
            self.box.addItem(f"第{report.version}版", report)
        self.preview = PdfPreview(title="前の版")
        self.fill_height(self.preview, around=168)
        self.put(self.box, (self.preview, 1))
        self.box.activated.connect(self._read)
        self._read()

    def _read(self) -> None:
        """Read the content of the chosen version, then draw and show it."""
        report: Report = self.box.currentData()
        self.preview.show_loading()
        self._app_context.read(
            with_store(report_documents.report_content, event=self._event, report=report, now=self._app_context.now()),
            self._draw,
            on_failed=self.refuse,
        )

    def _draw(self, content: DocumentContent) -> None:
        self._app_context.run_in_background(
            bind_arguments(documents.render, content=content, format="pdf"),
            self._show,
            on_failed=self.refuse,
            drawing=True,
            title="書類を作成しています",
        )

    def _show(self, drawn: documents.RenderedDocument) -> None:
        self.preview.show_pdf(drawn.data, title=self.box.currentText())

    def refuse(self, problem: Exception) -> None:
        """Show why a version cannot be displayed in its place."""
        self.preview.clear(failure_of(problem).as_one_text())
