"""The door: numbers, receiving, 当日受付, the paper list, closing; every key a durable change; nothing
private shown."""

import shutil
from dataclasses import asdict, fields, replace
from datetime import datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.services import event_results
from app.event.services.event_facts import read_event_facts
from app.event.services.event_results import count_people, with_counts
from app.event_day.day.services.day_overview import read_day
from app.event_day.reception import services as reception_services
from app.event_day.reception.services import (
    CheckInRow,
    Reception,
    add_walk_in,
    close_reception,
    find_similar_entries,
    read_care,
    read_closing,
    read_reception,
)
from app.events.roster.services import entry_changes
from app.events.roster.services.entry_changes import take_back_absence
from app.events.roster.services.entry_names import WantedPerson, name_entry
from app.events.roster.services.roster import assign_roster_numbers, read_roster
from app.events.tablets.rules import SPARE
from app.events.tablets.services import confirm_initialised, hand_out, lend_spare, note_returned
from app.history import services as history_services
from app.submissions.reports.documents.report_lecture import overview
from app.submissions.reports.services import reports
from app.submissions.reports.services.report_facts import gather_facts
from app.surveys.questions.services import surveys
from db import connection
from db.records.events import Event
from db.records.organisations import Contact, Person
from db.records.roster import Device, Entry, EntryState, Tablet, TabletLoan
from db.rows import by_id
from db.store import DATABASE_NAME
from db.tables import events, organisations, roster
from tests.support.door_people import DOOR, WAITING, acting, door_event, entries_by_name, numbers, waiting_one, write
from tests.support.history_lines import list_history
from tests.support.years import BY, add_lecture, the_event


@pytest.fixture
def event_id(store):
    return door_event(store)


def entry(store, event_id, name) -> Entry:
    return entries_by_name(store, event_id)[name]


def result(store, event_id):
    return events.result(store.database, event_id)


def test_everybody_coming_gets_the_next_number_by_branch_and_organisation_and_keeps_it(store, event_id):
    assign_roster_numbers(acting(store), event_id=event_id)
    given = numbers(store, event_id)
    assert given == {
        "みほん 節子": 1, "髙橋 見本子": 2, "": 3, "齋藤 見本": 4, "渡邉 例子": 5, "𠮷田 例男": 6, "伊藤 試": 7,
    }  # fmt: skip
    write(store, Entry(event_id=event_id, organisation_name="みほん飛入り会", state="決定"))
    assert assign_roster_numbers(acting(store), event_id=event_id).message == "名簿の1人に番号を付けました。"
    assert numbers(store, event_id) | {"": 8} == given | {"": 8}
    assert assign_roster_numbers(acting(store), event_id=event_id).message == ""


def test_the_door_list_is_in_the_order_of_the_sounds_and_counts(store, event_id):
    assert read_reception(store, event_id=event_id).unnumbered_count == 7
    assign_roster_numbers(acting(store), event_id=event_id)
    other = add_lecture(store, DOOR.date() + timedelta(days=7))
    door = read_reception(store, event_id=event_id)
    assert (door.unnumbered_count, door.other_events) == (0, {other: the_event(store, other).full_title})
    assert [door.day_state(DOOR.date() + timedelta(days=by)) for by in (-1, 0, 1)] == ["まだ", "当日", "過ぎた"]
    assert [row.name for row in door.waiting] == [
        "伊藤 試", "齋藤 見本", "髙橋 見本子", "みほん 節子", "𠮷田 例男", "渡邉 例子", "氏名未定",
    ]  # fmt: skip
    assert (door.expected_count, len(door.received), door.walk_in_count, door.absent_count) == (7, 0, 0, 0)


def test_nothing_private_reaches_the_door(store, event_id):
    person = organisations.all_people(store.database)[1]
    write(store, Contact(person_id=person.id, kind="電話", value="03-0000-1234", purpose="中止の連絡"))
    with store.change(action="用意", by="用意", now=DOOR) as change:
        change.update(Entry, entry(store, event_id, "伊藤 試").id, words="早口だと困る")
    door = read_reception(store, event_id=event_id)
    shown = repr(door)
    assert "03-0000-1234" not in shown
    assert "聞こえにくい" not in repr(door.rows)
    assert not {"care", "phone"} & {field.name for field in fields(CheckInRow)}
    assert [(row.name, row.care_mark) for row in door.waiting if row.care_mark] == [
        ("伊藤 試", "ことば"), ("髙橋 見本子", "配慮"), ("渡邉 例子", "配慮"),
    ]  # fmt: skip
    told = [read_care(store, entry_id=entry(store, event_id, name).id) for name in ("渡邉 例子", "伊藤 試")]
    assert told == ["手話通訳を希望", "本人のことば：早口だと困る"]


