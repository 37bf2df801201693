"""When a letter of an event took its steps (起案中, 決裁済, 施行), by the journal.

- ``steps_of(store, event) -> list[JournalEntry]`` every step that concerns an event, the newest first
- ``step_into(steps, letter, states) -> JournalEntry | None`` the newest by which a letter came to one of them
- ``drafted_on(store, event, letters) -> date | None`` the day on which letters were put to 起案中
"""

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
    """Return every step of the journal that concerns an event, the newest first."""
    return as_of.entries_of_event(store.database, event.id)


def step_into(steps: Iterable[JournalEntry], letter: Letter, states: Collection[str]) -> JournalEntry | None:
    """Return the newest of ``steps`` (newest first) by which a letter came from another state to one of ``states``."""
    return next((step for step in steps if _enters_state(step, letter, states)), None)


def _enters_state(step: JournalEntry, letter: Letter, states: Collection[str]) -> bool:
    return any(
        (change.table, change.row_id) == (TABLE_OF[Letter], letter.id)
        and (change.after or {}).get("state") in states
        and (change.before or {}).get("state") not in states
        for change in journal.net_changes(step)
    )


def is_in_draft(letter: Letter) -> bool:
    """Whether a letter is drafted, or further."""
    return bool(letter.id) and letter.form == "公文書" and letter.state in DRAFTED_STATES


def drafted_on(store: Store, event: Event, letters: Iterable[Letter]) -> date | None:
    """Return the day on which the first of these letters was put to 起案中; None where none was, or where it was noted
    at once as decided."""
    drafted = [one for one in letters if is_in_draft(one)]
    steps = journal_of_event(store, event) if drafted else []
    for letter in drafted:
        step = step_into(steps, letter, DRAFTED_STATES)
        if step is not None and step_into([step], letter, DECIDED_STATES) is None:
            return step.at.date()
    return None
