"""Finds the upcoming places of a person who is erased, and withdraws them or keeps them unnamed for the 団体."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.calendar.dates import short_date_or
from app.event.rules.change_decisions import WITHDRAWAL_LETTER
from app.event.rules.participation import NO_ARRANGEMENT_NEEDED, NO_WORDS, is_coming, withdrawal
from app.event.services.event_records import read_event_records
from app.event.services.event_state import states_of
from app.events.applications.services.application_writing import close_waitlist_gaps
from app.events.roster.services.entry_names import required_entry
from app.events.roster.services.roster import RosterRow, roster_of
from db.engine import Database
from db.journal import Change
from db.record import record
from db.records.events import Event
from db.records.roster import Arrangement, Entry, TabletLoan
from db.rows import rows, rows_by_id
from db.store import Store
from db.tables import roster as table


@record
class UpcomingEntry:
    """A place in an upcoming event, and who is to be notified when it is withdrawn.

    Attributes:
        event: in words.
        group: name of its 団体, "" = none, or a 補欠; only a 団体 can send somebody else.
    """

    entry_id: int
    event_id: int
    event: str
    group: str
    people_to_notify: tuple[str, ...]

    @property
    def can_stay_unnamed(self) -> bool:
        """Return whether the place may be kept without a name: only a 団体 can send somebody else."""
        return bool(self.group)


def _upcoming_entries(database: Database, *, person_id: int, today: date) -> list[tuple[Event, Entry]]:
    """Return the places and 補欠 of a person in events that are not over, each with its event.

    One that waits for another day is not over.
    """
    held = [one for one in rows(database, Entry, person_id=person_id) if _holds_entry(one)]
    events = rows_by_id(database, Event, id=sorted({one.event_id for one in held}))
    phases = {number: state.phase for number, state in states_of(database, events.values(), today).items()}
    coming = {number for number, phase in phases.items() if phase.will_be_held or phase.awaits_day}
    found = [(events[one.event_id], one) for one in held if one.event_id in coming]
    return sorted(found, key=lambda each: (each[0].event_date or date.max, each[1].id))


def _holds_entry(entry: Entry) -> bool:
    """Return whether the entry still holds a place or waits for one."""
    waits = entry.state.is_waiting and entry.absent_told_at is None
    return (is_coming(entry) or waits) and not entry.attendance.is_present


def read_upcoming_entries(store: Store, *, person_id: int, today: date) -> tuple[UpcomingEntry, ...]:
    """Return the upcoming places of a person by day, with who is to be notified when each is withdrawn."""
    found = []
    for event, entry in _upcoming_entries(store.database, person_id=person_id, today=today):
        row = roster_of(store.database, event).row(entry.id)
        assert row is not None
        day = short_date_or("日付未定", event.event_date, today)
        found.append(
            UpcomingEntry(
                entry_id=entry.id,
                event_id=event.id,
                event=f"{event.full_title}　{day}",
                group=row.organisation_name if is_coming(entry) else "",
                people_to_notify=tuple(_people_to_notify(store, event, row)),
            )
        )
    return tuple(found)


def _people_to_notify(store: Store, event: Event, row: RosterRow) -> Sequence[str]:
    """Return who is to be notified, each with what for: 「みほん町会（辞退受理通知）」, 「受託者（人数の変更連絡）」 ….

    The 受託者 only once told the number, a supplier only for what was ordered (「手話通訳の依頼先（手配の取消し）」).
    """
    told = [f"{row.organisation_name}（{WITHDRAWAL_LETTER}）"] if row.organisation_name else []
    if is_coming(row.entry) and read_event_records(store, event.id).notified_headcount is not None:
        told.append("受託者（人数の変更連絡）")
    ordered = [one for one in table.arrangements(store.database, event.id) if one.entry_id == row.entry.id]
    return (
        *told,
        *(f"{one.kind}の依頼先（手配の取消し）" for one in ordered if one.ordered_on),
    )


def release_entry(store: Store, change: Change, entry_id: int, *, keep_unnamed: bool) -> None:
    """Withdraw a place (辞退) or leave it to its 団体 without a name, and release what was reserved for the person.

    After a withdrawal the 補欠 are renumbered, and the letter to the 団体 is made as for any 辞退. A kept place holds
    nothing of the person; an arrangement stays without a person until somebody cancels it.
    """
    entry = required_entry(store, entry_id)
    if keep_unnamed:
        nobody = dict.fromkeys(("role", "care", "photo", "doubtful", "note"), "")
        change.update(Entry, entry.id, person_id=None, late=False, **nobody, **NO_WORDS)
        for need in rows(store.database, Arrangement, entry_id=entry.id):
            if need.content == NO_ARRANGEMENT_NEEDED:
                change.delete(Arrangement, need.id)
            else:
                change.update(Arrangement, need.id, entry_id=None)
        return
    change.update(Entry, entry.id, **withdrawal(entry))
    for loan in rows(store.database, TabletLoan, entry_id=entry.id):
        if loan.out_at is None and not loan.note:
            change.delete(TabletLoan, loan.id)
        else:
            change.update(TabletLoan, loan.id, entry_id=None)
    close_waitlist_gaps(change, store.database, (entry.event_id,))
