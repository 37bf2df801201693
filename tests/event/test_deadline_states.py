"""How a deadline stands on a day: what is left, when it is over, and the words for it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.event.rules.deadline_states import announced_stage, deadline_state, end_of_week, notice_stage
from app.event.rules.deadlines import event_deadlines, is_past_target, make_deadline
from tests.support.event_dates import guide_dates


@pytest.fixture
def headcount(lectures, programme, office_calendar):
    """人数連絡 of 9/28: 期限（開庁日） 9/18(金), 期限（暦どおり） 9/23(水・祝)."""
    return event_deadlines(lectures, programme, date(2026, 9, 28), office_calendar)[0]


@pytest.fixture
def report(lectures, programme, office_calendar):
    """実施報告書 of 9/30: 期限（暦どおり） 10/31(土), 休日の場合の期限 11/2(月)."""
    return event_deadlines(lectures, programme, date(2026, 9, 30), office_calendar)[2]


@pytest.mark.parametrize(
    ("today", "bucket", "words"),
    [
        (date(2026, 9, 11), "来週から", "あと7日・開庁日 5日"), (date(2026, 9, 13), "今週", "あと5日・開庁日 5日"),
        (date(2026, 9, 16), "今週", "あと2日・開庁日 2日"), (date(2026, 9, 18), "今日", "本日まで"),
        (date(2026, 9, 19), "今日", "期限（暦どおり） あと4日"),
        (date(2026, 9, 23), "今日", "期限（暦どおり）は本日まで"), (date(2026, 9, 24), "期限超過", "1日超過"),
        (date(2026, 9, 28), "期限超過", "5日超過"),
    ],
)  # fmt: skip
def test_before_an_event_the_count_runs_to_the_open_day_and_overdue_begins_after_the_calendar_day(
    headcount, office_calendar, today, bucket, words
):
    state = deadline_state(headcount, today, None, office_calendar)

    assert (state.bucket, state.words) == (bucket, words)


@pytest.mark.parametrize(
    ("today", "bucket", "words"),
    [
        (date(2026, 10, 23), "来週から", "あと8日・開庁日 5日"), (date(2026, 10, 30), "今週", "あと1日・開庁日 0日"),
        (date(2026, 10, 31), "今日", "本日まで"), (date(2026, 11, 1), "今日", "休日の場合の期限 あと1日"),
        (date(2026, 11, 2), "今日", "休日の場合の期限は本日まで"), (date(2026, 11, 3), "期限超過", "1日超過"),
        (date(2026, 11, 4), "期限超過", "2日超過"),
    ],
)  # fmt: skip
def test_after_an_event_the_count_runs_to_the_calendar_day_and_overdue_begins_after_article_142(
    report, office_calendar, today, bucket, words
):
    state = deadline_state(report, today, None, office_calendar)

    assert (state.bucket, state.words) == (bucket, words)


def test_an_overdue_deadline_counts_open_days_too(headcount, report, office_calendar):
    state = deadline_state(headcount, date(2026, 9, 24), None, office_calendar)
    over_the_weekend = deadline_state(report, date(2026, 11, 9), None, office_calendar)

    assert (state.overdue_days, state.open_words) == (1, "開庁日 1日")
    assert (over_the_weekend.overdue_days, over_the_weekend.open_words) == (7, "開庁日 4日")


def test_what_is_done_stays_done_and_says_quietly_when_it_was_late(headcount, office_calendar):
    in_time = deadline_state(headcount, date(2026, 10, 30), date(2026, 9, 18), office_calendar)
    on_the_last_day = deadline_state(headcount, date(2026, 10, 30), date(2026, 9, 23), office_calendar)
    late = deadline_state(headcount, date(2026, 10, 30), date(2026, 9, 25), office_calendar)

    assert (in_time.bucket, in_time.words, in_time.is_late) == ("済", "済 9/18(金)", False)
    assert (late.days_left, late.overdue_days) == (0, 0)
    assert not on_the_last_day.is_late
    assert deadline_state(headcount, date(2026, 10, 30), date(2026, 9, 24), office_calendar).is_late
    assert (late.words, late.is_late) == ("済 9/25(金)・期限の2日後", True)


def test_a_guide_date_is_never_overdue(lectures, programme, office_calendar):
    guide = next(
        g for g in guide_dates(lectures, programme, date(2026, 9, 24), office_calendar) if g.task == "設問の決定"
    )
    state = deadline_state(guide, date(2026, 9, 20), None, office_calendar)

    assert (state.bucket, state.words, state.overdue_days) == ("目安日過ぎ", "目安日を3日過ぎ", 0)
    assert not deadline_state(guide, date(2026, 9, 20), date(2026, 9, 19), office_calendar).is_late


def test_only_a_target_of_the_ward_that_nobody_set_may_be_past_when_its_event_gets_a_day(
    lectures, programme, headcount, office_calendar
):
    guide = next(
        g for g in guide_dates(lectures, programme, date(2026, 9, 24), office_calendar) if g.task == "設問の決定"
    )
    day = guide.effective_date
    assert is_past_target(guide, day + timedelta(days=1))
    assert not is_past_target(guide, day)
    assert not is_past_target(guide, None)
    assert not is_past_target(replace(guide, override=day, override_reason="協議"), day + timedelta(days=1))
    assert not is_past_target(headcount, date(2026, 10, 30))


def test_a_target_on_the_last_day_of_the_contract_is_not_said_to_be_moved_to_it(programme, office_calendar):
    said = {"task": "見本", "owner": "区", "clause": "", "start_name": "実施日", "period": "30日以内"}
    start = programme.term_end - timedelta(days=30)
    within, bare = (
        make_deadline(start=start, calendar=office_calendar, programme=one, **said) for one in (programme, None)
    )
    assert within.margin == bare.margin == programme.term_end
    assert within.margin_basis == bare.margin_basis
    last = make_deadline(start=programme.term_end, calendar=office_calendar, programme=programme, **said)
    assert last.margin == programme.term_end


def test_a_date_set_by_hand_is_what_counts(headcount, office_calendar):
    earlier = replace(headcount, override=date(2026, 9, 15), override_reason="受託者の申出")

    assert deadline_state(earlier, date(2026, 9, 15), None, office_calendar).words == "本日まで"
    assert deadline_state(earlier, date(2026, 9, 16), None, office_calendar).bucket == "期限超過"


def test_the_week_ends_on_saturday():
    assert end_of_week(date(2026, 9, 13)) == date(2026, 9, 19)
    assert end_of_week(date(2026, 9, 16)) == date(2026, 9, 19)
    assert end_of_week(date(2026, 9, 19)) == date(2026, 9, 19)


def test_a_deadline_is_announced_seven_and_three_days_before_and_on_the_day(headcount, programme, office_calendar):
    def stage(today, done=None):
        return announced_stage(deadline_state(headcount, today, done, office_calendar), programme.announce_days)

    assert stage(date(2026, 9, 10)) is None
    assert stage(date(2026, 9, 11)) == 7
    assert stage(date(2026, 9, 14)) == 7
    assert stage(date(2026, 9, 15)) == 3
    assert stage(date(2026, 9, 18)) == 0
    assert stage(date(2026, 9, 25)) == 0
    assert stage(date(2026, 9, 18), date(2026, 9, 17)) is None


def test_the_end_of_a_term_is_noticed_some_days_from_each_day_on_and_not_once_it_is_done(headcount, office_calendar):
    end = headcount.effective_date
    states = {left: deadline_state(headcount, end - timedelta(days=left), None, office_calendar) for left in range(100)}
    noticed = {left: notice_stage(state, (90, 30, 7), days_shown=5) for left, state in states.items()}
    assert {left: stage for left, stage in noticed.items() if stage} == {
        stage - gone: stage for stage in (90, 30, 7) for gone in range(5)
    }
    assert notice_stage(states[30], (30, 32), days_shown=5) == 30, "the later one of two"
    assert notice_stage(deadline_state(headcount, end, end, office_calendar), (0,), days_shown=5) is None


def test_every_day_of_the_year_has_one_bucket_and_they_follow_each_other(headcount, report, office_calendar):
    order = ["来週から", "今週", "今日", "期限超過"]
    for deadline in (headcount, report):
        found = [
            deadline_state(deadline, date(2026, 7, 1) + timedelta(days=n), None, office_calendar).bucket
            for n in range(180)
        ]
        assert [order.index(bucket) for bucket in found] == sorted(order.index(bucket) for bucket in found)
        assert set(found) == set(order)
