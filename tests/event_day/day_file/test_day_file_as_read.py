"""A file that comes back, read line by line: what each side noted, what becomes of it, and what stands afterwards."""

from dataclasses import replace

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event_day.day_file.rules import (
    attendance_merge_verdict,
    attendance_words,
    attended_on_both_sides,
    merge_verdict,
    time_words,
)
from app.event_day.day_file.services.day_file_checkout import gather_contents, preview_day_file
from app.event_day.day_file.services.day_file_differences import _ThreeStates
from app.event_day.day_file.services.day_file_return import destroy_day_copy, read_return, return_day_file
from app.event_day.reception import services as reception
from app.events.roster.services import entry_changes
from app.events.roster.services.entry_names import WantedPerson, name_entry
from app.events.roster.services.roster import read_roster
from db.records.organisations import Organisation, Person
from db.records.protection import Checkout
from db.records.roster import Arrangement, Entry, TabletLoan
from db.redactions import REDACTED
from db.rows import by_id
from db.tables import organisations, roster
from tests.support.day_files import BACK, CHECKER, OUT, PASSWORD, at_door, at_venue, take_out
from tests.support.door_people import DOOR, entries_by_name, write
from tests.support.paper_lines import assert_paper
from tests.support.view_lines import view_lines
from tests.support.years import BY

SOONER, LATER = DOOR.replace(minute=35), DOOR.replace(minute=50)
NAMES = ("みほん 節子", "髙橋 見本子", "齋藤 見本", "渡邉 例子", "𠮷田 例男", "伊藤 試", "")


@pytest.fixture
def path(store, event_id, tmp_path):
    return take_out(store, event_id, tmp_path).path


@pytest.fixture
def entry(store, event_id, path):
    return {name: one.id for name, one in entries_by_name(store, event_id).items()}


def put(store, row_id, kind=Entry, **values):
    with store.change(action="用意", by=BY, now=DOOR) as change:
        change.update(kind, row_id, **values)


def at_the_venue(path, event_id, entry):
    """What somebody at the venue notes on an afternoon, one thing for each kind."""
    with at_venue(path) as day:
        store, acting = day.store, ActionContext(day.store, **at_door(day))
        first, second, third, fourth, fifth, sixth, unnamed = (entry[name] for name in NAMES)
        for one in (first, second, fifth):
            reception.receive(acting, entry_id=one)
        put(store, first, device="貸与", photo="不可")
        put(store, second, late=True)
        reception.mark_absent(acting, entry_id=third)
        put(store, sixth, late=True, device="持参")
        given = WantedPerson(name="代理 見本", furigana="だいり みほん")
        entry_changes.replace_person(acting, entry_id=fourth, wanted=given, arriving=True)
        name_entry(acting, entry_id=unnamed, name="後から 見本", role="会計")
        reception.receive(acting, entry_id=unnamed)
        for name, group, more in (
            ("飛入 𠮷子", 3, {"device": "貸与"}), ("外野 見本", None, {"organisation_name": "名簿にない会"}),
            ("同着 見本", 1, {}),
        ):  # fmt: skip
            wanted = WantedPerson(name=name, organisation_id=group)
            reception.add_walk_in(acting, event_id=event_id, wanted=wanted, **more)
        person = entries_by_name(store, event_id)["伊藤 試"].person_id
        put(store, person, Person, furigana="いとう ためし")
        loan = roster.loans(store.database, event_id)[1]
        put(store, loan.id, TabletLoan, out_at=SOONER, back_at=LATER)


def in_the_office(store, event_id, entry):
    """What the office notes meanwhile, some of it the same, some otherwise."""
    first, second, third, _fourth, fifth, sixth, unnamed = (entry[name] for name in NAMES)
    acting = ActionContext(store, BY, SOONER)
    reception.receive(acting, entry_id=first)
    put(store, first, photo="可")
    reception.receive(ActionContext(store, BY, LATER), entry_id=third)
    entry_changes.remove_entries(acting, entry_ids=[fifth])
    put(store, sixth, late=True)
    name_entry(acting, entry_id=unnamed, name="別の 見本")
    put(store, entries_by_name(store, event_id)["伊藤 試"].person_id, Person, furigana="いとう し")
    wanted = WantedPerson(name="同着 見本", organisation_id=1)
    reception.add_walk_in(ActionContext(store, BY, LATER), event_id=event_id, wanted=wanted)
    other = WantedPerson(name="飛入 𠮷子", organisation_id=3)
    made = reception.add_walk_in(ActionContext(store, BY, LATER), event_id=event_id, wanted=other)
    reception.mark_absent(acting, entry_id=made.id)
    elsewhere = WantedPerson(name="外野 見本")
    reception.add_walk_in(ActionContext(store, BY, LATER), event_id=event_id, wanted=elsewhere)
    _first, gone, lent, spare = (one.id for one in roster.loans(store.database, event_id))
    with store.change(action="用意", by=BY, now=DOOR) as change:
        change.delete(TabletLoan, gone)
    put(store, lent, TabletLoan, out_at=LATER, back_at=BACK, entry_id=first)
    put(store, spare, TabletLoan, out_at=SOONER, entry_id=first)
    put(store, second, number=None)
    put(store, third, number=None)
    put(store, entries_by_name(store, event_id)["同着 見本"].id, number=4)


