"""Yesterday's steps can be taken back the morning after an update: fitted to the new shape, or refused by its name.

What the steps of migration would have made of the data had an action been taken back before is the measure of all.
"""

import shutil
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from app.actions.user_error import UserError
from app.data_folder.services import data_folder
from app.history import services as history_services
from db import connection, journal, keyring, migrations
from db.engine import Database
from db.keys import derive_keys
from db.mapping import TABLE_OF
from db.records.documents import Outgoing
from db.records.event_form import EventForm
from db.records.events import AgendaItem, Event
from db.records.programme import Programme
from db.records.venues import Venue
from db.rows import rows
from db.store import Store
from db.tables import journal as table
from tests.support.later_shape import give_later_shape
from tests.support.next_undo import next_redo, next_undo
from tests.support.stores import new_store

ME, OTHER = "見本 花子", "見本 太郎"
YESTERDAY, NOW = datetime(2026, 9, 16, 17, 5), datetime(2026, 9, 17, 8, 31)
SAID = "データを新しい版の形にした"
FOLDER = Path(__file__).parents[1] / "fixtures" / "folder_of_shape_7" / "folder.zip"
SUZUKI = "suzuki"
MORNING = datetime(2026, 12, 2, 8, 31)


@pytest.fixture
def store(tmp_path):
    opened = new_store(tmp_path)
    with opened.change(action="年度を始めた", by="準備", now=YESTERDAY, subject="programme", barrier=True) as change:
        change.insert(Programme(fiscal_year=2026, title="見本の事業", term_end=date(2027, 3, 31)))
        change.insert(Event(kind="講習会", form=EventForm.LECTURE, subject="はじめ", room="第一"))
        change.insert(Event(kind="派遣", form=EventForm.VISIT, subject="別の事業", room="第二"))
        change.insert(Venue(name="見本の会場", note="古い"))
    yield opened
    assert table.rows_unlike_journal(opened.database) == []
    assert journal.check_chain(opened.database, opened.keys.chain) == []
    opened.database.conn.close()


@pytest.fixture
def update(store, tmp_path, monkeypatch):
    return lambda statements: give_later_shape(monkeypatch, store, tmp_path, statements, now=NOW)


def set_room(store, room, *, by=ME, event_id=1):
    with store.change(
        action=f"部屋を{room}にした", by=by, now=YESTERDAY, subject="events", event_id=event_id
    ) as change:
        change.update(Event, event_id, room=room)
    return table.newest(store.database)


def drop_venue(store):
    with store.change(action="会場を消した", by=ME, now=YESTERDAY, subject="venues") as change:
        change.delete(Venue, 1)


def stored(store, kind="events", row_id=1):
    return table.image_of(store.database, kind, row_id)


def undo(store, by=ME):
    return history_services.undo(store, by=by, now=NOW)


def undo_one(store, seq, by=ME):
    return history_services.undo_entry(store, seq=seq, by=by, now=NOW)


COLUMN = "ALTER TABLE events ADD COLUMN later TEXT NOT NULL DEFAULT 'なし';\n"


def test_a_changed_an_added_and_a_removed_row_come_back_and_are_repeated(store, update):
    set_room(store, "三階")
    with store.change(action="進行を加えた", by=ME, now=YESTERDAY, subject="events", event_id=1) as change:
        change.insert(AgendaItem(event_id=1, position=1, minutes=10, title="開会"))
    drop_venue(store)
    update(
        COLUMN + "ALTER TABLE venues ADD COLUMN later INTEGER;\n"
        "ALTER TABLE agenda_items ADD COLUMN later TEXT NOT NULL DEFAULT '';\n"
    )
    undo(store)
    assert (stored(store, "venues")["note"], stored(store, "venues")["later"]) == ("古い", None)
    undo(store)
    assert rows(store.database, AgendaItem) == []
    undo(store)
    assert (stored(store)["room"], stored(store)["later"]) == ("第一", "なし")
    assert next_undo(store, by=ME) == "", "the beginning of the folder stays a barrier"
    for _ in range(3):
        history_services.redo(store, by=ME, now=NOW)
    assert (stored(store)["room"], stored(store, "venues")) == ("三階", None)
    assert [one.title for one in rows(store.database, AgendaItem)] == ["開会"]


