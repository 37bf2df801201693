"""Reading 実施報告書 and the numbers compared in them."""

from __future__ import annotations

from db.engine import Database
from db.records.reports import Report, ReportFigure
from db.rows import rows


def reports_of_event(database: Database, event_id: int) -> list[Report]:
    """Return every report of an event, the newest version of each way last."""
    return rows(database, Report, event_id=event_id, order=("way", "version"))


def figures_of_report(database: Database, report_id: int) -> list[ReportFigure]:
    """Return the compared numbers of a report in their order."""
    return rows(database, ReportFigure, report_id=report_id, order=("position", "id"))
