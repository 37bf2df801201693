"""Queries on stored files, edited passages, the log of outgoing documents, and letters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from db.engine import Database
from db.mapping import TABLE_OF, fetch
from db.record import record
from db.records.documents import DocumentPassage, Letter, Outgoing, OutgoingOrganisation, OutgoingPerson
from db.records.erasing import ErasedFile
from db.rows import rows


@record
class DatedFile:
    """A stored file that a row refers to, with the ``day`` typed there (None = that of its year).

    ``table`` "" = no row refers to it any more (``former_references``).
    """

    table: str
    row_id: int
    file_id: int
    keyed_hash: str
    programme_id: int
    day: date | None
    event_id: int | None


FILE_REFERENCES = (
    ("agreement_files", "file_id"), ("dispatch_wishes", "file_id"), ("kept_papers", "content_file_id"),
    ("kept_papers", "file_id"), ("material_versions", "file_id"), ("outgoing", "copy_file_id"),
    ("received_papers", "file_id"), ("report_photos", "file_id"), ("reports", "file_id"),
    ("specification_texts", "file_id"), ("venues", "map_file_id"),
)  # fmt: skip
"""Every column that refers to a stored file."""


COPIES_SUBJECT = "copies"
"""The subject of journal entries in which earlier programs erased expired copies."""


def checksums_of_stored_files(database: Database) -> dict[str, str]:
    """Return the SHA-256 of every stored content by its keyed hash, without erased ones."""
    found = database.execute("SELECT keyed_hash, sha256 FROM stored_files").fetchall()
    gone = set(erased_file_hashes(database))
    return {str(one[0]): str(one[1]) for one in found if str(one[0]) not in gone}


def erased_file_hashes(database: Database) -> list[str]:
    """Return the keyed hashes of erased files; none where the data have an older schema."""
    if TABLE_OF[ErasedFile] not in database.table_names():
        return []
    return [str(one[0]) for one in database.execute("SELECT keyed_hash FROM erased_files WHERE gone = 1").fetchall()]


def hidden_files(database: Database, keyed_hashes: Sequence[str]) -> dict[str, ErasedFile]:
    """Return those of these stored files that are marked for erasing or erased, by keyed hash."""
    return {one.keyed_hash: one for one in rows(database, ErasedFile, keyed_hash=keyed_hashes)}


def files_with_erasing_day(database: Database) -> list[DatedFile]:
    """Return the stored files that are erased at a day, without those marked already.

    These are copies of 派遣の希望票, the pictures of reports, and files that no row refers to any more.
    """
    unkept = " ".join(
        f"AND NOT EXISTS (SELECT 1 FROM {table} WHERE {name} = s.id)"  # noqa: S608 - names of our own
        for table, name in FILE_REFERENCES
    )
    found = database.execute(
        "SELECT 'dispatch_wishes', w.id, s.id, s.keyed_hash, w.programme_id, w.dispose_on, NULL"  # noqa: S608
        " FROM dispatch_wishes w JOIN stored_files s ON s.id = w.file_id"
        " WHERE s.keyed_hash NOT IN (SELECT keyed_hash FROM erased_files)"
        " UNION ALL SELECT 'report_photos', p.id, s.id, s.keyed_hash, e.programme_id, NULL, e.id"
        " FROM report_photos p JOIN stored_files s ON s.id = p.file_id"
        " JOIN reports r ON r.id = p.report_id JOIN events e ON e.id = r.event_id"
        " WHERE s.keyed_hash NOT IN (SELECT keyed_hash FROM erased_files)"
        " UNION ALL SELECT '', 0, s.id, s.keyed_hash, 0, NULL, NULL FROM stored_files s"
        f" WHERE s.keyed_hash NOT IN (SELECT keyed_hash FROM erased_files) {unkept}"
    ).fetchall()
    return [
        DatedFile(
            table=str(one[0]),
            row_id=int(one[1]),
            file_id=int(one[2]),
            keyed_hash=str(one[3]),
            programme_id=int(one[4]),
            day=date.fromisoformat(one[5]) if one[5] else None,
            event_id=int(one[6]) if one[6] is not None else None,
        )
        for one in found
    ]


def former_references(database: Database, file_ids: Sequence[int]) -> dict[int, tuple[str, int, dict[str, Any]]]:
    """Return from the journal the last row that named each stored file in its ``file_id`` (table, id and image).

    A file that no such image names is left out.
    """
    wanted = set(file_ids)
    signs = json.dumps([f'"file_id":{one}{end}' for one in file_ids for end in ",}"])
    query = (
        "SELECT payload FROM journal WHERE EXISTS"
        " (SELECT 1 FROM json_each(?) sign WHERE instr(payload, sign.value) > 0) ORDER BY seq"
    )
    found = {}
    for (payload,) in database.execute(query, [signs]).fetchall():
        for change in json.loads(payload):
            for image in (change["before"] or {}, change["after"] or {}):
                if image.get("file_id") in wanted:
                    found[int(image["file_id"])] = (str(change["table"]), int(change["row_id"]), image)
    return found


def hashes_in_journal_since(database: Database, names: Sequence[str], moment: datetime) -> set[str]:
    """Return those of these keyed hashes that occur in journal entries since a moment."""
    query = (
        "SELECT sign.value FROM json_each(?) sign WHERE EXISTS"
        " (SELECT 1 FROM journal WHERE at >= ? AND instr(payload, sign.value) > 0)"
    )
    return {str(one[0]) for one in database.execute(query, [json.dumps(list(names)), moment.isoformat()]).fetchall()}


def erased_files(database: Database) -> set[str]:
    """Return the keyed hashes of erased contents, also of copies erased by an earlier program."""
    return set(erased_file_hashes(database)) | {
        str(change["before"]["keyed_hash"])
        for (payload,) in database.execute("SELECT payload FROM journal WHERE subject = ?", [COPIES_SUBJECT]).fetchall()
        for change in json.loads(payload or "[]")
        if change["table"] == "stored_files" and change["after"] is None and change["before"] is not None
    }


def passages_of_document(
    database: Database,
    document_kind: str,
    *,
    event_id: int | None = None,
    programme_id: int | None = None,
    organisation_id: int | None = None,
) -> list[DocumentPassage]:
    """Return the edited passages of one document kind of one event, year or 団体 (the other ids are None)."""
    return rows(
        database,
        DocumentPassage,
        document_kind=document_kind,
        event_id=event_id,
        programme_id=programme_id,
        organisation_id=organisation_id,
    )


def letters_of(
    database: Database,
    *,
    event_id: int | None = None,
    programme_id: int | None = None,
    organisation_id: int | None = None,
) -> list[Letter]:
    """Return the letters of one event, year or 団体 (the other ids are None), the newest of a kind last."""
    return rows(
        database,
        Letter,
        event_id=event_id,
        programme_id=programme_id,
        organisation_id=organisation_id,
        order=("document_kind", "id"),
    )


def outgoing_of_organisation(database: Database, organisation_id: int) -> list[Outgoing]:
    """Return the outgoing documents of a 団体 itself, newest first, rows of 取消 included."""
    return rows(database, Outgoing, organisation_id=organisation_id, order="-id")


def outgoing_of_event(database: Database, event_id: int) -> list[Outgoing]:
    """Return the outgoing documents of an event, newest first, rows of 取消 included."""
    return rows(database, Outgoing, event_id=event_id)[::-1]


def outgoing_of_year(database: Database, programme_id: int, kinds: Sequence[str]) -> list[Outgoing]:
    """Return outgoing documents of these ``kinds`` of a year, of no event, newest first, rows of 取消 included.

    Older rows without a year count for every one.
    """
    return fetch(
        database,
        Outgoing,
        "SELECT * FROM outgoing WHERE event_id IS NULL AND (programme_id = ? OR programme_id IS NULL) "
        "AND document_kind IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
        [programme_id, json.dumps(list(kinds))],
    )


def people_of_copy(database: Database, outgoing_id: int) -> list[int]:
    """Return the ids of people in the kept copy of an outgoing document."""
    return [one.person_id for one in rows(database, OutgoingPerson, outgoing_id=outgoing_id)]


def organisations_of_copy(database: Database, outgoing_id: int) -> list[int]:
    """Return the ids of 団体 in the kept copy of an outgoing document."""
    return [one.organisation_id for one in rows(database, OutgoingOrganisation, outgoing_id=outgoing_id)]


_HAS_COPY = (
    "(copy_file_id IS NOT NULL OR copy_erased_on IS NULL AND EXISTS"
    " (SELECT 1 FROM json_each(outgoing.kept_papers) part JOIN kept_papers k ON k.id = part.value"
    " WHERE k.content_file_id IS NOT NULL OR k.file_id IS NOT NULL))"
)


def rows_with_copy(database: Database) -> list[Outgoing]:
    """Return the outgoing documents whose copy still exists, oldest first."""
    query = f"SELECT * FROM outgoing WHERE {_HAS_COPY} ORDER BY id"  # noqa: S608 - a condition of our own
    return fetch(database, Outgoing, query)


def copies_with(database: Database, *, person_id: int | None, organisation_id: int | None) -> list[Outgoing]:
    """Return the outgoing documents whose existing copy names a person or a 団体, newest first."""
    return fetch(
        database,
        Outgoing,
        f"SELECT * FROM outgoing WHERE {_HAS_COPY} AND ("  # noqa: S608 - a condition of our own
        "id IN (SELECT outgoing_id FROM outgoing_people WHERE person_id = ?) OR "
        "id IN (SELECT outgoing_id FROM outgoing_organisations WHERE organisation_id = ?)) ORDER BY id DESC",
        [person_id, organisation_id],
    )


def names_of_people(database: Database) -> list[tuple[int, str]]:
    """Return every person's id and name."""
    return [(int(row[0]), str(row[1])) for row in database.execute("SELECT id, name FROM people").fetchall()]


def names_of_everybody(database: Database) -> list[str]:
    """Return the name of everybody the data name: people, applicants, presenters, lecturers, staff, 受託者."""
    found = database.execute(
        "SELECT name FROM people UNION SELECT name FROM applications UNION SELECT presenter FROM presentations "
        "UNION SELECT lecturer FROM events UNION SELECT display_name FROM users "
        "UNION SELECT representative FROM contractors UNION SELECT responsible FROM contractors"
    ).fetchall()
    return [str(row[0]) for row in found if row[0]]


def names_of_organisations(database: Database) -> list[tuple[int, str]]:
    """Return id and name of every registered 団体."""
    return [(int(row[0]), str(row[1])) for row in database.execute("SELECT id, name FROM organisations").fetchall()]


def venue_names(database: Database) -> list[str]:
    """Return every venue name, of the list of venues and of events, and the names of 受託者."""
    found = database.execute(
        "SELECT name FROM venues UNION SELECT venue FROM events UNION SELECT name FROM contractors"
    ).fetchall()
    return [str(row[0]) for row in found]


def all_outgoing(database: Database) -> list[Outgoing]:
    """Return all outgoing documents, newest first, rows of 取消 included."""
    return rows(database, Outgoing, order="-id")
