"""One reading: within an action that only reads, a question that was answered already is not asked of the file again,
nor one whose rows stand among those that were read (``db/rows.py``).

``@one_reading`` stands over a service whose parts ask the same rows, each for its own sake. Nothing is kept when the
action is over, and nothing of what stood before a write on the same connection.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from db.engine import Database

Words = ParamSpec("Words")
Result = TypeVar("Result")
Key = tuple[Any, ...]


class HasDatabase(Protocol):
    """A store."""

    @property
    def database(self) -> Database:
        """The open file."""


StoreLike = TypeVar("StoreLike", bound=HasDatabase)


class _Answers:
    """What was answered since ``changes`` rows had been written on the connection."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.changes = database.conn.total_changes
        self.known: dict[Key, Any] = {}


_now: ContextVar[_Answers | None] = ContextVar("one reading", default=None)


def one_reading(
    service: Callable[Concatenate[StoreLike, Words], Result],
) -> Callable[Concatenate[StoreLike, Words], Result]:
    """Let a service that only reads ask each question once."""

    @functools.wraps(service)
    def reading(store: StoreLike, /, *args: Words.args, **kwargs: Words.kwargs) -> Result:
        outer = _now.get()
        if outer is not None and outer.database is store.database:
            return service(store, *args, **kwargs)
        token = _now.set(_Answers(store.database))
        try:
            return service(store, *args, **kwargs)
        finally:
            _now.reset(token)

    return reading


def answers_of(database: Database) -> dict[Key, Any] | None:
    """Return what was answered in the reading that goes on, None outside of one or while something is written."""
    now = _now.get()
    if now is None or now.database is not database or database.conn.in_transaction:
        return None
    if database.conn.total_changes != now.changes:
        now.known.clear()
        now.changes = database.conn.total_changes
    return now.known


def key_of(kind: type[Any], query: str, parameters: Iterable[Any] | Mapping[str, Any]) -> Key:
    """Return by what a question is known."""
    given = parameters.items() if isinstance(parameters, Mapping) else parameters
    return (kind, query, *given)
