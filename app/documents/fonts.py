"""Where the bundled fonts lie and what they are called; screen, PDF and workbook agree through this."""

from __future__ import annotations

from pathlib import Path

from db import on_disk

GOTHIC = "BIZUDPGothic-Regular.ttf"
GOTHIC_BOLD = "BIZUDPGothic-Bold.ttf"
MINCHO = "BIZUDPMincho-Regular.ttf"
GOTHIC_RARE = "NotoSansJP-Regular.ttf"
GOTHIC_BOLD_RARE = "NotoSansJP-Bold.ttf"
MINCHO_RARE = "NotoSerifJP-Regular.ttf"

WORKBOOK_FAMILY = "BIZ UDPゴシック"
SCREEN_FAMILIES = ("BIZ UDPGothic", "Noto Sans JP")


def bundled_fonts_folder() -> Path:
    """Return the folder of the bundled fonts, in a checkout and in the built application alike."""
    return on_disk.absolute(Path(__file__)).parents[2] / "resources" / "fonts"
