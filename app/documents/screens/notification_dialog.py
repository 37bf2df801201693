"""The dialog to record a notification: the document at the left, steps 内容確認, 判定, 通知 at the right.

Every document that goes to the contractor, to a 団体 or to another section is notified here and nowhere else. Enter
records nothing: a notification is recorded by the button or by Ctrl+Enter only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty
from app.documents.rules import REPLACEMENT, matter_name
from app.documents.screens.document_view import DocumentView
from app.documents.screens.notification_fields import NotificationArguments, NotificationFields
from app.documents.services.document_scope import DocumentScope, scope_of
from app.documents.services.issued_copies import IssuedCopy, open_copy
from app.documents.services.notification import (
    PendingNotification,
    correct_notification,
    notify,
    read_pending_notification,
)
from app.widgets.buttons import link_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import CAN_UNDO
from app.widgets.display_texts import moment_words
from app.widgets.labels import separator, show_text_or_hide, wrapped_label
from app.widgets.layouts import add, in_column, row_of
from app.widgets.note_box import NoteBox
from app.widgets.pdf.pdf_preview import PdfPreview
from app.widgets.screen import in_scroll_area
from app.widgets.step_block import StepBlock, show_progress
from app.window import theme as t
from app.window.app_context import with_store
from app.window.year_words import in_year_words
from db.records.documents import Notification

_RIGHT = 384
_MAIN = "通知したと記録する"
_OTHERWISE = (
    "作ったものと、いまの記録で作るものが違います。記録するのは、作ったもの（左）です。"
    "いまの記録のもの（右）を渡したときは、先に右を保存するか印刷してください。"
)
_NOTE = f"このアプリからは送りません。{CAN_UNDO}"


class NotificationDialog(SavingDialog):
    """Dialog that records how a matter was notified, beside its document. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        parent: QWidget,
        *,
        event_id: int | None = None,
        scope: DocumentScope | None = None,
        key: str,
        subject: str,
        open_check: Callable[[], object] | None = None,
        ward_pending: int = 0,
    ):
        """Build the dialog for the matter ``key`` of an event or ``scope``.

        ``open_check`` leads to where it was checked; ``ward_pending`` is the number of 区の対応待ち including this one
        (0 = it is not one of them).
        """
        super().__init__(parent, _MAIN, subject, main=_MAIN, note=_NOTE, wide=True)
        self._scope, self._key, self._ward = scope_of(event_id, scope), key, ward_pending
        self.wanted: PendingNotification | None = None
        self._pages: set[int] = set()
        self.view = DocumentView(self.app_context, with_note=False)
        self.look = link_button("ページと指摘を開く", lambda: self._open_check(open_check))
        self.look.setVisible(open_check is not None)
        self.looked = StepBlock(1, "内容確認", *((self.look,) if open_check is not None else ()))
        self.decided = StepBlock(2, "判定")
        self.told = StepBlock(3, "通知")
        self.made = wrapped_label("", "done")
        self.seen = wrapped_label("", "done")
        self.since = wrapped_label("", "second")
        self.left = PdfPreview(title="作ったもの", compact=True)
        self.left.hide()
        self.otherwise = NoteBox(tone="amber")
        self.fields = NotificationFields(self.app_context)
        self.form = self.fields.form
        self.goes = NoteBox()
        self._build()
        self.view.shown.connect(self._show_document)
        self.view.preview.page_changed.connect(self._on_page_changed)
        self.fields.changed.connect(self._update_button)
        self._sent = False
        self.app_context.follow_changes(self, self._read)
        self.form.go_to("told_how")
        self.main.setDefault(False)
        self._update_button()
        self._read()

    def _build(self) -> None:
        """Lay out the document at the left and the steps at the right."""
        for part in (self.since, self.made, self.otherwise, self.seen, self.fields):
            self.told.put(part)
        inside = QWidget()
        right = in_column(owner=inside, spacing=6, margins=(16, 6, 16, 6))
        self._judged = (self.looked, separator(), self.decided, separator())
        add(right, *self._judged, self.told)
        add(right, self.goes, None)
        beside = in_scroll_area(inside)
        beside.setFixedWidth(t.scaled(_RIGHT))
        both = row_of((self.left, 1), (self.view, 1), beside, spacing=0)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put((both, 1))
        self.fill_height(self.view)

    # what waits

    def _read(self) -> None:
        """Read what waits to be notified, also after a save or print in this dialog; not once it was recorded."""
        if self._sent:
            return
        ask = with_store(read_pending_notification, scope=self._scope, key=self._key, now=self.app_context.now())
        self.app_context.read(ask, self._show, owner=self, on_failed=self._on_nothing_pending)

    def _on_nothing_pending(self, problem: Exception) -> None:
        """Show that nothing waits any more, notified or withdrawn meanwhile, and disable the fields."""
        if self.isHidden():
            return
        self.show_error(problem)
        self.fields.set_document_state(exists=False)

    def _show(self, pending: PendingNotification) -> None:
        """Show what is to be notified: what was decided, changed or is missing."""
        self.wanted = pending
        self.fields.propose_party(pending.party)
        self.fields.set_document_state(exists=not pending.lacks, lacks=pending.lacks)
        changed = "、".join(one.words for one in pending.changed_facts)
        # What is only told has one step: nothing of it was judged.
        for part in self._judged:
            part.setVisible(bool(pending.decided_words))
        self.told.sign.setVisible(bool(pending.decided_words))
        show_text_or_hide(self.since, fill_nonempty("前回から　{}", changed))
        leaves = f"区の対応待ちは {self._ward} から {self._ward - 1} になります。" if self._ward else ""
        self.goes.show_text(f"**記録すると**　{pending.next_place_words}{leaves}Ctrl+Z で元に戻せます。")
        if pending.made is not None and REPLACEMENT in pending.made.detail:
            self.view.hide()
            self.left.show()
            self.fields.set_document_seen(True)
            self.run_read(self._show_copy, open_copy, outgoing_id=pending.made.id)
        elif pending.document_kind:
            if self.view.kind != pending.document_kind:
                self.view.show_document_of(self._scope, pending.document_kind)
            else:
                self.view.refresh()
        else:
            # A set, or what is said by word: there is no one page of it, so nothing waits for being shown.
            self.view.clear(pending.text)
            self.fields.set_document_seen(True)
        self._show_steps()

    def _show_document(self, kind: str) -> None:
        """Note that a document is shown, so that its pages count as seen."""
        self._pages = {self.view.preview.pages.page()} if kind else set()
        self.fields.set_document_seen(bool(kind))
        self._compare()
        self._show_steps()

    def _compare(self) -> None:
        """Show the document that was made beside today's where they say different things."""
        made = self.wanted.made if self.wanted is not None else None
        content = self.view.content
        if self.wanted is None or made is None or content is None or self.wanted.is_said_by(content):
            self.left.hide()
            self.otherwise.show_text("")
            return
        self.otherwise.show_text(_OTHERWISE)
        self.left.show()
        self.run_read(self._show_copy, open_copy, outgoing_id=made.id)

    def _show_copy(self, copy: IssuedCopy) -> None:
        """Show the pages of the document that was made; an Excel file has none here."""
        if copy.form == "pdf":
            self.left.show_received(self.app_context, copy.data, note=moment_words(copy.row.at))
        else:
            self.left.clear("Excelで保存した控えです。「出力の記録」から開けます。")

    def _on_page_changed(self, page: int, _count: int) -> None:
        """Note that the page was looked at, and show which steps are done."""
        self._pages.add(page)
        self._show_steps()

    def _show_steps(self) -> None:
        """Show which steps are done: pages looked at, the decision, and the document made of this version."""
        wanted = self.wanted
        if wanted is None:
            return
        count = self.view.preview.page_count()
        show_progress(2, (self.looked, wanted.viewed_words), (self.decided, wanted.decided_words), (self.told, ""))
        if not wanted.is_viewed:
            self.looked.show_state("これから", wanted.viewed_words)
        show_text_or_hide(self.made, fill_nonempty("✓　作った　{}", wanted.created_words))
        on = bool(self._pages) and bool(wanted.document_kind)
        show_text_or_hide(self.seen, f"✓　内容確認　左の書類を表示（{len(self._pages)} / {count}ページ）" if on else "")

    def _update_button(self) -> None:
        """Enable the button once a way was chosen and its requirements are met."""
        if self.may_write:
            self.main.setEnabled(self.fields.is_ready)

    # acting

    def _open_check(self, open_check: Callable[[], object] | None) -> None:
        if open_check is not None:
            self.reject()
            open_check()

    def _save(self) -> None:
        if self.fields.check():
            self._sent = True
            self.run_action(notify, scope=self._scope, key=self._key, **self.fields.values())

    def show_error(self, problem: Exception) -> None:
        """Show the error; it was not saved and can be tried again."""
        self._sent = False
        super().show_error(problem)


class CorrectNotificationDialog(SavingDialog):
    """Dialog that corrects how something was notified: day, party, way, words.

    Signals: those of ``SavingDialog``.
    """

    def __init__(self, parent: QWidget, notification: Notification):
        super().__init__(
            parent,
            "通知・連絡の記録を直す",
            matter_name(in_year_words(notification.document_kind), notification.title),
            main="直した記録を保存する",
            width=600,
        )
        self._act_id = notification.id
        self.fields = NotificationFields(self.app_context, former_way=notification.told_how, label_width=120)
        self.fields.show_recorded(
            NotificationArguments(
                told_on=notification.told_on,
                told_to=notification.told_to,
                told_how=notification.told_how,
                told_by=notification.told_by,
                words=notification.reason,
            )
        )
        self.put(self.fields, None)
        self.fields.form.go_to("told_on")

    def _save(self) -> None:
        if self.fields.check():
            self.run_action(correct_notification, notification_id=self._act_id, **self.fields.values())
