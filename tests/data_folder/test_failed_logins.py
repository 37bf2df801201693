"""Log-ins that failed: counted outside, written down with the next change, in a chain of their own."""

import json
import os
from datetime import timedelta

import pytest

from app.data_folder.services import backups, failed_logins, lock_transfer
from app.data_folder.services.check_data import check_data_folder
from app.data_folder.services.failed_logins import FailedLoginCounter
from app.history import services as history_services
from db import migrations
from db.backups import copies
from db.files import presence_files
from db.tables import accounts
from db.tables.journal import rows_unlike_journal
from tests.support.data_folders import (
    LOGIN,
    NAME,
    NOW,
    PASSWORD,
    closed,
    copied_folder,
    opened,
    rename_event,
    restored_backup,
)
from tests.support.stores import killed

LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def store(tmp_path):
    return opened(copied_folder(tmp_path))


@pytest.fixture
def outside():
    """Another start of the program, at another PC, where nobody got in."""
    return FailedLoginCounter(pc="MADO-02")


def fail(outside, store, login_id=LOGIN, way="パスワード", now=NOW):
    outside.count(store.folder, login_id=login_id, method=way, now=now)


def look(store):
    """What the one who types does every two seconds."""
    turns = lock_transfer.begin_session(store, pc="MADO-01")
    lock_transfer.waiting_people(store, turns)


def listed(store):
    return [(one.login_id, one.way, one.times, one.pc, one.at) for one in failed_logins.list_failed_logins(store)]


def test_what_failed_is_written_down_with_the_next_change_and_only_once(store, outside):
    for now in (NOW, LATER):
        fail(outside, store, now=now)
    fail(outside, store, login_id=PASSWORD)
    fail(outside, store, login_id="", way="回復キー")
    assert PASSWORD not in "".join(
        path.read_text(encoding="utf-8") for path in (store.folder / presence_files.FOLDER_NAME).iterdir()
    ), "what was typed as an ID may be a password"
    look(store)
    assert listed(store) == []
    rename_event(store, "一")
    written = [
        ("", "回復キー", 1, "MADO-02", NOW),
        ("", "パスワード", 1, "MADO-02", NOW),
        (LOGIN, "パスワード", 2, "MADO-02", LATER),
    ]
    assert listed(store) == written
    look(store)
    rename_event(store, "二")
    assert listed(store) == written
    fail(outside, store, now=LATER)
    look(store)
    rename_event(store, "三")
    assert listed(store) == [(LOGIN, "パスワード", 1, "MADO-02", LATER), *written]
    assert accounts.first_broken_login(store.database, store.keys.chain) == 0
    closed(store)
    again = opened(store.folder)
    look(again)
    rename_event(again, "四")
    assert len(listed(again)) == 4
    closed(again)


def test_a_change_that_is_taken_back_loses_none_and_undo_past_and_keeping_do_not_see_them(store, outside):
    fail(outside, store)
    look(store)

    def breaks(_row):
        raise OSError(28, "full")

    store.before_commit.append(breaks)
    with pytest.raises(Exception, match="空き"):
        rename_event(store, "一")
    store.before_commit.remove(breaks)
    assert listed(store) == []
    look(store)
    rename_event(store, "一")
    assert len(listed(store)) == 1
    assert rows_unlike_journal(store.database) == []
    assert "failed_logins" not in copies.contents(store.database).counts
    history_services.undo(store, by=NAME, now=NOW)
    assert len(listed(store)) == 1
    closed(store)


def test_an_altered_row_is_found_by_the_check_and_a_restore_keeps_what_its_backup_has(store, outside, tmp_path):
    for title in ("一", "もう一つ"):
        fail(outside, store)
        look(store)
        rename_event(store, title)
    backups.make_backup(store, now=NOW, reason="手動")
    fail(outside, store)
    look(store)
    rename_event(store, "二")
    closed(store)
    assert check_data_folder(store.folder, login_id=LOGIN, password=PASSWORD).is_sound
    restored_backup(store.folder / "backups", tmp_path / "new", replay=False)
    restored = opened(tmp_path / "new")
    assert accounts.first_broken_login(restored.database, restored.keys.chain) == 0
    killed(restored)
    store = opened(store.folder)
    store.database.execute("DELETE FROM failed_logins WHERE id = 2")
    closed(store)
    found = check_data_folder(store.folder, login_id=LOGIN, password=PASSWORD).findings
    assert found == ("ログインの失敗の記録（3番）が書き換えられています。",)


def test_a_count_that_is_not_written_down_outlives_the_sweep_of_old_signs(store, outside):
    fail(outside, store)
    (sign,) = [one for one in presence_files.read_all(store.folder) if one.failed]
    path = presence_files.path_of(store.folder, sign.token)
    closed(store)
    for written in (False, True):
        os.utime(path, (path.stat().st_mtime - 2 * 86400,) * 2)
        again = opened(store.folder)
        assert path.exists() is not written
        look(again)
        rename_event(again, f"{written}")
        closed(again)
    assert len(listed(opened(store.folder))) == 1


@pytest.mark.parametrize(
    "failed",
    [
        [["a", "パスワード", 0, NOW.isoformat()]], [["a", "パスワード", 10**30, NOW.isoformat()]],
        [["a", "パスワード", 1, "きのう"]], [["\ud800", "パスワード", 1, NOW.isoformat()]],
        [["a" * 200, "パスワード", 1, NOW.isoformat()]], [[None, "パスワード", 1, NOW.isoformat()]],
        [["a", "パスワード", 1, NOW.isoformat()]] * 20, [["a"]], "abc", 7,
    ],
)  # fmt: skip
def test_a_desk_file_that_no_program_wrote_keeps_nobody_from_saving(store, failed):
    path = presence_files.path_of(store.folder, "ab")
    plain = {"token": "ab", "mode": "OUTSIDE", "failed": failed}
    text = json.dumps(plain, separators=(",", ":"))
    path.write_bytes(presence_files.sealed_line(json.loads(text)) if "ud800" not in text else sealed_text(text))
    look(store)
    rename_event(store, "保存できる")
    assert listed(store) == []
    closed(store)


def sealed_text(text):
    from hashlib import sha256

    return sha256(text.encode()).hexdigest().encode() + b" " + text.encode() + b"\n"


def test_data_of_before_take_the_table_at_the_next_opening(store):
    store.database.execute("DROP TABLE failed_logins")
    assert accounts.failed_login_totals(store.database) == {}
    assert accounts.first_broken_login(store.database, store.keys.chain) == 0
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "failed_logins" in path.stem)
    before = migrations.in_memory(upto=step - 1)
    assert "failed_logins" not in before.table_names()
    migrations.migrate(before)
    assert accounts.failed_logins(before, limit=1) == []
    killed(store)


def test_many_ids_stay_in_one_desk_file(store, outside, monkeypatch):
    known = [f"shokuin-{number:04}" for number in range(12)]
    monkeypatch.setattr(failed_logins, "_known_ids", lambda _folder: set(known))
    for login_id in known:
        fail(outside, store, login_id=login_id)
    for path in (store.folder / presence_files.FOLDER_NAME).iterdir():
        assert path.stat().st_size <= presence_files.FILE_BYTES
    (sign,) = [one for one in presence_files.read_all(store.folder) if one.failed]
    assert sum(one[2] for one in sign.failed) == 12
    closed(store)
