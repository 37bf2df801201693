"""書類 of one event, with changed, pending and sent notifications, and the chosen document at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.documents.rules.notification_status import FactChange, shown_fact
from app.documents.screens.copy_dialog import IssuedCopyDialog
from app.documents.screens.notification_dialog import CorrectNotificationDialog, NotificationDialog
from app.documents.services.issued_copies import IssuedCopy, open_copy
from app.documents.services.notification import (
    OutgoingView,
    can_notify_now,
    read_outgoing_view,
    set_aside,
    withdraw_notification,
)
from app.subjects.events.day.services.day_pack import PACK
from app.subjects.events.event.parts.document_views import NOTIFICATIONS_VIEW, DocumentViewLinks
from app.subjects.events.letters.rules.letter_texts import CANCELLATION, CHANGE
from app.subjects.events.letters.services.letter_page import KINDS
from app.subjects.year.document_library.screens.outgoing_rows import (
    GROUPS,
    NOTIFIED_SHOWN,
    OutgoingRow,
    changed_words,
    outgoing_list,
    outgoing_words,
    rows_of,
)
from app.widgets.buttons import Button, inline_button, link_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.folding_columns import ListAndDetail
from app.widgets.labels import Paragraph, label, separator, wrapped_label
from app.widgets.layouts import add, in_column, in_grid, in_row
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.pdf.pdf_pages import PdfPages
from app.widgets.screen import Screen, clear_layout, disable_when_read_only, in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, with_store
from app.window.debounce import debounce
from app.window.failure_messages import failure_of

_NO_LONGER_SO: Final = {
    CANCELLATION: f"**この回は中止です。**{CANCELLATION}は未通知です。",
    CHANGE: f"**日時または会場が変わりました。**{CHANGE}は未通知です。",
}
"""What is said while the document that withdraws a notification is still to be sent."""
NOTHING_CHANGED: Final = "通知した内容は、今の記録と同じです。"
NOTHING_NOTIFIED: Final = "連絡・通知済の帳票は、まだありません。"
RULE: Final = "保存や印刷だけでは「連絡・通知済」になりません。"
_DETAIL: Final = 286
_COPY: Final = 164
_LONG: Final = 14
_LINES: Final = 6
_TOLD: Final = ("通知済", "見送り")


class FactTable(QWidget):
    """前回 → 今回 of the changed facts; unchanged ones are in a small paragraph below. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = in_grid(across=8, down=6, wide=0)
        self._same = Paragraph(role="small")
        in_column(self._grid, self._same, owner=self, spacing=6)
        self.changed: tuple[FactChange, ...] = ()

    def show_facts(self, rows: tuple[FactChange, ...], changed: tuple[FactChange, ...]) -> None:
        """Show these facts."""
        same = [f"{row.name} {row.before}" for row in rows if row not in changed and row.before]
        self._same.show_text(("同じ　" if changed else "") + "・".join(same))
        self._same.setVisible(bool(same))
        if changed == self.changed:
            return
        self.changed = changed
        clear_layout(self._grid)
        for number, row in enumerate(changed):
            if len(row.before) + len(row.now) > _LONG or row.before == row.now:
                words = (
                    "内容が変わりました"
                    if row.before == row.now
                    else f"{row.before or 'なし'} → **{row.now or 'なし'}**"
                )
                self._grid.addWidget(Paragraph(f"{row.name}　{words}"), number, 0, 1, 5)
                continue
            texts = (row.name, row.before or "なし", "→", row.now or "なし", row.difference)
            for column, text in enumerate(texts):
                made = label(text, "strong" if column in (3, 4) else "small" if column == 0 else "body")
                side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
                made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self._grid.addWidget(made, number, column)


