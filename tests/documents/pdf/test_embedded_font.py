"""A font of the papers keeps what drawing asks for, not what only its reading needed."""

import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import fontTools.ttLib
import pytest
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

from app.documents import fonts
from app.documents.pdf.typesetting.typefaces import EmbeddedFont
from tests.support.in_full import some


def kept_by(read: Callable[[], Any]) -> tuple[Any, int]:
    """What ``read`` gives, and how many bytes stay for it."""
    tracemalloc.start()
    found = read()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return found, size


@pytest.mark.in_full
def test_a_font_keeps_a_part_of_what_reading_it_made_and_measures_the_same():
    path = fonts.bundled_fonts_folder() / fonts.GOTHIC
    plain, as_read = kept_by(lambda: TTFont("見本", str(path), asciiReadable=False))
    slim, kept = kept_by(lambda: EmbeddedFont("見本", path))
    assert kept < path.stat().st_size * 0.5 < as_read
    for part in ("charToGlyph", "charWidths"):
        assert dict(getattr(slim.face, part)) == getattr(plain.face, part)
    assert slim.face.hmetrics == plain.face.hmetrics
    assert list(slim.face.glyphPos) == plain.face.glyphPos
    for character in ("漢", "\U0002fa1d", "\U0003fffe", "\0"):
        assert slim.holds(character) is (ord(character) in plain.face.charToGlyph)


def test_a_paper_takes_the_outlines_from_the_file_and_lets_go_of_them():
    font = EmbeddedFont("見本", fonts.bundled_fonts_folder() / fonts.GOTHIC)
    plain = TTFont("見本", str(fonts.bundled_fonts_folder() / fonts.GOTHIC), asciiReadable=False)
    drawn = []
    for one in (font, plain):
        document = PDFDocument()
        one.splitString("漢字", document)
        one.addObjects(document)
        drawn.append([part.content for name, part in document.idToObject.items() if name.startswith("fontFile:")])
        assert hasattr(one.face, "_ttf_data") is (one is plain)
    assert drawn[0] == drawn[1] != []


@pytest.mark.parametrize("file", some([fonts.GOTHIC, fonts.MINCHO, fonts.MINCHO_RARE, fonts.GOTHIC_RARE], of=2))
def test_every_variant_of_a_font_has_the_glyph_and_the_width_that_another_reader_finds(file):
    path = fonts.bundled_fonts_folder() / file
    font = EmbeddedFont("見本", path)
    with fontTools.ttLib.TTFont(str(path), lazy=True) as source:
        names, metrics, units = source.getReverseGlyphMap(), source["hmtx"].metrics, source["head"].unitsPerEm
        known = {
            (chr(base), chr(selector)): name
            for table in source["cmap"].tables
            if table.format == 14
            for selector, pairs in table.uvsDict.items()
            for base, name in pairs
        }
        for (base, selector), name in list(known.items())[:: max(1, len(known) // 300)]:
            drawn = font.drawn_as(base + selector)
            glyph = font.face.charToGlyph[ord(base)] if name is None else names[name]
            assert drawn is not None
            assert font.face.charToGlyph[ord(drawn)] == glyph
            wide = metrics[name][0] * (1000 / units) if name else font.face.charWidths[ord(base)]
            assert font.advance(drawn) == pytest.approx(wide / 1000, abs=1e-9)
    assert font.drawn_as("\u6f22\U000e01ef") is None
    assert font.drawn_as("\u6f22\ufe0f") is not None


def test_a_paper_with_a_variant_loads_no_library_of_fonts(project_folder):
    asked = (
        "import sys; from app.documents import fonts; "
        "from app.documents.pdf.typesetting.typefaces import open_collection;"
        "open_collection().face('gothic').width('\u8fbb\U000e0100');"
        "sys.exit('fontTools' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", asked], cwd=project_folder, check=False).returncode == 0
