"""Text box that is saved while typing: after a short pause, at the latest after some seconds, and when it loses the
focus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.widgets.forms.growing_text import GrowingText
from app.window.app_context import AppContext, without_message

SAVE_DELAY_MS = 1_000
"""Pause in typing after which the text is saved."""
MAX_UNSAVED_MS = 4_000
"""Longest time of typing without a pause before the text is saved."""


class AutosavedText(QObject):
    """Saves the text of ``box`` automatically while somebody types.

    Stored text replaces the box's text only if nothing is unsaved and the cursor would not jump: a line just begun
    stays while the one above it is saved. Without the write lock nothing is saved.

    Args:
        change: returns the service that saves a text.
        is_same: whether a stored and a typed text are equivalent.
    """

    def __init__(
        self,
        app_context: AppContext,
        text_box: GrowingText,
        change: Callable[[str], Callable[[ActionContext], ActionResult]],
        *,
        is_same: Callable[[str, str], bool],
    ):
        super().__init__(text_box)
        self._app_context, self.box, self._change, self._same = app_context, text_box, change, is_same
        self._kept = ""
        self._under_way = 0
        self._pause = QTimer(self, singleShot=True, interval=SAVE_DELAY_MS)
        self._age = QTimer(self, singleShot=True, interval=MAX_UNSAVED_MS)
        for timer in (self._pause, self._age):
            timer.timeout.connect(self.save)
        text_box.textChanged.connect(self._on_edited)
        text_box.focus_left.connect(self.save)
        app_context.lock_changed.connect(self._on_lock_changed)

    @property
    def dirty_fields(self) -> bool:
        """Return whether it holds unsaved text."""
        return self.box.toPlainText() != self._kept

    def show_text(self, stored: str) -> None:
        """Show the stored text, unless typed text is unsaved or being saved, or equivalent while it has the focus."""
        self.box.setReadOnly(self._app_context.read_only)
        if self._under_way or self.dirty_fields:
            return
        if not (self.box.hasFocus() and self._same(stored, self.box.toPlainText())):
            self.box.show_text(stored)
        self._kept = self.box.toPlainText()

    def save(self) -> None:
        """Save unsaved text; while a colleague holds the write lock it stays unsaved."""
        self._pause.stop()
        self._age.stop()
        if not self.dirty_fields or self._app_context.read_only:
            return
        self._kept = self.box.toPlainText()
        self._under_way += 1
        self._app_context.write(
            without_message(self._change(self._kept)), self._on_saved, on_failed=self._on_save_failed, owner=self.box
        )

    def _on_edited(self) -> None:
        """Start the timers after which typed text is saved."""
        self._pause.start()
        if not self._age.isActive():
            self._age.start()

    def _on_lock_changed(self) -> None:
        """Let the box be edited or not; once the write lock is back, unsaved text is saved after the usual pause."""
        self.box.setReadOnly(self._app_context.read_only)
        if self.dirty_fields and self._app_context.may_write:
            self._pause.start()

    def _on_saved(self, _saved: object) -> None:
        """Mark the text as saved, unless more was typed meanwhile."""
        self._under_way -= 1
        if not self.dirty_fields:
            self.box.document().setModified(False)

    def _on_save_failed(self, problem: Exception) -> None:
        """Keep the typed text in the box as unsaved, and show the error."""
        self._under_way -= 1
        self._kept = "\0"
        self._app_context.show_failure(problem)
