"""The worked cases of the field: each rule, its day and the three dates that must come out."""

import argparse
import json
from datetime import date

import pytest

from app.calendar.periods import PeriodProblem, due_dates, months_after, parse_period
from app.commands.main import add_command
from app.event.rules.closing_deadlines import inspection_deadline, payment_deadline, proposal_deadline
from app.event.rules.deadlines import EventTerms, event_deadlines
from app.event.rules.target_dates import target_after_event
from app.programme.intake import preset

CASES = [
    ("5日前", "2026-09-01", "2026-08-27", "2026-08-27", "2026-08-26"),
    ("5日前", "2026-09-24", "2026-09-19", "2026-09-18", "2026-09-18"),
    ("5日前", "2026-09-28", "2026-09-23", "2026-09-18", "2026-09-18"),
    ("5日前", "2027-01-04", "2026-12-30", "2026-12-28", "2026-12-28"),
    ("2週間前", "2026-09-01", "2026-08-18", "2026-08-18", "2026-08-17"),
    ("2週間前", "2026-10-07", "2026-09-23", "2026-09-18", "2026-09-18"),
    ("1か月以内", "2026-09-30", "2026-10-31", "2026-11-02", "2026-10-30"),
    ("1か月以内", "2026-10-29", "2026-11-29", "2026-11-30", "2026-11-27"),
    ("1か月以内", "2026-11-30", "2026-12-31", "2027-01-04", "2026-12-28"),
    ("1か月以内", "2026-12-25", "2027-01-25", "2027-01-25", "2027-01-25"),
    ("1か月以内", "2027-02-14", "2027-03-14", "2027-03-15", "2027-03-12"),
    ("3週間以内", "2027-03-15", "2027-04-05", "2027-04-05", "2027-03-31"),
    ("2週間以内", "2027-03-15", "2027-03-29", "2027-03-29", "2027-03-29"),
    ("30日以内", "2027-04-05", "2027-05-05", "2027-05-06", "2027-04-30"),
]
TASKS = {"5日前": "人数連絡", "2週間前": "資料確認", "1か月以内": "実施報告書", "3週間以内": "実施報告書"}
EVENT_CASES = [case for case in CASES if case[0] in TASKS]


def three_dates(deadline):
    return tuple(day.isoformat() for day in (deadline.nominal, deadline.working, deadline.margin))


def command_json(capsys, *words):
    parser = argparse.ArgumentParser()
    module = add_command(parser.add_subparsers(), "deadlines")
    arguments = parser.parse_args(["deadlines", *words, "--json", "--today", "2026-04-01"])
    assert module.run(arguments) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("rule", "day", "nominal", "working", "margin"), CASES)
def test_the_rule_alone_gives_the_worked_dates(capsys, rule, day, nominal, working, margin):
    (entry,) = command_json(capsys, "--rule", rule, "--date", day)

    assert (entry["nominal"], entry["working"], entry["margin"]) == (nominal, working, margin)
    assert entry["direction"] == ("before" if rule.endswith("前") else "after")
    assert entry["basis"]


@pytest.mark.parametrize(("rule", "day", "nominal", "working", "margin"), EVENT_CASES)
def test_an_event_gives_the_worked_dates(capsys, office_calendar, programme, rule, day, nominal, working, margin):
    for numbers in preset().kinds:
        rules = (numbers.headcount_period, numbers.material_period, numbers.report_period)
        if rule not in rules:
            continue
        found = event_deadlines(numbers, programme, date.fromisoformat(day), office_calendar)
        (deadline,) = [each for each in found if each.task == TASKS[rule]]
        assert three_dates(deadline) == (nominal, working, margin)
        entries = command_json(capsys, "--kind", numbers.kind, "--date", day)
        (entry,) = [each for each in entries if each["task"] == TASKS[rule]]
        assert (entry["nominal"], entry["working"], entry["margin"]) == (nominal, working, margin)


