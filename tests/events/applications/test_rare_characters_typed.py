"""A character that no font of the papers draws is said when a name that holds it is typed; the name is kept."""

from dataclasses import replace
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event_day.reception.services import add_walk_in
from app.events.applications.services.applications import applications_of_event
from app.events.applications.services.manual_entry import (
    TypedApplication,
    add_application,
    change_application,
    name_entry,
    typed_application_of,
)
from app.events.roster.services import entry_names
from app.events.roster.services.entry_changes import replace_person
from app.events.roster.services.entry_names import WantedPerson
from app.registers.register.services.organisations import create_organisation, update_organisation
from app.registers.register.services.people import add_person, update_person
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.support.application_rows import BY, NOW, year_store
from tests.support.stores import made_by

acting = partial(ActionContext, by=BY, now=NOW)
RARE = "見本　东子"
SAID = "「东」は書類の書体にない字です。印刷では、その字の場所を空けて手で書きます。"
store = made_by(year_store)


def typed(name):
    return TypedApplication(event_id=1, name=name, organisation_name="みほん一丁目町会")


def today(store):
    with store.change(action="準備", now=NOW, by=BY, subject="events") as change:
        change.update(Event, 1, event_date=NOW.date())


def unnamed(store):
    """The id of a place that has no name yet."""
    add_application(acting(store), typed=replace(typed(""), people=1))
    return rows(store.database, Entry)[-1].id


def test_each_door_where_a_name_is_typed_says_a_character_that_no_font_draws(store):
    town = create_organisation(acting(store), organisation=Organisation(branch="", name="みほん东町会"))
    same = by_id(store.database, Organisation, town.id)
    person = add_person(acting(store), name=RARE)
    application = add_application(acting(store), typed=typed(RARE))
    (line,) = applications_of_event(store, event_id=1).rows
    first = rows(store.database, Entry)[0].id
    answers = [
        town,
        update_organisation(acting(store), organisation=replace(same, note="覚え")),
        person,
        update_person(acting(store), person_id=person.id, name=RARE, furigana="", note="覚え"),
        application,
        change_application(
            acting(store), application_id=application.id, typed=replace(typed_application_of(1, line), role="会計")
        ),
        replace_person(acting(store), entry_id=first, wanted=WantedPerson(name="見本　东美")),
        name_entry(acting(store), entry_id=unnamed(store), name="見本　东江"),
        entry_names.name_entry(acting(store), entry_id=unnamed(store), name="見本　东代"),
    ]
    today(store)
    answers.append(add_walk_in(acting(store), event_id=1, wanted=WantedPerson(name="見本　东香")))
    assert [one.message for one in answers if SAID not in one.message] == []
    assert {RARE, "見本　东美", "見本　东江", "見本　东代", "見本　东香"} <= {
        one.name for one in rows(store.database, Person)
    }


def test_what_the_fonts_draw_is_saved_without_a_word_of_it(store):
    for name in ("見本　髙﨑", "見本　𠮷子", "見本　葛󠄀", "みほん ㋿"):
        assert "書体" not in add_person(acting(store), name=name).message


def test_a_name_and_a_organisation_that_no_paper_can_print_pass_no_door(store):
    place = unnamed(store)
    today(store)
    for act in (
        lambda: name_entry(acting(store), entry_id=place, name="見本\u3164"),
        lambda: add_walk_in(
            acting(store), event_id=1, wanted=WantedPerson(name="見本　花"), organisation_name="みほん\u3164町会"
        ),
    ):
        with pytest.raises(UserError, match="印刷できない字"):
            act()
    assert not rows(store.database, Person)
