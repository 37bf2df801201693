"""The home screen on a real store."""

from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.calendar.dates import short_date
from app.documents.services.notification import notify
from app.event.services import event_results, recruitment
from app.event.services.month import read_month
from app.event.services.tasks import deadlines
from app.events.materials.services import materials
from app.home.today.services import home
from app.submissions.deliverables.rules.outstanding_texts import CORRECTION_REQUEST
from app.submissions.work_queue.rules import WAITING, WARD
from db.records.events import EventResult
from db.records.submissions.materials import MaterialResult
from db.records.submissions.received import ReceivedPaper
from db.records.submissions.reports import ReportFigure
from db.tables import events as table
from db.tables.reports import REPORT_KIND
from tests.support.cancelling import cancel_event
from tests.support.sample import sample_store
from tests.support.years import (
    BY,
    NOW,
    TODAY,
    add_dispatch,
    add_lecture,
    at,
    expect_people,
    sign_contract,
    started_year,
    tell_people,
    tell_result,
)


def _rows(view, task):
    return [row for row in (*view.rows, *view.passed_targets, *view.later_rows) if row.task.task == task]


def _turns(view, kind, group):
    return [row for row in view.work_queue.rows if (row.kind, row.group) == (kind, group)]


def test_an_empty_year_says_so_and_shows_the_whole_specification_as_undecided(tmp_path):
    store = started_year(tmp_path)
    sign_contract(store)
    view = home.read_home(store, today=TODAY)

    assert not view.has_events
    assert view.rows == ()
    assert not any(row.event_id for row in view.work_queue.rows)
    assert view.next_event is None
    assert [(row.done, row.planned, row.undecided, row.spec_words) for row in view.progress] == [
        (0, 0, 7, "7回程度"),
        (0, 0, 3, "3団体・3日程度"),
        (0, 0, 2, "全2回"),
    ]


def test_a_headcount_row_has_date_basis_both_counts_and_its_button(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store)
    expect_people(store, event_id, 9, 8)

    view = home.read_home(store, today=date(2026, 9, 16))

    (row,) = _rows(view, "人数連絡")
    assert (row.date_words, row.task.basis_short) == ("9/18(金)", "仕4(1)エ 5日前 9/19(土)→前の開庁日")
    assert row.task.state_words == "あと2日・開庁日 2日"
    assert (row.task.bucket, row.task.detail, row.task.owner_words) == ("今週", "17人", "区→受託者")
    assert row.link == ActionLink(action="人数を連絡する", event_id=event_id)
    assert view.next_event.days_words == "あと8日・開庁日 3日"


def test_only_a_duty_of_the_contract_becomes_overdue(tmp_path):
    store = started_year(tmp_path)
    add_lecture(store, date(2026, 9, 29))

    view = home.read_home(store, today=date(2026, 9, 16))

    overdue = [row for row in view.rows if row.task.bucket == "期限超過"]
    assert [row.task.task for row in overdue] == ["資料確認"]
    assert overdue[0].is_main_action
    assert overdue[0].task.short_words == "1日超過"
    assert view.counts["期限超過"] == 1
    assert all(row.task.is_contract_duty for row in overdue)


def test_what_was_told_is_counted_no_more(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store)
    expect_people(store, event_id, 10)
    before = home.count_due(store, today=date(2026, 9, 18))

    tell_people(store, event_id, now=at(date(2026, 9, 16)))

    assert home.count_due(store, today=date(2026, 9, 18)) == before - 1


def test_numbers_that_changed_after_telling_ask_for_a_change_notice(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store)
    expect_people(store, event_id, 10)
    tell_people(store, event_id)
    expect_people(store, event_id, 12)

    (row,) = _rows(home.read_home(store, today=TODAY), "人数の変更連絡")

    assert row.task.detail == "10→12人"
    assert not row.task.is_contract_duty


def test_the_contractors_report_is_waited_for_once_the_event_was_held(tmp_path):
    store = started_year(tmp_path)
    event_id = add_dispatch(store, date(2026, 9, 8))
    before = home.read_home(store, today=date(2026, 9, 7))
    assert _turns(before, "実施報告書", WAITING) == []

    after = home.read_home(store, today=date(2026, 9, 16))
    (row,) = _turns(after, "実施報告書", WAITING)
    assert (row.due_words, row.state_second) == ("9/29(火)", "あと13日")
    assert _rows(after, "実施結果の記録")

    event_results.record_result(
        ActionContext(store, BY, at(date(2026, 9, 9))),
        event_id=event_id,
        result=EventResult(event_id=event_id, attended=8),
    )
    held = home.read_home(store, today=date(2026, 9, 16))
    assert not _rows(held, "実施結果の記録")
    assert held.progress[1].done == 1


