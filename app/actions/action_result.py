"""What a writing service answers: the sentence for the undo bar and the row it concerns."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass


@dataclass(frozen=True)
class ActionResult:
    """A change that was saved.

    Attributes: ``said`` one sentence in the words of the window; ``id`` the row that was made or
    changed (0 when the change concerns several rows); ``can_undo`` False where undo does not reach past it
    (something left the application).
    """

    message: str
    id: int = 0
    _: KW_ONLY
    can_undo: bool = True
