"""Build the documents of 完了・検査・支払 from the records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.calendar.dates import long_date, short_date, table_date
from app.calendar.periods import moved_by
from app.common.and_others import and_others
from app.common.clauses import clause_of
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.partial_count import sum_event_counts
from app.documents.blocks import DocumentContent
from app.documents.document_frame import DocumentContext, table_day, with_printed_days
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.event.rules import target_dates
from app.event.rules.held_events import cancelled_words
from app.event.services.event_records import EventRecords
from app.event.services.event_state import not_counted_words
from app.event.services.tasks.task import PROPOSAL
from app.event.services.tasks.task_completion import received_reports, report_received_on
from app.event.services.tasks.year_tasks import InvoiceReturn
from app.programme.rules import (
    CERTIFIED,
    about,
    asks_for_disposal,
    cited,
    cited_clause,
    full_clause,
    join_clauses,
    proposal_words,
)
from app.programme.services import contract_items
from app.received.services import find_received_kind, scope_of
from app.submissions.deliverables.rules.due_rows import DONE, DueRow
from app.submissions.deliverables.services.holdings import Holdings
from app.submissions.reports.rules.report_points import required_points
from app.year.contract.services import changes_of_contract
from app.year_end.completion import documents as completion_documents
from app.year_end.completion.documents import (
    AnnexFacts,
    DateLine,
    EventGroup,
    EventLine,
    HandedInPaper,
    InvoiceCheckFacts,
    NoticeFacts,
    ReceiptLine,
    ReceiptPoint,
    WorkLine,
)
from app.year_end.completion.rules import AGREED, INVOICE_POINTS, SETTLED, JudgedPoint, judge_points
from app.year_end.completion.services.completion import ComparedPaper, Completion, held_words, read_completion
from app.year_end.completion.services.document_doubts import check_stops
from app.year_end.completion.services.payments import BOTH_ENDS
from db.records.programme import EventKind, Kind
from db.records.submissions.received import ReceivedPaper
from db.records.year.completion import Inspection
from db.store import Store
from db.tables import agreements as agreement_table
from db.tables import received as received_table

_LONG = 12
"""The longest title of a kind that the narrow columns hold."""


def completion_at(
    store: Store, scope: DocumentScope, kind: str, now: datetime, *, formal: bool = False
) -> tuple[DocumentContext, Completion]:
    """Return the frame of a document of this kind and the completion of its year."""
    context = document_context_of(store, scope, kind, now, formal=formal)
    return context, read_completion(store, programme_id=context.programme.id, today=now.date())


def build_notice(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 業務完了届 of a year, a form until its receipt, then as received."""
    context, shown = completion_at(store, scope, completion_documents.COMPLETION_NOTICE_KIND, now)
    return completion_documents.completion_notice(context, _notice_facts(store, shown, now.date()))


