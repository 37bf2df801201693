"""What one person asked for: that all that tells of them is erased, whether they took part or not.

- ``read_request(store, person_id, today) -> PersonRequest`` what the question before it has to say
- ``places_asked_about(store, person_id, today)`` the places of which it has to be said what becomes of them
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.acts.get_or_refuse import get_or_refuse
from app.papers.services.copy_keeping import copies_naming
from app.programme.rules.retention import REQUEST
from app.subjects.events.roster.services.places_to_come import PlaceToCome, read_places_to_come
from app.subjects.settings.disposal.services.beside_rows import beside_rows
from app.subjects.settings.disposal.services.named_texts import NamedPlace, find_named, places_named
from app.subjects.settings.disposal.services.personal_rows import going, is_head, rows_of_person
from app.subjects.settings.takeouts.services.takeouts import files_outside
from db.backups.keeping import last_day_in_backups
from db.engine import Database
from db.frozen_record import frozen_record
from db.lives import lives_of
from db.records.disposals import DisposalItem
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import rows
from db.stand_ins import STAND_IN
from db.store import Store


@frozen_record
class PersonRequest:
    """One person: how many rows would go, what one has to know before, and until when backups hold them all the
    same; of each of ``places`` it has to be said what becomes of it. ``named`` are the texts that stay and name them,
    as far as known before; of those with a ``sort`` somebody has to judge whom they mean."""

    person_id: int
    name: str
    count: int
    warnings: tuple[str, ...]
    last_copies: date
    places: tuple[PlaceToCome, ...] = ()
    named: tuple[NamedPlace, ...] = ()


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
    found = rows_of_person(database, person_id)
    return PersonRequest(
        person_id=person_id,
        name=person.name,
        count=len(found),
        warnings=tuple(warnings),
        last_copies=last_day_in_backups(today),
        places=places_asked_about(store, person_id=person_id, today=today),
        named=_texts_naming(database, [one.item for one in found]),
    )


def _texts_naming(database: Database, items: Iterable[DisposalItem]) -> tuple[NamedPlace, ...]:
    """Return the texts that stay and name the person, by the whole name or by what somebody has to judge."""
    lives = lives_of(database)
    going_lives = {
        life for one in items if not one.born and (life := lives.now.get((one.table, one.row_id))) is not None
    }
    own = {life: going(life.table, lives.last[life], STAND_IN, REQUEST.key) for life in going_lives}
    wanted = {**own, **beside_rows(lives, own, whole=())}
    return places_named(database, find_named(database, lives, wanted).left)


def places_asked_about(store: Store, *, person_id: int, today: date) -> tuple[PlaceToCome, ...]:
    """Return the places to come of which somebody has to say what becomes of them.

    An event whose 当日持出しファイル is outside is being held: whoever comes there is received, and counts as before.
    """
    coming = read_places_to_come(store, person_id=person_id, today=today)
    return tuple(one for one in coming if not files_outside(store.database, one.event_id))
