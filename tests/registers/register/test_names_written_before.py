"""A 団体 that comes into the register after the applications: its names are found and linked by one press."""

from datetime import datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.rules.participation import count_participation
from app.events.applications.services.application_import import import_applications
from app.events.applications.services.applications import applications_of_event
from app.events.applications.services.manual_entry import (
    TypedApplication,
    add_application,
    change_application,
    typed_application_of,
)
from app.events.dispatches.services.dispatch_requests import (
    lectures_naming_organisation,
    read_dispatch_requests,
    save_dispatch_request,
)
from app.events.roster.services.roster import read_roster
from app.history import services as history_services
from app.registers.register.screens.organisations_screen import organisation_options
from app.registers.register.services.organisations import create_organisation, save_contact
from app.registers.register.services.people import add_person
from app.registers.register.services.unlinked_names import (
    AS_NEW_ORGANISATION,
    find_organisation_id,
    link_names,
    read_unlinked_names,
)
from db.records.applications import Application
from db.records.dispatches import DispatchRequest
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Contact, Membership, Organisation, Person
from db.records.participants import ExpectedCount
from db.records.presentations import Presentation
from db.records.roster import Entry
from db.rows import by_id, row, rows
from tests.support.application_rows import BY, year_store

NOW = datetime(2026, 9, 16, 10, 20)
WHO = {"by": BY, "now": NOW}
TOWN, OTHER = "練馬二丁目町会", "大泉学園町会"


def acting(store):
    return ActionContext(store, **WHO)


@pytest.fixture
def store(tmp_path):
    """Five people of two 団体 applied by telephone while the register was empty; one 団体 was written in two ways."""
    found = year_store(tmp_path)
    for number, town in enumerate((TOWN, "練馬２丁目町会", "練馬　２丁目町会", OTHER, OTHER)):
        add_application(acting(found), typed=typed(f"見本　{number}子", town, phone=f"03-0000-000{number}"))
    yield found
    found.database.conn.close()


def typed(name, town, **more):
    return TypedApplication(event_id=1, name=name, organisation_name=town, **more)


def register(store, name):
    return create_organisation(acting(store), organisation=Organisation(branch="第1支部", name=name)).id


def people(store):
    return [one.name for one in rows(store.database, Person)]


def test_names_that_a_later_register_knows_are_linked_by_one_press_and_one_undo(store):
    assert [(one.spellings, one.locations_text, one.may_be_registered) for one in read_unlinked_names(store)] == [
        ((TOWN, "練馬２丁目町会", "練馬　２丁目町会"), "申込3件・参加者3人", False),
        ((OTHER,), "申込2件・参加者2人", False),
    ]
    with store.change(now=NOW, by=BY, action="見本", subject="events") as change:
        change.update(Event, 1, kind="講習会", form=EventForm.LECTURE)
        visit = change.insert(
            Event(
                programme_id=1,
                kind="派遣",
                form=EventForm.VISIT,
                ordinal=1,
                subject="派遣",
                organisation_name="練馬2丁目町会",
            )
        )
        change.insert(ExpectedCount(event_id=1, position=9, organisation_name=TOWN, people=3))
        change.insert(Presentation(event_id=1, organisation_name=TOWN, asked="事例"))
    town = register(store, TOWN)
    chair = add_person(acting(store), name="見本 0子", organisation_id=town, role="会長").id
    names = read_unlinked_names(store)
    assert [(one.name, one.organisation is not None) for one in names] == [(TOWN, True), (OTHER, False)]
    assert names[0].locations_text == "申込3件・参加者3人・人数の表1行・派遣1回・事例発表1件"
    assert names[0].people_to_merge == ("見本　0子",)
    links = lectures_naming_organisation(store.database, organisation_id=town, programme_id=1)
    assert [one.entered_count for one in links] == [3], "what is meant beyond doubt is no participation that is missing"

    said = link_names(acting(store), answers={names[0].key: town}).message
    assert said == "申込などに書かれた9か所を、名簿の1団体と結び付けました。同じ人の登録1件は1件にまとめました。"
    roster = read_roster(store, event_id=1).rows
    assert [one.organisation_name for one in roster] == [TOWN] * 3 + [OTHER] * 2
    assert count_participation([one.entry for one in roster]).applied_organisations == 2
    assert by_id(store.database, Event, visit).organisation_id == town
    assert {one.organisation_id for one in rows(store.database, ExpectedCount)} == {town}
    assert {one.organisation_id for one in rows(store.database, Presentation)} == {town}
    kept = rows(store.database, Application, organisation_id=town, order="id")
    assert [one.organisation_name for one in kept] == [TOWN, "練馬２丁目町会", "練馬　２丁目町会"], "as it was written"
    assert row(store.database, Entry, person_id=chair) is not None
    assert len(rows(store.database, Membership, organisation_id=town)) == 3
    assert people(store) == ["見本　1子", "見本　2子", "見本　3子", "見本　4子", "見本 0子"]
    assert [one.key for one in read_unlinked_names(store)] == [names[1].key]

    history_services.undo(store, **WHO)
    assert read_unlinked_names(store) == names
    assert len(people(store)) == 6


