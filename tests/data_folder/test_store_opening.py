"""The data folder: made, opened, shared, taken over, closed; every refusal in words and nothing lost."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions.user_error import UserError
from app.data_folder.services import data_folder
from db import folder_layout, keyring, migrations, write_lock
from db.backups import copies
from db.files import storage_errors
from tests.support.child_python import run_python
from tests.support.data_folders import (
    LOGIN,
    NAME,
    NOW,
    PASSWORD,
    add_user,
    closed,
    copied_folder,
    living,
    logged_numbers,
    opened,
    opening,
    recovery_key,
    rename_event,
    title,
)
from tests.support.stores import killed


def test_a_copy_put_in_the_place_of_the_folder_takes_no_change_for_saved(tmp_path):
    """The folder is moved away under the open program, and a copy of it stands there under its name."""
    folder = copied_folder(tmp_path)
    store = opened(folder)
    assert data_folder.is_database_in_place(store)
    moved = folder.with_name("moved")
    folder.rename(moved)
    shutil.copytree(moved, folder)
    with pytest.raises(storage_errors.LockUnconfirmed):
        rename_event(store, "別の題名")
    assert store.unconfirmed_count == 1
    assert not data_folder.is_database_in_place(store)
    shutil.rmtree(folder)
    moved.rename(folder)
    assert store.confirm_commits() == 1
    assert data_folder.is_database_in_place(store)
    closed(store)
    store = opened(folder)
    assert title(store) == "別の題名"
    closed(store)


def test_what_was_saved_is_there_after_opening_again(folder):
    store = opened(folder)
    rename_event(store, "髙橋さんの題名")
    closed(store)
    again = opened(folder)
    assert title(again) == "髙橋さんの題名"
    assert (again.login_id, again.display_name) == (LOGIN, NAME)
    closed(again)


def test_a_new_folder_has_slots_as_hard_as_promised_and_opens_with_either(tmp_path, full_locks):
    store, key = data_folder.create_data_folder(
        tmp_path / "data", login_id=LOGIN, display_name=NAME, password=PASSWORD, now=NOW
    )
    assert keyring.findings(store.folder, store.keys.keyring) == []
    closed(store)

    ring = keyring.read_file(folder_layout.keyring_paths(tmp_path / "data")[0])
    assert ring is not None
    assert [(slot.kind, slot.iterations >= 600_000) for slot in ring.slots] == [("user", True), ("recovery", True)]
    closed(opened(tmp_path / "data"))
    closed(data_folder.open_with_recovery_key(tmp_path / "data", recovery_key=key, now=NOW).store)


def test_the_recovery_key_opens_the_folder_however_it_is_typed(folder):
    found = data_folder.open_with_recovery_key(folder, recovery_key=f" {recovery_key().lower()} ", now=NOW)
    assert title(found.store) == "はじめの題名"
    closed(found.store)


@pytest.mark.parametrize(("login_id", "password"), [(LOGIN, PASSWORD + "x"), ("unknown", PASSWORD), (LOGIN, "")])
def test_a_wrong_password_or_id_is_refused_in_words_and_changes_nothing(folder, login_id, password):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(storage_errors.WrongPassword, match="IDまたはパスワードが違います") as refused:
        data_folder.open_data_folder(folder, login_id=login_id, password=password, now=NOW)
    assert "回復キー" in refused.value.todo
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_place_without_data_says_so(tmp_path):
    with pytest.raises(storage_errors.MissingData, match="この場所にデジ活デスクのデータがありません"):
        data_folder.open_data_folder(tmp_path, login_id=LOGIN, password=PASSWORD, now=NOW)


@pytest.mark.parametrize("place", ["first page", "middle", "not a database", "cut off"])
def test_a_damaged_file_is_refused_with_the_way_out_and_left_as_it_is(folder, place):
    path = living(folder)
    data = bytearray(path.read_bytes())
    if place == "first page":
        data[100] ^= 1
    elif place == "middle":
        data[len(data) // 2] ^= 1
    elif place == "cut off":
        del data[len(data) - 5000 :]
    else:
        data = bytearray("年度,名称\n".encode("cp932") * 500)
    path.write_bytes(data)
    with pytest.raises(storage_errors.Damaged, match="新しいフォルダーへ復元してください"):
        data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=NOW)
    assert path.read_bytes() == bytes(data)


def test_data_of_a_newer_version_is_not_touched(folder):
    store = opened(folder)
    store.database.execute(f"PRAGMA user_version = {migrations.NEWEST + 1}")
    data_folder._release_all(store)
    before = living(folder).read_bytes()
    with pytest.raises(storage_errors.NewerData, match="新しい版"):
        data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=NOW)
    assert living(folder).read_bytes() == before


SECOND = f"""
import sys
from datetime import datetime
from pathlib import Path
from app.data_folder.services import data_folder
from db.files import storage_errors
try:
    data_folder.open_data_folder(
        Path(sys.argv[1]), login_id={LOGIN!r}, password={PASSWORD!r}, now=datetime(2026, 9, 1), pc=sys.argv[2], wait=0.3
    )
    sys.exit(9)
