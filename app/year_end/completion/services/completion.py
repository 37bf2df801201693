"""Read 完了・検査・支払 of one year, with its five steps, payment period, points and open items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from app.actions.action_context import ActionContext
from app.calendar.due_words import WHEN_ASKED
from app.calendar.periods import nominal_date, parse_period
from app.common.join_nonempty import fill_nonempty
from app.documents.rules import is_issued
from app.event.rules import target_dates
from app.event.rules.closing_deadlines import INSPECTION, PAYMENT
from app.event.rules.event_checks import count_units
from app.event.services.event_records import EventRecords, read_records_of_year
from app.event.services.tasks.deadlines import read_year, year_tasks
from app.event.services.tasks.event_tasks import YearContext
from app.event.services.tasks.task import Task
from app.event.services.tasks.year_tasks import InvoiceReturn, invoice_returns, manual_closing_of
from app.ledgers.services.ledger_reading import read_open_work
from app.programme.rules import CERTIFIED, term_start
from app.programme.services import ProgrammeView
from app.programme.tax import net_amount
from app.submissions.deliverables.rules.due_rows import DONE, DueList, DueRow
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.deliverables.services.holdings import Holdings, read_asked_proofs
from app.year_end.completion.documents import INSPECTION_RESULT_KIND as RESULT_LETTER
from app.year_end.completion.rules import (
    INVOICE_POINTS,
    ContractRegister,
    DayStrip,
    JudgedPoint,
    Point,
    compute_day_strip,
    count_field,
    judge_points,
    notice_points,
)
from db.engine import Database
from db.journal import Change
from db.query_cache import cached_queries, once_a_read
from db.record import record
from db.records.events import Event
from db.records.programme import EventKind, Office, Programme, TaskClosing
from db.records.submissions.received import ReceivedPaper
from db.records.year.completion import AccountQuestion, Inspection, PaperReading, Payment
from db.rows import row, rows
from db.store import Store
from db.tables import received as received_table
from db.tables.documents import letters_of

NOTICE_PAPER = "業務完了届"
INVOICE_PAPER = "請求書"
StepName = Literal["業務完了届", "検査", "請求書", "返戻", "支払"]
_OWN = (NOTICE_PAPER, INVOICE_PAPER)


@record
class ComparedPaper:
    """One version of 業務完了届 or 請求書 with its points.

    Attributes:
        paper: the received document.
        reading: the values typed from it, None = nothing yet.
        points: the result of each.
        register: what it is compared with.
    """

    paper: ReceivedPaper
    reading: PaperReading | None
    points: tuple[JudgedPoint, ...]
    register: ContractRegister

    @property
    def settled_count(self) -> int:
        """Return how many points are settled."""
        return sum(one.is_settled for one in self.points)

    @property
    def open_names(self) -> tuple[str, ...]:
        """Return the names of the points that are not settled."""
        return tuple(one.point.name for one in self.points if not one.is_settled)

    @property
    def is_finished(self) -> bool:
        """Return whether the paper is 確認済, which ends the comparison."""
        return self.paper.status.is_checked


@record
class Completion:
    """The completion of a year's contract.

    Attributes:
        view: the contract as valid ``today``.
        next_step: "" = all are done.
        notices, invoices: the received versions, oldest first.
        notice_on, invoice_on: the day of receipt that counts, also where only the day was recorded by hand.
        inspections: oldest first.
        passed_on: the day of 合格, also where only the day was recorded by hand.
        notified_dates: when the result of each 検査 was sent, None = not yet.
        returns: each return of the 請求書.
        clock: the payment period, None before a 請求書 was received.
        payment: None = not begun.
        paid_on: also where only the day was recorded by hand.
        papers: what must be 確認済 before 合格.
        later_papers: documents due after the 検査.
        tasks: the tasks of the year, open or done, by name.
        questions: what the 会計課 was asked.
        event_records: the events of the year with their records, without ``cancelled``.
        holdings: 残っているもの (特22).
        awaited_items: what is still to come or to be done by the ledgers.
    """

    view: ProgrammeView
    today: date
    next_step: StepName | Literal[""]
    notices: tuple[ComparedPaper, ...]
    invoices: tuple[ComparedPaper, ...]
    notice_on: date | None
    invoice_on: date | None
    inspections: tuple[Inspection, ...]
    passed_on: date | None
    notified_dates: tuple[date | None, ...]
    returns: tuple[InvoiceReturn, ...]
    clock: DayStrip | None
    payment: Payment | None
    paid_on: date | None
    papers: tuple[DueRow, ...]
    later_papers: tuple[DueRow, ...]
    tasks: Mapping[str, Task]
    questions: tuple[AccountQuestion, ...]
    event_records: tuple[EventRecords, ...]
    cancelled: tuple[Event, ...]
    holdings: Holdings
    awaited_items: tuple[str, ...]

    @property
    def programme(self) -> Programme:
        """Return the year and its contract."""
        return self.view.programme

    @property
    def office(self) -> Office:
        """Return the ward's section."""
        return self.view.office

    @property
    def notice(self) -> ComparedPaper | None:
        """Return the newest 業務完了届, None without one."""
        return self.notices[-1] if self.notices else None

    @property
    def invoice(self) -> ComparedPaper | None:
        """Return the newest 請求書, None without one."""
        return self.invoices[-1] if self.invoices else None

    @property
    def inspection(self) -> Inspection | None:
        """Return the newest 検査, None without one."""
        return self.inspections[-1] if self.inspections else None

    @property
    def notified_on(self) -> date | None:
        """Return when the result of the newest 検査 was sent, None before."""
        return self.notified_dates[-1] if self.notified_dates else None

    @property
    def open_return(self) -> InvoiceReturn | None:
        """Return the 返戻 whose 請求書 has not come back, or None."""
        return next((one for one in self.returns if one.received_again is None), None)

    @property
    def expected_register(self) -> ContractRegister:
        """Return what a 請求書 received today would be compared with."""
        return register_of(self.view, self.event_records, self.today, self.passed_on, INVOICE_PAPER)

    @property
    def open_papers(self) -> tuple[DueRow, ...]:
        """Return the documents that the 検査 waits for (``papers``) and that are not 確認済."""
        return tuple(one for one in self.papers if one.group != DONE)

    @property
    def open_titles(self) -> tuple[str, ...]:
        """Return the titles of open documents, then of what the ledgers wait for."""
        return (*(one.title for one in self.open_papers), *self.awaited_items)

    @property
    def is_term_over(self) -> bool:
        """Return whether 履行期間 ended without 合格 by its last day, which is a question for the 会計課."""
        return self.today > self.programme.term_end and (
            self.passed_on is None or self.passed_on > self.programme.term_end
        )

    @property
    def is_invoice_early(self) -> bool:
        """Return whether the 請求書 came on a day before that of 合格; False while there is no 合格."""
        return self.invoice_on is not None and self.passed_on is not None and self.invoice_on < self.passed_on

    @property
    def inspection_task(self) -> Task:
        """Return the task of the 検査, open or done."""
        return self.tasks.get(INSPECTION) or self.tasks[target_dates.INSPECTED]

    @property
    def payment_task(self) -> Task:
        """Return the task of the payment, open or done."""
        return self.tasks.get(PAYMENT) or self.tasks[target_dates.PAID]


