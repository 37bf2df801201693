"""A note with a coloured edge and an icon: please look, good to know, or something is missing."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from app.widgets.labels import Paragraph, Sign
from app.widgets.layouts import in_column, in_row
from app.window import theme as t

NoteTone = Literal["accent", "amber", "red", "quiet"]

_SIGN: dict[str, tuple[str, str]] = {
    "accent": ("info", t.ACCENT),
    "amber": ("warning-fill", t.AMBER),
    "red": ("warning-octagon-fill", t.RED),
    "quiet": ("info", t.SECOND),
}


class NoteBox(QFrame):
    """One note of at most two sentences; ``say`` changes it, an empty text hides it.

    A box that comes and goes over what is being worked on ``reserve``s its lines: empty, it keeps its place without
    being drawn, so that nothing moves under the mouse when there is something to say.

    amber = please look, accent = good to know, red = something is missing, quiet = grey line.
    ``row`` is the line to add a button or link to. Signals: none.
    """

    def __init__(
        self,
        text: str = "",
        tone: NoteTone = "accent",
        *,
        reserve: int = 0,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``reserve`` is the number of lines of text whose place is kept while there is nothing to say."""
        super().__init__(parent)
        self._reserve = reserve
        self._tone = tone
        self.setProperty("kind", "note")
        self._sign = Sign()
        self._sign.setFixedWidth(18)
        self._role: Literal["small", "body"] = "small" if small else "body"
        self._text = Paragraph(role="smallink" if small else "body")
        self.row = in_row(
            (self._sign, 0, Qt.AlignmentFlag.AlignTop),
            (in_column(self._text), 1),
            owner=self,
            spacing=10,
            margins=(12, 10, 12, 7),
        )
        self.say(text, tone=tone)

    def say(self, text: str, *, tone: NoteTone | None = None) -> None:
        """Show ``text`` (strong parts between 「**」); an empty text hides the box."""
        self._tone = tone or self._tone
        shown = self._tone if text or not self._reserve else "kept"
        if self.property("tone") != shown:
            self.setProperty("tone", shown)
            name, colour = _SIGN[self._tone]
            self._sign.show_sign(name, 18, colour)
            self.style().polish(self)
        self._text.say(text)
        self.setAccessibleName(self._text.plain())
        if self._reserve:
            margins = self.row.contentsMargins()
            lines = self._reserve * t.line_height(self._role) + margins.top() + margins.bottom()
            self.setMinimumHeight(lines + 2)
            self._sign.setVisible(bool(text))
            return
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
