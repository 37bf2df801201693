"""A stored file is copied over nothing, mended from whichever copy is whole, and never keeps the data
from coming back."""

import json
from datetime import timedelta

import pytest

from app.data_folder.services import backups, data_folder
from app.data_folder.services.check_data import check_data_folder
from db.backups import backup
from db.files import file_copies, file_store
from tests.support.altered_files import flip
from tests.support.data_folders import (
    LOGIN,
    NOW,
    PASSWORD,
    closed,
    keep_paper,
    keys,
    opened,
    prepared_folder,
    restored_backup,
)
from tests.support.stores import made_by

PAPER = "見本の資料".encode() * 400
LATER = NOW + timedelta(days=1)


folder = made_by(lambda place: prepared_folder(place, _prepare))
"""A closed folder with one stored file, which its backups hold too."""


def _prepare(place):
    store = opened(place)
    keep(store)
    closed(store)


def keep(store, data=PAPER):
    return keep_paper(store, data)


def kept(place):
    return next(file_store.stored_files(place))


def cut(path):
    path.write_bytes(path.read_bytes()[:-100])


def empty(path):
    path.write_bytes(b"")


def gone(path):
    path.unlink()


DAMAGES = pytest.mark.parametrize("damage", [flip, cut, empty, gone])


def restored(source, to, **more):
    return restored_backup(source, to, now=LATER, **more)


def reopened(folder, *, now=LATER):
    """Open and close the folder a day later; return what was said at either."""
    found = data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=now, pc="MADO-01")
    return found.notes, data_folder.close_data_folder(found.store, now=now)


def is_whole(place, name):
    return file_store.read(place, name, keys())[0] == "whole"


def is_sound(folder):
    return check_data_folder(folder, login_id=LOGIN, password=PASSWORD, wait=0.2).findings == ()


@DAMAGES
@pytest.mark.parametrize("replay", [True, False])
def test_a_damaged_file_in_the_backups_keeps_no_generation_from_being_restored(folder, tmp_path, damage, replay):
    damage(kept(folder / "backups"))

    result = restored(folder, tmp_path / "new", replay=replay)

    assert result.generation == max(one.number for one in backup.generations(folder / "backups"))
    assert file_store.get(tmp_path / "new", keys(), kept(folder).name) == PAPER
    assert result.notes == ("保管ファイル 1件 は、バックアップのものが壊れていたため、別の控えから戻しました。",)


@DAMAGES
def test_without_any_whole_copy_the_data_come_back_and_the_file_is_named(folder, tmp_path, damage):
    name = kept(folder).name
    damage(kept(folder / "backups"))
    damage(kept(folder))

    result = restored(folder, tmp_path / "new")

    assert (result.notes, result.missing) == ((f"保管ファイル {name[:8]}… がありません。",), ())


@DAMAGES
def test_the_next_backup_copies_a_damaged_file_anew_and_says_so(folder, damage):
    copy = kept(folder / "backups")
    whole = copy.read_bytes()
    damage(copy)

    opening, closing = reopened(folder)

    assert copy.read_bytes() == whole
    if damage is not gone:  # nothing was there any more: copying is no mending
        assert any(
            "のバックアップが壊れていたため、データフォルダーのものから作り直しました" in one
            for one in (*opening, *closing)
        )
    assert is_sound(folder)
    assert [line.damaged_files for line in backups.list_backups(folder=folder) if line.damaged_files] == []


@DAMAGES
def test_a_damaged_file_in_the_living_folder_never_goes_over_its_good_copy_and_is_mended_from_it(folder, damage):
    living, copy = kept(folder), kept(folder / "backups")
    whole = copy.read_bytes()
    damage(living)

    opening, closing = reopened(folder)

    assert copy.read_bytes() == whole
    assert living.read_bytes() == whole
    said = (
        opening if damage is not flip else closing
    )  # opening compares names and sizes, closing reads what was touched
    assert any(
        f"保管ファイル {living.name[:8]}… が壊れていたかなくなっていたため、バックアップのものから直しました" in one
        for one in said
    )
    assert is_sound(folder)


def test_two_damaged_copies_stay_as_they_are_and_are_named(folder):
    living, copy = kept(folder), kept(folder / "backups")
    cut(living)
    empty(copy)
    before = living.read_bytes()

    opening, _ = reopened(folder)

    assert (living.read_bytes(), copy.read_bytes()) == (before, b"")
    assert any("バックアップにも正しいものがありません" in one for one in opening)


