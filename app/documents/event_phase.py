"""What an event is on a day: the only answer to whether it counts, waits, is announced, or will be held."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from db.record import record


class EventPhase(StrEnum):
    """What an event is on a day, by its stored status, the decisions about it, its request and its day."""

    REQUEST_UNDECIDED = "選定前"
    """A visit whose 希望票 is not decided on."""
    WITHOUT_DAY = "協議中"
    """It never had a day."""
    PLANNED = "予定"
    """Its day is today or ahead."""
    WITHOUT_PLACE = "会場未定"
    """A 会場の変更 was decided and the new place is not entered, until its day is over."""
    WITHOUT_NEW_DAY = "日時未定"
    """A 延期 or 日時の変更 was decided and the new day is not entered, also after the old day."""
    RESULT_MISSING = "結果未記録"
    """Its day is over, and nothing is recorded."""
    HELD = "実施済"
    CANCELLED = "中止"
    WITHDRAWN = "取下げ"
    DECLINED = "不採択"

    @property
    def counts(self) -> bool:
        """Return whether the event is one of those of its year, held or to come."""
        return not self.is_ended and self is not EventPhase.REQUEST_UNDECIDED

    @property
    def awaits_day(self) -> bool:
        """Return whether a day is still to be found for it."""
        return self in (EventPhase.WITHOUT_DAY, EventPhase.WITHOUT_NEW_DAY)

    @property
    def will_be_held(self) -> bool:
        """Return whether it will be held on its day, so that people are invited to it and the door opens then."""
        return self in (EventPhase.PLANNED, EventPhase.WITHOUT_PLACE)

    @property
    def is_over(self) -> bool:
        """Return whether its day is over, or its result recorded."""
        return self in (EventPhase.RESULT_MISSING, EventPhase.HELD)

    @property
    def is_ended(self) -> bool:
        """Return whether it will not be held at all (中止, 取下げ, 不採択); counts name it and leave it out."""
        return self in (EventPhase.CANCELLED, EventPhase.WITHDRAWN, EventPhase.DECLINED)

    @property
    def is_off(self) -> bool:
        """Return whether nothing may rely on its day: it is ended or not chosen, or another day is awaited."""
        return not self.counts or self is EventPhase.WITHOUT_NEW_DAY


@record
class EventState:
    """The phase of an event on a day, since when it holds (None = not known), and what led to it.

    ``decided`` is the urgent decision in effect (中止, 延期, 日時の変更, 会場の変更), "" without; ``lacks_people`` says
    of a held event that its numbers are not recorded yet.
    """

    phase: EventPhase = EventPhase.PLANNED
    since: date | None = None
    decided: str = ""
    lacks_people: bool = False

    @property
    def word(self) -> str:
        """Return the phase as screens and papers say it: 延期 or 日時の変更 in place of 日時未定."""
        return self.decided if self.phase is EventPhase.WITHOUT_NEW_DAY else self.phase
