"""Loads the bundled fonts, so that every office PC shows every name with the same glyphs."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from db.files import filesystem

FAMILIES = ["Dejikatsu Gothic", "Dejikatsu Gothic Rare"]
"""The interface font, and the fallback that has the characters it lacks.

BIZ UDPGothic and Noto Sans JP are renamed, because another version may be installed on the PC under the original name.
"""

_FILES = (
    "BIZUDPGothic-Regular.ttf",
    "BIZUDPGothic-Bold.ttf",
    "NotoSansJP-Regular.ttf",
    "NotoSansJP-Bold.ttf",
)


def resource_folder() -> Path:
    """Return the folder ``resources`` beside the package, in a checkout and in the built bundle alike."""
    return filesystem.absolute(Path(__file__)).parents[2] / "resources"


def load_fonts() -> tuple[str, ...]:
    """Register the bundled fonts with Qt; return the names of files that could not be loaded."""
    folder = resource_folder() / "fonts"
    return tuple(name for name in _FILES if not _register_font(folder / name))


def _register_font(file: Path) -> bool:
    """Register one font, from its bytes where Qt cannot open it by name (offscreen, Windows, Japanese folder names)."""
    if QFontDatabase.addApplicationFont(str(file)) != -1:
        return True
    try:
        return QFontDatabase.addApplicationFontFromData(file.read_bytes()) != -1
    except OSError:
        return False


def ui_font(points: float, *, bold: bool = False) -> QFont:
    """Return the interface font at ``points`` pt, as a copy that the caller may change."""
    return QFont(_cached_font(points, bold))


@lru_cache(maxsize=64)
def _cached_font(points: float, bold: bool) -> QFont:
    """Return a font, the same object each time."""
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font
