"""The versions of a handout: what is awaited, what came when and how, its result, and the way to its file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.subjects.materials.services.materials import MaterialView, VersionRow
from app.widgets.buttons import link_button
from app.widgets.labels import label, rule


class VersionList(QWidget):
    """Versions, newest first. Signals: ``open_asked(int)`` the version whose file is to be shown."""

    open_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_view(self, view: MaterialView) -> None:
        """Show what came and what is asked for."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if view.next_words:
            self._column.addWidget(_line(label(view.next_words, "second", wrap=True), label("受託者", "small")))
            self._column.addWidget(rule())
        for row in view.versions:
            self._column.addWidget(self._version(row))
            self._column.addWidget(rule())
        if not view.versions:
            self._column.addWidget(label("まだ受領していません。", "second", wrap=True))

    def _version(self, row: VersionRow) -> QWidget:
        version = row.version
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addWidget(
            label(f"第{version.version}版　{row.received_words}", "strong" if row.newest else "body", wrap=True)
        )
        small = [version.file_name or "ファイルなしで受領"]
        small += [row.result_words] if row.result_words else []
        small += [f"理由：{version.result_note}"] if version.result_note else []
        column.addWidget(label("\n".join(small), "small", wrap=True))
        if version.file_id is None:
            return words
        open_ = link_button("開く", lambda: self.open_asked.emit(version.id))
        open_.setAccessibleName(f"第{version.version}版を開く")
        return _line(words, open_)


def _line(words: QWidget, end: QWidget) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(words, 1)
    line.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)
    return made
