"""Declares every kind of task of the year that belongs to no event: its words, date rule and completion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date, short_date_in_year
from app.calendar.periods import latest_start_day
from app.common.join_nonempty import join_nonempty
from app.event.rules import closing_deadlines, target_dates
from app.event.rules.closing_deadlines import (
    INSPECTION,
    INSPECTION_PERIOD,
    PAYMENT,
    inspection_deadline,
    payment_deadline,
)
from app.event.rules.deadline_states import notice_stage
from app.event.rules.deadlines import Deadline, Owner, apply_override
from app.event.rules.event_checks import count_units, middle_of_window, shortage_words
from app.event.services.tasks.event_tasks import YearContext
from app.event.services.tasks.task import PROPOSAL, Task, TaskWords
from app.event.services.tasks.year_tasks import invoice_returns, manual_closing_of
from app.programme.rules import full_clause, owed_day, owed_row
from db.record import record
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.programme import EventKind, Programme
from db.records.year.practices import OwnDate

_TERM_END_WORDS = "履行期間の最後の開庁日"
_NOTICE_DAYS = 7
"""How many days a notice of the end of the contract stays on home."""


@record
class YearDatesContext:
    """What a date of the year is counted from: the year and its events."""

    year: YearContext
    events: Sequence[Event]


def _no_automatic_completion(_year: YearContext) -> date | None:
    return None


def _not_provisional(_ground: YearDatesContext, _deadline: Deadline) -> str:
    return ""


@record
class YearTaskKind(TaskWords):
    """One kind of task of the year.

    Attributes:
        due_rule: rule of its date, given its name and context; it returns None if the year does not have it (yet, or
            any more).
        completed_on: the day on which a record completes it; each can also be closed by hand (``manual_closing_of``).
        provisional_words: 「仮 …〜…」 while something it rests on is undecided, else "".
        is_announced_early: shown as a notice for a week some days before it (``Programme.expiry_days``); there is
            nothing to do.
        own_date: the day of its own that an office must have for it, None = every year has it.
    """

    due_rule: Callable[[str, YearDatesContext], Deadline | None]
    completed_on: Callable[[YearContext], date | None] = _no_automatic_completion
    provisional_words: Callable[[YearDatesContext, Deadline], str] = _not_provisional
    is_announced_early: bool = False
    own_date: OwnDate | None = None


# dates


def _target_rule(
    owner: Owner,
    clause: str,
    rule: str | Callable[[Programme], str],
    day: Callable[[Programme], date],
    until_document: str = "",
    within: Callable[[Programme], str] | None = None,
) -> Callable[[str, YearDatesContext], Deadline | None]:
    """Return the rule of a 目安日 of the year, for ``YearTaskKind.due_rule``.

    Args:
        clause: the name of the field that holds the clause (``clause_term``), or the clause itself; "" = none.
        rule, day: the words of the day, or a function that returns them (「9月末の開庁日」), and the function that
            returns the day; a closed one gives way to the open day before it.
        until_document: it exists until the document of that name was received.
        within: returns a period that must still end on ``day``: the 目安日 is the last day from which it does.
    """

    def due(task: str, ground: YearDatesContext) -> Deadline | None:
        """Return the target day of a task of the year; None once ``until_document``, if there is one, was received."""
        year = ground.year
        programme = year.view.programme
        if until_document and manual_closing_of(until_document, year.records) is not None:
            return None
        words = rule if isinstance(rule, str) else rule(programme)
        last = day(programme)
        return target_dates.year_target(
            task,
            programme,
            year.calendar,
            owner=owner,
            clause=year.view.clause(clause),
            rule=words,
            day=last if within is None else latest_start_day(within(programme), last, year.calendar),
        )

    return due


def _drill(task: str, context: YearDatesContext) -> Deadline | None:
    """Return the 目安日 of the 復元の点検: not before an event of the year has left something to restore."""
    year = context.year.view.programme.fiscal_year
    usual, last = date(year, 11, 30), date(year + 1, 3, 31)
    first = min(_dated(context.events), default=last)
    day = min(max(usual, first + timedelta(days=30)), last)
    words = "11月末" if day == usual else "年度末" if day == last else "はじめの実施回のひと月後"
    return _target_rule("区", "", f"年に1回、{words}の開庁日", partial(_fixed_day, day))(task, context)


def _inspection(_task: str, context: YearDatesContext) -> Deadline | None:
    """Return the deadline of 検査, None before the 業務完了届 was received."""
    notice = manual_closing_of(target_dates.NOTICE, context.year.records)
    return inspection_deadline(notice.closed_on, context.year.calendar) if notice is not None else None


def _payment(_task: str, context: YearDatesContext) -> Deadline | None:
    """Return the deadline of 支払, None before the 請求書; days for which it was sent back do not count."""
    year = context.year
    invoice = manual_closing_of(target_dates.INVOICE, year.records)
    if invoice is None:
        return None
    stops = [
        (one.return_closing.closed_on, one.received_again.closed_on)
        for one in invoice_returns(year.records)
        if one.received_again is not None
    ]
    return payment_deadline(year.view.programme, invoice.closed_on, year.calendar, stops=stops)


def _provisional_until_received(context: YearDatesContext, deadline: Deadline) -> str:
    """Return 「仮 〜5/31(月)」, for a kind that exists only until the document that starts its period is received."""
    return f"仮 〜{short_date(deadline.effective_date, context.year.today)}"


def _proposal(_task: str, context: YearDatesContext) -> Deadline | None:
    """Return the deadline of the 提案書 at the end of its range, as it cannot be late before the last event is known.

    None where no event has a day and none can get one any more, or where none is owed.
    """
    if not context.year.view.programme.proposal_period:
        return None
    until = _undecided_until(context) if _proposal_words(context) else None
    days = [day for day in (_last_day(context.events), until) if day is not None]
    return _proposal_from(max(days), context) if days else None


def _proposal_words(context: YearDatesContext) -> str:
    """Return 「仮 …〜…」, the range in which the 提案書 falls due, while an event is undecided, else ""."""
    year, last = context.year, _last_day(context.events)
    span = closing_deadlines.proposal_range(year.view.programme, last, _undecided_until(context), year.calendar)
    if span is None:
        return ""
    if last is None:
        return f"仮 〜{short_date(span.last, year.today)}"
    return span.words(year.today) if span.is_provisional else ""


def _undecided_until(context: YearDatesContext) -> date | None:
    """Return the last day on which an undated or still missing event may take place; None if every date is fixed."""
    return max((one.window_end for one in context.year.view.kinds if _is_undecided(context, one)), default=None)


def _is_undecided(context: YearDatesContext, kind: EventKind) -> bool:
    """Return whether an event of ``kind`` has no day yet, or fewer than planned exist before its period is over."""
    mine = [event for event in context.events if event.kind == kind.kind and event.status.counts]
    if any(event.event_date is None for event in mine):
        return True
    return count_units(mine, kind) < kind.planned and context.year.today <= kind.window_end


def _dated(events: Iterable[Event]) -> list[date]:
    """Return the days of the events that take place."""
    return [event.event_date for event in events if event.status.counts and event.event_date is not None]


def _last_day(events: Sequence[Event]) -> date | None:
    """Return the day of the last event that takes place, or None."""
    return max(_dated(events), default=None)


def _proposal_from(last: date, context: YearDatesContext) -> Deadline:
    """Return the deadline of the 提案書 counted from ``last``, by the contract's numbers on that day."""
    view = context.year.view.with_numbers_of(last)
    return closing_deadlines.proposal_deadline(
        view.programme,
        last,
        context.year.calendar,
        visits=[
            (day, one.report_period)
            for one in view.kinds_of_form(EventForm.VISIT)
            for day in _dated(event for event in context.events if event.kind == one.kind)
        ],
    )


