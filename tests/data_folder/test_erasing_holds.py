"""What an erasing must never do: end a restore, take what is another's, or let a form of before write a name back."""

from datetime import timedelta

import pytest

from app.documents.rules import with_names_seal
from db import erasing, journal, mapping, stale_check
from db.backups import backup, erasing_lists
from db.files import storage_errors
from db.records.documents import Notification
from db.records.organisations import Organisation, Person
from db.redactions import redaction_of_facts
from db.rows import by_id, rows
from tests.support.data_folders import NAME, NOW, closed, opened, opened_at, restored_backup
from tests.support.erased import NAMES, STAYS, erase, erased_in, folder_of_people, text_in
from tests.support.in_full import some
from tests.support.left_papers import notification
from tests.support.stores import made_by

LATER = NOW + timedelta(days=1)
folder = made_by(folder_of_people)
store = opened_at(NOW)


def people_in(store, **more):
    return {one.name: one.id for one in rows(store.database, Person, **more)}


def restored(source, to, **more):
    restored_backup(source, to, now=LATER, **more)
    return opened(to, now=LATER)


@pytest.mark.nightly
def test_two_erasings_over_one_image_restore_from_every_generation(folder, tmp_path):
    store = opened(folder)
    first, second = erase(store, [NAMES[0]]), erase(store, [STAYS[0], NAMES[3]])
    assert {one.seq for one in first.images} & {one.seq for one in second.images}, "one image, twice"
    closed(store)
    closed(opened(folder, now=LATER), now=LATER)
    for one in some(backup.generations(folder / "backups")[::-1], of=3):
        again = restored(one.path, tmp_path / f"new{one.number}", live_folder=folder)
        text = text_in(again)
        assert [word for word in (NAMES[0], NAMES[1], STAYS[0], NAMES[4]) if word in text] == [], one.number
        assert journal.check_chain(again.database, again.keys.chain) == []
        closed(again, now=LATER)


def test_an_image_as_it_was_that_comes_out_otherwise_still_ends_the_replay(store):
    before = dict(store.database.execute("SELECT seq, payload FROM journal").fetchall())
    step = erase(store)
    row = next(iter(mapping.read(store.database, "SELECT * FROM journal ORDER BY seq DESC LIMIT 1")))
    erasing.repeat_erasing(store.database, store.keys.chain, row)
    told = step.images[0].seq
    store.database.execute("UPDATE journal SET payload = ? WHERE seq = ?", [before[told], told])
    store.database.execute("UPDATE erasings SET lives = '[]'")
    with pytest.raises(storage_errors.Damaged, match="記録と違う結果"):
        erasing.repeat_erasing(store.database, store.keys.chain, row)


def test_former_names_go_with_their_own_life_alone(store):
    with store.change(action="改姓", by=NAME, now=NOW, subject="people") as change:
        change.update(Person, people_in(store)["戊井　番号"], name="戊井　改")
    with store.change(action="名称変更", by=NAME, now=NOW, subject="organisations") as change:
        group = change.insert(Organisation(name="旧見本町会"))
        change.update(Organisation, group, name="新見本町会")
    erase(store, [NAMES[2], NAMES[0]])
    kept = store.database.execute("SELECT what, key FROM former_names ORDER BY seq").fetchall()
    assert [what for what, _ in kept] == ["people", "organisations"], "who got the number afterwards keeps them"
    assert not any("乙川" in key or "丙田" in key for _, key in kept)
    life = erasing.row_histories(store.database).current["organisations", group]
    erasing.erase(store, {life: {"name": "（消去）"}}, action="団体を消去した", by=NAME, now=NOW)
    left = store.database.execute("SELECT what FROM former_names").fetchall()
    assert left == [("people",)]


def test_a_form_opened_before_writes_no_name_back(store):
    number = people_in(store)[NAMES[1]]
    seen, shown = journal_head(store), by_id(store.database, Person, number)
    erase(store)
    check = stale_check.StaleCheck(seq=seen, own_lock_numbers=frozenset())
    with (
        pytest.raises(stale_check.ChangedSince, match="消去"),
        store.saving_with_stale_check(check),
        store.change(action="人を直した", by=NAME, now=LATER, subject="people") as change,
    ):
        change.update(Person, number, name=shown.name, role="会長")
    assert NAMES[1] not in text_in(store)
    with (
        store.saving_with_stale_check(check),
        store.change(action="役を直した", by=NAME, now=LATER, subject="people") as change,
    ):
        change.update(Person, number, role="会長")
    assert by_id(store.database, Person, number).role == "会長"
    fresh = stale_check.StaleCheck(seq=journal_head(store), own_lock_numbers=frozenset())
    with (
        store.saving_with_stale_check(fresh),
        store.change(action="人を直した", by=NAME, now=LATER, subject="people") as change,
    ):
        change.update(Person, number, name="新しい　人")
    assert by_id(store.database, Person, number).name == "新しい　人"


def journal_head(store):
    return int(store.database.execute("SELECT max(seq) FROM journal").fetchone()[0])


def test_a_damaged_list_is_written_anew_and_ends_no_restore_that_knows_it(folder, tmp_path):
    store = erased_in(folder)
    closed(store)
    closed(opened(folder, now=LATER), now=LATER)
    (path,) = (folder / "backups" / erasing_lists.FOLDER_NAME).iterdir()
    whole = path.read_bytes()
    path.write_bytes(b"broken" * 20)
    again = restored(folder, tmp_path / "new")
    assert [word for word in NAMES if word in text_in(again)] == [], "the log holds the step itself"
    closed(again, now=LATER)
    store = opened(folder, now=LATER)
    closed(store, now=LATER)
    assert len(path.read_bytes()) == len(whole)
    assert path.read_bytes() != b"broken" * 20


@pytest.mark.nightly
def test_sums_of_names_in_what_was_told_go_and_a_restore_cuts_them_again(folder, tmp_path):
    store = opened(folder)
    facts = {
        "名簿": with_names_seal("2人", {7: ("見本町会", NAMES[0]), 8: ("見本町会", STAYS[0])}),
        "会場": "見本会館 #3",
    }
    with store.change(action="伝えた", by=NAME, now=NOW, subject="papers") as change:
        number = change.insert(notification("当日資料", event_id=1, facts=facts, told_how="メール", by=NAME, at=NOW))
    closed(store)
    store = opened(folder)
    life = erasing.row_histories(store.database).current["acts", number]
    wanted = {life: {"facts": redaction_of_facts({"名簿": [7]})}}
    erasing.erase(store, wanted, action="消去した", by=NAME, now=NOW)
    told = by_id(store.database, Notification, number).facts
    assert told["会場"] == facts["会場"], "a place with a sign in its name is no sum"
    assert told["名簿"].split(",")[1] == facts["名簿"].split(",")[1]
    assert told["名簿"].startswith("2人 #7:-:-,8:")
    lost = facts["名簿"].partition("#")[2].split(",")[0]
    assert lost not in text_in(store)
    closed(store)
    for one in some(backup.generations(folder / "backups")[::-1], of=3):
        again = restored(one.path, tmp_path / f"new{one.number}", live_folder=folder)
        assert lost not in text_in(again), one.number
        assert journal.check_chain(again.database, again.keys.chain) == []
        closed(again, now=LATER)
