"""The rows inside an event's 概要: timetable by the clock, recruitment steps, the contractor's duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.calendar.dates import short_date
from app.subjects.events.rules import agenda as agenda_rules
from app.subjects.events.rules.recruitment import step_due
from app.subjects.events.services.event_file import EventFile
from app.subjects.events.services.event_tasks import Year, step_tasks
from db.records.events import Event
from db.records.programme import KindNumbers


@dataclass(frozen=True, kw_only=True)
class AgendaRow:
    """One line of the timetable; ``start`` and ``end`` "HH:MM", empty before or after the day."""

    id: int
    start: str
    end: str
    minutes: int | None
    title: str
    form: str
    content: str
    owner: str
    uses: str


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """One recruitment step; ``due`` counted back or set by hand (``by_hand``), ``basis_short`` 「12週前」;
    ``bucket`` as for tasks (済 when done), ``state_words`` 「本日まで」."""

    id: int
    name: str
    due: date | None
    due_words: str
    by_hand: bool
    done_on: date | None
    done_by: str
    basis: str
    basis_short: str
    bucket: str
    state_words: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ContractorDuty:
    """Work of the contractor on the day that no date of its own belongs to."""

    label: str
    clause: str
    words: str


def agenda_rows(file: EventFile) -> tuple[AgendaRow, ...]:
    """Return the timetable by the clock."""
    return tuple(
        AgendaRow(
            id=row.item.id, start=row.start, end=row.end, minutes=row.item.minutes, title=row.item.title,
            form=row.item.form, content=row.item.content, owner=row.item.owner, uses=row.item.uses,
        )
        for row in agenda_rules.clock_times(file.event.start_time, file.agenda)
    )  # fmt: skip


def step_rows(file: EventFile, year: Year) -> tuple[StepRow, ...]:
    """Return the recruitment steps in their own order."""
    tasks = {task.step_id: task for task in step_tasks(file, year)}
    rows = []
    for step in file.steps:
        task = tasks.get(step.id)
        due = step_due(step, file.event.event_date, year.calendar)
        rows.append(
            StepRow(
                id=step.id,
                name=step.name,
                due=due,
                due_words=short_date(due, year.today) if due else "日程が決まると出ます",
                by_hand=step.due is not None,
                done_on=step.done_on,
                done_by=step.done_by,
                basis=task.basis if task else "",
                basis_short=task.rule if task else "",
                bucket=task.bucket if task else ("済" if step.done_on else "来週から"),
                state_words=task.state_words if task else "",
                note=step.note,
            )
        )
    return tuple(rows)


def contractor_duties(event: Event, numbers: KindNumbers) -> tuple[ContractorDuty, ...]:
    """What the contractor does on the day: printing and handing out, and with a survey its collecting and count."""
    if event.kind == "派遣" and not event.extra_materials:
        return ()
    if not numbers.has_survey:
        return (ContractorDuty(label="資料の印刷・配布", clause=numbers.clause_material, words="当日"),)
    clause = f"{numbers.clause_material}・{numbers.clause_survey[-1:]}"
    return (ContractorDuty(label="印刷・配布・回収・集計", clause=clause, words="当日／報告書とともに"),)
