"""Queries on applications, imports, and the remembered columns of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from db import journal, mapping
from db.engine import Database
from db.mapping import TABLE_OF
from db.record import RowsById
from db.records.accounts import JournalEntry
from db.records.applications import Application, ForeignImport, ImportTarget
from db.records.organisations import Person
from db.records.surveys import SurveyImport
from db.redactions import REDACTED
from db.rows import rows, rows_by_id

_IDS_PER_QUERY = 500
"""Values in one SELECT; longer lists are queried in several steps."""


def applications_by_id(database: Database, ids: Iterable[int]) -> RowsById[Application]:
    """Return the applications with ``ids`` by their id."""
    return rows_by_id(database, Application, id=set(ids))


def applications_by_key(database: Database, keys: Iterable[str]) -> dict[str, Application]:
    """Return the applications imported before, by the keyed hash of their row; of several the oldest."""
    return {one.row_key: one for one in rows(database, Application, row_key=set(keys), order="-id")}


def applications_of_event(database: Database, event_id: int) -> list[Application]:
    """Return the applications with an entry in an event, by time of application, those without a time last."""
    return mapping.fetch(
        database,
        Application,
        "SELECT * FROM applications WHERE id IN (SELECT application_id FROM entries WHERE event_id = ?) "
        "ORDER BY received_at IS NULL, received_at, id",
        [event_id],
    )


def imports_for(database: Database, target: ImportTarget, event_id: int | None = None) -> list[ForeignImport]:
    """Return the imports into ``target``, newest first; of an event also those of no event, with None of all."""
    return mapping.fetch(
        database,
        ForeignImport,
        "SELECT * FROM foreign_imports WHERE target = ? AND (? IS NULL OR event_id IS NULL OR event_id = ?) "
        "ORDER BY id DESC",
        [target, event_id, event_id],
    )


def people_without_organisation(database: Database) -> list[tuple[Person, str]]:
    """Return the people who belong to no registered 団体, each with a 団体名 written in one of their entries, or ""."""
    names = {
        int(one[0]): str(one[1])
        for one in database.execute(
            "SELECT person_id, max(organisation_name) FROM entries "
            "WHERE person_id IS NOT NULL AND organisation_id IS NULL GROUP BY person_id"
        ).fetchall()
    }
    return [(person, names.get(person.id, "")) for person in rows(database, Person, organisation_id=None)]


def organisation_names_written(database: Database) -> list[str]:
    """Return the 団体名 written in entries without a registered 団体, the most frequent first."""
    return [
        str(one[0])
        for one in database.execute(
            "SELECT organisation_name FROM entries WHERE organisation_id IS NULL AND organisation_name <> '' "
            "GROUP BY organisation_name ORDER BY count(*) DESC, max(id) DESC"
        ).fetchall()
    ]


def journal_entry_of_import(database: Database, imported: ForeignImport | SurveyImport) -> JournalEntry | None:
    """Return the journal entry that wrote an import, or None when its record was disposed of."""
    query = "SELECT * FROM journal WHERE at = ? ORDER BY seq DESC"
    record = (TABLE_OF[type(imported)], imported.id, None)
    for one in mapping.read(database, query, [imported.at.isoformat()]):
        entry = journal.to_entry(one)
        if any((item.table, item.row_id, item.before) == record for item in entry.changes):
            return entry
    return None


def rows_referring(database: Database, targets: Mapping[str, Sequence[int]]) -> set[tuple[str, int]]:
    """Return the rows (table, id) that refer to any of the rows in ``targets`` (ids by table)."""
    found = set()
    for other in TABLE_OF.values():
        for key in database.execute(f"PRAGMA foreign_key_list([{other}])").fetchall():
            for part in _chunks(targets.get(str(key[2]), ())):
                query = f"SELECT id FROM [{other}] WHERE [{key[3]}] IN ({_placeholders(part)})"  # noqa: S608
                found |= {(other, int(one[0])) for one in database.execute(query, part).fetchall()}
    return found


def _chunks(values: Sequence[object]) -> list[list[object]]:
    return [list(values[at : at + _IDS_PER_QUERY]) for at in range(0, len(values), _IDS_PER_QUERY)]


def _placeholders(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)


def erased_events(database: Database) -> list[int]:
    """Return the ids of events whose file applications were erased, so that nobody is recognised by row keys."""
    found = database.execute(
        "SELECT DISTINCT n.event_id FROM entries n JOIN applications a ON a.id = n.application_id "
        "WHERE a.import_id IS NOT NULL AND a.row_key = '' AND a.name LIKE ?",
        [f"{REDACTED}%"],
    ).fetchall()
    return [int(one[0]) for one in found]


def entries_with_unchecked_photos(database: Database, event_id: int) -> set[int]:
    """Return the ids of entries of an event whose 撮影 可 was parsed by the old method and never compared since."""
    found = database.execute(
        "SELECT n.id FROM entries n JOIN applications a ON a.id = n.application_id "
        "JOIN foreign_imports f ON f.id = a.import_id WHERE n.event_id = ? AND n.photo = '可' AND f.reading = 0",
        [event_id],
    ).fetchall()
    return {int(row[0]) for row in found}


def entry_counts_of_unread_imports(database: Database) -> list[tuple[int, int, int, int]]:
    """Return for imports by the old method (import id, event id, number of entries, how many say 撮影 可)."""
    found = database.execute(
        "SELECT f.id, n.event_id, count(*), sum(n.photo = '可') FROM entries n "
        "JOIN applications a ON a.id = n.application_id JOIN foreign_imports f ON f.id = a.import_id "
        "WHERE f.reading = 0 GROUP BY f.id, n.event_id ORDER BY f.id, n.event_id"
    ).fetchall()
    return [(int(one[0]), int(one[1]), int(one[2]), int(one[3])) for one in found]
