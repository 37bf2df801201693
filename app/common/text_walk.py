"""Searching every text inside a value of any type, for a 個人番号, a name, a clause number or a missing glyph.

Each search declares as a ``TextWalk`` which types it searches and which hold no text for it.
``tests/architecture/test_text_walks.py`` checks each of ``ALL_WALKS`` against every type that may reach it. At run
time nothing stops: a value of an undeclared type is searched by its fields, else by ``str``, and this is logged.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence, Set, ValuesView
from dataclasses import fields, is_dataclass, replace
from datetime import date, time, timedelta
from operator import is_
from types import BuiltinFunctionType, FunctionType, MethodType, NoneType
from typing import Any, Literal

from app.common import failure_log

WalkKind = Literal["text", "each", "values", "fields", "none", "unknown"]

_TEXTLESS_TYPES = (bool, int, float, NoneType, bytes, date, time, timedelta)
"""Types that hold no text for any search: numbers, None, pictures and files, days and times."""
_WALK_KINDS: tuple[tuple[type | tuple[type, ...], WalkKind], ...] = (
    (str, "text"),
    (_TEXTLESS_TYPES, "none"),
    ((Sequence, Set, ValuesView), "each"),
    (Mapping, "values"),
)
CALLABLE_TYPES = (FunctionType, MethodType, BuiltinFunctionType, type)
"""Types of callables, which are not searched."""
ALL_WALKS: list[TextWalk] = []


class TextWalk:
    """One search through the texts of values.

    Args:
        name: what it looks for.
        searched: modules or classes (``db.records``) whose records are searched by their fields.
        textless: modules or classes that hold no text for it; of two that fit the longer name counts.
        fields_of: returns which fields of a class are searched (all by default).
        key_filter: whether the value under a mapping's key is searched.
    """

    def __init__(
        self,
        name: str,
        *,
        searched: Sequence[str],
        textless: Sequence[str | type] = (),
        fields_of: Callable[[type], tuple[str, ...]] | None = None,
        key_filter: Callable[[object], bool] | None = None,
    ):
        self.name, self.searched = name, tuple(searched)
        self.textless = tuple(one for one in textless if isinstance(one, str))
        self._textless_types = tuple(one for one in textless if not isinstance(one, str))
        self._fields_of, self._key_filter = fields_of or _all_fields, key_filter
        self._walk_kinds: dict[type, WalkKind] = {}
        self._fields: dict[type, tuple[str, ...]] = {}
        ALL_WALKS.append(self)

    def walk_kind(self, kind: type) -> WalkKind:
        """Return how values of a type are searched; ``unknown`` for an undeclared type.

        As a ``text``, by ``each`` element, by a mapping's ``values``, by a record's ``fields``, or not at all
        (``none``).
        """
        known = self._walk_kinds.get(kind)
        if known is None:
            known = self._walk_kinds[kind] = self._find_walk_kind(kind)
        return known

    def searched_fields(self, kind: type) -> tuple[str, ...]:
        """Return the fields of a record that are searched."""
        found = self._fields.get(kind)
        if found is None:
            found = self._fields[kind] = self._fields_of(kind)
        return found

    def is_searched_key(self, name: object) -> bool:
        """Return whether the value under a mapping's key is searched."""
        return self._key_filter is None or self._key_filter(name)

    def texts(self, value: Any) -> Iterator[str]:
        """Yield every text in a value that this search covers, in its order; of a mapping its values, not its keys."""
        way = self.walk_kind(type(value))
        if way == "text":
            yield value
        elif way == "each":
            for one in value:
                if type(one) is str:  # nearly all of a table, without a search of its own for each cell
                    yield one
                else:
                    yield from self.texts(one)
        elif way == "values":
            for name, one in value.items():
                if self.is_searched_key(name):
                    yield from self.texts(one)
        elif way == "fields":
            for name in self.searched_fields(type(value)):
                yield from self.texts(getattr(value, name))
        elif way == "unknown":
            yield from self._texts_of_unknown(value, ())

    def with_changed_texts(self, value: Any, change: Callable[[str], str]) -> Any:
        """Return a value with ``change`` applied to each of its texts; the same object if nothing changes."""
        way = self.walk_kind(type(value))
        if way == "text":
            return change(value)
        if way == "each":
            made = [change(one) if type(one) is str else self.with_changed_texts(one, change) for one in value]
            return value if all(map(is_, made, value)) else _rebuild(value, made)
        if way == "values":
            held = {
                name: self.with_changed_texts(one, change) if self.is_searched_key(name) else one
                for name, one in value.items()
            }
            return value if all(held[name] is one for name, one in value.items()) else held
        if way == "fields":
            return _with_fields(value, self._changed_fields(value, self.searched_fields(type(value)), change))
        if way == "unknown":
            return self._changed_unknown(value, change)
        return value

    def _find_walk_kind(self, kind: type) -> WalkKind:
        """Return how values of the type are walked: by its basic type (text, number, container, mapping) if it has one.

        Else the longest fitting name decides whether it holds no text, or is searched by its fields as a dataclass.
        """
        for kinds, way in _WALK_KINDS:
            if issubclass(kind, kinds):
                return way
        into = _longest_match(kind, self.searched)
        if issubclass(kind, self._textless_types) or _longest_match(kind, self.textless) > into:
            return "none"
        return "fields" if into and is_dataclass(kind) else "unknown"

    def _changed_fields(self, value: Any, names: Sequence[str], change: Callable[[str], str]) -> dict[str, Any]:
        found = {}
        for name in names:
            one = getattr(value, name)
            made = change(one) if type(one) is str else self.with_changed_texts(one, change)
            if made is not one:
                found[name] = made
        return found

    def _texts_of_unknown(self, value: Any, ancestors: tuple[int, ...]) -> Iterator[str]:
        """Yield the texts of a value of undeclared type, by its fields, else by ``str``; guards against cycles."""
        failure_log.log_unknown_type(type(value))
        names = _own_fields(value)
        if not names:
            yield str(value)
        for name in names:
            one = getattr(value, name, None)
            if self.walk_kind(type(one)) != "unknown":
                yield from self.texts(one)
            elif id(one) not in ancestors and len(ancestors) < _MAX_DEPTH:
                yield from self._texts_of_unknown(one, (*ancestors, id(value)))

    def _changed_unknown(self, value: Any, change: Callable[[str], str]) -> Any:
        """Return a value of an undeclared type with its texts changed."""
        failure_log.log_unknown_type(type(value))
        names = _own_fields(value)
        if names:
            return _with_fields(value, self._changed_fields(value, names, change))
        said = str(value)
        text = change(said)
        return value if text == said else text


