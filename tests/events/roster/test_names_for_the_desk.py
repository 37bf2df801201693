"""A person is called by name and number, by either alone, or as somebody unnamed or erased."""

from types import SimpleNamespace

import pytest

from app.events.roster.services import entry_names
from db.records.organisations import Person
from db.records.roster import Entry
from db.redactions import REDACTED

STORE = SimpleNamespace(database=None)


@pytest.mark.parametrize(
    ("person", "number", "spoken"),
    [
        (Person(id=1, name="田口 修"), 9, "田口 修さん（9番）"), (Person(id=1, name="田口 修"), None, "田口 修さん"),
        (None, 9, "9番（氏名未定）の方"), (None, None, "氏名未定の方"),
        (Person(id=1, name=REDACTED), 9, "9番（消去済）の方"), (Person(id=1, name=REDACTED), None, "消去済の方"),
    ],
)  # fmt: skip
def test_a_person_is_called_by_what_is_known(monkeypatch, person, number, spoken):
    monkeypatch.setattr(entry_names, "by_id", lambda _database, _record, row_id: person if row_id else None)
    entry = Entry(id=7, event_id=1, person_id=1 if person else None, number=number)
    assert entry_names.spoken_name(STORE, entry) == spoken
    unnamed = Entry(id=7, event_id=1, person_id=None, number=number)
    assert "氏名未定" in entry_names.spoken_name(STORE, unnamed)
