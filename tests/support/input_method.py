"""Typing through the input method as it comes to a field: what is being composed, sign by sign, then what is taken."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


def compose(field: QWidget, *shown: str) -> None:
    """Show each of ``shown`` under the mark of the input method and take the last of them over."""
    for words in shown[:-1]:
        QApplication.sendEvent(field, QInputMethodEvent(words, []))
    taken = QInputMethodEvent("", [])
    taken.setCommitString(shown[-1])
    if isValid(field):  # what is being written may close the list that it is written into
        QApplication.sendEvent(field, taken)
