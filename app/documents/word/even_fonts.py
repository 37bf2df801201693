"""Measures texts as ＭＳ 明朝 and ＭＳ ゴシック set them: every wide character takes one em, every narrow one half."""

from __future__ import annotations

import unicodedata
from functools import cache

from app.documents import fonts
from app.documents.pdf.typesetting.typefaces import Face, FontCollection


class _EvenFace(Face):
    """A face whose characters have two widths."""

    def measure_cell(self, cell: str) -> float:
        """Return the width of a character in em."""
        return 1.0 if unicodedata.east_asian_width(cell[0]) in "WFA" else 0.5


class _EvenFonts(FontCollection):
    """Fonts that only measure."""

    spare = 10.0

    def __init__(self) -> None:
        super().__init__()
        even = _EvenFace(self, (fonts.GOTHIC,))
        self._faces = {"gothic": even, "bold": even, "mincho": even}


@cache
def open_even_fonts() -> FontCollection:
    """Return the fonts, always the same object."""
    return _EvenFonts()


def text_ems(text: str) -> float:
    """Return how wide a text is, in its own type size."""
    return open_even_fonts().face("gothic").width(text)
