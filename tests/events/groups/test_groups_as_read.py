"""班 as they are divided, warned about and read, case by case and step by step."""

from datetime import date, datetime

import pytest

from app.actions.user_error import UserError
from app.events.groups import services
from app.events.groups.rules import GroupMember, group_warnings, propose_groups
from app.events.roster.services.roster import assign_roster_numbers, read_roster
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.roster import Entry, GroupWish, TableGroup
from db.rows import by_id, rows
from tests.support.door_people import acting, door_event, entries_by_name, who, write
from tests.support.paper_lines import assert_paper
from tests.support.years import add_lecture


def people(*rows):
    """Members from organisation, branch and experience, the ids from 1."""
    return [
        GroupMember(entry_id=number, organisation=name, branch=branch, experience=count)
        for number, (name, branch, count) in enumerate(rows, 1)
    ]


def wish(first, second, *, together):
    return GroupWish(event_id=1, first_entry_id=first, second_entry_id=second, together=together)


TWELVE = people(
    ("あ町会", "第1支部", 5),
    ("あ町会", "第1支部", 0),
    ("あ町会", "第1支部", 3),
    ("い町会", "第1支部", 1),
    ("い町会", "第1支部", 4),
    ("う町会", "第2支部", 2),
    ("う町会", "第2支部", 0),
    ("え町会", "第2支部", 6),
    ("", "第3支部", 0),
    ("", "", 2),
    ("", "", 0),
    ("お町会", "第3支部", 1),
)
ALONE = people(*[("", "", 0)] * 5)
WISHES = (
    (), (wish(1, 2, together=True), wish(6, 7, together=True)),
    (wish(9, 10, together=False), wish(1, 4, together=False)),
    (wish(1, 2, together=True), wish(2, 3, together=True), wish(3, 8, together=False)),
    (wish(1, 99, together=True), wish(1, 1, together=True)),
)  # fmt: skip


def test_people_are_divided_by_wishes_then_organisations_then_branches_then_experience():
    said = []
    for title, members, count, wishes in (
        *((f"12人{count}班 希望{at}", TWELVE, count, each) for count in (2, 3, 5) for at, each in enumerate(WISHES)),
        ("5人2班", ALONE, 2, ()), ("5人5班", ALONE, 5, ()), ("5人9班", ALONE, 9, ()), ("5人1班", ALONE, 1, ()),
        ("経験", people(*[("", "", one) for one in (9, 8, 7, 3, 2, 1)]), 2, ()),
        ("支部", people(*[("", one, 0) for one in ("甲", "甲", "乙", "乙", "乙", "甲", "", "")]), 4, ()),
        ("支部と経験", people(("", "甲", 9), ("", "甲", 0), ("", "乙", 9), ("", "乙", 0)), 2, ()),
    ):  # fmt: skip
        groups = propose_groups(members, count, wishes)
        said.append(f"【{title}】")
        for number in sorted({*groups.values()}):
            inside = [one for one in members if groups[one.entry_id] == number]
            told = (f"{one.entry_id}{one.organisation}{one.branch}・{one.experience}" for one in inside)
            said.append(f"{number}班　" + "、".join(told))
    assert_paper(said, "班の案")
    assert [propose_groups(*given) for given in ((ALONE, 0), (ALONE, -1), ([], 3))] == [{}, {}, {}]


@pytest.mark.parametrize(
    ("seats", "wishes", "kinds"),
    [
        ({1: 1, 2: 1}, (), ["同じ団体"]), ({1: 1, 2: 2}, (), []), ({1: 1, 2: None}, (), []), ({9: 1, 10: 1}, (), []),
        ({1: 1, 2: 1}, WISHES[1], []), ({1: 1, 2: 1, 3: 1}, WISHES[1], ["同じ団体"]),
        ({1: 1, 2: 1, 4: 2}, WISHES[2], ["同じ団体"]), ({1: 1, 4: 1}, WISHES[2], ["別の班の希望"]),
        ({1: 1, 4: None}, WISHES[2], []),
        ({1: 1, 2: 2}, WISHES[1], ["同じ班の希望"]), ({1: 1, 4: 1, 6: 1, 9: 2}, (), ["人数の差"]),
        ({1: 1, 4: 1, 9: 2}, (), []),
        ({1: 1, 2: 1}, (wish(1, 2, together=False),), ["同じ団体", "別の班の希望"]),
        ({4: 2, 5: 2, 1: 1, 2: 1}, (), ["同じ団体", "同じ団体"]), ({}, WISHES[1], []),
    ],
)  # fmt: skip
def test_a_division_is_warned_about_where_it_matters(seats, wishes, kinds):
    assert [one.kind for one in group_warnings(TWELVE, seats, wishes)] == kinds


