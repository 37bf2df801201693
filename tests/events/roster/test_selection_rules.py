"""Who can come: the choice keeps to its terms, whatever the order of reading, and can be made again."""

import hashlib
import hmac
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.calendar.date_only_moments import date_only_moment
from app.events.roster.rules import (
    AdmissionCode,
    SelectionTerms,
    draw_number,
    find_missed_applicants,
    free_places,
    missing_admission_numbers,
    next_on_waitlist,
    next_waitlist_number,
    read_admission_code,
    repeat_selection,
    select_participants,
)
from db.records.roster import Entry, Selection, SelectionLine
from tests.support.in_full import times

START = datetime(2026, 9, 1, 9, 0)


def candidate(**values) -> SelectionLine:
    """Return a place that is applied for, as yet without a result."""
    return SelectionLine(order=0, result="", **values)


applicants = st.lists(
    st.builds(
        candidate,
        entry_id=st.integers(1, 10_000),
        applied_at=st.one_of(st.none(), st.integers(0, 5000).map(lambda minutes: START + timedelta(minutes=minutes))),
        application_id=st.one_of(st.none(), st.integers(1, 12)),
        organisation=st.sampled_from(["", "団体1", "団体2", "団体3", "団体4", "みほん未登録町会"]),
        named=st.booleans(),
        missed=st.booleans(),
    ),
    max_size=40,
    unique_by=lambda one: one.entry_id,
)
terms = st.builds(
    SelectionTerms,
    method=st.sampled_from(["先着順", "抽選"]),
    capacity=st.integers(0, 30),
    seed=st.text(min_size=1, max_size=8),
    organisation_limit=st.one_of(st.none(), st.integers(1, 4)),
    organisations_first=st.booleans(),
    not_chosen_first=st.booleans(),
    waitlist_size=st.integers(0, 8),
)


def chosen(lines):
    return [line for line in lines if line.result == "決定"]


@given(applicants, terms)
@settings(max_examples=times(300, of=5), deadline=None)
def test_a_choice_keeps_to_capacity_limit_and_number_of_waiting(people, how):
    lines = select_participants(people, how)

    assert sorted(line.entry_id for line in lines) == sorted(one.entry_id for one in people)
    assert len(chosen(lines)) <= how.capacity
    sides = Counter(line.organisation or line.entry_id for line in chosen(lines))
    if how.organisation_limit is not None:
        assert max(sides.values(), default=0) <= how.organisation_limit
    elif len(people) >= how.capacity:
        assert len(chosen(lines)) == how.capacity
    waiting = [line.result for line in lines if line.result.startswith("補欠")]
    assert waiting == [f"補欠{number}" for number in range(1, len(waiting) + 1)]
    assert len(waiting) == min(how.waitlist_size, len(people) - len(chosen(lines)))
    assert sorted(line.order for line in lines) == list(range(1, len(people) + 1))
    assert all(line.why for line in lines)


@given(applicants, terms, st.randoms())
@settings(max_examples=times(200, of=5), deadline=None)
def test_the_order_in_which_applicants_are_read_makes_no_difference(people, how, chance):
    shuffled = list(people)
    chance.shuffle(shuffled)

    assert select_participants(shuffled, how) == select_participants(people, how)


@given(applicants, terms)
@settings(max_examples=times(200, of=5), deadline=None)
def test_a_kept_choice_made_again_gives_the_same_lines(people, how):
    lines = select_participants(people, how)
    kept = Selection(
        event_id=1,
        method=how.method,
        seed=how.seed,
        capacity=how.capacity,
        organisation_limit=how.organisation_limit,
        organisations_first=how.organisations_first,
        not_chosen_first=how.not_chosen_first,
        lines=lines,
        made_at=START,
        by="見本",
    )

    assert repeat_selection(kept) == lines


