"""Queries on details of 団体 and people (役職, 段階, 補助金, 申込), and the pages of both lists.

It also finds people who may be registered twice, and all names, for looking them up in texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from db import mapping
from db.engine import Database
from db.record import RowsById, group_by_key
from db.records.events import Event
from db.records.organisations import Contact, Membership, Organisation, Person, PlannedChange, StageMark, Subsidy
from db.redactions import REDACTED
from db.rows import rows, rows_by_id
from db.tables import organisations
from db.tables.organisations import HOLDS_NOW_OR_BEFORE

_PRESENT_FIRST = ("-to_on nulls first", "-from_on", "-id")
_REFERRING = (
    "entries", "applications", "events", "expected_counts", "calls", "letters", "paper_texts", "outgoing",
    "dispatch_wishes", "presentations",
)  # fmt: skip
_PEOPLE_ORDER = {
    "": "p.id",
    "name": "p.furigana = '', name_key(p.furigana), p.name, p.id",
    "-name": "name_key(p.furigana) DESC, p.name DESC, p.id",
    "organisation": "o.id IS NULL, o.id, p.id",
    "-organisation": "o.id DESC, p.id",
    "role": "p.role = '', p.role, p.id",
    "-role": "p.role DESC, p.id",
}
_NAME = "substr(key, 1, instr(key, '|') - 1)"


def memberships_of_person(database: Database, person_id: int) -> list[Membership]:
    """Return a person's 役職, the current one first, then by end, latest first."""
    return rows(database, Membership, person_id=person_id, order=_PRESENT_FIRST)


def memberships_of_organisation(database: Database, organisation_id: int) -> list[Membership]:
    """Return every 役職 ever held in one 団体, current ones first."""
    return rows(database, Membership, organisation_id=organisation_id, order=_PRESENT_FIRST)


def stage_marks(database: Database, organisation_id: int) -> list[StageMark]:
    """Return every 段階 recorded for one 団体, in the order written."""
    return rows(database, StageMark, organisation_id=organisation_id)


def subsidies(database: Database, organisation_id: int) -> list[Subsidy]:
    """Return the 補助金 of one 団体, latest fiscal year first."""
    return rows(database, Subsidy, organisation_id=organisation_id, order=("-fiscal_year", "id"))


def contacts_of_people(database: Database, organisation_id: int) -> list[Contact]:
    """Return the contacts of every person of one 団体."""
    return mapping.fetch(
        database,
        Contact,
        "SELECT c.* FROM contacts c JOIN people p ON p.id = c.person_id WHERE p.organisation_id = ? ORDER BY c.id",
        [organisation_id],
    )


def events_of(database: Database, organisation_id: int) -> list[Event]:
    """Return the events that are held for one 団体 (派遣)."""
    return rows(database, Event, organisation_id=organisation_id)


def events_with_ids(database: Database, ids: Sequence[int]) -> RowsById[Event]:
    """Return events by their ids."""
    return rows_by_id(database, Event, id=ids)


def references_to_organisation(database: Database, organisation_id: int) -> dict[str, int]:
    """Return the number of rows that must not be lost and refer to one 団体, by table (without zeros)."""
    counts = {
        name: int(
            database.execute(
                f"SELECT count(*) FROM [{name}] WHERE organisation_id = ?",  # noqa: S608
                [organisation_id],
            ).fetchone()[0]
        )
        for name in _REFERRING
    }
    return {name: count for name, count in counts.items() if count}


def count_entries_of_people(database: Database, person_ids: Sequence[int]) -> int:
    """Return how many entries these people have."""
    marks = ", ".join("?" for _ in person_ids)
    one = database.execute(
        f"SELECT count(*) FROM entries WHERE person_id IN ({marks})",  # noqa: S608
        list(person_ids),
    ).fetchone()
    return int(one[0])