def test_who_came_later_within_one_second_stands_above(store, event_id):
    assign_roster_numbers(acting(store), event_id=event_id)
    for row in sorted(read_reception(store, event_id=event_id).waiting, key=lambda row: row.number)[:3]:
        reception_services.receive(acting(store), entry_id=row.entry_id)
    assert [row.number for row in read_reception(store, event_id=event_id).received] == [3, 2, 1]


def test_receiving_and_taking_it_back(store, event_id):
    assign_roster_numbers(acting(store), event_id=event_id)
    one = entry(store, event_id, "髙橋 見本子")
    assert (
        reception_services.receive(acting(store), entry_id=one.id).message
        == "髙橋 見本子さん（2番）を受付済にしました。"
    )
    later = DOOR + timedelta(minutes=3)
    reception_services.receive(ActionContext(store, BY, later), entry_id=entry(store, event_id, "").id)
    door = read_reception(store, event_id=event_id)
    assert [(row.spoken_name, row.time_text) for row in door.received] == [
        ("氏名未定の方（3番）", "13:43"),
        ("髙橋 見本子さん（2番）", "13:40"),
    ]
    with pytest.raises(UserError, match="13:40"):
        reception_services.receive(acting(store), entry_id=one.id)
    reception_services.undo_check_in(acting(store), entry_id=one.id)
    assert entry(store, event_id, "髙橋 見本子").attendance == ""
    history_services.undo(store, by=BY, now=DOOR)
    assert entry(store, event_id, "髙橋 見本子").attended_at == DOOR


def test_no_journal_line_names_a_person(store, event_id):
    assign_roster_numbers(acting(store), event_id=event_id)
    one = entry(store, event_id, "髙橋 見本子")
    reception_services.receive(acting(store), entry_id=one.id)
    reception_services.undo_check_in(acting(store), entry_id=one.id)
    add_walk_in(acting(store), event_id=event_id, wanted=WantedPerson(name="飛入 見本"))
    actions = " ".join(line.action for line in list_history(store, event_id=event_id))
    assert "髙橋" not in actions
    assert "飛入" not in actions


def test_every_key_reported_is_in_the_file_when_the_power_cord_is_pulled(store, event_id, tmp_path):
    assign_roster_numbers(acting(store), event_id=event_id)
    for row in read_reception(store, event_id=event_id).waiting:
        reception_services.receive(acting(store), entry_id=row.entry_id)
        # The disk as it stands at this moment, the open folder neither closed nor asked.
        left = shutil.copytree(store.folder, tmp_path / f"left-{row.entry_id}")
        other = connection.connect(left / DATABASE_NAME, store.keys.pages)
        try:
            seen = by_id(other, Entry, row.entry_id)
            assert seen is not None
            assert seen.attendance == "出席"
        finally:
            other.conn.close()


def test_a_told_absence_who_comes_after_all_and_one_from_the_waiting_list(store, event_id):
    absent, waiting = entry(store, event_id, "伊藤 試"), entry(store, event_id, "齋藤 見本")
    with store.change(action="用意", by="用意", now=DOOR) as change:
        change.update(Entry, absent.id, absent_told_at=DOOR - timedelta(days=1))
        change.update(Entry, waiting.id, state="補欠", waiting_order=1)
    door = read_reception(store, event_id=event_id)
    assert [(row.name, row.state) for row in door.not_on_list] == [("伊藤 試", "欠席の連絡"), ("齋藤 見本", "補欠")]
    assert (door.expected_count, door.absent_count) == (5, 1)
    reception_services.receive(acting(store), entry_id=absent.id)
    reception_services.receive(acting(store), entry_id=waiting.id)
    door = read_reception(store, event_id=event_id)
    assert [(row.name, row.is_walk_in) for row in door.received] == [("齋藤 見本", True), ("伊藤 試", False)]
    assert all(row.number is not None for row in door.received)


@pytest.mark.parametrize("state", ["補欠", "落選", "辞退"])
def test_the_wrong_person_checked_in_is_again_what_they_were(store, event_id, state):
    absent, waiting = entry(store, event_id, "伊藤 試"), entry(store, event_id, "齋藤 見本")
    assign_roster_numbers(acting(store), event_id=event_id)
    with store.change(action="用意", by="用意", now=DOOR) as change:
        change.update(Entry, absent.id, absent_told_at=DOOR - timedelta(days=1))
        change.update(Entry, waiting.id, state=state, waiting_order=1 if state == "補欠" else None, number=None)
    before = read_reception(store, event_id=event_id).not_on_list
    for one in (absent, waiting):
        reception_services.receive(acting(store), entry_id=one.id)
    reception_services.note_late(acting(store), entry_id=waiting.id)
    for one in (absent, waiting):
        reception_services.undo_check_in(acting(store), entry_id=one.id)
    door = read_reception(store, event_id=event_id)
    assert [asdict(one) for one in door.not_on_list] == [asdict(one) for one in before]
    assert (door.received, door.walk_in_count) == ((), 0)
    assert entry(store, event_id, "伊藤 試").absent_told_at == DOOR - timedelta(days=1)
    assert entry(store, event_id, "齋藤 見本").number is None


