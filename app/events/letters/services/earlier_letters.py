"""Reads what preceded a letter: its issue, the letter before, calls, and the 協議 about the number of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from app.event.rules.event_state import decision_in_effect
from app.event.rules.recruitment import TO_BRANCHES, TO_PRESIDENTS
from app.event.services.event_notifications import (
    PARTICIPANT_LETTERS,
    notified_documents,
    notified_place_words,
    notified_time_words,
    outdated_facts,
    read_notification_rows,
    with_missing_facts,
)
from app.event.services.event_records import read_event_or_error
from app.events.letters.rules.letter_texts import CHANGE, EarlierLetter
from db.engine import Database
from db.records.agreements import Agreement
from db.records.calls import Call, ChangeDecision
from db.records.events import Event
from db.records.roster import Entry
from db.rows import rows
from db.store import Store
from db.tables import calls

RECRUITMENT_LETTERS: Final = (TO_PRESIDENTS, TO_BRANCHES)
_NUMBER_TOPICS = re.compile("人数|定員|超過")


def sent_on(store: Store, event_id: int, kind: str) -> date | None:
    """Return the day on which a recruitment letter was sent, in whichever way that was recorded; None if it was not.

    None also for another kind of letter, and where day or place changed since: a letter made again has its own day.
    """
    if kind not in RECRUITMENT_LETTERS:
        return None
    course = read_notification_rows(store.database, read_event_or_error(store.database, event_id))
    went = next((one for one in notified_documents(course) if one.kind == kind), None)
    if went is None:
        return None
    (went,) = with_missing_facts(store.database, course, (went,))
    return None if outdated_facts(went, course) else went.dated_on


def current_decision(database: Database, event: Event) -> ChangeDecision | None:
    """Return the newest decision about a 中止 or change that stands; a revoked 中止 does not."""
    return decision_in_effect(event, calls.decisions(database, event.id))


def earlier_letter(store: Store, event_id: int, decision: ChangeDecision | None) -> EarlierLetter | None:
    """Return the letter by which people know of the event, as it was before ``decision``; None = there is none.

    It is the first 決定通知, without one the first 開催通知. Day and place are those of the newest 変更通知 notified
    before the day of ``decision``.
    """
    course = read_notification_rows(store.database, read_event_or_error(store.database, event_id))
    told = [one for one in notified_documents(course) if one.kind in (*PARTICIPANT_LETTERS, CHANGE)]
    papers = with_missing_facts(store.database, course, told)
    until = decision.decided_at.date() if decision is not None and decision.decided_at is not None else date.max
    changed = [one for one in papers if one.kind == CHANGE and one.notified_on < until]
    for kind in PARTICIPANT_LETTERS:
        mine = [
            one
            for one in papers
            if one.kind == kind and (one.state_word != "通知済" or one.document_number or one.dated_on <= until)
        ]
        if not mine:
            continue
        first = mine[0]
        facts = max(changed, key=lambda one: one.notified_on).facts if changed else first.facts
        return EarlierLetter(
            kind=kind,
            number=first.document_number,
            issued_on=first.dated_on,
            time_words=notified_time_words(facts),
            place_words=notified_place_words(facts),
            later_letters=tuple(
                (one.dated_on, one.document_number)
                for one in mine[1:]
                if one.document_number or one.state_word != "通知済"
            ),
        )
    return None


def newest_calls(database: Database, decision: ChangeDecision | None, entries: Iterable[Entry]) -> dict[int, Call]:
    """Return by entry the newest call about a decision that was made for the entry or for its 団体."""
    made = calls.calls(database, decision.id) if decision is not None else []
    mine = [one for one in made if one.target.is_organisation]
    of_entry = {one.entry_id: one for one in mine if one.entry_id is not None}
    of_group = {one.organisation_id: one for one in mine if one.entry_id is None and one.organisation_id is not None}
    found = ((entry.id, [of_entry.get(entry.id), of_group.get(entry.organisation_id or 0)]) for entry in entries)
    return {
        entry_id: max((one for one in both if one is not None), key=lambda one: one.id)
        for entry_id, both in found
        if any(both)
    }


def needs_call(entry: Entry, newest_calls: Mapping[int, Call]) -> bool:
    """Return whether an entry is still to be called: its newest call is not 連絡済 or 対象外. Never a 補欠."""
    call = newest_calls.get(entry.id)
    return not entry.state.is_waiting and (call is None or not call.outcome.is_settled)


def number_agreement(store: Store, event_id: int) -> Agreement | None:
    """Return the newest settled 協議 about the number of people that was not withdrawn, or None.

    It is one whose topic or content mentions 人数, 定員 or 超過.
    """
    found = [
        one
        for one in rows(store.database, Agreement, event_id=event_id)
        if one.withdrawn_on is None
        and one.settled_on is not None
        and _NUMBER_TOPICS.search(f"{one.topic}{one.content}")
    ]
    return found[-1] if found else None
