"""The names of records and fields in files, independent of the names in the source.

Whoever writes a record into a file that a later program reads declares its names here, once; a class or a field
that is renamed in the source keeps them (``own=written``). See docs/decisions/0074.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from db.record import record

_REGISTERED: dict[type, WrittenNames] = {}


@record
class WrittenNames:
    """How one kind of record is written, with its ``name`` and field ``names`` by those of the source.

    Attributes:
        first: the fields (by their names in the source) that are always written, in the original order.
        not_compared: fields that make no other content, so that no fingerprint includes them.
        added_later: later fields; one at its default is not written, as in content from before it.
        mismatched: fields without a declared name, and names of removed fields; none, as a test checks.
    """

    kind: type[Any]
    name: str
    names: Mapping[str, str]
    first: tuple[str, ...]
    not_compared: frozenset[str] = frozenset()
    added_later: tuple[str, ...] = ()
    mismatched: tuple[str, ...] = ()

    def values(self, record: Any) -> dict[str, Any]:
        """Return a record's values by their written names; later fields at their default are left out."""
        return {self.names[own]: getattr(record, own) for own in self.names if not self._is_left_out(record, own)}

    def compared_values(self, record: Any) -> dict[str, Any]:
        """Return the values that a fingerprint includes, without ``not_compared`` ones, the first fields in order."""
        found = (*self.first, *(own for own in self.added_later if not self._is_left_out(record, own)))
        return {self.names[own]: getattr(record, own) for own in found if own not in self.not_compared}

    def to_source(self, written: Mapping[str, Any]) -> dict[str, Any]:
        """Return values by the names of the source; unknown ones are ignored."""
        known = {name: own for own, name in self.names.items()}
        return {known[name]: value for name, value in written.items() if name in known}

    def unknown(self, written: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the written names in ``written`` that this program does not know."""
        known = set(self.names.values())
        return tuple(name for name in written if name not in known)

    def _is_left_out(self, record: Any, name: str) -> bool:
        return name in self.added_later and bool(getattr(record, name) == _default_of(self.kind, name))


def declare_written_names(
    kind: type[Any], name: str, first: str, *, not_compared: str = "", added_later: str = ""
) -> WrittenNames:
    """Declare the written names of a kind of record and return them.

    Each of ``first``, ``not_compared`` and ``added_later`` names fields between blanks: ``text`` where the source
    has the written name, ``words=text`` where the source calls it ``words`` by now. A field without a declared
    name is written like a later one, so that a value is never lost; a test asks for its name.

    Args:
        name: of the kind.
        first: the fields that are always written, in their original order.
        not_compared: further ones, or some of ``added_later``, that no fingerprint includes.
        added_later: fields added after the original form.
    """
    own = [one.name for one in fields(kind)]
    always, beside, since = (_pairs(one) for one in (first, not_compared, added_later))
    names = always | beside | since
    unnamed = [one for one in own if one not in names]
    gone = [one for one in names if one not in own]
    found = WrittenNames(
        kind=kind,
        name=name,
        names={one: written for one, written in names.items() if one not in gone} | {one: one for one in unnamed},
        first=tuple(one for one in always if one not in gone),
        not_compared=frozenset(beside),
        added_later=(*(one for one in since if one not in gone), *unnamed),
        mismatched=(*unnamed, *gone),
    )
    _REGISTERED[kind] = found
    return found


def names_of(kind: type[Any]) -> WrittenNames:
    """Return how a kind of record is written, by the names of the source if undeclared."""
    return _REGISTERED.get(kind) or names_from_source(kind)


def is_named(kind: type[Any]) -> bool:
    """Return whether the written names of a kind of record were declared."""
    return kind in _REGISTERED


def names_from_source(kind: type[Any]) -> WrittenNames:
    """Return the source's names for a kind and its fields."""
    own = tuple(one.name for one in fields(kind))
    return WrittenNames(kind=kind, name=kind.__name__, names={one: one for one in own}, first=own)


def _pairs(text: str) -> dict[str, str]:
    """Parse fields between blanks (``text``, ``words=text``); return the written name by that of the source."""
    parted = (one.partition("=") for one in text.split())
    return {own: name or own for own, _, name in parted}


def _default_of(kind: type[Any], own: str) -> Any:
    """Return the default of a field, made anew where it has a factory."""
    found = next(one for one in fields(kind) if one.name == own)
    return found.default_factory() if found.default_factory is not MISSING else found.default
