"""A line for the path of a file with a button to choose it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.widgets.buttons import Button
from app.widgets.forms.form_fields import OneLine
from app.widgets.labels import with_accessible_name
from app.widgets.layouts import in_row

_NAME = "当日持出しファイル"
_KINDS = f"{_NAME} (*.dkday)"


class FileField(QWidget):
    """Field for the path of a 当日持出しファイル.

    Signals: ``changed()`` on every change; ``entered()`` Enter in the line.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, *, placeholder: str = ""):
        super().__init__()
        self.box = with_accessible_name(OneLine(), _NAME)
        self.box.setPlaceholderText(placeholder)
        self.browse = Button("ファイルを選ぶ", self._browse, icon_name="folder-open")
        in_row((self.box, 1), self.browse, owner=self, spacing=8)
        self.setFocusProxy(self.box)
        self.box.textChanged.connect(lambda _text: self.changed.emit())
        self.box.returnPressed.connect(self.entered)

    def path(self) -> Path | None:
        """Return the path, or None while the line is empty; quotes around a copied path are removed."""
        text = self.box.text().strip().strip('"')
        return Path(text) if text else None

    def set_path(self, path: str) -> None:
        """Set the path in the line."""
        self.box.setText(path)

    def _browse(self) -> None:
        """Open the system's file dialog, and put the path of a chosen file into the field."""
        start = self.path()
        folder = str(start.parent) if start is not None else ""
        chosen, _kind = QFileDialog.getOpenFileName(self, _NAME, folder, _KINDS)
        if chosen:
            self.box.setText(str(Path(chosen)))
