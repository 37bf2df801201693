"""What is noted with a decision in a hurry and tells it: the day, time and place that people have in mind, and what
comes instead."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.calendar.dates import clock_words, long_date

CANCELLATION_LETTER: Final = "中止通知"
CHANGE_LETTER: Final = "変更通知"
"""The letters by which a decision is told."""
INVITATION_LETTER: Final = "開催通知"
"""The letter by which those who come to what needs no choice learn when and where it is."""
NO_PLACE_LETTER: Final = "落選通知"
"""The letter by which who applied learns that there was no place."""
WITHDRAWAL_LETTER: Final = "辞退受理通知"
"""The letter by which who withdrew learns that it was received."""
BEFORE_TIME, BEFORE_PLACE, SUBSTITUTE = "もとの日時", "もとの会場", "振替日"
TOLD_TIME: Final = "知らせた日時"
"""The day and time that people have in mind of what was put off, where the event had been moved before and nobody was
told; 「もとの日時」 then says from which day it was put off."""
TAKEN_BACK: Final = "取消"
"""When and by whom a 延期 or a change was taken back; a 中止 that was is known by its event."""


def note_value(note: str, name: str) -> str:
    """Return what stands behind 「name：」 in the lines of a decision's note, or empty."""
    for line in note.splitlines():
        head, sign, rest = line.partition("：")
        if sign and head == name:
            return rest
    return ""


def time_in_mind(note: str) -> str:
    """Return the day and time that people have in mind by the note of a decision, or empty."""
    return note_value(note, TOLD_TIME) or note_value(note, BEFORE_TIME)


def with_note_value(note: str, name: str, value: str) -> str:
    """Return the note with 「name：value」 put in, replaced or (empty value) taken out."""
    lines = [line for line in note.splitlines() if line.partition("：")[0] != name]
    return "\n".join([*lines, f"{name}：{value}"] if value else lines)


def begins_otherwise(before: str, event_date: date | None, start_time: str) -> bool:
    """Whether an event begins at another time than ``before`` says (「令和8年9月24日（木）午後2時から…」).

    When it ends says its timetable, which may be mended; without a day it begins at no time.
    """
    if event_date is None:
        return True
    return not before.replace("　", "").startswith(f"{long_date(event_date)}{clock_words(start_time)}から")
