"""What one session opens and lets out, kept until it is written: by the writer into the database, else into a file.

Who only reads has a file of his own in the folder, encrypted and chained, to which rows are only added; whoever writes
next takes it in (``docs/decisions/0111``). Nothing here holds a name or a word that was typed.
"""

from __future__ import annotations

import hmac
import json
import secrets
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from db import mapping
from db.accesses import queries
from db.backups import change_log
from db.backups.change_log import ChangeLog
from db.digits import is_digits, whole_number
from db.engine import Database
from db.files.filesystem import remove_tree
from db.journal import ERASING_SUBJECT, SCHEMA_SUBJECT, Change
from db.keys import Keys
from db.records.accounts import Access, AccessAbout, AccessAct

FOLDER_NAME = "accesses"
BATCH_SECONDS = 45
"""After how long what waits is due to be written; the heartbeat asks every ten seconds."""
_AGAIN = timedelta(minutes=10)
"""How long the same opening counts as one."""
_LEFT_SECONDS = 31 * 24 * 60 * 60
_OUTPUT_TABLES = frozenset({"outgoing", "takeouts"})
_IMPORT_TABLES = frozenset({"foreign_imports", "survey_imports"})
_SETTINGS = frozenset({"programme", "access", "backups", "protected_places", SCHEMA_SUBJECT, ERASING_SUBJECT})
"""Subjects of changes that are settings, or touch the data as a whole."""


