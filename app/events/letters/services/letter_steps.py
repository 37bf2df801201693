"""Finds in the journal when a letter of an event reached 起案中, 決裁済 and 施行."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from db.backups import as_of
from db.mapping import TABLE_OF
from db.records.accounts import JournalEntry
from db.records.documents import Letter
from db.records.events import Event
from db.store import Store
from db.tables import journal

DECIDED_STATES: Final = ("決裁済", "施行")
DRAFTED_STATES: Final = ("起案中", *DECIDED_STATES)


def journal_of_event(store: Store, event: Event) -> list[JournalEntry]:
    """Return every journal entry that concerns an event, newest first."""
    return as_of.entries_of_event(store.database, event.id)


def step_into(steps: Iterable[JournalEntry], letter: Letter, states: Collection[str]) -> JournalEntry | None:
    """Return the newest entry by which a letter changed from another state to one of ``states``, or None.

    Args:
        steps: journal entries, newest first.
    """
    return next((step for step in steps if _enters_state(step, letter, states)), None)


def _enters_state(step: JournalEntry, letter: Letter, states: Collection[str]) -> bool:
    return any(
        (change.table, change.row_id) == (TABLE_OF[Letter], letter.id)
        and (change.after or {}).get("state") in states
        and (change.before or {}).get("state") not in states
        for change in journal.net_changes(step)
    )


def is_in_draft(letter: Letter) -> bool:
    """Return whether a 公文書 is in 起案中 or a later state."""
    return bool(letter.id) and letter.form.is_formal and not letter.state.is_draft


def drafted_on(store: Store, event: Event, letters: Iterable[Letter]) -> date | None:
    """Return the day on which the first of these letters was set to 起案中.

    None where none was, or where it was recorded as decided straight away.
    """
    drafted = [one for one in letters if is_in_draft(one)]
    steps = journal_of_event(store, event) if drafted else []
    for letter in drafted:
        step = step_into(steps, letter, DRAFTED_STATES)
        if step is not None and step_into([step], letter, DECIDED_STATES) is None:
            return step.at.date()
    return None
