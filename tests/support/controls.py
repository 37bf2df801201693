"""How much stands in sight at once: everything that can be pressed or typed into, the frame of the window included."""

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from app.widgets.labels import Link

_KINDS = (QAbstractButton, QComboBox, QAbstractSpinBox, QLineEdit, QPlainTextEdit, QTextEdit, Link)


def controls_in_sight(window: QWidget) -> list[str]:
    """Return what can be pressed or typed into, one line each, as far as it is in sight.

    Rows and cells of a list are not counted; links, buttons and ticks in them are. A field with its own arrow, list or
    cross is one.
    """
    found = [
        one
        for one in window.findChildren(QWidget)
        if isinstance(one, _KINDS) and one.window() is window and one.isVisible() and not one.visibleRegion().isEmpty()
    ]
    whole = set(map(id, found))
    return [_told(one) for one in found if not _part_of(one, whole)]


def _part_of(one: QWidget, whole: set[int]) -> bool:
    """Whether it stands inside another one that counts: the arrow of a field, the text of a box to choose from."""
    above = one.parentWidget()
    while above is not None and above is not one.window():
        if id(above) in whole:
            return True
        above = above.parentWidget()
    return False


def _told(one: QWidget) -> str:
    text = one.text() if isinstance(one, (QAbstractButton, QLineEdit)) else ""
    return f"{type(one).__name__} {one.accessibleName() or text}".replace("\u200b", "")
