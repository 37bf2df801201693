"""Queries on the 持出し管理簿, and on what was received from the contractor in a year."""

from __future__ import annotations

from db.engine import Database
from db.mapping import read, to_record
from db.records.events import Event
from db.records.protection import Checkout
from db.records.submissions.materials import MaterialVersion
from db.records.submissions.reports import Report
from db.rows import rows
from db.tables.reports import reports_of_events


def checkouts(database: Database) -> list[Checkout]:
    """Return every row of the 持出し管理簿 in the order written, 取消 included."""
    return rows(database, Checkout)


def checkouts_of_event(database: Database, event_id: int) -> list[Checkout]:
    """Return the rows of one event in the order written, 取消 included."""
    return rows(database, Checkout, event_id=event_id)


def received_reports(database: Database, programme_id: int) -> list[Report]:
    """Return every received report on an event of a year in the order received."""
    found = reports_of_events(database, [one.id for one in rows(database, Event, programme_id=programme_id)])
    came = [(one.received_on, one.id, one) for one in found if one.received_on is not None]
    return [one for _day, _id, one in sorted(came, key=lambda line: line[:2])]


def received_versions(database: Database, programme_id: int) -> list[tuple[int, str, MaterialVersion]]:
    """Return event id, title of the handout and version for each handout version of a year's events, by receipt day."""
    query = (
        "SELECT material_versions.*, materials.event_id AS of_event, materials.title AS of_title FROM "
        "material_versions "
        "JOIN materials ON materials.id = material_versions.material_id JOIN events ON events.id = materials.event_id "
        "WHERE events.programme_id = ? ORDER BY material_versions.received_on, material_versions.id"
    )
    found = []
    for row in read(database, query, [programme_id]):
        plain = dict(row)
        event_id, title = int(plain.pop("of_event")), str(plain.pop("of_title"))
        found.append((event_id, title, to_record(MaterialVersion, plain)))
    return found
