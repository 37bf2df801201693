"""What is open over a year, event by event, and the due dates of the year beside it.

``read_course(store, ground) -> YearCourse``; nothing is decided here: every state is that of the task of its event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.asked import Asked
from app.calendar.dates import short_date
from app.subjects.events.rules.deadlines import HEADCOUNT, MATERIAL, REPORT
from app.subjects.events.rules.guides import EXPIRY, REVIEW
from app.subjects.events.rules.held import is_held
from app.subjects.events.services.event_file import EventFile
from app.subjects.events.services.event_tasks import lapsed_tasks, tasks_of
from app.subjects.events.services.task import CORRECTION, RESUBMISSION, Task
from app.subjects.events.services.year_dates import YearDates, YearDue, read_year_dates
from app.subjects.summary.services.year_ground import YearGround
from db.records.events import Event
from db.store import Store

State = Literal["済", "区の対応", "提出待ち", "未着手", "遅れ", "記録なし", "対象外"]
TALLY: Final = "集計"
COLUMNS: Final[Mapping[str, str]] = {
    HEADCOUNT: "人数連絡", MATERIAL: "資料確認", TALLY: "集計（受託者）", REPORT: "報告書の受領",
    REVIEW: "内容確認（区）",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CourseCell:
    """How one thing of one event stands: its state, a day or a word, and under it what is awaited meanwhile."""

    state: State
    words: str
    under: str = ""
    asked: Asked | None = None


@dataclass(frozen=True, kw_only=True)
class CourseRow:
    """One event; ``cells`` by the keys of ``COLUMNS``."""

    event: Event
    day_words: str
    cells: Mapping[str, CourseCell]

    @property
    def id(self) -> int:
        """The event's id."""
        return self.event.id


@dataclass(frozen=True, kw_only=True)
class DateRow:
    """One due date of the year that is still open: its day, small words under it, and whose it is."""

    id: str
    label: str
    day_words: str
    second: str
    basis: str
    whose: Literal["区", "受託者", "終わり"]
    provisional: bool
    asked: Asked


@dataclass(frozen=True, kw_only=True)
class YearCourse:
    """The events by date, and the open due dates; ``dates`` is all that the steps at the foot are made of."""

    rows: tuple[CourseRow, ...]
    due: tuple[DateRow, ...]
    dates: YearDates

    @property
    def ward(self) -> int:
        """How many things of events the ward has to do now."""
        return sum(cell.state in ("区の対応", "遅れ") and _by_ward(key) for key, cell in self._cells())

    @property
    def contractor(self) -> int:
        """How many things of events the contractor has to hand in now."""
        return sum(
            cell.state == "提出待ち" or (cell.state == "遅れ" and not _by_ward(key)) for key, cell in self._cells()
        )

    def _cells(self) -> list[tuple[str, CourseCell]]:
        return [pair for row in self.rows for pair in row.cells.items()]


def _brief(day: date, today: date) -> str:
    """「9/24」, 「R9 2/4」: many days stand side by side."""
    return short_date(day, today).partition("(")[0]


def _by_ward(key: str) -> bool:
    return key in (HEADCOUNT, MATERIAL, REVIEW)


def read_course(store: Store, ground: YearGround) -> YearCourse:
    """Return how every event of the year stands, and what the year itself still asks for."""
    dates = read_year_dates(store, today=ground.today, programme_id=ground.programme.id)
    return YearCourse(
        rows=tuple(_row(file, ground) for file in ground.files),
        due=tuple(_date(one, ground.today) for one in dates.rows if one.task.open),
        dates=dates,
    )


def _row(file: EventFile, ground: YearGround) -> CourseRow:
    event, today = file.event, ground.today
    tasks: dict[str, Task] = {}
    for task in tasks_of(file, ground.year):
        tasks.setdefault(task.task, task)
    unrecorded = next((task for task in lapsed_tasks(file, ground.year) if task.task == HEADCOUNT), None)
    held = is_held(event, today)
    return CourseRow(
        event=event,
        day_words=_brief(event.event_date, today) if event.event_date is not None else "未定",
        cells={
            HEADCOUNT: (
                CourseCell(state="記録なし", words="記録なし", asked=unrecorded.asked)
                if unrecorded is not None
                else _cell(tasks, HEADCOUNT, today)
            ),
            MATERIAL: _cell(tasks, MATERIAL, today, again=RESUBMISSION),
            TALLY: _tally(file, ground, held, tasks.get(REPORT)),
            REPORT: _cell(tasks, REPORT, today, again=CORRECTION, held=held),
            REVIEW: _review(tasks, today),
        },
    )


def _cell(tasks: Mapping[str, Task], name: str, today: date, *, again: str = "", held: bool = True) -> CourseCell:
    task = tasks.get(name)
    if task is None:
        return CourseCell(state="対象外", words="対象外")
    waits = tasks.get(again)
    if waits is not None and waits.open:
        # Asked back: the ball is with the contractor, whatever was closed before. A duty that is late stays late.
        back = f"{'修正版' if again == CORRECTION else '再提出'} {_brief(waits.due, today)}"
        if task.open and task.bucket == "期限超過":
            return CourseCell(state="遅れ", words=_brief(task.due, today), under=back, asked=waits.asked)
        return CourseCell(state="提出待ち", words=back, asked=waits.asked)
    if task.closed_on is not None:
        return CourseCell(state="済", words=_brief(task.closed_on, today), asked=task.asked)
    words = task.provisional or _brief(task.due, today)
    near = task.bucket in ("今日", "今週")
    state: State = "区の対応" if near else "未着手"
    if task.bucket == "期限超過":
        state = "遅れ"
    elif task.ball == "受託者":
        state = "提出待ち" if held else "未着手"
    return CourseCell(state=state, words=words, asked=task.asked)


def _tally(file: EventFile, ground: YearGround, held: bool, report: Task | None) -> CourseCell:
    """The contractor's tally: no clause has a day of its own for it, it belongs to the report."""
    event, survey = file.event, file.survey
    if not ground.year.of(event).view.numbers[event.kind].has_survey:
        return CourseCell(state="対象外", words="対象外")
    asked = Asked(what="アンケート", event_id=event.id)
    done = None
    if survey is not None:
        done = survey.counted_on or (survey.frozen_at.date() if survey.frozen_at is not None else None)
    if done is not None:
        return CourseCell(state="済", words=_brief(done, ground.today), asked=asked)
    if not held:
        return CourseCell(state="未着手", words="実施後", asked=asked)
    words = _brief(report.due, ground.today) if report is not None else "実施後"
    return CourseCell(state="提出待ち", words=words, asked=asked)


def _review(tasks: Mapping[str, Task], today: date) -> CourseCell:
    task = tasks.get(REVIEW)
    if task is None:
        return CourseCell(state="未着手", words="受領後")
    if task.closed_on is not None:
        return CourseCell(state="済", words=_brief(task.closed_on, today), asked=task.asked)
    return CourseCell(state="区の対応", words=_brief(task.due, today), asked=task.asked)


def _date(row: YearDue, today: date) -> DateRow:
    task = row.task
    ends = task.task in _ENDS
    clause = "契約" if task.task == EXPIRY else task.clause if task.contract else "区の目標"
    second = clause if task.provisional else f"{clause}　{task.short_words}"
    return DateRow(
        id=task.task,
        label=task.task,
        day_words=task.provisional or short_date(task.due, today),
        second=second,
        basis=task.basis_short,
        whose="終わり" if ends else task.ball,
        provisional=bool(task.provisional),
        asked=task.asked,
    )


_ENDS: Final[Sequence[str]] = ("契約の満了", "出納閉鎖")
