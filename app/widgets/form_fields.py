"""What a screen declares to get a form: fields with kind, label, rule and help, and how text becomes a value."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

FieldKind = Literal["text", "lines", "date", "time", "number", "choice", "radio", "check", "password"]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field.

    ``kind`` decides editor and value: text, lines (several lines) and password give str; date gives
    ``date`` or None; time "HH:MM" or ""; number int or None; choice and radio one of the values in
    ``choices`` ((value, words), …); check bool (``words`` stands beside the box).
    ``width`` in pixels hints at the content (0 = fills). ``optional`` shows （任意） and allows empty.
    ``rule(value)`` returns a sentence when the value won't do, else "". ``unit`` stands behind.
    ``least`` / ``most`` bound a number. ``told_back`` False: a date is not said in full beside it (no room).
    """

    key: str
    label: str
    kind: FieldKind = "text"
    hint: str = ""
    optional: bool = False
    width: int = 0
    choices: tuple[tuple[Any, str], ...] = ()
    words: str = ""
    unit: str = ""
    placeholder: str = ""
    least: int | None = None
    most: int | None = None
    rule: Callable[[Any], str] | None = None
    lines: int = 3
    read_only: bool = False
    told_back: bool = True


class Unreadable(ValueError):
    """A typed text can't be read as what the field holds; the text is the sentence to show."""


def read_value(field: Field, typed: str, fiscal_year: int) -> Any:
    """The value of ``typed`` in ``field``; raises Unreadable with a sentence.

    Empty text is None for dates and numbers and "" otherwise. Names stay exactly as typed.
    """
    if field.kind == "number":
        return read_number(field, typed)
    if field.kind == "date":
        return _read_date(typed, fiscal_year) if typed.strip() else None
    if field.kind == "time":
        return _read_time(typed) if typed.strip() else ""
    return typed


def read_number(field: Field, typed: str) -> int | None:
    """A whole number in half or full width, commas allowed; None when empty."""
    plain = unicodedata.normalize("NFKC", typed).replace(",", "").replace("、", "").strip()
    if not plain:
        return None
    if not plain.lstrip("-").isdigit():
        raise Unreadable(f"「{typed.strip()}」は数として読めません。12 のように数字で入力してください。")
    number = int(plain)
    unit = field.unit
    if field.least is not None and number < field.least:
        raise Unreadable(f"{field.least}{unit}以上で入力してください。")
    if field.most is not None and number > field.most:
        raise Unreadable(f"{field.most}{unit}以下で入力してください。")
    return number


def _read_date(typed: str, fiscal_year: int) -> Any:
    from app.calendar.dates import DateProblem, parse_date

    try:
        return parse_date(typed, fiscal_year)
    except DateProblem as problem:
        raise Unreadable(str(problem)) from problem


def _read_time(typed: str) -> str:
    from app.calendar.dates import DateProblem, parse_time

    try:
        return parse_time(typed)
    except DateProblem as problem:
        raise Unreadable(str(problem)) from problem


def said_back(value: Any) -> str:
    """A typed date in full: 令和8年9月28日（月）."""
    from app.calendar.dates import read_back

    return read_back(value)


def is_empty(value: Any) -> bool:
    """Whether nothing was entered."""
    return value is None or (isinstance(value, str) and not value.strip())
