"""The check of a received report: its pages at the left, the numbers compared at the right, receipt and 修正依頼."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.actions.action_context import ActionContext
from app.calendar.dates import short_date, short_date_or
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import note_copied_text
from app.submissions.reports.documents.report_check import named_options
from app.submissions.reports.rules.report_figures import is_open
from app.submissions.reports.screens.copy_text import CopyText
from app.submissions.reports.screens.figure_lines import (
    FigureLine,
    build_figure_lines,
    dependent_lines,
    page_marks,
    summary_of,
)
from app.submissions.reports.screens.figure_table import FigureTable
from app.submissions.reports.screens.pdf_number_reading import ReadPages, read_numbers, unreadable_pages
from app.submissions.reports.screens.points_box import PointsBox
from app.submissions.reports.screens.report_dialogs import (
    OUTDATED_USUAL_REASONS,
    ask_confirmation_reason,
    ask_reason,
    outdated_stop_words,
)
from app.submissions.reports.screens.report_words import PLACES_OF_ORIGINAL, ReportHead, record_route
from app.submissions.reports.services import report_check
from app.submissions.reports.services.report_check import ReportCheckView, SettledFigure, note_receipt, withdraw_check
from app.submissions.reports.services.report_documents import CHECK
from app.widgets.action_mixin import ActionMixin
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, inline_button, link_button, main_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import label, second_label, show_text_or_hide, styled_frame
from app.widgets.layouts import add, column_of, in_column, in_row
from app.widgets.note_box import NoteBox
from app.widgets.pdf.pdf_preview import PdfPreview
from app.widgets.side_by_side import SideBySide
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, without_message
from app.window.background_task import bind_arguments
from db.digits import is_digits
from db.records.submissions.reports import Report

KEYS = (
    ("Enter", "確認してつぎへ"),
    ("F2", "直す"),
    ("1", "修正を依頼"),
    ("2", "区の記録を訂正"),
    ("3", "理由を書いて残す"),
    ("F4", "なし"),
)
"""The keys of a line and their actions."""


def takes(line: FigureLine | None, key: str) -> bool:
    """Return whether a key of ``KEYS`` applies to a line.

    Only a difference can be settled, only a missing number can be marked as not written.
    """
    if line is None:
        return False
    if key == "F4":
        return line.is_missing and line.is_required
    return line.differs if is_digits(key) else True


def settled_figure(line: FigureLine, handling: str = "", reason: str = "") -> SettledFigure:
    """Return the line's value, confirmed or proposed, with how a difference is handled ("" = not yet), for storing."""
    one = line.effective_figure
    return SettledFigure(figure_id=one.id, theirs=one.theirs, page=one.page, handling=handling, reason=reason)


def legend_of(read: ReadPages | None, lines: Sequence[FigureLine]) -> str:
    """Return what the dashed frame of proposals means, or why nothing is proposed; "" = read, without a proposal.

    ``read`` None = the pages are still being read.
    """
    if read is None:
        return "報告書を読んでいます"
    if not read.readable:
        return "PDFを読み取れません。原本を見て入力してください"
    if not read.has_text:
        return "文字のないPDFです。ページを見て入力してください"
    if read.marked:
        told = "、".join(f"{item}{text}" for item, text in read.marked.items())
        return f"線や書き込みのある数字は、原本を見て入力してください（{told}）"
    return "破線＝読取りの候補" if any(line.proposal for line in lines) else ""


def action_words(line: FigureLine, name: str) -> str:
    """Return the words of the filled button: what Enter does with a line; ``name`` is that of the number."""
    if line.is_ambiguous:
        return f"{name}を選ぶ"
    if line.is_missing:
        return f"{name}を入力する"
    return f"{name}を確認してつぎへ" if line.proposal is not None else f"{name}の扱いを選ぶ"


def open_words_of(view: ReportCheckView) -> str:
    """Return words on what prevents 確認済 (「差 1件、未確認の項目 2件」), "" for nothing."""
    counts = (
        ("差", view.open_differences),
        ("未入力の数字", view.untyped),
        ("記載のない項目", len(view.missing_points)),
        ("未確認の項目", len(view.unchecked_points)),
    )
    return "、".join(f"{words} {count}件" for words, count in counts if count)


