"""What stood as lines of notes before an update stands in columns after it: undone, looked back at and restored."""

import shutil
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.data_folder.services import backups, data_folder
from app.event.rules.event_state import state_of
from app.events.as_of.services import open_store_as_of
from app.history import services as history_services
from app.registers.venues.rules import may_be_returned
from db import connection, journal, keyring
from db.backups import backup
from db.engine import Database
from db.keys import derive_keys
from db.records.accounts import JournalEntry
from db.records.calls import ChangeDecision
from db.records.events import Event
from db.records.venues import Booking
from db.rows import by_id, rows
from db.store import Store
from db.tables import journal as table

FOLDER = Path(__file__).parents[1] / "fixtures" / "folder_of_shape_51" / "folder.zip"
LOGIN, PASSWORD, EVENT = "mihon01", "みほんの鍵はながいほどよい", 1
YESTERDAY, NOW = datetime(2026, 9, 24, 17, 5), datetime(2026, 9, 25, 8, 31)
BY = "見本 花子"
OWN, CONFIRMED, TAKEN = "鍵は窓口", "9/24(木) 使うことを確認", "取消：9/24(木) 17:20 見本 花子"


def written_before(folder: Path) -> dict[str, int]:
    """Write what the program of before would have, in its shape; return the number of each step."""
    keys = derive_keys(keyring.unlock(folder, PASSWORD, owner=LOGIN).data_key)
    database = connection.connect(next(folder.glob("desk-*.db")), keys.pages)
    decision = {"id": 900, "event_id": EVENT, "kind": "延期", "decided_at": "2026-09-24T17:00", "decided_by": BY}
    decision |= {"reason": "大雨のため", "note": f"もとの日時：{when_of(database)}\n理由の文：確認済"}
    columns = [row[1] for row in database.execute("PRAGMA table_info(bookings)") if row[3]]
    booking = dict.fromkeys(columns, "") | {
        "id": 900,
        "venue_name": "みほん区民館",
        "day": "2026-10-08",
        "note": OWN,
        "state": "仮予約",
    }
    booking |= {name: None for name in ("event_id", "venue_id") if name not in columns}
    steps = {}
    for number, (name, kind, image) in enumerate(
        (
            ("put off", "change_decisions", decision),
            ("taken back", "change_decisions", decision | {"note": f"{decision['note']}\n{TAKEN}"}),
            ("booked", "bookings", booking),
            ("confirmed", "bookings", booking | {"note": f"{OWN}\n{CONFIRMED}"}),
        )
    ):
        given = {row[1]: None for row in database.execute(f"PRAGMA table_info([{kind}])")} | image
        at = YESTERDAY + timedelta(minutes=number)
        database.execute("BEGIN IMMEDIATE")
        change = journal.Change(database)
        change.restore(kind, 900, given)
        entry = JournalEntry(seq=0, at=at, by=BY, action=name, subject=kind, event_id=None, barrier=False)
        journal.append(database, keys.chain, entry, change.payload(), lock_number=1)
        database.execute("COMMIT")
        steps[name] = table.newest(database)
    database.conn.close()
    return steps


def when_of(database: Database) -> str:
    day, start = database.execute("SELECT event_date, start_time FROM events WHERE id = ?", [EVENT]).fetchone()
    day, hour = date.fromisoformat(day), int(start.split(":")[0])
    weekday = "月火水木金土日"[day.weekday()]
    half = f"午前{hour}" if hour < 12 else f"午後{hour - 12}"
    return f"令和{day.year - 2018}年{day.month}月{day.day}日（{weekday}）{half}時から終わりまで"


def stands(store: Store) -> tuple[str, bool | None, str | None]:
    """How the event stands, whether the use of the room is still to be confirmed, and its own note."""
    booking = by_id(store.database, Booking, 900) if exists(store, "bookings") else None
    made = rows(store.database, ChangeDecision, event_id=EVENT)
    word = state_of(by_id(store.database, Event, EVENT), made, date(2026, 1, 1)).word
    return (
        word,
        may_be_returned(booking, YESTERDAY.date()) if booking is not None else None,
        booking.note if booking is not None else None,
    )


def exists(store: Store, kind: str) -> bool:
    return table.image_of(store.database, kind, 900) is not None


@pytest.fixture
def opened(tmp_path):
    folder = tmp_path / "data"
    with zipfile.ZipFile(FOLDER) as packed:
        packed.extractall(tmp_path / "all")
    shutil.copytree(tmp_path / "all" / "data", folder)
    steps = written_before(folder)
    store = data_folder.open_data_folder(
        folder, login_id=LOGIN, password=PASSWORD, now=NOW, pc="MADO-01", wait=0.2, settle=0.0
    ).store
    yield store, steps
    assert table.rows_unlike_journal(store.database) == []
    assert journal.check_chain(store.database, store.keys.chain) == []
    assert data_folder.close_data_folder(store, now=NOW) == ()


@pytest.mark.nightly
def test_what_was_noted_before_the_update_is_undone_and_repeated_after_it(opened):
    store, _steps = opened
    assert stands(store) == ("予定", False, OWN)
    decision = by_id(store.database, ChangeDecision, 900)
    assert (decision.taken_back, decision.reason_seen, decision.note) == (TAKEN.removeprefix("取消："), True, "")
    undo = lambda: history_services.undo(store, by=BY, now=NOW)  # noqa: E731
    assert "confirmed" in undo().message
    assert stands(store) == ("予定", True, OWN)
    assert "booked" in undo().message
    assert stands(store) == ("予定", None, None)
    assert "taken back" in undo().message
    decision = by_id(store.database, ChangeDecision, 900)
    assert (decision.taken_back, decision.note) == ("", "")
    assert decision.before_time.startswith("令和8年")
    assert stands(store)[0] == "延期"
    for _ in range(3):
        history_services.redo(store, by=BY, now=NOW)
    assert stands(store) == ("予定", False, OWN)


def test_a_day_before_the_update_is_shown_as_it_stood(opened):
    store, steps = opened
    found = {}
    for name, seq in steps.items():
        with open_store_as_of(store, seq) as then:
            found[name] = stands(then)
    assert found == {
        "put off": ("延期", None, None),
        "taken back": ("予定", None, None),
        "booked": ("予定", True, OWN),
        "confirmed": ("予定", False, OWN),
    }


@pytest.mark.nightly
def test_a_generation_of_before_the_update_is_restored_into_the_columns(opened, tmp_path):
    store, _steps = opened
    with store.change(action="消した", by=BY, now=NOW, subject="bookings") as change:
        change.delete(Booking, 900)
    generations = backup.generations(store.folder / backup.FOLDER_NAME)
    for replay, expected in ((False, ("予定", False, OWN)), (True, ("予定", None, None))):
        to = tmp_path / f"new{replay}"
        backups.restore_backup(
            source=generations[-1].path,
            target=to,
            secret=PASSWORD,
            login_id=LOGIN,
            now=NOW,
            live_folder=store.folder,
            replay=replay,
        )
        again = data_folder.open_data_folder(
            to, login_id=LOGIN, password=PASSWORD, now=NOW, pc="MADO-02", wait=0.2, settle=0.0
        ).store
        assert stands(again) == expected
        assert table.rows_unlike_journal(again.database) == []
        assert journal.check_chain(again.database, again.keys.chain) == []
        assert data_folder.close_data_folder(again, now=NOW) == ()
