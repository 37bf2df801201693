"""Divides the people of an 意見交換会 into 班 by wishes, with a facilitator each (from the 受託者's 配置表)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.event.services.event_records import read_event_or_error
from app.events.groups.rules import GroupMember, GroupWarning, group_warnings
from app.events.groups.rules import propose_groups as divide
from app.events.roster.services.entry_names import entry_label, required_entry
from app.events.roster.services.roster import Roster, RosterRow, read_roster
from db.digits import whole_number
from db.journal import Change
from db.record import record
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.roster import Attendance, Entry, GroupWish, TableGroup
from db.rows import rows
from db.store import Store
from db.tables import roster as table

MAX_GROUPS = 20
_EXPERIENCE_CAP = 3


@record
class GroupColumn:
    """One 班 with its people in the order of the list."""

    group: TableGroup
    people: tuple[RosterRow, ...]


@record
class GroupWishRow:
    """One wish (together or apart) with the two people it concerns."""

    wish: GroupWish
    first: RosterRow
    second: RosterRow


@record
class GroupsView:
    """The 班 of one event by number, with the people on the check-in list, and ``people_without_group``.

    ``wishes`` are those of two people who are both still on the roster. ``attended_before`` is how many other events
    a person attended, by entry id.
    """

    event: Event
    columns: tuple[GroupColumn, ...]
    people_without_group: tuple[RosterRow, ...]
    wishes: tuple[GroupWishRow, ...]
    warnings: tuple[GroupWarning, ...]
    attended_before: Mapping[int, int]

    @property
    def people_count(self) -> int:
        """Return the number of people to be assigned."""
        return len(self.people_without_group) + sum(len(column.people) for column in self.columns)


def read_groups(store: Store, *, event_id: int) -> GroupsView:
    """Return the 班 of one event; raises ``UserError`` when the event is gone."""
    roster = read_roster(store, event_id=event_id)
    wishes = table.group_wishes(store.database, event_id)
    before = _count_attended_before(store, roster)
    seats = {row.entry.id: row.entry.group_number for row in roster.check_in_rows}
    known = {group.number for group in roster.groups}
    missing = sorted({number for number in seats.values() if number is not None} - known)
    groups = [*roster.groups, *(TableGroup(event_id=event_id, number=number) for number in missing)]
    return GroupsView(
        event=roster.event,
        columns=tuple(
            GroupColumn(
                group=group, people=tuple(row for row in roster.check_in_rows if row.entry.group_number == group.number)
            )
            for group in sorted(groups, key=lambda each: each.number)
        ),
        people_without_group=tuple(row for row in roster.check_in_rows if row.entry.group_number is None),
        wishes=tuple(
            GroupWishRow(wish=wish, first=first, second=second)
            for wish in wishes
            if (first := roster.row(wish.first_entry_id)) and (second := roster.row(wish.second_entry_id))
        ),
        warnings=group_warnings(_group_members(roster, before), seats, wishes),
        attended_before=before,
    )


def propose_groups(context: ActionContext, *, event_id: int, count: int) -> ActionResult:
    """Divide everybody on the check-in list into ``count`` 班 anew; facilitators of remaining 班 are kept.

    班 above ``count`` are deleted, missing ones created.

    Raises:
        UserError: there is nobody to assign, or the count is not between 1 and 20 or above the number of people.
    """
    roster = read_roster(context.store, event_id=event_id)
    event = roster.event
    if not roster.check_in_rows:
        raise UserError("班に分ける参加者がまだいません。", "参加者を決めてから、班の案を作ってください。")
    if not 1 <= count <= min(MAX_GROUPS, len(roster.check_in_rows)):
        raise UserError(f"{len(roster.check_in_rows)}人を{count}班には分けられません。", "班の数を直してください。")
    wishes = table.group_wishes(context.database, event_id)
    seats = divide(_group_members(roster, _count_attended_before(context.store, roster)), count, wishes)
    with context.change(f"{event.full_title}：{count}班の案を作った", "roster", event_id=event_id) as change:
        _set_group_count(change, roster, count)
        for entry_id, number in seats.items():
            change.update(Entry, entry_id, group_number=number)
        for row in roster.rows:  # Whoever comes after all has no 班 that is gone.
            if row.entry.id not in seats and (row.entry.group_number or 0) > count:
                change.update(Entry, row.entry.id, group_number=None)
    sizes = sorted(Counter(seats.values()).values())
    size = f"{sizes[0]}人" if sizes[0] == sizes[-1] else f"{sizes[0]}〜{sizes[-1]}人"
    return ActionResult(f"{len(seats)}人を{count}班に分けました（1班 {size}）。", event_id)


def add_group(context: ActionContext, *, event_id: int) -> ActionResult:
    """Add an empty 班 with the number after the highest; raises ``UserError`` if that would be above 20.

    The event's number of 班 grows too.
    """
    event = read_event_or_error(context.database, event_id)
    groups = table.groups(context.database, event_id)
    number = max((group.number for group in groups), default=0) + 1
    if number > MAX_GROUPS:
        raise UserError(f"班は{MAX_GROUPS}までです。")
    with context.change(f"{event.full_title}：{number}班を加えた", "roster", event_id=event_id) as change:
        change.insert(TableGroup(event_id=event_id, number=number))
        change.update(Event, event_id, groups=len(groups) + 1)
    return ActionResult(f"{number}班を加えました。", event_id)


def remove_group(context: ActionContext, *, event_id: int, group_number: int) -> ActionResult:
    """Delete a 班; its people are without one, and the others keep their numbers.

    The event's number of 班 follows (None with none left); a number without a 班 is no error.
    """
    event = read_event_or_error(context.database, event_id)
    groups = table.groups(context.database, event_id)
    with context.change(f"{event.full_title}：{group_number}班を削除した", "roster", event_id=event_id) as change:
        for group in groups:
            if group.number == group_number:
                change.delete(TableGroup, group.id)
        for entry in table.entries(context.database, event_id):
            if entry.group_number == group_number:
                change.update(Entry, entry.id, group_number=None)
        change.update(Event, event_id, groups=len([group for group in groups if group.number != group_number]) or None)
    return ActionResult(f"{group_number}班を削除しました。", event_id)


def assign_to_group(context: ActionContext, *, entry_ids: Sequence[int], group_number: int | None) -> ActionResult:
    """Assign these people to one 班 (None = none).

    Raises:
        UserError: nobody is named, an entry is gone, or the 班 does not exist.
    """
    found = [required_entry(context.store, each) for each in entry_ids]
    if not found:
        raise UserError("どなたも選ばれていません。")
    event = read_event_or_error(context.database, found[0].event_id)
    if group_number is not None and group_number not in {
        one.number for one in table.groups(context.database, event.id)
    }:
        raise UserError(f"{group_number}班はありません。", "班を加えてから動かしてください。")
    where = f"{group_number}班" if group_number is not None else "班なし"
    who = entry_label(found[0]) if len(found) == 1 else f"{len(found)}人"
    with context.change(f"{event.full_title}：{who}を{where}にした", "roster", event_id=event.id) as change:
        for entry in found:
            change.update(Entry, entry.id, group_number=group_number)
    return ActionResult(f"{who}を{where}にしました。", found[0].id)


def set_facilitator(context: ActionContext, *, event_id: int, group_number: int, facilitator: str) -> ActionResult:
    """Set the facilitator of a 班 as in the 受託者's 配置表; the event's number of facilitators grows with it.

    Raises ``UserError`` if there is no such 班.
    """
    event = read_event_or_error(context.database, event_id)
    groups = {one.number: one for one in table.groups(context.database, event_id)}
    if group_number not in groups:
        raise UserError(f"{group_number}班はありません。", "班を加えてから入力してください。")
    with context.change(
        f"{event.full_title}：{group_number}班のファシリテーターを変えた", "roster", event_id=event_id
    ) as change:
        change.update(TableGroup, groups[group_number].id, facilitator=facilitator.strip())
        named = sum(bool(one.facilitator) for one in table.groups(context.database, event_id))
        if named > (event.facilitators or 0):
            change.update(Event, event_id, facilitators=named)
    return ActionResult(f"{group_number}班のファシリテーターを保存しました。", groups[group_number].id)


def _set_group_count(change: Change, roster: Roster, count: int) -> None:
    """Make exactly the 班 1 to ``count``; remaining ones keep their facilitator."""
    numbers = {group.number for group in roster.groups}
    for group in roster.groups:
        if group.number > count:
            change.delete(TableGroup, group.id)
    for number in range(1, count + 1):
        if number not in numbers:
            change.insert(TableGroup(event_id=roster.event.id, number=number))
    change.update(Event, roster.event.id, groups=count)


def _group_members(roster: Roster, before: Mapping[int, int]) -> list[GroupMember]:
    """Return everybody on the check-in list with 団体, 支部 and experience (events attended and stages of the 団体)."""
    return [
        GroupMember(
            entry_id=row.entry.id,
            organisation=row.organisation_name,
            branch=row.branch,
            experience=min(before[row.entry.id], _EXPERIENCE_CAP) + _highest_stage(row.organisation),
        )
        for row in roster.check_in_rows
    ]


def _highest_stage(organisation: Organisation | None) -> int:
    """Return the highest 段階 of the 団体 over its tools (0 when none is known); for mixing only."""
    stages = organisation.stages.values() if organisation else ()
    return max((whole_number(stage) or 0 for stage in stages), default=0)


def _count_attended_before(store: Store, roster: Roster) -> dict[int, int]:
    """Return how many other events each person attended, by entry id."""
    people = {row.entry.person_id for row in roster.rows if row.entry.person_id is not None}
    came = Counter(
        entry.person_id
        for entry in rows(store.database, Entry, person_id=people, attendance=Attendance.PRESENT)
        if entry.event_id != roster.event.id
    )
    return {row.entry.id: came[row.entry.person_id or 0] for row in roster.rows}


def add_group_wish(
    context: ActionContext, *, event_id: int, first_entry_id: int, second_entry_id: int, together: bool
) -> ActionResult:
    """Save the wish that two people are in one 班 (``together``), or in different ones, in place of an earlier one.

    Raises:
        UserError: both are the same person, or an entry belongs to another event.
    """
    event = read_event_or_error(context.database, event_id)
    pair = {first_entry_id, second_entry_id}
    if len(pair) < 2 or any(required_entry(context.store, each).event_id != event_id for each in pair):
        raise UserError("2人を選んでください。", "同じ実施回の、別の方を選んでください。")
    words = "同じ班" if together else "別の班"
    with context.change(f"{event.full_title}：{words}の希望を加えた", "roster", event_id=event_id) as change:
        for wish in table.group_wishes(context.database, event_id):
            if {wish.first_entry_id, wish.second_entry_id} == pair:
                change.delete(GroupWish, wish.id)
        wish_id = change.insert(
            GroupWish(
                event_id=event_id, first_entry_id=first_entry_id, second_entry_id=second_entry_id, together=together
            )
        )
    return ActionResult(f"{words}の希望を加えました。", wish_id)


def remove_group_wish(context: ActionContext, *, event_id: int, wish_id: int) -> ActionResult:
    """Delete a wish of two people to be in one 班 or in different ones."""
    event = read_event_or_error(context.database, event_id)
    with context.change(f"{event.full_title}：班の希望を削除した", "roster", event_id=event_id) as change:
        change.delete(GroupWish, wish_id)
    return ActionResult("班の希望を削除しました。", event_id)
