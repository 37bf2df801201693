"""報告書 of one event, with the start page, the form, and the check of a received report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.calendar.dates import short_date
from app.event.parts import RequestDraftDialog
from app.main_window.action_routes import Route
from app.main_window.navigation import check_page_name
from app.submissions.reports.screens.check_page import ReportCheckPage
from app.submissions.reports.screens.form_page import FormPage
from app.submissions.reports.screens.report_dialogs import ReceiveReportDialog
from app.submissions.reports.screens.report_words import ReportHead
from app.submissions.reports.services.report_check import ReportCheckView, read_report_check
from app.submissions.reports.services.report_form import FormScreenView, deadline_words, read_form_screen
from app.submissions.reports.services.reports import start_report
from app.widgets.buttons import Button, main_button
from app.widgets.focus_keeper import restore_focus
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.keys import on_key
from app.widgets.labels import Paragraph, label, second_label, wrapped_label
from app.widgets.layouts import add, stack_when_narrow
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.panel import Panel
from app.widgets.screen import Screen, scrolled_page_column, widget_row
from app.window import theme as t
from app.window.app_context import AppContext
from db.tables.reports import REPORT_KIND

FORM = "様式"
"""The part of the tab 報告 with the form of the report."""


class ReportStartPage(QWidget):
    """The start page without a report, with the two ways to receive one or begin a form.

    Signals: ``form_asked(str)`` the author, 区 or 受託者.
    """

    form_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.head = ReportHead("実施報告書")
        self.due = wrapped_label()
        self.receive = main_button("届いた報告書を受領", icon_name="tray")
        self.author = Form(
            (
                Field(
                    "author",
                    "作成者",
                    "radio",
                    choices=(("区", "区が事前に記入"), ("受託者", "受託者の数を、区が代わりに入力")),
                ),
            ),
            label_width=64,
        )
        self.author.set_values({"author": "区"})
        self.make = Button("様式を作成", self._make, icon_name="note-pencil", key="Ctrl+N")
        on_key(self.make, self.make.key, self.make.click)
        self.what = Paragraph()
        self.not_yet = NoteBox(tone="quiet")
        self.remind = Button("提出のお願い（文案）", icon_name="envelope-simple")
        self.completeness = Paragraph()
        self.facts = second_label()
        self._ways = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._build()

    def _build(self) -> None:
        """Lay out the two ways to begin: received report or own form."""
        column = scrolled_page_column(self)
        add(column, self.head, self.due)
        self._ways.setSpacing(16)
        received = Panel("届いた報告書を確かめる")
        received.put(
            Paragraph(
                "受託者から届いたPDFを登録し、条文の項目と数字を、区の記録と1つずつ突き合わせます。"
                "届いたファイルには書き込みません。"
            ),
            self.not_yet,
            None,
            widget_row(self.receive, self.remind, None),
        )
        form = Panel("様式を作成する")
        form.put(self.what, self.author, None, (self.make, 0, Qt.AlignmentFlag.AlignLeft))
        for panel in (received, form):
            self._ways.addWidget(panel, 1)
        add(column, self._ways, 8, label("様式の内容（現時点）", "h2"), self.completeness, self.facts, None)

    def show_view(self, view: FormScreenView, today: date, *, read_only: bool) -> None:
        """Show an event that has no report yet, with what a form of it would hold."""
        event, task = view.form.event, view.task
        held = event.event_date is not None and event.event_date <= today
        self.head.show_event(event, today)
        self.what.show_text(
            f"{'、'.join(view.included_records)}が入った様式を作り、受託者に渡します。"
            f"受託者が確認するまで、全ページに「様式・受託者確認前」と入ります。"
        )
        late = task is not None and task.bucket == "期限超過"
        self.head.show_state("期限超過" if late else "受領前" if held else "未着手")
        if task is not None:
            words = (
                f"期限（暦どおり）　{short_date(task.due, today)}　{task.clause}　{deadline_words(task, today)}"
                f"　{task.state_words}"
            )
        else:
            words = "実施日が決まると、報告書の期限が根拠と一緒に出ます。"
        self.due.setText(f"提出は受託者　{words}")
        self.not_yet.show_text("" if held else "実施日を過ぎると、受領を記録できます。")
        self.receive.setEnabled(held and not read_only)
        self.make.setEnabled(not read_only)
        self.remind.setVisible(held and task is not None)
        self.completeness.show_text(
            "\n".join(
                (
                    f"**仕様書の記載事項**　{view.form.clause}",
                    *(f"{'✓' if one.done else '・'}　{one.point}　{one.words}" for one in view.form.points),
                )
            )
        )
        filled = [one.section.title for one in view.sections if one.state == "済"]
        self.facts.setText(
            f"区の記録から入る章　{'、'.join(filled)}" if filled else "区の記録から入る章は、まだありません。"
        )

    def fold(self, narrow: bool) -> None:
        """Place the two ways below each other in a narrow window."""
        stack_when_narrow(self._ways, narrow)

    def _make(self) -> None:
        self.form_asked.emit(self.author.value("author"))


class ReportPanel(Screen):
    """報告書 of one event, as its received report, else its form, else the start page; emits no signals.

    Without an event it leads to 資料・報告.
    """

    def __init__(self, app_context: AppContext, *, list_screen: Screen | None = None, leads_on: bool = False):
        """Create the screen, or with ``list_screen`` (what the event owes) its tab 報告.

        The tab shows the list, and the form by ``focus_part("様式")``; a received report is checked on the screen.
        With ``leads_on`` the screen leads to the tab for a form.
        """
        super().__init__(app_context)
        self._listed, self._leads_on = list_screen, leads_on
        self._event_id: int | None = None
        self._wish = ""
        self._report_id = 0
        self._receive_soon = self._tallied = False
        self._in_hand = ""
        self._form: FormScreenView | None = None
        self.dialog: ReceiveReportDialog | None = None
        self._stack = PageLayout(self)
        self._empty = list_screen or QWidget()
        self._stack.addWidget(self._empty)

    # the pages of one report are built on first use, since all at once would block the window

    @cached_property
    def start(self) -> ReportStartPage:
        """Build the start page when first needed, and add it to the screen."""
        page = ReportStartPage()
        self._add_page(page)
        page.form_asked.connect(self._start_form)
        page.remind.chosen.connect(self._remind)
        page.fold(t.is_narrow(self.window().width()))
        return page

    @cached_property
    def form(self) -> FormPage:
        """Build the page of the report's form when first needed, and add it to the screen."""
        page = FormPage(self.app_context)
        self._add_page(page)
        page.link_clicked.connect(self._open_link)
        page.check_asked.connect(partial(self._show_page, "check"))
        return page

    @cached_property
    def check(self) -> ReportCheckPage:
        """Build the page that checks a received report when first needed, and add it to the screen."""
        page = ReportCheckPage(self.app_context)
        self._add_page(page)
        page.link_clicked.connect(self._open_link)
        page.form_asked.connect(partial(self._show_page, "form"))
        page.version_chosen.connect(self._choose_version)
        page.fold_width()
        return page

    def _add_page(self, page: ReportStartPage | FormPage | ReportCheckPage) -> None:
        """Add a page to the screen, and connect the signals of its head."""
        self._stack.addWidget(page)
        page.head.list_asked.connect(self._show_list)
        page.head.names_event(self._listed is None)
        page.head.event_link.chosen.connect(lambda: self.go("event", event_id=self._event_id, tab="報告"))
        page.receive.chosen.connect(self.receive)

    def _show_list(self) -> None:
        if self._listed is not None:
            self.focus_part("")
        else:
            self.go("turns", event_id=self._event_id, kind=REPORT_KIND)

    def focus_part(self, part: str, /) -> None:
        """Show the form in the tab of the event; without a part the list."""
        self._save()
        if part == FORM:
            self._wish = "form"
            self._read()
        elif self._listed is not None:
            self._stack.setCurrentWidget(self._listed)
            self._listed.focus_part(part)

    def open_with(
        self,
        *,
        event_id: int | None = None,
        view: str = "",
        receive: bool = False,
        file: str = "",
        tallied: bool = False,
        **more: Any,
    ) -> None:
        """Show an event's report.

        ``view`` "form" or "check" chooses the page, ``receive`` opens the receipt, with a ``file`` if given.
        ``tallied``: the totals were just fixed; without a report the focus is set to beginning the form.
        """
        if event_id != self._event_id:
            self._save()
            self._form = None
            self._stack.setCurrentWidget(self._empty)
        self._event_id, self._wish, self._report_id = event_id, check_page_name(view, ("form", "check")), 0
        self._receive_soon, self._in_hand, self._tallied = receive and self._listed is None, file, tallied
        if self._listed is not None:
            self._listed.open_with(event_id=event_id, receive=receive, **more)
            self._listed.mark_stale()
            if self._listed.isVisible():
                self._listed.refresh()

    def reload(self) -> None:
        """Read and show the report of the event; without an event go to 資料・報告."""
        if self._event_id is None:
            self.go("turns", kind=REPORT_KIND, instead=True)
        elif self._stack.currentWidget() is not self._listed:  # that reads by itself
            self._read()

    def _read(self) -> None:
        if self._event_id is not None:
            self.run_read(
                self._show_event,
                read_form_screen,
                event_id=self._event_id,
                today=self.today,
                now=self.app_context.now(),
            )

    def may_leave(self) -> bool:
        """Save unsaved input and return True: leaving is always allowed."""
        self._save()
        return True

    def receive(self) -> None:
        """Open the dialog that records the receipt of the contractor's report, with the file given to ``open_with``.

        Nothing before the report of the event was read.
        """
        if self._form is None:
            return
        before = self._form.form.received
        dialog = ReceiveReportDialog(
            self,
            self._form.form.event,
            version=before.version + 1 if before else 1,
            same_report=self._form.same_report,
        )
        dialog.received.connect(self._open_received)
        dialog.finished.connect(lambda _result: setattr(self, "dialog", None))
        self.dialog = dialog
        if self._in_hand:
            dialog.take_file(Path(self._in_hand))
            self._in_hand = ""
        dialog.open()

    def _show_event(self, view: FormScreenView) -> Iterator[None]:
        """Choose and show the page of an event: the check of a received report, else the form, else the start page.

        The check is only read here and shown by ``_show_check``. The form is built, filled and shown in steps, each in
        an event loop turn of its own. A view of another event is dropped. Then the receipt is opened if ``open_with``
        asked for it.
        """
        event_id = view.form.event.id
        if event_id != self._event_id:
            return
        self._form = view
        report, received = view.form.report, view.form.received
        wish = self._wish or ("check" if received is not None and self._listed is None else "form")
        checks = wish == "check" and received is not None
        if self._listed is not None if checks else self._leads_on and not self._receive_soon:
            self._lead_on(to_check=checks)
            return
        if checks and received is not None:
            wanted = self._report_id or received.id
            fresh = self.check.shown_file != str(wanted)
            self.run_read(
                partial(self._show_check, event_id),
                read_report_check,
                report_id=wanted,
                today=self.today,
                with_file=fresh,
            )
        elif report is not None:
            form = self.form
            yield
            if self._form is not view:
                return
            form.show_view(view)
            yield
            if self._form is view and self._stack.currentWidget() is not form:
                self._stack.setCurrentWidget(form)
                restore_focus(form.chapters.table)
        else:
            self.start.show_view(view, self.today, read_only=self.app_context.read_only)
            first = self._stack.currentWidget() is not self.start
            self._stack.setCurrentWidget(self.start)
            if first or self._tallied:
                restore_focus(
                    self.start.receive if self.start.receive.isEnabled() and not self._tallied else self.start.make
                )
        self._tallied = False
        if self._receive_soon:
            self._receive_soon = False
            self.receive()

    def _lead_on(self, *, to_check: bool) -> None:
        """Go to the check on the screen, or to the form in the tab; a page left meanwhile when it is shown again."""
        self._wish = ""
        if not self.isVisible():
            self.mark_stale()
        elif to_check:
            self.go("report", event_id=self._event_id, view="check")
        else:
            self.go(
                "event",
                instead=self._stack.currentWidget() is self._empty,
                event_id=self._event_id,
                tab="報告",
                part=FORM,
                tallied=self._tallied,
            )

    def _show_check(self, event_id: int, view: ReportCheckView) -> Iterator[None]:
        """Build the check of a received report, yield for an event loop turn, and then show it."""
        if event_id != self._event_id or self._form is None:
            return
        check, form = self.check, self._form
        yield
        if self._form is not form:
            return
        if check.report_id != view.report.id and not view.data:
            check.clear_file()
        check.show_view(view, has_form=form.form.report is not None)
        yield
        if self._form is form and self._stack.currentWidget() is not check:
            self._stack.setCurrentWidget(check)
            restore_focus(check.figures)

    def _start_form(self, author: str) -> None:
        """Save a new report made in the program, and show its form."""
        self._wish = "form"
        self.run_action(start_report, event_id=self._event_id or 0, author=author)

    def _remind(self) -> None:
        task = self._form.task if self._form is not None else None
        if task is not None:
            RequestDraftDialog(self, task).open()

    def _open_received(self, report_id: int) -> None:
        self._wish, self._report_id = "check", report_id
        self.refresh()

    def _choose_version(self, report_id: int) -> None:
        """Save what was typed, then show another version of the received report."""
        self.check.save()
        self._report_id = report_id
        self.refresh()

    def _show_page(self, view: str) -> None:
        """Save what was typed, then show the page ``view`` (form or check)."""
        self._save()
        self._wish, self._report_id = view, 0
        self.refresh()

    def _open_link(self, link: Route) -> None:
        """Save what was typed and follow the link."""
        self._save()
        self.go(link.screen_name, **dict(link.arguments))

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether the form has input that is not saved yet, or waits for the write lock."""
        return "form" in vars(self) and self.form.editor.dirty_fields

    def _save(self) -> None:
        """Save what is being typed on the current page."""
        current = self._stack.currentWidget()
        if isinstance(current, FormPage | ReportCheckPage):
            current.save()

    def fit_size(self) -> None:
        """Fold the pages that are built, by the width of the window."""
        built = vars(self)
        if "start" in built:
            self.start.fold(t.is_narrow(self.window().width()))
        if "check" in built:
            self.check.fold_width()
