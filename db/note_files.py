"""Small JSON files beside the database, read without trust: whatever stands in one, the reader gets words or nothing."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

MISREAD: Final = (ValueError, KeyError, TypeError, AttributeError, OverflowError)
"""What taking a note apart raises when something in it is of another kind than was written."""

_LARGEST: Final = 1 << 53


def read_note(path: Path) -> dict[str, Any] | None:
    """Return the object in a JSON file, or None when the file is missing, held, or holds anything else."""
    try:
        return understood(path.read_bytes())
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return None


def understood(data: bytes) -> dict[str, Any] | None:
    """Return the object that ``data`` is the JSON of, or None."""
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) else None


def whole_number(value: object) -> int:
    """Return ``value``, a number from 0 that the database can hold.

    Raises:
        ValueError: it is something else.
    """
    if type(value) is not int or not 0 <= value < _LARGEST:
        raise ValueError(type(value).__name__)
    return value


def text(value: object) -> str:
    """Return ``value``, a text that can be written down.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(value, str):
        raise ValueError(type(value).__name__)
    value.encode()  # half a surrogate pair stands in no file and on no screen
    return value


def local_time(value: object) -> datetime:
    """Return the local time that ``value`` is the text of.

    Raises:
        ValueError: it is something else, or says a time zone.
    """
    moment = datetime.fromisoformat(text(value))
    if moment.tzinfo is not None:
        raise ValueError("time zone")
    return moment