def test_what_was_undone_before_an_update_is_repeated_after_it(store, update):
    set_room(store, "三階")
    with store.change(action="書類を渡した", by=ME, now=YESTERDAY, subject="papers") as change:
        change.insert(
            Outgoing(document_kind="受付名簿", reference="", version=1, format="pdf", way="印刷", by=ME, at=NOW)
        )
        change.update(Event, 1, note="渡した")
    undo(store)
    undo(store)
    update(COLUMN + "ALTER TABLE outgoing ADD COLUMN later TEXT NOT NULL DEFAULT 'なし';\n")
    assert next_redo(store, by=ME) == "部屋を三階にした", "that somebody opened the folder is no action of theirs"
    history_services.redo(store, by=ME, now=NOW)
    history_services.redo(store, by=ME, now=NOW)
    assert (stored(store)["room"], stored(store)["note"]) == ("三階", "渡した")
    assert [one.way for one in rows(store.database, Outgoing)] == ["印刷", "取消", "印刷"], (
        "a ledger's row is noted anew"
    )


def test_several_steps_at_one_row_are_taken_back_and_repeated_one_by_one(store, update):
    for room in ("三階", "四階", "五階"):
        set_room(store, room)
    undo(store)
    update(COLUMN)
    rooms = [(undo(store), stored(store)["room"])[1] for _ in range(2)]
    rooms += [(history_services.redo(store, by=ME, now=NOW), stored(store)["room"])[1] for _ in range(3)]
    rooms += [(undo(store), stored(store)["room"])[1] for _ in range(3)]
    assert rooms == ["三階", "第一", "三階", "四階", "五階", "四階", "三階", "第一"]


def test_a_table_that_the_update_left_alone_is_not_gone_through(store, update, monkeypatch):
    set_room(store, "三階")
    update("ALTER TABLE venues ADD COLUMN later TEXT;\n")
    monkeypatch.setattr(connection, "in_memory", None)  # nothing is laid out: it would fail
    undo(store)
    assert stored(store)["room"] == "第一"


def test_one_action_keeps_what_others_wrote_before_and_after_the_update(store, update):
    seq = set_room(store, "三階")
    with store.change(action="内容を書いた", by=OTHER, now=YESTERDAY, subject="events") as change:
        change.update(Event, 1, content="同僚の内容")
    update(COLUMN)
    with store.change(action="新しい欄を書いた", by=OTHER, now=NOW, subject="events") as change:
        change.restore("events", 1, stored(store) | {"later": "書いた"})
    with pytest.raises(UserError, match=f"{OTHER}さんが.*内容を書いた"):
        undo(store)
    undo_one(store, seq)
    now = stored(store)
    assert (now["room"], now["content"], now["later"]) == ("第一", "同僚の内容", "書いた")


@pytest.mark.parametrize("updates", [0, 1, 2])
def test_what_a_colleague_changed_since_is_named_and_no_update(store, update, updates):
    seq = set_room(store, "三階")
    for number in range(2):
        if number == updates:
            set_room(store, "四階", by=OTHER)
        update(f"ALTER TABLE events ADD COLUMN later{number} TEXT;\n")
    if updates == 2:
        set_room(store, "四階", by=OTHER)
    for take_back in (undo, lambda store: undo_one(store, seq)):
        with pytest.raises(UserError, match="部屋を四階にした") as refused:
            take_back(store)
        assert SAID not in str(refused.value)
    assert stored(store)["room"] == "四階"


def test_two_updates_are_passed_one_after_the_other(store, update):
    set_room(store, "三階")
    update("ALTER TABLE events RENAME COLUMN note TO remark;\nUPDATE events SET remark = '無' WHERE remark = '';\n")
    with store.change(action="別の回", by=OTHER, now=NOW, subject="events") as change:
        change.restore("events", 2, stored(store, row_id=2) | {"remark": "同僚"})
    update("ALTER TABLE events ADD COLUMN later TEXT NOT NULL DEFAULT '';\nUPDATE events SET later = remark;\n")
    undo(store)
    assert [stored(store)[name] for name in ("room", "remark", "later")] == ["第一", "無", "無"]


@pytest.mark.parametrize(
    ("why", "statements"),
    [
        ("the column is gone", "ALTER TABLE events DROP COLUMN room;\n"),
        ("one value for all", "UPDATE events SET room = '同じ';\n"),
        ("another row was computed of it", "UPDATE programmes SET title = (SELECT room FROM events WHERE id = 1);\n"),
        (
            "a row was made of it",
            """INSERT INTO agenda_items (event_id, position, minutes, title, form, content, owner, uses)
            SELECT id, 1, NULL, room, '', '', '', '' FROM events;\n""",
        ),
        ("the steps make something else each time", "UPDATE events SET note = hex(randomblob(8));\n"),
    ],
)
def test_what_the_update_computed_is_refused_by_its_name(store, update, why, statements):
    seq = set_room(store, "三階")
    update(statements)
    before = tables(store.database)
    for take_back in (undo, lambda store: undo_one(store, seq)):
        with pytest.raises(UserError, match=f"元に戻せません.*{SAID}.*持ち方が変わっています"):
            take_back(store)
    assert tables(store.database) == before, why


