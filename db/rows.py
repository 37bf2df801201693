"""Rows of one table as records, asked for by column: the one way of reading that needs no SQL of its own.

``rows(database, Entry, event_id=6, state=("決定", "補欠"), order="id")`` gives a list, ``row(…)``
the first of them or None, ``by_id(database, Event, 6)`` the one with that id. A question with a join, a sum or an
expression stays SQL, in ``db.tables``.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from db.engine import Database
from db.mapping import TABLE_OF, fetch, field_types, to_column
from db.one_reading import answers_of

Record = TypeVar("Record")

_TERM: Final = re.compile(r"(-?)(\w+)( nulls first| nulls last)?")
_ROWS: Final = "rows"
"""With a record the key of all that was asked of its table in one reading."""
_MANY: Final = (list, tuple, set, frozenset, range)


def rows(
    database: Database, record: type[Record], /, *, order: str | Sequence[str] = "id", limit: int = -1, **where: Any
) -> list[Record]:
    """Return the records of a table whose columns are as given, in one SELECT.

    Args:
        record: the class of the record, which says the table.
        order: columns, the first one deciding: ``"name"``, ``"-name"`` (the highest first), ``"name nulls last"``
                (an empty value comes first, or last with ``-``, unless this says otherwise).
        limit: at most so many (-1 = all).
        where: column = value. None asks for an empty column; a list, tuple or set for any one of its values.

    Raises:
        ValueError: the record has no such column, or a value list holds None (which no comparison finds).
    """
    where = {name: _lone(value) for name, value in where.items()}
    asked = tuple((name, _shape(value)) for name, value in where.items())
    terms = _deciding((order,) if isinstance(order, str) else tuple(order), where)
    given = [_parameter(value) for value in where.values() if value is not None]
    query = _select(cast(Any, record), asked, terms)
    answers = answers_of(database)
    if answers is None:
        return fetch(database, record, query, [*given, limit])
    asked_for = _Asked(cast(Any, record), {name: _values(value) for name, value in where.items()}, terms)
    before: list[tuple[_Asked, list[Record]]] = answers.setdefault((_ROWS, record), [])
    found = next((drawn for known, read in before if (drawn := asked_for.drawn_from(known, read)) is not None), None)
    if found is None:
        found = fetch(database, record, query, [*given, limit])
        if limit == -1 or asked_for.of_one:
            before.append((asked_for, found))
    return found[:limit] if limit != -1 else list(found)


def row(
    database: Database, record: type[Record], /, *, order: str | Sequence[str] = "id", **where: Any
) -> Record | None:
    """Return the first of these rows, or None; arguments and faults are those of ``rows``."""
    return next(iter(rows(database, record, order=order, limit=1, **where)), None)


def by_id(database: Database, record: type[Record], row_id: int, /) -> Record | None:
    """Return one record by its id, or None."""
    return row(database, record, id=row_id)


@dataclass(frozen=True)
class _Asked:
    """One question to a table: for each column its values, None for an empty one, and the order."""

    record: type[Any]
    where: Mapping[str, frozenset[Any] | None]
    order: tuple[str, ...]

    def drawn_from(self, known: _Asked, read: Sequence[Any]) -> list[Any] | None:
        """Return the rows as they stand among those ``read`` for a question ``known``; None where some may not."""
        ids = self.where.get("id")
        # A row has one id: whoever has all that were asked for by it has them all, whatever they were read for.
        all_there = ids is not None and ids <= {row.id for row in read}
        if not all_there and not all(
            name in self.where and _within(self.where[name], known.where[name]) for name in known.where
        ):
            return None
        if self.order != ("id",) and self._deciding() != [one for one in known.order if one not in self._fixed()]:
            return None
        found = [row for row in read if all(_meets(getattr(row, name), self.where[name]) for name in self.where)]
        return sorted(found, key=lambda row: row.id) if self.order == ("id",) else found

    @property
    def of_one(self) -> bool:
        """Whether it asks for one row by its id."""
        return len(self.where.get("id") or ()) == 1

    def _fixed(self) -> set[str]:
        """The columns that order nothing, as one value of each is asked for."""
        return {name for name, values in self.where.items() if values is None or len(values) == 1}

    def _deciding(self) -> list[str]:
        return [one for one in self.order if one not in self._fixed()]


def _within(asked: frozenset[Any] | None, known: frozenset[Any] | None) -> bool:
    return asked is known if asked is None or known is None else asked <= known


def _meets(value: Any, wanted: frozenset[Any] | None) -> bool:
    return value is None if wanted is None else value is not None and to_column(value) in wanted


def _values(value: Any) -> frozenset[Any] | None:
    if value is None:
        return None
    return frozenset(to_column(one) for one in value) if isinstance(value, _MANY) else frozenset({to_column(value)})


def _lone(value: Any) -> Any:
    """One value is asked for in one way, whether it stands alone or in a list: then it is one question."""
    return next(iter(value)) if isinstance(value, _MANY) and len(value) == 1 and None not in value else value


def _deciding(order: tuple[str, ...], where: dict[str, Any]) -> tuple[str, ...]:
    """Leave out what orders nothing: a column of which one value is asked for, as long as another one follows."""
    lone = {name for name, value in where.items() if _shape(value) == "one"}
    kept = tuple(term for term in order if term not in lone)
    return kept or order


def _shape(value: object) -> str:
    return "none" if value is None else "many" if isinstance(value, _MANY) else "one"


def _parameter(value: Any) -> Any:
    if not isinstance(value, _MANY):
        return to_column(value)
    if None in value:
        raise ValueError("None among the values of one column")
    # One parameter whatever their number: SQLite allows a statement only so many.
    return json.dumps([to_column(one) for one in value])


@functools.cache
def _select(record: type[Any], asked: tuple[tuple[str, str], ...], order: tuple[str, ...]) -> str:
    """Return the statement; the names in it are columns of the record, so that no text of a caller gets into it."""
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
