"""Where a 復元の点検 restores to: a folder of this PC that only its user may look into, gone when it is over.

Who was stopped in the middle leaves it behind, encrypted as the data are; whoever starts the program next takes it
away, so that no copy lies there in which stands what is erased later. Little is loaded by this: it runs at the start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from db.files import on_disk
from db.files.whole_files import remove_folder, remove_older

PREFIX: Final = "dejikatsu-drill-"
_LEFT_AFTER: Final = 7200.0
"""Seconds. No drill takes as long; another window of this PC may be at one."""


@contextmanager
def drill_place() -> Iterator[Path]:
    """Give a folder to restore into, and take it away, whatever happens."""
    place = on_disk.temporary_folder(PREFIX)
    try:
        yield place
    finally:
        remove_folder(place)


def sweep_drills() -> None:
    """Remove what a stop of the program left behind in an earlier drill."""
    remove_older(on_disk.temporary_folders(PREFIX), older_than=_LEFT_AFTER)
