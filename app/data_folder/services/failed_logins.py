"""Failed logins: counted in a presence file by who is not logged in, recorded with the writer's next change.

Who fails to log in has no key, so the count lies in a presence file, readable by everybody who sees the folder: known
IDs and numbers only, since what was typed as an ID may be a password. Counts only grow while the program runs, and the
rows say how much of them was recorded: nothing is counted twice, and nothing is lost if a change is rolled back. The
rows are not part of the journal: undo, views of the past and backup rules ignore them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from db import keyring
from db.files import presence_files, storage_errors
from db.files.presence_files import MAX_FAILED_LOGINS, FailedLoginCount, Presence, PresenceFile
from db.records.accounts import FailedLogin
from db.store import Store
from db.tables import accounts

MAX_LISTED = 10
"""Number of failed logins shown."""
LoginMethod = Literal["パスワード", "回復キー", "ロックの解除"]


class FailedLoginCounter:
    """The failed logins since the program started, by folder; ``pc`` the name of this PC."""

    def __init__(self, *, pc: str):
        self._pc = pc
        self._files: dict[Path, PresenceFile] = {}

    def count(self, folder: Path, *, login_id: str, method: LoginMethod, now: datetime) -> None:
        """Count one more failed login; an unwritable folder is ignored.

        Args:
            login_id: as typed; one that the keyring does not know is counted without it ("").
        """
        own = self._files.get(folder)
        if own is None:
            sign = Presence(token=secrets.token_hex(8), mode="OUTSIDE", pc=self._pc)
            own = self._files[folder] = PresenceFile(folder, sign)
        with suppress(storage_errors.LockUnconfirmed, OSError):
            known = login_id if login_id in _known_ids(folder) else ""
            own.write(failed=_incremented(own.presence.failed, known, method, now))


@dataclass(eq=False)
class PendingFailedLogins:
    """Failed logins counted in presence files but not recorded yet (``pending``), to be recorded with the next change.

    It is one of the store's ``before_commit``, which are called just before each commit.
    """

    store: Store
    pending: tuple[FailedLogin, ...] = ()

    def __call__(self, _row: dict[str, Any]) -> None:
        """Record them with the current change; if it is rolled back, they are found again."""
        if self.pending:
            accounts.add_failed_logins(self.store.database, self.store.keys.chain, self.pending)
            self.pending = ()


def collect_failed_logins(store: Store, presences: Iterable[Presence]) -> None:
    """Collect the counts that are not recorded yet for the next change; called whenever presence files are read."""
    counted = [sign for sign in presences if sign.failed]
    own = next((one for one in store.before_commit if isinstance(one, PendingFailedLogins)), None)
    if own is None:
        if not counted:
            return
        own = PendingFailedLogins(store)
        store.before_commit.append(own)
    own.pending = _pending_failed_logins(store, counted) if counted else ()


def unwritten_tokens(store: Store) -> frozenset[str]:
    """Return the tokens of presence files with unrecorded counts, which must not be cleaned up.

    Raises:
        OSError: the folder cannot be read.
    """
    counted = [sign for sign in presence_files.read_all(store.folder) if sign.failed]
    return frozenset(one.token for one in _pending_failed_logins(store, counted)) if counted else frozenset()


def list_failed_logins(store: Store) -> tuple[FailedLogin, ...]:
    """Return the last ten recorded failed logins, newest first."""
    return tuple(accounts.failed_logins(store.database, limit=MAX_LISTED))


def _pending_failed_logins(store: Store, presences: Iterable[Presence]) -> tuple[FailedLogin, ...]:
    """Return the failed logins in these presence files that the database does not have yet."""
    written = accounts.failed_login_totals(store.database)
    return tuple(
        FailedLogin(
            token=sign.token, at=datetime.fromisoformat(last), pc=sign.pc, login_id=login_id, way=way, times=more
        )
        for sign in presences
        for login_id, way, times, last in sign.failed
        if (more := times - written.get((sign.token, login_id, way), 0)) > 0
    )


def _known_ids(folder: Path) -> set[str]:
    """Return the IDs in the keyring, which is readable by anybody who sees the folder."""
    rings = (keyring.read_file(path) for path in keyring.current_paths(folder))
    return {slot.owner for ring in rings if ring is not None for slot in ring.slots if slot.owner}


def _incremented(
    failed: tuple[FailedLoginCount, ...], login_id: str, method: str, now: datetime
) -> tuple[FailedLoginCount, ...]:
    """Return the counts with one more; if there is no room for another ID it counts as unknown."""
    counts = {(one[0], one[1]): one for one in failed}
    key = (login_id, method)
    if key not in counts and len(counts) >= MAX_FAILED_LOGINS:
        key = ("", method)
    times = counts[key][2] + 1 if key in counts else 1
    counts[key] = (*key, times, now.replace(microsecond=0).isoformat())
    return tuple(counts.values())