class OutgoingDetail(Panel):
    """The document of one row, with preview, facts notified and current, and the next step. Signals: none."""

    def __init__(self, app_context: AppContext) -> None:
        super().__init__("帳票")
        self._app_context = app_context
        self._row: OutgoingRow | None = None
        self._event_id = 0
        self.pages = PdfPages()
        self.pages.setFixedHeight(t.scaled(_COPY))
        self.words = Paragraph(role="small")
        self.kept = wrapped_label("", "small")
        self.copy = Button("控えを開く", self.open_copy, low=True)
        self.heading = label("前回 → 今回", "strong")
        self.facts = FactTable()
        self.how = Paragraph(role="second")
        self.tell_button = Button("通知したと記録する", self.ask_notification, kind="main")
        self.make_button = Button("", self._make)
        self.aside = inline_button("見送りにする", self._ask_set_aside)
        self.correct = inline_button("通知・連絡の記録を直す", self._ask_correct)
        self.withdraw = inline_button("通知済を取り消す", self._ask_withdraw)
        self.put(self.pages, self.words, in_row((self.kept, 1), self.copy), separator())
        for part in (self.heading, self.facts, self.how):
            self.put(part)
        # The next steps in order; rare actions side by side, so that no five buttons are stacked.
        for button in (self.make_button, self.tell_button):
            self.put((button, 0, Qt.AlignmentFlag.AlignLeft))
        self.put(FlowRow(self.aside, self.correct, self.withdraw), None)
        disable_when_read_only(app_context, self.tell_button, self.make_button, self.aside, self.correct, self.withdraw)

    def set_event(self, event_id: int) -> None:
        """Set the event."""
        self._event_id = event_id

    def show_row(self, row: OutgoingRow | None) -> None:
        """Show a row; None hides everything."""
        self.setVisible(row is not None)
        self._row = row
        if row is None:
            return
        stand = row.line.matter_status
        self.title.setText(row.line.document_kind)
        self.note.setText(row.line.title)
        self._show_copy(row)
        self.heading.setText(
            "前回 → 今回"
            if stand.changed_facts
            else "通知・連絡した内容"
            if stand.notification is not None
            else "通知・連絡する内容"
        )
        lines = stand.compared_facts or tuple(
            FactChange(name=name, before=shown_fact(said), now=shown_fact(said)) for name, said in stand.facts.items()
        )
        self.facts.show_facts(lines, stand.changed_facts)
        self._show_next_step(row)

    def _show_next_step(self, row: OutgoingRow) -> None:
        """Show the notification and offer the next step."""
        standing, act = row.status, row.line.matter_status.notification
        waits = standing in ("変更あり", "未通知", "未作成")
        self.tell_button.setVisible(waits)
        again = standing != "未通知" or row.line.matter_status.is_outdated
        makes = waits and again and row.line.notification_kind.text is None
        self.make_button.setVisible(makes)
        # The next step is filled: a document is made, then notified.
        self.make_button.set_filled(makes)
        self.tell_button.set_filled(not makes)
        self.make_button.set_words("変更連絡を作成" if row.line.notification_kind.logged_name and act else "帳票を作成")
        self.aside.setVisible(standing in ("変更あり", "未通知") and not row.line.matter_status.matter.is_draft)
        told = act is not None and act.is_notified
        self.how.setVisible(told)
        if act is not None and told:
            said = f"\n{act.reason}" if act.reason else ""
            day = short_date(act.told_on, row.today)
            self.how.show_text(f"{day}　{act.told_how}で　{act.told_to}へ　（{act.told_by}）{said}")
        self.correct.setVisible(told)
        self.withdraw.setVisible(act is not None)
        self.withdraw.set_words("見送りを取り消す" if standing == "見送り" else "通知済を取り消す")

    def _show_copy(self, row: OutgoingRow) -> None:
        kept = row.row is not None and row.row.copy_file_id is not None
        self.copy.setVisible(kept)
        self.kept.setText(
            f"控え　{outgoing_words(row.row)} {short_date(row.row.at.date(), row.today)}"
            if kept and row.row is not None
            else ""
        )
        self.pages.clear()
        self.pages.hide()
        self.words.setText(
            ""
            if kept
            else "まだ保存も印刷もしていません。"
            if row.line.matter_status.notification is None
            else "控えはありません。"
        )
        self.words.setVisible(not kept)
        if kept and row.row is not None:
            wanted = row.row.id
            self._app_context.read(
                with_store(open_copy, outgoing_id=wanted),
                lambda copy: self._draw(wanted, copy),
                owner=self,
                on_failed=lambda problem: self._draw_nothing(wanted, failure_of(problem).happened),
            )

    def _draw(self, wanted: int, copy: IssuedCopy) -> None:
        if self._row is None or self._row.row is None or self._row.row.id != wanted:
            return
        if copy.data.startswith(b"%PDF"):
            self.pages.show()
            self.pages.show_received(
                self._app_context,
                copy.data,
                on_opened=lambda _facts: self.pages.fit_width(),
                on_failed=partial(self._no_pages, wanted),
            )
        elif copy.form == "txt":
            text = copy.data.decode(errors="replace").splitlines()
            self._draw_nothing(wanted, "\n".join([line for line in text if line.strip()][:_LINES]))

    def _no_pages(self, wanted: int, problem: Exception) -> None:
        self.pages.hide()
        self._draw_nothing(wanted, failure_of(problem).happened)

    def _draw_nothing(self, wanted: int, words: str) -> None:
        if self._row is not None and self._row.row is not None and self._row.row.id == wanted:
            self.words.show_text(words)
            self.words.show()

    def open_copy(self) -> None:
        """Open the kept copy of the row."""
        if self._row is not None and self._row.row is not None:
            IssuedCopyDialog(self._app_context, outgoing_id=self._row.row.id, parent=self).open()

    def ask_notification(self) -> None:
        """Open the three steps of the row, with its document in sight."""
        row = self._row
        if row is None or not self.tell_button.isEnabled():
            return
        NotificationDialog(
            self._app_context,
            event_id=self._event_id,
            key=row.line.matter_status.matter.key,
            subject=row.line.matter_name,
            parent=self,
        ).open()

    def _ask_correct(self) -> None:
        act = self._row.line.matter_status.notification if self._row is not None else None
        if act is not None:
            CorrectNotificationDialog(self._app_context, act, self).open()

    def _make(self) -> None:
        if self._row is None:
            return
        if self._row.line.notification_kind.logged_name:
            self._app_context.go("event", event_id=self._event_id, tab="参加者", part="人数連絡")
        elif self._row.line.document_kind == PACK:
            self._app_context.go("event", event_id=self._event_id, tab="当日")
        else:
            self._app_context.go("documents", event_id=self._event_id, kind=self._row.line.document_kind)

    def _ask_set_aside(self) -> None:
        if self._row is None:
            return
        key = self._row.line.matter_status.matter.key
        ReasonDialog(
            self._app_context,
            "見送りにする",
            self._row.line.matter_name,
            verb="見送りにする",
            text="伝えないことを理由と一緒に残します。内容がまた変わると、一覧とホームに戻ります。",
            usual_reasons=("ほかの連絡で伝えた", "伝える必要がなくなった"),
            change=lambda reason: bind_action(
                self._app_context, set_aside, event_id=self._event_id, key=key, reason=reason
            ),
            parent=self,
        ).open()

    def _ask_withdraw(self) -> None:
        act = self._row.line.matter_status.notification if self._row is not None else None
        if act is None or self._row is None:
            return
        word = "見送り" if self._row.status == "見送り" else "通知済"
        ReasonDialog(
            self._app_context,
            f"{word}を取り消す",
            f"{act.document_kind}　{act.title}",
            verb=f"{word}を取り消す",
            text="伝えていないものとして一覧とホームに戻ります。記録は消さずに、「取消」として理由と一緒に残します。",
            usual_reasons=("別の実施回と取り違えた", "まだ伝えていなかった"),
            change=lambda reason: bind_action(
                self._app_context, withdraw_notification, notification_id=act.id, reason=reason
            ),
            parent=self,
        ).open()


