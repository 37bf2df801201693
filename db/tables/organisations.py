"""Queries on 町会・自治会 and their people, with names exactly as typed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date

from db import mapping
from db.engine import Database
from db.name_key import name_key
from db.record import RowsById, record
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person, PlannedChange, PlannedField
from db.records.roster import Entry
from db.redactions import REDACTED, is_redacted_text
from db.rows import row, rows, rows_by_id

_NOT_ERASED = f"k.key NOT LIKE '{name_key(REDACTED)}%'"
"""Condition that leaves out erased people, who are in no list; their entries in rosters stay."""

_NAMES = "substr(k.key, 1, instr(k.key, '|') + instr(substr(k.key, instr(k.key, '|') + 1), '|'))"
"""SQL for name and reading, the first two parts of a key."""
_NEAREST = (
    f"CASE WHEN instr(k.key, ?) = 1 OR instr({_NAMES}, ?) > 0 THEN 0 "
    f"WHEN instr({_NAMES}, ?) > 0 THEN 1 WHEN instr(k.key, ?) > 0 THEN 2 ELSE 3 END"
)
"""SQL rank of a match (name or reading begins so, holds it, 支部 or contact begins so, others)."""


HOLDS_NOW_OR_BEFORE = (
    "(instr(k.key, ?) > 0 OR o.id IN "
    "(SELECT row_id FROM former_names WHERE what = 'organisations' AND instr(key, ?) > 0))"
)
"""SQL condition that a key, given twice, matches a 団体 or one of its former names."""


def _nearest(first: str) -> list[str]:
    """Return the parameters of ``_NEAREST`` to sort by how near a match is to ``first``, the first key of a search."""
    return [first, f"|{first}", first, f"|{first}"]


def all_organisations(database: Database) -> list[Organisation]:
    """Return every 団体 in the order of the register (never a ranking)."""
    return rows(database, Organisation)


def all_organisations_on(database: Database, day: date | None) -> list[Organisation]:
    """Return every 団体 in the order of the register, named as on a day (None = now).

    A renaming by 届出 from a later day on is not applied. A name that was corrected without a 届出 never counted.
    """
    later = (
        "SELECT 1 FROM planned_changes p WHERE p.organisation_id = o.id AND p.what = '名称' "
        "AND p.applied_on IS NOT NULL AND p.from_on > ?"
    )
    query = f"SELECT o.*, EXISTS ({later}) AS renamed FROM organisations o ORDER BY o.id"  # noqa: S608
    found = mapping.fetch(database, _OrganisationOnDay, query, [day])
    renamed = [one.id for one in found if one.renamed]
    before = _names_on(database, renamed, day) if renamed and day is not None else {}
    return [one.with_name(before.get(one.id, one.name)) for one in found]


@record
class _OrganisationOnDay(Organisation):
    """A 団体, and whether a later 届出 renamed it."""

    renamed: bool = False

    def with_name(self, name: str) -> Organisation:
        """Return the plain record with this name."""
        values = {one.name: getattr(self, one.name) for one in fields(Organisation)}
        return Organisation(**values | {"name": name})


def _names_on(database: Database, renamed: Collection[int], day: date) -> dict[int, str]:
    """Return the names that renamed 団体 had on a day, by id, as far as the journal knows them."""
    since: dict[int, PlannedChange] = {}
    for one in rows(
        database, PlannedChange, organisation_id=sorted(renamed), what=PlannedField.NAME, order=("from_on", "id")
    ):
        if one.applied_on is not None and one.from_on > day:
            since.setdefault(one.organisation_id, one)
    found = {}
    for number, first in since.items():
        steps = mapping.read(
            database,
            "SELECT j.payload FROM former_names f JOIN journal j ON j.seq = f.seq "
            "WHERE f.what = 'organisations' AND f.row_id = ? ORDER BY f.seq",
            [number],
        )
        changes = (one for step in steps for one in json.loads(step["payload"] or "[]"))
        before = (
            one["before"]["name"]
            for one in changes
            if (one["table"], one["row_id"]) == ("organisations", number)
            and one["before"] is not None
            and one["after"] is not None
            and one["after"]["name"] == first.value
        )
        if (name := next(before, None)) is not None:
            found[number] = name
    return found


def organisation_named(database: Database, name: str) -> Organisation | None:
    """Return the 団体 registered under exactly ``name``, or None."""
    return row(database, Organisation, name=name)


def people(database: Database, organisation_id: int) -> list[Person]:
    """Return the people of one 団体 in the order of the register, erased ones too."""
    return rows(database, Person, organisation_id=organisation_id)


def people_not_erased(database: Database, organisation_id: int) -> list[Person]:
    """Return the people of one 団体 who were not erased."""
    return [one for one in people(database, organisation_id) if not is_redacted_text(one.name)]


def all_people(database: Database) -> list[Person]:
    """Return everyone in the register, erased people too."""
    return rows(database, Person)


def next_contact_disposal(database: Database, today: date) -> date | None:
    """Return the first day from today on at which a contact is to be erased, None if no day is set."""
    found = database.execute(
        "SELECT min(dispose_on) FROM contacts WHERE dispose_on >= ? AND value NOT LIKE ?",
        [today.isoformat(), f"{REDACTED}%"],
    ).fetchone()[0]
    return date.fromisoformat(found) if found else None


def contacts_of_person(database: Database, person_id: int) -> list[Contact]:
    """Return the contacts of one person."""
    return rows(database, Contact, person_id=person_id)


def contacts_of_organisation(database: Database, organisation_id: int) -> list[Contact]:
    """Return the contacts of one 団体."""
    return rows(database, Contact, organisation_id=organisation_id)


def contacts_for(
    database: Database,
    *,
    people: Collection[int] = (),
    applications: Collection[int] = (),
    organisations: Collection[int] = (),
) -> list[Contact]:
    """Return the contacts of people, applications and 団体; ``contacts_in_force`` says which of them to use."""
    wanted = {"person_id": people, "application_id": applications, "organisation_id": organisations}
    terms = " OR ".join(f"{name} IN ({', '.join('?' for _ in ids)})" for name, ids in wanted.items() if ids)
    if not terms:
        return []
    return mapping.fetch(
        database,
        Contact,
        f"SELECT * FROM contacts WHERE {terms} ORDER BY id",  # noqa: S608
        [one for ids in wanted.values() for one in ids],
    )


def contacts_not_erased(contacts: Iterable[Contact]) -> list[Contact]:
    """Return the contacts that were not erased (「（消去）」 is no number and no address)."""
    return [one for one in contacts if not is_redacted_text(one.value)]


def find_people(
    database: Database, keys: Sequence[str], *, limit: int, offset: int = 0
) -> list[tuple[Person, Organisation | None]]:
    """Return people whose own key or whose 団体's key contains every one of ``keys``, each with the 団体 or None.

    ``keys`` are made with ``name_key``. Those whose name or reading begins with the first key come first, then those
    that contain it there, then those whose telephone begins with it, each part in the order of the register; nobody is
    ranked beyond that. Erased people are left out; no keys find nothing.
    """
    if not keys:
        return []
    first = keys[0]
    # Only the narrow keys are scanned; the rows of the people found are looked up afterwards.
    wanted = [
        int(one[0])
        for one in database.execute(
            f"SELECT k.person_id FROM person_keys k WHERE {key_condition(keys)} "  # noqa: S608
            f"ORDER BY {_NEAREST}, k.person_id LIMIT ? OFFSET ?",
            [*key_parameters(keys), *_nearest(first), limit, offset],
        ).fetchall()
    ]
    return with_organisations(database, people_with_ids(database, wanted))


def count_people(database: Database, keys: Sequence[str]) -> int:
    """Return how many people ``find_people`` would find without a limit; no keys count everybody not erased."""
    return int(
        database.execute(
            f"SELECT count(*) FROM person_keys k WHERE {key_condition(keys)}",  # noqa: S608
            key_parameters(keys),
        ).fetchone()[0]
    )


def key_condition(keys: Sequence[str]) -> str:
    """Return the SQL condition on ``person_keys k`` that a person, not erased, or the 団体 contains every key."""
    return " AND ".join(
        (
            _NOT_ERASED,
            *(
                "(instr(k.key, ?) > 0 OR k.organisation_id IN "
                "(SELECT organisation_id FROM organisation_keys WHERE instr(key, ?) > 0))"
                for _ in keys
            ),
        )
    )


def key_parameters(keys: Sequence[str]) -> list[str]:
    """Return the parameters of ``key_condition``."""
    return [part for key in keys for part in (key, key)]


def find_by_reading(
    database: Database, readings: Sequence[str], *, limit: int
) -> list[tuple[Person, Organisation | None]]:
    """Return people with their 団体 or None, whose name itself is in kana and contains one of ``readings``."""
    terms = " OR ".join("instr(substr(k.key, 1, instr(k.key, '|') - 1), ?) > 0" for _ in readings)
    if not readings:
        return []
    wanted = [
        int(one[0])
        for one in database.execute(
            f"SELECT k.person_id FROM person_keys k WHERE {_NOT_ERASED} AND ({terms}) "  # noqa: S608
            "ORDER BY k.person_id LIMIT ?",
            [*readings, limit],
        ).fetchall()
    ]
    return with_organisations(database, people_with_ids(database, wanted))


def with_organisations(database: Database, people: Sequence[Person]) -> list[tuple[Person, Organisation | None]]:
    """Return each person with the current 団体, None where there is none."""
    known = RowsById(organisations_with_ids(database, {one.organisation_id or 0 for one in people}))
    return [(one, known.get(one.organisation_id)) for one in people]


def organisations_with_ids(database: Database, ids: Iterable[int]) -> list[Organisation]:
    """Return the 団体 with ``ids``, in the order of the register."""
    return rows(database, Organisation, id=set(ids))


def people_with_ids(database: Database, ids: Sequence[int]) -> list[Person]:
    """Return the people with ``ids``, in that order."""
    found = rows_by_id(database, Person, id=ids)
    return [found[one] for one in ids if one in found]


def find_organisations(database: Database, keys: Sequence[str], *, limit: int) -> list[Organisation]:
    """Return 団体 whose key (名称, ふりがな, 支部, contacts) or a former name contains every one of ``keys``.

    Those whose name or reading begins with the first key come first, then those that contain it there, then those whose
    支部 or contact begins with it, then the others, each part in the order of the register. No keys find nothing.
    """
    if not keys:
        return []
    terms = " AND ".join(HOLDS_NOW_OR_BEFORE for _ in keys)
    return mapping.fetch(
        database,
        Organisation,
        "SELECT o.* FROM organisation_keys k JOIN organisations o ON o.id = k.organisation_id "  # noqa: S608
        f"WHERE {terms} ORDER BY {_NEAREST}, o.id LIMIT ?",
        [*(part for key in keys for part in (key, key)), *_nearest(keys[0]), limit],
    )


def last_entries(database: Database, person_ids: Sequence[int]) -> dict[int, tuple[Entry, Event]]:
    """Return by person the entry with the latest date, and its event; a person without an entry is left out."""
    marks = ", ".join("?" for _ in person_ids)
    entries = mapping.fetch(
        database,
        Entry,
        "SELECT n.* FROM entries n JOIN events e ON e.id = n.event_id "  # noqa: S608
        f"WHERE n.person_id IN ({marks}) ORDER BY e.event_date IS NOT NULL, e.event_date, n.id",
        person_ids,
    )
    last = {entry.person_id: entry for entry in entries if entry.person_id is not None}
    events = rows_by_id(database, Event, id={entry.event_id for entry in last.values()})
    return {person_id: (entry, events[entry.event_id]) for person_id, entry in last.items()}


def people_counts(database: Database, organisation_ids: Sequence[int]) -> dict[int, int]:
    """Return how many people each of these 団体 has, erased ones excluded; a 団体 without any is left out."""
    marks = ", ".join("?" for _ in organisation_ids)
    return {
        int(one[0]): int(one[1])
        for one in database.execute(
            f"SELECT organisation_id, count(*) FROM people WHERE organisation_id IN ({marks}) "  # noqa: S608
            "AND name NOT LIKE ? GROUP BY 1",
            [*organisation_ids, f"{REDACTED}%"],
        ).fetchall()
    }


def erased_people(database: Database, *, until: date) -> frozenset[int]:
    """Return the ids of people erased up to a day, except ids reused since."""
    found = database.execute(
        "SELECT json_extract(life.value, '$.row_id') FROM erasings, json_each(erasings.lives) AS life "
        "WHERE json_extract(life.value, '$.table') = 'people' AND json_extract(life.value, '$.cells.name') IS NOT NULL "
        "AND substr(erasings.at, 1, 10) <= ? AND NOT EXISTS "
        "(SELECT 1 FROM people p WHERE p.id = json_extract(life.value, '$.row_id') AND p.name NOT LIKE ?)",
        [until.isoformat(), f"{REDACTED}%"],
    ).fetchall()
    return frozenset(int(one[0]) for one in found)


def members(database: Database, organisation_ids: Collection[int]) -> list[Person]:
    """Return the people of these 団体 in the order of the register, erased ones too."""
    given = list(organisation_ids)
    marks = ", ".join("?" for _ in given)
    return mapping.fetch(
        database,
        Person,
        f"SELECT * FROM people WHERE organisation_id IN ({marks}) ORDER BY id",  # noqa: S608
        given,
    )
