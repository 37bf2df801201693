"""Queries on manual deadlines, closed tasks, and sent or received documents."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence

from db import mapping
from db.engine import Database
from db.journal_index import journal_index
from db.mapping import TABLE_OF
from db.records.accounts import RowChange
from db.records.events import DeadlineOverride
from db.records.roster import Entry
from db.rows import rows


def overrides_of(database: Database, event_id: int) -> list[DeadlineOverride]:
    """Return the deadlines of one event that were set by hand, oldest first."""
    return rows(database, DeadlineOverride, event_id=event_id)


def response_counts(database: Database, survey_ids: Sequence[int]) -> dict[int, int]:
    """Return the number of counted responses by survey id; a survey without any is left out."""
    found = mapping.read(
        database,
        "SELECT survey_id, count(*) AS n FROM answer_sheets "
        "WHERE counted = 1 AND survey_id IN (SELECT value FROM json_each(?)) GROUP BY survey_id",
        [json.dumps(list(survey_ids))],
    )
    return {int(one["survey_id"]): int(one["n"]) for one in found}


_OF_REPORTS = (
    "WITH checked AS (SELECT json_extract(value, '$[0]') AS event_id, json_extract(value, '$[1]') AS place, "
    "json_extract(value, '$[2]') AS row_id FROM json_each(?2)), "
    # The entry of the check itself: an undo or redo of it is no new look at the records.
    "ended AS (SELECT checked.event_id, max(one.seq) AS seq FROM checked JOIN journal AS one "
    "ON one.event_id = checked.event_id AND one.subject = 'reports' AND one.undo_of IS NULL AND one.redo_of IS NULL "
    "AND instr(one.payload, '確認済') AND json_valid(one.payload) JOIN json_each(one.payload) AS written "
    "WHERE json_extract(written.value, '$.table') = checked.place "
    "AND json_extract(written.value, '$.row_id') = checked.row_id "
    "AND json_extract(written.value, '$.after.status') = '確認済' "
    "AND coalesce(json_extract(written.value, '$.before.status'), '') <> '確認済' GROUP BY checked.event_id), "
    # Merging registrations and importing a list concern no single event: the rows say whose event they change.
    "loose AS MATERIALIZED (SELECT seq, payload FROM journal WHERE seq IN (SELECT value FROM json_each(?3)) "
    "AND seq > (SELECT min(seq) FROM ended) AND subject IN ('organisations', 'applications', 'participants') "
    "AND json_valid(payload)) "
    "SELECT 0 AS seq, report_id AS of_id, '' AS payload FROM report_figures "
    "WHERE handling = '' AND theirs <> '' AND theirs <> ours AND report_id IN (SELECT value FROM json_each(?1)) "
    "UNION ALL SELECT one.seq, ended.event_id, one.payload FROM ended JOIN journal AS one "
    "ON one.event_id = ended.event_id AND one.seq > ended.seq WHERE json_valid(one.payload) "
    "UNION ALL SELECT loose.seq, ended.event_id, loose.payload FROM ended JOIN loose ON loose.seq > ended.seq "
    "ORDER BY 1"
)


def figures_and_changes(
    database: Database, report_ids: Sequence[int], checked: Sequence[tuple[int, str, int]]
) -> tuple[Counter[int], dict[int, list[RowChange]]]:
    """Return why reports need another look (open differing numbers, and rows changed after the check).

    One SELECT returns how many compared numbers of each report differ and are not settled, and every row written
    of each event after the check of its report, in the order of writing.

    Args:
        report_ids: whose numbers.
        checked: events whose report is 確認済, each with table and id of that report.
    """
    figures: Counter[int] = Counter()
    changes: dict[int, list[RowChange]] = defaultdict(list)
    loose = journal_index(database).without_event(TABLE_OF[Entry]) if checked else ()
    given = [json.dumps(list(report_ids)), json.dumps(list(checked)), json.dumps(list(loose))]
    for seq, of_id, payload in database.execute(_OF_REPORTS, given).fetchall():
        if seq:
            changes[of_id] += [RowChange(**one) for one in json.loads(payload)]
        else:
            figures[of_id] += 1
    return figures, dict(changes)
