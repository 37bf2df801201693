"""Icons from a subset of the Phosphor font, drawn as outlines in any colour and resolution, and the program's icon.

The program's icon is a sheet of paper with three lines.
"""

from __future__ import annotations

import json
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont, QTransform

from app.window import theme
from app.window import theme as t
from app.window.fonts import resource_folder
from app.window.painting import paint_box, painting, smooth, theme_colour

_UNITS = 1024.0
_SIGN_UNITS = 20


class UnknownIcon(KeyError):
    """Error for an icon name that is not in the bundled subset, which is a programming error."""


@lru_cache(maxsize=1)
def _names() -> dict[str, int]:
    listed = json.loads((resource_folder() / "icons" / "phosphor-subset.json").read_text("utf-8"))
    return {name: int(code, 16) for name, code in listed.items()}


@lru_cache(maxsize=1)
def _font() -> QRawFont:
    return QRawFont(str(resource_folder() / "icons" / "phosphor-subset.ttf"), _UNITS)


@lru_cache(maxsize=256)
def _outline(name: str) -> QPainterPath:
    """Return the glyph as a path in a unit square (0–1 both ways); raises ``UnknownIcon`` if there is none."""
    if name not in _names():
        raise UnknownIcon(name)
    glyph = _font().glyphIndexesForString(chr(_names()[name]))[0]
    path = _font().pathForGlyph(glyph)
    # The glyphs fill an em square that hangs from the ascent.
    square = QTransform.fromScale(1 / _UNITS, 1 / _UNITS).translate(0, _font().ascent())
    return square.map(path)


def paint_icon(painter: QPainter, name: str, rect: QRectF | QRect, colour: str) -> None:
    """Draw the icon ``name`` (Phosphor name without prefix) as the largest square in the middle of ``rect``."""
    area = QRectF(rect)
    side = min(area.width(), area.height())
    corner = area.center() - QPointF(side / 2, side / 2)
    with smooth(painter):
        painter.translate(corner)
        painter.scale(side, side)
        painter.fillPath(_outline(name), theme_colour(colour))


class _GlyphEngine(QIconEngine):
    """Paints one glyph at whatever size and pixel ratio Qt asks for."""

    def __init__(self, name: str, colour: str, disabled: str):
        super().__init__()
        self._name = name
        self._colour = colour
        self._disabled = disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw the glyph for Qt, in the colour ``disabled`` where the widget is disabled."""
        colour = self._disabled if mode == QIcon.Mode.Disabled else self._colour
        paint_icon(painter, self._name, rect, colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the glyph on a transparent background, for buttons and menus."""
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        return picture

    def clone(self) -> QIconEngine:
        """Return a copy, as Qt requires before it changes an icon."""
        return _GlyphEngine(self._name, self._colour, self._disabled)


@lru_cache(maxsize=512)
def icon(name: str, colour: str = theme.INK) -> QIcon:
    """Return a ``QIcon`` of the Phosphor glyph ``name`` ("house", "check-circle-fill") in ``colour`` (#hex).

    Raises:
        UnknownIcon: the bundled subset has no such glyph.
    """
    _outline(name)
    return QIcon(_GlyphEngine(name, colour, theme.INK_WEAK))


def icon_pixmap(name: str, size: int, colour: str = theme.INK, *, ratio: float = 1.0) -> QPixmap:
    """Return the glyph as a pixmap of ``size`` logical pixels at device pixel ratio ``ratio``."""
    sharp = QPixmap(round(size * ratio), round(size * ratio))
    sharp.fill(Qt.GlobalColor.transparent)
    with QPainter(sharp) as painter:
        paint_icon(painter, name, QRectF(sharp.rect()), colour)
    sharp.setDevicePixelRatio(ratio)
    return sharp


def product_sign(side: int = _SIGN_UNITS, *, ratio: float = 1.0) -> QPixmap:
    """Return the program's icon as a pixmap of ``side`` logical pixels at device pixel ratio ``ratio``."""
    sharp = QPixmap(round(side * ratio), round(side * ratio))
    sharp.fill(Qt.GlobalColor.transparent)
    with painting(sharp) as painter:
        unit = sharp.width() / _SIGN_UNITS
        paint_box(painter, QRectF(sharp.rect()), Qt.PenStyle.NoPen, t.ACCENT, radius=3 * unit)
        # The lines begin and end with a whole pixel: at 16 pixels they would be grey otherwise.
        for top, width in ((5, 8), (9, 11), (13, 8)):
            painter.fillRect(QRect(*(round(part * unit) for part in (5, top, width, 2))), t.PAGE)
    sharp.setDevicePixelRatio(ratio)
    return sharp
