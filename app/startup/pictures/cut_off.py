"""Finds what a screen cuts off: columns beyond the edge of their list, titles and words longer than their room."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView, QWidget

from app.startup.pictures.words import visible_parts
from app.window import theme as t

_ROUNDING = 1


def cut_off(front: QWidget) -> list[str]:
    """Return in words what is cut off in a window or dialog; what a scroll area hides below its edge is not."""
    found: list[str] = []
    for part in visible_parts(front):
        if isinstance(part, QTableView):
            found += _in_table(part)
        elif isinstance(part, QLabel) and not part.wordWrap() and part.textFormat() != Qt.TextFormat.RichText:
            needed = part.sizeHint().width()
            if part.text() and needed > part.width() + _ROUNDING:
                found.append(f"{part.text()} {part.width()}/{needed}")
        elif isinstance(part, QAbstractButton) and part.text():
            needed = part.minimumSizeHint().width()
            if needed > part.width() + _ROUNDING:
                found.append(f"{part.text()} {part.width()}/{needed}")
    return found


def _in_table(view: QTableView) -> list[str]:
    header = view.horizontalHeader()
    found = []
    if header.length() > view.viewport().width() + _ROUNDING:
        found.append(f"{view.accessibleName()} {view.viewport().width()}/{header.length()}")
    metrics = QFontMetricsF(t.font("small", bold=True))
    model = view.model()
    for column in range(model.columnCount(QModelIndex())):
        title = str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
        needed = round(max(metrics.horizontalAdvance(line) for line in title.split("\n")))
        if not view.isColumnHidden(column) and needed > view.columnWidth(column) + _ROUNDING:
            found.append(f"{title} {view.columnWidth(column)}/{needed}")
    return found