def said(found):
    lines = view_lines(found, "event", "checkout", "differences")
    return lines + [
        f"{one.verdict}｜{one.kind}｜{one.who_words}｜{one.at_checkout} → {one.venue}｜事務所 {one.office}"
        f"　{one.renumbered}"
        for one in found.differences
    ]


def stands(store, event_id):
    names = {row.id: row.name for row in read_roster(store, event_id=event_id).rows}
    lines = []
    for one in sorted(roster.entries(store.database, event_id), key=lambda one: (one.number or 99, one.id)):
        first = f"（{names[one.substitute_for]}の代理）" if one.substitute_for else ""
        lines.append(
            f"{one.number or '−'}｜{names[one.id]}{first}｜{one.organisation_id or one.organisation_name}｜"
            f"{attendance_words(one)}｜{one.role}｜{one.device}｜撮影 {one.photo}{'｜当日' * one.walk_in}"
        )
    lines += [
        f"{one.name}｜{one.furigana}" for one in organisations.all_people(store.database) if "いと" in one.furigana
    ]
    for one in roster.loans(store.database, event_id):
        lines.append(f"T{one.tablet_id}｜{names.get(one.entry_id)}｜{time_words(one.out_at)}→{time_words(one.back_at)}")
    return lines


def brought(store, path, side=None):
    found = read_return(store, path=path, password=PASSWORD)
    choices = {one.key: side for one in found.conflicts}
    made = return_day_file(
        ActionContext(store, BY, BACK), path=path, password=PASSWORD, choices=choices, checked_by=f" {CHECKER} "
    )
    row = by_id(store.database, Checkout, made.id)
    return [*said(found), made.message, f"備考：{row.note}"]


def test_what_the_venue_alone_noted_goes_in(store, event_id, path, entry):
    at_the_venue(path, event_id, entry)
    assert_paper([*brought(store, path), *stands(store, event_id)], "会場だけ")


@pytest.mark.parametrize("side", ["会場", "事務所"])
def test_what_both_noted_is_asked_and_goes_as_it_is_chosen(store, event_id, path, entry, side):
    at_the_venue(path, event_id, entry)
    in_the_office(store, event_id, entry)
    found = read_return(store, path=path, password=PASSWORD)
    choices = {one.key: side for one in found.conflicts[1:]}
    with pytest.raises(UserError, match="会場と事務所で違う1件が、まだ選ばれていません。"):
        return_day_file(
            ActionContext(store, BY, BACK), path=path, password=PASSWORD, choices=choices, checked_by=CHECKER
        )
    assert_paper([*brought(store, path, side), *stands(store, event_id)], f"どちらも　{side}にする")


def test_a_copy_that_was_brought_back_says_so_and_changes_nothing(store, event_id, path, entry, tmp_path):
    at_the_venue(path, event_id, entry)
    copy = tmp_path / "写し.dkday"
    copy.write_bytes(path.read_bytes())
    brought(store, path)
    found = read_return(store, path=copy, password=PASSWORD)
    assert (found.is_already_merged, found.differences) == (True, ())
    with pytest.raises(UserError, match=r"このファイルは、9/24\(木\) 17:05に戻されています。"):
        return_day_file(ActionContext(store, BY, BACK), path=copy, password=PASSWORD, choices={}, checked_by=CHECKER)
    assert destroy_day_copy(path=copy, password=PASSWORD)
    assert not copy.exists()


def test_who_was_erased_since_comes_with_marks_alone(store, event_id, path, entry):
    at_the_venue(path, event_id, entry)
    person = entries_by_name(store, event_id)["伊藤 試"].person_id
    put(store, person, Person, name=REDACTED, furigana="")
    found = read_return(store, path=path, password=PASSWORD)
    assert found.notes == ("消去した1人の記録は入れません（出欠などの印だけを入れます）。",)
    assert [(one.kind, one.who_words) for one in found.differences if "消去" in one.who_words] == [
        ("出欠", "7番 消去済（見本団地自治会）"),
        ("端末", "7番 消去済（見本団地自治会）"),
    ]


def test_a_value_goes_in_only_where_the_office_left_it():
    values = ("", "A", "B")
    found = [
        f"{''.join(one or '−' for one in (was, venue, office))} {merge_verdict(was, venue, office)}"
        for was in values[:2]
        for venue in values
        for office in values
    ]
    assert_paper(found, "三つの値")
    was = Entry(id=1, event_id=1, state="決定")
    came, late, out = (
        replace(was, attendance="出席", attended_at=DOOR, **one) for one in ({}, {"late": True}, {"state": "補欠"})
    )
    timeless, sooner = replace(came, attended_at=None), replace(came, attended_at=SOONER)
    sides = {"未": was, "出席": came, "遅刻": late, "時刻なし": timeless, "先": sooner, "補欠": out}
    said = [
        f"会場{venue}・事務所{office}：{attendance_merge_verdict(was, one, other)}"
        f"{'　同じ' * attended_on_both_sides(one, other)}"
        for venue, one in sides.items()
        for office, other in sides.items()
        if "未" not in (venue, office) or venue != office
    ]
    assert_paper(said, "出欠の突き合わせ")


