"""Sees signs that no text has (NUL and other control signs): damage of an export, invisible on a screen."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def silent_sign(cell: str) -> tuple[str, str] | None:
    """The reason and the code to name a cell with such a sign, or None for an ordinary one."""
    if "\x00" in cell:
        return "セルの中に文章には現れない符号（NUL）がある", "nul_byte"
    if not cell.isprintable() and _CONTROL.search(cell):
        return "セルの中に文章には現れない符号（制御文字）がある", "control_character"
    return None


def without_silent_signs(cell: str) -> str:
    """The cell as it was meant, without such signs."""
    return cell if cell.isprintable() else _CONTROL.sub("", cell)
