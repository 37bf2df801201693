"""The due list of a year, derived from contract and events, with receipts, checks and lateness.

Nothing of it is typed: a row comes from an event or a declared kind. Lateness is counted against contract dates
only, for both sides; a 目安日 is never late, at most passed. A report that was 確認済 is compared with the
records again only where something that is counted was written after its check
(``EventRecords.figures_changed_since_check``): the comparison takes some twenty queries an event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.calendar.dates import short_date, short_date_or
from app.calendar.due_words import WHEN_ASKED
from app.common.extension_point import ExtensionPoint
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.deadlines import MATERIAL, REPORT
from app.event.services.event_records import EventRecords, read_event_records, read_records_of_year
from app.event.services.tasks.deadlines import read_year, tasks_of_year
from app.event.services.tasks.event_tasks import YearContext, lapsed_tasks, tasks_of, unrecorded_reason
from app.event.services.tasks.task import Task
from app.event.services.tasks.task_completion import received_reports
from app.event.services.tasks.task_kind import TASK_KIND_BY_NAME
from app.programme.rules import owed_row
from app.received.services import ReceivedKind, correction_key, kinds_of_year, scope_of
from app.submissions.deliverables.rules.due_rows import DONE, WAITING, WARD, DueList, DueRow, Group, LateItem, Lateness
from app.submissions.deliverables.rules.outstanding_texts import CORRECTION_REQUEST
from app.submissions.deliverables.rules.submission_form import FIGURES
from db.query_cache import cached_queries
from db.record import group_by_key, record
from db.records.documents import CIRCULATED, Notification
from db.records.events import Event
from db.records.submissions.received import ReceivedPaper, ReceivedStatus
from db.records.submissions.reports import Report, ReportStatus
from db.rows import rows as plain_rows
from db.store import Store
from db.tables import received as table
from db.tables.reports import REPORT_KIND

REPORT_DRIFT: ExtensionPoint[Callable[[Store, int], int]] = ExtensionPoint("report_drift")
"""Extension point that returns how many numbers of an event's report differ from today's records."""
_TARGET = "目安日"
CHECK_DAYS = 30
"""Days after receipt within which a document should be checked; a 目安日, never a duty of the contract."""


@record
class _LatestReceipt:
    """The newest version received, of a document, or of a report made in the program; by itself nothing came.

    ``first_received_on`` is that of its first version, by which lateness counts; ``open_points`` says how many points
    are ○ (「3/5」); ``drift`` is as in ``DueRow``.
    """

    received_on: date | None = None
    first_received_on: date | None = None
    received_how: str = ""
    version: int = 0
    status: ReceivedStatus | ReportStatus = ReceivedStatus.IN_CHECK
    checked_on: date | None = None
    number: str = ""
    open_points: str = ""
    paper_id: int = 0
    not_notified: bool = False
    drift: int = 0


@cached_queries
def read_due_list(store: Store, *, programme_id: int | None = None, today: date) -> DueList:
    """Return the due list of a year, None = the newest.

    Raises:
        UserError: the year is not started.
    """
    year = read_year(store, today, programme_id=programme_id)
    files = read_records_of_year(store, year.view.programme.id)
    return due_list_of(store, event_records=files, tasks=tasks_of_year(files, year), year=year)


def due_list_of(
    store: Store, *, event_records: Sequence[EventRecords], tasks: Sequence[Task], year: YearContext
) -> DueList:
    """Return the due list from records and tasks already read; events that do not count owe nothing."""
    programme_id = year.view.programme.id
    event_records = [file for file in event_records if file.phase(year.today).counts]
    reports = {task.event_id: task for task in tasks if task.task == REPORT}
    rows = [_report_row(store, file, reports.get(file.event.id), year) for file in event_records]
    papers = table.received_of_year(store.database, programme_id)
    last = max((file.event.event_date for file in event_records if file.event.event_date), default=None)
    for kind in kinds_of_year(year.view.programme):
        mine = [one for one in papers if one.kind == kind.kind]
        task = next((task for task in tasks if task.task == kind.task), None)
        rows += _year_rows(kind, mine, task, year, store, last)
    return DueList(
        programme_id=programme_id,
        rows=tuple(sorted(rows, key=_order)),
        contractor=Lateness(items=tuple(row.late for row in rows if row.late is not None)),
        ward=Lateness(items=(*_ward_lateness(tasks, event_records, year), *_unrecorded_tasks(event_records, year))),
        missed_targets=tuple(row.missed_target for row in rows if row.missed_target is not None),
    )


def read_report_row(store: Store, *, event: Event, today: date) -> DueRow | None:
    """Return the row of one event's report without reading the others; None for a cancelled event."""
    file = read_event_records(store, event.id)
    year = read_year(store, today, programme_id=file.event.programme_id)
    return report_row(store, records=file, tasks=tasks_of(file, year), year=year)


