"""Queries on the people of a 団体, to address letters."""

from __future__ import annotations

from collections.abc import Collection

from db import mapping
from db.engine import Database
from db.records.organisations import Person


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