except storage_errors.Locked as problem:
    sys.stdout.buffer.write((problem.happened + problem.todo).encode())
shown = data_folder.open_published(Path(sys.argv[1]), login_id={LOGIN!r}, password={PASSWORD!r})
sys.stdout.buffer.write(shown.store.database.execute("SELECT subject FROM events").fetchone()[0].encode())
"""


@pytest.mark.parametrize(
    ("pc", "place", "todo"),
    [
        ("MADO-02", "PC「MADO-01」", "使用中の人が閉じるのを待つか"),
        # One's own window, no other person's.
        ("MADO-01", "このPCで先に開いた画面", "先に開いた画面に切り替えるか"),
    ],
)
def test_a_second_instance_is_told_who_has_it_open_and_may_read(folder, pc, place, todo):
    store = opened(folder)
    data_folder.publish(store, now=NOW)
    rename_event(store, "まだ公開していない題名")

    second = run_python("-c", SECOND, str(folder), pc, timeout=60, check=False, encoding=None)

    assert second.returncode == 0, second.stderr.decode()
    said = second.stdout.decode()
    assert f"{NAME}さん（{place}、9月1日 09:00から）がこのデータを使用中です。" in said
    assert todo in said
    assert "閲覧専用で開く" in said
    assert said.endswith("はじめの題名")
    rename_event(store, "そのあとも保存できる")
    closed(store)


def test_the_published_copy_says_its_time_and_cannot_be_written(folder):
    store = opened(folder)
    rename_event(store, "公開する題名")
    assert data_folder.publish(store, now=NOW + timedelta(hours=1)) == NOW + timedelta(hours=1)
    shown = data_folder.open_published(folder, login_id=LOGIN, password=PASSWORD)
    assert title(shown.store) == "公開する題名"
    assert shown.store.published_at == NOW + timedelta(hours=1)
    assert shown.notes == ()
    with pytest.raises(storage_errors.ReadOnlyMode):
        rename_event(shown.store, "書けない")
    closed(shown.store)
    closed(store)


def test_publishing_twice_without_a_change_writes_nothing_new(folder):
    store = opened(folder)
    before = {path: path.read_bytes() for path in (folder / "published").iterdir()}
    data_folder.publish(store, now=NOW + timedelta(hours=5))
    assert {path: path.read_bytes() for path in (folder / "published").iterdir()} == before
    closed(store)


def test_a_silent_pc_is_taken_over_after_the_question_and_its_user_may_not_write_any_more(folder):
    sleeping = opened(folder)
    rename_event(sleeping, "寝る前に保存した")
    fall_silent(folder, 200)

    with pytest.raises(storage_errors.HolderSilent, match=f"{NAME}さん（PC「MADO-01」"):
        open_elsewhere(folder, take_over=False)
    taken = open_elsewhere(folder, take_over=True)
    assert any("引き継いで" in note for note in taken.notes)
    assert title(taken.store) == "寝る前に保存した"
    assert living(folder).name == f"desk-{taken.store.write_lock.number:06d}.db"
    rename_event(taken.store, "引き継いだあと")

    with pytest.raises(storage_errors.WriteLockLost, match="PC「MADO-05」"):
        rename_event(sleeping, "寝ていたPCから")
    assert sleeping.read_only
    with pytest.raises(storage_errors.ReadOnlyMode):
        rename_event(sleeping, "もう一度")
    before = everything(folder)
    assert data_folder.close_data_folder(sleeping, now=NOW) == ()
    after = {path: data for path, data in everything(folder).items() if "accesses" not in path.parts}
    assert after == before, "who was taken over writes nothing more on closing but his own record"

    assert title(taken.store) == "引き継いだあと"
    closed(taken.store)
    after = open_elsewhere(folder, take_over=False)
    assert any("共有に入らなかった操作が 1件" in note and "寝ていたPCから" in note for note in after.notes)
    closed(after.store)
    again = open_elsewhere(folder, take_over=False)
    assert not any("共有に入らなかった" in note for note in again.notes), "it is told once"
    closed(again.store)


def test_who_falls_asleep_while_opening_and_is_taken_over_is_told_so_and_not_let_in(folder, monkeypatch):
    really = data_folder.catch_up_log
    taken = []

    def asleep(store):
        monkeypatch.setattr(data_folder, "catch_up_log", really)
        fall_silent(folder, 200)
        taken.append(open_elsewhere(folder, take_over=True).store)
        return really(store)

    monkeypatch.setattr(data_folder, "catch_up_log", asleep)
    with pytest.raises(storage_errors.WriteLockLost, match="PC「MADO-05」"):
        opened(folder)
    rename_event(taken[0], "引き継いだあと")
    closed(taken[0])


def test_a_sign_of_life_finds_out_that_the_seat_is_lost(folder):
    sleeping = opened(folder)
    fall_silent(folder, 200)
    taken = open_elsewhere(folder, take_over=True)
    with pytest.raises(storage_errors.WriteLockLost):
        data_folder.heartbeat(sleeping)
    assert sleeping.read_only
    killed(sleeping)
    closed(taken.store)


def test_a_change_whose_proof_waits_for_the_cable_is_told_later_and_not_twice(folder, tmp_path):
    store = opened(folder)
    gone = tmp_path / "cable out"
    store.write_lock.folder.rename(gone)
    with pytest.raises(storage_errors.LockUnconfirmed, match="つながりしだい"):
        rename_event(store, "切れたときの題名")
    assert store.unconfirmed_count == 1
    assert "連絡がとれません" in data_folder.pending_notes(store)[0]
    assert data_folder.heartbeat(store) == ""
    gone.rename(store.write_lock.folder)
    assert "保存されています" in data_folder.heartbeat(store)
    assert store.unconfirmed_count == 0
    assert data_folder.heartbeat(store) == ""
    assert data_folder.pending_notes(store) == ()
    rename_event(store, "つながったあと")
    assert max(logged_numbers(folder)) == store.database.execute("SELECT max(seq) FROM journal").fetchone()[0]
    closed(store)


def open_elsewhere(folder, *, take_over):
    return opening(folder, pc="MADO-05", take_over=take_over)


def fall_silent(folder, seconds):
    """Make every sign of life as old as if its PC had been silent for so long."""
    for path in (*(folder / write_lock.PRESENCE_NAME).iterdir(), *(folder / write_lock.FOLDER_NAME).iterdir()):
        os.utime(path, (path.stat().st_mtime - seconds,) * 2)


def everything(folder):
    """What lies in the folder, but for signs of life and the engine's own passing file."""
    found = [path for path in folder.rglob("*") if path.is_file() and path.parent.name != "desks"]
    return {path: path.read_bytes() for path in found if path.suffix != ".db-journal"}