@given(applicants, terms)
@settings(max_examples=times(200, of=5), deadline=None)
def test_with_one_per_organisation_first_nobody_gets_a_second_place_before_everybody_has_one(people, how):
    lines = chosen(select_participants(people, replace(how, organisations_first=True)))
    sides = Counter(line.organisation or line.entry_id for line in lines)
    everyone = {one.organisation or one.entry_id for one in people}

    if any(count > 1 for count in sides.values()):
        assert set(sides) == everyone


@given(applicants, terms)
@settings(max_examples=times(200, of=5), deadline=None)
def test_those_left_out_before_are_left_out_only_by_the_limit(people, how):
    how = replace(how, not_chosen_first=True, organisations_first=False, organisation_limit=None)
    lines = select_participants(people, how)
    taken = {line.entry_id for line in chosen(lines)}
    missed = {one.entry_id for one in people if one.missed}

    assert missed <= taken or taken <= missed


@given(applicants, st.text(min_size=1, max_size=8))
@settings(max_examples=times(200, of=5), deadline=None)
def test_of_one_application_the_named_places_go_before_those_without_a_name(people, seed):
    lines = {
        line.entry_id: line
        for line in select_participants(people, SelectionTerms(method="抽選", capacity=5, seed=seed))
    }
    for one in people:
        for other in people:
            if one.application_id is not None and one.application_id == other.application_id:
                assert not (one.named and not other.named) or lines[one.entry_id].order < lines[other.entry_id].order


def test_the_number_drawn_can_be_reckoned_with_any_tool():
    known = hmac.new(b"4F2A-91C0", b"12|2026-09-11T09:05:00", hashlib.sha256).hexdigest()

    assert draw_number("4F2A-91C0", "12|2026-09-11T09:05:00") == known[:16]
    assert draw_number("4F2A-91C1", "12|2026-09-11T09:05:00") != known[:16]


def test_every_applicant_has_the_same_chance_and_a_large_organisation_none_better_in_the_first_round():
    people = [
        candidate(entry_id=number, organisation="団体1" if number <= 6 else f"団体{number}") for number in range(1, 13)
    ]
    plain: Counter[int] = Counter()
    first: Counter[str] = Counter()
    for turn in range(1500):
        seed = f"seed {turn}"
        plain.update(
            line.entry_id
            for line in chosen(select_participants(people, SelectionTerms(method="抽選", capacity=4, seed=seed)))
        )
        rounds = select_participants(
            people, SelectionTerms(method="抽選", capacity=2, seed=seed, organisations_first=True)
        )
        first.update(line.organisation for line in chosen(rounds))

    assert all(420 < plain[number] < 580 for number in range(1, 13)), plain
    assert all(350 < count < 510 for count in first.values()), first


def test_first_come_counts_by_time_and_missing_times_come_last():
    people = [
        candidate(entry_id=3, applied_at=START),
        candidate(entry_id=1, applied_at=None),
        candidate(entry_id=2, applied_at=START - timedelta(minutes=1)),
        candidate(entry_id=4, applied_at=START, named=False),
    ]
    lines = select_participants(people, SelectionTerms(method="先着順", capacity=2, waitlist_size=1))

    assert [(line.entry_id, line.result) for line in lines] == [(2, "決定"), (3, "決定"), (4, "補欠1"), (1, "落選")]
    assert select_participants(people, SelectionTerms(method="先着順", capacity=4))[-1].why == "申込日時がないため最後"


def test_who_is_over_the_limit_of_the_organisation_waits_behind_the_others():
    people = [candidate(entry_id=n, applied_at=START + timedelta(minutes=n), organisation="団体1") for n in (1, 2, 3)]
    people += [candidate(entry_id=n, applied_at=START + timedelta(minutes=n), organisation="団体2") for n in (4, 5)]
    lines = select_participants(
        people, SelectionTerms(method="先着順", capacity=3, organisation_limit=2, waitlist_size=2)
    )

    assert [(line.entry_id, line.result) for line in lines] == [
        (1, "決定"), (2, "決定"), (4, "決定"), (5, "補欠1"), (3, "補欠2"),
    ]  # fmt: skip
    assert lines[-1].why == "1団体2人の上限に達したため"


