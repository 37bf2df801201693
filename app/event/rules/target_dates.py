"""Target dates of our own (目安日): never a contract duty, never 期限超過, all of them settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from app.calendar.dates import short_date_in_year
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import Direction
from app.calendar.wareki import fiscal_year_of
from app.common.clauses import clause_of
from app.event.rules.deadlines import MATERIAL, Deadline, EventTerms, Owner, material_due
from app.programme.rules import full_clause
from db.records.programme import EventKind, Programme

DayUnit = Literal["日", "開庁日"]

DRAFT_MATERIALS = "資料案の受領"
QUESTIONS = "設問の決定"
DAY_SET = "当日資料一式"
TALLY_CHECK = "アンケートの検算"
REVIEW = "報告書の内容確認"
RESUBMIT_OPEN_DAYS = 3
INTERIM_PAPER = "アンケート中間集計"
"""Kind of document that completes both 中間集計."""

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
DRILL = "復元の点検"
CLAUSE_BOOKS = clause_of("出納の閉鎖")


def _target_date(
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
    """Return one 目安日, whose three dates are the same day; ``arithmetic`` ends before the resulting date."""
    related = f"（{full_clause(clause)}に関連）" if clause else ""
    shown = short_date_in_year(day, fiscal_year_of(start))
    basis = f"目安日{related}。{arithmetic} = {shown}"
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


def _empty_clause(_numbers: EventKind) -> str:
    return ""


def _always(_numbers: EventKind) -> bool:
    return True


def _within_term(day: date, start: date, programme: Programme, calendar: OfficeCalendar) -> date:
    """Return ``day``, or the last open day of 履行期間 if the day lies after it (仕様書3)."""
    if start > programme.term_end:
        return day
    return min(day, calendar.open_on_or_before(programme.term_end))


def target_after_event(
    days: int | Callable[[Programme], int],
    unit: DayUnit = "日",
    *,
    clause: Callable[[EventKind], str] = _empty_clause,
    needed: Callable[[EventKind], bool] = _always,
) -> Callable[[str, EventTerms], Deadline | None]:
    """Return the rule of a 目安日 「実施日からN日」, on an open day and inside 履行期間.

    Args:
        days: N, or the setting that holds it.
        unit: 日 by the calendar, where a closed day gives way to the open day before it; or 開庁日.
        clause: the related clause, "" = none.
        needed: whether the kind of event has it.
    """

    def due(task: str, terms: EventTerms) -> Deadline | None:
        """Return the target day after an event, None if its kind does not have it."""
        if not needed(terms.numbers):
            return None
        number = days if isinstance(days, int) else days(terms.programme)
        start, calendar = terms.event_date, terms.calendar
        words = arithmetic = f"実施日から{number}{unit}"
        if unit == "開庁日":
            counted = open_day = calendar.add_open_days(start, number)
        else:
            counted = start + timedelta(days=number)
            open_day = calendar.open_on_or_before(counted)
        day = _within_term(open_day, start, terms.programme, calendar)
        if unit == "日" and day != counted:
            why = "閉庁日のため前の開庁日" if day == open_day else "履行期間のあとのため最後の開庁日"
            arithmetic += f"の {short_date_in_year(counted, fiscal_year_of(start))} は{why}"
        return _target_date(
            task=task,
            owner="区",
            clause=clause(terms.numbers),
            rule=words,
            arithmetic=arithmetic,
            direction="after",
            start=start,
            day=day,
        )

    return due


def draft_materials_target(task: str, terms: EventTerms) -> Deadline | None:
    """Return when the draft of the materials should be received: open days before the 資料確認 is due.

    None where no 資料確認 is.
    """
    confirmation = material_due(MATERIAL, terms)
    if confirmation is None:
        return None
    lead = terms.programme.draft_lead_open_days
    due = short_date_in_year(confirmation.working, fiscal_year_of(confirmation.start))
    return _target_date(
        task=task,
        owner="受託者",
        clause=terms.numbers.clause_material,
        rule=f"確認の{lead}開庁日前",
        arithmetic=f"資料確認の期限（開庁日） {due} の{lead}開庁日前",
        direction="before",
        start=confirmation.start,
        day=terms.calendar.add_open_days(confirmation.working, -lead),
    )


def questions_target(task: str, terms: EventTerms) -> Deadline | None:
    """Return when the questions of the survey should be settled (協議, 仕様書4 ケ); None without a survey."""
    if not terms.numbers.has_survey:
        return None
    lead = terms.programme.question_lead_open_days
    return _target_date(
        task=task,
        owner="区・受託者",
        clause=terms.numbers.clause_survey,
        rule=f"{lead}開庁日前",
        arithmetic=f"実施日の{lead}開庁日前",
        direction="before",
        start=terms.event_date,
        day=terms.calendar.add_open_days(terms.event_date, -lead),
    )


def target_day_before(task: str, terms: EventTerms) -> Deadline:
    """Return the 目安日 on the open day before the event."""
    return _target_date(
        task=task,
        owner="区",
        clause="",
        rule="前の開庁日",
        arithmetic="実施日の前の開庁日",
        direction="before",
        start=terms.event_date,
        day=terms.calendar.add_open_days(terms.event_date, -1),
    )


tally_check_target = target_after_event(
    lambda programme: programme.check_open_days,
    "開庁日",
    clause=lambda numbers: numbers.clause_survey,
    needed=lambda numbers: numbers.has_survey,
)
"""Rule for the day by which the ward has checked the 受託者's tally by its own count (検算)."""


def review_target(numbers: EventKind, programme: Programme, received_on: date, calendar: OfficeCalendar) -> Deadline:
    """Return when the 内容確認 of a report received on ``received_on`` should be done."""
    days = programme.review_open_days
    received = short_date_in_year(received_on, fiscal_year_of(received_on))
    return _target_date(
        task=REVIEW,
        owner="区",
        clause=numbers.clause_report,
        rule=f"受領から{days}開庁日",
        arithmetic=f"受領 {received} から{days}開庁日",
        direction="after",
        start=received_on,
        day=_within_term(calendar.add_open_days(received_on, days), received_on, programme, calendar),
    )


def resubmission_target(confirm_by: date, event_date: date, notified_on: date, calendar: OfficeCalendar) -> date:
    """Return when a corrected handout should be received: the open day before the ward's 資料確認 is due.

    If the result is notified on that day or later, it is three open days from then, at the latest the open day before
    the event, and never before ``notified_on``.
    Screen and document use the same day; 仕様書4 キ names only the day of the confirmation itself.
    """
    wanted = calendar.add_open_days(confirm_by, -1)
    if wanted > notified_on:
        return wanted
    eve = calendar.add_open_days(event_date, -1)
    return max(min(calendar.add_open_days(notified_on, RESUBMIT_OPEN_DAYS), eve), notified_on)


def year_target(
    task: str, programme: Programme, calendar: OfficeCalendar, *, owner: Owner, clause: str, rule: str, day: date
) -> Deadline:
    """Return a 目安日 of the year (主な期日) that belongs to no event, on the open day up to ``day``.

    Args:
        rule: its words (「9月末の開庁日」), which are its arithmetic too.
    """
    return _target_date(
        task=task,
        owner=owner,
        clause=clause,
        rule=rule,
        arithmetic=rule,
        direction="before",
        start=date(programme.fiscal_year, 4, 1),
        day=calendar.open_on_or_before(day),
    )


def books_closing_date(programme: Programme) -> date:
    """Return 出納閉鎖, the last day on which the year's money is paid (地方自治法235条の5)."""
    return date(programme.fiscal_year + 1, 5, 31)
