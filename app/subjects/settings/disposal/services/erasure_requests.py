"""What one person asked for: that all that tells of them is erased, whether they took part or not.

- ``read_erasure_request(store, person_id, today) -> ErasureRequest`` what the question before it has to say
- ``future_entries_of(store, person_id, today)`` the places of which it has to be said what becomes of them
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.actions.get_or_raise import get_or_raise
from app.documents.services.copy_retention import copies_naming
from app.programme.rules.retention import REQUEST
from app.subjects.events.roster.services.upcoming_entries import UpcomingEntry, read_upcoming_entries
from app.subjects.settings.checkouts.services.checkouts import files_outside
from app.subjects.settings.disposal.services.naming_texts import NamingText, find_naming_texts, naming_texts_of
from app.subjects.settings.disposal.services.personal_rows import is_representative, redactions_for, rows_of_person
from app.subjects.settings.disposal.services.related_rows import related_cells
from db.backups.retention import last_day_in_backups
from db.engine import Database
from db.frozen_record import frozen_record
from db.records.disposals import DisposalItem
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.redactions import REDACTED
from db.row_history import row_histories
from db.rows import rows
from db.store import Store


@frozen_record
class ErasureRequest:
    """One person: how many rows would go, what one has to know before, and until when backups hold them all the
    same; of each of ``places`` it has to be said what becomes of it. ``named`` are the texts that stay and name them,
    as far as known before; of those with a ``sort`` somebody has to judge whom they mean."""

    person_id: int
    name: str
    count: int
    warnings: tuple[str, ...]
    backups_until: date
    future_entries: tuple[UpcomingEntry, ...] = ()
    naming_texts: tuple[NamingText, ...] = ()


def read_erasure_request(store: Store, *, person_id: int, today: date) -> ErasureRequest:
    """Return what a question about one person has to say; raises ``UserError`` when they are no longer there."""
    database = store.database
    person = get_or_raise(database, Person, person_id)
    ids = {one.event_id for one in rows(database, Entry, person_id=person_id)}
    events = rows(database, Event, id=ids) if ids else []
    warnings = []
    if any(files_outside(database, one.id) for one in events):
        warnings.append(
            "当日持出しファイルが外にあります。その回の枠はそのまま残り、戻しても、この人の記録は入りません"
        )
    if is_representative(person):
        warnings.append("団体の代表者です。団体あての書類の宛名からも消えます")
    if copies := copies_naming(store, person_id=person_id):
        warnings.append(copies.rstrip("。"))
    found = rows_of_person(database, person_id)
    return ErasureRequest(
        person_id=person_id,
        name=person.name,
        count=len(found),
        warnings=tuple(warnings),
        backups_until=last_day_in_backups(today),
        future_entries=future_entries_of(store, person_id=person_id, today=today),
        naming_texts=_texts_naming(database, [one.item for one in found]),
    )


def _texts_naming(database: Database, items: Iterable[DisposalItem]) -> tuple[NamingText, ...]:
    """Return the texts that stay and name the person, by the whole name or by what somebody has to judge."""
    lives = row_histories(database)
    going_lives = {
        life for one in items if not one.born and (life := lives.current.get((one.table, one.row_id))) is not None
    }
    own = {life: redactions_for(life.table, lives.last_images[life], REDACTED, REQUEST.key) for life in going_lives}
    wanted = {**own, **related_cells(lives, own, whole=())}
    return naming_texts_of(database, find_naming_texts(database, lives, wanted).in_current_rows)


def future_entries_of(store: Store, *, person_id: int, today: date) -> tuple[UpcomingEntry, ...]:
    """Return the places to come of which somebody has to say what becomes of them.

    An event whose 当日持出しファイル is outside is being held: whoever comes there is received, and counts as before.
    """
    coming = read_upcoming_entries(store, person_id=person_id, today=today)
    return tuple(one for one in coming if not files_outside(store.database, one.event_id))
