"""Reading what is kept of papers: received files, the passages that staff worded themselves, the log of what left the
app and the state of outgoing letters.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from db.engine import Database
from db.mapping import fetch
from db.records.papers import Letter, Outgoing, OutgoingOrganisation, OutgoingPerson, PaperText, StoredFile
from db.rows import row, rows

ERASING: Final = "copies"
"""The subject of the journal's steps that erase kept copies past their years: no undo reaches beyond one."""


def stored_file_of(database: Database, keyed_hash: str) -> StoredFile | None:
    """Return the record of a content that is kept already, or None."""
    return row(database, StoredFile, keyed_hash=keyed_hash)


def sums_of_stored_files(database: Database) -> dict[str, str]:
    """Return the SHA-256 of every kept content by its keyed hash."""
    return {
        str(one[0]): str(one[1]) for one in database.execute("SELECT keyed_hash, sha256 FROM stored_files").fetchall()
    }


def erased_files(database: Database) -> set[str]:
    """Return the keyed hashes of the contents that were erased at the end of their keeping (subject ``ERASING``)."""
    return {
        str(change["before"]["keyed_hash"])
        for (payload,) in database.execute("SELECT payload FROM journal WHERE subject = ?", [ERASING]).fetchall()
        for change in json.loads(payload or "[]")
        if change["table"] == "stored_files" and change["after"] is None and change["before"] is not None
    }


def passages_of_paper(
    database: Database,
    document_kind: str,
    *,
    event_id: int | None = None,
    programme_id: int | None = None,
    organisation_id: int | None = None,
) -> list[PaperText]:
    """Return the edited passages of one kind of paper of one event, year or 団体."""
    return rows(
        database,
        PaperText,
        document_kind=document_kind,
        event_id=event_id,
        programme_id=programme_id,
        organisation_id=organisation_id,
    )


def passages_of_organisation(database: Database, organisation_id: int) -> list[PaperText]:
    """Return the edited passages of the papers that hang on one 団体."""
    return rows(database, PaperText, organisation_id=organisation_id)


def letters_of(
    database: Database,
    *,
    event_id: int | None = None,
    programme_id: int | None = None,
    organisation_id: int | None = None,
) -> list[Letter]:
    """Return the letters that hang on one event, year or 団体, the newest of a kind last."""
    return rows(
        database,
        Letter,
        event_id=event_id,
        programme_id=programme_id,
        organisation_id=organisation_id,
        order=("document_kind", "id"),
    )


def outgoing_of_organisation(database: Database, organisation_id: int) -> list[Outgoing]:
    """Return what left the app about one 団体 itself, newest first."""
    return rows(database, Outgoing, organisation_id=organisation_id, order="-id")


def outgoing_of_event(database: Database, event_id: int) -> list[Outgoing]:
    """Return what left the app for one event, newest first."""
    return rows(database, Outgoing, event_id=event_id)[::-1]


def outgoing_of_year(database: Database, programme_id: int, kinds: Sequence[str]) -> list[Outgoing]:
    """Return what left of papers of a year, newest first; rows from before papers knew their year count
    for every one."""
    return fetch(
        database,
        Outgoing,
        "SELECT * FROM outgoing WHERE event_id IS NULL AND (programme_id = ? OR programme_id IS NULL) "
        "AND document_kind IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
        [programme_id, json.dumps(list(kinds))],
    )


def people_of_copy(database: Database, outgoing_id: int) -> list[int]:
    """Return the people who stand in the copy of one row."""
    return [one.person_id for one in rows(database, OutgoingPerson, outgoing_id=outgoing_id)]


def organisations_of_copy(database: Database, outgoing_id: int) -> list[int]:
    """Return the 団体 that stand in the copy of one row."""
    return [one.organisation_id for one in rows(database, OutgoingOrganisation, outgoing_id=outgoing_id)]


def rows_with_copy(database: Database) -> list[Outgoing]:
    """Return the rows whose copy is there, the oldest first."""
    return fetch(database, Outgoing, "SELECT * FROM outgoing WHERE copy_file_id IS NOT NULL ORDER BY id")


def copies_with(database: Database, *, person_id: int | None, organisation_id: int | None) -> list[Outgoing]:
    """Return the rows whose copy is there and holds a person or a 団体, newest first."""
    return fetch(
        database,
        Outgoing,
        "SELECT * FROM outgoing WHERE copy_file_id IS NOT NULL AND ("
        "id IN (SELECT outgoing_id FROM outgoing_people WHERE person_id = ?) OR "
        "id IN (SELECT outgoing_id FROM outgoing_organisations WHERE organisation_id = ?)) ORDER BY id DESC",
        [person_id, organisation_id],
    )


def names_of_people(database: Database) -> list[tuple[int, str]]:
    """Return every person's number and name."""
    return [(int(row[0]), str(row[1])) for row in database.execute("SELECT id, name FROM people").fetchall()]


def names_of_organisations(database: Database) -> list[tuple[int, str]]:
    """Return every number and name of the 団体 in the register."""
    return [(int(row[0]), str(row[1])) for row in database.execute("SELECT id, name FROM organisations").fetchall()]


def names_of_places(database: Database) -> list[str]:
    """Return every name of a place, as it stands among the venues and as events were given it; also of 受託者."""
    found = database.execute(
        "SELECT name FROM venues UNION SELECT venue FROM events UNION SELECT name FROM contractors"
    ).fetchall()
    return [str(row[0]) for row in found]


def all_outgoing(database: Database) -> list[Outgoing]:
    """Return everything that left the app, newest first."""
    return rows(database, Outgoing, order="-id")
