"""The second place of the backups: written at each closing, never waited for, tidied like the first, restored from."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import backups, second_folder
from app.settings.contributions import second_folder_follow_ups
from app.startup import folder_opening
from db.backups import backup
from db.backups import second_folder as at_place
from db.files import file_store, storage_errors
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, opened, rename_event, restored_backup, title

WHO = {"by": NAME, "now": NOW}


@pytest.fixture
def place(tmp_path):
    return tmp_path / "disk"


def decided(folder, place):
    store = opened(folder)
    second_folder.set_second_folder(ActionContext(store, **WHO), folder=place)
    return store


def numbers(at):
    return [one.number for one in backup.generations(at)]


def stuck(wire, _megabytes):
    """A child as a disk that does not answer makes it."""
    wire.send_bytes(b"ready")
    while True:
        wire.recv_bytes()


def test_closing_copies_there_and_it_restores_when_the_data_are_gone(folder, place, tmp_path):
    store = decided(folder, place)

    rename_event(store, "閉じる前の題名")
    assert folder_opening.close_folder(store, now=NOW) == ()
    assert numbers(place) == numbers(folder / "backups")[:1]
    shutil.rmtree(folder)

    result = restored_backup(place, tmp_path / "new")

    again = opened(result.folder)
    assert title(again) == "閉じる前の題名"
    folder_opening.close_folder(again, now=NOW)


def test_kept_files_go_along(folder, place):
    store = decided(folder, place)
    name = file_store.put(folder, store.keys, b"scan")
    folder_opening.close_folder(store, now=NOW)
    assert file_store.read(place, name, store.keys)[0] == "whole"


def test_a_place_that_is_away_is_said_at_closing_and_on_home_until_it_is_back(folder, place):
    store = decided(folder, place)
    assert second_folder_follow_ups(store, NOW.date()) != [], "decided and not written yet"
    assert folder_opening.close_folder(store, now=NOW) == ()
    away = place.rename(place.with_name("drawer"))

    (said,) = folder_opening.close_folder(opened(folder), now=NOW + timedelta(days=1))

    assert [word for word in ("2つ目の場所", "写せませんでした", "9月1日のもの") if word not in said] == []
    store = opened(folder)
    (row,) = second_folder_follow_ups(store, NOW.date())
    assert row.link.action == "2つ目の場所"
    assert "置き場がありません" in row.rule
    assert not place.exists(), "a disk that happens to be there gets nothing"
    away.rename(place)
    assert folder_opening.close_folder(store, now=NOW) == ()
    store = opened(folder)
    assert second_folder_follow_ups(store, NOW.date()) == []
    month_on = NOW.date() + timedelta(days=32)
    assert second_folder_follow_ups(store, month_on) != [], "nothing was copied for too long"
    folder_opening.close_folder(store, now=NOW)


@pytest.mark.nightly
def test_a_disk_that_does_not_answer_holds_the_closing_no_longer_than_its_time(folder, place, monkeypatch):
    store = decided(folder, place)
    monkeypatch.setattr(second_folder, "serve", stuck)
    monkeypatch.setattr(second_folder, "CLOSING_SECONDS", 0.1)
    (said,) = folder_opening.close_folder(store, now=NOW)
    assert "時間内に終わりませんでした" in said
    assert opened(folder).write_lock is not None, "the seat was free before the disk was asked"


def test_another_disk_under_the_same_name_is_not_written_into(folder, place):
    store = decided(folder, place)
    wanted = second_folder.copy_target(store)
    shutil.rmtree(place)
    place.mkdir()
    (place / "写真.txt").write_text("x", encoding="utf-8")
    with pytest.raises(storage_errors.MissingData):
        at_place.copy_newest(folder, place, owner=wanted.owner, today=NOW.date())
    assert [one.name for one in place.iterdir()] == ["写真.txt"]


def test_generations_grow_old_there_by_the_same_rule(folder, place):
    store = decided(folder, place)
    owner = at_place.owner_id_of(store.keys)
    for number in range(13):
        day = NOW + timedelta(days=40 * (number == 12), minutes=number)
        rename_event(store, f"題名 {number}", now=day)
        backups.make_backup(store, now=day)
        at_place.copy_newest(folder, place, owner=owner, today=day.date())
    kept = numbers(place)
    assert len(kept) == 10, "of thirteen: the latest ten, the last of the day and month before among them"
    assert set(kept) <= set(numbers(folder / "backups"))


def test_a_place_in_the_data_is_refused_and_a_full_folder_gets_one_of_our_own(folder, place):
    store = opened(folder)
    with pytest.raises(UserError, match="データのフォルダー「data」の中"):
        second_folder.set_second_folder(ActionContext(store, **WHO), folder=folder / "backups")
    place.mkdir()
    (place / "ほかのもの.txt").write_text("x", encoding="utf-8")
    second_folder.set_second_folder(ActionContext(store, **WHO), folder=place)
    wanted = second_folder.copy_target(store)
    assert wanted.second_folder == place / "デジ活デスクのバックアップ"
    at_place.mark_folder(wanted.second_folder, "f" * 32)
    with pytest.raises(UserError, match="ほかのデータ"):
        second_folder.set_second_folder(ActionContext(store, **WHO), folder=place)
    second_folder.remove_second_folder(ActionContext(store, **WHO))
    assert second_folder.copy_target(store) is None


def test_a_decision_that_is_refused_leaves_nothing_at_the_place(folder, place):
    folder_opening.close_folder(opened(folder), now=NOW)
    reading = folder_opening.open_for_reading(folder, login_id=LOGIN, password=PASSWORD, now=NOW).store
    with pytest.raises(storage_errors.ReadOnlyMode):
        second_folder.set_second_folder(ActionContext(reading, **WHO), folder=place)
    assert not place.exists()
    reading.database.conn.close()


@pytest.mark.nightly
def test_of_two_of_one_seat_and_number_the_later_one_is_restored(folder, place, tmp_path):
    """A copy of the folder that somebody tried writes there, too, and counts on as its original does."""
    folder_opening.close_folder(decided(folder, place), now=NOW)
    copy = Path(shutil.copytree(folder, tmp_path / "tried"))
    for at, name, hours in ((copy, "試しに変えた題名", 1), (folder, "本物の題名", 2)):
        store = opened(at)
        rename_event(store, name)
        folder_opening.close_folder(store, now=NOW + timedelta(hours=hours))
    first, second = backup.generations(place)[:2]
    assert (first.lock_number, first.number) == (second.lock_number, second.number)
    assert first.created_at == NOW + timedelta(hours=2)
    result = restored_backup(place, tmp_path / "new")
    again = opened(result.folder)
    assert title(again) == "本物の題名"
    folder_opening.close_folder(again, now=NOW)
