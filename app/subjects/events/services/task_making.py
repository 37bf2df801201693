"""Making a task out of a deadline of the rules, as it stands today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.asked import Asked
from app.calendar.dates import short_date
from app.calendar.office_days import OfficeCalendar
from app.subjects.events.rules.deadlines import HEADCOUNT, REPORT, Deadline
from app.subjects.events.rules.guides import DRAFT, INVOICE, NOTICE, TALLY_CHECK
from app.subjects.events.rules.states import announced_stage, state_of
from app.subjects.events.services.task import (
    CHANGE_NOTICE,
    CORRECTION,
    LABELS,
    PROPOSAL,
    RESUBMISSION,
    Task,
    asked_by,
)
from db.records.events import Event

_WAITING = frozenset({REPORT, DRAFT, PROPOSAL, RESUBMISSION, CORRECTION, NOTICE, INVOICE})


def make_task(
    deadline: Deadline,
    *,
    event: Event | None,
    today: date,
    calendar: OfficeCalendar,
    closed_on: date | None = None,
    label: str = "",
    detail: str = "",
    asked: Asked | None = None,
    announce_days: Iterable[int] = (),
    provisional: str = "",
    programme_id: int | None = None,
    step_id: int | None = None,
    material_id: int | None = None,
) -> Task:
    """Turn a deadline of the rules into the row of a screen, as it stands on ``today``."""
    state = state_of(deadline, today, closed_on, calendar)
    own = not deadline.contract
    return Task(
        event_id=event.id if event else None,
        kind=event.kind if event else None,
        event_title=event.full_title if event else "",
        event_date=event.event_date if event else None,
        task=deadline.task,
        label=label or LABELS.get(deadline.task, deadline.task),
        detail=detail,
        owner=deadline.owner,
        owner_words="区→受託者" if deadline.task in (HEADCOUNT, CHANGE_NOTICE) else deadline.owner,
        ball="受託者" if deadline.task in _WAITING else "区",
        contract=deadline.contract,
        self_managed=deadline.task == TALLY_CHECK,
        clause=deadline.clause,
        rule=deadline.rule,
        basis=deadline.basis,
        margin_basis=deadline.margin_basis,
        basis_short=short_basis(deadline, today),
        nominal=None if own else deadline.nominal,
        working=None if own else deadline.working,
        margin=deadline.margin,
        due=deadline.counts_to,
        column="margin" if own else "working" if deadline.direction == "before" else "nominal",
        override=deadline.override,
        override_reason=deadline.override_reason,
        closed_on=closed_on,
        late=state.late,
        bucket=state.bucket,
        days_left=state.days_left,
        open_days_left=state.open_days_left,
        overdue_days=state.overdue_days,
        short_words=state.short_words,
        open_words=state.open_words,
        state_words=state.words,
        announced=announced_stage(state, announce_days),
        provisional=provisional,
        warnings=deadline.warnings,
        asked=asked or asked_by(deadline.task, event),
        programme_id=programme_id,
        step_id=step_id,
        material_id=material_id,
    )


def short_basis(deadline: Deadline, today: date) -> str:
    """The basis in one short line: 「仕4(1)エ 5日前 9/19(土)→前の開庁日」, 「区の目標 2開庁日前」."""
    if deadline.override is not None:
        return f"手で変更（{deadline.override_reason}）"
    if not deadline.contract:
        return f"区の目標 {deadline.rule}".strip()
    words = f"{deadline.clause} {deadline.rule}".strip()
    if deadline.working == deadline.nominal:
        return words
    if deadline.direction == "before":
        return f"{words} {short_date(deadline.nominal, today)}→前の開庁日"
    return f"{words} 休日の場合 {short_date(deadline.working, today)}"
