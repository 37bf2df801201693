"""Where a Japanese text may be broken into lines: between words, not inside 「講習会」 or 「研修室」."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

_LATIN = "A-Za-z"
_COUNTED = r"\d+(?:回|人|件|枚|台|部|冊|団体|ページ|品目)"
_SPACE = rf"(?<=[ 　])(?<!R\d )(?<!R\d\d )(?!(?<=[一-龠ァ-ヴー] ){_COUNTED})(?=[^ 　])"
"""After a space, except within one date (「R9 1/13」) and between what is counted and its number (「受講 1回」)."""
_BETWEEN_WORDS = re.compile(
    _SPACE + "|(?<=[、。，・／：」』】）〉〜])(?=[^、。，・／：」』】）〉〜ー])"
    "|(?<=[^（「『【〈])(?=[（「『【〈])"
    f"|(?<=[のをにはがでとへもやてら])(?=[一-龠々ァ-ヴ{_LATIN}0-9])"
    # A 台, 丘, 町 or 村 belongs to its name (「つつじ台」, 「あおば町会」); what follows a 台 or 丘 does not.
    f"|(?<=[ぁ-ん]{{3}})(?=(?![台丘町村])[一-龠々ァ-ヴ{_LATIN}])"
    "|(?<=[ぁ-ん]{3}[台丘])(?=[一-龠々]{2})"
    "|(?<=[ァ-ヴー])(?=[一-龠々])"
    f"|(?<=[一-龠々])(?=[ァ-ヴ{_LATIN}])"
    f"|(?<=[{_LATIN}]{{2}})(?=[一-龠々ァ-ヴぁ-ん])"
)
"""Natural break positions: after a space, a mark or a particle, before a bracket, where the script changes."""


_AFTER_SPACE = re.compile(_SPACE)
_FIRM = "\u00a0"
_MAY_BREAK = "\u200b"
_PATH_BREAK = re.compile(rf"(?<=[/\\]){_MAY_BREAK}")


def breakable_path(path: str) -> str:
    """Return the path with an invisible sign after each separator, at which it may break."""
    return re.sub(r"[/\\]", lambda separator: separator[0] + _MAY_BREAK, path)


def joined_paths(text: str) -> str:
    """Return a text with its paths as they are written, without the signs of ``breakable_path``."""
    return _PATH_BREAK.sub("", text)


def unbreakable_pieces(paragraph: str) -> Iterator[str]:
    """Yield the pieces that stay on one line; a no-break space joins up to the next space (「4 やや遅い」)."""
    for part in _AFTER_SPACE.split(paragraph):
        if _FIRM in part:
            yield part
        else:
            yield from _BETWEEN_WORDS.split(part)


def wrap_words(words: str, font: QFont, width: float) -> list[tuple[str, float]]:
    """Return ``words`` wrapped to ``width`` px as (line, its width); a longer piece is broken anywhere."""
    metrics = QFontMetricsF(font)
    lines = []
    for paragraph in words.split("\n"):
        whole = paragraph.rstrip()
        natural = metrics.horizontalAdvance(whole)
        if natural <= width:  # as nearly all words of a list
            lines.append((whole, natural))
            continue
        line = ""
        for piece in unbreakable_pieces(paragraph):
            if metrics.horizontalAdvance((line + piece).rstrip()) <= width:
                line += piece
                continue
            if metrics.horizontalAdvance(piece.rstrip()) > width:
                # It is cut anyway: what stands before it stays on its line, and no scrap gets a line of its own.
                *before, (line, _natural) = break_anywhere(line + piece, font, width)
                lines += before
                continue
            if line.strip():
                lines.append((line.rstrip(), metrics.horizontalAdvance(line.rstrip())))
            line = piece
        lines.append((line.rstrip(), metrics.horizontalAdvance(line.rstrip())))
    return lines


def wrapped(words: str, font: QFont, width: float) -> str:
    """Return ``words`` with a line break wherever ``wrap_words`` begins a line."""
    return "\n".join(line for line, _width in wrap_words(words, font, width))


def break_anywhere(words: str, font: QFont, width: float) -> list[tuple[str, float]]:
    """Return the lines of a text, broken between words or else anywhere, with the width of each."""
    lines = []
    metrics = QFontMetricsF(font)
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    start = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 16))
        piece = _slice(words, start, line.textLength())
        start += line.textLength()
        lines.append((piece.rstrip(), metrics.horizontalAdvance(piece.rstrip())))
    layout.endLayout()
    return lines


def _slice(text: str, start: int, length: int) -> str:
    """Return a part of ``text`` counted in UTF-16 units, as Qt counts (𠮷 is two)."""
    units = text.encode("utf-16-le")
    return units[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore")
