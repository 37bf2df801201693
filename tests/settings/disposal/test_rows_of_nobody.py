"""A row with personal data is listed with its person, and one of nobody with none."""

from datetime import date

import pytest

from app.settings.disposal.services import personal_rows
from db.records.organisations import Person
from db.records.roster import Entry

UNTIL = date(2027, 3, 31)


@pytest.mark.parametrize(("given", "whose"), [({}, 0), ({"whose": 5}, 5)])
def test_a_row_is_listed_only_while_it_holds_personal_data(monkeypatch, given, whose):
    for holds in (True, False):
        monkeypatch.setattr(personal_rows, "has_personal_data", lambda _row, _kind, held=holds: held)
        found = list(personal_rows._row(Entry(id=9, event_id=3), UNTIL, event_id=3, **given))
        assert [(one.item.table, one.item.row_id, one.person_id, one.until, one.event_id) for one in found] == (
            [("entries", 9, whose, UNTIL, 3)] if holds else []
        )


def test_an_entry_without_a_person_has_a_number_of_its_own():
    assert personal_rows._entry_person_id(Entry(id=9, event_id=3, person_id=5)) == 5
    assert personal_rows._entry_person_id(Entry(id=9, event_id=3)) == -9


@pytest.mark.parametrize(
    ("organisation_id", "role", "is_head"),
    [(1, "会長", True), (1, " 会長 ", True), (1, "会計", False), (None, "会長", False), (1, "", False)],
)
def test_the_head_of_an_organisation_represents_it(organisation_id, role, is_head):
    person = Person(id=1, name="見本　花子", organisation_id=organisation_id, role=role)
    assert personal_rows.is_representative(person) is is_head


@pytest.mark.parametrize(
    ("key", "texts", "named"),
    [("", ("見本",), False), ("見本花子", (), False), ("見本花子", ("x", "見本　花子 様"), True)],
)
def test_a_name_is_found_in_a_text_and_no_name_in_none(key, texts, named):
    assert personal_rows._is_named_in(key, *texts) is named
