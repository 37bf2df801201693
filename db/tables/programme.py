"""Queries on the programme of each year (numbers, offices, contractor, closed days, document settings)."""

from __future__ import annotations

from db.engine import Database
from db.records.programme import ClosedDay, DocumentSetting, EventKind, Programme
from db.rows import row, rows


def newest(database: Database) -> Programme | None:
    """Return the programme with the latest fiscal year, or None before the first start."""
    return row(database, Programme, order=("-fiscal_year", "-id"))


def programmes(database: Database) -> list[Programme]:
    """Return every year, newest first."""
    return rows(database, Programme, order=("-fiscal_year", "-id"))


def numbers(database: Database, programme_id: int) -> list[EventKind]:
    """Return the rows of every kind in the order of the specification, those of a 契約変更 after them by day."""
    return rows(database, EventKind, programme_id=programme_id, order=("valid_from", "id"))


def closed_days(database: Database) -> list[ClosedDay]:
    """Return the closed days the office added itself, by date."""
    return rows(database, ClosedDay, order=("day", "id"))


def document_settings(database: Database, programme_id: int) -> list[DocumentSetting]:
    """Return the settings of each outgoing document kind in one year, by their first day."""
    return rows(database, DocumentSetting, programme_id=programme_id, order=("valid_from", "id"))
