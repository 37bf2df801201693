"""Everything about files that differs by system: addresses for SQLite, renaming and removing while others look, probes.

Below both packages: it imports nothing of them. What it knows of Windows is a decision on numbers and words wherever
that can be, so that it is tried on every system.
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
from typing import Any, Final, Literal
from urllib.parse import quote, quote_from_bytes

PROBE: Final = ".desk-probe-"
"""How the name of a file begins that only tries whether a folder takes files."""
LONG_FORM: Final = "\\\\?\\"
"""How a Windows path begins that may be longer than 259 characters."""

_ACCESS_DENIED: Final = 5
_SHARING: Final = frozenset({32, 33})  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_PASSING: Final = _SHARING | {_ACCESS_DENIED}  # Windows also calls a file in use "access denied"
_NOT_EMPTY: Final = 145  # a file that somebody still reads leaves its folder only when it is closed
_BUSY: Final = frozenset({errno.EBUSY, errno.ETXTBSY, errno.EAGAIN, errno.EDEADLK})
_NO_SUCH_CALL: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS})
_LOST: Final = frozenset({51, 53, 54, 55, 59, 64, 65, 67, 121, 1231, 1232, 1236, 2250})  # the share or the way to it
_LOST_ELSEWHERE: Final = frozenset(
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
_TAKEN: Final = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_LOCKED_BYTE: Final = 1 << 30  # behind every byte that anybody reads: Windows lets nobody read a locked one
_PAUSES: Final = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
_WINDOWS: Final = os.name == "nt"
_HELD_FILES: Final = Path("/proc/self/fd")
_OPEN: Final = getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0) | getattr(os, "O_CLOEXEC", 0)
_LINKS: Final = frozenset({0xA000000C, 0xA0000003})  # symbolic link, junction (also a mounted volume)
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4  # of GetDriveTypeW
_SHARES: Final = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "9p", "afs", "davfs", "fuse.sshfs", "fuse.davfs2"})

Mode = Literal["ro", "rw", "rwc"]
Pause = Callable[[float], None]


def database_uri(path: PurePath, *, mode: Mode, immutable: bool = False) -> str:
    r"""Return the address by which SQLite opens the file at ``path``, on a drive, a share or in the ``\\?\`` long form.

    Args:
        path: an absolute path. mode: read, write, or write and create. immutable: nobody writes it meanwhile.

    Raises:
        ValueError: the path is not absolute.
    """
    plain = str(path)
    long_form = isinstance(path, PureWindowsPath) and plain.startswith(LONG_FORM)
    # The long form begins at a root also where the library knows none (a volume by its number).
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
    """Return ``path`` from the root, without ".."; a mapped drive stays a drive, a link stays a link."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve turns Z: into the address of the share


def resolve_path(path: Path) -> Path:
    """Return where ``path`` lies in the end, past links and mapped drives; ``path`` itself where nobody can say.

    For looking only: what is opened and shown keeps the way that a person chose.
    """
    try:
        return path.resolve()
    except OSError:
        return path


def retry_while_in_use(action: Callable[[], None], *, extra_error: int = 0, pause: Pause) -> None:
    """Do ``action``, and again within 1.6 seconds while another program has the file open (Windows alone).

    Args:
        extra_error: one more Windows error number that passes by itself. pause: how to wait.

    Raises:
        OSError: what ``action`` raises for another reason, or still raises at the end.
    """
    for seconds in _PAUSES:
        try:
            return action()
        except OSError as error:
            if _windows_number(error) not in _PASSING | {extra_error}:
                raise
        pause(seconds)
    return action()


def replace(source: Path, target: Path, *, pause: Pause = time.sleep) -> None:
    """Give ``source`` the name ``target``; a file that has the name is replaced in one step.

    Raises:
        OSError: no right, no room, or another program keeps one of the two open; both are as they were.
    """

    def action() -> None:
        source.replace(target)

    retry_while_in_use(action, pause=pause)


def rename(source: Path, target: Path, *, pause: Pause = time.sleep) -> None:
    """Give ``source`` the name ``target``; what has the name already stays.

    Raises:
        FileExistsError: the name is taken. OSError: no right, or another program keeps it open.
    """

    def action() -> None:
        if not _WINDOWS and _link_new_name(source, target):
            source.unlink()
            return
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        source.rename(target)

    retry_while_in_use(action, pause=pause)


def remove(path: Path, *, missing_ok: bool = False, pause: Pause = time.sleep) -> None:
    """Remove one file; a link or a junction goes as a link, what it leads to stays.

    Raises:
        FileNotFoundError: there is none and ``missing_ok`` is False. OSError: no right, or it is kept open.
    """
    retry_while_in_use(lambda: path.unlink(missing_ok=missing_ok), pause=pause)


def remove_empty_folder(path: Path, *, pause: Pause = time.sleep) -> None:
    """Remove a folder that holds nothing.

    Raises:
        OSError: it holds something, is none, or is kept open.
    """
    retry_while_in_use(path.rmdir, pause=pause)


def remove_tree(folder: Path, *, pause: Pause = time.sleep) -> None:
    """Remove a folder and all that is in it, never what a link or junction in it leads to.

    What resists stays and the rest goes.

    Raises:
        OSError: the first thing that resisted, or there is no such folder.
    """
    if is_link(folder.lstat()):
        return remove(folder, pause=pause)
    resisting: list[BaseException] = []
    seen = tuple[type[BaseException], BaseException, TracebackType]

    def again(action: Callable[..., Any], name: str, error: seen) -> None:
        try:
            if resisting or action not in (os.unlink, os.rmdir) or _windows_number(error[1]) is None:
                raise error[1]
            retry_while_in_use(lambda: action(name), extra_error=_NOT_EMPTY, pause=pause)
        except OSError as left:
            resisting.append(left)

    shutil.rmtree(folder, onerror=again)
    if resisting:
        raise resisting[0]
    return None


