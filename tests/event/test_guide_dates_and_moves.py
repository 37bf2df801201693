"""目安日 of our own, recruitment, and what moving an event does to every deadline."""

from dataclasses import replace
from datetime import date

from app.event.rules.deadlines import event_deadlines
from app.event.rules.moves import deadline_moves
from app.event.rules.recruitment import (
    next_step,
    offset_words,
    recruitment_steps,
    step_basis,
    step_due,
    step_target_day,
)
from app.event.rules.target_dates import review_target
from tests.support.event_dates import all_dates, guide_dates


def days_by_task(deadlines):
    return {deadline.task: deadline.nominal for deadline in deadlines}


def test_the_draft_is_asked_for_five_open_days_before_the_check(lectures, programme, office_calendar):
    guides = guide_dates(lectures, programme, date(2026, 9, 1), office_calendar)

    assert days_by_task(guides)["資料案の受領"] == date(2026, 8, 10)
    assert guides[0].basis == ("目安日（仕様書4(1)キに関連）。資料確認の期限（開庁日） 8/18(火) の5開庁日前 = 8/10(月)")


def test_guide_dates_count_in_open_days_and_are_no_duty(lectures, programme, office_calendar):
    guides = guide_dates(lectures, programme, date(2026, 9, 24), office_calendar)

    assert days_by_task(guides) == {
        "資料案の受領": date(2026, 9, 3),
        "設問の決定": date(2026, 9, 17),
        "当日資料一式": date(2026, 9, 18),
        "アンケートの検算": date(2026, 9, 30),
    }
    assert not any(guide.contract for guide in guides)
    assert all(guide.nominal == guide.working == guide.margin for guide in guides)
    assert all("目安日" in guide.basis for guide in guides)


def test_guide_dates_follow_the_settings(lectures, programme, office_calendar):
    own = replace(programme, question_lead_open_days=4, check_open_days=1, draft_lead_open_days=1)
    days = days_by_task(guide_dates(lectures, own, date(2026, 10, 14), office_calendar))

    assert days["設問の決定"] == date(2026, 10, 7)
    assert days["アンケートの検算"] == date(2026, 10, 15)
    assert days["資料案の受領"] == date(2026, 9, 29)


def test_a_dispatch_has_no_survey_and_perhaps_no_materials(dispatches, programme, office_calendar):
    day = date(2026, 10, 15)

    assert set(days_by_task(guide_dates(dispatches, programme, day, office_calendar))) == {
        "資料案の受領",
        "当日資料一式",
    }
    alone = guide_dates(dispatches, programme, day, office_calendar, extra_materials=False)
    assert set(days_by_task(alone)) == {"当日資料一式"}


def test_a_received_report_is_reviewed_within_five_open_days_and_inside_the_term(lectures, programme, office_calendar):
    assert review_target(lectures, programme, date(2026, 9, 9), office_calendar).nominal == date(2026, 9, 16)
    late = review_target(lectures, programme, date(2027, 3, 29), office_calendar)
    assert late.nominal == date(2027, 3, 31)


def test_moving_an_event_shows_every_deadline_it_moves(lectures, programme, office_calendar):
    moves = deadline_moves(
        all_dates(lectures, programme, date(2026, 9, 24), office_calendar),
        all_dates(lectures, programme, date(2026, 9, 28), office_calendar),
        {"資料確認": date(2026, 9, 9), "資料案の受領": date(2026, 9, 2)},
    )

    assert {move.task: move.words for move in moves} == {
        "人数連絡": "変わりません",
        "資料確認": "済のまま",
        "実施報告書": "4日後ろへ",
        "資料案の受領": "済のまま",
        "設問の決定": "7日後ろへ",
        "当日資料一式": "7日後ろへ",
        "アンケートの検算": "2日後ろへ",
    }
    assert [move.task for move in moves if move.is_changed] == [
        "実施報告書",
        "設問の決定",
        "当日資料一式",
        "アンケートの検算",
    ]
    report = next(move for move in moves if move.task == "実施報告書")
    assert (report.old.nominal, report.new.nominal) == (date(2026, 10, 24), date(2026, 10, 28))


def test_moving_an_event_forward_in_the_year_says_how_many_days_earlier(lectures, programme, office_calendar):
    old, new = (event_deadlines(lectures, programme, date(2026, 11, day), office_calendar) for day in (12, 10))

    assert [move.words for move in deadline_moves(old, new, {})] == ["1日前へ", "2日前へ", "2日前へ"]
    assert [move.words for move in deadline_moves(new, old, {})] == ["1日後ろへ", "2日後ろへ", "2日後ろへ"]


def test_a_task_may_appear_or_fall_away(dispatches, programme, office_calendar):
    day = date(2026, 10, 15)
    with_check = event_deadlines(dispatches, programme, day, office_calendar)
    without = event_deadlines(dispatches, programme, day, office_calendar, extra_materials=False)

    words = {move.task: move.words for move in deadline_moves(with_check, without, {})}
    assert words["資料確認"] == "なくなります"
    words = {move.task: move.words for move in deadline_moves(without, with_check, {})}
    assert words["資料確認"] == "加わります"
    planned = deadline_moves((), with_check, {})
    assert all(move.is_changed for move in planned)


def test_recruitment_is_counted_back_to_open_days(office_calendar):
    steps = recruitment_steps(7)
    event_day = date(2026, 9, 29)
    days = {step.name: step_due(step, event_day, office_calendar) for step in steps}

    assert [step.name for step in steps] == [
        "支部長・会長への周知",
        "区報原稿締切",
        "チラシ校了",
        "会長あて送付",
        "受付開始",
        "受付締切",
        "決定",
        "決定通知",
    ]
    assert {step.event_id for step in steps} == {7}
    assert [step.position for step in steps] == list(range(8))
    assert days["支部長・会長への周知"] == date(2026, 7, 7)
    assert days["チラシ校了"] == date(2026, 8, 10)
    assert days["受付締切"] == date(2026, 9, 11)
    assert days["決定通知"] == date(2026, 9, 16)
    assert list(days.values()) == sorted(days.values())


def test_a_recruitment_step_without_a_date_waits_for_it(office_calendar):
    step = recruitment_steps(1)[0]

    assert step_due(step, None, office_calendar) is None


def test_a_recruitment_step_shows_its_arithmetic_and_a_hand_set_day(office_calendar):
    event_day = date(2026, 10, 29)
    steps = {step.name: step for step in recruitment_steps(1)}
    by_hand = replace(steps["受付締切"], due=date(2026, 10, 8))

    assert step_basis(steps["受付締切"], event_day, office_calendar) == (
        "目安日。17日前 10/12(月・祝)→前の開庁日 10/9(金)"
    )
    assert step_basis(steps["支部長・会長への周知"], event_day, office_calendar) == "目安日。12週前 8/6(木)"
    assert step_due(by_hand, event_day, office_calendar) == date(2026, 10, 8)
    assert step_basis(by_hand, event_day, office_calendar).endswith("手で 10/8(木) に変更")
    assert step_target_day(17, event_day, office_calendar) == date(2026, 10, 9)


def test_the_next_recruitment_step_is_the_first_one_not_done():
    steps = recruitment_steps(1)
    begun = (replace(steps[0], done_on=date(2026, 7, 2)), *steps[1:])

    assert next_step(begun).name == "区報原稿締切"
    assert next_step([replace(step, done_on=date(2026, 7, 2)) for step in steps]) is None
    assert (offset_words(84), offset_words(49), offset_words(14), offset_words(13)) == (
        "12週前",
        "7週前",
        "14日前",
        "13日前",
    )
