"""Labels: headings, plain lines, small hints, paragraphs and links."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Literal, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QStyle, QWidget

from app.widgets.layouts import fix_size
from app.window import theme as t
from app.window.accessible_roles import spoken_as
from app.window.icons import icon_pixmap
from app.window.line_breaks import wrapped

Named = TypeVar("Named", bound=QWidget)
LabelRole = Literal[
    "body", "small", "smallink", "second", "strong", "date", "h2", "h1", "count", "problem", "warned", "done", "differs"
]
_HEADINGS = ("h1", "h2")


class WrappingLabel(QLabel):
    """A wrapping label that breaks plain text between its words, and caches lines and height for each width.

    Layouts ask for the height dozens of times while a screen is built, and Qt would wrap the text again each time.
    Signals: those of ``QLabel``.
    """

    _laid_out: dict[int, tuple[str, int]]
    _laid_out_for: object = None

    def __init__(self, text: str = ""):
        super().__init__(text)
        self.setWordWrap(True)

    def changeEvent(self, event: QEvent) -> None:
        """Clear the cached lines when font or style change."""
        self._laid_out = {}
        super().changeEvent(event)

    def heightForWidth(self, width: int) -> int:
        """Return the height at ``width`` pixels."""
        return self._lay_out(width)[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines of a plain text; Qt would break its words anywhere, as it does where they have no room."""
        lines, height = self._lay_out(self.width())
        if not lines or height > self.height() or self.hasSelectedText():
            super().paintEvent(event)
            return
        QFrame.paintEvent(self, event)
        room = self.contentsRect()
        block = QSize(room.width(), height - self.height() + room.height())
        area = QStyle.alignedRect(Qt.LayoutDirection.LeftToRight, self.alignment(), block, room)
        side = (self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask).value
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter, area, side, self.palette(), self.isEnabled(), lines, self.foregroundRole()
            )

    def _lay_out(self, width: int) -> tuple[str, int]:
        """Return the text as it is drawn at ``width`` pixels, "" = as Qt does, and its height."""
        words, room = now = self.text(), self.size() - self.contentsRect().size()
        if self._laid_out_for != now:
            self._laid_out_for, self._laid_out = now, {}
        found = self._laid_out.get(width)
        if found is None:
            lines, height, spacing = "", super().heightForWidth(width), self.fontMetrics().lineSpacing()
            count = round((height - room.height()) / spacing)
            if count > 1 and self.textFormat() == Qt.TextFormat.PlainText:
                lines = wrapped(words, self.font(), width - room.width())
                height += (lines.count("\n") + 1 - count) * spacing
            found = self._laid_out[width] = lines, height
        return found


@spoken_as(QAccessible.Role.Heading)
class HeadingLine(QLabel):
    """A heading of one line. Signals: those of ``QLabel``."""


@spoken_as(QAccessible.Role.Heading)
class HeadingLines(WrappingLabel):
    """A heading that wraps. Signals: those of ``QLabel``."""


def label(text: str = "", role: LabelRole = "body", *, wrap: bool = False, figure: bool = False) -> QLabel:
    """Return a plain text label; ``wrap`` allows several lines. It is never cut with 「…」.

    In the roles h1 and h2 a screen reader is told that it is a heading; a ``figure`` is only as large as one.
    """
    heads = role in _HEADINGS and not figure
    if wrap:
        made: QLabel = HeadingLines(text) if heads else WrappingLabel(text)
    else:
        made = HeadingLine(text) if heads else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setProperty("figure", figure)
    if not wrap:
        made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    return made


def with_accessible_name(part: Named, name: str) -> Named:
    """Return ``part`` after setting its accessible name, where no label names it."""
    part.setAccessibleName(name)
    return part


def show_text_or_hide(part: QLabel, text: str) -> None:
    """Show ``text`` in ``part``; hide it when the text is empty."""
    part.setText(text)
    part.setVisible(bool(text))


