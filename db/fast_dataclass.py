"""Frozen dataclasses that are created in a third of the usual time, as lists of many thousands need."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, FrozenInstanceError, fields
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, TypeVar

Record = TypeVar("Record")


_ANEW = object()
"""Stands for a default that is made anew for every record."""


def share_methods(kind: type[Any]) -> None:
    """Give a dataclass the methods of a frozen one, each the same function for all classes.

    ``dataclass`` would compile five of them for each class, a sixth of the time that loading all modules takes.
    """
    kind._compared = _values_getter([one.name for one in fields(kind) if one.compare])
    for name, method in _SHARED.items():
        if name not in vars(kind):
            setattr(kind, name, method)


def _values_getter(names: Sequence[str]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda _record: ()


def _equals(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._compared(self) == self._compared(other)


def _hash(self: Any) -> int:
    return hash(self._compared(self))


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _set(_record: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(_record: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_SHARED = {"__eq__": _equals, "__hash__": _hash, "__repr__": _repr, "__setattr__": _set, "__delattr__": _delete}


def direct_init(kind: type[Record], readers: Mapping[str, Callable[[str], Any]]) -> Callable[..., None]:
    """Return an ``__init__`` for a frozen dataclass that sets its fields directly.

    The one of ``dataclass(frozen=True)`` calls ``object.__setattr__`` for every field: for a list of 10,000
    rows that alone was a sixth of the whole reading time. Arguments, their errors and immutability stay the
    same.

    Args:
        readers: for each field that holds a word of a closed set, what makes that word of a plain text.
    """
    space: dict[str, Any] = {
        "_anew": _ANEW,
        "_type": type,
        "_str": str,
        **{f"_read_{name}": read for name, read in readers.items()},
    }
    own = [one for one in fields(kind) if one.init]  # type: ignore[arg-type]  # every dataclass has fields; a type variable can't say so
    body = ["_state = self.__dict__"]
    # Those of a class below may stand by place, before the others.
    by_place, by_name = ["self"], ["*"]
    for one in own:
        name, value = one.name, one.name
        if one.default_factory is not MISSING:
            space[f"_make_{name}"], value = one.default_factory, f"_make_{name}() if {name} is _anew else {name}"
        elif name in readers:
            value = f"_read_{name}({name}) if _type({name}) is _str else {name}"
        default = _ANEW if one.default_factory is not MISSING else one.default
        (by_name if one.kw_only else by_place).append(name if default is MISSING else f"{name}=_of_{name}")
        space[f"_of_{name}"] = default
        body.append(f"_state[{name!r}] = {value}")
    body += ["self.__post_init__()"] if hasattr(kind, "__post_init__") else []
    # Generated as ``dataclasses`` does it: the names are those of the class, no input is executed.
    given = ", ".join([*by_place, *(by_name if len(by_name) > 1 else ())])
    exec(f"def __init__({given}):\n    " + "\n    ".join(body), space)  # noqa: S102
    made: Callable[..., None] = space["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    made.__annotations__ = {**{one.name: one.type for one in own}, "return": None}
    return made


def from_columns(
    kind: type[Record], names: Sequence[str], readers: Mapping[str, Callable[[Any], Any] | None]
) -> Callable[[Sequence[Any]], Record]:
    """Return a function that makes a ``kind`` of the values of one row, without calling ``__init__``.

    A field without a column gets its default; without one, ``TypeError`` is raised as by ``__init__``.

    Args:
        names: the columns in the order of the values; of two with one name the last counts, one that is no
            field is ignored.
        readers: for each field the conversion of its column's value; None where none is needed.
    """
    places = {name: place for place, name in enumerate(names)}
    space: dict[str, Any] = {"kind": kind, "new": object.__new__}
    lines = ["made = new(kind)", "held = made.__dict__"]
    for one in fields(kind):  # type: ignore[arg-type]  # every dataclass has fields; a type variable can't say so
        name, read = one.name, readers.get(one.name)
        if name in places:
            space[f"_read_{name}"] = read
            column = f"found[{places[name]}]"
            value = column if read is None else f"_read_{name}({column})"
        elif one.default is not MISSING:
            space[f"_of_{name}"], value = one.default, f"_of_{name}"
        elif one.default_factory is not MISSING:
            space[f"_of_{name}"], value = one.default_factory, f"_of_{name}()"
        else:
            lines.append("kind()")
            break
        lines.append(f"held[{name!r}] = {value}")
    if hasattr(kind, "__post_init__"):
        raise TypeError(f"{kind.__name__} does something after it is made")
    # As above: the names are those of the class, no input is executed.
    exec("def make(found):\n    " + "\n    ".join([*lines, "return made"]), space)  # noqa: S102
    make: Callable[[Sequence[Any]], Record] = space["make"]
    return make


def to_values(
    kind: type[Any], writers: Mapping[str, Callable[[Any], Any] | None], extra: Sequence[str]
) -> tuple[tuple[str, ...], Callable[[Mapping[str, Any], Any, Mapping[str, Any]], tuple[Any, ...]]]:
    """Return the columns of a new row, and a function that makes its values of a record.

    Args:
        writers: for each field the conversion to its column's value; None where none is needed.
        extra: names of values that come before those of the record.
    """
    names = list(dict.fromkeys([*(one.name for one in fields(kind)), *extra]))
    space: dict[str, Any] = {}
    values = []
    for name in names:
        if name == "id" or name in extra:
            values.append("row_id" if name == "id" else f"given[{name!r}]")
            continue
        space[f"_write_{name}"] = write = writers.get(name)
        column = f"held[{name!r}]"
        values.append(column if write is None else f"None if (v := {column}) is None else _write_{name}(v)")
    # As above: the names are those of the class and of our own calls, no input is executed.
    exec(f"def make(held, row_id, given):\n    return ({', '.join(values)},)", space)  # noqa: S102
    return tuple(names), space["make"]