def test_a_program_that_ended_badly_is_said_and_its_changes_reach_the_log(folder):
    store = opened(folder)
    store.after_commit.clear()
    rename_event(store, "控えに届かなかった題名")
    killed(store)
    seq = max(logged_numbers(folder), default=0)

    again = data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=NOW, pc="MADO-01")

    assert "正しく閉じられていませんでした" in again.notes[0]
    assert title(again.store) == "控えに届かなかった題名"
    assert max(logged_numbers(folder)) > seq
    closed(again.store)


@pytest.mark.parametrize("end", [data_folder._release_all, closed], ids=["only the log knows", "a backup knows"])
def test_a_database_older_than_its_log_is_refused_with_the_way_out(folder, end):
    path = living(folder)
    old = path.read_bytes()
    store = opened(folder)
    rename_event(store, "古い写しにはない題名")
    end(store)
    path.write_bytes(old)
    with pytest.raises(storage_errors.Damaged, match="最後の変更が、データファイルにありません"):
        opened(folder)


@pytest.mark.parametrize(("login_id", "password", "words"), [("a", "short", "12文字以上"), ("", PASSWORD, "IDを入力")])
def test_a_new_folder_asks_for_an_id_and_a_long_password(tmp_path, login_id, password, words):
    with pytest.raises(UserError, match=words):
        data_folder.create_data_folder(tmp_path / "x", login_id=login_id, display_name="", password=password, now=NOW)
    assert not (tmp_path / "x").exists()


