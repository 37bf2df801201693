"""Declares what 参加人数連絡書 and 変更連絡 notify the contractor of: the numbers with day, hours and place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.calendar.dates import short_date
from app.documents.rules.notification_status import Matter
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.notification_kinds import CONTRACTOR, NotificationKind
from app.subjects.events.event.rules.expected_attendance import headcount_totals
from app.subjects.events.event.rules.notification_facts import headcount_facts, time_and_place_facts
from app.subjects.events.event.services.event_document import core_records_of
from app.subjects.events.event.services.event_records import EventCoreRecords
from app.subjects.events.headcount.documents import CHANGE_KIND, KIND
from db.records.participants import HEADCOUNT_KEY, HeadcountNotice, NoticeWithNotification

NOTIFICATION_NAME: Final = "人数連絡"


def document_of_revision(revision: int) -> str:
    """Return the kind of document of a notice."""
    return KIND if revision == 1 else CHANGE_KIND


def facts_of_notice(records: EventCoreRecords, notice: NoticeWithNotification) -> dict[str, str]:
    """Return what a document of this notice states if issued now; of a notified one what it stated."""
    if notice.act is not None:
        return dict(notice.act.facts)
    return headcount_facts(notice) | time_and_place_facts(records.event, records.agenda)


def title_of_notice(notice: HeadcountNotice) -> str:
    """Return 「第1報 14人」."""
    return f"第{notice.revision}報 {notice.people}人"


def headcount_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return the present numbers, and the notice that was made and not notified."""
    course = core_records_of(subject)
    totals, told = headcount_totals(course.expected), course.notified_headcount
    draft = next((row for row in course.notices if row.notified_on is None), None)
    if not course.notices and (not totals.people or course.event.status == "中止"):
        return ()
    revision = told.revision if told is not None else 1
    now = Matter(
        key=HEADCOUNT_KEY,
        version=revision,
        title=f"第{revision}報 {totals.people}人",
        facts=headcount_facts(totals) | time_and_place_facts(course.event, course.agenda),
        document_kind=document_of_revision(revision),
    )
    if draft is None:
        return (now,)
    return (
        now,
        Matter(
            key=HEADCOUNT_KEY,
            version=draft.revision,
            title=title_of_notice(draft),
            facts=facts_of_notice(course, draft),
            document_kind=document_of_revision(draft.revision),
            is_draft=True,
            created_words=short_date(draft.made_on),
        ),
    )


def stated_facts(subject: DocumentSubject, kind: str) -> Mapping[str, Mapping[str, str]]:
    """Return what a document states: 参加人数連絡書 the first notice, 変更連絡 the newest."""
    course = core_records_of(subject)
    if not course.notices:
        return {}
    notice = course.notices[0] if kind == KIND else course.notices[-1]
    return {HEADCOUNT_KEY: facts_of_notice(course, notice)}


def _completion_words(_subject: DocumentSubject, _matter: Matter) -> str:
    return "「連絡済」になり、参加人数の連絡の期限は、伝えた日で済になります。"


NOTIFICATIONS: Final = (
    NotificationKind(
        document_names=(KIND, CHANGE_KIND),
        usual_party=CONTRACTOR,
        matters=headcount_matters,
        outgoing_facts=stated_facts,
        logged_name=NOTIFICATION_NAME,
        next_place_words=_completion_words,
    ),
)
