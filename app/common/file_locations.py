"""Where resources, data, settings and logs live: the portable folder first, the person's own folders otherwise.

What is saved outside the data goes to the person alone: it may name people.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import platformdirs

from db.files import file_names, filesystem

HOME_VARIABLE = "DEJIKATSU_DESK_HOME"
_NAME = "dejikatsu-desk"
_VERSION_FILE = "版.txt"
_EXPORTS = "exports"


def resources_folder() -> Path:
    """Return the folder of fonts, icons and wording, from source and from the packaged program alike."""
    unpacked = getattr(sys, "_MEIPASS", None)
    root = Path(unpacked) if unpacked else filesystem.absolute(Path(__file__)).parents[2]
    return root / "resources"


def manual_file() -> Path:
    """Return the text of the manual that F1 opens, from source and from the packaged program alike."""
    return resources_folder().parent / "docs" / "manual.md"


def version_lines() -> tuple[str, ...]:
    """Return what the packaged program says of itself: its version, the commit, the Python it was made from, a line
    each.

    Empty when it was started from source, where the checkout says it.
    """
    try:
        text = (resources_folder().parent / _VERSION_FILE).read_text(encoding="utf-8-sig")
    except OSError:
        return ()
    return tuple(line for line in text.splitlines() if line.strip())


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
    folder = filesystem.absolute(Path(sys.executable)).parent
    return folder if (folder / "data").is_dir() or filesystem.can_write_in(folder) else None


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
        return portable / "settings" / f"{_login_name()}.ini"
    return platformdirs.user_config_path(_NAME, appauthor=False) / "settings.ini"


def log_file() -> Path:
    """Return the log for IT support (ids only, never names), one for each person at the PC."""
    portable = portable_folder()
    if portable is not None:
        return portable / "logs" / f"{_login_name()}.log"
    return platformdirs.user_log_path(_NAME, appauthor=False) / "desk.log"


def exports_folder() -> Path:
    """Return the folder that is offered first when a paper or a table is saved outside the data: the person's own.

    Never one beside the program, which colleagues open too. A home named by hand is used as long as it is on this PC.
    """
    named = os.environ.get(HOME_VARIABLE)
    if named and not filesystem.is_on_share(Path(named)):
        return Path(named) / _EXPORTS
    documents = platformdirs.user_documents_path()
    # An account whose documents nobody knows (a service) gets none that hang in the air.
    return (documents if documents.is_absolute() else Path.home()) / "デジ活デスク"


def former_exports_folder() -> Path | None:
    """Return where earlier versions saved papers, beside the program, as long as it is another place;
    need not exist."""
    named = os.environ.get(HOME_VARIABLE)
    if not named and not getattr(sys, "frozen", False):
        return None
    place = (Path(named) if named else filesystem.absolute(Path(sys.executable)).parent) / _EXPORTS
    return None if place == exports_folder() else place


_RECENT_PERIOD = timedelta(days=7)
_MAX_ENTRIES = 10_000
"""So many entries of a folder are looked at; where there are more, nobody knows which of its files came last."""
_BIDI_CLASSES = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_BIDI_MARKS = frozenset("\u061c\u200e\u200f")


@dataclass(frozen=True, kw_only=True)
class RecentFile:
    """A file that was saved a short while ago, where files from elsewhere are saved."""

    path: Path
    saved_at: datetime
    size: int
    folder_name: str
    """ダウンロード or デスクトップ."""


@dataclass(frozen=True, kw_only=True)
class RecentFiles:
    """What was found, the newest first; ``whole`` = nothing that may have come meanwhile is missing among it.

    Only what is whole may be proposed as *the* file of today.
    """

    files: tuple[RecentFile, ...] = ()
    is_complete: bool = True


def recent_files(suffixes: Collection[str], *, now: datetime) -> RecentFiles:
    """Return the files of the last seven days in ダウンロード and on the desktop, the newest first.

    ``suffixes`` as ``.pdf``, in small letters. A folder that is not there has none; of one that can't be read to its
    end, or holds more than is looked at, nothing is offered. Links are no files that were saved here, and a name that
    reads other than it is (turned round, in several lines) is offered by no button. It may be on a file server: not to
    be asked on the thread of the window.
    """
    found: list[RecentFile] = []
    whole = True
    for place, folder in (
        ("ダウンロード", platformdirs.user_downloads_path()),
        ("デスクトップ", platformdirs.user_desktop_path()),
    ):
        try:
            with os.scandir(folder) as entries:
                seen = list(islice(entries, _MAX_ENTRIES + 1))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            whole = False
            continue
        if len(seen) > _MAX_ENTRIES:
            whole = False
            continue
        for entry in seen:
            # Office keeps a shadow beside what is open, the browser one beside what is not yet whole.
            if Path(entry.name).suffix.lower() not in suffixes or entry.name.startswith(("~$", ".")):
                continue
            one, known = _recent_file(entry, place, now)
            whole = whole and known
            if one is not None:
                found.append(one)
    return RecentFiles(files=tuple(sorted(found, key=lambda one: one.saved_at, reverse=True)), is_complete=whole)


def _recent_file(entry: os.DirEntry[str], folder_name: str, now: datetime) -> tuple[RecentFile | None, bool]:
    """Return the file of an entry where it is to be offered, and whether all is known that might be of today."""
    try:
        if entry.is_symlink() or not entry.is_file(follow_symlinks=False):
            return None, True
        told = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None, True  # it has gone meanwhile
    except OSError:
        return None, False
    saved_at = datetime.fromtimestamp(told.st_mtime, tz=UTC).astimezone().replace(tzinfo=None)
    if not told.st_size or not now - _RECENT_PERIOD <= saved_at <= now + timedelta(days=1):
        return None, True
    if not _has_plain_name(entry.name):
        return None, False
    return RecentFile(path=Path(entry.path), saved_at=saved_at, size=told.st_size, folder_name=folder_name), True


def _has_plain_name(name: str) -> bool:
    """Whether a name shows what it is: no signs that turn the direction of reading, none that begin a line or show
    nothing."""
    return not any(
        sign in _BIDI_MARKS
        or unicodedata.bidirectional(sign) in _BIDI_CLASSES
        or unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")
        for sign in name
    )


def _login_name() -> str:
    """Return the login at the PC: a program folder on a file server serves two or three people at once."""
    return file_names.safe_name(filesystem.user_name()) or "staff"
