"""What goes into a 当日持出しファイル: one event, and of it only what the door needs.

- ``gather_contents(store, event_id, with_care) -> Rows`` rows by table, in an order in which they can be written
- ``record_of(rows, kind)`` the records of one kind among such rows

Left out on purpose: telephone numbers, mail, addresses, applications and their notes, reasons of absence, other events,
other people, other 団体, who the lecturer is, what a 団体 is supported with, and the 履歴.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, Final, TypeVar

from app.subjects.arrangements.rules.tablet_states import SPARE
from app.subjects.events.services.event_file import required_event
from app.subjects.roster.services.roster import roster_of
from db import mapping
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.programme import Programme
from db.records.roster import Arrangement, Entry, Tablet, TabletLoan
from db.rows import by_id
from db.schema import TABLE_OF
from db.store import Store
from db.tables import roster

Rows = dict[str, list[dict[str, Any]]]
Record = TypeVar("Record")
NOT_TAKEN: Final = "内容は持ち出していません。事務所にお問い合わせください。"
_ORDER: Final = (Programme, Organisation, Person, Event, Tablet, Entry, TabletLoan, Arrangement)


def gather_contents(store: Store, *, event_id: int, with_care: bool) -> Rows:
    """Return the rows of one event, each cut down to what the door shows or writes.

    ``with_care`` False leaves the content of every 配慮 in the office: the door then only knows that there is one.

    Raises:
        Refusal: the event is gone.
    """
    event = required_event(store.database, event_id)
    found = roster_of(store.database, event)
    loans = roster.loans(store.database, event_id)
    lent = {loan.tablet_id for loan in loans}
    records: list[Any] = [_programme(by_id(store.database, Programme, event.programme_id))]
    groups = {row.organisation.id: _organisation(row.organisation) for row in found.rows if row.organisation}
    records += groups.values()
    records += {row.person.id: _person(row.person, groups) for row in found.rows if row.person}.values()
    records.append(_event(event))
    records += [
        Tablet(id=one.id, number=one.number, name=one.name) for one in roster.tablets(store.database) if one.id in lent
    ]
    records += [_entry(row.entry, with_care=with_care) for row in found.rows]
    records += [_loan(loan) for loan in loans]
    if with_care:
        records += [
            Arrangement(id=one.id, event_id=event_id, entry_id=one.entry_id, kind=one.kind, content=one.content)
            for one in roster.arrangements(store.database, event_id)
            if one.entry_id is not None
        ]
    return {TABLE_OF[kind]: [mapping.to_row(one) for one in records if isinstance(one, kind)] for kind in _ORDER}


def records_of(rows: Mapping[str, Iterable[Mapping[str, Any]]], kind: type[Record]) -> dict[int, Record]:
    """Return the records of one kind among ``rows``, by id."""
    return {int(row["id"]): mapping.to_record(kind, row) for row in rows.get(TABLE_OF[kind], ())}


def _programme(year: Programme | None) -> Programme:
    assert year is not None
    return Programme(
        id=year.id, fiscal_year=year.fiscal_year, title="", term_end=year.term_end, sample=year.sample,
        sample_today=year.sample_today,
    )  # fmt: skip


def _event(event: Event) -> Event:
    return Event(
        id=event.id, programme_id=event.programme_id, kind=event.kind, ordinal=event.ordinal, subject=event.subject,
        event_date=event.event_date, start_time=event.start_time, end_time=event.end_time, venue=event.venue,
        room=event.room, organisation_name=event.organisation_name, status=event.status,
    )  # fmt: skip


def _organisation(one: Organisation) -> Organisation:
    return Organisation(id=one.id, branch=one.branch, name=one.name, furigana=one.furigana)


def _person(one: Person, organisations: Container[int]) -> Person:
    own = one.organisation_id if one.organisation_id in organisations else None
    return Person(id=one.id, organisation_id=own, name=one.name, furigana=one.furigana, role=one.role)


def _entry(one: Entry, *, with_care: bool) -> Entry:
    return Entry(
        id=one.id, event_id=one.event_id, person_id=one.person_id, organisation_id=one.organisation_id,
        organisation_name=one.organisation_name, role=one.role, state=one.state, device=one.device,
        care=one.care if with_care or not one.care.strip() else NOT_TAKEN, photo=one.photo, number=one.number,
        group_number=one.group_number, walk_in=one.walk_in, attendance=one.attendance, attended_at=one.attended_at,
        absent_told_at=one.absent_told_at,
    )  # fmt: skip


def _loan(one: TabletLoan) -> TabletLoan:
    return TabletLoan(
        id=one.id, tablet_id=one.tablet_id, event_id=one.event_id, entry_id=one.entry_id, out_at=one.out_at,
        back_at=one.back_at, initialised_at=one.initialised_at, note=SPARE if one.note == SPARE else "",
    )  # fmt: skip
