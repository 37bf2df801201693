"""Completions offered below a line edit."""

from __future__ import annotations

from PySide6.QtWidgets import QCompleter, QLineEdit

from app.window.announce import announce
from app.window.style_sheet import apply_style


def attach_completer(line: QLineEdit, completer: QCompleter) -> None:
    """Offer the entries of ``completer`` while somebody types into ``line``.

    Its list is a top-level window, so the style sheet is applied to it separately.
    """
    line.setCompleter(completer)
    # The keyboard stays in the line, so nobody says which entry is current.
    completer.highlighted.connect(lambda words: announce(line, str(words)))
    popup = completer.popup()
    if popup is not None:
        apply_style(popup)
