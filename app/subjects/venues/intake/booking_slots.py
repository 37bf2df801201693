"""Reads the time slot of a booking: 13:00～17:00, 13時から17時, or a word such as 午後."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.calendar.office_days import DateProblem
from app.calendar.typed_dates import parse_time

_PARTS = re.compile(r"\s*(?:~|〜|-|‐|―|–|—|−|ー|から|より|→)\s*")
_AROUND = re.compile(r"^.*?[(（]\s*(?=\d)|[)）].*$|まで$|\(\d+時間\)$")
_ISO_TIME = re.compile(r"(?:\d{4}-\d{2}-\d{2}T)?(\d{1,2}:\d{2})(?::\d{2})?")

SLOT_HOURS = {
    "午前": ("09:00", "12:00"),
    "午後": ("13:00", "17:00"),
    "午前・午後": ("09:00", "17:00"),
    "午後・夜間": ("13:00", "21:30"),
    "夜間": ("18:00", "21:30"),
    "夜": ("18:00", "21:30"),
    "全日": ("09:00", "21:30"),
    "終日": ("09:00", "21:30"),
    "1日": ("09:00", "21:30"),
}
"""What a slot's word usually means in the ward's halls; another house may cut its day otherwise, so it is said."""


@dataclass(frozen=True, kw_only=True)
class SlotReading:
    """Start and end as "HH:MM"; ``assumed`` when only a word stood there, ``problem`` when nothing could be read."""

    start: str = ""
    end: str = ""
    assumed: bool = False
    problem: str = ""


def read_slot(text: str) -> SlotReading:
    """Read a slot written in one cell; an empty cell gives an empty reading."""
    plain = unicodedata.normalize("NFKC", text).replace("\u301c", "~").strip()
    if not plain:
        return SlotReading()
    word = plain.replace(" ", "")
    if word in SLOT_HOURS:
        start, end = SLOT_HOURS[word]
        return SlotReading(start=start, end=end, assumed=True)
    bare = _AROUND.sub("", plain).strip() if re.search(r"\d", plain) else plain
    parts = [part for part in _PARTS.split(bare) if part]
    if len(parts) == 2:
        start, end = (read_clock(part.removesuffix("まで")) for part in parts)
        if start and end:
            return _ordered(start, end, text)
    return SlotReading(problem=f"利用時間「{text.strip()[:20]}」を読めない")


def read_times(start: str, end: str) -> SlotReading:
    """Read a start and an end of two cells."""
    if not start.strip() and not end.strip():
        return SlotReading()
    first, last = read_clock(start), read_clock(end)
    if (start.strip() and not first) or (end.strip() and not last):
        return SlotReading(start=first, end=last, problem=f"利用時間「{(start or end).strip()[:20]}」を読めない")
    return _ordered(first, last, f"{start}～{end}")


def read_clock(text: str) -> str:
    """A time of day as "HH:MM", or an empty text when it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _ISO_TIME.fullmatch(plain)
    try:
        return parse_time(match.group(1) if match else plain)
    except DateProblem:
        return ""


def _ordered(start: str, end: str, written: str) -> SlotReading:
    if start and end and start >= end:
        return SlotReading(start=start, end=end, problem=f"利用時間「{written.strip()[:20]}」の終わりが始まりより前")
    return SlotReading(start=start, end=end)