def listed_organisations(database: Database, keys: Sequence[str]) -> list[Organisation]:
    """Return the 団体 whose key (名称, ふりがな, 支部, contacts) or a former name contains every one of ``keys``.

    They are in the order in which they were registered; no keys = all.
    """
    terms = " AND ".join(HOLDS_NOW_OR_BEFORE for _ in keys) or "1"
    return mapping.fetch(
        database,
        Organisation,
        "SELECT o.* FROM organisations o JOIN organisation_keys k ON k.organisation_id = o.id "  # noqa: S608
        f"WHERE {terms} ORDER BY o.id",
        [part for key in keys for part in (key, key)],
    )


def planned_changes(database: Database) -> list[tuple[PlannedChange, str]]:
    """Return announced changes of 団体 that the register has not taken over, by day, with the 団体's name."""
    found = mapping.read(
        database,
        "SELECT c.*, o.name AS organisation_name FROM planned_changes c JOIN organisations o ON o.id = "
        "c.organisation_id "
        "WHERE c.applied_on IS NULL ORDER BY c.from_on, c.id",
    )
    return [(mapping.to_record(PlannedChange, one), str(one["organisation_name"])) for one in found]


def chairs(database: Database) -> dict[int, list[str]]:
    """Return the names of people whose role is 会長, by 団体."""
    return group_by_key(
        (int(organisation_id), str(name))
        for organisation_id, name in database.execute(
            "SELECT organisation_id, name FROM people WHERE role = '会長' AND organisation_id IS NOT NULL ORDER BY id"
        ).fetchall()
    )


def participation_counts(database: Database) -> dict[int, tuple[int, str]]:
    """Return for each 団体 how many events somebody of it attended, and the latest day (ISO or "")."""
    return {
        int(one[0]): (int(one[1]), str(one[2] or ""))
        for one in database.execute(
            "SELECT n.organisation_id, count(DISTINCT n.event_id), max(e.event_date) FROM entries n "
            "JOIN events e ON e.id = n.event_id WHERE n.organisation_id IS NOT NULL "
            "AND n.attendance = '出席' GROUP BY 1"
        ).fetchall()
    }


def listed_people(
    database: Database, keys: Sequence[str], *, sort: str, offset: int, limit: int
) -> list[tuple[Person, Organisation | None]]:
    """Return one page of the people, not erased, that match every key, each with the 団体 or None; no keys = all.

    Args:
        sort: name, organisation or role, with "-" before it descending; "" = as ``find_people``, without keys as
            registered.
    """
    if not sort and keys:
        return organisations.find_people(database, keys, limit=limit, offset=offset)
    order = _PEOPLE_ORDER.get(sort, "p.id")
    found = database.execute(
        "SELECT p.id FROM people p JOIN person_keys k ON k.person_id = p.id "  # noqa: S608
        "LEFT JOIN organisations o ON o.id = p.organisation_id "
        f"WHERE {organisations.key_condition(keys)} ORDER BY {order} LIMIT ? OFFSET ?",
        [*organisations.key_parameters(keys), limit, offset],
    ).fetchall()
    return organisations.with_organisations(
        database, organisations.people_with_ids(database, [int(one[0]) for one in found])
    )


def count_organisations(database: Database) -> int:
    """Return the number of 団体."""
    return int(database.execute("SELECT count(*) FROM organisations").fetchone()[0])


def contacts_of_organisations(database: Database) -> dict[int, list[Contact]]:
    """Return the contacts of every 団体, by its id."""
    return _by_organisation(
        mapping.fetch(database, Contact, "SELECT * FROM contacts WHERE organisation_id IS NOT NULL ORDER BY id")
    )


def members(database: Database) -> dict[int, list[Person]]:
    """Return the people of every 団体, erased ones too, by its id; a 団体 without any is left out."""
    return _by_organisation(
        mapping.fetch(database, Person, "SELECT * FROM people WHERE organisation_id IS NOT NULL ORDER BY id")
    )


def all_stage_marks(database: Database) -> dict[int, list[StageMark]]:
    """Return every recorded 段階, by 団体."""
    return _by_organisation(rows(database, StageMark))


