"""Builds form fields from the declarations of a record's fields: label, kind, choices, unit, width."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.widgets.forms.form_fields import Field, FieldKind
from db.fields import SpecifiedField, editable_fields, specs
from db.record import words_of


def record_field(kind: type[Any], name: str, /, **overrides: Any) -> Field:
    """Return the form field for one field of a record.

    Args:
        overrides: arguments of ``Field`` that differ in this form; empty is allowed where the record has it by default.

    Raises:
        KeyError: the record has no such field, its field has no label, or the record marks some fields as editable
            and not this one.
    """
    told = specs(kind)[name]
    words = told.spec
    if not words.label or not (words.is_editable or not editable_fields(kind)):
        raise KeyError(f"{kind.__name__}.{name} is not typed")
    field = Field(
        name,
        words.label,
        _kind_of(told),
        unit=words.unit,
        placeholder=words.hint,
        width=words.width,
        max_length=words.max_length,
        choices=_choices_of(told),
        optional=told.default in (None, ""),
    )
    made = replace(field, **overrides)
    members = {one: one for one in words_of(told.kind)}
    return replace(made, choices=tuple((members.get(value, value), shown) for value, shown in made.choices))


def record_fields(kind: type[Any], /, *names: str, **overrides: Any) -> tuple[Field, ...]:
    """Return the form fields for several fields of a record, all with the same ``overrides``."""
    return tuple(record_field(kind, name, **overrides) for name in names)


def _kind_of(record_field_info: SpecifiedField) -> FieldKind:
    """Return the kind of form field: choice for a set of words, number for int, date, check for bool, else text."""
    if _choices_of(record_field_info):
        return "choice"
    kinds: dict[Any, FieldKind] = {int: "number", date: "date", bool: "check"}
    return kinds.get(record_field_info.kind, "text")


def _choices_of(record_field_info: SpecifiedField) -> tuple[tuple[Any, str], ...]:
    """Return the choices of a record's field as (value, words), () if it is not a choice."""
    return tuple((word, word or "—") for word in words_of(record_field_info.kind))