def test_an_attendance_is_said_in_words():
    one = Entry(id=1, event_id=1, state="決定")
    came = {"attendance": "出席", "attended_at": DOOR}
    given = (
        {}, {"late": True}, {"attendance": "欠席"}, {"attendance": "欠席", "late": True}, {"absent_told_at": OUT},
        {"state": "補欠"}, {"state": "補欠", "absent_told_at": OUT}, came, came | {"late": True},
        {"attendance": "出席"}, came | {"state": "辞退"},
    )  # fmt: skip
    assert [attendance_words(replace(one, **each)) for each in given] == [
        "未受付", "遅刻の連絡", "欠席", "欠席", "欠席の連絡", "補欠", "補欠", "出席 13:40", "出席 13:40（遅刻）",
        "出席", "出席 13:40",
    ]  # fmt: skip


def test_what_is_taken_along_says_what_of_the_needs_and_of_the_spare_tablets(store, event_id):
    write(store, Arrangement(event_id=event_id, kind="手話通訳"))
    first = roster.entries(store.database, event_id)[0].id
    put(store, first, care=" ")
    (elsewhere,) = write(store, Organisation(name="名簿にない会"))
    put(store, 1, Person, organisation_id=elsewhere)
    for loan in roster.loans(store.database, event_id)[:1]:
        put(store, loan.id, TabletLoan, note="電話番号を書いた")
    for with_care in (True, False):
        found = gather_contents(store, event_id=event_id, with_care=with_care)
        lines = [f"{name} {len(rows)}件" for name, rows in found.items()]
        lines += [f"配慮｜{row['care']}" for row in found["entries"]]
        lines += [f"覚え｜{row['note']}" for row in found["tablet_loans"]]
        lines += [f"人の団体｜{row['organisation_id']}" for row in found["people"]]
        assert_paper(lines, f"持ち出すもの {with_care}")
    offer = preview_day_file(store, event_id=event_id)
    assert_paper(view_lines(offer, "event"), "持ち出す前")


def test_who_belongs_to_no_organisation_is_the_same_person_when_taken_back_into_the_list(store, event_id, tmp_path):
    (person,) = write(store, Person(name="見本 無所属"))
    (place,) = write(store, Entry(event_id=event_id, person_id=person, state="決定"))
    path = take_out(store, event_id, tmp_path).path
    with at_venue(path) as day:
        reception.receive(ActionContext(day.store, **at_door(day)), entry_id=place)
    entry_changes.remove_entries(ActionContext(store, BY, SOONER), entry_ids=[place])
    brought(store, path, "会場")
    assert entries_by_name(store, event_id)["見本 無所属"].person_id == person


def test_what_the_office_alone_changed_stays_and_another_name_of_an_organisation_is_another_one(
    store, event_id, path, entry
):
    entry_changes.remove_entries(ActionContext(store, BY, SOONER), entry_ids=[entry["渡邉 例子"]])
    put(store, 3, Organisation, name="見本団地連合自治会")
    with at_venue(path) as day:
        acting = ActionContext(day.store, **at_door(day))
        for name, group in (("飛入 一", 2), ("飛入 二", 3)):
            wanted = WantedPerson(name=name, organisation_id=group)
            reception.add_walk_in(acting, event_id=event_id, wanted=wanted)
    lines = [one for one in brought(store, path) if "｜" in one]
    assert [one.split("｜")[2] for one in lines] == ["8番 飛入 一（みほん桜自治会）", "9番 飛入 二（見本団地自治会）"]
    made = [entries_by_name(store, event_id)[one] for one in ("飛入 一", "飛入 二")]
    assert [(one.organisation_id, one.organisation_name) for one in made] == [(2, ""), (None, "見本団地自治会")]


def test_the_first_number_of_all_is_one():
    states = _ThreeStates(None, 3, {}, {}, {}, {}, {}, {})
    assert [states.predicted_number(Entry(event_id=3)) for _ in range(2)] == [1, 2]


def test_who_arrived_at_the_same_moment_is_one_person_where_the_name_is_the_same(store, event_id, path):
    with at_venue(path) as day:
        acting = ActionContext(day.store, **at_door(day))
        for name in ("飛入 一", "飛入 二"):
            reception.add_walk_in(acting, event_id=event_id, wanted=WantedPerson(name=name))
    reception.add_walk_in(ActionContext(store, BY, DOOR), event_id=event_id, wanted=WantedPerson(name="飛入 二"))
    brought(store, path)
    found = [(row.name, row.entry.number) for row in read_roster(store, event_id=event_id).rows if row.entry.walk_in]
    assert sorted(found) == [("飛入 一", 9), ("飛入 二", 8)]