def build_annex(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 検査調書別紙 of a year."""
    context, shown = completion_at(store, scope, completion_documents.INSPECTION_ANNEX_KIND, now)
    return completion_documents.inspection_annex(context, annex_facts(store, shown, now.date()))


def build_check(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 請求書の点検票 of a year; without a 請求書 a blank form."""
    context, shown = completion_at(store, scope, completion_documents.INVOICE_CHECK_KIND, now)
    return completion_documents.invoice_check(context, _check_facts(shown))


# 業務完了届


def _notice_facts(store: Store, shown: Completion, today: date) -> NoticeFacts:
    found = shown.notice
    agreed = [one.point.name for one in found.points if one.state in AGREED] if found is not None else ()
    task = shown.inspection_task
    counted = task.is_contract_duty and task.deadline.early is not None
    inspection = shown.inspection
    return NoticeFacts(
        dated_on=notice_dated_on(shown),
        completed_on=completed_on(shown),
        received=shown.notice_on is not None,
        basis=full_clause(contract_items(shown.view)),
        works=work_lines(shown, shown.notice_on or today),
        unrecorded=not_counted_words(store.database, [file.event for file in shown.event_records], today),
        receipt=_receipt_words(found)
        if found is not None
        else (f"受領日　{long_date(shown.notice_on)}" if shown.notice_on is not None else ""),
        counts_agree="業務の内訳" in agreed,
        all_confirmed=not shown.open_papers,
        within_term="完了年月日（履行期間内）" in agreed,
        confirmed=len(shown.papers) - len(shown.open_papers),
        outstanding=len(shown.papers),
        due=table_date(task.nominal) if counted and task.nominal else "",
        early=table_date(task.deadline.early) if counted and task.deadline.early else "",
        target=f"{table_date(shown.tasks[target_dates.EXPIRY].due)}（履行期間の最後の開庁日）"
        if target_dates.EXPIRY in shown.tasks
        else table_date(shown.programme.term_end),
        inspector=inspection.inspector if inspection else "",
        witness=inspection.witness if inspection else "",
    )


def _receipt_words(found: ComparedPaper) -> str:
    """Return 受領日, 収受番号 and who checked the paper, in words."""
    paper = found.paper
    by = found.reading.first_by if found.reading is not None else ""
    parts = (
        f"受領日　{long_date(paper.received_on)}",
        fill_nonempty("収受番号　{}", paper.receipt_number),
        fill_nonempty("点検　{}", by),
    )
    return join_nonempty(*parts, separator="　　")


def notice_dated_on(shown: Completion) -> date | None:
    """Return the date on the newest 業務完了届, None = not typed yet."""
    return _reading_date(shown, "届出の日付")


def completed_on(shown: Completion) -> date | None:
    """Return the day of completion by the newest 業務完了届, None = not typed yet."""
    return _reading_date(shown, "完了年月日")


def _reading_date(shown: Completion, field: str) -> date | None:
    """Return the day that the completion notice states in ``field``, or None."""
    found = shown.notice
    words = found.reading.said.get(field) if found is not None and found.reading is not None else None
    return date.fromisoformat(words) if words else None


def work_lines(shown: Completion, until: date) -> tuple[WorkLine, ...]:
    """Return what was done, a line each, for 業務完了届 and 検査調書: events by kind, 報告書, 提案書, 返還・廃棄の証明.

    Only the events are counted up to ``until``; the others are as of ``shown.today``. 提案書 has a line only where
    the contract asks for one.
    """
    lines = [_event_work(shown, one.kind, until) for one in shown.view.kinds]
    reports = [row for row in shown.papers if row.event_id]
    clauses = full_clause(join_clauses(numbers.clause_report for numbers in shown.view.kinds))
    came = [day for file in shown.event_records if (day := report_received_on(file)) is not None]
    lines.append(
        WorkLine(
            work=join_nonempty("実施報告書", clauses),
            required="各回",
            done=_confirmed_words(reports),
            last_day=table_date(max(came)) if came else "",
        )
    )
    proposal = [row for row in shown.papers if row.kind == PROPOSAL]
    closed = shown.tasks[PROPOSAL].completed_on if PROPOSAL in shown.tasks else None
    if shown.programme.proposal_period:
        lines.append(
            WorkLine(
                work=join_nonempty(proposal_words(shown.programme), full_clause(shown.programme.clause_proposal)),
                required="1件",
                done=_confirmed_words(proposal),
                last_day=table_date(closed) if closed else "",
            )
        )
    if asks_for_disposal(shown.programme):
        lines.append(_disposal_work(shown))
    return tuple(lines)


def _disposal_work(shown: Completion) -> WorkLine:
    """Return what was returned or destroyed, as its certificate counts it (特22); blank before one came."""
    came = next((row for row in shown.papers if row.kind == CERTIFIED and row.versions), None)
    done = f"証明書　{came.versions}通" if came is not None else "証明書　　通"
    proven, every = len(shown.holdings.proven), len(shown.holdings.proven) + len(shown.holdings.remaining)
    return WorkLine(
        work=f"情報の返還・廃棄の証明　{cited('返還・処分と証明、外部委託の承認')}",
        required=f"{every}件" if every else "一式",
        done=f"{done}（{proven}件）" if came is not None else done,
        last_day=table_date(came.received_on) if came is not None and came.received_on is not None else "",
    )


def work_name(kind: EventKind) -> str:
    """Return what the work of a kind is called in narrow columns: its title, or where that is long its name."""
    return kind.title if len(kind.title) <= _LONG else kind.name_in_text


def _event_work(shown: Completion, kind: Kind, until: date) -> WorkLine:
    """Return the line on one kind of event: how often it was asked for and held."""
    numbers = shown.view.kind(kind)
    held = [file for file in shown.event_records if file.event.kind == kind and file.counts_until(until)]
    people = sum_event_counts(file.result.attended if file.result is not None else None for file in held)
    came = f"延べ{people.words_in_brackets('人')}" if people.has_number else "人数の記録なし"
    last = max((file.event.event_date for file in held if file.event.event_date is not None), default=None)
    days = fill_nonempty("・{}日間", numbers.days)
    asked = f"{numbers.planned}{numbers.planned_unit}{days}{about(numbers.strict)}"
    return WorkLine(
        work=join_nonempty(work_name(numbers), full_clause(numbers.clause_item)),
        required=asked,
        done=f"{held_words(numbers, shown.event_records, until)}（{came}）",
        last_day=table_date(last) if last else "",
    )


def _confirmed_words(rows: Sequence[DueRow]) -> str:
    """Return how many of these documents came and how many are 確認済 (「7件（内容確認済　6件）」)."""
    came = sum(row.versions > 0 for row in rows)
    return f"{came}件（内容確認済　{sum(row.group == DONE for row in rows)}件）"


# 検査調書別紙


def annex_facts(store: Store, shown: Completion, today: date) -> AnnexFacts:
    """Return the content of the 検査調書別紙 as of a day; other counts of inspected work use its rows."""
    numbered = {row.event_id: row for row in shown.papers if row.event_id}
    groups = []
    number = 0
    for numbers in shown.view.kinds:
        lines = []
        for file in (one for one in shown.event_records if one.event.kind == numbers.kind):
            number += 1
            lines.append(_event_line(number, file, numbered.get(file.event.id), today))
        if lines:
            heading = join_nonempty(work_name(numbers), full_clause(numbers.clause_item))
            groups.append(EventGroup(heading=heading, lines=lines))
    papers = _paper_lines(store, shown, number)
    titles = shown.open_titles
    named = "、".join(titles[:2])
    rest = and_others(titles, 2)
    records = agreement_table.settled_of_year(store.database, shown.programme.id)
    asked = sum(one.section_asked_on is not None for one in records)
    changes = len({(one.day, one.number) for one in changes_of_contract(shown.view.rows) if one.day <= today})
    inspection = shown.inspection
    reports = [row for row in shown.papers if row.event_id]
    return AnnexFacts(
        notice=_notice_words(shown),
        groups=groups,
        papers=papers,
        open_words=f"{len(titles)}件{f'（{named}{rest}）' if named else ''}",
        open_reason=inspection.open_reason if inspection is not None else "",
        repair="、".join(_repair_words(one, shown.inspections) for one in shown.inspections if one.repair) or "なし",
        changes=f"{changes}件" if changes else "なし",
        agreements=f"{len(records)}件{f'（契約課へ確認　{asked}件）' if asked else ''}",
        inspected_on=long_date(inspection.held_on) if inspection else "",
        inspector=f"{inspection.inspector_post}　{inspection.inspector}".strip() if inspection else "",
        witness=f"{inspection.witness_post}　{inspection.witness}".strip() if inspection else "",
        reports=len(reports),
        confirmed=sum(row.group == DONE for row in reports),
        unrecorded=not_counted_words(store.database, [file.event for file in shown.event_records], today),
        cancelled=cancelled_words(shown.cancelled, [file.event_as_planned for file in shown.event_records]),
        later="、".join(
            f"{row.title}（{table_date(row.due)}まで）" for row in shown.later_papers if row.due is not None
        ),
        disposal=_disposal_words(shown.holdings),
    )


def _disposal_words(held: Holdings) -> str:
    """Return 「12件のうち12件を証明　残りなし」, "" where the contractor held nothing."""
    every, left = len(held.proven) + len(held.remaining), held.remaining
    named = "、".join(one.words for one in left[:2])
    rest = and_others(left, 2)
    still = f"残り {len(left)}件（{named}{rest}）" if left else "残りなし"
    return f"{every}件のうち{len(held.proven)}件を証明　{still}" if every else ""


def _repair_words(inspection: Inspection, every: Sequence[Inspection]) -> str:
    """Return the defect with the day it was put right, that of a later 検査 that found nothing left, or 「未了」."""
    if inspection.repaired_on is not None:
        return f"{inspection.repair}（{table_day(inspection.repaired_on)} 済）"
    # A 不合格 has no day of its own for this: the 合格 after it says so, which is the last of all.
    passed = next((one.held_on for one in every if one.result.is_passed), None)
    return f"{inspection.repair}（{table_day(passed)} 合格）" if passed else f"{inspection.repair}（未了）"


def _notice_words(shown: Completion) -> str:
    """Return when the 業務完了届 came, with 「検査は…まで（10日以内）」 where known.

    Before its receipt it is the sentence 「まだ受領していない。」.
    """
    if shown.notice_on is None:
        return "まだ受領していない。"
    task = shown.inspection_task
    until = f"　検査は{table_date(task.nominal)}まで（10日以内）" if task.nominal else ""
    return f"{long_date(shown.notice_on)}受領{until}"


def _event_line(number: int, records: EventRecords, row: DueRow | None, today: date) -> EventLine:
    """Return the line of one event in the 検査調書別紙; ``row`` is that of its report in the due list, None = none."""
    event, result = records.event, records.result
    came = received_reports(records)
    newest = came[-1] if came else None
    points = required_points(records.kind)
    checked = newest.checked_on if newest and newest.status.is_checked else None
    again = row is not None and row.drift > 0
    title = event.organisation_name or event.subject if event.form.at_organisation else event.full_title
    return EventLine(
        number=number,
        title=title,
        held_on=records.awaited_change or (table_date(event.event_date) if event.event_date else "未定"),
        is_held=records.counts_until(today),
        attended=result.attended if result is not None else None,
        witness=result.witness if result is not None else "",
        due=table_date(row.due) if row is not None and row.due is not None else "—",
        received=table_day(came[0].received_on) if came and came[0].received_on else "",
        points=f"{sum(bool(newest.points.get(point)) for point in points)}／{len(points)}"
        if newest and newest.points
        else "",
        checked=table_day(checked) if checked and not again else "",
        remark=_remark(records, row),
        place=join_nonempty(event.venue, event.room),
        organisations=result.attended_organisations if result is not None else None,
    )


def _remark(records: EventRecords, row: DueRow | None) -> str:
    """Return the remarks on a report: 「休日」, 「6日遅れ」, what differs since its check, 「修正1回」."""
    parts = []
    if row is not None:
        told = {"休日": row.last_day != row.due, f"{row.late_days}日遅れ": row.late_days, row.check_words: row.drift}
        parts = [words for words, is_so in told.items() if is_so]
    newest = received_reports(records)[-1:]
    if corrected := sum(asked.version < came.version for came in newest for asked in records.correction_requests):
        parts.append(f"修正{corrected}回")
    return "　".join(parts)


def _paper_lines(store: Store, shown: Completion, before: int) -> tuple[HandedInPaper, ...]:
    """Return a line for each document of the year that the 検査 waits for, 提案書 first, numbered from ``before`` + 1.

    Those not handed in yet are included.
    """
    came: dict[tuple[str, int], list[ReceivedPaper]] = {}
    matter = {}
    for paper in received_table.received_of_year(store.database, shown.programme.id):
        came.setdefault((paper.kind, paper.matter), []).append(paper)
        matter[paper.id] = paper.matter
    rows = sorted((row for row in shown.papers if not row.event_id), key=lambda row: row.kind != PROPOSAL)
    lines = []
    for place, row in enumerate(rows, before + 1):
        versions = came.get((row.kind, matter.get(row.paper_id, 0)), [])
        newest = versions[-1] if versions else None
        kind = find_received_kind(row.kind)
        points = kind.points(store, scope_of(newest)) if newest is not None else ()
        found = sum(newest.points[one].result.is_fine for one in points if one in newest.points) if newest else 0
        lines.append(
            HandedInPaper(
                number=place,
                title=row.kind,
                basis=cited_clause(kind.clause_in(shown.view)),
                due=with_printed_days(row.due_words, shown.today)
                if row.is_provisional
                else table_date(row.due)
                if row.due is not None and row.contract
                else "",
                received=table_date(versions[0].received_on) if versions else "",
                points=f"{found}／{len(points)}" if points else "",
                checked=table_day(newest.checked_on)
                if newest and newest.status.is_checked and newest.checked_on
                else "",
            )
        )
    return tuple(lines)


# 請求書の点検票


def _check_facts(shown: Completion) -> InvoiceCheckFacts:
    invoice = shown.invoice
    reading = invoice.reading if invoice is not None else None
    columns = shown.invoices
    newest = invoice.points if invoice is not None else judge_points(INVOICE_POINTS, {}, {}, shown.expected_register)
    by_name = {one.point.name: one for one in newest}
    payment = shown.payment
    inspection = shown.inspection
    said = "まだ合格を記録していない。"
    if shown.passed_on is not None:
        inspector = f"（検査員　{inspection.inspector}）" if inspection is not None else ""
        said = f"検査　{long_date(shown.passed_on)}　合格{inspector}"
    return InvoiceCheckFacts(
        inspection=said,
        receipts=_receipt_lines(shown),
        receipt_headings=[
            f"{number}回目\n{table_day(one.paper.received_on)}"
            for number, one in enumerate(columns, len(_receipts_without_paper(shown)) + 1)
        ],
        points=[_point_line(point.name, by_name.get(point.name), columns) for point in INVOICE_POINTS],
        ward_rules_from=next(place for place, point in enumerate(INVOICE_POINTS, 1) if point.is_ward_rule),
        payment=_payment_lines(shown),
        stops=check_stops(shown),
        open_question=_question_words(shown),
        first_checker=reading.first_by if reading is not None else "",
        second_checker=reading.second_by if reading is not None else "",
        checked=table_day(reading.checked_on) if reading is not None and reading.checked_on else "",
        ordered=table_date(payment.ordered_on) if payment is not None else "",
        paid=table_date(shown.paid_on) if shown.paid_on is not None else "",
        reason=payment.reason.strip() if payment is not None else "",
    )


def _receipts_without_paper(shown: Completion) -> list[date]:
    """Return the days of the first receipts of a 請求書 that were recorded by their day alone."""
    again = [one.received_again.closed_on for one in shown.returns if one.received_again is not None]
    days = [shown.invoice_on, *again] if shown.invoice_on is not None else []
    return days[: max(len(days) - len(shown.invoices), 0)]


def _receipt_lines(shown: Completion) -> list[ReceiptLine]:
    """Return the records of when invoices came and were returned.

    A receipt that was recorded by its day alone counts, too, else a 返戻 would stand beside a later invoice.
    """
    days = [one.paper.received_on for one in shown.invoices]
    before = _receipts_without_paper(shown)
    missing = len(before)
    days = [*before, *days]
    returned = _returns_by_receipt(days, shown.returns)
    lines = []
    for place, day in enumerate(days):
        back = returned.get(place)
        finished = place >= missing and shown.invoices[place - missing].is_finished
        waits = "点検中" if place == len(days) - 1 else "差替え"
        lines.append(
            ReceiptLine(
                number=place + 1,
                received=table_date(day),
                result="返戻" if back is not None else "確認済" if finished else waits,
                reason=back.return_closing.reason if back is not None else "",
                returned=table_date(back.return_closing.closed_on) if back is not None else "—",
            )
        )
    return lines


def _returns_by_receipt(days: Sequence[date], returns: Sequence[InvoiceReturn]) -> dict[int, InvoiceReturn]:
    """Return each 返戻 by the place of the receipt that was sent back, the last one before it.

    A 請求書 that was replaced without a 返戻 has none.

    Args:
        days: of every receipt, in order.
    """
    found = {}
    first = 0
    for one in returns:
        again = one.received_again.closed_on if one.received_again is not None else None
        there = [
            place
            for place in range(first, len(days))
            if days[place] <= one.return_closing.closed_on and (again is None or again in days[place + 1 :])
        ]
        place = there[-1] if there else first
        found[place] = one
        first = place + 1
    return found


def _point_line(name: str, newest: JudgedPoint | None, columns: Sequence[ComparedPaper]) -> ReceiptPoint:
    """Return the record of one point with its mark (○×) in each version of the invoice."""
    marks = []
    for one in columns:
        state = next(found.state for found in one.points if found.point.name == name)
        marks.append("○" if state in SETTLED else "" if state == "未入力" else "×")
    why = f"そのまま受ける理由　{newest.note}" if newest is not None and newest.state == "理由あり" else ""
    return ReceiptPoint(
        name=name, against=newest.ours if newest is not None else "", marks=marks, acceptance_reason=why
    )


def _payment_lines(shown: Completion) -> list[DateLine]:
    """Return 期限, 目安日, 会計の締切 and 出納閉鎖 of the payment, each with its calculation.

    Without a 請求書, or while it is returned, 期限 has no day and 目安日 is left out.
    """
    lines: list[DateLine] = []
    clock, task = shown.clock, shown.payment_task
    if (
        clock is not None
        and clock.last_day is not None
        and clock.careful_last_day is not None
        and clock.careful_last_open_day is not None
    ):
        received = clock.cells[0].day
        counted = f"請求書の受領 {table_date(received)} の翌日から{clock.days}日。"
        if clock.stopped:
            counted += f"止めた{clock.stopped}日（返戻の日から再受領の日まで）は数えない。"
        if task.working is not None and task.working != task.nominal:
            counted += f"閉庁日のため{moved_by(shown.programme.payment_period)} {table_date(task.working)}"
        stops = f"止めた日{clock.careful_stopped}日とみて " if clock.stopped else ""
        early = f"受領の日を1日目とし、{stops}{table_date(clock.careful_last_day)}。"
        lines.extend(
            (
                DateLine(name="期限（暦どおり）", day=table_date(clock.last_day), counted=counted, strong=True),
                DateLine(
                    name="目安日",
                    day=table_date(clock.careful_last_open_day),
                    counted=early + ("その前の開庁日" if clock.careful_last_open_day != clock.careful_last_day else ""),
                ),
            )
        )
    else:
        said = (
            "返戻の間は数えない。再受領すると計算する"
            if shown.open_return is not None
            else "請求書を受領すると計算する"
        )
        lines.append(DateLine(name="期限（暦どおり）", day="", counted=said, strong=True))
    due = shown.programme.accounts_due
    lines.append(
        DateLine(
            name="会計の締切",
            day=table_date(due) if due else "（未入力）",
            counted="会計課が年度ごとに決める、支出命令の最後の日（設定）",
        )
    )
    closing = date(shown.programme.fiscal_year + 1, 5, 31)
    lines.append(
        DateLine(
            name="出納閉鎖",
            day=table_date(closing),
            counted=f"この年度の予算による支払の最後の日（{clause_of('出納の閉鎖')}）",
        )
    )
    return lines


def _question_words(shown: Completion) -> str:
    """Return the 会計課's answer about ``BOTH_ENDS``, or the sentence that it was asked; "" where it was not asked."""
    asked = next((one for one in shown.questions if one.matter == BOTH_ENDS), None)
    if asked is None:
        return ""
    if asked.answered_on is not None:
        return f"会計課の回答（{table_day(asked.answered_on)}）　{asked.answer}"
    return f"両端の数え方は会計課に確認中（{table_day(asked.asked_on)} {asked.asked_by}）。"


def _completion(store: Store, subject: DocumentSubject, today: date) -> Completion:
    return read_completion(store, fiscal_year=subject.scope.fiscal_year, today=today)


def _notice_state(store: Store, subject: DocumentSubject, today: date) -> str:
    """Return the state of the document: when the completion notice came, or that it has not."""
    shown = _completion(store, subject, today)
    return (
        completion_documents.NOT_CONFIRMED if shown.notice_on is None else f"{short_date(shown.notice_on, today)} 受領"
    )


def _annex_state(store: Store, subject: DocumentSubject, today: date) -> str:
    """Return words on how many documents that the 検査 waits for are 確認済, as the state of the 検査調書別紙."""
    shown = _completion(store, subject, today)
    done = len(shown.papers) - len(shown.open_papers)
    return f"書類 {done} / {len(shown.papers)} 確認済"


def _check_state(store: Store, subject: DocumentSubject, today: date) -> str:
    """Return words on how many points of the newest 請求書 are settled, as the state of the 請求書の点検票."""
    invoice = _completion(store, subject, today).invoice
    return "受領前" if invoice is None else f"{invoice.settled_count} / {len(invoice.points)}"


DOCUMENTS = (
    DocumentKind(
        kind=completion_documents.COMPLETION_NOTICE_KIND,
        clauses=("clause_term",), build=build_notice,
        state_words=_notice_state,
        missing_words="", todo="完了の手続きを進める", recipient="受託者",
    ),
    DocumentKind(
        kind=completion_documents.INSPECTION_ANNEX_KIND, build=build_annex,
        state_words=_annex_state,
        missing_words="", todo="完了の手続きを進める",
    ),
    DocumentKind(
        kind=completion_documents.INVOICE_CHECK_KIND,
        clauses=("clause_payment",), build=build_check,
        state_words=_check_state,
        missing_words="", todo="完了の手続きを進める",
    ),
)  # fmt: skip