def test_who_was_marked_absent_between_two_check_ins_is_again_what_they_were(store, event_id):
    waiting = entry(store, event_id, "齋藤 見本")
    with store.change(action="用意", by="用意", now=DOOR) as change:
        change.update(Entry, waiting.id, state="補欠", waiting_order=1, absent_told_at=DOOR - timedelta(days=1))
    before = entry(store, event_id, "齋藤 見本")
    for act in (reception_services.receive, reception_services.mark_absent, reception_services.receive):
        act(acting(store), entry_id=waiting.id)
    reception_services.undo_check_in(acting(store), entry_id=waiting.id)
    assert entry(store, event_id, "齋藤 見本") == before


def test_an_absence_that_was_taken_back_is_not_restored_by_an_earlier_check_in(store, event_id):
    one = entry(store, event_id, "伊藤 試")
    with store.change(action="用意", by="用意", now=DOOR) as change:
        change.update(Entry, one.id, absent_told_at=DOOR - timedelta(days=1))
    reception_services.receive(acting(store), entry_id=one.id)
    reception_services.undo_check_in(acting(store), entry_id=one.id)
    take_back_absence(acting(store), entry_id=one.id)
    reception_services.mark_absent(acting(store), entry_id=one.id)
    reception_services.undo_check_in(acting(store), entry_id=one.id)
    assert entry(store, event_id, "伊藤 試").absent_told_at is None


def test_a_person_marked_absent_by_mistake_is_expected_late_again(store, event_id):
    one, act = entry(store, event_id, "伊藤 試"), acting(store)
    reception_services.note_late(act, entry_id=one.id)
    for marked in ((reception_services.mark_absent,), (reception_services.receive, reception_services.mark_absent)):
        for mark in marked:
            mark(act, entry_id=one.id)
        reception_services.undo_check_in(act, entry_id=one.id)
        left = entry(store, event_id, "伊藤 試")
        assert (left.attendance, left.late) == ("", True)


def test_a_walk_in_is_recognised_by_organisation_and_name_or_entered_anew(store, event_id):
    group = organisations.organisation_named(store.database, "見本団地自治会")
    write(
        store,
        replace(
            organisations.all_people(store.database)[0], id=0, name="髙田 例", furigana="", organisation_id=group.id
        ),
    )
    before = len(organisations.all_people(store.database))
    add_walk_in(
        acting(store),
        event_id=event_id,
        device=Device.OWN,
        wanted=WantedPerson(name="高田例", furigana="たかだ れい", organisation_id=group.id),
    )
    assert len(organisations.all_people(store.database)) == before
    known = entry(store, event_id, "髙田 例")
    assert (known.number, known.walk_in, known.attendance, known.attended_at) == (8, True, "出席", DOOR)
    assert by_id(store.database, Person, known.person_id).furigana == "たかだ れい"
    said = add_walk_in(
        acting(store), event_id=event_id, wanted=WantedPerson(name=" 新顔 例 "), organisation_name="となりの町会"
    ).message
    assert said == "当日受付：新顔 例さん（9番）を受付済にしました。"
    with pytest.raises(UserError, match="6番"):
        add_walk_in(acting(store), event_id=event_id, wanted=WantedPerson(name="吉田例男", organisation_id=group.id))
    with pytest.raises(UserError, match="氏名"):
        add_walk_in(acting(store), event_id=event_id, wanted=WantedPerson(name="  "))
    assert read_reception(store, event_id=event_id).walk_in_count == 2


def test_a_place_gets_its_name_at_the_door_and_nobody_holds_two(store, event_id):
    assign_roster_numbers(acting(store), event_id=event_id)
    place = entry(store, event_id, "")
    with pytest.raises(UserError, match="1番"):
        name_entry(acting(store), entry_id=place.id, name="みほん節子")
    name_entry(acting(store), entry_id=place.id, name="後から 見本", furigana="あとから みほん", role="会計")
    named = entry(store, event_id, "後から 見本")
    assert (named.number, named.role) == (3, "会計")
    assert by_id(store.database, Person, named.person_id).organisation_id == place.organisation_id


def test_numbers_from_the_paper_list_are_kept_in_one_change_and_unknown_ones_said(store, event_id):
    assign_roster_numbers(acting(store), event_id=event_id)
    keyed = reception_services.record_attendance(acting(store), event_id=event_id, present=(1, 2, 5, 6, 88))
    assert (keyed.recorded, keyed.unknown, keyed.message) == ((1, 2, 5, 6), (88,), "1、2、5、6番を出席にしました。")
    again = reception_services.record_attendance(acting(store), event_id=event_id, present=(2, 3))
    assert (again.recorded, again.recorded_before) == ((3,), (2,))
    reception_services.record_attendance(acting(store), event_id=event_id, absent=(4,))
    with pytest.raises(UserError, match="両方"):
        reception_services.record_attendance(acting(store), event_id=event_id, present=(1,), absent=(1,))
    door = read_reception(store, event_id=event_id)
    assert [row.number for row in door.received] == [1, 2, 3, 5, 6]
    assert [row.number for row in read_reception(store, event_id=event_id).waiting] == [7]


