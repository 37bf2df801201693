"""Reads what changed in the requests of a year since the 決裁 of their selection.

A new 起案資料 would differ from the decided one. ``HALTS`` works as for the 起案資料 of an event (``draft_changes``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from app.documents.services.document_context import letter_of
from app.documents.services.document_scope import DocumentScope, year_of
from app.events.dispatches.documents import DECLINE_NOTICE, SELECTION
from app.events.letters.services.draft_changes import change_warning, edited_passages, moved, rows_before
from app.events.letters.services.letter_steps import DECIDED_STATES, step_into
from db.backups import as_of
from db.mapping import TABLE_OF
from db.records.accounts import JournalEntry
from db.records.dispatches import DispatchRequest
from db.records.documents import DocumentPassage, Letter
from db.rows import rows
from db.store import Store

_CHOICES: Final = ("決定", "不採択")


def _halts(store: Store, scope: DocumentScope, today: date) -> tuple[str, ...]:
    """Return as one warning why the decided selection must be decided again, () if nothing changed since."""
    programme = year_of(store, scope, on=today).programme
    slips = rows(store.database, DispatchRequest, programme_id=programme.id, order="id")
    chosen = any(slip.outcome.is_answered for slip in slips)
    decided = _decided_letters(store, slips, today) if chosen else []
    steps = _steps(store) if decided else []
    noted = {letter.id: step_into(steps, letter, DECIDED_STATES) for letter in decided}
    letter = max(decided, key=lambda one: step.seq if (step := noted[one.id]) else 0, default=None)
    step = noted[letter.id] if letter is not None else None
    if letter is None or step is None:
        return ()
    said = _changes_since_decision(slips, letter, step, steps)
    return (change_warning(letter, SELECTION, said),) if said else ()


HALTS: Final = ((SELECTION, _halts),)


def _decided_letters(store: Store, slips: Sequence[DispatchRequest], today: date) -> list[Letter]:
    """Return the letters to declined 団体 that passed their 決裁; none while one of them is not decided."""
    found: list[Letter] = []
    for slip in slips:
        letter = letter_of(
            store, DocumentScope(organisation_id=slip.organisation_id), DECLINE_NOTICE, formal=True, on=today
        )
        known = letter if letter is not None and letter.id and letter.form.is_formal else None
        own = known is not None and (known.decided_on is None or known.decided_on >= slip.received_on)
        if known is not None and own and known.state.is_decided:
            found.append(known)
        elif slip.outcome.is_refused:
            return []
    return found


def _steps(store: Store) -> list[JournalEntry]:
    """Return the journal entries on letters, requests and their documents."""
    return as_of.told_of_tables(store.database, [TABLE_OF[one] for one in (Letter, DispatchRequest, DocumentPassage)])


def _changes_since_decision(
    slips: Sequence[DispatchRequest], letter: Letter, noted: JournalEntry, steps: Sequence[JournalEntry]
) -> list[str]:
    """Return, each as a part of a sentence, what the 起案 said of the requests when it was decided and would say
    differently now; [] for nothing.
    """
    later = [step for step in steps if step.seq > noted.seq]
    programme_id = next((slip.programme_id for slip in slips), 0)
    empty = DispatchRequest(programme_id=programme_id, organisation_id=0, received_on=date.min)
    then = rows_before(slips, later, empty, "programme_id")
    if letter.decided_on is not None:
        # The 決裁 was recorded days later: changes in between were not decided on, unless the selection itself was
        # entered later.
        since = [step for step in steps if step.seq > noted.seq or step.at.date() > letter.decided_on]
        before = rows_before(slips, since, empty, "programme_id")
        if any(slip.outcome.is_answered for slip in before):
            later, then = since, before
    # A request selected later has a 起案 of its own.
    drafted = {slip.id for slip in then if slip.outcome.is_answered}
    now = [slip for slip in slips if slip.id in drafted]
    return [
        *moved(_outcomes(then), _outcomes(now), each="団体", people="の顔ぶれ"),
        *_changed_reason_words(then, now),
        *edited_passages(later, (SELECTION, DECLINE_NOTICE)),
    ]


def _outcomes(slips: Iterable[DispatchRequest]) -> Mapping[str, frozenset[int]]:
    """Return the ids of the requests with each outcome that is a decision."""
    every = list(slips)
    return {outcome: frozenset(slip.id for slip in every if slip.outcome == outcome) for outcome in _CHOICES}


def _changed_reason_words(then: Iterable[DispatchRequest], now: Iterable[DispatchRequest]) -> list[str]:
    """Return in words for how many 団体 with an unchanged result the reason changed; [] for none."""
    before = {slip.id: slip for slip in then}
    others = [
        slip
        for slip in now
        if slip.outcome.is_answered
        and slip.id in before
        and before[slip.id].outcome == slip.outcome
        and before[slip.id].reason.strip() != slip.reason.strip()
    ]
    return [f"選定の理由（{len(others)}団体）"] if others else []
