"""The check of the data: whoever holds the right key and alters something by hand is noticed."""

import json

import pytest

from app.data_folder.services import backups, data_folder
from app.data_folder.services.check_data import check_data_folder
from app.programme.intake import preset
from db import connection, folder_layout, journal, keyring, mapping, migrations
from db.accesses.recorder import AccessRecorder
from db.backups import backup, change_log, copies
from db.files import file_store
from db.files.storage_errors import Damaged
from db.keys import derive_keys
from tests.support.altered_files import flip
from tests.support.data_folders import (
    LOGIN,
    NAME,
    NOW,
    PASSWORD,
    add_user,
    closed,
    keep_paper,
    living,
    opened,
    prepared_folder,
    rename_event,
)
from tests.support.in_full import some
from tests.support.stores import killed, made_by

folder = made_by(lambda place: prepared_folder(place, _prepare))
"""A closed folder with five more changes and one kept file."""


def _prepare(place):
    store = opened(place)
    for count in range(4):
        rename_event(store, f"題名 {count}")
    keep_paper(store)
    closed(store)


def said(folder) -> str:
    checked = check_data_folder(folder, login_id=LOGIN, password=PASSWORD, pc="MADO-01", wait=0.2)
    assert checked.is_sound == (not checked.findings)
    return "\n".join(checked.findings)


def keys_of(folder):
    return derive_keys(keyring.unlock(folder, PASSWORD, owner=LOGIN).data_key)


def stopped_after_a_change(folder):
    store = opened(folder)
    rename_event(store, "そのあと停電")
    killed(store)


def by_hand(folder, *statements):
    """Alter the database with the right key, beside the program."""
    database = connection.connect(living(folder), keys_of(folder).pages)
    for statement in statements:
        database.execute(statement)
    database.conn.close()


@pytest.mark.usefixtures("full_copies")
def test_a_backup_of_which_a_page_reached_the_disk_otherwise_is_no_backup(folder, monkeypatch):
    copy = copies.copy_database

    def copied_wrong(database, key, path):
        copy(database, key, path)
        flip(path)

    store, before = opened(folder), backup.generations(folder / backup.FOLDER_NAME)
    monkeypatch.setattr(copies, "copy_database", copied_wrong)
    with pytest.raises(Damaged):
        backups.make_backup(store, now=NOW)
    monkeypatch.undo()
    assert backup.generations(folder / backup.FOLDER_NAME) == before
    closed(store)


def test_a_sound_folder_has_no_findings(folder):
    assert said(folder) == ""


def test_a_folder_whose_program_was_killed_has_no_findings(folder):
    stopped_after_a_change(folder)
    assert said(folder) == ""


def test_an_altered_journal_row_shows(folder):
    by_hand(folder, "UPDATE journal SET payload = replace(payload, '題名 1', '題名 9') WHERE seq = 5")
    assert "履歴 5 番の内容が変えられています" in said(folder)


@pytest.mark.parametrize("column", ["by", "at", "action", "barrier"])
def test_an_altered_word_about_a_change_shows(folder, column):
    by_hand(folder, f"UPDATE journal SET [{column}] = '1' WHERE seq = 5")
    assert "履歴 5 番のつながりが合いません" in said(folder)


def test_an_event_whose_form_is_not_that_of_its_kind_shows(folder):
    numbers = mapping.to_row(preset().kinds[0])
    values = ", ".join("NULL" if one is None else f"'{one}'" for one in numbers.values())
    by_hand(folder, f"INSERT INTO kind_numbers ({', '.join(numbers)}) VALUES ({values})")
    assert "実施の形" not in said(folder)
    by_hand(folder, "UPDATE events SET form = '派遣'")
    assert "の実施の形が、「講習会」の形と違います。" in said(folder)


def test_a_removed_journal_row_shows(folder):
    by_hand(folder, "DELETE FROM journal WHERE seq = 5")
    assert "履歴 5 番が欠けています" in said(folder)


def test_two_exchanged_journal_rows_show(folder):
    by_hand(
        folder,
        "UPDATE journal SET seq = 99 WHERE seq = 5",
        "UPDATE journal SET seq = 5 WHERE seq = 6",
        "UPDATE journal SET seq = 6 WHERE seq = 99",
    )
    assert "つながりが合いません" in said(folder)


