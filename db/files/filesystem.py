"""Everything about files that differs by system (SQLite addresses, renaming and removing open files, probes).

It imports nothing of the project. Where possible, what is specific to Windows is decided on numbers and
words, so that it can be tested on every system.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import os
import secrets
import shutil
import stat
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path, PurePath, PureWindowsPath
from types import TracebackType
from typing import Any, Literal
from urllib.parse import quote, quote_from_bytes

PROBE = ".desk-probe-"
"""How the name of a file begins that only tests whether a folder is writable."""
LONG_FORM = "\\\\?\\"
"""How a Windows path begins that may be longer than 259 characters."""

_ACCESS_DENIED = 5
_SHARING = frozenset({32, 33})  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_PASSING = _SHARING | {_ACCESS_DENIED}  # Windows also calls a file in use "access denied"
_NOT_EMPTY = 145  # a file that somebody still reads is removed from its folder only when it is closed
_BUSY = frozenset({errno.EBUSY, errno.ETXTBSY, errno.EAGAIN, errno.EDEADLK})
_NO_SUCH_CALL = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_LOST = frozenset({51, 53, 54, 55, 59, 64, 65, 67, 121, 1231, 1232, 1236, 2250})  # the share or the network path to it
_LOST_ELSEWHERE = frozenset(
    {
        errno.ENETDOWN,
        errno.ENETUNREACH,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.ESTALE,
        errno.ETIMEDOUT,
        errno.ENODEV,
    }
)
_TAKEN = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_LOCKED_BYTE = 1 << 30  # beyond every byte that anybody reads, since Windows lets nobody read a locked one
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
_WINDOWS = os.name == "nt"
_HELD_FILES = Path("/proc/self/fd")
_OPEN = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0) | getattr(os, "O_CLOEXEC", 0)
_LINKS = frozenset({0xA000000C, 0xA0000003})  # symbolic link, junction (also a mounted volume)
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4  # of GetDriveTypeW
_SHARES = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "9p", "afs", "davfs", "fuse.sshfs", "fuse.davfs2"})

Mode = Literal["ro", "rw", "rwc"]


def database_uri(path: PurePath, *, mode: Mode, immutable: bool = False) -> str:
    r"""Return the URI by which SQLite opens the file at ``path`` (drive, share or ``\\?\`` long form).

    Args:
        path: an absolute path.
        mode: read, write, or write and create.
        immutable: nobody writes it meanwhile.

    Raises:
        ValueError: the path is not absolute.
    """
    plain = str(path)
    long_form = isinstance(path, PureWindowsPath) and plain.startswith(LONG_FORM)
    # The long form begins at a root also where pathlib sees none (a volume by its number).
    if not (path.is_absolute() or long_form):
        raise ValueError(path)
    if long_form:
        # The long form knows no "/": SQLite drops the one before it and hands the rest on as it is.
        address = "file:///" + quote(plain, safe="")
    elif isinstance(path, PureWindowsPath):
        # An empty authority, always: SQLite refuses "file://server/…" and takes "file:////server/…".
        plain = path.as_posix()
        address = "file://" + ("" if plain.startswith("/") else "/") + quote(plain, safe="/:")
    else:
        address = "file://" + quote_from_bytes(os.fsencode(path), safe="/:")
    return f"{address}?mode={mode}" + ("&immutable=1" if immutable else "")


def absolute(path: Path) -> Path:
    """Return ``path`` made absolute, without ".."; mapped drives and links stay."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve turns Z: into the address of the share


def resolve_path(path: Path) -> Path:
    """Return ``path`` with links and mapped drives resolved, or ``path`` itself where that fails.

    Used for comparison only: files are opened and shown by the path that a person chose.
    """
    try:
        return path.resolve()
    except OSError:
        return path


def retry_while_in_use(action: Callable[[], object], *, extra_error: int = 0) -> None:
    """Run ``action``, repeating for 1.6 seconds while another program has the file open (on Windows).

    Args:
        extra_error: one more Windows error number to retry on.

    Raises:
        OSError: what ``action`` raises for another reason, or still raises at the end.
    """
    for seconds in _PAUSES:
        try:
            action()
            return
        except OSError as error:
            if _windows_number(error) not in _PASSING | {extra_error}:
                raise
        time.sleep(seconds)
    action()


def replace(source: Path, target: Path) -> None:
    """Rename ``source`` to ``target``, replacing an existing file in one step.

    Raises:
        OSError: no right, no room, or another program keeps one of the two open; both are as they were.
    """
    retry_while_in_use(lambda: source.replace(target))


def rename(source: Path, target: Path) -> None:
    """Rename ``source`` to ``target`` without replacing anything.

    Raises:
        FileExistsError: the name is taken. OSError: no right, or another program keeps it open.
    """

    def action() -> None:
        """Rename the file once; raises FileExistsError rather than replace another one."""
        if not _WINDOWS and _link_new_name(source, target):
            source.unlink()
            return
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        source.rename(target)

    retry_while_in_use(action)


