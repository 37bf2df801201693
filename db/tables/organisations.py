"""Reading 町会・自治会 and their people; names come back exactly as they were typed."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.organisations import Organisation, Person


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
