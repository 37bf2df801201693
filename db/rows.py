"""Read rows of a table as records by column values, without SQL in the caller.

``rows(database, Entry, event_id=6, state=("決定", "補欠"), order="id")`` gives a list, ``row(…)`` the first of
them or None, ``rows_by_id(…)`` all of them by id, ``by_id(database, Event, 6)`` the one with that id,
``rows_of_each(database, {Entry: "id", Letter: "id"}, event_id=6)`` the rows of several tables in one statement. A
query with a join, a sum or an expression is SQL in ``db.tables``.
"""

from __future__ import annotations

import functools
import itertools
import json
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeAlias, TypeVar, cast

from db.engine import Database
from db.mapping import TABLE_OF, fetch, field_types, record_maker, to_column
from db.query_cache import cached_results
from db.record import RowsById

Record = TypeVar("Record")
Order: TypeAlias = str | Sequence[str]
OrderByRecord: TypeAlias = Mapping[type[Any], Order]

_TERM = re.compile(r"(-?)(\w+)( nulls first| nulls last)?")
_ROWS = "rows"
"""With a record the cache key of the rows that one read has read of its table."""
_COLLECTIONS = (list, tuple, set, frozenset, range)


def rows(
    database: Database, record: type[Record], /, *, order: Order = "id", limit: int = -1, **where: Any
) -> list[Record]:
    """Return the records of a table with these column values, in one SELECT.

    Args:
        record: the class of the record, which determines the table.
        order: columns, the first one deciding: ``"name"``, ``"-name"`` (descending), ``"name nulls last"`` (an
            empty value comes first, or last with ``-``, unless this says otherwise).
        limit: the most rows (-1 = all).
        where: column = value. None asks for an empty column; a list, tuple or set for any one of its values, an
            empty one finds nothing without a SELECT.

    Raises:
        ValueError: the record has no such column, or a value list holds None (which no comparison finds).
    """
    asked = _Query(record, order, where)
    found = [] if frozenset() in asked.where.values() else _cached_rows(database, asked)
    if found is None:
        found = fetch(
            database, record, _select(cast(Any, asked.record), asked.shapes, asked.order), [*asked.given, limit]
        )
        if limit == -1 or asked.of_one:
            _cache_rows(database, asked, found)
    return found[:limit] if limit != -1 else list(found)


class RowsByRecord:
    """The rows of several tables, by record class."""

    def __init__(self, found: Mapping[type[Any], list[Any]]):
        self._found = found

    def __getitem__(self, record: type[Record]) -> list[Record]:
        return list(self._found[record])


def rows_of_each(database: Database, records: OrderByRecord, /, **where: Any) -> RowsByRecord:
    """Return the rows of several tables with these column values, all in one SELECT.

    Args:
        records: the class of each record, and the order of its rows as in ``rows``.
        where: as in ``rows``; every table has these columns.
    """
    asked = [_Query(record, order, where) for record, order in records.items()]
    found = {one.record: known for one in asked if (known := _cached_rows(database, one)) is not None}
    open_ones = [one for one in asked if one.record not in found]
    if open_ones:
        read: dict[type[Any], list[Any]] = {one.record: [] for one in open_ones}
        query, makers = _select_each(tuple((one.record, one.shapes, one.order) for one in open_ones))
        for values in database.execute(query, [*open_ones[0].given, -1]):
            record, width, make = makers[values[0]]
            read[record].append(make(values[1:width]))
        for one in open_ones:
            _cache_rows(database, one, read[one.record])
        found |= read
    return RowsByRecord(found)


def row(database: Database, record: type[Record], /, *, order: Order = "id", **where: Any) -> Record | None:
    """Return the first of the rows that ``rows`` returns, or None; same arguments and errors."""
    return next(iter(rows(database, record, order=order, limit=1, **where)), None)


def rows_by_id(database: Database, record: type[Record], /, **asked: Any) -> RowsById[Record]:
    """Return the rows that ``rows`` returns by their ids; same arguments and errors."""
    return RowsById(rows(database, record, **asked))


def by_id(database: Database, record: type[Record], row_id: int | None, /) -> Record | None:
    """Return one record by its id, or None; None and 0 are the ids of no record."""
    return row(database, record, id=row_id) if row_id else None


class _Query:
    """A query of one table, with values by column (None = empty) and the order."""

    __slots__ = ("given", "of_one", "order", "record", "shapes", "where")

    def __init__(self, record: type[Any], order: Order, where: Mapping[str, Any]):
        self.record = record
        self.where = {}
        shapes, given = [], []
        for name, value in where.items():
            shape, parameter, self.where[name] = _condition(value)
            shapes.append((name, shape))
            if shape != "none":
                given.append(parameter)
        self.shapes = tuple(shapes)
        self.given = tuple(given)
        self.order = _relevant_order((order,) if isinstance(order, str) else tuple(order), self.shapes)
        self.of_one = len(self.where.get("id") or ()) == 1
        """Whether it asks for one row by its id."""

    @property
    def key(self) -> Hashable:
        """Return the cache key of the query."""
        return self.shapes, self.given, self.order

    def subset_of(self, other: _Query, read: list[Any]) -> list[Any] | None:
        """Return this query's rows from those ``read`` for the query ``other``; None where some may be missing."""
        where = self.where
        for name, values in other.where.items():
            if name not in where or not _is_subset(where[name], values):
                return None
        if self.order != ("id",):
            fixed = {name for name, values in where.items() if values is None or len(values) == 1}
            if [one for one in self.order if one not in fixed] != [one for one in other.order if one not in fixed]:
                return None
        found = self._matching(read)
        return sorted(found, key=lambda row: row.id) if self.order == ("id",) else found

    def found_by_id(self, read: Mapping[Any, Any]) -> list[Any] | None:
        """Return the rows by their ids from all rows read; None where not all of them were."""
        ids = self.where.get("id")
        if ids is None or not ids <= read.keys() or (self.order != ("id",) and len(ids) > 1):
            return None
        return self._matching([read[one] for one in sorted(ids)])

    def _matching(self, rows: list[Any]) -> list[Any]:
        for name, wanted in self.where.items():
            if wanted is None:
                rows = [row for row in rows if getattr(row, name) is None]
            else:
                rows = [row for row in rows if (value := getattr(row, name)) is not None and to_column(value) in wanted]
        return rows


