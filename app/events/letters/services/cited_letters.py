"""Finds by which letters each person knows of an event, so that the next letter cites to everybody the one he has."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date

from app.event.rules.event_state import decision_in_effect
from app.event.rules.notification_facts import notified_place_words
from app.event.rules.recruitment import DECISION
from app.event.services.event_notifications import (
    PARTICIPANT_LETTERS,
    NotifiedDocument,
    notified_documents,
    notified_time_words,
    read_notification_rows,
    with_missing_facts,
)
from app.event.services.event_records import EventCoreRecords, read_core_records
from app.events.letters.rules.letter_texts import CANCELLATION, CHANGE, INVITATION, REVOCATION, EarlierLetter
from app.events.letters.services.letter_addressees import entries_of_letter
from app.events.letters.services.letter_batches import decision_revision
from db.records.events import Event
from db.records.roster import Entry
from db.store import Store
from db.tables import roster

CITING_LETTERS = (INVITATION, CANCELLATION, CHANGE, REVOCATION)
"""Letters that cite the one by which their reader knows of the event."""
_CITED = (*PARTICIPANT_LETTERS, CHANGE, CANCELLATION, REVOCATION)
EarlierLetters = Callable[[Collection[int]], EarlierLetter | None]
Papers = Sequence[NotifiedDocument]


def read_earlier_letters(store: Store, event: Event, kind: str) -> EarlierLetters:
    """Return the function that says by which letter some entries know of an event before the letter of ``kind``.

    For each it is the newest that named it or the entry whose place it took. One of which no names were kept named
    everybody, a 決定通知 only those whom no other one names. Asked of no entries it is what anybody was told.
    """
    course = read_notification_rows(store.database, event)
    papers = with_missing_facts(store.database, course, _letters_before(course, kind))
    entries = {one.id: one for one in roster.entries(store.database, event.id)}

    def earlier(entry_ids: Collection[int]) -> EarlierLetter | None:
        """Return the newest letters of these entries in one citation; None where they got none."""
        told = [_letters_of(papers, entries[one]) for one in entry_ids] if entry_ids else [papers]
        found = _citation([paper for one in told for paper in _newest(one)], [paper for one in told for paper in one])
        return replace(found, deed=event.form.deed) if found is not None else None

    return earlier


def earlier_letter(store: Store, event: Event, kind: str) -> EarlierLetter | None:
    """Return the letters by which the people of a letter of ``kind`` know of an event, all in one citation."""
    earlier = read_earlier_letters(store, event, kind)
    mine = entries_of_letter(kind, read_core_records(store, event))
    return earlier([one.id for one in mine if not one.state.missed_out]) or earlier(())


def _letters_before(course: EventCoreRecords, kind: str) -> Papers:
    """Return what told participants of an event before the letter of ``kind`` that is made now, oldest first."""
    decision = decision_in_effect(course.event, course.decisions)
    until = decision.decided_at.date() if decision is not None else date.max
    is_first = decision is not None and decision.id == course.decisions[0].id
    now = decision_revision(course.event, course.decisions, course.letters, kind).revision

    def precedes(one: NotifiedDocument) -> bool:
        """Return whether a letter is another than the one that is made now, and told something before it."""
        if one.kind == kind:
            return kind != INVITATION and (one.revision < now or (one.notified_on < until and not is_first))
        return one.state_word != "通知済" or bool(one.document_number) or one.dated_on <= until

    found = [one for one in notified_documents(course) if one.kind in _CITED and precedes(one)]
    return sorted(found, key=lambda one: (one.dated_on, one.notified_on, _CITED.index(one.kind), one.revision))


def _letters_of(papers: Papers, entry: Entry) -> Papers:
    """Return the letters that told an entry, which has an id of its own and that of the place it took.

    One that kept no names told of a place nobody without one.
    """
    named = [one for one in papers if not one.named_ids.isdisjoint((entry.id, entry.substitute_for))]
    not_told = {one.kind for one in named} & {DECISION} or (PARTICIPANT_LETTERS if entry.state.missed_out else ())
    return [one for one in papers if one in named or not (one.named_ids or one.kind in not_told)]


def _newest(told: Papers) -> Papers:
    """Return the last of these letters; of 決定通知 without names all, as it is not known which one told whom."""
    if told and told[-1].kind == DECISION and not told[-1].named_ids:
        return [one for one in told if one.kind == DECISION]
    return told[-1:]


def _citation(cited: Papers, told: Papers) -> EarlierLetter | None:
    """Return the citation of letters, with the day and place that the newest dated one of ``told`` says."""
    letters = {(one.dated_on, one.kind, one.revision): one for one in cited}
    if not letters:
        return None
    first, *more = (letters[key] for key in sorted(letters))
    facts = next((one.facts for one in reversed(told) if notified_time_words(one.facts)), first.facts)
    return EarlierLetter(
        kind=first.kind if len({one.kind for one in cited}) == 1 else "",
        number=first.document_number,
        issued_on=first.dated_on,
        time_words=notified_time_words(facts),
        place_words=notified_place_words(facts),
        later_letters=tuple(
            (one.dated_on, one.document_number) for one in more if one.document_number or one.state_word != "通知済"
        ),
    )
