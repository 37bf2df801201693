"""A font of the papers keeps what drawing asks for, not what only its reading needed."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

from reportlab.pdfbase.ttfonts import TTFont

from app.papers import fonts
from app.papers.pdf.typefaces import EmbeddedFont


def kept_by(read: Callable[[], Any]) -> tuple[Any, int]:
    """What ``read`` gives, and how many bytes stay for it."""
    tracemalloc.start()
    found = read()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return found, size


def test_a_font_keeps_much_less_than_reading_it_made_and_measures_the_same():
    path = fonts.bundled_fonts_folder() / fonts.GOTHIC
    plain, as_read = kept_by(lambda: TTFont("見本", str(path), asciiReadable=False))
    slim, kept = kept_by(lambda: EmbeddedFont("見本", path))
    file_itself = path.stat().st_size
    assert kept - file_itself < (as_read - file_itself) * 0.6
    for part in ("charToGlyph", "charWidths", "hmetrics"):
        assert getattr(slim.face, part) == getattr(plain.face, part)
    assert list(slim.face.glyphPos) == plain.face.glyphPos
    assert slim.face.makeSubset([0x6F22, 0x5B57]) == plain.face.makeSubset([0x6F22, 0x5B57])
