"""The theme: colours, text sizes and measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QWidget

from app.window.fonts import ui_font

PAGE = "#FFFFFF"
PAPER_TINT = "#F6F4EF"
CLOSED_DAY = "#F3F0E9"
FOOTER = "#FAF9F6"
PAGE_BACKDROP = "#E6E2DA"
HAIRLINE = "#DDD9D0"
ROW_LINE = "#E7E3DA"
STRONG_LINE = "#C9C4B8"
CONTROL = "#8C8A84"
INK = "#1F2329"
INK_SECONDARY = "#565B63"
INK_WEAK = "#62656B"
ACCENT = "#1B4B7A"
ACCENT_DARK = "#143A5F"
SELECTION = "#E9F0F7"
ACCENT_TINT = "#F4F8FB"
RED = "#A8201A"
RED_TINT = "#FEF6F5"
AMBER = "#7A4B00"
AMBER_INK = "#6B4100"
AMBER_TINT = "#FFF4DC"
AMBER_BOX = "#FFF9EC"
GREEN = "#1E6335"
GREEN_TINT = "#EDF5EE"
SEARCH_HIT = "#FFE9A8"
DARK_BAR = "#2B3036"
CHART_BANDS = ("#173F66", "#42709C", "#B9CDE0", "#E3DFD6", "#FFFFFF")
"""Chart bands, dark to light; 無回答 is a hatch, not a colour."""

_CONTRAST: dict[str, str] = {
    "PAPER_TINT": "#FFFFFE",
    "CLOSED_DAY": "#E4E4E4",
    "FOOTER": "#FFFFFD",
    "PAGE_BACKDROP": "#C8C8C8",
    "HAIRLINE": "#5A5A5A",
    "ROW_LINE": "#707070",
    "STRONG_LINE": "#1A1A1B",
    "CONTROL": "#111111",
    "INK": "#000002",
    "INK_SECONDARY": "#1C1C1C",
    "INK_WEAK": "#454545",
    "ACCENT": "#00255C",
    "ACCENT_DARK": "#001A42",
    "SELECTION": "#DCE8FA",
    "ACCENT_TINT": "#FFFFFC",
    "RED": "#850000",
    "RED_TINT": "#FFFEFF",
    "AMBER": "#4A2C00",
    "AMBER_INK": "#402600",
    "AMBER_TINT": "#FFF6DA",
    "AMBER_BOX": "#FFFEFE",
    "GREEN": "#00401B",
    "GREEN_TINT": "#FEFFFF",
    "SEARCH_HIT": "#FFE14D",
    "DARK_BAR": "#000001",
}
"""High contrast on a white ground: words 7 : 1, lines and signs 3 : 1 or more.

