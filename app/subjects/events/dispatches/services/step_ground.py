"""What is recorded of the steps of one 派遣, for the list of the year and for 支援のあゆみ alike.

- ``ground_of(course, wish, decisions, tries) -> StepGround``
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.subjects.events.dispatches.rules import CALL, StepGround
from app.subjects.events.event.rules.event_state import state_of
from app.subjects.events.event.rules.recruitment import DECISION
from app.subjects.events.event.services.event_file import EventCourse
from app.subjects.events.event.services.tasks.closings import choice_told_on, chosen_on, report_in_on, reviewed_on
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchFollowUp, DispatchWish


def ground_of(
    course: EventCourse | None,
    wish: DispatchWish | None,
    *,
    decisions: Sequence[ChangeDecision],
    tries: Iterable[DispatchFollowUp],
) -> StepGround:
    """Return what is recorded of one 派遣.

    Args:
        course: its event with steps, letters and reports, None while it has none. wish: its slip. decisions: what was
            decided about its day, oldest first. tries: what was asked after it.
    """
    if course is None:
        return StepGround(wish=wish)
    event, report = course.event, course.report
    state = state_of(event, decisions)
    letters = [one for one in course.letters if one.document_kind == DECISION]
    return StepGround(
        wish=wish,
        event=event,
        put_off=state.word == "延期" or state.open_item == "日時",
        chosen_on=chosen_on(course),
        told_on=choice_told_on(course),
        approved=any(one.state == "決裁済" for one in letters),
        report_in=report_in_on(course) is not None,
        report_asked_back=report is not None and report.status == "修正依頼",
        report_checked=reviewed_on(course) is not None,
        called=any(one.kind == CALL and one.state == "完了" for one in tries),
    )
