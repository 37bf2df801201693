"""A bordered area with a heading: one thing the screen tells."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.widgets.labels import label

Tone = Literal["", "accent", "top"]


class Panel(QFrame):
    """A panel with an optional heading, a small note beside it, and ``body`` to add to.

    ``tone`` accent has the 4 px accent edge, top the accent line above. Signals: none.
    """

    def __init__(self, title: str = "", *, note: str = "", tone: Tone = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setProperty("tone", tone)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.title = label(title, "strong")
        self.note = label(note, "small")
        if title:
            self.head.addWidget(self.title)
            self.head.addWidget(self.note)
            self.head.addStretch(1)
            outer.addLayout(self.head)
            self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)

    def put(self, part: QWidget, stretch: int = 0) -> None:
        """Add ``part`` below what is there."""
        self.body.addWidget(part, stretch)

    def put_in_head(self, part: QWidget) -> None:
        """Add ``part`` (a button, a link) at the right end of the heading."""
        self.head.addWidget(part)
