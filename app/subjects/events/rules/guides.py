"""Guide dates of our own (区の目標): never a contract duty, never 期限超過, all of them settings."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import short_date_in_year
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import Direction, last_fitting_day
from app.calendar.wareki import fiscal_year_of
from app.subjects.events.rules.basis import full_clause
from app.subjects.events.rules.closing_deadlines import CLAUSE_PAYMENT, INSPECTION_PERIOD
from app.subjects.events.rules.deadlines import MATERIAL, Deadline, Owner, event_deadlines
from app.subjects.events.rules.warnings import CLAUSE_TERM
from db.records.programme import KindNumbers, Programme

DRAFT = "資料案の受領"
QUESTIONS = "設問の決定"
DAY_SET = "当日資料一式"
TALLY_CHECK = "アンケートの検算"
REVIEW = "報告書の内容確認"
RESUBMIT_OPEN_DAYS = 3
INTERIM_PAPER = "アンケート中間集計"
"""The paper by which both 中間集計 are done."""

INTERIM_BUDGET = "中間集計（次年度の見積）"
INTERIM_REVIEW = "中間集計（査定資料）"
NOTICE = "業務完了届"
INSPECTED = "検査を終える"
INVOICE = "請求書"
RETURNED = "請求書の返戻"
RECEIVED_AGAIN = "請求書の再受領"
PAID = "支払を終える"
EXPIRY = "契約の満了"
BOOKS_CLOSED = "出納閉鎖"
CLAUSE_BOOKS = "地方自治法235条の5"


def _guide(
    *,
    task: str,
    owner: Owner,
    clause: str,
    rule: str,
    arithmetic: str,
    direction: Direction,
    start: date,
    day: date,
) -> Deadline:
    """One 区の目標; its three dates are the same day. ``arithmetic`` ends before the resulting date."""
    related = f"（{full_clause(clause)}に関連）" if clause else ""
    shown = short_date_in_year(day, fiscal_year_of(start))
    basis = f"区の目標{related}。{arithmetic} = {shown}"
    return Deadline(
        task=task,
        owner=owner,
        clause=clause,
        rule=rule,
        basis=basis,
        margin_basis=basis,
        direction=direction,
        start=start,
        nominal=day,
        working=day,
        margin=day,
        contract=False,
    )


def _within_term(day: date, start: date, programme: Programme, calendar: OfficeCalendar) -> date:
    """``day``, or the last open day of 履行期間 when the target would lie after it (仕様書3)."""
    if start > programme.term_end:
        return day
    return min(day, calendar.open_on_or_before(programme.term_end))


def guide_dates(
    numbers: KindNumbers,
    programme: Programme,
    event_date: date,
    calendar: OfficeCalendar,
    *,
    extra_materials: bool = True,
) -> tuple[Deadline, ...]:
    """The guide dates of one event, in time order, from the open-day settings of ``programme``."""
    guides: list[Deadline] = []
    for deadline in event_deadlines(numbers, programme, event_date, calendar, extra_materials=extra_materials):
        if deadline.task == MATERIAL:
            guides.append(_draft_intake(numbers, programme, deadline, calendar))
    if numbers.has_survey:
        guides.append(_question_decision(numbers, programme, event_date, calendar))
    guides.append(
        _guide(
            task=DAY_SET,
            owner="区",
            clause="",
            rule="前の開庁日",
            arithmetic="実施日の前の開庁日",
            direction="before",
            start=event_date,
            day=calendar.add_open_days(event_date, -1),
        )
    )
    if numbers.has_survey:
        guides.append(_tally_check(numbers, programme, event_date, calendar))
    return tuple(sorted(guides, key=lambda guide: guide.nominal))


def _draft_intake(
    numbers: KindNumbers, programme: Programme, confirmation: Deadline, calendar: OfficeCalendar
) -> Deadline:
    """When the draft of the materials should come in: open days before the 資料確認 is due."""
    lead = programme.draft_lead_open_days
    due = short_date_in_year(confirmation.working, fiscal_year_of(confirmation.start))
    return _guide(
        task=DRAFT,
        owner="受託者",
        clause=numbers.clause_material,
        rule=f"確認の{lead}開庁日前",
        arithmetic=f"資料確認の期限（開庁日） {due} の{lead}開庁日前",
        direction="before",
        start=confirmation.start,
        day=calendar.add_open_days(confirmation.working, -lead),
    )


def _question_decision(
    numbers: KindNumbers, programme: Programme, event_date: date, calendar: OfficeCalendar
) -> Deadline:
    """When the questions of the survey should be settled (協議, 仕様書4 ケ)."""
    lead = programme.question_lead_open_days
    return _guide(
        task=QUESTIONS,
        owner="区・受託者",
        clause=numbers.clause_survey,
        rule=f"{lead}開庁日前",
        arithmetic=f"実施日の{lead}開庁日前",
        direction="before",
        start=event_date,
        day=calendar.add_open_days(event_date, -lead),
    )


def _tally_check(numbers: KindNumbers, programme: Programme, event_date: date, calendar: OfficeCalendar) -> Deadline:
    """When the ward has checked the 受託者's tally by a count of its own (検算)."""
    days = programme.check_open_days
    return _guide(
        task=TALLY_CHECK,
        owner="区",
        clause=numbers.clause_survey,
        rule=f"実施日から{days}開庁日",
        arithmetic=f"実施日から{days}開庁日",
        direction="after",
        start=event_date,
        day=_within_term(calendar.add_open_days(event_date, days), event_date, programme, calendar),
    )