Every value stands once in both tables, because ``current_colour`` knows a colour by its value.
"""
_CONTRAST_BANDS = ("#000000", "#595959", "#AAAAAA", "#E2E2E2", "#FFFFFF")

ROW = 36
LOW_ROW = 32
HEAD = 32
FIELD = 32
ROW_BUTTON = 28
MAIN_BUTTON = 40
TAB = 40
BADGE = 24
SIDE_BAR = 176
SIDE_BAR_NARROW = 144
TOP_BAR = 48
PAGE_X = 24
PAGE_X_SMALL = 16
"""Page margin in a window narrower than ``FOLD_WIDE``."""
PAGE_Y = 12
RADIUS = 4
LABEL = 152
FOLD_WIDE = 1300
"""From this logical width on, the full layout is used."""
FOLD_NARROW = 1000
"""Below this logical width the right column becomes tabs; ``is_narrow`` checks it at the current text size."""
FOLD_STEPS = 1150
"""Below this logical width a list of steps or a page preview beside the work is folded away."""
COLUMNS_MIN_WIDTH = 900
"""Width that columns side by side need at least; larger text folds them below it."""
PICTURES_BELOW = 900
"""Below this logical width, or as little at larger text, the side bar shows pictures without titles."""
LEAST_WINDOW = (640, 360)
"""The least window: what is left of 1366×768 at 200 %, with the frame."""
NO_LIMIT = 16_777_215
"""The largest width or height of a widget (``QWIDGETSIZE_MAX``, which PySide6 doesn't name)."""

SizeName = Literal["標準", "大", "特大", "最大"]
SIZES: tuple[SizeName, ...] = ("標準", "大", "特大", "最大")
Role = Literal["small", "body", "date", "h2", "h1", "reception", "count"]

_POINTS: dict[Role, tuple[float, float, float, float]] = {
    "small": (9, 10.5, 12, 18),
    "body": (10.5, 12, 14, 21),
    "date": (11.5, 13, 15, 22),
    "h2": (12, 14, 16, 23),
    "h1": (15, 17, 20, 27),
    "reception": (16.5, 18, 20, 27),
    "count": (48, 54, 60, 72),
}
"""Points of each role by size; what is read is twice as large in 最大, headings a little less so that they fit."""
_SYSTEM_POINTS = 9.0
"""The letters of Windows at 100 % of its own text size."""
_BOLD: frozenset[Role] = frozenset({"date", "h2", "h1", "reception", "count"})


@dataclass
class _Appearance:
    """The current text size and table of colours, one for the whole application."""

    size: SizeName = "標準"
    contrast: bool = False


_current = _Appearance()
_USUAL: dict[str, str] = {name: globals()[name] for name in _CONTRAST}
_USUAL_BANDS = CHART_BANDS
_current_of: dict[str, str] = {}
"""Every colour of the other table and its match in the current one."""


def is_high_contrast() -> bool:
    """Return whether the colours are those of high contrast."""
    return _current.contrast


def set_contrast(contrast: bool) -> None:
    """Set the table of colours; ``style_sheet.apply_contrast`` makes the window show them."""
    _current.contrast = contrast
    before, after = (_USUAL, _CONTRAST) if contrast else (_CONTRAST, _USUAL)
    bands_before, bands_after = (_USUAL_BANDS, _CONTRAST_BANDS) if contrast else (_CONTRAST_BANDS, _USUAL_BANDS)
    globals().update(after, CHART_BANDS=bands_after)
    _current_of.clear()
    _current_of.update({before[name]: colour for name, colour in after.items()})
    _current_of.update(zip(bands_before, bands_after, strict=True))


def current_colour(colour: str) -> str:
    """Return the current colour for one that was taken from the theme earlier, at import or for the other table."""
    return _current_of.get(colour, colour)


def size() -> SizeName:
    """Return the current text size."""
    return _current.size


def points(role: Role) -> float:
    """Return the size of ``role`` in pt at the current text size."""
    return _POINTS[role][SIZES.index(_current.size)]


def font(role: Role = "body", *, bold: bool | None = None) -> QFont:
    """Return the font for ``role``; ``bold`` None takes the weight of the role."""
    return ui_font(points(role), bold=role in _BOLD if bold is None else bold)


def metrics(role: Role = "body", *, bold: bool | None = None) -> QFontMetricsF:
    """Return the measures of the font for ``role``, as ``font`` gives it."""
    return QFontMetricsF(font(role, bold=bold))


def line_height(role: Role = "body") -> int:
    """Return the line height of ``role`` in logical pixels (1.4 times the letters)."""
    return round(points(role) * 96 / 72 * 1.4)


def scaled(pixels: int) -> int:
    """Return a height meant for 標準, scaled to the current text size."""
    return round(pixels * points("body") / _POINTS["body"][0])


def unscaled(pixels: int) -> int:
    """Return an available width divided by the text scale, to compare with the fold limits for 標準."""
    return round(pixels * _POINTS["body"][0] / points("body"))


def is_narrow(width: int) -> bool:
    """Return whether a window of this logical ``width`` is below ``FOLD_NARROW`` at the current text size."""
    return unscaled(width) < FOLD_NARROW


def should_fold_steps(part: QWidget) -> bool:
    """Return whether steps beside the work fold in the window of ``part`` at the current text size."""
    return unscaled(part.window().width()) < FOLD_STEPS


def should_fold_columns(width: int) -> bool:
    """Return whether side-by-side columns fold in a window of this logical ``width`` at the current text size."""
    return width < FOLD_NARROW or unscaled(width) < COLUMNS_MIN_WIDTH


def size_for_system_letters(points_of_system: float) -> SizeName:
    """Return the text size nearest to the letters that the person has set in Windows, 9 pt when nothing is set."""
    factor = points_of_system / _SYSTEM_POINTS
    usual = _POINTS["body"][0]
    return min(SIZES, key=lambda name: abs(_POINTS["body"][SIZES.index(name)] / usual - factor))


def set_text_size(size_name: SizeName) -> None:
    """Set the text size; ``style_sheet.apply_text_size`` makes the window show it."""
    _current.size = size_name
