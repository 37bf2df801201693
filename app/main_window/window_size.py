"""The place and size of the window: before anybody has chosen as drawn, then as it was left, always
within the screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

AS_DRAWN = (1366, 768)
_FRAME = (2, 32)
"""What a title bar and its borders take; the true frame is known only once the window is shown."""
_MAXIMISED = "maximised"


def first_size() -> tuple[int, int]:
    """Return width and height in logical pixels."""
    screen = QGuiApplication.primaryScreen()
    if screen is None:
        return AS_DRAWN
    room = screen.availableSize()
    return min(AS_DRAWN[0], room.width() - _FRAME[0]), min(AS_DRAWN[1], room.height() - _FRAME[1])


def shape_of(window: QWidget) -> str:
    """Return how the window stands: the corner of its frame, its size, and whether it fills the screen.

    The corner is that of the frame, as ``move`` takes it: with the corner of the content the window would come back a
    title bar lower each time.
    """
    inside = window.normalGeometry() if window.isMaximized() else window.geometry()
    corner = inside.topLeft() - (window.geometry().topLeft() - window.frameGeometry().topLeft())
    told = [str(part) for part in (corner.x(), corner.y(), inside.width(), inside.height())]
    return ",".join([*told, _MAXIMISED] if window.isMaximized() else told)


def take_shape(window: QWidget, told: object) -> bool:
    """Let the window stand as it was left, before it is shown; False = nothing readable was told."""
    parts = told.split(",") if isinstance(told, str) else [str(part) for part in told] if isinstance(told, list) else []
    numbers = [part for part in parts if part.lstrip("-").isdigit()]
    if len(numbers) != 4:
        return False
    left, top, width, height = (int(part) for part in numbers)
    window.resize(QSize(width, height).expandedTo(window.minimumSize()))
    if any(screen.availableGeometry().intersects(_title_bar(left, top, width)) for screen in QGuiApplication.screens()):
        window.move(QPoint(left, top))
    if _MAXIMISED in parts:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
    return True


def _title_bar(left: int, top: int, width: int) -> QRect:
    """The part by which a window is taken hold of; where that is off every screen, the window system places it."""
    return QRect(left + 40, top + 8, max(width - 80, 1), 16)
