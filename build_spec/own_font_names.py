"""Gives the carried fonts of the screen family names of their own: ``python build_spec/own_font_names.py`` after an update.

An office PC may have a BIZ UDPGothic of another version installed; asked for by the same name, Windows decides which of
the two draws. Only the names change, no outline and no licence; neither licence reserves a name that is used here.
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
_FAMILY, _STYLE, _SAME, _WHOLE = 1, 2, 3, 4


def rename(path: Path, family: str, style: str) -> None:
    """Write ``family`` and ``style`` into the font at ``path``; the name by which papers carry it stays."""
    font = TTFont(path, lazy=True, recalcBBoxes=False, recalcTimestamp=False)
    whole = f"{family} {style}"
    version = font["name"].getDebugName(5)
    for number, words in ((_FAMILY, family), (_STYLE, style), (_SAME, f"{version};{whole}"), (_WHOLE, whole)):
        font["name"].setName(words, number, 3, 1, 0x409)
    font.save(path.with_suffix(".new"), reorderTables=None)
    font.close()
    path.with_suffix(".new").replace(path)


if __name__ == "__main__":
    for name, (family, style) in NAMES.items():
        rename(FOLDER / name, family, style)
        print(f"{name}: {family} {style}")
