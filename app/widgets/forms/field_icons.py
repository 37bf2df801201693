"""The small icons inside a field, each with the words that a screen reader says for it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from app.window import theme as t
from app.window.icons import icon

_CLEAR_ACTION = "_q_qlineeditclearaction"
"""Qt's name of the cross that empties a field."""


def put_field_icon(field: QLineEdit, icon_name: str, colour: str = t.INK_SECONDARY) -> None:
    """Put an icon before the text of ``field`` that says what the field is for.

    A screen reader says the accessible name that ``field`` has now.
    """
    field.addAction(icon(icon_name, colour), QLineEdit.ActionPosition.LeadingPosition).setText(field.accessibleName())


def offer_clearing(field: QLineEdit) -> None:
    """Show a cross in ``field`` that empties it."""
    field.setClearButtonEnabled(True)
    cross = field.findChild(QAction, _CLEAR_ACTION)
    if cross is not None:
        cross.setText("入力を消す")
