"""What lies where in a data folder: every file that somebody writes carries the number of its writer's seat.

Readers take the highest number, never the youngest time: a writer who was taken over and comes back late can only
write files that nobody reads any more. A folder of the first shape (``desk.db``, ``keyring.json``) is seat 0. From the
second data key on the name of a database says of which it is: until the keyring of that key lies there, it counts for
nothing.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from db.files import filesystem

FIRST_DATABASE: Final = "desk.db"
FIRST_KEYRING: Final = ("keyring.json", "keyring-copy.json")
FIRST_LOCK_NOTE: Final = "in-use.json"
_PAUSES: Final = (0.05, 0.2, 0.75, 2.0, 5.0, 5.0)
# No seat gets beyond twelve digits: a longer number is somebody's own name for a file.
_DATABASE: Final = re.compile(r"desk-([0-9]{6,12})(?:-k([0-9]{1,3}))?\.db")
_KEYRING: Final = re.compile(r"keyring-([0-9]{6,12})(-copy)?\.json")


def database_of(folder: Path, key_number: int | None = None) -> Path | None:
    """Return the database file of a data folder: the one of the highest seat, else that of the first shape, else None.

    Args:
        key_number: the number of the data key; None = there is one at all.

    Raises:
        OSError: the folder cannot be read.
    """
    found = database_files(folder, key_number)
    return found[-1][1] if found else None


def data_folder_of(path: Path) -> Path | None:
    """Return the data folder that ``path`` is or lies in, whatever links lead there, else None."""
    whole = filesystem.resolve_path(path)
    return next((one for one in (whole, *whole.parents) if _is_data_folder(one)), None)


def _is_data_folder(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        return database_of(folder) is not None
    return False


def database_files(folder: Path, key_number: int | None = None) -> list[tuple[int, Path]]:
    """Return every database file with its seat's number, lowest first; those below the last are left behind.

    Args:
        key_number: only those of this data key; None = those of a lower key first.

    Raises:
        OSError: the folder cannot be read.
    """
    names = _names(folder)
    first = [(0, folder / FIRST_DATABASE)] if FIRST_DATABASE in names else []
    found = sorted([*first, *_numbered(folder, _DATABASE)], key=lambda one: (key_number_of(one[1]), one[0]))
    return [one for one in found if key_number is None or key_number_of(one[1]) == key_number]


def key_number_of(path: Path) -> int:
    """Return the number of the data key of a database file, as its name says."""
    name = _DATABASE.fullmatch(path.name)
    return int(name.group(2)) if name is not None and name.group(2) else 1


def is_database(path: Path) -> bool:
    """Say by its name whether a file is the database of a data folder."""
    return path.name == FIRST_DATABASE or _DATABASE.fullmatch(path.name) is not None


def new_database_path(folder: Path, lock_number: int, key_number: int = 1) -> Path:
    """Return where a seat keeps a database file that it makes, under the pages of a data key."""
    return folder / f"desk-{lock_number:06d}{f'-k{key_number}' if key_number > 1 else ''}.db"


def keyring_paths(folder: Path) -> tuple[Path, Path]:
    """Return where the keyring and its copy lie by their names: those of the highest seat (they need not both exist).

    Whether they are a keyring at all says ``keyring.in_force``.
    """
    return all_keyring_paths(folder)[0]


def all_keyring_paths(folder: Path) -> list[tuple[Path, Path]]:
    """Return where keyrings and their copies lie, a pair a seat, the highest first; at least that of the
    first shape."""
    names = _names(folder)
    numbers = {number for number, _ in _numbered(folder, _KEYRING)} - {0}
    first = any(name in names for name in FIRST_KEYRING) or not numbers
    return [new_keyring_paths(folder, number) for number in [*sorted(numbers, reverse=True), *([0] if first else [])]]


def new_keyring_paths(folder: Path, lock_number: int) -> tuple[Path, Path]:
    """Return where a seat writes the keyring and its copy; seat 0 is a backup's or a folder's of the first shape."""
    if not lock_number:
        return folder / FIRST_KEYRING[0], folder / FIRST_KEYRING[1]
    return folder / f"keyring-{lock_number:06d}.json", folder / f"keyring-{lock_number:06d}-copy.json"


def wait_for_files(files: Callable[[], Sequence[Path]], *, pause: Callable[[float], None] = time.sleep) -> None:
    """Wait, up to 13 seconds, while all of ``files`` that a folder lists are not there when they are asked for.

    A client of a share shows a list some seconds old: meanwhile somebody wrote under a new name and took the old away.
    """
    for seconds in _PAUSES:
        found = files()
        listed = {name for folder in {path.parent for path in found} for name in _names(folder)}
        if any(path.exists() for path in found) or not any(path.name in listed for path in found):
            return
        pause(seconds)


def earlier_keyring_paths(folder: Path, current: tuple[Path, Path]) -> list[Path]:
    """Return the keyring files below ``current``, of lower seats and of the first shape: nobody reads them any more."""
    pairs = all_keyring_paths(folder)
    lower = pairs[pairs.index(current) + 1 :] if current in pairs else []
    names = _names(folder)
    return [path for pair in lower for path in pair if path.name in names]


def highest_lock_number(folder: Path) -> int:
    """Return the highest seat in the name of a database or keyring (0 = none)."""
    numbers = [number for pattern in (_DATABASE, _KEYRING) for number, _ in _numbered(folder, pattern)]
    return max(numbers, default=0)


def _numbered(folder: Path, pattern: re.Pattern[str]) -> list[tuple[int, Path]]:
    return [(int(name.group(1)), folder / name.group()) for one in _names(folder) if (name := pattern.fullmatch(one))]


def _names(folder: Path) -> list[str]:
    """Return the names in a folder; none where there is no folder. The names say it all: nothing is opened here."""
    try:
        return [path.name for path in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
