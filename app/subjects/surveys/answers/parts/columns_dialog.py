"""The columns of an answer file over another dialog: which column is which question."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.subjects.surveys.answers.parts.import_mapping import ImportMapping
from app.subjects.surveys.answers.services.survey_preview import ImportPreview
from app.window import theme as t


class ColumnsDialog(QDialog):
    """Asks for the columns. Signals: those of QDialog."""

    def __init__(self, preview: ImportPreview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("列と設問")
        self.setModal(True)
        self.mapping = ImportMapping()
        column = QVBoxLayout(self)
        column.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 0)
        column.addWidget(self.mapping)
        self.mapping.show_preview(preview)
        self.mapping.confirmed.connect(self.accept)
        self.mapping.left.connect(self.reject)
        self.finished.connect(self.deleteLater)
        window = parent.window() if parent is not None else None
        self.resize(min(880, window.width() - 16) if window is not None else 880, 440)
        self.mapping.take_focus()
