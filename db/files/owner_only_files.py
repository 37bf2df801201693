"""Create files that only their owner may read, by mode or, on Windows, by an access list of one entry.

On Windows a mode has no effect: a file takes the rights of its folder. So the list is given at creation,
before there is a byte to read, and read back: a stick without access lists keeps none.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from pathlib import Path

_MODE = 0o600
_ENTRY = re.compile(r"\(([^()]*)")  # one with a condition ends in further brackets
_SYSTEM = frozenset({"SY", "S-1-5-18", "BA", "S-1-5-32-544"})
"""LocalSystem and the administrators, who may take any file over, as root may elsewhere."""


def create(path: Path) -> int:
    """Create a file for its owner alone, which must not exist yet, and return it opened for writing.

    Raises:
        FileExistsError: the name is taken. OSError: no room, no right, or the system does not say who asks.
    """
    if sys.platform == "win32":
        return _create_with_list(path)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _MODE)


def is_owner_only(path: Path) -> bool:
    """Return whether nobody but the owner (and administrators) may read ``path``, as the system reports it.

    Raises:
        OSError: the file is gone.
    """
    if sys.platform == "win32":
        return grants_only(_list_of(path), _own_sid())
    return not stat.S_IMODE(path.stat().st_mode) & (stat.S_IRWXG | stat.S_IRWXO)


def access_list_for(sid: str) -> str:
    """Return the Windows access list (SDDL) that gives the account ``sid`` all rights and nobody else any.

    P = rights inherited from the folder are kept out.
    """
    return f"D:P(A;;FA;;;{sid})"


def grants_only(access_list: str, sid: str) -> bool:
    """Return whether an access list (SDDL) admits only ``sid`` and administrators.

    No list at all (``""``, ``D:NO_ACCESS_CONTROL``) admits everybody; an empty one nobody.
    """
    _, there, entries = access_list.partition("D:")
    if not there or "NO_ACCESS_CONTROL" in entries:
        return False
    let_in = {
        parts[5]
        for entry in _ENTRY.findall(entries.partition("S:")[0])
        if len(parts := entry.split(";")) >= 6 and parts[0] not in ("D", "OD") and "IO" not in parts[1]
    }
    return let_in <= {sid, "OW", "S-1-3-4", *_SYSTEM}


if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes

    _FILE, _ACCESS_LIST, _REVISION = 1, 4, 1  # SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, SDDL_REVISION_1
    _WRITE, _NEW, _NORMAL = 0x40000000, 1, 0x80  # GENERIC_WRITE, CREATE_NEW, FILE_ATTRIBUTE_NORMAL
    _QUERY, _USER = 8, 1  # TOKEN_QUERY, TokenUser
    _SELF = wintypes.HANDLE(-1)
    _Number, _Text, _Any = wintypes.DWORD, wintypes.LPCWSTR, ctypes.c_void_p

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _rights = ctypes.WinDLL("advapi32", use_last_error=True)
    _kernel.CreateFileW.restype = _Any
    _kernel.CreateFileW.argtypes = [_Text, _Number, _Number, _Any, _Number, _Number, _Any]
    _kernel.LocalFree.argtypes = [_Any]
    _kernel.CloseHandle.argtypes = [_Any]
    _rights.OpenProcessToken.argtypes = [_Any, _Number, _Any]
    _rights.GetTokenInformation.argtypes = [_Any, ctypes.c_int, _Any, _Number, _Any]
    _rights.ConvertSidToStringSidW.argtypes = [_Any, _Any]
    _rights.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = [_Text, _Number, _Any, _Any]
    _rights.ConvertSecurityDescriptorToStringSecurityDescriptorW.argtypes = [_Any, _Number, _Number, _Any, _Any]
    _rights.GetNamedSecurityInfoW.restype = _Number
    _rights.GetNamedSecurityInfoW.argtypes = [_Text, ctypes.c_int, _Number, _Any, _Any, _Any, _Any, _Any]

    class _Attributes(ctypes.Structure):
        """Attributes of a new file in Windows."""

        _fields_ = (("length", _Number), ("descriptor", _Any), ("inherit", wintypes.BOOL))

    def _create_with_list(path: Path) -> int:
        """Create a file in Windows that only its owner may read and return its handle; the name must be free."""
        descriptor = _Any()
        _must(
            _rights.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                access_list_for(_own_sid()), _REVISION, ctypes.byref(descriptor), None
            )
        )
        try:
            given = _Attributes(ctypes.sizeof(_Attributes), descriptor, False)
            handle = _kernel.CreateFileW(str(path), _WRITE, 0, ctypes.byref(given), _NEW, _NORMAL, None)
            _must(handle != _Any(-1).value)
            return msvcrt.open_osfhandle(handle, os.O_WRONLY | os.O_BINARY | os.O_NOINHERIT)
        finally:
            _kernel.LocalFree(descriptor)

    def _list_of(path: Path) -> str:
        """Return the access list of a file in Windows as text."""
        descriptor, words = _Any(), _Any()
        number = _rights.GetNamedSecurityInfoW(
            str(path), _FILE, _ACCESS_LIST, None, None, None, None, ctypes.byref(descriptor)
        )
        if number:
            raise ctypes.WinError(number)
        try:
            _must(
                _rights.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                    descriptor, _REVISION, _ACCESS_LIST, ctypes.byref(words), None
                )
            )
            return _taken(words)
        finally:
            _kernel.LocalFree(descriptor)

    def _own_sid() -> str:
        """Return the security id of the current Windows user as text."""
        token, room, words = wintypes.HANDLE(), _Number(), _Any()
        _must(_rights.OpenProcessToken(_SELF, _QUERY, ctypes.byref(token)))
        try:
            _rights.GetTokenInformation(token, _USER, None, 0, ctypes.byref(room))
            user = ctypes.create_string_buffer(room.value or 1)
            _must(_rights.GetTokenInformation(token, _USER, user, room, ctypes.byref(room)))
            sid = ctypes.cast(user, ctypes.POINTER(_Any))[
                0
            ]  # a TOKEN_USER begins with where the number of the account lies
            _must(_rights.ConvertSidToStringSidW(sid, ctypes.byref(words)))
            return _taken(words)
        finally:
            _kernel.CloseHandle(token)

    def _taken(words: ctypes.c_void_p) -> str:
        """Return the text that a Windows call allocated, and free it."""
        try:
            return ctypes.wstring_at(words.value or 0)
        finally:
            _kernel.LocalFree(words)

    def _must(done: object) -> None:
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())