def test_a_row_of_a_table_that_is_there_no_more_is_refused(store, update):
    update("CREATE TABLE old_things (id INTEGER PRIMARY KEY, words TEXT);\n")
    for words in ("一", "二"):
        with store.change(action=f"{words}にした", by=ME, now=NOW, subject="events") as change:
            change.restore("old_things", 1, {"id": 1, "words": words})
    update("DROP TABLE old_things;\n")
    with pytest.raises(UserError, match=f"「二にした」は元に戻せません.*{SAID}"):
        undo(store)


def test_a_removed_row_comes_back_as_the_update_would_have_made_it(store, update):
    drop_venue(store)
    update("ALTER TABLE venues ADD COLUMN later TEXT NOT NULL DEFAULT '';\nUPDATE venues SET later = name || '！';\n")
    undo(store)
    assert stored(store, "venues")["later"] == "見本の会場！"


def test_a_value_that_the_update_put_another_way_comes_back_in_the_new_way(store, update):
    set_room(store, "")
    update("UPDATE events SET room = CASE room WHEN '' THEN '未定' ELSE room || '号室' END;\n")
    undo(store)
    assert stored(store)["room"] == "第一号室"


def test_where_something_was_erased_of_the_journal_nothing_is_guessed(store, update):
    set_room(store, "三階", event_id=2)
    set_room(store, "三階")
    ((whole,),) = store.database.execute("SELECT payload FROM journal WHERE seq = 2").fetchall()
    store.database.execute("UPDATE journal SET payload = '' WHERE seq = 2")
    update(COLUMN)
    with pytest.raises(UserError, match=SAID):
        undo(store)
    store.database.execute("UPDATE journal SET payload = ? WHERE seq = 2", [whole])


# -- a real folder of the seventh version


def raw(folder: Path) -> Store:
    """The database of a folder that no later version has opened yet."""
    keys = derive_keys(keyring.unlock(folder, "hanamizuki-2026", owner=SUZUKI).data_key)
    database = connection.connect(folder / "desk.db", keys.pages)
    return Store(folder=folder, database=database, keys=keys, login_id=SUZUKI, display_name=SUZUKI)


def put(store: Store, action: str, kind: str, row_id: int, image: dict | None) -> None:
    with store.change(action=action, by=SUZUKI, now=YESTERDAY.replace(month=12, day=1)) as change:
        change.restore(kind, row_id, image)


def held(store):
    """The steps that brought 「連絡」 made the record of what was told of where the event is."""
    put(store, "部屋を変えた", "events", 1, stored(store) | {"room": "三階の部屋"})


def edited(store):
    put(store, "メモを書いた", "events", 1, stored(store) | {"note": "電話あり"})
    contact = store.database.execute("SELECT min(id) FROM contacts").fetchone()[0]
    put(store, "連絡先を消した", "contacts", contact, None)
    agreement = store.database.execute("SELECT max(id) FROM agreements").fetchone()[0]
    more = stored(store, "agreements", agreement) | {"id": agreement + 1}
    put(store, "協議を加えた", "agreements", agreement + 1, more)


def tables(database: Database) -> dict[str, list[tuple]]:
    return {name: database.execute(f"SELECT * FROM [{name}] ORDER BY id").fetchall() for name in TABLE_OF.values()}


@pytest.mark.nightly
def test_a_real_folder_of_before_is_as_if_it_had_been_done_before_the_update(tmp_path):
    folder = tmp_path / "data"
    with zipfile.ZipFile(FOLDER) as packed:
        packed.extractall(folder)
    shutil.copytree(folder / "files", folder / "backups" / "files")
    before = raw(folder)
    held(before)
    before.database.conn.close()
    shutil.copy(folder / "desk.db", tmp_path / "never.db")
    never = connection.connect(tmp_path / "never.db", before.keys.pages)
    migrations.migrate(never)
    before = raw(folder)
    edited(before)
    before.database.conn.close()

    store = data_folder.open_data_folder(
        folder, login_id=SUZUKI, password="hanamizuki-2026", now=MORNING, wait=0.2, settle=0.0
    ).store
    for said in ("協議を加えた", "連絡先を消した", "メモを書いた"):
        assert said in history_services.undo(store, by=SUZUKI, now=MORNING).message
    assert tables(store.database) == tables(never)
    with pytest.raises(UserError, match=f"部屋を変えた.*{SAID}（第7版から"):
        history_services.undo(store, by=SUZUKI, now=MORNING)
    assert tables(store.database) == tables(never)
    history_services.redo(store, by=SUZUKI, now=MORNING)
    assert stored(store)["note"] == "電話あり"
    assert journal.check_chain(store.database, store.keys.chain) == []
    assert table.rows_unlike_journal(store.database) == []
    assert data_folder.close_data_folder(store, now=MORNING) == ()