def report_row(store: Store, *, records: EventRecords, tasks: Sequence[Task], year: YearContext) -> DueRow | None:
    """Return the row of an event's report from records already read; None for an event that does not count."""
    if not records.phase(year.today).counts:
        return None
    task = next((task for task in tasks if task.task == REPORT), None)
    return _report_row(store, records, task, year)


def _order(row: DueRow) -> tuple[int, date, str]:
    """Return the sort key of a row: pending ones first, by due day (undecided last), then by id."""
    pending = row.group != DONE
    return (0 if pending else 1, row.due or date.max, row.id)


def _report_row(store: Store, records: EventRecords, task: Task | None, year: YearContext) -> DueRow:
    """Return the row of an event's report, also where no date is known yet."""
    event = records.event
    numbers = year.for_event(event).view.kind(event.kind)
    came = received_reports(records)
    newest = came[-1] if came else None
    # One that waits for another day was not held on the one it still has.
    awaited = records.awaited_change
    held = event.event_date is not None and event.event_date <= year.today and not awaited
    receipt = _LatestReceipt()
    if newest is not None:
        receipt = replace(
            _receipt_of(newest, came[0]),
            paper_id=newest.id if newest.way.is_received else 0,
            not_notified=_awaits_notification(records, newest)
            and not _is_notified(records.notifications, CORRECTION_REQUEST, newest.version),
            drift=_drift(store, records, year) if newest.status.is_checked else 0,
        )
    day = short_date_or("", event.event_date, year.today)
    return _row(
        row_id=f"report-{event.id}",
        kind=REPORT_KIND,
        title=f"{event.full_title} 報告書",
        task=task,
        basis=f"{numbers.clause_report} {numbers.report_period}",
        undated="日程の協議中",
        waits="実施後" if not held else "受領前",
        waits_second=awaited or fill_nonempty("実施 {}", day),
        receipt=receipt,
        year=year,
        event=records,
        form=next((one for one in reversed(records.received_papers) if one.kind == FIGURES), None),
    )


def _drift(store: Store, records: EventRecords, year: YearContext) -> int:
    """Return how many numbers of a checked report contradict today's records.

    Differences settled or accepted in 数字の食い違い検査 do not count; closed years are not compared.
    """
    if not records.figures_changed_since_check or year.view.programme.closed_on is not None:
        return 0
    return sum(source(store, records.event.id) for source in REPORT_DRIFT)


def _year_rows(
    kind: ReceivedKind,
    papers: Sequence[ReceivedPaper],
    task: Task | None,
    year: YearContext,
    store: Store,
    last: date | None,
) -> list[DueRow]:
    """Return the rows of a kind of the year.

    A kind that may come several times has a row for each document with its versions, one not owed in this year a row
    for each that came, and neither before that; any other kind has exactly one row.
    """
    if kind.allows_multiple:
        matters = group_by_key((one.matter, one) for one in papers)
        return [_year_row(kind, of_it, None, year, store, f"{kind.kind}-{of_it[0].id}") for of_it in matters.values()]
    if kind.is_standalone_in(year.view.programme):
        return [_year_row(kind, [one], None, year, store, f"{kind.kind}-{one.id}") for one in papers]
    return [_year_row(kind, papers, task, year, store, kind.kind, _target_date(kind, year, last))]


