"""Location of the bundled fonts, and their names in PDF and Excel."""

from __future__ import annotations

from pathlib import Path

from db.files import filesystem

GOTHIC = "BIZUDPGothic-Regular.ttf"
GOTHIC_BOLD = "BIZUDPGothic-Bold.ttf"
MINCHO = "BIZUDPMincho-Regular.ttf"
GOTHIC_RARE = "NotoSansJP-Regular.ttf"
GOTHIC_BOLD_RARE = "NotoSansJP-Bold.ttf"
MINCHO_RARE = "NotoSerifJP-Regular.ttf"


def bundled_fonts_folder() -> Path:
    """Return the folder of the bundled fonts, in a checkout and in the built application alike."""
    return filesystem.absolute(Path(__file__)).parents[2] / "resources" / "fonts"
