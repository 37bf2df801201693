"""A disk that refuses one call on the old things of a data folder, whichever call it is, and notes what it refused."""

import builtins
import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CALLS = (
    "open",
    "stat",
    "lstat",
    "scandir",
    "listdir",
    "mkdir",
    "rmdir",
    "unlink",
    "replace",
    "rename",
    "link",
    "utime",
)
_OWN = re.compile(r"[0-9a-f]{6,}|\d{5}")
Site = tuple[str, str, str]


class TroubledDisk:
    """Counts the calls on files and folders below ``folder``, and lets the one that is asked for fail once.

    Attributes: ``sites`` every kind of call seen, in order: what was called, on what, from which line of the product.
    """

    def __init__(self, folder: Path, *, spared: tuple[str, ...]) -> None:
        self._folder = os.fspath(folder)
        self._spared = spared
        self.sites: list[Site] = []
        self._fail_at: Site | None = None
        self._error: Callable[[str], OSError] = FileNotFoundError

    @contextmanager
    def at_work(self, fail_at: Site | None = None, error: Callable[[str], OSError] | None = None) -> Iterator[None]:
        """Watch, and fail at the first call of the kind ``fail_at`` with ``error``."""
        self._fail_at, self._error = fail_at, error or self._error
        kept = {name: getattr(os, name) for name in CALLS}
        opens = builtins.open
        try:
            for name, call in kept.items():
                setattr(os, name, self._watched(name, call))
            builtins.open = io.open = self._watched("open file", opens)
            yield
        finally:
            for name, call in kept.items():
                setattr(os, name, call)
            builtins.open = io.open = opens

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*given: Any, **more: Any) -> Any:
            on = given[0] if given else None
            if isinstance(on, str | os.PathLike) and os.fspath(on).startswith(self._folder + os.sep):
                self._meet(name, os.path.relpath(on, self._folder))
            return call(*given, **more)

        return watched

    def _meet(self, name: str, on: str) -> None:
        if on.startswith(self._spared):
            return
        site = (name, _OWN.sub("*", on), _line_of_product())
        if site not in self.sites:
            self.sites.append(site)
        if site == self._fail_at:
            self._fail_at = None
            raise self._error(on)


def missing(on: str) -> OSError:
    """The file went away in the meantime."""
    return FileNotFoundError(2, "No such file or directory", on)


def refused(on: str) -> OSError:
    """No right, or another program has it open."""
    return PermissionError(13, "Permission denied", on)


def _line_of_product() -> str:
    """The nearest line of db or app that led here."""
    frame = sys._getframe(2)
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if path.parent.name in {"db", "services", "tables"}:
            return f"{path.name}:{frame.f_lineno}"
        frame = frame.f_back  # type: ignore[assignment]
    return ""
