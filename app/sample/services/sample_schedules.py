"""The sample year's schedule drafts (案), from the contractor's first one to an open change, and ward days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.event.rules.event_warning import AGREEMENT
from app.events.schedules.rules import usual_ward_days
from app.events.schedules.services import as_typed_text, values_of_event
from app.sample.services.sample_events import STAFF, SampleEvents
from db.journal import Change
from db.records.events import Event
from db.records.schedules import ScheduleCandidate, SchedulePlan

# The contractor's first dates where they were other ones; the ward asked for what was held.
_FIRST_DATES = {"L2": "10/1", "L4": "10/28", "E1": "11/11", "D3": "R9.1.21", "L7": "12/17"}
# What is talked about now: typed date, reason.
_PROPOSED_DATES = {
    "L7": ("12/26", ""),
    "D3": ("R9.3.11", ""),
    "E2": ("R9.2.11", "役員が出やすい日"),
}
_CONTRACTOR_ORDINAL = 1
_NEWEST_ORDINAL = 3


def fill_schedules(
    change: Change, sample: SampleEvents, events: Sequence[Event], *, programme_id: int, fiscal_year: int
) -> None:
    """Insert three 案 of the dates and the ward's own days, those before the sample's today as done."""
    for ordinal, (name, day, applied) in enumerate(
        (
            ("受託者", date(2026, 8, 5), None),
            ("区の直し", date(2026, 8, 7), date(2026, 8, 10)),
            ("残りの見直し", date(2026, 11, 27), None),
        ),
        1,
    ):
        plan_id = change.insert(
            SchedulePlan(
                programme_id=programme_id, ordinal=ordinal, name=name, made_on=day, made_by=STAFF, applied_on=applied
            )
        )
        _fill_candidates(change, sample.event_ids, events, plan_id, ordinal, fiscal_year=fiscal_year)
    for row in usual_ward_days(programme_id, fiscal_year, sample.calendar):
        past = row.day < sample.today
        change.insert(
            row,
            **({"done_on": row.day, "done_by": STAFF} if past else {}),
            basis="区の通知による" if past else row.basis,
        )


def _fill_candidates(
    change: Change, ids: Mapping[str, int], events: Sequence[Event], plan_id: int, ordinal: int, *, fiscal_year: int
) -> None:
    """Insert into a 案 a candidate day for each dated event that is not 中止.

    ``ordinal`` is the number of the 案: 1 has the contractor's first days, 3 those talked about now, 2 the events' own.
    """
    key_of = {row_id: key for key, row_id in ids.items()}
    dated = [one for one in events if one.event_date is not None and one.status.counts]
    for position, event in enumerate(sorted(dated, key=lambda one: one.event_date or date.max)):
        typed, reason = as_typed_text(event.event_date, fiscal_year), ""
        if ordinal == _CONTRACTOR_ORDINAL:
            typed = _FIRST_DATES.get(key_of[event.id], typed)
        if ordinal == _NEWEST_ORDINAL:
            typed, reason = _PROPOSED_DATES.get(key_of[event.id], (typed, ""))
        change.insert(
            ScheduleCandidate(
                plan_id=plan_id,
                position=position,
                event_id=event.id,
                typed=typed,
                reason=reason,
                nature=AGREEMENT if reason else "",
                **values_of_event(event),
            )
        )
