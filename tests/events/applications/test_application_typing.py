"""Applications that come by telephone: places, people remembered, changes, withdrawal, names for unnamed places."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.rules.participation import NO_ARRANGEMENT_NEEDED, count_participation
from app.events.applications.services import manual_entry
from app.events.applications.services.applications import applications_of_event
from app.events.applications.services.manual_entry import TypedApplication
from app.events.roster.services import entry_changes, entry_names
from app.events.roster.services.roster import read_roster
from db.records.applications import Application
from db.records.events import EventResult
from db.records.roster import Arrangement, Entry, EntryState
from db.rows import by_id, rows
from db.tables import organisations, roster
from tests.support.application_rows import BY, NOW, year_store
from tests.support.entries import entry_of, put_entry, put_organisation, waiting_of
from tests.support.stores import made_by

WHO = {"by": BY, "now": NOW}
acting = partial(ActionContext, by=BY, now=NOW)
store = made_by(
    lambda place: year_store(place, organisations=[("第1支部", "みほん一丁目町会"), ("第2支部", "みほん二丁目自治会")])
)


def typed(**values):
    usual = {
        "event_id": 1, "organisation_id": 1, "name": "髙橋　みほん", "furigana": "たかはし　みほん",
        "phone": "03-0000-1111",
    }  # fmt: skip
    return TypedApplication(**(usual | values))


def typed_of(store, application_id):
    """One application as the form to change it is filled."""
    line = next(one for one in applications_of_event(store, event_id=1).rows if one.id == application_id)
    return manual_entry.typed_application_of(1, line)


def test_a_typed_application_gives_a_place_a_person_and_a_contact_with_purpose(store):
    saved = manual_entry.add_application(acting(store), typed=typed(device="貸与", care="手話通訳", way="FAX"))
    (row,) = read_roster(store, event_id=1).rows
    assert (row.name, row.furigana, row.entry.device, row.entry.care, row.entry.way) == (
        "髙橋　みほん", "たかはし　みほん", "貸与", "手話通訳", "FAX",
    )  # fmt: skip
    assert row.entry.applied_at == NOW
    (contact,) = organisations.contacts_of_person(store.database, row.person.id)
    assert contact.value == "03-0000-1111"
    assert contact.purpose == "決定通知の送付、中止・変更の連絡"
    assert contact.dispose_on.isoformat() == "2027-04-30"
    assert saved.message == "みほん一丁目町会　髙橋　みほんの申込を受け付けました。あと19人です。"


def test_three_people_with_one_name_hold_three_places_until_they_are_named(store):
    manual_entry.add_application(acting(store), typed=typed(people=3))
    roster = read_roster(store, event_id=1)
    assert [row.name for row in roster.rows] == ["髙橋　みほん", "氏名未定", "氏名未定"]
    assert len(roster.coming_rows) == 3
    manual_entry.name_entry(
        acting(store), entry_id=roster.rows[1].entry.id, name="佐藤　みほん", furigana="さとう　みほん"
    )
    assert [row.name for row in read_roster(store, event_id=1).rows] == ["髙橋　みほん", "佐藤　みほん", "氏名未定"]
    with pytest.raises(UserError, match="名簿にもういます"):
        manual_entry.name_entry(acting(store), entry_id=roster.rows[2].entry.id, name="佐藤みほん")


def test_somebody_who_applied_is_not_taken_twice_and_the_day_is_said(store):
    manual_entry.add_application(acting(store), typed=typed())
    with pytest.raises(UserError, match="すでに申込があります"):
        manual_entry.add_application(acting(store), typed=typed(name="高橋みほん"))
    manual_entry.add_application(acting(store), typed=typed(event_id=3, name="高橋みほん"))
    assert len(organisations.all_people(store.database)) == 1


def test_the_same_name_with_another_number_is_another_person(store):
    manual_entry.add_application(acting(store), typed=typed())
    manual_entry.add_application(acting(store), typed=typed(phone="090-0000-2222"))
    assert len(organisations.all_people(store.database)) == 2


def test_people_of_an_organisation_are_remembered_with_number_and_device(store):
    manual_entry.add_application(acting(store), typed=typed(device="貸与"))
    manual_entry.add_application(acting(store), typed=typed(event_id=3, name="佐藤　みほん", phone=""))
    known = manual_entry.known_applicants(store, organisation_id=1, event_id=3)
    assert [(one.person.name, one.phone, one.device, one.state_words) for one in known] == [
        ("佐藤　みほん", "", "", "申込"),
        ("髙橋　みほん", "03-0000-1111", "貸与", ""),
    ]


def test_a_withdrawn_application_gives_its_places_back_and_may_come_again(store):
    made = manual_entry.add_application(acting(store), typed=typed(people=2))
    manual_entry.withdraw_application(acting(store), application_id=made.id)
    assert [row.entry.state for row in read_roster(store, event_id=1).rows] == ["辞退", "辞退"]
    assert manual_entry.read_event_capacity(store, event_id=1).places_left == 20
    manual_entry.add_application(acting(store), typed=typed())
    assert len(read_roster(store, event_id=1).coming_rows) == 1


def test_who_told_an_absence_withdrew_and_applies_again_comes(store):
    saved = manual_entry.add_application(acting(store), typed=typed())
    (row,) = read_roster(store, event_id=1).rows
    entry_changes.record_absence(acting(store), entry_id=row.entry.id, note="通院")
    with pytest.raises(UserError, match="欠席連絡あり"):
        manual_entry.add_application(acting(store), typed=typed())
    manual_entry.withdraw_application(acting(store), application_id=saved.id)
    again = manual_entry.add_application(acting(store), typed=typed())
    assert again.capacity.places_left == 19
    found = entry_of(store, row.entry.id)
    assert (found.state, found.absent_told_at, found.absent_note) == ("申込", None, "")


def test_who_waits_moves_up_when_an_application_before_is_withdrawn_or_made_smaller(store):
    first = manual_entry.add_application(acting(store), typed=typed())
    second = manual_entry.add_application(acting(store), typed=typed(name="佐藤　みほん", phone="", people=2))
    last = manual_entry.add_application(acting(store), typed=typed(name="鈴木　みほん", phone=""))
    for row in read_roster(store, event_id=1).rows:
        entry_changes.set_state(acting(store), entry_id=row.entry.id, state=EntryState.WAITING, reason="満員")
    manual_entry.withdraw_application(acting(store), application_id=first.id)
    assert [number for _entry, number in waiting_of(store, 1)] == [1, 2, 3]
    shown = typed_of(store, second.id)
    manual_entry.change_application(
        acting(store), application_id=second.id, typed=replace(shown, people=1), shown=shown
    )
    waiting = waiting_of(store, 1)
    assert [number for _entry, number in waiting] == [1, 2]
    assert entry_of(store, waiting[1][0]).application_id == last.id


def test_an_application_is_changed_with_its_place_and_the_name_in_the_register(store):
    made = manual_entry.add_application(acting(store), typed=typed())
    manual_entry.change_application(
        acting(store),
        application_id=made.id,
        typed=typed(name="髙橋　みほ", device="持参", people=3, organisation_id=2),
    )
    roster = read_roster(store, event_id=1)
    assert [row.name for row in roster.coming_rows] == ["髙橋　みほ", "氏名未定", "氏名未定"]
    assert {row.organisation_name for row in roster.rows} == {"みほん二丁目自治会"}
    assert roster.rows[0].entry.device == "持参"
    manual_entry.change_application(
        acting(store), application_id=made.id, typed=typed(name="髙橋　みほ", people=1, organisation_id=2)
    )
    assert len(read_roster(store, event_id=1).coming_rows) == 1


def test_a_place_that_comes_later_takes_no_number_of_the_place_it_is_made_of(store):
    made = manual_entry.add_application(acting(store), typed=typed())
    (row,) = read_roster(store, event_id=1).rows
    with store.change(action="番号", **WHO, subject="roster") as change:
        change.update(Entry, row.entry.id, admission=7, number=3, seat="A1", late=True, absent_note="電話あり")
    manual_entry.change_application(acting(store), application_id=made.id, typed=typed(people=2))
    first, second = (one.entry for one in read_roster(store, event_id=1).rows)
    assert (first.admission, first.number, first.seat) == (7, 3, "A1")
    assert second == Entry(
        id=second.id, event_id=1, application_id=made.id, organisation_id=1, applied_at=NOW, way="電話"
    )


@pytest.mark.parametrize("state", ["落選", "辞退"])
@pytest.mark.parametrize(
    ("values", "states"), [({"care": "筆談", "phone": "03-0000-2222"}, []), ({"people": 2}, ["申込"] * 2)]
)
def test_a_corrected_application_leaves_the_first_place_given_up(store, state, values, states):
    made = manual_entry.add_application(acting(store), typed=typed())
    (row,) = read_roster(store, event_id=1).rows
    with store.change(action="決定", **WHO, subject="roster") as change:
        change.update(Entry, row.entry.id, state=state)
    (line,) = applications_of_event(store, event_id=1).rows
    shown = manual_entry.typed_application_of(1, line)
    manual_entry.change_application(acting(store), application_id=made.id, typed=replace(shown, **values), shown=shown)
    assert [one.entry.state for one in read_roster(store, event_id=1).rows] == [state, *states]


@pytest.mark.parametrize("values", [{"name": "", "organisation_id": None}, {"people": 0}, {"people": 99}])
def test_what_names_nobody_or_no_number_is_refused(store, values):
    with pytest.raises(UserError):
        manual_entry.add_application(acting(store), typed=typed(**values))
    assert read_roster(store, event_id=1).rows == ()


def test_an_application_typed_like_another_brings_nothing_but_what_is_typed(store):
    made = manual_entry.add_application(acting(store), typed=typed(note="駐車場を使う")).id
    with store.change(action="取込み", subject="applications", **WHO) as change:
        change.update(Application, made, row_key="hash", receipt_number="00012", source="電子申請", withdrawn=True)
    (line,) = applications_of_event(store, event_id=1).rows
    like = replace(manual_entry.typed_application_of(1, line), event_id=2, way="FAX")
    assert (like.row_key, like.receipt_number) == ("hash", "00012")

    other = by_id(store.database, Application, manual_entry.add_application(acting(store), typed=like).id)

    assert other.id != made
    assert (other.row_key, other.receipt_number, other.source, other.withdrawn) == ("", "", "職員入力", False)
    assert (other.name, other.note, other.way) == ("髙橋　みほん", "駐車場を使う", "FAX")


def test_of_two_people_of_one_name_the_one_who_gave_the_place_up_has_it_again(store):
    made = manual_entry.add_application(acting(store), typed=typed())
    manual_entry.add_application(acting(store), typed=typed(event_id=3, phone="090-0000-2222"))
    manual_entry.withdraw_application(acting(store), application_id=made.id)
    manual_entry.add_application(acting(store), typed=typed(phone=""))
    (row,) = read_roster(store, event_id=1).rows
    assert (row.entry.state, row.person.id) == ("申込", 1)
    assert len(organisations.all_people(store.database)) == 2


def test_who_is_known_with_a_number_is_the_same_person_when_none_is_typed(store):
    manual_entry.add_application(acting(store), typed=typed())
    manual_entry.add_application(acting(store), typed=typed(event_id=3, phone=""))
    assert len(organisations.all_people(store.database)) == 1


def test_an_application_moved_to_another_organisation_has_its_written_name_only_until_it_is_registered(store):
    made = manual_entry.add_application(acting(store), typed=typed())

    def moved(**values):
        manual_entry.change_application(acting(store), application_id=made.id, typed=typed(**values))
        (row,) = read_roster(store, event_id=1).rows
        return row.entry.organisation_id, row.entry.organisation_name, row.organisation_name

    assert moved(organisation_id=None, organisation_name="つつじ会") == (None, "つつじ会", "つつじ会")
    name = "みほん二丁目自治会"
    assert moved(organisation_id=2, organisation_name=name) == (2, "", name)


def test_a_place_without_an_application_is_not_changed_with_the_first_one(store):
    made = manual_entry.add_application(acting(store), typed=typed())
    other = put_entry(store, 1, "見本　次郎", organisation_id=1, device="持参", applied_at=NOW + timedelta(days=1))
    manual_entry.change_application(acting(store), application_id=made.id, typed=typed(device="貸与"))
    found = {row.name: row.entry.device for row in read_roster(store, event_id=1).rows}
    assert found == {"髙橋　みほん": "貸与", "見本　次郎": "持参"}
    assert entry_of(store, other).application_id is None


def test_a_need_that_is_another_after_a_correction_is_to_be_reviewed_again(store):
    saved = manual_entry.add_application(acting(store), typed=typed(care="前の席"))
    (row,) = read_roster(store, event_id=1).rows
    with store.change(action="手配不要にした", **WHO) as change:
        change.insert(Arrangement(event_id=1, entry_id=row.id, content=NO_ARRANGEMENT_NEEDED, settled_on=NOW.date()))
    shown = typed_of(store, saved.id)
    manual_entry.change_application(
        acting(store), application_id=saved.id, typed=replace(shown, care="手話通訳"), shown=shown
    )
    assert rows(store.database, Arrangement) == []


@pytest.mark.parametrize(("care", "kept"), [("　", ""), ("", ""), (" 前の席 ", " 前の席 ")])
def test_a_need_is_kept_as_typed_and_spaces_alone_are_none(store, care, kept):
    manual_entry.add_application(acting(store), typed=typed(care=care))
    (row,) = read_roster(store, event_id=1).rows
    assert row.entry.care == kept


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"organisation_id": 1}, "みほん一丁目町会"),
        ({"organisation_id": 1, "organisation_name": "みほん１丁目町会"}, "みほん１丁目町会"),
        ({"organisation_id": None, "organisation_name": "つつじ会"}, "つつじ会"),
        ({"organisation_id": None}, ""),
    ],
)
def test_the_organisation_of_an_application_is_written_as_typed_else_as_registered(store, given, written):
    made = manual_entry.add_application(acting(store), typed=typed(**given))
    stored = by_id(store.database, Application, made.id)
    assert (stored.organisation_name, stored.organisation_id) == (written, given["organisation_id"])


def test_an_application_whose_organisation_was_not_touched_stays_with_the_one_it_has(store):
    made = manual_entry.add_application(acting(store), typed=typed(organisation_id=None, organisation_name="つつじ会"))
    put_organisation(store, "つつじ会")
    shown = typed_of(store, made.id)

    def changed(**values):
        manual_entry.change_application(
            acting(store), application_id=made.id, typed=replace(shown, **values), shown=shown
        )
        (row,) = read_roster(store, event_id=1).rows
        return row.entry.care, row.entry.organisation_id

    assert changed(care="前の席") == ("前の席", None)
    assert changed(care="前の席", organisation_name="みほん二丁目自治会") == ("前の席", 2)


def test_a_name_taken_out_of_an_application_stays_in_the_register(store):
    made = manual_entry.add_application(acting(store), typed=typed())
    (before,) = read_roster(store, event_id=1).rows
    shown = typed_of(store, made.id)
    manual_entry.change_application(acting(store), application_id=made.id, typed=replace(shown, name=""), shown=shown)
    (row,) = read_roster(store, event_id=1).rows
    assert (by_id(store.database, Application, made.id).name, row.name) == ("", "氏名未定")
    assert organisations.all_people(store.database) == [before.person]


def test_of_two_people_of_one_name_the_place_keeps_its_own_when_its_application_is_changed(store):
    first = manual_entry.add_application(acting(store), typed=typed())
    second = manual_entry.add_application(acting(store), typed=typed(phone="03-0000-2222"))

    def people():
        return {row.entry.application_id: row.person.id for row in read_roster(store, event_id=1).rows}

    before = people()
    assert len(set(before.values())) == 2
    for made in (first, second):
        shown = typed_of(store, made.id)
        manual_entry.change_application(
            acting(store), application_id=made.id, typed=replace(shown, phone=""), shown=shown
        )
    assert people() == before


@pytest.mark.parametrize("is_named", [False, True])
def test_places_without_a_name_go_to_another_organisation_with_their_application_and_named_ones_stay(store, is_named):
    made = manual_entry.add_application(acting(store), typed=typed(people=3))
    second = [row.id for row in read_roster(store, event_id=1).rows][1]
    if is_named:
        entry_names.name_entry(acting(store), entry_id=second, name="見本　次郎")
    shown = typed_of(store, made.id)
    manual_entry.change_application(
        acting(store),
        application_id=made.id,
        typed=replace(shown, organisation_id=2, organisation_name="みほん二丁目自治会"),
        shown=shown,
    )
    found = [(row.name, row.entry.organisation_id) for row in read_roster(store, event_id=1).rows]
    assert sorted(found) == [("氏名未定", 2), ("見本　次郎", 1) if is_named else ("氏名未定", 2), ("髙橋　みほん", 2)]


def test_the_numbers_of_a_closed_reception_follow_what_is_put_right_on_the_applications(store):
    context = acting(store)
    saved = manual_entry.add_application(context, typed=typed(people=3))
    with store.change(action="受付を閉じた", **WHO) as change:
        change.insert(EventResult(event_id=1, applied=3, attended=0, source="名簿"))

    def counted():
        (result,) = rows(store.database, EventResult, event_id=1)
        return result.applied, result.attended

    other = manual_entry.add_application(context, typed=typed(name="佐藤　みほん", phone="03-0000-0009"))
    assert counted()[0] == 4
    shown = typed_of(store, saved.id)
    manual_entry.change_application(context, application_id=saved.id, typed=replace(shown, people=4), shown=shown)
    assert counted()[0] == 5
    assert manual_entry.withdraw_application(context, application_id=other.id)
    found = count_participation(roster.entries(store.database, 1))
    assert counted() == (found.applied, found.attended)
