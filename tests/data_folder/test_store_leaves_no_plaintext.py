"""No word of personal data lies readable in the data folder, whatever was done with it."""

from app.data_folder.services import backups, data_folder
from app.documents.services import stored_files
from app.history import services as history_services
from db.journal import Change
from db.records.organisations import Organisation, Person
from db.store import Store
from tests.support.data_folders import NAME, NOW, closed, copied_folder, opened

SECRET = "髙橋みほん郎"
WAYS = [SECRET.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "cp932")] + [
    SECRET.encode("unicode_escape"),
    SECRET.encode("unicode_escape").decode().replace("\\u", "%u").encode(),
]


def write(change: Change) -> None:
    organisation = change.insert(Organisation(name="みほん町会"))
    for count in range(500):
        change.insert(Person(organisation_id=organisation, name=f"{SECRET}{count}", note=SECRET * 20))


def readable(folder) -> list[str]:
    found = []
    for path in folder.rglob("*"):
        assert SECRET not in path.name
        if path.is_file() and any(way in path.read_bytes() for way in WAYS):
            found.append(str(path.relative_to(folder)))
    return found


def test_no_byte_of_the_folder_tells_a_name(tmp_path):
    folder = copied_folder(tmp_path)
    store: Store = opened(folder)
    with store.change(action="参加者を加えた", by=NAME, now=NOW, subject="participants") as change:
        write(change)
        record = stored_files.keep_file(store, change, data=SECRET.encode() * 50, name=f"{SECRET}.pdf", now=NOW)
        store.database.execute("PRAGMA cache_spill = ON")
        assert readable(folder) == [], "inside a transaction, with its rollback journal"
    history_services.undo(store, by=NAME, now=NOW)
    history_services.redo(store, by=NAME, now=NOW)
    data_folder.publish(store, now=NOW)
    backups.make_backup(store, now=NOW)
    assert stored_files.read_file(store, record.id).decode().startswith(SECRET)
    assert readable(folder) == []
    stopped = store.change(action="途中でやめた", by=NAME, now=NOW)
    change = stopped.__enter__()
    change.insert(Organisation(name=SECRET, note=SECRET * 200_000))
    assert readable(folder) == [], "a large transaction that spills into the file"
    assert not stopped.__exit__(RuntimeError, RuntimeError(), None)
    closed(store)
    assert readable(folder) == []
