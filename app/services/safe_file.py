"""Writes a file whole or not at all, and never over another one without being asked."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from app.services.refusal import Refusal
from db.storage_errors import as_problem


class AlreadyThere(Refusal):
    """A file of that name exists and overwriting was not asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"「{name}」は、もうあります。", "別の名前にするか、「置き換える」を選んでください。")


def write_whole(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write ``data`` to ``path`` through a temporary file beside it, synced before it takes the name.

    Args:
        path: the file to make. data: its bytes. overwrite: replace a file that is there.

    Raises:
        AlreadyThere: the file exists and ``overwrite`` is False.
        StorageProblem: no room, no right to write, no such folder, each in words.
    """
    if path.exists() and not overwrite:
        raise AlreadyThere(path.name)
    part = path.with_name(f".{secrets.token_hex(6)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            part.replace(path)
        else:
            _take_name(part, path)
    except OSError as error:
        raise as_problem(error) or error from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _take_name(part: Path, path: Path) -> None:
    """Give the finished file its name, failing when somebody else took the name meanwhile."""
    try:
        os.link(part, path)
    except FileExistsError as error:
        raise AlreadyThere(path.name) from error
    except OSError:
        # File systems without hard links (some network shares): rename refuses an existing name on
        # Windows; elsewhere the check above has to do.
        if path.exists():
            raise AlreadyThere(path.name) from None
        part.rename(path)
