"""The file names in a data folder, which carry the number of their writer's write lock.

Readers take the highest number, never the latest time: a writer who was taken over and comes back late can
only write files that nobody reads any more. A folder of the initial schema (``desk.db``, ``keyring.json``)
counts as 0. From the second data key on a database's name also says its key number: it does not count until
that key's keyring exists.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from db.files import filesystem

FIRST_DATABASE = "desk.db"
FIRST_KEYRING = ("keyring.json", "keyring-copy.json")
FIRST_LOCK_NOTE = "in-use.json"
_PAUSES = (0.05, 0.2, 0.75, 2.0, 5.0, 5.0)
# Lock numbers have at most twelve digits; a longer number is a file name that somebody chose.
_DATABASE = re.compile(r"desk-([0-9]{6,12})(?:-k([0-9]{1,3}))?\.db")
_LIKE_OURS = re.compile(r"(?:desk.+\.db|keyring.+\.json)", re.IGNORECASE)
_KEYRING = re.compile(r"keyring-([0-9]{6,12})(-copy)?\.json")


def database_of(folder: Path, key_number: int | None = None) -> Path | None:
    """Return the database file of the highest data key and, of these, the highest write lock; None without one.

    That of the initial schema counts as write lock 0.

    Args:
        key_number: the number of the data key; None = any.

    Raises:
        OSError: the folder cannot be read.
    """
    found = database_files(folder, key_number)
    return found[-1][1] if found else None


def data_folder_of(path: Path) -> Path | None:
    """Return the data folder that ``path`` is or lies in, with links resolved, else None."""
    whole = filesystem.resolve_path(path)
    return next((one for one in (whole, *whole.parents) if _is_data_folder(one)), None)


def _is_data_folder(folder: Path) -> bool:
    """Return whether a folder holds a database of this program; False where it cannot be read."""
    with contextlib.suppress(OSError):
        return database_of(folder) is not None
    return False


def database_files(folder: Path, key_number: int | None = None) -> list[tuple[int, Path]]:
    """Return every database file with its lock number, lowest first; all but the last are outdated.

    Args:
        key_number: only those of this data key; None = those of a lower key first.

    Raises:
        OSError: the folder cannot be read.
    """
    first = [(0, folder / FIRST_DATABASE)] if FIRST_DATABASE in _names(folder) else []
    found = sorted([*first, *_numbered(folder, _DATABASE)], key=lambda one: (key_number_of(one[1]), one[0]))
    return [one for one in found if key_number is None or key_number_of(one[1]) == key_number]


def key_number_of(path: Path) -> int:
    """Return the number of the data key in a database file's name."""
    name = _DATABASE.fullmatch(path.name)
    return int(name.group(2)) if name is not None and name.group(2) else 1


def is_database(path: Path) -> bool:
    """Return whether a file is a data folder's database, by its name."""
    return path.name == FIRST_DATABASE or _DATABASE.fullmatch(path.name) is not None


def conflict_copies(folder: Path) -> list[str]:
    """Return the names like ours that are none, as a service gives them to what two PCs wrote at once.

    (「desk-000012-MADO-01.db」, 「desk-000012 (1).db」, 「keyring-000012 の競合コピー.json」)
    """
    own = (_DATABASE, _KEYRING)
    return [
        name
        for name in sorted(_names(folder))
        if _LIKE_OURS.fullmatch(name) and name not in FIRST_KEYRING and not any(one.fullmatch(name) for one in own)
    ]


def new_database_path(folder: Path, lock_number: int, key_number: int = 1) -> Path:
    """Return the path of a new database file for a write lock and data key."""
    return folder / f"desk-{lock_number:06d}{f'-k{key_number}' if key_number > 1 else ''}.db"


def keyring_paths(folder: Path) -> tuple[Path, Path]:
    """Return the paths of the keyring and its copy of the highest write lock (one may be missing).

    Whether they are a valid keyring, ``keyring.current_paths`` finds out.
    """
    return all_keyring_paths(folder)[0]


def all_keyring_paths(folder: Path) -> list[tuple[Path, Path]]:
    """Return the paths of keyrings and copies, a pair for each write lock, highest first, or the initial pair."""
    names = _names(folder)
    numbers = {number for number, _ in _numbered(folder, _KEYRING)} - {0}
    first = any(name in names for name in FIRST_KEYRING) or not numbers
    return [new_keyring_paths(folder, number) for number in [*sorted(numbers, reverse=True), *([0] if first else [])]]


def new_keyring_paths(folder: Path, lock_number: int) -> tuple[Path, Path]:
    """Return the paths for a new keyring and copy; lock number 0 is for backups and the initial schema."""
    if not lock_number:
        return folder / FIRST_KEYRING[0], folder / FIRST_KEYRING[1]
    return folder / f"keyring-{lock_number:06d}.json", folder / f"keyring-{lock_number:06d}-copy.json"


def wait_for_files(files: Callable[[], Sequence[Path]]) -> None:
    """Wait, up to 13 seconds, until one of the listed ``files`` exists.

    It returns at once where the folder lists none of them. Used since a client of a share may show a list some seconds
    old, while somebody has written under a new name and removed the old one.
    """
    for seconds in _PAUSES:
        found = files()
        listed = {name for folder in {path.parent for path in found} for name in _names(folder)}
        if any(path.exists() for path in found) or not any(path.name in listed for path in found):
            return
        time.sleep(seconds)


def earlier_keyring_paths(folder: Path, current: tuple[Path, Path]) -> list[Path]:
    """Return the keyring files of lower write locks than ``current``, which nobody reads any more."""
    pairs = all_keyring_paths(folder)
    lower = pairs[pairs.index(current) + 1 :] if current in pairs else []
    names = _names(folder)
    return [path for pair in lower for path in pair if path.name in names]


def highest_lock_number(folder: Path) -> int:
    """Return the highest lock number in the name of a database or keyring (0 = none)."""
    numbers = [number for pattern in (_DATABASE, _KEYRING) for number, _ in _numbered(folder, pattern)]
    return max(numbers, default=0)


def _numbered(folder: Path, pattern: re.Pattern[str]) -> list[tuple[int, Path]]:
    """Return the files whose name matches ``pattern``, each with the lock number in its name."""
    return [(int(name.group(1)), folder / name.group()) for one in _names(folder) if (name := pattern.fullmatch(one))]


def _names(folder: Path) -> list[str]:
    """Return the names in a folder, none where it does not exist; no file is opened."""
    try:
        return [path.name for path in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