def test_closing_counts_the_day_leaves_who_has_no_mark_and_can_be_undone(store, event_id):
    for name in ("みほん 節子", "髙橋 見本子", "齋藤 見本"):
        reception_services.receive(acting(store), entry_id=entry(store, event_id, name).id)
    add_walk_in(acting(store), event_id=event_id, wanted=WantedPerson(name="飛入 例"), organisation_name="となり町会")
    closing = reception_services.read_closing(store, event_id=event_id)
    assert (len(closing.absent), len(closing.unmarked)) == (0, 4)
    said = reception_services.close_reception(acting(store), event_id=event_id, witness="見本 係員").message
    assert said == (
        "受付を閉じました。出席 4人（うち当日受付 1人）、欠席 0人。未確認 4人は、名前を見て決めてください。"
    )
    found = result(store, event_id)
    assert (found.applied, found.attended, found.absent, found.walk_ins) == (7, 4, 0, 1)
    assert sum(not one.attendance for one in roster.entries(store.database, event_id)) == 4
    assert (found.applied_organisations, found.attended_organisations) == (3, 3)
    assert (found.lent_devices, found.own_devices, found.witness, found.source) == (0, 1, "見本 係員", "名簿")
    reception_services.mark_absent(acting(store), entry_id=entry(store, event_id, "伊藤 試").id)
    assert (
        result(store, event_id).absent,
        read_event_facts(store, by_id(store.database, Event, event_id)).people.unmarked,
    ) == (1, 3)
    history_services.undo(store, by=BY, now=DOOR)
    assert by_id(store.database, Event, event_id).status == "実施済"
    history_services.undo(store, by=BY, now=DOOR)
    assert result(store, event_id) is None
    assert by_id(store.database, Event, event_id).status == "予定"


def test_the_door_is_closed_at_nobody_of_seven_and_nobody_is_made_absent(store, event_id):
    said = reception_services.close_reception(acting(store), event_id=event_id).message
    assert "出席 0人" in said
    assert "未確認 7人" in said
    found = result(store, event_id)
    assert (found.attended, found.absent) == (0, 0)
    assert [row.state for row in read_reception(store, event_id=event_id).rows] == ["未受付"] * 7
    assert by_id(store.database, Event, event_id).status == "実施済"


def test_a_later_correction_keeps_the_result_in_step_and_typed_numbers_stay(store, event_id):
    reception_services.close_reception(acting(store), event_id=event_id)
    reception_services.receive(acting(store), entry_id=entry(store, event_id, "伊藤 試").id)
    assert (result(store, event_id).attended, result(store, event_id).absent) == (1, 0)
    noted = replace(result(store, event_id), witness="見本 係員")
    event_results.record_result(acting(store), event_id=event_id, result=noted)
    assert result(store, event_id).source == "名簿"
    assert read_closing(store, event_id=event_id).typed_result is None
    event_results.record_result(acting(store), event_id=event_id, result=replace(noted, attended=5))
    assert read_closing(store, event_id=event_id).typed_result == result(store, event_id)
    reception_services.receive(acting(store), entry_id=entry(store, event_id, "齋藤 見本").id)
    assert (result(store, event_id).attended, result(store, event_id).source) == (5, "")
    assert "入力されたまま" in reception_services.close_reception(acting(store), event_id=event_id).message
    reception_services.close_reception(acting(store), event_id=event_id, replace_typed=True)
    assert (result(store, event_id).attended, result(store, event_id).source) == (2, "名簿")


def test_what_is_put_right_on_the_roster_after_the_day_reaches_the_result(store, event_id):
    came, other, told = (entry(store, event_id, name).id for name in ("伊藤 試", "齋藤 見本", "渡邉 例子"))
    context = acting(store)
    for entry_id in (came, other):
        reception_services.receive(context, entry_id=entry_id)
    reception_services.close_reception(context, event_id=event_id)
    steps = (
        lambda: entry_changes.record_absence(context, entry_id=told),
        lambda: entry_changes.take_back_absence(context, entry_id=told),
        lambda: entry_changes.change_entry(context, entry_id=came, fields={"device": "持参"}),
        lambda: entry_changes.set_state(context, entry_id=told, state=EntryState.WITHDRAWN),
        lambda: entry_changes.restore_entry(context, entry_id=told),
        lambda: entry_changes.remove_entries(context, entry_ids=[other]),
    )
    for step in steps:
        step()
        found = result(store, event_id)
        counted = count_people(store, event_id)
        assert found == with_counts(found, counted)


