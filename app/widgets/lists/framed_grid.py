"""A grid of single painted cells, with a frame around the row of the current one."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.widgets.lists.record_view import ENSURE_VISIBLE, begin_with_whole_row
from app.window import theme as t
from app.window.painting import smooth, stroke

Index = QModelIndex | QPersistentModelIndex


class FramedCell(QStyledItemDelegate):
    """Draws a cell on its ground, above the line of its row, and its part of the frame around the current row."""

    inset = 1.0
    focused_line = 2

    def ground(self, _index: Index) -> str:
        """Return the colour behind a cell."""
        return t.PAGE

    def draw(self, painter: QPainter, area: QRectF, index: Index) -> None:
        """Draw what a cell says, by itself nothing."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground, the line, the cell and the frame."""
        area, view = QRectF(option.rect), self.parent()
        assert isinstance(view, FramedGrid)
        with smooth(painter):
            painter.fillRect(area, QColor(self.ground(index)))
            painter.setPen(stroke(t.ROW_LINE))
            painter.drawLine(area.bottomLeft(), area.bottomRight())
            self.draw(painter, area, index)
            if view.currentIndex().row() == index.row():
                painter.setPen(stroke(t.ACCENT, self.focused_line if view.hasFocus() else 2))
                inner, aside = area.adjusted(0, self.inset, 0, -self.inset), QPointF(self.inset, 0)
                painter.drawLine(inner.topLeft(), inner.topRight())
                painter.drawLine(inner.bottomLeft(), inner.bottomRight())
                if index.column() == 0:
                    painter.drawLine(inner.topLeft() + aside, inner.bottomLeft() + aside)
                if index.column() == index.model().columnCount() - 1:
                    painter.drawLine(inner.topRight() - aside, inner.bottomRight() - aside)


class FramedGrid(QTableView):
    """A grid whose cells a ``FramedCell`` draws; the arrow keys move in it, Tab leaves it."""

    def __init__(self, name: str, model: QAbstractTableModel, *, head_height: int):
        super().__init__()
        model.setParent(self)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setMinimumHeight(t.scaled(head_height))

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = ENSURE_VISIBLE) -> None:
        """Scroll a cell into sight; a grid that moved begins with a whole row."""
        before = self.verticalScrollBar().value()
        super().scrollTo(index, hint)
        begin_with_whole_row(self, before)
