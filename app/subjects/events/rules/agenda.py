"""The day's timetable: clock times, and remarks against 仕様書4 オ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.subjects.events.rules.agenda_presets import clearing_items, default_agenda, setting_up_items
from db.records.events import AgendaItem
from db.records.programme import Kind

__all__ = [
    "TimedItem",
    "agenda_remarks",
    "clearing_items",
    "clock_of",
    "clock_times",
    "clock_times_before",
    "default_agenda",
    "has_questions",
    "minutes_of",
    "setting_up_items",
    "total_minutes",
]

_CLAUSES: dict[Kind, str] = {
    "講習会": "仕様書4(1)オ",
    "派遣": "仕様書4(2)オ",
    "意見交換会": "仕様書4(3)オ",
}
_QUESTION_WORDS = ("質問", "質疑", "相談")


@dataclass(frozen=True)
class TimedItem:
    """An agenda item with the clock: ``start`` and ``end`` are "HH:MM", empty without minutes."""

    start: str
    end: str
    item: AgendaItem


def minutes_of(clock: str) -> int:
    """Minutes since midnight of a time "HH:MM"."""
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def clock_of(minutes: int) -> str:
    """Time "HH:MM" of minutes since midnight."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def clock_times(start: str, items: Iterable[AgendaItem]) -> tuple[TimedItem, ...]:
    """Each item with its clock time, the first one at ``start`` ("HH:MM")."""
    now = minutes_of(start)
    timed = []
    for item in items:
        if item.minutes is None:
            timed.append(TimedItem("", "", item))
            continue
        timed.append(TimedItem(clock_of(now), clock_of(now + item.minutes), item))
        now += item.minutes
    return tuple(timed)


def clock_times_before(start: str, items: Sequence[AgendaItem]) -> tuple[TimedItem, ...]:
    """Each item with its clock time, the last one ending at ``start`` (会場設営, 受付)."""
    return clock_times(clock_of(minutes_of(start) - total_minutes(items)), items)


def total_minutes(items: Iterable[AgendaItem]) -> int:
    """合計 of the items that have minutes."""
    return sum(item.minutes or 0 for item in items)


def has_questions(items: Iterable[AgendaItem]) -> bool:
    """Whether the timetable gives time to questions (質問・個別相談時間を含む, 仕様書4 オ)."""
    return any(item.minutes and any(word in item.title for word in _QUESTION_WORDS) for item in items)


def agenda_remarks(kind: Kind, items: Iterable[AgendaItem], start: str, end: str) -> tuple[str, ...]:
    """What to look at in a timetable: its sum against ``start``–``end`` ("HH:MM") and room for questions."""
    rows, clause = tuple(items), _CLAUSES[kind]
    planned, total = minutes_of(end) - minutes_of(start), total_minutes(rows)
    if not total:
        return ("当日の進行がまだありません。",)
    remarks = []
    if total > planned:
        remarks.append(f"進行の合計が{total}分で、実施時間{planned}分を{total - planned}分超えます（{clause}）。")
    elif total < planned:
        remarks.append(f"進行の合計は{total}分です。実施時間{planned}分まで{planned - total}分の余りがあります。")
    if not has_questions(rows):
        full = f"進行の合計が{total}分で余りがなく、" if total >= planned else "進行に"
        remarks.append(f"{full}質問・個別相談の時間がありません（{clause}は質問・個別相談の時間を含む2時間程度）。")
    return tuple(remarks)
