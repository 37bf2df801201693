"""A field of one line: line ends and tabs that come with what is pasted do not become part of it."""

from __future__ import annotations

import re

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QLineEdit, QWidget

_BETWEEN = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
_HALVES = ("utf-16-le", "surrogatepass")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


class OneLine(QLineEdit):
    """A line edit for names and other texts of one line.

    A cell copied from Excel ends with a line end, and a line edit would keep it: the paper made from it
    could not be drawn. Nothing else of a text is touched. Signals: those of QLineEdit.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(_OneLineOnly(self))
        if text:
            self.setText(text)


class _OneLineOnly(QValidator):
    """Takes every text, without what would break its line."""

    def validate(self, text: str, place: int) -> object:
        """Called by Qt at every change; gives back the text to keep."""
        plain = on_one_line(text)
        if plain != text:
            # Qt counts places in halves of UTF-16, where 𠮷 and 葛󠄀 are longer than here.
            before = text.encode(*_HALVES)[: 2 * place].decode("utf-16-le", "ignore")
            place = len(on_one_line(before).encode(*_HALVES)) // 2
        return QValidator.State.Acceptable, plain, place


def on_one_line(text: str) -> str:
    """``text`` with one space in the place of line ends and tabs, none at its ends, and no control characters."""
    if text.isprintable():
        return text
    return _CONTROL.sub(
        "", _BETWEEN.sub(lambda found: " " if found.start() > 0 and found.end() < len(text) else "", text)
    )
