"""Draws the way to a venue: a station below, the street above, the building on it, in black and white for faxing."""

from __future__ import annotations

from app.documents.guide_blocks import PlaceMap
from app.documents.pdf.typesetting.pen import Pen
from app.documents.pdf.typesetting.sizes import Style

MAP_HEIGHT_RATIO = 34 / 58
"""Height of the map as a fraction of its width."""
_LARGEST, _READ, _FLOOR = 16.0, 6.5, 3.0
_STREET, _RAIL = 0.87, 2.4


def draw_map(pen: Pen, width: float, block: PlaceMap) -> None:
    """Draw the map, or a sketch if none is given: ``width`` mm by ``MAP_HEIGHT_RATIO`` times it."""
    high = width * MAP_HEIGHT_RATIO
    scale = width / 100
    pen.tags.begin_figure(block.words)
    if block.data:
        pen.picture(0, width, high, block.data)
        pen.box(0, 0, width, high, 0.7)
        return
    size = min(_LARGEST, 11 * scale + 1.5)
    body = Style("gothic", size)
    road, lane = high * 0.46, width * 0.40
    pen.fill(0.4, road - 3.2 * scale, width - 0.8, 6.4 * scale, _STREET)
    pen.fill(lane - 2.8 * scale, 0.4, 5.6 * scale, high - 0.8, _STREET)
    pen.box(0, 0, width, high, 0.7)
    rail = high * 0.86
    for edge in (rail - _RAIL * scale, rail + _RAIL * scale):
        pen.rule(0.4, edge, width - 0.8, 1.2)
    start = 1.0
    while start < width - 3:
        pen.fill(start, rail - 1.3 * scale, 2.6 * scale, 2.6 * scale, 0)
        start += 5.2 * scale
    station = pen.fitting(block.station, Style("bold", size + 1), _FLOOR, width * 0.7)
    wide = pen.width(block.station, station) + 6 * scale
    stop = max(lane, wide / 2 + 1.5)  # the lane leads to it, wherever its middle is
    pen.fill(stop - wide / 2, rail - 5 * scale, wide, 10 * scale, 1)
    pen.box(stop - wide / 2, rail - 5 * scale, wide, 10 * scale, 1.4)
    pen.text(stop, rail + station.size * 0.128, block.station, station, "center")
    site = width * 0.68
    _draw_route(pen, lane, rail - 5 * scale, road, site - 7 * scale, scale)
    house = high * 0.27
    pen.fill(site - 6 * scale, house - 5 * scale, 12 * scale, 10 * scale, 0)
    pen.fill(site - 0.5 * scale, house + 5 * scale, scale, road - house - 8.2 * scale, 0)
    name = pen.fitting(block.building, Style("bold", size), _FLOOR, width * 0.92)
    half = pen.width(block.building, name) / 2
    middle = min(max(site, half + 2), width - half - 2)
    base = 1.0 + name.size * 0.36
    pen.fill(middle - half - 0.6, 0.5, 2 * half + 1.2, name.size * 0.42, 1)
    pen.text(middle, base, block.building, name, "center")
    _lines(pen, 2, road, block.street, size - 1, width * 0.35)
    pen.text(lane + 6 * scale, high * 0.61, block.walk, body)
    _lines(pen, lane + 6 * scale, high * 0.70, block.exit, size, width * 0.52)


def _lines(pen: Pen, x: float, middle: float, text: str, largest: float, room: float) -> None:
    """Draw a text from ``x`` on, its height centred on ``middle``; on two lines if it would be too small on one."""
    usual = Style("gothic", largest)
    style = pen.fitting(text, usual, _FLOOR, room)
    if style.size >= _READ:
        pen.text(x, middle + style.size * 0.128, text, style)
        return
    half = -(-len(text) // 2)
    parts = (text[:half], text[half:])
    style = min(pen.fitting(part, usual, _FLOOR, room) for part in parts)
    for number, part in enumerate(parts):
        pen.text(x, middle + style.size * (0.128 + 0.4 * (number - 0.5)), part, style)


def _draw_route(pen: Pen, lane: float, below: float, road: float, end: float, scale: float) -> None:
    """Draw the walking route: up the lane, along the street, with an arrow at its end."""
    top = below
    while top > road + 1:
        pen.fill(lane - 0.6 * scale, max(top - 3 * scale, road), 1.2 * scale, min(3 * scale, top - road), 0)
        top -= 4.4 * scale
    left = lane
    while left < end - 4 * scale:
        pen.fill(left, road - 0.6 * scale, 3 * scale, 1.2 * scale, 0)
        left += 4.4 * scale
    pen.arrow_head(end, road, 4 * scale)