def test_a_damaged_file_is_not_carried_to_another_disk(folder, tmp_path):
    flip(kept(folder))
    store = opened(folder)
    made = backups.make_backup(store, now=LATER, to=tmp_path / "disk")
    closed(store)
    assert is_whole(tmp_path / "disk", kept(folder).name)
    assert "バックアップのものから直しました" in made.message


def test_a_backup_of_an_older_program_that_trusted_a_damaged_copy_is_found_by_the_key(folder):
    """The manifest names the sum of the damaged bytes: only the key can tell."""
    copy = kept(folder / "backups")
    flip(copy)
    total = backup.sha256_of(copy)
    for one in backup.generations(folder / "backups"):
        path = one.path / backup.MANIFEST_NAME
        plain = json.loads(path.read_bytes())
        plain["files"] = {copy.name: total} if plain["files"] else {}
        path.write_text(json.dumps(plain), encoding="utf-8")
    (folder / "backups" / "files" / file_copies.FILE_NAME).unlink()
    assert not is_sound(folder)
    _, closing = reopened(folder)
    assert any("作り直しました" in one for one in closing)
    assert is_sound(folder)


def test_opening_reads_no_content_that_was_checked_and_is_untouched(folder, monkeypatch):
    read = []
    wholly = file_store.read
    monkeypatch.setattr(file_store, "read", lambda *given: read.append(given[1]) or wholly(*given))
    found = data_folder.open_data_folder(folder, login_id=LOGIN, password=PASSWORD, now=LATER, pc="MADO-01")
    assert read == []
    closed(found.store, now=LATER)
    assert read == []
    reopened(folder, now=LATER + timedelta(days=31))
    assert set(read) == {kept(folder).name}


@pytest.mark.parametrize("damage", [flip, cut])
def test_a_backup_without_a_password_copies_only_what_its_sum_proves(folder, damage):
    store = opened(folder)
    new = keep(store, b"a second paper").keyed_hash
    data_folder._release_all(store)
    damage(kept(folder / "backups"))

    made = backups.back_up_published(folder=folder, now=LATER)

    assert not file_store.path_of(folder / "backups", new).exists(), "its sum is known nowhere yet"
    assert "つぎにログインしたときに写します" in made.message
    assert "つぎにログインしたときに、正しいほうから直します" in made.message
    reopened(folder)
    assert is_whole(folder / "backups", new)
    assert is_whole(folder / "backups", kept(folder / "backups").name)
    assert is_sound(folder)


def test_a_stored_file_copied_without_a_password_is_proved_by_key_at_the_next_login(folder):
    gone(kept(folder / "backups"))

    made = backups.back_up_published(folder=folder, now=LATER)

    assert is_whole(folder / "backups", kept(folder).name), "its sum stands in earlier manifests"
    assert "件数の確認は" in made.message
    opening, _ = reopened(folder)
    assert "その保管ファイル 1件 を、鍵で確かめました。" in opening


def test_a_held_file_is_no_damage_and_nothing_is_written_over_it(folder, monkeypatch):
    living, copy = kept(folder), kept(folder / "backups")
    cut(copy)  # so that both have to be read
    monkeypatch.setattr(type(living), "read_bytes", _refusing(type(living).read_bytes, living))

    opening, _ = reopened(folder)

    assert any("いま読めません" in one for one in opening)
    monkeypatch.undo()
    assert is_whole(folder, living.name)


def _refusing(read_bytes, held):
    def refuse(path):
        if path == held:
            raise PermissionError(13, "held", str(path))
        return read_bytes(path)

    return refuse


def test_files_of_a_generation_whose_manifest_cannot_be_read_are_not_tidied_away(folder):
    gone(kept(folder))
    for one in backup.generations(folder / "backups"):
        if one.files:
            (one.path / backup.MANIFEST_NAME).write_bytes(b"[[")
    backup.prune(folder / "backups", today=LATER.date())
    assert kept(folder / "backups").is_file()


def test_each_new_folder_of_a_stored_file_is_synced_with_the_folder_it_lies_in(tmp_path, monkeypatch):
    from db.files import filesystem

    synced = []
    sync = filesystem.sync_folder
    monkeypatch.setattr(filesystem, "sync_folder", lambda folder: synced.append(folder) or sync(folder))
    (tmp_path / "data").mkdir()
    name = file_store.put(tmp_path / "data", keys(), PAPER)
    assert {tmp_path / "data", tmp_path / "data" / "files"} <= set(synced)
    assert file_store.path_of(tmp_path / "data", name).is_file()