@contextlib.contextmanager
def temporary_subfolder(parent: Path) -> Iterator[Path]:
    """Give an empty folder in ``parent``, which goes with all that is in it when the block ends.

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
    """Make a new folder of this PC that only its user may look into, and return it; who made it removes it."""
    return Path(tempfile.mkdtemp(prefix=prefix))


def temporary_folders(prefix: str) -> list[Path]:
    """Return the folders that ``temporary_folder`` made under a prefix and that are still there."""
    return sorted(Path(tempfile.gettempdir()).glob(f"{prefix}*"))


def lies_within(path: Path, folder: Path) -> bool:
    """Say whether ``path`` is in ``folder`` or is ``folder``, whatever links and drive letters lead there."""
    return path.resolve().is_relative_to(folder.resolve())


def is_on_share(path: Path) -> bool:
    """Say whether ``path``, as it is named, lies on another machine's disk; the server is not asked."""
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
    """Say whether ``path`` lies on a medium that is carried about: another one may have its drive letter tomorrow."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(absolute(path).anchor) == _DRIVE_REMOVABLE)
    return False


def is_share_path(path: str) -> bool:
    r"""Say whether a Windows path names a server (``\\server\share``, or the long ``\\?\UNC\server\share``)."""
    plain = path.replace("/", "\\")
    if plain.startswith(LONG_FORM):
        return plain[len(LONG_FORM) :].casefold().startswith("unc\\")
    return plain.startswith("\\\\") and not plain.startswith("\\\\.\\")


def mount_type(mounts: str, path: PurePath) -> str:
    """Return the kind of file system that ``path`` lies on, by the lines of ``/proc/self/mountinfo``; "" = unknown."""
    found, longest = "", -1
    for line in mounts.splitlines():
        words, _, rest = line.partition(" - ")
        parts = words.split()
        if len(parts) < 5 or not rest:
            continue
        # A space or a line break in a name stands there as three digits.
        place = PurePath(parts[4].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace"))
        if path.is_relative_to(place) and len(place.parts) >= longest:
            found, longest = rest.split()[0], len(place.parts)
    return found


def is_link(status: Any) -> bool:
    """Say whether an ``lstat`` is of a symbolic link or a Windows junction (which ``stat`` calls a folder)."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _LINKS


def file_type(status: os.stat_result) -> Literal["folder", "file", ""]:
    """Say what a ``stat`` is of; a device of Windows (``nul``, ``con``) is neither."""
    if stat.S_ISDIR(status.st_mode):
        return "folder"
    return "" if _WINDOWS and stat.S_ISCHR(status.st_mode) else "file"


def create_exclusive(path: Path, data: bytes, *, rights: int = 0o666) -> None:
    """Make a file that must not be there yet: written, synced, or gone again.

    Args:
        rights: who may read and write it, less what the umask takes away (not on Windows).

    Raises:
        FileExistsError: somebody has the name. OSError: no room, no right.
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
    """Make ``path`` and the folders above it that are missing; each new name is synced.

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
    """Sync a file that somebody else wrote (a copied database)."""
    handle = os.open(path, os.O_RDWR | _OPEN)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Sync the names in ``folder``; Windows and some shares have no such call and do it by themselves."""
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
    """Try it with one real file: permission bits say nothing about a share or a protected folder.

    One name, one try: on Windows the library's own temporary files take "access denied" for "name taken" and go on
    for hours.
    """
    try:
        try_writing_in(folder)
    except OSError:
        return False
    return True


def try_writing_in(folder: Path) -> None:
    """As ``can_write_in``, for whoever says why not; raises ``OSError``."""
    probe = folder / f"{PROBE}{secrets.token_hex(8)}"
    create_exclusive(probe, b"1")
    with contextlib.suppress(OSError):
        remove(probe)


def lock_exclusively(stream: FileIO) -> bool | None:
    """Take an open file for this program alone, until it is closed or the program ends.

    Returns: False when another program (or another window) has taken it, None on a medium that knows no locks.
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
    """Whether this program has the very file open that lies at ``path``; None where the system does not say.

    A folder can be renamed under an open file outside of Windows, and another one put in its place. Asked by what the
    program holds already: to open the file once more would let go of the locks of SQLite.
    """
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
    """Return the login at this PC as the system knows it, never from the environment; "" when it knows none."""
    try:
        if _WINDOWS:
            return os.getlogin()  # asks the system there, and a terminal elsewhere
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (KeyError, OSError):  # an account without a name, as in a container
        return ""


@functools.cache
def machine_id() -> str:
    """Return what tells this machine from another of the same name; a hash, so that no number of it is written down."""
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
    """Say whether ``error`` came of another program that has the file open, not of a missing right.

    Windows says "access denied" for both; then the place is asked: a file without write protection, in a folder that
    takes files, is held.
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
    """Say whether ``error`` came of a share, a server or a stick that is gone; Windows calls some of it "not found"."""
    return _windows_number(error) in _LOST or error.errno in _LOST_ELSEWHERE


def _link_new_name(source: Path, target: Path) -> bool:
    """Give a plain file its new name beside the old one, which fails when somebody has it; False where
    that can't be."""
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
    """Return the error number of Windows, None for an error that has none."""
    number = getattr(error, "winerror", None)
    return number if isinstance(number, int) else None
