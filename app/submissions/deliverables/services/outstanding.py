"""One due or received document with its texts, and the combined 修正依頼 for points and form cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain
from app.documents.event_facts import formal_title
from app.documents.rules import with_known_numbers, with_own_words
from app.documents.services.document_scope import ScopeKeys
from app.documents.services.documents import addressee_words, sender_words
from app.documents.services.notification import NotificationDetails, log_notification
from app.event.rules.target_dates import review_target
from app.event.services.event_state import states_of
from app.programme.rules import cited_clause, municipality, owed_row
from app.programme.services import ProgrammeView, read_programme
from app.received.rules import correction_line, doubtful_points, unchecked_points
from app.received.services import (
    closed_reason,
    find_received_kind,
    mark_correction_asked,
    record_correction_notified,
    scope_of,
)
from app.submissions.deliverables.intake import SHEET, FormFault
from app.submissions.deliverables.rules.due_rows import DueRow
from app.submissions.deliverables.rules.outstanding_texts import (
    ACTIONS,
    CORRECTION_REQUEST,
    ActionId,
    OwedPaper,
    mail_text,
    missing_reason,
    subject,
)
from app.submissions.deliverables.services.due_list import CHECK_DAYS, read_due_list, read_report_row
from app.submissions.deliverables.services.form_findings import faults_in
from app.submissions.reports.rules.report_figures import differs, is_open, outdated_figures, with_own_values
from app.submissions.reports.rules.report_points import note_with_reason
from app.submissions.reports.services import report_facts
from app.submissions.reports.services.report_check import mark_correction_requested
from app.submissions.reports.services.report_marks import (
    OutdatedNumbers,
    current_own_numbers,
    reject_outdated,
    stops_of_check,
)
from db.record import record
from db.records.events import Event
from db.records.submissions.received import ReceivedPaper
from db.records.submissions.reports import ReportFigure
from db.rows import by_id
from db.store import Store
from db.tables import reports
from db.tables.reports import REPORT_KIND


@record
class OutstandingText:
    """One text with its subject, mail, and why it cannot be written yet ("" = it can)."""

    action: ActionId
    subject: str
    text: str
    missing: str


@record
class OutstandingView:
    """One row of the due list with the four texts about it.

    ``unchecked_points`` are points of the received document that nobody has checked, ``next_due`` the proposed
    day of a request made today. ``stops`` are the outdated numbers beside a report: a request needs a reason
    then.
    """

    outstanding: OwedPaper
    row: DueRow
    programme_id: int
    fiscal_year: int
    texts: tuple[OutstandingText, ...]
    next_due: date
    unchecked_points: tuple[str, ...] = ()
    stops: tuple[OutdatedNumbers, ...] = ()


def read_outstanding(store: Store, *, row_id: str, programme_id: int | None = None, today: date) -> OutstandingView:
    """Return one row of the due list with its texts.

    The year is that of ``programme_id``, None = the newest.

    Raises:
        UserError: the year was not started, or the row no longer exists.
    """
    due_list = read_due_list(store, programme_id=programme_id, today=today)
    row = next((one for one in due_list.rows if one.id == row_id), None)
    return _view(store, row, due_list.programme_id, today)


def read_outstanding_report(store: Store, *, event: Event, today: date) -> OutstandingView:
    """Return the row of an event's report with its texts, without reading the rest of the year.

    Raises:
        UserError: the event is cancelled, so that it owes no report.
    """
    return _view(store, read_report_row(store, event=event, today=today), event.programme_id, today)


def _correction_due(paper: ReceivedPaper | None, view: ProgrammeView, today: date) -> date:
    """Return until when to correct, as requested.

    Without such a day, so many open days as the ward has for a check, from the request, else from today.
    """
    if paper is None or not paper.status.is_returned or paper.asked_on is None:
        return view.calendar.add_open_days(today, view.programme.review_open_days)
    return paper.correction_due or view.calendar.add_open_days(paper.asked_on, view.programme.review_open_days)


def _cited(row: DueRow) -> str:
    """Return clause and rule, or the clause alone where the day is the ward's own."""
    words = row.basis_words.removesuffix("（目安日）")
    return cited_clause(words if row.contract else words.split(" ")[0])


