"""The deadlines of an event: one rule gives task, owner, clause, basis and three dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal

from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import Direction, DueDates, Period, due_dates, parse_period
from app.subjects.events.event.rules import event_warning as sentences
from app.subjects.events.event.rules.basis import basis_words, full_clause, margin_words
from db.frozen_record import frozen_record
from db.records.events import DeadlineOverride
from db.records.programme import KindNumbers, Programme

Owner = Literal["区", "受託者", "区・受託者", ""]

HEADCOUNT = "人数連絡"
MATERIAL = "資料確認"
REPORT = "実施報告書"


@frozen_record
class Deadline:
    """One thing that is due, with its basis and its three dates.

    ``nominal`` 期限（暦どおり）; ``working`` 期限（開庁日） before an event, 休日の場合の期限（民法142条） after
    it; ``margin`` 目安日 before, 目安日 after. ``contract`` False marks a 目安日 of our own: then
    the three dates are one and nothing is ever 期限超過. ``early`` is the stricter reading 当日算入.
    ``override`` is a date set by hand; its reason is kept and shown.
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

    @property
    def effective_date(self) -> date:
        """The day 残り counts to: 実務日 before an event, 本来日 after it, or the date set by hand."""
        return self.override or (self.working if self.direction == "before" else self.nominal)

    @property
    def last_day_in_time(self) -> date:
        """The last day that is not 期限超過: 本来日 before an event, 142条適用後 after it."""
        return self.override or (self.nominal if self.direction == "before" else self.working)


def _non_empty(*texts: str | None) -> tuple[str, ...]:
    """The warnings that apply."""
    return tuple(text for text in texts if text)


def _limit_to_term(
    dates: DueDates, start: date, programme: Programme, calendar: OfficeCalendar
) -> tuple[DueDates, bool]:
    """``dates`` with 目安日 on the last open day of 履行期間 at the latest, and whether it was held back."""
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
    """One contract deadline of ``period`` from ``start``.

    ``start_name`` says what the start is (実施日). With a ``programme`` the deadline belongs inside its
    履行期間: 目安日 is held back to it and a later 本来日 warns. With ``today`` a passed date warns.
    Raises PeriodProblem or DateProblem.
    """
    period = parse_period(period) if isinstance(period, str) else period
    dates, held = due_dates(period, start, calendar), False
    beyond = None
    if programme and period.direction == "after":
        beyond = sentences.beyond_term_warning(programme, period, dates, start, start_name)
        dates, held = _limit_to_term(dates, start, programme, calendar)
    return Deadline(
        task=task,
        owner=owner,
        clause=clause,
        rule=period.words,
        basis=basis_words(
            clause=clause, start_name=start_name, start=start, period=period, dates=dates, calendar=calendar
        ),
        margin_basis=margin_words(
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


@frozen_record
class EventTerms:
    """What the dates of one event are counted from: the contract's numbers of its kind, its day, the open days.

    ``extra_materials`` False = a 派遣 with the 講習会's materials alone. ``today`` adds warnings about what has passed.
    """

    numbers: KindNumbers
    programme: Programme
    event_date: date
    calendar: OfficeCalendar
    extra_materials: bool = True
    today: date | None = None


def contract_duty(
    owner: Owner, clause: Callable[[KindNumbers], str], period: Callable[[KindNumbers], str]
) -> Callable[[str, EventTerms], Deadline]:
    """Return the rule of a duty that the contract counts from the 実施日: its ``clause``, and its ``period`` in words
    (「5日前」, 「1か月以内」), both from the numbers of the kind."""

    def due(task: str, terms: EventTerms) -> Deadline:
        return _contract_deadline(task, owner, clause(terms.numbers), period(terms.numbers), terms)

    return due


def _contract_deadline(task: str, owner: Owner, clause: str, period: str, terms: EventTerms, *more: str) -> Deadline:
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
    """資料確認; a 派遣 needs it only for materials other than the 講習会's, and says so (仕様書4(2)キ)."""
    numbers = terms.numbers
    only_if: tuple[str, ...] = ()
    if numbers.kind == "派遣":
        if not terms.extra_materials:
            return None
        clause = full_clause(numbers.clause_material)
        only_if = (
            f"講習会の資料だけを使う派遣では、区の確認は要りません（{clause}）。ほかに使う資料がある場合の期限です。",
        )
    return _contract_deadline(task, "区", numbers.clause_material, numbers.material_period, terms, *only_if)


def event_deadlines(
    numbers: KindNumbers,
    programme: Programme,
    event_date: date,
    calendar: OfficeCalendar,
    *,
    today: date | None = None,
    extra_materials: bool = True,
) -> tuple[Deadline, ...]:
    """The contract's deadlines of one event (仕様書4 エ, キ, コ): 人数連絡, 資料確認, 実施報告書.

    Leave ``today`` out where `app.subjects.events.event.rules.deadline_states` shows what has passed already. Every
    task of an event stands in ``app.subjects.events.event.services.tasks.task_kind``.
    """
    terms = EventTerms(
        numbers=numbers,
        programme=programme,
        event_date=event_date,
        calendar=calendar,
        extra_materials=extra_materials,
        today=today,
    )
    found = (headcount_due(HEADCOUNT, terms), material_due(MATERIAL, terms), report_due(REPORT, terms))
    return tuple(one for one in found if one is not None)


def is_past_target(deadline: Deadline, dated_on: date | None) -> bool:
    """Whether a 目安日 that nobody set by hand was past on the day on which its event got its date."""
    own = not deadline.contract and deadline.override is None
    return own and dated_on is not None and deadline.effective_date < dated_on


def apply_override(deadline: Deadline, change: DeadlineOverride | None) -> Deadline:
    """``deadline`` with the date set by hand; the computed dates and the reason stay visible.

    A date beyond the contract's own last day is kept, but says so: the contract does not move with it.
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