class AccessRecorder:
    """The accesses of one session, across all stores that it opens in turn.

    ``note`` may be called from any thread, the rest where the store is used. ``is_failure_told``: the person knows
    that the file cannot be written.
    """

    def __init__(self, folder: Path, keys: Keys, *, login_id: str, pc: str):
        self._folder, self._keys = folder, keys
        self._token, self._login_id, self._pc = secrets.token_hex(8), login_id, pc
        self.is_failure_told = False
        self._waiting: deque[Access] = deque()
        self._noted: dict[object, datetime] = {}
        self._number = self._last = 0
        self._unsettled = 0
        self._ended: list[Path] = []
        self._file: ChangeLog | None = None
        self._link = self._token
        self._written_at = time.monotonic()

    def note(self, access: Access) -> None:
        """Keep one access until the next writing; what was opened within ten minutes is not noted again."""
        opened = (access.what, access.about, access.about_id)
        if access.act.is_opening:
            if abs(access.at - self._noted.get(opened, datetime.min)) < _AGAIN:  # noqa: DTZ901 - local, as all times
                return
            self._noted[opened] = access.at
        self._waiting.append(access)

    @property
    def is_due(self) -> bool:
        """Return whether what waits is to be written now."""
        return time.monotonic() - self._written_at >= BATCH_SECONDS

    def _numbered(self, access: Access, place: int) -> Access:
        """Return an access as the one at ``place`` after those written, with its time as of this PC's zone."""
        at = access.at.astimezone()
        number = self._number + place
        return replace(access, token=self._token, number=number, login_id=self._login_id, pc=self._pc, at=at)

    # into the database, inside an open transaction

    def write(self, database: Database, change: Change | None = None, row: Mapping[str, Any] | None = None) -> None:
        """Write what waits and what ``change`` with its journal row is itself; ``settle`` confirms it after the commit.

        After a rollback it is written with the next transaction.
        """
        self._unsettled = len(self._waiting)
        found = [self._waiting[place] for place in range(self._unsettled)]
        if change is not None and row is not None and (own := _access_of(change, row)) is not None:
            found.append(own)
        if found:
            numbered = [self._numbered(one, place) for place, one in enumerate(found, 1)]
            queries.append(database, self._keys.chain, numbered)
            self._last = numbered[-1].number

    def take_in(self, database: Database) -> None:
        """Write the accesses that others left in files and the database has not; ``settle`` removes what is ended."""
        for place, found in _read_files(self._folder, self._keys):
            written_at = max((one.stat().st_mtime for one in place.rglob("*")), default=0.0)
            is_left = time.time() - written_at > _LEFT_SECONDS
            if is_left and not found:
                at = datetime.fromtimestamp(written_at).astimezone()
                found.append(Access(token=place.name, at=at, act=AccessAct.GAP))
            known = queries.known_numbers(database, place.name)
            if new := [one for one in found if one.number not in known]:
                queries.append(database, self._keys.chain, new)
            if is_left or place.name == self._token or any(one.act.is_logout for one in found):
                self._ended.append(place)

    def settle(self) -> None:
        """Confirm what was written, after the commit."""
        self._number = self._last
        for _ in range(self._unsettled):
            self._waiting.popleft()
        for place in self._ended:
            with suppress(OSError):
                remove_tree(place)
                self._link = self._token if place.name == self._token else self._link
        self.roll_back()
        self._written_at = time.monotonic()

    def roll_back(self) -> None:
        """Forget what was written and not committed."""
        self._unsettled, self._last, self._ended = 0, self._number, []

    # into the own file

    def write_to_file(self) -> bool:
        """Add what waits to the own file; return False where it could not be written: it is tried again next time."""
        self._written_at = time.monotonic()
        if self._file is None:
            self._file = ChangeLog(self._folder / FOLDER_NAME / self._token, _file_keys(self._keys), 0)
        while self._waiting:
            row = mapping.to_columns(self._numbered(self._waiting.popleft(), 1))
            self._number = self._last = row["number"]
            self._link = queries.link(self._keys.chain, self._link, row)
            self._file.append({"seq": self._number, "access": row, "chain": self._link})
        self._file.flush()
        return not self._file.pending_count

    def close_file(self) -> None:
        """Close the own file, for whoever takes it in and removes it."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _access_of(change: Change, row: Mapping[str, Any]) -> Access | None:
    """Return what a change is an access to, with its journal row as the reference; None = it is none."""
    tables, count = change.tables, 0
    if tables & _OUTPUT_TABLES:
        act, count = AccessAct.OUTPUT, _people_in(change)
    elif row["subject"] == "accounts":
        act = AccessAct.RIGHTS
    elif tables & _IMPORT_TABLES or row["subject"] in _SETTINGS:
        act = AccessAct.CHANGE
    else:
        return None
    number = row["event_id"] or 0
    about = AccessAbout.EVENT if number else AccessAbout.NONE
    at = datetime.fromisoformat(row["at"])
    return Access(at=at, act=act, about=about, about_id=number, count=count, journal_seq=row["seq"])


def _people_in(change: Change) -> int:
    """Return how many people stand in what left: those named in it, or the rows of a list that says its number."""
    made = [(one.table, one.after) for one in change.rows if one.before is None and one.after is not None]
    lists = (json.loads(row["detail"]) for table, row in made if table == "outgoing" and row["personal"])
    numbers = (whole_number("".join(filter(is_digits, one.get("件数", "")))) or 0 for one in lists)
    return max(sum(table == "outgoing_people" for table, _ in made), 0, *numbers)


def _file_keys(keys: Keys) -> tuple[bytes, ...]:
    """Return the keys of the files of accesses, current first; none opens a segment of the change log."""
    return tuple(hmac.digest(one, b"accesses", "sha256") for one in keys.log_keys)


def _read_files(folder: Path, keys: Keys) -> Iterator[tuple[Path, list[Access]]]:
    """Yield the place of each session that left accesses in files, and these; where its chain is broken, a gap."""
    with suppress(OSError):
        for place in sorted((folder / FOLDER_NAME).iterdir()):
            logged, _ = change_log.read_all(place, _file_keys(keys))
            chain, found = place.name, []
            for number, one in sorted(logged.items()):
                access = mapping.to_record(Access, one.row["access"])
                if queries.link(keys.chain, chain, one.row["access"]) != one.row["chain"]:
                    found.append(replace(access, number=-number, act=AccessAct.GAP, what="", journal_seq=None))
                chain = one.row["chain"]
                found.append(access)
            yield place, found
