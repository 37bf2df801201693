"""A folder with people who are to be erased, and where in it a word still stands."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.settings.disposal.services.disposal import FutureEntryAnswer, mark_for_erasing
from app.settings.disposal.services.due_rows import read_due
from app.settings.disposal.services.erasure_requests import future_entries_of
from db import connection, erasing, folder_layout
from db.backups import backup, change_log
from db.keys import Keys
from db.mapping import as_json
from db.records.erasing import Erasing
from db.records.organisations import Contact, Person
from db.redactions import REDACTED
from db.row_history import RowHistory, row_histories
from db.store import DATABASE_NAME, Store
from tests.support.data_folders import NAME, NOW, closed, opened, prepared_folder

NAMES = ("乙川　消太郎", "乙川　消次郎", "丙田　先代", "03-0000-7777", "03-0000-8888", "おつかわ")
STAYS = ("丁野　残子", "03-0000-1111")
COLUMNS = {"people": ("name", "furigana", "note"), "contacts": ("value", "note")}


def fill_people(store: Store) -> None:
    """Write steps of every kind about people: made, renamed, deleted, number given again, taken back."""
    with store.change(action="人を加えた", by=NAME, now=NOW, subject="people") as change:
        stays = change.insert(Person(name=STAYS[0]))
        change.insert(Contact(person_id=stays, value=STAYS[1]))
        person = change.insert(Person(name=NAMES[0], furigana=NAMES[5]))
        contact = change.insert(Contact(person_id=person, value=NAMES[3]))
    with store.change(action="氏名を直した", by=NAME, now=NOW, subject="people") as change:
        change.update(Person, person, name=NAMES[1])
    with store.change(action="電話を直した", by=NAME, now=NOW, subject="people") as change:
        change.update(Contact, contact, value=NAMES[4])
    with store.change(action="電話を外した", by=NAME, now=NOW, subject="people") as change:
        change.delete(Contact, contact)
    gone = int(store.database.execute("SELECT max(seq) FROM journal").fetchone()[0])
    with store.change(action="電話を外したのを戻した", by=NAME, now=NOW, subject="people", undo_of=gone) as change:
        change.insert(Contact(id=contact, person_id=person, value=NAMES[4]))
    with store.change(action="人を加えた", by=NAME, now=NOW, subject="people") as change:
        last = change.insert(Person(name=NAMES[2]))
    with store.change(action="人を外した", by=NAME, now=NOW, subject="people") as change:
        change.delete(Person, last)
    with store.change(action="人を加えた", by=NAME, now=NOW, subject="people") as change:
        again = change.insert(Person(name="戊井　番号"))
    assert again == last, "SQLite gives the number of the last deleted row once more"


def folder_of_people(place: Path) -> Path:
    """Return a closed folder whose journal, log and backups name people in every kind of step."""
    return prepared_folder(place, _prepare)


def _prepare(folder: Path) -> None:
    store = opened(folder)
    fill_people(store)
    closed(store)


def cells_of(store: Store, words: Iterable[str] = NAMES) -> dict[RowHistory, dict[str, str]]:
    """Return the cells of every life that held one of these words."""
    held = {
        life
        for step in erasing.walk_journal(store.database)
        for change, before, after in zip(step.changes, step.before, step.after, strict=True)
        for image, life in ((change["before"], before), (change["after"], after))
        if life is not None and life.table in COLUMNS and any(word in as_json(image) for word in words)
    }
    assert held <= set(row_histories(store.database).last_images)
    return {life: dict.fromkeys(COLUMNS[life.table], REDACTED) for life in held}


def erase(store: Store, words: Iterable[str] = NAMES) -> Erasing:
    """Erase everybody who held one of these words."""
    wanted = cells_of(store, words)
    return erasing.erase(store, wanted, action="時期の来たものを消去した", by=NAME, now=NOW)


def standing_in(folder: Path, keys: Keys, words: Iterable[str] = NAMES) -> set[str]:
    """Return the places of a folder where one of these words can still be read with the key."""
    found = set()
    for path in [one for _, one in folder_layout.database_files(folder)]:
        text = _text_of(path, keys)
        found |= {f"living {path.name}" for word in words if word in text}
    for path in sorted((folder / "published").glob("desk-*.db")):
        text = _text_of(path, keys)
        found |= {f"published {path.name}" for word in words if word in text}
    for one in backup.generations(folder / "backups"):
        text = _text_of(one.path / DATABASE_NAME, keys)
        found |= {f"backup {one.number}" for word in words if word in text}
    logged = as_json([one.row["payload"] for one in change_log.read_all(folder, keys.log)[0].values()])
    found |= {"log" for word in words if word in logged}
    return found


def text_in(store: Store) -> str:
    """Return every row of every table of an open database as one text."""
    tables = [
        row[0] for row in store.database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    ]
    return as_json([store.database.execute(f"SELECT * FROM [{one}]").fetchall() for one in tables])


def given_up(
    store: Store, person_id: int, now: datetime, answer: FutureEntryAnswer = "辞退"
) -> dict[int, FutureEntryAnswer]:
    """Return the same answer for every place to come of one person, as ``mark_person_for_erasing`` takes them."""
    return {one.entry_id: answer for one in future_entries_of(store, person_id=person_id, today=now.date())}


def _text_of(path: Path, keys: Keys) -> str:
    database = connection.connect(path, keys.pages, read_only=True)
    try:
        return text_in(Store(folder=path.parent, database=database, keys=keys, login_id=""))
    finally:
        database.conn.close()


def erased_in(folder: Path) -> Store:
    """Open a folder and erase everybody."""
    store = opened(folder)
    erase(store)
    return store


def erased_and_opened_again(folder: Path) -> None:
    """Erase everybody in a closed folder, and let the next opening finish it."""
    closed(erased_in(folder))
    closed(opened(folder))


def mark_due(store: Store, now: datetime, by: str = NAME, *, today: date | None = None) -> list[str]:
    """Mark all that is due for erasing; return which lines that were."""
    lines = [one.id for one in read_due(store, today=today or now.date()).due_lines]
    mark_for_erasing(ActionContext(store, by, now), lines=lines)
    return lines
