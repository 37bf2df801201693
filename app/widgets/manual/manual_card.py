"""The quick card (早見表): one page with two columns of cards, drawn from its chapter of the manual.

A third-level heading is a card with the rows of its table; a card without a table is the box below, and the text
after it is the line to write on. Keys are marked by `…` and drawn as keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.common.join_nonempty import lines_of
from app.widgets.manual.manual_text import Chapter
from app.window.fonts import ui_font
from db.record import frozen

_WORDS, _CARD_HEAD, _HEAD = 10.0, 11.5, 18.0
_LINE = 1.85
"""Height of a row, in font heights."""
_FIRST = 0.29
"""Share of a card's width taken by its first column."""
_GAP = 0.03
_INK = QColor("black")
_MARKS = re.compile(r"(`[^`]+`|\*\*[^*]+\*\*)")


class CardTooSmall(ValueError):
    """Error for a row wider than its card, or cards higher than the page."""


@frozen
class QuickCard:
    """One card: its heading, its rows of two columns, and its text if it has no rows."""

    title: str
    rows: tuple[tuple[str, str], ...]
    words: str


def cards_of(chapter: Chapter) -> tuple[str, tuple[QuickCard, ...]]:
    """Return the text above the cards, and the cards."""
    lead, *parts = re.split(r"^### ", chapter.text, flags=re.MULTILINE)
    return lead.strip(), tuple(_card(part) for part in parts)


def _card(text: str) -> QuickCard:
    """Return a card from its Markdown: the heading, then a table whose first two lines are no rows, or text."""
    title, _, rest = text.partition("\n")
    lines = lines_of(rest)
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    words = "\n".join(line for line in lines if not line.startswith("|"))
    return QuickCard(title=title.strip(), rows=tuple((left, right) for left, right in cells[2:]), words=words)


def draw_card(chapter: Chapter, painter: QPainter, size: QSizeF, edition: str = "") -> None:
    """Draw the page of cards.

    Args:
        size: of the page within its margins, in dots. edition: version and month, at the right of the heading.

    Raises:
        CardTooSmall: the text does not fit.
    """
    lead, cards = cards_of(chapter)
    high = QFontMetricsF(ui_font(_WORDS), painter.device()).height()
    painter.setPen(QPen(_INK, 1.5))
    painter.setFont(ui_font(_HEAD, bold=True))
    head = QFontMetricsF(painter.font(), painter.device()).height()
    painter.drawText(QPointF(0, head), f"{chapter.name}　デジ活デスク")
    painter.setFont(ui_font(9))
    painter.drawText(QRectF(0, head * 0.3, size.width(), head), Qt.AlignmentFlag.AlignRight, edition)
    top = head * 1.35
    _draw_words(painter, lead, QRectF(0, top, size.width(), high * _LINE))
    top += high * (_LINE + 0.3)
    painter.drawLine(QPointF(0, top), QPointF(size.width(), top))
    top += high
    listed = [card for card in cards if card.rows]
    gap = size.width() * _GAP
    width = (size.width() - gap) / 2
    heights = [_height(card, high) + high * 0.8 for card in listed]
    cut = min(range(1, len(heights)), key=lambda at: abs(sum(heights[:at]) - sum(heights[at:])))
    bottom = top
    for left, column in ((0.0, listed[:cut]), (width + gap, listed[cut:])):
        at = top
        for card in column:
            _draw_rows(painter, card, QRectF(left, at, width, _height(card, high)), high)
            at += _height(card, high) + high * 0.8
        bottom = max(bottom, at)
    for card in cards:
        if not card.rows:
            bottom = _draw_box(painter, card, bottom, size.width(), high)
    if bottom > size.height():
        raise CardTooSmall(chapter.name)


def _height(card: QuickCard, high: float) -> float:
    """Return the height of a card with rows, its heading included; ``high`` is the height of the font."""
    return high * (_LINE * (len(card.rows) + 1) + 0.9)


def _draw_rows(painter: QPainter, card: QuickCard, area: QRectF, high: float) -> None:
    painter.drawRect(area)
    inner = area.adjusted(high * 0.8, high * 0.4, -high * 0.4, 0)
    painter.setFont(ui_font(_CARD_HEAD, bold=True))
    line = QRectF(inner.left(), inner.top(), inner.width(), high * _LINE)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, card.title)
    first = inner.width() * _FIRST
    for left, right in card.rows:
        line = line.translated(0, high * _LINE)
        _draw_words(painter, left, QRectF(line.left(), line.top(), first, line.height()))
        _draw_words(painter, right, QRectF(line.left() + first, line.top(), line.width() - first, line.height()))


def _draw_box(painter: QPainter, card: QuickCard, top: float, width: float, high: float) -> float:
    """Draw a box over the whole width with its text lines; return where it ends."""
    lines = [f"**{card.title}**", *card.words.splitlines()]
    area = QRectF(0, top, width, high * (_LINE * len(lines) + 0.9))
    painter.drawRect(area)
    for number, words in enumerate(lines):
        _draw_words(
            painter, words, QRectF(high * 0.8, top + high * (0.45 + _LINE * number), width - high, high * _LINE)
        )
    return area.bottom() + high * 0.8


def _draw_words(painter: QPainter, words: str, area: QRectF) -> None:
    """Draw one line of text; raises ``CardTooSmall`` if it is wider than ``area``."""
    at = area.left()
    for font, text, is_key in _pieces(words):
        metrics = QFontMetricsF(font, painter.device())
        wide, side = metrics.horizontalAdvance(text), metrics.height() * 0.28 if is_key else 0.0
        painter.setFont(font)
        if is_key:
            cap = QRectF(at + side * 0.5, 0, wide + 2 * side, metrics.height() * 1.2)
            cap.moveCenter(QPointF(cap.center().x(), area.center().y()))
            painter.drawRoundedRect(cap, side, side)
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, text)
            at = cap.right() + side * 0.5
        else:
            painter.drawText(QRectF(at, area.top(), wide + 2, area.height()), Qt.AlignmentFlag.AlignVCenter, text)
            at += wide
    if at > area.right() + 1:
        raise CardTooSmall(words)


def _pieces(words: str) -> Iterator[tuple[QFont, str, bool]]:
    """Yield each piece of a line with its font, and whether it is a key."""
    for piece in filter(None, _MARKS.split(words)):
        if piece.startswith("`"):
            yield ui_font(_WORDS - 1, bold=True), piece.strip("`"), True
        elif piece.startswith("**"):
            yield ui_font(_WORDS, bold=True), piece.strip("*"), False
        else:
            yield ui_font(_WORDS), piece, False
