"""The temporary folder of a 復元の点検, readable only for the user and removed at the end.

A drill that was interrupted leaves it behind, encrypted as the data are; the next program start removes it, so that no
copy keeps what is erased later. The module imports little, as it runs at program start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.files import filesystem
from db.files.atomic_files import remove_folder, remove_older

FOLDER_PREFIX = "dejikatsu-drill-"
_LEFTOVER_SECONDS = 7200.0
"""Age in seconds after which a folder is a leftover: no drill takes as long, but another window may be running one."""


@contextmanager
def drill_folder() -> Iterator[Path]:
    """Yield a temporary folder to restore into, and remove it in any case."""
    place = filesystem.temporary_folder(FOLDER_PREFIX)
    try:
        yield place
    finally:
        remove_folder(place)


def remove_old_drills() -> None:
    """Remove old folders that interrupted drills left behind."""
    remove_older(filesystem.temporary_folders(FOLDER_PREFIX), older_than=_LEFTOVER_SECONDS)
