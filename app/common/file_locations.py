"""Where resources, data, settings and logs are stored: the portable folder first, else the user's own folders.

Files saved outside the data go to the user's own folders only, as they may name people.
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

from app.common.join_nonempty import lines_of
from db.files import file_names, filesystem

HOME_VARIABLE = "DEJIKATSU_DESK_HOME"
_NAME = "dejikatsu-desk"
_MAX_CONTACT_LINES = 5
_EXPORTS = "exports"


def resources_folder() -> Path:
    """Return the folder of fonts, icons and wording, from source and from the packaged program alike."""
    unpacked = getattr(sys, "_MEIPASS", None)
    root = Path(unpacked) if unpacked else filesystem.absolute(Path(__file__)).parents[2]
    return root / "resources"


def manual_file() -> Path:
    """Return the path of the manual that F1 opens, from source and from the packaged program alike."""
    return resources_folder().parent / "docs" / "manual.md"


def version_lines() -> tuple[str, ...]:
    """Return the version lines of the packaged program: its version, the commit, the Python it was built with.

    Empty when it was started from source.
    """
    try:
        text = (resources_folder().parent / "版.txt").read_text(encoding="utf-8-sig")
    except OSError:
        return ()
    return tuple(line for line in text.splitlines() if line.strip())


def contact_lines() -> tuple[str, ...]:
    """Return whom to ask, as the ward wrote it beside the start file; () = it wrote nothing."""
    is_packed = getattr(sys, "frozen", False)
    folder = filesystem.absolute(Path(sys.executable)).parent if is_packed else resources_folder().parent
    try:
        data = (folder / "知らせ先.txt").read_bytes()
    except OSError:
        return ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:  # saved by an editor in the code page of the office
        text = data.decode("cp932", errors="replace")
    return lines_of(text)[:_MAX_CONTACT_LINES]


def portable_folder() -> Path | None:
    """Return the folder that holds everything beside the program, or None when there is none.

    The variable ``DEJIKATSU_DESK_HOME`` sets it, unchecked. Otherwise it is the folder of the packaged program, if
    ``data`` lies in it or it can be written to (a copied folder can, a protected one cannot). A program started from
    source has none: it would fill the checkout.
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
    """Return the data folder that is proposed first; it need not exist yet."""
    portable = portable_folder()
    if portable is not None:
        return portable / "data"
    return platformdirs.user_data_path(_NAME, appauthor=False) / "data"


def settings_file() -> Path:
    """Return the file of window sizes, columns and the like, one per person at the PC."""
    portable = portable_folder()
    if portable is not None:
        return portable / "settings" / f"{_login_name()}.ini"
    return platformdirs.user_config_path(_NAME, appauthor=False) / "settings.ini"


def log_file() -> Path:
    """Return the log for IT support (ids only, never names), one per person at the PC."""
    portable = portable_folder()
    if portable is not None:
        return portable / "logs" / f"{_login_name()}.log"
    return platformdirs.user_log_path(_NAME, appauthor=False) / "desk.log"


def exports_folder() -> Path:
    """Return the user's own folder that is proposed first for saving documents and tables.

    Never one beside the program, which colleagues open too. A home named by hand is used as long as it is on this PC.
    """
    named = os.environ.get(HOME_VARIABLE)
    if named and not filesystem.is_on_share(Path(named)):
        return Path(named) / _EXPORTS
    documents = platformdirs.user_documents_path()
    # An account whose documents nobody knows (a service) gets none that hang in the air.
    return (documents if documents.is_absolute() else Path.home()) / "デジ活デスク"


def former_exports_folder() -> Path | None:
    """Return the folder beside the program where earlier versions saved documents; it need not exist.

    None if the program runs from source without a home named by hand, or if it is today's ``exports_folder``.
    """
    named = os.environ.get(HOME_VARIABLE)
    if not named and not getattr(sys, "frozen", False):
        return None
    place = (Path(named) if named else filesystem.absolute(Path(sys.executable)).parent) / _EXPORTS
    return None if place == exports_folder() else place


_RECENT_PERIOD = timedelta(days=7)
_MAX_ENTRIES = 10_000
"""How many entries of a folder are looked at; in a longer one the newest file is not certain."""
_BIDI_CLASSES = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_BIDI_MARKS = frozenset("\u061c\u200e\u200f")


@dataclass(frozen=True, kw_only=True)
class RecentFile:
    """A recently saved file in a folder where downloads and attachments are saved."""

    path: Path
    saved_at: datetime
    size: int
    folder_name: str
    """Name of the folder: ダウンロード or デスクトップ."""


@dataclass(frozen=True, kw_only=True)
class RecentFiles:
    """The recent files found, newest first.

    ``is_complete`` = every folder was read to its end. Only then may one be proposed as *the* file of today.
    """

    files: tuple[RecentFile, ...] = ()
    is_complete: bool = True


def recent_files(suffixes: Collection[str], *, now: datetime) -> RecentFiles:
    """Return the files of the last seven days in ダウンロード and on the desktop, newest first.

    ``suffixes`` as ``.pdf``, in lower case. A missing folder has none. A folder that can't be read, or has more than
    10,000 entries, gives no file and makes the result incomplete. So does a name that reads other than it is (reversed
    direction, several lines), which is left out. Left out are also links, empty files, and what Office or a browser
    keeps beside an open file. The folder may be on a file server: do not call it on the window's thread.
    """
    found = []
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
    """Return the file of an entry if it is to be offered, and whether the result stays complete.

    It does not if the entry could not be read, or its name is not plain.
    """
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
    """Return whether a name has no direction marks, line breaks or invisible characters."""
    return not any(
        sign in _BIDI_MARKS
        or unicodedata.bidirectional(sign) in _BIDI_CLASSES
        or unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")
        for sign in name
    )


def _login_name() -> str:
    """Return the login name at the PC: a program folder on a file server serves two or three people at once."""
    return file_names.safe_name(filesystem.user_name()) or "staff"
