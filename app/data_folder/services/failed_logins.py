"""Log-ins that failed: counted in the folder by who is not in, written down with the next change of who types.

Who fails has no key, so the count lies in a desk file of its own, open to everybody who sees the folder: known IDs and
numbers only, since what was typed as an ID may be a password. It only grows while the program runs, and what of it is
written down is told by the rows themselves: nothing is counted twice, and nothing is lost where a change is not saved.
The rows are no step of the journal: undo, past and the keeping of backups do not see them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from db import keyring
from db.files import presence_files, storage_errors
from db.files.presence_files import MAX_FAILED_LOGINS, FailedLoginCount, Presence, PresenceFile
from db.records.accounts import FailedLogin
from db.store import Store
from db.tables import accounts

MAX_LISTED: Final = 10
"""So many are shown."""
LoginMethod = Literal["パスワード", "回復キー", "ロックの解除"]


class FailedLoginCounter:
    """What failed at this start of the program, by folder; ``pc`` the name of this PC."""

    def __init__(self, *, pc: str) -> None:
        self._pc = pc
        self._files: dict[Path, PresenceFile] = {}

    def count(self, folder: Path, *, login_id: str, method: LoginMethod, now: datetime) -> None:
        """Count one more; a folder that takes no file is no reason to trouble anybody.

        Args:
            login_id: as typed; only an ID that the keyring knows is written.
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
    """What desk files count and no row says yet; called just before each commit of the store."""

    store: Store
    pending: tuple[FailedLogin, ...] = ()

    def __call__(self, _row: dict[str, Any]) -> None:
        """Write it down with the change that is under way; where that is rolled back, it is found again."""
        if self.pending:
            accounts.add_failed_logins(self.store.database, self.store.keys.chain, self.pending)
            self.pending = ()


def collect_failed_logins(store: Store, presences: Iterable[Presence]) -> None:
    """Hold ready for the next change what the desk files count and no row says yet; called with each look at them."""
    counted = [sign for sign in presences if sign.failed]
    own = next((one for one in store.before_commit if isinstance(one, PendingFailedLogins)), None)
    if own is None:
        if not counted:
            return
        own = PendingFailedLogins(store)
        store.before_commit.append(own)
    own.pending = _pending_failed_logins(store, counted) if counted else ()


def unwritten_tokens(store: Store) -> frozenset[str]:
    """Return the tokens of the desk files whose count is not written down yet: they outlive the sweep.

    Raises:
        OSError: the folder cannot be looked at.
    """
    counted = [sign for sign in presence_files.read_all(store.folder) if sign.failed]
    return frozenset(one.token for one in _pending_failed_logins(store, counted)) if counted else frozenset()


def list_failed_logins(store: Store) -> tuple[FailedLogin, ...]:
    """Return the failed log-ins that were written down last, the newest first."""
    return tuple(accounts.failed_logins(store.database, limit=MAX_LISTED))


def _pending_failed_logins(store: Store, presences: Iterable[Presence]) -> tuple[FailedLogin, ...]:
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
    """The IDs that stand in the keyring, which anybody who sees the folder can read."""
    rings = (keyring.read_file(path) for path in keyring.current_paths(folder))
    return {slot.owner for ring in rings if ring is not None for slot in ring.slots if slot.owner}


def _incremented(
    failed: tuple[FailedLoginCount, ...], login_id: str, method: str, now: datetime
) -> tuple[FailedLoginCount, ...]:
    """The counts with one more; what has no room of its own counts as of nobody known."""
    counts = {(one[0], one[1]): one for one in failed}
    key = (login_id, method)
    if key not in counts and len(counts) >= MAX_FAILED_LOGINS:
        key = ("", method)
    times = counts[key][2] + 1 if key in counts else 1
    counts[key] = (*key, times, now.replace(microsecond=0).isoformat())
    return tuple(counts.values())
