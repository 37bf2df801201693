"""The state of an event from its row, the decisions about it and the requests of its 団体."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.event.rules.event_state import decision_in_effect, decisions_without_new_date, state_of
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchRequest
from db.records.event_form import EventForm
from db.records.events import Event, EventResult

EVENT = Event(
    id=1,
    programme_id=1,
    kind="講習会",
    form=EventForm.LECTURE,
    subject="LINE講習会",
    event_date=date(2026, 9, 24),
    start_time="14:00",
    venue="みほん区民館",
    room="研修室",
)
VISIT = replace(EVENT, kind="派遣", form=EventForm.VISIT, organisation_id=5)
PLACE = "みほん区民館　研修室"
BEFORE, SAME = "令和8年9月10日（木）午後2時から4時", "令和8年9月24日（木）午後2時から4時"


def decided(kind, number=1, **given):
    return ChangeDecision(
        id=number, event_id=1, kind=kind, decided_at=datetime(2026, 9, number, 9), decided_by="", reason="", **given
    )


def read(event, *decisions, **given):
    state = state_of(event, decisions, **given)
    return state.word, state.since and state.since.day, state.decided, state.open_item


AWAY = decided("会場の変更", before_place=PLACE)
MOVED_AWAY = decided("会場の変更", before_place="みほん公民館")
MOVED = decided("日時の変更", 3, before_time=BEFORE)


@pytest.mark.parametrize(
    ("decisions", "found"),
    [
        ((), ("", None, "", "")),
        ((AWAY,), ("", None, "会場の変更", "会場")),
        ((MOVED_AWAY,), ("", None, "会場の変更", "")),
        ((replace(AWAY, taken_back="9/2"),), ("", None, "", "")),
        ((decided("中止"),), ("", None, "", "")),
        ((MOVED, decided("中止", 4)), ("", None, "", "")),
    ],
)
def test_a_planned_event_whose_day_stands_says_at_most_that_its_place_is_open(decisions, found):
    word = state_of(EVENT).word
    assert read(EVENT, *decisions) == (word, *found[1:])
    assert read(replace(EVENT, event_date=None), *decisions)[0] == word


@pytest.mark.parametrize(
    ("decisions", "found"),
    [
        ((MOVED,), ("日程変更", 3, "日時の変更", "")),
        ((replace(MOVED, kind="延期"),), ("日程変更", 3, "延期", "")),
        ((replace(MOVED, before_time=SAME, kind="延期"),), ("延期", 3, "延期", "")),
        ((MOVED, replace(AWAY, id=4)), ("日程変更", 3, "会場の変更", "会場")),
        ((decided("中止", 2), MOVED), ("日程変更", 3, "日時の変更", "")),
    ],
)
def test_an_event_has_moved_since_the_decision_once_it_begins_at_another_time(decisions, found):
    assert read(EVENT, *decisions) == found


def test_another_end_is_another_time_and_no_new_day_for_a_postponed_event():
    longer = replace(MOVED, before_time="令和8年9月24日（木）　午後2時から午後4時30分まで")
    assert EVENT.end_time == "16:00"
    assert read(EVENT, longer) == ("日程変更", 3, "日時の変更", "")
    assert read(EVENT, replace(longer, kind="延期")) == ("延期", 3, "延期", "")
    assert read(replace(EVENT, end_time="16:30"), longer)[3] == "日時"


def test_a_cancelled_and_a_held_event_say_so_whatever_was_decided_before():
    cancelled = replace(EVENT, status="中止", cancelled_on=date(2026, 9, 20))
    assert read(cancelled, AWAY, decided("中止", 2)) == ("中止", 20, "中止", "")
    held = replace(EVENT, status="実施済")
    assert read(held, AWAY)[0] == "結果未記録"
    assert read(held, result=EventResult(event_id=1, applied=20))[0] == "結果未記録"
    assert read(held, result=EventResult(event_id=1, attended=0))[0] == "実施済"


def test_a_postponed_event_is_so_until_it_has_another_day_and_a_new_day_without_one_is_open():
    for kind, (word, item) in {"延期": ("延期", ""), "日時の変更": (state_of(EVENT).word, "日時")}.items():
        undated = replace(EVENT, event_date=None)
        assert read(undated, decided(kind, 3)) == (word, 3, kind, item)
        assert [one.kind for one in decisions_without_new_date(undated, [decided(kind, 3)])] == [kind]
    assert decisions_without_new_date(EVENT, []) == ()
    assert decisions_without_new_date(replace(EVENT, status="中止"), [AWAY]) == ()
    assert decisions_without_new_date(EVENT, [AWAY]) == [AWAY]
    assert decisions_without_new_date(EVENT, [MOVED_AWAY]) == ()
    assert decision_in_effect(EVENT, [AWAY, replace(MOVED_AWAY, taken_back="x")]) == AWAY


@pytest.mark.parametrize(
    ("outcomes", "word"),
    [
        ((), None),
        (("取下げ",), "取下げ"),
        (("不採択",), "不採択"),
        (("取下げ", "不採択"), "不採択"),
        (("不採択", "取下げ"), "取下げ"),
        (("不採択", ""), None),
        (("決定", "取下げ"), None),
    ],
)
def test_a_visit_whose_request_ended_says_how_unless_another_is_open_or_decided(outcomes, word):
    slips = [
        DispatchRequest(id=number, programme_id=1, organisation_id=5, received_on=date(2026, 8, 1), outcome=outcome)
        for number, outcome in enumerate(outcomes, 1)
    ]
    planned = state_of(EVENT).word
    assert read(VISIT, dispatch_requests=slips)[0] == (word or planned)
    for other in (
        EVENT,
        replace(VISIT, organisation_id=None),
        replace(VISIT, organisation_id=6),
        replace(VISIT, programme_id=2),
    ):
        assert read(other, dispatch_requests=slips)[0] == planned
    elsewhere = [replace(one, event_id=9) for one in slips]
    assert read(VISIT, dispatch_requests=elsewhere)[0] == planned