@pytest.mark.parametrize("also", ["nothing", "log", "log and backups"])
def test_the_last_rows_removed_show_by_what_stands_outside_the_database(folder, also):
    by_hand(folder, "DELETE FROM journal WHERE seq >= 7")
    if also != "nothing":
        for path in change_log.segments(folder):
            path.unlink()
    if also == "log and backups":
        for path in sorted((folder / "backups").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    assert "にはあるのに、データにありません" in said(folder)


def test_a_rewritten_journal_shows_even_when_its_chain_is_made_anew_with_the_right_key(folder):
    keys = keys_of(folder)
    database = connection.connect(living(folder), keys.pages)
    previous = ""
    for row in list(database.query("SELECT * FROM journal ORDER BY seq")):
        if row["seq"] == 6:
            row["by"] = "別の人"
        row["chain"] = journal.chain_link(keys.chain, previous, row)
        database.execute("UPDATE journal SET by = ?, chain = ? WHERE seq = ?", [row["by"], row["chain"], row["seq"]])
        previous = row["chain"]
    assert journal.check_chain(database, keys.chain) == []
    database.conn.close()
    assert "の内容と違います" in said(folder)


def test_a_record_changed_behind_the_journals_back_shows(folder):
    by_hand(folder, "UPDATE events SET subject = '書き換え' WHERE id = 1")
    assert "事業の記録（番号 1）が、履歴にない形で変えられています。" in said(folder)


def test_a_record_removed_or_added_behind_the_journals_back_shows(folder):
    by_hand(
        folder,
        "DELETE FROM events WHERE id = 1",
        "INSERT INTO closed_days (id, day, reason) VALUES (1, '2026-10-01', '')",
    )
    found = said(folder)
    assert "事業の記録（番号 1）が、履歴にない形で消されています。" in found
    assert "閉庁日の記録（番号 1）が、履歴にない形で変えられています。" in found


def test_an_altered_page_shows(folder):
    flip(living(folder), 3 / 4)
    assert "ページ検査: データファイルの" in said(folder)


@pytest.mark.parametrize("damage", ["altered", "gone"])
def test_an_altered_or_missing_stored_file_shows(folder, damage):
    path = next(file_store.stored_files(folder))
    if damage == "gone":
        path.unlink()
    else:
        flip(path, at=-1)
    assert "保管ファイル" in said(folder)


@pytest.mark.parametrize("places", [[0], [1], [0, 1]])
def test_an_altered_keyring_shows_and_is_left_as_it_is(folder, places):
    paths = [folder_layout.keyring_paths(folder)[place] for place in places]
    for path in paths:
        plain = json.loads(path.read_bytes())
        plain["slots"].append({**plain["slots"][0], "owner": "someone"})
        path.write_text(json.dumps(plain), encoding="utf-8")
    before = paths[0].read_bytes()
    assert "書き換えられています" in said(folder)
    assert paths[0].read_bytes() == before


def test_an_older_keyring_put_back_shows(folder):
    old = [path.read_bytes() for path in folder_layout.keyring_paths(folder)]
    store = opened(folder)
    add_user(store)
    closed(store)
    for path, data in zip(folder_layout.keyring_paths(folder), old, strict=True):
        path.write_bytes(data)
    assert "古いものに替わっている" in said(folder)


def test_an_altered_backup_shows(folder):
    newest = max((folder / "backups").glob("0*"))
    (newest / "keyring.json").write_bytes(b"{}")
    assert "keyring.json が、作ったときと違います" in said(folder)


def test_the_check_writes_nothing(folder):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    said(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_looking_into_a_copy_counts_it(folder):
    store = opened(folder)
    held = copies.contents(store.database)
    assert (held.counts["events"], held.rows) == (1, 4)
    data_folder.close_data_folder(store, now=NOW)


def test_a_backup_that_a_stop_left_unfinished_is_no_finding(folder):
    (folder / "backups" / "00009_2026-09-01_090000.0a1b2c3d.unfinished").mkdir()
    (folder / "backups" / "00009_2026-09-01_090000").touch()
    (folder / "backups" / "00009_x").mkdir()
    assert said(folder) == ""


def test_a_torn_end_that_a_stop_between_commit_and_log_left_is_no_finding(folder):
    stopped_after_a_change(folder)
    path = change_log.segments(folder)[-1]
    path.write_bytes(path.read_bytes()[:-5])
    assert said(folder) == ""


@pytest.mark.nightly
@pytest.mark.parametrize("version", some(range(1, migrations.NEWEST), of=8))
def test_a_sound_folder_of_an_older_version_has_no_findings(tmp_path, monkeypatch, version):
    with monkeypatch.context() as older:
        older.setattr(migrations, "STEPS", migrations.STEPS[:version])
        older.setattr(migrations, "NEWEST", version)
        # A program of that version knew no record of accesses.
        older.setattr(AccessRecorder, "write", lambda *_given: None)
        place = tmp_path / "older"
        store, _ = data_folder.create_data_folder(
            place, login_id=LOGIN, display_name=NAME, password=PASSWORD, now=NOW, recovery=False
        )
        keep_paper(store)
        # What today's tidying asks of the holds of data requests, its tables lack.
        data_folder.close_data_folder(store, now=NOW)
    checked = check_data_folder(place, login_id=LOGIN, password=PASSWORD)
    assert checked.findings == ()
    assert checked.rows > 0
    assert "前の版" in checked.notes[0]


@pytest.mark.parametrize("kind", ["segment", "manifest", "backup", "backup's file", "file"])
def test_what_another_program_holds_is_a_remark_and_no_finding(folder, monkeypatch, kind):
    held = {
        "segment": change_log.segments(folder)[-1],
        "manifest": max((folder / "backups").glob("0*")) / "manifest.json",
        "backup": max((folder / "backups").glob("0*")) / "desk.db",
        "backup's file": next(file_store.stored_files(folder / "backups")),
        "file": next(file_store.stored_files(folder)),
    }[kind]

    def refuse(path, *given, **more):
        if path in (held, held.with_name("manifest2.json")):
            raise PermissionError(13, "held", str(path))
        return whole_open(path, *given, **more)

    whole_open = type(held).open
    monkeypatch.setattr(type(held), "open", refuse)
    checked = check_data_folder(folder, login_id=LOGIN, password=PASSWORD, wait=0.2)
    assert checked.findings == ()
    assert "いま読めないため、確かめていないものがあります" in checked.notes[0]


@pytest.mark.parametrize("place", [".", "backups"])
def test_a_stored_file_damaged_in_either_place_is_found_by_the_key(folder, place):
    path = next(file_store.stored_files(folder / place))
    flip(path, at=-1)
    assert f"保管ファイル {path.name[:8]}… が書き換えられているか、壊れています。" in said(folder)
