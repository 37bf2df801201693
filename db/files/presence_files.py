"""Presence files, one small file for each program that has a folder open, written by that program alone.

It says who has it open, reads or writes, requests the write lock or transferred it. A request is a change of
content of a file that exists from the opening on: a client of a share may hide new names from colleagues for
some seconds, contents not.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from db.files import filesystem, storage_errors
from db.record import record
from db.written_names import declare_written_names

FOLDER_NAME = "desks"
FILE_BYTES = 1024
MAX_NAME_LENGTH = 60
MAX_QUEUE_LENGTH = 6

Mode = Literal["READING", "ASKING", "WORKING", "ASKED", "HANDING", "OUTSIDE"]
FailedLoginCount = tuple[str, str, int, str]
"""Failed log-ins of one program start, as a known ID or "", the channel, how many, when last (ISO)."""
MAX_FAILED_LOGINS = 5
"""How many IDs and channels of failed log-ins a presence file lists; further ones count as unknown."""
_MAX_FAILURES = 1_000_000
HoldReason = Literal["", "dialog", "task", "reception"]
"""What keeps the write lock although nobody types (an open dialog, a running task, a check-in)."""


@record
class Presence:
    """The content of a presence file.

    Attributes:
        seat: the number of the write lock that is held (0 = none).
        beat: counts the heartbeats.
        asks: the number of the write lock that is requested (0 = none).
        queue: the tokens that wait, in the order the holder saw them.
        given, given_to: the write lock transferred, and the token that may follow.
        seq, chain: the head of the journal then.
        copy: the name of the published copy.
        holds: what keeps the write lock.
        failed: failed log-ins, counted by whoever is not logged in (mode OUTSIDE), ever more while the program runs.
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


_PRESENCE = declare_written_names(
    Presence, "Sign", "token mode name pc seat beat asks queue given given_to seq chain copy holds failed"
)


class PresenceFile:
    """The presence file of this program; ``presence`` is its content."""

    def __init__(self, folder: Path, presence: Presence):
        self.folder = folder
        self.presence = replace(presence, name=presence.name[:MAX_NAME_LENGTH], pc=presence.pc[:MAX_NAME_LENGTH])

    @property
    def path(self) -> Path:
        """Return its path."""
        return path_of(self.folder, self.presence.token)

    def write(self, **changes: Any) -> None:
        """Write a heartbeat with these fields changed, in place, and read it back.

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
        """Remove the presence file when the program ends; what refuses to go is left."""
        with contextlib.suppress(OSError):
            filesystem.remove(self.path, missing_ok=True)


def path_of(folder: Path, token: str) -> Path:
    """Return the path of the presence file of a token."""
    return folder / FOLDER_NAME / f"{token}.json"


def read(folder: Path, token: str) -> Presence | None:
    """Return the content of one presence file, or None when it is missing, torn or not valid."""
    return _read(path_of(folder, token))


def read_all(folder: Path) -> list[Presence]:
    """Return the content of every readable presence file, ordered by token; [] if nobody has written one yet.

    Raises:
        OSError: the folder cannot be read.
    """
    ground = folder / FOLDER_NAME
    if not ground.is_dir():
        return []
    found = (_read(path) for path in sorted(ground.iterdir()) if path.suffix == ".json")
    return [one for one in found if one is not None]


def sealed_line(plain: dict[str, Any]) -> bytes:
    """Return one line with its checksum, always of the same length, so that it can be overwritten in place."""
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    return (hashlib.sha256(text).hexdigest().encode() + b" " + text).ljust(FILE_BYTES - 1) + b"\n"


def read_sealed_file(path: Path) -> dict[str, Any] | None:
    """Return the content of a sealed file, or None when it is missing, torn or not valid."""
    try:
        said, _, text = path.read_bytes()[: 2 * FILE_BYTES].rstrip().partition(b" ")
        if hashlib.sha256(text).hexdigest().encode() != said:
            return None
        plain = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return None
    return plain if isinstance(plain, dict) else None


def _changed_fields(presence: Presence) -> dict[str, Any]:
    """Return only the fields that differ from an empty presence, so that a queue fits the length."""
    empty, always = _PRESENCE.values(Presence(token="")), _PRESENCE.names["token"]
    return {
        name: value for name, value in _PRESENCE.values(presence).items() if name == always or value != empty.get(name)
    }


def _read(path: Path) -> Presence | None:
    """Return the content of a presence file, None where it is missing, torn or not valid."""
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
    """Return the failed log-ins of a presence file; validated, since anybody can write one.

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