def _year_row(
    kind: ReceivedKind,
    papers: Sequence[ReceivedPaper],
    task: Task | None,
    year: YearContext,
    store: Store,
    row_id: str,
    target_date: date | None = None,
) -> DueRow:
    """Return the row of a kind of the year: its state from the newest of ``papers``, its date from ``task``."""
    receipt = _LatestReceipt()
    if papers:
        newest = papers[-1]
        points = kind.points(store, scope_of(newest))
        left = sum(point not in newest.points or not newest.points[point].result.is_fine for point in points)
        receipt = replace(
            _receipt_of(newest, papers[0]),
            paper_id=newest.id,
            open_points=f"{len(points) - left}/{len(points)}" if points else "",
            not_notified=_needs_notification(newest) and not _is_correction_notified(store, newest),
        )
    return _row(
        row_id=row_id,
        kind=kind.kind,
        title=kind.kind
        if not (papers and kind.is_standalone_in(year.view.programme))
        else f"{kind.kind}　{papers[-1].file_name or papers[-1].note}".strip("　"),
        task=task,
        basis=join_nonempty(kind.clause_in(year.view), rule := kind.rule_in(year.view), separator=" "),
        undated=rule if rule == WHEN_ASKED else "",
        waits="受領前",
        waits_second="",
        receipt=receipt,
        year=year,
        target_date=target_date,
        target_word=_target_word(kind, year),
    )


def _receipt_of(newest: ReceivedPaper | Report, first: ReceivedPaper | Report) -> _LatestReceipt:
    """Return the receipt of the newest version of what came first as ``first``."""
    return _LatestReceipt(
        received_on=newest.received_on,
        first_received_on=first.received_on,
        received_how=newest.received_how,
        version=newest.version,
        status=newest.status,
        checked_on=newest.checked_on if newest.status.is_checked else None,
        number=newest.receipt_number,
    )


def _needs_notification(paper: ReceivedPaper) -> bool:
    """Return whether its 修正依頼 has to be notified; one that an earlier version of the program recorded has not."""
    return paper.status.is_returned and paper.asked_to_tell


def _awaits_notification(records: EventRecords, report: Report) -> bool:
    return report.way.is_received and any(
        one.id == report.id and _needs_notification(one) for one in records.received_papers
    )


def _is_correction_notified(store: Store, paper: ReceivedPaper) -> bool:
    """Return whether the contractor was notified of a year document's 修正依頼."""
    key = correction_key(paper)
    acts = plain_rows(store.database, Notification, programme_id=paper.programme_id, key=key)
    return _is_notified(acts, key, paper.version)


def _is_notified(notifications: Sequence[Notification], key: str, version: int) -> bool:
    """Return whether a version of a paper was notified, or decided not to be; 供覧 does not count."""
    return any(
        (act.key, act.version) == (key, version) and not act.withdrawn and act.told_how != CIRCULATED
        for act in notifications
    )


def _target_word(kind: ReceivedKind, year: YearContext) -> str:
    """Return what the day of a paper is: 目安日 where its clause, one that is known here, names none."""
    row = owed_row(year.view.programme, kind.kind)
    return _TARGET if row is None or row.clause == kind.clause else "期限"


def _target_date(kind: ReceivedKind, year: YearContext, last: date | None) -> date | None:
    """Return the last open day up to the desired date of a kind, None if it has none; ``last`` is the last event's."""
    day = kind.wanted_on(year.view.programme, last, year.calendar)
    return year.calendar.open_on_or_before(day) if day is not None else None


