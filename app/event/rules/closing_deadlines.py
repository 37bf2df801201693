"""Deadlines at the end of the contract that belong to no single event: 提案書, 検査 and 支払."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.calendar.dates import short_date, short_date_in_year
from app.calendar.office_days import OfficeCalendar
from app.calendar.periods import Period, moved_by, nominal_date, parse_period, target_date_from_receipt
from app.calendar.wareki import fiscal_year_of
from app.common.clauses import clause_of
from app.common.join_nonempty import join_nonempty
from app.event.rules.deadlines import Deadline, make_deadline
from app.event.rules.payment_clock import cautious_days, counted_days
from app.programme.rules import full_clause, in_brackets
from db.record import record
from db.records.programme import Programme

INSPECTION = "検査"
PAYMENT = "支払"
CLAUSE_INSPECTION = clause_of("検査の時期")
INSPECTION_PERIOD = "10日以内"
BOTH_DAYS_COUNTED = "返戻の日と再受領の日を数えるかは会計課に確かめる"
"""Remark for what no clause says: the last day assumes that both days of a return are not counted, 目安日 that they
are.
"""


def proposal_deadline(
    programme: Programme,
    last_event: date,
    calendar: OfficeCalendar,
    *,
    visits: Iterable[tuple[date, str]] = (),
) -> Deadline:
    """Return the deadline of the 提案書, counted from ``last_event``, the last day of all kinds of event (仕様書4(4)).

    It warns when the report of one of the ``visits``, each with the period of its report (「3週間以内」), falls due
    after the 提案書 itself.
    """
    proposal = make_deadline(
        task="提案書",
        owner="受託者",
        clause=programme.clause_proposal,
        period=programme.proposal_period,
        start=last_event,
        start_name="最後の実施日",
        calendar=calendar,
        programme=programme,
    )
    last_report = max((nominal_date(parse_period(period), day, calendar) for day, period in visits), default=None)
    if last_report is None or last_report <= proposal.nominal:
        return proposal
    due, report = (short_date_in_year(day, programme.fiscal_year) for day in (proposal.nominal, last_report))
    warning = (
        f"提案書の期限 {due} は、実施報告書の期限 {report} より先に来ます"
        f"{in_brackets(programme.clause_proposal)}。未受領の報告書がないか確かめてください。"
    )
    return replace(proposal, warnings=(*proposal.warnings, warning))


@record
class ProvisionalDates:
    """A range of dates, shown as 仮, for a date that depends on something undecided."""

    first: date
    last: date
    basis: str

    @property
    def is_provisional(self) -> bool:
        """Return whether the date is still undecided."""
        return self.first != self.last

    def words(self, today: date | None = None) -> str:
        """Return 「仮 R9 2/18(木)〜R9 3/24(水)」, or the one date when it is decided."""
        if not self.is_provisional:
            return short_date(self.first, today)
        return f"仮 {short_date(self.first, today)}〜{short_date(self.last, today)}"


def proposal_range(
    programme: Programme, decided: date | None, undecided_until: date | None, calendar: OfficeCalendar
) -> ProvisionalDates | None:
    """Return when the 提案書 falls due while events are undecided; None when no event is known or none is owed.

    An undecided event can only put the 提案書 off; one that must lie before the last fixed event changes nothing.

    Args:
        decided: day of the last fixed event.
        undecided_until: last day on which an undecided event can take place; None when every date is fixed.
    """
    if decided and undecided_until and undecided_until <= decided:
        undecided_until = None
    days = [day for day in (decided, undecided_until) if day]
    if not days or not programme.proposal_period:
        return None
    dates = [proposal_deadline(programme, day, calendar).nominal for day in days]
    basis = join_nonempty(
        full_clause(programme.clause_proposal), f"最後の実施日から{programme.proposal_period}", separator="。"
    )
    if undecided_until:
        until = short_date_in_year(undecided_until, programme.fiscal_year)
        basis += f"。日程未定の実施回が {until} までの間にあるため仮"
    return ProvisionalDates(first=min(dates), last=max(dates), basis=basis)


def _with_early_target(deadline: Deadline, early: date) -> Deadline:
    """Return ``deadline`` with 目安日 by 当日算入, because counting of the first day is disputed (検査, 支払)."""
    shown = short_date_in_year(early, fiscal_year_of(deadline.start))
    words = f"{deadline.margin_basis}。受領日を1日目と数えた目安日 {shown}"
    return replace(deadline, early=early, margin_basis=words)


def inspection_deadline(notice_received: date, calendar: OfficeCalendar, *, today: date | None = None) -> Deadline:
    """Return the deadline of 検査, 10 days from 業務完了届 (支払遅延防止法5条), with 目安日 by the stricter
    counting.
    """
    deadline = make_deadline(
        task=INSPECTION,
        owner="区",
        clause=CLAUSE_INSPECTION,
        period=INSPECTION_PERIOD,
        start=notice_received,
        start_name="業務完了届の受領日",
        calendar=calendar,
        today=today,
    )
    return _with_early_target(deadline, target_date_from_receipt(deadline.rule, deadline.start, calendar))


def payment_deadline(
    programme: Programme,
    invoice_received: date,
    calendar: OfficeCalendar,
    *,
    stops: Sequence[tuple[date, date]] = (),
    today: date | None = None,
) -> Deadline:
    """Return the deadline of 支払: the period of 仕様書5 from the receipt of the 請求書, by ``payment_clock``.

    Args:
        stops: (返戻日, 再受領日) of each return of a faulty invoice; those days, both included, are not counted.
    """
    period = parse_period(programme.payment_period)
    days = (nominal_date(period, invoice_received, calendar) - invoice_received).days
    last = counted_days(invoice_received, days, stops)[-1]
    stopped = (last - invoice_received).days - days
    deadline = make_deadline(
        task=PAYMENT,
        owner="区",
        clause=programme.clause_payment,
        period=Period("after", days, "日") if stopped else period,
        start=invoice_received + timedelta(days=stopped),
        start_name="請求書の受領日",
        calendar=calendar,
        today=today,
    )
    deadline = _with_early_target(
        deadline, calendar.open_on_or_before(cautious_days(invoice_received, days, stops)[-1])
    )
    if not stopped:
        return deadline
    year = fiscal_year_of(invoice_received)
    spans = [
        f"返戻 {short_date_in_year(returned, year)} から再受領 {short_date_in_year(again, year)} まで"
        for returned, again in stops
        if returned <= last
    ]
    end = short_date_in_year(last, year)
    given = short_date_in_year(invoice_received, year)
    basis = [
        *([full_clause(programme.clause_payment)] if programme.clause_payment else []),
        f"請求書の受領日 {given} の{period.words if period.unit == '翌月' else f'翌日から{period.length}'}",
        f"{'、'.join(spans)}の{stopped}日は数えない = {end}",
    ]
    if deadline.working != deadline.nominal:
        basis.append(f"閉庁日のため{moved_by(period.words)} {short_date_in_year(deadline.working, year)}")
    basis.append(BOTH_DAYS_COUNTED)
    return replace(deadline, start=invoice_received, rule=period.words, basis="。".join(basis))
