"""Notes the temporary names of files being written, so that remains of an interruption are found and deleted.

Each note is a small file with the user's own settings, and is removed with the temporary file. A remainder is deleted
at the next start only if its name is one of ours and a note names it; of a restored folder the note names the target,
beside which a killed restore leaves a whole copy of the data.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.common.file_locations import settings_file
from db.files import filesystem
from db.files.atomic_files import remove_leftovers, unfinished_items

_OUR_NAMES = re.compile(r"\.[0-9a-f]{12}\.part")
_UNDER_WAY_SECONDS = 60.0
_LONGEST_RESTORE_SECONDS = 86_400.0
_LONGEST = 4096


def notes_folder() -> Path:
    """Return the folder of the notes, beside the settings of the user at this PC."""
    return settings_file().parent / "unfinished"


@contextmanager
def note_while_writing(path: Path) -> Iterator[None]:
    """Keep a note of ``path`` while it is written; if no note can be kept the file is saved anyway."""
    note = notes_folder() / f"{secrets.token_hex(6)}.txt"
    with suppress(OSError):
        filesystem.make_folders(note.parent)
        filesystem.create_exclusive(note, str(filesystem.absolute(path)).encode())
    try:
        yield
    finally:
        if not path.exists():
            with suppress(OSError):
                filesystem.remove(note, missing_ok=True)


def delete_unfinished() -> int:
    """Delete half-written files outside the data at program start; return how many.

    Those noted less than ``_UNDER_WAY_SECONDS`` ago stay, as they may be under way.
    """
    found = 0
    with suppress(OSError):
        for note in notes_folder().glob("*.txt"):
            with suppress(OSError, ValueError):
                if abs(time.time() - note.stat().st_mtime) < _UNDER_WAY_SECONDS:
                    continue
                part = Path(note.read_bytes()[:_LONGEST].decode())
                if _OUR_NAMES.fullmatch(part.name) and part.is_file() and not filesystem.is_link(part.lstat()):
                    filesystem.remove(part)
                    found += 1
                remove_leftovers(part, older_than=_LONGEST_RESTORE_SECONDS)
                # A stick that is not plugged in is looked at another day, and so is a restore that may be under way.
                if part.parent.is_dir() and not any(unfinished_items(part)):
                    filesystem.remove(note)
    return found