def test_a_received_report_is_reviewed_by_a_goal_of_our_own(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store, date(2026, 9, 1))
    with store.change(action="受領", by=BY, now=NOW) as change:
        report = change.insert(ReceivedPaper(kind=REPORT_KIND, event_id=event_id, received_on=date(2026, 9, 9)))
        change.insert(ReportFigure(report_id=report, position=0, item="出席者数", theirs="18", ours="17"))

    (row,) = _rows(home.read_home(store, today=date(2026, 9, 16)), "報告書の内容確認")

    assert (row.date_words, row.task.bucket, row.task.is_contract_duty) == ("9/16(水)", "今日", False)
    assert (row.task.detail, row.task.basis_short) == ("差 1件", "目安日 受領から5開庁日")
    tasks = {task.task: task for task in deadlines.event_tasks(store, event_id=event_id, today=TODAY)}
    assert tasks["実施報告書"].completed_on == date(2026, 9, 9)


def test_a_handout_to_be_mended_is_waited_for_on_the_day_before_the_confirmation(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store, date(2026, 10, 7))
    material = materials.add_material(ActionContext(store, BY, NOW), event_id=event_id, title="スライド").id
    version = materials.receive_version(ActionContext(store, BY, NOW), material_id=material, data=b"x", name="a").id
    materials.add_finding(ActionContext(store, BY, NOW), version_id=version, page="6", text="表が令和7年度")
    materials.set_result(ActionContext(store, BY, NOW), version_id=version, result=MaterialResult.RESUBMISSION)
    untold = home.read_home(store, today=date(2026, 9, 16))
    assert _turns(untold, "資料", WAITING) == []
    assert [row.state_words for row in _turns(untold, "資料", WARD)] == ["結果を通知する"]
    (mine,) = _rows(untold, "資料確認結果の連絡")
    assert (mine.task.next_actor, mine.task.link.action) == ("区", "資料の確認結果を伝える")
    # It waits since the result was decided, and is never out of sight.
    assert (mine.task.state_words, mine in untold.rows) == (f"{short_date(TODAY)} から", True)
    tell_result(store, material, TODAY)

    view = home.read_home(store, today=date(2026, 9, 16))

    (row,) = _turns(view, "資料", WAITING)
    assert not _rows(view, "資料確認結果の連絡")
    assert (row.due_words, row.title, row.state_words) == ("9/17(木)", "スライド", "第2版を待つ")
    assert _rows(view, "資料確認")


def test_of_recruitment_the_next_step_is_shown_and_a_tick_moves_on(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store, date(2026, 12, 10))

    (row,) = _rows(home.read_home(store, today=TODAY), "募集の段取り")
    assert row.task.label == "支部長・会長への周知"

    for step in table.recruitment_steps(store.database, event_id)[:3]:
        recruitment.tick_step(ActionContext(store, BY, NOW), step_id=step.id)
    (row,) = _rows(home.read_home(store, today=TODAY), "募集の段取り")
    assert (row.task.label, row.date_words) == ("会長あて送付", "10/23(金)")


def test_the_month_shows_events_closed_days_and_the_wards_deadlines(tmp_path):
    store = started_year(tmp_path)
    add_lecture(store)

    month = read_month(store, year=2026, month=9, today=date(2026, 9, 16))
    days = {day.day: day for day in month.days}

    assert (month.days[0].day, len(month.days) % 7) == (date(2026, 8, 30), 0)
    assert days[date(2026, 9, 24)].events[0].short == "第1回"
    assert days[date(2026, 9, 22)].closed
    assert "人数連絡" in [task.task for task in days[date(2026, 9, 18)].tasks]


def test_the_proposal_is_provisional_while_events_are_undecided(tmp_path):
    store = started_year(tmp_path)
    add_lecture(store)

    proposal = [task for task in deadlines.all_tasks(store, today=TODAY) if task.task == "提案書"]

    assert [task.provisional_words for task in proposal] == ["仮 10/8(木)〜R9 3/29(月)"]
    assert proposal[0].next_actor == "受託者"


