"""Reads what a picture will show: its texts, its structure, and the messages of empty lists.

Folders and the name of this machine are replaced by those of an office PC, as the pictures are published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from app.data_folder.services.data_folder import this_pc
from app.widgets.panel import EmptyState
from app.window.line_breaks import breakable_path, joined_paths

_HEADINGS = ("h1", "h2")
_VARYING = re.compile(r"E-[0-9A-F]+|[\d０-９]+")
NEUTRAL_FOLDER = r"C:\デジ活デスク"
NEUTRAL_DOCUMENTS = r"H:\ドキュメント\デジ活デスク"
"""A typical folder of a user's own documents in an office."""
_NEUTRAL_NAMES = {f"PC「{this_pc()}」": "PC「係のPC」"}


def visible_texts(front: QWidget) -> list[str]:
    """Return every visible text of a window or dialog: labels, fields, lists and their headings, buttons.

    Of a button its accessible name is returned, too; of a list all rows, also those out of sight.
    """
    found = []
    for part in visible_parts(front):
        if isinstance(part, QLabel):
            found.append(_label_text(part))
        elif isinstance(part, QAbstractButton):
            found += [part.text(), part.accessibleName()]
        elif isinstance(part, QComboBox):
            found.append(part.currentText())
        elif isinstance(part, QLineEdit):
            found.append(part.text())
        elif isinstance(part, QPlainTextEdit):
            found.append(part.toPlainText())
        elif isinstance(part, QAbstractItemView):
            found += _list_texts(part)
    return [text for text in found if text]


def fixed_texts(front: QWidget) -> list[str]:
    """Return the fixed texts of a screen: headings, buttons, tabs, columns; sorted, each once, without numbers.

    The content of lists is data and may change without the screen having changed.
    """
    found = []
    for part in visible_parts(front):
        if isinstance(part, QLabel) and part.property("role") in _HEADINGS:
            found.append(_label_text(part))
        elif isinstance(part, QAbstractButton):
            found.append(part.text() or part.accessibleName())
        elif isinstance(part, QTableView) and part.model() is not None:
            found += _headings(part)
    plain = (_VARYING.sub("", joined_paths(text)).strip() for text in found)
    return sorted({text for text in plain if text})


def empty_list_texts(front: QWidget) -> list[str]:
    """Return the messages shown in empty lists within the visible area."""
    empty = [
        part for part in visible_parts(front) if isinstance(part, EmptyState) and not part.visibleRegion().isEmpty()
    ]
    return [part.words() for part in empty if part.words()]


def visible_parts(front: QWidget) -> Iterator[QWidget]:
    """Yield every visible widget of a window or dialog."""
    return (part for part in front.findChildren(QWidget) if part.isVisible())


def _label_text(part: QLabel) -> str:
    text = part.text()
    if part.textFormat() == Qt.TextFormat.RichText:
        text = QTextDocumentFragment.fromHtml(text).toPlainText()
    return joined_paths(text)


def _list_texts(part: QAbstractItemView) -> list[str]:
    """Return the headings and all cell texts of a list; none without a model."""
    model = part.model()
    if model is None:
        return []
    root = QModelIndex()
    headings = _headings(part) if isinstance(part, QTableView) else [""]
    rows = range(model.rowCount(root))
    return [*headings, *(str(model.index(row, n, root).data() or "") for row in rows for n in range(len(headings)))]


def _headings(part: QTableView) -> list[str]:
    model = part.model()
    across, shown = Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole
    return [str(model.headerData(n, across, shown) or "") for n in range(model.columnCount(QModelIndex()))]


def neutralise_paths(front: QWidget, places: Mapping[Path, str]) -> None:
    """Replace paths and the name of this machine by neutral ones in all visible widgets."""
    for part in visible_parts(front):
        if not isinstance(part, QLabel | QLineEdit):
            continue
        before = joined_paths(part.text())
        text = before
        for place, instead in places.items():
            for path in re.findall(re.escape(str(place)) + r"[^\s<　]*", text):
                shown = (instead + path.removeprefix(str(place))).replace("/", "\\")
                text = text.replace(path, breakable_path(shown))
        for name, instead in _NEUTRAL_NAMES.items():
            text = text.replace(name, instead)
        if text != before:
            part.setText(text)


def machine_texts(front: QWidget, folder: Path) -> list[str]:
    """Return the texts that still contain a path of this machine: ``folder``, the home or the current folder."""
    known = {str(place) for place in (folder, Path.home(), Path.cwd()) if place != place.parent}
    return [text for text in visible_texts(front) if any(place in joined_paths(text) for place in known)]
