"""Write files and folders atomically and synced, and read small JSON notes.

A note is a JSON file beside the database, read without trust: whatever it holds, the reader gets valid values
or nothing.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import os
import secrets
import stat
import time
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from db.files.filesystem import (
    create_exclusive,
    is_link,
    make_folders,
    remove,
    remove_tree,
    rename,
    replace,
    sync_folder,
)

UNFINISHED = ".unfinished"
_BLOCK = 1 << 20
PARSE_ERRORS = (ValueError, KeyError, TypeError, AttributeError, OverflowError)
"""What parsing a note may raise when it holds something of another type than was written."""
_LARGEST = 1 << 53


def write_atomic(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` through a synced temporary file, then sync the folder.

    Raises:
        OSError: no room or no right; ``path`` is then as it was.
    """
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        create_exclusive(beside, data)
        replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            remove(beside, missing_ok=True)
        raise
    sync_folder(path.parent)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file as hex.

    Never call it on the live database: closing that file would drop the lock this program holds on it.
    """
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


@contextlib.contextmanager
def atomic_folder(final: Path) -> Iterator[Path]:
    """Yield a temporary folder that gets the name ``final`` when the block ends well, else is removed."""
    beside = final.with_name(f"{final.name}.{secrets.token_hex(4)}{UNFINISHED}")
    make_folders(beside)
    try:
        yield beside
        sync_folder(beside)
        rename(beside, final)
    except BaseException:
        remove_folder(beside)
        raise
    sync_folder(final.parent)


def remove_folder(folder: Path) -> None:
    """Remove a folder and its content; what cannot be removed stays for the next time."""
    with contextlib.suppress(OSError):
        remove_tree(folder)


def remove_older(folders: Iterable[Path], *, older_than: float) -> None:
    """Remove those folders that were last changed more than ``older_than`` seconds ago."""
    for folder in folders:
        with contextlib.suppress(OSError):
            if time.time() - folder.lstat().st_mtime > older_than:
                remove_folder(folder)


def discard_folder(folder: Path) -> None:
    """Remove a folder, renaming it first so that it is never half removed under its name.

    Raises:
        OSError: somebody has it open, or there is no right; it is then as it was.
    """
    aside = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}{UNFINISHED}")
    rename(folder, aside)
    remove_folder(aside)


def remove_leftovers(folder: Path, *, older_than: float) -> None:
    """Remove unfinished items anywhere in ``folder``, and beside it, that are older than ``older_than`` seconds."""
    for item in unfinished_items(folder):
        with contextlib.suppress(OSError):
            if time.time() - item.lstat().st_mtime > older_than:
                remove_unfinished(item)


def unfinished_items(folder: Path, *, exclude: Collection[str] = ()) -> Iterator[Path]:
    """Yield what a killed ``atomic_folder`` left beside ``folder``, then each folder's items before those of the next.

    Links are not followed; a link with such a name counts as an item.

    Args:
        exclude: names of folders that are not searched.
    """
    yield from folder.parent.glob(f"{glob.escape(folder.name)}.{'[0-9a-f]' * 8}{UNFINISHED}")
    for place, folders, files in os.walk(folder):
        yield from (Path(place, name) for name in (*folders, *files) if UNFINISHED in name)
        folders[:] = [
            name
            for name in folders
            if UNFINISHED not in name and name not in exclude and not _leads_away(Path(place, name))
        ]


def remove_unfinished(item: Path) -> None:
    """Remove one unfinished item, whether file, folder or link.

    Raises:
        OSError: it is in use, or was removed meanwhile.
    """
    remove_tree(item) if stat.S_ISDIR(item.lstat().st_mode) else remove(item)


def _leads_away(folder: Path) -> bool:
    try:
        return is_link(folder.lstat())
    except OSError:
        return True


def read_note(path: Path) -> dict[str, Any] | None:
    """Return the object in a JSON file, or None when the file is missing, in use or holds anything else."""
    try:
        return parse_json_object(path.read_bytes())
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return None


def parse_json_object(data: bytes) -> dict[str, Any] | None:
    """Return the JSON object in ``data``, or None."""
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) else None


def as_whole_number(value: object) -> int:
    """Return ``value`` if it is a whole number from 0 that the database can hold.

    Raises:
        ValueError: it is something else.
    """
    if type(value) is not int or not 0 <= value < _LARGEST:
        raise ValueError(type(value).__name__)
    return value


def as_text(value: object) -> str:
    """Return ``value`` if it is a text that can be encoded.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(value, str):
        raise ValueError(type(value).__name__)
    value.encode()  # half a surrogate pair can be neither written nor shown
    return value


def as_local_time(value: object) -> datetime:
    """Return the local time in the ISO text ``value``.

    Raises:
        ValueError: it is something else, or has a time zone.
    """
    moment = datetime.fromisoformat(as_text(value))
    if moment.tzinfo is not None:
        raise ValueError("time zone")
    return moment


def disk_time(folder: Path) -> float:
    """Return the time of the disk that holds ``folder``, from a file just made there."""
    probe = folder / f"clock.{secrets.token_hex(4)}{UNFINISHED}"
    try:
        create_exclusive(probe, b"")
        return probe.stat().st_mtime
    finally:
        with contextlib.suppress(OSError):
            remove(probe)
