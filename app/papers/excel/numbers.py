"""Which texts of a number column are numbers, and the number format that shows them as they were written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_NUMBER = re.compile(
    r"(?P<sign>[+\-−]?)(?P<whole>0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,14})(?P<part>\.\d{1,6})?"
    r"(?P<unit>[％%\u3041-\u30fa\u3400-\u9fff]{0,4})"
)


class CellNumber(NamedTuple):
    """A value and the format that gives back the text it came from."""

    value: int | float
    number_format: str


@lru_cache(maxsize=4096)
def read_number(text: str) -> CellNumber | None:
    """Return the number that ``text`` writes out ("16", "4,200円", "+1", "93.8％"), or None for any other text.

    Codes with leading zeros, times and dates are texts and stay so.
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    sign, whole, part, unit = found["sign"], found["whole"], found["part"] or "", found["unit"]
    digits = whole.replace(",", "") + part
    value: int | float = float(digits) if part else int(digits)
    if sign in ("-", "−"):
        value = -value
    shown = "#,##0" if "," in whole else "0"
    shown += "." + "0" * (len(part) - 1) if part else ""
    shown += f'"{unit}"' if unit else ""
    if sign:
        minus = '"−"' if sign == "−" else "-"
        shown = f"+{shown};{minus}{shown};{shown}"
    return CellNumber(value, shown)


def with_unit(value: str, unit: str) -> CellNumber | None:
    """Return the number of a key figure with its unit in the format, or None when ``value`` is no number."""
    found = read_number(value)
    if found is None or not unit:
        return found
    quoted = unit.replace('"', '""')
    return CellNumber(found.value, ";".join(f'{part}"{quoted}"' for part in found.number_format.split(";")))
