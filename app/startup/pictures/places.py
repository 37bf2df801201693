"""Folders and the name of this machine are read as those of an office PC: others look at the pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.keeping.services.data_folder import this_pc
from app.startup.pictures.words import MAY_WRAP, visible_parts, words

ELSEWHERE = r"C:\デジ活デスク"
_NAMES = {f"PC「{this_pc()}」": "PC「係のPC」"}


def stand_in(front: QWidget, places: Mapping[Path, str]) -> None:
    """Show other places wherever those of this machine would be read, and another name of the PC."""
    for part in visible_parts(front):
        if not isinstance(part, QLabel | QLineEdit):
            continue
        before = part.text().replace(MAY_WRAP, "")
        text = before
        for place, instead in places.items():
            for path in re.findall(re.escape(str(place)) + r"[^\s<　]*", text):
                text = text.replace(path, _other(path, str(place), instead))
        for name, instead in _NAMES.items():
            text = text.replace(name, instead)
        if text != before:
            part.setText(text)


def of_this_machine(front: QWidget, folder: Path) -> list[str]:
    """Return the texts in which a place of this machine is still read: ``folder``, the person's own, the present one."""
    known = {str(place) for place in (folder, Path.home(), Path.cwd()) if place != place.parent}
    return [text for text in words(front) if any(place in text.replace(MAY_WRAP, "") for place in known)]


def _other(path: str, own: str, new: str) -> str:
    return (new + path.removeprefix(own)).replace("/", "\\").replace("\\", "\\" + MAY_WRAP)