class OutgoingPanel(Screen):
    """書類 of one event; emits no signals."""

    def __init__(self, app_context: AppContext) -> None:
        super().__init__(app_context)
        self._event_id = 0
        self._view: OutgoingView | None = None
        self._all_told = False
        self._unmade = False
        self._fresh = True
        self._chosen: tuple[str, int, str] | None = None
        self._asked = ""
        self.note = NoteBox(NOTHING_CHANGED, "quiet")
        self.note.setMinimumHeight(t.scaled(60))
        self.list = outgoing_list()
        self.more = link_button("", self._show_all_notified)
        self.unmade = FoldLine(GROUPS["未作成"], done=False)
        self.unmade.toggled.connect(self._show_unmade)
        self.foot = wrapped_label("", "small")
        self.views = DocumentViewLinks(
            app_context, NOTIFICATIONS_VIEW, event_and_kind=lambda: (self._event_id, self._current_letter())
        )
        self.detail = OutgoingDetail(app_context)
        self.detail.show_row(None)
        left = QWidget()
        column = in_column(self.views, owner=left, spacing=8)
        for part in (self.note, self.list):
            column.addWidget(part)
        add(column, (self.more, 0, Qt.AlignmentFlag.AlignLeft), self.unmade, self.foot, None)
        self._detail_area = in_scroll_area(self.detail)
        self.parts = ListAndDetail(in_scroll_area(left), self._detail_area, back="書類の一覧", wide=320, usual=_DETAIL)
        in_column(self.parts, owner=self, margins=(t.PAGE_X, 10, t.PAGE_X, 8))
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(self._open)
        self.list.acted.connect(self._run_row_action)
        self._follow_soon = debounce(self, self.list.scroll_page_to_current)

    def _current_letter(self) -> str:
        """Return the document kind of the row if it is a letter."""
        row = self.list.current()
        return row.line.document_kind if row is not None and row.line.document_kind in KINDS else ""

    def open_with(self, **arguments: Any) -> None:
        """Set the event, and select and reveal the row of ``kind`` (a document or a matter without one)."""
        event_id = int(arguments.get("event_id") or self._event_id)
        if event_id != self._event_id:
            self._all_told, self._unmade, self._chosen = False, False, None
            self.unmade.setChecked(False)
            self._fresh = True
        self._event_id = event_id
        self._asked = str(arguments.get("kind") or "")

    def reload(self) -> None:
        """Read the state of all documents."""
        if self._event_id:
            self.detail.set_event(self._event_id)
            self.run_read(self._show, read_outgoing_view, event_id=self._event_id)

    def _show(self, view: OutgoingView) -> None:
        if view.scope.event_id != self._event_id:
            return
        focused = self.window().focusWidget()
        at_work = focused is not None and focused.isVisible() and self.detail.isAncestorOf(focused)
        self._view = view
        rows = rows_of(view, self.app_context.today())
        self._show_summary(view, tuple(row for row in rows if row.status == "変更あり"))
        told = [row for row in rows if row.status in _TOLD]
        unmade = [row for row in rows if row.status == "未作成"]
        if self._fresh and len(unmade) == len(rows):
            # With nothing else to show, the list of possible documents is open.
            self.unmade.setChecked(True)
        self._fresh = False
        asked = self._select_requested(rows)
        hidden = set() if self._all_told else {row.key for row in told[NOTIFIED_SHOWN:]}
        shown = [row for row in rows if row.key not in hidden and (self._unmade or row.status != "未作成")]
        self.more.set_words(f"ほか{len(hidden)}件")
        self.more.setVisible(bool(hidden))
        self.unmade.show_count(len(unmade), *dict.fromkeys(row.line.document_kind for row in unmade))
        self.foot.setText(f"{len(rows)}件　{RULE}")
        wanted = self._chosen if self._chosen in [row.key for row in shown] else (shown[0].key if shown else None)
        self.list.show_rows(shown)
        self.list.choose(lambda row: row.key == wanted, take_focus=False)
        self._show_chosen(next((row for row in shown if row.key == wanted), None))
        if asked:
            self._follow_soon.start()
        if at_work and focused is not None and not focused.isVisible():
            # A disappearing field or button must not leave the focus on the button that withdraws a notification.
            (self.parts.back if self.parts.is_detail_shown else self.list.view).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    def _select_requested(self, rows: Sequence[OutgoingRow]) -> bool:
        """Select the requested row, pending before notified ones; False = none was requested."""
        mine = sorted(
            (row for row in rows if row.line.document_kind == self._asked), key=lambda row: row.status in _TOLD
        )
        self._asked = ""
        if not mine:
            return False
        self._chosen = mine[0].key
        self._all_told = self._all_told or mine[0].status in _TOLD
        if mine[0].status == "未作成":
            self.unmade.setChecked(True)
        return True

    def _show_summary(self, view: OutgoingView, changed: tuple[OutgoingRow, ...]) -> None:
        if not changed:
            told_of = [line.document_kind for line in view.lines if line.matter_status.notification is not None]
            untold = {line.document_kind for line in view.lines if line.matter_status.notification is None}
            over = next((words for paper, words in _NO_LONGER_SO.items() if paper in untold), "")
            if told_of and over:
                before = "・".join(dict.fromkeys(told_of))
                self.note.show_text(f"{over}通知済みの書類（{before}）は前の内容です。", tone="amber")
            else:
                self.note.show_text(NOTHING_CHANGED if told_of else NOTHING_NOTIFIED, tone="quiet")
            return
        act = changed[0].line.matter_status.notification
        told = (
            f"{changed[0].line.title or changed[0].line.document_kind}（"
            f"{short_date(act.told_on, self.app_context.today())} 連絡済）"
            if act
            else ""
        )
        by = ""
        if view.changed_by is not None:
            at, action = view.changed_by
            by = f"{short_date(at.date(), self.app_context.today())} {at.hour}:{at.minute:02d} {action}。"
        self.note.show_text(
            f"**連絡したあとに変わりました　{changed_words(changed)}**\n{by}{told}は前のままです。"
            f"未通知の間、ホームに残ります。",
            tone="amber",
        )

    def _show_chosen(self, row: OutgoingRow | None) -> None:
        self._chosen = row.key if row is not None else None
        self.detail.show_row(row)
        # Without a document to show the list has the whole width.
        self._detail_area.setVisible(row is not None)

    def _open(self, row: OutgoingRow) -> None:
        self.parts.show_detail()
        if row.status in ("変更あり", "未通知", "未作成") and can_notify_now(row.line):
            self.detail.ask_notification()

    def _run_row_action(self, row: OutgoingRow) -> None:
        if row.status == "未通知":
            self.list.choose(lambda each: each.key == row.key, take_focus=False)
            self._show_chosen(row)
            self._open(row)
        elif row.row is not None and row.row.copy_file_id is not None:
            IssuedCopyDialog(self.app_context, outgoing_id=row.row.id, parent=self).open()

    def _show_all_notified(self) -> None:
        self._all_told = True
        self.reload()

    def _show_unmade(self, on: bool) -> None:
        self._unmade = on
        self.reload()
