"""Where the parts of one large row stand at the door, by the width at hand; nothing is cut, long names wrap."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from app.subjects.reception.services.reception import DoorRow
from app.widgets.badge import badge_size
from app.widgets.cell_painting import wrapped
from app.window import theme as t

ROW, DONE_ROW, HEAD, BUTTON = 60, 52, 32, 44
ONE_LINE_FROM = 900
RECEIVE, RECEIVE_UNPLACED, TAKE_BACK = "受付済にする", "当日受付にする", "受付を取り消す"
_PAD, _GAP, _MENU = 8.0, 16.0, 36.0


@dataclass(frozen=True)
class Words:
    """One line of words in a row: left edge, vertical centre, face, colour."""

    text: str
    x: float
    middle: float
    font: QFont
    colour: str


@dataclass(frozen=True)
class RowLayout:
    """One row, placed from its own top left corner. ``badge_x`` is where badges begin, ``state_x`` the word of a state."""

    height: float
    words: tuple[Words, ...]
    tablet_x: float
    device_middle: float
    badge_x: float
    button: QRectF
    menu: QRectF


def button_words(row: DoorRow) -> str:
    """What the button of a row says; empty for one who was received."""
    if row.state == "受付済":
        return TAKE_BACK
    return RECEIVE_UNPLACED if row.state in ("補欠", "落選", "辞退") else RECEIVE


def device_words(row: DoorRow) -> str:
    """「持参」「貸与 4番」「貸与」, or empty."""
    return f"貸与 {row.tablet}番" if row.device == "貸与" and row.tablet else row.device


def group_words(row: DoorRow) -> str:
    """「2班」 or empty."""
    return f"{row.group}班" if row.group is not None else ""


def lay_out(row: DoorRow, width: float) -> RowLayout:
    """Place the parts of ``row`` in ``width`` pixels."""
    waits = row.state != "受付済"
    number_font = t.font("reception")
    name_font, small, body = t.font("reception"), t.font("small"), t.font("h2", bold=False)
    strong = t.font("h2")
    if not waits:
        name_font = _size(t.font("reception"), 0.8)
    number_right = _PAD + QFontMetricsF(number_font).horizontalAdvance("000")
    number = str(row.number) if row.number is not None else "–"
    button_width = _button_width()
    right = width - _MENU
    badge_width = max(badge_size(kind).width() for kind in ("配慮", "撮影不可"))
    badge_x = right - button_width - _GAP - badge_width
    name_x = number_right + _GAP
    stacked = width < t.scaled(ONE_LINE_FROM)
    device_width = 0.0 if stacked else QFontMetricsF(strong).horizontalAdvance("貸与 00番") + 24 + _GAP
    group_width = 0.0 if stacked else QFontMetricsF(body).horizontalAdvance("00班") + _GAP
    free = badge_x - _GAP - name_x - device_width - group_width
    name_width, place_width = free * 0.55 - _GAP, free * 0.45 - 8
    names = _name_lines(row, name_font, small, name_width)
    place_x = name_x + free * 0.55
    places = [(line, body) for line, _ in wrapped(row.organisation, body, place_width)] if row.organisation else []
    under = "　".join(part for part in (device_words(row), group_words(row)) if part) if stacked else ""
    second = [(under, small)] if under else []
    height = max(
        float(t.scaled(ROW if waits else DONE_ROW)),
        _block_height(names) + 14,
        _block_height(places + second) + 14,
        float(2 * t.scaled(t.BADGE) + 10) if row.has_care and row.photo_refused else 0.0,
    )
    middle = height / 2
    ink = t.INK if waits else t.SECOND
    number_x = number_right - QFontMetricsF(number_font).horizontalAdvance(number)
    words = [Words(number, number_x, middle, number_font, ink)]
    words += _placed_names(row, names, name_x, middle, small)
    words += _placed(places, second, place_x, middle)
    device_x = place_x + place_width + 8 + (24 if row.device == "貸与" else 0)
    if not stacked:
        words.append(Words(device_words(row), device_x, middle, strong if row.device == "貸与" else body, t.INK))
        words.append(Words(group_words(row), badge_x - _GAP - group_width + 8, middle, body, t.INK))
    return RowLayout(
        height=height,
        words=tuple(each for each in words if each.text),
        tablet_x=device_x - 22 if row.device == "貸与" and not stacked else -1.0,
        device_middle=middle,
        badge_x=badge_x,
        button=QRectF(right - button_width, middle - t.scaled(BUTTON) / 2, button_width, t.scaled(BUTTON)),
        menu=QRectF(right + 2, middle - t.scaled(BUTTON) / 2, _MENU - 6, t.scaled(BUTTON)),
    )


def _button_width() -> float:
    metrics = QFontMetricsF(t.font("h2"))
    return max(metrics.horizontalAdvance(words) for words in (RECEIVE, RECEIVE_UNPLACED, TAKE_BACK)) + 30


def _name_lines(row: DoorRow, name_font: QFont, small: QFont, width: float) -> list[tuple[str, QFont]]:
    """The name, and its ふりがな beside it where there is room, else under it."""
    lines = [(line, name_font) for line, _ in wrapped(row.name, name_font, width)]
    beside = (
        QFontMetricsF(name_font).horizontalAdvance(row.name) + 10 + QFontMetricsF(small).horizontalAdvance(row.furigana)
    )
    if row.furigana and (len(lines) > 1 or beside > width):
        lines += [(line, small) for line, _ in wrapped(row.furigana, small, width)]
    return lines


def _placed_names(row: DoorRow, lines: list[tuple[str, QFont]], x: float, middle: float, small: QFont) -> list[Words]:
    colour = t.SECOND if row.unnamed else t.INK
    top = middle - _block_height(lines) / 2
    placed = []
    for text, font in lines:
        tall = _line_height(font)
        placed.append(Words(text, x, top + tall / 2, font, t.SECOND if font == small else colour))
        top += tall
    if row.furigana and len(lines) == 1:
        beside = x + QFontMetricsF(lines[0][1]).horizontalAdvance(lines[0][0]) + 10
        placed.append(Words(row.furigana, beside, middle + 2, small, t.SECOND))
    return placed


def _placed(first: list[tuple[str, QFont]], second: list[tuple[str, QFont]], x: float, middle: float) -> list[Words]:
    lines = first + second
    top = middle - _block_height(lines) / 2
    placed = []
    for at, (text, font) in enumerate(lines):
        tall = _line_height(font)
        placed.append(Words(text, x, top + tall / 2, font, t.SECOND if at >= len(first) else t.INK))
        top += tall
    return placed


def _line_height(font: QFont) -> float:
    return QFontMetricsF(font).height() * 1.15


def _block_height(lines: list[tuple[str, QFont]]) -> float:
    return sum(_line_height(font) for _, font in lines)


def _size(font: QFont, part: float) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * part)
    return made
