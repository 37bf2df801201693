"""Reading who heads a 団体 and the postal addresses that letters and labels need."""

from __future__ import annotations

from collections.abc import Collection

from db import mapping
from db.engine import Database
from db.records.organisations import Contact, Person


def members(database: Database, organisation_ids: Collection[int]) -> list[Person]:
    """Return the people of these 団体 in the order of the register."""
    given = list(organisation_ids)
    marks = ", ".join("?" for _ in given)
    return mapping.fetch(
        database,
        Person,
        f"SELECT * FROM people WHERE organisation_id IN ({marks}) ORDER BY id",  # noqa: S608
        given,
    )


def addresses(
    database: Database,
    *,
    people: Collection[int] = (),
    organisations: Collection[int] = (),
    applications: Collection[int] = (),
) -> list[Contact]:
    """Return the postal addresses of these people, 団体 and applications, those kept for sending first."""
    wanted = {"person_id": people, "organisation_id": organisations, "application_id": applications}
    terms = " OR ".join(f"{name} IN ({', '.join('?' for _ in ids)})" for name, ids in wanted.items() if ids)
    if not terms:
        return []
    return mapping.fetch(
        database,
        Contact,
        f"SELECT * FROM contacts WHERE kind = '住所' AND ({terms}) "  # noqa: S608
        "ORDER BY instr(purpose, '送付') = 0, id",
        [one for ids in wanted.values() for one in ids],
    )
