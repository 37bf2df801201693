"""派遣 of a year in steps: the line of its call, and one row a 団体 from the 希望票 to the call after three months.

- ``read_dispatches(store, today, fiscal_year) -> DispatchYear``: the steps by ``rules.dispatch_steps``, their days from
  the same tasks that home shows
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from app.calendar.periods import last_fitting_day
from app.subjects.events.dispatches.papers.dispatch_papers import CALL_FOR
from app.subjects.events.dispatches.rules import (
    CALL,
    CallMark,
    Step,
    Steps,
    announced_in,
    call_line,
    choice_goal,
    dispatch_steps,
    event_of_slip,
)
from app.subjects.events.dispatches.services.step_ground import ground_of
from app.subjects.events.dispatches.services.support import CALL_TASK
from app.subjects.events.dispatches.services.wishes import WishList, WishRow, read_wishes
from app.subjects.events.event.rules import guides
from app.subjects.events.event.rules.deadlines import REPORT
from app.subjects.events.event.rules.recruitment import CHOICE_STEP, DECISION, paper_of_step
from app.subjects.events.event.services.event_file import EventFile, read_files_of
from app.subjects.events.event.services.tasks.deadlines import read_year
from app.subjects.events.event.services.tasks.event_tasks import Year, tasks_of
from app.subjects.events.event.services.tasks.task import CORRECTION, DECIDE, RESULT, STEP, Task
from db.frozen_record import frozen_record
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchFollowUp, DispatchWish
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.papers import Outgoing
from db.rows import rows
from db.store import Store

_TASKS: Final[Mapping[Step, tuple[str, ...]]] = {
    "日程": (DECIDE,),
    "訪問": (RESULT,),
    "報告書": (REPORT, CORRECTION, guides.REVIEW),
    "3か月後": (CALL_TASK,),
}
"""What home calls the tasks of a step; of 選定 and 決裁 it is the step of recruitment."""


@frozen_record
class StepDue:
    """Until when the step in turn is to be done: the day, whether a contract says so, and whether it has passed."""

    day: date
    contract: bool = False
    passed: bool = False
    soon: bool = False


@frozen_record
class DispatchRow:
    """One 団体 with its steps. ``wish`` None = there is no slip, ``event`` None = no 実施回 yet; ``due`` of the step in
    turn (None = no day is set)."""

    id: str
    steps: Steps
    wish: WishRow | None
    event: Event | None
    organisation: Organisation | None
    attended: int | None
    people: int
    due: StepDue | None

    @property
    def name(self) -> str:
        """The 団体 as it is registered now; one that nobody registered as the event has it."""
        if self.organisation is not None:
            return self.organisation.name
        return (self.event.organisation_name if self.event is not None else "") or "団体は未定"


@frozen_record
class DispatchYear:
    """The 派遣 of a year, its rows in the order of the receipt of the slips, never a ranking.

    ``window_end`` is the last day by the contract, ``last_day`` the last one whose report still comes within 履行期間,
    which ends on ``report_end``; ``undated`` are the
    titles of what has no day.
    """

    slips: WishList
    call: tuple[CallMark, ...]
    rows: tuple[DispatchRow, ...]
    chosen: int
    window_end: date
    last_day: date
    report_end: date
    undated: tuple[str, ...]


def read_dispatches(store: Store, *, today: date, fiscal_year: int | None = None) -> DispatchYear:
    """Return the 派遣 of a year in their steps.

    Raises:
        Refusal: that year was not started here.
    """
    database = store.database
    slips = read_wishes(store, fiscal_year=fiscal_year)
    year = read_year(store, today, fiscal_year=slips.fiscal_year)
    events = rows(database, Event, programme_id=slips.programme_id, kind="派遣")
    ids = [one.id for one in events]
    files = {file.event.id: file for file in read_files_of(store, events)}
    decisions = _by_event(rows(database, ChangeDecision, event_id=ids) if ids else ())
    tries = _by_event(rows(database, DispatchFollowUp, event_id=ids, kind=CALL) if ids else ())
    taken: set[int] = set()
    found: list[tuple[WishRow | None, Event | None]] = []
    for slip in slips.rows:
        event = event_of_slip(slip.wish, events, [one.wish for one in slips.rows])
        if event is not None:
            taken.add(event.id)
        found.append((slip, event))
    found += [(None, event) for event in sorted(events, key=_by_day) if event.id not in taken]
    listed = tuple(_row(slip, event, files, slips, year, decisions, tries) for slip, event in found)
    numbers = year.view.numbers["派遣"]
    last = last_fitting_day(numbers.report_period, year.view.programme.term_end)
    issued = rows(database, Outgoing, programme_id=slips.programme_id, document_kind=CALL_FOR)
    return DispatchYear(
        slips=slips,
        call=call_line(
            checked=year.view.programme.clauses_checked != "未確認",
            published=any(one.way != "取消" for one in issued),
            announced=any(announced_in(file.steps) for file in files.values()),
            slips=len(slips.rows),
            closes=slips.closes,
            today=today,
        ),
        rows=listed,
        chosen=sum("選定" in one.steps.done and one.steps.ended in ("", "中止") for one in listed),
        window_end=numbers.window_end,
        last_day=min(last, numbers.window_end),
        report_end=year.view.programme.term_end,
        undated=tuple(one.full_title for one in events if one.event_date is None and one.status != "中止"),
    )


def _by_day(event: Event) -> tuple[date, int]:
    return event.event_date or date.max, event.id


def _by_event(found: Iterable[ChangeDecision | DispatchFollowUp]) -> Mapping[int, list]:  # type: ignore[type-arg]
    by_id = defaultdict(list)
    for one in found:
        by_id[one.event_id].append(one)
    return by_id


def _row(
    slip: WishRow | None,
    event: Event | None,
    files: Mapping[int, EventFile],
    slips: WishList,
    year: Year,
    decisions: Mapping[int, Sequence[ChangeDecision]],
    tries: Mapping[int, Sequence[DispatchFollowUp]],
) -> DispatchRow:
    file = files[event.id] if event is not None else None
    number = event.id if event is not None else 0
    wish = slip.wish if slip is not None else None
    ground = ground_of(file, wish, decisions=decisions.get(number, ()), tries=tries.get(number, ()))
    steps = dispatch_steps(ground, year.today)
    result = file.result if file is not None else None
    registered = event.organisation_id if event is not None else None
    return DispatchRow(
        id=f"w{slip.id}" if slip is not None else f"e{number}",
        steps=steps,
        wish=slip,
        event=event,
        organisation=slip.organisation if slip is not None else slips.registered.get(registered or 0),
        attended=result.attended if result is not None else None,
        people=file.people if file is not None else 0,
        due=_due(steps, file, wish, slips.closes, year),
    )


def _due(
    steps: Steps, file: EventFile | None, wish: DispatchWish | None, closes: date | None, year: Year
) -> StepDue | None:
    if not steps.turn:
        return None
    task = _task_of(steps.turn, file, year) if file is not None else None
    if task is not None:
        bucket = task.state.bucket
        return StepDue(
            day=task.due,
            contract=task.contract,
            passed=bucket in ("期限超過", "目安日過ぎ"),
            soon=bucket in ("今日", "今週"),
        )
    if steps.turn == "選定" and wish is not None:
        day = year.calendar.open_on_or_before(choice_goal(wish, closes))
        return StepDue(day=day, passed=day < year.today, soon=day == year.today)
    if steps.turn == "訪問" and file is not None and file.event.event_date is not None:
        return StepDue(day=file.event.event_date, soon=file.event.event_date == year.today)
    return None


def _task_of(step: Step, file: EventFile, year: Year) -> Task | None:
    """What home asks for in a step, the earliest of it that is open."""
    if step in ("選定", "決裁"):
        wanted = {
            one.id
            for one in file.steps
            if (one.name == CHOICE_STEP if step == "選定" else paper_of_step(one.name) == DECISION)
        }
        return next(
            (one for one in tasks_of(file, year) if one.open and one.task == STEP and one.step_id in wanted), None
        )
    names = _TASKS.get(step, ())
    return next((one for one in tasks_of(file, year) if one.open and one.task in names), None)
