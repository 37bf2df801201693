"""Find the value that a paragraph of the next 仕様書 states for a number of the contract."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.programme.rules.contract_values import LOOSE, STRICT, ContractValue, ValueType
from app.subjects.year.specification.rules.paragraphs import SpecParagraph

_COUNT: Final = re.compile(r"(?:全|計|年)?(\d+)(?:回|団体|か所)(程度|以上|前後|ほど)?")
_DAYS: Final = re.compile(r"(\d+)日間")
_PEOPLE: Final = re.compile(r"(\d+)人?(?:から|~|-|ないし)(\d+)人|(\d+)人")
_BEFORE: Final = re.compile(r"(\d+)(日|週間|か月|ヶ月|ヵ月|カ月|ケ月|箇月)前")
_WITHIN: Final = re.compile(r"(\d+)(日|週間|か月|ヶ月|ヵ月|カ月|ケ月|箇月)以内")
_LENGTH: Final = re.compile(r"(\d+(?:\.\d+)?)時間(?:(半)|(\d+)分)?|(\d+)分")
_DATE: Final = re.compile(r"(?:令和(元|\d+)|(20\d\d))年(\d+)月(\d+)日")
_REIWA: Final = 2018


@dataclass(frozen=True)
class FoundValue:
    """A value as stored, and the words of the 仕様書 it was read from."""

    text: str
    quote: str


def find_value(value: ContractValue, paragraph: SpecParagraph) -> FoundValue | None:
    """Return what a paragraph states for a number of the contract, or None where it has no such number.

    Args:
        value: this year's number.
        paragraph: of the next 仕様書.
    """
    name = value.key.partition(".")[2]
    said = (
        re.sub(r"\s", "", unicodedata.normalize("NFKC", paragraph.body))
        .replace("〜", "~")
        .replace("−", "-")
        .replace("–", "-")
    )
    if value.value_type == "項番":
        return FoundValue(f"仕{paragraph.clause}", paragraph.title) if paragraph.clause else None
    if name == "title":
        first = paragraph.body.split("\n", 1)[0].strip()
        return FoundValue(first, first) if first else None
    if value.value_type == "日付":
        return _date(name, said)
    if value.value_type == "期間":
        return _period(value.text, said)
    return _number(name, value.value_type, said)


def _number(name: str, sort: ValueType, said: str) -> FoundValue | None:
    if sort == "程度":
        counted = _COUNT.search(said)
        return FoundValue(LOOSE if counted[2] else STRICT, counted[0]) if counted else None
    if name == "minutes":
        length = _LENGTH.search(said)
        return FoundValue(str(_minutes(length)), length[0]) if length else None
    if name in ("people_min", "people_max"):
        people = _PEOPLE.search(said)
        if people is None:
            return None
        low, high = (people[1], people[2]) if people[1] else (people[3], people[3])
        return FoundValue(str(int(low if name == "people_min" else high)), people[0])
    found = (_DAYS if name == "days" else _COUNT).search(said)
    return FoundValue(str(int(found[1])), found[0]) if found else None


def _minutes(found: re.Match[str]) -> int:
    if found[4]:
        return int(found[4])
    return round(float(found[1]) * 60) + (30 if found[2] else int(found[3] or 0))


def _period(kept: str, said: str) -> FoundValue | None:
    """Return the first period that counts in the same direction as this year's."""
    before = kept.endswith("前")
    found = (_BEFORE if before else _WITHIN).search(said)
    if found is None:
        return None
    unit = found[2] if found[2] in ("日", "週間") else "か月"
    return FoundValue(f"{int(found[1])}{unit}{'前' if before else '以内'}", found[0])


def _date(name: str, said: str) -> FoundValue | None:
    """Return the first date for a first day, the second or else only one for a last day."""
    found = [(made, one[0]) for one in _DATE.finditer(said) if (made := _day(one)) is not None]
    if not found or (name == "window_end" and len(found) < 2):
        return None
    day, quote = found[0] if name == "window_start" else found[1] if name == "window_end" else found[-1]
    return FoundValue(day.isoformat(), quote)


def _day(found: re.Match[str]) -> date | None:
    year = int(found[2]) if found[2] else _REIWA + (1 if found[1] == "元" else int(found[1]))
    try:
        return date(year, int(found[3]), int(found[4]))
    except ValueError:
        return None
