"""Backups and restoring: newest good generation plus change log, and never a word more than that."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest

from app.actions.user_error import UserError
from app.data_folder.services import backups, data_folder
from app.data_folder.services.check_data import check_data_folder
from app.data_folder.services.path_checks import check_data_folder_path
from app.documents.services import stored_files, unfinished_files
from app.documents.services.file_saving import write_atomically
from db import folder_layout
from db.backups import backup, change_log
from db.files import file_store, storage_errors
from db.store import DATABASE_NAME
from tests.support.altered_files import flip
from tests.support.data_folders import (
    LOGIN,
    NAME,
    NOW,
    PASSWORD,
    closed,
    living,
    logged_numbers,
    opened,
    rename_event,
    restored_backup,
    title,
)

LATER = NOW + timedelta(days=1)


def restored(source, to, **more):
    return restored_backup(source, to, now=LATER, **more)


def stopped(store):
    """End a session as a power cut would: no backup, no published copy."""
    data_folder._release_all(store)


def newest(folder):
    return backup.generations(folder / "backups")[0]


def test_opening_and_closing_each_make_a_verified_backup(folder):
    made = [line.generation for line in backups.list_backups(folder=folder)]
    store = opened(folder)
    rename_event(store, "変えた題名")
    closed(store)
    lines = backups.list_backups(folder=folder)
    assert [line.generation for line in lines if line.generation > max(made)] == [max(made) + 2, max(made) + 1]
    assert {line.state for line in lines} == {"開いて確認済"}
    assert all(line.is_verified for line in lines)


def test_a_restore_brings_back_the_backup_and_every_change_after_it(folder, tmp_path):
    store = opened(folder)
    for count in range(3):
        rename_event(store, f"題名 {count}")
    stopped(store)
    living(folder).write_bytes(b"broken" * 100)

    result = restored(folder, tmp_path / "new")

    assert (result.replayed, result.missing) == (3, ())
    assert backups.restore_messages(result)[1] == "そのあとの変更 3件 を、変更の控えから戻しました。"
    again = opened(tmp_path / "new")
    assert title(again) == "題名 2"
    assert not again.write_lock.copied, "a folder just made keeps nobody waiting for a writer before"
    closed(again)


def test_a_gap_in_the_log_ends_the_restore_there_and_the_missing_numbers_are_named(folder, tmp_path):
    store = opened(folder)
    first = store.database.execute("SELECT max(seq) FROM journal").fetchone()[0] + 1
    for count in range(5):
        rename_event(store, f"題名 {count}")
        if count in (1, 2):
            store.change_log.close()  # the third change gets a segment of its own
    stopped(store)
    gap = [path for path in change_log.segments(folder) if path.name.startswith(f"{first + 2:012d}")]
    gap[0].unlink()
    living(folder).unlink()

    result = restored(folder, tmp_path / "new")

    assert (result.replayed, result.missing, result.not_replayed) == (2, (first + 2, first + 3, first + 4), 2)
    said = backups.restore_messages(result)
    assert f"戻せなかった変更が 3件 あります（変更の番号：{first + 2}～{first + 4}）。" in said
    again = opened(tmp_path / "new")
    assert title(again) == "題名 1"
    closed(again)


def test_a_bad_newest_backup_is_passed_over_and_said(folder, tmp_path):
    store = opened(folder)
    rename_event(store, "二番目の題名")
    closed(store)
    bad = newest(folder)
    flip(bad.path / DATABASE_NAME)

    result = restored(folder, tmp_path / "new")

    assert result.generation == bad.number - 1
    assert f"第{bad.number}世代" in result.notes[0]
    again = opened(tmp_path / "new")
    assert title(again) == "二番目の題名", "the change log fills what the older backup lacks"
    closed(again)
    assert not backups.list_backups(folder=folder)[0].is_verified


def test_the_backup_alone_can_be_brought_back(folder, tmp_path):
    store = opened(folder)
    chosen = newest(folder)
    rename_event(store, "あとの題名")
    closed(store)
    result = restored(chosen.path, tmp_path / "new", replay=False)
    assert (result.generation, result.replayed) == (chosen.number, 0)
    again = opened(tmp_path / "new")
    assert title(again) == "はじめの題名"
    closed(again)


def test_a_restore_never_goes_over_something_and_needs_the_password(folder, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x", encoding="utf-8")
    with pytest.raises(storage_errors.StorageProblem, match="すでにファイルがあります"):
        restored(folder, tmp_path / "full")
    with pytest.raises(storage_errors.StorageProblem, match="すでにファイルがあります"):
        restored(folder, folder)
    with pytest.raises(storage_errors.WrongPassword):
        backups.restore_backup(source=folder, target=tmp_path / "n", secret="x" * 12, login_id=LOGIN, now=LATER)
    with pytest.raises(storage_errors.MissingData, match="バックアップが見つかりません"):
        restored(tmp_path / "nowhere", tmp_path / "n")
    assert not (tmp_path / "n").exists()
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["x"]


def test_stored_files_are_copied_once_and_come_back(folder, tmp_path):
    store = opened(folder)
    with store.change(action="資料を受領した", by=NAME, now=NOW, subject="materials") as change:
        record = stored_files.keep_file(store, change, data=b"paper", name="資料.pdf", now=NOW)
    backups.make_backup(store, now=NOW)
    copy = file_store.path_of(folder / "backups", record.keyed_hash)
    stamp = copy.stat().st_mtime_ns
    backups.make_backup(store, now=NOW)
    assert copy.stat().st_mtime_ns == stamp
    with store.change(action="資料を受領した", by=NAME, now=NOW, subject="materials") as change:
        later = stored_files.keep_file(store, change, data=b"later paper", name="資料2.pdf", now=NOW)
    stopped(store)

    assert restored(folder, tmp_path / "new").notes == ()

    again = opened(tmp_path / "new")
    assert stored_files.read_file(again, record.id) == b"paper"
    assert stored_files.read_file(again, later.id) == b"later paper", "not in the backup yet: from the living folder"
    closed(again)


def test_a_stored_file_that_nobody_has_any_more_is_named(folder, tmp_path):
    store = opened(folder)
    with store.change(action="資料を受領した", by=NAME, now=NOW, subject="materials") as change:
        record = stored_files.keep_file(store, change, data=b"paper", name="資料.pdf", now=NOW)
    stopped(store)
    file_store.path_of(folder, record.keyed_hash).unlink()
    assert restored(folder, tmp_path / "new").notes == (f"保管ファイル {record.keyed_hash[:8]}… がありません。",)


def test_a_backup_without_a_password_uses_the_published_copy_and_is_counted_at_the_next_login(folder, tmp_path):
    store = opened(folder)
    rename_event(store, "公開前の題名")  # not published yet: the copy is of the opening
    made = backups.back_up_published(folder=folder, now=LATER)
    assert (made.are_counts_verified, made.published_at) == (False, NOW)
    assert "9月1日 09:00 に作られた閲覧用の写しから" in made.message
    assert backups.list_backups(folder=folder)[0].state == "照合済（件数の確認は次回ログイン時）"
    closed(store)

    again = data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=LATER, pc="MADO-01")

    assert any("件数を確認しました" in note for note in again.notes)
    closed(again.store, now=LATER)
    assert all(line.is_verified for line in backups.list_backups(folder=folder))


def test_a_backup_can_be_carried_away_and_restored_with_the_log_of_the_living_folder(folder, tmp_path):
    store = opened(folder)
    made = backups.make_backup(store, now=NOW, to=tmp_path / "disk")
    rename_event(store, "持ち出したあとの題名")
    stopped(store)
    alone = restored(made.path, tmp_path / "alone")
    assert alone.replayed == 0
    together = restored(made.path, tmp_path / "together", live_folder=folder)
    assert together.replayed == 1


def test_the_keyring_inside_a_backup_opens_a_folder_whose_own_is_lost(folder, tmp_path):
    for path in folder_layout.keyring_paths(folder):
        path.unlink()
    restored(folder, tmp_path / "new")
    closed(opened(tmp_path / "new"))


def test_the_change_log_survives_a_backup_in_the_middle_of_the_work(folder, tmp_path):
    store = opened(folder)
    rename_event(store, "一つ目")
    backups.make_backup(store, now=NOW)
    rename_event(store, "二つ目")
    head = store.database.execute("SELECT max(seq) FROM journal").fetchone()[0]
    stopped(store)
    assert head in logged_numbers(folder)
    result = restored(folder, tmp_path / "new")
    assert (result.replayed, result.missing) == (1, ())


@pytest.mark.parametrize("name", ["99999_x", "99999_2026-09-01_090000", "999999999999_2026-09-01_090000"])
def test_an_empty_folder_with_a_wild_number_hides_no_later_backup(folder, name):
    (folder / "backups" / name).mkdir()
    store = opened(folder)
    rename_event(store, "あとの題名")
    closed(store)
    lines = backups.list_backups(folder=folder)
    assert lines[0].generation < 99_999
    assert [line.reason for line in lines[:2]] == ["閉じたとき", "開いたとき"]


def test_a_hundred_thousandth_backup_is_seen(folder, tmp_path):
    one = newest(folder)
    plain = json.loads((one.path / "manifest.json").read_bytes())
    one.path.rename(one.path.with_name("99999_2026-09-01_090000"))
    manifest = one.path.with_name("99999_2026-09-01_090000") / "manifest.json"
    manifest.write_text(json.dumps({**plain, "generation": 99_999}), encoding="utf-8")
    store = opened(folder)
    rename_event(store, "あとの題名")
    closed(store)
    assert backups.list_backups(folder=folder)[0].generation == 100_001
    assert restored(folder, tmp_path / "new").generation == 100_001


@pytest.mark.parametrize("name", ["00009_2026-09-01_101500 - コピー", "9月のバックアップ"])
def test_a_generation_that_somebody_renamed_or_copied_is_restored(folder, tmp_path, name):
    made = newest(folder)
    place = tmp_path / "USBメモリー"
    place.mkdir()
    made.path.rename(place / name)

    assert restored(place / name, tmp_path / "復元1").generation == made.number, "pointed at itself"
    assert restored(place, tmp_path / "復元2").generation == made.number, "pointed at what it lies in"
    assert backup.generations(place) == [], "what tidies up leaves it alone"


@pytest.mark.parametrize("inside", ["", "私のバックアップ", "backups/中"])
def test_nothing_is_put_into_a_data_folder(folder, tmp_path, inside):
    place = folder / inside
    with pytest.raises(UserError, match="デジ活デスクのデータのフォルダー"):
        backups.back_up_published(folder=folder, now=LATER, to=place)
    with pytest.raises(UserError, match="デジ活デスクのデータのフォルダー"):
        write_atomically(place / "名簿.pdf", b"x")
    if inside:
        with pytest.raises(UserError, match="デジ活デスクのデータのフォルダー"):
            restored(folder, place / "復元")
        with pytest.raises(UserError, match="デジ活デスクのデータのフォルダー"):
            check_data_folder_path(place)
    assert not (folder / "私のバックアップ").exists()


KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from app.data_folder.services import backups
from db.backups import restore
restore._restore_files = lambda *_: os.kill(os.getpid(), 9)
source, target, password, login = sys.argv[1:]
backups.restore_backup(
    source=Path(source), target=Path(target), secret=password, login_id=login, now=datetime(2026, 9, 2, 9)
)
"""


