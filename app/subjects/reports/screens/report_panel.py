"""報告書: all events with their reports, or one event's form and the check of what was received."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.main_window.navigation import known_word
from app.main_window.ways import WayThere
from app.subjects.events.parts.request_dialog import RequestDialog
from app.subjects.reports.screens.check_page import CheckPage
from app.subjects.reports.screens.form_page import FormPage
from app.subjects.reports.screens.receive_dialog import ReceiveDialog
from app.subjects.reports.screens.report_list import ReportList
from app.subjects.reports.screens.report_start import ReportStart
from app.subjects.reports.services.report_board import ReportRow, report_board
from app.subjects.reports.services.report_check import ReportCheckView, read_report_check
from app.subjects.reports.services.report_form import FormScreenView, read_form_screen
from app.subjects.reports.services.reports import start_report
from app.widgets.screen import Screen
from app.window import theme as t
from app.window.desk import Desk, with_store


class ReportPanel(Screen):
    """Reports. Signals: none.

    Without an event the list; with one its received report, else its form, else the two ways to begin.
    ``embedded`` leaves out the way back, for the tab inside an event's own page.
    """

    def __init__(self, desk: Desk, *, embedded: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._event_id: int | None = None
        self._wish = ""
        self._report_id = 0
        self._receive_soon = False
        self._form: FormScreenView | None = None
        self.list = ReportList(desk)
        self._embedded = embedded
        self.dialog: ReceiveDialog | None = None
        self._stack = QStackedLayout(self)
        self._empty = QWidget()
        for part in (self._empty, self.list):
            self._stack.addWidget(part)
        self.list.opened.connect(lambda row: self.desk.go("report", event_id=row.id))
        self.list.acted.connect(self._act)
        self.list.add_asked.connect(lambda: self.desk.go("events"))

    # the pages of one report, each built when first gone to: all at once would hold the window

    @cached_property
    def start(self) -> ReportStart:
        """The two ways to begin."""
        page = ReportStart(embedded=self._embedded)
        self._take_in(page)
        page.form_asked.connect(self._start_form)
        page.reminder_asked.connect(self._remind)
        page.fold(self._width() < t.FOLD_NARROW)
        return page

    @cached_property
    def form(self) -> FormPage:
        """The form of the report."""
        page = FormPage(self.desk, embedded=self._embedded)
        self._take_in(page)
        page.followed.connect(self._follow)
        page.check_asked.connect(partial(self._turn, "check"))
        return page

    @cached_property
    def check(self) -> CheckPage:
        """The check of the report as received."""
        page = CheckPage(self.desk, embedded=self._embedded)
        self._take_in(page)
        page.followed.connect(self._follow)
        page.form_asked.connect(partial(self._turn, "form"))
        page.version_chosen.connect(self._choose_version)
        page.fold(self._width() < t.FOLD_WIDE)
        return page

    def _take_in(self, page: ReportStart | FormPage | CheckPage) -> None:
        self._stack.addWidget(page)
        page.head.list_asked.connect(lambda: self.desk.go("report"))
        page.head.event_asked.connect(lambda: self.desk.go("event", event_id=self._event_id))
        page.receive_asked.connect(self.receive)

    def arrive(self, *, event_id: int | None = None, view: str = "", receive: bool = False, **_more: Any) -> None:
        """Show an event's report, or all; ``view`` "form" or "check" chooses, ``receive`` opens the receipt."""
        if event_id != self._event_id:
            self._save()
            self._form = None
            self._stack.setCurrentWidget(self._empty)
        self._event_id, self._wish, self._report_id = event_id, known_word(view, ("form", "check")), 0
        self._receive_soon = receive

    def reload(self) -> None:
        """Read the list, or the event's report."""
        if self._event_id is None:
            self.desk.read(
                with_store(report_board, today=self.desk.today(), fiscal_year=self.desk.fiscal_year), self._show_list
            )
        else:
            self.desk.read(
                with_store(read_form_screen, event_id=self._event_id, today=self.desk.today(), now=self.desk.now()),
                self._show_event,
            )

    def may_leave(self) -> bool:
        """Save what was typed; it never keeps anybody here."""
        self._save()
        return True

    def receive(self) -> None:
        """Open the receipt of the contractor's file."""
        if self._form is None:
            return
        before = self._form.form.received
        dialog = ReceiveDialog(
            self.desk, self._form.form.event, version=before.version + 1 if before else 1, parent=self
        )
        dialog.received.connect(self._open_received)
        dialog.finished.connect(lambda _result: setattr(self, "dialog", None))
        self.dialog = dialog
        dialog.open()

    def _show_list(self, rows: Sequence[ReportRow]) -> None:
        if self._event_id is None:
            self.list.show_rows(rows)
            self._stack.setCurrentWidget(self.list)

    def _show_event(self, view: FormScreenView) -> None:
        event_id = view.form.event.id
        if event_id != self._event_id:
            return
        self._form = view
        report, received = view.form.report, view.form.received
        wish = self._wish or ("check" if received is not None else "form")
        if wish == "check" and received is not None:
            wanted = self._report_id or received.id
            fresh = self.check.shown_file != str(wanted)
            self.desk.read(
                with_store(read_report_check, report_id=wanted, today=self.desk.today(), with_file=fresh),
                partial(self._show_check, event_id),
                owner=self,
            )
        elif report is not None:
            self.form.show_view(view)
            self._stack.setCurrentWidget(self.form)
        else:
            self.start.show_view(view, self.desk.today(), read_only=self.desk.read_only)
            self._stack.setCurrentWidget(self.start)
        if self._receive_soon:
            self._receive_soon = False
            self.receive()

    def _show_check(self, event_id: int, view: ReportCheckView) -> None:
        if event_id != self._event_id or self._form is None:
            return
        if self.check.report_id != view.report.id and not view.data:
            self.check.forget_file()
        self.check.show_view(view, has_form=self._form.form.report is not None)
        self._stack.setCurrentWidget(self.check)

    def _act(self, row: ReportRow) -> None:
        if row.action in ("受領する", "修正版を受領"):
            self.desk.go("report", event_id=row.id, receive=True)
        else:
            self.desk.go("report", event_id=row.id, view=row.view)

    def _start_form(self, author: str) -> None:
        self._wish = "form"
        self.desk.write(
            with_store(start_report, event_id=self._event_id or 0, author=author, **self.desk.signed), owner=self
        )

    def _remind(self) -> None:
        task = self._form.task if self._form is not None else None
        if task is not None:
            RequestDialog(self.desk, task, self).open()

    def _open_received(self, report_id: int) -> None:
        self._wish, self._report_id = "check", report_id
        self.refresh()

    def _choose_version(self, report_id: int) -> None:
        self.check.save()
        self._report_id = report_id
        self.refresh()

    def _turn(self, view: str) -> None:
        self._save()
        self._wish, self._report_id = view, 0
        self.refresh()

    def _follow(self, way: WayThere) -> None:
        self._save()
        self.desk.go(way.place, **dict(way.arguments))

    def _save(self) -> None:
        current = self._stack.currentWidget()
        if isinstance(current, FormPage | CheckPage):
            current.save()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold by the width of the window."""
        super().resizeEvent(event)
        built = vars(self)
        if "start" in built:
            self.start.fold(self._width() < t.FOLD_NARROW)
        if "check" in built:
            self.check.fold(self._width() < t.FOLD_WIDE)

    def _width(self) -> float:
        """The width of the window at the letters worn."""
        return t.unscaled(self.window().width())
