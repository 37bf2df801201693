"""Where a 復元の点検 restores to: a folder of this PC that only its user may look into, gone when it is over.

Who was stopped in the middle leaves it behind, encrypted as the data are; whoever starts the program next takes it
away, so that no copy lies there in which stands what is erased later. Little is loaded by this: it runs at the start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from db.files import filesystem
from db.files.atomic_files import remove_folder, remove_older

FOLDER_PREFIX: Final = "dejikatsu-drill-"
_LEFTOVER_SECONDS: Final = 7200.0
"""Seconds. No drill takes as long; another window of this PC may be at one."""


@contextmanager
def drill_folder() -> Iterator[Path]:
    """Give a folder to restore into, and take it away, whatever happens."""
    place = filesystem.temporary_folder(FOLDER_PREFIX)
    try:
        yield place
    finally:
        remove_folder(place)


def remove_old_drills() -> None:
    """Remove what a stop of the program left behind in an earlier drill."""
    remove_older(filesystem.temporary_folders(FOLDER_PREFIX), older_than=_LEFTOVER_SECONDS)