def test_a_wish_for_a_tablet_is_printed_as_use_only_once_it_was_handed_over(store, event_id):
    context = acting(store)
    borrower, owner = (entry(store, event_id, name) for name in ("伊藤 試", "齋藤 見本"))
    with store.change(action="用意", by="用意", now=DOOR) as change:
        change.update(Entry, borrower.id, device=Device.LENT)
        change.update(Entry, owner.id, device=Device.OWN)
    for one in (borrower, owner):
        reception_services.receive(context, entry_id=one.id)
    close_reception(context, event_id=event_id)
    made = reports.start_report(ActionContext(store, BY, DOOR + timedelta(days=1)), event_id=event_id)

    def printed():
        (report,) = (one for one in _reports(store, event_id) if one.id == made.id)
        facts = gather_facts(store, event=by_id(store.database, Event, event_id), report=report)
        return dict(overview(facts).rows)["使用端末"]

    assert printed() == "貸与タブレット未確認、持参した端末1台、未確認1人"
    assert read_closing(store, event_id=event_id).counts.lent_devices == 0
    with store.change(action="用意", by="用意", now=DOOR) as change:
        tablet = change.insert(Tablet(number="902"))
        change.insert(TabletLoan(tablet_id=tablet, event_id=event_id, entry_id=borrower.id))
    hand_out(context, event_id=event_id, entry_ids=[borrower.id])
    assert printed() == "貸与タブレット1台、持参した端末1台　計2台"


def test_a_spare_lent_after_closing_counts_as_lent(store, event_id):
    came = entry(store, event_id, "伊藤 試")
    context = acting(store)
    reception_services.receive(context, entry_id=came.id)
    with store.change(action="用意", by="用意", now=DOOR) as change:
        tablet = change.insert(Tablet(number="901"))
        change.insert(TabletLoan(tablet_id=tablet, event_id=event_id, note=SPARE))
    reception_services.close_reception(context, event_id=event_id)
    before = result(store, event_id).lent_devices
    lend_spare(context, entry_id=came.id)
    assert (came.device, result(store, event_id).lent_devices) == ("", before + 1)


def test_a_substitute_takes_the_place_and_told_absences_count_as_absent(store, event_id):
    told, instead, alone = (entry(store, event_id, name) for name in ("伊藤 試", "", "𠮷田 例男"))
    with store.change(action="用意", by="用意", now=DOOR) as change:
        change.update(Entry, told.id, absent_told_at=DOOR)
        change.update(Entry, instead.id, substitute_for=told.id)
        change.update(Entry, alone.id, absent_told_at=DOOR)
    for row in read_reception(store, event_id=event_id).waiting:
        reception_services.receive(acting(store), entry_id=row.entry_id)
    reception_services.close_reception(acting(store), event_id=event_id)
    found = result(store, event_id)
    assert (found.applied, found.attended, found.absent) == (6, 5, 1)


def test_who_is_named_on_closing_as_absent_or_unmarked_is_who_is_counted(store, event_id):
    context = acting(store)
    people = entries_by_name(store, event_id)
    gone = people["齋藤 見本"].id
    entry_changes.record_absence(context, entry_id=people["伊藤 試"].id)
    entry_changes.replace_person(context, entry_id=gone, wanted=WantedPerson(name="見本 代理"), arriving=False)
    substitute = entries_by_name(store, event_id)["見本 代理"]
    for state, told in ((EntryState.APPLIED, ["伊藤 試"]), (EntryState.WITHDRAWN, ["伊藤 試", "齋藤 見本"])):
        with store.change(action="用意", by="用意", now=DOOR) as change:
            change.update(Entry, substitute.id, state=state)
        closing = read_closing(store, event_id=event_id)
        assert sorted(row.name for row in closing.absence_notices) == told
        assert (closing.counts.absent, closing.counts.unmarked) == (len(told), len(closing.unmarked))


def test_absent_is_one_number_at_the_door_in_the_result_and_on_the_day(store, event_id):
    context = acting(store)
    people = entries_by_name(store, event_id)
    entry_changes.record_absence(context, entry_id=people["伊藤 試"].id)
    substitute = WantedPerson(name="見本 代理")
    entry_changes.replace_person(context, entry_id=people["齋藤 見本"].id, wanted=substitute, arriving=True)
    for row in read_reception(store, event_id=event_id).waiting[:4]:
        reception_services.receive(context, entry_id=row.entry_id)
    (last,) = read_reception(store, event_id=event_id).waiting
    reception_services.mark_absent(context, entry_id=last.entry_id)
    assert read_reception(store, event_id=event_id).absent_count == 2
    reception_services.close_reception(context, event_id=event_id)
    assert (result(store, event_id).attended, result(store, event_id).absent) == (5, 2)
    told = {line.step: line.words for line in read_day(store, event_id=event_id, now=DOOR).lines}
    assert told["出席"] == "出席 5人・欠席 2人"
    assert told["実施"].startswith("出席 5人・欠席 2人")


