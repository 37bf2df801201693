"""Records to rows and back: dates as ISO text, tuples and mappings as JSON, nothing normalised."""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from db.engine import Database

Record = TypeVar("Record")


def to_plain(value: Any) -> Any:
    """Turn a value of a record into what JSON can hold."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    return value


def from_plain(kind: Any, plain: Any) -> Any:  # noqa: PLR0911
    """Turn a plain value back into the type ``kind`` of a record's field."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if plain is None:
            return None
        return from_plain(next(arg for arg in typing.get_args(kind) if arg is not type(None)), plain)
    if origin is tuple:
        inner = typing.get_args(kind)[0]
        return tuple(from_plain(inner, item) for item in plain)
    if origin is dict:
        inner = typing.get_args(kind)[1]
        return {key: from_plain(inner, item) for key, item in plain.items()}
    if kind is bool:
        return bool(plain)
    if kind in (date, datetime):
        return kind.fromisoformat(plain)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = field_types(kind)
        return kind(**{name: from_plain(hints[name], item) for name, item in plain.items() if name in hints})
    return plain


@functools.cache
def field_types(kind: type[Any]) -> dict[str, Any]:
    """Return the resolved type of every field of a record class."""
    return typing.get_type_hints(kind)


@functools.cache
def _is_json(kind: Any) -> bool:
    origin = typing.get_origin(kind)
    return origin in (tuple, dict)


def to_column(value: Any) -> Any:
    """Turn one field's value into what its column holds."""
    if isinstance(value, tuple | list | dict):
        return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, bool):
        return int(value)
    return to_plain(value)


def to_row(record: Any) -> dict[str, Any]:
    """Turn a record into a row; an ``id`` of 0 is left out so that the table gives one."""
    row = {field.name: to_column(getattr(record, field.name)) for field in dataclasses.fields(record)}
    if not row.get("id"):
        row.pop("id", None)
    return row


def to_record(kind: type[Record], row: Mapping[str, Any]) -> Record:
    """Turn a row into a record; columns the record does not know are left aside."""
    values: dict[str, Any] = {}
    for name, hint in field_types(typing.cast(Any, kind)).items():
        if name not in row:
            continue
        value = row[name]
        values[name] = from_plain(hint, json.loads(value) if _is_json(hint) and value is not None else value)
    return kind(**values)


def fetch(
    database: Database, kind: type[Record], query: str, parameters: Iterable[Any] | Mapping[str, Any] = ()
) -> list[Record]:
    """Run a SELECT and return its rows as records of ``kind``."""
    given = dict(parameters) if isinstance(parameters, Mapping) else list(parameters)
    return [to_record(kind, row) for row in database.query(query, given)]


def fetch_one(
    database: Database, kind: type[Record], query: str, parameters: Iterable[Any] | Mapping[str, Any] = ()
) -> Record | None:
    """Run a SELECT and return its first row as a record, or None."""
    found = fetch(database, kind, query, parameters)
    return found[0] if found else None
