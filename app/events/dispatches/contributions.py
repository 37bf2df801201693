"""Registers what the subject of 派遣 adds to the packages below."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.events.dispatches.services import decided_selections, dispatch_documents, notified_contact, selection_drafting
from app.events.dispatches.services.contact_consent import reject_contacts_without_consent
from app.events.dispatches.services.dispatch_requests import read_dispatch_requests, request_follow_ups
from app.events.dispatches.services.support import answer_follow_ups, call_follow_ups
from app.programme.services import read_programme
from app.year.dates.services import PageStatus, SummaryPage
from db.records.event_form import EventForm
from db.store import Store

DOCUMENTS: Final = (*dispatch_documents.DOCUMENTS, *selection_drafting.DOCUMENTS)
NOTIFICATIONS: Final = notified_contact.NOTIFICATIONS
DOCUMENT_DOUBTS: Final = (
    dispatch_documents.decline_doubts,
    dispatch_documents.contact_doubts,
    selection_drafting.selection_doubts,
)
DOCUMENT_HALTS: Final = decided_selections.HALTS


def _requests_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return how many requests came and were decided, for the list of pages."""
    view = read_programme(store, programme_id=programme_id, on=today)
    if not view.kinds_of_form(EventForm.VISIT):
        return PageStatus(words="この年度の契約にはありません")
    found = read_dispatch_requests(store, fiscal_year=view.programme.fiscal_year)
    waiting = f"・選定前 {found.count('')}" if found.count("") else ""
    return PageStatus(words=f"希望票 {len(found.rows)}・決定 {found.count('決定')}{waiting}")


SUMMARY_PAGES: Final = (SummaryPage("派遣の希望票", "派遣の希望票", _requests_status),)
OUTGOING_GUARDS: Final = (reject_contacts_without_consent,)
FOLLOW_UPS: Final = (call_follow_ups, answer_follow_ups)
YEAR_FOLLOW_UPS: Final = (request_follow_ups,)
