"""Erasing for good: rows and images, nothing else of the journal; it is finished everywhere and never comes back."""

import json
import os
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from app.data_folder.services import backups
from app.data_folder.services.check_data import check_data_folder, check_open_store
from db import erasing, journal
from db.backups import as_of, backup, change_log, erasing_lists, finish_erasing
from db.mapping import as_json, to_plain
from db.records.erasing import Erasing
from db.records.organisations import Person
from db.redactions import REDACTED
from db.rows import rows
from db.store import DATABASE_NAME
from db.tables.journal import rows_unlike_journal
from tests.support.data_folders import (
    LOGIN,
    NAME,
    NOW,
    PASSWORD,
    closed,
    keys,
    living,
    opened,
    opened_at,
    restored_backup,
)
from tests.support.erased import (
    NAMES,
    STAYS,
    cells_of,
    erase,
    erased_and_opened_again,
    erased_in,
    folder_of_people,
    standing_in,
    text_in,
)
from tests.support.in_full import some
from tests.support.stores import killed, made_by

LATER = NOW + timedelta(days=1)
folder = made_by(folder_of_people)
store = opened_at(NOW)


def unaltered(store):
    columns = "seq, at, by, action, subject, event_id, undo_of, redo_of, barrier, payload_hash, chain, seat"
    return store.database.execute(f"SELECT {columns} FROM journal ORDER BY seq").fetchall()


def payloads(store):
    return dict(store.database.execute("SELECT seq, payload FROM journal").fetchall())


def check(store):
    return journal.check_chain(store.database, store.keys.chain)


def restored(source, to, **more):
    restored_backup(source, to, now=LATER, **more)
    return opened(to, now=LATER)


def test_rows_and_images_hold_no_word_any_more_and_no_link_no_hash_no_head_changes(store):
    before, counts = unaltered(store), {name: len(rows(store.database, Person)) for name in ("people",)}
    assert any(word in text_in(store) for word in NAMES)
    done = erase(store)
    assert unaltered(store)[: len(before)] == before
    assert check(store) == []
    assert [word for word in NAMES if word in text_in(store)] == []
    assert all(word in text_in(store) for word in STAYS)
    assert {"people": len(rows(store.database, Person))} == counts
    assert json.dumps([vars(one) for one in done.lives], ensure_ascii=False).count(REDACTED) > 0
    assert not rows_unlike_journal(store.database)


def test_the_chain_takes_only_the_hash_that_the_last_step_gave(store):
    original = payloads(store)
    first = erase(store, NAMES[:1])
    between = payloads(store)
    second = erase(store, [STAYS[0]])
    now = payloads(store)
    assert check(store) == []
    twice = {one.seq for one in first.images} & {one.seq for one in second.images}
    assert twice, "both touched one image"
    steps = [seq for seq in now if '"erasings"' in now[seq]]

    def found(seq, payload):
        store.database.execute("UPDATE journal SET payload = ? WHERE seq = ?", [payload, seq])
        said = check(store)
        store.database.execute("UPDATE journal SET payload = ? WHERE seq = ?", [now[seq], seq])
        return said

    seq = min(twice)
    emptied = json.loads(now[steps[0]])
    for row in emptied:
        if row["table"] == "erasings":
            row["after"]["images"] = "[]"
    for at, payload in (
        (seq, original[seq]),
        (seq, between[seq]),
        (seq, now[seq].replace(REDACTED, "別の人")),
        (seq, "[]"),
        (seq, ""),
        (1, ""),
        (steps[0], now[steps[0]].replace(REDACTED, "別")),
        (steps[0], json.dumps(emptied, ensure_ascii=False)),
        (steps[1], now[steps[1]].replace(REDACTED, "別")),
    ):
        assert found(at, payload) != [], (at, payload[:60])
    assert check(store) == []


def test_a_number_given_again_is_another_life_and_a_delete_taken_back_is_the_same(store):
    erase(store, [NAMES[2]])
    text = text_in(store)
    assert NAMES[2] not in text
    assert "戊井　番号" in text, "who got the number afterwards stays"
    erase(store, [NAMES[3]])
    assert NAMES[3] not in text_in(store)
    assert NAMES[4] not in text_in(store), "deleted and brought back, it is one life"


def test_a_restore_repeats_it_to_the_byte_from_every_generation(folder, tmp_path):
    store = erased_in(folder)
    living = payloads(store)
    closed(store)
    for one in some(backup.generations(folder / "backups")[::-1], of=3):
        again = restored(one.path, tmp_path / f"log{one.number}", live_folder=folder)
        text = text_in(again)
        assert [word for word in NAMES if word in text] == [], one.number
        assert {seq: text for seq, text in payloads(again).items() if seq in living} == living
        assert check(again) == []
        closed(again, now=LATER)
        assert standing_in(tmp_path / f"log{one.number}", keys()) == set()


