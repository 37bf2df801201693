"""Reading which people may be registered twice, out of the keys of search."""

from __future__ import annotations

from collections.abc import Iterator

from db.engine import Database

_NAME = "substr(key, 1, instr(key, '|') - 1)"


def people_of_one_name(database: Database) -> list[list[int]]:
    """Return the ids of people of one 団体 whose names have one key, group by group."""
    return _groups(
        database,
        f"SELECT group_concat(person_id) FROM person_keys WHERE organisation_id IS NOT NULL "  # noqa: S608
        f"GROUP BY organisation_id, {_NAME} HAVING count(*) > 1 ORDER BY min(person_id)",
    )


def people_of_one_name_and_phone(database: Database) -> list[list[int]]:
    """Return the ids of people of any 団体 whose names have one key and who share a telephone number."""
    return _groups(
        database,
        "SELECT group_concat(DISTINCT c.person_id) FROM contacts c JOIN person_keys k ON k.person_id = c.person_id "
        "WHERE c.kind = '電話' GROUP BY substr(k.key, 1, instr(k.key, '|') - 1), name_key(c.value) "
        "HAVING count(DISTINCT c.person_id) > 1 ORDER BY min(c.person_id)",
    )


def people_by_organisation(database: Database, *, most: int) -> Iterator[list[tuple[int, str, str]]]:
    """Yield (id, key of the name, key of the reading) of the people of each 団体 with at most ``most`` of them."""
    ids = [
        int(row[0])
        for row in database.execute(
            "SELECT organisation_id FROM person_keys WHERE organisation_id IS NOT NULL "
            "GROUP BY 1 HAVING count(*) BETWEEN 2 AND ?",
            [most],
        ).fetchall()
    ]
    for organisation_id in ids:
        rows = database.execute(
            "SELECT k.person_id, k.key, name_key(p.furigana) FROM people p JOIN person_keys k ON k.person_id = p.id "
            "WHERE p.organisation_id = ? ORDER BY p.id",
            [organisation_id],
        ).fetchall()
        yield [(int(row[0]), str(row[1]).partition("|")[0], str(row[2])) for row in rows]


def _groups(database: Database, query: str) -> list[list[int]]:
    return [[int(part) for part in str(row[0]).split(",")] for row in database.execute(query).fetchall()]
