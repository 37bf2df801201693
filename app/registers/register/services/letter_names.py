"""Says of a name that was put right how many letters left with the name as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.common.join_nonempty import fill_nonempty
from app.event.rules.change_decisions import CANCELLATION_LETTER
from db.records.documents import KeptPaper, Letter, LetterState
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import rows, rows_by_id
from db.store import Store

_Names = Mapping[tuple[int, int], str]


def names_in_letters(store: Store, *, today: date) -> _Names:
    """Return what each person is called now whom a letter that left names, by the ids of letter and place.

    Nobody is asked about the letters of an event that is over, nor about those that a 中止通知 followed.
    """
    database = store.database
    events = rows_by_id(database, Event)
    letters = {
        one.id
        for one in rows(database, Letter, state=LetterState.ISSUED)
        if (event := events.get(one.event_id)) is not None
        and not event.is_past(today)
        and (event.status.is_planned or one.document_kind == CANCELLATION_LETTER)
    }
    kept = rows(database, KeptPaper, letter_id=[*letters], replaced=False)
    places = rows_by_id(database, Entry, id=list({entry for one in kept for entry in one.entries}))
    people = rows_by_id(database, Person, id=list({one.person_id for one in places.values() if one.person_id}))
    return {
        (one.letter_id, entry): person.name
        for one in kept
        for entry in one.entries
        if entry in places and (person := people.get(places[entry].person_id))
    }


def old_names_in_letters(store: Store, *, today: date, before: _Names) -> str:
    """Return a sentence on the letters that left with a name of ``before`` that is another now, "" if none."""
    now = names_in_letters(store, today=today)
    return fill_nonempty(
        "前の氏名で出した通知が{}件あります。実施回の「書類」の「違い」で、伝え直すかを決めてください。",
        len({of[0] for of, name in before.items() if now.get(of, name) != name}),
    )