@pytest.mark.parametrize(
    ("day", "rule", "due", "why"),
    [
        (date(2026, 9, 10), target_after_event(14), date(2026, 9, 24), "実施日から14日 = 9/24(木)"),
        # 9/23 is a holiday, as are the two days before it.
        (
            date(2026, 9, 9),
            target_after_event(14),
            date(2026, 9, 18),
            "の 9/23(水・祝) は閉庁日のため前の開庁日 = 9/18(金)",
        ),
        (
            date(2027, 3, 25),
            target_after_event(7),
            date(2027, 3, 31),
            "の R9 4/1(木) は履行期間のあとのため最後の開庁日 = R9 3/31(水)",
        ),
        (
            date(2027, 3, 31),
            target_after_event(7),
            date(2027, 3, 31),
            "の R9 4/7(水) は履行期間のあとのため最後の開庁日 = R9 3/31(水)",
        ),
        (date(2026, 9, 18), target_after_event(2, "開庁日"), date(2026, 9, 25), "実施日から2開庁日 = 9/25(金)"),
    ],
)
def test_a_goal_some_days_from_the_event_is_an_open_day_and_says_how(
    lectures, programme, office_calendar, day, rule, due, why
):
    terms = EventTerms(numbers=lectures, programme=programme, event_date=day, calendar=office_calendar)

    found = rule("修了証の送付", terms)

    assert (found.task, found.effective_date, found.contract) == ("修了証の送付", due, False)
    assert found.basis.endswith(why)


def test_the_proposal_and_the_payment_give_the_worked_dates(office_calendar, programme):
    proposal = proposal_deadline(programme, date(2027, 3, 15), office_calendar)
    payment = payment_deadline(programme, date(2027, 4, 5), office_calendar)

    assert three_dates(proposal) == ("2027-03-29", "2027-03-29", "2027-03-29")
    assert three_dates(payment) == ("2027-05-05", "2027-05-06", "2027-04-30")
    assert payment.early == date(2027, 4, 30)
    assert payment.warnings == ()


def test_the_inspection_counts_ten_days_and_shows_the_earlier_reading(office_calendar):
    inspection = inspection_deadline(date(2027, 3, 25), office_calendar)

    assert three_dates(inspection) == ("2027-04-04", "2027-04-05", "2027-04-02")
    assert inspection.early == date(2027, 4, 2)
    assert "受領日を1日目と数えた目安日" in inspection.margin_basis


def test_the_earlier_reading_may_lie_a_day_before_the_target(office_calendar, programme):
    payment = payment_deadline(programme, date(2027, 4, 7), office_calendar)

    assert payment.margin == date(2027, 5, 7)
    assert payment.early == date(2027, 5, 6)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("5日前", "5日前"), ("５日前までに", "5日前"), ("2週間前まで", "2週間前"), ("30日以内", "30日以内"),
        ("3週間以内に", "3週間以内"), ("1か月以内", "1か月以内"), ("1ヶ月以内", "1か月以内"),
        ("1カ月以内", "1か月以内"), ("１箇月以内", "1か月以内"),
    ],
)  # fmt: skip
def test_periods_are_read_in_every_spelling(typed, words):
    assert parse_period(typed).words == words


@pytest.mark.parametrize(
    "typed", ["", "5日", "前5日", "1か月後", "0日前", "五日前", "99999日前", "4000日以内", "-5日前"]
)
def test_a_period_that_means_nothing_is_refused_in_a_sentence(typed):
    with pytest.raises(PeriodProblem) as problem:
        parse_period(typed)
    assert str(problem.value).endswith("。")


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2026, 9, 30), 1, date(2026, 10, 31)), (date(2027, 1, 30), 1, date(2027, 2, 28)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)), (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2027, 2, 28), 1, date(2027, 3, 31)), (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), 12, date(2027, 3, 31)),
    ],
)  # fmt: skip
def test_months_are_counted_by_the_calendar_from_the_next_day(day, count, due):
    assert months_after(day, count) == due


def test_three_weeks_and_twenty_one_days_are_the_same(office_calendar):
    day = date(2026, 11, 5)

    assert due_dates("3週間以内", day, office_calendar) == due_dates("21日以内", day, office_calendar)
    assert due_dates("2週間前", day, office_calendar) == due_dates("14日前", day, office_calendar)
