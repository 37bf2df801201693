"""The form of one report, with chapters and their state, input, next step, and a preview beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.actions.action_context import ActionContext
from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.document_view import DocumentView
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import note_copied_text
from app.event.parts import show_basis_dialog
from app.submissions.reports.rules.report_points import HANDED_OVER, NO_ANSWERS
from app.submissions.reports.screens.report_dialogs import (
    EarlierVersionsDialog,
    HandOverDialog,
    ReportDayDialog,
    ask_confirmation_reason,
)
from app.submissions.reports.screens.report_words import STATE_ICONS, ReportHead
from app.submissions.reports.screens.section_editor import SectionEditor
from app.submissions.reports.services.evidence import KIND as EVIDENCE
from app.submissions.reports.services.evidence import key_of
from app.submissions.reports.services.report_documents import REPORT
from app.submissions.reports.services.report_form import FormScreenView, SectionView, deadline_words
from app.submissions.reports.services.reports import (
    ReportFormView,
    confirm_by_contractor,
    confirm_form,
    hand_over_form,
    make_next_version,
    mark_received,
    withdraw_form,
)
from app.widgets.action_mixin import ActionMixin
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import label, show_text_or_hide, small_label
from app.widgets.layouts import column_of, in_column, in_row
from app.widgets.lists.evidence_shortcut import install_evidence_key
from app.widgets.lists.record_model import Cell, Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.pages import ensure_visible
from app.widgets.side_by_side import SideBySide
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from db.records.submissions.reports import Report

_CHAPTERS, _EDITOR = 232, 336
_ASKED = "仕"
"""Short for the chapters that the clause asks for."""
_LIST_BESIDE = 520
"""Below this window width, at 標準, the list of chapters is a drop-down above the editor."""


class FormSteps(ActionBar):
    """The action bar of the form, with the state of this version (受託者の確認, 受領, 確認済) and the next step."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.confirm = Button("受託者の確認日を記録")
        self.unhand = Button("渡した記録を取り消す")
        self.unconfirm = Button("確認を取り消す")
        self.receive = Button("受領を記録")
        self.check = Button("確認済にする")
        self.withdraw = Button("")
        self.version = Button("つぎの版を作成")
        self.earlier = Button("前の版を見る")
        self.steps = (
            self.check, self.receive, self.confirm, self.unconfirm, self.withdraw, self.version, self.earlier,
            self.unhand,
        )  # fmt: skip

    def show_form(self, view: ReportFormView, today: date, *, read_only: bool) -> None:
        """Show the state of the form's newest version, if it has one, and the buttons of its next steps."""
        report = view.report
        if report is None:
            return
        confirmed, received = report.contractor_confirmed_on is not None, report.received_on is not None
        done = report.status.is_checked
        self.show_words(_words(view, report, today))
        self.confirm.setVisible(not confirmed)
        self.unhand.setVisible(HANDED_OVER in report.tables and not confirmed)
        self.unconfirm.setVisible(confirmed and not received)
        self.receive.setVisible(confirmed and not received)
        self.check.setVisible(received and not done)
        self.withdraw.setVisible(received)
        self.withdraw.set_words(withdraw_words(report))
        self.version.setVisible(confirmed)
        self.earlier.setVisible(len(view.versions) > 1)
        missing = [point.point for point in view.points if not point.done]
        self.check.setEnabled(not missing and not read_only)
        self.check.setToolTip(fill_nonempty("まだそろっていません：{}", "、".join(missing)))
        for button in (self.confirm, self.unconfirm, self.receive, self.withdraw, self.version, self.unhand):
            button.setEnabled(not read_only)


def withdraw_words(report: Report) -> str:
    """Return the label of the button that withdraws the newest step."""
    return "確認済を取り消す" if report.status.is_checked else "受領を取り消す"


def _words(view: ReportFormView, report: Report, today: date) -> str:
    parts = [f"第{report.version}版"]
    came = view.received
    if came is not None and came.received_on is not None:
        parts.append(f"受託者の報告書を {short_date(came.received_on, today)} に受領しています。この様式は控えです。")
    elif HANDED_OVER in report.tables:
        ((on, how, to),) = report.tables[HANDED_OVER]
        parts.append(f"{short_date(date.fromisoformat(on), today)} に{to}へ渡しました（{how}）。")
    elif report.contractor_confirmed_on is None:
        parts.append("受託者が確認するまで、全ページの「様式・受託者確認前」は外れません。")
    elif view.is_confirmed:
        parts.append(f"受託者が確認済（{short_date(report.contractor_confirmed_on, today)}）の内容です")
    else:
        parts.append(f"受託者の確認 {short_date(report.contractor_confirmed_on, today)}（内容は変更できません）")
    if report.received_on is not None:
        parts.append(f"受領 {short_date(report.received_on, today)} {report.received_how}")
    if report.status.is_checked and report.checked_on is not None:
        parts.append(f"確認済 {short_date(report.checked_on, today)} {report.checked_by}")
    return "　".join(parts)


