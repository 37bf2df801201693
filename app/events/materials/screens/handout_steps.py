"""The column of one handout in 資料・報告, with its steps 見た → 結果 → 通知した and the next action.

Page and findings have a page of their own, versions, copies and rights another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date_or
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.notification_dialog import CorrectNotificationDialog, NotificationDialog
from app.event.parts import RequestDraftDialog
from app.event.rules.deadlines import MATERIAL
from app.event.rules.target_dates import DRAFT_MATERIALS
from app.event.services.event_records import MaterialRecords, handout_key
from app.event.services.tasks.deadlines import event_tasks
from app.event.services.tasks.task import Task
from app.events.materials.documents import RESULT_KIND as NOTICE
from app.events.materials.screens.material_detail import RECORD, version_words
from app.events.materials.screens.material_dialogs import ReceiveHandoutDialog, WithdrawResultDialog
from app.events.materials.services.material_board import REVIEWING, read_handouts_to_check
from app.events.materials.services.materials import MaterialView, is_viewed, read_material, viewed_pages_words
from app.widgets.badges import KindSquare
from app.widgets.buttons import Button, inline_button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.keys import on_key
from app.widgets.labels import label, second_label, separator, small_label, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.widgets.step_block import StepBlock, show_progress
from app.window.app_context import AppContext, with_store

_DECIDE = "ページと指摘を見て、F5・F6・F7 で決めます。"


class HandoutSteps(QWidget):
    """The details of one handout in 資料・報告, with its three steps.

    Signals: ``version_received(int)`` in the receipt the handout with this id was added, or a version of it was
    received. ``show_item`` shows a handout, or an event whose handouts nobody has named; ``receive`` opens the
    receipt.
    """

    version_received = Signal(int)

    def __init__(self, app_context: AppContext, *, of_event: bool = False):
        """``of_event``: it is in the tab of its event, where the pages opened from it lead back to."""
        super().__init__()
        self.app_context = app_context
        self._back = {"back": "event"} if of_event else {}
        self._received_id = 0
        self.view: MaterialView | None = None
        self._event_id = self._material_id = 0
        self._event_words = ""
        self._ward = 0
        self.sign = KindSquare("")
        self.about = small_label()
        self.title = wrapped_label("", "h2")
        self.receipt = second_label()
        self.note = NoteBox("", "amber")
        self.agreement = link_button("協議を書く", lambda: self.app_context.go("agreements", event_id=self._event_id))
        self.request = Button("提出のお願い", self.ask_contractor, icon_name="envelope-simple", low=True)
        self.check = Button("ページと指摘を開く", self.open_check, icon_name="columns")
        self.withdraw = inline_button("", self._withdraw)
        self.notice = Button("通知を作成して確認", self.show_notice)
        self.tell = Button("通知したと記録する", self.ask_notification)
        self.bar_buttons = (self.notice, self.tell, self.check)
        self.looked = StepBlock(1, "内容確認")
        self.result = StepBlock(2, "判定", self.withdraw)
        self.correct = inline_button("通知・連絡の記録を直す", self._correct_notification)
        self.told = StepBlock(3, "通知", self.correct)
        self.versions = small_label()
        self.more = link_button(f"{RECORD}を開く", self.open_record)
        for key in ("F5", "F6", "F7"):
            on_key(self, key, self._open_decision)
        self._build()
        self.hide()

    def _build(self) -> None:
        column = in_column(owner=self, spacing=8)
        head = widget_row(self.sign)
        head.addWidget(self.about, 1)
        column.addLayout(head)
        for part in (self.title, self.receipt, FlowRow(self.request)):
            column.addWidget(part)
        for step in (self.looked, self.result, self.told):
            add(column, separator(), step)
        add(
            column,
            self.note,
            (self.agreement, 0, Qt.AlignmentFlag.AlignLeft),
            None,
            separator(),
            label("控え", "strong"),
            self.versions,
            (self.more, 0, Qt.AlignmentFlag.AlignLeft),
        )

    # reading

    def show_item(self, *, event_id: int, material_id: int, event_words: str, ward: int = 0, **_more: object) -> None:
        """Show a handout, 0 = none is named yet; ``ward`` is how many 区の対応待ち there are, with this one."""
        self._event_id, self._material_id, self._event_words = event_id, material_id, event_words
        self._ward = ward
        if material_id:
            today = self.app_context.today()
            self.app_context.read(
                with_store(read_material, material_id=material_id, today=today), self._show_view, owner=self
            )
            return
        self.view = None
        self.about.setText(event_words)
        self.sign.hide()
        self.title.setText("資料")
        self.receipt.setText("資料は、まだ登録されていません。届いたら受領します。")
        self._show_steps(0, "", "", "", is_ward_turn=False)
        self.request.show()
        for part in (self.check, self.withdraw, self.notice, self.tell, self.correct, self.agreement):
            part.hide()
        self.note.show_text("")
        self.versions.setText("")
        self.more.hide()
        self.show()

    def _show_view(self, view: MaterialView) -> None:
        """Show the steps of a handout, unless another one was chosen meanwhile."""
        if view.material.id != self._material_id:
            return
        self.view = view
        may_write, today = self.app_context.may_write, self.app_context.today()
        newest = view.versions[0].version if view.versions else None
        event = view.event
        day = short_date_or("日程未定", event.event_date, today)
        self.sign.show_kind(event.kind)
        self.sign.show()
        self.about.setText(f"{day} {view.event_title}")
        self.title.setText(view.material.title + (f"　第{newest.version}版" if newest is not None else ""))
        came = view.versions[0].received_words if view.versions else "まだ受領していません。"
        self.receipt.setText(join_nonempty(came, view.next_words))
        counted = viewed_pages_words(newest) if newest is not None else ""
        found = (
            f"{counted}　指摘 {view.required_count + view.optional_count}件"
            f"（必須 {view.required_count}・お願い {view.optional_count}）"
        ).strip("　")
        judged = view.versions[0].result_words if newest is not None and newest.result else ""
        waits = view.not_notified
        told = fill_nonempty("結果通知　{}", view.notified_words)
        if view.notification is not None:
            told += f"　{view.notification.told_how}で{view.notification.told_to}へ"
        done = 0 if newest is None or not judged else 2 if waits else 3
        self._show_steps(
            done,
            found if newest is not None else "",
            judged or (_DECIDE if newest is not None else ""),
            told,
            is_ward_turn=newest is not None,
        )
        if done and newest is not None and not is_viewed(newest):
            left = (newest.pages or 0) - len(newest.looked)
            self.looked.show_state("これから", f"{found}\n{left}ページは、開かないまま判定しました。")
        self.request.setVisible(view.request is not None)
        self.check.setVisible(newest is not None)
        self.check.set_filled(may_write and view.state == REVIEWING)
        self.withdraw.set_words(f"{newest.result}を取り消す" if newest is not None and newest.result else "")
        self.withdraw.setVisible(bool(judged) and may_write)
        self.notice.setVisible(bool(judged))
        self.notice.set_filled(waits)
        self.tell.setVisible(waits and may_write)
        self.correct.setVisible(view.notification is not None and may_write)
        open_today = event.event_date == today and view.state != "確認済"
        self.note.show_text(
            "**本日が実施日です**\nつぎの版が間に合わないときは、使わないことを協議で残します。" if open_today else ""
        )
        self.agreement.setVisible(open_today)
        self.more.show()
        self.versions.setText(" → ".join(version_words(one) for one in reversed(view.versions)))
        self.show()
        if self._received_id == view.material.id:
            self._received_id = 0
            if newest is not None:
                # What was received is looked at next.
                self.check.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_steps(
        self, done: int, check_words: str, result_words: str, notification_words: str, *, is_ward_turn: bool
    ) -> None:
        show_progress(
            done,
            (self.looked, check_words),
            (self.result, result_words),
            (self.told, notification_words),
            is_our_turn=is_ward_turn,
        )

    # acting

    def open_next_step(self) -> None:
        """Open page and findings, or the receipt of a missing version (Enter)."""
        if self.view is not None and self.view.versions:
            self.open_check()
        else:
            self.receive()

    def receive(self, path: Path | None = None) -> None:
        """Open the receipt of the next version, or of the event's first handout; not for a reader.

        ``path`` is the file to receive, None = none chosen yet.
        """
        if self._event_id and self.app_context.may_write:
            self.app_context.read(
                with_store(read_handouts_to_check, event_id=self._event_id),
                partial(self._open_receipt, path),
                owner=self,
            )

    def _open_receipt(self, path: Path | None, found: Sequence[MaterialRecords]) -> None:
        dialog = ReceiveHandoutDialog(
            self,
            found,
            event_id=self._event_id,
            event_title=self._event_words,
            material_id=self._material_id,
            on_saved=self._on_received,
        )
        if path is not None:
            dialog.take_file(path)
        dialog.open()

    def _on_received(self, material_id: int) -> None:
        """Emit ``version_received`` for the handout; the check of its version gets the focus once it is read."""
        self._received_id = material_id
        self.version_received.emit(material_id)

    def open_check(self) -> None:
        """Open the page with page and findings side by side."""
        if self.view is not None and self.view.versions:
            self.app_context.go("materials", event_id=self._event_id, material_id=self._material_id, **self._back)

    def _open_decision(self) -> None:
        if self.view is not None and self.view.state == REVIEWING and self.app_context.may_write:
            self.open_check()
            self.app_context.show_message(_DECIDE)

    def ask_contractor(self) -> None:
        """Open 提出のお願い; for an event without named handouts that of its first draft."""
        if self.view is None:
            read = with_store(event_tasks, event_id=self._event_id, today=self.app_context.today())
            self.app_context.read(read, self._ask_for_draft, owner=self)
        elif self.view.request is not None:
            RequestDraftDialog(self, self.view.request).open()

    def _ask_for_draft(self, tasks: Sequence[Task]) -> None:
        """Open 提出のお願い for the first of the tasks 資料案の受領 and 資料確認; nothing without either."""
        draft = next((task for task in tasks if task.task in (DRAFT_MATERIALS, MATERIAL)), None)
        if draft is not None:
            RequestDraftDialog(self, draft).open()

    def _withdraw(self) -> None:
        if self.view is not None and self.view.versions:
            newest = self.view.versions[0].version
            WithdrawResultDialog(self, title=self.view.material.title, version=newest).open()

    def show_notice(self) -> None:
        """Show the notice as it would be sent."""
        if self.view is not None:
            DocumentDialog(self, event_id=self._event_id, kind=NOTICE, subject=self.view.event_title).open()

    def ask_notification(self) -> None:
        """Ask how the result was notified, with the document beside it; nothing if it was already, or for a reader."""
        view = self.view
        if view is not None and view.not_notified and self.app_context.may_write:
            NotificationDialog(
                self,
                event_id=self._event_id,
                key=handout_key(view.material.id),
                subject=f"{view.material.title}　第{view.versions[0].version.version}版",
                open_check=self.open_check,
                ward_pending=self._ward,
            ).open()

    def _correct_notification(self) -> None:
        if self.view is not None and self.view.notification is not None:
            CorrectNotificationDialog(self, self.view.notification).open()

    def open_record(self) -> None:
        """Open the page of versions, copies, rights and answers."""
        where = {"event_id": self._event_id, "material_id": self._material_id}
        self.app_context.go("materials", **where, part=RECORD, **self._back)
