"""Declares what the letters and notices of an event notify: time, place and number of people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from app.documents.rules import Matter, batch_key
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.notification_kinds import NotificationKind
from app.event.rules.change_decisions import letter_of
from app.event.rules.event_state import decision_in_effect
from app.event.rules.notification_facts import time_and_place_facts
from app.event.rules.recruitment import GAZETTE, TO_BRANCHES, TO_PRESIDENTS, WEB_PAGE
from app.event.services.event_document import core_records_of
from app.event.services.event_notifications import PARTICIPANT_LETTERS, TIME_AND_PLACE, notified_documents
from app.event.services.event_records import EventCoreRecords
from app.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    LEAVING,
    LETTERS,
    PLACE_REVOCATION,
    REVOCATION,
    WITHDRAWAL,
)
from app.events.letters.services.letter_addressees import goes_to_organisation
from app.events.letters.services.letter_batches import (
    DECISION_LETTERS,
    DESTINATION,
    REPEATABLE_LETTERS,
    decision_revision,
    entries_to_notify,
    letter_batches_of,
    recipient_facts,
)
from app.programme.rules import destination_word

_ORGANISATIONS = "申込団体"


def _has_anything_to_notify(kind: str, records: EventCoreRecords) -> bool:
    """Return whether this letter has something to notify now, by its kind and the state of the event.

    A 中止通知 of a cancelled event, a 決定取消通知 whenever somebody gets one, a 辞退受理通知 with addressees while the
    event counts; while it is planned a 変更通知 once a change is decided of what a letter told, a 取消通知 while that
    is the decision, and any other. What once went out always has, but a 変更通知 that was taken back.
    """
    status, went_out = records.event.status, _went_out(records, kind)
    if kind == CANCELLATION:
        return status.is_cancelled
    decision = decision_in_effect(records.event, records.decisions)
    is_revoked = decision is not None and decision.kind.revokes
    if kind == REVOCATION:
        return is_revoked and (status.is_planned or went_out)
    if kind == CHANGE:
        return (status.is_planned and _is_change_pending(records)) or (went_out and not is_revoked)
    if kind == WITHDRAWAL:
        return went_out or (status.counts and bool(entries_to_notify(records, kind)))
    return went_out or status.is_planned or kind == PLACE_REVOCATION


def _went_out(records: EventCoreRecords, kind: str) -> bool:
    """Return whether a document was saved; of an event that is held or ended, told or 施行: that is not sent now."""
    if records.event.status.is_planned:
        return any(row.document_kind == kind for row in records.outgoing)
    told = any(one.kind == kind for one in notified_documents(records))
    return told or any(one.document_kind == kind and one.state.is_issued for one in records.letters)


def _is_change_pending(records: EventCoreRecords) -> bool:
    """Return whether a change other than 中止 is decided, of an event whose day and place were notified by letter."""
    decision = decision_in_effect(records.event, records.decisions)
    return (
        decision is not None
        and letter_of(decision.kind) == CHANGE
        and any(one.kind in PARTICIPANT_LETTERS for one in notified_documents(records))
    )


def _time_and_place(records: EventCoreRecords, kind: str, revision: int) -> dict[str, str]:
    """Return day, hours and place as a letter states them now.

    After a 中止 or change was decided, the letter before keeps what it stated, as does a 変更通知 after a 中止; that of
    the decision states the new day.
    """
    now = time_and_place_facts(records.event, records.agenda)
    if kind in LEAVING:
        return _withdrawn_time_and_place(records, kind, revision) or now
    is_overtaken = kind in PARTICIPANT_LETTERS or (kind == CHANGE and records.event.status.is_cancelled)
    if not is_overtaken or decision_in_effect(records.event, records.decisions) is None:
        return now
    told = next((one for one in notified_documents(records) if (one.kind, one.revision) == (kind, revision)), None)
    return now if told is None else {name: told.facts[name] for name in now if name in told.facts}


def _withdrawn_time_and_place(records: EventCoreRecords, kind: str, revision: int) -> dict[str, str]:
    """Return the day and place of which one of ``LEAVING`` letters, or the letter before it, notified."""
    told = notified_documents(records)
    mine = [one for one in told if (one.kind, one.revision) == (kind, revision)]
    before = [one for one in told if one.kind in (*PARTICIPANT_LETTERS, CHANGE)]
    newest = max(mine or before, key=lambda one: one.notified_on, default=None)
    return {name: newest.facts[name] for name in TIME_AND_PLACE if name in newest.facts} if newest is not None else {}


def _letter_matter(
    records: EventCoreRecords, kind: str, *, revision: int = 1, title: str = "", facts: Mapping[str, str]
) -> Matter:
    """Return one letter as a matter to notify, with the 施行 of its 公文書.

    Where letters of the kind follow one another it is the 施行 of this one; of a letter that tells a decision it is
    that of the decision in effect, else of the newest.
    """
    mine = [one for one in records.letters if one.document_kind == kind]
    if kind in REPEATABLE_LETTERS:
        mine = [one for one in mine if one.revision == revision]
    elif kind in DECISION_LETTERS:
        standing = decision_revision(records.event, records.decisions, records.letters, kind)
        mine = [one for one in mine if one.revision == standing.revision]
    letter = mine[-1] if mine and mine[-1].form.is_formal else None
    issued = letter is not None and letter.state.is_issued
    return Matter(
        key=batch_key(kind, revision),
        title=title,
        facts=facts,
        fact_names={DESTINATION: destination_word(records.event.kind_words)} if DESTINATION in facts else {},
        document_kind=kind,
        issued_on=letter.issued_on if letter is not None and issued else None,
        unissued_state=letter.state if letter is not None and not issued else "",
    )


def _participant_matters(kind: str, subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return a matter for each letter of the kind, earlier ones to other people included; () if none is due."""
    course = core_records_of(subject)
    wanted = entries_to_notify(course, kind)
    if not (wanted or goes_to_organisation(course.event, kind)) or not _has_anything_to_notify(kind, course):
        return ()
    found = []
    for revision, entries in letter_batches_of(course, kind).entries.items():
        if entries or not wanted:
            words, to = recipient_facts(course, entries)
            facts = to | _time_and_place(course, kind, revision)
            found.append(_letter_matter(course, kind, revision=revision, title=words, facts=facts))
    return tuple(found)


