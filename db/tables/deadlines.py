"""Reading what deadlines rest on beyond the event itself: dates set by hand and papers that came or went."""

from __future__ import annotations

from datetime import date, datetime

from db import mapping
from db.engine import Database
from db.records.events import DeadlineOverride
from db.records.papers import Letter, Outgoing
from db.records.programme import TaskClosing
from db.records.reports import Report, ReportFigure
from db.records.surveys import EventSurvey
from db.rows import rows


def overrides(database: Database) -> list[DeadlineOverride]:
    """Return every deadline set by hand, oldest first."""
    return rows(database, DeadlineOverride)


def overrides_of(database: Database, event_id: int) -> list[DeadlineOverride]:
    """Return the deadlines of one event that were set by hand, oldest first."""
    return rows(database, DeadlineOverride, event_id=event_id)


def overrides_of_year(database: Database, programme_id: int) -> list[DeadlineOverride]:
    """Return the deadlines of a year that were set by hand, oldest first."""
    return rows(database, DeadlineOverride, programme_id=programme_id)


def closings_of_year(database: Database, programme_id: int) -> list[TaskClosing]:
    """Return the tasks of a year that were closed by hand, oldest first."""
    return rows(database, TaskClosing, programme_id=programme_id)


def days_of_year_paper(database: Database, programme_id: int, document_kind: str) -> list[date]:
    """Return the days on which a paper of a year left, first day first; older rows know no year."""
    found = mapping.read(
        database,
        "SELECT at FROM outgoing WHERE document_kind = ? AND event_id IS NULL AND way <> '取消' "
        "AND (programme_id = ? OR programme_id IS NULL) ORDER BY at",
        [document_kind, programme_id],
    )
    return [datetime.fromisoformat(one["at"]).date() for one in found]


def surveys(database: Database) -> list[EventSurvey]:
    """Return the survey of every event that has one."""
    return rows(database, EventSurvey)


def sheets_by_survey(database: Database) -> dict[int, int]:
    """Return how many counted sheets each survey holds."""
    found = mapping.read(
        database, "SELECT survey_id, count(*) AS n FROM answer_sheets WHERE counted = 1 GROUP BY survey_id"
    )
    return {int(one["survey_id"]): int(one["n"]) for one in found}


def reports(database: Database) -> list[Report]:
    """Return every version of every report, oldest first within an event."""
    return rows(database, Report, order=("event_id", "id"))


def open_figures(database: Database) -> list[ReportFigure]:
    """Return the compared numbers that differ and are not yet settled."""
    return mapping.fetch(
        database,
        ReportFigure,
        "SELECT * FROM report_figures WHERE handling = '' AND theirs <> '' AND theirs <> ours ORDER BY id",
    )


def letters(database: Database) -> list[Letter]:
    """Return the state of every outgoing paper."""
    return rows(database, Letter)


def outgoing_of(database: Database, event_id: int) -> list[Outgoing]:
    """Return what left the application for one event, oldest first."""
    return rows(database, Outgoing, event_id=event_id)


def outgoing_days(database: Database) -> list[tuple[int, str, date]]:
    """Return the last day each kind of paper left for each event (event id, kind, day)."""
    found = mapping.read(
        database,
        "SELECT event_id, document_kind, max(at) AS last FROM outgoing "
        "WHERE event_id IS NOT NULL AND way <> '取消' GROUP BY event_id, document_kind",
    )
    return [
        (int(one["event_id"]), str(one["document_kind"]), datetime.fromisoformat(one["last"]).date()) for one in found
    ]
