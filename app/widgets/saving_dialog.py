"""A dialog that saves through one service and closes when it was saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from app.widgets.dialog_frame import DialogFrame
from app.window.desk import Desk

if TYPE_CHECKING:  # the first page needs no database
    from db.store import Store


class SavingDialog(DialogFrame):
    """The frame of a dialog whose main button writes.

    Signals: ``stored(object)`` the service's result, after closing; those of ``DialogFrame``. When the
    service refuses, the dialog stays open with everything typed and the refusal is said.
    """

    stored = Signal(object)

    def __init__(self, desk: Desk, title: str, subject: str = "", **named: Any) -> None:
        """``named`` as for ``DialogFrame``."""
        super().__init__(title, subject, **named)
        self.desk = desk

    def send(self, change: Callable[[Store], object], *, title: str = "") -> None:
        """Write with ``change`` (a service by ``with_store``); no second press meanwhile. ``title`` names long work."""
        self.wait(True)
        self.desk.write(change, self._end, failed=self._fail, title=title)

    def _end(self, result: object) -> None:
        self.wait(False)
        self.accept()
        self.stored.emit(result)

    def _fail(self, problem: Exception) -> None:
        self.wait(False)
        self.desk.fail(problem)