def proposal_deadline_of(events: Sequence[Event], year: YearContext) -> Deadline | None:
    """Return the 提案書 counted from the last dated event of all kinds; None without one, or where none is owed."""
    last = _last_day(events)
    if last is None or not year.view.programme.proposal_period:
        return None
    return _proposal_from(last, YearDatesContext(year=year, events=events))


def _term_end(programme: Programme) -> date:
    return programme.term_end


# completion


def _term_completed_on(year: YearContext) -> date | None:
    return year.view.programme.term_end if year.today > year.view.programme.term_end else None


def _interim_document_days(year: YearContext) -> list[date]:
    """Return the days from September to May on which a 中間集計 was saved or printed."""
    first = year.view.programme.fiscal_year
    return [day for day in year.records.interim_days if date(first, 9, 1) <= day < date(first + 1, 6, 1)]


def _first_interim(year: YearContext) -> date | None:
    """Return the day of the first 中間集計 since September, which is for the estimate, or None."""
    return next(iter(_interim_document_days(year)), None)


def _second_interim(year: YearContext) -> date | None:
    """Return the day of the first other 中間集計 since October, which is for the review, or None."""
    october = date(year.view.programme.fiscal_year, 10, 1)
    return next((day for day in _interim_document_days(year)[1:] if day >= october), None)


