"""A dialog that saves through one service and closes when it was saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal

from app.widgets.dialog_frame import DialogFrame
from app.window.desk import Desk


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

    def send(self, service: Callable[..., Any], **arguments: Any) -> None:
        """Write with ``service``; no second press meanwhile."""
        self.wait(True)
        self.desk.write(service, self._end, failed=self._fail, **arguments)

    def _end(self, result: Any) -> None:
        self.wait(False)
        self.accept()
        self.stored.emit(result)

    def _fail(self, problem: Exception) -> None:
        self.wait(False)
        self.desk.fail(problem)
