"""Says of a name that was put right how many letters left with the name as it was."""

from __future__ import annotations

from collections.abc import Mapping

from app.common.join_nonempty import fill_nonempty
from db.engine import Database
from db.records.documents import KeptPaper, Letter, LetterState
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import rows, rows_by_id

_Names = Mapping[tuple[int, int], str]


def names_in_letters(database: Database) -> _Names:
    """Return what each person is called now whom a letter that left names, by the ids of letter and place."""
    letters = rows_by_id(database, Letter, state=LetterState.ISSUED)
    kept = rows(database, KeptPaper, letter_id=[*letters], replaced=False)
    places = rows_by_id(database, Entry, id=list({entry for one in kept for entry in one.entries}))
    people = rows_by_id(database, Person, id=list({one.person_id for one in places.values() if one.person_id}))
    return {
        (one.letter_id, entry): person.name
        for one in kept
        for entry in one.entries
        if entry in places and (person := people.get(places[entry].person_id))
    }


def old_names_in_letters(database: Database, before: _Names) -> str:
    """Return a sentence on the letters that left with a name of ``before`` that is another now, "" if none."""
    now = names_in_letters(database)
    return fill_nonempty(
        "前の氏名で出した通知が{}件あります。実施回の「書類」の「違い」で、伝え直すかを決めてください。",
        len({of[0] for of, name in before.items() if now.get(of, name) != name}),
    )
