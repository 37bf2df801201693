"""Words that are offered under a line while somebody types into it."""

from __future__ import annotations

from PySide6.QtWidgets import QCompleter, QLineEdit

from app.window.style_sheet import apply_style


def attach_completer(line: QLineEdit, completer: QCompleter) -> None:
    """Offer what ``completer`` knows while somebody types into ``line``.

    The list it opens is a window that stands in no other, so it is dressed by itself.
    """
    line.setCompleter(completer)
    popup = completer.popup()
    if popup is not None:
        apply_style(popup)
