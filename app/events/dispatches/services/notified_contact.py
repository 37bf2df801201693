"""Declares what 派遣先の連絡先 notifies the contractor of.

It is the 派遣 with time and place; name and telephone are not stored."""

from __future__ import annotations

from collections.abc import Mapping

from app.documents.rules import Matter
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.notification_kinds import CONTRACTOR, NotificationKind
from app.event.rules.notification_facts import time_and_place_facts
from app.event.services.event_document import core_records_of
from app.events.dispatches.documents import CONTACT_SHEET


def _notified_facts(subject: DocumentSubject) -> dict[str, str]:
    course = core_records_of(subject)
    return time_and_place_facts(course.event, course.agenda)


def _notification_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return the 派遣 as a matter to notify once a contact sheet was saved or printed (which requires consent), else
    ().
    """
    if not any(row.document_kind == CONTACT_SHEET for row in core_records_of(subject).outgoing):
        return ()
    return (Matter(key=CONTACT_SHEET, facts=_notified_facts(subject), document_kind=CONTACT_SHEET),)


def _current_facts(subject: DocumentSubject, _kind: str) -> Mapping[str, Mapping[str, str]]:
    return {CONTACT_SHEET: _notified_facts(subject)}


NOTIFICATIONS = (
    NotificationKind(
        document_names=(CONTACT_SHEET,),
        usual_party=CONTRACTOR,
        matters=_notification_matters,
        outgoing_facts=_current_facts,
    ),
)
