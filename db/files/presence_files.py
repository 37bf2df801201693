"""The desk files: one small file for each program that is open at a folder, written by that program alone.

It says who sits there, reads or writes, asks for the seat or gave it away. A request is a change of content of a file
that is there from the opening on: a client of a share may keep names from colleagues for some seconds, contents not.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from db.files import filesystem, storage_errors
from db.frozen_record import frozen_record
from db.written_names import written_as

FOLDER_NAME: Final = "desks"
FILE_BYTES: Final = 1024
MAX_NAME_LENGTH: Final = 60
MAX_QUEUE_LENGTH: Final = 6

Mode = Literal["READING", "ASKING", "WORKING", "ASKED", "HANDING", "OUTSIDE"]
FailedLoginCount = tuple[str, str, int, str]
"""Log-ins that failed at one start of the program: a known ID or "", the way, how many, when last (ISO)."""
MAX_FAILED_LOGINS: Final = 5
"""Of so many IDs and ways failed log-ins stand in one desk file; of further ones as of nobody known."""
_MAX_FAILURES: Final = 1_000_000
HoldReason = Literal["", "dialog", "task", "reception"]
"""What keeps a seat although nobody types: an open dialog, work under way, a reception."""


@frozen_record
class Presence:
    """What stands in a desk file.

    Attributes: ``seat`` the number of the seat that is held (0 = none); ``beat`` counts the signs of life; ``asks`` the
    number of the seat that is asked for (0 = none); ``queue`` the tokens that wait, in the order the holder saw them;
    ``given`` the seat given away and ``given_to`` the token that may follow; ``seq`` and ``chain`` the head of the
    journal then; ``copy`` the name of the published copy; ``holds`` what keeps the seat; ``failed`` the log-ins that
    failed, counted by who is not in (mode OUTSIDE), ever more while the program runs.
    """

    token: str
    mode: Mode = "READING"
    name: str = ""
    pc: str = ""
    seat: int = 0
    beat: int = 0
    asks: int = 0
    queue: tuple[str, ...] = ()
    given: int = 0
    given_to: str = ""
    seq: int = 0
    chain: str = ""
    copy: str = ""
    holds: HoldReason = ""
    failed: tuple[FailedLoginCount, ...] = ()


_PRESENCE: Final = written_as(
    Presence, "Sign", "token mode name pc seat beat asks queue given given_to seq chain copy holds failed"
)


class PresenceFile:
    """Our own desk file; ``sign`` is what stands in it."""

    def __init__(self, folder: Path, presence: Presence) -> None:
        self.folder = folder
        self.presence = replace(presence, name=presence.name[:MAX_NAME_LENGTH], pc=presence.pc[:MAX_NAME_LENGTH])

    @property
    def path(self) -> Path:
        """Where it lies."""
        return path_of(self.folder, self.presence.token)

    def write(self, **changes: Any) -> None:
        """Write a sign of life with these fields changed, in place, and read it again.

        Raises:
            LockUnconfirmed: the folder does not answer or takes no file.
        """
        self.presence = replace(self.presence, beat=self.presence.beat + 1, **changes)
        body = sealed_line(_changed_fields(self.presence))
        try:
            self.path.parent.mkdir(exist_ok=True)
            with self.path.open("r+b" if self.path.exists() else "wb") as stream:
                stream.write(body)
            if self.path.read_bytes() != body:
                raise storage_errors.LockUnconfirmed("sign of life")
        except OSError as error:
            raise storage_errors.LockUnconfirmed(f"{type(error).__name__}: {error.errno}") from error

    def remove(self) -> None:
        """Take it away: the program ends."""
        with contextlib.suppress(OSError):
            filesystem.remove(self.path, missing_ok=True)


def path_of(folder: Path, token: str) -> Path:
    """Return where the desk file of a token lies."""
    return folder / FOLDER_NAME / f"{token}.json"


def read(folder: Path, token: str) -> Presence | None:
    """Return what stands in one desk file, or None when it is missing, torn or a stranger's."""
    return _read(path_of(folder, token))


def read_all(folder: Path) -> list[Presence]:
    """Return what stands in every desk file that can be read, by token.

    Raises:
        OSError: the folder cannot be read.
    """
    ground = folder / FOLDER_NAME
    if not ground.is_dir():
        return []
    found = (_read(path) for path in sorted(ground.iterdir()) if path.suffix == ".json")
    return [one for one in found if one is not None]


def sealed_line(plain: dict[str, Any]) -> bytes:
    """Return one line with its checksum, always of one length, so that it is written over in place."""
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    return (hashlib.sha256(text).hexdigest().encode() + b" " + text).ljust(FILE_BYTES - 1) + b"\n"


def read_sealed_file(path: Path) -> dict[str, Any] | None:
    """Return what stands in a sealed file, or None when it is missing, torn or a stranger's."""
    try:
        said, _, text = path.read_bytes()[: 2 * FILE_BYTES].rstrip().partition(b" ")
        if hashlib.sha256(text).hexdigest().encode() != said:
            return None
        plain = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) else None


def _changed_fields(presence: Presence) -> dict[str, Any]:
    """Only what differs from an empty sign, so that a queue fits into the length."""
    empty, always = _PRESENCE.values(Presence(token="")), _PRESENCE.names["token"]
    return {
        name: value for name, value in _PRESENCE.values(presence).items() if name == always or value != empty.get(name)
    }


def _read(path: Path) -> Presence | None:
    plain = read_sealed_file(path)
    if plain is None:
        return None
    known = _PRESENCE.to_source(plain)
    try:
        lists = {
            "queue": tuple(map(str, known.get("queue", ()))),
            "failed": _parse_failed_logins(known.get("failed", ())),
        }
        sign = Presence(**{"token": path.stem, **known, **lists})
    except (TypeError, ValueError):
        return None
    numbers = (sign.seat, sign.beat, sign.asks, sign.given, sign.seq)
    words = (sign.mode, sign.name, sign.pc, sign.given_to, sign.chain, sign.copy, sign.holds)
    whole = all(isinstance(one, int) for one in numbers) and all(isinstance(one, str) for one in words)
    return sign if whole and sign.token == path.stem else None


def _parse_failed_logins(plain: Any) -> tuple[FailedLoginCount, ...]:
    """Return the failed log-ins of a desk file; anybody can write one, and what stands there goes into the data.

    Raises:
        TypeError, ValueError: they are not what a program writes.
    """
    found = []
    for login_id, way, times, last in plain:
        if not 0 < int(times) <= _MAX_FAILURES or any(len(one) > MAX_NAME_LENGTH for one in (login_id, way, last)):
            raise ValueError(plain)
        for one in (login_id, way):
            one.encode()
        found.append((str(login_id), str(way), int(times), datetime.fromisoformat(last).isoformat()))
    if len(found) > 2 * MAX_FAILED_LOGINS:
        raise ValueError(plain)
    return tuple(found)
