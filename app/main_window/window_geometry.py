"""Position and size of the window: a default at first, then as last left, always within the screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db.digits import is_digits

DEFAULT_SIZE = (1366, 768)
_FRAME = (2, 32)
"""Assumed size of title bar and borders; the true frame is known only once the window is shown."""
_SHADOW = 8
_MAXIMISED = "maximised"


def first_size() -> tuple[int, int]:
    """Return the default width and height in logical pixels, less where the screen has no room for them."""
    screen = QGuiApplication.primaryScreen()
    if screen is None:
        return DEFAULT_SIZE
    room = screen.availableSize()
    return min(DEFAULT_SIZE[0], room.width() - _FRAME[0]), min(DEFAULT_SIZE[1], room.height() - _FRAME[1])


def geometry_text(window: QWidget) -> str:
    """Return the geometry as text: the corner of the frame, the size, and whether the window is maximised.

    The corner is that of the frame, as ``move`` takes it: with the corner of the content the window would come back a
    title bar lower each time.
    """
    inside = window.normalGeometry() if window.isMaximized() else window.geometry()
    corner = inside.topLeft() - (window.geometry().topLeft() - window.frameGeometry().topLeft())
    told = [str(part) for part in (corner.x(), corner.y(), inside.width(), inside.height())]
    return ",".join([*told, _MAXIMISED] if window.isMaximized() else told)


def restore_saved_geometry(window: QWidget, saved: object) -> bool:
    """Restore a saved geometry before the window is shown, within the current screens; return False if unreadable."""
    parts = (
        saved.split(",") if isinstance(saved, str) else [str(part) for part in saved] if isinstance(saved, list) else []
    )
    numbers = [part for part in parts if is_digits(part.lstrip("-"))]
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
    """Return the corner of the frame and the size of the content, adjusted so that the whole window is visible.

    The screen may differ from last time, or have another scale: 125 % leaves a fifth less each way. Where no screen
    shows the title bar the window is centred on the first, i.e. the primary one.
    """
    if not available_areas:
        return wanted
    bar = QRect(wanted.left() + 40, wanted.top() + 8, max(wanted.width() - 80, 1), 16)
    room = max(available_areas, key=lambda one: _area(one & bar))
    size = wanted.size().boundedTo(QSize(room.width() - _FRAME[0], room.height() - _FRAME[1]))
    frame = QRect(wanted.topLeft(), size + QSize(*_FRAME))
    if not room.intersects(bar):
        frame.moveCenter(room.center())
    # Windows counts a window's shadow as its border, so at a screen edge the frame lies that much outside.
    if not room.adjusted(-_SHADOW, 0, _SHADOW, _SHADOW).contains(frame):
        frame.moveLeft(max(min(frame.left(), room.right() + 1 - frame.width()), room.left()))
        frame.moveTop(max(min(frame.top(), room.bottom() + 1 - frame.height()), room.top()))
    return QRect(frame.topLeft(), size)


def _area(rectangle: QRect) -> int:
    return rectangle.width() * rectangle.height() if rectangle.isValid() else 0
