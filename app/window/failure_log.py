"""The log for IT support: a line for every failure with a number that somebody saw; nothing that was
typed or stored."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from app.window.failure_messages import Failure
from db.files import on_disk

LARGEST = 1_000_000
"""Bytes after which the log begins anew; the one before stays beside it."""


class _Log:
    def __init__(self) -> None:
        self.path: Path | None = None
        self.last: Failure | None = None


_log = _Log()


def log_to(path: Path | None) -> None:
    """Write failures into ``path`` from now on; None keeps none."""
    _log.path, _log.last = path, None


def note(failure: Failure, *, moment: datetime | None = None) -> None:
    """Add one failure, once however often it is shown; one by our own rules has no number and needs no line.

    Args:
        moment: when it happened (by itself the PC's clock).
    """
    if _log.path is None or not failure.number or failure is _log.last:
        return
    _log.last = failure
    with suppress(OSError):
        _log.path.parent.mkdir(parents=True, exist_ok=True)
        if _log.path.exists() and _log.path.stat().st_size > LARGEST:
            on_disk.replace(_log.path, _log.path.with_suffix(".old.log"))
        places = failure.details.replace("\n", " | ")
        with _log.path.open("a", encoding="utf-8") as stream:
            stream.write(f"{moment or datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {places}\n")
