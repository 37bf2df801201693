"""Reading the programme of each year: its numbers, who we are, the contractor, closed days, paper settings."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from db import mapping
from db.engine import Database
from db.records.programme import ClosedDay, Contractor, ContractTerms, KindNumbers, Office, PaperSetting, Programme

Row = TypeVar("Row")


def newest(database: Database) -> Programme | None:
    """Return the programme with the latest fiscal year, or None before the first start."""
    return mapping.fetch_one(database, Programme, "SELECT * FROM programmes ORDER BY fiscal_year DESC, id DESC LIMIT 1")


def programmes(database: Database) -> list[Programme]:
    """Return every year, the newest first."""
    return mapping.fetch(database, Programme, "SELECT * FROM programmes ORDER BY fiscal_year DESC, id DESC")


def programme(database: Database, programme_id: int) -> Programme | None:
    """Return one year, or None."""
    return mapping.fetch_one(database, Programme, "SELECT * FROM programmes WHERE id = ?", [programme_id])


def numbers(database: Database, programme_id: int) -> list[KindNumbers]:
    """Return the numbers of every kind in the order of the specification, those of a 契約変更 after them by day."""
    return mapping.fetch(
        database,
        KindNumbers,
        "SELECT * FROM kind_numbers WHERE programme_id = ? ORDER BY coalesce(valid_from, ''), id",
        [programme_id],
    )


def contract_terms(database: Database, programme_id: int) -> list[ContractTerms]:
    """Return what each 契約変更 made of the contract's own dates and periods, by day."""
    return mapping.fetch(
        database,
        ContractTerms,
        "SELECT * FROM contract_terms WHERE programme_id = ? ORDER BY valid_from, id",
        [programme_id],
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


def offices(database: Database, programme_id: int) -> list[Office]:
    """Return who we are in one year, by the day from which each row holds."""
    return _of_year(database, Office, "offices", programme_id)


def contractors(database: Database, programme_id: int) -> list[Contractor]:
    """Return the contractor of one year, by the day from which each row holds."""
    return _of_year(database, Contractor, "contractors", programme_id)


def paper_settings(database: Database, programme_id: int) -> list[PaperSetting]:
    """Return how each kind of outgoing paper is addressed in one year, by the day from which each row holds."""
    return _of_year(database, PaperSetting, "paper_settings", programme_id)


def _of_year(database: Database, kind: type[Row], table: str, programme_id: int) -> list[Row]:
    query = f"SELECT * FROM {table} WHERE programme_id = ? ORDER BY coalesce(valid_from, ''), id"  # noqa: S608
    return mapping.fetch(database, kind, query, [programme_id])
