"""Finds what people know of an event's day, hours and place, by all the ways they may have been notified.

A document counts as notified once it is recorded so (saved, printed, mailed, said by telephone or by another document),
once its 公文書 is 施行, once it was issued with its 発信日, or once its step of recruitment was ticked. Saving and
printing alone notify nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from app.calendar.dates import long_date, time_range_words
from app.documents.rules import (
    REPLACEMENT,
    FactChange,
    batch_key,
    fact_changes,
    is_issued,
    revision_in_key,
    sealed_ids,
    shown_fact,
)
from app.event.rules.change_decisions import (
    CANCELLATION_LETTER,
    CHANGE_LETTER,
    INVITATION_LETTER,
    REVOCATION_LETTER,
)
from app.event.rules.notification_facts import ENDED_WORDS, PLACE, time_and_place_facts
from app.event.rules.participation import is_coming
from app.event.rules.recruitment import (
    ADDED_BY_MOVE,
    DECISION,
    GAZETTE,
    TO_BRANCHES,
    TO_PRESIDENTS,
    WEB_PAGE,
    document_of_step,
)
from app.event.services.event_records import EventCoreRecords
from db.engine import Database
from db.mapping import TABLE_OF, field_types, from_plain
from db.record import record
from db.records.accounts import JournalEntry
from db.records.calls import Call, ChangeDecision
from db.records.documents import Letter, Notification, Outgoing
from db.records.events import AgendaItem, Event, RecruitmentStep
from db.records.roster import Entry
from db.rows import OrderByRecord, rows, rows_of_each
from db.tables import journal

NotifiedState = Literal["通知済", "施行済", "発信済", "済"]
TIME_AND_PLACE = ("実施日", "時間", PLACE)
PARTICIPANT_LETTERS = (DECISION, INVITATION_LETTER)
"""Letters by which participants know that they come, and when and where."""
_DECISION_LETTERS = (CHANGE_LETTER, CANCELLATION_LETTER, REVOCATION_LETTER)
"""Letters that tell a decision: all letters of such a kind are one matter, though each has a revision."""
ADDRESSEES = "宛先"
"""The fact of a letter that names whom it is about."""
_PUBLIC_DOCUMENTS = (TO_PRESIDENTS, TO_BRANCHES, GAZETTE, WEB_PAGE)
_EVENT_FIELDS = ("event_date", "start_time", "end_time", "venue", "room", "status")


_BY_POSITION = ("position", "id")
_NOTIFICATION_TABLES: OrderByRecord = {
    Notification: "id",
    Letter: "id",
    Outgoing: "id",
    RecruitmentStep: _BY_POSITION,
    AgendaItem: _BY_POSITION,
    ChangeDecision: "id",
}


@record
class NotifiedDocument:
    """A document of an event that notified somebody of something.

    Attributes:
        kind, revision: the kind of document, and the ordinal of a letter within its kind.
        dated_on: the day it bears, else on which it was notified.
        notified_on: the last day on which that was recorded.
        state_word: how that is known.
        facts: what it stated; without a day if that was not stored.
        document_number: its 文書番号, "" for none.
        is_being_remade: its 施行 was revoked, so it is being made anew.
        source_field: table, row and field from which it is known.
        selection_id: the selection of participants that it told.
    """

    kind: str
    revision: int
    dated_on: date
    notified_on: date
    state_word: NotifiedState
    facts: Mapping[str, str]
    document_number: str = ""
    is_being_remade: bool = False
    source_field: tuple[str, int, str]
    selection_id: int | None = None

    @property
    def full_name(self) -> str:
        """Return 「決定通知（8練地協第1234号）」."""
        return f"{self.kind}（{self.document_number}）" if self.document_number else self.kind

    @property
    def named_ids(self) -> frozenset[int]:
        """Return the ids of the entries that it was about; none where no names were kept."""
        return sealed_ids(self.facts.get(ADDRESSEES, ""))


def notified_documents(records: EventCoreRecords) -> tuple[NotifiedDocument, ...]:
    """Return every document of an event that was notified and stands, by kind and revision."""
    left = [row for row in records.outgoing if not row.way.is_withdrawal]
    letters = {(one.document_kind, one.revision): one for one in records.letters}
    acts = {
        (one.document_kind, _key_of_letter(one, records.letters)): one
        for one in records.notifications
        if one.is_notified
    }
    done = {paper: step for paper, step in ((_document_of(step), step) for step in records.steps) if paper}
    wanted = dict.fromkeys(
        [
            *letters,
            *((kind, revision_in_key(key)) for kind, key in acts if key == batch_key(kind, revision_in_key(key))),
        ]
    ) | dict.fromkeys((kind, 1) for kind in done)
    found = []
    for kind, revision in sorted(wanted):
        letter, act = letters.get((kind, revision)), acts.get((kind, batch_key(kind, revision)))
        paper = _notified_document(kind, revision, letter, act, done.get(kind) if revision == 1 else None, left)
        found += [paper] if paper is not None else []
    return tuple(found)


def _key_of_letter(notification: Notification, letters: Iterable[Letter]) -> str:
    """Return the key of the letter that a notification is about; one of a decision is about the last issued by then."""
    kind = notification.document_kind
    if kind not in _DECISION_LETTERS:
        return notification.key
    issued = [
        (one.issued_on, one.revision)
        for one in letters
        if one.document_kind == kind and is_issued(one) and one.issued_on and one.issued_on <= notification.told_on
    ]
    return batch_key(kind, max(issued, default=(None, 1))[1])


def read_notification_rows(database: Database, event: Event) -> EventCoreRecords:
    """Return an event with only those rows that record notifications and the facts they are compared with."""
    read = rows_of_each(database, _NOTIFICATION_TABLES, event_id=event.id)
    return EventCoreRecords(
        event=event,
        steps=tuple(read[RecruitmentStep]),
        letters=tuple(read[Letter]),
        notifications=tuple(read[Notification]),
        outgoing=tuple(read[Outgoing]),
        agenda=tuple(read[AgendaItem]),
        decisions=tuple(read[ChangeDecision]),
    )


def _document_of(step: RecruitmentStep) -> str:
    """Return the kind of document that a ticked step says was sent; "" if it is not ticked, or was added by a move."""
    return document_of_step(step.name) if step.done_on is not None and step.note != ADDED_BY_MOVE else ""


def _notified_document(
    kind: str,
    revision: int,
    letter: Letter | None,
    notification: Notification | None,
    step: RecruitmentStep | None,
    outgoing: Sequence[Outgoing],
) -> NotifiedDocument | None:
    """Return which document was notified and when, None if it was not.

    It counts by its letter if that was issued (one that is no 公文書 must have been saved, printed or notified, too),
    else by the recorded notification, else by the ticked step.
    """
    mine = [row for row in outgoing if row.document_kind == kind]
    issued = (
        letter is not None and is_issued(letter) and (letter.form.is_formal or bool(mine) or notification is not None)
    )
    number = letter.document_number if letter is not None and issued else ""
    noted: tuple[str, int, str]
    how: NotifiedState
    if letter is not None and letter.issued_on is not None and issued:
        on, how = letter.issued_on, "施行済" if letter.form.is_formal else "発信済"
        noted = (TABLE_OF[Letter], letter.id, "issued_on")
    elif notification is not None:
        on, how, noted = notification.told_on, "通知済", (TABLE_OF[Notification], notification.id, "told_on")
    elif step is not None and step.done_on is not None:
        on, how, noted = step.done_on, "済", (TABLE_OF[RecruitmentStep], step.id, "done_on")
    else:
        return None
    facts = notification.facts if notification is not None else {}
    if not facts.get("実施日"):
        key = kind if kind in _DECISION_LETTERS else batch_key(kind, revision)
        facts = {**facts, **_last_stated_facts(mine, key, on)}
    return NotifiedDocument(
        kind=kind,
        revision=revision,
        dated_on=on,
        # A 差替え tells what the letter told before it.
        notified_on=notification.told_on if notification is not None and REPLACEMENT not in notification.title else on,
        state_word="通知済" if notification is not None else how,
        facts=facts,
        document_number=number,
        is_being_remade=letter is not None and letter.form.is_formal and not letter.state.is_issued,
        source_field=noted,
        selection_id=letter.selection_id if letter is not None else None,
    )


def _last_stated_facts(outgoing: Sequence[Outgoing], key: str, on: date) -> Mapping[str, str]:
    """Return what the last document of a matter stated that was issued up to ``on``."""
    said = [row.facts.get(key, {}) for row in outgoing if row.at.date() <= on]
    return next((facts for facts in reversed(said) if facts), {})


def with_missing_facts(
    database: Database,
    records: EventCoreRecords,
    documents: Iterable[NotifiedDocument],
    *,
    entries: Sequence[JournalEntry] | None = None,
) -> tuple[NotifiedDocument, ...]:
    """Return the documents; where no statement was stored, with the time and place the event had when it was recorded.

    Args:
        entries: the journal of the event, newest first, if read already; it is read only where a document needs it.
    """
    found = list(documents)
    if all(paper.facts.get("実施日") for paper in found):
        return tuple(found)
    known = entries if entries is not None else journal.entries(database, event_id=records.event.id)
    return tuple(
        paper
        if paper.facts.get("実施日")
        else replace(
            paper, facts={**paper.facts, **time_and_place_facts(_event_when_notified(records.event, paper, known), ())}
        )
        for paper in found
    )


def _event_when_notified(event: Event, document: NotifiedDocument, entries: Sequence[JournalEntry]) -> Event:
    """Return the event as it was when a document was notified, before the later changes."""
    table, row_id, field = document.source_field
    noted_at = next(
        (
            entry.seq
            for entry in entries
            for change in journal.net_changes(entry)
            if (change.table, change.row_id) == (table, row_id)
            and (change.after or {}).get(field)
            and (change.before or {}).get(field) != (change.after or {}).get(field)
        ),
        0,
    )
    return event_before_entries(
        event, [one for one in entries if one.seq > noted_at or one.at.date() > document.dated_on]
    )


def event_before_entries(event: Event, entries: Iterable[JournalEntry]) -> Event:
    """Return the event with day, times, place and status as before these newest journal entries (newest first)."""
    values = {}
    kinds = field_types(Event)
    for entry in entries:
        for change in journal.net_changes(entry):
            if (change.table, change.row_id) == (TABLE_OF[Event], event.id) and change.before is not None:
                known = [name for name in _EVENT_FIELDS if name in change.before]
                values = {name: from_plain(kinds[name], change.before[name]) for name in known}
    return replace(event, **values)


def facts_known_to_participants(
    database: Database, records: EventCoreRecords, documents: Sequence[NotifiedDocument] | None = None
) -> Mapping[str, str]:
    """Return the day, hours and place that the participants know.

    They know the newest letter, or the calls since if all were reached; else what was published; nothing if no day was
    notified. Who moved up later and got a letter of their own knows that one, the others know the first.

    Args:
        documents: the notified documents, if read already.
    """
    found = notified_documents(records) if documents is None else documents
    letter = None
    for kinds in ((*PARTICIPANT_LETTERS, CHANGE_LETTER, REVOCATION_LETTER), _PUBLIC_DOCUMENTS):
        mine = [
            one for one in found if one.kind in kinds and (one.kind not in PARTICIPANT_LETTERS or one.revision == 1)
        ]
        letter = letter or _newest_dated(with_missing_facts(database, records, mine))
    called = _all_reached_by_phone_at(database, records)
    facts = letter.facts if letter is not None else {}
    if called is not None and (letter is None or called.date() >= letter.notified_on):
        facts = time_and_place_facts(
            event_before_entries(
                records.event, [one for one in journal.entries(database, event_id=records.event.id) if one.at > called]
            ),
            (),
        )
    return {name: facts[name] for name in TIME_AND_PLACE if name in facts}


def _newest_dated(documents: Sequence[NotifiedDocument]) -> NotifiedDocument | None:
    """Return the document notified last that named a date, or None."""
    dated = [one for one in documents if one.facts.get("実施日", "") not in ("", *ENDED_WORDS)]
    return max(dated, key=lambda one: (one.notified_on, one.kind in _DECISION_LETTERS, one.revision), default=None)


def _all_reached_by_phone_at(database: Database, records: EventCoreRecords) -> datetime | None:
    """Return when the last participant was reached about the newest change of which all were reached.

    The last call to a person or his 団体 counts. None while there is no such change, or nobody is coming.
    """
    about = [one.id for one in records.decisions if not one.kind.is_cancellation and not one.taken_back]
    made = rows(database, Call, decision_id=about)
    coming = [one for one in rows(database, Entry, event_id=records.event.id) if is_coming(one)] if made else []
    for decision_id in sorted({one.decision_id for one in made if one.decision_id is not None}, reverse=True):
        mine = [one for one in reversed(made) if one.decision_id == decision_id]
        last = [next((call for call in mine if call.concerns(one)), None) for one in coming]
        reached = [one.at for one in last if one is not None and one.outcome.is_reached]
        if coming and len(reached) == len(last):
            return max(reached)
    return None


def outdated_facts(document: NotifiedDocument, records: EventCoreRecords) -> tuple[FactChange, ...]:
    """Return the notified facts about day, hours and place that are no longer true."""
    told = {name: document.facts[name] for name in TIME_AND_PLACE if name in document.facts}
    return fact_changes(told, time_and_place_facts(records.event, records.agenda))


def differs_from_known(known_facts: Mapping[str, str], event: Event, names: Sequence[str] = TIME_AND_PLACE) -> bool:
    """Return whether an event differs from what people know in one of the facts ``names``; unknown ones never do."""
    return bool(
        fact_changes(
            {name: known_facts[name] for name in names if name in known_facts}, time_and_place_facts(event, ())
        )
    )


def notified_time_words(facts: Mapping[str, str]) -> str:
    """Return 「令和8年9月10日（木） 午後2時から午後4時まで」 from notified facts; empty without a day."""
    try:
        day = date.fromisoformat(facts.get("実施日", ""))
    except ValueError:
        return ""
    start, sign, end = shown_fact(facts.get("時間", "")).partition("–")
    return f"{long_date(day)}　{time_range_words(start, end)}" if sign and start and end else long_date(day)
