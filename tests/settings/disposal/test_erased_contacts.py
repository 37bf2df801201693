"""A contact that was erased, or is marked for it, is no number and no address: nobody is called, written to or compared
by 「（消去）」."""

from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.event_day.checkouts.services import read_purpose_list
from app.events.applications.services.manual_entry import known_applicants
from app.events.letters.services.letter_addressees import ALL_ORGANISATIONS, addressees
from app.registers.register.services.planned_changes import apply_due_changes, save_planned_change
from app.settings.disposal.services.disposal import erase_marked, mark_for_erasing
from app.settings.disposal.services.due_rows import read_due
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person, PlannedChange
from db.records.roster import Entry
from db.redactions import REDACTED, is_redacted_text
from db.rows import row, rows
from db.tables import register
from tests.support.years import BY, add_lecture, started_year

DAY = datetime(2027, 4, 12, 10, 0)
LAST = date(2027, 4, 30)
KEPT = {"電話": "03-0000-4001", "住所": "176-0001 見本市見本町4-1"}
GOING = {"電話": "03-0000-4002", "住所": "176-0001 見本市見本町4-2"}
HEAD = "見本 会長子"


@pytest.fixture(params=["marked", "erased"])
def store(tmp_path, request):
    """A 団体 whose own contacts are due, with a 会長 whose are not, and one of the same name elsewhere."""
    made = started_year(tmp_path)
    event = add_lecture(made, date(2026, 9, 24))
    with made.change(action="用意", by=BY, now=DAY, subject="organisations") as change:
        for name, own in (("見本一丁目町会", GOING), ("見本二丁目町会", {})):
            group = change.insert(Organisation(name=name, branch="第1支部"))
            head = change.insert(Person(name=HEAD, role="会長", organisation_id=group))
            change.insert(Entry(event_id=event, person_id=head, organisation_id=group, state="決定"))
            for kind, value in own.items():
                due = {"kind": kind, "value": value, "purpose": "団体への連絡", "dispose_on": LAST}
                change.insert(Contact(organisation_id=group, **due))
                change.insert(Contact(person_id=head, **due | {"value": f"{value}9"}))
            for kind, value in KEPT.items():
                change.insert(Contact(person_id=head, kind=kind, value=value, purpose="団体への連絡"))
    mark_for_erasing(ActionContext(made, BY, DAY), lines=[one.id for one in read_due(made, today=DAY.date()).due_lines])
    if request.param == "erased":
        erase_marked(made, DAY + timedelta(days=1))
    assert sum(is_redacted_text(one.value) for one in rows(made.database, Contact)) == 4
    return made


def test_a_letter_goes_to_an_address_that_there_is(store):
    event = row(store.database, Event)
    found = addressees(store, event=event, kind=ALL_ORGANISATIONS, unit="団体ごと", today=DAY.date())
    assert {one.address for one in found} == {"見本市見本町4-1"}


def test_a_call_and_a_new_application_take_the_number_that_is_kept(store):
    event = row(store.database, Event)
    calls = read_purpose_list(store, event_id=event.id, purpose="中止連絡用", now=DAY)
    assert {line[3] for line in calls.rows} == {KEPT["電話"]}
    for group in rows(store.database, Organisation):
        (known,) = known_applicants(store, organisation_id=group.id, event_id=event.id)
        assert known.phone == KEPT["電話"]


def test_two_are_not_one_because_both_were_erased(store):
    with store.change(action="外した", by=BY, now=DAY, subject="organisations") as change:
        for one in rows(store.database, Contact, kind="電話", value=KEPT["電話"]):
            change.delete(Contact, one.id)
        (second,) = [one for one in rows(store.database, Organisation) if one.name == "見本二丁目町会"]
        other = row(store.database, Person, organisation_id=second.id)
        change.insert(Contact(person_id=other.id, kind="電話", value=REDACTED, purpose="団体への連絡"))
    assert register.people_with_same_phone(store.database) == []


def test_a_number_told_in_advance_does_not_fall_due_with_the_one_that_was_erased(store):
    group = row(store.database, Organisation, name="見本一丁目町会")
    told = PlannedChange(organisation_id=group.id, what="電話", value="03-0000-4444", from_on=date(2027, 5, 10))
    save_planned_change(ActionContext(store, BY, DAY), planned=told)
    apply_due_changes(ActionContext(store, BY, datetime(2027, 5, 10, 9)))
    new = row(store.database, Contact, organisation_id=group.id, value="03-0000-4444")
    assert (new.kind, new.dispose_on) == ("電話", None)
