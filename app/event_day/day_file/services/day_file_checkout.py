"""Exports one event as a 当日持出しファイル, with its rows in log and ledger, all or none.

Left out on purpose: telephone numbers, mail, addresses, applications and their notes, reasons of absence, other events,
other people, other 団体, the lecturer, support of a 団体, and the 履歴."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.common.join_nonempty import join_nonempty
from app.common.password_rules import PasswordOwner
from app.data_folder.services.accounts import check_password
from app.documents.document_frame import event_code
from app.documents.services.file_saving import write_atomically
from app.documents.services.issued_copies import log_outgoing
from app.documents.services.saved_outside import file_folder_detail
from app.event.services.event_records import read_event_or_error
from app.event.services.event_state import refuse_if_not_held
from app.event_day.checkouts.rules import back_from_event
from app.event_day.checkouts.services import KIND, MEDIUM, check_checkout, files_outside, is_day_file
from app.events.roster.services.roster import read_roster, roster_of, write_missing_numbers
from app.events.tablets.rules import SPARE
from app.programme.services import programme_of_event
from db import mapping, migrations
from db.files import day_file, filesystem
from db.mapping import TABLE_OF
from db.record import RowsById, record
from db.records.documents import Outgoing, OutgoingWay
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.programme import Programme
from db.records.protection import Checkout
from db.records.roster import Arrangement, Entry, Tablet, TabletLoan
from db.rows import by_id
from db.store import Store
from db.tables import protection, roster
from db.written_names import declare_written_names

Rows = dict[str, list[dict[str, Any]]]
Record = TypeVar("Record")
CARE_NOT_INCLUDED = "内容は持ち出していません。事務所にお問い合わせください。"
_COLUMNS: Mapping[type[Any], tuple[str, ...]] = {
    Programme: ("id", "fiscal_year", "term_end", "sample", "sample_today"),
    Organisation: ("id", "branch", "name", "furigana"),
    Person: ("id", "name", "furigana", "role"),
    Event: (
        "id", "programme_id", "kind", "kind_name", "form", "ordinal", "subject", "event_date", "start_time", "end_time",
        "venue", "room", "organisation_name", "status",
    ),
    Tablet: ("id", "number", "name"),
    Entry: (
        "id", "event_id", "person_id", "organisation_id", "organisation_name", "role", "state", "device", "photo",
        "publication",
        "number", "admission", "group_number", "walk_in", "attendance", "attended_at", "absent_told_at", "late",
    ),
    TabletLoan: ("id", "tablet_id", "event_id", "entry_id", "out_at", "back_at", "initialised_at"),
    Arrangement: ("id", "event_id", "entry_id", "kind", "content"),
}  # fmt: skip
"""The columns that the file holds as they are, in the order in which the tables are written; all others stay here."""
ENCRYPTION = "AES 256ビット（専用のパスワード）"
PURPOSE = "受付"


def gather_contents(store: Store, *, event_id: int, with_care: bool) -> Rows:
    """Return the rows of one event by table, reduced to what check-in shows or writes, in an order for writing.

    Args:
        with_care: False leaves the text of every 配慮 in the office; check-in then only knows that there is one.

    Raises:
        UserError: the event is gone.
    """
    event = read_event_or_error(store.database, event_id)
    found = roster_of(store.database, event)
    loans = roster.loans(store.database, event_id)
    lent = {loan.tablet_id for loan in loans}
    programme = by_id(store.database, Programme, event.programme_id)
    assert programme is not None
    groups = {row.organisation.id: _reduce(row.organisation) for row in found.rows if row.organisation}
    people = {
        row.person.id: _reduce(
            row.person, organisation_id=row.person.organisation_id if row.person.organisation_id in groups else None
        )
        for row in found.rows
        if row.person
    }
    records = [_reduce(programme, title=""), *groups.values(), *people.values(), _reduce(event)]
    records += [_reduce(one) for one in roster.tablets(store.database) if one.id in lent]
    records += [
        _reduce(row.entry, care=row.entry.care if with_care or not row.entry.care.strip() else CARE_NOT_INCLUDED)
        for row in found.rows
    ]
    records += [_reduce(loan, note=SPARE if loan.note == SPARE else "") for loan in loans]
    if with_care:
        records += [_reduce(one) for one in roster.arrangements(store.database, event_id) if one.entry_id is not None]
    return {TABLE_OF[kind]: [mapping.to_row(one) for one in records if isinstance(one, kind)] for kind in _COLUMNS}


def records_of(rows: Mapping[str, Iterable[Mapping[str, Any]]], kind: type[Record]) -> RowsById[Record]:
    """Return the records of one kind among ``rows``, by id."""
    return RowsById(mapping.to_record(kind, row) for row in rows.get(TABLE_OF[kind], ()))


def _reduce(one: Record, **changed: Any) -> Record:
    """Return a copy of a record that holds only ``_COLUMNS``, and ``changed`` columns."""
    kind: Any = type(one)
    copy: Record = kind(**{name: getattr(one, name) for name in _COLUMNS[kind]}, **changed)
    return copy


@record
class DayFilePreview:
    """What the export of an event as a 当日持出しファイル would contain.

    Attributes:
        people_count: people on the 受付名簿, ``care_count`` of them with a 配慮.
        file_stem: file name without its ending.
        contents: the 格納情報 without and with 配慮.
        files_outstanding: files that were not returned yet.
    """

    event: Event
    people_count: int
    care_count: int
    file_stem: str
    contents: tuple[str, str]
    destination: str
    due_back_at: datetime | None
    files_outstanding: tuple[Checkout, ...]


@record
class CheckedOutDayFile(ActionResult):
    """A 当日持出しファイル that was written, with its row in the 持出し管理簿."""

    path: Path


@record
class DayFileLabel:
    """Label inside a file; ``seal`` proves to the office that this data folder made it.

    Times in ISO form; ``sample_day`` is the date of a sample year, or empty.
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