@pytest.mark.parametrize(
    "how", some(["alone", "without the log", "old log, no list", "half the log", "second place"], of=2)
)
def test_nothing_comes_back_by_a_restore_whatever_lies_beside(folder, tmp_path, how):
    old_log = tmp_path / "old_log"
    shutil.copytree(folder / change_log.FOLDER_NAME, old_log)
    store = erased_in(folder)
    if how == "second place":
        backups.make_backup(store, now=NOW, to=tmp_path / "second")
    closed(store)
    closed(opened(folder))
    oldest = backup.generations(folder / "backups")[-1]
    given = {}
    if how == "alone":
        given = {"replay": False}
    elif how == "without the log":
        shutil.rmtree(folder / change_log.FOLDER_NAME)
    elif how == "second place":
        shutil.copytree(oldest.path, tmp_path / "second" / oldest.path.name)
        shutil.rmtree(folder)
        oldest = next(one for one in backup.generations(tmp_path / "second") if one.number == oldest.number)
    elif how == "old log, no list":
        for path in old_log.iterdir():
            shutil.copy(path, folder / change_log.FOLDER_NAME / path.name)
        shutil.rmtree(folder / "backups" / erasing_lists.FOLDER_NAME)
    elif how == "half the log":
        for path in old_log.iterdir():
            shutil.copy(path, folder / change_log.FOLDER_NAME / path.name)
    again = restored(oldest.path, tmp_path / "new", **given)
    text = text_in(again)
    assert [word for word in NAMES if word in text] == []
    assert check(again) == []
    closed(again, now=LATER)
    assert standing_in(tmp_path / "new", keys()) == set()
    third = restored(backup.generations(tmp_path / "new" / "backups")[0].path, tmp_path / "third")
    assert len(rows(third.database, Erasing)) == 1, "it is asked only once"
    closed(third, now=LATER)


def test_it_is_finished_at_the_next_opening_wherever_it_was_killed(folder):
    store = erased_in(folder)
    killed(store)
    assert standing_in(folder, keys()) & {"log"}
    store = opened(folder, now=LATER)
    closed(store, now=LATER)
    left = standing_in(folder, keys())
    assert left
    assert all(place.startswith("backup ") for place in left), left
    step = backup.generations(folder / "backups")[0].contents.seq
    newest = [one.number for one in backup.generations(folder / "backups") if one.contents.seq == step]
    assert not left & {f"backup {number}" for number in newest}


def test_a_copy_that_a_stop_left_half_written_goes_and_what_is_written_just_now_stays(folder):
    copy = folder / "taken-000009.unfinished" / "desk.db"
    copy.parent.mkdir()
    shutil.copyfile(living(folder), copy)
    store = erased_in(folder)
    young = folder / "files" / "00" / "x.12345678.unfinished"
    young.parent.mkdir(parents=True)
    young.write_bytes(b"being written")
    os.utime(young, (later := store.write_lock.claimed_at() + 1, later))
    assert finish_erasing.finish(store, now=NOW) == ()
    assert (copy.parent.exists(), young.exists()) == (False, True)
    closed(store)


@pytest.mark.parametrize("number", some(range(len(finish_erasing.CLEANUP_STEPS)), of=2))
def test_a_stop_after_any_part_is_made_good_at_the_next_opening(folder, monkeypatch, number):
    class Stopped(BaseException):
        """The program is stopped."""

    def stopping(words, part):
        def done(store, now):
            part(store, now)
            raise Stopped(words)

        return words, done

    parts = finish_erasing.CLEANUP_STEPS
    store = erased_in(folder)
    cut = (*parts[:number], stopping(*parts[number]), *parts[number + 1 :])
    monkeypatch.setattr(finish_erasing, "CLEANUP_STEPS", cut)
    with pytest.raises(Stopped):
        finish_erasing.finish(store, now=NOW)
    monkeypatch.setattr(finish_erasing, "CLEANUP_STEPS", parts)
    killed(store)
    store = opened(folder, now=LATER)
    assert not finish_erasing.is_due(store)
    assert check(store) == []
    closed(store, now=LATER)
    assert all(place.startswith("backup ") for place in standing_in(folder, keys()))


def test_the_past_has_the_same_rows_at_every_moment_and_no_name(store):
    def told(seq):
        database = as_of.rebuild(store.database, seq)
        try:
            found = {
                one: database.execute(f"SELECT * FROM [{one}] ORDER BY id").fetchall() for one in ("people", "contacts")
            }
        finally:
            database.conn.close()
        return found

    moments = [one.seq for one in as_of.journal_headers(store.database)]
    before = {seq: told(seq) for seq in moments}
    assert len(moments) > 10
    erase(store)
    for seq in moments:
        after = told(seq)
        for table, rows_before in before[seq].items():
            assert [row[0] for row in after[table]] == [row[0] for row in rows_before]
        assert not any(word in as_json(after) for word in NAMES), seq
    assert as_of.first_available(as_of.journal_headers(store.database)) == moments[0], "nothing of the past is closed"


