"""Reading what deadlines rest on beyond the event itself: dates set by hand and papers that came or went."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

from db import mapping
from db.engine import Database
from db.records.events import DeadlineOverride
from db.records.programme import TaskClosing
from db.records.submissions.reports import ReportFigure
from db.rows import rows


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


def sheets_by_survey(database: Database, survey_ids: Sequence[int]) -> dict[int, int]:
    """Return how many counted sheets each of these surveys holds."""
    found = mapping.read(
        database,
        "SELECT survey_id, count(*) AS n FROM answer_sheets "
        "WHERE counted = 1 AND survey_id IN (SELECT value FROM json_each(?)) GROUP BY survey_id",
        [json.dumps(list(survey_ids))],
    )
    return {int(one["survey_id"]): int(one["n"]) for one in found}


def open_figures(database: Database, report_ids: Sequence[int]) -> list[ReportFigure]:
    """Return the compared numbers of these reports that differ and are not yet settled."""
    return mapping.fetch(
        database,
        ReportFigure,
        "SELECT * FROM report_figures WHERE handling = '' AND theirs <> '' AND theirs <> ours "
        "AND report_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        [json.dumps(list(report_ids))],
    )
