"""数字の突合: theirs typed beside ours, differences marked, each with its handling."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.subjects.reports.screens.difference_marks import numbered
from app.subjects.reports.screens.figure_row import FigureRow
from app.subjects.reports.screens.report_words import record_place
from app.subjects.reports.services.report_check import ReportCheckView
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label
from app.window import theme as t

_HEADS = ("項目", "報告書", "頁", "区の記録", "差", "区の記録の出どころ", "扱い")
_SOURCE = 5
_WIDE = 640


class FigureTable(QWidget):
    """The rows.

    Signals: ``settled(FigureRow)`` a row is to be saved; ``refresh_asked()`` read our records again;
    ``followed(WayThere)`` to the ward's own record; ``page_asked(int)`` look at that page of the report.
    """

    settled = Signal(object)
    refresh_asked = Signal()
    followed = Signal(object)
    page_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[FigureRow] = []
        self._event_id = 0
        self._narrow: bool | None = None
        self.count = label("", "differs")
        self.same = label("", "second")
        self.refresh = Button("区の記録を読み直す", self.refresh_asked.emit, icon_name="arrows-clockwise", low=True)
        head = FlowRow(label("数字の突合", "h2"), self.count, self.same, self.refresh, spacing=12)
        self._frame = QFrame()
        self._grid = QGridLayout(self._frame)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._heads = [self._head(words) for words in _HEADS]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(head)
        column.addWidget(self._frame)
        column.addWidget(
            label(
                "書かれていない数字は「なし」と入力します。数字だけ入力すると単位が付きます。Enter でつぎの項目へ進みます。",
                "small",
                wrap=True,
            )
        )

    def show_view(self, view: ReportCheckView, *, read_only: bool) -> None:
        """Show the figures of a report; a box that is being typed in keeps its text."""
        self._event_id = view.event.id
        if [row.figure.id for row in self.rows] != [figure.id for figure in view.figures]:
            self._lay_out(view)
        numbers = numbered(view.figures)
        for row, figure in zip(self.rows, view.figures, strict=True):
            row.show_figure(figure, view.earlier.get(figure.item), numbers.get(figure.id, 0), read_only=read_only)
        self.count.setText(f"差 {len(numbers)}件" if numbers else "")
        self.count.setVisible(bool(numbers))
        same = sum(bool(figure.theirs) for figure in view.figures) - len(numbers)
        self.same.setText("　".join([f"一致 {same}件", *([f"未入力 {view.untyped}件"] if view.untyped else [])]))
        self.refresh.setVisible(not read_only)
        self._fold_rows()

    def go_to_first_open(self) -> None:
        """Put the cursor into the first number that is not typed yet."""
        for row in self.rows:
            if not row.theirs.text() and row.figure.ours:
                row.theirs.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _head(self, words: str) -> QWidget:
        holder = QFrame()
        holder.setProperty("kind", "tablehead")
        line = QHBoxLayout(holder)
        line.setContentsMargins(6, 0, 6, 0)
        line.addWidget(label(words, "small"))
        holder.setMinimumHeight(t.scaled(t.HEAD))
        return holder

    def _lay_out(self, view: ReportCheckView) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None and gone not in self._heads:
                gone.hide()
                gone.deleteLater()
        for row in self.rows:
            row.deleteLater()
        for number, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, number)
        self.rows = []
        for number, figure in enumerate(view.figures):
            row = FigureRow(figure, self._frame)
            self.rows.append(row)
            self._place(row, 2 * number + 1)
            row.settled.connect(partial(self.settled.emit, row))
            row.followed.connect(lambda item: self.followed.emit(record_place(item, self._event_id)))
            row.next_asked.connect(partial(self._go_on, number))
            row.page_left.connect(self.page_asked)

    def _place(self, row: FigureRow, line: int) -> None:
        self._grid.addWidget(row.ground, line, 0, 2, len(_HEADS))
        row.ground.lower()
        verdict = _cell(row.icon, row.words)
        ours = _cell_down(row.ours, row.under)
        handling = _cell(row.choice, row.dash)
        for number, part in enumerate(
            (_cell(row.item), _cell(row.theirs), _cell(row.page), ours, verdict, _cell(row.source), handling)
        ):
            self._grid.addWidget(part, line, number)
        self._grid.setRowMinimumHeight(line, t.scaled(38))
        row.extra.setParent(self._frame)
        self._grid.addWidget(row.extra, line + 1, 1, 1, len(_HEADS) - 1)

    def _go_on(self, number: int) -> None:
        if number + 1 < len(self.rows):
            box = self.rows[number + 1].theirs
            box.setFocus(Qt.FocusReason.TabFocusReason)
            box.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the source stands under our number."""
        super().resizeEvent(event)
        narrow = event.size().width() < t.scaled(_WIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            self._fold_rows()

    def _fold_rows(self) -> None:
        narrow = bool(self._narrow)
        self._heads[_SOURCE].setVisible(not narrow)
        for column, stretch in ((0, 3), (3, 2 if narrow else 0), (_SOURCE, 0 if narrow else 1)):
            self._grid.setColumnStretch(column, stretch)
        for row in self.rows:
            row.fold(narrow)


def _cell(*parts: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(6, 2, 6, 2)
    line.setSpacing(5)
    for part in parts:
        line.addWidget(part, 1 if len(parts) == 1 else 0)
    if len(parts) > 1:
        line.addStretch(1)
    return holder


def _cell_down(*parts: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(6, 2, 6, 2)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    return holder
