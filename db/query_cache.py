"""Answer repeated queries within one read-only action from a cache (also by rows read, ``db/rows.py``).

``@cached_queries`` decorates a service whose parts query the same rows independently. Nothing is kept after
the action, and nothing from before a write on the same connection. What is read inside a change is kept only by a
block inside it, so that nothing of a change that is taken back remains.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from db.engine import Database

Params = ParamSpec("Params")
Result = TypeVar("Result")
QueryKey = tuple[Any, ...]


class HasDatabase(Protocol):
    """Anything with an open database, as a store."""

    @property
    def database(self) -> Database:
        """Return the open database."""


StoreLike = TypeVar("StoreLike", bound=HasDatabase)


class _Cache:
    """The cached results, valid while ``changes`` rows have been written on the connection, in or out of a change."""

    def __init__(self, database: Database):
        self.database = database
        self.changes = database.conn.total_changes
        self.in_change = database.conn.in_transaction
        self.known: dict[QueryKey, Any] = {}


_current_cache: ContextVar[_Cache | None] = ContextVar("one reading", default=None)


@contextmanager
def caching(database: Database) -> Iterator[None]:
    """Run each query once within the block; inside another such block of the same database its cache is used."""
    if cached_results(database) is not None:
        yield
        return
    token = _current_cache.set(_Cache(database))
    try:
        yield
    finally:
        _current_cache.reset(token)


def cached_queries(
    service: Callable[Concatenate[StoreLike, Params], Result],
) -> Callable[Concatenate[StoreLike, Params], Result]:
    """Decorate a read-only service so that each query runs once."""

    @functools.wraps(service)
    def reading(store: StoreLike, /, *args: Params.args, **kwargs: Params.kwargs) -> Result:
        """Call the service with cached queries."""
        with caching(store.database):
            return service(store, *args, **kwargs)

    return reading


def cached_results(database: Database) -> dict[QueryKey, Any] | None:
    """Return the cached results of the current read, None outside of one or in a change that began within it."""
    now = _current_cache.get()
    if now is None or now.database is not database or now.in_change != database.conn.in_transaction:
        return None
    if database.conn.total_changes != now.changes:
        now.known.clear()
        now.changes = database.conn.total_changes
    return now.known


def query_key(kind: type[Any], query: str, parameters: Iterable[Any] | Mapping[str, Any]) -> QueryKey:
    """Return the cache key of a query."""
    given = parameters.items() if isinstance(parameters, Mapping) else parameters
    return (kind, query, *given)


def once_a_read(database: Database, key: QueryKey, compute: Callable[[], Result]) -> Result:
    """Return ``compute()``, or within a read what it returned for the same key before."""
    known = cached_results(database)
    if known is None:
        return compute()
    if key not in known:
        known[key] = compute()
    return known[key]  # type: ignore[no-any-return]