def test_a_walk_in_that_was_taken_back_is_missed_by_nobody(store, event_id):
    context = acting(store)
    made = add_walk_in(context, event_id=event_id, wanted=WantedPerson(name="見本 飛入"))
    for row in read_reception(store, event_id=event_id).waiting:
        reception_services.receive(context, entry_id=row.entry_id)
    reception_services.undo_check_in(context, entry_id=made.id)
    closing = reception_services.read_closing(store, event_id=event_id)
    assert (closing.unmarked, closing.counts.unmarked) == ((), 0)
    reception_services.close_reception(context, event_id=event_id)
    told = {line.step: line for line in read_day(store, event_id=event_id, now=DOOR).lines}
    assert told["出席"].words == "出席 7人・欠席 0人"
    reception_services.mark_absent(context, entry_id=made.id)
    closing = reception_services.read_closing(store, event_id=event_id)
    assert (closing.absent, closing.counts.absent) == ((), 0)


def test_the_door_is_closed_only_from_the_day_on_and_not_for_a_cancelled_event(store, event_id):
    with pytest.raises(UserError, match="実施日"):
        reception_services.close_reception(ActionContext(store, BY, datetime(2026, 9, 23, 9)), event_id=event_id)


def test_the_attendance_reaches_the_report_and_the_survey(store, event_id):
    for row in read_reception(store, event_id=event_id).waiting[:5]:
        reception_services.receive(acting(store), entry_id=row.entry_id)
    reception_services.close_reception(acting(store), event_id=event_id)
    surveys.choose_questionnaire(acting(store), event_id=event_id)
    assert surveys.read_survey(store, event_id=event_id).attendance == 5
    made = reports.start_report(ActionContext(store, BY, datetime(2026, 9, 25, 9)), event_id=event_id)
    report = next(one for one in _reports(store, event_id) if one.id == made.id)
    assert gather_facts(store, event=by_id(store.database, Event, event_id), report=report).event.people.attended == 5


def test_what_a_lent_tablet_still_lacks_is_said_its_return_or_its_initialising(store, event_id):
    with store.change(action="用意", by="用意", now=DOOR) as change:
        tablets = [change.insert(Tablet(number=number)) for number in ("901", "902")]
        loans = [change.insert(TabletLoan(tablet_id=one, event_id=event_id, out_at=DOOR)) for one in tablets]

    def said():
        view = read_day(store, event_id=event_id, now=DOOR)
        return next(line.words for line in view.lines if line.step == "返却"), view.tablet_words.split("台　")[-1]

    assert said() == ("タブレット 2台　返却を記録するまで残ります", "未返却 2台")
    note_returned(acting(store), loan_ids=loans[:1])
    waiting = "返却済 1台、初期化の確認がまだ"
    assert said() == (f"タブレット 1台　返却を記録するまで残ります　タブレット {waiting}", waiting)
    note_returned(acting(store), loan_ids=loans[1:])
    assert said() == ("タブレット 返却済 2台、初期化の確認がまだ", "返却済 2台、初期化の確認がまだ")
    confirm_initialised(acting(store), loan_ids=loans, checked_by=BY)
    assert said()[0] == "すべて返却済　タブレット 2台"


def test_an_empty_roster_is_a_door_without_people(store):
    door = read_reception(store, event_id=add_lecture(store))
    assert isinstance(door, Reception)
    assert door.expected_count == 0


def _reports(store, event_id):
    from db.tables import reports as table

    return table.reports_of_event(store.database, event_id)


def test_somebody_who_comes_in_the_place_of_another_is_one_person_in_every_number(store, event_id):
    assign_roster_numbers(acting(store), event_id=event_id)
    place = entry(store, event_id, "𠮷田 例男")
    given = {"wanted": WantedPerson(name="代理 見本"), "arriving": True}
    said = entry_changes.replace_person(acting(store), entry_id=place.id, **given).message
    assert said == "𠮷田 例男さん（6番）の代理として、代理 見本さん（6番）を受付済にしました。"
    door = read_reception(store, event_id=event_id)
    [came] = door.received
    assert (came.number, came.is_substitute, came.time_text, came.state) == (6, True, "13:40", "受付済")
    assert [row.name for row in door.not_on_list] == ["𠮷田 例男"]
    with pytest.raises(UserError, match="代理"):
        entry_changes.replace_person(acting(store), entry_id=place.id, **given)
    closing = reception_services.read_closing(store, event_id=event_id)
    assert (closing.counts.attended, closing.counts.substitutes, closing.counts.decided) == (1, 1, 7)
    assert closing.absence_notices == ()
    reception_services.close_reception(acting(store), event_id=event_id)
    found = result(store, event_id)
    assert (found.applied, found.attended, found.absent) == (7, 1, 0)
    for _ in range(2):
        history_services.undo(store, by=BY, now=DOOR)
    assert [row.number for row in read_reception(store, event_id=event_id).waiting if row.name == "𠮷田 例男"] == [6]


