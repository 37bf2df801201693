"""Lays out and draws one cell of a list: wrapped, never cut, with badge, square, icon and blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from app.common.join_nonempty import join_nonempty
from app.widgets.badges import badge_size, paint_badge, paint_blocks, paint_kind
from app.widgets.lists.record_model import Cell, CellAlign
from app.widgets.step_marks import natural_steps_width, paint_step_sign, placed_steps, text_position
from app.window import theme as t
from app.window.icons import paint_icon
from app.window.line_breaks import unbreakable_pieces, wrap_words
from app.window.painting import theme_colour

CELL_PAD_X = 6
PAD_Y = 4
_PAD_OF_BADGE = 3
_GAP = 6.0
_BLOCKS_HEIGHT = 10.0
_BLOCK_WIDTH = 24.0
_LINES_OF_SPARE = 2
"""Number of lines from which an optional second line is moved into the tool tip."""

TONES: dict[str, str] = {
    "": t.INK,
    "second": t.INK_SECONDARY,
    "red": t.RED,
    "amber": t.AMBER,
    "green": t.GREEN,
    "accent": t.ACCENT,
}


@dataclass(frozen=True, slots=True)
class PlacedWords:
    """One positioned line of text: left edge, base line, text, width, font, colour."""

    x: float
    base: float
    words: str
    width: float
    font: QFont
    colour: str


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A positioned mark of a cell, of which ``kind`` says what it is.

    ``name`` is the status word of a 「badge」 (``words`` its text), the key of a 「kind」 of event, the name of an
    「icon」, the state of a 「step」, or the states of 「blocks」 separated by commas.
    """

    kind: str
    name: str
    words: str
    area: QRectF
    colour: str = ""


@dataclass(frozen=True, slots=True)
class CellLayout:
    """The layout of a whole cell, relative to its top left corner, with its size."""

    width: float
    height: float
    lines: tuple[PlacedWords, ...]
    marks: tuple[PlacedMark, ...]


def _fill_first_line(words: str, font: QFont, width: float) -> tuple[str, str]:
    """Return as much of ``words`` as fits into ``width`` px, broken between words, and the rest."""
    metrics = QFontMetricsF(font)
    begun = ""
    for piece in unbreakable_pieces(words):
        if "\n" in piece or metrics.horizontalAdvance((begun + piece).rstrip()) > width:
            break
        begun += piece
    return begun.rstrip(), words[len(begun) :].lstrip()


# The fullest screen has some 700 cells; twice as many kept were found no more often over all screens, for 2 MB more.
@lru_cache(maxsize=2000)
def lay_out_cell(cell: Cell, width: int, _size: str) -> CellLayout:
    """Return the layout of ``cell`` in ``width`` px; ``_size`` (the current text size) is part of the cache key."""
    in_badge = bool(cell.badge) and not cell.blocks
    builder = _CellBuilder(float(max(width - 2 * CELL_PAD_X, 24)), pad=_PAD_OF_BADGE if in_badge else PAD_Y)
    builder.add_first_line(cell)
    if cell.steps:
        builder.add_steps(cell)
    if cell.blocks:
        builder.add_blocks(cell)
    if cell.second:
        builder.add_second_line(cell)
    return builder.finish()