_MAX_DEPTH = 8
"""How deep nested values of undeclared types are searched; declared types have no limit."""


def _all_fields(kind: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.init)


def _own_fields(value: Any) -> tuple[str, ...]:
    """Return the field names of a dataclass, a struct, or an object with attributes or slots."""
    if is_dataclass(value) and not isinstance(value, type):
        return _all_fields(type(value))
    named = getattr(type(value), "__struct_fields__", None)
    if named is None:
        named = (*getattr(value, "__dict__", ()), *(one for kind in type(value).__mro__ for one in _slots(kind)))
    return tuple(one for one in named if isinstance(one, str) and not one.startswith("__") and hasattr(value, one))


def _slots(kind: type) -> tuple[str, ...]:
    slots = kind.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _rebuild(value: Any, parts: list[Any]) -> Any:
    """Return a container of ``parts``, of the type of ``value`` if that is a tuple, list or set, else a tuple."""
    if hasattr(value, "_make"):
        return value._make(parts)
    return type(value)(parts) if isinstance(value, tuple | list | set | frozenset) else tuple(parts)


def _with_fields(value: Any, changed: Mapping[str, Any]) -> Any:
    if not changed:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **changed)
    made = copy.copy(value)
    for name, one in changed.items():
        object.__setattr__(made, name, one)
    return made


def _longest_match(kind: type, names: Sequence[str]) -> int:
    """Return the length of the longest module or class name that matches a type; 0 = none."""
    full = f"{kind.__module__}.{kind.__qualname__}"
    return max((len(one) for one in names if full == one or full.startswith(f"{one}.")), default=0)
