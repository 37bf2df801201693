"""Count the numbers of a checked report that today's records contradict (``REPORT_DRIFT``)."""

from __future__ import annotations

from dataclasses import replace

from app.submissions.reports.rules.report_figures import QUESTION_ITEM, comparable_words, differs
from app.submissions.reports.rules.report_points import newest_report
from app.submissions.reports.services.report_marks import current_own_numbers
from app.year_end.consistency.services.event_numbers import (
    CONFIRMED_REPORT_SOURCE,
    REPORT_SOURCE,
    number_of,
    read_event_numbers,
)
from db.records.events import Event
from db.records.submissions.reports import Report
from db.store import Store
from db.tables import reports


def report_drift(store: Store, event_id: int) -> int:
    """Return how many numbers a received or confirmed report states differently from today's records.

    A difference that was settled or accepted does not count, as long as both numbers are unchanged.
    """
    view = read_event_numbers(store, event_id=event_id)
    compared = sum(
        any(cell.source.key in (REPORT_SOURCE, CONFIRMED_REPORT_SOURCE) for cell in row.contradictions)
        for row in view.rows
    )
    report = newest_report(reports.reports_of_event(store.database, event_id), "受領")
    return compared + (_other_outdated_count(store, view.event, report) if report is not None else 0)


def _other_outdated_count(store: Store, event: Event, report: Report) -> int:
    """Return how many further compared numbers of a received report differ from a changed record.

    These are no numbers of the event itself (version of a handout, tablets lent).
    """
    beside = [
        one
        for one in reports.figures_of_report(store.database, report.id)
        # The sum of each question is that of the answers, which is compared.
        if not number_of(one) and one.theirs.strip() and not one.item.startswith(QUESTION_ITEM)
    ]
    if not beside:
        return 0
    now = current_own_numbers(store, event, report)
    fresh = [(one, replace(one, ours=now.get(one.item, ""))) for one in beside]
    return sum(differs(mine) and comparable_words(mine.ours) != comparable_words(one.ours) for one, mine in fresh)