def review_target(numbers: KindNumbers, programme: Programme, received_on: date, calendar: OfficeCalendar) -> Deadline:
    """When the 内容確認 of a report received on ``received_on`` should be done."""
    days = programme.review_open_days
    received = short_date_in_year(received_on, fiscal_year_of(received_on))
    return _guide(
        task=REVIEW,
        owner="区",
        clause=numbers.clause_report,
        rule=f"受領から{days}開庁日",
        arithmetic=f"受領 {received} から{days}開庁日",
        direction="after",
        start=received_on,
        day=_within_term(calendar.add_open_days(received_on, days), received_on, programme, calendar),
    )


def resubmission_day(confirm_by: date, event_date: date, told_on: date, calendar: OfficeCalendar) -> date:
    """When a handout to be mended should be in again: the open day before the ward's own 資料確認 is due.

    A result told on that day or later leaves three open days from then, but none after the eve of the event. One day
    for the screen and the paper: 仕様書4 キ names only the day of the confirmation itself.
    """
    wanted = calendar.add_open_days(confirm_by, -1)
    if wanted > told_on:
        return wanted
    eve = calendar.add_open_days(event_date, -1)
    return max(min(calendar.add_open_days(told_on, RESUBMIT_OPEN_DAYS), eve), told_on)


def year_dates(programme: Programme, calendar: OfficeCalendar) -> tuple[Deadline, ...]:
    """The days of the year that no single event owns (主な期日), each of them a 区の目標, in time order.

    The papers of the contractor are wished for early enough that what follows from them still fits: the 検査 into
    履行期間, the 支払 before 出納閉鎖. The end of the contract is told some days before (``Programme.expiry_days``).
    Once they came in, 検査 and 支払 have a deadline of their own
    (``app.subjects.events.rules.closing_deadlines``).
    """
    year = programme.fiscal_year
    closing = date(year + 1, 5, 31)
    notice = last_fitting_day(INSPECTION_PERIOD, programme.term_end)
    invoice = last_fitting_day(programme.payment_period, closing)
    rows: tuple[tuple[str, Owner, str, str, date], ...] = (
        (INTERIM_BUDGET, "区", "", "9月末の開庁日", date(year, 9, 30)),
        (INTERIM_REVIEW, "区", "", "10月末の開庁日", date(year, 10, 31)),
        (NOTICE, "受託者", CLAUSE_TERM, f"検査の{INSPECTION_PERIOD}が履行期間に収まる開庁日", notice),
        (INSPECTED, "区", CLAUSE_TERM, "履行期間の最後の開庁日", programme.term_end),
        (EXPIRY, "区", CLAUSE_TERM, "履行期間の最後の開庁日", programme.term_end),
        (INVOICE, "受託者", CLAUSE_PAYMENT, f"支払の{programme.payment_period}が出納閉鎖に収まる開庁日", invoice),
        (PAID, "区", CLAUSE_PAYMENT, "出納閉鎖までの開庁日", closing),
        (BOOKS_CLOSED, "区", CLAUSE_BOOKS, "5月末の開庁日", closing),
    )
    return tuple(
        _guide(
            task=task,
            owner=owner,
            clause=clause,
            rule=rule,
            arithmetic=rule,
            direction="before",
            start=date(year, 4, 1),
            day=calendar.open_on_or_before(day),
        )
        for task, owner, clause, rule, day in rows
    )