def remove(path: Path, *, missing_ok: bool = False) -> None:
    """Remove one file; a link or junction is removed itself, its target stays.

    Raises:
        FileNotFoundError: there is none and ``missing_ok`` is False. OSError: no right, or it is kept open.
    """
    retry_while_in_use(lambda: path.unlink(missing_ok=missing_ok))


def remove_empty_folder(path: Path) -> None:
    """Remove an empty folder.

    Raises:
        OSError: it is not empty, no folder, or kept open.
    """
    retry_while_in_use(path.rmdir)


def remove_tree(folder: Path) -> None:
    """Remove a folder and its content, never the target of a link or junction in it.

    What cannot be removed stays and the rest is removed.

    Raises:
        OSError: the first failure, or there is no such folder.
    """
    if is_link(folder.lstat()):
        return remove(folder)
    resisting: list[BaseException] = []
    seen = tuple[type[BaseException], BaseException, TracebackType]

    def again(action: Callable[..., Any], name: str, error: seen) -> None:
        """Retry removing what another program holds (Windows); an error that stays is kept in ``resisting``."""
        try:
            if resisting or action not in (os.unlink, os.rmdir) or _windows_number(error[1]) is None:
                raise error[1]
            retry_while_in_use(lambda: action(name), extra_error=_NOT_EMPTY)
        except OSError as left:
            resisting.append(left)

    shutil.rmtree(folder, onerror=again)
    if resisting:
        raise resisting[0]
    return None


@contextlib.contextmanager
def temporary_subfolder(parent: Path) -> Iterator[Path]:
    """Yield an empty folder in ``parent``, which is removed with its content when the block ends.

    Raises:
        OSError: no room, no right.
    """
    folder = parent / f"{PROBE}{secrets.token_hex(8)}"
    make_folders(folder)
    try:
        yield folder
    finally:
        with contextlib.suppress(OSError):
            remove_tree(folder)


def temporary_folder(prefix: str) -> Path:
    """Make a temporary folder of this PC that only its user may read, and return it; the caller removes it."""
    return Path(tempfile.mkdtemp(prefix=prefix))


def temporary_folders(prefix: str) -> list[Path]:
    """Return the existing folders that ``temporary_folder`` made with this prefix."""
    return sorted(Path(tempfile.gettempdir()).glob(f"{prefix}*"))


def lies_within(path: Path, folder: Path) -> bool:
    """Return whether ``path`` is ``folder`` or in it, with links and drive letters resolved."""
    return path.resolve().is_relative_to(folder.resolve())


def is_on_share(path: Path) -> bool:
    """Return whether ``path``, by its name, is on another machine's disk; the server is not asked."""
    whole = absolute(path)
    if sys.platform == "win32":
        import ctypes

        drive = ctypes.windll.kernel32.GetDriveTypeW(whole.anchor)
        return is_share_path(str(whole)) or bool(drive == _DRIVE_REMOTE)
    try:
        return mount_type(Path("/proc/self/mountinfo").read_text(encoding="utf-8"), whole) in _SHARES
    except OSError:
        return False


def is_on_removable_medium(path: Path) -> bool:
    """Return whether ``path`` is on a removable medium, so that its drive letter may mean another; Windows only."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(absolute(path).anchor) == _DRIVE_REMOVABLE)
    return False


def is_share_path(path: str) -> bool:
    r"""Return whether a Windows path names a server (``\\server\share`` or ``\\?\UNC\server\share``)."""
    plain = path.replace("/", "\\")
    if plain.startswith(LONG_FORM):
        return plain[len(LONG_FORM) :].casefold().startswith("unc\\")
    return plain.startswith("\\\\") and not plain.startswith("\\\\.\\")


def mount_type(mounts: str, path: PurePath) -> str:
    """Return the file system type of ``path`` by the lines of ``/proc/self/mountinfo``; "" = unknown."""
    found, longest = "", -1
    for line in mounts.splitlines():
        words, _, rest = line.partition(" - ")
        parts = words.split()
        if len(parts) < 5 or not rest:
            continue
        # A space or a line break in a name is written there as three digits.
        place = PurePath(parts[4].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace"))
        if path.is_relative_to(place) and len(place.parts) >= longest:
            found, longest = rest.split()[0], len(place.parts)
    return found


def is_link(status: Any) -> bool:
    """Return whether an ``lstat`` is of a symbolic link or Windows junction (to ``stat`` a folder)."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _LINKS


def file_type(status: os.stat_result) -> Literal["folder", "file", ""]:
    """Return whether a ``stat`` is of a folder or file; "" for others, as Windows devices (``nul``)."""
    if stat.S_ISDIR(status.st_mode):
        return "folder"
    return "" if _WINDOWS and stat.S_ISCHR(status.st_mode) else "file"


