"""What a deadline says about its basis and what it warns of."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.calendar.office_days import OfficeCalendar
from app.event.rules.closing_deadlines import payment_deadline, proposal_deadline, proposal_range
from app.event.rules.deadlines import apply_override, event_deadlines
from db.records.events import DeadlineOverride


def by_task(deadlines):
    return {deadline.task: deadline for deadline in deadlines}


def test_the_basis_names_clause_arithmetic_and_the_open_day_before(lectures, programme, office_calendar):
    found = by_task(event_deadlines(lectures, programme, date(2026, 9, 24), office_calendar))

    assert found["人数連絡"].basis == ("仕様書4(1)エ。実施日の5日前 = 9/19(土)。閉庁日のため直前の開庁日 9/18(金)")
    assert found["人数連絡"].margin_basis == "中5日で数えた目安日 9/18(金)"
    assert found["資料確認"].basis == "仕様書4(1)キ。実施日の2週間前 = 9/10(木)"
    assert found["実施報告書"].basis == (
        "仕様書4(1)コ。実施日の翌日 9/25(金) から1か月 = 10/24(土)（民法140条・143条）。"
        "閉庁日のため民法142条により 10/26(月)。土曜日が民法142条の休日に当たるかには争いがある"
    )
    assert found["実施報告書"].margin_basis == "目安日 10/23(金)（直前の開庁日）"


def test_the_basis_says_why_a_weekday_is_closed(lectures, programme, office_calendar):
    found = by_task(event_deadlines(lectures, programme, date(2027, 1, 4), office_calendar))
    own = OfficeCalendar({date(2026, 10, 1): "庁舎の停電"})
    blackout = by_task(event_deadlines(lectures, programme, date(2026, 10, 6), own))

    assert "閉庁日（年末年始）のため直前の開庁日 12/28(月)" in found["人数連絡"].basis
    assert "閉庁日（庁舎の停電）のため直前の開庁日 9/30(水)" in blackout["人数連絡"].basis


@pytest.mark.parametrize("day", [date(2026, 9, 24), date(2026, 11, 30), date(2027, 2, 4)])
def test_the_three_kinds_have_the_tasks_owners_and_clauses_of_the_specification(
    lectures, dispatches, exchanges, programme, office_calendar, day
):
    found = [
        [(d.task, d.owner, d.clause, d.rule) for d in event_deadlines(n, programme, day, office_calendar)]
        for n in (lectures, dispatches, exchanges)
    ]

    assert found == [
        [
            ("人数連絡", "区", "仕4(1)エ", "5日前"),
            ("資料確認", "区", "仕4(1)キ", "2週間前"),
            ("実施報告書", "受託者", "仕4(1)コ", "1か月以内"),
        ],
        [
            ("人数連絡", "区", "仕4(2)エ", "5日前"),
            ("資料確認", "区", "仕4(2)キ", "2週間前"),
            ("実施報告書", "受託者", "仕4(2)ケ", "3週間以内"),
        ],
        [
            ("人数連絡", "区", "仕4(3)エ", "5日前"),
            ("資料確認", "区", "仕4(3)キ", "2週間前"),
            ("実施報告書", "受託者", "仕4(3)コ", "1か月以内"),
        ],
    ]


def test_an_ordinary_event_warns_of_nothing(lectures, exchanges, programme, office_calendar):
    for numbers in (lectures, exchanges):
        found = event_deadlines(numbers, programme, date(2026, 10, 29), office_calendar, today=date(2026, 9, 16))
        assert all(deadline.warnings == () for deadline in found)
        assert all(deadline.contract for deadline in found)


def test_a_dispatch_with_the_lecture_materials_alone_needs_no_check(dispatches, programme, office_calendar):
    day = date(2026, 10, 15)
    found = by_task(event_deadlines(dispatches, programme, day, office_calendar, lectures="講習会"))
    without = by_task(event_deadlines(dispatches, programme, day, office_calendar))
    alone = by_task(event_deadlines(dispatches, programme, day, office_calendar, extra_materials=False))

    assert "講習会の資料だけを使う派遣では、区の確認は要りません（仕様書4(2)キ）" in found["資料確認"].warnings[0]
    assert without["資料確認"].warnings == (), "a year without lectures has no handouts of theirs"
    assert found["人数連絡"].warnings == ()
    assert set(alone) == {"人数連絡", "実施報告書"}


def test_a_lecture_always_needs_its_materials_checked(lectures, programme, office_calendar):
    found = event_deadlines(lectures, programme, date(2026, 10, 7), office_calendar, extra_materials=False)

    assert "資料確認" in by_task(found)


@pytest.mark.parametrize("day", [date(2026, 8, 31), date(2026, 12, 26)])
def test_a_date_outside_the_window_names_the_clause_on_every_deadline(lectures, programme, office_calendar, day):
    for deadline in event_deadlines(lectures, programme, day, office_calendar):
        assert any("仕様書4(1)ア" in warning and "外です" in warning for warning in deadline.warnings)


def test_the_first_and_last_day_of_a_window_lie_inside(dispatches, programme, office_calendar):
    for day in (date(2026, 9, 1), date(2027, 3, 15)):
        found = by_task(event_deadlines(dispatches, programme, day, office_calendar))
        assert found["人数連絡"].warnings == ()


def test_a_date_after_the_term_asks_about_a_change_of_contract(dispatches, programme, office_calendar):
    for deadline in event_deadlines(dispatches, programme, date(2027, 4, 2), office_calendar):
        assert any("履行期間" in warning and "契約課" in warning for warning in deadline.warnings)


def test_a_date_before_the_contract_runs_is_seen_once_the_contract_date_is_known(lectures, programme, office_calendar):
    signed = replace(programme, contract_date=date(2026, 9, 1))
    on_that_day = event_deadlines(lectures, signed, date(2026, 9, 1), office_calendar)
    a_day_later = event_deadlines(lectures, signed, date(2026, 9, 2), office_calendar)

    assert all("9/2(水)から" in deadline.warnings[0] for deadline in on_that_day)
    assert all(deadline.warnings == () for deadline in a_day_later)


def test_the_report_of_a_dispatch_fits_the_term_until_the_tenth_of_march(dispatches, programme, office_calendar):
    def report(day):
        return by_task(event_deadlines(dispatches, programme, day, office_calendar))["実施報告書"]

    assert report(date(2027, 3, 10)).warnings == ()
    assert report(date(2027, 3, 10)).nominal == date(2027, 3, 31)
    for day in (date(2027, 3, 11), date(2027, 3, 12), date(2027, 3, 15)):
        (warning,) = report(day).warnings
        assert "履行期間の末日 R9 3/31(水) を過ぎます（仕様書3）" in warning
        assert "履行期間に収まる最後の実施日は R9 3/10(水) です" in warning
        assert report(day).margin == date(2027, 3, 31)
        assert report(day).margin_basis == "目安日 R9 3/31(水)（履行期間の最後の開庁日）"


def test_the_last_fitting_day_is_computed_and_follows_the_settings(dispatches, programme, office_calendar):
    shorter = replace(programme, term_end=date(2027, 3, 19))
    longer = replace(dispatches, report_period="1か月以内")

    (warning,) = by_task(event_deadlines(dispatches, shorter, date(2027, 3, 1), office_calendar))["実施報告書"].warnings
    assert "最後の実施日は R9 2/26(金)" in warning
    (warning,) = by_task(event_deadlines(longer, programme, date(2027, 3, 1), office_calendar))["実施報告書"].warnings
    assert "最後の実施日は R9 2/28(日)" in warning


def test_what_has_passed_is_said(lectures, programme, office_calendar):
    day = date(2026, 9, 28)

    def headcount(today):
        found = event_deadlines(lectures, programme, day, office_calendar, today=today)
        return by_task(found)["人数連絡"].warnings

    assert headcount(date(2026, 9, 18)) == ()
    assert headcount(date(2026, 9, 21)) == (
        "期限（開庁日） 9/18(金) は過ぎています（本日 9/21(月・祝)）。期限（暦どおり）は 9/23(水・祝) です。",
    )
    assert headcount(date(2026, 9, 24)) == ("期限 9/23(水・祝) は過ぎています（本日 9/24(木)）。",)


def test_a_report_between_its_two_dates_says_so(lectures, programme, office_calendar):
    found = event_deadlines(lectures, programme, date(2026, 9, 30), office_calendar, today=date(2026, 11, 1))

    assert by_task(found)["実施報告書"].warnings[-1] == (
        "期限（暦どおり） 10/31(土) は過ぎています（本日 11/1(日)）。休日の場合の期限（民法142条）は 11/2(月) です。"
    )


def test_an_event_before_today_is_remarked_on_every_deadline(lectures, programme, office_calendar):
    found = event_deadlines(lectures, programme, date(2026, 9, 1), office_calendar, today=date(2026, 9, 16))

    assert all("より前の日付です" in deadline.warnings[0] for deadline in found)


def test_the_proposal_warns_when_a_dispatch_report_is_due_after_it(programme, office_calendar):
    last = date(2027, 3, 10)
    clash = proposal_deadline(
        programme, last, office_calendar, visits=[(date(2026, 9, 8), "3週間以内"), (last, "3週間以内")]
    )
    calm = proposal_deadline(programme, last, office_calendar, visits=[(date(2027, 3, 3), "3週間以内")])

    (warning,) = clash.warnings
    assert warning.startswith("提案書の期限 R9 3/24(水) は、実施報告書の期限 R9 3/31(水) より先に来ます")
    assert "仕様書4(4)" in warning
    assert calm.warnings == ()


def test_a_proposal_beyond_the_term_names_the_last_day_that_fits(programme, office_calendar):
    late = proposal_deadline(programme, date(2027, 3, 20), office_calendar)

    assert "履行期間に収まる最後の実施日は R9 3/17(水) です" in late.warnings[0]
    assert late.margin == date(2027, 3, 31)


def test_an_undecided_year_gives_a_range_for_the_proposal(programme, office_calendar):
    open_year = proposal_range(programme, date(2027, 2, 4), date(2027, 3, 10), office_calendar)
    decided = proposal_range(programme, date(2027, 2, 4), None, office_calendar)

    assert open_year.is_provisional
    assert open_year.words(date(2027, 1, 15)) == "仮 2/18(木)〜3/24(水)"
    assert "日程未定の実施回が R9 3/10(水) までの間にあるため仮" in open_year.basis
    assert not decided.is_provisional
    assert decided.words(date(2027, 1, 15)) == "2/18(木)"
    assert proposal_range(programme, None, None, office_calendar) is None
    assert proposal_range(programme, date(2027, 2, 4), date(2027, 2, 4), office_calendar) == decided
    unknown = proposal_range(programme, None, date(2027, 2, 4), office_calendar)
    assert (unknown.first, unknown.last, unknown.basis.endswith("仮")) == (decided.first, decided.last, True)


@pytest.mark.parametrize(
    ("period", "clause", "returned", "last", "says"),
    [
        ("30日以内", "仕5", [(8, 15)], 13, """仕様書5。請求書の受領日 4/5(月) の翌日から30日。
         返戻 4/8(木) から再受領 4/15(木) までの8日は数えない = 5/13(木)。"""),
        ("30日以内", "仕5", [(8, 17), (45, 46)], 17, """仕様書5。請求書の受領日 4/5(月) の翌日から30日。
         返戻 4/8(木) から再受領 4/17(土) まで、返戻 5/15(土) から再受領 5/16(日) までの12日は数えない = 5/17(月)。"""),
        ("30日以内", "", [(8, 17), (48, 49)], 15, """請求書の受領日 4/5(月) の翌日から30日。
         返戻 4/8(木) から再受領 4/17(土) までの10日は数えない = 5/15(土)。閉庁日のため民法142条により 5/17(月)。"""),
        ("翌月10日まで", "", [(8, 15)], 18, """請求書の受領日 4/5(月) の翌月10日まで。
         返戻 4/8(木) から再受領 4/15(木) までの8日は数えない = 5/18(火)。"""),
        ("翌月10日まで", "仕5", [], 10, "仕様書5。請求書の受領日の翌月10日まで = 5/10(月)"),
    ],
)  # fmt: skip
def test_a_returned_invoice_stops_the_clock_of_the_payment(
    programme, office_calendar, period, clause, returned, last, says
):
    programme = replace(programme, payment_period=period, clause_payment=clause)
    stops = [tuple(date(2027, 4, 1) + timedelta(days=day - 1) for day in one) for one in returned]
    found = payment_deadline(programme, date(2027, 4, 5), office_calendar, stops=stops)

    asked = "返戻の日と再受領の日を数えるかは会計課に確かめる" if stops else ""
    assert (found.start, found.nominal) == (date(2027, 4, 5), date(2027, 5, last))
    assert found.basis == says.replace("\n         ", "") + asked


def test_a_date_set_by_hand_keeps_the_computed_ones_and_its_reason(lectures, programme, office_calendar):
    deadline = event_deadlines(lectures, programme, date(2026, 9, 24), office_calendar)[0]
    change = DeadlineOverride(
        event_id=1,
        task="人数連絡",
        due=date(2026, 9, 17),
        reason="受託者の申出",
        by="yamada",
        at=datetime(2026, 9, 1, 9, 0),
    )
    moved = apply_override(deadline, change)

    assert moved.effective_date == moved.last_day_in_time == date(2026, 9, 17)
    assert moved.override_reason == "受託者の申出"
    assert moved.working == date(2026, 9, 18)
    assert apply_override(deadline, None) is deadline
