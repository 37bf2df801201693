"""The seven steps of a day, and the one rule by which one of them is in force: how things stand, and the clock.

- ``in_force(facts, now) -> Step | None`` the step to do now; None = nothing is due
- ``is_done(step, facts) -> bool``
- ``next_turn(facts, now) -> datetime | None`` when the clock alone may put another step in force
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, get_args

from app.papers.event_facts import StateWord
from app.papers.rules.states import OFF
from db.frozen_record import frozen_record

Step = Literal["紙", "持出し", "受付", "実施", "回収", "返却", "出席"]
STEPS: Final[tuple[Step, ...]] = get_args(Step)
DOOR_BEFORE: Final = timedelta(minutes=30)
"""How long before the beginning the door opens where 当日の進行 names no hour for it."""


@frozen_record
class DayFacts:
    """How one event stands, as far as the steps of its day ask.

    Attributes:
        day: None = no day is decided. start, end: "HH:MM", "" = not known. word, open_item: how it stands
            (``EventState``), whatever the day is today. recorded: its result is recorded (実施済).
        printed: all papers of the set have left once. changed: so many of them say something else since.
        taken: the 持出し管理簿 has a row for this day. outside: so many rows, files and tablets are
            not back (a tablet until its 初期化 is confirmed).
        people: so many stand on the 受付名簿, ``unmarked`` of them neither 出席 nor 欠席. closed: the door was closed.
        collected: answers to the survey are there.
    """

    day: date | None
    start: str
    end: str
    word: StateWord = "予定"
    open_item: str = ""
    recorded: bool = False
    printed: bool = False
    changed: int = 0
    taken: bool = False
    outside: int = 0
    people: int
    unmarked: int
    closed: bool = False
    collected: bool = False

    @property
    def takes_place(self) -> bool:
        """Whether the event can be relied on: neither 中止 nor put off, and its new day is known."""
        return self.day is not None and self.word not in OFF and self.open_item != "日時"

    @property
    def door(self) -> datetime | None:
        """When the door opens, None while day or hour are not known."""
        begins = self._at(self.start)
        return begins - DOOR_BEFORE if begins is not None else None

    @property
    def begins(self) -> datetime | None:
        """The beginning, None while day or hour are not known."""
        return self._at(self.start)

    @property
    def ends(self) -> datetime | None:
        """The end; without a known hour the end of the day."""
        known = self._at(self.end)
        if known is not None or self.day is None:
            return known
        return datetime.combine(self.day + timedelta(days=1), time())

    def _at(self, clock: str) -> datetime | None:
        hours, _, minutes = clock.partition(":")
        if self.day is None or not (hours.isdigit() and minutes.isdigit()):
            return None
        return datetime.combine(self.day, time(int(hours), int(minutes)))


def in_force(facts: DayFacts, now: datetime) -> Step | None:
    """Return the step to do now; None = nothing is due by the rule (any step can be opened all the same).

    What was taken out is asked back whatever became of the event. Papers and taking out lapse when the door opens: who
    printed elsewhere is not held up. After the end only the record, what is outside and who is unmarked are left.
    """
    if facts.recorded or not facts.takes_place:
        unmarked = facts.recorded and facts.unmarked
        return "返却" if facts.outside else "出席" if unmarked else None
    if facts.ends is not None and now >= facts.ends:
        return "実施"
    if not facts.taken and (facts.door is None or now < facts.door):
        return "持出し" if is_done("紙", facts) else "紙"
    if facts.people:
        return "受付"
    return "実施" if facts.begins is not None and now >= facts.begins else None


def is_done(step: Step, facts: DayFacts) -> bool:
    """Whether a step is done as things stand; papers that changed after they were taken out stay done."""
    done: Mapping[Step, bool] = {
        "紙": facts.printed and (not facts.changed or facts.taken),
        "持出し": facts.taken,
        "受付": facts.closed,
        "実施": facts.recorded,
        "回収": facts.collected,
        "返却": facts.taken and not facts.outside,
        "出席": bool(facts.people) and not facts.unmarked,
    }
    return done[step]


def next_turn(facts: DayFacts, now: datetime) -> datetime | None:
    """Return the next moment at which the clock alone may put another step in force, None = no more."""
    turns = [one for one in (facts.door, facts.begins, facts.ends) if one is not None and one > now]
    return min(turns, default=None)
