"""The heading of a page of the survey: as tall as a row of buttons, so that turning pages moves nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.window import theme as t


class PageHeading(QLabel):
    """An h1 that gives its room away on a narrow window, where the row of pages says the same. Signals: none."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "h1")
        self.setMinimumHeight(t.scaled(t.FIELD) + 2)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)


def page_heading(text: str) -> PageHeading:
    """The heading of a page."""
    return PageHeading(text)


def fold_headings(inside: QWidget, *, narrow: bool) -> None:
    """Show or leave out every page heading in ``inside``."""
    for found in inside.findChildren(PageHeading):
        found.setVisible(not narrow)
