"""Reading 町会・自治会 and their people; names come back exactly as they were typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db import mapping
from db.engine import Database
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Entry


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


def find_people(
    database: Database, keys: Sequence[str], *, limit: int, offset: int = 0
) -> list[tuple[Person, Organisation | None]]:
    """Return people whose own key or whose 団体's key holds every one of ``keys`` (made with ``name_key``).

    Those whose name, reading or telephone begins with the first key come first, each part in the order of the
    register; nobody is ranked beyond that.
    """
    if not keys:
        return []
    first = keys[0]
    # Only the narrow keys are scanned; the rows of the people found are looked up afterwards.
    wanted = [
        int(row[0])
        for row in database.execute(
            f"SELECT k.person_id FROM person_keys k WHERE {holding(keys)} "  # noqa: S608
            "ORDER BY instr(k.key, ?) <> 1 AND instr(k.key, ?) = 0, k.person_id LIMIT ? OFFSET ?",
            [*parameters(keys), first, f"|{first}", limit, offset],
        ).fetchall()
    ]
    return with_organisations(database, map_people(database, wanted))


def count_people(database: Database, keys: Sequence[str]) -> int:
    """Return how many people ``find_people`` would find without a limit."""
    return int(
        database.execute(
            f"SELECT count(*) FROM person_keys k WHERE {holding(keys)}",  # noqa: S608
            parameters(keys),
        ).fetchone()[0]
    )


def holding(keys: Sequence[str]) -> str:
    """The condition on ``person_keys k`` that a person or the 団体 holds every key."""
    return (
        " AND ".join(
            "(instr(k.key, ?) > 0 OR k.organisation_id IN "
            "(SELECT organisation_id FROM organisation_keys WHERE instr(key, ?) > 0))"
            for _ in keys
        )
        or "1"
    )


def parameters(keys: Sequence[str]) -> list[str]:
    """The parameters of ``holding``."""
    return [part for key in keys for part in (key, key)]


def find_by_reading(
    database: Database, readings: Sequence[str], *, limit: int
) -> list[tuple[Person, Organisation | None]]:
    """Return people whose *name* itself is written in kana and holds one of ``readings`` (made with ``name_key``)."""
    terms = " OR ".join("instr(substr(k.key, 1, instr(k.key, '|') - 1), ?) > 0" for _ in readings)
    if not readings:
        return []
    wanted = [
        int(row[0])
        for row in database.execute(
            f"SELECT k.person_id FROM person_keys k WHERE {terms} ORDER BY k.person_id LIMIT ?",  # noqa: S608
            [*readings, limit],
        ).fetchall()
    ]
    return with_organisations(database, map_people(database, wanted))


def with_organisations(database: Database, people: Sequence[Person]) -> list[tuple[Person, Organisation | None]]:
    """Return each person with the 団体 of now."""
    known = {one.id: one for one in map_organisations(database, {one.organisation_id or 0 for one in people})}
    return [(one, known.get(one.organisation_id or 0)) for one in people]


def map_organisations(database: Database, ids: Iterable[int]) -> list[Organisation]:
    """Return the 団体 with ``ids``, in the order of the register."""
    given = list(ids)
    marks = ", ".join("?" for _ in given)
    return mapping.fetch(
        database,
        Organisation,
        f"SELECT * FROM organisations WHERE id IN ({marks}) ORDER BY id",  # noqa: S608
        given,
    )


def map_people(database: Database, ids: Sequence[int]) -> list[Person]:
    """Return the people with ``ids``, in that order."""
    marks = ", ".join("?" for _ in ids)
    found = {one.id: one for one in mapping.fetch(database, Person, f"SELECT * FROM people WHERE id IN ({marks})", ids)}  # noqa: S608
    return [found[one] for one in ids if one in found]


def find_organisations(database: Database, keys: Sequence[str], *, limit: int, offset: int = 0) -> list[Organisation]:
    """Return 団体 whose key (名称, ふりがな, 支部, contacts) holds every one of ``keys``.

    Those whose name or reading begins with the first key come first, each part in the order of the register.
    """
    if not keys:
        return []
    terms = " AND ".join("instr(k.key, ?) > 0" for _ in keys)
    return mapping.fetch(
        database,
        Organisation,
        "SELECT o.* FROM organisation_keys k JOIN organisations o ON o.id = k.organisation_id "  # noqa: S608
        f"WHERE {terms} ORDER BY instr(k.key, ?) <> 1 AND instr(k.key, ?) = 0, o.id LIMIT ? OFFSET ?",
        [*keys, keys[0], f"|{keys[0]}", limit, offset],
    )


def last_entries(database: Database, person_ids: Sequence[int]) -> dict[int, tuple[Entry, Event]]:
    """Return for each person the entry with the latest date, and its event."""
    marks = ", ".join("?" for _ in person_ids)
    entries = mapping.fetch(
        database,
        Entry,
        "SELECT n.* FROM entries n JOIN events e ON e.id = n.event_id "  # noqa: S608
        f"WHERE n.person_id IN ({marks}) ORDER BY e.event_date IS NOT NULL, e.event_date, n.id",
        person_ids,
    )
    last = {entry.person_id: entry for entry in entries if entry.person_id is not None}
    wanted = {entry.event_id for entry in last.values()}
    marks = ", ".join("?" for _ in wanted)
    events = {
        event.id: event
        for event in mapping.fetch(database, Event, f"SELECT * FROM events WHERE id IN ({marks})", wanted)  # noqa: S608
    }
    return {person_id: (entry, events[entry.event_id]) for person_id, entry in last.items()}


def people_counts(database: Database, organisation_ids: Sequence[int]) -> dict[int, int]:
    """Return how many people each of these 団体 has in the register."""
    marks = ", ".join("?" for _ in organisation_ids)
    return {
        int(row[0]): int(row[1])
        for row in database.execute(
            f"SELECT organisation_id, count(*) FROM people WHERE organisation_id IN ({marks}) GROUP BY 1",  # noqa: S608
            list(organisation_ids),
        ).fetchall()
    }


def contact(database: Database, contact_id: int) -> Contact | None:
    """Return one way to reach somebody, or None."""
    return mapping.fetch_one(database, Contact, "SELECT * FROM contacts WHERE id = ?", [contact_id])
