"""Queries on 実施報告書, made in the program or received, and their compared numbers.

A received report is a received document (``db.records.submissions.received``); callers get it as a ``Report`` of
way 受領.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from db import mapping
from db.engine import Database
from db.query_cache import cached_results
from db.records.submissions.received import ReceivedPaper
from db.records.submissions.reports import Report, ReportFigure, ReportPhoto
from db.rows import by_id, rows

_CACHE_KEY = "reports"
"""The key of reports in the query cache, by event."""
REPORT_KIND = "実施報告書"
"""The document kind of received reports."""

_BOTH = (
    "SELECT id, event_id, way, version, author, status, body, tables, contractor_confirmed_on, file_id, file_name, "
    "sha256, pages, received_on, received_how, receipt_number, original_place, points, checked_on, checked_by, note "
    "FROM reports WHERE way = '作成' AND event_id IN (SELECT value FROM json_each(?1)) "
    "UNION ALL SELECT id, event_id, '受領', version, '受託者', status, '{}', '{}', received_on, file_id, file_name, "
    "sha256, pages, received_on, received_how, receipt_number, original_place, points, "
    "CASE status WHEN '修正依頼' THEN asked_on WHEN '確認済' THEN checked_on END, "
    "CASE status WHEN '修正依頼' THEN asked_by WHEN '確認済' THEN checked_by ELSE '' END, note "
    "FROM received_papers WHERE kind = ?2 AND event_id IN (SELECT value FROM json_each(?1)) "
    "ORDER BY way, version, id"
)


def reports_of_events(database: Database, event_ids: Sequence[int]) -> list[Report]:
    """Return every report of some events, those made in the program first, then received ones, by version.

    Within one read, events already read are not queried again.
    """
    answers = cached_results(database)
    known = {} if answers is None else answers.setdefault((_CACHE_KEY,), [{}])[0]
    lacking = [each for each in event_ids if each not in known]
    if lacking:
        known |= {each: [] for each in lacking}
        for row in mapping.read(database, _BOTH, [json.dumps(lacking), REPORT_KIND]):
            known[row["event_id"]].append(mapping.to_record(Report, _with_points(row)))
    wanted = [one for each in dict.fromkeys(event_ids) for one in known[each]]
    return sorted(wanted, key=lambda one: (one.way, one.version, one.id))


def reports_of_event(database: Database, event_id: int) -> list[Report]:
    """Return every report of an event, newest version of each way last."""
    return reports_of_events(database, [event_id])


def received_report(database: Database, paper_id: int) -> Report | None:
    """Return a received report by the id of its document, or None."""
    paper = by_id(database, ReceivedPaper, paper_id)
    if paper is None or paper.kind != REPORT_KIND or paper.event_id is None:
        return None
    found = (one for one in reports_of_event(database, paper.event_id) if one.way.is_received and one.id == paper_id)
    return next(found, None)


def figures_of_report(database: Database, report_id: int) -> list[ReportFigure]:
    """Return the compared numbers of a received report in order."""
    return rows(database, ReportFigure, report_id=report_id, order=("position", "id"))


def photos_of_report(database: Database, report_id: int) -> list[ReportPhoto]:
    """Return the pictures of a report in order."""
    return rows(database, ReportPhoto, report_id=report_id, order=("position", "id"))


def _with_points(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with the points of a received document by whether each was found.

    Points with 要確認 are left out, as if not checked yet. A row of another way comes back unchanged.
    """
    if row["way"] != "受領":
        return row
    looks = json.loads(row["points"])
    found = {name: look["result"] == "○" for name, look in looks.items() if look["result"] != "要確認"}
    return {**row, "points": json.dumps(found, ensure_ascii=False)}
