"""What a page is told by its service, record by record, one line each: for tests that say what it says in a case."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from app.actions.user_error import UserError

_AFTER = "　・"
_LONGEST = 400


def lines_of_view(value: object, *, most: int = 40, rows: int = 12) -> list[str]:
    """Return the lines of a view: of each record its fields and properties that say something, its rows under it.

    Rows of the data folder are named by their kind and number alone.

    Args:
        most: lines in all. rows: of each list so many, and how many there are.
    """
    found = (one.replace("\n", " / ")[:_LONGEST].rstrip() for one in _lines(value, "", rows))
    return [one for one in found if one.strip("　・ ")][:most]


def _lines(value: object, name: str, rows: int) -> Iterator[str]:
    if _is_plain(value):
        if (said := _plain(value)) != "":
            yield f"{name} {said}".strip()
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _lines(one, f"{name}[{_plain(key)}]", rows)
    elif isinstance(value, Iterable) and not dataclasses.is_dataclass(value):
        each = sorted(value, key=str) if isinstance(value, set | frozenset) else list(value)
        if all(_is_plain(one) for one in each):
            if each:
                yield f"{name} {'、'.join(_plain(one) for one in each)}".strip()
            return
        yield f"{name} {len(each)}"
        for one in each[:rows]:
            yield from (f"{_AFTER}{line}" for line in _lines(one, "", rows))
    elif dataclasses.is_dataclass(value):
        yield from _record(value, name, rows)


def _record(value: Any, name: str, rows: int) -> Iterator[str]:
    fields = {one.name: getattr(value, one.name) for one in dataclasses.fields(value) if not one.name.startswith("_")}
    told = {key: getattr(value, key) for key in _properties(type(value))}
    plain = {key: one for key, one in {**fields, **told}.items() if _is_plain(one)}
    said = "｜".join(f"{key}={text}" for key, one in plain.items() if (text := _plain(one)) != "")
    yield f"{name} {said}".strip()
    for key, one in fields.items():
        if not _is_plain(one):
            yield from (f"{_AFTER}{line}" for line in _lines(one, key, rows))


def _properties(kind: type) -> list[str]:
    return sorted(
        name for name in dir(kind) if not name.startswith("_") and isinstance(getattr(kind, name, None), property)
    )


def _is_plain(value: object) -> bool:
    if value is None or isinstance(value, str | bytes | int | float) or hasattr(value, "isoformat"):
        return True
    kind = type(value)
    return (
        kind.__module__.startswith("db.records") or kind.__name__ in ("ActionLink", "OfficeCalendar") or callable(value)
    )


def _plain(value: object) -> str:
    if value is None or value is False or value == "":
        return ""
    if value is True or isinstance(value, bytes):
        return "✓"
    if type(value).__module__.startswith("db.records"):
        if not dataclasses.is_dataclass(value):
            return str(value)
        return f"{type(value).__name__} {getattr(value, 'id', '')}".strip()
    if type(value).__name__ in ("ActionLink", "OfficeCalendar") or (callable(value) and not isinstance(value, type)):
        return ""
    return str(value)


def view(read: Callable[..., object], *given: Any, **named: Any) -> list[str]:
    """Return the lines of what a service reads, or why it does not."""
    try:
        return lines_of_view(read(*given, **named))
    except UserError as refusal:
        return [f"（読めない）{line}" for line in str(refusal).splitlines()]
