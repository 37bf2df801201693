"""The deadlines of an event: one rule gives task, owner, clause, basis and three dates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import Direction, DueDates, Period, due_dates, parse_period
from app.subjects.events.rules import warnings as sentences
from app.subjects.events.rules.basis import basis_words, full_clause, margin_words
from db.records.events import DeadlineOverride
from db.records.programme import KindNumbers, Programme

Owner = Literal["区", "受託者", "区・受託者", ""]

HEADCOUNT = "人数連絡"
MATERIAL = "資料確認"
REPORT = "実施報告書"


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """One thing that is due, with its basis and its three dates.

    ``nominal`` 期限（暦どおり）; ``working`` 期限（開庁日） before an event, 休日の場合の期限（民法142条） after
    it; ``margin`` 前倒し目安 before, 区の目標 after. ``contract`` False marks a 区の目標 of our own: then
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
    def counts_to(self) -> date:
        """The day 残り counts to: 実務日 before an event, 本来日 after it, or the date set by hand."""
        return self.override or (self.working if self.direction == "before" else self.nominal)

    @property
    def limit(self) -> date:
        """The last day that is not 期限超過: 本来日 before an event, 142条適用後 after it."""
        return self.override or (self.nominal if self.direction == "before" else self.working)


def _present(*texts: str | None) -> tuple[str, ...]:
    """The warnings that apply."""
    return tuple(text for text in texts if text)


def _held_to_term(
    dates: DueDates, start: date, programme: Programme, calendar: OfficeCalendar
) -> tuple[DueDates, bool]:
    """``dates`` with 区の目標 on the last open day of 履行期間 at the latest, and whether it was held back."""
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
    履行期間: 区の目標 is held back to it and a later 本来日 warns. With ``today`` a passed date warns.
    Raises PeriodProblem or DateProblem.
    """
    period = parse_period(period) if isinstance(period, str) else period
    dates, held = due_dates(period, start, calendar), False
    beyond = None
    if programme and period.direction == "after":
        beyond = sentences.beyond_term(programme, period, dates, start, start_name)
        dates, held = _held_to_term(dates, start, programme, calendar)
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
        warnings=_present(*warnings, beyond, sentences.deadline_is_past(period, dates, today) if today else None),
    )


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

    A 派遣 needs 資料確認 only for materials other than the 講習会's: with ``extra_materials`` False it has
    none, otherwise the deadline says so. ``today`` adds warnings about what has passed; leave it out
    where `app.subjects.events.rules.states` shows that already.
    """
    common = _present(
        sentences.outside_window(numbers, event_date),
        sentences.outside_term(programme, event_date),
        sentences.event_is_past(event_date, today) if today else None,
    )
    material_notes = common
    if numbers.kind == "派遣":
        clause = full_clause(numbers.clause_material)
        only_if = (
            f"講習会の資料だけを使う派遣では、区の確認は要りません（{clause}）。ほかに使う資料がある場合の期限です。"
        )
        material_notes = (*common, only_if)
    rows: list[tuple[str, Owner, str, str, tuple[str, ...]]] = [
        (HEADCOUNT, "区", numbers.clause_people, numbers.headcount_period, common),
        (MATERIAL, "区", numbers.clause_material, numbers.material_period, material_notes),
        (REPORT, "受託者", numbers.clause_report, numbers.report_period, common),
    ]
    if numbers.kind == "派遣" and not extra_materials:
        del rows[1]
    return tuple(
        make_deadline(
            task=task,
            owner=owner,
            clause=clause,
            period=period,
            start=event_date,
            start_name="実施日",
            calendar=calendar,
            programme=programme,
            today=today,
            warnings=notes,
        )
        for task, owner, clause, period, notes in rows
    )


def overridden(deadline: Deadline, change: DeadlineOverride | None) -> Deadline:
    """``deadline`` with the date set by hand; the computed dates and the reason stay visible.

    A date beyond the contract's own last day is kept, but says so: the contract does not move with it.
    """
    if change is None:
        return deadline
    warnings = deadline.warnings
    if deadline.contract and change.due > deadline.limit:
        warnings = (*warnings, sentences.later_than_contract(deadline.clause, deadline.limit, change.due))
    return replace(deadline, override=change.due, override_reason=change.reason, warnings=warnings)
