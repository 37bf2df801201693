"""A change of what people were told becomes a decision by itself: from it follow the 変更通知 and the calls.

- ``note_told_change(database, change, course, moved, told, known, reason, at)`` inside a change that writes more
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from app.calendar.dates import short_date
from app.subjects.events.event.rules.change_decisions import CHANGE_LETTER
from app.subjects.events.event.rules.event_state import OF_THE_DAY, standing_decision, waiting_decisions
from app.subjects.events.event.services.event_file import EventCourse
from app.subjects.events.event.services.told_event import (
    TO_WHO_COMES,
    ToldPaper,
    differs_from_known,
    place_told,
    when_told,
)
from db.engine import Database
from db.journal import Change
from db.records.calls import Call, ChangeDecision
from db.records.events import Event
from db.rows import rows

_OF_DAY_AND_HOURS: Final = ("実施日", "時間")
_HEARD: Final = ("連絡済", "伝言")


def note_told_change(
    database: Database,
    change: Change,
    course: EventCourse,
    moved: Event,
    *,
    told: Sequence[ToldPaper],
    known: Mapping[str, str],
    reason: str,
    at: datetime,
) -> None:
    """Note that an event goes to another day or hour than a letter told those who come.

    A decision that waited for its new day has it now. One of which nobody has heard yet is corrected, and taken back
    where the event goes back to what people know; whoever heard of one hears of the next by itself. Who decided is
    left open: nobody typed it.

    Args:
        course: as it was before, with ``moved`` as it is now. told: what its papers told, ``known`` what those who come
            have in mind.
    """
    if not any(one.kind in TO_WHO_COMES for one in told) or not known:
        return
    if any(one.kind in OF_THE_DAY for one in waiting_decisions(course.event, course.decisions)):
        return
    differs = differs_from_known(known, moved, _OF_DAY_AND_HOURS)
    standing = standing_decision(course.event, course.decisions)
    if standing is not None and standing.kind in OF_THE_DAY and not _heard(database, standing, told):
        if differs:
            change.update(ChangeDecision, standing.id, reason=reason or standing.reason)
        else:
            mark = f"{short_date(at.date())} もとの日時に戻した"
            change.update(ChangeDecision, standing.id, taken_back=mark)
    elif differs:
        elsewhere = differs_from_known(known, moved, ("会場",))
        change.insert(
            ChangeDecision(
                event_id=course.event.id,
                kind="日時の変更",
                decided_at=at,
                decided_by="",
                reason=reason,
                before_time=when_told(known),
                before_place=place_told(known) if elsewhere else "",
            )
        )


def _heard(database: Database, decision: ChangeDecision, told: Sequence[ToldPaper]) -> bool:
    """Whether anybody has heard of a decision, by its letter or by telephone."""
    since = decision.decided_at.date()
    if any(one.kind == CHANGE_LETTER and one.told_on >= since for one in told):
        return True
    return any(one.outcome in _HEARD for one in rows(database, Call, decision_id=decision.id))
