"""What the subjects of events declare to other packages (no Qt)."""

from __future__ import annotations

from collections import Counter
from datetime import date

from app.common.join_nonempty import fill_nonempty
from app.documents.services.document_marks import reject_suspended
from app.event.rules.deadlines import MATERIAL
from app.event.rules.event_checks import count_units
from app.event.rules.target_dates import DRAFT_MATERIALS
from app.event.services.tasks.task import RESUBMISSION
from app.events.agreements import services as agreements_services
from app.events.agreements.services import homework_follow_ups
from app.events.arrangements import services as arrangements_services
from app.events.as_of import services as as_of_services
from app.events.calls.services import call_documents, call_sheet
from app.events.discussion import services as discussion_services
from app.events.discussion.services import action_follow_ups
from app.events.dispatches.services import (
    dispatch_documents,
    notified_contact,
    selection_drafting,
    support,
)
from app.events.dispatches.services.contact_consent import reject_contacts_without_consent
from app.events.dispatches.services.dispatch_requests import request_follow_ups
from app.events.headcount import services as headcount_services
from app.events.letters.services import letter_checks, letter_documents, letter_halts, letter_notifications
from app.events.materials.services import distributed_handouts, evidence, material_documents, result_notifications
from app.events.presentations import services as presentations_services
from app.events.presentations.services import presentation_follow_ups
from app.events.roster.services import selection_documents
from app.events.roster.services.entries import words_follow_ups
from app.events.schedules import services as schedules_services
from app.events.schedules.services import ward_day_follow_ups
from app.events.tablets import services as tablet_services
from app.events.tablets.services import TABLET_LEDGER, tablet_follow_ups
from app.programme.services import read_programme
from app.received.services import HANDOUT, ReceivedKind
from app.year.dates.services import PageStatus, SummaryPage
from db.records.dispatches import DispatchRequest, RequestOutcome
from db.records.event_form import EventForm
from db.records.schedules import SchedulePlan
from db.rows import rows
from db.store import Store
from db.tables import events as event_table


def _requests_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return 「希望票 5・決定 2・選定前 1」 for the list of pages, or that the contract has no 派遣; never done."""
    if not read_programme(store, programme_id=programme_id, on=today).kinds_of_form(EventForm.VISIT):
        return PageStatus(words="この年度の契約にはありません")
    found = Counter(one.outcome for one in rows(store.database, DispatchRequest, programme_id=programme_id))
    waiting = fill_nonempty("・選定前 {}", found[RequestOutcome.OPEN])
    return PageStatus(words=f"希望票 {found.total()}・決定 {found[RequestOutcome.CHOSEN]}{waiting}")


def _schedules_status(store: Store, *, programme_id: int, today: date) -> PageStatus:
    """Return 「日付のある実施回 9件」, with the last 反映 or the number of 案, for the list of pages.

    Done when they are as many as the 仕様書 asks for, and no event (but a cancelled one) is without a day.
    """
    numbers = read_programme(store, programme_id=programme_id, on=today).kinds
    living = [one for one in event_table.events_of_year(store.database, programme_id) if one.status.counts]
    dated = [one for one in living if one.event_date is not None]
    plans = rows(store.database, SchedulePlan, programme_id=programme_id)
    applied = max((one.applied_on for one in plans if one.applied_on is not None), default=None)
    words = f"日付のある実施回 {len(dated)}件"
    if applied is not None:
        words += f"　案の反映 {applied.month}/{applied.day}"
    elif plans:
        words += f"　案 {len(plans)}"
    short = any(count_units([one for one in dated if one.kind == kind.kind], kind) < kind.planned for kind in numbers)
    return PageStatus(words=words, is_done=len(dated) == len(living) and not short)


DOCUMENTS = (
    *headcount_services.DOCUMENTS,
    *material_documents.DOCUMENTS,
    *discussion_services.DOCUMENTS,
    *letter_documents.DOCUMENTS,
    *dispatch_documents.DOCUMENTS,
    *selection_drafting.DOCUMENTS,
    *call_documents.DOCUMENTS,
    *presentations_services.DOCUMENTS,
    *selection_documents.DOCUMENTS,
    *agreements_services.DOCUMENTS,
    *schedules_services.WALL_DOCUMENTS,
    *schedules_services.COMPARISON_DOCUMENTS,
    *as_of_services.DOCUMENTS,
)
NOTIFICATIONS = (
    *headcount_services.NOTIFICATIONS,
    *result_notifications.NOTIFICATIONS,
    *letter_notifications.NOTIFICATIONS,
    *notified_contact.NOTIFICATIONS,
    *presentations_services.NOTIFICATIONS,
    *agreements_services.NOTIFICATIONS,
    *arrangements_services.NOTIFICATIONS,
    *tablet_services.NOTIFICATIONS,
)
RECEIVED_KINDS = (
    ReceivedKind(
        kind=HANDOUT,
        about="実施回",
        clause="",  # it differs by the kind of event and is at its tasks; its points are the findings
        contractor_task=DRAFT_MATERIALS,
        correction_task=RESUBMISSION,
        answer_task=MATERIAL,
    ),
)
DOCUMENT_DOUBTS = (
    distributed_handouts.handout_doubts,
    letter_checks.letter_doubts,
    dispatch_documents.call_doubts,
    dispatch_documents.decline_doubts,
    dispatch_documents.contact_doubts,
    selection_drafting.selection_doubts,
)
EVIDENCE = (
    evidence.SOURCE,
    discussion_services.SOURCE,
    agreements_services.SOURCE,
)
FOLLOW_UPS = (
    action_follow_ups,
    support.call_follow_ups,
    support.answer_follow_ups,
    call_sheet.call_follow_ups,
    presentation_follow_ups,
    homework_follow_ups,
    tablet_follow_ups,
    words_follow_ups,
)
DOCUMENT_HALTS = (
    *presentations_services.DOCUMENT_HALTS,
    *letter_halts.HALTS,
    *call_documents.HALTS,
)
UNDO_GUARDS = (letter_documents.check_admission_undo,)
SUMMARY_PAGES = (
    SummaryPage("派遣の希望票", "派遣の希望票", _requests_status),
    SummaryPage("年間の予定", "日程の比べ", _schedules_status, season="はじめる", position=2),
)
OUTGOING_GUARDS = (reject_contacts_without_consent, reject_suspended)
YEAR_FOLLOW_UPS = (request_follow_ups,)
EVENTLESS_FOLLOW_UPS = (
    agreements_services.change_follow_ups,
    ward_day_follow_ups,
    support.carried_calls,
)
LEDGERS = (TABLET_LEDGER,)
