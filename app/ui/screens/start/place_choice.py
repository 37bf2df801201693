"""Where new data shall lie: on this PC or in the shared folder, looked at before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from app.ui.background_task import Tasks
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Paragraph
from app.ui.widgets.path_words import path_words
from app.ui.widgets.screen import row

if TYPE_CHECKING:
    from app.services.places import Place

_SAID = {
    "free": ("書き込めることを確かめました。ここに作成します：", "smallink"),
    "data": ("ここには、すでにデジ活デスクのデータがあります：", "warned"),
    "closed": ("このフォルダーには書き込めません。別のフォルダーを選んでください：", "problem"),
    "missing": ("このフォルダーが見つかりません。接続をご確認ください：", "problem"),
}


class PlaceChoice(QWidget):
    """The choice. Signals: ``looked(object)`` the place after it was looked at (``Place``)."""

    looked = Signal(object)

    def __init__(self, tasks: Tasks, own: Path, *, look: Callable[[Path], Place]) -> None:
        """``own`` is the folder on this PC; ``look`` looks at a folder (beside the window)."""
        super().__init__()
        self._tasks = tasks
        self._own = own
        self._look = look
        self.place: Place | None = None
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
        self.said = Paragraph(role="smallink")
        column.addWidget(self.said)
        self._turn = 0
        self._soon = QTimer(self, singleShot=True, interval=250)
        self._soon.timeout.connect(self.look_again)
        self._group.buttonToggled.connect(lambda _b, on: self._switch() if on else None)
        self.path.textEdited.connect(lambda _text: self._wait())
        QTimer.singleShot(0, self, self.look_again)

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
        self.look_again()

    def look_again(self) -> None:
        """Look at the folder now."""
        folder = self.folder()
        self._say(None)
        self._turn += 1
        turn = self._turn
        if folder is None or not folder.is_absolute():
            return
        self._tasks.apart(
            lambda: (turn, self._look(folder)), done=self._tell, owner=self, title="フォルダーを確かめています"
        )

    def _wait(self) -> None:
        self._say(None)
        self._soon.start()

    def _switch(self) -> None:
        self._path_line.setVisible(self.shared.isChecked())
        self.look_again()
        if self.shared.isChecked():
            self.path.setFocus()

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "共有フォルダーを選ぶ", self.path.text())
        if chosen:
            self.name_folder(Path(chosen))

    def _tell(self, found: tuple[int, Place]) -> None:
        turn, place = found
        # Only the newest look counts: an older one saw the folder as it was before.
        if turn == self._turn:
            self._say(place)

    def _say(self, place: Place | None) -> None:
        self.place = place
        words, role = _SAID[place.kind] if place is not None else ("", "smallink")
        self.said.say(f"{words}\n{path_words(place.folder)}" if place is not None else "")
        self.said.setProperty("role", role)
        self.said.style().polish(self.said)
        self.looked.emit(place)
