"""Every kind of task of the year that no event owns, each said once: its words, its date, what closes it.

- ``YEAR_KINDS``, ``YEAR_KIND_OF`` – the kinds, and one by its name
- ``own_task(kind, ground) -> Task | None`` – one of them as it stands
- ``proposal_deadline_of(events, year) -> Deadline | None`` – the 提案書, which rests on the events
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.acts.action_id import Asked
from app.calendar.dates import short_date
from app.calendar.periods import last_fitting_day
from app.subjects.events.event.rules import closing_deadlines, guides
from app.subjects.events.event.rules.closing_deadlines import (
    CLAUSE_PAYMENT,
    INSPECTION,
    INSPECTION_PERIOD,
    PAYMENT,
    inspection_deadline,
    payment_deadline,
)
from app.subjects.events.event.rules.deadlines import Deadline, Owner, overridden
from app.subjects.events.event.rules.event_warning import CLAUSE_TERM
from app.subjects.events.event.rules.states import notice_stage
from app.subjects.events.event.services.tasks.event_tasks import Year
from app.subjects.events.event.services.tasks.task import PROPOSAL, Task, TaskWords, make_task
from app.subjects.events.event.services.tasks.year_tasks import closing_of, returns_of
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.programme import Kind, Programme

_LAST_OF_TERM: Final = "履行期間の最後の開庁日"
_NOTICE_SHOWN = 7
"""How many days a notice of the end of the contract stays on home."""


@frozen_record
class DatesGround:
    """What a date of the year is counted from: the year, and the events that are in it."""

    year: Year
    events: Sequence[Event]


def _by_hand(_year: Year) -> date | None:
    return None


def _certain(_ground: DatesGround, _deadline: Deadline) -> str:
    return ""


@frozen_record
class YearTaskKind(TaskWords):
    """One kind of task of the year.

    Attributes:
        due: the rule of its date, given its name and what it is counted from; None of the rule = the year has it not
            (yet, or any more).
        closed: the day on which it is done by itself; each can be closed by hand (``closing_of``).
        provisional: 「仮 …〜…」 while something it rests on is undecided, else "".
        told_ahead: told for a week some days before it (``Programme.expiry_days``), for nobody has to do it.
    """

    due: Callable[[str, DatesGround], Deadline | None]
    closed: Callable[[Year], date | None] = _by_hand
    provisional: Callable[[DatesGround, Deadline], str] = _certain
    told_ahead: bool = False


# dates


def _goal(
    owner: Owner, clause: str, rule: str | Callable[[Programme], str], day: Callable[[Programme], date], until: str = ""
) -> Callable[[str, DatesGround], Deadline | None]:
    """A 目安日; with ``until`` it stands in the place of a deadline until the paper of that name came in."""

    def due(task: str, ground: DatesGround) -> Deadline | None:
        year = ground.year
        programme = year.view.programme
        if until and closing_of(until, year.records) is not None:
            return None
        words = rule if isinstance(rule, str) else rule(programme)
        return guides.year_goal(
            task, programme, year.calendar, owner=owner, clause=clause, rule=words, day=day(programme)
        )

    return due


def _inspection(_task: str, ground: DatesGround) -> Deadline | None:
    notice = closing_of(guides.NOTICE, ground.year.records)
    return inspection_deadline(notice.closed_on, ground.year.calendar) if notice is not None else None


def _payment(_task: str, ground: DatesGround) -> Deadline | None:
    """The days on which the 請求書 lay with the contractor, returned for a fault, are not counted."""
    year = ground.year
    invoice = closing_of(guides.INVOICE, year.records)
    if invoice is None:
        return None
    stops = [(one.returned.closed_on, one.again.closed_on) for one in returns_of(year.records) if one.again is not None]
    return payment_deadline(year.view.programme, invoice.closed_on, year.calendar, stops=stops)


def _until_then(ground: DatesGround, deadline: Deadline) -> str:
    """Nobody knows yet when the paper comes that it is counted from."""
    return f"仮 〜{short_date(deadline.counts_to, ground.year.today)}"


def _proposal(_task: str, ground: DatesGround) -> Deadline | None:
    """The 提案書 stands at the end of its range: it cannot be late before the last event is known."""
    until = _undecided_until(ground) if _proposal_words(ground) else None
    days = [day for day in (_last_day(ground.events), until) if day is not None]
    return _counted_from(max(days), ground) if days else None


def _proposal_words(ground: DatesGround) -> str:
    year, last = ground.year, _last_day(ground.events)
    span = closing_deadlines.proposal_range(year.view.programme, last, _undecided_until(ground), year.calendar)
    if span is None:
        return ""
    if last is None:
        return f"仮 〜{short_date(span.last, year.today)}"
    return span.words(year.today) if span.provisional else ""


def _undecided_until(ground: DatesGround) -> date | None:
    """The last day on which an event that has no date, or that is still planned, may take place."""
    numbers = ground.year.view.numbers
    return max((numbers[kind].window_end for kind in numbers if _undecided(ground, kind)), default=None)


def _undecided(ground: DatesGround, kind: Kind) -> bool:
    """Whether events of ``kind`` may still be dated, or added before its period is over."""
    mine = [event for event in ground.events if event.kind == kind and event.status != "中止"]
    if any(event.event_date is None for event in mine):
        return True
    numbers = ground.year.view.numbers[kind]
    return len(mine) < numbers.planned and ground.year.today <= numbers.window_end


def _dated(events: Sequence[Event], kind: Kind | None = None) -> list[date]:
    """The days of the events that take place, of one kind or of all."""
    living = [event for event in events if event.status != "中止" and kind in (None, event.kind)]
    return [event.event_date for event in living if event.event_date is not None]


def _last_day(events: Sequence[Event]) -> date | None:
    return max(_dated(events), default=None)


def _counted_from(last: date, ground: DatesGround) -> Deadline:
    view = ground.year.view.with_numbers_of(last)
    return closing_deadlines.proposal_deadline(
        view.programme,
        last,
        ground.year.calendar,
        dispatch_dates=_dated(ground.events, "派遣"),
        dispatch_report_period=view.numbers["派遣"].report_period,
    )


def proposal_deadline_of(events: Sequence[Event], year: Year) -> Deadline | None:
    """Return the 提案書 counted from the last dated event of all kinds (仕様書4(4)); None without one."""
    last = _last_day(events)
    return _counted_from(last, DatesGround(year=year, events=events)) if last is not None else None


def _term_end(programme: Programme) -> date:
    return programme.term_end


# what closes them by itself


def _term_over(year: Year) -> date | None:
    """Nothing ends it but the day itself."""
    return year.view.programme.term_end if year.today > year.view.programme.term_end else None


def _interim_papers(year: Year) -> list[date]:
    first = year.view.programme.fiscal_year
    return [day for day in year.records.interim_days if date(first, 9, 1) <= day < date(first + 1, 6, 1)]


def _first_interim(year: Year) -> date | None:
    """The first 中間集計 since September is for the estimate."""
    return next(iter(_interim_papers(year)), None)


def _second_interim(year: Year) -> date | None:
    """The first one since October beside it is for the review."""
    october = date(year.view.programme.fiscal_year, 10, 1)
    return next((day for day in _interim_papers(year)[1:] if day >= october), None)


YEAR_KINDS: Final = (
    YearTaskKind(
        name=guides.INTERIM_BUDGET,
        label=guides.INTERIM_BUDGET,
        asks="中間集計をする",
        due=_goal("区", "", "9月末の開庁日", lambda programme: date(programme.fiscal_year, 9, 30)),
        closed=_first_interim,
    ),
    YearTaskKind(
        name=guides.INTERIM_REVIEW,
        label=guides.INTERIM_REVIEW,
        asks="中間集計をする",
        due=_goal("区", "", "10月末の開庁日", lambda programme: date(programme.fiscal_year, 10, 31)),
        closed=_second_interim,
    ),
    YearTaskKind(
        name=guides.DRILL,
        label="復元の点検をする",
        asks="復元の点検をする",
        due=_goal("区", "", "年に1回、11月末の開庁日", lambda programme: date(programme.fiscal_year, 11, 30)),
    ),
    YearTaskKind(
        name=guides.NOTICE,
        label="業務完了届の提出",
        asks="提出物を受領する",
        whose="受託者",
        # Early enough that the 検査 still fits into 履行期間.
        due=_goal(
            "受託者",
            CLAUSE_TERM,
            f"検査の{INSPECTION_PERIOD}が履行期間に収まる開庁日",
            lambda programme: last_fitting_day(INSPECTION_PERIOD, programme.term_end),
        ),
    ),
    # 検査 and 支払 are a 目安日 until the paper came in that they are counted from, and a deadline afterwards.
    YearTaskKind(
        name=guides.INSPECTED,
        label="検査を終える",
        asks="完了の手続きを進める",
        due=_goal("区", CLAUSE_TERM, _LAST_OF_TERM, _term_end, until=guides.NOTICE),
    ),
    YearTaskKind(name=INSPECTION, label="検査を終える", asks="完了の手続きを進める", due=_inspection),
    YearTaskKind(
        name=guides.EXPIRY,
        label="契約の満了に備える",
        asks="年度の期日を終える",
        due=_goal("区", CLAUSE_TERM, _LAST_OF_TERM, _term_end),
        closed=_term_over,
        told_ahead=True,
    ),
    YearTaskKind(
        name=guides.INVOICE,
        label="請求書の提出",
        asks="提出物を受領する",
        whose="受託者",
        # Early enough that the 支払 still fits before 出納閉鎖.
        due=_goal(
            "受託者",
            CLAUSE_PAYMENT,
            lambda programme: f"支払の{programme.payment_period}が出納閉鎖に収まる開庁日",
            lambda programme: last_fitting_day(programme.payment_period, guides.books_closed(programme)),
        ),
    ),
    YearTaskKind(
        name=guides.PAID,
        label="支払を終える",
        asks="完了の手続きを進める",
        due=_goal("区", CLAUSE_PAYMENT, "出納閉鎖までの開庁日", guides.books_closed, until=guides.INVOICE),
        provisional=_until_then,
    ),
    YearTaskKind(name=PAYMENT, label="支払を終える", asks="完了の手続きを進める", due=_payment),
    YearTaskKind(
        name=guides.BOOKS_CLOSED,
        label=guides.BOOKS_CLOSED,
        asks="年度の期日を終える",
        due=_goal("区", guides.CLAUSE_BOOKS, "5月末の開庁日", guides.books_closed),
    ),
    YearTaskKind(
        name=PROPOSAL,
        label="提案書の提出",
        asks="提出物を受領する",
        whose="受託者",
        due=_proposal,
        provisional=lambda ground, _deadline: _proposal_words(ground),
    ),
)
"""One declaration a kind; where two fall due on one day, in this order."""

YEAR_KIND_OF: Final[Mapping[str, YearTaskKind]] = {kind.name: kind for kind in YEAR_KINDS}


def own_task(kind: YearTaskKind, ground: DatesGround) -> Task | None:
    """Return one task of the year as it stands, None where the year has it not; a date set by hand is no longer 仮."""
    deadline = kind.due(kind.name, ground)
    if deadline is None:
        return None
    year = ground.year
    programme = year.view.programme
    change = next((row for row in reversed(year.records.overrides) if row.task == kind.name), None)
    closing = closing_of(kind.name, year.records)
    done = closing.closed_on if closing is not None else kind.closed(year)
    task = make_task(
        overridden(deadline, change),
        kind,
        event=None,
        today=year.today,
        calendar=year.calendar,
        closed_on=done,
        # Of two open years the row leads to its own, whichever the window shows.
        asked=Asked(kind.asks, task=kind.name, programme_id=programme.id),
        announce_days=programme.announce_days,
        provisional="" if change is not None or done is not None else kind.provisional(ground, deadline),
        programme_id=programme.id,
    )
    if not kind.told_ahead:
        return task
    return replace(task, announced=notice_stage(task.state, programme.expiry_days, shown=_NOTICE_SHOWN))
