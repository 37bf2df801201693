"""The columns of a list, out of what the fields of its records say: heading, order, side, sort, and so the Excel sheet.

What a cell shows beside the bare value is the list's own and stands there (``ColumnOverride``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from app.calendar.dates import short_date_plain
from app.widgets.lists.record_model import Cell, Column
from db.fields import SpecifiedField, specs
from db.frozen_record import frozen_record


@frozen_record
class ColumnOverride:
    """What a list has to say of a field beyond what the field says.

    ``key`` is the word by which its width and sort are remembered where that is not the field's name, ``show`` the
    cell of a row, ``sort`` the value by which rows are sorted, ``behind`` the columns after it that no field stands
    for.
    """

    key: str = ""
    show: Callable[[Any], str | Cell] | None = None
    sort: Callable[[Any], Any] | None = None
    following_columns: Sequence[Column] = ()


_IN_ORDER: Final = frozenset({int, float, date, datetime})
"""Types whose values have an order of their own; all others are sorted by what is shown."""


def record_columns(
    kind: type[Any], record_of: Callable[[Any], Any], overrides: Mapping[str, ColumnOverride]
) -> tuple[Column, ...]:
    """Return the columns of a list of records of ``kind``, in the order of their fields.

    Args:
        record_of: the record behind a row of the list. own: what the list says itself, by the name of the field.

    Raises:
        KeyError: the list speaks of a field that says nothing of a list.
    """
    told = {name: one for name, one in specs(kind).items() if one.spec.list_column is not None}
    if strange := overrides.keys() - told.keys():
        raise KeyError(f"{sorted(strange)} of {kind.__name__} are not listed")
    found: list[Column] = []
    for name, one in told.items():
        mine = overrides.get(name, ColumnOverride())
        found += [_column(one, record_of, mine), *mine.following_columns]
    return tuple(found)


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


def field_text(field_info: SpecifiedField, value: Any) -> str:
    """The bare value of a field as a cell shows it; 「—」 where there is none, and ● for what stays out of lists."""
    if value in (None, "", ()) or value is False:
        return "—"
    if field_info.spec.is_secret:
        return "●"
    if value is True:
        return "はい"
    if isinstance(value, date):
        return short_date_plain(value)
    return f"{value}{field_info.spec.unit}" if not isinstance(value, tuple) else "、".join(map(str, value))
