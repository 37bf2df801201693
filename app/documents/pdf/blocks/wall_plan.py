"""Draws a wall plan: one A3 landscape page, a column per month, a row per day, readable without colour.

Three entries of a day are set smaller; what does not fit is printed in full in the lines under the table and marked
「※」 on its day.
"""

from __future__ import annotations

from app.documents.blocks import DocumentContent
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.pieces import Piece, PlacedPiece, Sheet
from app.documents.pdf.typesetting.sizes import HAIR, HAIR_GREY, HEAD_RULE, HEAVY, NORMAL, Paper, Style
from app.documents.pdf.typesetting.tags import Tag
from app.documents.pdf.typesetting.typefaces import FontCollection
from app.documents.wall_blocks import WallDay, WallEntry, WallMonth, WallPlan
from db.record import frozen

A3_LANDSCAPE = Paper(420, 297, 18, 18, 12, 16.5)
_DAYS = 31
_TITLE = Style("bold", 18)
_ABOUT = Style("gothic", 9)
_LEGEND = Style("gothic", 8.5)
_MONTH = Style("bold", 13)
_ERA = Style("gothic", 8)
_NUMBER = Style("bold", 8.5)
_WEEKDAY = Style("gothic", 6.5)
_HOLIDAY = Style("gothic", 6)
_BELOW = Style("gothic", 8)
_CLOSED = 0.87
_HEAD = 6.2
_TABLE_TOP = 18.0
_LEFT = 8.2
_USUAL, _SMALL, _FLOOR = 7.2, 6.0, 5.0
_HIGH, _LOW = 3.5, 2.42
_FEW, _MOST = 2, 3
_BELOW_LEADING = 4.0
_ROWS_FLOOR = 6.6
_DASH = (1.2, 1.0)
_MARK = "※"


@frozen
class _FittedEntry:
    """An entry as drawn on its day: its size, and whether it fits or goes below instead."""

    entry: WallEntry
    size: float
    fits: bool


def lay_out_wall(content: DocumentContent, collection: FontCollection) -> list[Sheet]:
    """Lay out the one page of a document that is a wall plan."""
    block = next(one for one in content.blocks if isinstance(one, WallPlan))
    layout = Layout(collection, NORMAL, A3_LANDSCAPE, "wall")
    width = layout.text_width / len(block.months)
    over = _overflow(block, layout, width)
    lines = [
        line for words in (block.sums, *over, *block.below) for line in layout.lines(words, _BELOW, layout.text_width)
    ]
    room = A3_LANDSCAPE.body_height - _TABLE_TOP - _HEAD - 2.0 - _BELOW_LEADING * len(lines)
    high = max(room / _DAYS, _ROWS_FLOOR)

    def draw(pen: Pen) -> None:
        """Draw the head, the months and the lines below."""
        _head(pen, block, layout.text_width)
        top = _TABLE_TOP
        for number, month in enumerate(block.months):
            pen.tags.begin_part()
            with pen.at(width * number, top):
                _month(pen, month, width, high, layout)
        pen.box(0, top, layout.text_width, _HEAD + high * _DAYS, HEAD_RULE)
        for number, line in enumerate(lines):
            pen.tags.begin_part()
            pen.text(0, top + _HEAD + high * _DAYS + 4.6 + _BELOW_LEADING * number, line, _BELOW)

    height = _TABLE_TOP + _HEAD + high * _DAYS + 2.0 + _BELOW_LEADING * len(lines)
    piece = Piece(height, draw, tag=Tag("H1", words=block.title))
    sheet = Sheet(A3_LANDSCAPE, y=A3_LANDSCAPE.top + height)
    sheet.placed.append(PlacedPiece(piece, A3_LANDSCAPE.top))
    return [sheet]


def _head(pen: Pen, block: WallPlan, width: float) -> None:
    """Draw title, subject and legend of the wall plan."""
    pen.text(0, 6.4, block.title, _TITLE)
    pen.text(width, 6.2, block.about, _ABOUT, "right")
    left, base = 0.0, 14.2
    pen.tags.begin_part()
    example = _first_event(block)
    for kind, words in block.legend:
        sample = WallEntry(kind=kind, text=example if kind in ("event", "end") else "")
        with pen.at(left, base - 2.9):
            _entry(pen, _FittedEntry(sample, _USUAL, fits=True), 7.5, _HIGH)
        left += 9.2
        pen.text(left, base, words, _LEGEND)
        left += pen.width(words, _LEGEND) + 6
    # Of a year with many kinds both don't fit on one line: then what the legend leaves out stands above it.
    has_room = left + pen.width(block.also, _LEGEND) <= width
    pen.text(width, base if has_room else 10.4, block.also, _LEGEND, "right")


def _first_event(block: WallPlan) -> str:
    """Return the sign and the number of the first event of the year: 「講1」; "" without an event."""
    found = (one.text for month in block.months for day in month.days for one in day.entries if one.kind == "event")
    return next(found, "").partition(" ")[0]


