"""Databases in the shape of before a migration, and rows in them."""

import pytest

from db import mapping, migrations
from db.engine import Database
from db.files.storage_errors import ENGINE_ERRORS


def before_step(step: int | str) -> Database:
    """Return an empty database as a migration finds it (its number, or a part of its name), without foreign keys."""
    if isinstance(step, str):
        step = next(number for number, path in enumerate(migrations.STEPS, start=1) if step in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    return database


def insert(database: Database, table: str, **known: object) -> None:
    """Write a row of before; what it must have and nobody names is empty."""
    needed = [one for one in database[table].columns if one.notnull and one.default_value is None]
    row = {one.name: 0 if one.type == "INTEGER" else "" for one in needed} | known
    row |= {"network": "不明"} if "network" in row else {}
    database.table(table).insert(row)


def put(database: Database, table: str, record: object) -> None:
    """Write a record as a row of before: the columns that the table has already."""
    known = {one.name for one in database[table].columns}
    written = {name: value for name, value in mapping.to_row(record).items() if name in known}
    database.table(table).insert(written)


def stands_once(database: Database, *statements: str) -> None:
    """Hold that what each of these puts in can be put in once."""
    for statement in statements:
        database.execute(statement)
        with pytest.raises(ENGINE_ERRORS):
            database.execute(statement)


def a_year(database: Database, **more: object) -> None:
    """Put in the year of an older shape, and whatever else it knew."""
    periods = {"term_end": "2027-03-31", "proposal_period": "2週間以内", "payment_period": "30日以内"}
    days = {"draft_lead_open_days": 5, "question_lead_open_days": 2, "review_open_days": 5, "check_open_days": 4}
    known = {"title": "見本の事業", "contract_date": "2026-07-31", "clauses_checked": "一致", "sample": 0}
    known |= {"announce_days": "[7,3,0]", "copy_years": 5}
    database.table("programmes").insert({"id": 1, "fiscal_year": 2026, **known, **periods, **days, **more})
