"""受託者の提出物: all that is owed over a year, pending first, and the received paper of the chosen row beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, TypedDict

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from app.asked import Asked
from app.foreign_files.form_book import FormBook
from app.main_window.ways import way_to
from app.papers.screens.export_button import export_button
from app.papers.screens.paper_view import PaperDialog
from app.papers.services.paper_scope import PaperScope
from app.programme.services.programme import read_programme
from app.received.services.received_papers import (
    IncomingFile,
    ReceivedView,
    confirm_paper,
    file_of,
    judge_point,
    withdraw_confirmation,
)
from app.saved import Saved
from app.subjects.deliverables.papers.owed_papers import LATE
from app.subjects.deliverables.parts.receive_dialog import CorrectionDialog, NotesDialog, ReceiveDialog
from app.subjects.deliverables.rules.due import DONE, WAITING, WARD, DueList, DueRow, Group, Lateness
from app.subjects.deliverables.screens.kit_dialog import KitDialog
from app.subjects.deliverables.screens.owed_dialogs import JoinedDialog, RoundDialog, TextsDialog
from app.subjects.deliverables.screens.paper_panel import PaperPanel
from app.subjects.deliverables.services.beside import Beside, read_beside
from app.subjects.deliverables.services.due_list import read_due_list
from app.subjects.deliverables.services.kits import KitPreview, enter_figures, open_form, open_kept, preview_kit
from app.widgets.buttons import Button, link_button
from app.widgets.dialog_frame import TALLEST, DialogFrame
from app.widgets.dialogs import ReasonDialog
from app.widgets.dropped_file import DroppedFile
from app.widgets.failure_dialog import note_failure
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.labels import heading, label
from app.widgets.marks import Badge
from app.widgets.note_box import NoteBox
from app.widgets.pdf_preview import PdfPreview
from app.widgets.record_model import Cell, Column
from app.widgets.record_table import RecordTable
from app.widgets.screen import Screen, page, row, scrolling
from app.window.background_task import bound
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of

_BADGES: Final[tuple[tuple[Group, str], ...]] = ((WARD, "区が確認中"), (WAITING, "受領前"), (DONE, "確認済"))
_SIDE = 352
_BOOKS = (".xlsx", ".xlsm")
_PENDING = f"{WARD}・受託者からの{WAITING}"
_NOTE = (
    "お願い・督促・受領・修正依頼の文は Alt+L。遅れは契約の期限だけで数えます。"
    "内容確認の30日などは区の目標で、遅れではありません。"
)


class _YearKeys(TypedDict, total=False):
    """By what a year is named."""

    programme_id: int
    fiscal_year: int


class DeliverablesScreen(Screen):
    """The screen; ``arrive(kind="提案書")`` (or ``task=``) stands on the row of a kind. Signals: none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list: DueList | None = None
        self.view: ReceivedView | None = None
        self._kind = ""
        self._programme_id: int | None = None
        self._contractor = ""
        self.counts = FlowRow()
        self.problem = NoteBox("", tone="red")
        self.beside: Beside | None = None
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self.late_list = Button("遅れの一覧", self._show_late, icon_name="list-numbers")
        self.receive = Button("提出物を受領する", self.ask_receipt, kind="main", icon_name="tray")
        self.table = RecordTable(
            "deliverables",
            (
                Column(key="due", title="期限（暦どおり）・根拠", width=150, sortable=False,
                       show=lambda one: Cell(text=one.due_words or "期限なし",
                           date=one.due is not None and one.contract,
                                             second=one.basis_words)),
                Column(key="title", title="提出物", stretch=True, width=180, sortable=False,
                       show=lambda one: Cell(text=one.title, kind=one.event_kind or "")),
                Column(key="came", title="受領・方法", width=120, sortable=False,
                       show=lambda one: Cell(text=one.came_words or "—", second=one.way_words)),
                Column(key="number", title="収受・原本", width=130, sortable=False, needs=900,
                       show=lambda one: Cell(text=one.number_words or "—", second=one.place_words)),
                Column(key="look", title="内容確認", width=142, sortable=False,
                       show=lambda one: Cell(text=one.look_words, tone=one.look_tone, second=one.look_second)),
                Column(key="late", title="遅れ（暦日）", width=128, sortable=False,
                       show=lambda one: Cell(text=one.late_words, tone=one.late_tone, strong=one.late_tone == "red",
                                             second=one.late_second)),
            ),
            title="受託者の提出物の一覧",
            empty="この年度の提出物は、まだありません。",
            group=lambda one: DONE if one.group == DONE else _PENDING,
            search=lambda one: f"{one.title}{one.number_words}{one.group}",
        )  # fmt: skip
        self.table.foot.addWidget(export_button(desk, self.table, title="受託者の提出物の一覧"))
        self.late = label("", wrap=True)
        self.panel = PaperPanel(desk)
        self._build()
        desk.year_changed.connect(self._leave_year)
        DroppedFile(self, may=lambda: not desk.read_only).dropped.connect(self.take_file)
        QShortcut(QKeySequence.StandardKey.Open, self).activated.connect(self.open_file)
        QShortcut(QKeySequence("Alt+L"), self).activated.connect(self.ask_texts)

    def _build(self) -> None:
        column = page(self)
        column.addLayout(
            row(
                link_button("報告書", lambda: self.desk.go("report")),
                label("›", "small"),
                label("提出物", "small"),
                None,
                link_button("受領報告書一覧", lambda: self.desk.go("ledgers", ledger="reports")),
                link_button("物品持込許可簿", lambda: self.desk.go("ledgers", ledger="goods")),
                link_button("提供物台帳", lambda: self.desk.go("ledgers", ledger="provided")),
            )
        )
        head = row(heading("受託者の提出物"), 8)
        head.addWidget(self.counts, 1)
        head.addWidget(self.late_list)
        head.addWidget(self.receive)
        column.addLayout(head)
        column.addWidget(self.problem)
        self.problem.say("")
        self._across = ListAndDetail(self.table, scrolling(self.panel), back="提出物の一覧", wide=_SIDE, usual=_SIDE)
        column.addWidget(self._across, 1)
        self.setFocusProxy(self.table)
        column.addWidget(self.late)
        column.addWidget(label(_NOTE, "small", wrap=True))
        self.receive.setEnabled(not self.desk.read_only)
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self.panel.judged.connect(self._judge)
        self.panel.receive_asked.connect(self.ask_receipt)
        self.panel.report_asked.connect(self._open_report)
        self.panel.check_asked.connect(self._open_check)
        self.panel.notes_asked.connect(self._ask_notes)
        self.panel.correction_asked.connect(self._ask_correction)
        self.panel.confirm_asked.connect(self._confirm)
        self.panel.withdraw_asked.connect(self._ask_withdrawal)
        self.panel.file_asked.connect(self._show_file)
        self.panel.open_asked.connect(self.open_file)
        self.panel.texts_asked.connect(self.ask_texts)
        self.panel.round_asked.connect(self._ask_round)
        self.panel.enter_asked.connect(self._enter)
        self.panel.joined_asked.connect(self._ask_joined)

    def arrive(self, **arguments: Any) -> None:
        """Take the kind whose row is wanted, or the task of the year that waits for it, and the year where it is
        another."""
        self._kind = str(arguments.get("kind") or arguments.get("task") or "")
        self._programme_id = int(arguments["programme_id"]) if arguments.get("programme_id") else None

    def stand(self) -> dict[str, Any]:
        """The year, where it is not the one shown."""
        return {} if self._programme_id is None else {"programme_id": self._programme_id}

    def _leave_year(self, _year: int) -> None:
        """Another year is shown: what was asked for stands in the one before."""
        self._programme_id, self._kind = None, ""

    def reload(self) -> None:
        """Read the list."""
        today = self.desk.today()
        year = self._year()
        self.desk.read(
            with_store(read_programme, **year, on=today),
            lambda view: setattr(self, "_contractor", view.contractor.responsible),
        )
        self.desk.read(with_store(read_due_list, **year, today=today), self._show)

    def _year(self) -> _YearKeys:
        """The year of what was asked for, else the one that is shown."""
        if self._programme_id is not None:
            return {"programme_id": self._programme_id}
        return {"fiscal_year": self.desk.fiscal_year}

    def _show(self, found: DueList) -> None:
        self.list = found
        self.table.show_rows(found.rows)
        self.counts.clear()
        for group, badge in _BADGES:
            self.counts.add(Badge(badge, f"{group} {found.count(group)}"))
        self.counts.add(label(f"計 {len(found.rows)}件", "second"))
        self.late.setText(
            f"遅れ（契約の期限）　{_side_words('受託者', found.contractor)}　／　{_side_words('区', found.ward)}"
        )
        kind, self._kind = self._kind, ""
        if kind:
            self.table.choose(lambda one: one.kind == kind)
        self.table.stand_somewhere()
        self._choose(self.table.current())

    def _choose(self, row: DueRow | None) -> None:
        if row is None or self.list is None:
            self.view = self.beside = None
            self.panel.show_row(row, None, read_only=self.desk.read_only)
            return
        self.desk.read(
            with_store(read_beside, row_id=row.id, programme_id=self.list.programme_id, today=self.desk.today()),
            partial(self._show_beside, row),
        )

    def _show_beside(self, row: DueRow, beside: Beside) -> None:
        current = self.table.current()
        if current is not None and current.id == row.id:
            self.beside = beside
            self.view = beside.view
            self.panel.show_row(row, beside, read_only=self.desk.read_only)

    def _open(self, row: DueRow) -> None:
        if row.event_id:
            self.desk.go("report", event_id=row.event_id)
        elif not row.paper_id:
            self.ask_receipt()
        elif self._across.narrow:
            self._across.show_detail()

    def _open_check(self) -> None:
        """業務完了届 and 請求書 are compared with the contract at their own place."""
        way = way_to(Asked(what="完了の手続きを進める", programme_id=self._programme_id))
        self.desk.go(way.place, **way.arguments)

    def _open_report(self) -> None:
        row = self.table.current()
        if row is not None and row.event_id:
            self.desk.go("report", event_id=row.event_id)

    # receiving

    def ask_receipt(self, path: Path | None = None) -> None:
        """Open the receipt of the chosen kind, with a file where one was dropped."""
        if self.list is None or self.desk.read_only:
            return
        row = self.table.current()
        kind = row.kind if row is not None and not row.event_id else ""
        dialog = ReceiveDialog(self.desk, self.list.programme_id, kind=kind, sender=self._contractor, parent=self)
        if path is not None:
            dialog.take(path)
        dialog.open()

    def open_file(self) -> None:
        """Choose a file that came (Ctrl+O): a form is read, anything else is received as it is."""
        if self.desk.read_only:
            return
        path = self.ask_file()
        if path is not None:
            self.take_file(path)

    def _ask_file(self) -> Path | None:
        name, _kind = QFileDialog.getOpenFileName(self, "受託者から届いたファイルを選ぶ", "")
        return Path(name) if name else None

    def take_file(self, path: Path) -> None:
        """Look at a file that was chosen or dropped; a workbook may be a form of ours."""
        self.problem.say("")
        if path.suffix.lower() not in _BOOKS:
            self.ask_receipt(path)
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
        row_id = f"report-{view.event_id}" if view.event_id is not None else ""
        self.table.choose(lambda one: one.id == row_id if row_id else one.kind == view.kind)
        KitDialog(self.desk, view, book, file, sender=self._contractor, parent=self).open()

    def _no_form(self, path: Path, problem: Exception) -> None:
        """Say what a file is; one that is no form at all can be received as it is."""
        told = failure_of(problem)
        self.problem.say(f"「{path.name}」　{told.happened}{told.todo}")

    # writing to the contractor, and inside the house

    def ask_texts(self) -> None:
        """Open the texts about the chosen row (Alt+L)."""
        if self.beside is not None:
            TextsDialog(self.desk, self.beside.owed, self).open()

    def _ask_joined(self) -> None:
        if self.beside is not None:
            JoinedDialog(self.desk, self.beside.owed, self).open()

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
                failed=self._refuse,
                owner=self,
            )

    def _read_kept(self, paper_id: int, data: bytes) -> None:
        self.desk.apart(
            bound(open_kept, data=data),
            lambda book: self._write(with_store(enter_figures, book=book, paper_id=paper_id, **self.desk.signed)),
            failed=self._refuse,
            owner=self,
        )

    def _show_late(self) -> None:
        if self.list is not None:
            PaperDialog(
                self.desk,
                scope=PaperScope(fiscal_year=self.desk.fiscal_year, as_of=self.desk.today()),
                kind=LATE,
                parent=self,
            ).open()

    # checking

    def _write(self, change: Any) -> None:
        self.problem.say("")
        self.desk.write(change, self._saved, failed=self._refuse, owner=self)

    def _saved(self, _saved: Saved) -> None:
        """The list is read again by itself."""

    def _refuse(self, problem: Exception) -> None:
        note_failure(failure_of(problem), self.problem)
        self.reload()

    def _judge(self, point: str, result: Any, page_words: str, note: str) -> None:
        if self.view is not None:
            self._write(
                with_store(
                    judge_point,
                    paper_id=self.view.paper.id,
                    point=point,
                    result=result,
                    page=page_words,
                    note=note,
                    **self.desk.signed,
                )
            )

    def _ask_notes(self) -> None:
        if self.view is not None:
            NotesDialog(self.desk, self.view, self).open()

    def _ask_correction(self) -> None:
        if self.view is not None:
            self.desk.read(
                with_store(read_programme, **self._year(), on=self.desk.today()),
                partial(self._open_correction, self.view),
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
            self._write(with_store(confirm_paper, paper_id=view.paper.id, on=self.desk.today(), **self.desk.signed))
            return
        ReasonDialog(
            self.desk,
            "確認済にする",
            view.paper.kind,
            verb="確認済にする",
            text=f"○でない項目があります（{'、'.join(view.doubtful)}）。このまま受ける理由を書いてください。",
            usual=(),
            change=lambda reason: with_store(
                confirm_paper, paper_id=view.paper.id, on=self.desk.today(), reason=reason, **self.desk.signed
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
            change=lambda reason: with_store(
                withdraw_confirmation, paper_id=view.paper.id, reason=reason, **self.desk.signed
            ),
            parent=self,
        ).open()

    def _show_file(self) -> None:
        if self.view is not None:
            self.desk.read(
                with_store(file_of, paper_id=self.view.paper.id),
                partial(self._open_preview, self.view),
                failed=self._refuse,
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
        frame.put(preview, 1)
        preview.show_received(self.desk, data, title=view.paper.file_name)
        frame.open()


def _side_words(side: str, late: Lateness) -> str:
    if not late.times:
        return f"{side} なし"
    rest = f"、ほか{late.times - 2}件" if late.times > 2 else ""
    return f"{side} {late.times}件・{late.days}日（{'、'.join(late.named[:2])}{rest}）"