def confirmation_words(view: ReportCheckView, today: date) -> str:
    """Return words on who confirmed the report and when, and what changed since; or why else it is locked; "" = not."""
    if view.report.status.is_checked and view.report.checked_on is not None:
        changed = fill_nonempty("そのあとに区の記録が変わりました（{}）。", "、".join(view.outdated))
        return f"{short_date(view.report.checked_on, today)} に {view.report.checked_by} が確認済にしました。{changed}"
    return view.closed_words


class ReceiptDialog(SavingDialog):
    """Dialog for 収受番号, place of the original and remarks on the 確認票; signals of ``SavingDialog``."""

    def __init__(self, parent: QWidget, report: Report, *, read_only: bool):
        super().__init__(parent, "確認票に載るもの", "区の1枚・供覧用", main="保存する")
        self._report = report
        self.form = Form(
            (
                record_field(Report, "receipt_number", width=240),
                record_field(Report, "original_place", kind="choice", width=240,
                             choices=tuple((one, one) for one in PLACES_OF_ORIGINAL), optional=False),
                record_field(Report, "note", kind="lines", lines=3),
            )
        )  # fmt: skip
        self._stored = {
            "receipt_number": report.receipt_number, "original_place": report.original_place, "note": report.note,
        }  # fmt: skip
        self.form.set_values(self._stored)
        for key in self._stored:
            self.form.set_enabled(key, not read_only)
        who = f"確認者　{report.checked_by}" if report.checked_by else "確認者　まだ確認していません"
        self.put(self.form, second_label(f"{who}　結果　{report.status}"), None)
        self.main.setVisible(not read_only)

    def _save(self) -> None:
        typed = self.form.values()
        values = {key: old if typed[key] is None else str(typed[key]) for key, old in self._stored.items()}
        self.run_action(
            note_receipt,
            report_id=self._report.id,
            **values,
        )


class CorrectionRequestDialog(DialogFrame):
    """Dialog with the 修正依頼 as a text to copy into a mail; nothing is sent. Signals of ``DialogFrame``."""

    def __init__(self, event: str, text: str, parent: QWidget):
        super().__init__("修正依頼の文案", event, main="", cancel="閉じる", parent=parent)
        self.text = CopyText("修正依頼の文案", "宛先　受託者 業務責任者", lines=8)
        self.text.show_text(text, about=event)
        self.put(self.text, None)


_MIN_WIDTH = 880
"""The smallest window width, at 標準, at which pages and numbers are shown side by side."""
_FEW_KEYS = 2


