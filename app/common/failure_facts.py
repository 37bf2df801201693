"""Facts of an error that hold no personal data: its class, its place in the code, system error codes.

Nothing here is taken from a message, a file name or a value: each word comes from a closed set (classes and
functions of loaded modules, codes of the database engine and the system). A code in none is left out, a class or
place in none is "?".
"""

from __future__ import annotations

import errno
import re
import sys
import zlib
from collections.abc import Container, Iterator
from itertools import islice
from types import TracebackType
from typing import Any

from db.record import record

_OWN_PACKAGES = ("app", "db", "__main__")
_LIBRARIES = (
    "PySide6", "shiboken6", "sqlcipher3", "sqlite_utils", "openpyxl", "reportlab", "PIL", "cryptography", "jpholiday",
    "platformdirs", "segno", "msoffcrypto", "pikepdf", "pypdfium2", "psutil", "rapidfuzz", "tomli_w",
)  # fmt: skip
_KNOWN = frozenset((*_OWN_PACKAGES, *_LIBRARIES, "builtins", *sys.stdlib_module_names))
UNKNOWN = "?"
_MAX_LOCATIONS = 8
_MAX_CAUSES = 3
_CODE = re.compile(r"\bSQLITE_[A-Z_]+\b|\bErrno \d{1,5}\b|\bWinError \d{1,5}\b")
_PAGE = re.compile(r"\bpage (\d{1,7})\b")
_MAX_CODES = 6


@record
class FailureFacts:
    """An error without any of the data it was about.

    Attributes: ``number`` to be quoted on the telephone ("E-3F2A", the same for the same place on every PC);
    ``kind`` its class; ``codes`` of the system and the engine (EACCES, WinError 32, SQLITE_CORRUPT, page 3);
    ``code_locations`` the stack, innermost last; ``causes`` the errors that led to it, class and place.
    """

    number: str
    kind: str
    codes: tuple[str, ...] = ()
    code_locations: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()

    def as_lines(self) -> str:
        """Return the facts as lines, for the collapsed details of a message."""
        behind = [f"← {one}" for one in self.causes]
        codes = ("、".join(self.codes),) if self.codes else ()
        return "\n".join((f"{self.number}　{self.kind}", *codes, *self.code_locations, *behind))


def facts_of(problem: BaseException) -> FailureFacts:
    """Return the facts of an error that may be kept outside the data."""
    kind, places = class_name(type(problem)), _code_locations(problem.__traceback__)
    return FailureFacts(
        number=_failure_number(kind, places),
        kind=kind,
        codes=_codes(problem),
        code_locations=places,
        causes=tuple(islice(_causes(problem), _MAX_CAUSES)),
    )


def facts_of_type(kind: type) -> FailureFacts:
    """Return the facts of a value's type: the name that ``class_name`` gives, without a place."""
    name = class_name(kind)
    return FailureFacts(number=_failure_number(name, ()), kind=name)


def class_name(kind: type) -> str:
    """Return the name of a class if a known module defines it, else that of its nearest such base class."""
    for one in kind.__mro__:
        module = sys.modules.get(one.__module__)
        if module is not None and _is_known(one.__module__) and getattr(module, one.__name__, None) is one:
            return one.__name__ if one.__module__ == "builtins" else f"{one.__module__}.{one.__name__}"
    return UNKNOWN


def _failure_number(kind: str, code_locations: tuple[str, ...]) -> str:
    """Return the number under which a failure is told to the maintainers: the same for the same place."""
    sign = f"{kind} {code_locations[-1] if code_locations else ''}"
    return f"E-{zlib.crc32(sign.encode()) & 0xFFFF:04X}"


def _is_known(module: str) -> bool:
    """Return whether the module is our own, of Python itself or of a library whose errors we name."""
    return module.partition(".")[0] in _KNOWN


def _code_locations(trace: TracebackType | None) -> tuple[str, ...]:
    """Return module, line and function of the innermost eight frames, innermost last; "?" for foreign code."""
    found = []
    while trace is not None:
        found.append((trace.tb_frame, trace.tb_lineno))
        trace = trace.tb_next
    return tuple(_code_location(frame, line) for frame, line in found[-_MAX_LOCATIONS:])


def _code_location(frame: Any, line: int) -> str:
    """Return module, line and function of a frame; "?" for foreign code.

    The function is missing for code made while running and for a name beyond ASCII.
    """
    name, held = str(frame.f_globals.get("__name__", "")), frame.f_code
    module = sys.modules.get(name)
    if module is None or vars(module) is not frame.f_globals or not _is_known(name):
        return UNKNOWN
    made_while_running = held.co_filename.startswith("<") and not held.co_filename.startswith("<frozen ")
    return f"{name}:{line}" if made_while_running or not held.co_name.isascii() else f"{name}:{line} {held.co_name}"


def _codes(problem: BaseException) -> tuple[str, ...]:
    """Return up to six error codes of an exception, its own and those in its details; unknown ones are left out."""
    # Here and not at the head: the engine is loaded while somebody types a password.
    from db.files.storage_errors import ENGINE_CODES, Damaged, DiskFailed, NotOurs

    found = []
    if isinstance(problem, OSError):
        found.append(errno.errorcode.get(problem.errno or 0, ""))
        of_windows = getattr(problem, "winerror", None)
        found.append(f"WinError {of_windows}" if isinstance(of_windows, int) else "")
    named = getattr(problem, "sqlite_errorname", "")
    found.append(named if isinstance(named, str) and named in ENGINE_CODES else "")
    told = getattr(problem, "details", "")
    if isinstance(told, str):
        found += [_known_code(one, ENGINE_CODES) for one in _CODE.findall(told)]
        if isinstance(problem, Damaged | DiskFailed | NotOurs):
            found += [f"page {one}" for one in _PAGE.findall(told)]
    return tuple(dict.fromkeys(one for one in found if one))[:_MAX_CODES]


def _known_code(code: str, engine_codes: Container[str]) -> str:
    """Return an errno by its name, a WinError or a code of the engine as it is, any other as ""."""
    word, _, number = code.partition(" ")
    if word == "Errno":
        return errno.errorcode.get(int(number), "")
    return code if word == "WinError" or code in engine_codes else ""


def _causes(problem: BaseException) -> Iterator[str]:
    """Yield the causes of an exception, each with its place."""
    seen = {id(problem)}
    one = problem.__cause__ or problem.__context__
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        place = _code_locations(one.__traceback__)[-1:]
        yield " ".join((class_name(type(one)), *_codes(one), *place))
        one = one.__cause__ or one.__context__
