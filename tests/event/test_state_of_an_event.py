"""The state of an event from its row, the decisions about it and the requests of its 団体."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.event.rules.event_state import decision_in_effect, decisions_without_new_date, state_of
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchRequest
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
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


TODAY = date(2026, 9, 20)


def read(event, *decisions, today=TODAY, **given):
    state = state_of(event, decisions, today, **given)
    return state.word, state.since and state.since.day, state.decided, state.phase.will_be_held


AWAY = decided("会場の変更", before_place=PLACE)
MOVED_AWAY = decided("会場の変更", before_place="みほん公民館")
MOVED = decided("日時の変更", 3, before_time=BEFORE)
PUT_OFF = decided("延期", 3, before_time=SAME)


@pytest.mark.parametrize(
    ("decisions", "found"),
    [
        ((), ("予定", None, "", True)),
        ((AWAY,), ("会場未定", None, "会場の変更", True)),
        ((MOVED_AWAY,), ("予定", None, "会場の変更", True)),
        ((replace(AWAY, taken_back="9/2"),), ("予定", None, "", True)),
        ((replace(AWAY, entered_on=date(2026, 9, 2)),), ("予定", None, "会場の変更", True)),
        ((decided("中止"),), ("予定", None, "", True)),
        ((MOVED,), ("予定", None, "日時の変更", True)),
        ((replace(MOVED, kind="延期"),), ("予定", None, "延期", True)),
        ((PUT_OFF,), ("延期", 3, "延期", False)),
        ((replace(PUT_OFF, kind="日時の変更"),), ("日時の変更", 3, "日時の変更", False)),
        ((replace(PUT_OFF, entered_on=date(2026, 9, 4)),), ("予定", None, "延期", True)),
        ((PUT_OFF, decided("中止", 4)), ("延期", 3, "延期", False)),
        ((PUT_OFF, replace(AWAY, id=4)), ("延期", 3, "延期", False)),
        ((MOVED, replace(AWAY, id=4)), ("会場未定", None, "会場の変更", True)),
    ],
)
def test_a_planned_event_is_held_unless_another_day_is_awaited(decisions, found):
    assert read(EVENT, *decisions) == found


def test_another_end_is_another_time_and_no_new_day_for_a_postponed_event():
    longer = replace(MOVED, before_time="令和8年9月24日（木）　午後2時から午後4時30分まで")
    assert EVENT.end_time == "16:00"
    assert read(EVENT, longer)[0] == "予定"
    assert read(EVENT, replace(longer, kind="延期"))[0] == "延期"
    assert read(replace(EVENT, end_time="16:30"), longer)[0] == "日時の変更"


def test_the_day_after_a_result_is_missing_but_not_while_another_day_is_awaited():
    after = EVENT.event_date + timedelta(days=1)
    assert read(EVENT, AWAY, today=EVENT.event_date)[0] == "会場未定"
    assert read(EVENT, AWAY, today=after)[0] == read(EVENT, today=after)[0] == "結果未記録"
    assert read(EVENT, PUT_OFF, today=after)[0] == "延期"
    assert read(replace(EVENT, event_date=None))[0] == "協議中"
    assert read(replace(EVENT, event_date=None), PUT_OFF)[0] == "延期"


def test_a_cancelled_and_a_held_event_say_so_whatever_was_decided_before():
    cancelled = replace(EVENT, status=EventStatus.CANCELLED, cancelled_on=date(2026, 9, 20))
    assert read(cancelled, AWAY, decided("中止", 2)) == ("中止", 20, "中止", False)
    held = replace(EVENT, status=EventStatus.HELD)
    assert read(held, PUT_OFF)[0] == "実施済"
    for result, lacks in ((None, True), ({"applied": 20}, True), ({"attended": 0}, False)):
        counted = EventResult(event_id=1, **result) if result is not None else None
        assert state_of(held, [], TODAY, result=counted).lacks_people is lacks


def test_decisions_that_wait_are_revoked_together_and_only_those_of_a_planned_event():
    assert decisions_without_new_date(EVENT, []) == ()
    assert decisions_without_new_date(replace(EVENT, status=EventStatus.CANCELLED), [AWAY]) == ()
    assert decisions_without_new_date(EVENT, [PUT_OFF, AWAY]) == [PUT_OFF]
    assert decisions_without_new_date(EVENT, [PUT_OFF, replace(PUT_OFF, id=4)]) == [PUT_OFF, replace(PUT_OFF, id=4)]
    assert decisions_without_new_date(EVENT, [MOVED_AWAY]) == ()
    assert decision_in_effect(EVENT, [AWAY, replace(MOVED_AWAY, taken_back="x")]) == AWAY


def test_a_visit_whose_request_is_not_decided_on_is_not_planned_yet_and_one_that_ended_keeps_its_word():
    request = DispatchRequest(id=8, programme_id=1, organisation_id=5, received_on=date(2026, 8, 1))
    assert read(VISIT, request=request)[0] == "選定前"
    assert read(VISIT, request=replace(request, outcome="決定"))[0] == "予定"
    for status, word in ((EventStatus.WITHDRAWN, "取下げ"), (EventStatus.DECLINED, "不採択")):
        ended = replace(request, outcome=word, decided_on=date(2026, 9, 7))
        visit = replace(VISIT, status=status, request_id=8)
        assert read(visit, PUT_OFF, today=date(2026, 12, 1), request=ended)[:2] == (word, 7)
        assert read(visit)[0] == word
