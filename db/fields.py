"""Fields of records by name: which of them differ between a record as it was shown and as it was typed."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any


def differing(shown: Any, typed: Any) -> dict[str, Any]:
    """Return the fields in which ``typed`` is another than ``shown``, with their values as typed, in their order.

    Args:
        shown: the record as somebody saw it. typed: one of the same class, made of it by ``dataclasses.replace``.

    What is not in the answer was not typed: a correction that writes the answer alone changes nothing else.
    """
    names = (one.name for one in fields(shown))
    return {name: getattr(typed, name) for name in names if getattr(typed, name) != getattr(shown, name)}


def corrections(present: Any | None, typed: Any) -> dict[str, Any]:
    """Return what ``typed`` says of the row that ``present`` stands for, by the names of the fields, its id never.

    Args:
        present: the record as it stands, None where there is none yet. typed: one of the same class. With the id of
            ``present`` it was made of it, and what differs was typed; made anew it says only what is not left as usual,
            for an empty field of it was perhaps never shown.
    """
    if present is not None and typed.id == present.id:
        return differing(present, typed)
    named = {one.name: getattr(typed, one.name) for one in fields(typed) if one.name != "id"}
    if present is None:
        return named
    usual = {one.name: one.default for one in fields(typed) if one.default is not MISSING}
    usual |= {one.name: one.default_factory() for one in fields(typed) if one.default_factory is not MISSING}
    return {name: value for name, value in named.items() if name not in usual or value != usual[name]}
