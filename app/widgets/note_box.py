"""A note with a coloured edge and an icon: please look, good to know, or something is missing."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.widgets.labels import Paragraph
from app.window import theme as t
from app.window.icons import picture

NoteTone = Literal["accent", "amber", "red", "quiet"]

_SIGN: dict[str, tuple[str, str]] = {
    "accent": ("info", t.ACCENT),
    "amber": ("warning-fill", t.AMBER),
    "red": ("warning-octagon-fill", t.RED),
    "quiet": ("info", t.SECOND),
}


class NoteBox(QFrame):
    """One note of at most two sentences; ``say`` changes it, an empty text hides it.

    amber = please look, accent = good to know, red = something is missing, quiet = grey line.
    ``row`` is the line to add a button or link to. Signals: none.
    """

    def __init__(self, text: str = "", *, tone: NoteTone = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "note")
        self._sign = QLabel()
        self._sign.setFixedWidth(18)
        self._text = Paragraph()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 10, 12, 7)
        self.row.setSpacing(10)
        self.row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.addWidget(self._text)
        self.row.addLayout(column, 1)
        self.say(text, tone=tone)

    def say(self, text: str, *, tone: NoteTone | None = None) -> None:
        """Show ``text`` (strong parts between 「**」); an empty text hides the box."""
        if tone is not None:
            self.setProperty("tone", tone)
            name, colour = _SIGN[tone]
            self._sign.setPixmap(picture(name, 18, colour, ratio=self.devicePixelRatioF()))
            self.style().polish(self)
        self._text.say(text)
        self.setAccessibleName(self._text.plain())
        if self.parentWidget() is not None or not text:
            self.setVisible(bool(text))
        else:
            # Showing a box that has no parent yet would open it as a window of its own.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)

    def words(self) -> str:
        """The text shown, without marks."""
        return self._text.plain()

    def put(self, part: QWidget) -> None:
        """Add a button or a link at the right end."""
        self.row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