@pytest.fixture
def left(desk_home, folder, tmp_path, project_folder):
    """What a restore that was killed leaves beside its target: a whole copy of the data."""
    words = [sys.executable, "-c", KILLED, str(folder), str(tmp_path / "new"), PASSWORD, LOGIN]
    assert abs(subprocess.run(words, cwd=project_folder, check=False).returncode) == 9
    [found] = tmp_path.glob("new.*.unfinished")
    assert folder_layout.database_of(found) is not None
    return found


def grown_old(*paths):
    for path in paths:
        os.utime(path, (path.stat().st_mtime - 2 * 24 * 60 * 60,) * 2)


def test_what_a_killed_restore_left_goes_with_the_next_restore_to_that_place(left, folder, tmp_path):
    restored(folder, tmp_path / "new")
    assert [path.name for path in tmp_path.glob("new*")] == ["new"]


def test_what_a_killed_restore_left_goes_at_the_next_start_of_the_program(left):
    notes = list(unfinished_files.notes_folder().iterdir())
    grown_old(*notes)
    unfinished_files.delete_unfinished()
    assert left.exists(), "it may still be under way"
    assert list(unfinished_files.notes_folder().iterdir()) == notes
    grown_old(left)
    unfinished_files.delete_unfinished()
    assert not left.exists()
    assert list(unfinished_files.notes_folder().iterdir()) == []


def test_what_a_killed_restore_left_beside_the_data_is_named_by_the_check_and_goes_when_they_are_opened(left, folder):
    beside = left.rename(folder.with_name(left.name.replace("new", folder.name)))
    other = folder.with_name(f"{folder.name}.控え.unfinished")
    other.mkdir()
    checked = check_data_folder(folder, login_id=LOGIN, password=PASSWORD)
    assert checked.is_sound
    assert [note for note in checked.notes if beside.name in note and "途中で止まった復元" in note]
    grown_old(beside, other)
    closed(opened(folder))
    assert not beside.exists()
    assert other.exists(), "only what bears the name that a restore gives"
