"""The grid of 数字の食い違い検査, with a row for each number and a column for each place.

A red frame differs, a dashed amber one is an older document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.common.join_nonempty import join_nonempty
from app.subjects.submissions.consistency.rules import UNITS, ComparedNumber, NumberSource, SourceNumber
from app.window import theme as t
from app.window.icons import paint_icon
from app.window.painting import stroke

Index = QModelIndex | QPersistentModelIndex

_ROOT: Final = QModelIndex()
NAME, OURS, FIRST_PLACE = 0, 1, 2
_NAMES, _OURS, _LEAST, _MOST = 128, 88, 76, 200
_ICON, _PAD = 14, 8
_SIGNS: Final = {
    "食い違い": ("warning-octagon-fill", t.RED),
    "古い紙": ("clock-counter-clockwise", t.AMBER),
    "理由あり": ("check-circle", t.INK_SECONDARY),
}
"""The icon and the colour of a framed value."""


def shown_value(row: ComparedNumber, value: str) -> str:
    """Return a value as the grid shows it; for question rows the people are shown by the number of rows."""
    if row.name in UNITS or not value:
        return value
    return f"{len(value.split('・'))}行"


def cell_words(row: ComparedNumber, cell: SourceNumber) -> str:
    """Return the text of a cell, also for screen readers."""
    if cell.status == "載らない":
        return "—"
    return "記載なし" if cell.status == "記載なし" else shown_value(row, cell.value)


class NumberModel(QAbstractTableModel):
    """The table model of one event's numbers, with its places as columns."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[ComparedNumber, ...] = ()
        self.places: tuple[NumberSource, ...] = ()

    def show_rows(self, rows: Sequence[ComparedNumber], sources: Sequence[NumberSource]) -> None:
        """Replace the numbers shown."""
        self.beginResetModel()
        self.rows, self.places = tuple(rows), tuple(sources)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return one row a number."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the columns (name, own value, and every place)."""
        return 0 if parent.isValid() else FIRST_PLACE + len(self.places)

    def cell_at(self, index: Index) -> SourceNumber | None:
        """Return the cell of a place, None for the name and the own value."""
        if not index.isValid() or index.column() < FIRST_PLACE:
            return None
        return self.rows[index.row()].cells[index.column() - FIRST_PLACE]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell; screen readers get place, value and status."""
        row, cell = self.rows[index.row()], self.cell_at(index)
        words = row.name if index.column() == NAME else shown_value(row, row.ours) or "—"
        if cell is not None:
            words = cell_words(row, cell)
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            where = "今の記録" if cell is None else cell.source.title
            stand = cell.status if cell is not None else ""
            return f"{row.name}　{where}　{words}{row.unit}　{stand}".rstrip("　")
        if role == Qt.ItemDataRole.ToolTipRole and cell is not None and cell.value:
            return join_nonempty(cell.value, cell.status, cell.reason)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the place, its version, and the day with its occasion, a line each."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == NAME else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            if section < FIRST_PLACE:
                return ("数", "今の記録\n名簿・受付")[section]
            place = self.places[section - FIRST_PLACE]
            title, _, version = place.title.partition(" ")
            day = f"{place.day.month}/{place.day.day} {place.occasion}" if place.day else place.occasion
            return join_nonempty(title, version, day, separator="\n")
        return None


class _CellPainter(QStyledItemDelegate):
    """Draws one cell, with a frame around the current row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell (Qt override)."""
        model = index.model()
        assert isinstance(model, NumberModel)
        row, cell = model.rows[index.row()], model.cell_at(index)
        area = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = t.RED_TINT if row.contradictions else t.ACCENT_TINT if index.column() == OURS else t.PAGE
        painter.fillRect(area, QColor(ground))
        painter.setPen(stroke(t.ROW_LINE))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        words = str(index.data())
        if cell is not None and cell.status in _SIGNS:
            _draw_sign(painter, area, words, cell)
        elif index.column() == OURS and words != "—":
            _draw_ours(painter, area, words, row)
        else:
            _draw_words(painter, area, words, row, cell)
        self._frame(painter, area, index)
        painter.restore()

    def _frame(self, painter: QPainter, area: QRectF, index: Index) -> None:
        view = self.parent()
        assert isinstance(view, NumberGrid)
        current = view.currentIndex()
        if current.row() != index.row():
            return
        painter.setPen(stroke(t.ACCENT, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inner = area.adjusted(0, 1, 0, -1)
        painter.drawLine(inner.topLeft(), inner.topRight())
        painter.drawLine(inner.bottomLeft(), inner.bottomRight())
        if index.column() == NAME:
            painter.drawLine(inner.topLeft() + _RIGHT, inner.bottomLeft() + _RIGHT)
        if index.column() == index.model().columnCount() - 1:
            painter.drawLine(inner.topRight() - _RIGHT, inner.bottomRight() - _RIGHT)
        if current.column() == index.column() and view.hasFocus():
            painter.drawRect(area.adjusted(2, 3, -2, -3))


_RIGHT: Final = QPointF(1, 0)


def _draw_sign(painter: QPainter, area: QRectF, words: str, cell: SourceNumber) -> None:
    """Draw a framed value with its icon, solid red where it differs, dashed amber on an older document."""
    sign, colour = _SIGNS[cell.status]
    font = t.font("body", bold=True)
    side, wide = t.scaled(_ICON), QFontMetricsF(font).horizontalAdvance(words)
    need = wide + side + 3 * _PAD / 2 + 4
    box = QRectF(area.right() - need - 6, area.top() + 4, need, area.height() - 8)
    pen = stroke(colour, 1.5)
    if cell.status == "古い紙":
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(t.AMBER_TINT if cell.status == "古い紙" else t.PAGE)
    painter.drawRoundedRect(box, t.RADIUS, t.RADIUS)
    paint_icon(painter, sign, QRectF(box.left() + _PAD / 2 + 1, box.center().y() - side / 2, side, side), colour)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(
        box.adjusted(0, 0, -_PAD / 2 - 1, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
    )


def _draw_ours(painter: QPainter, area: QRectF, words: str, row: ComparedNumber) -> None:
    """Draw the own number large and its unit small."""
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    small, unit = t.font("small"), row.unit
    painter.setFont(small)
    painter.setPen(t.INK_SECONDARY)
    painter.drawText(area.adjusted(0, 0, -_PAD, 0), right, unit)
    wide = QFontMetricsF(small).horizontalAdvance(unit) + 4 if unit else 0
    painter.setFont(t.font("date"))
    painter.setPen(t.INK)
    painter.drawText(area.adjusted(0, 0, -_PAD - wide, 0), right, words)


def _draw_words(painter: QPainter, area: QRectF, words: str, row: ComparedNumber, cell: SourceNumber | None) -> None:
    plain = cell is not None and cell.status in ("載らない", "記載なし")
    name = cell is None and words == row.name
    painter.setFont(t.font("small") if words == "記載なし" else t.font("body", bold=name and bool(row.contradictions)))
    painter.setPen(t.INK_WEAK if plain else t.INK)
    side = Qt.AlignmentFlag.AlignLeft if name else Qt.AlignmentFlag.AlignRight
    painter.drawText(area.adjusted(_PAD, 0, -_PAD, 0), side | Qt.AlignmentFlag.AlignVCenter, words)


class NumberGrid(QTableView):
    """The grid of numbers; ←→↑↓ move, Enter opens.

    Signals: ``chosen(object)`` the row of the current cell (None = none); ``opened(object, object)`` row and cell
    (None = the number itself).
    """

    chosen = Signal(object)
    opened = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.numbers = NumberModel(self)
        self.setModel(self.numbers)
        self.setItemDelegate(_CellPainter(self))
        self.setAccessibleName("数字の食い違い")
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(t.scaled(t.LOW_ROW))
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setFont(t.font("small"))
        head.setMinimumHeight(t.scaled(56))
        self.doubleClicked.connect(self._open)
        self.setTabKeyNavigation(False)

    def show_rows(self, rows: Sequence[ComparedNumber], sources: Sequence[NumberSource]) -> None:
        """Replace the numbers; the same cell stays current, else the first that differs."""
        kept, before = self.current_row(), self.current_cell()
        self.numbers.show_rows(rows, sources)
        head = self.horizontalHeader()
        head.setMinimumSectionSize(t.scaled(_LEAST))
        self._share_room()
        names = [row.name for row in self.numbers.rows]
        wanted = names.index(kept.name) if kept is not None and kept.name in names else self._first_differing()
        if names:
            keys = [place.key for place in self.numbers.places]
            same = kept is not None and before is not None and names[wanted] == kept.name and before.source.key in keys
            column = FIRST_PLACE + keys.index(before.source.key) if same and before else self._differing_column(wanted)
            self.setCurrentIndex(self.numbers.index(wanted, column))
        self.chosen.emit(self.current_row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the columns (Qt override)."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        """Share the width among the places, but keep them near the own number for comparison."""
        head = self.horizontalHeader()
        places = self.numbers.columnCount() - FIRST_PLACE
        few = places * t.scaled(_MOST) < self.viewport().width() - t.scaled(_NAMES) - t.scaled(_OURS)
        for section in range(self.numbers.columnCount()):
            fixed = section < FIRST_PLACE or few
            head.setSectionResizeMode(
                section, QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Stretch
            )
            if section >= FIRST_PLACE and few:
                self.setColumnWidth(section, t.scaled(_MOST))
        self.setColumnWidth(NAME, t.scaled(_NAMES))
        if places:
            self.setColumnWidth(OURS, t.scaled(_OURS))
        elif self.numbers.columnCount() > OURS:
            head.setSectionResizeMode(OURS, QHeaderView.ResizeMode.Stretch)

    def current_row(self) -> ComparedNumber | None:
        """Return the row of the current cell."""
        at = self.currentIndex()
        return self.numbers.rows[at.row()] if at.isValid() and at.row() < len(self.numbers.rows) else None

    def current_cell(self) -> SourceNumber | None:
        """Return the current cell of a place."""
        return self.numbers.cell_at(self.currentIndex())

    def _first_differing(self) -> int:
        order = [at for at, row in enumerate(self.numbers.rows) if row.contradictions]
        order += [at for at, row in enumerate(self.numbers.rows) if row.outdated]
        return order[0] if order else 0

    def _differing_column(self, at: int) -> int:
        cells = self.numbers.rows[at].cells
        wrong = [place for place, cell in enumerate(cells) if cell.status in ("食い違い", "古い紙")]
        return FIRST_PLACE + wrong[-1] if wrong else OURS

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Redraw both rows entirely when the current cell changes."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.chosen.emit(self.current_row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the people or the document behind a cell on Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        row = self.current_row()
        if row is not None and index.isValid():
            self.opened.emit(row, self.numbers.cell_at(index))
