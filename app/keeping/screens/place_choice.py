"""Where new data shall lie: on this PC or in the shared folder, looked at before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.keeping.screens.place_look import PlaceLook
from app.widgets.buttons import Button
from app.widgets.screen import row
from app.window.background_task import Tasks

if TYPE_CHECKING:
    from app.keeping.services.places import Place


class PlaceChoice(QWidget):
    """The choice; ``seen`` says what the place is good for. Signals: none."""

    def __init__(self, tasks: Tasks, own: Path, *, look: Callable[[Path], Place]) -> None:
        """``own`` is the folder on this PC; ``look`` looks at a folder (beside the window)."""
        super().__init__()
        self._own = own
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.here = QRadioButton("このPCの中（ひとりで使う）")
        self.shared = QRadioButton("共有フォルダーの中（2人から5人で使う）")
        self._group = QButtonGroup(self)
        for button in (self.here, self.shared):
            self._group.addButton(button)
        self.here.setChecked(True)
        column.addLayout(row(self.here, self.shared, None, spacing=16))
        self.path = QLineEdit()
        self.path.setPlaceholderText("共有フォルダーの場所")
        self.path.setAccessibleName("共有フォルダーの場所")
        self.browse = Button("フォルダーを選ぶ", self._browse, icon_name="folder-open")
        self._path_line = QWidget()
        line = row(self.path, self.browse)
        line.setStretch(0, 1)
        self._path_line.setLayout(line)
        self._path_line.hide()
        column.addWidget(self._path_line)
        self.seen = PlaceLook(tasks, look=look, named=self.folder, knowingly="承知のうえで、この場所に作成する")
        column.addWidget(self.seen)
        self._group.buttonToggled.connect(lambda _b, on: self._switch() if on else None)
        self.path.textEdited.connect(lambda _text: self.seen.wait())
        QTimer.singleShot(0, self, self.seen.look_again)

    def folder(self) -> Path | None:
        """The folder named now, or None while none is."""
        if self.here.isChecked():
            return self._own
        text = self.path.text().strip().strip('"')
        return Path(text) if text else None

    def name_folder(self, folder: Path) -> None:
        """Name a folder in the shared place."""
        self.shared.setChecked(True)
        self.path.setText(str(folder))
        self.seen.look_again()

    def _switch(self) -> None:
        self._path_line.setVisible(self.shared.isChecked())
        self.seen.look_again()
        if self.shared.isChecked():
            self.path.setFocus()

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "共有フォルダーを選ぶ", self.path.text())
        if chosen:
            self.name_folder(Path(chosen))