def test_while_a_correction_is_asked_for_the_ball_is_with_the_contractor(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store, date(2026, 9, 1))
    with store.change(action="受領", by=BY, now=NOW) as change:
        change.insert(
            ReceivedPaper(
                kind=REPORT_KIND,
                event_id=event_id,
                status="修正依頼",
                received_on=date(2026, 9, 9),
                asked_on=date(2026, 9, 14),
                asked_to_tell=True,
            )
        )

    (row,) = _turns(home.read_home(store, today=date(2026, 9, 16)), "実施報告書", WARD)
    assert row.state_words == "修正の依頼を通知する"
    how = {"told_to": "業務責任者", "told_how": "電話", "words": "数を直すよう頼んだ"}
    notify(ActionContext(store, BY, datetime(2026, 9, 16, 9, 0)), event_id=event_id, key=CORRECTION_REQUEST, **how)

    view = home.read_home(store, today=date(2026, 9, 16))

    assert not _rows(view, "報告書の内容確認")
    (row,) = _turns(view, "実施報告書", WAITING)
    assert (row.due_words, row.basis_words) == ("9/24(木)", "目安日 修正依頼から5開庁日")


def test_only_aims_of_the_ward_are_folded_once_they_are_over(tmp_path):
    """What is still outside the house, or can be cancelled at a price, is never out of sight."""
    view = home.read_home(sample_store(tmp_path), today=date(2026, 12, 8))
    over = {row.task.task for row in view.rows if row.task.bucket == "目安日過ぎ"}
    told = {"人数の変更連絡", "辞退の受理の連絡", "資料確認結果の連絡", "中止通知の連絡"}
    assert over == {"持出しの返却", "会場の取消期限", "会場の承認待ち", "届出の予定"}
    # Whom nobody has told yet is counted beside ホーム until somebody has, on whatever day it arose.
    assert told <= {row.task.task for row in view.rows if row.task.bucket == "今日" and row.task.days_left < 0}
    folded = {row.task.task for row in view.passed_targets}
    assert {"募集の段取り", "協議の宿題", "設問の決定"} <= folded
    assert not over & folded


def test_a_deadline_is_announced_seven_and_three_days_before_and_on_the_day(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store)

    def announced(day: int) -> int | None:
        tasks = deadlines.event_tasks(store, event_id=event_id, today=date(2026, 9, day))
        return next(task.announced_days for task in tasks if task.task == "人数連絡")

    assert [announced(day) for day in (10, 11, 15, 18)] == [None, 7, 3, 0]


def test_dispatches_are_counted_by_organisation_and_their_days_told(tmp_path):
    store = started_year(tmp_path)
    for day in (date(2026, 9, 8), date(2026, 9, 15)):
        event_id = add_dispatch(store, day)
        event_results.record_result(
            ActionContext(store, BY, at(day)), event_id=event_id, result=EventResult(event_id=event_id, attended=9)
        )

    dispatch = home.read_home(store, today=TODAY).progress[1]

    assert (dispatch.done, dispatch.undecided, dispatch.spec_words) == (1, 2, "3団体・3日（実施2日）程度")


def test_the_next_event_says_how_many_are_expected_or_that_nobody_is_yet(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store)
    assert home.read_home(store, today=TODAY).next_event.people_words == "まだありません"
    expect_people(store, event_id, 9, 8)
    assert home.read_home(store, today=TODAY).next_event.people_words == "17人"


@pytest.mark.parametrize(
    ("today", "days_words"),
    [(date(2026, 9, 25), None), (date(2026, 9, 24), "本日"), (date(2026, 9, 23), "あと1日・開庁日 1日")],
)
def test_the_next_event_is_one_of_today_or_later_that_has_a_day_and_takes_place(tmp_path, today, days_words):
    store = started_year(tmp_path)
    cancelled, counted = add_lecture(store), add_lecture(store, subject="みほん講習会")
    add_lecture(store, None)
    cancel_event(store, event_id=cancelled, reason="大雪", by=BY, now=NOW)
    found = home.read_home(store, today=today).next_event
    assert (found.event_id if found else None) == (counted if days_words else None)
    assert (found.days_words if found else None) == days_words
