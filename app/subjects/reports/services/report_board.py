"""All events with the state of their report: whose turn it is, until when, and what to do next.

Public functions: ``report_board``, ``count_to_check``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from app.calendar.dates import short_date
from app.subjects.events.rules.deadlines import REPORT
from app.subjects.events.services.deadlines import read_open_years
from app.subjects.events.services.event_file import EventFile, read_files
from app.subjects.events.services.event_lists import standing_events
from app.subjects.events.services.event_tasks import Year, tasks_of
from app.subjects.events.services.task import CORRECTION, Task
from app.subjects.reports.rules.report_points import newest
from db.records.programme import Kind
from db.records.reports import Report
from db.store import Store
from db.tables.reports import reports_of_events

CHECKING, ASKED, MAKING = "区が確認中", "修正依頼", "様式作成中"
AWAITED, NOT_YET, CONFIRMED = "受領前", "未着手", "確認済"
WARD, WAITING, AHEAD, DONE = "区の対応", "受託者からの提出待ち", "これから実施", "確認済"
GROUPS = (WARD, WAITING, AHEAD, DONE)
View = Literal["form", "check", ""]


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """One event on the list of reports.

    ``state`` is one of 区が確認中, 修正依頼, 様式作成中, 受領前, 未着手, 確認済; ``group`` whose turn it is. ``task``
    is the
    deadline of the report, None without a date. ``received_words`` 「11/12(木) メール　第1版」; ``action`` the words
    of the row's button, ``view`` what it opens.
    ``year_words`` 「令和8年度」 where the list holds events of several years, else "".
    """

    id: int
    kind: Kind
    event_title: str
    event_date: date | None
    date_words: str
    state: str
    group: str
    task: Task | None
    due: date | None
    due_words: str
    basis_words: str
    left_words: str
    left_basis: str
    overdue: bool
    received_words: str
    form_words: str
    action: str
    view: View
    year_words: str = ""

    @property
    def named_event(self) -> str:
        """The event, with its year where the list holds those of several."""
        return f"{self.year_words}　{self.event_title}" if self.year_words else self.event_title


def report_board(store: Store, *, today: date, fiscal_year: int | None = None) -> tuple[ReportRow, ...]:
    """Return every event that takes place with its report: the ward's turn first, then by deadline.

    The events are those of the years not closed, and of ``fiscal_year`` even when it is.
    """
    years = read_open_years(store, today, fiscal_year=fiscal_year)
    files = [(file, year) for year in years for file in read_files(store, year.view.programme.id)]
    named = len(years) > 1
    rows = [
        replace(_row(file, year), year_words=year.words if named else "")
        for file, year in files
        if file.event.status != "中止"
    ]
    return tuple(sorted(rows, key=lambda row: (GROUPS.index(row.group), row.due or date.max, row.id)))


def count_to_check(store: Store, *, today: date) -> int:  # noqa: ARG001 — a badge is asked with the day
    """Return how many reports wait for the ward's own look: as many as the list has, without all that it
    says of them."""
    by_event: dict[int, list[Report]] = defaultdict(list)
    for report in reports_of_events(store.database, [event.id for event in standing_events(store)]):
        by_event[report.event_id].append(report)
    return sum(_state(newest(mine, "作成"), newest(mine, "受領"), held=True) == CHECKING for mine in by_event.values())


def _row(file: EventFile, year: Year) -> ReportRow:
    event, today = file.event, year.today
    form, received = newest(list(file.reports), "作成"), newest(list(file.reports), "受領")
    held = event.event_date is not None and event.event_date <= today
    state = _state(form, received, held=held)
    tasks = tasks_of(file, year)
    task = next((task for task in tasks if task.task == REPORT), None)
    mended = next((task for task in tasks if task.task == CORRECTION), None)
    action, view = _action(state, held=held)
    current = received or form
    if state in (CHECKING, CONFIRMED, ASKED) and current is form:
        view = "form"
    return ReportRow(
        id=event.id,
        kind=event.kind,
        event_title=event.full_title,
        event_date=event.event_date,
        date_words=short_date(event.event_date, today) if event.event_date else "日程未定",
        state=state,
        group=_group(state, held=held),
        task=task,
        due=task.due if task else None,
        due_words=short_date(task.due, today) if task else "—",
        basis_words=task.basis_short if task else "実施日が決まると出ます",
        left_words=_left_words(task, mended),
        left_basis=_left_basis(task, mended, today),
        overdue=task is not None and task.open and task.bucket == "期限超過",
        received_words=_received(current, today),
        form_words=_form(form),
        action=action,
        view=view,
    )


def _state(form: Report | None, received: Report | None, *, held: bool) -> str:
    """The state of the newest report that came in, else of the form, else whose turn it is."""
    if received is not None:
        return received.status if received.status in (ASKED, CONFIRMED) else CHECKING
    if form is not None:
        if form.status == CONFIRMED:
            return CONFIRMED
        return CHECKING if form.received_on is not None else MAKING
    return AWAITED if held else NOT_YET


def _group(state: str, *, held: bool) -> str:
    if state == CHECKING:
        return WARD
    if state == CONFIRMED:
        return DONE
    return WAITING if held else AHEAD


def _action(state: str, *, held: bool) -> tuple[str, View]:
    if state == CHECKING:
        return "報告書を確かめる", "check"
    if state == ASKED:
        return "修正版を受領", "check"
    if state == CONFIRMED:
        return "確認を見る", "check"
    if state == MAKING:
        return "様式を開く", "form"
    return ("受領する", "") if held else ("様式を作成", "")


def _left_words(task: Task | None, mended: Task | None) -> str:
    """How many days are left: of the version asked for, else of the report; what came is 期限内 or 期限後."""
    if task is None:
        return ""
    if mended is not None and mended.open:
        return mended.short_words
    return _received_in_time(task) if task.closed_on is not None else task.short_words


def _left_basis(task: Task | None, mended: Task | None, today: date) -> str:
    """The small words under the days left: open days, or the 区の目標 of the version asked for."""
    if mended is not None and task is not None:
        return f"修正版 区の目標 {short_date(mended.due, today)}　はじめの版は{_received_in_time(task)}"
    return task.open_words if task is not None and task.closed_on is None else ""


def _received_in_time(task: Task) -> str:
    return "期限後" if task.late else "期限内"


def _received(report: Report | None, today: date) -> str:
    if report is None or report.received_on is None:
        return ""
    parts = (short_date(report.received_on, today), report.received_how, f"第{report.version}版")
    return "　".join(part for part in parts if part)


def _form(form: Report | None) -> str:
    if form is None:
        return ""
    stamp = "受託者確認済" if form.contractor_confirmed_on else "受託者確認前"
    return f"第{form.version}版　{stamp}"