LABEL_NAMES = declare_written_names(
    DayFileLabel,
    "DayFileLabel",
    "takeout_id event_id reference title taken_at taken_by with_care sample sample_day seal",
)


def preview_day_file(store: Store, *, event_id: int) -> DayFilePreview:
    """Return what an export of one event would contain.

    Raises:
        UserError: the event is gone or not held on its day.
    """
    event = _open_event(store, event_id)
    door = read_roster(store, event_id=event_id).check_in_rows
    cares = sum(bool(row.entry.care.strip()) for row in door)
    words = f"{KIND}（{event.full_title}　受付名簿{len(door)}人"
    return DayFilePreview(
        event=event,
        people_count=len(door),
        care_count=cares,
        file_stem=_reference(store, event),
        contents=(f"{words}）", f"{words}・配慮の内容{cares}人）" if cares else f"{words}）"),
        destination=join_nonempty(event.venue, event.room),
        due_back_at=back_from_event(event.event_date, event.end_time) if event.event_date is not None else None,
        files_outstanding=files_outside(store.database, event_id),
    )


def check_out_day_file(
    context: ActionContext, *, event_id: int, path: Path, password: str, checkout: Checkout, with_care: bool
) -> CheckedOutDayFile:
    """Write the file of one event to ``path``, log it and enter it in the 持出し管理簿; undo stops there.

    Everybody on the 受付名簿 gets a number first, so that file and printed roster have the same ones.

    Args:
        path: a new file; an existing one is never replaced, as it may hold attendance.
        password: at least 12 characters, for this file alone; stored nowhere.
        checkout: 持ち出した者, 承認者, 用途, 持ち出し先 and 返却予定; the contents are filled in here.
        with_care: include the text of the 配慮 (check-in shows it only while a key is held).

    Raises:
        UserError: the event is not held on its day, the password too short, something the clause asks for is missing,
            or the file exists.
        StorageProblem: the file could not be written; nothing was logged.
    """
    event = _open_event(context.store, event_id)
    check_password(password, owner=PasswordOwner(login_id=context.store.login_id, name=context.by))
    offer = preview_day_file(context.store, event_id=event_id)
    row = replace(
        checkout,
        id=0,
        event_id=event_id,
        contents=offer.contents[with_care],
        taken_at=context.now,
        medium=MEDIUM,
        reference=offer.file_stem,
        copies=1,
        encryption=ENCRYPTION,
        returned_at=None,
        return_checked_by="",
        returned_copies=None,
        disposed_at=None,
        cancelled=False,
    )
    check_checkout(row)
    written = False
    try:
        with context.change(
            f"{event.full_title}：{KIND}を作成した", "takeouts", event_id=event_id, barrier=True
        ) as change:
            write_missing_numbers(context.store, change, event_id)
            takeout_id = change.insert(row)
            data = _encrypt_contents(
                context.store, event, replace(row, id=takeout_id), with_care=with_care, password=password
            )
            # Data, no document: everything in it is in this database, and it comes back changed.
            logged = _log_row(context, offer, row, path, data)
            logged = replace(logged, detail=logged.detail | file_folder_detail(path))
            outgoing_id = log_outgoing(context.store, change, logged, copy=None)
            change.update(Checkout, takeout_id, outgoing_id=outgoing_id)
            # Inside the change, so that a failure of either leaves neither file nor rows.
            write_atomically(path, data)
            written = True
    except BaseException:
        if written:
            with suppress(OSError):
                filesystem.remove(path)
        raise
    said = f"「{path.name}」を作成し、持出し管理簿に記入しました。"
    return CheckedOutDayFile(message=said, id=takeout_id, can_undo=False, path=path)


def seal_of(store: Store, label: DayFileLabel) -> str:
    """Return the seal of a label, which only this data folder can compute."""
    said = LABEL_NAMES.values(replace(label, seal=""))
    return store.keys.keyed_hash("day-file/" + json.dumps(said, ensure_ascii=False, sort_keys=True))


def _encrypt_contents(store: Store, event: Event, row: Checkout, *, with_care: bool, password: str) -> bytes:
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
    taken = {
        "version": migrations.version_of(store.database),
        "label": LABEL_NAMES.values(replace(label, seal=seal_of(store, label))),
        "rows": gather_contents(store, event_id=event.id, with_care=with_care),
    }
    return day_file.new_file(taken, password=password).data


def _log_row(context: ActionContext, preview: DayFilePreview, row: Checkout, path: Path, data: bytes) -> Outgoing:
    return Outgoing(
        event_id=row.event_id,
        document_kind=KIND,
        reference=row.reference,
        version=0,
        format=day_file.FILE_SUFFIX.removeprefix("."),
        way=OutgoingWay.ENCRYPTED,
        file_name=path.name,
        sha256=sha256(data).hexdigest(),
        personal=True,
        **context.signature,
        detail={"件数": str(preview.people_count)},
    )


def _open_event(store: Store, event_id: int) -> Event:
    """Return an event; raises ``UserError`` when it is not held on its day."""
    event = read_event_or_error(store.database, event_id)
    refuse_if_not_held(store.database, event, "持ち出せます")
    return event


def _reference(store: Store, event: Event) -> str:
    """Return 「R8-講06-当日」, for the second file of the same event 「R8-講06-当日-2」."""
    before = sum(map(is_day_file, protection.checkouts_of_event(store.database, event.id)))
    view = programme_of_event(store, event)
    sign = event_code(view.programme, event, view.kind(event.kind))
    return f"{sign}-当日-{before + 1}" if before else f"{sign}-当日"
