"""Deadlines of an event: each rule gives task, owner, clause, basis and three dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import Direction, DueDates, Period, due_dates, parse_period
from app.event.rules import event_warning as sentences
from app.event.rules.basis import basis_words, target_day_origin
from app.programme.rules import in_brackets
from db.record import record
from db.records.events import DeadlineOverride
from db.records.programme import EventKind, Programme

Owner = Literal["区", "受託者", "区・受託者", ""]

HEADCOUNT = "人数連絡"
MATERIAL = "資料確認"
REPORT = "実施報告書"


@record
class Deadline:
    """One thing that is due, with its basis and its three dates.

    Attributes:
        clause: short form (仕4(1)エ) or ""; ``rule`` is the period in words (「5日前」).
        start: the day from which it is counted.
        basis, margin_basis: the arithmetic of the date and of 目安日, in sentences.
        nominal: 期限（暦どおり）.
        working: 期限（開庁日） before an event, 休日の場合の期限（民法142条） after it.
        margin: 目安日.
        contract: False marks a 目安日 of our own; its three dates are one and it is never 期限超過.
        early: the date by the stricter counting 当日算入.
        override: a date set by hand; its reason is kept and shown.
        waits: it has no last day and waits since that day.
    """

    task: str
    owner: Owner
    clause: str
    rule: str
    basis: str
    margin_basis: str = ""
    direction: Direction
    start: date
    nominal: date
    working: date
    margin: date
    warnings: tuple[str, ...] = ()
    contract: bool = True
    early: date | None = None
    override: date | None = None
    override_reason: str = ""
    waits: bool = False

    @property
    def effective_date(self) -> date:
        """Return the day 残り counts to: ``working`` before an event, ``nominal`` after it, or the date set by hand."""
        return self.override or (self.working if self.direction == "before" else self.nominal)

    @property
    def last_day_in_time(self) -> date:
        """Return the last day not 期限超過: ``nominal`` before an event, ``working`` after it, or that set by hand."""
        return self.override or (self.nominal if self.direction == "before" else self.working)


def _non_empty(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _limit_to_term(
    dates: DueDates, start: date, programme: Programme, calendar: OfficeCalendar
) -> tuple[DueDates, bool]:
    """Return ``dates`` with 目安日 limited to the last open day of 履行期間, and whether it was moved."""
    if start > programme.term_end or dates.margin <= programme.term_end:
        return dates, False
    return replace(dates, margin=calendar.open_on_or_before(programme.term_end)), True


def make_deadline(
    *,
    task: str,
    owner: Owner,
    clause: str,
    period: Period | str,
    start: date,
    start_name: str,
    calendar: OfficeCalendar,
    programme: Programme | None = None,
    today: date | None = None,
    warnings: tuple[str, ...] = (),
) -> Deadline:
    """Return one contract deadline of ``period`` from ``start``.

    With a ``programme``, for a period after the start, 目安日 is limited to its 履行期間; a later ``nominal`` warns.
    With ``today`` a passed date warns.

    Args:
        clause: the short form (仕4(1)エ), "" = none.
        start_name: what the start is (実施日).
        warnings: further ones, which come first.

    Raises:
        PeriodProblem, DateProblem: the period or the date is invalid.
    """
    period = parse_period(period) if isinstance(period, str) else period
    dates, held = due_dates(period, start, calendar), False
    beyond = None
    if programme and period.direction == "after":
        beyond = sentences.beyond_term_warning(programme, period, dates, start, calendar, start_name)
        dates, held = _limit_to_term(dates, start, programme, calendar)
    return Deadline(
        task=task,
        owner=owner,
        clause=clause,
        rule=period.words,
        basis=basis_words(
            clause=clause, start_name=start_name, start=start, period=period, dates=dates, calendar=calendar
        ),
        margin_basis=target_day_origin(
            start=start,
            period=period,
            dates=dates,
            calendar=calendar,
            term_end=programme.term_end if programme and held else None,
        ),
        direction=period.direction,
        start=start,
        nominal=dates.nominal,
        working=dates.working,
        margin=dates.margin,
        warnings=_non_empty(
            *warnings, beyond, sentences.deadline_past_warning(period, dates, today) if today else None
        ),
    )


@record
class EventTerms:
    """What the dates of an event are counted from: the contract's numbers of its kind, its day, the calendar.

    Attributes:
        extra_materials: False = a visit that uses only the materials of the lectures.
        lectures: the names of the kinds whose materials a visit may use; "" = the year has none.
        today: adds warnings about what has passed.
    """

    numbers: EventKind
    programme: Programme
    event_date: date
    calendar: OfficeCalendar
    extra_materials: bool = True
    lectures: str = ""
    today: date | None = None


def contract_duty(
    owner: Owner, clause: Callable[[EventKind], str], period: Callable[[EventKind], str]
) -> Callable[[str, EventTerms], Deadline | None]:
    """Return the rule of a duty that the contract counts from the 実施日; it returns None where it is not asked for.

    Args:
        clause, period: return the clause and the period in words (「5日前」, 「1か月以内」) from the numbers of the
            kind; a contract that does not ask for it has no period.
    """

    def due(task: str, terms: EventTerms) -> Deadline | None:
        if not period(terms.numbers):
            return None
        return _contract_deadline(task, owner, clause(terms.numbers), period(terms.numbers), terms)

    return due


def _contract_deadline(task: str, owner: Owner, clause: str, period: str, terms: EventTerms, *more: str) -> Deadline:
    """Return a contract deadline counted from the 実施日, with warnings about that day and ``more`` ones."""
    common = _non_empty(
        sentences.outside_window_warning(terms.numbers, terms.event_date),
        sentences.outside_term_warning(terms.programme, terms.event_date),
        sentences.event_past_warning(terms.event_date, terms.today) if terms.today else None,
    )
    return make_deadline(
        task=task,
        owner=owner,
        clause=clause,
        period=period,
        start=terms.event_date,
        start_name="実施日",
        calendar=terms.calendar,
        programme=terms.programme,
        today=terms.today,
        warnings=(*common, *more),
    )


headcount_due = contract_duty("区", lambda numbers: numbers.clause_people, lambda numbers: numbers.headcount_period)
report_due = contract_duty("受託者", lambda numbers: numbers.clause_report, lambda numbers: numbers.report_period)


def material_due(task: str, terms: EventTerms) -> Deadline | None:
    """Return the deadline of 資料確認; None where the contract asks for none.

    A visit has it only for materials other than those of the lectures.
    """
    numbers = terms.numbers
    if not numbers.material_period:
        return None
    only_if: tuple[str, ...] = ()
    if numbers.form.at_organisation:
        if not terms.extra_materials:
            return None
        if terms.lectures:
            clause = in_brackets(numbers.clause_material)
            alone = f"{terms.lectures}の資料だけを使う{numbers.name}では、区の確認は要りません{clause}。"
            only_if = (f"{alone}ほかに使う資料がある場合の期限です。",)
    return _contract_deadline(task, "区", numbers.clause_material, numbers.material_period, terms, *only_if)


def event_deadlines(
    numbers: EventKind,
    programme: Programme,
    event_date: date,
    calendar: OfficeCalendar,
    *,
    today: date | None = None,
    extra_materials: bool = True,
    lectures: str = "",
) -> tuple[Deadline, ...]:
    """Return the contract's deadlines of one event (仕様書4 エ, キ, コ): 人数連絡, 資料確認, 実施報告書, as asked for.

    Without ``today`` they carry no warnings about passed dates, for callers that show the state of a deadline
    themselves. ``lectures`` names the kinds whose materials a visit may use, "" = none; with ``extra_materials`` False
    a visit has no 資料確認.
    """
    terms = EventTerms(
        numbers=numbers,
        programme=programme,
        event_date=event_date,
        calendar=calendar,
        extra_materials=extra_materials,
        lectures=lectures,
        today=today,
    )
    found = (headcount_due(HEADCOUNT, terms), material_due(MATERIAL, terms), report_due(REPORT, terms))
    return tuple(one for one in found if one is not None)


def is_past_target(deadline: Deadline, dated_on: date | None) -> bool:
    """Return whether a 目安日 not set by hand had passed already on ``dated_on``, when its event got its date."""
    own = not deadline.contract and deadline.override is None
    return own and dated_on is not None and deadline.effective_date < dated_on


def apply_override(deadline: Deadline, change: DeadlineOverride | None) -> Deadline:
    """Return ``deadline`` with the date set by hand; the computed dates and the reason stay visible.

    A date beyond the contract's own last day is kept with a warning, as the contract does not move with it.
    """
    if change is None:
        return deadline
    warnings = deadline.warnings
    if deadline.contract and change.due > deadline.last_day_in_time:
        warnings = (
            *warnings,
            sentences.later_than_contract_warning(deadline.clause, deadline.last_day_in_time, change.due),
        )
    return replace(deadline, override=change.due, override_reason=change.reason, warnings=warnings)
