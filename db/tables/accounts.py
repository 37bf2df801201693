"""Queries on staff, failed log-ins, and single technical facts."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from datetime import datetime

from db.engine import Database
from db.files.storage_errors import Restriction
from db.keyring import Keyring
from db.records.accounts import FailedLogin, User
from db.rows import row, rows

KEYRING_FACT = "keyring"
_RESTRICTIONS_FACT = "restrictions"
_FAILED_LOGINS = "SELECT id, token, at, pc, login_id, way, times, chain FROM failed_logins"


def users(database: Database) -> list[User]:
    """Return every user, former ones included, in the order they were added."""
    return rows(database, User)


def user_of(database: Database, login_id: str) -> User | None:
    """Return the user of a login ID, or None; of several the one added last."""
    return row(database, User, login_id=login_id, order="-id")


def fact(database: Database, name: str) -> str:
    """Return one technical fact, or ""."""
    one = database.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
    return str(one[0]) if one else ""


def set_fact(database: Database, name: str, value: str) -> None:
    """Set one technical fact, outside the journal."""
    database.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", [name, value])


def set_known_keyring(database: Database, ring: Keyring) -> None:
    """Note the keyring that the data use, and whom it restricts: a second source where its seal is broken."""
    restricted = {slot.owner: slot.restriction for slot in ring.slots if slot.restriction}
    set_fact(database, KEYRING_FACT, ring.mark)
    set_fact(database, _RESTRICTIONS_FACT, json.dumps({ring.mark: restricted}))


def known_restriction(database: Database, login_id: str) -> Restriction | None:
    """Return how the keyring noted last restricts a login ID; None = not noted (by programs of before)."""
    noted = json.loads(fact(database, _RESTRICTIONS_FACT) or "{}").get(fact(database, KEYRING_FACT))
    return None if noted is None else noted.get(login_id, "")


def failed_login_totals(database: Database) -> dict[tuple[str, str, str], int]:
    """Return how many failed log-ins are recorded, by token, ID and channel; none in older data."""
    if not _has_failed_login_table(database):
        return {}
    query = "SELECT token, login_id, way, sum(times) FROM failed_logins GROUP BY token, login_id, way"
    return {(str(one[0]), str(one[1]), str(one[2])): int(one[3]) for one in database.execute(query).fetchall()}


def add_failed_logins(database: Database, key: bytes, failed: Iterable[FailedLogin]) -> None:
    """Append failed log-ins to those recorded, inside an open transaction.

    Args:
        key: of the chain.
        failed: with the ``times`` that are not recorded yet.
    """
    last = database.execute("SELECT chain FROM failed_logins ORDER BY id DESC LIMIT 1").fetchone()
    link = str(last[0]) if last else ""
    for one in failed:
        values = (one.token, one.at.isoformat(), one.pc, one.login_id, one.way, one.times)
        link = _link(key, link, values)
        database.execute(
            "INSERT INTO failed_logins (token, at, pc, login_id, way, times, chain) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [*values, link],
        )


def failed_logins(database: Database, *, limit: int = -1) -> list[FailedLogin]:
    """Return the last recorded failed log-ins, newest first, all of them without a ``limit``."""
    found = database.execute(f"{_FAILED_LOGINS} ORDER BY id DESC LIMIT ?", [limit]).fetchall()
    fields = ("id", "token", "at", "pc", "login_id", "way", "times")
    named = (dict(zip(fields, one, strict=False)) for one in found)
    return [FailedLogin(**one | {"at": datetime.fromisoformat(one["at"])}) for one in named]


def first_broken_login(database: Database, key: bytes) -> int:
    """Return the number of the first failed log-in whose chain link is wrong (0 = none)."""
    link = ""
    for one in (
        database.execute(f"{_FAILED_LOGINS} ORDER BY id").fetchall() if _has_failed_login_table(database) else ()
    ):
        link = _link(key, link, one[1:7])
        if link != one[7]:
            return int(one[0])
    return 0


def _has_failed_login_table(database: Database) -> bool:
    """Return whether the database has the table of failed log-ins, which older data lack."""
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'failed_logins'"
    return bool(database.execute(query).fetchone()[0])


def _link(key: bytes, before: str, values: Iterable[object]) -> str:
    """Return the chain link of a row, which includes the one before, to detect altered or missing rows."""
    said = "\n".join(("failed_logins", before, *map(repr, values)))
    return hmac.digest(key, said.encode(), "sha256").hex()