def subsidies_of_year(database: Database, fiscal_year: int) -> dict[int, list[Subsidy]]:
    """Return the 補助金 of one fiscal year, by 団体."""
    return _by_organisation(rows(database, Subsidy, fiscal_year=fiscal_year))


def open_subsidies(database: Database) -> list[tuple[Subsidy, str]]:
    """Return unfinished 補助金 with a day, of years that are not closed, each with the name of its 団体."""
    found = mapping.read(
        database,
        "SELECT s.*, o.name AS organisation_name FROM subsidies s JOIN organisations o ON o.id = s.organisation_id "
        "LEFT JOIN programmes p ON p.fiscal_year = s.fiscal_year WHERE s.state <> '実績報告済' "
        "AND coalesce(s.apply_by, s.report_by) IS NOT NULL AND p.closed_on IS NULL ORDER BY s.id",
    )
    return [(mapping.to_record(Subsidy, one), str(one["organisation_name"])) for one in found]


def organisations_by_former_name(database: Database) -> dict[str, set[int]]:
    """Return the ids of the 団体 that bore a name before, by renaming or merging, as far as the journal knows it."""
    found: dict[str, set[int]] = {}
    for name, row_id in database.execute(
        "SELECT json_extract(c.value, '$.before.name'), f.row_id FROM former_names f JOIN journal j ON j.seq = f.seq, "
        "json_each(coalesce(nullif(j.payload, ''), '[]')) c WHERE f.what = 'organisations' "
        "AND json_extract(c.value, '$.table') = f.what AND json_extract(c.value, '$.row_id') = f.row_id "
        "AND json_extract(c.value, '$.before') IS NOT NULL"
    ):
        found.setdefault(str(name), set()).add(int(row_id))
    return found


def _by_organisation(found_rows: Sequence[Any]) -> dict[int, list[Any]]:
    """Return rows grouped by the id of their 団体."""
    return group_by_key((one.organisation_id, one) for one in found_rows)


def people_with_same_name(database: Database) -> list[list[int]]:
    """Return the ids of people of one 団体 with the same name key, in groups."""
    return _groups(
        database,
        f"SELECT group_concat(person_id) FROM person_keys WHERE organisation_id IS NOT NULL "  # noqa: S608
        f"GROUP BY organisation_id, {_NAME} HAVING count(*) > 1 ORDER BY min(person_id)",
    )


def people_with_same_phone(database: Database) -> list[list[int]]:
    """Return the ids of people of any 団体 with the same name key and telephone number, in groups."""
    return _groups(
        database,
        f"SELECT group_concat(DISTINCT c.person_id) FROM contacts c "  # noqa: S608
        f"JOIN person_keys k ON k.person_id = c.person_id WHERE c.kind = '電話' AND c.value NOT LIKE '{REDACTED}%' "
        "GROUP BY substr(k.key, 1, instr(k.key, '|') - 1), name_key(c.value) "
        "HAVING count(DISTINCT c.person_id) > 1 ORDER BY min(c.person_id)",
    )


def people_by_organisation(database: Database, *, max_people: int) -> Iterator[list[tuple[int, str, str]]]:
    """Yield (id, name key, reading key) of the people of each 団体 that has two to ``max_people`` of them."""
    ids = [
        int(row[0])
        for row in database.execute(
            "SELECT organisation_id FROM person_keys WHERE organisation_id IS NOT NULL "
            "GROUP BY 1 HAVING count(*) BETWEEN 2 AND ?",
            [max_people],
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
    """Run a query whose rows hold ids separated by commas; return the ids of each row as a group."""
    return [[int(part) for part in str(row[0]).split(",")] for row in database.execute(query).fetchall()]


def name_keys(database: Database) -> list[tuple[str, str]]:
    """Return every distinct name as typed and its key (made with ``name_key``)."""
    rows = database.execute(
        "SELECT DISTINCT p.name, substr(k.key, 1, instr(k.key, '|') - 1) "
        "FROM people p JOIN person_keys k ON k.person_id = p.id"
    ).fetchall()
    return [(str(name), str(key)) for name, key in rows]
