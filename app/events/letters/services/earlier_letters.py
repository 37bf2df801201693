"""Reads what preceded a letter: its issue, the decision, calls, and the 協議 about the number of people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from app.event.rules.event_state import decision_in_effect
from app.event.rules.recruitment import TO_BRANCHES, TO_PRESIDENTS
from app.event.services.event_notifications import (
    notified_documents,
    outdated_facts,
    read_notification_rows,
    with_missing_facts,
)
from app.event.services.event_records import read_event_or_error
from db.engine import Database
from db.records.agreements import Agreement
from db.records.calls import Call, ChangeDecision
from db.records.events import Event
from db.records.roster import Entry
from db.rows import rows
from db.store import Store
from db.tables import calls

RECRUITMENT_LETTERS = (TO_PRESIDENTS, TO_BRANCHES)
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


def newest_calls(database: Database, decision: ChangeDecision | None, entries: Iterable[Entry]) -> dict[int, Call]:
    """Return by entry the newest call about a decision that was made for the entry or for its 団体."""
    made = calls.calls(database, decision.id) if decision is not None else []
    mine = [one for one in reversed(made) if one.target.is_organisation]
    last = {one.id: next((call for call in mine if call.concerns(one)), None) for one in entries}
    return {entry_id: call for entry_id, call in last.items() if call is not None}


def needs_call(entry: Entry, newest_calls: Mapping[int, Call]) -> bool:
    """Return whether an entry is still to be called: its newest call is not 連絡済 or 対象外.

    Whoever has no place is never called; the letter tells him.
    """
    call = newest_calls.get(entry.id)
    return not entry.state.missed_out and (call is None or not call.outcome.is_settled)


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
