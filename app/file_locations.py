"""Where resources, data, settings, logs and exports live: the portable folder first, the person's own folders otherwise."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import platformdirs

from db import file_names, on_disk

HOME_VARIABLE = "DEJIKATSU_DESK_HOME"
_NAME = "dejikatsu-desk"


def resources_folder() -> Path:
    """Return the folder of fonts, icons and wording, from source and from the packaged program alike."""
    unpacked = getattr(sys, "_MEIPASS", None)
    root = Path(unpacked) if unpacked else on_disk.absolute(Path(__file__)).parent.parent
    return root / "resources"


def portable_folder() -> Path | None:
    """Return the folder that holds everything beside the program, or None when there is none to write in.

    The variable ``DEJIKATSU_DESK_HOME`` names it outright. Otherwise it is the folder of the
    packaged program, as long as it can be written to (a copied folder can, a protected one
    cannot). A program started from source has none: it would fill the checkout.
    """
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named)
    if not getattr(sys, "frozen", False):
        return None
    # Never resolved: a program on Z: keeps Z: and does not turn into the address of the share.
    folder = on_disk.absolute(Path(sys.executable)).parent
    return folder if (folder / "data").is_dir() or on_disk.can_write_in(folder) else None


def default_data_folder() -> Path:
    """Return the data folder that is offered first; it need not exist yet."""
    portable = portable_folder()
    if portable is not None:
        return portable / "data"
    return platformdirs.user_data_path(_NAME, appauthor=False) / "data"


def settings_file() -> Path:
    """Return the file of window sizes, columns and the like, one for each person at the PC."""
    portable = portable_folder()
    if portable is not None:
        return portable / "settings" / f"{_person()}.ini"
    return platformdirs.user_config_path(_NAME, appauthor=False) / "settings.ini"


def log_file() -> Path:
    """Return the log for IT support (ids only, never names), one for each person at the PC."""
    portable = portable_folder()
    if portable is not None:
        return portable / "logs" / f"{_person()}.log"
    return platformdirs.user_log_path(_NAME, appauthor=False) / "desk.log"


def exports_folder() -> Path:
    """Return the folder that is offered first when a paper or a table is saved outside the data."""
    portable = portable_folder()
    if portable is not None:
        return portable / "exports"
    return platformdirs.user_documents_path() / "デジ活デスク"


_RECENT = timedelta(days=7)
_LOOKED_AT = 2_000
"""So many entries of a folder are looked at: one that holds more is nobody's place for what has just come."""


@dataclass(frozen=True, kw_only=True)
class RecentFile:
    """A file that was saved a short while ago, where files from elsewhere are saved."""

    path: Path
    saved_at: datetime
    size: int
    place: str
    """ダウンロード or デスクトップ."""


def recent_files(endings: Collection[str], *, now: datetime) -> tuple[RecentFile, ...]:
    """Return the files of the last seven days in ダウンロード and on the desktop, the newest first.

    ``endings`` as ``.pdf``, in small letters. A folder that is not there or can't be read has none. It may be on a file
    server: not to be asked on the thread of the window.
    """
    found = []
    for place, folder in (
        ("ダウンロード", platformdirs.user_downloads_path()),
        ("デスクトップ", platformdirs.user_desktop_path()),
    ):
        try:
            with os.scandir(folder) as entries:
                for entry in islice(entries, _LOOKED_AT):
                    path = Path(entry.path)
                    # Office keeps a shadow beside what is open, the browser one beside what is not yet whole.
                    if path.suffix.lower() not in endings or entry.name.startswith(("~$", ".")) or not entry.is_file():
                        continue
                    told = entry.stat()
                    saved_at = datetime.fromtimestamp(told.st_mtime, tz=UTC).astimezone().replace(tzinfo=None)
                    if told.st_size and now - _RECENT <= saved_at <= now + timedelta(days=1):
                        found.append(RecentFile(path=path, saved_at=saved_at, size=told.st_size, place=place))
        except OSError:
            continue
    return tuple(sorted(found, key=lambda one: one.saved_at, reverse=True))


def _person() -> str:
    """Return the login at the PC: a program folder on a file server serves two or three people at once."""
    return file_names.safe(on_disk.user_name()) or "staff"
