"""Fields of records: what each says of itself beside its type, and which of them differ between what was shown and
what was typed.

A field is said once, at the record: ``name: Annotated[str, Spec("氏名", …)] = ""``. Whoever derives something of it
(columns of lists, headings of foreign files, editors, words of the 履歴) asks ``specs``; for all others it is a
``str``.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, MISSING, dataclass, fields, replace
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, ParamSpec, TypeVar

from db.frozen_record import frozen_record

Record = TypeVar("Record")
Params = ParamSpec("Params")


@frozen_record
class ListColumn:
    """How a field stands as a column of its list; widths in pixels at 標準, 0 = as its content.

    ``needs`` hides it while the list is narrower than that.
    """

    max_width: int = 0
    min_list_width: int = 0


@dataclass(frozen=True)
class Spec:
    """What a field is called and how it is met in the window and in lists of others.

    Attributes:
        label: its word for people. unit: what stands behind its number.
        import_label: its word where lists of others are spoken of, if they call it otherwise.
        heading: a pattern of the headings under which lists of others hold it; "" = no list brings it.
        key: the word by which columns that were set by hand are remembered, where it is not the field's name.
        turn: patterns are tried from the lowest on, for a heading may fit several; 0 = before all that have a number.
        also: headings of others that mean it, for what is suggested where no pattern fits.
        note: what the screen of columns says beside it.
        several: more than one column may hold it, each a line. joined: what joins its parts in columns of their own.
        by_hand: the room's reading says what a cell means; else it goes in as it is written.
        typed: a clerk types and corrects it. secret: its content stays out of lists. goes: it tells of a person, and is
            erased with what else does.
        width: of its editor in pixels at 標準, 0 = all there is. hint: what its empty editor shows.
        listed: how it stands in the list of its records; None = it does not.
    """

    label: str
    heading: str = ""
    _: KW_ONLY
    unit: str = ""
    import_label: str = ""
    key: str = ""
    match_order: int = 0
    synonyms: tuple[str, ...] = ()
    note: str = ""
    allows_multiple: bool = False
    separator: str = ""
    custom_parsing: bool = False
    is_editable: bool = False
    is_secret: bool = False
    is_personal: bool = False
    width: int = 0
    hint: str = ""
    list_column: ListColumn | None = None


@frozen_record
class SpecifiedField:
    """One field that says what it is: its name, what it says, its type (without None) and its default if any."""

    name: str
    spec: Spec
    kind: Any
    default: Any


def specs(kind: type[Any]) -> Mapping[str, SpecifiedField]:
    """Return by name, in their order, the fields of a record class that say what they are."""
    return _specs(typing.cast(Any, kind))


@cache
def _specs(kind: type[Any]) -> Mapping[str, SpecifiedField]:
    hints = typing.get_type_hints(kind, include_extras=True)
    found = {}
    for one in fields(kind):
        hint = hints[one.name]
        spec = next((part for part in getattr(hint, "__metadata__", ()) if isinstance(part, Spec)), None)
        if spec is not None:
            plain = _without_none(typing.get_args(hint)[0])
            found[one.name] = SpecifiedField(name=one.name, spec=spec, kind=plain, default=one.default)
    return MappingProxyType(found)


def _without_none(hint: Any) -> Any:
    if typing.get_origin(hint) not in (typing.Union, UnionType):
        return hint
    rest = [one for one in typing.get_args(hint) if one is not NoneType]
    return rest[0] if len(rest) == 1 else hint


def editable_fields(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a record that a clerk types: all that a draft of it gives to a row, old or new."""
    return tuple(name for name, told in specs(kind).items() if told.spec.is_editable)


def personal_fields(kind: type[Any]) -> tuple[str, ...]:
    """Return the fields of a record that are erased with the person of whom they tell."""
    return tuple(name for name, told in specs(kind).items() if told.spec.is_personal)


def with_values(record: Record, values: Mapping[str, Any]) -> Record:
    """Return ``record`` with what a form holds in its place; what the form does not hold is carried.

    Raises:
        TypeError: the form holds something that the record does not have.
    """
    return typing.cast(Record, replace(typing.cast(Any, record), **values))


def field_values(_kind: Callable[Params, Any], /, *args: Params.args, **values: Params.kwargs) -> dict[str, Any]:
    """Return ``values`` for ``Change.update``, their names and types checked by mypy.

    Only for records in which every field has a default; for others ``differing`` of a ``dataclasses.replace``.
    """
    assert not args
    return dict(values)


def changed_fields(original: Any, edited: Any, kind: type[Any] | None = None) -> dict[str, Any]:
    """Return the fields in which ``edited`` is another than ``original``, with their values as typed, in their order.

    Args:
        original: the record as somebody saw it. typed: one of the same class, made of it by ``dataclasses.replace``.
        kind: the record of which the fields are compared, where the two are drafts that hold more than it.

    What is not in the answer was not typed: a correction that writes the answer alone changes nothing else.
    """
    names = (one.name for one in fields(kind or original))
    return {name: getattr(edited, name) for name in names if getattr(edited, name) != getattr(original, name)}


def corrections(current: Any | None, edited: Any) -> dict[str, Any]:
    """Return what ``edited`` says of the row that ``current`` stands for, by the names of the fields, its id never.

    Args:
        current: the record as it stands, None where there is none yet. typed: one of the same class. With the id of
            ``current`` it was made of it, and what differs was typed; made anew it says only what is not left as usual,
            for an empty field of it was perhaps never shown.
    """
    if current is not None and edited.id == current.id:
        return changed_fields(current, edited)
    given = {one.name: getattr(edited, one.name) for one in fields(edited) if one.name != "id"}
    if current is None:
        return given
    usual = {one.name: one.default for one in fields(edited) if one.default is not MISSING}
    usual |= {one.name: one.default_factory() for one in fields(edited) if one.default_factory is not MISSING}
    return {name: value for name, value in given.items() if name not in usual or value != usual[name]}
