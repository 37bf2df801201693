"""What closes each task of an event, read from what the store really holds, never from a paper being made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from app.papers.event_facts import SHEET_UNIT
from app.papers.services.tells import Line
from app.subjects.events.rules.deadlines import HEADCOUNT, MATERIAL, REPORT
from app.subjects.events.rules.equipment import EQUIPMENT_TOPIC
from app.subjects.events.rules.guides import DAY_SET, DRAFT, QUESTIONS, REVIEW, TALLY_CHECK
from app.subjects.events.services.event_file import EventCourse, EventFile
from db.records.participants import HEADCOUNT_KEY
from db.records.reports import Report

DAY_PAPERS = "当日資料一式"


def closed_on(task: str, file: EventCourse) -> date | None:
    """Return the day a task of the event was done, or None while it is open.

    人数連絡 and 当日資料一式 are closed by being told and handed over, never by making, saving or printing the paper;
    資料確認 when every handout is 確認済; 実施報告書 by 受領; the rest by what their screen records.
    """
    closing = _CLOSINGS.get(task)
    return closing(file) if closing else None


def task_detail(task: str, file: EventFile) -> str:
    """Return the small words beside a task: 「17人」「1 / 2点」「差 3件」."""
    detail = _DETAILS.get(task)
    return detail(file) if detail else ""


def received_reports(file: EventCourse) -> list[Report]:
    """Return the versions of the report that were received, oldest first."""
    came = [report for report in file.reports if report.received_on is not None]
    return sorted(came, key=lambda report: (report.received_on or date.min, report.way == "受領", report.version))


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
    """Return the day the papers of the day were handed over; None again once what they say has changed since."""
    line = next((one for one in file.told_lines if one.stand.matter.key == DAY_PAPERS), None)
    if line is None or line.stand.standing != "通知済" or line.stand.act is None:
        return None
    return line.stand.act.told_on


def headcount_changed(file: EventCourse) -> Line | None:
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


def _told_on(file: EventCourse) -> date | None:
    return next((row.told_on for row in file.notices if row.told_on is not None), None)


def _drafts_in_on(file: EventCourse) -> date | None:
    return last_of(row.versions[0].received_on if row.versions else None for row in file.materials)


def _report_in_on(file: EventCourse) -> date | None:
    received = received_reports(file)
    return received[0].received_on if received else None


def _reviewed_on(file: EventCourse) -> date | None:
    received = received_reports(file)
    return received[-1].checked_on if received and received[-1].status == "確認済" else None


def _tally_checked_on(file: EventCourse) -> date | None:
    """The day of the ward's own 検算; totals that were fixed without one need none any more."""
    survey = file.survey
    if survey is None:
        return None
    return survey.checked_on or (survey.frozen_at.date() if survey.frozen_at is not None else None)


_CLOSINGS: Mapping[str, Callable[[EventCourse], date | None]] = {
    HEADCOUNT: _told_on,
    MATERIAL: lambda file: last_of(row.confirmed_on for row in file.materials),
    DRAFT: _drafts_in_on,
    REPORT: _report_in_on,
    REVIEW: _reviewed_on,
    QUESTIONS: questions_settled_on,
    TALLY_CHECK: _tally_checked_on,
    DAY_SET: day_set_ready_on,
}


def _people(file: EventFile) -> str:
    people = file.told.people if file.told and headcount_changed(file) is None else file.people
    return f"{people}人" if people else "人数は未入力"


def _confirmed(file: EventFile) -> str:
    if not file.materials:
        return "資料は未登録"
    return f"{sum(row.confirmed_on is not None for row in file.materials)} / {len(file.materials)}点"


def _received(file: EventFile) -> str:
    if not file.materials:
        return "資料は未登録"
    return f"{sum(bool(row.versions) for row in file.materials)} / {len(file.materials)}点"


def _sheets(file: EventFile) -> str:
    total = file.survey.distributed if file.survey else None
    return f"{file.sheets}{SHEET_UNIT}（配布{total}枚）" if total else f"{file.sheets}{SHEET_UNIT}"


_DETAILS: Mapping[str, Callable[[EventFile], str]] = {
    HEADCOUNT: _people,
    MATERIAL: _confirmed,
    DRAFT: _received,
    QUESTIONS: lambda file: f"{len(file.survey.questions)}問" if file.survey else "設問は未作成",
    TALLY_CHECK: _sheets,
    REVIEW: lambda file: f"差 {file.open_figures}件" if file.open_figures else "",
}
