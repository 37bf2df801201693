"""One TrueType font as it goes into a PDF, so that every character can be read back as it was typed."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import Any

from reportlab.pdfbase import ttfonts

# Glyphs of ideographic variants have no code point of their own; inside the PDF they borrow one here.
_PRIVATE_START = 0xF0000
_CODES_A_BLOCK = 100  # the PDF standard allows no more entries in one bfchar block


def is_selector(character: str) -> bool:
    """Say whether the character is a variation selector, which has no shape of its own."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


class EmbeddedFont(ttfonts.TTFont):  # type: ignore[misc, unused-ignore]
    """A font whose text map holds astral characters and ideographic variants rightly.

    reportlab writes five hex digits for characters beyond U+FFFF, which readers take for another
    character, and knows no variation sequences at all; both are mended here.
    """

    def __init__(self, name: str, path: Path) -> None:
        """Read the font file ``path`` under the PDF name ``name``."""
        super().__init__(name, str(path), asciiReadable=False)
        _slim(self.face)
        self._path = path
        self._typed: dict[int, str] = {}
        self._private: dict[str, str] = {}
        self._variants: dict[tuple[int, int], str | None] | None = None

    def holds(self, character: str) -> bool:
        """Say whether this font draws the single character."""
        return ord(character) in self.face.charToGlyph

    def advance(self, drawn: str) -> float:
        """Return the width of one drawn character in em."""
        return float(self.face.charWidths[ord(drawn)]) / 1000

    def drawn_as(self, cell: str) -> str | None:
        """Return the character that draws a cell (a character, or one with its selector), or None."""
        if len(cell) == 1:
            return cell if self.holds(cell) else None
        return self._variant(cell[0], cell[1])

    def _variant(self, base: str, selector: str) -> str | None:
        typed = base + selector
        if typed in self._private:
            return self._private[typed]
        if not self.holds(base):
            return None
        glyph = self._variant_glyph(base, selector)
        if glyph is None:
            return None
        code = _PRIVATE_START + len(self._private)
        self.face.charToGlyph[code] = glyph
        self.face.charWidths[code] = self._glyph_width(glyph)
        self._typed[code] = typed
        self._private[typed] = chr(code)
        return chr(code)

    def addObjects(self, doc: Any) -> None:
        """Add the font to the document, then put a right text map in place of reportlab's."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            prefix = ttfonts.SUBSETN(number)
            name = b"".join((prefix, b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject["toUnicodeCMap:" + name].content = self._text_map(name, subset)

    def _text_map(self, name: str, subset: list[int]) -> str:
        entries = [
            f"<{position:02X}> <{self._typed.get(code, chr(code)).encode('utf-16-be').hex().upper()}>"
            for position, code in enumerate(subset)
            if code
        ]
        lines = [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
        ]
        for start in range(0, len(entries), _CODES_A_BLOCK):
            block = entries[start : start + _CODES_A_BLOCK]
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
        return "\n".join(lines)

    def _variant_glyph(self, base: str, selector: str) -> int | None:
        if self._variants is None:
            self._read_variants()
        assert self._variants is not None
        key = (ord(base), ord(selector))
        if key in self._variants:
            name = self._variants[key]
            if name is None:
                return int(self.face.charToGlyph[ord(base)])
            return int(self._names[name])
        if "\ufe00" <= selector <= "\ufe0f":  # text/emoji selectors choose a style, not another letter
            return int(self.face.charToGlyph[ord(base)])
        return None

    def _read_variants(self) -> None:
        # Only a text that holds a selector pays for opening the file a second time.
        from fontTools.ttLib import TTFont

        with TTFont(str(self._path), lazy=True) as source:
            self._variants = {
                (base, selector): glyph
                for table in source["cmap"].tables
                if table.format == 14
                for selector, pairs in table.uvsDict.items()
                for base, glyph in pairs
            }
            self._names = source.getReverseGlyphMap()
            metrics = source["hmtx"].metrics
            scale = 1000 / source["head"].unitsPerEm
            self._widths = {self._names[name]: metrics[name][0] * scale for name in metrics}

    def _glyph_width(self, glyph: int) -> float:
        return float(self._widths[glyph])


def _slim(face: Any) -> None:
    """Keep of a font that was read what drawing asks for: half of its tables only served the reading.

    A face of the size of Japanese takes ten megabytes as reportlab leaves it, and a paper takes three of them.
    """
    face.glyphToChar.clear()
    face.glyphPos = array("L", face.glyphPos)
    shared: dict[Any, Any] = {}
    face.hmetrics = [shared.setdefault(pair, pair) for pair in face.hmetrics]
    face.charWidths = {code: shared.setdefault(width, width) for code, width in face.charWidths.items()}
