"""What stands on a screen, read as letters from its pixels: a driver from outside knows no more than who sits before
it.

The reader of letters is tesseract, with its Japanese. It is given the ink alone, whatever colour it has on whatever
ground: the frames of buttons and tables are taken out first, since it loses words in them. What it reads is nearly
right, so words are looked for nearly.
"""

from __future__ import annotations

import functools
import io
import os
import re
import struct
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter
from rapidfuzz import fuzz

Area = tuple[int, int, int, int]
_HEADER = struct.Struct(">25I")
_COLOUR = 12
WAYS = (2, 3)
"""How many times larger the letters are given to the reader: what it mistakes in one size it often reads
in the other."""
_STROKE = 28  # no stroke of a letter is as long, every frame is
_FAINT = 24
_GAP = 18  # what stands closer belongs to one line of words
_NEARLY = 74.0
_SHORT = 3
_SIGNS = re.compile(r"[\s|_・,.、。:;*'\"`~^\-‐―ー…()\[\]「」『』【】〇○●◎@]+")


def picture_of(memory: Path) -> Image.Image:
    """The screen whose memory Xvfb keeps in a file, as it is now."""
    content = memory.read_bytes()
    header = _HEADER.unpack_from(content)
    begin, width, height, line = header[0] + header[19] * _COLOUR, header[4], header[5], header[12]
    return Image.frombuffer("RGB", (width, height), content[begin : begin + line * height], "raw", "BGRX", line, 1)


@dataclass(frozen=True)
class Words:
    """Words that stand in one line: as read, and where each sign lies."""

    text: str
    places: tuple[Area, ...]

    def middle(self, first: int, last: int) -> tuple[int, int]:
        """The point in the middle of some signs."""
        left, top, right, foot = (
            self.places[first][0],
            self.places[first][1],
            self.places[last][2],
            self.places[last][3],
        )
        return (left + right) // 2, (top + foot) // 2


@dataclass(frozen=True)
class Spot:
    """Where words were found, and how like they are (100 = the same)."""

    x: int
    y: int
    likeness: float


def plain(text: str) -> str:
    """Words without what a reader of letters mistakes most: spaces, points, brackets, width."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


@functools.lru_cache(maxsize=40)
def _read(width: int, height: int, pixels: bytes, larger: int) -> tuple[Words, ...]:
    page = _ink(Image.frombytes("RGB", (width, height), pixels))
    page = page.resize((width * larger, height * larger), Image.Resampling.LANCZOS)
    given = io.BytesIO()
    page.save(given, "PPM")
    calm = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    said = subprocess.run(
        ["tesseract", "-", "-", "-l", "jpn", "--psm", "11", "tsv"],
        input=given.getvalue(),
        capture_output=True,
        check=True,
        env=calm,
    )
    return _in_lines(said.stdout.decode("utf-8"), larger)


def lines_of(picture: Image.Image, area: Area | None = None, *, larger: int = WAYS[0]) -> tuple[Words, ...]:
    """Every line of words on a picture, or in an area of it (left, top, right, foot)."""
    part = picture if area is None else picture.crop(area)
    lines = _read(part.width, part.height, part.tobytes(), larger)
    if area is None:
        return lines
    left, top = area[:2]
    return tuple(
        Words(one.text, tuple((a + left, b + top, c + left, d + top) for a, b, c, d in one.places)) for one in lines
    )


def spots(lines: tuple[Words, ...], words: str) -> list[Spot]:
    """Where ``words`` stand, the most like ones first; short ones have to be read exactly, but for a sign where they
    stand alone."""
    wanted = plain(words)
    found = []
    for line in lines:
        if len(wanted) <= _SHORT:
            at = line.text.find(wanted)
            if at >= 0:
                found.append(
                    Spot(*line.middle(at, at + len(wanted) - 1), 100.0 - min(20, len(line.text) - len(wanted)))
                )
            elif len(wanted) == len(line.text) == _SHORT and sum(map(str.__eq__, wanted, line.text)) == _SHORT - 1:
                found.append(Spot(*line.middle(0, _SHORT - 1), 70.0))
        elif len(line.text) >= 0.7 * len(wanted):
            met = fuzz.partial_ratio_alignment(wanted, line.text, score_cutoff=_NEARLY)
            if met is not None and met.dest_end - met.dest_start >= 0.7 * len(wanted):
                # Words that stand alone are more likely the button than a sentence that names it.
                beside = len(line.text) - (met.dest_end - met.dest_start)
                found.append(Spot(*line.middle(met.dest_start, met.dest_end - 1), met.score - min(8, beside) / 4))
    return sorted(found, key=lambda spot: -spot.likeness)


def _ink(picture: Image.Image) -> Image.Image:
    """Letters in black on white, from letters of any colour on grounds of any colour, without frames and rules."""
    grey = picture.convert("L")
    small = grey.resize((max(1, grey.width // 3), max(1, grey.height // 3)), Image.Resampling.NEAREST)
    ground = small.filter(ImageFilter.MedianFilter(9)).resize(grey.size, Image.Resampling.NEAREST)
    ink = ImageChops.difference(grey, ground)
    for _way in ("across", "down"):
        ink = _without_rules(ink).transpose(Image.Transpose.TRANSPOSE)
    return ink.point([max(0, 255 - 2 * shade) for shade in range(256)])


def _without_rules(ink: Image.Image) -> Image.Image:
    width, height = ink.size
    marked = ink.point([1 if shade > _FAINT else 0 for shade in range(256)]).tobytes()
    rule = re.compile(b"\x01{%d,}" % _STROKE)
    rows = (
        rule.sub(lambda run: b"\x02" * len(run[0]), marked[row * width : (row + 1) * width]) for row in range(height)
    )
    kept = Image.frombytes("L", (width, height), b"".join(rows)).point([0 if mark == 2 else 255 for mark in range(256)])
    return ImageChops.multiply(ink, kept)


def _in_lines(table: str, larger: int) -> tuple[Words, ...]:
    """The lines as the reader found them; what stands side by side is put together, it cuts lines where it likes."""
    found: dict[tuple[str, ...], list[tuple[Area, str]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = (int(cell) // larger for cell in cells[6:10])
            found.setdefault(tuple(cells[1:5]), []).append(((left, top, left + width, top + height), cells[11]))
    lines = [words for pieces in found.values() if (words := _words(pieces)).text]
    joined: list[Words] = []
    for line in sorted(lines, key=lambda one: one.places[0][0]):
        before = next((one for one in joined if _goes_on(one.places, line.places)), None)
        if before is None:
            joined.append(line)
        else:
            joined[joined.index(before)] = Words(before.text + line.text, before.places + line.places)
    return tuple(sorted(joined, key=lambda one: (one.places[0][1] // 6, one.places[0][0])))


def _goes_on(before: tuple[Area, ...], line: tuple[Area, ...]) -> bool:
    top, foot = before[-1][1], before[-1][3]
    middle = (line[0][1] + line[0][3]) / 2
    return top <= middle <= foot and -4 <= line[0][0] - before[-1][2] <= _GAP


def _words(line: list[tuple[Area, str]]) -> Words:
    text, places = "", []
    for (left, top, right, foot), piece in line:
        signs = plain(piece)
        if not signs:
            continue
        step = (right - left) / len(signs)
        text += signs
        places += [(round(left + n * step), top, round(left + (n + 1) * step), foot) for n in range(len(signs))]
    return Words(text, tuple(places))
