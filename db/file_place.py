"""The kept files of one folder, with what is known of them: which are untouched since they were found whole."""

from __future__ import annotations

import hashlib
import os
import stat
from datetime import datetime
from pathlib import Path

from db import file_store, file_sums
from db.file_sums import Seen
from db.keys import Keys


class FilePlace:
    """The kept files of one folder, with what is known of them."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.seen = file_sums.load(place)
        self.changed = False

    def status(self, name: str) -> os.stat_result | None:
        """Return size and times of a file, or None when there is none."""
        try:
            found = file_store.path_of(self.place, name).lstat()
        except OSError:
            return None
        return found if stat.S_ISREG(found.st_mode) else None

    def sum_of(self, name: str, *, as_it_is: bool = True) -> str | None:
        """Return the known sum of a file; ``as_it_is`` asks that it still has the size that was seen."""
        seen, status = self.seen.get(name), self.status(name)
        if seen is None or (as_it_is and (status is None or status.st_size != seen.size)):
            return None
        return seen.sum

    def checked(self, name: str) -> datetime | None:
        """Return when the content was last found right, None when never or the file is another by now."""
        seen, status = self.seen.get(name), self.status(name)
        same = seen and status and (seen.size, seen.stamp) == (status.st_size, status.st_mtime_ns)
        return seen.checked if seen and same else None

    def is_trusted(self, name: str, now: datetime) -> bool:
        """Say whether the file is untouched and its content was found right within 30 days."""
        return self.checked(name) is not None and self.seen[name].was_checked(now)

    def read(self, name: str, keys: Keys | None, sums: frozenset[str], now: datetime) -> tuple[file_store.State, bytes]:
        """Read and judge one file, and keep in mind what was found."""
        state, kept = file_store.read(self.place, name, keys, sums)
        if state == "whole":
            earlier = self.checked(name)
            self.note(name, kept, now if keys is not None else earlier)
        elif keys is not None and state != "held" and name in self.seen:
            del self.seen[name]
            self.changed = True
        return state, kept

    def note(self, name: str, kept: bytes, checked: datetime | None) -> None:
        """Keep in mind that a file is whole."""
        status = self.status(name)
        if status is not None:
            self.seen[name] = Seen(hashlib.sha256(kept).hexdigest(), len(kept), status.st_mtime_ns, checked)
            self.changed = True