def _stated_facts(kind: str, subject: DocumentSubject, _paper: str) -> Mapping[str, Mapping[str, str]]:
    """Return the facts that the letter issued now states, by key of its matter; earlier ones went to other people."""
    key = batch_key(kind, letter_batches_of(core_records_of(subject), kind).current_revision)
    return {one.key: one.facts for one in _participant_matters(kind, subject) if one.key == key}


def _public_matters(kind: str, subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return the document as a matter to be told to the public.

    () if nobody is recruited, or the event is held or ended and the document never went out.
    """
    course = core_records_of(subject)
    if not course.event.form.recruits or not _has_anything_to_notify(kind, course):
        return ()
    return (_letter_matter(course, kind, facts=time_and_place_facts(course.event, course.agenda)),)


NOTIFICATIONS = (
    *(
        NotificationKind(document_names=(kind,), usual_party=party, matters=partial(_public_matters, kind))
        for kind, party in (
            (TO_PRESIDENTS, "町会・自治会の会長"),
            (TO_BRANCHES, "支部長"),
            (GAZETTE, "区報の担当"),
            (WEB_PAGE, "区公式ホームページの担当"),
        )
    ),
    *(
        NotificationKind(
            document_names=(kind,),
            usual_party=_ORGANISATIONS,
            matters=partial(_participant_matters, kind),
            outgoing_facts=partial(_stated_facts, kind),
        )
        for kind in LETTERS
    ),
)
