"""The panel of one received document beside the list, with receipt, 内容確認 and next steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date, short_date_or
from app.common.display_words import left_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.document_frame import table_day
from app.main_window.action_routes import route_to
from app.received.services import ReceivedView
from app.submissions.deliverables.rules.due_rows import WAITING, WARD, DueRow
from app.submissions.deliverables.screens.form_box import FormBox
from app.submissions.deliverables.services.related_items import RelatedItems
from app.widgets.badges import KindSquare
from app.widgets.buttons import Button, inline_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import label, second_label, separator, small_label, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.widgets.step_block import StepBlock, show_progress
from app.window.app_context import AppContext
from db.records.submissions.received import PointResult

_RESULTS = ((None, "未確認"), *((one, one) for one in PointResult))
_OWN_CHECK = ActionLink(action="完了の手続きを進める")
_NO_POINTS = {
    False: "内容確認の項目はありません。",
    True: "契約の記録との点検は、「完了・検査・支払」の画面で行います。",
}
_SIGNS = {PointResult.FINE: "✓", PointResult.DOUBTFUL: "？", PointResult.MISSING: "×"}


class PaperPanel(QFrame):
    """The panel of one received document, with receipt, 内容確認 and next steps.

    Signals: ``point_judged(str, object, str, str)`` point, result or None, page, note.
    """

    point_judged = Signal(str, object, str, str)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self._app_context = app_context
        self.setProperty("kind", "panel")
        self._view: ReceivedView | None = None
        self.form: Form | None = None
        self.sign = KindSquare("")
        self.about = small_label()
        self.title = wrapped_label("", "h2")
        self.receipt = second_label()
        self.unprotected = NoteBox("", "red")
        self.closed = NoteBox("", "quiet")
        self._points = QVBoxLayout()
        self.looks = wrapped_label()
        self.kept = second_label()
        self.rounds = second_label()
        self.box = FormBox()
        self.drop = NoteBox("届いたファイルをこの画面に置くか、Ctrl+O で選びます。様式は読み取ります。", "quiet")
        self.texts = Button("お願い・督促などの文面", icon_name="copy", low=True, hint="Alt+L")
        self.round = inline_button("供覧を記録する")
        self.slip = inline_button("供覧票を印刷")
        self.enter = Button("")
        self.joined = Button("", icon_name="envelope-simple")
        self.notes = inline_button("受領の記録を直す")
        self.file = inline_button("ファイルを見る")
        self.check = Button(route_to(_OWN_CHECK).label, icon_name="receipt")
        self.report = Button("届いた報告書を開く", icon_name="file-text")
        self.correct = Button("修正を依頼する", icon_name="envelope-simple")
        self.confirm = Button("確認済にする", icon_name="check")
        self.withdraw = Button("確認済を取り消す")
        self.tell = Button("通知したと記録する")
        self.bar_buttons = (self.tell, self.report, self.check, self.confirm, self.correct, self.joined)
        self.looked = StepBlock(1, "内容確認", self.enter, self.file)
        self.result = StepBlock(2, "判定", self.withdraw)
        self.correct_told = inline_button("通知・連絡の記録を直す")
        self.told = StepBlock(3, "通知", self.texts, self.correct_told)
        self._build()
        self.hide()

    def _build(self) -> None:
        """Lay receipt, the steps 内容確認, 判定 and 通知, and 控え below each other."""
        points = QWidget()
        self._points.setContentsMargins(0, 0, 0, 0)
        points.setLayout(self._points)
        for part in (self.looks, points):
            self.looked.put(part)
        self.looked.body.addWidget(self.box)
        column = in_column(owner=self, spacing=8, margins=(16, 12, 16, 12))
        head = widget_row(self.sign)
        head.addWidget(self.about, 1)
        add(
            column,
            head,
            self.title,
            self.receipt,
            self.unprotected,
            self.closed,
            separator(),
            self.looked,
            separator(),
            self.result,
            separator(),
            self.told,
            None,
            self.drop,
            separator(),
            label("控え", "strong"),
            self.kept,
            self.rounds,
            FlowRow(self.notes, self.slip, self.round),
        )

    def show_row(self, row: DueRow, related: RelatedItems, *, read_only: bool) -> None:
        """Show a row of the list, with its received document where there is one, and the buttons that its state allows.

        A report shows its points in words only, as it is checked on a page of its own.
        """
        self.show()
        today = self._app_context.today()
        view = related.view
        report = bool(row.event_id)
        self._view = None if report else view
        self.sign.show_kind(row.event_kind or "")
        self.sign.setVisible(report)
        self.about.setText(row.title.removesuffix(" 報告書") if report else row.basis_words)
        version = f"　第{view.paper.version}版" if view is not None else ""
        self.title.setText((row.kind if report else row.title) + version)
        self.receipt.setText(_receipt_words(view, today))
        self.kept.setText(_kept_words(view))
        self.rounds.setText("\n".join(f"供覧　{words}" for words in related.circulations) or "供覧の記録はありません。")
        self.unprotected.show_text(view.unprotected_text if view is not None else "")
        self.closed.show_text("" if report else _closed_words(view, today))
        self._show_points(self._view, read_only=read_only)
        for part in (self.looks, self.report):
            part.setVisible(report and view is not None)
        if report and view is not None:
            self.looks.setText(_report_check_words(view))
        self.box.show_related(related, today)
        own = view is not None and view.kind.has_own_check and not report
        can = view is not None and not own and not view.closed_reason and not read_only
        looking = row.group == WARD and not row.not_notified
        self._show_progress(view, related, own=own, ward=row.group == WARD, drift=row.drift)
        self.tell.setVisible(related.not_notified and not read_only)
        self.tell.set_filled(related.not_notified and not read_only)
        self.correct_told.setVisible(related.notification is not None and not read_only)
        self.check.setVisible(own)
        self.check.set_filled(own and looking)
        self.notes.setVisible(view is not None)
        self.notes.setEnabled(not read_only)
        self.file.setVisible(view is not None and view.paper.file_id is not None and bool(view.paper.pages))
        self.round.setVisible(view is not None)
        self.slip.setVisible(view is not None)
        self.round.setEnabled(not read_only)
        self.report.set_filled(report and looking)
        self.enter.setVisible(bool(related.figures_to_enter) and not read_only)
        self.enter.set_words(f"読めた{related.figures_to_enter}項目を突合へ入れる")
        joined = bool(related.point_count) and (report or related.form is not None) and not read_only
        self.joined.setVisible(joined)
        self.joined.set_words(f"修正依頼を作成（{related.point_count}点）")
        self.correct.setVisible(can and not report and not joined)
        self.confirm.setVisible(can and not report)
        self.confirm.set_filled(can and not report and looking and view is not None and not view.unchecked_points)
        self.withdraw.setVisible(view is not None and not own and view.paper.status.is_checked and not report)
        self.withdraw.setEnabled(not read_only)
        self.drop.setVisible(not read_only and row.group == WAITING)

    def _show_progress(
        self, view: ReceivedView | None, related: RelatedItems, *, own: bool, ward: bool, drift: int
    ) -> None:
        """Show how far the received document has been checked, decided and notified.

        Args:
            own: its subject has a check of its own.
            ward: it is the ward's turn.
            drift: how many numbers of a checked report differ now, which opens its check again.
        """
        words, decided, done = "", "", 0
        if view is not None:
            today, paper = self._app_context.today(), view.paper
            found = len(view.points) - len(view.unchecked_points) - len(view.doubtful_points)
            words = (
                f"内容確認　{left_words(found, len(view.points))}"
                if view.points
                else _NO_POINTS[view.kind.has_own_check]
            )
            if paper.status.is_checked and paper.checked_on is not None:
                decided, done = f"確認済　{short_date(paper.checked_on, today)} {paper.checked_by}", 3
            elif paper.status.is_returned and paper.asked_on is not None:
                decided, done = f"修正依頼　{short_date(paper.asked_on, today)} {paper.asked_by}", 3
            elif view.points and not view.unchecked_points and not own:
                done = 1
        told = "修正依頼・受領のお知らせなどの文を、コピーして送ります。"
        if related.notification is not None:
            act = related.notification
            told = f"{short_date(act.told_on, self._app_context.today())}　{act.way_words}で{act.told_to}へ"
        elif related.not_notified:
            told, done = "修正の依頼を、まだ伝えていません。", 2
        if drift:
            decided, done = join_nonempty(decided, f"そのあとに記録が変わり、差 {drift}件"), 0
        ball = ward or related.not_notified
        show_progress(done, (self.looked, words), (self.result, decided), (self.told, told), is_our_turn=ball)

    def _show_points(self, view: ReceivedView | None, *, read_only: bool) -> None:
        """Show the points to check; the form is built anew where its fields are others than before."""
        fields = _fields(view) if view is not None else ()
        if self.form is None or [field.key for field in self.form.fields] != [field.key for field in fields]:
            if self.form is not None:
                self.form.hide()
                self.form.deleteLater()
                self._points.removeWidget(self.form)
            self.form = Form(fields, label_width=104, on_commit=self._judge)
            self._points.addWidget(self.form)
        if view is None:
            return
        values: dict[str, Any] = {}
        for number, point in enumerate(view.points):
            look = view.paper.points.get(point)
            values |= {
                f"r{number}": look.result if look else None,
                f"p{number}": look.page if look else "",
                f"n{number}": look.note if look else "",
            }
        self.form.set_values(values)
        self.form.setEnabled(not view.closed_reason and not read_only)

    def _judge(self, key: str) -> None:
        """Emit ``point_judged`` with the result, page and note of one point."""
        view, form = self._view, self.form
        if view is None or form is None:
            return
        number = int(key[1:])
        known = {field.key for field in form.fields}
        page = str(form.value(f"p{number}") or "") if f"p{number}" in known else ""
        note = str(form.value(f"n{number}") or "") if f"n{number}" in known else ""
        self.point_judged.emit(view.points[number], form.value(f"r{number}"), page, note)


def _fields(view: ReceivedView) -> tuple[Field, ...]:
    """Return a choice for each point (未確認, ○, 要確認, なし).

    A point with a result other than ○ has fields for the page and a note too.
    """
    fields = []
    for number, point in enumerate(view.points):
        fields.append(Field(f"r{number}", point, "choice", choices=_RESULTS, width=104))
        look = view.paper.points.get(point)
        if look is not None and not look.result.is_fine:
            fields.extend(
                (
                    Field(f"p{number}", "ページ", width=64, optional=True),
                    Field(f"n{number}", "気づいたこと", "lines", lines=2, optional=True),
                )
            )
    return tuple(fields)


def _report_check_words(view: ReceivedView) -> str:
    """Return the points of a report, a line each (「✓　実施内容　p.3」; ？ 要確認, × なし, ・ not checked)."""
    lines = []
    for point in view.points:
        look = view.paper.points.get(point)
        sign = _SIGNS[look.result] if look is not None else "・"
        page = f"　p.{look.page}" if look is not None and look.page else ""
        lines.append(f"{sign}　{point}{page}")
    return "\n".join(lines)


def _receipt_words(view: ReceivedView | None, today: date) -> str:
    """Return when, how and from whom the paper came, its file and its 修正依頼, a line each; a sentence before that."""
    if view is None:
        return "まだ届いていません。"
    paper = view.paper
    came = f"受領 {short_date(paper.received_on, today)}"
    lines = [
        join_nonempty(came, paper.received_time, paper.received_how, paper.received_from),
        paper.file_name,
    ]
    if paper.status.is_returned and paper.asked_on is not None:
        due = fill_nonempty("　期限 {}", short_date_or("", paper.correction_due, today))
        lines.append(f"修正依頼 {short_date(paper.asked_on, today)} {paper.asked_by}{due}")
    return join_nonempty(*lines, separator="\n")


def _kept_words(view: ReceivedView | None) -> str:
    """Return words on 版, 収受番号, 原本 and retention, "" before the receipt."""
    if view is None:
        return ""
    paper = view.paper
    until = f"　保存 {table_day(view.retention_end)}まで" if view.retention_end else ""
    return "\n".join(
        (
            f"版　第{paper.version}版",
            f"収受番号　{paper.receipt_number or '未記入'}",
            f"原本　{paper.original_place or '未記入'}{until}",
        )
    )


def _closed_words(view: ReceivedView | None, today: date) -> str:
    """Return words on when the check was closed, or why nothing can be changed any more; "" while it is open."""
    if view is None:
        return ""
    paper = view.paper
    if paper.status.is_checked and paper.checked_on is not None:
        return f"{short_date(paper.checked_on, today)} に {paper.checked_by} が確認済にしました。"
    return view.closed_reason
