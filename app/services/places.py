"""What a folder is good for before anything is written into it: new data, existing data, or neither."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from app.services.data_folder import holds_data
from db import on_disk

NAME = "デジ活デスクのデータ"

Kind = Literal["free", "data", "closed", "missing"]


@dataclass(frozen=True)
class Place:
    """A folder that was looked at.

    Attributes: ``folder`` the place to use, which may lie inside the one that was named;
    ``kind`` free (new data may begin here), data (a data folder), closed (no right to write),
    missing (no such disk or share).
    """

    folder: Path
    kind: Kind


def look_at_place(named: Path) -> Place:
    """Say whether new data can begin at ``named``; a folder with other files gets one of its own inside."""
    data = find_data(named)
    if data is not None:
        return Place(data, "data")
    ground = next((one for one in (named, *named.parents) if one.exists()), None)
    if ground is None:
        return Place(named, "missing")
    if not ground.is_dir():
        return Place(named, "closed")
    target = named
    if named.is_dir() and _is_used(named):
        target = named / NAME
    return Place(target, "free" if on_disk.can_write_in(ground) else "closed")


def find_data(named: Path) -> Path | None:
    """Return the data folder at ``named`` or directly inside it, or None."""
    try:
        if holds_data(named):
            return named
        inside = [one for one in named.iterdir() if one.is_dir() and holds_data(one)] if named.is_dir() else []
    except OSError:
        return None
    return inside[0] if len(inside) == 1 else None


def new_folder_beside(folder: Path, *, today: date) -> Path:
    """Return a name beside ``folder`` for restored data that is still free: 「…-復元-20260901」."""
    stem = f"{folder.name}-復元-{today:%Y%m%d}"
    names = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
    return next(folder.parent / name for name in names if not (folder.parent / name).exists())


def _is_used(folder: Path) -> bool:
    try:
        return any(not one.name.startswith(on_disk.PROBE) for one in folder.iterdir())
    except OSError:
        return True