YEAR_KINDS = (
    YearTaskKind(
        name=target_dates.INTERIM_BUDGET,
        label=target_dates.INTERIM_BUDGET,
        action="中間集計をする",
        due_rule=_target_rule("区", "", "9月末の開庁日", lambda programme: date(programme.fiscal_year, 9, 30)),
        completed_on=_first_interim,
        own_date=OwnDate.INTERIM,
    ),
    YearTaskKind(
        name=target_dates.INTERIM_REVIEW,
        label=target_dates.INTERIM_REVIEW,
        action="中間集計をする",
        due_rule=_target_rule("区", "", "10月末の開庁日", lambda programme: date(programme.fiscal_year, 10, 31)),
        completed_on=_second_interim,
        own_date=OwnDate.INTERIM,
    ),
    YearTaskKind(
        name=target_dates.DRILL,
        label="復元の点検をする",
        action="復元の点検をする",
        due_rule=_drill,
        own_date=OwnDate.DRILL,
    ),
    YearTaskKind(
        name=target_dates.NOTICE,
        label="業務完了届の提出",
        action="提出物を受領する",
        next_actor="受託者",
        # Early enough for the 検査 to fit into 履行期間.
        due_rule=_target_rule(
            "受託者",
            "clause_term",
            f"検査の{INSPECTION_PERIOD}が履行期間に収まる開庁日",
            _term_end,
            within=lambda _programme: INSPECTION_PERIOD,
        ),
    ),
    # 検査 and 支払 are a 目安日 until the document that starts their period was received, and a deadline afterwards.
    YearTaskKind(
        name=target_dates.INSPECTED,
        label="検査を終える",
        action="完了の手続きを進める",
        due_rule=_target_rule("区", "clause_term", _TERM_END_WORDS, _term_end, until_document=target_dates.NOTICE),
    ),
    YearTaskKind(name=INSPECTION, label="検査を終える", action="完了の手続きを進める", due_rule=_inspection),
    YearTaskKind(
        name=target_dates.EXPIRY,
        label="契約の満了に備える",
        action="年度の期日を終える",
        due_rule=_target_rule("区", "clause_term", _TERM_END_WORDS, _term_end),
        completed_on=_term_completed_on,
        is_announced_early=True,
    ),
    YearTaskKind(
        name=target_dates.INVOICE,
        label="請求書の提出",
        action="提出物を受領する",
        next_actor="受託者",
        # Early enough for the 支払 to fit before 出納閉鎖.
        due_rule=_target_rule(
            "受託者",
            "clause_payment",
            lambda programme: f"支払の{programme.payment_period}が出納閉鎖に収まる開庁日",
            target_dates.books_closing_date,
            within=lambda programme: programme.payment_period,
        ),
    ),
    YearTaskKind(
        name=target_dates.PAID,
        label="支払を終える",
        action="完了の手続きを進める",
        due_rule=_target_rule(
            "区",
            "clause_payment",
            "出納閉鎖までの開庁日",
            target_dates.books_closing_date,
            until_document=target_dates.INVOICE,
        ),
        provisional_words=_provisional_until_received,
    ),
    YearTaskKind(name=PAYMENT, label="支払を終える", action="完了の手続きを進める", due_rule=_payment),
    YearTaskKind(
        name=target_dates.BOOKS_CLOSED,
        label=target_dates.BOOKS_CLOSED,
        action="年度の期日を終える",
        due_rule=_target_rule("区", target_dates.CLAUSE_BOOKS, "5月末の開庁日", target_dates.books_closing_date),
    ),
    YearTaskKind(
        name=PROPOSAL,
        label="提案書の提出",
        action="提出物を受領する",
        next_actor="受託者",
        due_rule=_proposal,
        provisional_words=lambda ground, _deadline: _proposal_words(ground),
    ),
)
"""All kinds; of two that fall due on one day the first comes first."""

