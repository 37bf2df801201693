"""What a folder is good for before anything is written into it: new data, existing data, restored data, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from app.data_folder.services.data_folder import holds_data
from app.data_folder.services.place_checks import below_data, restored_name
from app.papers.services.named_place import FULL_FORM, away, look_at_named, spelling_problem, what_stands_at
from db.files import on_disk
from db.files.synced_places import synchronised_by

NAME = "デジ活デスクのデータ"

Kind = Literal["free", "data", "taken", "closed", "missing", "unfit"]


@dataclass(frozen=True)
class LookedFolder:
    """A folder that was looked at.

    Attributes: ``folder`` the place to use, which may lie inside the one that was named;
    ``kind`` free (data may begin here), data (a data folder), taken (something else is there), or as a ``NamedPlace``
    that is refused: closed, missing, unfit (``problem`` says why and what to do);
    ``copied_by`` the service that copies the place to other PCs, or "".
    """

    folder: Path
    kind: Kind
    problem: str = ""
    copied_by: str = ""


def look_at_place(named: Path) -> LookedFolder:
    """Say whether new data can begin at ``named``; a folder with other files gets one of its own inside."""
    if refused := _refused_unseen(named):
        return refused
    data = find_data(named)
    if data is not None:
        return LookedFolder(data, "data", copied_by=synchronised_by(data))
    if what_stands_at(named) == "folder" and _is_used(named):
        return _look(named / NAME)
    return _look(named)


def look_at_restore_place(named: Path) -> LookedFolder:
    """Say whether a backup can be restored into ``named``, which must be new or empty."""
    if refused := _refused_unseen(named):
        return refused
    standing = what_stands_at(named)
    if standing == "file" or (standing == "folder" and _is_used(named)):
        return LookedFolder(named, "taken")
    return _look(named)


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
    stem = restored_name(folder.name, today=today)
    names = [stem, *(f"{stem}-{number}" for number in range(2, 100))]
    return next(folder.parent / name for name in names if not (folder.parent / name).exists())


def _refused_unseen(named: Path) -> LookedFolder | None:
    """Refuse what is no place from the root or would be read as another one, and ask no more of a drive
    that is away."""
    if said := spelling_problem(named) or ("" if named.is_absolute() else FULL_FORM):
        return LookedFolder(named, "unfit", said)
    return _look(named) if away(named) else None


def _look(target: Path) -> LookedFolder:
    seen = look_at_named(target, below=below_data, may_be_data=True)
    here = seen.kind in ("free", "closed")
    return LookedFolder(target, seen.kind, seen.problem, copied_by=synchronised_by(target) if here else "")


def _is_used(folder: Path) -> bool:
    try:
        return any(not one.name.startswith(on_disk.PROBE) for one in folder.iterdir())
    except OSError:
        return True
