"""What closes each task of an event, read from what the store really holds; and the small words beside each.
``task_kind`` says which task has which.

A task that tells somebody something is closed by what was told, never by a paper being made; that of the papers of the
day, which are only to be there, by the set being saved or printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from app.papers.event_facts import SHEET_UNIT
from app.papers.rules.notification import changes
from app.papers.services.tells import MatterLine, standing_rows
from app.subjects.events.event.rules.equipment import EQUIPMENT_TOPIC
from app.subjects.events.event.rules.recruitment import (
    BY_A_MOVE,
    CALL_STEPS,
    CHOICE_STEP,
    DECIDE_STEP,
    DECISION,
    FLYER,
    TO_PRESIDENTS,
    TOPIC_OF_STEP,
    closing_step,
    opening_step,
    paper_of_step,
)
from app.subjects.events.event.services.event_file import EventCourse, EventFile
from app.subjects.events.event.services.told_event import told_papers
from db.records.events import RecruitmentStep
from db.records.papers import Letter
from db.records.participants import HEADCOUNT_KEY
from db.records.submissions.reports import Report

DAY_PAPERS = "当日資料一式"


def received_reports(file: EventCourse) -> list[Report]:
    """Return the versions of the report that were received, oldest first."""
    return file.came_reports


def questions_settled_on(file: EventCourse) -> date | None:
    """Return the day the questions were fixed or agreed with the contractor."""
    survey = file.survey
    if survey is not None and (survey.fixed_on or survey.agreed_on):
        return survey.fixed_on or survey.agreed_on
    return topic_settled_on(file, "設問")


def topic_settled_on(file: EventCourse, topic: str) -> date | None:
    """Return the last day on which a 協議 called ``topic`` was settled; None = nothing of it is, or it
    was withdrawn."""
    return last_of(row.settled_on for row in file.standing_topics if row.topic == topic)


def equipment_agreed(file: EventCourse) -> bool:
    """Whether the 協議 「機材」 is settled, which answers for every line of the equipment."""
    return topic_settled_on(file, EQUIPMENT_TOPIC) is not None


def day_set_ready_on(file: EventCourse) -> date | None:
    """Return the day the papers of the day were handed over, or saved or printed as a set or one by one; None again
    once what they say has changed since."""
    lines = [one for one in file.told_lines if one.stand.matter.key == DAY_PAPERS]
    stands = [one.stand for one in lines]
    given = next((one.act.told_on for one in stands if one.standing == "通知済" and one.act is not None), None)
    if given is not None or not lines:
        return given
    now, left = stands[0].matter.facts, dict[str, date]()
    for row in standing_rows(file.issued):
        if DAY_PAPERS in row.facts and not changes(row.facts[DAY_PAPERS], now):
            left.setdefault(row.document_kind, row.at.date())
    return left.get(DAY_PAPERS) or last_of(left.get(kind) for kind in lines[0].tells.whole)


def headcount_changed(file: EventCourse) -> MatterLine | None:
    """Return what was told of the numbers where it is no longer so: count, 必要な対応, day, hours or place."""
    return next(
        (one for one in file.told_lines if one.stand.matter.key == HEADCOUNT_KEY and one.stand.standing == "変更あり"),
        None,
    )


def last_of(days: Iterable[date | None]) -> date | None:
    """Return the last of ``days`` when all are known and there is at least one, else None."""
    given = list(days)
    known = [day for day in given if day is not None]
    return max(known) if given and len(known) == len(given) else None


def told_on(file: EventCourse) -> date | None:
    """Return the day the numbers were told; making, saving or printing the paper closes nothing."""
    return next((row.told_on for row in file.notices if row.told_on is not None), None)


def steps_as_done(file: EventCourse) -> tuple[RecruitmentStep, ...]:
    """Return the steps of recruitment as they stand, whether anybody ticked them or not: one whose paper was told is
    done, one whose matter was settled, and one after which something was done that comes later."""
    if all(step.done_on is not None for step in file.steps):
        return file.steps
    told = {one.kind: one.on for one in told_papers(file) if one.revision == 1 and not one.remade}
    steps = tuple(_done(step, _done_by(step, told, file)) for step in file.steps)
    applied = [entry.applied_at.date() for entry in file.entries if entry.applied_at is not None]
    decided = next((step.done_on for step in steps if step.name in (DECIDE_STEP, CHOICE_STEP)), None)
    opens, closes = opening_step(steps), closing_step(steps)
    closed = (closes.done_on if closes is not None else None) or decided
    sent = next((step.done_on for step in steps if paper_of_step(step.name) == TO_PRESIDENTS), None)
    later = {
        **({closes.id: closed} if closes is not None else {}),
        **({opens.id: min(applied) if applied else closed} if opens is not None else {}),
        **{step.id: sent for step in steps if paper_of_step(step.name) == FLYER},
        **{step.id: closed for step in steps if step.name == CALL_STEPS[0]},
    }
    return tuple(_done(step, later.get(step.id)) for step in steps)


def _done_by(step: RecruitmentStep, told: Mapping[str, date], file: EventCourse) -> date | None:
    """The day on which what a step asks for was done elsewhere: its paper was told, its matter settled."""
    paper = paper_of_step(step.name)
    if paper:
        return told.get(paper)
    topic = TOPIC_OF_STEP.get(step.name)
    return topic_settled_on(file, topic) if topic is not None else None


def _done(step: RecruitmentStep, on: date | None) -> RecruitmentStep:
    # What a move called for is about another letter than the first one: somebody ticks it.
    open_step = step.done_on is None and step.note != BY_A_MOVE
    return replace(step, done_on=on) if open_step and on is not None else step


def is_issued(letter: Letter) -> bool:
    """Whether a 決定通知 went out."""
    return letter.document_kind == DECISION and letter.state == "施行"


def chosen_on(file: EventCourse) -> date | None:
    """Return the day on which the step 選定 of a 派遣 was ticked, by a decision on its slip or by hand."""
    return next((step.done_on for step in file.steps if step.name == CHOICE_STEP), None)


def choice_told_on(file: EventCourse) -> date | None:
    """Return the day on which the 団体 of a 派遣 was told that it is chosen."""
    return next((step.done_on for step in steps_as_done(file) if paper_of_step(step.name) == DECISION), None) or next(
        (one.issued_on for one in file.letters if is_issued(one)), None
    )


def drafts_in_on(file: EventCourse) -> date | None:
    """Return the day on which the first version of the last handout came in."""
    return last_of(row.versions[0].received_on if row.versions else None for row in file.materials)


def report_in_on(file: EventCourse) -> date | None:
    """Return the day on which the first version of the report came in."""
    received = received_reports(file)
    return received[0].received_on if received else None


def reviewed_on(file: EventCourse) -> date | None:
    """Return the day on which the newest version of the report was 確認済."""
    received = received_reports(file)
    return received[-1].checked_on if received and received[-1].status == "確認済" else None


def tally_checked_on(file: EventCourse) -> date | None:
    """Return the day of the ward's own 検算; totals that were fixed without one need none any more."""
    survey = file.survey
    if survey is None:
        return None
    return survey.checked_on or (survey.frozen_at.date() if survey.frozen_at is not None else None)


