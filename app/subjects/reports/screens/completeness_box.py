"""条文に書くことがそろっているか: the points of the clause, each there or not, with words and who writes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.subjects.reports.rules.report_points import PointState
from app.widgets.labels import label, rule
from app.window import theme as t
from app.window.icons import picture


class CompletenessBox(QFrame):
    """The points. On a narrow window only what is missing is said. Signals: none."""

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
