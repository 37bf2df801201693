"""Reads what changed in the requests of a year since the 決裁 of their selection.

A new 起案資料 would differ from the decided one; with a reason it is made all the same and bears
``CHANGED_SINCE_DECISION`` on every page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from app.calendar.dates import long_date
from app.documents.services.document_context import letter_of
from app.documents.services.document_passages import BASE_SUFFIX
from app.documents.services.document_scope import DocumentScope, year_of
from app.events.dispatches.documents import DECLINE_NOTICE, SELECTION
from db.backups import as_of
from db.mapping import TABLE_OF, to_columns, to_record
from db.records.accounts import JournalEntry
from db.records.dispatches import DispatchRequest
from db.records.documents import DocumentPassage, Letter
from db.rows import rows
from db.store import Store
from db.tables import journal

CHANGED_SINCE_DECISION: Final = "変更後（決裁と異なる）"
_DECIDED_STATES: Final = ("決裁済", "施行")
_CHOICES: Final = ("決定", "不採択")


def _halts(store: Store, scope: DocumentScope, today: date) -> tuple[str, ...]:
    """Return as one warning why the decided selection must be decided again, () if nothing changed since."""
    programme = year_of(store, scope, on=today).programme
    slips = rows(store.database, DispatchRequest, programme_id=programme.id, order="id")
    chosen = any(slip.outcome.is_answered for slip in slips)
    decided = _decided_letters(store, slips, today) if chosen else []
    steps = _steps(store) if decided else []
    noted = {letter.id: _step_into(steps, letter) for letter in decided}
    letter = max(decided, key=lambda one: step.seq if (step := noted[one.id]) else 0, default=None)
    step = noted[letter.id] if letter is not None else None
    if letter is None or step is None:
        return ()
    said = _changes_since_decision(slips, letter, step, steps)
    return (_change_warning(letter, said),) if said else ()


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
    then = _requests_before(slips, later, empty)
    if letter.decided_on is not None:
        # The 決裁 was recorded days later: changes in between were not decided on, unless the selection itself was
        # entered later.
        since = [step for step in steps if step.seq > noted.seq or step.at.date() > letter.decided_on]
        before = _requests_before(slips, since, empty)
        if any(slip.outcome.is_answered for slip in before):
            later, then = since, before
    # A request selected later has a 起案 of its own.
    drafted = {slip.id for slip in then if slip.outcome.is_answered}
    now = [slip for slip in slips if slip.id in drafted]
    return [
        *_moved(_outcomes(then), _outcomes(now)),
        *_changed_reason_words(then, now),
        *_edited_passages(later),
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


def _change_warning(letter: Letter, said: Iterable[str]) -> str:
    """Return the warning that a 起案資料 made now differs from the letter that was 決裁, and in what."""
    number = f"（{letter.document_number}）" if letter.document_number else ""
    day = f"{long_date(letter.decided_on)}に" if letter.decided_on else ""
    since = f"{letter.document_kind}は、{day}決裁されています{number}。そのあとに、つぎのことが変わりました："
    return f"{since}{'、'.join(said)}。いま作成する{SELECTION}は、決裁されたものと違います。"


def _step_into(steps: Iterable[JournalEntry], letter: Letter) -> JournalEntry | None:
    """Return the newest of these entries (newest first) by which a letter was decided, or None."""
    return next((step for step in steps if _is_decided_by(step, letter)), None)


def _is_decided_by(step: JournalEntry, letter: Letter) -> bool:
    return any(
        (change.table, change.row_id) == (TABLE_OF[Letter], letter.id)
        and (change.after or {}).get("state") in _DECIDED_STATES
        and (change.before or {}).get("state") not in _DECIDED_STATES
        for change in journal.net_changes(step)
    )


def _requests_before(
    now: Iterable[DispatchRequest], steps: Iterable[JournalEntry], empty: DispatchRequest
) -> list[DispatchRequest]:
    """Return the requests of a year as they were before these newest journal steps, by id.

    Args:
        empty: a request whose values stand in columns that were added later.
    """
    plain = to_columns(empty)
    known = {one.id: one for one in now}
    for change in (
        one for step in steps for one in journal.net_changes(step) if one.table == TABLE_OF[DispatchRequest]
    ):
        known.pop(change.row_id, None)
        if change.before is not None and change.before.get("programme_id") == plain["programme_id"]:
            known[change.row_id] = to_record(DispatchRequest, plain | change.before)
    return [known[row_id] for row_id in sorted(known)]


def _moved(then: Mapping[str, frozenset[int]], now: Mapping[str, frozenset[int]]) -> list[str]:
    """Return 「決定 3団体 → 2団体」, or 「決定（3団体）の顔ぶれ」 where the number is equal and the 団体 are not."""
    counted = {name: (len(then[name]), len(those)) for name, those in now.items() if then[name] != those}
    return [
        f"{name} {before}団体 → {after}団体" if before != after else f"{name}（{after}団体）の顔ぶれ"
        for name, (before, after) in counted.items()
    ]


def _edited_passages(steps: Iterable[JournalEntry]) -> list[str]:
    """Return 「文面（件名、…）」 with the passages that were edited in the steps; [] if none was."""
    images = [
        change.after or change.before or {}
        for step in steps
        for change in journal.net_changes(step)
        if change.table == TABLE_OF[DocumentPassage]
    ]
    named = (image for image in images if image.get("document_kind") in (SELECTION, DECLINE_NOTICE))
    parts = dict.fromkeys(image["part"].replace(BASE_SUFFIX, "") for image in named)
    return [f"文面（{'、'.join(parts)}）"] if parts else []