@cached_queries
def read_completion(
    store: Store, *, fiscal_year: int | None = None, programme_id: int | None = None, today: date
) -> Completion:
    """Return the completion of a year, by ``fiscal_year`` or ``programme_id`` (neither = the newest).

    Raises:
        UserError: no such year.
    """
    year = read_year(store, today, programme_id=programme_id, fiscal_year=fiscal_year)
    return once_a_read(store.database, (Completion, year.view.programme.id, today), lambda: _completion_of(store, year))


def _completion_of(store: Store, year: YearContext) -> Completion:
    """Return the completion of a year from what its deadlines are computed from."""
    today = year.today
    own = year.view.programme.id
    every = read_records_of_year(store, own)
    files = tuple(file for file in every if file.event.status.counts)
    notice, invoice = (next((one for one in year.records.task_closings if one.task == kind), None) for kind in _OWN)
    inspections = tuple(inspections_of(store.database, own))
    ended = manual_closing_of(INSPECTION, year.records)
    passed_on = ended.closed_on if ended is not None else None
    paid = manual_closing_of(PAYMENT, year.records)
    returns = invoice_returns(year.records)
    came = received_table.received_of_year(store.database, own)
    readings = {
        one.paper_id: one
        for one in rows(store.database, PaperReading, paper_id=[paper.id for paper in came if paper.kind in _OWN])
    }

    def versions(kind: str, points: Sequence[Point]) -> tuple[ComparedPaper, ...]:
        return _versions(
            [paper for paper in came if paper.kind == kind],
            readings,
            points,
            lambda paper: register_of(
                replace(
                    year.view.as_last_agreed(paper.received_on).with_names_of(paper.received_on), kinds=year.view.kinds
                ),
                files,
                paper.received_on,
                passed_on,
                kind,
            ),
        )

    held = read_asked_proofs(store.database, year.view.programme)
    papers, later = papers_of_inspection(
        store, read_due_list(store, programme_id=own, today=today), year.view.programme, today
    )
    return Completion(
        view=year.view,
        today=today,
        next_step=_next_step(notice, passed_on, invoice, returns, paid),
        notices=versions(NOTICE_PAPER, notice_points(one.kind for one in year.view.kinds)),
        invoices=versions(INVOICE_PAPER, INVOICE_POINTS),
        notice_on=notice.closed_on if notice else None,
        invoice_on=invoice.closed_on if invoice else None,
        inspections=inspections,
        passed_on=passed_on,
        notified_dates=tuple(notified_on(store.database, one) for one in inspections),
        returns=returns,
        clock=_clock(year, invoice, returns, paid),
        payment=row(store.database, Payment, programme_id=own),
        paid_on=paid.closed_on if paid else None,
        papers=papers,
        later_papers=later,
        tasks={one.task: one for one in year_tasks(store, year)},
        questions=tuple(rows(store.database, AccountQuestion, programme_id=own)),
        event_records=files,
        cancelled=tuple(file.event for file in every if file.event.status.is_cancelled),
        holdings=held,
        awaited_items=read_open_work(store.database, year.view.programme, today),
    )


