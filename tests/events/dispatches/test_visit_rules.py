"""The rules of a 派遣 case by case: lectures before it, the call after it, stages, reports, times and reasons."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.events.dispatches import rules
from app.events.dispatches.rules import STEPS, DispatchSteps
from app.programme.intake import preset
from db.records.dispatches import DispatchFollowUp, DispatchRequest, DispatchSupport, FollowUpKind
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event, RecruitmentStep
from db.records.organisations import StageMark
from db.records.programme import FollowUpBy
from db.records.roster import Entry
from db.records.submissions.reports import Report

DAY = date(2026, 11, 10)
DAYS = {number: DAY + timedelta(days=number) for number in range(-3, 4)}
VISIT = Event(id=9, kind="派遣", form=EventForm.VISIT, subject="派遣", event_date=DAY)
CALL = DispatchFollowUp(id=1, event_id=9, kind=FollowUpKind.THREE_MONTHS, asked_on=DAY, state="不在")
QUESTION = DispatchFollowUp(id=2, event_id=9, asked_on=DAY, way="電話", question="つながらない")


def lecture(number: int, day: date | None, **given: str) -> Event:
    return Event(
        id=number, **({"kind": "講習会", "form": EventForm.LECTURE, "subject": "LINE講習会", "event_date": day} | given)
    )


def entry(event_id: int, attendance: str = "", state: str = "決定") -> Entry:
    return Entry(event_id=event_id, attendance=attendance, state=state)


def test_lectures_with_attendants_come_first_then_by_day_and_those_without_a_day_last():
    lectures = [
        lecture(1, None), lecture(2, DAYS[2]), lecture(3, DAYS[-1]), lecture(4, DAYS[1]), lecture(5, DAYS[-1]),
        lecture(6, DAYS[-3], status=EventStatus.CANCELLED),
        lecture(7, DAYS[-3], form=EventForm.EXCHANGE), lecture(8, DAYS[-3]),
    ]  # fmt: skip
    entries = [
        *(entry(number) for number in (1, 2, 3, 6, 7)),
        entry(4, "出席"), entry(4, "出席"), entry(4, "欠席"), entry(5, "出席"),
        entry(8, state="落選"), entry(8, state="辞退"),
    ]  # fmt: skip
    found = rules.lecture_links(lectures, entries)
    assert [(one.event.id, one.attended_count, one.entered_count) for one in found] == [
        (5, 1, 1), (4, 2, 3), (3, 0, 1), (2, 0, 1), (1, 0, 1),
    ]  # fmt: skip
    assert [one.words.rpartition("　")[2] for one in found[:3]] == ["1人が参加", "2人が参加", "1人が申込み"]


@pytest.mark.parametrize(
    ("event", "calls", "due"),
    [
        (VISIT, (), date(2027, 2, 10)),
        (replace(VISIT, event_date=None), (), None),
        (replace(VISIT, status=EventStatus.CANCELLED), (), None),
        (VISIT, (CALL,), date(2027, 2, 10)),
        (VISIT, (replace(CALL, next_on=DAYS[3]),), DAYS[3]),
        (VISIT, (replace(CALL, next_on=DAYS[3]), replace(CALL, id=5, asked_on=DAYS[1], next_on=DAYS[2])), DAYS[2]),
        (VISIT, (replace(CALL, id=7, next_on=DAYS[2]), replace(CALL, id=6, next_on=DAYS[3])), DAYS[2]),
        (VISIT, (replace(CALL, next_on=DAYS[3]), replace(CALL, id=5, asked_on=DAYS[1])), date(2027, 2, 10)),
        (VISIT, (replace(CALL, state="完了"), replace(CALL, id=5, next_on=DAYS[2])), None),
        (VISIT, (replace(QUESTION, next_on=DAYS[2]), replace(QUESTION, state="完了")), date(2027, 2, 10)),
    ],
)
def test_the_call_is_due_after_three_months_or_on_the_day_it_was_put_off_to_until_it_was_made(event, calls, due):
    kind = replace(preset().kinds[1], follow_up_months=(3,))
    later = sorted((one for one in calls if one.kind.is_later_call), key=lambda one: (one.asked_on, one.id))
    made, put_off = sum(one.state.is_done for one in later), later[-1].next_on if later else None
    assert rules.call_due(event, kind, made=made, put_off=put_off) == due
    assert rules.call_due(event, kind, made=0, is_followed=True) is None, "its 団体 is called after the last visit"
    again = replace(kind, follow_up_months=(1, 3), follow_up_by=FollowUpBy.EVENT)
    if event == VISIT:
        assert rules.call_due(event, again, made=1, is_followed=True) == date(2027, 2, 10)
    assert rules.call_due(event, replace(kind, follow_up_months=()), made=0) is None


@pytest.mark.parametrize(
    ("marks", "found"),
    [
        ((), {"LINE": ("2", None)}),
        ((("3", -1, None),), {"LINE": ("3", DAYS[-1])}),
        ((("3", 0, None),), {"LINE": ("3", DAY)}),
        ((("3", 1, None),), {}),
        ((("3", 0, 9),), {}),
        ((("3", 1, 9),), {}),
        ((("3", -1, 9),), {"LINE": ("3", DAYS[-1])}),
        ((("3", 0, 8),), {"LINE": ("3", DAY)}),
        ((("4", -1, None), ("3", -2, None)), {"LINE": ("4", DAYS[-1])}),
        ((("3", -1, None), ("4", 0, 9)), {"LINE": ("3", DAYS[-1])}),
    ],
)
def test_a_stage_before_a_visit_is_the_last_one_up_to_its_day_that_its_own_report_did_not_tell(marks, found):
    given = [
        StageMark(id=number, organisation_id=7, tool="LINE", stage=stage, marked_on=DAYS[day], event_id=event_id)
        for number, (stage, day, event_id) in enumerate(marks, start=1)
    ]
    assert rules.stages_before(given, {"LINE": "2"}, event=VISIT) == found


def test_a_visit_without_a_day_has_every_stage_before_it_but_those_of_its_report():
    marks = [
        StageMark(id=1, organisation_id=7, tool="LINE", stage="3", marked_on=DAY),
        StageMark(id=2, organisation_id=7, tool="LINE", stage="4", marked_on=DAY, event_id=9),
    ]
    assert rules.stages_before(marks, {}, event=replace(VISIT, event_date=None)) == {"LINE": ("3", DAY)}


@pytest.mark.parametrize(
    ("reports", "counts"),
    [
        ((), None),
        (((1, "受領", "区が確認中", DAY),), None),
        (((1, "受領", "確認済", DAY), (2, "作成", "確認済", DAYS[1])), 2),
        (((1, "受領", "確認済", DAY), (2, "作成", "確認済", DAY)), 1),
        (((1, "受領", "確認済", DAY), (2, "受領", "確認済", DAY)), 2),
        (((1, "作成", "確認済", DAYS[-1]), (2, "受領", "確認済", None)), 1),
    ],
)
def test_the_report_that_was_confirmed_last_counts_and_of_one_day_a_received_one(reports, counts):
    given = [
        Report(id=version, event_id=9, version=version, way=way, status=status, checked_on=day)
        for version, way, status, day in reports
    ]
    found = rules.newest_confirmed(given)
    assert (found.version if found else None) == counts


def test_a_table_was_typed_from_a_version_only_where_it_has_rows():
    support = DispatchSupport(
        event_id=9,
        tables={"計画": (("4月", "LINE"),), "空": (("", ""),), rules.SOURCE_VERSION_KEY: (("計画", "2"), ("空", "3"))},
    )
    assert [rules.source_version(support, key) for key in ("計画", "空", "別")] == [2, 0, 0]
    assert rules.source_version(None, "計画") == 0
    bare = replace(support, tables={"計画": (("4月", "LINE"),)})
    assert rules.source_version(bare, "計画") == 0


def test_the_report_lists_questions_by_day_and_a_call_once_it_was_made():
    rows = rules.follow_up_report_rows([
        replace(QUESTION, id=8, asked_on=DAYS[1], state="対応中", next_on=DAYS[3], answer="調べる", counted="2回"),
        replace(QUESTION, id=7, asked_on=DAYS[1], state="対応中"),
        replace(QUESTION, id=6, state="完了", answered_on=DAYS[2], answer="直した"),
        replace(QUESTION, id=5, state="完了"),
        CALL,
        replace(CALL, id=4, asked_on=DAYS[2], state="完了"),
    ])  # fmt: skip
    assert [(row[3], row[4], row[5]) for row in rows] == [
        ("", "R8.11.10（火）", "完了"), ("直した", "R8.11.12（木）", "完了"), ("", "", "対応中"),
        ("調べる　2回", "次回 R8.11.13（金）", "対応中"), ("", "R8.11.12（木）", "完了"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("when", "is_after"),
    [
        ("R9.3", False), ("R9.4", True), ("令和9年5月から", True), ("令和８年１２月", False), ("R10.1", True),
        ("R8.4", False), ("来年度", False), ("", False),
    ],
)  # fmt: skip
def test_a_typed_time_from_april_of_the_next_year_on_is_after_the_year(when, is_after):
    assert rules.is_after_march(when, 2026) == is_after


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("講習会の参加者を優先した。", "講習会の参加者を優先したためです。"),
        (" 会場がない ", "会場がないためです。"),
        ("日程が合わないため。", "日程が合わないため。"),
        ("定員", "定員"),
        ("", ""),
    ],
)
def test_a_reason_that_ends_plainly_is_said_politely_and_another_stays_as_typed(reason, said):
    assert rules.polite_reason(reason) == said


@pytest.mark.parametrize(
    ("day", "later", "counts"),
    [
        (None, {}, (4, 2)),
        (DAYS[0], {}, (3, 1)),
        (DAYS[-1], {}, (2, 0)),
        # Whether one that was withdrawn later had been selected before is not recorded.
        (DAYS[0], {"outcome": "取下げ", "decided_on": DAYS[1]}, (3, None)),
        (DAYS[0], {"outcome": "取下げ", "decided_on": DAYS[0]}, (3, 1)),
        (None, {"outcome": "取下げ", "decided_on": DAYS[1]}, (4, 2)),
    ],
)
def test_a_selection_counts_who_had_applied_and_was_selected_on_its_day(day, later, counts):
    def request(number: int, received: int, **given: object) -> DispatchRequest:
        return DispatchRequest(
            **({"programme_id": 1, "organisation_id": number, "received_on": DAYS[received]} | given)
        )

    requests = [
        request(1, -2, outcome="決定", decided_on=DAYS[0]),
        request(1, -2, outcome="決定", decided_on=DAYS[0]),
        request(2, -1, outcome="不採択", decided_on=DAYS[0]),
        request(3, 0, **later),
        request(4, 1, outcome="決定", decided_on=DAYS[1]),
    ]
    assert rules.counts_at_selection(requests, day) == counts


def test_each_step_is_done_next_or_open():
    first, second, third, *others = STEPS
    marks = DispatchSteps(done_steps=frozenset({first, third}), current_step=second).step_marks()
    assert marks == ((first, "done"), (second, "next"), (third, "done"), *((one, "open") for one in others))
    assert {mark for _step, mark in DispatchSteps(done_steps=frozenset(STEPS)).step_marks()} == {"done"}


@pytest.mark.parametrize(("closes", "counted_from"), [(None, DAY), (DAYS[-1], DAY), (DAY, DAY), (DAYS[2], DAYS[2])])
def test_a_choice_is_aimed_at_from_the_receipt_or_the_closing_day_whichever_is_later(closes, counted_from):
    request = DispatchRequest(programme_id=1, organisation_id=7, received_on=DAY)
    late = replace(request, received_on=counted_from)
    assert rules.selection_target_date(request, closes) == rules.selection_target_date(late, None) > counted_from


@pytest.mark.parametrize(
    ("steps", "is_announced"),
    [
        ((), False),
        ((("募集要項の周知", None),), False),
        ((("希望票の締切", DAY),), False),
        ((("募集要項の周知", None), ("希望票の締切", DAY)), False),
        ((("募集要項の周知", DAY), ("希望票の締切", None)), True),
    ],
)
def test_the_call_is_announced_once_that_step_was_done(steps, is_announced):
    given = [RecruitmentStep(event_id=9, position=0, name=name, offset_days=0, done_on=day) for name, day in steps]
    assert rules.is_announced(given) == is_announced
