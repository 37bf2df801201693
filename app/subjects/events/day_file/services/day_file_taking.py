"""Taking one event out as a 当日持出しファイル: what goes into it, and the file with its rows in log and ledger, all
or none.

- ``propose_day_file(store, event_id) -> DayFileOffer`` what the dialog shows before anything is written
- ``take_day_file(act, event_id, path, password, takeout, with_care) -> TakenDayFile``
- ``gather_contents(store, event_id, with_care) -> Rows`` rows by table, in an order in which they can be written
- ``record_of(rows, kind)`` the records of one kind among such rows

Left out on purpose: telephone numbers, mail, addresses, applications and their notes, reasons of absence, other events,
other people, other 団体, who the lecturer is, what a 団体 is supported with, and the 履歴.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.common.new_passwords import OwnWords
from app.common.together import together
from app.data_folder.services.accounts import check_password
from app.papers.paper import event_sign
from app.papers.services.issued_copies import log_issued
from app.papers.services.leaving import write_whole
from app.papers.services.saved_out import place_detail
from app.programme.services.programme import programme_of_event
from app.subjects.events.arrangements.rules.tablet_states import SPARE
from app.subjects.events.event.services.event_file import required_event
from app.subjects.events.roster.services.roster import give_numbers, read_roster, roster_of
from app.subjects.settings.takeouts.services.takeouts import KIND, MEDIUM, check_takeout, files_outside, is_day_file
from db import mapping, migrations
from db.files import day_file, on_disk
from db.frozen_record import frozen_record
from db.mapping import TABLE_OF
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.papers import Outgoing
from db.records.programme import Programme
from db.records.protection import Takeout
from db.records.roster import Arrangement, Entry, Tablet, TabletLoan
from db.rows import by_id
from db.store import Store
from db.tables import protection, roster
from db.written_names import written_as

Rows = dict[str, list[dict[str, Any]]]
Record = TypeVar("Record")
NOT_TAKEN: Final = "内容は持ち出していません。事務所にお問い合わせください。"
_ORDER: Final = (Programme, Organisation, Person, Event, Tablet, Entry, TabletLoan, Arrangement)
ENCRYPTION: Final = "AES 256ビット（専用のパスワード）"
PURPOSE: Final = "受付"
_OFFICE_ENDS, _WAY_BACK = time(17, 15), timedelta(hours=1)


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
        id=year.id,
        fiscal_year=year.fiscal_year,
        title="",
        term_end=year.term_end,
        sample=year.sample,
        sample_today=year.sample_today,
    )


def _event(event: Event) -> Event:
    return Event(
        id=event.id,
        programme_id=event.programme_id,
        kind=event.kind,
        ordinal=event.ordinal,
        subject=event.subject,
        event_date=event.event_date,
        start_time=event.start_time,
        end_time=event.end_time,
        venue=event.venue,
        room=event.room,
        organisation_name=event.organisation_name,
        status=event.status,
    )


def _organisation(one: Organisation) -> Organisation:
    return Organisation(id=one.id, branch=one.branch, name=one.name, furigana=one.furigana)


def _person(one: Person, organisations: Container[int]) -> Person:
    own = one.organisation_id if one.organisation_id in organisations else None
    return Person(id=one.id, organisation_id=own, name=one.name, furigana=one.furigana, role=one.role)


def _entry(one: Entry, *, with_care: bool) -> Entry:
    return Entry(
        id=one.id,
        event_id=one.event_id,
        person_id=one.person_id,
        organisation_id=one.organisation_id,
        organisation_name=one.organisation_name,
        role=one.role,
        state=one.state,
        device=one.device,
        care=one.care if with_care or not one.care.strip() else NOT_TAKEN,
        photo=one.photo,
        number=one.number,
        admission=one.admission,
        group_number=one.group_number,
        walk_in=one.walk_in,
        attendance=one.attendance,
        attended_at=one.attended_at,
        absent_told_at=one.absent_told_at,
        late=one.late,
    )


def _loan(one: TabletLoan) -> TabletLoan:
    return TabletLoan(
        id=one.id,
        tablet_id=one.tablet_id,
        event_id=one.event_id,
        entry_id=one.entry_id,
        out_at=one.out_at,
        back_at=one.back_at,
        initialised_at=one.initialised_at,
        note=SPARE if one.note == SPARE else "",
    )


@frozen_record
class DayFileOffer:
    """What would be taken out. ``people`` on the 受付名簿, ``cares`` of them with a 配慮, ``outside`` files not back
    yet.

    ``stem`` is the file name without its ending, ``contents`` the 格納情報 without and with 配慮.
    """

    event: Event
    people: int
    cares: int
    stem: str
    contents: tuple[str, str]
    destination: str
    due_back_at: datetime | None
    outside: tuple[Takeout, ...]


@frozen_record
class TakenDayFile(Saved):
    """A file that was written: where, and its row in the 持出し管理簿."""

    path: Path
    takeout_id: int


@frozen_record
class DayFileLabel:
    """What a file says about itself inside; ``seal`` shows the office that this data folder made it.

    Times in ISO form; ``sample_day`` is the own today of a sample year, or empty.
    """

    takeout_id: int
    event_id: int
    reference: str
    title: str
    taken_at: str
    taken_by: str
    with_care: bool
    sample: bool
    sample_day: str = ""
    seal: str = ""


LABEL: Final = written_as(
    DayFileLabel,
    "DayFileLabel",
    "takeout_id event_id reference title taken_at taken_by with_care sample sample_day seal",
)


def propose_day_file(store: Store, *, event_id: int) -> DayFileOffer:
    """Return what would be taken out of one event.

    Raises:
        Refusal: the event is gone or 中止.
    """
    event = _open_event(store, event_id)
    door = read_roster(store, event_id=event_id).door
    cares = sum(bool(row.entry.care.strip()) for row in door)
    words = f"{KIND}（{event.full_title}　受付名簿{len(door)}人"
    return DayFileOffer(
        event=event,
        people=len(door),
        cares=cares,
        stem=_reference(store, event),
        contents=(f"{words}）", f"{words}・配慮の内容{cares}人）" if cares else f"{words}）"),
        destination=together(event.venue, event.room),
        due_back_at=_due_back(event),
        outside=files_outside(store.database, event_id),
    )


@deed
def take_day_file(
    act: Act, *, event_id: int, path: Path, password: str, takeout: Takeout, with_care: bool
) -> TakenDayFile:
    """Write the file of one event to ``path``, log it and enter it in the 持出し管理簿; undo does not reach past this.

    Args:
        path: a new file; one that is there is never replaced, it may hold a day's attendance.
        password: at least 12 characters, for this file alone; kept nowhere.
        takeout: 持ち出した者, 承認者, 用途, 持ち出し先 and 返却予定; what the file is, is filled in here.
        with_care: take the content of the 配慮 along (the door shows it only while a key is held).

    Everybody on the 受付名簿 gets a number first, so that file and printed list have the same ones.

    Raises:
        Refusal: the event is 中止, the password too short, something the clause asks for is missing, the file is there.
        StorageProblem: the file could not be written; nothing was logged.
    """
    event = _open_event(act.store, event_id)
    check_password(password, own=OwnWords(login_id=act.store.login_id, name=act.by))
    offer = propose_day_file(act.store, event_id=event_id)
    row = replace(
        takeout,
        id=0,
        event_id=event_id,
        contents=offer.contents[with_care],
        taken_at=act.now,
        medium=MEDIUM,
        reference=offer.stem,
        copies=1,
        encryption=ENCRYPTION,
        returned_at=None,
        return_checked_by="",
        returned_copies=None,
        disposed_at=None,
        cancelled=False,
    )
    check_takeout(row)
    written = False
    try:
        with act.change(f"{event.full_title}：{KIND}を作成した", "takeouts", event_id=event_id, barrier=True) as change:
            give_numbers(act.store, change, event_id)
            takeout_id = change.insert(row)
            data = _sealed(act.store, event, replace(row, id=takeout_id), with_care=with_care, password=password)
            # Data, no paper: everything in it stands in this very database, and it comes back changed.
            logged = _log_row(offer, row, path, data, by=act.by, now=act.now)
            logged = replace(logged, detail=logged.detail | place_detail(path))
            outgoing_id = log_issued(act.store, change, logged, copy=None)
            change.update(Takeout, takeout_id, outgoing_id=outgoing_id)
            # Inside the change: rows that can't be kept leave no file, a file that can't be written no rows.
            write_whole(path, data)
            written = True
    except BaseException:
        if written:
            with suppress(OSError):
                on_disk.remove(path)
        raise
    said = f"「{path.name}」を作成し、持出し管理簿に記入しました。"
    return TakenDayFile(said=said, id=takeout_id, can_undo=False, path=path, takeout_id=takeout_id)


def seal_of(store: Store, label: DayFileLabel) -> str:
    """Return what only this data folder can write into a label."""
    said = LABEL.values(replace(label, seal=""))
    return store.keys.keyed_hash("day-file/" + json.dumps(said, ensure_ascii=False, sort_keys=True))


def _sealed(store: Store, event: Event, row: Takeout, *, with_care: bool, password: str) -> bytes:
    year = programme_of_event(store, event).programme
    label = DayFileLabel(
        takeout_id=row.id,
        event_id=event.id,
        reference=row.reference,
        title=event.full_title,
        taken_at=row.taken_at.isoformat(),
        taken_by=row.taken_by,
        with_care=with_care,
        sample=year.sample,
        sample_day=year.sample_today.isoformat() if year.sample and year.sample_today else "",
    )
    taken: dict[str, Any] = {
        "version": migrations.version_of(store.database),
        "label": LABEL.values(replace(label, seal=seal_of(store, label))),
        "rows": gather_contents(store, event_id=event.id, with_care=with_care),
    }
    return day_file.new_file(taken, password=password).data


def _log_row(offer: DayFileOffer, row: Takeout, path: Path, data: bytes, *, by: str, now: datetime) -> Outgoing:
    return Outgoing(
        event_id=row.event_id,
        document_kind=KIND,
        reference=row.reference,
        version=0,
        format=day_file.ENDING.removeprefix("."),
        way="暗号化して保存",
        file_name=path.name,
        sha256=sha256(data).hexdigest(),
        personal=True,
        by=by,
        at=now,
        detail={"件数": str(offer.people)},
    )


def _open_event(store: Store, event_id: int) -> Event:
    event = required_event(store.database, event_id)
    if event.status == "中止":
        raise Refusal(f"{event.full_title}は中止です。", "中止を取り消すと、持ち出せます。")
    return event


def _reference(store: Store, event: Event) -> str:
    """「R8-講06-当日」, the second file of the same event 「R8-講06-当日-2」."""
    before = sum(is_day_file(row) for row in protection.takeouts_of_event(store.database, event.id))
    sign = event_sign(programme_of_event(store, event).programme, event)
    return f"{sign}-当日-{before + 1}" if before else f"{sign}-当日"


def _due_back(event: Event) -> datetime | None:
    """The end of office hours on the day, or an hour after the event where that is later."""
    if event.event_date is None:
        return None
    hour, minute = (int(part) for part in event.end_time.split(":"))
    home = datetime.combine(event.event_date, time(hour, minute)) + _WAY_BACK
    return max(home, datetime.combine(event.event_date, _OFFICE_ENDS))