def materials_confirmed_on(file: EventCourse) -> date | None:
    """Return the day on which the last handout was 確認済; None while one is not."""
    return last_of(row.confirmed_on for row in file.materials)


def people_words(file: EventFile) -> str:
    """「17人」, as told where nothing has changed since."""
    people = file.told.people if file.told and headcount_changed(file) is None else file.people
    return f"{people}人" if people else "人数は未入力"


def confirmed_words(file: EventFile) -> str:
    """「1 / 2点」 of the handouts 確認済."""
    if not file.materials:
        return "資料は未登録"
    return f"{sum(row.confirmed_on is not None for row in file.materials)} / {len(file.materials)}点"


def received_words(file: EventFile) -> str:
    """「1 / 2点」 of the handouts came in."""
    if not file.materials:
        return "資料は未登録"
    return f"{sum(bool(row.versions) for row in file.materials)} / {len(file.materials)}点"


def sheet_words(file: EventFile) -> str:
    """「14件（配布17枚）」."""
    total = file.survey.distributed if file.survey else None
    return f"{file.sheets}{SHEET_UNIT}（配布{total}枚）" if total else f"{file.sheets}{SHEET_UNIT}"


def question_words(file: EventFile) -> str:
    """「10問」."""
    return f"{len(file.survey.questions)}問" if file.survey else "設問は未作成"


def figure_words(file: EventFile) -> str:
    """「差 3件」: numbers of the report that differ from the records."""
    return f"差 {file.open_figures}件" if file.open_figures else ""
