"""Reading the programme of the year: its numbers, who we are, the contractor, closed days, paper settings."""

from __future__ import annotations

from datetime import date

from db import mapping
from db.engine import Database
from db.records.programme import ClosedDay, Contractor, Kind, KindNumbers, Office, PaperSetting, Programme


def newest(database: Database) -> Programme | None:
    """Return the programme with the latest fiscal year, or None before the first start."""
    return mapping.fetch_one(database, Programme, "SELECT * FROM programmes ORDER BY fiscal_year DESC, id DESC LIMIT 1")


def numbers(database: Database, programme_id: int) -> list[KindNumbers]:
    """Return the numbers of every kind in the order of the specification."""
    return mapping.fetch(
        database, KindNumbers, "SELECT * FROM kind_numbers WHERE programme_id = ? ORDER BY id", [programme_id]
    )


def numbers_of(database: Database, programme_id: int, kind: Kind) -> KindNumbers | None:
    """Return the numbers of one kind, or None."""
    return mapping.fetch_one(
        database, KindNumbers, "SELECT * FROM kind_numbers WHERE programme_id = ? AND kind = ?", [programme_id, kind]
    )


def closed_days(database: Database) -> list[ClosedDay]:
    """Return the closed days the office added itself, by date."""
    return mapping.fetch(database, ClosedDay, "SELECT * FROM closed_days ORDER BY day, id")


def closed_day_on(database: Database, day: date) -> ClosedDay | None:
    """Return the added closed day on ``day``, or None."""
    return mapping.fetch_one(database, ClosedDay, "SELECT * FROM closed_days WHERE day = ?", [day.isoformat()])


def closed_day(database: Database, closed_day_id: int) -> ClosedDay | None:
    """Return one added closed day, or None."""
    return mapping.fetch_one(database, ClosedDay, "SELECT * FROM closed_days WHERE id = ?", [closed_day_id])


def office(database: Database) -> Office | None:
    """Return who we are, or None before it was typed."""
    return mapping.fetch_one(database, Office, "SELECT * FROM offices ORDER BY id LIMIT 1")


def contractor(database: Database) -> Contractor | None:
    """Return the contractor, or None before it was typed."""
    return mapping.fetch_one(database, Contractor, "SELECT * FROM contractors ORDER BY id LIMIT 1")


def paper_settings(database: Database) -> list[PaperSetting]:
    """Return how each kind of outgoing paper is addressed."""
    return mapping.fetch(database, PaperSetting, "SELECT * FROM paper_settings ORDER BY id")


def paper_setting(database: Database, document_kind: str) -> PaperSetting | None:
    """Return how one kind of outgoing paper is addressed, or None."""
    return mapping.fetch_one(
        database, PaperSetting, "SELECT * FROM paper_settings WHERE document_kind = ?", [document_kind]
    )