def _month(pen: Pen, month: WallMonth, width: float, high: float, layout: Layout) -> None:
    """Draw one month of the wall plan: its name and its days below each other."""
    title = pen.width(month.title, _MONTH)
    era = pen.width(month.era, _ERA) + 1.5 if month.era else 0.0
    start = (width - title - era) / 2
    pen.text(start, 4.6, month.era, _ERA)
    pen.text(start + era, 4.7, month.title, _MONTH)
    pen.vertical_rule(0, 0, _HEAD + high * _DAYS, HAIR, HAIR_GREY)
    pen.rule(0, _HEAD, width, HEAD_RULE)
    for number, day in enumerate(month.days):
        top = _HEAD + high * number
        if not day.weekday:
            pen.hatch(0.15, top, width - 0.3, high, 2.6)
            continue
        if day.closed:
            pen.fill(0.15, top, width - 0.3, high, _CLOSED)
        if number:
            pen.rule(0, top, width, HAIR, HAIR_GREY)
        with pen.at(0, top):
            _day(pen, day, number + 1, width, high, layout)


def _day(pen: Pen, day: WallDay, number: int, width: float, high: float, layout: Layout) -> None:
    """Draw one day of the wall plan with as many entries as fit."""
    shown = _fit_day(day, layout, width)
    over = _MARK if any(not one.fits for one in shown) or len(day.entries) > _MOST else ""
    pen.text(4.7, 3.4, str(number), _NUMBER, "right")
    pen.text(5.1, 3.3, day.weekday, _WEEKDAY)
    pen.text(5.1, 6.2, over, _WEEKDAY)
    largest = _USUAL if len(day.entries) <= _FEW else _SMALL
    inside = [one if one.fits else _shortened(one, largest, layout, width) for one in shown]
    if day.holiday and len(inside) < _FEW:
        below = 0.4 + _HIGH if inside else 0.0
        pen.text(_LEFT + 0.6, 3.2 + below, day.holiday, _HOLIDAY)
    step = _HIGH + 0.25 if len(inside) <= _FEW else min(_LOW + 0.1, (high - 0.4) / _MOST)
    size = _HIGH if len(inside) <= _FEW else step - 0.1
    for place, one in enumerate(inside):
        with pen.at(_LEFT, 0.35 + step * place):
            _entry(pen, one, width - _LEFT - 0.6, size)


def _entry(pen: Pen, fitted: _FittedEntry, width: float, high: float) -> None:
    """Draw one entry in the look of its kind: black for an event, framed or plain."""
    kind, text = fitted.entry.kind, fitted.entry.text
    base = high / 2 + fitted.size * 0.128
    face = _face(fitted.entry, fitted.size)
    if kind == "event":
        pen.fill(0, 0, width, high, 0)
        pen.text(0.7, base, text, face, white=True)
        return
    if kind == "ward":
        pen.box(0, 0, width, high, HEAD_RULE)
    elif kind == "contractor":
        for top in (0.0, high):
            pen.dashed(0, top, width, top, HEAD_RULE, 0, _DASH)
        for side in (0.0, width):
            pen.dashed(side, 0, side, high, HEAD_RULE, 0, _DASH)
    elif kind == "end":
        for below in (0.0, 0.55):
            pen.rule(0, high - below, width, HEAVY / 2)
    else:
        pen.fill(0, 0.2, 1.1, high - 0.4, 0.45)
    pen.text(1.7 if kind == "own" else 0.7, base - (0.3 if kind == "end" else 0), text, face)


def _fit_day(day: WallDay, layout: Layout, width: float) -> list[_FittedEntry]:
    """Return the entries shown on a day, each as large as its text allows."""
    few = len(day.entries) <= _FEW
    return [_fit_entry(one, _USUAL if few else _SMALL, layout, width) for one in day.entries[:_MOST]]


def _fit_entry(entry: WallEntry, largest: float, layout: Layout, width: float) -> _FittedEntry:
    room = width - _LEFT - 0.6 - (2.3 if entry.kind == "own" else 1.4)
    fitted = _face(entry, largest).shrunk(_FLOOR, lambda one: layout.width(entry.text, one) <= room, 0.2)
    size = max(fitted.size, _FLOOR)
    return _FittedEntry(entry, size, fits=layout.width(entry.text, _face(entry, size)) <= room + 0.05)


def _shortened(fitted: _FittedEntry, largest: float, layout: Layout, width: float) -> _FittedEntry:
    """Return the first word of an entry that is printed in full below, to be shown on the day."""
    return _fit_entry(
        WallEntry(kind=fitted.entry.kind, text=f"{fitted.entry.text.split(' ')[0]} {_MARK}"), largest, layout, width
    )


def _face(entry: WallEntry, size: float) -> Style:
    return Style("bold" if entry.kind in ("event", "end") else "gothic", size)


def _overflow(block: WallPlan, layout: Layout, width: float) -> list[str]:
    """Return what does not fit on its day, in one line: 「※　9月30日 中間集計、…　10月5日 …」; [] if all fits."""
    found = []
    for month in block.months:
        for number, day in enumerate(month.days, 1):
            left = [one.entry for one in _fit_day(day, layout, width) if not one.fits]
            left += day.entries[_MOST:]
            if left:
                words = "、".join(one.text for one in left)
                found.append(f"{month.title}{number}日 {words}")
    return [f"{_MARK}　{'　'.join(found)}"] if found else []
