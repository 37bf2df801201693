"""実施報告書 as a kind of received paper: what the clause of each kind of event asks to stand in it."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.acts.get_or_refuse import get_or_refuse
from app.received.services.received_kind import ReceiptScope, ReceivedKind
from app.subjects.events.event.rules.deadlines import REPORT
from app.subjects.events.event.rules.guides import REVIEW
from app.subjects.events.event.services.tasks.task import CORRECTION
from app.subjects.submissions.reports.rules.report_points import POINTS
from app.subjects.submissions.reports.services.report_check import check_receipt_day
from db.records.events import Event
from db.store import Store
from db.tables.reports import REPORT_KIND


def _points(store: Store, scope: ReceiptScope) -> tuple[str, ...]:
    return POINTS[get_or_refuse(store.database, Event, scope.event_id or 0).kind]


def _check_day(store: Store, scope: ReceiptScope, day: date, today: date) -> None:
    check_receipt_day(get_or_refuse(store.database, Event, scope.event_id or 0), day, today)


RECEIVED: Final = (
    ReceivedKind(
        kind=REPORT_KIND,
        about="実施回",
        clause="仕4コ・ケ",
        rule="1か月以内（派遣は3週間以内）",
        task=REPORT,
        points=_points,
        check_day=_check_day,
        own_check=True,
        again=CORRECTION,
        answered_by=REVIEW,
    ),
)