class ChapterList(QWidget):
    """The chapters of a report with their state and author.

    Signals: ``chosen(str)`` the title of a chapter.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._titles: tuple[str, ...] = ()
        self.table = RecordTable(
            "report-chapters",
            (Column("title", "章と記入する者", show=_title, stretch=True, sortable=False),),
            title="報告書の章",
            empty="章がありません。",
            filtered=False,
            foot=False,
            names_people=False,
            group=_written_by,
            on_choose=self._on_chosen,
        )
        self.choice = ChoiceBox("報告書の章")
        self.choice.activated.connect(lambda row: self.choose(self._titles[row]))
        self.asked = small_label()
        in_column(self.choice, (self.table, 1), self.asked, owner=self, spacing=8)
        self.fold(False)

    def fold(self, narrow: bool) -> None:
        """Show a drop-down instead of the list where there is little room (``narrow``)."""
        self.setMinimumWidth(0 if narrow else t.scaled(_CHAPTERS))
        self.setMaximumWidth(t.NO_LIMIT if narrow else t.scaled(_CHAPTERS))
        ensure_visible(self.choice, seen=narrow)
        ensure_visible(self.table, seen=not narrow)

    def show_view(self, view: FormScreenView) -> None:
        """Show the chapters, keeping the chosen one; at first the first pending one."""
        rows = sorted(view.sections, key=_written_by)
        self.table.show_rows(rows)
        asked = sum(each.is_asked_for for each in rows)
        self.asked.setText(f"{_ASKED}　{view.form.clause}が求める{asked}章" if asked else "")
        self._titles = tuple(each.section.title for each in rows)
        if self._title not in self._titles:
            waiting = next((each for each in rows if each.state == "記入待ち"), rows[0])
            self._title = waiting.section.title
        self.choice.clear()
        self.choice.addItems([_title(each).plain() for each in rows])
        self.choice.setCurrentIndex(self._titles.index(self._title))
        self.table.choose(lambda each: each.section.title == self._title, take_focus=False)

    def current(self) -> str:
        """Return the title of the chosen chapter."""
        return self._title

    def choose(self, title: str) -> None:
        """Make the chapter of this title current, and emit ``chosen`` if it is another one."""
        self.table.choose(lambda each: each.section.title == title, take_focus=False)

    def reset(self) -> None:
        """Start with the first pending chapter of another report."""
        self._title = ""

    def _on_chosen(self, section: SectionView | None) -> None:
        if section is not None and section.section.title != self._title:
            self._title = section.section.title
            self.choice.setCurrentIndex(self._titles.index(self._title))
            self.chosen.emit(self._title)


def _title(section: SectionView) -> Cell:
    icon, tone = STATE_ICONS[section.state]
    return Cell(
        section.section.words,
        section.state,
        icon=icon,
        icon_tone=tone,
        aside=_ASKED if section.is_asked_for else "",
        tip="仕様書の記載事項" if section.is_asked_for else "",
    )


def _written_by(section: SectionView) -> str:
    """Return the heading of the chapters by who writes them."""
    return "区の記録を先に入れた章" if section.section.writer.startswith("区") else "受託者が書く章"


class FormPage(ActionMixin, QWidget):
    """Page of the form of one report, with completeness, chapters, input and a preview.

    Signals: ``link_clicked(Route)`` to a record; ``check_asked()`` the received report of the same event.
    """

    link_clicked = Signal(object)
    check_asked = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._view: FormScreenView | None = None
        self.head = ReportHead("実施報告書の様式")
        ensure_visible(self.head.back, seen=False)
        self.to_list = Button("報告の一覧に戻る", self.head.list_asked.emit)
        self.to_check = Button("届いた報告書の確認を開く", self.check_asked.emit)
        self.receive = Button("届いた報告書を受領", icon_name="tray")
        self.hand_over = Button("受託者へ渡す", self._hand_over)
        self.date = label("", "date")
        self.left = label("", "second")
        self.differing = small_label()
        self.basis = Button("期限の根拠を見る", self._explain)
        self.chapters = ChapterList()
        self.editor = SectionEditor(app_context)
        self.steps = FormSteps(app_context)
        self.paper = DocumentView(app_context, with_note=False, bar=self.steps)
        self.steps.put(
            self.to_check,
            self.hand_over,
            self.paper.pdf_button,
            self.paper.xlsx_button,
            self.receive,
            *self.steps.steps,
            self.paper.print_button,
            self.paper.docx_button,
            self.basis,
            self.to_list,
        )
        editor = column_of(self.editor, spacing=0, margins=(16, 4, 0, 0))
        editor.setMinimumWidth(t.scaled(_EDITOR))
        self.sides = SideBySide(("印刷されるとおりの見本", self.paper), ("記入", editor), share=56, main=1)
        self._chapter_row = in_row(self.chapters, (self.sides, 1), spacing=12)
        head = column_of(
            FlowRow(self.head, label("受託者の提出", "small"), self.date, self.left),
            self.differing,
            spacing=4,
        )
        page = column_of(head, (self._chapter_row, 1), spacing=8, margins=(t.PAGE_X, 8, t.PAGE_X, 0))
        in_column((page, 1), self.steps, owner=self, spacing=0)
        self._connect()

    def _connect(self) -> None:
        self.chapters.chosen.connect(self._show_section)
        install_evidence_key(self, self.app_context, self._current_evidence)
        self.editor.link_clicked.connect(self.link_clicked)
        self.steps.confirm.chosen.connect(self._ask_confirmation)
        self.steps.unconfirm.chosen.connect(
            lambda: self._write(bind_action(confirm_by_contractor, report_id=self._report.id, on=None))
        )
        self.steps.receive.chosen.connect(self._ask_receipt)
        self.steps.check.chosen.connect(self._confirm)
        self.steps.withdraw.chosen.connect(self._ask_withdrawal)
        self.steps.unhand.chosen.connect(
            lambda: self._write(bind_action(hand_over_form, report_id=self._report.id, on=None))
        )
        self.steps.version.chosen.connect(
            lambda: self._write(bind_action(make_next_version, report_id=self._report.id))
        )
        self.steps.earlier.chosen.connect(self._show_earlier)
        self.sides.folded.connect(self._fold)

    def show_view(self, view: FormScreenView) -> None:
        """Show the form of a report; unsaved input of the same event stays, that of another event is saved first."""
        form, before = view.form, self._view
        if form.report is None:
            return
        if before is None or before.form.event.id != form.event.id:
            self.editor.save()
            self.chapters.reset()
        self._view = view
        self.head.show_event(form.event, self.today)
        self._show_state(view)
        self.chapters.show_view(view)
        self._show_section()
        self.steps.show_form(form, self.today, read_only=self.app_context.read_only)
        self.paper.show_document(form.event.id, REPORT)

    def _fold(self) -> None:
        """Show the chapters as a drop-down above where there is little room."""
        beside = t.unscaled(self.window().width()) >= _LIST_BESIDE
        self.chapters.fold(not beside)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._chapter_row.setDirection(direction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold parts of the page, or show them, by its height and width."""
        super().resizeEvent(event)
        self._fold()

    def save(self) -> None:
        """Save what was typed so far."""
        self.editor.save()

    def _show_state(self, view: FormScreenView) -> None:
        report, task = self._report, view.task
        if report.status.is_draft:
            own = "区が事前記入" if report.author.is_ward else "区が代わりに入力した数"
            stamp = "受託者確認前" if report.contractor_confirmed_on is None else "受託者確認済"
            self.head.show_state("様式作成中", f"{own}・{stamp}")
        else:
            self.head.show_state(report.status)
        today = self.today
        due = task.due if task is not None else None
        self.date.setText(short_date_or("日程未定", due, today))
        self.left.setText(task.state_words if task is not None else "")
        self.date.setToolTip(f"{task.clause}　{deadline_words(task, today)}" if task is not None else "")
        self.basis.setVisible(task is not None)
        names = "、".join(view.form.differing_chapters)
        words = "".join(one.words for one in view.form.stops) or (
            fill_nonempty("いまの記録と違うところ：{}。書類は確認したときのままです。", names)
        )
        show_text_or_hide(self.differing, words)
        received = view.form.received
        self.to_check.setVisible(received is not None)
        waits = received is None and report.received_on is None
        self.receive.setVisible(waits)
        self.receive.setEnabled(self.may_write)
        handed = HANDED_OVER in report.tables or report.contractor_confirmed_on is not None
        self.hand_over.setVisible(waits and not handed)
        self.hand_over.setEnabled(self.may_write)
        self.hand_over.set_filled(waits and not handed)
        self.receive.set_filled(waits and handed)
        self.to_check.set_filled(received is not None)
        self.steps.check.set_filled(received is None and report.received_on is not None)

    def _current_evidence(self) -> tuple[str, str] | None:
        """Return the current chapter as evidence for the 提案書 (None without one), after saving unsaved input."""
        self.editor.save()
        title = self.chapters.current()
        return (EVIDENCE, key_of(self.view.form.event.id, title)) if title else None

    def _show_section(self) -> None:
        title = self.chapters.current()
        section = next((one for one in self.view.sections if one.section.title == title), None)
        if section is not None:
            fixed = self._report.contractor_confirmed_on is not None or self._report.status.is_checked
            self.editor.show_section(self.view, section, read_only=fixed or self.app_context.read_only)

    @property
    def view(self) -> FormScreenView:
        """Return the form shown; nobody sees the page before it shows one."""
        assert self._view is not None
        return self._view

    @property
    def _report(self) -> Report:
        report = self.view.form.report
        assert report is not None
        return report

    def _title(self) -> str:
        return self.view.form.event.full_title

    def _write(self, change: Callable[[ActionContext], object]) -> None:
        """Save the text being typed in the editor, then run a change on the report."""
        self.editor.save()
        self.run_change(change)

    def _confirm(self) -> None:
        """Save the form as 確認済, after asking for a reason where no response is counted or numbers are outdated."""
        form = self.view.form
        today, report_id = self.today, self._report.id

        def confirm(reason: str = "") -> Callable[[ActionContext], object]:
            """Return the bound action that confirms the form, with a reason."""
            return bind_action(confirm_form, report_id=report_id, on=today, reason=reason)

        open_ones = [point for point in form.points if not point.done]
        empty = bool(open_ones) and all(point.words == NO_ANSWERS for point in open_ones)
        stops = form.stops if empty or not open_ones else ()
        if not empty and not stops:
            self._write(confirm())
            return
        ask_confirmation_reason(self, self._title(), confirm, without_answers=empty, stops=stops)

    def _hand_over(self) -> None:
        """Open the dialog with the file, the text to send and the record."""
        self.editor.save()
        dialog = HandOverDialog(self, self.view, self.paper.save_as)
        dialog.copied.connect(self._note_copied)
        dialog.open()

    def _note_copied(self, text: str) -> None:
        if self.may_write:
            scope = DocumentScope(event_id=self.view.form.event.id)
            self.run_action(note_copied_text, scope=scope, kind="報告書の依頼文", text=text, to="受託者")

    def _ask_confirmation(self) -> None:
        self.editor.save()
        ReportDayDialog(
            self,
            lambda typed: bind_action(confirm_by_contractor, report_id=self._report.id, **typed),
            title="受託者の確認日を記録",
            subject=self._title(),
            words="受託者がこの様式を自らの報告書として確認した日を記録します。"
            "記録すると「様式・受託者確認前」が外れ、内容は変更できなくなります。",
            day_label="確認日",
            main="確認日を記録する",
            stops=self.view.form.stops,
        ).open()

    def _ask_receipt(self) -> None:
        ReportDayDialog(
            self,
            lambda typed: bind_action(mark_received, report_id=self._report.id, **typed),
            title="受領を記録",
            subject=self._title(),
            words="受託者が確認した報告書を区が受領した日を記録します。記録すると、提出の期限が閉じます。",
            day_label="受領日",
            main="受領を記録する",
            how=True,
        ).open()

    def _ask_withdrawal(self) -> None:
        """Open a dialog for a reason, which takes the last step of the form back."""
        report = self._report
        words = withdraw_words(report)
        rest = "受領の記録は残ります。" if report.status.is_checked else "提出の期限は、また未受領になります。"
        ReasonDialog(
            self,
            words,
            self._title(),
            verb=words,
            text=f"{rest}理由は履歴に残ります。",
            usual_reasons=("日付の誤り", "内容に誤りが見つかった"),
            change=lambda reason: bind_action(withdraw_form, report_id=report.id, reason=reason),
        ).open()

    def _show_earlier(self) -> None:
        EarlierVersionsDialog(self.app_context, self.view.form.event, self.view.form.versions[:-1], self).open()

    def _explain(self) -> None:
        if self.view.task is not None:
            show_basis_dialog(self.view.task, self)
