"""班分け: equal sizes, everybody once, wishes kept, 団体 and 支部 spread, the same again for the same people."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.events.groups.rules import GroupMember, group_warnings, propose_groups
from db.records.roster import GroupWish

people = st.lists(
    st.builds(
        lambda organisation, branch, experience: (organisation, branch, experience),
        st.sampled_from(["", "あ町会", "い町会", "う町会", "え町会"]),
        st.sampled_from(["", "第1支部", "第2支部", "第3支部"]),
        st.integers(0, 8),
    ),
    min_size=1,
    max_size=24,
).map(
    lambda rows: [
        GroupMember(entry_id=number, organisation=organisation, branch=branch, experience=experience)
        for number, (organisation, branch, experience) in enumerate(rows, start=1)
    ]
)


def wish(first: int, second: int, *, together: bool) -> GroupWish:
    return GroupWish(event_id=1, first_entry_id=first, second_entry_id=second, together=together)


@given(people, st.integers(1, 7))
def test_everybody_sits_in_one_group_and_sizes_differ_by_one_at_most(sitters, count):
    groups = propose_groups(sitters, count)
    assert set(groups) == {one.entry_id for one in sitters}
    sizes = Counter(groups.values())
    assert set(sizes) == set(range(1, min(count, len(sitters)) + 1))
    assert max(sizes.values()) - min(sizes.values()) <= 1


@given(people, st.integers(1, 6), st.randoms(use_true_random=False))
def test_the_same_people_are_divided_the_same_in_whatever_order_they_come(sitters, count, chance):
    shuffled = list(sitters)
    chance.shuffle(shuffled)
    assert propose_groups(sitters, count) == propose_groups(shuffled, count)


@given(people, st.integers(2, 6), st.data())
def test_two_who_wish_to_sit_apart_or_together_do(sitters, count, data):
    if len(sitters) < 2 * count:
        return
    first, second = data.draw(
        st.lists(st.sampled_from(range(1, len(sitters) + 1)), min_size=2, max_size=2, unique=True)
    )
    apart = propose_groups(sitters, count, [wish(first, second, together=False)])
    assert apart[first] != apart[second]
    together = propose_groups(sitters, count, [wish(first, second, together=True)])
    assert together[first] == together[second]


def test_people_of_one_organisation_and_branch_are_spread():
    sitters = [
        GroupMember(entry_id=number, organisation=f"{'あいうえ'[number % 4]}町会", branch=f"第{number % 2 + 1}支部")
        for number in range(1, 17)
    ]
    groups = propose_groups(sitters, 4)
    for group in range(1, 5):
        seated = [one for one in sitters if groups[one.entry_id] == group]
        assert len({one.organisation for one in seated}) == 4
        assert Counter(one.branch for one in seated) == {"第1支部": 2, "第2支部": 2}


def test_experience_is_evened_out():
    sitters = [GroupMember(entry_id=number, experience=5 if number <= 4 else 0) for number in range(1, 13)]
    groups = propose_groups(sitters, 4)
    assert sorted(groups[number] for number in range(1, 5)) == [1, 2, 3, 4]


def test_what_is_worth_a_look_is_said():
    sitters = [GroupMember(entry_id=number, organisation="あ町会" if number < 3 else "") for number in range(1, 6)]
    wishes = [wish(3, 4, together=True), wish(4, 5, together=False)]
    warnings = group_warnings(sitters, {1: 1, 2: 1, 3: 1, 4: 2, 5: 2}, wishes)
    assert [(one.kind, one.entry_ids) for one in warnings] == [
        ("同じ団体", (1, 2)),
        ("同じ班の希望", (3, 4)),
        ("別の班の希望", (4, 5)),
    ]
    assert group_warnings(sitters, {1: 1, 2: 1, 3: 1, 4: 1, 5: 2}, [wish(1, 2, together=True)])[-1].kind == "人数の差"
