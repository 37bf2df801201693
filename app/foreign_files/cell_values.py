"""Turns a cell's saved value into text: dates in ISO form, whole numbers as digits, noughts that the cell shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*.', re.IGNORECASE)
_GENERAL = re.compile(r"general|標準|@", re.IGNORECASE)
_DATE_SIGNS = re.compile(r"[ydge]|a{3}", re.IGNORECASE)
_TIME_SIGNS = re.compile(r"[hs]", re.IGNORECASE)
_PARTS_OF_SECONDS = re.compile(r"(?<=s)\.0+", re.IGNORECASE)
_NOUGHTS = re.compile(r"[0\-() ]*0[0\-() ]*")

# Beside the formats of every Excel (14-22, 45-47) those that a Japanese Excel writes without spelling them out.
_DATES = frozenset({14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58})
_TIMES = frozenset({18, 19, 20, 21, 32, 33, 45, 46, 47})


@dataclass(frozen=True)
class CellFormat:
    """How a number is shown: as a number, a day, a time, or padded with noughts to a ``pattern`` (``000-0000``)."""

    shows: Literal["number", "day", "time", "padded"] = "number"
    pattern: str = ""


def cell_format(number: int, code: str) -> CellFormat:
    """The format of the number-format ``number``; ``code`` is its text for those that a workbook defines itself."""
    if number in _DATES:
        return CellFormat("day")
    if number in _TIMES:
        return CellFormat("time")
    first = code.split(";", 1)[0]
    bare = _PARTS_OF_SECONDS.sub("", _QUOTED.sub("", first))
    if not bare or _GENERAL.search(bare):
        return CellFormat()
    if {"0", "#"} & set(bare):
        pattern = first.replace('"', "").replace("\\", "")
        padded = _NOUGHTS.fullmatch(pattern) and pattern.count("0") > 1
        return CellFormat("padded", pattern) if padded else CellFormat()
    return _calendar_format(bare)


def _calendar_format(bare: str) -> CellFormat:
    """A format without digits shows a day, a time, or neither; the sign m is a month unless hours or seconds are near."""
    timed = bool(_TIME_SIGNS.search(bare))
    if _DATE_SIGNS.search(bare) or ("m" in bare.lower() and not timed):
        return CellFormat("day")
    return CellFormat("time") if timed else CellFormat()


def plain_text(raw: str) -> str:
    """Text with the signs that a workbook spells ``_x000D_``, and one kind of line break."""
    if "_x" in raw:
        raw = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), raw)
    return raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw


def error_text(raw: str) -> str:
    """An error value as the cell shows it (``#N/A``)."""
    return raw.strip() or "#VALUE!"


def value_text(raw: str, shown: CellFormat, *, epoch_1904: bool) -> str:
    """The text of a number cell's saved value ``raw``."""
    text = raw.strip()
    try:
        number = float(text)
    except ValueError:
        # A workbook may save days as ISO text (cell type d).
        return text
    if shown.shows == "day":
        return _day(number, epoch_1904) or _plain(text, number)
    if shown.shows == "time" and 0 <= number < 1:
        return (datetime(2000, 1, 1) + timedelta(seconds=round(number * 86_400))).strftime("%H:%M:%S")  # noqa: DTZ001
    if shown.shows == "time":
        return _day(number, epoch_1904) or _plain(text, number)
    plain = _plain(text, number)
    return _padded(plain, shown.pattern) if shown.shows == "padded" and plain.isdigit() else plain


def _day(number: float, epoch_1904: bool) -> str:
    """The ISO text of a serial day; empty when no calendar has it."""
    if not 1 <= number < 2_958_466:
        return ""
    start = datetime(1904, 1, 1) if epoch_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no zone
    return (start + timedelta(seconds=round(number * 86_400))).isoformat()


def _plain(text: str, number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return text if "e" not in text.lower() else repr(number)


def _padded(digits: str, pattern: str) -> str:
    wanted = pattern.count("0")
    if len(digits) > wanted:
        return digits
    rest = iter(digits.zfill(wanted))
    return "".join(next(rest) if sign == "0" else sign for sign in pattern)
