"""The staff who may open the folder, and the few single facts kept beside the records."""

from __future__ import annotations

from db.engine import Database
from db.records.accounts import User
from db.rows import row, rows


def users(database: Database) -> list[User]:
    """Return every user, also those who no longer may log in, in the order they were added."""
    return rows(database, User)


def user_of(database: Database, login_id: str) -> User | None:
    """Return the user of a login ID, or None."""
    return row(database, User, login_id=login_id, order="-id")


def fact(database: Database, name: str) -> str:
    """Return one fact, or an empty text."""
    one = database.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
    return str(one[0]) if one else ""


def set_fact(database: Database, name: str, value: str) -> None:
    """Set one fact (technical ones only: facts stand outside the journal)."""
    database.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", [name, value])
