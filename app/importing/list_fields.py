"""The fields that a list of others may provide for a record, derived from the record's own fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.fields import specs
from db.record import FieldSpec


def list_fields(kind: type[Any], extra_fields: Mapping[str, Sequence[FieldSpec]]) -> dict[str, FieldSpec]:
    """Return the importable fields of a record by key, in the order in which columns are shown.

    Args:
        extra_fields: fields that lists have and the record has not, each with its key, by the key of the field that
            precedes them.
    Raises:
        KeyError: an extra field follows one that lists do not provide.
    """
    found = {}
    waiting = dict(extra_fields)
    for name, told in specs(kind).items():
        if told.spec.heading:
            key = told.spec.key or name
            found[key] = told.spec
            found |= {one.key: one for one in waiting.pop(key, ())}
    if waiting:
        raise KeyError(f"lists bring no {[*waiting]} of {kind.__name__}")
    return found


def field_labels(fields: Mapping[str, FieldSpec]) -> dict[str, str]:
    """Return the labels of fields by key."""
    return {key: one.import_label or one.label for key, one in fields.items()}


def heading_patterns(
    fields: Mapping[str, FieldSpec], extra_headings: Iterable[tuple[int, str, str]] = ()
) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns of headings with the key each stands for, in the order in which they are tried.

    Args:
        extra_headings: position, pattern and key of headings that belong to no field (a column that is dropped).
    """
    told = [(one.match_order, one.heading, key) for key, one in fields.items() if one.heading]
    return tuple(
        (re.compile(heading), key) for _, heading, key in sorted([*told, *extra_headings], key=lambda one: one[0])
    )


def text_fields(kind: type[Any]) -> dict[str, str]:
    """Return the fields that are imported as text unchanged, by name, with their keys.

    Raises:
        TypeError: such a field is not text, so a way to read its cells must be declared.
    """
    plain = [told for told in specs(kind).values() if told.spec.heading and not told.spec.custom_parsing]
    if odd := [told.name for told in plain if told.kind is not str]:
        raise TypeError(f"{kind.__name__}: {odd} are no texts and need by_hand")
    return {told.name: told.spec.key or told.name for told in plain}


def keys_by_field(kind: type[Any]) -> dict[str, str]:
    """Return the importable fields of a record by name, with their keys."""
    return {name: told.spec.key or name for name, told in specs(kind).items() if told.spec.heading}
