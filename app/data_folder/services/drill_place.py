"""Where a 復元の点検 restores to: a folder of this PC that only its user may look into, gone when it is over.

Who was stopped in the middle leaves it behind, encrypted as the data are; whoever starts the program next takes it
away, so that no copy lies there in which stands what is erased later. Little is loaded by this: it runs at the start.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from db.files import on_disk
from db.files.whole_files import remove_folder

PREFIX: Final = "dejikatsu-drill-"
_LEFT_AFTER: Final = timedelta(hours=2)
"""No drill takes as long; another window of this PC may be at one."""


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
    for path in on_disk.temporary_folders(PREFIX):
        with suppress(OSError):
            if datetime.now(UTC) - datetime.fromtimestamp(path.stat().st_mtime, UTC) > _LEFT_AFTER:
                remove_folder(path)
