"""The check of a received report: the PDF as it came at the left; points, numbers, receipt and request at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.papers.screens.paper_view import PaperDialog
from app.papers.services.issued_copies import note_copied_text
from app.papers.services.paper_scope import PaperScope
from app.subjects.reports.screens.copy_text import CopyText
from app.subjects.reports.screens.figure_table import FigureRow, FigureTable, marks_for
from app.subjects.reports.screens.points_box import PointsBox
from app.subjects.reports.screens.report_words import PLACES_OF_ORIGINAL, ReportHead, quietly
from app.subjects.reports.screens.side_by_side import SideBySide, put_in_reading_order
from app.subjects.reports.services import report_check
from app.subjects.reports.services.report_check import ReportCheckView, withdraw_report
from app.subjects.reports.services.report_papers import CHECK
from app.widgets.buttons import Button
from app.widgets.dialogs import ReasonDialog
from app.widgets.form import Form
from app.widgets.form_fields import ChoiceBox, Field
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.pdf_preview import PdfPreview
from app.widgets.screen import scrolling
from app.window import theme as t
from app.window.desk import Desk, with_store
from db.store import Store


class ReceiptBox(Panel):
    """The fields; saved when one is left. Signals: ``settled(dict)`` the values of ``note_receipt``."""

    settled = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("確認票に載るもの", note="区の1枚・供覧用", parent=parent)
        self._shown: tuple[int, dict[str, str]] = (0, {})
        self.form = Form(self._declared(PLACES_OF_ORIGINAL), label_width=116)
        self.result = label("", "second", wrap=True)
        self.put(self.form)
        self.put(self.result)
        self.form.committed.connect(lambda _key: self._tell())

    @staticmethod
    def _declared(places: tuple[str, ...]) -> tuple[Field, ...]:
        return (
            Field(key="receipt_number", label="収受番号", optional=True),
            Field(key="original_place", label="原本の場所", kind="choice", choices=tuple((one, one) for one in places)),
            Field(key="note", label="備考", kind="lines", optional=True, lines=2),
        )

    def show_view(self, view: ReportCheckView, *, read_only: bool) -> None:
        """Show what is stored; what is being typed is left alone as long as that stays the same."""
        report = view.report
        stored = {"receipt_number": report.receipt_number, "original_place": report.original_place, "note": report.note}
        if (report.id, stored) != self._shown:
            self._shown = (report.id, stored)
            self.form.set_values(stored)
        for key in stored:
            self.form.set_enabled(key, not read_only)
        who = f"確認者　{report.checked_by}" if report.checked_by else "確認者　まだ確認していません"
        self.result.setText(f"{who}　結果　{report.status}")

    def _tell(self) -> None:
        typed = self.form.values()
        self.settled.emit({key: old if typed[key] is None else typed[key] for key, old in self._shown[1].items()})


def replace_button(usual: QWidget, own: QWidget) -> None:
    """Show ``own`` at the place of ``usual``, closer to its neighbours."""
    holder = usual.parentWidget()
    layout = holder.layout() if holder is not None else None
    if layout is not None:
        layout.replaceWidget(usual, own)
        layout.setSpacing(4)
        layout.setContentsMargins(12, 6, 12, 6)
        usual.hide()


class CheckPage(QWidget):
    """The check of a received report: the PDF as it came at the left, points, numbers and the request at the right.

    Signals: ``followed(WayThere)`` to a record of the ward; ``form_asked()`` the form of the same event;
    ``version_chosen(int)`` another received version by id; ``receive_asked()`` a newer version came in.
    """

    followed = Signal(object)
    form_asked = Signal()
    version_chosen = Signal(int)
    receive_asked = Signal()

    def __init__(self, desk: Desk, *, embedded: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: ReportCheckView | None = None
        self.shown_file = ""
        self.preview = PdfPreview(title="届いた報告書", empty="届いたファイルを読み込んでいます。")
        self.preview.pages.setAccessibleName("届いた報告書")
        fit = Button("幅に合わせる", self.preview.pages.fit_width, kind="icon", icon_name="arrows-out-line-horizontal")
        replace_button(self.preview.width_button, fit)
        self.head = ReportHead("報告書の内容確認", embedded=embedded)
        self.versions = ChoiceBox()
        self.versions.setAccessibleName("見る版")
        self.to_form = Button("様式を開く", self.form_asked.emit, low=True)
        self.receive = Button("新しい版を受領", self.receive_asked.emit, low=True)
        for part in (self.versions, self.receive, self.to_form):
            self.head.add_act(part)
        self.goal = label("", "second")
        self.head.parts.add(self.goal)
        self.closed = NoteBox(tone="quiet")
        self.points = PointsBox()
        self.figures = FigureTable()
        self.request = CopyText("修正依頼の文案", "宛先　受託者 業務責任者")
        self.nothing = label("修正を依頼する項目はありません。", "second")
        self.receipt = ReceiptBox()
        self.left = label("", "small", wrap=True)
        self.sheet = Button("確認票を開く", self._open_sheet, icon_name="file-text")
        self.ask = Button("修正依頼として記録", self._ask_correction)
        self.confirm = Button("確認済にする", self._confirm)
        self.withdraw = Button("確認済を取り消す", self._ask_withdrawal)
        self._half = self._right()
        self.sides = SideBySide(("届いた報告書", self.preview), ("内容確認", self._half), share=38, main=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sides)
        self._connect()

    def _right(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 12)
        column.setSpacing(10)
        below = QWidget()
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight, below)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(16)
        asked = QVBoxLayout()
        asked.addWidget(self.request)
        asked.addWidget(self.nothing)
        asked.addStretch(1)
        self._below.addLayout(asked, 6)
        self._below.addWidget(self.receipt, 5)
        for part in (self.head, self.closed, self.points, self.figures, below):
            column.addWidget(part)
        column.addStretch(1)
        foot = QFrame()
        foot.setProperty("kind", "footer")
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        line.addWidget(self.left, 1)
        for button in (self.sheet, self.ask, self.withdraw, self.confirm):
            line.addWidget(button)
        right = QWidget()
        down = QVBoxLayout(right)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(scrolling(inside), 1)
        down.addWidget(foot)
        return right

    def _note_copied(self, text: str) -> None:
        if self._view is not None and not self._desk.read_only:
            self._desk.write(
                with_store(
                    note_copied_text,
                    scope=PaperScope(event_id=self._view.event.id),
                    kind="修正依頼の文",
                    text=text,
                    to="受託者",
                    **self._desk.signed,
                ),
                owner=self,
            )

    def _connect(self) -> None:
        self.points.ticked.connect(self._tick)
        self.request.copied.connect(self._note_copied)
        self.figures.settled.connect(self._save_figure)
        self.figures.refresh_asked.connect(
            lambda: self._write(with_store(report_check.refresh_ours, report_id=self._report_id(), **self._desk.signed))
        )
        self.figures.followed.connect(self.followed)
        self.figures.page_asked.connect(self.preview.pages.go_to_page)
        self.receipt.settled.connect(
            lambda values: self._write(
                quietly(
                    with_store(report_check.note_receipt, report_id=self._report_id(), **values, **self._desk.signed)
                )
            )
        )
        self.versions.activated.connect(lambda _n: self.version_chosen.emit(int(self.versions.currentData())))

    def show_view(self, view: ReportCheckView, *, has_form: bool) -> None:
        """Show a received report; its file is taken from ``view.data`` when that is given."""
        self._view = view
        read_only = bool(view.closed_words) or self._desk.read_only
        today = self._desk.today()
        self.head.show_event(view.event)
        old = bool(view.versions) and view.versions[-1].id != view.report.id
        self.head.show_state(view.report.status)
        self._show_versions(view)
        self.to_form.setVisible(has_form)
        self.receive.setVisible(not old and view.report.status in ("修正依頼", "区が確認中"))
        self.receive.setEnabled(not self._desk.read_only)
        self._show_goal(view)
        self.closed.say(_closed(view))
        self.points.show_view(view, today, read_only=read_only)
        self.figures.show_view(view, read_only=read_only)
        self.request.show_text(view.request_text, about=view.report.id)
        self.request.setVisible(bool(view.request_text))
        self.nothing.setVisible(not view.request_text)
        self.receipt.show_view(view, read_only=read_only)
        self._show_foot(view, read_only=read_only)
        if view.data:
            self._show_file(view)
        self.preview.show_marks(marks_for(self.preview.pages.document, view.figures))
        QTimer.singleShot(0, self, self._order)

    def _order(self) -> None:
        put_in_reading_order(self._half)

    @property
    def report_id(self) -> int:
        """The version shown, or 0."""
        return self._view.report.id if self._view is not None else 0

    def forget_file(self) -> None:
        """Another report comes: the file shown is not its own."""
        self.shown_file = ""
        self.preview.clear("届いたファイルを読み込んでいます。")

    def _show_file(self, view: ReportCheckView) -> None:
        if self.shown_file == f"{view.report.id}":
            return
        self.shown_file = f"{view.report.id}"
        self.preview.show_pdf(view.data, title=f"届いた報告書 第{view.report.version}版")
        self.preview.title.setToolTip(f"{view.report.file_name}（控え。届いたままで、書き込みません）")

    def _show_versions(self, view: ReportCheckView) -> None:
        self.versions.setVisible(len(view.versions) > 1)
        self.versions.clear()
        for report in reversed(view.versions):
            day = short_date(report.received_on) if report.received_on else ""
            self.versions.addItem(f"第{report.version}版　{day}　{report.status}", report.id)
        self.versions.setCurrentIndex(max(0, self.versions.findData(view.report.id)))

    def _show_goal(self, view: ReportCheckView) -> None:
        task = view.review
        words = ""
        if task is not None and task.due is not None and not view.closed_words and view.report.status == "区が確認中":
            words = f"区の目標　{short_date(task.due, self._desk.today())}　{task.state_words}　{task.rule}"
        self.goal.setText(words)
        self.goal.setVisible(bool(words))

    def _show_foot(self, view: ReportCheckView, *, read_only: bool) -> None:
        open_words = _open_words(view)
        self.left.setText(
            f"確認済にするまで　残り {open_words}"
            if open_words and not read_only
            else "届いたファイルには書き込みません。印と確認票は別に残ります。"
        )
        self.confirm.setVisible(not view.closed_words)
        self.ask.setVisible(not view.closed_words)
        self.withdraw.setVisible(view.report.status == "確認済" and view.report.id == view.versions[-1].id)
        self.withdraw.setEnabled(not self._desk.read_only)
        count = view.open_count
        self.confirm.set_words(f"確認済にする（残り {count}件）" if count else "確認済にする")
        self.confirm.setEnabled(not count and not read_only)
        self.confirm.setToolTip(open_words)
        asked = view.report.status == "修正依頼"
        self.ask.set_words("修正依頼を記録し直す" if asked else "修正依頼として記録")
        self.ask.setEnabled(bool(view.request_text) and not read_only)
        _fill(self.confirm, not count)
        _fill(self.ask, bool(view.request_text) and not view.untyped and not view.unchecked_points and not asked)

    # what is saved

    def _report_id(self) -> int:
        return self._view.report.id if self._view is not None else 0

    def _write(self, change: Callable[[Store], object]) -> None:
        if self._view is not None:
            self._desk.write(change, owner=self)

    def _tick(self, point: str, found: bool) -> None:
        report = self._view.report if self._view is not None else None
        if report is not None and report.points.get(point) is not found:
            self._write(
                quietly(
                    with_store(
                        report_check.tick_point,
                        report_id=self._report_id(),
                        point=point,
                        found=found,
                        **self._desk.signed,
                    )
                )
            )

    def _save_figure(self, row: FigureRow) -> None:
        if self._view is not None and row.changed():
            typed: dict[str, Any] = dict(row.typed())
            said = typed["handling"] != row.figure.handling
            before = row.note_sent()
            change = with_store(report_check.set_figure, figure_id=before.id, **typed, **self._desk.signed)

            def refuse(problem: Exception) -> None:
                row.figure = before
                self._desk.fail(problem)

            self._desk.write(
                change if said else quietly(change),
                failed=refuse,
                owner=self,
            )

    def _ask_correction(self) -> None:
        self.save()
        self._write(with_store(report_check.request_correction, report_id=self._report_id(), **self._desk.signed))

    def _confirm(self) -> None:
        self._write(
            with_store(
                report_check.confirm_report, report_id=self._report_id(), on=self._desk.today(), **self._desk.signed
            )
        )

    def _ask_withdrawal(self) -> None:
        if self._view is None:
            return
        report_id = self._view.report.id
        ReasonDialog(
            "確認済を取り消す",
            self._view.event.full_title,
            verb="確認済を取り消す",
            text="項目と数字をまた直せます。受領の記録は残り、出した確認票は「取消」として理由と一緒に残ります。",
            usual=("内容に誤りが見つかった", "確認の途中だった"),
            then=lambda reason, done, failed: self._desk.write(
                with_store(withdraw_report, report_id=report_id, reason=reason, **self._desk.signed),
                done,
                failed=failed,
                owner=self,
            ),
            parent=self,
        ).open()

    def save(self) -> None:
        """Save what was typed but not left yet."""
        for row in self.figures.rows:
            self._save_figure(row)

    def _open_sheet(self) -> None:
        if self._view is not None:
            self.save()
            event = self._view.event
            PaperDialog(self._desk, event_id=event.id, kind=CHECK, subject=event.full_title, parent=self).open()

    def fold(self, narrow: bool) -> None:
        """One under the other where there is little room."""
        down = QBoxLayout.Direction.TopToBottom
        self._below.setDirection(down if narrow else QBoxLayout.Direction.LeftToRight)


def _fill(button: Button, filled: bool) -> None:
    kind = "main" if filled else "plain"
    if button.property("kind") != kind:
        button.setProperty("kind", kind)
        button.style().unpolish(button)
        button.style().polish(button)


def _open_words(view: ReportCheckView) -> str:
    counts = (
        ("差", view.open_differences),
        ("未入力の数字", view.untyped),
        ("記載のない項目", len(view.missing_points)),
        ("未確認の項目", len(view.unchecked_points)),
    )
    return "、".join(f"{words} {count}件" for words, count in counts if count)


def _closed(view: ReportCheckView) -> str:
    if view.report.status == "確認済" and view.report.checked_on is not None:
        return f"{short_date(view.report.checked_on)} に {view.report.checked_by} が確認済にしました。"
    return view.closed_words
