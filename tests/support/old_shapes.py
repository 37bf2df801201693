"""Databases in the shape of before a migration, and rows in them."""

from db import mapping, migrations
from db.engine import Database


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
