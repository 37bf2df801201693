"""Everything that the contractor owes in a year, made from contract and events: by when, what came, how it stands, how
late.

``read_due_list(store, fiscal_year or programme_id, today) -> DueList`` (``due_list_of`` from what was read), or one
report by ``read_report_row``; nothing of it is typed: a row comes from an event or a declared kind.
Lateness is counted against contract dates only, for both sides; a 目安日 is never late, at most passed.

A report that was 確認済 is compared with the records again only where something that is counted was written after its
check (``EventFile.moved_since_check``): the comparison takes some twenty readings an event.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

from app.calendar.dates import short_date
from app.common.declared import Declared
from app.common.together import together
from app.received.services.received_kind import RECEIVED, ReceivedKind
from app.received.services.received_papers import correction_key, scope_of
from app.subjects.events.event.rules.deadlines import HEADCOUNT, REPORT
from app.subjects.events.event.rules.guides import REVIEW
from app.subjects.events.event.services.event_file import EventFile, read_file, read_files
from app.subjects.events.event.services.tasks.closings import received_reports
from app.subjects.events.event.services.tasks.deadlines import read_year, tasks_of_year
from app.subjects.events.event.services.tasks.event_tasks import (
    Year,
    days_unrecorded,
    lapsed_tasks,
    tasks_of,
    why_unrecorded,
)
from app.subjects.events.event.services.tasks.task import Task
from app.subjects.events.event.services.tasks.task_kind import KIND_OF
from app.subjects.submissions.deliverables.rules.due import (
    DONE,
    WAITING,
    WARD,
    DueList,
    DueRow,
    Group,
    Lateness,
    LateOne,
)
from app.subjects.submissions.deliverables.rules.kit_form import FIGURES
from app.subjects.submissions.deliverables.rules.outstanding_texts import MEND
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.papers import CIRCULATED, Notification
from db.records.submissions.received import ReceivedPaper
from db.records.submissions.reports import Report
from db.rows import rows as plain_rows
from db.store import Store
from db.tables import received as table
from db.tables.reports import REPORT_KIND

REPORT_DRIFT: Final[Declared[Callable[[Store, int], int]]] = Declared("report_drift")
"""Who knows how many numbers of the report of an event differ from the records of now."""
LOOK_DAYS: Final = 30
"""Within how many days of its receipt a paper should be looked through: a 目安日, never a duty of the contract."""


@frozen_record
class _Came:
    """The newest version of what came: a received paper, or a report made here and received."""

    on: date
    first_on: date
    how: str
    version: int
    status: str
    checked_on: date | None
    number: str = ""
    open_points: str = ""
    paper_id: int = 0
    untold: bool = False
    drift: int = 0


def read_due_list(
    store: Store, *, fiscal_year: int | None = None, programme_id: int | None = None, today: date
) -> DueList:
    """Return what is owed in a year, named in one of both ways, and what came of it; raises ``Refusal`` for a year not
    started."""
    year = read_year(store, today, programme_id=programme_id, fiscal_year=fiscal_year)
    files = read_files(store, year.view.programme.id)
    held = [file for file in files if file.event.status != "中止"]
    return due_list_of(store, files=held, tasks=tasks_of_year(held, year), year=year)


def due_list_of(store: Store, *, files: Sequence[EventFile], tasks: Sequence[Task], year: Year) -> DueList:
    """Return the same from files and tasks that were read; those of cancelled events owe nothing."""
    programme_id = year.view.programme.id
    files = [file for file in files if file.event.status != "中止"]
    reports = {task.event_id: task for task in tasks if task.task == REPORT}
    rows = [_report_row(store, file, reports.get(file.event.id), year) for file in files]
    papers = table.received_of_year(store.database, programme_id)
    for kind in RECEIVED:
        if kind.about == "年度":
            mine = [one for one in papers if one.kind == kind.kind]
            rows += _year_rows(kind, mine, next((task for task in tasks if task.task == kind.task), None), year, store)
    return DueList(
        programme_id=programme_id,
        rows=tuple(sorted(rows, key=_order)),
        contractor=Lateness(ones=tuple(row.late for row in rows if row.late is not None)),
        ward=Lateness(ones=(*_late_of_ward(tasks), *_unrecorded(files, year))),
        goals=tuple(row.goal for row in rows if row.goal is not None),
    )


def read_report_row(store: Store, *, event: Event, today: date) -> DueRow | None:
    """Return the row of the report of one event without reading the others; None for a cancelled one, which owes
    nothing."""
    file = read_file(store, event.id)
    year = read_year(store, today, programme_id=file.event.programme_id)
    return report_row(store, file=file, tasks=tasks_of(file, year), year=year)


def report_row(store: Store, *, file: EventFile, tasks: Sequence[Task], year: Year) -> DueRow | None:
    """Return the same from what was read of the event."""
    if file.event.status == "中止":
        return None
    task = next((task for task in tasks if task.task == REPORT), None)
    return _report_row(store, file, task, year)


def _order(row: DueRow) -> tuple[int, date, str]:
    pending = row.group != DONE
    return (0 if pending else 1, row.due or date.max, row.id)


def _report_row(store: Store, file: EventFile, task: Task | None, year: Year) -> DueRow:
    """The report of one event; without a day it is owed all the same, only nobody knows when."""
    event, numbers = file.event, year.view.numbers[file.event.kind]
    came = received_reports(file)
    newest = came[-1] if came else None
    held = event.event_date is not None and event.event_date <= year.today
    found = None
    if newest is not None and newest.received_on is not None and came[0].received_on is not None:
        found = _Came(
            on=newest.received_on,
            first_on=came[0].received_on,
            how=newest.received_how,
            version=newest.version,
            status=newest.status,
            checked_on=newest.checked_on,
            number=newest.receipt_number,
            paper_id=newest.id if newest.way == "受領" else 0,
            untold=_waits_to_be_told(file, newest) and not _known(file.acts, MEND, newest.version),
            drift=_drift(store, file, year) if newest.status == DONE else 0,
        )
    day = short_date(event.event_date, year.today) if event.event_date else ""
    return _row(
        row_id=f"report-{event.id}",
        kind=REPORT_KIND,
        title=f"{event.full_title} 報告書",
        task=task,
        basis=f"{numbers.clause_report} {numbers.report_period}",
        undated="日程の協議中",
        waits="実施後" if not held else "受領前",
        waits_second=f"実施 {day}" if day else "",
        came=found,
        year=year,
        event=file,
        form=next((one for one in reversed(file.received) if one.kind == FIGURES), None),
    )


def _drift(store: Store, file: EventFile, year: Year) -> int:
    """How many numbers of its checked report differ from the records of now, by the comparison of 数字の食い違い検査:
    what was settled or left with a reason there is none. Of a year that was closed nothing is asked."""
    if not file.moved_since_check or year.view.programme.closed_on is not None:
        return 0
    return sum(source(store, file.event.id) for source in REPORT_DRIFT)


def _year_rows(
    kind: ReceivedKind, mine: Sequence[ReceivedPaper], task: Task | None, year: Year, store: Store
) -> list[DueRow]:
    """One row for a kind of the year; what no clause asks for stands in the list only once it came, each by itself."""
    if kind.several:
        matters: dict[int, list[ReceivedPaper]] = {}
        for one in mine:
            matters.setdefault(one.matter, []).append(one)
        return [_year_row(kind, of_it, None, year, store, f"{kind.kind}-{of_it[0].id}") for of_it in matters.values()]
    if kind.alone(year.view.programme):
        return [_year_row(kind, [one], None, year, store, f"{kind.kind}-{one.id}") for one in mine]
    return [_year_row(kind, mine, task, year, store, kind.kind)]


def _year_row(
    kind: ReceivedKind, mine: Sequence[ReceivedPaper], task: Task | None, year: Year, store: Store, row_id: str
) -> DueRow:
    found = None
    if mine:
        newest = mine[-1]
        points = kind.points(store, scope_of(newest))
        left = sum(point not in newest.points or newest.points[point].result != "○" for point in points)
        found = _Came(
            on=newest.received_on,
            first_on=mine[0].received_on,
            how=newest.received_how,
            version=newest.version,
            status=newest.status,
            checked_on=newest.checked_on,
            number=newest.receipt_number,
            paper_id=newest.id,
            open_points=f"{len(points) - left}/{len(points)}" if points else "",
            untold=_asks(newest) and not _correction_told(store, newest),
        )
    return _row(
        row_id=row_id,
        kind=kind.kind,
        title=kind.kind
        if not (mine and kind.alone(year.view.programme))
        else f"{kind.kind}　{mine[-1].file_name or mine[-1].note}".strip("　"),
        task=task,
        basis=together(kind.clause, kind.rule, by=" "),
        undated="",
        waits="受領前",
        waits_second="",
        came=found,
        year=year,
        wished=_wished(kind, year),
    )


def _asks(paper: ReceivedPaper) -> bool:
    """Whether its 修正依頼 is to be told at all; one of before the program kept that is not."""
    return paper.status == "修正依頼" and paper.asked_to_tell


def _waits_to_be_told(file: EventFile, report: Report) -> bool:
    """The same of a report that came in; what is received beside it has ids of its own kind."""
    return report.way == "受領" and any(one.id == report.id and _asks(one) for one in file.received)


def _correction_told(store: Store, paper: ReceivedPaper) -> bool:
    """Whether the contractor knows, of a paper of a year, that a mended version is wanted."""
    key = correction_key(paper)
    acts = plain_rows(store.database, Notification, programme_id=paper.programme_id, key=key)
    return _known(acts, key, paper.version)


def _known(acts: Sequence[Notification], key: str, version: int) -> bool:
    """Whether a version was told, or it was decided that it is not told."""
    return any(
        (act.key, act.version) == (key, version) and not act.withdrawn and act.told_how != CIRCULATED for act in acts
    )


def _wished(kind: ReceivedKind, year: Year) -> date | None:
    """The open day up to that by which it is wished for."""
    day = None if kind.alone(year.view.programme) else kind.wished(year.view.programme)
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
    came: _Came | None,
    year: Year,
    event: EventFile | None = None,
    wished: date | None = None,
    form: ReceivedPaper | None = None,
) -> DueRow:
    today = year.today
    contract = task is not None and task.contract
    due = task.due if task is not None else wished
    due_words = short_date(due, today) if due is not None else undated
    if task is not None and task.provisional:
        due_words = task.provisional
    late, late_second, days = _late_words(task, came, year)
    last = max(task.deadline.limit, task.due) if task is not None else None
    passed = _goal_passed(came, title, today)
    looks_late = passed is not None and not days
    if passed is not None and looks_late:
        late = f"目安日 {passed.days}日過ぎ"
        late_second = f"30日 {short_date(passed.last, today)}まで"
    if came is None and not contract and due is not None and due < today:
        late = f"目安日を{(today - due).days}日過ぎ"
    group, look = _look(came, waits, today)
    return DueRow(
        id=row_id,
        kind=kind,
        title=title,
        group=group,
        due=due,
        last=last or due,
        due_words=due_words,
        contract=contract,
        basis_words=basis if contract or not due else f"{basis}（目安日）",
        way_words=_way_words(came) if came is not None else waits_second,
        number_words=came.number if came is not None else "",
        look_words=look,
        late_words=late,
        late_second=late_second,
        late_days=days,
        looks_late=looks_late,
        late=LateOne(
            title=title,
            last=last,
            done=came.first_on if came is not None else None,
            days=days,
            basis=basis,
        )
        if days and last is not None
        else None,
        goal=passed,
        event_id=event.event.id if event is not None else 0,
        event_kind=event.event.kind if event is not None else None,
        paper_id=came.paper_id if came is not None else 0,
        versions=came.version if came is not None else 0,
        received_on=came.on if came is not None else None,
        checked_on=came.checked_on if came is not None and came.status == DONE else None,
        form_id=form.id if form is not None else 0,
        untold=came is not None and came.untold,
        drift=came.drift if came is not None else 0,
    )


def _goal_passed(came: _Came | None, title: str, today: date) -> LateOne | None:
    """The look that took, or takes, longer than 30 days after the receipt (K-258); what waits for the contractor does
    not count."""
    if came is None or came.status == "修正依頼":
        return None
    last = came.on + timedelta(days=LOOK_DAYS)
    done = came.checked_on if came.status == DONE else None
    over = ((done or today) - last).days
    if over <= 0:
        return None
    return LateOne(title=f"{title}の確認", last=last, done=done, days=over, basis=f"受領から{LOOK_DAYS}日（目安日）")


def _way_words(came: _Came) -> str:
    again = f"第{came.version}版" if came.version > 1 else ""
    return together(came.how, again)


def _look(came: _Came | None, waits: str, today: date) -> tuple[Group, str]:
    """How 内容確認 stands; by when the ward answers is said by its task (``turns``)."""
    if came is None:
        return WAITING, waits
    if came.drift:
        return WARD, f"確認し直す 差 {came.drift}件"
    if came.status == DONE:
        return DONE, short_date(came.checked_on, today) if came.checked_on else DONE
    if came.status == "修正依頼":
        return (WARD, "修正の依頼を通知する") if came.untold else (WAITING, "修正依頼中")
    return WARD, f"区が確認中 {came.open_points}".strip()


def _late_words(task: Task | None, came: _Came | None, year: Year) -> tuple[str, str, int]:
    """Days against the day that is printed as 期限; a closed day moves the last one (民法142条), and is no lateness.

    What came before the printed day is early by so many days; what came on or before the last one is in time; what came
    after that is late by the days from it, and the words name it where it is not the printed one.
    """
    if task is None or not task.contract:
        return "", "", 0
    last = max(task.deadline.limit, task.due)
    moved = f"休日→{short_date(last, year.today)}" if last != task.due else ""
    given = came.first_on if came is not None else year.today
    over = (given - last).days
    if task.provisional and came is None:
        return "", "", 0
    if over > 0:
        waits = "" if came is not None else "まだ届いていません"
        return f"受託者 {over}日遅れ", together(moved, waits), over
    if came is None:
        return "", moved, 0
    early = (task.due - given).days
    return "期限内" + (f"　{early}日早い" if early > 0 else ""), moved, 0


def _late_of_ward(tasks: Sequence[Task]) -> list[LateOne]:
    """The ward's own duties of the contract that ended late, or are late today: people told, materials looked through
    (K-290)."""
    found = []
    for task in tasks:
        if not task.contract or task.ball != "区" or task.task in (REPORT, REVIEW):
            continue
        days = task.overdue_days or ((task.closed_on - task.deadline.limit).days if task.late and task.closed_on else 0)
        if days > 0:
            title = together(task.event_title, task.task, by=" ")
            found.append(
                LateOne(
                    title=title,
                    last=task.deadline.limit,
                    done=task.closed_on,
                    days=days,
                    basis=f"{task.clause} {task.rule}".strip(),
                )
            )
    return found


def _unrecorded(files: Sequence[EventFile], year: Year) -> list[LateOne]:
    """A 人数連絡 or 資料確認 without a record of an event that was held: once, up to the event, whether or not a reason
    was written."""
    found = []
    for file in files:
        for task in lapsed_tasks(file, year):
            if days := days_unrecorded(task):
                why = why_unrecorded(file.event, year) if task.task == HEADCOUNT else None
                said = f"{KIND_OF[task.task].unrecorded}{f'：{why.reason}' if why is not None else ''}"
                found.append(
                    LateOne(
                        title=f"{task.event_title} {task.task}",
                        last=task.deadline.limit,
                        done=None,
                        days=days,
                        basis=f"{task.clause} {task.rule}（{said}）".strip(),
                        ended=True,
                    )
                )
    return found