def _row(
    *,
    row_id: str,
    kind: str,
    title: str,
    task: Task | None,
    basis: str,
    undated: str,
    waits: str,
    waits_second: str,
    receipt: _LatestReceipt,
    year: YearContext,
    event: EventRecords | None = None,
    target_date: date | None = None,
    target_word: str = _TARGET,
    form: ReceivedPaper | None = None,
) -> DueRow:
    """Return a row of the list of what is due, from its task (None = it has none) and the newest receipt.

    Args:
        basis: clause and rule. undated: words in place of the date while there is none.
        waits, waits_second: the words of the check and of the way before any receipt (「受領前」, 「実施 9/10(木)」).
        event: its event, for a report. form: the newest form received beside it.
        target_date: the day of a row without a task. target_word: 目安日, or 期限 where the contract names it.
    """
    today = year.today
    contract = task is not None and task.is_contract_duty
    due = task.due if task is not None else target_date
    due_words = short_date(due, today) if due is not None else undated
    if task is not None and task.provisional_words:
        due_words = task.provisional_words
    late, late_second, days = _late_words(task, receipt, year)
    last = task.deadline.last_day_in_time if task is not None else None
    passed = _missed_target(receipt, title, today)
    shown_target = None if days else passed
    if shown_target is not None:
        late = f"目安日 {shown_target.days}日過ぎ"
        late_second = f"30日 {short_date(shown_target.last_day, today)}まで"
    if not receipt.version and not contract and due is not None and due < today:
        late = f"{target_word}を{(today - due).days}日過ぎ"
    group, look = _check_state(receipt, waits, today)
    return DueRow(
        id=row_id,
        kind=kind,
        title=title,
        group=group,
        due=due,
        last_day=last or due,
        due_words=due_words,
        is_provisional=task is not None and bool(task.provisional_words),
        contract=contract,
        basis_words=basis if contract or not due or target_word != _TARGET else f"{basis}（{_TARGET}）",
        way_words=_way_words(receipt) if receipt.version else waits_second,
        number_words=receipt.number,
        check_words=look,
        late_words=late,
        late_second=late_second,
        late_days=days,
        check_is_late=shown_target is not None,
        late=LateItem(
            title=title,
            last_day=last,
            done_on=receipt.first_received_on,
            days=days,
            basis=basis,
        )
        if days and last is not None
        else None,
        missed_target=passed,
        event_id=event.event.id if event is not None else 0,
        event_kind=event.event.kind if event is not None else None,
        paper_id=receipt.paper_id,
        versions=receipt.version,
        received_on=receipt.received_on,
        first_received_on=receipt.first_received_on,
        checked_on=receipt.checked_on,
        form_id=form.id if form is not None else 0,
        not_notified=receipt.not_notified,
        drift=receipt.drift,
    )


def _missed_target(receipt: _LatestReceipt, title: str, today: date) -> LateItem | None:
    """Return the ward's check if it took, or takes, longer than 30 days after the receipt (K-258), else None.

    None while the contractor corrects.
    """
    if receipt.received_on is None or receipt.status.is_returned:
        return None
    last, done = receipt.received_on + timedelta(days=CHECK_DAYS), receipt.checked_on
    over = ((done or today) - last).days
    if over <= 0:
        return None
    return LateItem(
        title=f"{title}の確認", last_day=last, done_on=done, days=over, basis=f"受領から{CHECK_DAYS}日（目安日）"
    )


def _way_words(receipt: _LatestReceipt) -> str:
    """Return how the document came, as recorded, with the version from the second one on (「メール　第2版」)."""
    again = f"第{receipt.version}版" if receipt.version > 1 else ""
    return join_nonempty(receipt.received_how, again)


def _check_state(receipt: _LatestReceipt, waits: str, today: date) -> tuple[Group, str]:
    """Return the group of a row and the words of 内容確認; ``waits`` are the words before any receipt."""
    if not receipt.version:
        return WAITING, waits
    if receipt.drift:
        return WARD, f"確認し直す 差 {receipt.drift}件"
    if receipt.status.is_checked:
        return DONE, short_date(receipt.checked_on, today) if receipt.checked_on else DONE
    if receipt.status.is_returned:
        return (WARD, "修正の依頼を通知する") if receipt.not_notified else (WAITING, "修正依頼中")
    return WARD, f"区が確認中 {receipt.open_points}".strip()


