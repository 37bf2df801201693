"""Every row of a store with something in every field, so that a field that a correction empties is seen.

The fields of the records say what may stand in them; what stands in a column already stays. Written past the journal: the
rows are as if they had always been so.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from db.mapping import TABLE_OF, field_types, to_column
from db.store import Store

KINDS: Final = {table: kind for kind, table in TABLE_OF.items()}


def usual(kind: type[Any]) -> dict[str, Any]:
    """Return what each column of a record holds when nothing is said about it; fields that must be given are missing."""
    found = {}
    for one in dataclasses.fields(kind):
        if one.default is not dataclasses.MISSING:
            found[one.name] = to_column(one.default)
        elif one.default_factory is not dataclasses.MISSING:
            found[one.name] = to_column(one.default_factory())
    return found


_DAY: Final = date(2026, 11, 20)


def _something(hint: Any, usually: Any, name: str) -> Any:
    """A value that a field of this type may hold and usually does not, as its column holds it; None = no such value."""
    kind, origin = hint, typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        kind = next(one for one in typing.get_args(hint) if one is not type(None))
        origin = typing.get_origin(kind)
    arguments = typing.get_args(kind)
    if origin is typing.Literal:
        return next(word for word in arguments if word != usually)
    if origin is tuple:
        return {str: json.dumps([f"〔{name}〕"], ensure_ascii=False), int: "[7]", float: "[0.5]"}.get(arguments[0])
    if origin is dict:
        return json.dumps({f"〔{name}〕": "〔値〕"}, ensure_ascii=False) if arguments[1] is str else None
    values = {str: f"〔{name}〕", bool: int(not usually), int: 7, date: _DAY, datetime: datetime(2026, 11, 20, 10)}
    return to_column(values.get(kind))


class FilledRows:
    """Fills the rows of a store; ``unfilled`` are columns (「table.column」) that are left as they are."""

    def __init__(self, store: Store, unfilled: Mapping[str, str]) -> None:
        self._store = store
        self._usual = {table: usual(kind) for table, kind in KINDS.items()}
        self._columns = {table: dict(self._fillable(table, unfilled)) for table in KINDS}
        self._filled_to = dict.fromkeys(KINDS, 0)
        self.fill()

    def _fillable(self, table: str, unfilled: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
        hints = field_types(KINDS[table])
        references = {row[3] for row in self._store.database.execute(f"PRAGMA foreign_key_list([{table}])")}
        for name, usually in self._usual[table].items():
            where = f"{table}.{name}"
            if name == "id" or name in references or where in unfilled:
                continue
            value = _something(hints[name], usually, where)
            if value is not None:
                yield name, value

    def fill(self) -> None:
        """Fill the rows that came since the last time."""
        database = self._store.database
        for table, columns in self._columns.items():
            (newest,) = database.execute(f"SELECT coalesce(max(id), 0) FROM [{table}]").fetchone()
            if newest <= self._filled_to[table] or not columns:
                continue
            for name, value in columns.items():
                told = "? || id" if isinstance(value, str) and value.startswith("〔") else "?"
                database.execute(
                    f"UPDATE [{table}] SET [{name}] = {told} WHERE id > ? AND [{name}] IS ?",
                    [value, self._filled_to[table], self._usual[table][name]],
                )
            self._filled_to[table] = newest
        database.conn.commit()