class _CellBuilder:
    """Builds the layout of a cell from top to bottom, with content of ``width`` px.

    Each part is added once, then ``finish`` returns the layout.
    """

    def __init__(self, width: float, *, pad: int):
        self.room = width
        self.pad = pad
        self.used = 0.0
        self.y = float(pad)
        self.second = ""
        self.lines: list[PlacedWords] = []
        self.marks: list[PlacedMark] = []

    def add_first_line(self, cell: Cell) -> None:
        """Add the badge, or square / icon and main text with the smaller text beside it."""
        if cell.badge:
            need = badge_size(cell.badge, cell.text)
            self.marks.append(
                PlacedMark("badge", cell.badge, cell.text, QRectF(CELL_PAD_X, self.y, need.width(), need.height()))
            )
            self._use_width(need.width())
            self.y += need.height()
            if cell.aside:
                self._add_beside(cell, need.width(), need.height(), 0)
            return
        if not cell.text and not cell.aside:
            return
        height = t.line_height("date" if cell.date else "body")
        left = self._add_leading_mark(cell.kind, cell.icon, cell.icon_tone or cell.tone, height)
        role: t.Role = "date" if cell.date else "body"
        end = self._words(cell.text, role, cell.tone, bold=cell.strong or cell.date, left=left)
        if cell.aside:
            self._add_beside(cell, end, height, left)

    def _add_leading_mark(self, kind: str, icon_name: str, tone: str, height: float) -> float:
        """Add an icon or the square of a kind at the left, and return the width it takes."""
        if not kind and not icon_name:
            return 0.0
        edge = float(t.scaled(18 if kind else 16))
        area = QRectF(CELL_PAD_X, self.y + (height - edge) / 2, edge, edge)
        if kind:
            self.marks.append(PlacedMark("kind", kind, "", area))
        else:
            self.marks.append(PlacedMark("icon", icon_name, "", area, TONES[tone]))
        return edge + _GAP

    def _words(self, words: str, role: t.Role, tone: str, *, bold: bool, left: float) -> float:
        """Add wrapped text; return where its last line ends (from the left edge of the content)."""
        font = t.font(role, bold=bold)
        height = t.line_height(role)
        end = left
        base = _baseline_offset(font, height)
        for piece, natural in wrap_words(words, font, self.room - left):
            self.lines.append(PlacedWords(CELL_PAD_X + left, self.y + base, piece, natural, font, TONES[tone]))
            self.y += height
            end = left + natural
            self._use_width(end)
        return end

    def _add_beside(self, cell: Cell, end: float, height: float, left: float) -> None:
        """Add the text beside the first one; what finds no room there goes below."""
        font = t.font("small")
        natural = QFontMetricsF(font).horizontalAdvance(cell.aside)
        if end + 8 + natural <= self.room:
            base = self.y - height + _baseline_offset(font, height)
            self.lines.append(
                PlacedWords(CELL_PAD_X + end + 8, base, cell.aside, natural, font, TONES[cell.aside_tone])
            )
            self._use_width(end + 8 + natural)
            return
        if cell.flows and cell.second and self._joined_width(cell, font) <= self.room:
            self.second = join_nonempty(cell.second, cell.aside)
            return
        begun, rest = _fill_first_line(cell.aside, font, self.room - end - 8)
        if begun and len(wrap_words(rest, font, self.room - left)) < len(
            wrap_words(cell.aside, font, self.room - left)
        ):
            base = self.y - height + _baseline_offset(font, height)
            width = QFontMetricsF(font).horizontalAdvance(begun)
            self.lines.append(PlacedWords(CELL_PAD_X + end + 8, base, begun, width, font, TONES[cell.aside_tone]))
            self._use_width(end + 8 + width)
        else:
            rest = cell.aside
        self._words(rest, "small", cell.aside_tone, bold=False, left=left)

    def _joined_width(self, cell: Cell, font: QFont) -> float:
        """Return the width of the second line including the text beside the first."""
        sign = t.scaled(18) + _GAP if cell.second_kind else 0
        return sign + QFontMetricsF(font).horizontalAdvance(join_nonempty(cell.second, cell.aside))

    def add_blocks(self, cell: Cell) -> None:
        """Add the row of progress blocks, narrower than usual where the cell is."""
        width = min(self.room, len(cell.blocks) * _BLOCK_WIDTH)
        area = QRectF(CELL_PAD_X, self.y + 2, width, _BLOCKS_HEIGHT)
        self.marks.append(PlacedMark("blocks", ",".join(cell.blocks), "", area))
        self._use_width(width)
        self.y += _BLOCKS_HEIGHT + 6

    def add_steps(self, cell: Cell) -> None:
        """Add the step marks, in as many lines as they need."""
        placed, height = placed_steps(cell.steps, self.room)
        for one in placed:
            self.marks.append(PlacedMark("step", one.state, "", one.sign.translated(CELL_PAD_X, self.y)))
            corner = text_position(one)
            self.lines.append(
                PlacedWords(CELL_PAD_X + corner.x(), self.y + corner.y(), one.words, one.width, one.font, one.colour)
            )
            self._use_width(one.left + one.width)
        self.y += height

    def add_second_line(self, cell: Cell) -> None:
        """Add the small line below the main one; a ``spare`` one is left out if the cell had more than two lines."""
        height = t.line_height("small")
        words = self.second or cell.second
        taken = len(self.lines) + bool(cell.blocks)
        if cell.spare and taken + len(wrap_words(words, t.font("small"), self.room)) > _LINES_OF_SPARE:
            return
        left = self._add_leading_mark(cell.second_kind, "", "", height) if cell.second_kind else 0.0
        if cell.second_kind:
            self.y += 1
        self._words(words, "small", cell.second_tone, bold=False, left=left)

    def _use_width(self, width: float) -> None:
        """Widen the layout to ``width``, measured from the left edge of the content, if it is wider than so far."""
        self.used = max(self.used, width)

    def finish(self) -> CellLayout:
        """Return the finished layout with the padding on all sides."""
        return CellLayout(self.used + 2 * CELL_PAD_X, self.y + self.pad, tuple(self.lines), tuple(self.marks))