def test_a_choice_by_the_ward_takes_exactly_whom_it_picked():
    people = [candidate(entry_id=n, applied_at=START + timedelta(minutes=n)) for n in (1, 2, 3)]
    lines = select_participants(
        people, SelectionTerms(method="区の調整", capacity=1, picked_entries=frozenset({2, 3}), waitlist_size=1)
    )

    assert [(line.entry_id, line.result) for line in lines] == [(2, "決定"), (3, "決定"), (1, "補欠1")]


# those left out before


def entry(number: int, state: str, **more) -> Entry:
    return Entry(id=number, event_id=1, state=state, **more)


def test_who_was_left_out_goes_first_until_chosen():
    first = [entry(1, "落選", person_id=1, organisation_id=7), entry(2, "決定", person_id=2, organisation_id=8)]
    second = [entry(3, "補欠", person_id=2, organisation_id=8, waiting_order=1)]
    third = [entry(4, "決定", person_id=1, organisation_id=7)]

    assert find_missed_applicants([first, second]).people == {1, 2}
    assert find_missed_applicants([first, second, third]).people == {2}
    assert find_missed_applicants([first, second]).includes(entry(9, "申込", person_id=1))
    assert not find_missed_applicants([first, second, third]).includes(entry(9, "申込", person_id=1))
    assert find_missed_applicants([first]).includes(entry(9, "申込", organisation_id=7)), (
        "no name yet: the 団体 was left out"
    )
    assert not find_missed_applicants([first]).includes(entry(9, "申込", organisation_id=8))


# the waiting list


def test_the_next_of_the_waiting_list_is_the_first_who_still_comes():
    waiting = [entry(n, "補欠", waiting_order=order) for n, order in ((5, 1), (2, 2), (9, 3), (4, 4))]
    gone = replace(waiting[1], absent_told_at=START)

    assert next_on_waitlist([gone, waiting[3], waiting[2]]).id == 9
    assert next_waitlist_number(waiting) == 5
    assert next_waitlist_number([]) == 1
    assert next_on_waitlist([]) is None


def test_free_places_are_what_nobody_holds():
    entries = [entry(1, "決定"), entry(2, "決定", absent_told_at=START), entry(3, "補欠", waiting_order=1)]

    assert free_places(entries, 2) == 1
    assert free_places(entries, 0) == -1


def place(number: int, organisation: str, minutes: int | None = None, *, missed: bool = False) -> SelectionLine:
    at = START + timedelta(minutes=minutes) if minutes is not None else None
    return candidate(entry_id=number, applied_at=at, organisation=organisation, missed=missed)


def told(lines) -> list[tuple[int, str, str]]:
    return [(line.entry_id, line.result, line.why) for line in lines]