class ReportCheckPage(ActionMixin, QWidget):
    """Page of the check of a received report.

    Signals: ``link_clicked(Route)`` to a record of the ward; ``form_asked()`` the form of the same event;
    ``version_chosen(int)`` another received version by id.
    """

    link_clicked = Signal(object)
    form_asked = Signal()
    version_chosen = Signal(int)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._view: ReportCheckView | None = None
        self._data = b""
        self._read: ReadPages | None = None
        self._chosen: dict[int, int] = {}
        self._goes_on = False
        self._has_form = False
        self._narrow = False
        self._can_receive = False
        self.shown_file = ""
        self.preview = PdfPreview(title="届いた報告書", empty="届いたファイルを読み込んでいます。")
        self.preview.pages.setAccessibleName("届いた報告書")
        self.preview.setMinimumWidth(t.scaled(280))
        self.head = ReportHead("報告書の内容確認")
        self.versions = ChoiceBox("見る版", self.version_chosen.emit)
        self.receive = inline_button("新しい版を受領")
        self.more = Button("ほかの操作", self._open_more, kind="icon", icon_name="dots-three")
        self.goal = label("", "second")
        self.which = label("", "strong")
        self._fill_head()
        self.closed = NoteBox(tone="quiet")
        self.points = PointsBox()
        self.count = label("", "differs")
        self.same = label("", "done")
        self.open_words = label("", "warned")
        self.legend = label("", "small")
        self.all_equal = Button("", self._confirm_equal, icon_name="checks", low=True)
        self.figures = FigureTable()
        self.hint = second_label()
        self.link = link_button("", self._follow)
        self.refresh = Button("区の記録を読み直す", self._refresh)
        self.request = inline_button("文案を開く", self.open_request)
        self.confirm = Button("確認済にする", self._confirm)
        self.withdraw = Button("確認済を取り消す", self._ask_withdrawal)
        self.ask = Button("修正依頼として記録", self._ask_correction)
        self.go_on = main_button("確認してつぎへ", self._confirm_current)
        self.bar = ActionBar(app_context)
        self.bar.put(self.refresh, self.go_on, self.ask, self.confirm, self.withdraw)
        self._half = self._right()
        self.sides = SideBySide(
            ("届いた報告書", self.preview), ("内容確認", self._half), share=38, main=1, min_width=_MIN_WIDTH
        )
        in_column((self.sides, 1), self.bar, owner=self, spacing=0)
        self._connect()

    def _fill_head(self) -> None:
        """Add the parts of the page head in their order."""
        for part in (self.which, self.goal, self.more):
            self.head.parts.add(part)
        self.head.add_action(self.versions)
        self.head.add_action(self.receive)

    def _right(self) -> QWidget:
        """Build the right side: compared numbers and points to check."""
        inside = QWidget()
        column = in_column(owner=inside, spacing=6, margins=(16, 8, 16, 8))
        head = in_row(spacing=12)
        self._title = label("数字の突合", "h2")
        add(head, self._title, self.count, self.same, self.open_words, self.legend, None, self.all_equal)
        self._under = styled_frame("note")
        self._under.setProperty("tone", "quiet")
        in_row((self.hint, 1), self.link, self.request, owner=self._under, spacing=10, margins=(12, 3, 8, 3))
        # The explanation changes with the line; the table above it must not move.
        self._under.setFixedHeight(t.scaled(44))
        add(column, self.head, self.closed, self.points, head, (self.figures, 1), self._under)
        return column_of((inside, 1), spacing=0)

    def _connect(self) -> None:
        self.points.ticked.connect(self._tick)
        self.figures.confirmed.connect(self._confirm_line)
        self.figures.all_asked.connect(self.all_equal.click)
        self.figures.typed.connect(self._take_typed)
        self.figures.handled.connect(self._settle_difference)
        self.figures.picked.connect(self._choose_proposal)
        self.figures.moved.connect(self._show_current)

    # what is shown

    def show_view(self, view: ReportCheckView, *, has_form: bool) -> None:
        """Show a received report, with its file if ``view.data`` is given."""
        if self._view is None or self._view.report.id != view.report.id:
            self._read, self._chosen = None, {}
        self._view, self._has_form = view, has_form
        old = bool(view.versions) and view.versions[-1].id != view.report.id
        self.head.show_event(view.event, self.today)
        self.which.setText(self.head.event_link.text())
        self.head.show_state(view.report.status)
        self._show_versions(view)
        self._can_receive = not old and (view.report.status.is_returned or view.report.status.is_in_check)
        self._show_receive()
        self._show_target_date(view)
        self.closed.show_text(confirmation_words(view, self.today))
        self.points.show_view(view, self.today, read_only=self._read_only)
        if view.data:
            self._show_file(view)
        self._show_lines()
        self.fold_width()
        self._go_to_next()

    def _go_to_next(self) -> None:
        """Once no number waits, set the focus to the first open point or the final button, if asked to go on."""
        goes_on, self._goes_on = self._goes_on, False
        if goes_on and not any(line.is_waiting for line in self.figures.lines()):
            target = (None if self.points.isHidden() else self.points.first_open()) or self.confirm
            if target.isEnabled() and target.isVisibleTo(self):
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_receive(self) -> None:
        """Show the button to receive a version, where there is room."""
        self.receive.setVisible(self._can_receive and not self._narrow)
        self.receive.setEnabled(self.may_write)

    @property
    def view(self) -> ReportCheckView:
        """Return the report shown; nobody sees the page before it shows one."""
        assert self._view is not None
        return self._view

    @property
    def _read_only(self) -> bool:
        return self._view is None or bool(self._view.closed_words) or self.app_context.read_only

    @property
    def report_id(self) -> int:
        """Return the id of the version shown, or 0."""
        return self._view.report.id if self._view is not None else 0

    def clear_file(self) -> None:
        """Show that the file is being loaded, before another report is shown."""
        self.shown_file = ""
        self.preview.clear("届いたファイルを読み込んでいます。")

    def _show_file(self, view: ReportCheckView) -> None:
        """Show the received file and read its pages, once for each version."""
        if self.shown_file == f"{view.report.id}":
            return
        self.shown_file = f"{view.report.id}"
        title = f"届いた報告書 第{view.report.version}版"
        self.preview.show_received(self.app_context, view.data, title=title, on_shown=self._show_here)
        self.preview.title.setToolTip(f"{view.report.file_name}（控え。届いたままで、書き込みません）")
        self._data = view.data
        self._read_pages(view)

    def _read_pages(self, view: ReportCheckView) -> None:
        """Read numbers from the pages in the background; they become proposals."""
        self._read = None
        self.app_context.run_in_background(
            bind_arguments(read_numbers, self._data, [one.item for one in view.figures], view.questions, view.intent),
            partial(self._take_pages, view.report.id),
            owner=self,
            # Unreadable pages are reported in their place; the numbers are typed from the original.
            on_failed=lambda _problem: self._take_pages(
                view.report.id, unreadable_pages([one.item for one in view.figures])
            ),
        )

    def _take_pages(self, report_id: int, read: ReadPages) -> None:
        if report_id == self.report_id:
            self._read = read
            self._show_lines()
            if not self._read_only and not self.figures.is_in_use:
                self.figures.go_to_first()

    def _show_lines(self) -> None:
        """Show the compared numbers with the proposals read from the pages."""
        view = self.view
        if self._read is not None and any(one.item not in self._read.numbers for one in view.figures):
            self._read_pages(view)
        lines = build_figure_lines(view.figures, self._read, earlier=view.earlier, chosen=self._chosen)
        self.figures.show_lines(lines, read_only=self._read_only)
        needed = [line for line in lines if line.is_required]
        missing = sum(line.is_missing or line.is_ambiguous for line in needed)
        differing, equal = summary_of(lines)
        show_text_or_hide(self.count, differing)
        self.same.setText(f"一致 {equal}件")
        show_text_or_hide(self.open_words, fill_nonempty("未入力 {}件", missing))
        self.legend.setText(legend_of(self._read, lines))
        waiting = self._equal_lines()
        self.all_equal.set_words(f"一致する{len(waiting)}件をまとめて確認 F5")
        self.all_equal.setVisible(bool(waiting) and not self._read_only)
        self._show_here()
        self._show_foot(view)

    def _show_here(self) -> None:
        self._show_current(self.figures.current_line())

    def _show_current(self, line: FigureLine | None) -> None:
        """Show the marks on the page, the explanation and the button for the current number."""
        marks = page_marks(self.figures.lines(), line)
        self.preview.show_marks(marks)
        here = next((mark for mark in marks if mark.strong), None)
        if here is not None:
            self.preview.pages.show_mark(here)
        self._show_explanation(line)
        self._show_keys()
        ready = line is not None and line.is_waiting and not self._read_only
        self.go_on.setVisible(ready)
        if line is not None and ready:
            name = line.figure.item.rpartition("　")[2]
            self.go_on.set_words(action_words(line, name))
        self._update_main_button()

    def _show_explanation(self, line: FigureLine | None) -> None:
        """Show why the current number differs and what can be done."""
        view = self.view
        correcting = line is not None and line.figure.handling == "区の記録を訂正" and not self._read_only
        if view.outdated and not view.closed_words:
            named = "、".join(view.outdated[:2]) + and_others(view.outdated, 2)
            words = f"区の記録が、突合に読んだあとに変わりました（{named}）。"
        elif line is not None and correcting:
            words = "区の記録を直してから、読み直します。"
            self.link.set_words(record_route(line.figure.item, 0).label)
        elif line is not None and line.earlier is not None and line.earlier.handling == "修正を依頼":
            words = f"{line.figure.item}　前の版は {line.earlier.theirs}（修正を依頼）"
        elif line is not None and line.differs and not line.figure.handling and not line.cause and not self._read_only:
            one = line.effective_figure
            where = fill_nonempty("　p.{}", one.page)
            words = f"「1」で修正を依頼{where}　{one.item}「{one.theirs}」（区の記録は{one.ours}{named_options(one)}）"
        elif line is not None and line.figure.reason:
            words = f"差のまま　{line.figure.reason}"
        else:
            asked = [text for text in view.request_text.splitlines() if is_digits(text[:1])]
            rest = and_others(asked, 1, "　ほか{}点")
            words = f"修正依頼の文案　{asked[0]}{rest}" if asked else "修正を依頼する項目はありません。"
        self.hint.setText(words)
        self.link.setVisible(correcting)
        self.refresh.setVisible(correcting or (bool(view.outdated) and not self._read_only))
        self._fit_explanation()

    def _fit_explanation(self) -> None:
        """Hide the explanation where there is little room, unless the own record changed or must be corrected.

        The request is in 「ほかの操作」 then.
        """
        view = self._view
        mending = view is not None and any(one.handling == "区の記録を訂正" and is_open(one) for one in view.figures)
        needed = view is not None and not view.closed_words and (bool(view.outdated) or mending)
        self._under.setVisible(not self._narrow or needed)
        self.request.setVisible(view is not None and bool(view.request_text) and not self._narrow)

    def _show_versions(self, view: ReportCheckView) -> None:
        """Fill the choice of versions, newest first."""
        self.versions.setVisible(len(view.versions) > 1)
        self.versions.clear()
        for report in reversed(view.versions):
            day = short_date_or("", report.received_on, self.today)
            self.versions.addItem(f"第{report.version}版　{day}　{report.status}", report.id)
        self.versions.setCurrentIndex(max(0, self.versions.findData(view.report.id)))

    def _show_target_date(self, view: ReportCheckView) -> None:
        """Show the day until which the report should be checked, in amber when it has passed."""
        task = view.review
        words = ""
        if task is not None and task.due is not None and not view.closed_words and view.report.status.is_in_check:
            words = f"目安日　{short_date(task.due, self.today)}"
            words = "" if self._narrow else f"{words}　{task.state_words}"
            self.goal.setToolTip(task.rule)
        passed = task is not None and task.due is not None and task.due < self.today
        self.goal.setStyleSheet(f"color: {t.AMBER};" if passed else "")
        self.goal.setText(words)
        # Inside the event's own page the tab bar shows it.
        self.goal.setVisible(bool(words))

    def _show_foot(self, view: ReportCheckView) -> None:
        """Show the buttons that close or reopen the check, as the state allows."""
        open_words = open_words_of(view)
        read_only = self._read_only
        self.confirm.setVisible(not view.closed_words)
        self.withdraw.setVisible(view.report.status.is_checked and view.report.id == view.versions[-1].id)
        self.withdraw.setEnabled(self.may_write)
        count = view.open_count
        self.confirm.set_words(f"確認済にする（残り {count}件）" if count else "確認済にする")
        self.confirm.setEnabled(not count and not read_only)
        self.confirm.setToolTip(open_words)
        self.ask.set_words("修正依頼を記録し直す" if view.report.status.is_returned else "修正依頼として記録")
        settled = bool(view.request_text) and not view.untyped and not view.unchecked_points
        self.ask.setVisible(settled and not view.closed_words)
        self.ask.setEnabled(not read_only)
        self._update_main_button()

    def _update_main_button(self) -> None:
        """Set the one filled button (own numbers changed, current number, or the end of the check)."""
        view = self._view
        aged = view is not None and bool(view.outdated) and self.refresh.is_offered
        asked = view is not None and view.report.status.is_returned
        asks = self.ask.is_offered and self.ask.isEnabled() and not asked
        waits = aged or self.go_on.is_offered
        self.refresh.set_filled(aged)
        self.go_on.set_filled(not aged)
        self.ask.set_filled(not waits and asks)
        self.confirm.set_filled(not waits and not asks and self.confirm.isEnabled())

    # what is done with one number

    def _equal_lines(self) -> list[FigureLine]:
        """Return the lines in which the number read and the ward's agree, not yet confirmed."""
        return [line for line in self.figures.lines() if line.proposal is not None and line.agrees]

    def _confirm_current(self) -> None:
        """Confirm the current number, or open what else can be done with it."""
        line = self.figures.current_line()
        self.figures.setFocus(Qt.FocusReason.OtherFocusReason)
        if line is not None:
            self.figures.confirm_or_offer(line)

    def _confirm_line(self, line: FigureLine) -> None:
        """Confirm the proposal and go to the next number (Enter)."""
        if line.proposal is not None:
            self._settle((settled_figure(line),), announce=False)
        self.figures.go_to_next()

    def _confirm_equal(self) -> None:
        """Confirm all matching numbers at once, save, and go to the first number left."""
        equal = self._equal_lines()
        self._settle(tuple(settled_figure(line) for line in equal), announce=True)
        self.figures.go_to_first(excluding=equal)
        self.save()

    def _take_typed(self, line: FigureLine, words: str, page: str) -> None:
        """Save a number of the report typed by the user, and go to the next; nothing if it is unchanged.

        ``page`` "" = the page stored or proposed for it, else the page in view.
        """
        if words == line.figure.theirs and (not page or page == line.figure.page):
            return
        proposal = line.proposal
        here = page or line.figure.page or (str(proposal.page) if proposal else str(self.preview.pages.page()))
        settled = SettledFigure(
            figure_id=line.figure.id,
            theirs=words,
            page=here if words and words != "なし" else "",
            handling=line.figure.handling,
            reason=line.figure.reason,
        )
        self._settle((settled,), announce=False)
        self.figures.go_to_next()

    def _settle_difference(self, line: FigureLine, handling: str, reason: str) -> None:
        """Settle a difference together with those that only follow from it."""
        lines = (line, *dependent_lines(self.figures.lines(), line))
        self._settle(tuple(settled_figure(one, handling, reason) for one in lines), announce=True)

    def _choose_proposal(self, line: FigureLine, number: int) -> None:
        """Choose the proposal ``number`` for a line with several, and show the lines anew; nothing is saved."""
        self._chosen[line.figure.id] = number
        self._show_lines()

    def _settle(self, settled: tuple[SettledFigure, ...], *, announce: bool) -> None:
        if settled:
            self._goes_on = True
            change = bind_action(report_check.set_figures, report_id=self.report_id, settled=settled)
            self.run_change(change if announce else without_message(change))

    # the rest of what can be done

    def _open_more(self) -> None:
        """Open the menu 「ほかの操作」 below its button."""
        self.more_actions_menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def more_actions_menu(self) -> QMenu:
        """Return the menu of rarely used actions, with the points of the clause where there is little room."""
        menu = QMenu(self)
        if self.points.isHidden():
            there = menu.addMenu(f"条文の項目　{self.points.count.text()}")
            for button in self.points.buttons:
                act = there.addAction(button.accessibleName(), button.click)
                act.setEnabled(button.isEnabled())
            menu.addSeparator()
        menu.addAction("確認票を開く", self._open_check_document)
        menu.addAction("確認票に載るもの", self.open_receipt)
        menu.addAction("修正依頼の文案", self.open_request).setEnabled(bool(self.view.request_text))
        menu.addAction("区の記録を読み直す", self._refresh).setEnabled(not self._read_only)
        menu.addAction("食い違い検査を開く", self._open_numbers)
        if self._can_receive and self._narrow:
            menu.addAction(self.receive.text(), self.receive.chosen.emit).setEnabled(self.may_write)
        if self._has_form:
            menu.addAction("様式を開く", self.form_asked.emit)
        return menu

    def _follow(self) -> None:
        """Emit ``link_clicked`` with the route to the record that the current number comes from."""
        line = self.figures.current_line()
        if line is not None:
            self.link_clicked.emit(record_route(line.figure.item, self.view.event.id))

    def _refresh(self) -> None:
        """Save the ward's numbers as they are now recorded."""
        self.figures.setFocus(Qt.FocusReason.OtherFocusReason)
        self.run_action(report_check.refresh_ours, report_id=self.report_id)

    def open_receipt(self) -> None:
        """Open 収受番号, the place of the original and remarks, which the 確認票 prints."""
        ReceiptDialog(self, self.view.report, read_only=self._read_only).open()

    def open_request(self) -> None:
        """Open the dialog with the 修正依頼 as a text to copy."""
        if self.view.request_text:
            dialog = CorrectionRequestDialog(self.view.event.full_title, self.view.request_text, parent=self)
            dialog.text.copied.connect(self._note_copied)
            dialog.open()

    def _note_copied(self, text: str) -> None:
        if self.may_write:
            self.run_action(
                note_copied_text,
                scope=DocumentScope(event_id=self.view.event.id),
                kind="修正依頼の文",
                text=text,
                to="受託者",
            )

    # what is saved

    def _tick(self, point: str, found: bool) -> None:
        """Save whether a required point was found in the report."""
        if self.view.report.points.get(point) is not found:
            self._goes_on = found
            self.run_change(
                without_message(
                    bind_action(report_check.tick_point, report_id=self.report_id, point=point, found=found)
                )
            )

    def _ask_correction(self) -> None:
        """Save that a correction is requested, after asking for a reason where own numbers are outdated."""
        report_id = self.report_id
        if not self.view.stops:
            self.run_action(report_check.request_correction, report_id=report_id)
            return
        ask_reason(
            self,
            self.view.event.full_title,
            lambda reason: bind_action(report_check.request_correction, report_id=report_id, reason=reason),
            title="数がそろわないまま修正を依頼する",
            verb="依頼として記録",
            text=outdated_stop_words(self.view.stops),
            usual=OUTDATED_USUAL_REASONS,
        )

    def _open_numbers(self) -> None:
        self.go("numbers", event_id=self.view.event.id)

    def _confirm(self) -> None:
        """Confirm the report; ask why first, where own numbers are outdated or the survey has no answer."""
        view = self.view
        today, report_id = self.today, self.report_id

        def confirm(reason: str = "") -> Callable[[ActionContext], object]:
            """Return the bound action that confirms the report, with a reason."""
            return bind_action(report_check.confirm_report, report_id=report_id, on=today, reason=reason)

        if not view.without_answers and not view.stops:
            self.run_change(confirm())
            return
        ask_confirmation_reason(
            self,
            view.event.full_title,
            confirm,
            without_answers=view.without_answers,
            stops=view.stops,
        )

    def _ask_withdrawal(self) -> None:
        """Open a dialog for a reason, which takes 確認済 back."""
        report_id = self.report_id
        ask_reason(
            self,
            self.view.event.full_title,
            lambda reason: bind_action(withdraw_check, report_id=report_id, reason=reason),
            title="確認済を取り消す",
            verb="確認済を取り消す",
            text="項目と数字をまた直せます。受領の記録は残り、出した確認票は「取消」として理由と一緒に残ります。",
            usual=(
                *(("区の記録が変わった",) if self.view.outdated else ()),
                "内容に誤りが見つかった",
                "確認の途中だった",
            ),
        )

    def save(self) -> None:
        """Set the focus to the numbers, which closes and saves an open field."""
        self.figures.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_check_document(self) -> None:
        event = self.view.event
        DocumentDialog(self, event_id=event.id, kind=CHECK, subject=event.full_title).open()

    def fold(self, narrow: bool) -> None:
        """Move what is no number into 「ほかの操作」 where there is little room."""
        self.points.setVisible(not narrow)
        self.head.fold(narrow)
        self.which.setVisible(narrow)
        if self._view is not None and narrow != self._narrow:
            self._narrow = narrow
            self._show_target_date(self._view)
        self._narrow = narrow
        self._show_receive()
        self.head.parts.measure_again()
        self.head.updateGeometry()
        self._fit_explanation()
        self._title.setVisible(not narrow)
        self.legend.setVisible(not narrow or self._read is None or not self._read.has_text)
        self._show_keys()

    def _show_keys(self) -> None:
        """Show the keys for the current line; where there is little room, the first two."""
        line = self.figures.current_line()
        taken = [f"**{key}** {words}" for key, words in KEYS if takes(line, key) and not self._read_only]
        self.bar.show_words(
            "届いたファイルには書き込みません。印と確認票は別に残ります。"
            if self._read_only
            else "　".join(taken[:_FEW_KEYS] if self._narrow else taken)
        )

    def fold_width(self) -> None:
        """Fold parts of the page, or show them, by the width of the window."""
        self.fold(t.should_fold_steps(self))
