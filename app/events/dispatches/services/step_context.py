"""Collects the records for the steps of one 派遣, for the list of the year and 支援のあゆみ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.event.rules.event_state import awaits_day
from app.event.rules.recruitment import CHOICE_STEP, DECISION
from app.event.services.agreements import HEARING
from app.event.services.event_records import EventCoreRecords
from app.event.services.tasks.task_completion import choice_notified_on, report_confirmed_on, report_received_on
from app.events.dispatches.rules import StepContext, called_after, steps_of_visits
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchRequest
from db.records.programme import EventKind
from db.tables.dispatches import CallsAfterVisit


def step_context_of(
    records: EventCoreRecords | None,
    request: DispatchRequest | None,
    *,
    decisions: Sequence[ChangeDecision],
    call: CallsAfterVisit | None,
    kind: EventKind,
) -> StepContext:
    """Return what is recorded of one 派遣, as input of the rule for its steps.

    Args:
        records: its event with steps, letters and reports, None while it has none.
        request: its request.
        decisions: about its day, oldest first.
        call: the calls after it.
        kind: of the 派遣.
    """
    if records is None:
        return StepContext(request=request, steps=steps_of_visits(kind), called_after=called_after(kind))
    event, report = records.event, records.current_report
    letters = [one for one in records.letters if one.document_kind == DECISION]
    return StepContext(
        request=request,
        event=event,
        is_postponed=awaits_day(event, decisions),
        selected_on=chosen_on(records),
        notified_on=choice_notified_on(records),
        is_approved=any(one.state.is_approved for one in letters),
        awaits_hearing=any(one.is_open and one.topic == HEARING for one in records.agreements),
        has_report=report_received_on(records) is not None,
        is_correction_requested=report is not None and report.status.is_returned,
        is_report_checked=report_confirmed_on(records) is not None,
        is_called=call is not None
        and (
            (call.is_followed and kind.follow_up_by.by_organisation) or call.made >= max(1, len(kind.follow_up_months))
        ),
        steps=steps_of_visits(kind),
        called_after=called_after(kind),
    )


def chosen_on(records: EventCoreRecords) -> date | None:
    """Return the day on which the step 選定 of a 派遣 was ticked, by a decision on its request or by hand, or None."""
    return next((step.done_on for step in records.steps if step.name == CHOICE_STEP), None)
