"""How many numbers a report says otherwise than the records of now: ``report_drift(store, event_id)``, declared as
``REPORT_DRIFT``."""

from __future__ import annotations

from dataclasses import replace

from app.subjects.submissions.numbers.services.event_numbers import (
    CONFIRMED_PLACE,
    REPORT_PLACE,
    number_of,
    read_event_numbers,
)
from app.subjects.submissions.reports.rules.report_figures import QUESTION_ITEM, as_compared, differs
from app.subjects.submissions.reports.rules.report_points import newest
from app.subjects.submissions.reports.services.report_marks import ours_now
from db.records.events import Event
from db.records.submissions.reports import Report
from db.store import Store
from db.tables import reports


def report_drift(store: Store, event_id: int) -> int:
    """Return how many numbers its report, received or confirmed by the contractor, says otherwise than the records of
    now.

    A difference that was settled or left with a reason is none, as long as both numbers are still those of then.
    """
    view = read_event_numbers(store, event_id=event_id)
    compared = sum(
        any(cell.place.key in (REPORT_PLACE, CONFIRMED_PLACE) for cell in row.contradictions) for row in view.rows
    )
    report = newest(reports.reports_of_event(store.database, event_id), "受領")
    return compared + (_aged_beside(store, view.event, report) if report is not None else 0)


def _aged_beside(store: Store, event: Event, report: Report) -> int:
    """How many numbers of a received report that are not among the numbers of an event (version of a handout, tablets
    lent) were compared with a record that says something else by now, and differ from it."""
    beside = [
        one
        for one in reports.figures_of_report(store.database, report.id)
        # The sum of each question is that of the answers, which is compared.
        if not number_of(one) and one.theirs.strip() and not one.item.startswith(QUESTION_ITEM)
    ]
    if not beside:
        return 0
    now = ours_now(store, event, report)
    fresh = [(one, replace(one, ours=now.get(one.item, ""))) for one in beside]
    return sum(differs(mine) and as_compared(mine.ours) != as_compared(one.ours) for one, mine in fresh)
