"""The faces of a document: which font draws a character, its width, and embedding the font in the PDF.

Every character can be read back from the PDF as it was typed.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics, ttfonts

from app.documents import fonts

# Glyphs of ideographic variants have no code point of their own; inside the PDF they borrow one here.
_PRIVATE_START = 0xF0000
_CODES_A_BLOCK = 100  # the PDF standard allows no more entries in one bfchar block
FaceName = Literal["gothic", "bold", "mincho"]
# Characters that are never drawn and have no width.
_UNSEEN: dict[int, str | None] = {
    **dict.fromkeys((*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x00AD, 0x000D)),
    **dict.fromkeys(map(ord, "\v\f\x85\u2028\u2029"), "\n"),
    ord("\t"): "\u3000",
    0x00A0: " ",
}
_UNSEEN_SIGN = re.compile(f"[{''.join(map(chr, _UNSEEN))}]")
# The blocks in which signs stand that belong to the one before: nearly no name has any, so nearly none is looked at one
# by one.
_MAY_JOIN = re.compile(
    "[\u0300-\u1dff\u20d0-\u20f0\u2cef-\u2dff\u302a-\u302f\u3099\u309a\ua66f-\uabed\ufb1e\ufe00-\ufe2f"
    "\U000101fd-\U0001e94a\U000e0100-\U000e01ef]"
)
# Marks that a font draws back into the sign before, where it gives them no width of their own.
_DRAWN_BACK = frozenset("\u3099\u309a")
_FILES: dict[FaceName, tuple[str, ...]] = {
    "gothic": (fonts.GOTHIC, fonts.GOTHIC_RARE),
    "bold": (fonts.GOTHIC_BOLD, fonts.GOTHIC_BOLD_RARE, fonts.GOTHIC_RARE),
    "mincho": (fonts.MINCHO, fonts.MINCHO_RARE, fonts.GOTHIC_RARE),
}


def is_selector(character: str) -> bool:
    """Return whether the character is a variation selector, which has no shape of its own."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


