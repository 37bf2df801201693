"""Reading 町会・自治会 and their people; names come back exactly as they were typed."""

from __future__ import annotations

from collections.abc import Sequence

from db import mapping
from db.engine import Database
from db.records.organisations import Contact, Organisation, Person


def organisation(database: Database, organisation_id: int) -> Organisation | None:
    """Return one 団体, or None."""
    return mapping.fetch_one(database, Organisation, "SELECT * FROM organisations WHERE id = ?", [organisation_id])


def everything(database: Database) -> list[Organisation]:
    """Return every 団体 in the order of the register (never a ranking)."""
    return mapping.fetch(database, Organisation, "SELECT * FROM organisations ORDER BY id")


def named(database: Database, name: str) -> Organisation | None:
    """Return the 団体 registered under exactly ``name``, or None."""
    return mapping.fetch_one(database, Organisation, "SELECT * FROM organisations WHERE name = ? ORDER BY id", [name])


def people(database: Database, organisation_id: int) -> list[Person]:
    """Return the people of one 団体 in the order of the register."""
    return mapping.fetch(
        database, Person, "SELECT * FROM people WHERE organisation_id = ? ORDER BY id", [organisation_id]
    )


def all_people(database: Database) -> list[Person]:
    """Return everyone in the register."""
    return mapping.fetch(database, Person, "SELECT * FROM people ORDER BY id")


def person(database: Database, person_id: int) -> Person | None:
    """Return one person, or None."""
    return mapping.fetch_one(database, Person, "SELECT * FROM people WHERE id = ?", [person_id])


def contacts_of_person(database: Database, person_id: int) -> list[Contact]:
    """Return the ways to reach one person."""
    return mapping.fetch(database, Contact, "SELECT * FROM contacts WHERE person_id = ? ORDER BY id", [person_id])


def contacts_of_organisation(database: Database, organisation_id: int) -> list[Contact]:
    """Return the ways to reach one 団体."""
    return mapping.fetch(
        database, Contact, "SELECT * FROM contacts WHERE organisation_id = ? ORDER BY id", [organisation_id]
    )


def find_people(database: Database, keys: Sequence[str], *, limit: int) -> list[tuple[Person, Organisation | None]]:
    """Return people whose own key or whose 団体's key holds every one of ``keys`` (made with ``name_key``)."""
    terms = " AND ".join(
        "(instr(k.key, ?) > 0 OR k.organisation_id IN "
        "(SELECT organisation_id FROM organisation_keys WHERE instr(key, ?) > 0))"
        for _ in keys
    )
    # Only the narrow keys are scanned; the rows of the people found are looked up afterwards.
    wanted = [
        int(row[0])
        for row in database.execute(
            f"SELECT k.person_id FROM person_keys k WHERE {terms or '1'} ORDER BY k.person_id LIMIT ?",  # noqa: S608
            [*(part for key in keys for part in (key, key)), limit],
        ).fetchall()
    ]
    return [(found, organisation(database, found.organisation_id or 0)) for found in map_people(database, wanted)]


def map_people(database: Database, ids: Sequence[int]) -> list[Person]:
    """Return the people with ``ids``, in that order."""
    marks = ", ".join("?" for _ in ids)
    found = {one.id: one for one in mapping.fetch(database, Person, f"SELECT * FROM people WHERE id IN ({marks})", ids)}  # noqa: S608
    return [found[one] for one in ids if one in found]


def find_organisations(database: Database, keys: Sequence[str], *, limit: int) -> list[Organisation]:
    """Return 団体 whose key (名称, ふりがな, 支部, contacts) holds every one of ``keys``, in register order."""
    terms = " AND ".join("instr(k.key, ?) > 0" for _ in keys) or "1"
    return mapping.fetch(
        database,
        Organisation,
        "SELECT o.* FROM organisation_keys k JOIN organisations o ON o.id = k.organisation_id "  # noqa: S608
        f"WHERE {terms} ORDER BY o.id LIMIT ?",
        [*keys, limit],
    )
