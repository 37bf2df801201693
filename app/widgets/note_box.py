"""A note with a coloured edge and an icon: attention, information, or something is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QFrame, QWidget

from app.widgets.labels import IconLabel, Paragraph
from app.widgets.layouts import in_column, in_row
from app.window import theme as t
from app.window.announce import announce

NoteTone = Literal["accent", "amber", "red", "quiet"]
_LOOK_MS, _MOST_LOOKS = 100, 100
_MOVED = 8
"""Pixels of pointer movement that are ignored as trembling."""


def pointer_below_top(box: QWidget) -> QPoint | None:
    """Return the global pointer position if it is in the window of ``box`` and below its top, else None."""
    window, at = box.window(), QCursor.pos()
    if not window.isActiveWindow() or not window.geometry().contains(at):
        return None
    return at if at.y() > box.mapToGlobal(QPoint(0, 0)).y() else None


_SIGN: dict[str, tuple[str, str]] = {
    "accent": ("info", t.ACCENT),
    "amber": ("warning-fill", t.AMBER),
    "red": ("warning-octagon-fill", t.RED),
    "quiet": ("info", t.INK_SECONDARY),
}


class NoteBox(QFrame):
    """One note of at most two sentences; ``show_text`` changes it, an empty text hides it.

    With ``reserve`` an empty box keeps the height of so many lines, so that nothing moves under the mouse when a text
    appears. Any other box that is emptied or gets a shorter text while the pointer rests below it keeps its height
    until the pointer moves, so that a second click hits the same button.

    amber = attention, accent = information, red = something is missing, quiet = grey line. ``row`` is the line to add a
    button or link to. Signals: none.
    """

    def __init__(
        self,
        text: str = "",
        tone: NoteTone = "accent",
        *,
        reserve: int = 0,
        small: bool = False,
        said_as: Callable[[str], str] | None = None,
        parent: QWidget | None = None,
    ):
        """Create the box.

        Args:
            reserve: the number of text lines for which space is kept while it is empty.
            small: smaller text.
            said_as: for a note that is written anew with every line somebody types: what of a line must be new for it
                to be spoken. None speaks the whole note each time, with ``reserve`` its new lines.
        """
        super().__init__(parent)
        # Where a box keeps its place, its text is written anew while somebody types.
        self._said_as = said_as or (str if reserve else None)
        self._said: set[str] = set()
        self._reserve = reserve
        self._tone = tone
        self._rested: QPoint | None = None
        self._looks = 0
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_MS)
        self._watch.timeout.connect(self._check_pointer)
        self.setProperty("kind", "note")
        self._sign = IconLabel()
        self._sign.setMinimumWidth(18)
        self._role: Literal["small", "body"] = "small" if small else "body"
        self._text = Paragraph(role="smallink" if small else "body")
        self.row = in_row(
            (self._sign, 0, Qt.AlignmentFlag.AlignTop),
            (in_column(self._text), 1),
            owner=self,
            spacing=10,
            margins=(12, 10, 12, 7),
        )
        self.show_text(text, tone=tone)

    def show_text(self, text: str, *, tone: NoteTone | None = None) -> None:
        """Show ``text`` (strong parts between 「**」) in a ``tone`` (None = the last); an empty text hides the box.

        An amber or red text is spoken by a screen reader as soon as it is visible; in a box with ``reserve`` the lines
        that are new.
        """
        self._tone = tone or self._tone
        held = self._keep_height()
        shown = self._tone if text or not (self._reserve or held) else "kept"
        if self.property("tone") != shown:
            self.setProperty("tone", shown)
            name, colour = _SIGN[self._tone]
            self._sign.show_icon(name, 18, colour)
            self.style().polish(self)
        self._text.show_text(text)
        self.setAccessibleName(self._text.plain_text())
        if not text:
            self._said = set()
        self._sign.setVisible(bool(text) or not (self._reserve or held))
        if self._reserve:
            margins = self.row.contentsMargins()
            lines = self._reserve * t.line_height(self._role) + margins.top() + margins.bottom()
            self.setMinimumHeight(lines + 2)
        elif not held:
            if self.parentWidget() is not None or not text:
                self.setVisible(bool(text))
            else:
                # Showing a box that has no parent yet would open it as a window of its own.
                self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        if self._tone in ("red", "amber") and self.isVisible():
            announce(self, self._new_words(self._text.plain_text()))

    def _new_words(self, words: str) -> str:
        """Return the lines to be spoken: all, or those that were not there before."""
        if self._said_as is None:
            return words
        keys = {line: self._said_as(line) for line in words.splitlines()}
        new = [line for line, key in keys.items() if key not in self._said]
        self._said = set(keys.values())
        return "\n".join(new)

    def _keep_height(self) -> bool:
        """Keep the present height while the pointer rests below the box; return whether it is kept."""
        if self._reserve or not self.isVisible():
            return False
        at = pointer_below_top(self)
        if at is None:
            self._release_height()
            return False
        self.setMinimumHeight(self.height())
        self._rested, self._looks = at, 0
        self._watch.start()
        return True

    def _check_pointer(self) -> None:
        """Release the kept height when the pointer moved or left, or after ten seconds."""
        at = pointer_below_top(self)
        self._looks += 1
        rests = at is not None and self._rested is not None and (at - self._rested).manhattanLength() <= _MOVED
        if not rests or self._looks > _MOST_LOOKS:
            self._release_height()

    def _release_height(self) -> None:
        """Give up the height that was kept, and hide the box if it has no text."""
        if self._rested is None:
            return
        self._rested = None
        self._watch.stop()
        self.setMinimumHeight(0)
        self.setVisible(bool(self._text.plain_text()))

    def words(self) -> str:
        """Return the text shown, without marks."""
        return self._text.plain_text()

    def put(self, part: QWidget) -> None:
        """Add a button or a link at the right end."""
        self.row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