class EmbeddedFont(ttfonts.TTFont):  # type: ignore[misc, unused-ignore]
    """A font with a correct text map for astral characters and ideographic variants.

    reportlab writes five hex digits for characters beyond U+FFFF, which readers take for another character, and does
    not know variation sequences; both are corrected here.
    """

    def __init__(self, name: str, path: Path):
        """Read the font file ``path`` and give it the PDF name ``name``."""
        super().__init__(name, str(path), asciiReadable=False)
        face: Any = self.face
        self._path = path
        self._scale = 1000 / struct.unpack_from(">H", face.get_table("head"), 18)[0]
        self._variants = _variation_subtables(face.get_table("cmap"))
        self._typed: dict[int, str] = {}
        self._private: dict[str, str] = {}
        _shrink_font(face)

    def holds(self, character: str) -> bool:
        """Return whether this font draws the single character."""
        return ord(character) in self.face.charToGlyph

    def advance(self, drawn: str) -> float:
        """Return the width in em of the drawn characters of one cell."""
        return sum(float(self.face.charWidths[ord(character)]) for character in drawn) / 1000

    def drawn_as(self, cell: str) -> str | None:
        """Return the characters to draw for a cell (a character with selector or marks), or None."""
        if len(cell) == 1:
            return cell if self.holds(cell) else None
        if cell in self._private:
            return self._private[cell]
        if not self.holds(cell[0]):
            return None
        if len(cell) == 2 and is_selector(cell[1]):
            glyph = self._variant_glyph(cell[0], cell[1])
            return None if glyph is None else self._borrowed(cell, glyph)
        whole = unicodedata.normalize("NFC", cell)
        if len(whole) == 1:  # a kana typed apart from its dakuten, as some systems write names of files and lists
            return self._borrowed(cell, self.face.charToGlyph[ord(whole)]) if self.holds(whole) else None
        marks = cell[1:]
        return cell if _DRAWN_BACK.issuperset(marks) and not self._width_of(marks) else None

    def _width_of(self, marks: str) -> float:
        """Return the width of marks in em; 1 where the font lacks one."""
        return self.advance(marks) if all(map(self.holds, marks)) else 1.0

    def _borrowed(self, typed: str, glyph: int) -> str:
        """Return the character code assigned to a glyph that is read back as ``typed``."""
        code = _PRIVATE_START + len(self._private)
        self.face.charToGlyph[code] = glyph
        self.face.charWidths[code] = float(self.face.hmetrics[glyph][0] * self._scale)
        self._typed[code] = typed
        self._private[typed] = chr(code)
        return chr(code)

    def addObjects(self, doc: Any) -> None:
        """Add the font to the document, and replace reportlab's text map by a correct one."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        # Outlines are needed only here, once per document: the file is read again rather than kept in memory.
        face: Any = self.face
        face._ttf_data = self._path.read_bytes()
        try:
            super().addObjects(doc)
        finally:
            del face._ttf_data
        for number, subset in enumerate(subsets):
            name = b"".join((ttfonts.SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("pdfdoc")
            doc.idToObject["toUnicodeCMap:" + name].content = self._text_map(name, subset)

    def _text_map(self, name: str, subset: list[int]) -> str:
        """Return the ToUnicode map of a subset, so that copied text has the typed characters."""
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
        """Return the glyph of a character with a variation selector, None where the font has none."""
        for subtable in self._variants:
            glyph = _variant_in(subtable, ord(base), ord(selector))
            if glyph is not None:
                return glyph or int(self.face.charToGlyph[ord(base)])
        if "\ufe00" <= selector <= "\ufe0f":  # text/emoji selectors choose a style, not another letter
            return int(self.face.charToGlyph[ord(base)])
        return None


class _CodeTable(MutableMapping[int, Any]):
    """A font's values by character code, in two arrays: a dict for a large face takes thirty times the memory.

    Values added later, for the few codes assigned to variants, are kept in a dict beside them.
    """

    def __init__(self, codes: Sequence[int], values: Sequence[Any]):
        """Take ``values`` by ``codes``, which are in ascending order."""
        self._codes = codes
        self._values = values
        self._added: dict[int, Any] = {}

    def __getitem__(self, code: int) -> Any:
        place = bisect_left(self._codes, code)
        if place < len(self._codes) and self._codes[place] == code:
            return self._values[place]
        return self._added[code]

    def __setitem__(self, code: int, value: Any) -> None:
        self._added[code] = value

    def __delitem__(self, code: int) -> None:
        del self._added[code]

    def __iter__(self) -> Iterator[int]:
        yield from self._codes
        yield from self._added

    def __len__(self) -> int:
        return len(self._codes) + len(self._added)


def _shrink_font(face: Any) -> None:
    """Reduce a loaded font to what measuring needs, in arrays; outlines are read again when drawing.

    A Japanese face takes ten megabytes as reportlab leaves it, and a document uses three of them.
    """
    codes = array("I", sorted(face.charToGlyph))
    same: dict[Any, Any] = {}
    widths = [same.setdefault(width, width) for width in (face.charWidths[code] for code in codes)]
    face.charToGlyph = _CodeTable(codes, array("H", (face.charToGlyph[code] for code in codes)))
    face.charWidths = _CodeTable(codes, widths)
    face.hmetrics = [same.setdefault(pair, pair) for pair in face.hmetrics]
    face.glyphPos = array("I", face.glyphPos)
    face.glyphToChar.clear()
    del face._ttf_data


def _variation_subtables(cmap: bytes) -> tuple[bytes, ...]:
    """Return the subtables of a font's ``cmap`` that map a character with a selector to a glyph (format 14)."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    starts = {struct.unpack_from(">L", cmap, 8 + 8 * number)[0] for number in range(count)}
    lengths = {at: struct.unpack_from(">L", cmap, at + 2)[0] for at in starts if cmap[at : at + 2] == b"\0\x0e"}
    return tuple(cmap[at : at + length] for at, length in sorted(lengths.items()))


def _variant_in(subtable: bytes, base: int, selector: int) -> int | None:
    """Return the glyph of a character with a selector: 0 = the ordinary one, None = the font knows none."""
    (count,) = struct.unpack_from(">L", subtable, 6)
    for number in range(count):
        record = subtable[10 + 11 * number : 21 + 11 * number]
        if int.from_bytes(record[:3], "big") != selector:
            continue
        ordinary, other = struct.unpack(">LL", record[3:])
        if other:
            for entry in _entries(subtable, other, 5):
                if int.from_bytes(entry[:3], "big") == base:
                    return int.from_bytes(entry[3:], "big")
        if ordinary:
            for entry in _entries(subtable, ordinary, 4):
                first = int.from_bytes(entry[:3], "big")
                if first <= base <= first + entry[3]:
                    return 0
    return None


def _entries(subtable: bytes, at: int, size: int) -> Iterable[bytes]:
    """Yield the entries of a counted list in a subtable, each of ``size`` bytes."""
    (count,) = struct.unpack_from(">L", subtable, at)
    for start in range(at + 4, at + 4 + count * size, size):
        yield subtable[start : start + size]


