"""Taking one event out as a 当日持出しファイル: the file, the row of the log and that of the 持出し管理簿, all or none.

- ``propose_day_file(store, event_id) -> DayFileOffer`` what the dialog shows before anything is written
- ``take_day_file(store, event_id, path, password, takeout, with_care, by, now) -> TakenDayFile``
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from app.keeping.services.accounts import check_password
from app.papers.paper import event_sign
from app.papers.services.issued_copies import log_issued
from app.papers.services.safe_file import write_whole
from app.programme.services.programme import programme_of_event
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.day_file.services.day_file_contents import gather_contents
from app.subjects.events.services.event_file import required_event
from app.subjects.roster.services.roster import read_roster
from app.subjects.roster.services.roster_numbers import give_numbers
from app.subjects.takeouts.services.day_file_state import KIND, MEDIUM, files_outside, is_day_file
from app.subjects.takeouts.services.takeouts import check_takeout
from db import day_file, migrations, on_disk
from db.records.events import Event
from db.records.papers import Outgoing
from db.records.protection import Takeout
from db.store import Store
from db.tables import protection

ENCRYPTION: Final = "AES 256ビット（専用のパスワード）"
PURPOSE: Final = "受付"
_OFFICE_ENDS, _WAY_BACK = time(17, 15), timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class DayFileOffer:
    """What would be taken out. ``people`` on the 受付名簿, ``cares`` of them with a 配慮, ``outside`` files not back yet.

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


@dataclass(frozen=True, kw_only=True)
class TakenDayFile(Saved):
    """A file that was written: where, and its row in the 持出し管理簿."""

    path: Path
    takeout_id: int


@dataclass(frozen=True, kw_only=True)
class Label:
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
        destination="　".join(part for part in (event.venue, event.room) if part),
        due_back_at=_due_back(event),
        outside=files_outside(store.database, event_id),
    )


def take_day_file(
    store: Store,
    *,
    event_id: int,
    path: Path,
    password: str,
    takeout: Takeout,
    with_care: bool,
    by: str,
    now: datetime,
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
    event = _open_event(store, event_id)
    check_password(password)
    offer = propose_day_file(store, event_id=event_id)
    row = replace(
        takeout, id=0, event_id=event_id, contents=offer.contents[with_care], taken_at=now, medium=MEDIUM,
        reference=offer.stem, copies=1, encryption=ENCRYPTION, returned_at=None, return_checked_by="",
        returned_copies=None, disposed_at=None, cancelled=False,
    )  # fmt: skip
    check_takeout(row)
    written = False
    try:
        with store.change(
            action=f"{event.full_title}：{KIND}を作成した", by=by, now=now, subject="takeouts", event_id=event_id,
            barrier=True,
        ) as change:  # fmt: skip
            give_numbers(store, change, event_id)
            takeout_id = change.insert(row)
            data = _sealed(store, event, replace(row, id=takeout_id), with_care=with_care, password=password)
            # Data, no paper: everything in it stands in this very database, and it comes back changed.
            outgoing_id = log_issued(store, change, _log_row(offer, row, path, data, by=by, now=now), copy=None)
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


def seal_of(store: Store, label: Label) -> str:
    """Return what only this data folder can write into a label."""
    said = asdict(replace(label, seal=""))
    return store.keys.keyed_hash("day-file/" + json.dumps(said, ensure_ascii=False, sort_keys=True))


def _sealed(store: Store, event: Event, row: Takeout, *, with_care: bool, password: str) -> bytes:
    year = programme_of_event(store, event).programme
    label = Label(
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
        "label": asdict(replace(label, seal=seal_of(store, label))),
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
