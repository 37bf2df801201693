"""What a folder that was named is good for, looked at beside the window and said before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.widgets.labels import Paragraph
from app.widgets.layouts import in_column
from app.widgets.note_box import NoteBox
from app.widgets.screen import row
from app.widgets.shown_words import path_words
from app.window.background_task import Tasks
from app.window.later import later

if TYPE_CHECKING:
    from app.data_folder.services.places import LookedFolder

_SAID = {
    "free": ("書き込めることを確かめました。ここに作成します：", "smallink"),
    "data": ("ここには、すでにデジ活デスクのデータがあります：", "warned"),
    "taken": ("このフォルダーには、すでにファイルがあります。新しいフォルダーの名前にしてください：", "problem"),
}


class PlaceLook(QWidget):
    """The words under a field for a folder. Signals: ``looked(object)`` the ``LookedFolder``, None while it is unknown.

    A place that is copied to other PCs is used only after a person has ticked that they know; then ``looked`` comes
    again.
    """

    looked = Signal(object)

    def __init__(
        self, tasks: Tasks, *, look: Callable[[Path], LookedFolder], named: Callable[[], Path | None], knowingly: str
    ) -> None:
        """``look`` looks at a folder (beside the window); ``named`` says which, None while none is.

        ``knowingly`` is what one ticks to use a place that is copied.
        """
        super().__init__()
        self._tasks = tasks
        self._look = look
        self._named = named
        self.place: LookedFolder | None = None
        self.said = Paragraph(role="smallink")
        column = in_column(self.said, owner=self, spacing=6)
        self.caution = NoteBox(tone="amber", parent=self)
        column.addWidget(self.caution)
        self.knowingly = QCheckBox(knowingly)
        self.knowingly.hide()
        self.knowingly.toggled.connect(lambda _on: self.looked.emit(self.place))
        column.addLayout(row(self.knowingly, None))
        self._turn = 0
        self._soon = later(self, self.look_again, 250)

    def may_be_used(self) -> bool:
        """Whether data may begin at the place or be opened there, as far as anybody knows."""
        place = self.place
        if place is None or place.kind not in ("free", "data"):
            return False
        return not self.knowingly.isVisibleTo(self) or self.knowingly.isChecked()

    def wait(self) -> None:
        """Look soon: somebody is still typing."""
        self._say(None)
        self._soon.start()

    def look_again(self) -> None:
        """Look at the folder now."""
        folder = self._named()
        self._soon.stop()
        self._say(None)
        self._turn += 1
        turn = self._turn
        if folder is None:
            return
        self._tasks.apart(
            lambda: (turn, self._look(folder)), done=self._tell, owner=self, title="フォルダーを確かめています"
        )

    def _tell(self, found: tuple[int, LookedFolder]) -> None:
        turn, place = found
        # Only the newest look counts: an older one saw the folder as it was before.
        if turn == self._turn:
            self._say(place)

    def _say(self, place: LookedFolder | None) -> None:
        from db.files.synced_places import copied_in_words

        if place is None or self.place is None or place.folder != self.place.folder:
            self.knowingly.setChecked(False)
        self.place = place
        words, role = "", "smallink"
        if place is not None:
            words, role = _SAID.get(place.kind, (place.problem, "problem"))
        self.said.say(f"{words}\n{path_words(place.folder)}" if place is not None else "")
        self.said.setProperty("role", role)
        self.said.style().polish(self.said)
        copied = place.copied_by if place is not None else ""
        self.caution.say(copied_in_words(copied) if copied else "")
        self.knowingly.setVisible(place is not None and bool(copied) and place.kind == "free")
        self.looked.emit(place)
