"""The points of the clause with their state, and the deadline of a received report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.calendar.dates import short_date, short_date_or
from app.common.display_words import left_words
from app.common.join_nonempty import join_nonempty
from app.submissions.reports.rules.report_points import PointState
from app.submissions.reports.services.report_check import ReportCheckView
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import IconLabel, label, separator, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column, in_grid, in_row
from app.widgets.screen import clear_layout
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

    def __init__(self, point: str) -> None:
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


class CompletenessBox(QFrame):
    """条文に書くことがそろっているか, the points of the clause with state, words and author.

    In a narrow window only missing points are shown. Signals: none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "note")
        self.setProperty("tone", "quiet")
        self._points: tuple[PointState, ...] = ()
        self._narrow = False
        self.clause = label("", "small")
        self.count = label("", "h2", figure=True)
        self.missing = wrapped_label("", "smallink")
        head = in_row(label("仕様書の記載事項", "strong"), self.clause, (self.missing, 1), self.count, spacing=8)
        self._lines = QWidget()
        self._grid = in_grid(self._lines, across=8, down=4, wide=1)
        in_column(head, self._lines, owner=self, spacing=4, margins=(14, 8, 14, 8))

    def show_points(self, points: Sequence[PointState], clause: str) -> None:
        """Show how many required points of a clause are done, and each of them."""
        done = sum(point.done for point in points)
        self.clause.setText(clause)
        self.count.setText(left_words(done, len(points)))
        self.setAccessibleName(f"条文に書くこと　{len(points)}のうち{done}")
        if tuple(points) != self._points:
            self._points = tuple(points)
            self._lay_out()
        self.fold(self._narrow)

    def fold(self, narrow: bool) -> None:
        """Show only the missing points where there is little room (``narrow``)."""
        self._narrow = narrow
        missing = [f"{point.point}（{point.writer}）" for point in self._points if not point.done]
        self._lines.setVisible(not narrow)
        self.missing.setText("" if not narrow else f"まだ　{'、'.join(missing)}" if missing else "そろっています。")

    def _lay_out(self) -> None:
        """Show each required point with its state."""
        clear_layout(self._grid)
        for number, point in enumerate(self._points):
            icon, ink = ("check-circle-fill", t.GREEN) if point.done else ("hourglass-medium", t.INK_SECONDARY)
            sign = with_accessible_name(IconLabel(icon, 16, ink), "済" if point.done else "まだ")
            writer = "" if point.done or point.point == "アンケートの集計結果" else f"　{point.writer}が記入"
            words = wrapped_label(f"{point.words}{writer}", "small")
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(separator(), 2 * number, 0, 1, 3)
            self._grid.addWidget(sign, 2 * number + 1, 0)
            self._grid.addWidget(wrapped_label(point.point, "strong"), 2 * number + 1, 1)
            self._grid.addWidget(words, 2 * number + 1, 2)
        self._grid.setColumnStretch(2, 1)
