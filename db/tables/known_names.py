"""Reading only the names of everybody in the register, with their search keys, for looking them up in texts."""

from __future__ import annotations

from db.engine import Database


def name_keys(database: Database) -> list[tuple[str, str]]:
    """Return everybody's name as typed and its key (made with ``name_key``), each name once."""
    rows = database.execute(
        "SELECT DISTINCT p.name, substr(k.key, 1, instr(k.key, '|') - 1) "
        "FROM people p JOIN person_keys k ON k.person_id = p.id"
    ).fetchall()
    return [(str(name), str(key)) for name, key in rows]