def test_what_is_held_is_said_and_done_at_the_next_opening(folder):
    held = folder / "published" / "desk-000001-000001-0000abcd.db"
    store = opened(folder)
    held.mkdir()
    erase(store)
    said = finish_erasing.finish(store, now=NOW)
    assert said == ("消去したものが閲覧用の写しにまだ残っています。つぎに開いたときに、もう一度消します。",)
    assert finish_erasing.is_due(store)
    held.rmdir()
    assert finish_erasing.finish(store, now=NOW) == ()
    assert not finish_erasing.is_due(store)
    assert finish_erasing.finish(store, now=NOW) == ()
    assert store.database.execute("PRAGMA freelist_count").fetchone()[0] == 0
    assert store.database.execute("PRAGMA secure_delete").fetchone()[0] == 1
    closed(store)


def test_a_list_that_cannot_be_read_ends_the_restore(folder, tmp_path):
    erased_and_opened_again(folder)
    (path,) = (folder / "backups" / erasing_lists.FOLDER_NAME).iterdir()
    path.write_bytes(b"broken" * 20)
    with pytest.raises(erasing_lists.storage_errors.Damaged, match="一覧が読めない"):
        restored(backup.generations(folder / "backups")[-1].path, tmp_path / "new", live_folder=tmp_path / "none")
    assert not (tmp_path / "new").exists()


def test_a_night_backup_of_an_older_copy_goes(folder):
    store = erased_in(folder)
    killed(store)
    backups.back_up_published(folder=folder, now=LATER)
    (night,) = [one for one in backup.generations(folder / "backups") if one.reason == "閲覧用の写しから"]
    assert f"backup {night.number}" in standing_in(folder, keys())
    closed(opened(folder, now=LATER + timedelta(hours=8)), now=LATER + timedelta(hours=8))
    assert not night.path.exists()


def test_an_erasing_of_nobody_leaves_the_images_alone(store):
    before = payloads(store)
    erasing.erase(store, {}, action="何も消さない", by=NAME, now=NOW)
    assert {seq: text for seq, text in payloads(store).items() if seq in before} == before
    assert cells_of(store)


def lists_gone(folder):
    """Erase, and lose the lists; return the generation from before it."""
    erased_and_opened_again(folder)
    shutil.rmtree(folder / "backups" / erasing_lists.FOLDER_NAME)
    return backup.generations(folder / "backups")[-1]


@pytest.mark.parametrize("told_by", ["living", "generation", "log"])
def test_lists_that_are_gone_are_noticed_by_a_restore_and_made_good(folder, tmp_path, told_by):
    """Whoever clears up the backups loses the lists: living data, later generations and the log know it, too."""
    oldest = lists_gone(folder)
    later = [one for one in backup.generations(folder / "backups") if one.path != oldest.path]
    if told_by != "living":
        living(folder).unlink()
    if told_by != "log":
        shutil.rmtree(folder / change_log.FOLDER_NAME)
    if told_by != "generation":
        for one in later:
            shutil.rmtree(one.path)
    found = restored_backup(oldest.path, tmp_path / "new", now=LATER, replay=False)
    assert any("消去した記録の一覧が 1件 ないため" in note for note in found.notes)
    again = opened(tmp_path / "new", now=LATER)
    assert [word for word in NAMES if word in text_in(again)] == []
    assert check(again) == []
    closed(again, now=LATER)
    assert standing_in(tmp_path / "new", keys()) == set()


def test_a_restore_says_where_nobody_can_tell_what_was_erased_since(folder, tmp_path):
    oldest = lists_gone(folder)
    living(folder).unlink()
    shutil.rmtree(folder / change_log.FOLDER_NAME)
    for one in backup.generations(folder / "backups"):
        if one.path != oldest.path:
            (one.path / DATABASE_NAME).write_bytes(b"broken" * 2000)
    found = restored_backup(oldest.path, tmp_path / "new", now=LATER, replay=False)
    assert any("あとで消去したものがあったかを確かめられません" in note for note in found.notes)


def test_the_check_counts_the_lists_and_an_opening_brings_them_back(folder):
    def said():
        found = check_data_folder(folder, login_id=LOGIN, password=PASSWORD, wait=0.2)
        return [line for line in found.findings if "一覧" in line]

    lists_gone(folder)
    assert said() == ["消去した記録の一覧が 1件 ありません（データは無事です。いちど開いて閉じると補われます）。"]
    closed(opened(folder))
    assert said() == []
    (path,) = (folder / "backups" / erasing_lists.FOLDER_NAME).iterdir()
    path.with_name("0" * 32).write_bytes(path.read_bytes())
    assert said() == ["消去した記録の一覧 1件 が読めず、データにもありません。"]
    path.with_name("0" * 32).unlink()
    store = opened(folder)
    strange = replace(rows(store.database, Erasing)[0], token="f" * 32)
    plain = json.dumps(to_plain(strange), ensure_ascii=False).encode()
    cipher = erasing_lists._cipher(store.keys)
    path.with_name("f" * 32).write_bytes(
        b"n" * 12 + cipher.encrypt(b"n" * 12, plain, erasing_lists._associated_data("f" * 32))
    )
    assert [line for line in check_open_store(store).findings if "一覧" in line] == [
        "データにない消去が、消去した記録の一覧に 1件 あります（データが古いもののようです）。"
    ]
    closed(store)
