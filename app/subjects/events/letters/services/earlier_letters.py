"""What went before a letter: the day it went, the letter that told it, and what was agreed on about the number of
people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from app.calendar.dates import long_date, time_range_words
from app.papers.rules.notification import shown
from app.subjects.events.event.rules.event_state import standing_decision
from app.subjects.events.event.rules.recruitment import DECISION, TO_BRANCHES, TO_PRESIDENTS, paper_of_step
from app.subjects.events.letters.rules.letter_texts import INVITATION, EarlierLetter
from db.engine import Database
from db.records.agreements import Agreement
from db.records.calls import Call, ChangeDecision
from db.records.events import Event, RecruitmentStep
from db.records.papers import Letter, Notification, Outgoing
from db.records.roster import Entry
from db.rows import rows
from db.store import Store
from db.tables import calls

RECRUITMENT_LETTERS: Final = (TO_PRESIDENTS, TO_BRANCHES)
_TOLD_BY: Final = (DECISION, INVITATION)
_ABOUT_NUMBER = re.compile("人数|定員|超過")


def sent_on(store: Store, event_id: int, kind: str) -> date | None:
    """Return the day on which a letter that recruits went out: as told, else as its step of recruitment was done."""
    if kind not in RECRUITMENT_LETTERS:
        return None
    told = [
        act.told_on for act in rows(store.database, Notification, event_id=event_id, document_kind=kind) if act.told
    ]
    steps = rows(store.database, RecruitmentStep, event_id=event_id, order=("position", "id"))
    done = [step.done_on for step in steps if step.done_on is not None and paper_of_step(step.name) == kind]
    days = told or done
    return days[-1] if days else None


def current_decision(database: Database, event: Event) -> ChangeDecision | None:
    """Return the newest decision about a 中止 or a change that stands: a 中止 that was taken back since does not."""
    return standing_decision(event, calls.decisions(database, event.id))


def earlier_letter(store: Store, event_id: int, decision: ChangeDecision | None) -> EarlierLetter | None:
    """Return the letter by which people know of the event, with what it told before ``decision``; None =
    there is none."""
    written = rows(store.database, Letter, event_id=event_id)
    acts, issued = (
        rows(store.database, Notification, event_id=event_id),
        rows(store.database, Outgoing, event_id=event_id),
    )
    until = decision.decided_at.date() if decision is not None and decision.decided_at is not None else date.max
    for kind in _TOLD_BY:
        mine = sorted((one for one in written if one.document_kind == kind), key=lambda one: (one.revision, one.id))
        sent = list({one.revision: one for one in mine if one.issued_on}.values())
        letter = sent[0] if sent else None
        told = [act for act in acts if act.document_kind == kind and act.told and act.told_on <= until]
        left = [
            row.facts.get(kind, {})
            for row in issued
            if row.document_kind == kind and row.way != "取消" and row.at.date() <= until and row.facts
        ]
        if letter is None and not told:
            continue
        facts = told[-1].facts if told else left[-1] if left else {}
        return EarlierLetter(
            kind=kind,
            number=letter.document_number if letter is not None else "",
            issued_on=letter.issued_on if letter is not None else told[-1].told_on,
            when=_when(facts),
            place=facts.get("会場", "").strip(),
            later=tuple((one.issued_on, one.document_number) for one in sent[1:] if one.issued_on),
        )
    return None


def _when(facts: dict[str, str]) -> str:
    """「令和8年9月10日（木）　午後2時から午後4時まで」 from what an act keeps; empty where it told no day."""
    try:
        day = date.fromisoformat(facts.get("実施日", ""))
    except ValueError:
        return ""
    start, sign, end = shown(facts.get("時間", "")).partition("–")
    return f"{long_date(day)}　{time_range_words(start, end)}" if sign and start and end else long_date(day)


REACHED: Final = "連絡済"
_SETTLED: Final = (REACHED, "対象外")


def newest_calls(database: Database, decision: ChangeDecision | None, entries: Iterable[Entry]) -> dict[int, Call]:
    """Return by entry the newest call about a decision that was made for it or for its whole 団体."""
    made = calls.calls(database, decision.id) if decision is not None else []
    mine = [one for one in made if one.target == "団体"]
    of_entry = {one.entry_id: one for one in mine if one.entry_id is not None}
    of_group = {one.organisation_id: one for one in mine if one.entry_id is None and one.organisation_id is not None}
    found = ((entry.id, [of_entry.get(entry.id), of_group.get(entry.organisation_id or 0)]) for entry in entries)
    return {
        entry_id: max((one for one in both if one is not None), key=lambda one: one.id)
        for entry_id, both in found
        if any(both)
    }


def to_be_called(entry: Entry, made: Mapping[int, Call]) -> bool:
    """Whether somebody who holds a place was not reached yet; who is 補欠 is told by letter alone."""
    call = made.get(entry.id)
    return entry.state != "補欠" and (call is None or call.outcome not in _SETTLED)


def number_agreement(store: Store, event_id: int) -> Agreement | None:
    """Return the newest settled 協議 about the number of people that was not withdrawn, or None."""
    found = [
        one
        for one in rows(store.database, Agreement, event_id=event_id)
        if one.withdrawn_on is None and one.settled_on is not None and _ABOUT_NUMBER.search(f"{one.topic}{one.content}")
    ]
    return found[-1] if found else None
