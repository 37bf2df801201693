"""The result of a writing service: the message for the undo bar and the row it concerns."""

from __future__ import annotations

from dataclasses import KW_ONLY

from db.record import frozen


@frozen
class ActionResult:
    """The result of a change that was saved.

    Attributes: ``message`` one sentence for the window; ``id`` the row that was added or changed (0 when the change
    concerns several rows, or no row is named); ``can_undo`` False where undo is not offered (something left the
    application).
    """

    message: str
    id: int = 0
    _: KW_ONLY
    can_undo: bool = True
