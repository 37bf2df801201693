"""Checks in the background what a chosen folder can be used for, and shows the result before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.widgets.display_texts import path_words
from app.widgets.labels import Paragraph
from app.widgets.layouts import in_column
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window.background_task import Tasks
from app.window.debounce import debounce

if TYPE_CHECKING:
    from app.data_folder.services.folder_choice import CheckedFolder

_KIND_TEXTS = {
    "free": ("書き込めることを確かめました。ここに作成します：", "smallink"),
    "data": ("ここには、すでにデジ活デスクのデータがあります：", "warned"),
    "taken": ("このフォルダーには、すでにファイルがあります。新しいフォルダーの名前にしてください：", "problem"),
}


class FolderCheckView(QWidget):
    """Message under a folder field. Signals: ``checked(object)`` the ``CheckedFolder``, None while it is unknown.

    A free folder that is synchronised to other PCs is usable only after the user has ticked a box; then ``checked`` is
    emitted again. A folder that holds data already is usable without that.
    """

    checked = Signal(object)

    def __init__(
        self,
        tasks: Tasks,
        *,
        check: Callable[[Path], CheckedFolder],
        chosen_folder: Callable[[], Path | None],
        accept_label: str,
    ):
        """Build the view; ``check`` checks a folder in the background.

        ``chosen_folder`` returns the folder, None if none is chosen. ``accept_label`` is the box to tick for a
        synchronised place.
        """
        super().__init__()
        self._tasks = tasks
        self._check = check
        self._chosen_folder = chosen_folder
        self.checked_folder: CheckedFolder | None = None
        self.text = Paragraph(role="smallink")
        column = in_column(self.text, owner=self, spacing=6)
        self.caution = NoteBox(tone="amber", parent=self)
        column.addWidget(self.caution)
        self.accept_box = QCheckBox(accept_label)
        self.accept_box.hide()
        self.accept_box.toggled.connect(lambda _on: self.checked.emit(self.checked_folder))
        column.addLayout(widget_row(self.accept_box, None))
        self._check_number = 0
        self._check_timer = debounce(self, self.check_now, 250)

    def is_usable(self) -> bool:
        """Return whether data may be created or opened in the folder, as far as the check went.

        Where the check asks for consent, its box must be ticked; False before there is a result.
        """
        place = self.checked_folder
        if place is None or place.kind not in ("free", "data"):
            return False
        return not self.accept_box.isVisibleTo(self) or self.accept_box.isChecked()

    def check_soon(self) -> None:
        """Forget the last result and check the folder after a short delay; called while the user is typing."""
        self._show_result(None)
        self._check_timer.start()

    def check_now(self) -> None:
        """Check the chosen folder in the background; until then, and while none is chosen, the result is unknown."""
        folder = self._chosen_folder()
        self._check_timer.stop()
        self._show_result(None)
        self._check_number += 1
        turn = self._check_number
        if folder is None:
            return
        self._tasks.run_in_background(
            lambda: (turn, self._check(folder)),
            on_done=self._on_checked,
            owner=self,
            title="フォルダーを確かめています",
        )

    def _on_checked(self, result: tuple[int, CheckedFolder]) -> None:
        """Show the result of a check unless a newer one has begun."""
        turn, place = result
        # Only the newest look counts: an older one saw the folder as it was before.
        if turn == self._check_number:
            self._show_result(place)

    def _show_result(self, folder: CheckedFolder | None) -> None:
        """Show what the folder can be used for (None = unknown), and emit ``checked``."""
        from db.files.synced_folders import synced_data_message

        if folder is None or self.checked_folder is None or folder.folder != self.checked_folder.folder:
            self.accept_box.setChecked(False)
        self.checked_folder = folder
        words, role = "", "smallink"
        if folder is not None:
            words, role = _KIND_TEXTS.get(folder.kind, (folder.problem, "problem"))
        self.text.show_text(f"{words}\n{path_words(folder.folder)}" if folder is not None else "")
        self.text.setProperty("role", role)
        self.text.style().polish(self.text)
        copied = folder.copied_by if folder is not None else ""
        self.caution.show_text(synced_data_message(copied) if copied else "")
        self.accept_box.setVisible(folder is not None and bool(copied) and folder.kind == "free")
        self.checked.emit(folder)