def test_a_new_one_is_added_under_its_name_and_two_of_one_name_stay_two(store):
    town = register(store, TOWN)
    other = add_person(acting(store), name="見本　1子", organisation_id=town).id
    save_contact(acting(store), contact=Contact(person_id=other, value="03-9999-9999", purpose="団体への連絡"))
    first, second = read_unlinked_names(store)
    assert first.people_to_merge == ()

    link_names(acting(store), answers={first.key: town, second.key: AS_NEW_ORGANISATION})
    assert read_unlinked_names(store) == ()
    assert people(store).count("見本　1子") == 2
    added = row(store.database, Organisation, name=OTHER)
    assert {one.organisation_id for one in read_roster(store, event_id=1).rows[3:] for one in [one.entry]} == {added.id}
    with pytest.raises(UserError, match="もう結び付いています"):
        link_names(acting(store), answers={first.key: town})
    with pytest.raises(UserError, match="まだ選ばれていません"):
        link_names(acting(store), answers={})


def test_a_name_typed_later_means_the_registered_one_without_being_picked(store):
    town = register(store, TOWN)
    assert find_organisation_id(store.database, "練馬 二丁目町会") == town
    assert find_organisation_id(store.database, "練馬町会") is None
    add_application(acting(store), typed=typed("見本　6子", "練馬2丁目町会"))
    assert read_roster(store, event_id=1).rows[-1].entry.organisation_id == town

    line = next(one for one in applications_of_event(store, event_id=1).rows if one.organisation_name == OTHER)
    shown = typed_application_of(1, line)
    change_application(
        acting(store), application_id=line.id, typed=TypedApplication(**vars(shown) | {"organisation_name": TOWN})
    )
    assert by_id(store.database, Application, line.id).organisation_id == town


def test_a_slip_of_a_new_organisation_says_where_else_its_name_stands(store):
    wish = DispatchRequest(
        programme_id=1, organisation_id=0, received_on=NOW.date(), signer="見本　太郎", tools=("ホームページ",)
    )
    said = save_dispatch_request(acting(store), wish=wish, new_name=OTHER).message
    assert "同じ団体名が、申込2件・参加者2人に書かれています。" in said
    (shown,) = read_dispatch_requests(store, fiscal_year=2026).rows
    assert [one.entered_count for one in shown.links] == [2]


def test_an_application_may_add_its_organisation_to_the_register(store):
    said = add_application(acting(store), typed=typed("見本　七子", OTHER, is_new_organisation=True)).message
    known = row(store.database, Organisation, name=OTHER).id
    assert read_roster(store, event_id=1).rows[-1].entry.organisation_id == known
    assert "団体の名簿に加えました。同じ団体名が、申込2件・参加者2人に書かれています。" in said
    line = applications_of_event(store, event_id=1).rows[0]
    change_application(
        acting(store),
        application_id=line.id,
        typed=TypedApplication(**vars(typed_application_of(1, line)) | {"is_new_organisation": True}),
    )
    made = row(store.database, Organisation, name=TOWN).id
    assert by_id(store.database, Application, line.id).organisation_id == made
    assert read_roster(store, event_id=1).rows[0].entry.organisation_id == made


def test_a_new_organisation_takes_the_branch_that_the_file_named_and_two_are_asked(store, tmp_path):
    heads, day = "受付日,支部,団体名,氏名,電話番号", "2026/9/1"
    named = (("第2支部", "桜台町会"), ("", "桜台町会"), ("第3支部", "北町会"), ("第4支部", "北町会"))
    lines = [f"{day},{branch},{town},見本　{n}男,03-0000-200{n}" for n, (branch, town) in enumerate(named)]
    path = tmp_path / "申込.csv"
    path.write_text("\r\n".join((heads, *lines)) + "\r\n", encoding="utf-8")
    import_applications(acting(store), path=path, event_id=1)

    names = {one.name: one for one in read_unlinked_names(store)}
    assert [names[town].branches for town in ("桜台町会", "北町会", TOWN)] == [("第2支部",), ("第3支部", "第4支部"), ()]
    labels = [label for _answer, label in organisation_options(names["北町会"])]
    assert labels[1:] == ["「北町会」を第3支部に新しく加える", "「北町会」を第4支部に新しく加える"]
    link_names(
        acting(store),
        answers={
            names["桜台町会"].key: AS_NEW_ORGANISATION,
            names["北町会"].key: f"{AS_NEW_ORGANISATION}第4支部",
            names[TOWN].key: AS_NEW_ORGANISATION,
        },
    )
    assert {one.name: one.branch for one in rows(store.database, Organisation)} == {
        "桜台町会": "第2支部",
        "北町会": "第4支部",
        TOWN: "",
    }
