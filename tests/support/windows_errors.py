"""Errors as Python raises them on Windows, to try on any system what the program makes of them."""

import errno
from pathlib import Path

HELD, LOCKED, ACCESS_DENIED, NO_SUCH_SHARE = 32, 33, 5, 53


def windows_error(number: int, named: Path | str | None = None) -> OSError:
    """The error for a Windows error number: most are "access denied" to whoever looks at errno alone."""
    kind = FileNotFoundError if number == NO_SUCH_SHARE else PermissionError
    error = kind(errno.ENOENT if kind is FileNotFoundError else errno.EACCES, "refused", str(named) if named else None)
    error.winerror = number  # type: ignore[attr-defined]
    return error
