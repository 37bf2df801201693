"""How large a window is before anybody has chosen: as drawn, and never beyond the screen with its frame."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

AS_DRAWN = (1366, 768)
_FRAME = (2, 32)
"""What a title bar and its borders take; the true frame is known only once the window is shown."""


def first_size() -> tuple[int, int]:
    """Return width and height in logical pixels."""
    screen = QGuiApplication.primaryScreen()
    if screen is None:
        return AS_DRAWN
    room = screen.availableSize()
    return min(AS_DRAWN[0], room.width() - _FRAME[0]), min(AS_DRAWN[1], room.height() - _FRAME[1])
