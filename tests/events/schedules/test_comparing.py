"""日程の比べ on the sample year: dates in every form, what falls out of a window, dates that fit, and one action that
moves them all."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.event.services.recruitment import VENUE_STEP
from app.event.services.tasks.deadlines import event_tasks, read_year
from app.events.schedules import services as schedules_services
from app.events.schedules.rules import JudgedEvent, Remark
from app.events.schedules.services import read_entries_by_day
from app.history import services as history_services
from app.home.today.services.global_search import search_everything
from app.programme.services import change_programme, read_programme
from app.registers.venues.services import save_booking
from db.records.agreements import Agreement
from db.records.event_form import EventForm
from db.records.events import Event, RecruitmentStep
from db.records.schedules import ScheduleCandidate, SchedulePlan, WardDay
from db.records.venues import Booking
from db.records.year.completion import Payment
from db.rows import by_id, rows
from tests.support.cancelling import cancel_event
from tests.support.independent_calendar import closed
from tests.support.sample import BY, NOW, acting, event_id

pytestmark = pytest.mark.sample_year

WHO = {"by": BY, "now": NOW}
TODAY = NOW.date()


@pytest.fixture
def plan(store):
    return begin(store)


def begin(store, name="見直し"):
    return schedules_services.start_plan(acting(store), name=name).id


def shown(store, plan_id):
    return schedules_services.read_comparison(store, today=TODAY, plan_id=plan_id)


def line_of(store, plan_id, kind, ordinal):
    wanted = event_id(store, kind, ordinal)
    return next(one for one in shown(store, plan_id).lines if one.candidate.event_id == wanted)


def put(store, plan_id, kind, ordinal, **values):
    line = line_of(store, plan_id, kind, ordinal)
    schedules_services.save_candidate(acting(store), candidate=replace(line.candidate, **values))
    return line_of(store, plan_id, kind, ordinal)


def said(line):
    return [one.text for one in line.judged_event.remarks]


def test_a_fresh_draft_holds_the_year_and_changes_nothing(store):
    before = rows(store.database, Event)
    found = shown(store, begin(store))
    assert len(found.lines) == 12
    assert found.ready_count == 0
    assert found.correction_count == 0
    assert [one.day for one in found.lines] == sorted(one.day for one in found.lines)
    assert rows(store.database, Event) == before
    assert found.counts_text == "講習会 7・派遣 3・意見交換会 2（全2回）"


def test_every_usual_form_is_read_and_a_wrong_one_is_said_at_its_row_and_kept(store, plan):
    for typed in ("R9.2.4", "2/4", "２月４日", "令和9年2月4日（木）", "20270204", "2027-02-04"):
        assert put(store, plan, "意見交換会", 2, typed=typed).day == date(2027, 2, 4), typed
    line = put(store, plan, "意見交換会", 2, typed="2/30")
    assert (line.day, line.candidate.typed, line.needs_correction) == (None, "2/30", True)
    assert line.problem == "令和9年2月に30日はありません。日付を確かめてください。"
    line = put(store, plan, "意見交換会", 2, typed="2/4(金)")
    assert "木曜日です" in line.problem
    with pytest.raises(UserError, match="日付が読めません"):
        schedules_services.apply_plan(acting(store), plan_id=plan)


def test_deadlines_are_those_of_the_one_due_source(store, plan):
    for kind, ordinal in (("講習会", 7), ("派遣", 3), ("意見交換会", 2)):
        judged = line_of(store, plan, kind, ordinal).judged_event
        tasks = {one.task: one.due for one in event_tasks(store, event_id=event_id(store, kind, ordinal), today=TODAY)}
        mine = {row.task: row.effective_date for row in (judged.headcount, judged.material, judged.report) if row}
        assert mine == {task: tasks[task] for task in ("人数連絡", "資料確認", "実施報告書") if task in tasks}


def test_what_falls_out_is_said_with_its_clause_and_offered_days_fit(store, plan):
    line = put(store, plan, "講習会", 7, typed="12/26")
    assert said(line)[:2] == ["期間 12/25(金) を過ぎる", "閉庁日（土曜日）"]
    assert line.judged_event.remarks[0].clause == "仕4(1)ア"
    assert line.needs_correction
    busy = {one.day - timedelta(days=one.day.weekday()) for one in shown(store, plan).lines if one.id != line.id}
    assert len(line.judged_event.suggested_days) == 2
    for day in line.judged_event.suggested_days:
        assert not closed(day)
        assert date(2026, 9, 1) <= day <= date(2026, 12, 25)
        assert day - timedelta(days=14) >= TODAY - timedelta(days=1)
        assert day - timedelta(days=day.weekday()) not in busy
    line = put(store, plan, "派遣", 3, typed="R9.3.11")
    assert said(line)[0] == "報告書が履行期間を過ぎる。最後の日 R9 3/10(水)"
    assert line.judged_event.material is None
    assert date(2027, 3, 10) in line.judged_event.suggested_days


def test_places_lecturers_days_and_weeks_that_meet_are_named(store, plan):
    seventh = line_of(store, plan, "講習会", 7).candidate
    same = put(store, plan, "講習会", 6, typed="12/18", venue=seventh.venue, room="", lecturer=seventh.lecturer)
    assert f"会場が{line_of(store, plan, '講習会', 7).title}と重なる" in said(same)
    assert any(text.startswith("講師が第7回") for text in said(same))
    other = put(store, plan, "講習会", 6, typed="12/16", lecturer="")
    assert "12/18(金) と同じ週。区の立会い 2回" in said(other)
    save_booking(
        acting(store),
        booking=Booking(
            venue_name=other.candidate.venue,
            day=date(2026, 12, 16),
            start_time="15:00",
            end_time="17:00",
            purpose="総会",
        ),
    )
    line = line_of(store, plan, "講習会", 6)
    assert f"{line.candidate.venue} は 15:00–17:00 に予約あり（総会）" in said(line)


def test_the_weeks_count_what_the_lines_say(store):
    found = shown(store, begin(store))
    days = []
    for line in found.lines:
        judged = line.judged_event
        days += [("実施", line.day), ("報告書", judged.report.nominal), ("人数連絡", judged.headcount.working)]
        days += [("資料確認", judged.material.working)] if judged.material else []
    for week in found.weeks:
        inside = [kind for kind, day in days if week.monday <= day < week.monday + timedelta(days=7)]
        assert week.counts == tuple(inside.count(kind) for kind in ("実施", "資料確認", "人数連絡", "報告書"))
        assert week.has_closed_weekday == any(closed(week.monday + timedelta(days=one)) for one in range(5))
    assert sum(week.total for week in found.weeks) == len(days)
    assert [week.monday for week in found.weeks] == [
        found.weeks[0].monday + timedelta(days=7 * one) for one in range(len(found.weeks))
    ]


def test_a_day_beside_the_specification_waits_for_its_reason_and_all_become_events_in_one_action(store, plan):
    put(store, plan, "講習会", 7, typed="12/26")
    put(store, plan, "意見交換会", 2, typed="R9.2.9")
    schedules_services.save_candidate(
        acting(store),
        candidate=ScheduleCandidate(plan_id=plan, position=0, kind="講習会", subject="追加の講習会", typed="12/11"),
    )
    before = rows(store.database, Event)
    with pytest.raises(UserError) as refused:
        schedules_services.apply_plan(acting(store), plan_id=plan)
    assert "第7回" in refused.value.happened
    assert "追加の講習会" in refused.value.happened
    assert rows(store.database, Event) == before
    put(store, plan, "講習会", 7, typed="12/26", reason="役員が出やすい日", nature="協議で足りる")
    added = next(one.candidate for one in shown(store, plan).lines if one.candidate.event_id is None)
    schedules_services.save_candidate(
        acting(store), candidate=replace(added, reason="申込みが多い", nature="契約変更の要否を契約課へ確認")
    )
    saved = schedules_services.apply_plan(acting(store), plan_id=plan)
    assert "新しい実施回 1件、日程を変えた実施回 2件" in saved.message
    assert by_id(store.database, Event, event_id(store, "講習会", 7)).event_date == date(2026, 12, 26)
    made = by_id(store.database, Event, event_id(store, "講習会", 9))
    assert (made.subject, made.event_date) == ("追加の講習会", date(2026, 12, 11))
    assert any(
        one.content and "案4による" in one.content for one in rows(store.database, Agreement, topic="日程の変更")
    )
    assert by_id(store.database, SchedulePlan, plan).applied_on == TODAY
    assert shown(store, plan).ready_count == 0


def test_an_event_with_another_place_only_is_not_said_to_have_another_day(store, plan):
    put(store, plan, "意見交換会", 2, venue="べつの会場", room="")
    saved = schedules_services.apply_plan(acting(store), plan_id=plan)
    assert "（会場・講師を変えた実施回 1件）" in saved.message
    assert by_id(store.database, Event, event_id(store, "意見交換会", 2)).venue == "べつの会場"


def test_events_get_their_numbers_in_the_order_of_the_days(store, plan):
    for typed, name in (("R9.2.12", "あと"), ("R9.1.14", "さき")):
        schedules_services.save_candidate(
            acting(store),
            candidate=ScheduleCandidate(
                plan_id=plan, position=0, kind="講習会", subject=name, typed=typed, reason="協議", nature="協議で足りる"
            ),
        )
    titles = {one.candidate.subject: one.title for one in shown(store, plan).lines}
    schedules_services.apply_plan(acting(store), plan_id=plan)
    made = {one.subject: one.full_title for one in rows(store.database, Event, subject=["さき", "あと"])}
    assert made == {"さき": "第9回 さき", "あと": "第10回 あと"} == {name: titles[name] for name in made}


@pytest.mark.parametrize("moved", [False, True])
def test_another_place_brings_no_word_of_whose_the_old_one_was(store, moved, plan):
    day = {"typed": "12/17", "reason": "会場の都合"} if moved else {}
    put(store, plan, "講習会", 7, venue="見本ホール", room="", **day)
    put(store, plan, "講習会", 6, room="第2研修室")
    schedules_services.apply_plan(acting(store), plan_id=plan)
    sixth, seventh = (by_id(store.database, Event, event_id(store, "講習会", number)) for number in (6, 7))
    assert (seventh.venue, seventh.facility, seventh.venue_named_on) == ("見本ホール", "", None)
    assert (sixth.room, sixth.facility) == ("第2研修室", "区立施設")
    assert sixth.venue_named_on is not None


@pytest.mark.parametrize("place", [("みほん第二区民館", ""), ("みほん区民館", "第3和室")])
def test_another_room_on_the_same_day_is_neither_approved_nor_as_large_as_the_old_one(store, place):
    event = by_id(store.database, Event, event_id(store, "講習会", 6))
    with store.change(action="使用承認", by="準備", now=NOW, event_id=event.id) as change:
        change.update(
            Event, event.id, venue="みほん区民館", room="研修室", venue_booked_on=date(2026, 8, 3), venue_capacity=24
        )
    plan = begin(store)
    put(store, plan, "講習会", 6, venue=place[0], room=place[1])
    schedules_services.apply_plan(acting(store), plan_id=plan)
    left = by_id(store.database, Event, event.id)
    assert (left.event_date, left.venue, left.room) == (event.event_date, *place)
    assert (left.venue_booked_on, left.venue_capacity) == (None, None)


@pytest.mark.parametrize("room", ["", "第３ 和室"])
def test_a_line_that_only_names_the_room_or_spells_it_otherwise_leaves_its_approval_and_capacity(store, room):
    event = by_id(store.database, Event, event_id(store, "講習会", 6))
    with store.change(action="使用承認", by="準備", now=NOW, event_id=event.id) as change:
        change.update(
            Event, event.id, venue="みほん区民館", room=room, venue_booked_on=date(2026, 8, 3), venue_capacity=24
        )
    plan = begin(store)
    put(store, plan, "講習会", 6, venue="みほん区民館", room="第3和室")
    schedules_services.apply_plan(acting(store), plan_id=plan)
    left = by_id(store.database, Event, event.id)
    assert (left.room, left.venue_booked_on, left.venue_capacity) == ("第3和室", date(2026, 8, 3), 24)


@pytest.mark.parametrize("hours", [{}, {"start_time": "14:30", "end_time": "16:30", "reason": "会場の都合"}])
def test_another_room_opens_the_step_of_the_approval_again(store, hours):
    event = by_id(store.database, Event, event_id(store, "講習会", 6))
    with store.change(action="使用承認", by="準備", now=NOW, event_id=event.id) as change:
        change.update(Event, event.id, venue="みほん区民館", room="研修室", venue_booked_on=date(2026, 8, 3))
        step_id = change.insert(
            RecruitmentStep(
                event_id=event.id, position=9, name=VENUE_STEP, offset_days=0, done_on=date(2026, 8, 3), done_by="準備"
            )
        )
    plan = begin(store)
    put(store, plan, "講習会", 6, venue="みほん区民館", room="第3和室", **hours)
    schedules_services.apply_plan(acting(store), plan_id=plan)
    step = by_id(store.database, RecruitmentStep, step_id)
    assert (step.done_on, step.done_by) == (None, "")


def test_two_drafts_say_where_they_differ(store):
    first = begin(store, "受託者")
    second = schedules_services.start_plan(acting(store), name="区の直し", copy_of=first).id
    put(store, second, "講習会", 6, typed="12/9")
    found = shown(store, second)
    (line,) = found.differing_lines
    assert (line.other_day, found.other_plan.ordinal) == (date(2026, 12, 8), 4)
    assert [schedules_services.plan_words(one) for one in found.plans[-2:]] == ["案4 受託者 12/1", "案5 区の直し 12/1"]
    schedules_services.remove_plan(acting(store), plan_id=second)
    assert second not in {one.id for one in shown(store, first).plans}


def test_the_ward_has_days_of_its_own_that_stand_on_home_until_they_are_done(store):
    calendar = schedules_services.read_ward_days(store)
    one = next(row for row in calendar.rows if row.done_on is None)
    waiting = {found.label for found in schedules_services.ward_day_follow_ups(store.database, TODAY)}
    assert one.title in waiting
    assert calendar.open_count == len(waiting) + 1, "会計の締切 stands on home as 支出命令"
    (found,) = [
        item
        for group in search_everything(store, text=one.title).groups
        for item in group.items
        if item.copy_text == one.title
    ]
    assert found.link.ward_day_id == one.id
    schedules_services.finish_ward_day(acting(store), ward_day_id=one.id)
    assert one.title not in {found.label for found in schedules_services.ward_day_follow_ups(store.database, TODAY)}
    with pytest.raises(UserError):
        schedules_services.finish_ward_day(acting(store), ward_day_id=one.id, done_on=TODAY + timedelta(days=1))
    schedules_services.remove_ward_day(acting(store), ward_day_id=one.id)
    assert "1件" in schedules_services.add_usual_ward_days(acting(store)).message
    with pytest.raises(UserError):
        schedules_services.add_usual_ward_days(acting(store))


def test_the_day_of_the_accounts_is_typed_once_and_stands_in_the_calendar_and_on_the_wall(store):
    def day():
        return [
            (one.day, one.done_on)
            for one in schedules_services.read_ward_days(store, fiscal_year=2026).rows
            if one.title == "会計の締切"
        ]

    assert day() == [(date(2027, 5, 14), None)]
    programme = read_programme(store, fiscal_year=2026).rows.base
    for title in ("会計の締切（支払の起案）", "会計締切"):
        with pytest.raises(UserError, match="設定の「契約」"):
            schedules_services.save_ward_day(
                acting(store), ward_day=WardDay(programme_id=programme.id, title=title, day=TODAY)
            )
    change_programme(acting(store), programme=replace(programme, accounts_due=date(2027, 5, 7)))
    assert day() == [(date(2027, 5, 7), None)]
    marks, _undated = read_entries_by_day(store, read_year(store, TODAY, fiscal_year=2026))
    assert [found for found, entries in marks.items() if any(one.text == "会計の締切" for one in entries)] == [
        date(2027, 5, 7)
    ]
    change_programme(acting(store), programme=replace(programme, accounts_due=None))
    assert (day(), schedules_services.read_ward_days(store, fiscal_year=2026).has_accounts_day) == ([], False)
    history_services.undo(store, **WHO)
    with store.change(action="支払った", by=BY, now=NOW, subject="completion") as change:
        change.insert(Payment(programme_id=programme.id, ordered_on=TODAY, paid_on=TODAY))
    assert day() == [(date(2027, 5, 7), TODAY)], "done once it was paid"


def test_what_was_cancelled_since_stays_in_the_sketch_as_such_and_stops_nothing(store, plan):
    """The two last events of the year alone fill their weeks: without them those weeks are counted by nobody."""
    last = [line.candidate.event_id for line in shown(store, plan).lines][-2:]
    for one in last:
        cancel_event(store, event_id=one, reason="大雪", **WHO)
    found = shown(store, plan)
    gone = [line for line in found.lines if line.candidate.event_id in last]
    assert [
        (line.final_status, schedules_services.remark_words(line), line.judged_event.load, line.is_changed)
        for line in gone
    ] == [("中止", "中止", None, False)] * 2
    assert (
        sum(int(number) for number in re.findall(r"\d+", found.counts_text.partition("（")[0])) == len(found.lines) - 2
    )
    assert not any("と同じ日" in text for line in found.lines for text in said(line))


def test_an_event_that_lies_behind_the_end_of_its_year_keeps_its_day_in_a_new_draft(store):
    late = event_id(store, "派遣", 3)
    with store.change(action="年度のあと", by=BY, now=NOW, subject="events") as change:
        change.update(Event, late, event_date=date(2027, 4, 8))
    found = shown(store, begin(store))
    line = next(one for one in found.lines if one.candidate.event_id == late)
    assert (line.candidate.typed, line.day, line.is_changed) == ("R9.4.8", date(2027, 4, 8), False)


def test_a_draft_is_compared_with_the_one_before_and_the_first_with_the_next():
    plans = [SchedulePlan(programme_id=1, ordinal=number, name="", made_on=TODAY, made_by="") for number in (1, 2, 4)]
    found = [schedules_services._plan_to_compare(plans, one) for one in plans]
    assert [one and one.ordinal for one in found] == [2, 1, 2]
    assert schedules_services._plan_to_compare(plans[:1], plans[0]) is None
    days = (None, date(2026, 4, 1), date(2027, 3, 31), date(2026, 3, 31), date(2027, 4, 1))
    typed = [schedules_services.as_typed_text(day, 2026) for day in days]
    assert typed == ["", "4/1", "R9.3.31", "R8.3.31", "R9.4.1"]


@pytest.mark.parametrize(
    ("weight", "is_refused", "reason", "now", "marks"),
    [
        ("直す", False, " ", None, (True, False)), ("直す", False, "協議", None, (False, True)),
        ("直す", True, "協議", None, (True, False)), ("直す", True, "協議", TODAY, (False, True)),
        ("確かめる", False, "", None, (False, True)), ("知らせる", False, "", None, (False, False)),
        (None, False, "", None, (False, False)),
    ],
)  # fmt: skip
def test_a_day_beside_the_contract_is_to_be_corrected_until_it_has_a_reason(weight, is_refused, reason, now, marks):
    event = Event(kind="講習会", form=EventForm.LECTURE, subject="")
    remarks = (Remark(weight, "過ぎる", "仕4", is_refused=is_refused),) if weight else ()
    candidate = ScheduleCandidate(plan_id=1, position=1, kind="講習会", subject="", reason=reason)
    given = {
        "candidate": candidate, "title": "", "day": TODAY, "problem": "",
        "judged_event": JudgedEvent(event=event, remarks=remarks), "is_changed": True, "current_day": now,
        "other_day": None, "differs": False,
    }  # fmt: skip
    line = schedules_services.CompareLine(**given)
    assert (line.needs_correction, line.needs_check) == marks
    why = "　理由 協議（協議）" if reason.strip() else ""
    assert schedules_services.remark_words(line) == (f"過ぎる 仕4{why}" if weight else "差し支えなし")
    assert replace(line, problem="読めない").needs_correction
    printed = schedules_services._printed_event(line)
    assert (printed.is_marked, printed.week_item_count) == (marks[0] or (marks[1] and bool(why)), 0)
