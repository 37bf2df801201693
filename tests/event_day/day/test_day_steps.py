"""The step in force: one rule, by how things stand and by the clock, case by case."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from app.documents.event_phase import EventPhase
from app.event_day.day.rules import ALL_STEPS, DayFacts, current_step, is_done, next_transition
from app.event_day.day.services.day_overview import _note, _recorded_words, step_act
from db.records.events import EventResult

DAY = date(2026, 12, 8)
EVENT = DayFacts(day=DAY, start="14:00", end="16:00", people=14, unmarked=14)
READY = replace(EVENT, is_printed=True)
OUT = replace(READY, has_checkout=True, outstanding_count=2)
HELD = replace(OUT, phase=EventPhase.HELD, check_in_closed=True, unmarked=3)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute)


@pytest.mark.parametrize(
    ("facts", "now", "step"),
    [
        # before the day
        (EVENT, at(1, 9), "紙"),
        (READY, at(1, 9), "持出し"),
        (replace(READY, changed_count=1), at(7, 17), "紙"),
        (replace(OUT, changed_count=1), at(7, 17), "受付"),
        # on the day, in the morning
        (EVENT, at(8, 9), "紙"),
        (READY, at(8, 9), "持出し"),
        (OUT, at(8, 11), "受付"),
        # at the door: nobody is held up by papers that were not made here
        (EVENT, at(8, 13, 29), "紙"),
        (EVENT, at(8, 13, 30), "受付"),
        (READY, at(8, 14, 10), "受付"),
        (replace(OUT, unmarked=2), at(8, 15, 59), "受付"),
        # after
        (OUT, at(8, 16), "実施"),
        (replace(OUT, check_in_closed=True, phase=EventPhase.HELD), at(8, 14, 20), "返却"),
        (HELD, at(8, 17), "返却"),
        (replace(HELD, outstanding_count=0), at(8, 18), "出席"),
        (replace(HELD, outstanding_count=0, unmarked=0), at(9, 9), None),
        # past the day with nothing recorded
        (EVENT, at(9, 9), "実施"),
        (replace(EVENT, outstanding_count=1), at(20, 9), "実施"),
    ],
)  # fmt: skip
def test_exactly_one_step_is_in_force_by_state_and_clock(facts, now, step):
    assert current_step(facts, now) == step


@pytest.mark.parametrize("word", ["中止", "日時未定", "取下げ", "不採択", "選定前"])
def test_of_an_event_that_does_not_take_place_only_what_is_outside_is_asked_back(word):
    off = replace(EVENT, phase=EventPhase(word))
    for now in (at(1, 9), at(8, 13, 40), at(9, 9)):
        assert current_step(off, now) is None
        assert current_step(replace(off, is_printed=True, has_checkout=True, outstanding_count=1), now) == "返却"


def test_where_the_new_day_is_not_known_or_none_was_ever_decided_nothing_is_due():
    assert current_step(replace(EVENT, phase=EventPhase.WITHOUT_NEW_DAY), at(1, 9)) is None
    assert current_step(replace(EVENT, day=None, phase=EventPhase.WITHOUT_DAY), at(1, 9)) is None
    assert current_step(replace(EVENT, phase=EventPhase.WITHOUT_PLACE), at(1, 9)) == "紙"


def test_an_event_that_was_moved_begins_anew_with_what_its_papers_say():
    moved = replace(READY, day=date(2026, 12, 15), changed_count=3)
    assert current_step(moved, at(8, 13, 40)) == "紙"
    assert current_step(moved, at(15, 13, 40)) == "受付"


def test_a_visit_without_a_roster_has_no_door_and_goes_from_the_beginning_to_the_record():
    visit = replace(EVENT, people=0, unmarked=0)
    assert current_step(visit, at(1, 9)) == "紙"
    ready = replace(visit, is_printed=True, has_checkout=True, outstanding_count=1)
    assert current_step(ready, at(8, 13, 40)) is None
    assert current_step(ready, at(8, 14)) == "実施"
    assert current_step(replace(ready, phase=EventPhase.HELD), at(8, 16)) == "返却"
    assert current_step(replace(ready, phase=EventPhase.HELD, outstanding_count=0), at(8, 16)) is None


def test_what_a_second_desk_did_puts_the_next_step_in_force_at_once():
    here, now = READY, at(8, 13, 40)
    assert current_step(here, now) == "受付"
    closed_there = replace(here, has_checkout=True, outstanding_count=3, phase=EventPhase.HELD, check_in_closed=True)
    assert current_step(closed_there, now) == "返却"
    taken_back = replace(closed_there, phase=EventPhase.PLANNED, check_in_closed=False)
    assert current_step(taken_back, now) == "受付"


def test_without_hours_the_clock_decides_nothing_on_the_day():
    unknown = replace(EVENT, start="", end="")
    assert current_step(unknown, at(8, 15)) == "紙"
    assert current_step(replace(unknown, is_printed=True, has_checkout=True), at(8, 23, 59)) == "受付"
    assert current_step(unknown, at(9, 0)) == "実施"


def test_steps_are_done_by_what_is_recorded_alone():
    assert [step for step in ALL_STEPS if is_done(step, EVENT)] == []
    assert [step for step in ALL_STEPS if is_done(step, replace(HELD, has_responses=True))] == [
        "紙", "持出し", "受付", "実施", "回収",
    ]  # fmt: skip
    assert [step for step in ALL_STEPS if is_done(step, replace(HELD, outstanding_count=0, unmarked=0))] == [
        "紙", "持出し", "受付", "実施", "返却", "出席",
    ]  # fmt: skip
    assert is_done("返却", replace(HELD, has_checkout=False, lent_count=1, outstanding_count=0)), "a tablet alone"
    assert not is_done("返却", replace(HELD, has_checkout=False, outstanding_count=0)), "nothing was taken out"
    assert not is_done("紙", replace(READY, changed_count=1))
    assert is_done("紙", replace(OUT, changed_count=1))


def test_the_word_of_the_button_changes_with_the_step():
    words = [step_act(step)[0] for step in ("紙", "持出し", "受付", "実施", "返却", "出席", None)]
    assert words == ["", "持ち出す", "受付を開く", "実施を記録する", "返す", "出席を決める", ""]


def test_the_clock_is_asked_again_when_it_may_decide_otherwise():
    assert next_transition(EVENT, at(1, 9)) == at(8, 13, 30)
    assert next_transition(EVENT, at(8, 13, 30)) == at(8, 14)
    assert next_transition(EVENT, at(8, 15)) == at(8, 16)
    assert next_transition(EVENT, at(8, 16)) is None


@pytest.mark.parametrize(("checkouts", "tablets"), [((), 0), ((1,), 0), ((), 1)])
def test_an_event_that_is_off_says_what_is_still_outside(checkouts, tablets):
    status = SimpleNamespace(state=SimpleNamespace(phase=EventPhase.CANCELLED, word="中止"))
    context = SimpleNamespace(event_status=status, outstanding_checkouts=checkouts, lent_tablet_count=tablets)
    assert ("返却" in _note(context)) == bool(checkouts or tablets)


def test_numbers_without_those_who_came_are_none():
    nothing = "実施済。人数はまだ記録されていません"
    assert _recorded_words(None) == _recorded_words(EventResult(event_id=1, absent=2)) == nothing
