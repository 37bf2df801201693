"""The day's timetable: clock times, and remarks against 仕様書4 オ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.subjects.events.event.rules.agenda_presets import clearing_items, default_agenda, setting_up_items
from db.records.events import AgendaItem
from db.records.programme import Kind

__all__ = [
    "LENGTH_TOPIC",
    "TimedItem",
    "agenda_remarks",
    "clearing_items",
    "clock_of",
    "clock_times",
    "clock_times_before",
    "default_agenda",
    "end_held",
    "has_questions",
    "is_example",
    "minutes_held",
    "minutes_of",
    "question_minutes",
    "setting_up_items",
    "settles_time",
    "total_minutes",
]

LENGTH_TOPIC = "実施時間"
"""The 協議 by which a timetable of another length than the time booked is settled, with its words."""

_CLAUSES: dict[Kind, str] = {
    "講習会": "仕様書4(1)オ",
    "派遣": "仕様書4(2)オ",
    "意見交換会": "仕様書4(3)オ",
}
_HOW = f"進行か時刻を直すか、「{LENGTH_TOPIC}」の協議に理由を残して済にしてください。"
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


def minutes_held(start: str, end: str, items: Iterable[AgendaItem]) -> int:
    """How long an event lasts: the sum of its timetable.

    Without a timetable, and with one that leaves more than a quarter of ``start``–``end`` open, so is not finished,
    it is the time booked: 2時間程度 (仕様書4 オ) holds from three quarters on.
    """
    planned, total = minutes_of(end) - minutes_of(start), total_minutes(items)
    return total if total * 4 >= planned * 3 else planned


def end_held(start: str, end: str, items: Iterable[AgendaItem]) -> str:
    """When an event booked for ``start``–``end`` ("HH:MM") ends by its timetable (``minutes_held``); papers once said
    so."""
    return clock_of(minutes_of(start) + minutes_held(start, end, items))


def question_minutes(items: Iterable[AgendaItem]) -> int:
    """The minutes for questions (質問・個別相談時間, 仕様書4 オ)."""
    return sum(item.minutes or 0 for item in items if any(word in item.title for word in _QUESTION_WORDS))


def has_questions(items: Iterable[AgendaItem]) -> bool:
    """Whether the timetable gives time to questions (質問・個別相談時間を含む, 仕様書4 オ)."""
    return question_minutes(items) > 0


def is_example(kind: Kind, items: Iterable[AgendaItem]) -> bool:
    """Whether a timetable is still the example it began with, line by line."""
    return [(one.minutes, one.title) for one in items] == [(one.minutes, one.title) for one in default_agenda(kind)]


def settles_time(kind: Kind, total: int, planned: int, *, agreed: bool) -> bool:
    """Whether nothing is left to do about the length of a timetable.

    Args:
        total: the minutes of the timetable. planned: those of the time booked.
        agreed: the 協議 「実施時間」 is settled, which says why it is another length (2時間程度, 仕様書4 オ).

    A 派遣 leaves the rest of the time to the 団体 (仕様書4(2)カ).
    """
    return total > 0 and (agreed or total == planned or (kind == "派遣" and total < planned))


def agenda_remarks(
    kind: Kind, items: Iterable[AgendaItem], start: str, end: str, *, agreed: bool = False
) -> tuple[str, ...]:
    """What to look at in a timetable: its sum against ``start``–``end`` ("HH:MM") and room for questions.

    What is about its length goes when ``settles_time`` says so; ``agreed`` as there.
    """
    rows, clause = tuple(items), _CLAUSES[kind]
    planned, total = minutes_of(end) - minutes_of(start), total_minutes(rows)
    if not total:
        return ("当日の進行がまだありません。",)
    remarks = []
    if not settles_time(kind, total, planned, agreed=agreed):
        if total > planned:
            remarks.append(
                f"進行の合計が{total}分で、実施時間{planned}分を{total - planned}分超えます（{clause}）。{_HOW}"
            )
        else:
            remarks.append(
                f"進行の合計は{total}分です。実施時間{planned}分まで{planned - total}分の余りがあります。{_HOW}"
            )
    if not has_questions(rows):
        full = f"進行の合計が{total}分で余りがなく、" if total >= planned else "進行に"
        remarks.append(f"{full}質問・個別相談の時間がありません（{clause}は質問・個別相談の時間を含む2時間程度）。")
    return tuple(remarks)
