"""New rows that are gathered: SQLite makes their images, and they are what Python would have made of rows
one by one."""

import json
from contextlib import nullcontext
from dataclasses import fields
from datetime import date, datetime

import pytest

from db import journal, mapping
from db.mapping import TABLE_OF
from db.records.accounts import RowChange
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Entry
from db.rows import rows
from tests.support.years import BY, NOW, started_year

TEXTS = (
    "", " 　", "見本　邉󠄂", "髙﨑𠮷", "😀\u200d", "か\u3099", '「"」', "\\", "'; DROP TABLE people; --", "/", "\x7f",
    "\u2028\u2029\ufeff",
    "".join(map(chr, range(1, 32))), "前\x00後", '["見本"]', '{"a": 1}', "null", "true", "1.0", "1e400", "-0", "[人]",
    "?1", "%s",
)  # fmt: skip
NUMBERS = (None, 0, 1, -1, 2**31, 2**53 + 1, 2**63 - 1, -(2**63))


def written(folder, fill, *, many):
    """What ``fill`` leaves of one change: the payload as stored, every table it may have touched, the
    chain's findings."""
    store = started_year(folder)
    with store.change(action="見本", by=BY, now=NOW) as change, change.batching() if many else nullcontext():
        fill(change)
    payload = store.database.execute("SELECT payload FROM journal ORDER BY seq DESC LIMIT 1").fetchone()[0]
    tables = ("organisations", "people", "contacts", "events", "entries", "person_keys", "organisation_keys")
    left = {name: store.database.execute(f"SELECT * FROM [{name}] ORDER BY 1").fetchall() for name in tables}
    findings = journal.check_chain(store.database, store.keys.chain)
    store.database.conn.close()
    return payload, left, findings


def test_the_journal_that_sqlite_writes_is_that_of_python_sign_for_sign(tmp_path):
    def fill(change):
        for text in TEXTS:
            change.insert(Person(name=text, furigana=text, note=text))
        for number in NUMBERS:
            change.insert(Event(kind="講習会", form=EventForm.LECTURE, subject="回", ordinal=number, note=f"{number}"))
        for on in (None, date(2026, 9, 30)):
            event = change.insert(Event(kind="講習会", form=EventForm.LECTURE, subject="回", event_date=on))
            change.insert(
                Entry(event_id=event, late=bool(on), applied_at=datetime(2026, 9, 16, 10, 20) if on else None)
            )

    each, many = (written(tmp_path / name, fill, many=name == "many") for name in ("each", "many"))

    assert (many, many[2]) == (each, [])
    images = [change["after"] for change in json.loads(many[0])]
    assert [image["name"] for image in images if "name" in image] == list(TEXTS)
    assert [image["ordinal"] for image in images if "ordinal" in image][: len(NUMBERS)] == list(NUMBERS)
    assert mapping.as_json(json.loads(many[0])) == many[0]


@pytest.mark.parametrize("count", [1, 2, 50, 51, 52, 101, 130])
def test_any_number_of_rows_leaves_what_one_after_the_other_leaves(tmp_path, count):
    """The first row of a table is written by itself, the others fifty at a time; triggers make the keys
    of the search."""

    def fill(change):
        for number in range(count):
            person = change.insert(Person(name=f"見本　{number}子"))
            change.insert(Contact(person_id=person, kind="電話", value=f"03-0000-{number:04d}"), purpose="連絡")
            if number % 40 == 39:
                change.update(Person, person, note="確認")
                change.insert(Organisation(name=f"みほん{number}町会"))

    assert written(tmp_path / "many", fill, many=True) == written(tmp_path / "each", fill, many=False)


def test_the_rows_of_a_change_can_be_read_and_added_to_while_they_are_gathered(tmp_path):
    store = started_year(tmp_path)
    with store.change(action="見本", by=BY, now=NOW) as change, change.batching():
        assert change.is_empty
        for number in range(3):
            change.insert(Person(name=f"見本　{number}子"))
        payload = change.payload()
        assert [(one.table, one.row_id, one.after["name"]) for one in change.rows] == [
            ("people", number + 1, f"見本　{number}子") for number in range(3)
        ]
        assert change.payload() == payload
        change.rows.append(RowChange(table="people", row_id=9, before={"name": "前"}, after=None))
        change.insert(Person(name="末"))
        assert [one.row_id for one in change.rows] == [1, 2, 3, 9, 4]
    assert [one.name for one in rows(store.database, Person)] == ["見本　0子", "見本　1子", "見本　2子", "末"]
    store.database.conn.close()


def test_sqlite_can_make_the_image_of_a_row_of_every_table(tmp_path):
    """A function of SQLite takes no more than 127 arguments in its older versions: 63 columns.

    Texts and whole numbers come out as Python writes them; of fractions and bytes nobody has made sure.
    """
    store = started_year(tmp_path)
    with store.change(action="見本", by=BY, now=NOW) as change:
        for kind, table in TABLE_OF.items():
            statement = change._image_query(table)
            assert store.database.execute(statement, [0, 0]).fetchall() == []
            assert statement.count(", [") <= 63
            types = {one[2] for one in store.database.execute(f"PRAGMA table_info([{table}])").fetchall()}
            assert types <= {"TEXT", "INTEGER"}, table
            names = {one.name for one in fields(kind)}
            assert all(f"'{name}', [{name}]" in statement for name in names), table
    store.database.conn.close()
