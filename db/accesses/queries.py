"""Queries on accesses: rows that are only added, in a chain of their own, and removed from the oldest on."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from db import mapping
from db.engine import Database
from db.records.accounts import Access
from db.tables import accounts

ChainEnd = tuple[int, str]
"""The number and chain link of the last row."""
_BEGIN_FACT = "accesses_begin"


def link(key: bytes, before: str, row: Mapping[str, Any]) -> str:
    """Return the chain link of a row, which includes the one before, to detect altered or missing rows."""
    said = f"accesses{before}{mapping.as_json(list(row.values()))}"
    return hmac.digest(key, said.encode(), "sha256").hex()


def chain_end(database: Database) -> ChainEnd:
    """Return the end of the chain: the last row, or the last one removed where none is left."""
    last = database.execute("SELECT id, chain FROM accesses ORDER BY id DESC LIMIT 1").fetchone()
    return last or _begin(database)


def append(database: Database, key: bytes, found: Iterable[Access]) -> None:
    """Add accesses at the end of the chain, inside an open transaction."""
    number, chain = chain_end(database)
    for one in found:
        number += 1
        row = mapping.to_columns(replace(one, id=number))
        chain = link(key, chain, row)
        values = [*row.values(), chain]
        database.execute(f"INSERT INTO accesses VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608


def accesses(database: Database, *, since: date, until: date) -> list[Access]:
    """Return the accesses from one day until before another, newest first."""
    query = "SELECT * FROM accesses WHERE at >= ? AND at < ? ORDER BY id DESC"
    return mapping.fetch(database, Access, query, [since.isoformat(), until.isoformat()])


def accesses_after(database: Database, number: int) -> list[Access]:
    """Return the accesses with a higher number, in order; none in data without them."""
    if "accesses" not in database.table_names():
        return []
    return mapping.fetch(database, Access, "SELECT * FROM accesses WHERE id > ? ORDER BY id", [number])


def known_numbers(database: Database, token: str) -> set[int]:
    """Return the numbers of a session's accesses that are recorded."""
    return {one for (one,) in database.execute("SELECT number FROM accesses WHERE token = ?", [token]).fetchall()}


_WORDS = """
SELECT seq, action, coalesce((
    SELECT coalesce(
        nullif(made ->> 'purpose', ''),
        iif(instr(range, '用途 '), substr(range, instr(range, '用途 ') + 3), NULL),
        nullif(made ->> 'reason', ''),
        made ->> 'print_use'
    )
    FROM (
        SELECT value ->> 'table' AS kind, value ->> 'after' AS made, value ->> '$.after.detail' ->> '範囲' AS range
        FROM json_each(iif(payload = '', '[]', payload))
        WHERE kind IN ('takeouts', 'outgoing') AND value ->> 'before' IS NULL
    )
    ORDER BY kind DESC LIMIT 1
), '')
FROM journal WHERE seq IN (SELECT value FROM json_each(?))
"""


def journal_words(database: Database, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return what the journal rows of these numbers say was done, and what for ("" = nobody was asked)."""
    found = database.execute(_WORDS, [json.dumps(list(numbers))]).fetchall()
    return {seq: (action, purpose) for seq, action, purpose in found}


def first_broken(database: Database, key: bytes, *, since: int = 0) -> int:
    """Return the number of the first access, from row ``since`` on, whose link is wrong (0 = none)."""
    if "accesses" not in database.table_names():
        return 0
    before = database.execute("SELECT id, chain FROM accesses WHERE id = ?", [since - 1]).fetchone()
    number, chain = before or _begin(database)
    for row in mapping.read(database, "SELECT * FROM accesses WHERE id > ? ORDER BY id", [number]):
        said, number = row.pop("chain"), number + 1
        chain = link(key, chain, row)
        if (row["id"], said) != (number, chain):
            return int(row["id"])
    return 0


def first_day(database: Database) -> date | None:
    """Return the day of the oldest access, None where there is none."""
    (at,) = database.execute("SELECT min(at) FROM accesses").fetchone()
    return datetime.fromisoformat(at).date() if at else None


def remove_before(database: Database, day: date) -> int:
    """Remove the oldest accesses, those before a day, inside an open transaction; return how many.

    The chain then begins with the link of the last one removed.
    """
    query = "SELECT id, chain FROM accesses WHERE id < coalesce((SELECT min(id) FROM accesses WHERE at >= ?), id + 1)"
    last = database.execute(f"{query} ORDER BY id DESC LIMIT 1", [day.isoformat()]).fetchone()
    if last is None:
        return 0
    accounts.set_fact(database, _BEGIN_FACT, json.dumps(last))
    return int(database.execute("DELETE FROM accesses WHERE id <= ?", [last[0]]).rowcount)


def _begin(database: Database) -> ChainEnd:
    number, chain = json.loads(accounts.fact(database, _BEGIN_FACT) or '[0, ""]')
    return number, chain