def test_a_new_folder_is_never_made_over_something(tmp_path):
    (tmp_path / "わたしの写真.txt").write_text("たいせつ", encoding="utf-8")
    with pytest.raises(UserError, match="すでにファイルがあります"):
        data_folder.create_data_folder(tmp_path, login_id=LOGIN, display_name=NAME, password=PASSWORD, now=NOW)
    assert (tmp_path / "わたしの写真.txt").read_text(encoding="utf-8") == "たいせつ"


def test_a_copy_that_a_late_writer_publishes_leaves_the_one_of_the_taker_alone(folder):
    sleeping = opened(folder)
    rename_event(sleeping, "寝る前")
    fall_silent(folder, 200)
    taken = open_elsewhere(folder, take_over=True)
    rename_event(taken.store, "引き継いだあと")
    data_folder.publish(taken.store, now=NOW)
    late = sleeping.write_lock.number  # it was stopped between the proof and the writing
    copies.publish(sleeping.database, sleeping.keys, folder, now=NOW + timedelta(hours=1), lock_number=late)
    shown = data_folder.open_published(folder, login_id=LOGIN, password=PASSWORD)
    assert title(shown.store) == "引き継いだあと"
    closed(shown.store)
    killed(sleeping)
    closed(taken.store)


def test_a_keyring_that_is_changed_before_we_sit_down_is_read_again(folder, monkeypatch):
    real = data_folder.acquire_lock

    def a_colleague_changes_the_keyring(*given, **more):
        monkeypatch.setattr(data_folder, "acquire_lock", real)
        store = opened(folder)
        add_user(store)
        closed(store)
        path = folder_layout.keyring_paths(folder)[1]
        path.write_bytes(b"torn")
        return real(*given, **more)

    monkeypatch.setattr(data_folder, "acquire_lock", a_colleague_changes_the_keyring)
    closed(opened(folder))
    closed(
        data_folder.open_data_folder(
            folder, login_id="b", password="another long one", now=NOW, pc="MADO-01", wait=0.2
        ).store
    )


def test_a_copy_of_the_folder_says_once_that_the_data_stood_elsewhere_and_a_folder_that_moved_does_not(tmp_path):
    folder = copied_folder(tmp_path)

    def said(place):
        found = data_folder.open_data_folder(place, login_id=LOGIN, password=PASSWORD, now=NOW)
        data_folder.close_data_folder(found.store, now=NOW)
        return [note for note in found.notes if "別の場所" in note]

    assert said(folder) == []
    moved = folder.rename(tmp_path / "moved")
    assert said(moved) == []
    copy = Path(shutil.copytree(moved, tmp_path / "copy"))
    [note] = said(copy)
    assert str(moved) in note
    assert (said(copy), said(moved)) == ([], [])
