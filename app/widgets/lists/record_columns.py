"""Builds list columns from the declarations of a record's fields: heading, alignment, sorting, Excel column.

What a cell shows beyond the plain value is declared by the list (``ColumnOverride``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.calendar.dates import short_date_plain
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from db.fields import SpecifiedField, field_label, specs
from db.record import record


@record
class ColumnOverride:
    """What a list declares for a column beyond the record's field.

    ``key`` is the key under which its width and sorting are remembered, if not the field's name; ``show`` returns the
    cell of a row, ``sort`` its sort value; ``following_columns`` are extra columns after it without a field.
    """

    key: str = ""
    show: Callable[[Any], str | Cell] | None = None
    sort: Callable[[Any], Any] | None = None
    following_columns: Sequence[Column] = ()


_IN_ORDER = frozenset({int, float, date, datetime})
"""Types sorted by value; all others are sorted by the shown text."""


def record_columns(
    kind: type[Any], record_of: Callable[[Any], Any], overrides: Mapping[str, ColumnOverride]
) -> tuple[Column, ...]:
    """Return the columns of a list of records of ``kind``, in the order of their fields.

    Args:
        record_of: returns the record of a row of the list. overrides: the list's own declarations, by field name.

    Raises:
        KeyError: the list names a field that is not declared for lists.
    """
    told = {name: one for name, one in specs(kind).items() if one.spec.list_column is not None}
    if strange := overrides.keys() - told.keys():
        raise KeyError(f"{sorted(strange)} of {kind.__name__} are not listed")
    found = []
    for name, one in told.items():
        mine = overrides.get(name, ColumnOverride())
        found += [_column(one, record_of, mine), *mine.following_columns]
    return tuple(found)


def record_column(kind: type[Any], name: str, record_of: Callable[[Any], Any], **overrides: Any) -> Column:
    """Return a list column that shows one field of a record; ``overrides`` are arguments of ``Column``.

    Raises:
        KeyError: the record has no such field, or the field has no label.
    """
    told = specs(kind)[name]
    found = Column(
        name,
        field_label(kind, name),
        lambda row: field_text(told, getattr(record_of(row), name), empty=""),
        align="right" if told.kind in (int, float) else "left",
        sort=(lambda row: getattr(record_of(row), name)) if told.kind in _IN_ORDER else None,
    )
    return replace(found, **overrides)


def export_column(kind: type[Any], name: str, record_of: Callable[[Any], Any]) -> ExportColumn:
    """Return a column of a workbook that holds one field of a record, an empty cell where it is empty."""
    told = specs(kind)[name]
    return ExportColumn(field_label(kind, name), lambda row: field_text(told, getattr(record_of(row), name), empty=""))


def _column(field_info: SpecifiedField, record_of: Callable[[Any], Any], override: ColumnOverride) -> Column:
    listed = field_info.spec.list_column
    assert listed is not None
    return Column(
        override.key or field_info.name,
        field_info.spec.label,
        show=override.show or (lambda row: field_text(field_info, getattr(record_of(row), field_info.name))),
        widest=listed.max_width,
        min_list_width=listed.min_list_width,
        align="right" if field_info.kind in (int, float) else "left",
        sort=override.sort
        or ((lambda row: getattr(record_of(row), field_info.name)) if field_info.kind in _IN_ORDER else None),
    )


def field_text(field_info: SpecifiedField, value: Any, *, empty: str = "—") -> str:
    """Return the plain value of a field as text, a number with its unit; ``empty`` for an empty one and for False.

    True is はい, the value of a secret field ●, a date short without weekday; several values are joined by 「、」.
    """
    if value in (None, "", ()) or value is False:
        return empty
    if field_info.spec.is_secret:
        return "●"
    if value is True:
        return "はい"
    if isinstance(value, date):
        return short_date_plain(value)
    return f"{value}{field_info.spec.unit}" if not isinstance(value, tuple) else "、".join(map(str, value))
