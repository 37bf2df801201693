"""Loads the bundled fonts, so that every office PC shows every name with the same characters."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from db.files import filesystem

FAMILIES = ["Dejikatsu Gothic", "Dejikatsu Gothic Rare"]
"""The face, and behind it the one that has the characters it lacks.

BIZ UDPGothic and Noto Sans JP under names of their own: one of these names may be installed on the PC in another
    version.
"""

_FILES = (
    "BIZUDPGothic-Regular.ttf",
    "BIZUDPGothic-Bold.ttf",
    "NotoSansJP-Regular.ttf",
    "NotoSansJP-Bold.ttf",
)


def resource_folder() -> Path:
    """The folder ``resources`` beside the package, in a checkout and in the built bundle alike."""
    return filesystem.absolute(Path(__file__)).parents[2] / "resources"


def load_fonts() -> tuple[str, ...]:
    """Make the bundled fonts known to Qt; returns the names of files that could not be loaded."""
    folder = resource_folder() / "fonts"
    return tuple(name for name in _FILES if not _register_font(folder / name))


def _register_font(file: Path) -> bool:
    """Make one font known; by what it holds where Qt can't open it by name (without a screen, Windows, a folder in
    Japanese)."""
    if QFontDatabase.addApplicationFont(str(file)) != -1:
        return True
    try:
        return QFontDatabase.addApplicationFontFromData(file.read_bytes()) != -1
    except OSError:
        return False


def ui_font(points: float, *, bold: bool = False) -> QFont:
    """The interface face at ``points`` pt; the caller's own, though Qt keeps its description once for all of a kind."""
    return QFont(_cached_font(points, bold))


@lru_cache(maxsize=64)
def _cached_font(points: float, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font
