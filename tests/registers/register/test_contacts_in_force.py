"""A new contact ends the old one for the same use, and whoever prints or lists a contact takes the one in force."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.common.contacts import contacts_in_force
from app.events.letters.services.letter_addressees import ALL_ORGANISATIONS, addressees
from app.registers.register.services.organisation_merge import merge_organisations
from app.registers.register.services.organisation_view import read_organisation
from app.registers.register.services.organisations import save_contact
from app.registers.register.services.people import current_head_of
from app.registers.register.services.search import find_organisations
from db.records.applications import Application
from db.records.events import Event
from db.records.organisations import Contact, ContactKind, Organisation, Person
from db.rows import by_id, rows
from tests.support.application_rows import BY, NOW, year_store
from tests.support.organisation_lists import import_organisations, preview_organisations
from tests.support.stores import made_by

WHO = {"by": BY, "now": NOW}
REPORTS = Path(__file__).parents[2] / "fixtures" / "reports"
HEADINGS, *BEFORE = (REPORTS / "q01_団体一覧_1回目.csv").read_text(encoding="utf-8").splitlines()
AFTER = (REPORTS / "q01_団体一覧_2回目.csv").read_text(encoding="utf-8").splitlines()[1:]
store = made_by(year_store)


@pytest.fixture
def listed(tmp_path):
    def written(*lines):
        path = tmp_path / "団体の一覧.csv"
        path.write_text("\n".join((HEADINGS, *lines)), encoding="utf-8")
        return path

    return written


def insert(store, *records):
    with store.change(action="見本", by=BY, now=NOW) as change:
        return [change.insert(one) for one in records]


def printed_addresses(store, today=date(2026, 12, 1)):
    event = by_id(store.database, Event, 1)
    found = addressees(store, event=event, kind=ALL_ORGANISATIONS, unit="団体ごと", today=today)
    return [one.address for one in found]


def test_a_list_that_corrects_signs_only_is_written_and_the_labels_bear_it(store, listed):
    import_organisations(store, path=listed(*BEFORE), **WHO)
    path = listed(*AFTER)
    assert [
        [one.key for one in row.changes] for row in preview_organisations(store, path=path, today=NOW.date()).rows
    ] == [["email", "address"]] * 2
    import_organisations(store, path=path, **WHO)
    assert printed_addresses(store) == ["練馬区見本11-1", "練馬区見本町12-3"]
    held = rows(store.database, Contact, kind=ContactKind.MAIL)
    assert [(one.value, one.ended_on is None) for one in held] == [
        ("mihon.minami@example.jp", False), ("kita-mihon@example.jp", False),
        ("mihonminami@example.jp", True), ("kitamihon@example.jp", True),
    ]  # fmt: skip


def test_of_several_that_an_older_version_left_the_newer_one_is_used(store, listed):
    import_organisations(store, path=listed(BEFORE[0]), **WHO)
    of_group = {"organisation_id": 1, "purpose": "団体への連絡"}
    insert(store, Contact(kind=ContactKind.ADDRESS, value="別見本9-9", **of_group))
    insert(store, Contact(value="03-0000-9999", **of_group))
    assert printed_addresses(store) == ["別見本9-9"]
    known = rows(store.database, Contact)
    assert contacts_in_force(known, "電話")[0].value == "03-0000-9999"


def test_a_contact_that_a_clerk_adds_ends_the_one_for_the_same_use_and_says_so(store):
    (group,) = insert(store, Organisation(name="見本町会"))
    add = {"organisation_id": group, "purpose": "団体への連絡"}
    save_contact(ActionContext(store, **WHO), contact=Contact(value="03-0000-0001", **add))
    said = save_contact(ActionContext(store, **WHO), contact=Contact(value="03-0000-0002", **add))
    assert "03-0000-0001" in said.message
    save_contact(ActionContext(store, **WHO), contact=Contact(value="090-0000-0003", note="会長宅", **add))
    shown = read_organisation(store, organisation_id=group).contacts
    assert [(one.value, one.ended_on is None) for one in shown] == [
        ("03-0000-0002", True), ("090-0000-0003", True), ("03-0000-0001", False),
    ]  # fmt: skip


def test_a_merge_keeps_a_contact_that_differs_in_a_sign_and_the_name_that_goes(store, listed):
    import_organisations(store, path=listed(*BEFORE), **WHO)
    insert(store, Contact(organisation_id=2, kind=ContactKind.ADDRESS, value="練馬区見本11-1", purpose="団体への連絡"))
    merge_organisations(ActionContext(store, **WHO), keep_id=1, drop_id=2, take={"branch": "keep", "name": "keep"})
    addresses = [one.value for one in rows(store.database, Contact, kind=ContactKind.ADDRESS)]
    assert addresses == ["練馬区見本1-11", "練馬区見本町1-2-3", "練馬区見本11-1"]
    (hit,) = find_organisations(store, text="見本きた")
    assert (hit.organisation.name, hit.former_name_words) == ("見本みなみ町会", "旧称 見本きた町会")
    (row,) = preview_organisations(store, path=listed(BEFORE[1].replace("第2支部", "第1支部")), today=NOW.date()).rows
    assert (row.organisation.id, "旧称" in row.note) == (1, True)


def test_one_list_of_titles_says_who_heads_an_organisation(store):
    (group, other) = insert(store, Organisation(name="見本町会"), Organisation(name="見本自治会"))
    insert(
        store,
        Person(organisation_id=group, name="見本 代理", role="会長代行"),
        Person(organisation_id=group, name="見本 会長", role="町会長"),
        Person(organisation_id=other, name="見本 代行", role="会長代行"),
    )
    event = by_id(store.database, Event, 1)
    found = addressees(store, event=event, kind=ALL_ORGANISATIONS, unit="団体ごと", today=date(2026, 12, 1))
    assert [f"{one.role}　{one.person}" for one in found] == ["町会長　見本 会長", "会長代行　見本 代行"]
    heads = [current_head_of(store, organisation_id=one) for one in (group, other)]
    assert heads == [("町会長", "見本 会長"), ("会長代行", "見本 代行")]


def test_what_a_head_gave_as_an_applicant_is_not_the_address_of_the_organisation(store):
    (group,) = insert(store, Organisation(name="見本町会"))
    (head, sent) = insert(store, Person(organisation_id=group, name="見本 会長", role="会長"), Application())
    own = Contact(person_id=head, kind=ContactKind.ADDRESS, value="自宅1-1", purpose="申込")
    insert(store, replace(own, application_id=sent))
    assert printed_addresses(store) == [""]
    insert(store, replace(own, value="会長宅2-2", purpose="通知の送付"))
    assert printed_addresses(store) == ["会長宅2-2"]