def inspections_of(database: Database, programme_id: int) -> list[Inspection]:
    """Return the 検査 of a year by day."""
    return rows(database, Inspection, programme_id=programme_id, order=("held_on", "id"))


def notified_on(database: Database, inspection: Inspection) -> date | None:
    """Return the day when the result of a 検査 was sent (施行 or 発信日 of its own letter), or None."""
    revision = letter_revision(database, inspection)
    found = [
        one.issued_on
        for one in letters_of(database, programme_id=inspection.programme_id)
        if one.document_kind == RESULT_LETTER and one.revision == revision and is_issued(one)
    ]
    return found[-1] if found else None


def letter_revision(database: Database, inspection: Inspection) -> int:
    """Return the ``Letter.revision`` of a 検査's letter.

    It is 1 for the first 検査 of its year, to which all older letters belong, else the id of the 検査.
    """
    first = rows(database, Inspection, programme_id=inspection.programme_id, limit=1)
    return 1 if first and first[0].id == inspection.id else inspection.id


def papers_of_inspection(
    store: Store, outstanding: DueList, programme: Programme, today: date
) -> tuple[tuple[DueRow, ...], tuple[DueRow, ...]]:
    """Return the contractor's documents that the newest 検査, or one today, waits for, and those that come after it.

    Without 業務完了届, 請求書 and what is optional or nobody asked for. Every document that counts them uses this.
    """
    held, inspections = read_asked_proofs(store.database, programme), inspections_of(store.database, programme.id)
    day = inspections[-1].held_on if inspections else today
    handed = [
        one
        for one in outstanding.rows
        if one.kind not in _OWN
        and (one.contract or one.event_id or one.basis_words)
        and (one.received_on or one.due_words != WHEN_ASKED)
    ]
    later = tuple(one for one in handed if _comes_later(one, day, held))
    return tuple(one for one in handed if one not in later), later


def _comes_later(row: DueRow, day: date, held: Holdings) -> bool:
    """Return whether a document of the year is due and comes after a day, so that a 検査 on it waits for none.

    The 廃棄・消去証明書 is awaited as soon as the contractor holds something: the ward orders the destruction, it
    is proven, and the 検査 verifies it. If it is destroyed after the 検査, a reason for continuing says so.
    """
    awaited = not row.event_id and not row.contract and (row.first_received_on or date.max) > day
    if row.kind == CERTIFIED and held.remaining:
        return False
    return awaited and row.due is not None and row.due > day


def _next_step(
    notice: TaskClosing | None,
    passed_on: date | None,
    invoice: TaskClosing | None,
    returns: Sequence[InvoiceReturn],
    paid: TaskClosing | None,
) -> StepName | Literal[""]:
    """Return the step to be done next, "" after the payment; 返戻 until an invoice that was sent back comes again."""
    if paid is not None:
        return ""
    if notice is None and passed_on is None:
        return "業務完了届"
    if passed_on is None:
        return "検査"
    if invoice is None:
        return "請求書"
    return "返戻" if any(one.received_again is None for one in returns) else "支払"