class _TableCache:
    """What one read has read of a table, by query and by id."""

    def __init__(self) -> None:
        self.answers: list[tuple[_Query, list[Any]]] = []
        self.same: dict[Hashable, list[Any]] = {}
        self.by_id: dict[Any, Any] = {}


def _cached_rows(database: Database, query: _Query) -> list[Any] | None:
    """Return the rows from the cache of the current read, or None."""
    read: _TableCache | None = (cached_results(database) or {}).get((_ROWS, query.record))
    if read is None:
        return None
    found = query.found_by_id(read.by_id)
    if found is None:
        found = read.same.get(query.key)
    if found is None:
        every = (drawn for known, rows in read.answers if (drawn := query.subset_of(known, rows)) is not None)
        found = next(every, None)
        if found is not None:
            read.same[query.key] = found
    return found


def _cache_rows(database: Database, query: _Query, found: list[Any]) -> None:
    """Keep the rows for the rest of the read."""
    answers = cached_results(database)
    if answers is not None:
        read: _TableCache = answers.setdefault((_ROWS, query.record), _TableCache())
        read.answers.append((query, found))
        read.same[query.key] = found
        read.by_id.update((row.id, row) for row in found)


def _is_subset(values: frozenset[Any] | None, others: frozenset[Any] | None) -> bool:
    """Return whether all values of one condition are among those of another; None stands for NULL."""
    return values is others if values is None or others is None else values <= others


def _condition(value: Any) -> tuple[str, Any, frozenset[Any] | None]:
    """Return the form of a column's condition ("none", "one" or "many" values), its parameter, and the values.

    For NULL parameter and values are None.

    Raises:
        ValueError: None is one of several values.
    """
    if value is None:
        return "none", None, None
    if not isinstance(value, _COLLECTIONS):
        column = to_column(value)
        return "one", column, frozenset((column,))
    if None in value:
        raise ValueError("None among the values of one column")
    columns = [to_column(one) for one in value]
    if len(columns) == 1:
        return "one", columns[0], frozenset(columns)
    # A single parameter, since SQLite limits their number in a statement.
    return "many", json.dumps(columns), frozenset(columns)


def _relevant_order(order: tuple[str, ...], shapes: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Leave out order columns with only one value, as long as another one follows."""
    return tuple(term for term in order if (term, "one") not in shapes) or order


@functools.cache
def _select(record: type[Any], asked: tuple[tuple[str, str], ...], order: tuple[str, ...]) -> str:
    """Return the SELECT for these conditions and this order; raises ValueError for a name that is no column."""
    known = field_types(cast(Any, record))
    terms = [_TERM.fullmatch(term) for term in order]
    names = [*(name for name, _ in asked), *(term[2] if term else "" for term in terms)]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"{record.__name__} has no column {', '.join(unknown) or order}")
    conditions = {"none": "IS NULL", "one": "= ?", "many": "IN (SELECT value FROM json_each(?))"}
    where = " AND ".join(f"[{name}] {conditions[shape]}" for name, shape in asked)
    sort = ", ".join(f"[{term[2]}]{' DESC' if term[1] else ''}{term[3] or ''}" for term in terms if term)
    return (
        f"SELECT * FROM [{TABLE_OF[record]}]"  # noqa: S608
        f"{f' WHERE {where}' if where else ''}{f' ORDER BY {sort}' if sort else ''} LIMIT ?"
    )


@functools.cache
def _select_each(
    asked: tuple[tuple[type[Any], tuple[tuple[str, str], ...], tuple[str, ...]], ...],
) -> tuple[str, list[tuple[type[Any], int, Callable[[Sequence[Any]], Any]]]]:
    """Return the statement that reads several tables at once, and for each its class, width and record function.

    A row of it is the number of its table, its columns, and as many empty ones as a wider table needs.
    """
    columns = [tuple(one.name for one in fields(record)) for record, _shapes, _order in asked]
    widest = max(map(len, columns))
    parts = []
    for number, ((record, shapes, order), names) in enumerate(zip(asked, columns, strict=True)):
        wanted = ", ".join([str(number), *(f"[{name}]" for name in names), *["NULL"] * (widest - len(names))])
        # Each part gets the same values: they are numbered.
        known = itertools.count(1)
        part = "".join(f"{text}?{next(known)}" for text in _select(cast(Any, record), shapes, order).split("?")[:-1])
        parts.append(f"SELECT {wanted} FROM ({part})")  # noqa: S608
    makers = [
        (record, len(names) + 1, record_maker(cast(Any, record), names))
        for (record, *_), names in zip(asked, columns, strict=True)
    ]
    return " UNION ALL ".join(parts), makers
