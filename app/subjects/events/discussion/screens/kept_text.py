"""A box that is saved while one types: after a short pause, at the latest after some seconds, and when it is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.acts.saved import Saved
from app.widgets.forms.growing_text import GrowingText
from app.window.desk import Desk, quietly
from db.store import Store

PAUSE_MS = 1_000
"""A pause in typing this long saves."""
AGE_MS = 4_000
"""Typing without a pause is saved at least this often."""


class KeptText(QObject):
    """What keeps ``box``: ``change(text)`` is the service that saves it, ``same(stored, typed)`` whether both say one
    thing.

    What is stored takes the place of what stands there only where nothing typed waits and the cursor would not jump:
    a line just begun stays while the one above it is saved. Without the seat nothing is saved; it stays half typed.
    """

    def __init__(
        self,
        desk: Desk,
        box: GrowingText,
        change: Callable[[str], Callable[[Store], Saved]],
        *,
        same: Callable[[str, str], bool],
    ) -> None:
        super().__init__(box)
        self._desk, self.box, self._change, self._same = desk, box, change, same
        self._kept = ""
        self._under_way = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._age = QTimer(self, singleShot=True, interval=AGE_MS)
        for timer in (self._pause, self._age):
            timer.timeout.connect(self.save)
        box.textChanged.connect(self._note_edit)
        box.gone.connect(self.save)
        desk.lock_changed.connect(self._note_lock)

    @property
    def dirty_fields(self) -> bool:
        """Whether something stands here that is not saved."""
        return self.box.toPlainText() != self._kept

    def show_text(self, stored: str) -> None:
        """Show what is stored, unless something typed waits or says the same."""
        self.box.setReadOnly(self._desk.read_only)
        if self._under_way or self.dirty_fields:
            return
        if not (self.box.hasFocus() and self._same(stored, self.box.toPlainText())):
            self.box.show_text(stored)
        self._kept = self.box.toPlainText()

    def save(self) -> None:
        """Save what was typed since."""
        self._pause.stop()
        self._age.stop()
        if not self.dirty_fields or self._desk.read_only:
            return
        self._kept = self.box.toPlainText()
        self._under_way += 1
        self._desk.write(quietly(self._change(self._kept)), self._end, failed=self._fail, owner=self.box)

    def _note_edit(self) -> None:
        self._pause.start()
        if not self._age.isActive():
            self._age.start()

    def _note_lock(self) -> None:
        """The seat is back: what was half typed is saved as after a pause in typing."""
        self.box.setReadOnly(self._desk.read_only)
        if self.dirty_fields and not self._desk.read_only:
            self._pause.start()

    def _end(self, _saved: object) -> None:
        self._under_way -= 1
        if not self.dirty_fields:
            self.box.document().setModified(False)

    def _fail(self, problem: Exception) -> None:
        """What was typed stays in the box and counts as not yet saved."""
        self._under_way -= 1
        self._kept = "\0"
        self._desk.fail(problem)