def _clock(
    year: YearContext, invoice: TaskClosing | None, returns: Sequence[InvoiceReturn], paid: TaskClosing | None
) -> DayStrip | None:
    """Return the days of the payment period, None before an invoice."""
    if invoice is None:
        return None
    period = parse_period(year.view.programme.payment_period)
    received = invoice.closed_on
    return compute_day_strip(
        received=received,
        days=(nominal_date(period, received, year.calendar) - received).days,
        stops=[
            (one.return_closing.closed_on, one.received_again.closed_on if one.received_again is not None else None)
            for one in returns
        ],
        today=max(year.today, received),
        calendar=year.calendar,
        ended=paid.closed_on if paid is not None else None,
    )


def register_of(
    view: ProgrammeView, event_records: Sequence[EventRecords], received_on: date, passed_on: date | None, kind: str
) -> ContractRegister:
    """Return what a 業務完了届 or a 請求書 is compared with (contract, contractor, and events held up to the receipt).

    Args:
        received_on: the day of receipt.
        passed_on: the day of 合格, None = not yet.
        kind: 業務完了届 or 請求書, which decides the expected 宛名.
    """
    programme, contractor = view.programme, view.contractor
    # What the contract does not state, nobody is held to.
    net = net_amount(programme) if programme.tax is not None else None
    head = fill_nonempty("{}長", view.office.ward)
    amount = "" if programme.amount is None else str(programme.amount)
    values = {
        "宛名": (programme.invoice_to if kind == INVOICE_PAPER else "") or head,
        "届出者": contractor.name,
        "請求者": contractor.name,
        "件名": programme.title,
        "契約番号": programme.contract_number,
        "契約金額": amount,
        "請求額": amount,
        "税率": str(programme.tax_rate),
        "税抜の額": "" if net is None else str(net),
        "消費税額": "" if net is None else str(programme.tax),
        "登録番号": contractor.registration_number,
        "口座": contractor.account,
        "名義": contractor.account_holder,
        "代表者": contractor.representative,
    }
    for one in view.kinds:
        held = sum(file.event.kind == one.kind and file.counts_until(received_on) for file in event_records)
        values[count_field(one.kind)] = str(held)
    return ContractRegister(
        values=values,
        received_on=received_on,
        inspected_on=passed_on,
        term=(term_start(programme), programme.term_end),
        rate=programme.tax_rate,
        seal=programme.invoice_seal,
    )


def held_words(numbers: EventKind, event_records: Sequence[EventRecords], until: date) -> str:
    """Return how much of a kind was held up to a day, in the unit of its contract (「7回」, 「3団体」).

    Where the contract counts 団体 and one was visited more than once, the events stand beside (「2団体・3回」).
    """
    held = [file.event for file in event_records if file.event.kind == numbers.kind and file.counts_until(until)]
    units = count_units(held, numbers)
    return f"{units}{numbers.planned_unit}" + (f"・{len(held)}回" if units != len(held) else "")


def _versions(
    papers: Sequence[ReceivedPaper],
    readings: Mapping[int, PaperReading],
    points: Sequence[Point],
    register: Callable[[ReceivedPaper], ContractRegister],
) -> tuple[ComparedPaper, ...]:
    """Return every version with its points; one that differed before and matches now is 直った."""
    found = []
    mended: frozenset[str] = frozenset()
    for paper in papers:
        reading = readings.get(paper.id)
        against = register(paper)
        looked = judge_points(
            points, reading.said if reading else {}, reading.reasons if reading else {}, against, earlier=mended
        )
        found.append(ComparedPaper(paper=paper, reading=reading, points=looked, register=against))
        mended |= {one.point.name for one in looked if one.state == "合わない"}
    return tuple(found)


def close_by_record(
    change: Change, context: ActionContext, *, programme_id: int, names: tuple[str, str], day: date | None, reason: str
) -> None:
    """Close a task of a year inside ``change`` on the day of its record, None = open it, also if closed by hand.

    ``names`` are those that it has, the one under which it is closed first.
    """
    mine = [one for one in rows(context.database, TaskClosing, programme_id=programme_id) if one.task in names]
    if day is None:
        for one in mine:
            change.delete(TaskClosing, one.id)
    elif mine:
        change.update(TaskClosing, mine[-1].id, closed_on=day, reason=reason)
    else:
        change.insert(
            TaskClosing(programme_id=programme_id, task=names[0], closed_on=day, reason=reason, **context.signature)
        )
