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
from db.files import desk_files, storage_errors
from db.files.desk_files import MOST_FAILED, DeskFile, Failed, Sign
from db.records.accounts import FailedLogin
from db.store import Store
from db.tables import accounts

LISTED: Final = 10
"""So many are shown."""
Way = Literal["パスワード", "回復キー", "ロックの解除"]


class FailedLogins:
    """What failed at this start of the program, by folder; ``pc`` the name of this PC."""

    def __init__(self, *, pc: str) -> None:
        self._pc = pc
        self._files: dict[Path, DeskFile] = {}

    def note(self, folder: Path, *, login_id: str, way: Way, now: datetime) -> None:
        """Count one more; a folder that takes no file is no reason to trouble anybody.

        Args:
            login_id: as typed; only an ID that the keyring knows is written.
        """
        own = self._files.get(folder)
        if own is None:
            sign = Sign(token=secrets.token_hex(8), mode="OUTSIDE", pc=self._pc)
            own = self._files[folder] = DeskFile(folder, sign)
        with suppress(storage_errors.Unconfirmed, OSError):
            known = login_id if login_id in _known_ids(folder) else ""
            own.write(failed=_one_more(own.sign.failed, known, way, now))


@dataclass(eq=False)
class Gathered:
    """What desk files count and no row says yet; called just before each commit of the store."""

    store: Store
    found: tuple[FailedLogin, ...] = ()

    def __call__(self, _row: dict[str, Any]) -> None:
        """Write it down with the change that is under way; where that is rolled back, it is found again."""
        if self.found:
            accounts.add_failed(self.store.database, self.store.keys.chain, self.found)
            self.found = ()


def gather(store: Store, signs: Iterable[Sign]) -> None:
    """Hold ready for the next change what the desk files count and no row says yet; called with each look at them."""
    counted = [sign for sign in signs if sign.failed]
    own = next((one for one in store.before_commit if isinstance(one, Gathered)), None)
    if own is None:
        if not counted:
            return
        own = Gathered(store)
        store.before_commit.append(own)
    own.found = _not_written(store, counted) if counted else ()


def unwritten(store: Store) -> frozenset[str]:
    """Return the tokens of the desk files whose count is not written down yet: they outlive the sweep.

    Raises:
        OSError: the folder cannot be looked at.
    """
    counted = [sign for sign in desk_files.read_all(store.folder) if sign.failed]
    return frozenset(one.token for one in _not_written(store, counted)) if counted else frozenset()


def list_failed_logins(store: Store) -> tuple[FailedLogin, ...]:
    """Return the failed log-ins that were written down last, the newest first."""
    return tuple(accounts.failed_logins(store.database, limit=LISTED))


def _not_written(store: Store, counted: Iterable[Sign]) -> tuple[FailedLogin, ...]:
    written = accounts.failed_totals(store.database)
    return tuple(
        FailedLogin(
            token=sign.token, at=datetime.fromisoformat(last), pc=sign.pc, login_id=login_id, way=way, times=more
        )
        for sign in counted
        for login_id, way, times, last in sign.failed
        if (more := times - written.get((sign.token, login_id, way), 0)) > 0
    )


def _known_ids(folder: Path) -> set[str]:
    """The IDs that stand in the keyring, which anybody who sees the folder can read."""
    rings = (keyring.read_file(path) for path in keyring.in_force(folder))
    return {slot.owner for ring in rings if ring is not None for slot in ring.slots if slot.owner}


def _one_more(failed: tuple[Failed, ...], login_id: str, way: str, now: datetime) -> tuple[Failed, ...]:
    """The counts with one more; what has no room of its own counts as of nobody known."""
    counts = {(one[0], one[1]): one for one in failed}
    key = (login_id, way)
    if key not in counts and len(counts) >= MOST_FAILED:
        key = ("", way)
    times = counts[key][2] + 1 if key in counts else 1
    counts[key] = (*key, times, now.replace(microsecond=0).isoformat())
    return tuple(counts.values())
