"""The list of events and the overview of one."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.rules.participation import count_participation
from app.event.services import agreements, equipment, event_lists, event_results, event_view, recruitment
from app.event.services.event_facts import held_event_facts, read_event_facts
from app.event.services.event_records import read_event_records
from app.event.services.tasks import deadlines
from app.event.services.tasks.task_completion import response_words
from app.programme.intake import preset
from db.records.agreements import Agreement
from db.records.event_status import EventStatus
from db.records.events import EquipmentItem, Event, EventResult, RecruitmentStep
from db.records.participants import ExpectedCount
from db.records.roster import Entry, EntryState
from db.records.submissions.received import ReceivedPaper
from db.records.submissions.reports import ReportFigure
from db.records.surveys import EventSurvey, SurveyResponse
from db.rows import rows
from db.tables import events as table
from db.tables.agreements import of_event
from tests.support.entries import put_entry
from tests.support.sample import sample_store
from tests.support.years import (
    BY,
    NOW,
    TODAY,
    acting,
    add_dispatch,
    add_lecture,
    at,
    expect_people,
    started_year,
    tell_people,
    the_event,
)


@pytest.fixture
def event_id(store):
    return add_lecture(store)


def test_the_list_is_by_date_with_undated_events_last_and_counts_kinds(store):
    late = add_lecture(store, date(2026, 10, 7))
    undated = add_lecture(store, None, subject="講習会（内容は協議中）")
    early = add_dispatch(store, date(2026, 9, 8))

    found = event_lists.list_events(store, today=TODAY)

    assert [row.id for row in found.rows] == [early, late, undated]
    assert (found.total, found.by_kind) == (3, {"講習会": 2, "派遣": 1, "意見交換会": 0})
    assert found.rows[2].state_words == "協議中"
    assert found.rows[2].date_words == "日程未定"
    assert found.rows[2].blocks_words == "日程が決まると出ます"
    assert found.summary == "3件　実施済 0・予定 2・協議中 1"


def test_a_row_says_people_recruitment_and_the_next_deadline(store):
    event_id = add_lecture(store, date(2026, 9, 29))
    assert event_lists.list_events(store, today=TODAY).rows[0].people_words == "募集前"
    for step in table.recruitment_steps(store.database, event_id)[:6]:
        recruitment.tick_step(acting(store), step_id=step.id)
    expect_people(store, event_id, 7, 7)

    row = event_lists.list_events(store, today=date(2026, 9, 16)).rows[0]

    assert row.people_words == "参加予定 14"
    assert [block.state for block in row.blocks] == ["済", "済", "済", "済", "つぎ"]
    assert row.blocks_words == "決定 9/14(月)"
    assert (row.next_task.task, row.next_task.short_words) == ("資料確認", "1日超過")


def test_a_held_event_shows_who_came(store):
    event_id = add_lecture(store, TODAY)
    result = EventResult(event_id=event_id, applied=18, attended=17)
    event_results.record_result(acting(store), event_id=event_id, result=result)
    event_results.record_result(
        acting(store), event_id=event_id, result=EventResult(event_id=event_id, applied=18, attended=16)
    )

    row = event_lists.list_events(store, today=TODAY).rows[0]
    assert (row.people_words, row.state_words) == ("出席 16", "実施済")
    assert len(rows(store.database, EventResult)) == 1


def test_an_event_still_to_come_cannot_have_been_held(store, event_id):
    with pytest.raises(UserError, match="実施日から記録できます"):
        event_results.mark_held(acting(store), event_id=event_id)
    event_results.mark_held(ActionContext(store, BY, at(date(2026, 9, 24))), event_id=event_id)
    assert event_view.read_event(store, event_id=event_id, today=TODAY).state_words == "実施済"


def test_the_overview_has_three_dates_and_the_arithmetic_in_words(store, event_id):
    expect_people(store, event_id, 9, 8)

    view = event_view.read_event(store, event_id=event_id, today=date(2026, 9, 12))

    assert view.title == "第1回 LINE講習会"
    assert (view.date_words, view.time_words) == ("令和8年9月24日（木）", "14:00–16:00")
    assert view.venue_words == "みほん区民館 研修室（定員24人）"
    order = [task.task for task in view.tasks]
    assert order == [
        "資料案の受領", "起案を上げる日", "資料確認", "設問の決定", "人数連絡", "当日資料一式", "実施報告書",
    ]  # fmt: skip
    columns = {task.task: task.column for task in view.tasks}
    assert (columns["人数連絡"], columns["設問の決定"], columns["実施報告書"]) == ("working", "margin", "nominal")
    assert view.agenda_words == "合計 120分（2時間程度）"
    assert (view.agenda[0].start, view.agenda[-1].end) == ("14:00", "16:00")
    assert view.people_line == "参加予定 17人・2団体（仕様 10人から20人程度）"
    assert view.duties[0].label == "印刷・配布・回収・集計"


def test_a_dispatch_has_no_survey_and_its_example_is_110_minutes(store):
    event_id = add_dispatch(store, extra_materials=False)

    view = event_view.read_event(store, event_id=event_id, today=TODAY)

    assert "資料確認" not in [task.task for task in view.tasks]
    assert "アンケートの設問" not in [item.label for item in view.preparation]
    assert view.agenda_words.startswith("合計 110分")
    assert view.agenda_remarks == ()


def test_preparation_counts_only_what_was_really_done(store):
    event_id = add_lecture(store, venue_booked_on=date(2026, 4, 20))

    def done():
        view = event_view.read_event(store, event_id=event_id, today=TODAY)
        return {item.label for item in view.preparation if item.is_done}

    assert done() == {"会場の使用承認", "当日進行表"}
    for item in table.equipment(store.database, event_id):
        equipment.check_equipment(acting(store), item_id=item.id)
    for row in of_event(store.database, event_id):
        agreements.settle_topics(acting(store), agreement_ids=[row.id])
    view = event_view.read_event(store, event_id=event_id, today=TODAY)
    assert done() == {"会場の使用承認", "当日進行表", "機材の手配", "アンケートの設問", "協議の事項"}
    assert all(row.checked_on is not None for row in view.equipment)
    # The questions are settled and nobody can answer online yet (仕様書4(1)ケ).
    online = next(item for item in view.preparation if item.label == "オンラインの回答")
    assert (online.is_done, online.state_word) == (False, "回答の場所がありません")
    assert view.state_words == "準備 あと5件"


def test_a_new_event_of_which_only_the_example_stands_is_not_begun(store, event_id):
    def words():
        (row,) = event_lists.list_events(store, today=TODAY).rows
        return event_view.read_event(store, event_id=event_id, today=TODAY).state_words, row.state_words

    assert words() == ("準備 未着手", "準備 未着手")
    for item in table.equipment(store.database, event_id):
        equipment.check_equipment(acting(store), item_id=item.id)
    assert words() == ("準備 あと7件", "準備 あと7件")


def test_an_open_matter_keeps_an_event_from_being_prepared(store, event_id):
    saved = agreements.open_topic(acting(store), event_id=event_id, topic="写真の掲載")

    view = event_view.read_event(store, event_id=event_id, today=TODAY)
    assert "写真の掲載" in next(item.state_word for item in view.preparation if item.label == "協議の事項")

    with pytest.raises(UserError, match="先の日付"):
        agreements.settle_topics(acting(store), agreement_ids=[saved.id], settled_on=NOW.date() + timedelta(days=1))
    agreements.settle_topics(acting(store), agreement_ids=[saved.id])
    agreements.reopen_topic(acting(store), agreement_id=saved.id)
    agreements.remove_topic(acting(store), agreement_id=saved.id)
    assert "写真の掲載" not in [row.topic for row in of_event(store.database, event_id)]


def test_a_step_has_its_own_day_until_it_follows_the_event_again(store, event_id):
    step = table.recruitment_steps(store.database, event_id)[1]

    recruitment.set_step_date(acting(store), step_id=step.id, due=date(2026, 7, 1), note="8/11号")
    row = event_view.read_event(store, event_id=event_id, today=TODAY).steps[1]
    assert (row.due, row.is_set_by_hand, row.note) == (date(2026, 7, 1), True, "8/11号")
    assert "手で 7/1(水) に変更" in row.basis

    recruitment.set_step_date(acting(store), step_id=step.id, due=None)
    row = event_view.read_event(store, event_id=event_id, today=TODAY).steps[1]
    assert (row.due, row.is_set_by_hand) == (date(2026, 7, 6), False)


def test_a_report_due_after_the_term_warns_with_the_last_day_that_fits(store):
    event_id = add_dispatch(store, date(2027, 3, 15), exception_reason="団体の都合", exception_kind="協議で足りる")

    task = next(t for t in deadlines.event_tasks(store, event_id=event_id, today=TODAY) if t.task == "実施報告書")

    assert (task.nominal, task.margin) == (date(2027, 4, 5), date(2027, 3, 31))
    assert any("3/10(水)" in warning for warning in task.warnings)


def test_an_event_that_is_gone_is_refused_in_words(tmp_path):
    with pytest.raises(UserError, match="この実施回は見つかりません"):
        event_view.read_event(started_year(tmp_path), event_id=99, today=TODAY)


@pytest.mark.parametrize("today", [date(2026, 8, 1), date(2026, 12, 1), date(2027, 3, 20)])
def test_the_names_to_choose_from_are_those_of_the_list_and_cost_two_readings(tmp_path, today):
    store = sample_store(tmp_path)
    undated = min(event_lists.list_events(store, today=today).rows, key=lambda row: row.id)
    store.database.execute("UPDATE events SET event_date = NULL WHERE id = ?", [undated.id])
    store.database.conn.commit()
    asked = []
    store.database.conn.set_trace_callback(asked.append)
    named = event_lists.list_event_names(store, today=today)
    store.database.conn.set_trace_callback(None)
    assert len(asked) == 2
    assert [(one.id, one.kind, one.title, one.event_date, one.date_words, one.cancelled) for one in named] == [
        (row.id, row.kind, row.title, row.event_date, row.date_words, row.state == "中止")
        for row in event_lists.list_events(store, today=today).rows
    ]
    assert any(one.cancelled for one in named)
    assert named[-1].date_words == "日程未定"


@pytest.mark.parametrize(
    ("handouts", "survey", "said"),
    [
        (True, True, ("印刷・配布・回収・集計", "仕4・仕5", "当日／報告書とともに")),
        (True, False, ("資料の印刷・配布", "仕4", "当日")),
        (False, True, ("用紙の印刷・配布・回収・集計", "仕5", "当日／報告書とともに")),
        (False, False, None),
    ],
)
def test_the_contractor_s_duty_on_the_day_names_handouts_and_survey_where_there_are_any(handouts, survey, said):
    kind = replace(preset().kinds[0], has_survey=survey, clause_material="仕4", clause_survey="仕5")
    duties = event_view._contractor_duties(SimpleNamespace(materials_needed=handouts), kind)
    assert [(one.label, one.clause, one.words) for one in duties] == ([said] if said else [])


def test_who_applied_is_said_to_come_once_a_headcount_was_told(store, event_id):
    for name in ("見本 一子", "見本 二子"):
        put_entry(store, event_id, name)

    def people_words():
        return event_lists.list_events(store, today=TODAY).rows[0].people_words

    assert people_words() == "申込 2"
    put_entry(store, event_id, "見本 三子", state=EntryState.WITHDRAWN)
    # 申込 counts whoever withdrew as well, as where the day is closed.
    assert people_words() == "辞退を除く申込 2"
    assert count_participation(read_event_records(store, event_id=event_id).entries).applied == 3
    tell_people(store, event_id)
    assert people_words() == "参加予定 2"


def test_a_survey_that_nobody_answered_yet_and_an_event_without_one_have_no_sheets(store):
    with_survey, without = add_lecture(store, TODAY), add_lecture(store, date(2026, 9, 2))
    with store.change(action="設問を作った", by=BY, now=NOW, event_id=with_survey) as change:
        change.insert(EventSurvey(event_id=with_survey, title="標準", distributed=17))

    records = {one: read_event_records(store, event_id=one) for one in (with_survey, without)}

    assert {one: found.response_count for one, found in records.items()} == {with_survey: 0, without: 0}
    assert response_words(records[with_survey]) == "0件（配布17枚）"
    assert response_words(records[without]) == "0件"


@pytest.mark.parametrize(("source", "unmarked"), [("名簿", 1), ("", 0)])
def test_who_was_not_marked_is_counted_only_where_the_result_was_counted_by_the_roster(source, unmarked, store):
    event_id = add_lecture(store, TODAY)
    put_entry(store, event_id, "見本 一子", state="決定", attendance="出席")
    put_entry(store, event_id, "見本 二子", state="決定")
    with store.change(action="結果", by=BY, now=NOW, event_id=event_id) as change:
        change.insert(EventResult(event_id=event_id, applied=2, attended=1, source=source))

    assert read_event_facts(store, the_event(store, event_id)).people.unmarked == unmarked


def test_lent_tablets_are_of_the_side_of_their_line_once_the_talk_is_settled_and_while_it_stands(store):
    event_id = add_dispatch(store)
    with store.change(action="機材を決めた", by=BY, now=NOW, event_id=event_id) as change:
        row = change.insert(ExpectedCount(event_id=event_id, position=0, organisation_name="みほん町会", people=3))
        change.insert(EquipmentItem(event_id=event_id, position=9, name="タブレット端末", owner="受託者"))
        talk = change.insert(Agreement(event_id=event_id, topic="機材"))
    sides = []
    for lent, said in (
        (3, {"note": "協議中"}),
        (0, {"settled_on": TODAY}),
        (3, {"note": "済"}),
        (3, {"withdrawn_on": TODAY}),
    ):
        with store.change(action="協議", by=BY, now=NOW, event_id=event_id) as change:
            change.update(ExpectedCount, row, lent_devices=lent)
            change.update(Agreement, talk, **said)
        sides.append(read_event_facts(store, the_event(store, event_id)).tablet_side)
    assert sides == ["", "", "受託者", ""]


@pytest.mark.parametrize(("source", "typed", "said"), [("", 20, (20, 9)), ("", None, (3, 2)), ("名簿", 20, (3, 2))])
def test_who_applied_is_as_it_was_typed_else_as_the_roster_counts(source, typed, said):
    kind = preset().kinds[0]
    event = Event(id=1, kind=kind.kind, form=kind.form, subject="LINE講習会", status=EventStatus.HELD)
    entries = [
        Entry(id=1, event_id=1, state="決定", organisation_name="みほん町会", attendance="出席"),
        Entry(id=2, event_id=1, state="補欠", organisation_name="みほん町会"),
        Entry(id=3, event_id=1, state="落選", organisation_name="若葉町会"),
    ]
    result = EventResult(
        event_id=1, source=source, applied=typed, applied_organisations=9 if typed else None, attended=1
    )

    def applied(*present: Entry) -> tuple[int | None, int | None]:
        people = held_event_facts(event, kind, present, result).people
        return people.applied, people.applied_organisations

    assert applied(*entries) == said
    assert applied() == ((20, 9) if typed else (None, None)), "without a roster there is nothing to count"


def test_who_may_be_photographed_is_counted_among_those_who_came_alone():
    kind = preset().kinds[0]
    event = Event(id=1, kind=kind.kind, form=kind.form, subject="LINE講習会", status=EventStatus.HELD)

    def entry(number: int, photo: str, attendance: str = "出席", state: str = "決定") -> Entry:
        return Entry(id=number, event_id=1, state=state, attendance=attendance, photo=photo)

    def photos(*entries: Entry) -> tuple[int | None, int | None]:
        people = held_event_facts(event, kind, entries, EventResult(event_id=1)).people
        return people.photo_allowed, people.photo_refused

    away = (entry(1, "可", "欠席"), entry(2, "不可", ""), entry(3, "不可", state="辞退"))
    came = (entry(4, "可"), entry(5, "可"), entry(6, "不可"), entry(7, ""))
    assert photos(*away, *came) == (2, 1)
    assert photos(entry(7, "")) == (0, 0)
    assert photos(*away) == (None, None), "while nobody came nothing is known"
    assert photos() == (None, None)


def test_sheets_and_numbers_that_differ_are_counted_for_their_own_event(store):
    first, second, bare = (add_lecture(store, date(2026, 9, day)) for day in (2, 3, 4))
    with store.change(action="記録", by=BY, now=NOW) as change:
        for event_id, sheets in ((first, (True, True, False)), (second, (True,))):
            survey = change.insert(EventSurvey(event_id=event_id, title="標準"))
            for number, counted in enumerate(sheets, start=1):
                change.insert(SurveyResponse(survey_id=survey, source="紙", number=number, counted=counted))
            report = change.insert(
                ReceivedPaper(kind="実施報告書", event_id=event_id, received_on=TODAY, file_name="報告書.docx")
            )
            for position, (theirs, ours, handling) in enumerate(FIGURES[: 5 if event_id == first else 3]):
                change.insert(
                    ReportFigure(
                        report_id=report, position=position, item="出席", theirs=theirs, ours=ours, handling=handling
                    )
                )
    counted = {
        one: (found.response_count, found.unsettled_figures)
        for one in (first, second, bare)
        if (found := read_event_records(store, event_id=one))
    }
    assert counted == {first: (2, 2), second: (1, 0), bare: (0, 0)}


FIGURES = (("14", "14", ""), ("", "14", ""), ("15", "14", "修正依頼"), ("15", "14", ""), ("16", "14", ""))
"""Numbers of the contractor and of the ward: equal, not given, settled, and two that differ."""


def test_applicants_are_not_said_to_come_until_the_decision_is_noted(store, event_id):
    put_entry(store, event_id, "見本 一子")
    steps = {one.name: one for one in rows(store.database, RecruitmentStep, event_id=event_id)}

    def waits() -> bool:
        return read_event_records(store, event_id=event_id).is_decision_pending

    assert waits()
    recruitment.tick_step(acting(store), step_id=steps["受付締切"].id)
    assert waits(), "another step decides nothing"
    recruitment.tick_step(acting(store), step_id=steps["決定"].id)
    assert not waits(), "though other steps are open still"
    recruitment.untick_step(acting(store), step_id=steps["決定"].id)
    assert waits()
    put_entry(store, event_id, "見本 二子", state="落選")
    assert not waits()


def test_two_events_of_one_day_stand_by_their_hours(store):
    late = add_lecture(store, date(2026, 9, 24), start_time="18:00", end_time="20:00")
    early = add_lecture(store, date(2026, 9, 24), start_time="10:00", end_time="12:00")
    assert [one.id for one in event_lists.list_events(store, today=date(2026, 9, 1)).rows] == [early, late]
    assert [one.id for one in event_lists.list_event_names(store, today=date(2026, 9, 1))] == [early, late]
    store.database.conn.close()