def _view(store: Store, row: DueRow | None, programme_id: int, today: date) -> OutstandingView:
    """Return the view of an outstanding paper; raises ``UserError`` when its row is gone."""
    if row is None:
        raise UserError("この提出物は、もう一覧にありません。", "画面を開き直してください。")
    view = read_programme(store, programme_id=programme_id, on=today)
    paper = by_id(store.database, ReceivedPaper, row.paper_id)
    event = by_id(store.database, Event, row.event_id)
    numbers = view.with_numbers_of(event.event_date).kind(event.kind) if event is not None else None
    check_by = None
    if paper is not None:
        # A promised day must be a day on which the office is open.
        check_by = view.calendar.open_on_or_before(paper.received_on + timedelta(days=CHECK_DAYS))
        if numbers is not None:
            check_by = review_target(numbers, view.programme, paper.received_on, view.calendar).effective_date
    about = view.programme.title
    if event is not None and numbers is not None:
        about = formal_title(event, numbers)
        awaited = states_of(store.database, [event], today)[event.id].phase.awaits_day
        about = f"{about}（{long_date_plain(event.event_date)}実施）" if event.event_date and not awaited else about
    figures, stops = _checked(store, paper)
    owed = owed_row(view.programme, row.kind) if not row.contract else None
    outstanding = OwedPaper(
        title=REPORT_KIND if event is not None else row.kind,
        about=about,
        basis=with_known_numbers(
            _cited(row) if owed is None else cited_clause(owed.clause), view.programme, view.kinds
        ),
        rule=owed.when if owed is not None and not row.due else "",
        today=today,
        due=row.firm_due,
        last_day=row.firm_due and row.last_day,
        contract=row.contract,
        received_on=paper.received_on if paper is not None else None,
        version=paper.version if paper is not None else 0,
        check_by=check_by,
        checked_on=row.checked_on,
        requested_on=paper.asked_on if paper is not None and paper.status.is_returned else None,
        points=with_own_words(
            with_known_numbers(_points(store, row, paper, figures), view.programme, view.kinds), view.office
        ),
        correction_due=_correction_due(paper, view, today),
        municipality=municipality(view.office),
    )
    to, own = addressee_words(view), sender_words(view)
    return OutstandingView(
        outstanding=outstanding,
        row=row,
        programme_id=programme_id,
        fiscal_year=view.programme.fiscal_year,
        unchecked_points=_unchecked_points(store, paper),
        stops=stops,
        next_due=view.calendar.add_open_days(today, view.programme.review_open_days),
        texts=tuple(
            OutstandingText(
                action=what,
                subject=subject(what, outstanding),
                text=mail_text(what, outstanding, addressee=to, sender=own),
                missing=missing_reason(what, outstanding),
            )
            for what in ACTIONS
        ),
    )


def correction_text(store: Store, *, view: OutstandingView, due: date | None, today: date) -> str:
    """Return the 修正依頼 of ``view`` as a mail, with another due day (None = none)."""
    programme = read_programme(store, programme_id=view.programme_id, on=today)
    outstanding = replace(view.outstanding, correction_due=due)
    return mail_text("修正依頼", outstanding, addressee=addressee_words(programme), sender=sender_words(programme))


def _unchecked_points(store: Store, paper: ReceivedPaper | None) -> tuple[str, ...]:
    """Return the points of a paper that nobody has checked yet; () of a closed one or without a paper."""
    if paper is None or closed_reason(store, paper):
        return ()
    return unchecked_points(find_received_kind(paper.kind).points(store, scope_of(paper)), paper)


def _points(store: Store, row: DueRow, paper: ReceivedPaper | None, figures: Sequence[ReportFigure]) -> tuple[str, ...]:
    """Return what to correct, a line each (points of an open check, differing numbers, cells of the form)."""
    found = []
    if paper is not None and not closed_reason(store, paper):
        declared = find_received_kind(paper.kind).points(store, scope_of(paper))
        found += [correction_line(point, paper.points[point]) for point in doubtful_points(declared, paper)]
        found += [_cell(fault) for fault in faults_in(paper)]
        found += [
            f"{one.item}{f'（{one.page}ページ）' if one.page else ''}が、報告書では{one.theirs}、"
            f"区の記録では{one.ours}です。"
            for one in figures
            if is_open(one) and differs(one) and one.handling != "区の記録を訂正"
        ]
    form = by_id(store.database, ReceivedPaper, row.form_id)
    if form is not None:
        found += [_cell(fault, f"様式「{form.kind}」の") for fault in faults_in(form)]
    return tuple(found)


