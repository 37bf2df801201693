"""What the subjects of submissions declare to other packages (no Qt)."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date
from app.event.services.tasks.task import PROPOSAL
from app.programme.services import read_programme
from app.submissions.deliverables.services import (
    allowance_ledger,
    circulation,
    disposal_ledger,
    disposal_order,
    form_documents,
    form_kinds,
    outstanding_documents,
    outstanding_notifications,
    own_file_locations,
    provided_items,
)
from app.submissions.reports.services import evidence, received_reports, report_documents, report_marks
from app.submissions.reports.services.report_ledger import REPORT_LEDGER as LEDGER
from app.submissions.work_queue.services import read_work_queue
from app.year.dates.services import PageStatus, SummaryPage, read_year_dates
from db.store import Store


def _proposal_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return the status of the 提案書: not asked for by the contract, no event ended yet, received, or due by a day."""
    dates = read_year_dates(store, today=today, programme_id=programme_id)
    task = next((one.task for one in dates.rows if one.task.task == PROPOSAL), None)
    if not read_programme(store, programme_id=programme_id, on=today).programme.proposal_period:
        return PageStatus(words="この契約では求めていません", is_done=True, next_actor="受託者")
    if task is None:
        return PageStatus(words="終わった実施回がまだありません", next_actor="受託者")
    if task.completed_on is not None:
        return PageStatus(words=f"{short_date(task.completed_on, today)} に受領", is_done=True, next_actor="受託者")
    day = task.provisional_words or short_date(task.due, today)
    return PageStatus(words=f"受託者　{day}　{task.clause}", next_actor="受託者")


def _status_of_year(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return the counts of 資料・報告 by whose turn it is, for the list of pages."""
    year = read_programme(store, programme_id=programme_id).programme.fiscal_year
    return PageStatus(
        words=read_work_queue(store, today=today, fiscal_year=year).filtered(programme_id=programme_id).words
    )


DOCUMENTS = (
    *report_documents.DOCUMENTS,
    *form_documents.DOCUMENTS,
    *outstanding_documents.DOCUMENTS,
    disposal_order.DOCUMENT,
    circulation.DOCUMENT,
)
DOCUMENT_MARKS = (report_marks.marks,)
RECEIVED_KINDS = (
    *received_reports.RECEIVED_KINDS,
    *form_kinds.RECEIVED_KINDS,
)
LEDGERS = (
    LEDGER,
    form_kinds.GOODS_LEDGER,
    allowance_ledger.PERMISSION_LEDGER,
    provided_items.PROVIDED_LEDGER,
    disposal_ledger.DISPOSAL_LEDGER,
)
EVIDENCE = (evidence.SOURCE,)
DOCUMENT_HALTS = (
    *disposal_order.HALTS,
    *outstanding_documents.HALTS,
)
DOCUMENT_DOUBTS = (outstanding_documents.correction_request_doubts,)
NOTIFICATIONS = (
    *outstanding_notifications.NOTIFICATIONS,
    *disposal_order.NOTIFICATIONS,
)
EVENTLESS_FOLLOW_UPS = (disposal_order.order_follow_ups,)
OWN_FILE_LOCATIONS = (own_file_locations.location_of,)
SUMMARY_PAGES = (
    SummaryPage(
        title="提案書",
        action="提出物を受領する",
        read_status=_proposal_status,
        season="終える",
        position=1,
        task=PROPOSAL,
    ),
    SummaryPage(title="資料・報告", action="提出物", read_status=_status_of_year),
)
