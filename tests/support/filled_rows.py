"""Every row of a store with something in every field, so that a field that a correction empties is seen.

The fields of the records say what may stand in them; what stands in a column already stays. Written past the journal:
the rows are as if they had always been so.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from db.mapping import TABLE_OF, field_types, to_column
from db.record import words_of
from db.store import Store

KINDS: Final = {table: kind for kind, table in TABLE_OF.items()}


def usual(kind: type[Any]) -> dict[str, Any]:
    """Return what each column of a record holds when nothing is said about it; fields that must be given
    are missing."""
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
    if words := words_of(kind):
        return next(str(word) for word in words if word != usually)
    if origin is typing.Literal:
        return next(word for word in arguments if word != usually)
    if origin is tuple:
        return {str: json.dumps([f"〔{name}〕"], ensure_ascii=False), int: "[7]", float: "[0.5]"}.get(arguments[0])
    if origin is dict:
        return json.dumps({f"〔{name}〕": "〔値〕"}, ensure_ascii=False) if arguments[1] is str else None
    values = {str: f"〔{name}〕", bool: int(not usually), int: 7, date: _DAY, datetime: datetime(2026, 11, 20, 10)}
    return to_column(values.get(kind))


class FilledRows:
    """Fills the rows of a store; ``unfilled`` are columns (「table.column」) that are left as they are.

    ``fill`` once more fills the rows that came since, ``release`` takes that back: what is to be undone stands as it
    was made.
    """

    def __init__(self, store: Store, unfilled: Collection[str]) -> None:
        self._database = store.database
        self._usual = {table: usual(kind) for table, kind in KINDS.items()}
        self._columns = {table: dict(self._fillable(table, unfilled)) for table in KINDS}
        self._filled_to = dict.fromkeys(KINDS, 0)
        self._filled: list[tuple[str, int, list[str]]] = []
        self.fill()
        self._filled.clear()
        self._lasting = dict(self._filled_to)

    def _fillable(self, table: str, unfilled: Collection[str]) -> Iterator[tuple[str, Any]]:
        hints = field_types(KINDS[table])
        references = {row[3] for row in self._database.execute(f"PRAGMA foreign_key_list([{table}])")}
        for name, usually in self._usual[table].items():
            where = f"{table}.{name}"
            if name != "id" and name not in references and where not in unfilled:
                value = _something(hints[name], usually, where)
                if value is not None:
                    yield name, value

    def fill(self) -> bool:
        """Fill the rows that came since the last time; return whether there were any."""
        came = {table: newest for table in KINDS if (newest := self._newest(table)) > self._filled_to[table]}
        for table, newest in came.items():
            names = list(self._columns[table])
            wanted = ", ".join(f"[{name}]" for name in ["id", *names])
            since = self._filled_to[table]
            for row_id, *values in self._database.execute(
                f"SELECT {wanted} FROM [{table}] WHERE id > {since}"
            ).fetchall():
                open_ones = [n for n, value in zip(names, values, strict=True) if value == self._usual[table][n]]
                self._set(table, row_id, {name: _of_the_row(self._columns[table][name], row_id) for name in open_ones})
                self._filled.append((table, row_id, open_ones))
            self._filled_to[table] = newest
        self._database.conn.commit()
        return bool(came)

    def release(self) -> None:
        """Take back what was filled since the first time."""
        for table, row_id, names in self._filled:
            self._set(table, row_id, {name: self._usual[table][name] for name in names})
        self._filled.clear()
        self._filled_to = dict(self._lasting)
        self._database.conn.commit()

    def _set(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        if values:
            named = ", ".join(f"[{name}] = ?" for name in values)
            self._database.execute(f"UPDATE [{table}] SET {named} WHERE id = ?", [*values.values(), row_id])

    def _newest(self, table: str) -> int:
        return int(self._database.execute(f"SELECT coalesce(max(id), 0) FROM [{table}]").fetchone()[0])


def _of_the_row(value: Any, row_id: int) -> Any:
    """Words are told apart by the row they stand in."""
    return f"{value}{row_id}" if isinstance(value, str) and value.startswith("〔") else value


def emptied(store: Store, since: int, by: str) -> set[str]:
    """Return what somebody's actions since a step of the journal left as it usually is and was not: 「table.column」.

    A list that was written anew counts as well: 「table」.
    """
    found: set[str] = set()
    first: dict[tuple[str, int], Any] = {}
    last: dict[tuple[str, int], Any] = {}
    for (payload,) in store.database.execute(
        "SELECT payload FROM journal WHERE seq > ? AND by = ? ORDER BY seq", [since, by]
    ):
        for row in json.loads(payload):
            if row["table"] in KINDS:
                first.setdefault((row["table"], row["row_id"]), row["before"])
                last[row["table"], row["row_id"]] = row["after"]
    for (table, row_id), before in first.items():
        after = last[table, row_id]
        if before and after:
            empty = usual(KINDS[table]).items()
            found |= {f"{table}.{name}" for name, value in empty if after[name] == value != before[name]}
    return found | (
        {t for (t, i), before in first.items() if before and not last[t, i]}
        & {t for (t, i), before in first.items() if not before and last[t, i]}
    )