def _checked(store: Store, paper: ReceivedPaper | None) -> tuple[Sequence[ReportFigure], tuple[OutdatedNumbers, ...]]:
    """Return a received report's numbers compared with today's record, and the outdated own numbers.

    Both are () for a paper that is no report of an event, or whose check is closed.
    """
    report = reports.received_report(store.database, paper.id) if paper is not None else None
    if paper is None or report is None or closed_reason(store, paper):
        return (), ()
    event = get_or_raise(store.database, Event, report.event_id)
    figures = report_facts.figures_of_report(store.database, report)
    ours = current_own_numbers(store, event, report) if figures else {}
    return with_own_values(figures, ours), stops_of_check(store, event, outdated_figures(figures, ours))


def _cell(fault: FormFault, form: str = "") -> str:
    """Return a faulty cell in words, with its place at the end.

    E.g.
    「出席の欄に「十六人」とあります。数字ではありません。数字（16）で記入してください。（様式「実施報告書の数字」のシート「数字」、B6）」.
    ``form`` names the form where it is beside its document.
    """
    cell = f"、{fault.cell}" if fault.cell != SHEET else ""
    todo = fault.todo.replace("てもらう", "てください")
    return f"{fault.problem_text}。{todo}。（{form}シート「{fault.sheet}」{cell}）"


def record_combined_correction(
    context: ActionContext,
    *,
    row_id: str,
    programme_id: int,
    due: date | None,
    text: str,
    reason: str = "",
    notification: NotificationDetails | None = None,
) -> ActionResult:
    """Record one 修正依頼 for everything open of a document and its form (the text is copied, not sent).

    Document and form, as far as their check is open, get the state 修正依頼; differing numbers not handled yet become
    修正を依頼.

    Args:
        due: until when it is to be corrected, None = no day. text: of the request, as copied.
        notification: how the contractor was notified, None = not said.
        reason: why it is sent although own numbers are outdated; stored with the report and printed.

    Raises:
        UserError: nothing to correct, the day has passed, the check is over, or outdated numbers and no reason.
    """
    view = read_outstanding(context.store, row_id=row_id, programme_id=programme_id, today=context.today)
    if not view.outstanding.points or not text.strip():
        raise UserError("修正を依頼する内容がありません。", "○でない項目か、直してもらうセルがあるときに記録できます。")
    if due is not None and due < context.today:
        raise UserError("修正の期限が本日より前です。", "日付をご確認ください。")
    reject_outdated(view.stops, reason, "依頼する")
    papers = [
        get_or_raise(context.database, ReceivedPaper, one) for one in (view.row.paper_id, view.row.form_id) if one
    ]
    papers = [one for one in papers if not closed_reason(context.store, one)]
    figures, _stops = _checked(context.store, next((one for one in papers if one.id == view.row.paper_id), None))
    with context.change(
        f"{view.outstanding.title}の修正を依頼（{len(view.outstanding.points)}点）",
        "received",
        event_id=view.row.event_id or None,
    ) as change:
        for paper in papers:
            mark_correction_asked(change, paper, due=due, text=text, on=context.today, who=context.by)
            if view.stops and paper.id == view.row.paper_id:
                change.update(ReceivedPaper, paper.id, note=note_with_reason(paper.note, reason, outdated=True))
        mark_correction_requested(change, figures)
        if notification is not None and not view.row.event_id:
            record_correction_notified(change, context, papers[0], text, notification)
        elif notification is not None:
            version = view.row.versions
            log_notification(
                change,
                context,
                keys=ScopeKeys(event_id=view.row.event_id, programme_id=None, organisation_id=None),
                document_kind=CORRECTION_REQUEST,
                key=CORRECTION_REQUEST,
                version=version,
                title=f"第{version}版",
                text=text,
                details=notification,
            )
    return ActionResult(
        f"修正依頼（{len(view.outstanding.points)}点）として記録しました。",
        view.row.paper_id or view.row.form_id,
    )