def _late_words(task: Task | None, receipt: _LatestReceipt, year: YearContext) -> tuple[str, str, int]:
    """Return (words, what is to be added, days late) on the lateness against the printed 期限.

    A receipt before the printed day is early by so many days; one up to the last day, to which a closed day moves
    it (民法142条), is in time; a later one is late by the days from it, and the second text names it where it is not
    the printed one.
    """
    if task is None or not task.is_contract_duty:
        return "", "", 0
    last = task.deadline.last_day_in_time
    moved = f"休日→{short_date(last, year.today)}" if last != task.due else ""
    came = receipt.first_received_on
    given = came or year.today
    over = (given - last).days
    if task.provisional_words and came is None:
        return "", "", 0
    if over > 0:
        waits = "" if came is not None else "まだ届いていません"
        return f"受託者 {over}日遅れ", join_nonempty(moved, waits), over
    if came is None:
        return "", moved, 0
    early = (task.due - given).days
    return "期限内" + (f"　{early}日早い" if early > 0 else ""), moved, 0


def _ward_lateness(tasks: Sequence[Task], event_records: Sequence[EventRecords], year: YearContext) -> list[LateItem]:
    """Return the ward's contractual tasks that ended late, or are late today (人数連絡, 資料確認; K-290)."""
    files = {file.event.id: file for file in event_records}
    found = []
    for task in tasks:
        if not task.is_contract_duty or task.next_actor != "区":
            continue
        days = task.overdue_days or (
            (task.completed_on - task.deadline.last_day_in_time).days if task.is_late and task.completed_on else 0
        )
        if task.task == MATERIAL and (file := files.get(task.event_id or 0)) is not None:
            days = min(days, _days_unchecked(file, task.deadline.last_day_in_time, task.completed_on or year.today))
        if days > 0:
            found.append(
                LateItem(
                    title=join_nonempty(task.event_title, task.task, separator=" "),
                    last_day=task.deadline.last_day_in_time,
                    done_on=task.completed_on,
                    days=days,
                    basis=f"{task.clause} {task.rule}".strip(),
                )
            )
    return found


def _days_unchecked(records: EventRecords, last_day: date, end: date) -> int:
    """Return for how many days up to ``end`` the ward had a handout after the ``last_day`` of the check.

    Nobody can check what the contractor has not handed in: until it comes the row waits for him, and the ward's days
    begin with the receipt.
    """
    came = (one for one in records.materials_of_its_day if one.versions)
    return max(
        (((one.confirmed_on or end) - max(last_day, one.versions[0].received_on)).days for one in came), default=0
    )


def _unrecorded_tasks(event_records: Sequence[EventRecords], year: YearContext) -> list[LateItem]:
    """Return unrecorded 人数連絡 and 資料確認 of held events, late up to the event, with or without a reason."""
    found = []
    for file in event_records:
        for task in lapsed_tasks(file, year):
            days = days_unrecorded(task)
            if task.task == MATERIAL and file.event.event_date is not None:
                days = min(days, _days_unchecked(file, task.deadline.last_day_in_time, file.event.event_date))
            if days > 0:
                why = unrecorded_reason(file.event, year, task.task)
                said = f"{TASK_KIND_BY_NAME[task.task].unrecorded_words}{f'：{why.reason}' if why is not None else ''}"
                found.append(
                    LateItem(
                        title=f"{task.event_title} {task.task}",
                        last_day=task.deadline.last_day_in_time,
                        done_on=None,
                        days=days,
                        basis=f"{task.clause} {task.rule}（{said}）".strip(),
                        ended=True,
                    )
                )
    return found


def days_unrecorded(task: Task) -> int:
    """Return by how many days a lapsed duty of the contract was late when its event was held; 0 for any other."""
    day = task.event_date
    return max((day - task.deadline.last_day_in_time).days, 0) if task.is_contract_duty and day is not None else 0
