"""The clause's points: each there or not, with words and who writes it; in the received report, with the deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.subjects.reports.rules.report_points import PointState
from app.subjects.reports.services.report_check import ReportCheckView
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label, rule
from app.widgets.panel import Panel
from app.window import theme as t
from app.window.icons import picture

_SIGNS = {True: ("check-circle-fill", t.GREEN), False: ("warning-octagon-fill", t.RED), None: ("circle", t.SECOND)}


class PointPair(QWidget):
    """One point with あり and なし. Signals: ``chosen(str, bool)`` the point and whether it is there."""

    chosen = Signal(str, bool)

    def __init__(self, point: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.point = point
        self.sign = QLabel()
        self.there = self._button("あり", True)
        self.missing = self._button("なし", False)
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 12, 0)
        line.setSpacing(5)
        line.addWidget(self.sign)
        line.addWidget(label(point))
        for button in (self.there, self.missing):
            self._group.addButton(button)
            line.addWidget(button)

    def _button(self, words: str, found: bool) -> QRadioButton:
        button = QRadioButton(words)
        button.setAccessibleName(f"{self.point}　記載{words}")
        button.clicked.connect(lambda _checked: self.chosen.emit(self.point, found))
        return button

    def show_found(self, found: bool | None, *, read_only: bool) -> None:
        """Show あり, なし, or not yet looked at."""
        icon, ink = _SIGNS[found]
        self.sign.setPixmap(picture(icon, t.scaled(16), ink, ratio=self.devicePixelRatioF()))
        self._group.setExclusive(False)
        self.there.setChecked(found is True)
        self.missing.setChecked(found is False)
        self._group.setExclusive(True)
        for button in (self.there, self.missing):
            button.setEnabled(not read_only)


class PointsBox(Panel):
    """The deadline that was met or not, and the clause's points: each あり or なし in the received report.

    Signals: ``ticked(str, bool)`` a point and whether the report holds it.
    """

    ticked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.pairs: list[PointPair] = []
        self.due = label("", "strong")
        self.rests = label("", "second", wrap=True)
        self.sign = QLabel()
        self.receipt = label("", wrap=True)
        self.count = label("", "strong")
        self._points = FlowRow(spacing=2)
        came = QHBoxLayout()
        came.setSpacing(6)
        came.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        came.addWidget(self.receipt, 1)
        holder = QWidget()
        holder.setLayout(came)
        came.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for number, words in ((0, "期限"), (2, "条文の項目")):
            name = label(words, "strong")
            name.setMinimumHeight(t.scaled(26))
            grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        dues = QWidget()
        line = QGridLayout(dues)
        line.setContentsMargins(0, 3, 0, 0)
        line.setHorizontalSpacing(8)
        line.setVerticalSpacing(2)
        line.setColumnStretch(2, 1)
        line.addWidget(label("期限（暦どおり）"), 0, 0)
        line.addWidget(self.due, 0, 1)
        line.addWidget(self.rests, 0, 2)
        line.addWidget(holder, 1, 0, 1, 3)
        grid.addWidget(dues, 0, 1)
        grid.addWidget(rule(), 1, 0, 1, 2)
        grid.addWidget(self._points, 2, 1, 2, 1)
        grid.addWidget(self.count, 3, 0, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(3, 1)
        self.body.addLayout(grid)

    def show_view(self, view: ReportCheckView, today: date, *, read_only: bool) -> None:
        """Show a received report."""
        report = view.report
        self.due.setText(short_date(view.due, today) if view.due else "日程未定")
        late_day = f"　休日の場合 {short_date(view.limit, today)}" if view.limit and view.limit != view.due else ""
        self.rests.setText(f"{view.clause}　{view.period}{late_day}")
        self.rests.setToolTip(view.due_basis)
        icon, ink = ("check-circle-fill", t.GREEN) if view.in_time else ("warning-octagon-fill", t.RED)
        self.sign.setPixmap(picture(icon, t.scaled(16), ink, ratio=self.devicePixelRatioF()))
        self.sign.setVisible(view.in_time is not None)
        self.receipt.setText(_receipt_words(view, today))
        if [pair.point for pair in self.pairs] != list(view.points):
            self._points.clear()
            self.pairs = [PointPair(point) for point in view.points]
            for pair in self.pairs:
                pair.chosen.connect(self.ticked)
                self._points.add(pair)
        for pair in self.pairs:
            pair.show_found(report.points.get(pair.point), read_only=read_only)
        there = sum(report.points.get(point) is True for point in view.points)
        self.count.setText(f"{there} / {len(view.points)}")


def _receipt_words(view: ReportCheckView, today: date) -> str:
    report = view.report
    if report.received_on is None:
        return ""
    words = f"受領 {short_date(report.received_on, today)}　{report.received_how}"
    if view.in_time is None or view.limit is None:
        return words
    days = (report.received_on - view.limit).days
    return f"{words}　{'期限内' if view.in_time else f'期限の{days}日後'}"


class CompletenessBox(QFrame):
    """条文に書くことがそろっているか: the points of the clause, each there or not, with words and who writes it.

    On a narrow window only what is missing is said. Signals: none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "note")
        self._points: tuple[PointState, ...] = ()
        self._narrow = False
        self.clause = label("", "small")
        self.count = label("", "h2")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label("条文に書くことがそろっているか", "strong"))
        head.addWidget(self.clause)
        self.missing = label("", "smallink", wrap=True)
        head.addWidget(self.missing, 1)
        head.addWidget(self.count)
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._lines)

    def show_points(self, points: Sequence[PointState], clause: str) -> None:
        """Show the points of a clause."""
        done = sum(point.done for point in points)
        whole = done == len(points)
        self.clause.setText(clause)
        self.count.setText(f"{done} / {len(points)}")
        self.setAccessibleName(f"条文に書くこと　{len(points)}のうち{done}")
        self.setProperty("tone", "quiet" if whole else "amber")
        self.style().polish(self)
        if tuple(points) != self._points:
            self._points = tuple(points)
            self._lay_out()
        self.fold(self._narrow)

    def fold(self, narrow: bool) -> None:
        """Say only what is missing when there is little room."""
        self._narrow = narrow
        missing = [f"{point.point}（{point.writer}）" for point in self._points if not point.done]
        self._lines.setVisible(not narrow)
        self.missing.setText("" if not narrow else f"まだ　{'、'.join(missing)}" if missing else "そろっています。")

    def _lay_out(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for number, point in enumerate(self._points):
            icon, ink = ("check-circle-fill", t.GREEN) if point.done else ("hourglass-medium", t.AMBER)
            sign = QLabel()
            sign.setPixmap(picture(icon, t.scaled(16), ink, ratio=self.devicePixelRatioF()))
            sign.setAccessibleName("済" if point.done else "まだ")
            writer = "" if point.done or point.point == "アンケートの集計結果" else f"　{point.writer}が記入"
            words = label(f"{point.words}{writer}", "small", wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(rule(), 2 * number, 0, 1, 3)
            self._grid.addWidget(sign, 2 * number + 1, 0)
            self._grid.addWidget(label(point.point, "strong" if point.done else "warned", wrap=True), 2 * number + 1, 1)
            self._grid.addWidget(words, 2 * number + 1, 2)
        self._grid.setColumnStretch(2, 1)
