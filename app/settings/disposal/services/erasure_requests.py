"""A person's request that all data about them be erased, whether they took part or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.actions.get_or_raise import get_or_raise
from app.documents.services.copy_retention import copies_naming
from app.documents.services.kept_letters.kept_erasing import shared_files_words
from app.event_day.checkouts.services import files_outside
from app.events.roster.services.upcoming_entries import UpcomingEntry, read_upcoming_entries
from app.programme.holds import backup_term, holds_of_person
from app.programme.rules import REQUEST
from app.settings.disposal.services.naming_texts import NamingText, find_naming_texts, naming_texts_of
from app.settings.disposal.services.personal_rows import is_representative, redactions_for, rows_of_person
from app.settings.disposal.services.related_rows import related_cells
from db.engine import Database
from db.record import record
from db.records.disposals import DisposalItem
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.redactions import REDACTED
from db.row_history import row_histories
from db.rows import rows
from db.store import Store
from db.tables.erasing_days import backup_months


@record
class ErasureRequest:
    """What is shown before one person is erased on request.

    ``count`` rows would be erased; ``backups_until`` says how long backups still hold them, month ends for
    ``backup_months``; for each of
    ``future_entries`` somebody must say what becomes of it. ``naming_texts`` are remaining texts that name the person;
    those with a ``sort`` need somebody to judge whom they mean.
    """

    person_id: int
    name: str
    count: int
    warnings: tuple[str, ...]
    backups_until: date
    backup_months: int
    future_entries: tuple[UpcomingEntry, ...] = ()
    naming_texts: tuple[NamingText, ...] = ()


def read_erasure_request(store: Store, *, person_id: int, today: date) -> ErasureRequest:
    """Return what to show before one person is erased; raises ``UserError`` when they are no longer there."""
    database = store.database
    person = get_or_raise(database, Person, person_id)
    entries = rows(database, Entry, person_id=person_id)
    events = rows(database, Event, id={one.event_id for one in entries})
    warnings = []
    if any(files_outside(database, one.id) for one in events):
        warnings.append(
            "当日持出しファイルが外にあります。その回の枠はそのまま残り、戻しても、この人の記録は入りません"
        )
    if is_representative(person):
        warnings.append("団体の代表者です。団体あての書類の宛名からも消えます")
    if held := holds_of_person(database, person_id, today).words:
        warnings.append(f"いまは消す印を付けられません。{held}".rstrip("。"))
    if shared := shared_files_words(store, entries):
        warnings.append(shared)
    if copies := copies_naming(store, person_id=person_id):
        warnings.append(copies.rstrip("。"))
    found = rows_of_person(database, person_id)
    return ErasureRequest(
        person_id=person_id,
        name=person.name,
        count=len(found),
        warnings=tuple(warnings),
        backups_until=backup_term(database, today).last_day(today),
        backup_months=backup_months(database),
        future_entries=future_entries_of(store, person_id=person_id, today=today),
        naming_texts=texts_naming(database, [one.item for one in found]),
    )


def texts_naming(database: Database, items: Iterable[DisposalItem]) -> tuple[NamingText, ...]:
    """Return the remaining texts that name the person, by the full name or by a name that must be judged."""
    lives = row_histories(database)
    going_lives = {
        life for one in items if not one.born and (life := lives.current.get((one.table, one.row_id))) is not None
    }
    own = {life: redactions_for(life.table, lives.last_images[life], REDACTED, REQUEST.key) for life in going_lives}
    wanted = {**own, **related_cells(lives, own, whole_events=())}
    return naming_texts_of(database, find_naming_texts(database, lives, wanted).in_current_rows)


def future_entries_of(store: Store, *, person_id: int, today: date) -> tuple[UpcomingEntry, ...]:
    """Return the person's entries in coming events, for which somebody must say what becomes of them.

    An event whose 当日持出しファイル is out counts as being held: its entries stay as they are.
    """
    coming = read_upcoming_entries(store, person_id=person_id, today=today)
    return tuple(one for one in coming if not files_outside(store.database, one.event_id))
