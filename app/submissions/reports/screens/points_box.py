"""The points of the clause with their state, and the deadline of a received report."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.calendar.dates import short_date, short_date_or
from app.common.display_words import left_words
from app.common.join_nonempty import join_nonempty
from app.submissions.reports.services.report_check import ReportCheckView
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import IconLabel, label
from app.widgets.layouts import in_column
from app.window import theme as t
from app.window.icons import icon

_SIGNS = {
    True: ("check-circle-fill", t.GREEN),
    False: ("warning-octagon-fill", t.RED),
    None: ("circle", t.INK_SECONDARY),
}


_FOUND_WORDS: dict[bool | None, str] = {True: "記載あり", False: "記載なし", None: "まだ見ていない"}


class PointButton(Button):
    """One point with its icon; a click sets 記載あり, the next one 記載なし.

    Signals: ``judged(str, bool)`` the point and whether it is there; those of ``Button``.
    """

    judged = Signal(str, bool)

    def __init__(self, point: str):
        super().__init__(point.removeprefix("アンケートの"), self._on_pressed, kind="bare", low=True)
        self.point = point
        self.found: bool | None = None

    def show_found(self, found: bool | None, *, read_only: bool) -> None:
        """Show whether the point was found in the report: あり, なし, or not checked (None)."""
        self.found = found
        icon_name, ink = _SIGNS[found]
        self.setIcon(icon(icon_name, ink))
        told = f"{self.text()}　{_FOUND_WORDS[found]}"
        self.setAccessibleName(told)
        self.setToolTip(f"{self.point}　{_FOUND_WORDS[found]}\n押すたびに「記載あり」「記載なし」が替わります。")
        self.setEnabled(not read_only)

    def _on_pressed(self) -> None:
        """Emit ``judged`` with the point as found, or as missing where it was found before."""
        self.judged.emit(self.point, self.found is not True)


class PointsBox(QFrame):
    """One line with the deadline and the points of the clause in the received report.

    Signals: ``ticked(str, bool)`` a point and whether the report has it.

    """

    ticked = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.buttons: list[PointButton] = []
        self.due = label("", "strong")
        self.sign = IconLabel()
        self.receipt = label("")
        self.count = label("", "strong")
        self._line = FlowRow(label("期限（暦どおり）", "small"), self.due, self.sign, self.receipt, spacing=6)
        self._points = FlowRow(label("条文の項目", "small"), self.count, spacing=4)
        in_column(self._line, self._points, owner=self, spacing=2, margins=(12, 4, 12, 4))

    def first_open(self) -> PointButton | None:
        """Return the button of the first unchecked point, or None."""
        return next((button for button in self.buttons if button.found is None), None)

    def show_view(self, view: ReportCheckView, today: date, *, read_only: bool) -> None:
        """Show due day, receipt and required points of a received report."""
        report = view.report
        self.due.setText(short_date_or("日程未定", view.due, today))
        late_day = f"　休日の場合 {short_date(view.limit, today)}" if view.limit and view.limit != view.due else ""
        self.setToolTip(join_nonempty(f"{view.clause}　{view.period}{late_day}", view.due_basis, separator="\n"))
        icon_name, ink = ("check-circle-fill", t.GREEN) if view.in_time else ("warning-octagon-fill", t.RED)
        self.sign.show_icon(icon_name, 16, ink)
        self.sign.setVisible(view.in_time is not None)
        self.receipt.setText(_receipt_words(view, today))
        if [button.point for button in self.buttons] != list(view.points):
            for button in self.buttons:
                button.hide()
                button.deleteLater()
            self._points.clear()
            self.buttons = [PointButton(point) for point in view.points]
            self.count = label("", "strong")
            for part in (label("条文の項目", "small"), self.count, *self.buttons):
                self._points.add(part)
            for button in self.buttons:
                button.judged.connect(self.ticked)
        for button in self.buttons:
            button.show_found(report.points.get(button.point), read_only=read_only)
        there = sum(report.points.get(point) is True for point in view.points)
        self.count.setText(left_words(there, len(view.points)))
        self._line.updateGeometry()
        self._points.updateGeometry()


def _receipt_words(view: ReportCheckView, today: date) -> str:
    """Return 「受領 9/28(月)　メール　期限内」 or 「…期限の3日後」; without a deadline the receipt alone, "" before.

    Of a later version that is of the first receipt, with its day.
    """
    report = view.report
    if report.received_on is None:
        return ""
    words = f"受領 {short_date(report.received_on, today)}　{report.received_how}"
    if view.in_time is None or view.limit is None or view.first_received_on is None:
        return words
    if view.first_received_on < report.received_on:
        words += f"　初回の受領 {short_date(view.first_received_on, today)}"
    days = (view.first_received_on - view.limit).days
    return f"{words}　{'期限内' if view.in_time else f'期限の{days}日後'}"
