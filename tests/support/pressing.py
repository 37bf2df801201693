"""Keys and forms, with the wait for what they began."""

from typing import Any

from PySide6.QtCore import Qt

from tests.support.doing import do


def fill_in(qtbot: Any, desk: Any, dialog: Any, values: dict[str, Any]) -> None:
    """Fill in the form of a dialog, press its main button, and wait until what it began is done."""
    dialog.form.set_values(values)
    do(qtbot, desk, dialog.main.click)


def press_key(qtbot: Any, desk: Any, widget: Any, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in a widget, and wait until what it began is done."""
    do(qtbot, desk, qtbot.keyClick, widget, key, modifier)
