"""Text on a screen: headings, plain lines, small hints, paragraphs and links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.window import theme as t
from app.window.icons import icon_pixmap

Named = TypeVar("Named", bound=QWidget)
LabelRole = Literal[
    "body", "small", "smallink", "second", "strong", "date", "h2", "h1", "count", "problem", "warned", "done", "differs"
]


class WrappingLabel(QLabel):
    """Text that runs over several lines: how high it is at a width is worked out once for its words and its letters.

    Layouts ask for it dozens of times while a screen is put together, and Qt would set the lines anew each time.
    Signals: those of ``QLabel``.
    """

    _heights: Mapping[int, int] = MappingProxyType({})

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setWordWrap(True)
        self._heights = {}

    def setText(self, text: str) -> None:
        """Show ``text`` in place of what stood there."""
        self._heights = {}
        super().setText(text)

    def setContentsMargins(self, *margins: Any) -> None:
        """Leave room round the text, as ``QLabel`` does."""
        self._heights = {}
        super().setContentsMargins(*margins)

    def changeEvent(self, event: QEvent) -> None:
        """Other letters or another style fold it elsewhere."""
        self._heights = {}
        super().changeEvent(event)

    def heightForWidth(self, width: int) -> int:
        """Return how high it is when it is ``width`` pixels wide."""
        found = self._heights.get(width)
        if found is None:
            found = super().heightForWidth(width)
            self._heights = {**self._heights, width: found}
        return found


def label(text: str = "", role: LabelRole = "body", *, wrap: bool = False) -> QLabel:
    """One piece of plain text; ``wrap`` lets it run over several lines. Never cut with 「…」."""
    made = WrappingLabel(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    if not wrap:
        made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    return made


def with_accessible_name(part: Named, name: str) -> Named:
    """Return ``part``, called ``name`` for those who hear: no label stands for it."""
    part.setAccessibleName(name)
    return part


def show_text_or_hide(part: QLabel, text: str) -> None:
    """Show ``text`` in ``part``; where there is none, the part gives its room away."""
    part.setText(text)
    part.setVisible(bool(text))


def wrapped_label(text: str = "", role: LabelRole = "body") -> QLabel:
    """A ``label`` that runs over as many lines as it needs."""
    return label(text, role, wrap=True)


def heading(text: str) -> QLabel:
    """The one h1 of a screen."""
    return label(text, "h1")


def section(text: str) -> QLabel:
    """A heading inside a screen (h2)."""
    return label(text, "h2")


class Paragraph(WrappingLabel):
    """Running text with the line height of the look; ``say`` replaces it.

    ``strong`` parts are marked with 「**」 on both sides. Signals: none.
    """

    def __init__(self, text: str = "", *, role: LabelRole = "body") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setProperty("role", role)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plain = ""
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show ``text`` (plain, with 「**」 around strong parts; line breaks are kept)."""
        self._plain = text.replace("**", "")
        parts = escape(text).split("**")
        strong = "".join(f"<b>{part}</b>" if i % 2 else part for i, part in enumerate(parts))
        body = strong.replace("\n", "<br>")
        self.setText(f"<div>{body}</div>")
        self.setAccessibleName(self._plain)

    def plain_text(self) -> str:
        """The text without marks."""
        return self._plain


class IconLabel(QLabel):
    """A glyph beside words, which say what it says. Signals: those of ``QLabel``."""

    def __init__(self, name: str = "", size: int = 16, colour: str = t.INK) -> None:
        super().__init__()
        if name:
            self.show_icon(name, size, colour)

    def show_icon(self, name: str, size: int, colour: str) -> None:
        """Show the glyph ``name``, ``size`` logical pixels wide."""
        self.setPixmap(icon_pixmap(name, size, colour, ratio=self.devicePixelRatioF()))


class InfoIcon(IconLabel):
    """What rules hold for what stands beside it, read by pointing at it. Signals: those of ``QLabel``."""

    def __init__(self, words: str) -> None:
        super().__init__("info", 16, t.INK_SECONDARY)
        self.setToolTip(words)
        self.setAccessibleName(words)


class Link(QLabel):
    """A word that leads somewhere; works with Tab and Enter. Signals: ``linkActivated(str)``."""

    def __init__(self, text: str, follow: Callable[[], None] | None = None) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setText(f'<a href="go"><u>{escape(text)}</u></a>')
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContentsMargins(0, 3, 0, 0)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if follow is not None:
            self.linkActivated.connect(lambda _href: follow())


def key_cap(text: str) -> QLabel:
    """A key of the keyboard in a hint (「Enter」)."""
    made = QLabel(text)
    made.setProperty("kind", "key")
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def styled_frame(kind: str) -> QFrame:
    """Return an area that the style sheet draws as ``kind`` (panel, footer, note, dialoghead, line …)."""
    made = QFrame()
    made.setProperty("kind", kind)
    return made


def separator(*, upright: bool = False) -> QFrame:
    """A hairline across, or ``upright``."""
    return styled_frame("upright" if upright else "line")
