"""One reading: within an action that only reads, a question that was answered already is not asked of the file again,
nor one whose rows stand among those that were read (``db/rows.py``).

``@cached_queries`` stands over a service whose parts ask the same rows, each for its own sake. Nothing is kept when the
action is over, and nothing of what stood before a write on the same connection.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from db.engine import Database

Params = ParamSpec("Params")
Result = TypeVar("Result")
QueryKey = tuple[Any, ...]


class HasDatabase(Protocol):
    """A store."""

    @property
    def database(self) -> Database:
        """The open file."""


StoreLike = TypeVar("StoreLike", bound=HasDatabase)


class _Cache:
    """What was answered since ``changes`` rows had been written on the connection."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.changes = database.conn.total_changes
        self.known: dict[QueryKey, Any] = {}


_current_cache: ContextVar[_Cache | None] = ContextVar("one reading", default=None)


def cached_queries(
    service: Callable[Concatenate[StoreLike, Params], Result],
) -> Callable[Concatenate[StoreLike, Params], Result]:
    """Let a service that only reads ask each question once."""

    @functools.wraps(service)
    def reading(store: StoreLike, /, *args: Params.args, **kwargs: Params.kwargs) -> Result:
        outer = _current_cache.get()
        if outer is not None and outer.database is store.database:
            return service(store, *args, **kwargs)
        token = _current_cache.set(_Cache(store.database))
        try:
            return service(store, *args, **kwargs)
        finally:
            _current_cache.reset(token)

    return reading


def cached_results(database: Database) -> dict[QueryKey, Any] | None:
    """Return what was answered in the reading that goes on, None outside of one or while something is written."""
    now = _current_cache.get()
    if now is None or now.database is not database or database.conn.in_transaction:
        return None
    if database.conn.total_changes != now.changes:
        now.known.clear()
        now.changes = database.conn.total_changes
    return now.known


def query_key(kind: type[Any], query: str, parameters: Iterable[Any] | Mapping[str, Any]) -> QueryKey:
    """Return by what a question is known."""
    given = parameters.items() if isinstance(parameters, Mapping) else parameters
    return (kind, query, *given)
