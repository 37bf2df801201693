"""Reading 実施報告書 and the numbers compared in them."""

from __future__ import annotations

from db.engine import Database
from db.mapping import fetch, fetch_one
from db.records.reports import Report, ReportFigure


def find_report(database: Database, report_id: int) -> Report | None:
    """Return one report by id."""
    return fetch_one(database, Report, "SELECT * FROM reports WHERE id = ?", [report_id])


def reports_of_event(database: Database, event_id: int) -> list[Report]:
    """Return every report of an event, the newest version of each way last."""
    return fetch(database, Report, "SELECT * FROM reports WHERE event_id = ? ORDER BY way, version", [event_id])


def all_reports(database: Database) -> list[Report]:
    """Return every report of the year."""
    return fetch(database, Report, "SELECT * FROM reports ORDER BY event_id, way, version")


def figures_of_report(database: Database, report_id: int) -> list[ReportFigure]:
    """Return the compared numbers of a report in their order."""
    return fetch(
        database, ReportFigure, "SELECT * FROM report_figures WHERE report_id = ? ORDER BY position, id", [report_id]
    )


def find_figure(database: Database, figure_id: int) -> ReportFigure | None:
    """Return one compared number by id."""
    return fetch_one(database, ReportFigure, "SELECT * FROM report_figures WHERE id = ?", [figure_id])
