"""What one person asked for: that all that tells of them is erased, whether they took part or not.

- ``read_request(store, person_id, today) -> PersonRequest`` what the question before it has to say
- ``places_asked_about(store, person_id, today)`` the places of which it has to be said what becomes of them
"""

from __future__ import annotations

from datetime import date

from app.acts.get_or_refuse import get_or_refuse
from app.papers.services.copy_keeping import copies_naming
from app.subjects.events.roster.services.places_to_come import PlaceToCome, read_places_to_come
from app.subjects.settings.disposal.services.personal_rows import is_head, rows_of_person
from app.subjects.settings.takeouts.services.takeouts import files_outside
from db.backups.keeping import last_day_in_backups
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import rows
from db.store import Store


@frozen_record
class PersonRequest:
    """One person: how many rows would go, what one has to know before, and until when backups hold them all the
    same; of each of ``places`` it has to be said what becomes of it."""

    person_id: int
    name: str
    count: int
    warnings: tuple[str, ...]
    last_copies: date
    places: tuple[PlaceToCome, ...] = ()


def read_request(store: Store, *, person_id: int, today: date) -> PersonRequest:
    """Return what a question about one person has to say; raises ``Refusal`` when they are no longer there."""
    database = store.database
    person = get_or_refuse(database, Person, person_id)
    ids = {one.event_id for one in rows(database, Entry, person_id=person_id)}
    events = rows(database, Event, id=ids) if ids else []
    warnings = []
    if any(files_outside(database, one.id) for one in events):
        warnings.append(
            "当日持出しファイルが外にあります。その回の枠はそのまま残り、戻しても、この人の記録は入りません"
        )
    if is_head(person):
        warnings.append("団体の代表者です。団体あての書類の宛名からも消えます")
    if copies := copies_naming(store, person_id=person_id):
        warnings.append(copies.rstrip("。"))
    return PersonRequest(
        person_id=person_id,
        name=person.name,
        count=len(rows_of_person(database, person_id)),
        warnings=tuple(warnings),
        last_copies=last_day_in_backups(today),
        places=places_asked_about(store, person_id=person_id, today=today),
    )


def places_asked_about(store: Store, *, person_id: int, today: date) -> tuple[PlaceToCome, ...]:
    """Return the places to come of which somebody has to say what becomes of them.

    An event whose 当日持出しファイル is outside is being held: whoever comes there is received, and counts as before.
    """
    coming = read_places_to_come(store, person_id=person_id, today=today)
    return tuple(one for one in coming if not files_outside(store.database, one.event_id))
