"""Measures the width and line count of cell texts, so that no row is too low for its text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

CELL_PADDING = 5.0
LINE_PITCH = 1.27
TALLEST_ROW = 400.0
INDENT = 7.0
SHRUNK = 0.875
# A day is never torn: it stands smaller still where its column can give it no more.
DAY_SHRUNK = 0.7
# A font that stands in for ours is up to so much wider.
OTHER_FONT = 0.95
# The texts of a list of 10,000 rows are measured for its columns, for its page and for its rows.
_MOST_KEPT = 250_000
_USUALLY_KEPT = 20_000

# BIZ UDPゴシック, bold, in em: the printable ASCII characters from the space on. Bold is never narrower.
_ASCII = (
    "0.33 0.37 0.52 0.94 0.80 1.00 0.91 0.32 0.50 0.51 0.50 0.84 0.33 0.48 0.33 0.50 "
    "0.76 0.76 0.76 0.76 0.76 0.76 0.76 0.76 0.76 0.76 0.34 0.34 0.84 0.84 0.84 0.80 "
    "0.98 0.78 0.77 0.81 0.85 0.70 0.67 0.86 0.84 0.44 0.56 0.76 0.61 1.00 0.84 0.88 "
    "0.76 0.90 0.76 0.73 0.70 0.86 0.76 1.00 0.82 0.74 0.75 0.55 0.50 0.55 0.50 0.31 "
    "0.50 0.66 0.73 0.64 0.73 0.69 0.51 0.67 0.72 0.32 0.40 0.66 0.36 0.96 0.72 0.70 "
    "0.73 0.73 0.49 0.59 0.49 0.72 0.60 0.90 0.62 0.64 0.58 0.54 0.44 0.54 0.50"
)
_NARROW = "・：；！？「」『』（）【】〔〕［］｛｝〈〉《》"
_MARKS = "、。，．\u3000"
# A printer sets a little wider than the font's own figures.
_SPARE = 1.02
_WIDEST = 1.0 * _SPARE
# Sums of the same widths in another order differ by less.
_HAIR = 1e-6
_NOT_AT_START = set("、。，．・：；！？」』）】〕］｝〉》々ーっゃゅょァィゥェォッャュョぁぃぅぇぉ％人件枚部台回分円")
_NOT_AT_END = set("「『（【〔［｛〈《")
# Marks that sit on the character before them and take no room.
_ON_TOP = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_WORD = re.compile(
    f"[{''.join(_NOT_AT_END)}]*(?:[!-~]+|[\\s\\S])[{re.escape(''.join(sorted(_NOT_AT_START)))}{_ON_TOP}]*"
)

_DAY = re.compile(
    r"(?:R\d{1,2}\.\d{1,2}\.\d{1,2}(?:[（(][月火水木金土日](?:・[祝休])?[）)])?"
    # As a list of the screen writes it.
    r"|(?:R\d{1,2} )?\d{1,2}/\d{1,2}[（(][月火水木金土日](?:・[祝休])?[）)])"
)


class _CharacterWidths(dict[str, float]):
    """Cache of the width of each character in em."""

    def __missing__(self, char: str) -> float:
        width = _em(char)
        self[char] = width
        return width


def _em(char: str) -> float:
    """Return the width of a character in ems, a little more than in most fonts; 0 for a mark set over another."""
    if unicodedata.combining(char) or 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF:
        return 0.0
    if char in _NARROW:
        return 0.55 * _SPARE
    if char in _MARKS:
        return 0.67 * _SPARE
    if "\u3041" <= char <= "\u30ff":
        return 0.96 * _SPARE
    return (1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.78) * _SPARE


EM = _CharacterWidths({chr(32 + number): float(width) * _SPARE for number, width in enumerate(_ASCII.split())})


def text_width(text: str, size: float) -> float:
    """Return the width in points of the widest line of ``text`` at ``size`` points."""
    return _ems(text) * size


def text_widths(texts: Iterable[str], size: float) -> list[float]:
    """Return ``text_width`` of each of many texts."""
    return [width * size for width in map(_ems, texts)]


@lru_cache(maxsize=_MOST_KEPT)
def _ems(text: str) -> float:
    """Return the width in em of the widest line; cached, as lists repeat the same words."""
    if "\n" in text:
        return max(sum(map(EM.__getitem__, line)) for line in text.split("\n"))
    return sum(map(EM.__getitem__, text))


def wrap(text: str, width: float, size: float) -> list[str]:
    """Return the lines into which ``text`` wraps in ``width`` points; joined they are the text again.

    Half a character is kept free, because other programs break a little earlier.
    """
    room = max(width / size - 0.5, 1.0)
    lines = []
    for typed in text.split("\n"):
        line, filled = "", 0.0
        for word in _WORD.findall(typed):
            # Most words of a Japanese text are one sign.
            need = EM[word] if len(word) == 1 else sum(map(EM.__getitem__, word))
            if filled + need <= room or not line:
                line, filled = line + word, filled + need
            else:
                lines.append(line)
                line, filled = word, need
            while filled > room and len(line) > 1:
                kept = _longest_prefix(line, room)
                lines.append(line[:kept])
                line = line[kept:]
                filled = sum(map(EM.__getitem__, line))
        lines.append(line + "\n")
    lines[-1] = lines[-1][:-1]
    return lines


def _count_lines(text: str, width: float, size: float) -> int:
    """Return how many lines ``wrap`` would make, without making them."""
    room = max(width / size - 0.5, 1.0)
    count = 0
    for typed in text.split("\n"):
        words, whole = _WORD.findall(typed), _ems(typed)
        widest = max(map(len, words), default=0) * _WIDEST
        if widest <= room and room + _HAIR < whole < 2 * room - widest - _HAIR:
            # No word breaks, and what the first line leaves, at most a word more than half, goes into the second.
            count += 2
            continue
        filled, begun = 0.0, False
        for word in words:
            need = EM[word] if len(word) == 1 else sum(map(EM.__getitem__, word))
            if need > room and len(word) > 1:
                return len(wrap(text, width, size))  # a word that goes on in the next line
            if begun and filled + need > room:
                count += 1
                filled = 0.0
            filled += need
            begun = True
        count += 1
    return count


def _longest_prefix(text: str, room: float) -> int:
    """Return how many characters of a text fit into ``room``."""
    filled = 0.0
    for number, char in enumerate(text):
        filled += EM[char]
        if filled > room:
            return max(number, 1)
    return len(text)


def line_count(text: str, width: float, size: float) -> int:
    """Return how many lines ``text`` takes in ``width`` points at ``size`` points."""
    if text_width(text, size) <= width:
        return text.count("\n") + 1
    return _count_lines(text, width, size)


def widest_day(text: str) -> float:
    """Return the width in em of the widest day (「R8.9.10（木）」) in ``text``, 0 if there is none."""
    return max(map(_ems, _DAY.findall(text)), default=0.0) if "R" in text or "/" in text else 0.0


@lru_cache(maxsize=_MOST_KEPT)
def fitting_size(text: str, room: float, size: float) -> tuple[float, int]:
    """Return type size and lines of ``text``: up to an eighth smaller if that avoids a second line or a broken day."""
    width = _ems(text) * size
    one_line = "\n" not in text
    if one_line:
        if width <= room:
            return size, 1
        if width * SHRUNK <= room:
            return int(room / width * size * 4) / 4, 1
    day = widest_day(text) * size
    if day > room:
        size = int(max(room / day, DAY_SHRUNK) * size * 4) / 4
        return size, line_count(text, room, size)
    return size, _count_lines(text, room, size) if one_line else line_count(text, room, size)


def clear_long_list_cache() -> None:
    """Drop the cached widths of a long list once its workbook is made; those of documents stay."""
    for kept in (_ems, fitting_size):
        if kept.cache_info().currsize > _USUALLY_KEPT:
            kept.cache_clear()


def split_tall_text(text: str, width: float, size: float) -> list[str]:
    """Split ``text`` at line ends into pieces that each fit Excel's maximum row height (409 points)."""
    most = int(TALLEST_ROW / (size * LINE_PITCH)) - 1
    if len(text) <= most or line_count(text, width, size) <= most:
        return [text]
    lines = wrap(text, width, size)
    return ["".join(lines[start : start + most]).rstrip("\n") for start in range(0, len(lines), most)]


_MIN_LOWERABLE_HEIGHT, _MAX_HEIGHT_REDUCTION = 15.0, 4.5
"""Rows of at least the first height (points) can be lowered by up to the second; never below 13.5."""
_LOWEST, _PICTURE = 13.5, 100.0


def row_height(lines: int, size: float, least: float) -> float:
    """Return the height in points of a row with ``lines`` lines, in steps of a screen pixel."""
    height = max(least, lines * size * LINE_PITCH + 6.0) if lines > 1 else max(least, size * LINE_PITCH + 4.0)
    return round(height / 0.75 + 0.49) * 0.75


def lower_row_height(height: float) -> float:
    """Return the height in points of a row without extra white space; low and picture rows keep theirs."""
    return max(height - _MAX_HEIGHT_REDUCTION, _LOWEST) if _MIN_LOWERABLE_HEIGHT <= height < _PICTURE else height