YEAR_KIND_OF: Mapping[str, YearTaskKind] = {kind.name: kind for kind in YEAR_KINDS}


def _fixed_day(day: date, _programme: Programme) -> date:
    return day


def shortage_tasks(context: YearDatesContext) -> Iterator[Task]:
    """Yield for each kind of which too few events have a day the task to find one, from the middle of its window on.

    None is to be found after 履行期間 or the 検査 that accepted what was held.
    """
    year = context.year
    if year.today > year.view.programme.term_end or manual_closing_of(INSPECTION, year.records) is not None:
        return
    for numbers in year.view.kinds:
        middle = middle_of_window(numbers)
        said = shortage_words(context.events, numbers, year.today)
        kind = YearTaskKind(
            name=f"残りの日程（{numbers.kind}）",
            label=f"{numbers.name_in_text}の残りの日程を決める",
            action="年度の期日を終える",
            due_rule=_target_rule("区", numbers.clause_planned, "実施期間の半ば", partial(_fixed_day, middle)),
        )
        if said and year.today >= middle and (task := year_task(kind, context)) is not None:
            yield replace(task, detail=said, announced_days=0, deadline=replace(task.deadline, waits=True))


def _owed_deadline(task: str, context: YearDatesContext) -> Deadline | None:
    """Return the deadline of a paper that the contract itself names with its day, None while there is none."""
    programme, calendar = context.year.view.programme, context.year.calendar
    row = owed_row(programme, task)
    due = row and owed_day(programme, row, _last_day(context.events), calendar)
    if not (row and due):
        return None
    target = target_dates.year_target(
        task, programme, calendar, owner="受託者", clause=row.clause, rule=row.when, day=due
    )
    counted = f"{row.when} = {short_date_in_year(due, programme.fiscal_year)}"
    basis = join_nonempty(full_clause(row.clause), counted, separator="。")
    return replace(target, contract=True, nominal=due, basis=basis, margin_basis=basis)


def year_task(kind: YearTaskKind, context: YearDatesContext) -> Task | None:
    """Return one task of the year, None where the year does not have it; a date set by hand is no longer 仮."""
    deadline = _owed_deadline(kind.name, context) or kind.due_rule(kind.name, context)
    year = context.year
    programme = year.view.programme
    if deadline is None or kind.own_date not in (None, *programme.own_dates):
        return None
    change = next((row for row in reversed(year.records.overrides) if row.task == kind.name), None)
    closing = manual_closing_of(kind.name, year.records)
    done = closing.closed_on if closing is not None else kind.completed_on(year)
    task = year.task(
        apply_override(deadline, change),
        None,
        words=kind,
        completed_on=done,
        # With two open years the row leads to its own, whichever the window shows.
        link=ActionLink(kind.action, task=kind.name, programme_id=programme.id),
        announce_days=programme.announce_days,
        provisional_words="" if change is not None or done is not None else kind.provisional_words(context, deadline),
        programme_id=programme.id,
    )
    if not kind.is_announced_early:
        return task
    return replace(task, announced_days=notice_stage(task.state, programme.expiry_days, days_shown=_NOTICE_DAYS))