def create_exclusive(path: Path, data: bytes, *, rights: int = 0o666) -> None:
    """Create a file that must not exist yet, written and synced, or removed again on failure.

    Args:
        rights: who may read and write it, less the umask (not on Windows).

    Raises:
        FileExistsError: the name is taken. OSError: no room, no right.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN, rights)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            remove(path)
        raise


def make_folders(path: Path) -> None:
    """Create ``path`` and missing parent folders; each new name is synced.

    Raises:
        OSError: no room, no right, or a file has one of the names.
    """
    missing = []
    for folder in (path, *path.parents):
        if folder.is_dir():
            break
        missing.append(folder)
    for folder in reversed(missing):
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_file(path: Path) -> None:
    """Sync a file that another library wrote (a copied database)."""
    handle = os.open(path, os.O_RDWR | _OPEN)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Sync the names in ``folder``; a no-op on Windows and on shares without such a call."""
    if _WINDOWS:
        return
    handle = os.open(folder, os.O_RDONLY | _OPEN)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SUCH_CALL:
            raise
    finally:
        os.close(handle)


def can_write_in(folder: Path) -> bool:
    """Return whether a folder is writable, by creating one real file.

    Permission bits say nothing about a share or a protected folder. Only one name is tried: on Windows the
    library's own temporary files take "access denied" for "name taken" and go on for hours.
    """
    try:
        try_writing_in(folder)
    except OSError:
        return False
    return True


def try_writing_in(folder: Path) -> None:
    """Create and remove one file in ``folder``; raises ``OSError`` with the reason when that fails."""
    probe = folder / f"{PROBE}{secrets.token_hex(8)}"
    create_exclusive(probe, b"1")
    with contextlib.suppress(OSError):
        remove(probe)


def lock_exclusively(stream: FileIO) -> bool | None:
    """Lock an open file for this program alone, until it is closed or the program ends.

    Returns: False when another program (or another window) has locked it, None on a medium without locks.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            stream.seek(_LOCKED_BYTE)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _TAKEN else None
    return True


def is_open_here(path: Path) -> bool | None:
    """Return whether this program has the very file at ``path`` open; None where the system does not say.

    Outside Windows a folder can be renamed under an open file, and another one put in its place. Only
    existing handles are compared: opening the file once more would release the locks of SQLite.
    """
    if _WINDOWS:  # a path like that of the handles may lie there all the same, as it does under Wine
        return None
    try:
        lies_there = path.stat()
        held = tuple(_HELD_FILES.iterdir())
    except OSError:
        return None
    for one in held:
        with contextlib.suppress(OSError):  # closed meanwhile
            if os.path.samestat(one.stat(), lies_there):
                return True
    return False


def user_name() -> str:
    """Return the login name that the system reports, never from the environment; "" when unknown."""
    try:
        if _WINDOWS:
            return os.getlogin()  # asks the system there, and a terminal elsewhere
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (KeyError, OSError):  # an account without a name, as in a container
        return ""


@functools.cache
def machine_id() -> str:
    """Return a hashed id of this machine, which distinguishes it from another of the same name."""
    known: object = b""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            import winreg

            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                known = winreg.QueryValueEx(key, "MachineGuid")[0]
        else:
            known = Path("/etc/machine-id").read_bytes().strip()
    return hashlib.sha256(f"dejikatsu/{known or uuid.getnode()}".encode()).hexdigest()[:12]


def is_in_use(error: OSError, *, windows: bool = _WINDOWS) -> bool:
    """Return whether ``error`` means that another program has the file open, not that a right is missing.

    Windows says "access denied" for both; then the file is tested: one without write protection, in a
    writable folder, is in use.
    """
    number = _windows_number(error)
    if number in _SHARING or error.errno in _BUSY:
        return True
    if number != _ACCESS_DENIED and not (windows and number is None and error.errno == errno.EACCES):
        return False
    named = error.filename2 or error.filename
    if not isinstance(named, str | bytes | os.PathLike):
        return False
    path = Path(os.fsdecode(named))
    return not _is_write_protected(path) and can_write_in(path.parent)


def is_connection_lost(error: OSError) -> bool:
    """Return whether ``error`` means a lost share, server or stick, which Windows may call "not found"."""
    return _windows_number(error) in _LOST or error.errno in _LOST_ELSEWHERE


def _link_new_name(source: Path, target: Path) -> bool:
    """Give a plain file its new name by a hard link, which fails when the name is taken; False if impossible."""
    if not stat.S_ISREG(source.lstat().st_mode):
        return False
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:  # a file system without second names
        return False
    return True


def _is_write_protected(path: Path) -> bool:
    try:
        return not path.stat().st_mode & stat.S_IWUSR
    except OSError:
        return False


def _windows_number(error: BaseException) -> int | None:
    number = getattr(error, "winerror", None)
    return number if isinstance(number, int) else None
