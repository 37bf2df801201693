"""The staff who may open the folder, and the few single facts kept beside the records."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.accounts import User


def users(database: Database) -> list[User]:
    """Return every user, also those who no longer may log in, in the order they were added."""
    return mapping.fetch(database, User, "SELECT * FROM users ORDER BY id")


def user_of(database: Database, login_id: str) -> User | None:
    """Return the user of a login ID, or None."""
    return mapping.fetch_one(database, User, "SELECT * FROM users WHERE login_id = ? ORDER BY id DESC", [login_id])


def fact(database: Database, name: str) -> str:
    """Return one fact, or an empty text."""
    row = database.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
    return str(row[0]) if row else ""


def set_fact(database: Database, name: str, value: str) -> None:
    """Set one fact (technical ones only: facts stand outside the journal)."""
    database.execute("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", [name, value])
