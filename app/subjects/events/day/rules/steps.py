"""The seven steps of a day, and the rule for which one is current, from the state of the event and the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, get_args

from app.documents.event_facts import StateWord
from app.documents.rules.state_effects import OFF_STATES
from db.frozen_record import frozen_record

Step = Literal["紙", "持出し", "受付", "実施", "回収", "返却", "出席"]
ALL_STEPS: Final[tuple[Step, ...]] = get_args(Step)
CHECK_IN_LEAD: Final = timedelta(minutes=30)
"""How long before the start check-in opens if 当日進行 has no time for it."""


@frozen_record
class DayFacts:
    """State of one event as far as the steps of its day need it.

    Attributes:
        day: None = not decided.
        start, end: "HH:MM", "" = not known.
        word, open_item: state of the event (``EventState``), independent of today.
        has_result: its result is recorded (実施済).
        is_printed: all documents of the set were issued once.
        changed_count: number of documents whose content has changed since.
        has_checkout: the 持出し管理簿 has a row for this day.
        outstanding_count: rows, files and tablets that are not back (a tablet until its 初期化 is confirmed).
        people: number on the 受付名簿; ``unmarked`` of them are neither 出席 nor 欠席.
        check_in_closed: check-in was closed.
        has_responses: survey responses were entered.
    """

    day: date | None
    start: str
    end: str
    word: StateWord = "予定"
    open_item: str = ""
    has_result: bool = False
    is_printed: bool = False
    changed_count: int = 0
    has_checkout: bool = False
    outstanding_count: int = 0
    people: int
    unmarked: int
    check_in_closed: bool = False
    has_responses: bool = False

    @property
    def takes_place(self) -> bool:
        """Return whether the event takes place: neither 中止 nor postponed, and a new day is known."""
        return self.day is not None and self.word not in OFF_STATES and self.open_item != "日時"

    @property
    def check_in_opens_at(self) -> datetime | None:
        """Return when check-in opens, None while day or time are not known."""
        begins = self._moment_of_day(self.start)
        return begins - CHECK_IN_LEAD if begins is not None else None

    @property
    def starts_at(self) -> datetime | None:
        """Return the start, None while day or time are not known."""
        return self._moment_of_day(self.start)

    @property
    def ends_at(self) -> datetime | None:
        """Return the end; without a known time the end of the day."""
        known = self._moment_of_day(self.end)
        if known is not None or self.day is None:
            return known
        return datetime.combine(self.day + timedelta(days=1), time())

    def _moment_of_day(self, clock: str) -> datetime | None:
        hours, _, minutes = clock.partition(":")
        if self.day is None or not (hours.isdigit() and minutes.isdigit()):
            return None
        return datetime.combine(self.day, time(int(hours), int(minutes)))


def current_step(facts: DayFacts, now: datetime) -> Step | None:
    """Return the current step; None = nothing is due (any step can be opened all the same).

    Items taken out are to be returned whatever became of the event. Printing and taking out are skipped once check-in
    opens, so that whoever printed elsewhere is not held up. After the end only the result, outstanding items and
    unmarked people remain.
    """
    if facts.has_result or not facts.takes_place:
        unmarked = facts.has_result and facts.unmarked
        return "返却" if facts.outstanding_count else "出席" if unmarked else None
    if facts.ends_at is not None and now >= facts.ends_at:
        return "実施"
    if not facts.has_checkout and (facts.check_in_opens_at is None or now < facts.check_in_opens_at):
        return "持出し" if is_done("紙", facts) else "紙"
    if facts.people:
        return "受付"
    return "実施" if facts.starts_at is not None and now >= facts.starts_at else None


def is_done(step: Step, facts: DayFacts) -> bool:
    """Return whether a step is done; documents that changed after they were taken out stay done."""
    done: Mapping[Step, bool] = {
        "紙": facts.is_printed and (not facts.changed_count or facts.has_checkout),
        "持出し": facts.has_checkout,
        "受付": facts.check_in_closed,
        "実施": facts.has_result,
        "回収": facts.has_responses,
        "返却": facts.has_checkout and not facts.outstanding_count,
        "出席": bool(facts.people) and not facts.unmarked,
    }
    return done[step]


def next_transition(facts: DayFacts, now: datetime) -> datetime | None:
    """Return the next moment at which the clock alone may change the current step, None = no more."""
    turns = [one for one in (facts.check_in_opens_at, facts.starts_at, facts.ends_at) if one is not None and one > now]
    return min(turns, default=None)