def wrapped_label(text: str = "", role: LabelRole = "body") -> QLabel:
    """Return a label that wraps over as many lines as it needs."""
    return label(text, role, wrap=True)


def small_label(text: str = "") -> QLabel:
    """Return a wrapping label for small text."""
    return wrapped_label(text, "small")


def second_label(text: str = "") -> QLabel:
    """Return a wrapping label for text of second rank."""
    return wrapped_label(text, "second")


def heading(text: str) -> QLabel:
    """Return the one main heading (h1) of a screen."""
    return label(text, "h1")


def section(text: str) -> QLabel:
    """Return a heading inside a screen (h2)."""
    return label(text, "h2")


class Paragraph(WrappingLabel):
    """Running text with the theme's line height; ``show_text`` replaces it.

    Strong parts are enclosed in 「**」. Signals: none.
    """

    def __init__(self, text: str = "", *, role: LabelRole = "body"):
        super().__init__()
        self.setProperty("role", role)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plain = ""
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show ``text`` (plain, with 「**」 around strong parts; line breaks are kept)."""
        self._plain = text.replace("**", "")
        is_plain = self._plain == text
        self.setTextFormat(Qt.TextFormat.PlainText if is_plain else Qt.TextFormat.RichText)
        parts = escape(text).split("**")
        strong = "".join(f"<b>{part}</b>" if i % 2 else part for i, part in enumerate(parts))
        body = strong.replace("\n", "<br>")
        self.setText(text if is_plain else f"<div>{body}</div>")
        self.setAccessibleName(self._plain)

    def plain_text(self) -> str:
        """Return the text without marks."""
        return self._plain


class IconLabel(QLabel):
    """An icon beside a text that says the same, as large as its letters. Signals: those of ``QLabel``."""

    _shown = ("", 16, t.INK)
    _drawn_for = (False, t.size())

    def __init__(self, name: str = "", size: int = 16, colour: str = t.INK):
        super().__init__()
        if name:
            self.show_icon(name, size, colour)

    def show_icon(self, name: str, size: int, colour: str) -> None:
        """Show the icon ``name``, ``size`` logical pixels wide at 標準."""
        self._shown = (name, size, colour)
        self._drawn_for = (t.is_high_contrast(), t.size())
        self.setPixmap(icon_pixmap(name, t.scaled(size), colour, ratio=self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again when high contrast was switched on or off, or the letters changed."""
        super().changeEvent(event)
        now = (t.is_high_contrast(), t.size())
        if event.type() == QEvent.Type.StyleChange and self._drawn_for != now and self._shown[0]:
            self.show_icon(*self._shown)


class InfoIcon(IconLabel):
    """An icon whose tool tip explains the rules for what is beside it. Signals: those of ``QLabel``."""

    def __init__(self, words: str):
        super().__init__("info", 16, t.INK_SECONDARY)
        self.setToolTip(words)
        self.setAccessibleName(words)


@spoken_as(QAccessible.Role.Link)
class Link(QLabel):
    """A text link; works with Tab and Enter. Signals: ``linkActivated(str)``."""

    def __init__(self, text: str, follow: Callable[[], None] | None = None):
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

    def press(self) -> None:
        """Emit ``linkActivated``; for a screen reader, which presses the link so."""
        self.linkActivated.emit("go")


def key_cap(text: str) -> QLabel:
    """Return a label drawn as a key of the keyboard (「Enter」)."""
    made = QLabel(text)
    made.setProperty("kind", "key")
    fix_size(made)
    return made


def styled_frame(kind: str) -> QFrame:
    """Return a frame drawn by the style sheet as ``kind`` (panel, footer, note, dialoghead, line …)."""
    made = QFrame()
    made.setProperty("kind", kind)
    return made


def separator(*, upright: bool = False) -> QFrame:
    """Return a thin line, horizontal or ``upright``."""
    return styled_frame("upright" if upright else "line")
