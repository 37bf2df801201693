"""The place and size of the window: before anybody has chosen as drawn, then as it was left, always
within the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

DEFAULT_SIZE = (1366, 768)
_FRAME = (2, 32)
"""What a title bar and its borders take; the true frame is known only once the window is shown."""
_SHADOW = 8
_MAXIMISED = "maximised"


def first_size() -> tuple[int, int]:
    """Return width and height in logical pixels."""
    screen = QGuiApplication.primaryScreen()
    if screen is None:
        return DEFAULT_SIZE
    room = screen.availableSize()
    return min(DEFAULT_SIZE[0], room.width() - _FRAME[0]), min(DEFAULT_SIZE[1], room.height() - _FRAME[1])


def geometry_text(window: QWidget) -> str:
    """Return how the window stands: the corner of its frame, its size, and whether it fills the screen.

    The corner is that of the frame, as ``move`` takes it: with the corner of the content the window would come back a
    title bar lower each time.
    """
    inside = window.normalGeometry() if window.isMaximized() else window.geometry()
    corner = inside.topLeft() - (window.geometry().topLeft() - window.frameGeometry().topLeft())
    told = [str(part) for part in (corner.x(), corner.y(), inside.width(), inside.height())]
    return ",".join([*told, _MAXIMISED] if window.isMaximized() else told)


def restore_saved_geometry(window: QWidget, saved: object) -> bool:
    """Let the window stand as it was left, before it is shown, and never larger than its screen is now or beside it;
    False = nothing readable was told."""
    parts = (
        saved.split(",") if isinstance(saved, str) else [str(part) for part in saved] if isinstance(saved, list) else []
    )
    numbers = [part for part in parts if part.lstrip("-").isdigit()]
    if len(numbers) != 4:
        return False
    left, top, width, height = (int(part) for part in numbers)
    wanted = QRect(QPoint(left, top), QSize(width, height).expandedTo(window.minimumSize()))
    stands = within_screens(wanted, [screen.availableGeometry() for screen in QGuiApplication.screens()])
    window.resize(stands.size())
    window.move(stands.topLeft())
    if _MAXIMISED in parts:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
    return True


def within_screens(wanted: QRect, available_areas: Sequence[QRect]) -> QRect:
    """Return the corner of the frame and the size of the content so that a window is seen as a whole.

    A screen may be another one today, or the same at another scale: 125 % leaves a fifth less of it each way. Where no
    screen shows the title bar the window stands in the middle of the first one, which is the primary.
    """
    if not available_areas:
        return wanted
    bar = _title_bar(wanted)
    room = max(available_areas, key=lambda one: _area(one & bar))
    size = wanted.size().boundedTo(QSize(room.width() - _FRAME[0], room.height() - _FRAME[1]))
    frame = QRect(wanted.topLeft(), size + QSize(*_FRAME))
    if not room.intersects(bar):
        frame.moveCenter(room.center())
    # Windows counts the shadow of a window as its border: at an edge of the screen it stands that much outside.
    if not room.adjusted(-_SHADOW, 0, _SHADOW, _SHADOW).contains(frame):
        frame.moveLeft(max(min(frame.left(), room.right() + 1 - frame.width()), room.left()))
        frame.moveTop(max(min(frame.top(), room.bottom() + 1 - frame.height()), room.top()))
    return QRect(frame.topLeft(), size)


def _area(rectangle: QRect) -> int:
    return rectangle.width() * rectangle.height() if rectangle.isValid() else 0


def _title_bar(frame: QRect) -> QRect:
    """Return the part by which a window is taken hold of."""
    return QRect(frame.left() + 40, frame.top() + 8, max(frame.width() - 80, 1), 16)
