"""One picture of the main window: the screen, the steps done there (press, type, close dialogs), the expected text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, field
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget

from app.startup.pictures.album import PictureRefused
from app.widgets.layouts import front_window
from db.record import frozen

Step = Callable[[QWidget], None]


def press_button(words: str) -> Step:
    """Return a step that presses the button with this text."""

    def step(window: QWidget) -> None:
        """Press the button; raises ``PictureRefused`` if there is none."""
        found = _button(window, words)
        if found is None:
            raise PictureRefused(f"「{words}」というボタンがありません。")
        found.click()

    return step


def type_text(name: str, text: str) -> Step:
    """Return a step that types ``text`` into the field with this accessible name and leaves the field."""

    def step(window: QWidget) -> None:
        """Type the text into the field."""
        box = _field(window, name)
        box.setText(text)
        box.textEdited.emit(text)
        box.editingFinished.emit()

    return step


def type_and_enter(name: str, text: str) -> Step:
    """Return a step that types ``text`` into the field with this accessible name and presses Enter."""

    def step(window: QWidget) -> None:
        """Type the text into the field and press Enter."""
        box = _field(window, name)
        box.setText(text)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(box, QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))

    return step


def _button(window: QWidget, words: str) -> QAbstractButton | None:
    """Return the usable button of the front window with these words, else one whose text contains them, else None."""
    buttons = [
        each for each in front_window(window).findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()
    ]
    exact = [each for each in buttons if words in (each.text(), each.accessibleName())]
    found = exact or [each for each in buttons if words in each.text()]
    return found[0] if found else None


def _field(window: QWidget, name: str) -> QLineEdit:
    """Return a field of the front window by its accessible name; raises ``PictureRefused`` if there is none."""
    boxes = [each for each in front_window(window).findChildren(QLineEdit) if each.isVisible()]
    box = next((each for each in boxes if each.accessibleName() == name), None)
    if box is None:
        raise PictureRefused(f"「{name}」という欄がありません。")
    return box


def close_dialogs(window: QWidget) -> None:
    """Close every dialog over ``window``."""
    while isinstance(dialog := front_window(window), QDialog):
        dialog.reject()
        if dialog.isVisible():
            dialog.hide()


@frozen
class Shot:
    """One picture to take.

    Attributes: ``name`` of the picture (its number is its position in the list); ``screen_name`` and ``arguments``
    where to go; ``expected_text`` appears on no other page of that screen; ``steps`` are done there first; ``day``
    the day it is taken on (None = the sample year's own); ``expected_empty`` sentences of empty lists that are
    allowed; ``document_picture`` its name in ``docs/pictures``, if the documentation shows it.
    """

    name: str
    screen_name: str
    _: KW_ONLY
    expected_text: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    day: date | None = None
    expected_empty: tuple[str, ...] = ()
    document_picture: str = ""
