"""実施報告書 as a kind of received document, with the points that the clause requires."""

from __future__ import annotations

from datetime import date

from app.actions.get_or_raise import get_or_raise
from app.event.rules.deadlines import REPORT
from app.event.rules.target_dates import REVIEW
from app.event.services.tasks.task import CORRECTION
from app.programme.services import ProgrammeView, kind_of_event
from app.received.services import ReceiptScope, ReceivedKind
from app.submissions.reports.rules.report_points import required_points
from app.submissions.reports.services.report_check import check_receipt_day
from db.records.events import Event
from db.store import Store
from db.tables.reports import REPORT_KIND


def _points(store: Store, scope: ReceiptScope) -> tuple[str, ...]:
    """Return the points that the report of an event must hold."""
    return required_points(kind_of_event(store.database, get_or_raise(store.database, Event, scope.event_id)))


def _periods(view: ProgrammeView) -> str:
    """Return the periods of all kinds: 「1か月以内（派遣は3週間以内）」, that of most of them first."""
    periods = [one.report_period for one in view.kinds]
    usual = max(dict.fromkeys(periods), key=periods.count, default="")
    others = "、".join(f"{one.name}は{one.report_period}" for one in view.kinds if one.report_period != usual)
    return f"{usual}（{others}）" if others else usual


def _check_day(store: Store, scope: ReceiptScope, day: date, today: date) -> None:
    check_receipt_day(get_or_raise(store.database, Event, scope.event_id), day, today)


RECEIVED_KINDS = (
    ReceivedKind(
        kind=REPORT_KIND,
        about="実施回",
        clause="clause_report",
        rule=_periods,
        task=REPORT,
        points=_points,
        reject_day=_check_day,
        has_own_check=True,
        correction_task=CORRECTION,
        answer_task=REVIEW,
    ),
)
