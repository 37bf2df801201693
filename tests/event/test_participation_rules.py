"""Numbers of the list, typed numbers, the counts of a day, tablets and 配慮: the pure decisions."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.common.number_lists import parse_numbers
from app.event.rules.care_needs import care_count
from app.event.rules.participation import count_participation, entries_declined_before_choice, expected_counts
from app.events.arrangements.services import proposed_kinds
from app.events.roster.rules import missing_roster_numbers
from app.events.tablets.rules import free_tablets, loan_state
from db.records.roster import Arrangement, Entry, Tablet, TabletLoan, ToContractor

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
    ("typed", "numbers"),
    [
        ("7", (7,)), ("1 2 3 5-9", (1, 2, 3, 5, 6, 7, 8, 9)), ("１，２、３", (1, 2, 3)), ("5～3", (3, 4, 5)),
        ("2 2 1", (2, 1)), ("3 - 5", (3, 4, 5)), ("", ()), ("1-2000", ()),
    ],
)  # fmt: skip
def test_typed_numbers_are_read(typed, numbers):
    assert parse_numbers(typed).numbers == numbers


def test_what_is_no_number_is_said():
    assert parse_numbers("3 さとう 1-2000 4").unreadable == ("さとう", "1-2000")


@given(st.text(max_size=40))
def test_reading_numbers_never_fails(text):
    parse_numbers(text)


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
        Arrangement(event_id=1, entry_id=1, content="途中の休憩", to_contractor=ToContractor.NOT_TO_BE_TOLD),
        Arrangement(event_id=1, entry_id=1, content="まだ聞いていない"),
    ]
    assert expected_counts([entry], {}, made)[0].care_request == "要約筆記、前方の席1"
    both = [entry, replace(entry, id=2, care="補聴器"), replace(entry, id=3, care="")]
    assert expected_counts(both, {}, made)[0].care_request == "要約筆記、前方の席1、手配を確認中"


def test_a_tablet_goes_through_its_states():
    loan = TabletLoan(tablet_id=1, event_id=1)
    day = date(2026, 9, 24)
    assert loan_state(loan, day, day) == "未渡し"
    out = replace(loan, out_at=NOON)
    assert (loan_state(out, day, day), loan_state(out, day, date(2026, 9, 25))) == ("貸出中", "未返却")
    back = replace(out, back_at=NOON)
    assert loan_state(back, day, day) == "初期化の確認がまだ"
    assert loan_state(replace(back, initialised_at=NOON), day, day) == "済"


def test_tablets_in_use_or_not_used_any_more_are_not_free():
    tablets = [Tablet(id=number, number=str(number)) for number in range(1, 6)]
    tablets[4] = replace(tablets[4], retired_on=NOON.date())
    loans = [
        TabletLoan(tablet_id=1, event_id=8, out_at=NOON),
        TabletLoan(tablet_id=2, event_id=9),
        TabletLoan(tablet_id=3, event_id=8, out_at=NOON, back_at=NOON, initialised_at=NOON),
    ]
    assert [one.number for one in free_tablets(tablets, loans, [9])] == ["3", "4"]


def test_the_five_words_for_people_are_five_numbers_of_one_roster():
    """申込 without walk-ins and substitutes, 決定 with told absences, 参加予定 without them, 出席 with walk-ins."""
    told = {"absent_told_at": NOON}
    entries = [
        Entry(id=1, event_id=1, state="決定", organisation_name="あ会", attendance="出席"),
        Entry(id=2, event_id=1, state="決定", organisation_name="あ会", attendance="欠席"),
        Entry(id=3, event_id=1, state="決定", organisation_name="い会", attendance="欠席", **told),
        Entry(id=4, event_id=1, state="決定", organisation_name="う会", attendance="欠席", **told),
        Entry(id=5, event_id=1, state="決定", organisation_name="う会", attendance="出席", substitute_for=4),
        Entry(id=6, event_id=1, state="落選", organisation_name="え会"),
        Entry(id=7, event_id=1, state="申込", organisation_name="お会", attendance="出席", walk_in=True),
    ]
    counts = count_participation(entries)
    assert (counts.applied, counts.applied_organisations) == (5, 4)
    assert (counts.decided, counts.expected, counts.absence_notified) == (4, 3, 1)
    assert (counts.attended, counts.walk_ins, counts.absent) == (3, 1, 2)
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