def test_late_is_told_before_and_stays_noted_when_the_person_has_come(store, event_id):
    one, seen = entry(store, event_id, "伊藤 試"), entry(store, event_id, "齋藤 見本")
    assert "遅刻の連絡" in reception_services.note_late(acting(store), entry_id=one.id).message
    door = read_reception(store, event_id=event_id)
    assert [(row.name, row.state) for row in door.waiting if row.is_late] == [("伊藤 試", "未受付")]
    assert door.late_count == 0
    for row in (one, seen):
        reception_services.receive(acting(store), entry_id=row.id)
    reception_services.note_late(acting(store), entry_id=seen.id)
    assert read_reception(store, event_id=event_id).late_count == 2
    assert reception_services.read_closing(store, event_id=event_id).counts.late == 2
    reception_services.note_late(acting(store), entry_id=seen.id, late=False)
    reception_services.mark_absent(acting(store), entry_id=one.id)
    assert read_reception(store, event_id=event_id).late_count == 0
    with pytest.raises(UserError, match="遅刻"):
        reception_services.note_late(acting(store), entry_id=one.id)


def test_nobody_is_received_before_the_day_and_the_clock_notes_nobody_after_it(store, event_id):
    one, walked = entry(store, event_id, "伊藤 試"), WantedPerson(name="飛入 見本")
    early, after = DOOR - timedelta(days=1), DOOR + timedelta(days=1)
    acts = (
        lambda now: reception_services.receive(ActionContext(store, BY, now), entry_id=one.id),
        lambda now: reception_services.mark_absent(ActionContext(store, BY, now), entry_id=one.id),
        lambda now: add_walk_in(ActionContext(store, BY, now), event_id=event_id, wanted=walked),
        lambda now: reception_services.record_attendance(
            ActionContext(store, BY, now), event_id=event_id, present=(1,)
        ),
    )
    for act in acts:
        with pytest.raises(UserError, match="受付は当日から"):
            act(early)
    with pytest.raises(UserError, match="紙の名簿から出欠"):
        acts[0](after)
    reception_services.receive_from_paper(ActionContext(store, BY, after), entry_id=one.id)
    acts[2](after)
    assert [(row.name, row.time_text) for row in read_reception(store, event_id=event_id).received] == [
        ("伊藤 試", ""),
        ("飛入 見本", ""),
    ]


def test_who_declined_before_places_were_given_is_not_counted_as_absent(store):
    event_id = add_lecture(store, DOOR.date())
    write(
        store,
        *(Entry(event_id=event_id, organisation_name=f"みほん会{at}", state="決定") for at in range(20)),
        *(Entry(event_id=event_id, organisation_name=f"はずれ会{at}", state="落選") for at in range(19)),
        Entry(event_id=event_id, organisation_name="ことわり会", absent_told_at=DOOR - timedelta(days=9)),
    )
    closing = reception_services.read_closing(store, event_id=event_id)
    assert (closing.counts.applied, closing.counts.decided, closing.counts.unmarked) == (40, 20, 20)
    assert (len(closing.unmarked), closing.absent, closing.absence_notices) == (20, (), ())
    reception_services.close_reception(acting(store), event_id=event_id)
    declined = next(one for one in read_roster(store, event_id=event_id).rows if one.organisation_name == "ことわり会")
    assert declined.entry.attendance == ""
    assert result(store, event_id).absent == 0


def test_whoever_has_the_name_of_somebody_on_the_roster_is_never_entered_twice_unasked(store, event_id):
    waiting = waiting_one(store, event_id)
    wanted = WantedPerson(name=WAITING.replace(" ", "　"))
    on_list = WantedPerson(name="伊藤試")
    (asked,) = find_similar_entries(store, event_id=event_id, wanted=on_list)
    assert asked.words == "決定　伊藤 試（見本団地自治会）"
    group = organisations.organisation_named(store.database, "見本団地自治会").id
    for known in (replace(on_list, organisation_id=group), replace(on_list, name=" ", furigana="いとう こころみ")):
        assert find_similar_entries(store, event_id=event_id, wanted=known) == ()
    before = len(roster.entries(store.database, event_id))
    asked = find_similar_entries(store, event_id=event_id, wanted=wanted)
    assert [(one.entry_id, one.words) for one in asked] == [(waiting, f"補欠4　{WAITING}（みほん待町会）")]
    with pytest.raises(UserError, match="同じお名前"):
        add_walk_in(acting(store), event_id=event_id, wanted=wanted)
    # By its reading as well, however the name is written.
    assert find_similar_entries(store, event_id=event_id, wanted=WantedPerson(name="補実 待子", furigana="ほみまちこ"))

    add_walk_in(acting(store), event_id=event_id, wanted=wanted, same_as=waiting)
    kept = by_id(store.database, Entry, waiting)
    assert (kept.state, kept.attendance, kept.walk_in, kept.number) == ("決定", "出席", True, 8)
    assert len(roster.entries(store.database, event_id)) == before
    with pytest.raises(UserError, match="受付済"):
        add_walk_in(acting(store), event_id=event_id, wanted=wanted, same_as=waiting)
    add_walk_in(acting(store), event_id=event_id, wanted=wanted, another=True)
    assert len(roster.entries(store.database, event_id)) == before + 1


