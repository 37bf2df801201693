"""The faces a paper is set in: which font draws which character, and how wide it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from reportlab.pdfbase import pdfmetrics

from app.papers import fonts
from app.papers.pdf.embedded_font import EmbeddedFont

FaceName = Literal["gothic", "bold", "mincho"]

# Characters that take part in no line: they neither show nor take room.
_UNSEEN: dict[int, str | None] = {
    **dict.fromkeys((*range(0x200B, 0x2010), 0x2060, 0xFEFF, 0x00AD, 0x000D)),
    ord("\t"): "\u3000",
    0x00A0: " ",
}
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_CELL = re.compile(".[\ufe00-\ufe0f\U000e0100-\U000e01ef]*", re.DOTALL)

_FILES: dict[FaceName, tuple[str, ...]] = {
    "gothic": (fonts.GOTHIC, fonts.GOTHIC_RARE),
    "bold": (fonts.GOTHIC_BOLD, fonts.GOTHIC_BOLD_RARE, fonts.GOTHIC_RARE),
    "mincho": (fonts.MINCHO, fonts.MINCHO_RARE, fonts.GOTHIC_RARE),
}


class UnknownCharacter(LookupError):
    """No font of a face holds the character."""


class Run(NamedTuple):
    """Neighbouring characters drawn from one font; ``font`` is its PDF name."""

    font: str
    drawn: str


def visible(text: str) -> str:
    """Return the text without characters that never show, tabs and hard spaces as plain spaces."""
    return text if text.isascii() and text.isprintable() else text.translate(_UNSEEN)


def cells(text: str) -> Sequence[str]:
    """Split into what is drawn as one piece: a character with the selector that follows it."""
    if _SELECTOR.search(text):
        return _CELL.findall(text)
    return text


class _Advances(dict[str, float]):
    """Width in em of every cell met so far; a cell met first asks the face."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, cell: str) -> float:
        self[cell] = width = self._face.place(cell)
        return width


class Face:
    """One face: a chain of fonts of which the first that holds a character draws it."""

    def __init__(self, collection: FontCollection, files: tuple[str, ...]) -> None:
        self._collection = collection
        self._files = files
        self._first = collection.font(files[0])
        self.primary: str = self._first.fontName
        self.advances = _Advances(self)
        self.borrowed: dict[str, Run] = {}
        self.advances["\n"] = self.advances[" "]
        self.zero = self.advances["0"]
        self.one_shift = (self.zero - self.advances["1"]) / 2

    def place(self, cell: str) -> float:
        """Find the font for a cell and return its width in em.

        Raises ``UnknownCharacter`` when no font of the chain holds it.
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
        """Split text into runs of one font each, in drawing order."""
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
    """The fonts of one folder; a file is read when its first character is needed."""

    def __init__(self, folder: Path, suffix: str) -> None:
        self._folder = folder
        self._suffix = suffix
        self._fonts: dict[str, EmbeddedFont] = {}
        self._named: dict[str, EmbeddedFont] = {}
        self._faces: dict[FaceName, Face] = {}

    def font(self, file: str) -> EmbeddedFont:
        """Return the font of a file name, reading and registering it the first time."""
        if file not in self._fonts:
            name = file.removesuffix(".ttf") + self._suffix
            font = EmbeddedFont(name, self._folder / file)
            pdfmetrics.registerFont(font)
            self._fonts[file] = self._named[name] = font
        return self._fonts[file]

    def registered(self, name: str) -> EmbeddedFont:
        """Return a font read before by its PDF name."""
        return self._named[name]

    def face(self, name: FaceName) -> Face:
        """Return the face for ``gothic``, ``bold`` or ``mincho``."""
        if name not in self._faces:
            self._faces[name] = Face(self, _FILES[name])
        return self._faces[name]


@lru_cache(maxsize=8)
def open_collection(folder: Path) -> FontCollection:
    """Return the fonts of ``folder``; the same object every time, so that they are read once."""
    # reportlab knows fonts by name alone: another folder needs other names.
    suffix = "" if folder == fonts.bundled_fonts_folder() else f"-{abs(hash(folder)) % 10**6}"
    return FontCollection(folder, suffix)
