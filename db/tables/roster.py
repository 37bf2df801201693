"""Queries on the roster of an event (entries, selections, groups, needs, lent tablets)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from db import mapping
from db.engine import Database
from db.records.programme import Programme
from db.records.roster import Arrangement, Entry, GroupWish, Selection, TableGroup, Tablet, TabletLoan
from db.redactions import REDACTED
from db.rows import rows

_ERASED: Final = ("care", "absent_note", "doubtful", "note")
"""Texts of an entry that are erased together with the name."""
_PRESENTATION_TEXTS: Final = ("addressed", "presenter", "withdrawn_words", "note")
"""Columns that name somebody of a 発表 (addressee, presenter, who withdrew a consent)."""
_BESIDE: Final = (
    ("arrangements", ("content", "note"), ""),
    ("tablet_loans", ("note",), ""),
    ("calls", ("whom", "note"), "AND b.target IN ('団体', '発表者')"),
)
"""Tables of an event with names beside its entries."""
ENTRY_ORDER: Final = ("event_id", "walk_in", "applied_at nulls last", "id")
"""By event, then in order of application, those without a time and walk-ins last."""


def entries(database: Database, event_id: int) -> list[Entry]:
    """Return every entry of one event in order of application, those without a time and walk-ins last."""
    return rows(database, Entry, event_id=event_id, order=("walk_in", "applied_at nulls last", "id"))


def entries_of(database: Database, event_ids: Sequence[int]) -> list[Entry]:
    """Return the entries of these events, ordered as ``entries`` within each."""
    return rows(database, Entry, event_id=event_ids, order=ENTRY_ORDER)


def all_entries(database: Database) -> list[Entry]:
    """Return the entries of every event, ordered as ``entries`` within each."""
    return rows(database, Entry, order=ENTRY_ORDER)


def entries_of_person(database: Database, person_id: int) -> list[Entry]:
    """Return the entries of one person over all events."""
    return rows(database, Entry, person_id=person_id, order=("event_id", "id"))


def entries_of_organisation(database: Database, organisation_id: int) -> list[Entry]:
    """Return the entries of one 団体 over all events."""
    return rows(database, Entry, organisation_id=organisation_id, order=("event_id", "id"))


def entries_of_applications(database: Database, application_ids: Sequence[int]) -> list[Entry]:
    """Return the entries made from these applications."""
    return rows(database, Entry, application_id=application_ids)


def selections(database: Database, event_id: int) -> list[Selection]:
    """Return the selections of one event, oldest first."""
    return rows(database, Selection, event_id=event_id)


def groups(database: Database, event_id: int) -> list[TableGroup]:
    """Return the 班 of one event by number."""
    return rows(database, TableGroup, event_id=event_id, order=("number", "id"))


def group_wishes(database: Database, event_id: int) -> list[GroupWish]:
    """Return the wishes to sit together or apart."""
    return rows(database, GroupWish, event_id=event_id)


def arrangements(database: Database, event_id: int) -> list[Arrangement]:
    """Return the arrangements for 配慮 of one event."""
    return rows(database, Arrangement, event_id=event_id)


def tablets(database: Database) -> list[Tablet]:
    """Return the ward's tablets by number."""
    return mapping.fetch(database, Tablet, "SELECT * FROM tablets ORDER BY length(number), number, id")


def loans(database: Database, event_id: int) -> list[TabletLoan]:
    """Return the tablet loans of one event, planned ones included."""
    return rows(database, TabletLoan, event_id=event_id)


def all_loans(database: Database) -> list[TabletLoan]:
    """Return the tablet loans of every event."""
    return rows(database, TabletLoan, order=("event_id", "id"))


def years_with_erasable_names(database: Database, fiscal_year: int, head_roles: Sequence[str]) -> list[int]:
    """Return programmes up to a year with names due for erasing, or row keys that recognise an answer.

    Names are of entries, of the further tables of an event, of presenters and signers. Whoever represents a
    registered 団体 (``head_roles`` are the 役職) is kept in the register, and who took part in a later year waits
    for that one. Presenters of the 受託者 are told apart by their own records.
    """
    if all(one.fiscal_year > fiscal_year for one in rows(database, Programme)):
        return []
    erased = REDACTED + "%"
    marks = ", ".join("?" for _ in head_roles)
    texts = " OR ".join(f"(n.{one} <> '' AND n.{one} NOT LIKE ?)" for one in _ERASED)
    presented = " OR ".join(f"(t.{one} <> '' AND t.{one} NOT LIKE ?)" for one in _PRESENTATION_TEXTS)
    beside = " ".join(
        f"UNION SELECT y.id FROM {table} b JOIN events e ON e.id = b.event_id JOIN programmes y ON "  # noqa: S608
        f"y.id = e.programme_id WHERE y.fiscal_year <= ? {only} AND ("
        + " OR ".join(f"(b.{one} <> '' AND b.{one} NOT LIKE ?)" for one in columns)
        + ") "
        for table, columns, only in _BESIDE
    )
    found = database.execute(
        f"SELECT y.id FROM entries n JOIN events e ON e.id = n.event_id "  # noqa: S608 - our own columns
        f"JOIN programmes y ON y.id = e.programme_id LEFT JOIN people p ON p.id = n.person_id "
        f"WHERE y.fiscal_year <= ? AND ({texts} OR (p.name NOT LIKE ? AND "
        f"(p.organisation_id IS NULL OR trim(p.role, ' 　') NOT IN ({marks})) AND NOT EXISTS "
        "(SELECT 1 FROM entries m JOIN events f ON f.id = m.event_id JOIN programmes z ON z.id = f.programme_id "
        "WHERE m.person_id = p.id AND z.fiscal_year > y.fiscal_year))) "
        "UNION SELECT y.id FROM presentations t JOIN events e ON e.id = t.event_id JOIN programmes y ON "
        f"y.id = e.programme_id WHERE y.fiscal_year <= ? AND t.of_contractor = 0 AND ({presented}) "
        "UNION SELECT y.id FROM dispatch_wishes w JOIN programmes y ON y.id = w.programme_id "
        "WHERE y.fiscal_year <= ? AND w.signer <> '' AND w.signer NOT LIKE ? "
        "UNION SELECT y.id FROM answer_sheets a JOIN event_surveys s ON s.id = a.survey_id JOIN events e ON "
        "e.id = s.event_id JOIN programmes y ON y.id = e.programme_id "
        f"WHERE y.fiscal_year <= ? AND (a.row_key <> '' OR a.respondent_key <> '') {beside}",
        [
            fiscal_year,
            *(erased for _ in _ERASED),
            erased,
            *head_roles,
            fiscal_year,
            *(erased for _ in _PRESENTATION_TEXTS),
            fiscal_year,
            erased,
            fiscal_year,
            *(value for _, columns, _ in _BESIDE for value in (fiscal_year, *(erased for _ in columns))),
        ],
    ).fetchall()
    return [int(one[0]) for one in found]