@pytest.mark.parametrize(
    ("known", "device", "walk_in", "kept"),
    [
        ({"absent_told_at": DOOR}, Device.UNKNOWN, False, Device.LENT),
        ({"absent_told_at": DOOR}, Device.OWN, False, Device.OWN),
        ({"state": "補欠", "waiting_order": 1, "absent_told_at": DOOR, "number": None}, Device.OWN, True, Device.OWN),
        ({"state": "辞退", "number": None}, Device.UNKNOWN, True, Device.LENT),
        ({"state": "辞退", "number": 7}, Device.UNKNOWN, True, Device.LENT),
    ],
)
def test_whoever_gave_a_place_up_and_comes_keeps_the_entry(store, event_id, known, device, walk_in, kept):
    assign_roster_numbers(acting(store), event_id=event_id)
    one = entry(store, event_id, "𠮷田 例男")
    with store.change(action="用意", by="用意", now=DOOR) as change:
        change.update(Entry, one.id, **known)
    before = by_id(store.database, Entry, one.id)
    by_name = WantedPerson(name="𠮷田例男", organisation_id=one.organisation_id)
    said = add_walk_in(acting(store), event_id=event_id, wanted=by_name, device=device)
    number = before.number or 8
    assert said.message == f"当日受付：𠮷田 例男さん（{number}番）を受付済にしました。"
    came = {"state": "決定", "attendance": "出席", "attended_at": DOOR, "absent_told_at": None, "number": number}
    assert by_id(store.database, Entry, one.id) == replace(before, **came, walk_in=walk_in, device=kept)


def test_a_walk_in_chosen_from_the_register_is_of_the_organisation_that_stands_there(store, event_id):
    group = organisations.organisation_named(store.database, "見本団地自治会").id
    (person,) = write(store, Person(organisation_id=group, name="見本 登録", furigana="みほん とうろく"))
    wanted = WantedPerson(name="見本 登録", person_id=person, role=" 会計 ")
    for given, organisation, typed in (
        ({"wanted": wanted}, group, ""),
        ({"wanted": WantedPerson(name="無所属 例")}, None, "となりの町会"),
    ):
        made = add_walk_in(acting(store), event_id=event_id, organisation_name=" となりの町会 ", **given).id
        found = by_id(store.database, Entry, made)
        of = {"organisation_id": organisation, "organisation_name": typed, "role": given["wanted"].role.strip()}
        came = {"state": "決定", "applied_at": DOOR, "way": "当日", "attendance": "出席", "attended_at": DOOR}
        known = {"id": made, "event_id": event_id, "person_id": found.person_id, "number": found.number}
        assert found == Entry(**known, **of, **came, walk_in=True)


@pytest.mark.parametrize(("before", "left"), [(None, None), (DOOR - timedelta(minutes=5), DOOR - timedelta(minutes=5))])
def test_only_a_tablet_handed_over_with_the_check_in_is_taken_back_with_it(store, event_id, before, left):
    one, other = entry(store, event_id, "髙橋 見本子"), entry(store, event_id, "齋藤 見本")
    tablets = write(store, Tablet(number="901"), Tablet(number="902"), Tablet(number="903"))
    given = ((one.id, before, ""), (other.id, DOOR, ""), (None, None, SPARE))
    loans = write(
        store,
        *(
            TabletLoan(tablet_id=tablet, event_id=event_id, entry_id=who, out_at=out, note=note)
            for tablet, (who, out, note) in zip(tablets, given, strict=True)
        ),
    )
    counted = asdict(read_reception(store, event_id=event_id).tablets)
    out = 1 + (before is not None)
    assert counted == {"needed": 3, "spare": 1, "handed_out": out, "waiting": 3 - out, "spare_handed_out": 0}

    def out_at():
        return [by_id(store.database, TabletLoan, loan).out_at for loan in loans]

    reception_services.receive(acting(store), entry_id=one.id)
    assert out_at() == [before or DOOR, DOOR, None]
    assert asdict(read_reception(store, event_id=event_id).tablets) == counted | {"handed_out": 2, "waiting": 1}
    reception_services.undo_check_in(acting(store), entry_id=one.id)
    assert out_at() == [left, DOOR, None]
    lend_spare(acting(store), entry_id=entry(store, event_id, "𠮷田 例男").id)
    reception_services.mark_absent(acting(store), entry_id=other.id)
    now = {"needed": 1, "spare_handed_out": 1, "handed_out": out - 1, "waiting": 2 - out}
    assert asdict(read_reception(store, event_id=event_id).tablets) == counted | now
