"""班 of an event on a real store: a proposal, who sits where, wishes, and what is said."""

from collections import Counter
from datetime import date, datetime

import pytest

from app.actions.user_error import UserError
from app.events.groups import services as groups
from app.events.roster.services.roster import assign_roster_numbers, read_roster
from app.history import services as history_services
from db.records.events import Event
from db.records.roster import Entry
from db.rows import by_id
from db.tables import roster
from tests.support import door_people
from tests.support.door_people import DOOR, acting, door_event, entries_by_name, write
from tests.support.years import BY, add_lecture


@pytest.fixture
def event_id(store):
    made = door_event(store)
    assign_roster_numbers(acting(store), event_id=made)
    return made


def test_a_proposal_seats_everybody_and_keeps_facilitators(store, event_id):
    said = groups.propose_groups(acting(store), event_id=event_id, count=3).message
    assert said == "7人を3班に分けました（1班 2〜3人）。"
    groups.set_facilitator(acting(store), event_id=event_id, group_number=2, facilitator="見本 進行")
    groups.propose_groups(acting(store), event_id=event_id, count=2)
    view = groups.read_groups(store, event_id=event_id)
    assert [len(column.people) for column in view.columns] in ([3, 4], [4, 3])
    assert [column.group.facilitator for column in view.columns] == ["", "見本 進行"]
    assert (view.people_without_group, view.people_count) == ((), 7)
    event = by_id(store.database, Event, event_id)
    assert isinstance(event, Event)
    assert (event.groups, event.facilitators) == (2, 1)
    with pytest.raises(UserError, match="9班"):
        groups.propose_groups(acting(store), event_id=event_id, count=9)
    for _ in range(3):
        history_services.undo(store, by=BY, now=DOOR)
    assert roster.groups(store.database, event_id) == []
    assert all(entry.group_number is None for entry in door_people.all_entries(store, event_id))


def test_moving_people_wishes_and_what_is_said(store, event_id):
    for _ in range(2):
        groups.add_group(acting(store), event_id=event_id)
    assert by_id(store.database, Event, event_id).groups == 2
    by_name = entries_by_name(store, event_id)
    first, second = by_name["みほん 節子"].id, by_name["髙橋 見本子"].id
    said = [
        groups.assign_to_group(acting(store), entry_ids=some, group_number=1).message
        for some in ([first], [first, second])
    ]
    assert said == ["1番を1班にしました。", "2人を1班にしました。"]
    groups.add_group_wish(acting(store), event_id=event_id, first_entry_id=first, second_entry_id=second, together=True)
    groups.add_group_wish(
        acting(store), event_id=event_id, first_entry_id=second, second_entry_id=first, together=False
    )
    view = groups.read_groups(store, event_id=event_id)
    assert [(one.kind, one.group) for one in view.warnings] == [("同じ団体", 1), ("別の班の希望", None)]
    assert len(view.wishes) == 1
    with pytest.raises(UserError, match="5班"):
        groups.assign_to_group(acting(store), entry_ids=[first], group_number=5)
    with pytest.raises(UserError, match="2人"):
        groups.add_group_wish(
            acting(store), event_id=event_id, first_entry_id=first, second_entry_id=first, together=True
        )
    groups.remove_group_wish(acting(store), event_id=event_id, wish_id=view.wishes[0].wish.id)
    groups.remove_group(acting(store), event_id=event_id, group_number=1)
    view = groups.read_groups(store, event_id=event_id)
    assert ([column.group.number for column in view.columns], len(view.people_without_group)) == ([2], 7)


def test_people_who_attended_before_are_spread_over_the_groups(store, event_id):
    earlier = add_lecture(store, date(2026, 9, 10))
    people = [row for row in read_roster(store, event_id=event_id).check_in_rows if row.person][:3]
    write(
        store,
        *(
            Entry(
                event_id=earlier,
                person_id=row.person.id,
                state="決定",
                attendance="出席",
                attended_at=datetime(2026, 9, 10, 14),
            )
            for row in people
        ),
    )
    groups.propose_groups(acting(store), event_id=event_id, count=3)
    view = groups.read_groups(store, event_id=event_id)
    seats = Counter(
        column.group.number for column in view.columns for row in column.people if view.attended_before[row.entry.id]
    )
    assert sum(seats.values()) == 3
