"""Recognises texts that are numbers, days or times, and the number format that shows them unchanged."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from db.digits import without_commas

_COUNTERS = (
    "％|%|円|人|名|件|団体|世帯|戸|社|者|部|冊|枚|通|台|本|個|組|班|票|問|点|種類|種|品目|品|室|回|番|つ|表|列|字|行|頁|ページ"
    "|か所|支部|年度|年|か月|月|週間|週|日間|日|時間|分間|分|秒"
)
_NUMBER = re.compile(
    r"(?P<sign>[+\-−△]?)(?P<whole>0|[1-9]\d{0,2}(?:,\d{3}){1,4}|[1-9]\d{0,14})(?P<part>\.\d{1,6})?"
    rf"(?P<unit>(?:{_COUNTERS})?(?:程度|以上|以下|以内|未満|まで|ごと|ほど|前|後|中|目|分|超)?)"
)
"""A number with the word by which it is counted.

Any other word makes a text of it (「1階の受付」, 「1丁目町会」): a number loses its word where its value is read.
"""


_DAY = re.compile(
    r"(?P<era>R|令和)(?P<year>[1-9]\d?)(?:\.|年)(?P<month>1[0-2]|[1-9])(?:\.|月)(?P<day>[1-3]\d|[1-9])(?P<end>日?)"
    r"(?P<week>(?P<open>[（(])(?P<name>[月火水木金土日])(?P<free>・[祝休])?[）)])?"
)
_CLOSING = {"（": "）", "(": ")"}
_FORMS = {"R": ("[$-411]ge.m.d", ""), "令和": ('[$-411]ggge"年"m"月"d"日"', "日")}
_NAMES = "月火水木金土日"
ERAS = "R令"
"""Era names with which a written-out day begins."""
_THOUSAND = 1000
_TIME = re.compile(r"(?P<hour>0?\d|1\d|2[0-3]):(?P<minute>[0-5]\d)")
_REIWA = date(2019, 5, 1)
_EXCEL_DAY_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's day count."""


class CellNumber(NamedTuple):
    """A value and the number format that shows the text it came from."""

    value: int | float
    number_format: str


@lru_cache(maxsize=4096)
def read_number(text: str, *, thousands: bool = False, triangle_minus: bool = False) -> CellNumber | None:
    """Return the number that ``text`` writes out ("16", "4,200円", "+1", "△12", "93.8％"), or None for any other text.

    Codes with leading zeros, times and dates stay texts. ``thousands``: the numbers beside it are written with commas;
    ``triangle_minus``: negative numbers are written with △ there.
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    sign, whole, part, unit = found["sign"], found["whole"], found["part"] or "", found["unit"]
    digits = without_commas(whole) + part
    value: int | float = float(digits) if part else int(digits)
    if sign in ("-", "−", "△"):
        value = -value
    shown = "#,##0" if "," in whole or (thousands and abs(value) < _THOUSAND) else "0"
    shown += "." + "0" * (len(part) - 1) if part else ""
    shown += f'"{unit}"' if unit else ""
    if sign or triangle_minus:
        plus = "" if sign in ("", "△") else "+"
        minus = '"△"' if triangle_minus or sign == "△" else '"−"' if sign == "−" else "-"
        shown = f"{plus}{shown};{minus}{shown};{shown}"
    return CellNumber(value, shown)


def column_number_reader(texts: Collection[str]) -> Callable[[str], CellNumber | None]:
    """Return the function that reads the numbers of one column, all with the same number format."""
    commas, falls = any("," in text for text in texts), any(text[0] == "△" for text in texts)
    return partial(read_number, thousands=commas, triangle_minus=falls) if commas or falls else read_number


@lru_cache(maxsize=4096)
def read_day(text: str) -> CellNumber | None:
    """Return the day that ``text`` writes out in full ("R8.9.14（月）", "令和8年9月23日（水・祝）"), or None.

    The number format uses 和暦, which every Excel knows, and adds the weekday by itself; 「・祝」 is a literal in the
    format. A day written with a wrong weekday stays text.
    """
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    form, end = _FORMS[found["era"]]
    if found["end"] != end or ("年" in text) != bool(end):
        return None
    try:
        day = date(2018 + int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    if day < _REIWA or (found["name"] and _NAMES[day.weekday()] != found["name"]):
        return None
    week = ""
    if found["week"]:
        if found["week"][-1] != _CLOSING[found["open"]]:
            return None
        week = f'"{found["open"]}"aaa"{found["free"] or ""}{found["week"][-1]}"'
    return CellNumber((day - _EXCEL_DAY_ZERO).days, form + week)


@lru_cache(maxsize=4096)
def read_moment(text: str) -> CellNumber | None:
    """Return the moment that a ledger writes as a day over a time ("R8.8.25(火)\\n16:00"), the day alone, or None."""
    written, over, clock = text.partition("\n")
    day, time = read_day(written), read_time(clock)
    if not over or day is None:
        return day if not over else None
    if time is None:
        return None
    return CellNumber(day.value + time.value, f"{day.number_format} h:mm")


def all_numbers(texts: Collection[str]) -> bool:
    """Return whether a column holds only numbers ("16", "3件"), ignoring empty cells and 「—」."""
    kept = [text for text in texts if text not in ("", "—")]
    return bool(kept) and all(read_number(text) is not None for text in kept)


def read_day_without_weekday(text: str) -> CellNumber | None:
    """Return the day as :func:`read_day` does, shown without its weekday, for narrow columns."""
    found = read_day(text)
    return found and found._replace(number_format=re.split('"[（(]"', found.number_format)[0])


def read_time(text: str) -> CellNumber | None:
    """Return the time of day that ``text`` writes out ("14:05"), or None."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    minutes = int(found["hour"]) * 60 + int(found["minute"])
    return CellNumber(minutes / 1440, "hh:mm" if len(text) == 5 else "h:mm")


def number_with_unit(value: str, unit: str) -> CellNumber | None:
    """Return the number of a key figure with its unit in the format, or None if ``value`` is no number."""
    found = read_number(value)
    if found is None or not unit:
        return found
    quoted = unit.replace('"', '""')
    return CellNumber(found.value, ";".join(f'{part}"{quoted}"' for part in found.number_format.split(";")))
