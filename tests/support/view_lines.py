"""What a service returned, field by field, one line a row: for tests that hold a whole view."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from db.records.events import Event

_RECORDS = list | tuple


def view_lines(view: object, *left_out: str) -> list[str]:
    """Return the fields of a view that are not empty; each row of a list of records stands on a line of its own."""
    if isinstance(view, _RECORDS):
        return [_said(one, left_out) for one in view]
    lines = []
    for name, value in _filled(view, left_out):
        if isinstance(value, _RECORDS) and any(is_dataclass(one) for one in value):
            lines += [f"■{name} {len(value)}", *(_said(one, left_out) for one in value)]
        else:
            lines.append(f"{name}：{_said(value, left_out)}")
    return lines


def _filled(view: object, left_out: Iterable[str]) -> list[tuple[str, Any]]:
    assert is_dataclass(view)
    return [
        (one.name, value)
        for one in fields(view)
        if one.name not in left_out and (value := getattr(view, one.name)) not in (None, "", (), [], False, {})
    ]


def _said(value: object, left_out: Iterable[str]) -> str:
    if isinstance(value, Event):
        return value.full_title
    if isinstance(value, date):
        return f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    if isinstance(value, dict):
        return "・".join(f"{_said(key, left_out)}={_said(one, left_out)}" for key, one in value.items())
    if isinstance(value, _RECORDS):
        return "・".join(_said(one, left_out) for one in value)
    if is_dataclass(value):
        parts = (f"{name}={_said(one, left_out)}" for name, one in _filled(value, left_out))
        return f"（{'　'.join(parts)}）"
    return "✓" if value is True else str(value).replace("\n", " / ")