class UnknownCharacter(LookupError):
    """Error for a character that no font of a face has."""


class Run(NamedTuple):
    """Neighbouring characters drawn from one font; ``font`` is its PDF name."""

    font: str
    drawn: str


def visible_text(text: str) -> str:
    """Return the text without invisible characters, every line break as one, a tab as a wide space."""
    return text.translate(_UNSEEN) if _UNSEEN_SIGN.search(text) else text


def cells(text: str) -> Sequence[str]:
    """Split a text into what is drawn as one: a character with its selector and combining marks.

    These are the grapheme clusters of Unicode (UAX 29) as far as our fonts draw them as a whole; a text without such
    characters is returned itself. Texts for documents are cut only between cells.
    """
    if not _MAY_JOIN.search(text):
        return text
    parts: list[str] = []
    for character in text:
        if parts and parts[-1] != "\n" and unicodedata.category(character)[0] == "M":
            parts[-1] += character
        else:
            parts.append(character)
    return parts


class _Advances(dict[str, float]):
    """Cache of the width in em of each cell."""

    def __init__(self, face: Face):
        super().__init__()
        self._face = face

    def __missing__(self, cell: str) -> float:
        self[cell] = width = self._face.measure_cell(cell)
        return width


class Face:
    """A face: a chain of fonts, of which the first that has a character draws it."""

    def __init__(self, collection: FontCollection, files: tuple[str, ...]):
        self._collection = collection
        self._files = files
        self._first = collection.font(files[0])
        self.primary: str = self._first.fontName
        self.advances = _Advances(self)
        self.borrowed: dict[str, Run] = {}
        self.advances["\n"] = self.advances[" "]
        self.zero = self.advances["0"]
        self.one_shift = (self.zero - self.advances["1"]) / 2

    def measure_cell(self, cell: str) -> float:
        """Find the font for a cell and return its width in em.

        Raises:
            UnknownCharacter: no font of the chain has it.
        """
        for file in self._files:
            font = self._collection.font(file)
            drawn = font.drawn_as(cell)
            if drawn is not None:
                if font is not self._first or len(cell) > 1:
                    self.borrowed[cell] = Run(font.fontName, drawn)
                return font.advance(drawn)
        raise UnknownCharacter(cell)

    def width(self, text: Sequence[str]) -> float:
        """Return the width in em of text or of its cells."""
        return sum(map(self.advances.__getitem__, text if not isinstance(text, str) else cells(text)))

    def runs(self, text: str) -> list[Run]:
        """Split text into runs of one font each, in order."""
        parts = cells(text)
        if not self.borrowed or self.borrowed.keys().isdisjoint(parts):
            return [Run(self.primary, text)]
        runs: list[Run] = []
        for cell in parts:
            run = self.borrowed.get(cell) or Run(self.primary, cell)
            if runs and runs[-1].font == run.font:
                runs[-1] = Run(run.font, runs[-1].drawn + run.drawn)
            else:
                runs.append(run)
        return runs


class FontCollection:
    """The fonts of one folder; a file is read at its first use.

    Attributes:
        spare: millimetres of a page that stay free, where another program sets it and may need them.
    """

    spare = 0.0

    def __init__(self) -> None:
        self._folder = fonts.bundled_fonts_folder()
        self._fonts: dict[str, EmbeddedFont] = {}
        self._named: dict[str, EmbeddedFont] = {}
        self._faces: dict[FaceName, Face] = {}

    def font(self, file: str) -> EmbeddedFont:
        """Return the font of a file name; it is read and registered at first use."""
        if file not in self._fonts:
            name = file.removesuffix(".ttf")
            font = EmbeddedFont(name, self._folder / file)
            pdfmetrics.registerFont(font)
            self._fonts[file] = self._named[name] = font
        return self._fonts[file]

    def registered(self, name: str) -> EmbeddedFont:
        """Return an already loaded font by its PDF name."""
        return self._named[name]

    def face(self, name: FaceName) -> Face:
        """Return the face for ``gothic``, ``bold`` or ``mincho``."""
        if name not in self._faces:
            self._faces[name] = Face(self, _FILES[name])
        return self._faces[name]


@cache
def open_collection() -> FontCollection:
    """Return the program's fonts, always the same object, so that they are read once."""
    return FontCollection()


@cache
def open_measuring_fonts() -> FontCollection:
    """Return fonts that only measure texts, apart from those that draw."""
    return FontCollection()