def test_groups_are_read_with_their_people_wishes_and_what_came_of_each_step(store):
    event_id, said = door_event(store), []
    with pytest.raises(UserError, match="班に分ける参加者"):
        services.propose_groups(acting(store), event_id=add_lecture(store, date(2026, 11, 5)), count=2)
    assign_roster_numbers(acting(store), event_id=event_id)
    entries = entries_by_name(store, event_id)
    first, second, third = (entries[name].id for name in ("みほん 節子", "髙橋 見本子", "齋藤 見本"))

    def look(title, message=""):
        view, event = services.read_groups(store, event_id=event_id), by_id(store.database, Event, event_id)
        said.append(f"【{title}】{view.people_count}人　{event.groups}班・進行{event.facilitators}　{message}")
        for one in view.columns:
            said.append(f"{one.group.number}班 {one.group.facilitator}　" + "、".join(row.name for row in one.people))
        said.append("なし　" + "、".join(row.name for row in view.people_without_group))
        said.extend(f"希望 {one.first.name}と{one.second.name} {one.wish.together}" for one in view.wishes)
        said.extend(f"注意 {one.kind} {one.entry_ids} {one.group} {one.organisation}" for one in view.warnings)
        said.append(f"前に来た {sorted(view.attended_before.values())}")

    def act(does, title="", **given):
        try:
            done = does(acting(store), **given).message
        except UserError as error:
            done = f"×{error}".replace("\n", "")
        look(title or does.__name__, done)

    look("はじめ")
    act(services.add_group, event_id=event_id)
    act(services.set_facilitator, event_id=event_id, group_number=1, facilitator=" 見本 ")
    act(services.set_facilitator, event_id=event_id, group_number=3, facilitator="見本")
    act(services.propose_groups, event_id=event_id, count=3)
    act(services.set_facilitator, event_id=event_id, group_number=2, facilitator="例野")
    act(services.set_facilitator, "進行がいない", event_id=event_id, group_number=2, facilitator=" ")
    act(services.add_group_wish, event_id=event_id, first_entry_id=first, second_entry_id=second, together=True)
    act(services.add_group_wish, event_id=event_id, first_entry_id=second, second_entry_id=first, together=False)
    act(services.add_group_wish, event_id=event_id, first_entry_id=second, second_entry_id=third, together=True)
    act(services.assign_to_group, entry_ids=[first, second], group_number=2)
    act(services.assign_to_group, "班なし", entry_ids=[first], group_number=None)
    act(services.assign_to_group, "ない班", entry_ids=[first], group_number=9)
    act(services.assign_to_group, "だれもいない", entry_ids=[], group_number=1)
    earlier = [(add_lecture(store, date(2026, 9, day)), "出席") for day in (1, 2, 3, 4)]
    counts = (("みほん 節子", 4), ("髙橋 見本子", 1), ("齋藤 見本", 0))
    people_ = {entries[name].person_id: count for name, count in counts}
    came = datetime(2026, 9, 4, 14)
    for person, count in people_.items():
        for at, (event, attendance) in enumerate(earlier):
            given = {"attendance": attendance, "attended_at": came} if at < count else {"attendance": "欠席"}
            write(store, Entry(event_id=event, person_id=person, state="決定", **given))
    with store.change(action="段階", **who()) as change:
        change.update(Organisation, rows(store.database, Organisation)[2].id, stages={"LINE": "2", "HP": "4", "X": "×"})
    before = services.read_groups(store, event_id=event_id).attended_before
    members = services._group_members(read_roster(store, event_id=event_id), before)
    said.append("経験　" + "、".join(f"{one.organisation}{one.branch}{one.experience}" for one in members))
    act(services.propose_groups, "2班", event_id=event_id, count=2)
    for count in (0, 7, 8):
        act(services.propose_groups, f"{count}班", event_id=event_id, count=count)
    with store.change(action="用意", **who()) as change:
        change.update(Entry, third, state="辞退", group_number=7)
        change.update(Entry, first, group_number=9)
    look("辞退と、ない班")
    act(services.propose_groups, "1班", event_id=event_id, count=1)
    assert by_id(store.database, Entry, third).group_number is None
    act(services.remove_group, event_id=event_id, group_number=1)
    with store.change(action="用意", **who()) as change:
        change.insert(TableGroup(event_id=event_id, number=19))
    act(services.add_group, event_id=event_id)
    act(services.add_group, "21班", event_id=event_id)
    assert_paper(said, "班")
