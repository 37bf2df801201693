"""Gives the bundled screen fonts their own name and line height; to be run after an update of the fonts.

Usage: python build_spec/own_fonts.py. An office PC may have another version of BIZ UDPGothic installed; under the
same name, Windows decides which of the two is used. The original fonts have no line gap, so that in a two-line hint
an underscore touches the next line; Qt takes the gap from the font alone, for labels and fields alike. Outlines and
licence are unchanged, documents use line heights of their own; neither licence reserves a name that is used here.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "fonts"
NAMES = {
    "BIZUDPGothic-Regular.ttf": ("Dejikatsu Gothic", "Regular"),
    "BIZUDPGothic-Bold.ttf": ("Dejikatsu Gothic", "Bold"),
    "NotoSansJP-Regular.ttf": ("Dejikatsu Gothic Rare", "Regular"),
    "NotoSansJP-Bold.ttf": ("Dejikatsu Gothic Rare", "Bold"),
}
LINE_HEIGHT = 1.4
"""Distance between lines, in font sizes."""

_FAMILY, _STYLE, _SAME, _WHOLE = 1, 2, 3, 4
_USE_TYPO_METRICS = 1 << 7


def rename_font(path: Path, family: str, style: str) -> None:
    """Write ``family``, ``style`` and the line height into the font at ``path``; its PostScript name for PDFs stays."""
    font = TTFont(path, lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    whole = f"{family} {style}"
    version = font["name"].getDebugName(5)
    for number, words in ((_FAMILY, family), (_STYLE, style), (_SAME, f"{version};{whole}"), (_WHOLE, whole)):
        font["name"].setName(words, number, 3, 1, 0x409)
    metrics = font["OS/2"]
    tall = metrics.sTypoAscender - metrics.sTypoDescender
    metrics.sTypoLineGap = round(LINE_HEIGHT * font["head"].unitsPerEm) - tall
    metrics.fsSelection |= _USE_TYPO_METRICS
    font.save(path.with_suffix(".new"), reorderTables=None)
    font.close()
    path.with_suffix(".new").replace(path)


if __name__ == "__main__":
    for name, (family, style) in NAMES.items():
        rename_font(FOLDER / name, family, style)
        print(f"{name}: {family} {style}")
