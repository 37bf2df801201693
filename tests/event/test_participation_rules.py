"""Numbers of the list, typed numbers, the counts of a day, tablets and 配慮: the pure decisions."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.event.rules.care_needs import care_count
from app.event.rules.participation import (
    NO_ARRANGEMENT_NEEDED,
    count_participation,
    entries_declined_before_choice,
    expected_counts,
    has_withdrawn,
    is_on_check_in_list,
    photo_marks,
    renumbered_waitlist,
    waitlist_entries,
    withdrawal,
)
from app.events.arrangements.services import proposed_kinds
from app.events.roster.rules import missing_roster_numbers
from db.records.roster import Arrangement, Entry, TabletLoan, ToContractor

NOON = datetime(2026, 9, 24, 12)

entry_lists = st.lists(
    st.builds(
        Entry,
        event_id=st.just(1),
        state=st.sampled_from(["申込", "決定", "補欠", "落選", "辞退"]),
        attendance=st.sampled_from(["", "出席", "欠席"]),
        walk_in=st.booleans(),
        absent_told_at=st.sampled_from([None, NOON]),
        number=st.none(),
        organisation_name=st.sampled_from(["", "あ会", "い会"]),
    ),
    max_size=12,
).map(lambda rows: [replace(row, id=number) for number, row in enumerate(rows, start=1)])


@given(entry_lists)
def test_decided_and_walk_ins_are_attended_absent_and_unmarked(entries):
    counts = count_participation(entries)
    assert counts.decided + counts.walk_ins == counts.attended + counts.absent + counts.unmarked
    assert counts.applied >= counts.decided - sum(entry.substitute_for is not None for entry in entries)
    assert counts.expected <= counts.decided
    assert min(vars(counts).values()) >= 0


@given(entry_lists, st.integers(0, 6))
def test_numbers_follow_on_and_those_given_stay(entries, named):
    first = missing_roster_numbers(entries, [])
    assert sorted(first.values()) == list(range(1, len(first) + 1))
    kept = [replace(row, number=first.get(row.id)) if row.id <= named else row for row in entries]
    highest = max((row.number for row in kept if row.number), default=0)
    given_now = missing_roster_numbers(kept, [])
    assert sorted(given_now.values()) == list(range(highest + 1, highest + 1 + len(given_now)))
    assert not {row.id for row in kept if row.number} & set(given_now)


@pytest.mark.parametrize(
    ("care", "kinds"),
    [
        ("手話通訳を希望", ("手話通訳",)),
        ("要約筆記と前方の席", ("要約筆記", "席")),
        ("文字を大きくした資料", ("拡大資料",)),
        ("車椅子です", ("席",)),
        ("アレルギーあり", ("その他",)),
    ],
)
def test_a_care_text_proposes_arrangements(care, kinds):
    assert proposed_kinds(care) == kinds


def test_care_is_settled_when_everything_arranged_is():
    entries = [Entry(id=number, event_id=1, state="決定", care="席") for number in (1, 2, 3)]
    entries.append(Entry(id=4, event_id=1, state="決定", care="席", absent_told_at=NOON))
    made = [
        Arrangement(event_id=1, entry_id=1, settled_on=NOON.date()),
        Arrangement(event_id=1, entry_id=2, settled_on=NOON.date()),
        Arrangement(event_id=1, entry_id=2),
    ]
    count = care_count(entries, made)
    assert (count.people, count.settled) == (3, 1)


def test_every_arrangement_of_which_the_contractor_may_be_told_is_told():
    entry = Entry(id=1, event_id=1, organisation_name="あ会", state="決定", care="要約筆記と席")
    told = {"event_id": 1, "entry_id": 1, "to_contractor": ToContractor.MAY_BE_TOLD}
    made = [
        Arrangement(**told, kind="要約筆記"),
        Arrangement(**told, kind="席", content="前方の席1"),
        Arrangement(**told, kind="手話通訳", refused_because="通訳者の都合がつかなかった"),
        Arrangement(**told, content=NO_ARRANGEMENT_NEEDED),
        Arrangement(**told | {"entry_id": None}, content="会場の案内"),
        Arrangement(event_id=1, entry_id=1, content="途中の休憩", to_contractor=ToContractor.NOT_TO_BE_TOLD),
        Arrangement(event_id=1, entry_id=1, content="まだ聞いていない"),
    ]
    same = [replace(entry, id=number, care="", device=device) for number, device in enumerate(["持参", "貸与"] * 2, 2)]
    away = [replace(entry, id=7, absent_told_at=NOON), replace(entry, id=8, state="落選")]
    (counted,) = expected_counts([entry, *same, *away], {}, made)
    assert (counted.people, counted.own_devices, counted.lent_devices) == (5, 2, 2)
    assert (counted.care_count, counted.care_request) == (1, "要約筆記、前方の席1")
    unasked = [entry, replace(entry, id=2, care="補聴器"), replace(entry, id=3, care="")]
    assert expected_counts(unasked, {}, made)[0].care_request == "要約筆記、前方の席1、手配を確認中"


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        ({"state": "補欠", "waiting_order": 3}, {"state_before": "補欠", "waiting_before": 3}),
        ({"state": "補欠", "absent_told_at": NOON}, {"state_before": "補欠"}),
        ({"state": "決定"}, {"state_before": "決定", "waiting_before": None}),
        ({"state": "辞退"}, {}),
    ],
)
def test_whoever_withdraws_keeps_the_place_that_was_his(entry, kept):
    found = Entry(id=7, event_id=1, **entry)
    assert withdrawal(found) == {"state": "辞退", "waiting_order": None, **kept}
    assert has_withdrawn(replace(found, **withdrawal(found)))
    assert not has_withdrawn(replace(found, state="辞退", moved_to=8)), "who takes part elsewhere"
    assert not has_withdrawn(replace(found, state="決定"))


def test_the_waiting_list_closes_up_and_keeps_its_order():
    numbers = {5: 1, 2: 2, 9: 3, 4: 4, 1: None}
    waiting = [Entry(id=n, event_id=1, state="補欠", waiting_order=order) for n, order in sorted(numbers.items())]
    by_id = {one.id: one for one in waiting}
    gone = [replace(by_id[2], absent_told_at=NOON), replace(by_id[5], state="決定")]

    assert [one.id for one in waitlist_entries(waiting)] == [5, 2, 9, 4, 1], "no number stands last"
    assert renumbered_waitlist(waiting) == {1: 5}
    assert renumbered_waitlist([*gone, by_id[9], by_id[4]]) == {9: 1, 4: 2}
    assert renumbered_waitlist([by_id[5], gone[0], by_id[9], by_id[4]]) == {9: 2, 4: 3}


def test_the_door_says_of_photographs_what_was_refused_and_nothing_where_nobody_was_asked():
    answers = [("可", ""), ("可", "不可"), ("不可", ""), ("", ""), ("条件つき", "可")]
    asked = [Entry(id=n, event_id=1, photo=photo, publication=shown) for n, (photo, shown) in enumerate(answers)]
    assert photo_marks(asked) == {0: "", 1: "掲載不可", 2: "撮影不可", 3: "撮影未確認", 4: "撮影条件つき"}
    assert photo_marks([replace(one, photo="") for one in asked]) == dict.fromkeys(range(5), "")


def test_the_five_words_for_people_are_five_numbers_of_one_roster():
    """申込 without walk-ins and substitutes, 決定 with told absences, 参加予定 without them, 出席 with walk-ins."""
    told, lent = {"absent_told_at": NOON}, {"device": "貸与"}
    entries = [
        Entry(id=1, event_id=1, state="決定", organisation_name="あ会", attendance="出席", late=True, **lent),
        Entry(id=2, event_id=1, state="決定", organisation_name="あ会", attendance="欠席", device="持参"),
        Entry(id=3, event_id=1, state="決定", organisation_name="い会", attendance="欠席", **told),
        Entry(id=4, event_id=1, state="決定", organisation_name="う会", attendance="欠席", **told),
        Entry(
            id=5, event_id=1, state="決定", organisation_name="う会", attendance="出席", substitute_for=4, device="持参"
        ),
        Entry(id=6, event_id=1, state="落選", organisation_name="え会"),
        Entry(id=7, event_id=1, state="申込", organisation_name="", attendance="出席", walk_in=True, **lent),
    ]
    loans = [TabletLoan(tablet_id=number, event_id=1, entry_id=number, out_at=NOON) for number in (1, 5, 7)]
    assert vars(count_participation(entries, loans)) == {
        "applied": 5, "applied_organisations": 4, "decided": 4, "expected": 3, "expected_organisations": 2,
        "attended": 3, "attended_organisations": 2, "absent": 2, "absence_notified": 1, "unmarked": 0,
        "walk_ins": 1, "substitutes": 1, "late": 1, "lent_devices": 2, "own_devices": 1,
    }  # fmt: skip
    on_list = [is_on_check_in_list(one) for one in entries]
    assert on_list == [True, True, False, False, True, False, True]
    assert not is_on_check_in_list(replace(entries[-1], state="辞退")), "a walk-in who went away again"
    unmarked = [
        *(Entry(id=n, event_id=1, state="決定") for n in (8, 10)),
        Entry(id=9, event_id=1, state="決定", **told),
    ]
    counts = count_participation([*entries, *unmarked])
    assert (counts.absent, counts.unmarked) == (3, 2), "who reported an absence is not waited for"


def test_who_reported_an_absence_before_the_choice_got_no_place_by_it():
    gone = Entry(id=1, event_id=1, state="申込", absent_told_at=NOON)
    others = [
        Entry(id=2, event_id=1, state="申込"),
        Entry(id=3, event_id=1, state="決定", attendance="出席", walk_in=True),
    ]
    assert entries_declined_before_choice([gone, *others]) == [], "a walk-in is no choice"
    chosen = [gone, *others, Entry(id=4, event_id=1, state="決定")]
    assert entries_declined_before_choice(chosen) == [gone]
    assert entries_declined_before_choice([*chosen, Entry(id=5, event_id=1, state="決定", substitute_for=1)]) == []
    came = replace(gone, attendance="出席")
    assert entries_declined_before_choice([came, *chosen[1:]]) == []