def _baseline_offset(font: QFont, height: float) -> float:
    """Return the distance of the base line from the top of a line ``height`` px high."""
    metrics = QFontMetricsF(font)
    return (height + metrics.ascent() - metrics.descent()) / 2


def natural_width(cell: Cell) -> int:
    """Return the width at which nothing in ``cell`` wraps."""
    return round(lay_out_cell(cell, 4000, t.size()).width) + 1


def unbreakable_width(cell: Cell, *, between_words: bool) -> int:
    """Return the width of the widest piece that must not be broken: a badge, a date, a short word.

    ``between_words`` also breaks short words at natural positions, for a list too narrow for all its columns.
    """
    return _unbreakable_width(cell, between_words, t.size())


@lru_cache(maxsize=4000)
def _unbreakable_width(cell: Cell, between_words: bool, _size: str) -> int:
    """Return what ``unbreakable_width`` says; ``_size`` (the current text size) is part of the cache key."""
    if cell.badge:
        return badge_size(cell.badge, cell.text).width() + 2 * CELL_PAD_X
    if cell.steps:
        return round(natural_steps_width(cell.steps) / 2 + 2 * CELL_PAD_X) + 1
    metrics = t.metrics("date" if cell.date else "body", bold=cell.strong or cell.date)
    whole = unbreakable_pieces(cell.text) if between_words and not cell.date else (cell.text,)
    main = max((metrics.horizontalAdvance(piece.rstrip()) for piece in whole), default=0.0)
    sign = t.scaled(18 if cell.kind else 16) + _GAP if cell.kind or cell.icon else 0.0
    return round((main if cell.date else min(main, t.scaled(112))) + sign + 2 * CELL_PAD_X) + 1


_NUMBER = re.compile(r"\d+(?:[:：./,–\-〜]\d+)+")


def number_width(cell: Cell) -> int:
    """Return the width of the longest time, date or span in the small text, which must not be broken; 0 = none."""
    return _number_width(cell, t.size())


@lru_cache(maxsize=4000)
def _number_width(cell: Cell, _size: str) -> int:
    """Return what ``number_width`` says; ``_size`` (the current text size) is part of the cache key."""
    found = _NUMBER.findall(f"{cell.second} {cell.aside}")
    if not found:
        return 0
    metrics = t.metrics("small")
    sign = t.scaled(18) + _GAP if cell.second_kind else 0.0
    return round(max(map(metrics.horizontalAdvance, found)) + sign + 2 * CELL_PAD_X) + 1


@lru_cache(maxsize=1000)
def title_width(title: str, _size: str) -> float:
    """Return the width of the widest line of a column heading; ``_size`` is part of the cache key."""
    metrics = t.metrics("small", bold=True)
    return max(metrics.horizontalAdvance(line) for line in title.split("\n"))


def paint_cell(painter: QPainter, cell: Cell, area: QRectF, align: CellAlign) -> None:
    """Draw ``cell`` in ``area``, centred in height."""
    layout = lay_out_cell(cell, int(area.width()), t.size())
    painter.save()
    painter.translate(area.left(), area.top() + max(0.0, (area.height() - layout.height) / 2))
    for mark in layout.marks:
        _paint_mark(painter, mark, _alignment_offset(align, area.width(), mark.area.right()))
    for line in layout.lines:
        painter.setFont(line.font)
        painter.setPen(theme_colour(line.colour))
        move = _alignment_offset(align, area.width(), line.x + line.width)
        painter.drawText(QPointF(line.x + move, line.base), line.words)
    painter.restore()


def _alignment_offset(align: CellAlign, width: float, right: float) -> float:
    """Return how far right to move what ends at ``right`` to align it as ``align`` in ``width``."""
    free = max(0.0, width - CELL_PAD_X - right)
    return {"left": 0.0, "right": free, "center": free / 2}[align]


def _paint_mark(painter: QPainter, mark: PlacedMark, move: float) -> None:
    area = mark.area.translated(move, 0)
    if mark.kind == "badge":
        paint_badge(painter, area.topLeft(), mark.name, mark.words)
    elif mark.kind == "kind":
        paint_kind(painter, area, mark.name)
    elif mark.kind == "step":
        paint_step_sign(painter, area, mark.name)
    elif mark.kind == "icon":
        paint_icon(painter, mark.name, area, mark.colour)
    else:
        paint_blocks(painter, area, tuple(mark.name.split(",")))
