"""What a screen reader says of a row: 団体 and name with さん, and no さん where nobody is named."""

import pytest

from app.events.roster.services.entries import EntryRow
from app.events.roster.services.roster import RosterRow
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.redactions import REDACTED

GROUP = Organisation(id=5, name="みほん三丁目町会")
NAMED, ERASED = Person(id=1, name="みほん　花子"), Person(id=1, name=REDACTED)


@pytest.mark.parametrize(
    ("person", "organisation", "spoken"),
    [
        (NAMED, GROUP, "みほん三丁目町会 みほん　花子さん"),
        (NAMED, None, "みほん　花子さん"),
        (None, GROUP, "みほん三丁目町会 氏名未定"),
        (ERASED, GROUP, "みほん三丁目町会 消去済"),
    ],
)
def test_a_row_is_spoken_by_organisation_and_name(person, organisation, spoken):
    row = EntryRow(
        row=RosterRow(entry=Entry(id=9, event_id=1), person=person, organisation=organisation),
        status="決定",
        status_words="決定",
        status_hint="",
        applied_words="",
    )
    assert row.spoken_name == spoken
    assert (row.id, row.entry.event_id) == (9, 1)
