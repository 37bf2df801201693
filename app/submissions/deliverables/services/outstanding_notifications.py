"""Notifications of the three letters about a report (awaited, received, to be corrected)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.documents.rules import VERSION, Matter
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.notification_kinds import CONTRACTOR, NotificationKind
from app.event.rules.notification_facts import time_and_place_facts
from app.event.services.event_document import core_records_of
from app.event.services.event_records import EventCoreRecords
from app.event.services.tasks.task_completion import received_reports
from app.submissions.deliverables.rules.outstanding_texts import CORRECTION_REQUEST, RECEIPT_NOTE, SUBMISSION_REQUEST


def _facts(kind: str, records: EventCoreRecords) -> tuple[int, dict[str, str]]:
    """Return the version of the report (0 = none) and the facts that a letter states, {} where it is no longer true.

    A request states 実施日, the others the version; the receipt note also the day of 受領.
    """
    came = received_reports(records)
    if kind == SUBMISSION_REQUEST:
        return (0, {}) if came else (0, {"実施日": time_and_place_facts(records.event, records.agenda)["実施日"]})
    if not came or came[-1].received_on is None:
        return 0, {}
    newest = came[-1]
    if kind == CORRECTION_REQUEST:
        return newest.version, {} if newest.status.is_checked else {VERSION: f"第{newest.version}版"}
    return newest.version, {VERSION: f"第{newest.version}版", "受領": came[-1].received_on.isoformat()}


def _needs_correction(records: EventCoreRecords) -> bool:
    """Return whether the newest version has to be corrected."""
    came = received_reports(records)
    return bool(came) and came[-1].status.is_returned


def _matters_of_kind(kind: str) -> Callable[[DocumentSubject], tuple[Matter, ...]]:
    """Return the function that lists what is to be told about this kind."""

    def matters(subject: DocumentSubject) -> tuple[Matter, ...]:
        """Return the matters to notify, a letter once it was made, a 修正依頼 once it was decided."""
        course = core_records_of(subject)
        version, facts = _facts(kind, course)
        made = any(row.document_kind == kind for row in course.outgoing)
        if not facts or not (made or (kind == CORRECTION_REQUEST and _needs_correction(course))):
            return ()
        return (Matter(key=kind, version=version, title=facts.get(VERSION, ""), facts=facts, document_kind=kind),)

    return matters


def _said(subject: DocumentSubject, kind: str) -> Mapping[str, Mapping[str, str]]:
    """Return the facts of a letter that are compared with what was notified."""
    _version, facts = _facts(kind, core_records_of(subject))
    return {kind: facts} if facts else {}


NOTIFICATIONS = tuple(
    NotificationKind(
        document_names=(kind,), usual_party=CONTRACTOR, matters=_matters_of_kind(kind), outgoing_facts=_said
    )
    for kind in (SUBMISSION_REQUEST, RECEIPT_NOTE, CORRECTION_REQUEST)
)
