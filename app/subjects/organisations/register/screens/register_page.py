"""What the page of 団体 and that of people share: a list, its details, the keys, and where a refusal is said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.widgets.action_mixin import ActionMixin
from app.widgets.folding_columns import ListAndDetail
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext
from db.store import Store


class RegisterPage(ActionMixin, QWidget):
    """A list with the details of its current row. Signals: those of the page that builds it.

    A page sets ``table``, ``parts`` and ``problem`` (the note of its details) when it is built.
    """

    table: RecordTable
    parts: ListAndDetail
    problem: NoteBox

    def __init__(self, app_context: AppContext) -> None:
        super().__init__()
        self.app_context = app_context

    def add(self, name: str = "") -> None:
        """Ask for a new one, perhaps of this name; a page says how."""

    def show_details(self) -> None:
        """On a narrow window the details are the page seen."""
        self.parts.show_detail()

    def focus_details(self) -> None:
        """Go on with the keyboard in the details."""
        self.parts.show_detail()
        self.parts.detail.focusNextChild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the details goes back to the list; Insert adds one."""
        if event.key() == Qt.Key.Key_Escape and not self.table.view.hasFocus():
            self.parts.show_list()
            self.table.setFocus()
        elif event.key() == Qt.Key.Key_Insert and not self.app_context.read_only:
            self.add()
        else:
            super().keyPressEvent(event)

    def run_and_show_error(self, change: Callable[[Store], object]) -> None:
        """Save, and say in the details why not."""
        self.problem.show_text("")
        self.run_change(change)
