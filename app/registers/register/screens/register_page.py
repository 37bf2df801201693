"""Base class of the pages of 団体 and people: a list, its details, the keys, and where errors are shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.widgets.action_mixin import ActionMixin
from app.widgets.folding_columns import ListAndDetail
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext


class RegisterPage(ActionMixin, QWidget):
    """Page with a list and the details of its current row. Signals: those of the subclass.

    A subclass sets ``table``, ``detail`` (which has a ``view``), ``parts`` and ``problem`` (the error note of its
    details) when it is built.
    """

    table: RecordTable
    detail: Any
    parts: ListAndDetail
    problem: NoteBox

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context

    def add(self, name: str = "") -> None:
        """Open the form of a new entry, with ``name`` filled in; each page has its own."""

    def show_details(self) -> None:
        """Show the details; on a narrow window they replace the list."""
        self.parts.show_detail()

    def focus_details(self) -> None:
        """Move the keyboard focus into the details."""
        self.parts.show_detail()
        self.parts.detail.focusNextChild()

    def edit_shown(self, edit: Callable[..., object], *given: object) -> None:
        """Call ``edit`` with what the details show and ``given``; nothing while they show none, or for a reader."""
        if self.detail.view is not None and self.may_write:
            edit(self.detail.view, *given)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Esc in the details."""
        if event.key() == Qt.Key.Key_Escape and not self.table.view.hasFocus():
            self.parts.show_list()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)
