"""A person whose name was written wrong: papers made anew bear the right one; what somebody wrote on paper stays as
written, and is said, since papers are made from it too."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.documents.services.document_doubts import read_doubts
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.events.applications.services.applications import applications_of_event
from app.events.applications.services.manual_entry import change_application, typed_application_of
from app.events.dispatches.services import dispatch_requests
from app.home.today.services.home import read_home
from app.registers.register.services.organisation_merge import merge_organisations
from app.registers.register.services.people import add_person, update_person
from app.registers.register.services.person_merge import merge_people
from db.records.dispatches import DispatchRequest
from db.records.documents import KeptPaper, Letter
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.presentations import Presentation
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.support.sample import BY, NOW, acting

pytestmark = pytest.mark.sample_year

NEW = "正名　三郎"
SIGNER = 4
"""The head of a 団体, who signed a slip, presents, and stands in rosters whose letters were issued."""
EVENT, DISPATCH, CANCELLED = 2, 9, 13
TODAY = NOW.date()


def rename(store, person_id=SIGNER, name=NEW, *, now=NOW):
    one = by_id(store.database, Person, person_id)
    return one.name, update_person(
        ActionContext(store, BY, now), person_id=person_id, name=name, furigana=one.furigana, note=one.note
    ).message


@pytest.fixture
def ahead(store):
    """The sample year in which the visit of the 団体, whose letter left, is still to come."""
    with store.change(action="先の日に", by=BY, now=NOW, subject="events") as change:
        change.update(Event, DISPATCH, event_date=NOW.date() + timedelta(days=30), status=EventStatus.PLANNED)
    return store


def on_home(store, today=TODAY):
    """Return how many letters home says left with a name that is another now."""
    rows_of_home = read_home(store, today=today)
    every = (*rows_of_home.rows, *rows_of_home.later_rows)
    return sum(int(one) for row in every for one in re.findall("前の名前で出した通知([0-9]+)件", row.task.detail))


def said_in(store, kind, event_id):
    return repr(build_document(store, scope=DocumentScope(event_id=event_id), kind=kind, now=NOW))


def test_who_corrects_a_name_is_told_of_as_many_letters_as_home_names_and_of_no_event_that_is_over(store):
    assert "前の氏名" not in rename(store)[1], "the visit is over, the other event was cancelled"
    assert on_home(store) == 0


def test_home_counts_the_letters_that_left_with_another_name_and_not_the_names(store):
    with store.change(action="前日に", by=BY, now=NOW, subject="events") as change:
        change.update(Event, DISPATCH, status=EventStatus.PLANNED)
    day = by_id(store.database, Event, DISPATCH).event_date - timedelta(days=1)
    eve = datetime.combine(day, time(9))
    others = {one.person_id for one in rows(store.database, Entry, event_id=DISPATCH)} - {None, SIGNER}
    for person_id in (SIGNER, min(others)):
        assert "前の氏名で出した通知が1件あります。" in rename(store, person_id, f"正名　{person_id}", now=eve)[1]
        assert on_home(store, day) == 1, "one letter names both"


def test_what_is_made_after_the_correction_bears_the_right_name_and_what_was_signed_is_said(ahead):
    store = ahead
    old, said = rename(store)
    for kind in ("決定通知", "宛名ラベル", "受付名簿", "名札", "席札"):
        words = said_in(store, kind, EVENT)
        assert repr(NEW)[1:-1] in words, kind
        assert repr(old)[1:-1] not in words, kind
    signed = rows(store.database, DispatchRequest, signer=old)
    assert len(signed) == 1, "as it was signed"
    (letters,) = re.findall("前の氏名で出した通知が([0-9]+)件あります。実施回の「書類」の「違い」で、", said)
    issued = rows(store.database, Letter, state="施行", event_id=DISPATCH)
    of_kept = rows(store.database, KeptPaper, letter_id=[one.id for one in issued])
    own = {one.id for one in rows(store.database, Entry, person_id=SIGNER)}
    assert int(letters) == len({one.letter_id for one in of_kept if own & set(one.entries)})
    assert f"派遣の希望票1件と事例発表1件には、書かれたとおりの「{old}」が残っています。" in said
    assert repr(old)[1:-1] in said_in(store, "派遣先の連絡先", DISPATCH)
    doubts = "".join(read_doubts(store, scope=DocumentScope(event_id=DISPATCH), kind="開催通知", today=NOW.date()))
    assert "書き間違いのときは希望票の代表者を直します" in doubts
    dispatch_requests.save_dispatch_request(acting(store), wish=replace(signed[0], signer=NEW))
    assert repr(NEW)[1:-1] in said_in(store, "派遣先の連絡先", DISPATCH)
    doubts = "".join(read_doubts(store, scope=DocumentScope(event_id=DISPATCH), kind="開催通知", today=NOW.date()))
    assert "署名した方" not in doubts


def test_nothing_is_said_where_nobody_wrote_that_name_or_it_stays(store):
    _old, said = rename(store, person_id=2)
    assert "残っています" not in said
    one = by_id(store.database, Person, SIGNER)
    said = update_person(acting(store), person_id=SIGNER, name=one.name, furigana="べつ", note="").message
    assert "残っています" not in said
    assert "前の氏名" not in said
    assert rows(store.database, Presentation, organisation_id=one.organisation_id)


def twin(store, person_id=SIGNER):
    """Return the id of a second entry of a person, by the right name."""
    one = by_id(store.database, Person, person_id)
    return add_person(acting(store), name=NEW, organisation_id=one.organisation_id).id


def test_two_people_made_one_say_which_letters_bear_the_other_name(ahead):
    store = ahead
    letters = re.compile("前の氏名で出した通知が([0-9]+)件あります。実施回の「書類」の「違い」で、")
    told = letters.search(rename(store)[1])[1]
    stays = twin(store)
    with store.change(action="元に戻した", by=BY, now=NOW, subject="people") as change:
        change.update(Person, SIGNER, name="見本　元子")
    said = merge_people(acting(store), keep_id=stays, drop_id=SIGNER, take={"name": "keep"}).message
    assert letters.search(said)[1] == told
    assert not letters.search(merge_people(acting(store), keep_id=stays, drop_id=twin(store, stays)).message)


def test_two_groups_made_one_say_it_of_the_people_made_one_with_them(ahead):
    store = ahead
    one = by_id(store.database, Person, SIGNER)
    other = insert_organisation_of(store)
    stays = add_person(acting(store), name=NEW, organisation_id=other).id
    said = merge_organisations(
        acting(store), keep_id=other, drop_id=one.organisation_id, people=[(stays, SIGNER)]
    ).message
    assert "前の氏名で出した通知が" in said


def insert_organisation_of(store):
    with store.change(action="団体", by=BY, now=NOW, subject="organisations") as change:
        return change.insert(Organisation(name="見本二重町会"))


def test_a_name_corrected_in_its_application_says_so_too(store):
    with store.change(action="行う", by=BY, now=NOW, subject="events") as change:
        change.update(Event, CANCELLED, status=EventStatus.PLANNED)
    place = next(one for one in rows(store.database, Entry, person_id=SIGNER, event_id=EVENT))
    line = next(one for one in applications_of_event(store, event_id=EVENT).rows if one.id == place.application_id)
    typed = replace(typed_application_of(EVENT, line), name=NEW)
    said = change_application(acting(store), application_id=line.id, typed=typed).message
    assert "前の氏名で出した通知が" in said
    again = change_application(acting(store), application_id=line.id, typed=replace(typed, care="前の席"))
    assert "前の氏名" not in again.message
