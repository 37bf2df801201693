"""What is known of the kept files in one place: the sum of each, and when its content was last found right."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from db.file_store import FOLDER_NAME
from db.note_files import MISREAD, local_time, read_note, whole_number
from db.whole_files import write_whole

FILE_NAME: Final = "sums.json"
TRUSTED: Final = timedelta(days=30)
_SUM: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Seen:
    """One kept file as it was found whole.

    Attributes: ``sum`` the SHA-256 of its kept bytes; ``size`` and ``stamp`` tell cheaply that it is another by now;
    ``checked`` when the key or a sum that the key had proved was right (None = only a sum was compared so far).
    """

    sum: str
    size: int
    stamp: int
    checked: datetime | None

    def was_checked(self, now: datetime, within: timedelta = TRUSTED) -> bool:
        """Say whether the content was found right lately; a time to come is no proof."""
        return self.checked is not None and timedelta(0) <= now - self.checked < within


def load(place: Path) -> dict[str, Seen]:
    """Return what is known in ``place`` (a data folder or a folder of backups); what cannot be read is unknown."""
    found: dict[str, Seen] = {}
    for name, plain in (read_note(place / FOLDER_NAME / FILE_NAME) or {}).items():
        with contextlib.suppress(*MISREAD):
            total, size, stamp, checked = plain
            if _SUM.fullmatch(total):
                moment = local_time(checked) if checked is not None else None
                found[name] = Seen(total, whole_number(size), int(stamp), moment)
    return found


def save(place: Path, seen: dict[str, Seen]) -> None:
    """Write it down; where that fails the files are read again another day, and nothing else is lost."""
    plain = {
        name: [one.sum, one.size, one.stamp, one.checked.isoformat() if one.checked else None]
        for name, one in sorted(seen.items())
    }
    with contextlib.suppress(OSError):
        write_whole(place / FOLDER_NAME / FILE_NAME, json.dumps(plain).encode())
