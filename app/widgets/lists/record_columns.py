"""The columns of a list, out of what the fields of its records say: heading, order, side, sort, and so the Excel sheet.

What a cell shows beside the bare value is the list's own and stands there (``Own``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from app.calendar.dates import short_date_plain
from app.widgets.lists.record_model import Cell, Column
from db.fields import ToldField, specs
from db.frozen_record import frozen_record


@frozen_record
class Own:
    """What a list has to say of a field beyond what the field says.

    ``key`` is the word by which its width and sort are remembered where that is not the field's name, ``show`` the
    cell of a row, ``sort`` the value by which rows are sorted, ``behind`` the columns after it that no field stands
    for.
    """

    key: str = ""
    show: Callable[[Any], str | Cell] | None = None
    sort: Callable[[Any], Any] | None = None
    behind: Sequence[Column] = ()


_IN_ORDER: Final = frozenset({int, float, date, datetime})
"""Types whose values have an order of their own; all others are sorted by what is shown."""


def record_columns(kind: type[Any], of: Callable[[Any], Any], own: Mapping[str, Own]) -> tuple[Column, ...]:
    """Return the columns of a list of records of ``kind``, in the order of their fields.

    Args:
        of: the record behind a row of the list. own: what the list says itself, by the name of the field.

    Raises:
        KeyError: the list speaks of a field that says nothing of a list.
    """
    told = {name: one for name, one in specs(kind).items() if one.spec.listed is not None}
    if strange := own.keys() - told.keys():
        raise KeyError(f"{sorted(strange)} of {kind.__name__} are not listed")
    found: list[Column] = []
    for name, one in told.items():
        mine = own.get(name, Own())
        found += [_column(one, of, mine), *mine.behind]
    return tuple(found)


def _column(told: ToldField, of: Callable[[Any], Any], own: Own) -> Column:
    listed = told.spec.listed
    assert listed is not None
    return Column(
        own.key or told.name,
        told.spec.label,
        show=own.show or (lambda row: shown(told, getattr(of(row), told.name))),
        widest=listed.widest,
        needs=listed.needs,
        align="right" if told.kind in (int, float) else "left",
        sort=own.sort or ((lambda row: getattr(of(row), told.name)) if told.kind in _IN_ORDER else None),
    )


def shown(told: ToldField, value: Any) -> str:
    """The bare value of a field as a cell shows it; 「—」 where there is none, and ● for what stays out of lists."""
    if value in (None, "", ()) or value is False:
        return "—"
    if told.spec.secret:
        return "●"
    if value is True:
        return "はい"
    if isinstance(value, date):
        return short_date_plain(value)
    return f"{value}{told.spec.unit}" if not isinstance(value, tuple) else "、".join(map(str, value))
