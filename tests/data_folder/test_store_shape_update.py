"""Rows in an older shape: a verified backup first, the steps taken, the journal and a restore still right."""

import pytest

from app.data_folder.services import data_folder
from app.data_folder.services.check_data import check_data_folder
from db import migrations
from db.backups import backup
from db.files import storage_errors
from tests.support.data_folders import (
    LOGIN,
    NOW,
    PASSWORD,
    closed,
    copied_folder,
    living,
    opened,
    rename_event,
    restored_backup,
    title,
)

ADDED = """
ALTER TABLE events ADD COLUMN weather TEXT NOT NULL DEFAULT '晴れ';
UPDATE events SET status = '実施済' WHERE status = '予定';
"""


@pytest.fixture
def folder(tmp_path):
    """A folder of today's shape with one change that no backup holds yet."""
    place = copied_folder(tmp_path)
    store = opened(place)
    rename_event(store, "前の形の題名")
    data_folder._release_all(store)
    return place


@pytest.fixture
def newer(tmp_path, monkeypatch):
    """Act as the next version, whose one more step is ``sql``."""

    def become(sql):
        step = tmp_path / f"{migrations.NEWEST + 1:04d}_weather.sql"
        step.write_text(sql, encoding="utf-8")
        monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, step))
        monkeypatch.setattr(migrations, "NEWEST", migrations.NEWEST + 1)

    return become


def weather(store):
    return store.database.execute("SELECT weather, status, subject FROM events").fetchone()


def test_old_rows_take_the_new_shape_after_a_verified_backup(folder, newer):
    newer(ADDED)
    found = data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=NOW, pc="MADO-01")
    assert weather(found.store) == ("晴れ", "実施済", "前の形の題名")
    assert any("新しい版の形にしました" in note for note in found.notes)
    before = next(one for one in backup.generations(folder / "backups") if one.reason == "形の更新前")
    assert before.contents.version == migrations.NEWEST - 1
    assert backup.generation_findings(before) == []
    closed(found.store)
    assert check_data_folder(folder, login_id=LOGIN, password=PASSWORD).findings == ()


def test_a_restore_from_a_backup_in_the_old_shape_ends_at_the_same_rows(folder, newer, tmp_path):
    newer(ADDED)
    store = opened(folder)
    rename_event(store, "新しい形の題名")
    data_folder._release_all(store)
    old = [one for one in backup.generations(folder / "backups") if one.contents.version < migrations.NEWEST]
    result = restored_backup(min(old, key=lambda one: one.number).path, tmp_path / "new")
    assert result.missing == ()
    again = opened(tmp_path / "new")
    assert weather(again) == ("晴れ", "実施済", "新しい形の題名")
    closed(again)
    assert check_data_folder(tmp_path / "new", login_id=LOGIN, password=PASSWORD).findings == ()


def test_a_failing_step_leaves_the_old_shape_and_says_so(folder, newer, monkeypatch):
    newer("ALTER TABLE events ADD COLUMN weather TEXT;\nUPDATE nowhere SET x = 1;\n")
    with pytest.raises(storage_errors.StorageProblem, match="前の版の形のまま残っています"):
        data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=NOW, pc="MADO-01")
    monkeypatch.undo()
    again = opened(folder)
    assert title(again) == "前の形の題名"
    assert "weather" not in [row["name"] for row in again.database.query("PRAGMA table_info(events)")]
    closed(again)


def test_without_a_backup_no_step_is_taken(folder, newer, monkeypatch):
    newer(ADDED)

    def no_room(*_given, **_more):
        raise storage_errors.DiskFull("test")

    monkeypatch.setattr(backup, "make", no_room)
    with pytest.raises(storage_errors.DiskFull):
        data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=NOW, pc="MADO-01")
    monkeypatch.undo()
    again = opened(folder)
    assert migrations.version_of(again.database) == migrations.NEWEST
    closed(again)
    assert living(folder).is_file()


def test_data_of_an_older_shape_are_restored_before_anybody_opened_them_here(folder, newer, tmp_path):
    """The backup has the old shape, and the log knows of no other: what the steps change stands in the journal."""
    newer(ADDED)
    restored_backup(folder, tmp_path / "new")
    assert check_data_folder(tmp_path / "new", login_id=LOGIN, password=PASSWORD).findings == ()
    again = opened(tmp_path / "new")
    assert weather(again) == ("晴れ", "実施済", "前の形の題名")
    closed(again)
    assert check_data_folder(tmp_path / "new", login_id=LOGIN, password=PASSWORD).findings == ()
