"""Divides the people of an 意見交換会 into 班, mixing 支部 and experience, and warns about a division."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from db.record import record
from db.records.roster import GroupWish

_SIZE, _WISH, _ORGANISATION, _BRANCH, _EXPERIENCE = 10_000, 2_000, 300, 20, 1


@record
class GroupMember:
    """One person to be assigned. ``experience`` (段階 plus 受講歴) is used for mixing only and never shown."""

    entry_id: int
    organisation: str = ""
    branch: str = ""
    experience: int = 0


@record
class GroupWarning:
    """One warning about a division.

    Attributes:
        kind: 同じ団体, 同じ班の希望, 別の班の希望 or 人数の差.
        entry_ids: the people it concerns, () for 人数の差.
        group, organisation: only of 同じ団体.
    """

    kind: str
    entry_ids: tuple[int, ...]
    group: int | None = None
    organisation: str = ""


def propose_groups(members: Iterable[GroupMember], count: int, wishes: Sequence[GroupWish] = ()) -> dict[int, int]:
    """Return the number of the 班 of each person, by entry id, for a division into ``count`` 班 from 1.

    Sizes differ by one at most; then wishes (together, apart) are kept, people of one 団体 and of one 支部 are spread,
    and experience is balanced, in this order of weight. The result does not depend on the order of people and wishes.
    With more 班 than people the last ones get nobody; {} without people or for a ``count`` below 1.
    """
    people = sorted(members, key=lambda one: (one.organisation, one.branch, -one.experience, one.entry_id))
    if count < 1 or not people:
        return {}
    division = _GroupDivision(people, min(count, len(people)), wishes)
    division.assign_everyone()
    division.improve()
    return {one.entry_id: group + 1 for one, group in zip(people, division.group, strict=True)}


def group_warnings(
    members: Sequence[GroupMember], groups: Mapping[int, int | None], wishes: Sequence[GroupWish]
) -> tuple[GroupWarning, ...]:
    """Return warnings about people of one 団体 in one 班, wishes not kept, and sizes that differ by two or more.

    Wishes of people without a 班 and 班 without people are not looked at. Two people of one 団体 who wish to be
    together give none, unless a third of it is in their 班. ``groups`` gives the number of the 班 by entry id, None =
    no 班.
    """
    found = []
    shared: dict[tuple[int, str], list[int]] = {}
    for one in members:
        group = groups.get(one.entry_id)
        if group is not None and one.organisation:
            shared.setdefault((group, one.organisation), []).append(one.entry_id)
    for (group, organisation), ids in sorted(shared.items()):
        if len(ids) > 1 and not _wish_to_be_together(ids, wishes):
            found.append(GroupWarning(kind="同じ団体", entry_ids=tuple(ids), group=group, organisation=organisation))
    for wish in wishes:
        first, second = groups.get(wish.first_entry_id), groups.get(wish.second_entry_id)
        if first is not None and second is not None and (first == second) != wish.together:
            ids = [wish.first_entry_id, wish.second_entry_id]
            found.append(GroupWarning(kind="同じ班の希望" if wish.together else "別の班の希望", entry_ids=tuple(ids)))
    sizes = Counter(group for one in members if (group := groups.get(one.entry_id)) is not None)
    if sizes and max(sizes.values()) - min(sizes.values()) > 1:
        found.append(GroupWarning(kind="人数の差", entry_ids=()))
    return tuple(found)


def _wish_to_be_together(ids: Sequence[int], wishes: Sequence[GroupWish]) -> bool:
    return len(ids) == 2 and any(
        wish.together and {wish.first_entry_id, wish.second_entry_id} == {*ids} for wish in wishes
    )


class _GroupDivision:
    """A division of people into 班 with its cost, improved by moving one person or swapping two."""

    def __init__(self, people: Sequence[GroupMember], count: int, wishes: Sequence[GroupWish]):
        self.people = people
        self.count = count
        self.group: list[int] = [-1] * len(people)
        self.sizes = [0] * count
        self.experience = [0] * count
        place = {one.entry_id: at for at, one in enumerate(people)}
        self.pair_cost = {}
        self.together: dict[int, list[int]] = {}
        for at, one in enumerate(people):
            for other_at in range(at + 1, len(people)):
                other = people[other_at]
                cost = _ORGANISATION * (bool(one.organisation) and one.organisation == other.organisation)
                cost += _BRANCH * (bool(one.branch) and one.branch == other.branch)
                self.pair_cost[at, other_at] = self.pair_cost[other_at, at] = cost
        for wish in wishes:
            first, second = place.get(wish.first_entry_id), place.get(wish.second_entry_id)
            if first is None or second is None or first == second:
                continue
            change = -_WISH - 2 * _ORGANISATION if wish.together else _WISH
            self.pair_cost[first, second] += change
            self.pair_cost[second, first] = self.pair_cost[first, second]
            if wish.together:
                self.together.setdefault(first, []).append(second)
                self.together.setdefault(second, []).append(first)

    def assign_everyone(self) -> None:
        """Assign one person after another where it costs least, followed by those who wish to be together."""
        largest = -(-len(self.people) // self.count)
        for at in sorted(range(len(self.people)), key=lambda each: (-len(self.together.get(each, ())), each)):
            queue = [at]
            while queue:
                each = queue.pop(0)
                if self.group[each] >= 0:
                    continue
                open_groups = [group for group in range(self.count) if self.sizes[group] < largest]
                costs = [(self._member_cost(each, group), group) for group in open_groups]
                self._add_to_group(each, min(costs)[1])
                queue += self.together.get(each, ())

    def improve(self) -> None:
        """Move and swap people until nothing improves; every step lowers an integer cost, so it ends."""
        better = True
        while better:
            better = any(map(self._move_one, range(len(self.people))))
            better = any(map(self._swap_two, range(len(self.people)))) or better

    def _move_one(self, index: int) -> bool:
        """Move one person to the group where they cost least; return whether it is another one."""
        here = self.group[index]
        self._remove_from_group(index)
        best = min(range(self.count), key=lambda group: (self._member_cost(index, group), group != here, group))
        self._add_to_group(index, best)
        return best != here

    def _swap_two(self, index: int) -> bool:
        """Swap a person with another one where both together cost less; return whether it was done."""
        for other in range(index + 1, len(self.people)):
            here, there = self.group[index], self.group[other]
            if here == there:
                continue
            before = self._pair_cost(index, here, other, there)
            if self._pair_cost(index, there, other, here) < before:
                self._remove_from_group(index)
                self._remove_from_group(other)
                self._add_to_group(index, there)
                self._add_to_group(other, here)
                return True
        return False

    def _pair_cost(self, index: int, group: int, other_index: int, other_group: int) -> int:
        """Return the cost of two people in these 班, with everybody else unchanged."""
        here, there = self.group[index], self.group[other_index]
        self._remove_from_group(index)
        self._remove_from_group(other_index)
        cost = self._member_cost(index, group)
        self._add_to_group(index, group)
        cost += self._member_cost(other_index, other_group)
        self._remove_from_group(index)
        self._add_to_group(index, here)
        self._add_to_group(other_index, there)
        return cost

    def _member_cost(self, index: int, group: int) -> int:
        """Return the cost of adding one person to a 班; a square grows by twice its base, so integers suffice."""
        own = self.people[index].experience
        pairs = sum(
            self.pair_cost[index, other]
            for other, seated in enumerate(self.group)
            if seated == group and other != index
        )
        return _SIZE * self.sizes[group] + pairs + _EXPERIENCE * own * self.experience[group]

    def _add_to_group(self, index: int, group: int) -> None:
        self.group[index] = group
        self.sizes[group] += 1
        self.experience[group] += self.people[index].experience

    def _remove_from_group(self, index: int) -> None:
        group = self.group[index]
        self.group[index] = -1
        self.sizes[group] -= 1
        self.experience[group] -= self.people[index].experience