def test_each_result_of_first_come_says_why():
    how = SelectionTerms(
        method="先着順",
        capacity=2,
        organisations_first=True,
        organisation_limit=1,
        not_chosen_first=True,
        waitlist_size=1,
    )
    people = [place(1, "甲", 0), place(2, "甲", 1), place(3, "乙", 5, missed=True)]
    people += [place(4, "丙", 3), place(5, "丁", 4)]
    assert told(select_participants(people, how)) == [
        (3, "決定", "1団体1人目、前に外れた方、申込の順"),
        (1, "決定", "1団体1人目、申込の順"),
        (4, "補欠1", "定員に達したため"),
        (5, "落選", "定員と補欠の数に達したため"),
        (2, "落選", "1団体1人の上限に達したため"),
    ]
    plain = replace(how, capacity=3, organisations_first=False, organisation_limit=None, not_chosen_first=False)
    late = [*people, place(6, "戊"), replace(place(7, "己"), applied_at=date_only_moment(START.date()))]
    assert told(select_participants(late, replace(plain, capacity=9))) == [
        (1, "決定", "申込の順"), (2, "決定", "申込の順"), (4, "決定", "申込の順"), (5, "決定", "申込の順"),
        (3, "決定", "申込の順"), (7, "決定", "申込の順（時刻がないため、その日の最後）"),
        (6, "決定", "申込日時がないため最後"),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5", "6"])
def test_each_result_of_a_draw_says_by_which_draw_and_who_missed_before_goes_first_whatever_is_drawn(seed):
    how = SelectionTerms(
        method="抽選", capacity=5, seed=seed, organisations_first=True, not_chosen_first=True, waitlist_size=0
    )
    people = [place(number, key, number) for number, key in enumerate(("甲", "甲", "甲", "乙", "丙", ""), start=1)]
    people[4] = replace(people[4], missed=True)
    lines = select_participants(people, how)
    assert told(lines)[0] == (5, "決定", "1団体1人目、前に外れた方、団体の抽選")
    firsts, others = lines[1:4], lines[4:]
    assert {line.organisation for line in firsts} == {"甲", "乙", ""}
    assert {line.why for line in firsts} == {"1団体1人目、団体の抽選"}
    assert [line.why for line in others] == ["抽選の順", "定員と補欠の数に達したため"]
    assert all(line.draw for line in lines)
    assert [bool(line.organisation_draw) for line in lines] == [True] * 4 + [False] * 2
    without = select_participants(people, replace(how, method="先着順"))
    assert {(line.draw, line.organisation_draw) for line in without} == {("", "")}


def test_a_choice_by_the_ward_says_so_and_can_be_made_again():
    how = SelectionTerms(
        method="区の調整", capacity=1, organisation_limit=1, waitlist_size=1, picked_entries=frozenset({2, 3})
    )
    people = [place(1, "甲", 0), place(2, "甲", 1), place(3, "甲", 2), place(4, "乙", 3)]
    lines = select_participants(people, how)
    assert told(lines) == [
        (2, "決定", "区の調整で決定"), (3, "決定", "区の調整で決定"), (1, "補欠1", "申込の順"), (4, "落選", "申込の順"),
    ]  # fmt: skip
    kept = Selection(event_id=1, method="区の調整", capacity=1, organisation_limit=1, made_at=START, by="", lines=lines)
    assert repeat_selection(kept) == lines


def test_numbers_stand_above_every_number_of_the_list():
    many = [Entry(id=number, event_id=1, state="決定", number=number) for number in range(1, 200)]
    assert min(missing_admission_numbers(many, 0).values()) == 501
    more = [replace(many[0], number=740), replace(many[1], admission=None)]
    assert min(missing_admission_numbers(more, 0).values()) == 741
    assert missing_admission_numbers([replace(many[0], admission=801), *many[1:3]], 700) == {2: 802, 3: 803}
    told = [replace(many[0], admission=501), replace(many[1], absent_told_at=START), replace(many[2], walk_in=True)]
    assert missing_admission_numbers([*told, replace(many[3], state="申込"), many[4]], 600) == {5: 601}
    applied = [replace(one, state="申込") for one in many[:2]]
    assert [*missing_admission_numbers(applied, 0).values()] == [501, 502]


def test_one_wrong_digit_of_a_code_is_noticed_and_full_width_digits_are_read():
    code = AdmissionCode(event_id=42, number=507, is_for_several=True)
    assert (code.digits, AdmissionCode(event_id=123456, number=1234).digits) == ("200004205078", "112345612340")
    assert read_admission_code("112345612340") == AdmissionCode(event_id=123456, number=1234)
    assert (
        read_admission_code(code.digits.translate({ord(str(one)): chr(ord("０") + one) for one in range(10)})) == code
    )
    for place in range(12):
        for digit in "0123456789":
            if digit != code.digits[place]:
                assert read_admission_code(code.digits[:place] + digit + code.digits[place + 1 :]) is None
    assert read_admission_code("501") is None
