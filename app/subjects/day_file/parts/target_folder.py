"""Where a 当日持出しファイル is written: usually a USB stick, remembered from last time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.file_locations import exports_folder
from app.papers.screens.paper_folder import CopiedNote
from app.widgets.buttons import Button
from app.widgets.labels import label
from app.widgets.path_words import path_words
from app.window import theme as t
from app.window.desk import Desk
from app.window.remembered import recall, remember

_LAST = "day_file/folder"
_GAP = 16


class TargetFolder(QWidget):
    """The folder in words and the button that changes it. Signals: none."""

    def __init__(self, desk: Desk, *, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folder = Path(str(recall(_LAST, "") or exports_folder()))
        self.place = label(path_words(self.folder), wrap=True)
        self.place.setAccessibleName("保存先のフォルダー")
        self.change = Button("場所を変える", self._choose, icon_name="folder-open")
        name = label("保存先")
        name.setFixedWidth(t.scaled(label_width))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        line.addWidget(name)
        line.addWidget(self.place, 1)
        line.addWidget(self.change)
        column.addLayout(line)
        self.copied = CopiedNote(desk, indent=t.scaled(label_width) + _GAP)
        column.addWidget(self.copied)
        self.copied.look_at(self.folder)

    def choose(self, folder: Path) -> None:
        """Write into ``folder`` from now on."""
        self.folder = folder
        self.place.setText(path_words(folder))
        self.copied.look_at(folder)

    def keep(self) -> None:
        """Remember the folder, once a file was written there."""
        remember(_LAST, str(self.folder))

    def ready(self) -> Path:
        """The folder; the one that is offered first is made when it is not there yet."""
        if self.folder == exports_folder():
            self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    def _choose(self) -> None:
        start = str(self.folder if self.folder.exists() else Path.home())
        chosen = QFileDialog.getExistingDirectory(self, "保存先のフォルダーを選ぶ", start)
        if chosen:
            self.choose(Path(chosen))
