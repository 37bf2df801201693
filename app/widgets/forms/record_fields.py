"""Editors of a form, out of what the fields of a record say: word, kind, choices, unit, width. A screen places them."""

from __future__ import annotations

import typing
from dataclasses import replace
from datetime import date
from typing import Any

from app.widgets.forms.form_fields import Field, FieldKind
from db.fields import ToldField, specs


def record_field(kind: type[Any], name: str, /, **own: Any) -> Field:
    """Return the editor of one field of a record.

    Args:
        own: what this form says otherwise, as arguments of ``Field``.

    Raises:
        KeyError: the field says nothing of itself, or is none that a clerk types: what he typed would not be written.
    """
    told = specs(kind)[name]
    if not told.spec.typed:
        raise KeyError(f"{kind.__name__}.{name} is not typed")
    words = told.spec
    field = Field(
        name,
        words.label,
        _kind_of(told),
        unit=words.unit,
        placeholder=words.hint,
        width=words.width,
        choices=_choices_of(told),
    )
    return replace(field, **own)


def _kind_of(told: ToldField) -> FieldKind:
    if typing.get_origin(told.kind) is typing.Literal:
        return "choice"
    kinds: dict[Any, FieldKind] = {int: "number", date: "date", bool: "check"}
    return kinds.get(told.kind, "text")


def _choices_of(told: ToldField) -> tuple[tuple[Any, str], ...]:
    if typing.get_origin(told.kind) is not typing.Literal:
        return ()
    return tuple((word, word or "—") for word in typing.get_args(told.kind))
