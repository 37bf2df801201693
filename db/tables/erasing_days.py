"""The query for the days on which rows with personal data are to be erased, over all years at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Literal

from db.engine import Database
from db.query_cache import once_a_read
from db.record import record
from db.redactions import REDACTED

RowGroup = Literal[
    "participation",
    "applications",
    "presentations",
    "request forms",
    "responses",
    "contacts",
    "contacts of events",
    "contacts of organisations",
]
"""What is told apart: all that follows the year somebody took part in, and what has a day or a year of its own."""


@record
class ErasingRules:
    """What the query is asked with.

    Attributes:
        columns: the columns that are erased, by table; kept_text: a text in them that is no personal data.
        year_ends: the last day of a year's data by its id: of participants, presenters and signers.
        head_roles: whoever represents a registered 団体 in one of these roles stays in the register.
        waiting_events: the events whose 当日持出しファイル is out; their people wait.
        named_targets: the calls that name somebody who took part, although no entry is theirs.
    """

    columns: Mapping[str, Sequence[str]]
    kept_text: str
    year_ends: Mapping[int, tuple[date, date, date]]
    head_roles: Sequence[str]
    waiting_events: Iterable[int]
    named_targets: Sequence[str]


_QUERY: Final = """
WITH ends AS MATERIALIZED (
  SELECT value ->> 0 AS year, value ->> 1 AS taken, value ->> 2 AS presented, value ->> 3 AS signed
  FROM json_each(:ends)),
waiting AS MATERIALIZED (SELECT value AS id FROM json_each(:waiting)),
event_ends AS MATERIALIZED (SELECT e.id, ends.taken AS day, ends.presented, e.id IN (SELECT id FROM waiting) AS waits
  FROM events e JOIN ends ON ends.year = e.programme_id),
waiting_people AS MATERIALIZED (SELECT coalesce(n.person_id, -n.id) AS id FROM entries n
  WHERE n.event_id IN (SELECT id FROM waiting)),
beside AS (
  SELECT event_id, entry_id FROM arrangements r WHERE {arrangements}
  UNION ALL SELECT event_id, entry_id FROM tablet_loans r WHERE {tablet_loans}
  UNION ALL SELECT event_id, entry_id FROM calls r WHERE {calls}
    AND (entry_id IN (SELECT id FROM entries) OR target IN (SELECT value FROM json_each(:targets)))),
person_ends AS (SELECT n.person_id AS id, max(e.day) AS day
  FROM entries n JOIN event_ends e ON e.id = n.event_id WHERE n.person_id IS NOT NULL GROUP BY n.person_id),
contact_ends AS (SELECT person_id AS id, max(dispose_on) AS day FROM contacts r
  WHERE person_id IS NOT NULL AND dispose_on IS NOT NULL AND {contacts} GROUP BY person_id),
named AS (
  SELECT id FROM people r WHERE {people}
  UNION SELECT person_id FROM memberships r WHERE {memberships}
  UNION SELECT person_id FROM contacts r WHERE person_id IS NOT NULL AND dispose_on IS NULL AND {contacts}),
applied AS (SELECT r.id, coalesce(r.received_at, i.at) AS at,
    (SELECT max(e.day) FROM entries n JOIN event_ends e ON e.id = n.event_id WHERE n.application_id = r.id) AS day
  FROM applications r LEFT JOIN foreign_imports i ON i.id = r.import_id
  WHERE {applications} AND (NOT EXISTS (SELECT 1 FROM waiting) OR (
    NOT EXISTS (SELECT 1 FROM entries n WHERE n.application_id = r.id AND n.event_id IN (SELECT id FROM waiting))
    AND coalesce((SELECT p.id FROM entries n JOIN people p ON p.id = n.person_id WHERE n.application_id = r.id
      ORDER BY name_key(p.name) <> name_key(r.name), n.id LIMIT 1), 0) NOT IN (SELECT id FROM waiting_people))))
SELECT 'participation', min(day) FROM (
  SELECT min(e.day) AS day FROM entries r JOIN event_ends e ON e.id = r.event_id
    WHERE NOT e.waits AND coalesce(r.person_id, -r.id) NOT IN (SELECT id FROM waiting_people) AND {entries}
  UNION ALL SELECT min(e.day) FROM beside b JOIN event_ends e ON e.id = b.event_id
    LEFT JOIN entries n ON n.id = b.entry_id
    WHERE NOT e.waits AND coalesce(n.person_id, -n.id, 0) NOT IN (SELECT id FROM waiting_people)
  UNION ALL SELECT min(max(one.day, coalesce(c.day, ''))) FROM person_ends one JOIN people p ON p.id = one.id
    LEFT JOIN contact_ends c ON c.id = one.id
    WHERE one.id IN (SELECT id FROM named) AND one.id NOT IN (SELECT id FROM waiting_people)
    AND (p.organisation_id IS NULL OR trim(p.role, :blanks) NOT IN (SELECT value FROM json_each(:heads)))
  UNION ALL SELECT min(day) FROM applied)
UNION ALL SELECT 'applications', min(substr(at, 1, 10)) FROM applied WHERE day IS NULL
UNION ALL SELECT 'presentations', min(coalesce(r.dispose_on, e.presented)) FROM presentations r
  JOIN event_ends e ON e.id = r.event_id WHERE r.of_contractor = 0 AND {presentations}
UNION ALL SELECT 'request forms', min(coalesce(r.dispose_on, ends.signed)) FROM dispatch_wishes r
  JOIN ends ON ends.year = r.programme_id WHERE {dispatch_wishes}
UNION ALL SELECT 'responses', min(e.day) FROM answer_sheets r JOIN event_surveys s ON s.id = r.survey_id
  JOIN event_ends e ON e.id = s.event_id WHERE {answer_sheets}
UNION ALL SELECT CASE WHEN r.event_id IS NOT NULL THEN 'contacts of events'
    WHEN r.person_id IS NULL AND r.application_id IS NULL AND r.organisation_id IS NOT NULL
    THEN 'contacts of organisations' ELSE 'contacts' END, min(r.dispose_on)
  FROM contacts r WHERE r.dispose_on IS NOT NULL AND {contacts} GROUP BY 1
"""
_BLANKS: Final = "\t\n\r\x0b\x0c 　"


def first_erasing_days(database: Database, rules: ErasingRules) -> dict[RowGroup, date]:
    """Return for each group of rows the first day on which one of them is to be erased; no group without such a row.

    For applications that led to no entry it is the first day on which one came in.
    """
    held = {table: _holds_text(names) for table, names in rules.columns.items()}
    asked = {
        "ends": json.dumps([[year, *(day.isoformat() for day in days)] for year, days in rules.year_ends.items()]),
        "waiting": json.dumps(list(rules.waiting_events)),
        "targets": json.dumps(list(rules.named_targets)),
        "heads": json.dumps(list(rules.head_roles)),
        "blanks": _BLANKS,
        "erased": REDACTED,
        "kept": rules.kept_text,
    }
    query = _QUERY.format(**held)
    found = once_a_read(database, (RowGroup, query, *asked.values()), lambda: database.execute(query, asked).fetchall())
    return {group: date.fromisoformat(day) for group, day in found if day is not None}


def responses_to_erase(database: Database, columns: Sequence[str], kept_text: str) -> list[tuple[int, int]]:
    """Return the survey responses of which one of ``columns`` holds a text to erase, each with its event.

    Their answers are not read. ``kept_text``: see ``ErasingRules``.
    """
    query = (
        "SELECT r.id, s.event_id FROM answer_sheets r JOIN event_surveys s ON s.id = r.survey_id "  # noqa: S608
        f"WHERE {_holds_text(columns)} ORDER BY r.id"
    )
    found = database.execute(query, {"erased": REDACTED, "kept": kept_text}).fetchall()
    return [(int(row_id), int(event_id)) for row_id, event_id in found]


def _holds_text(columns: Sequence[str]) -> str:
    """Return the condition that one of a row's columns holds a text that can be erased."""
    each = (
        f"(r.{name} NOT IN ('', :kept) AND substr(r.{name}, 1, length(:erased)) <> :erased)"  # our own columns
        for name in columns
    )
    return f"({' OR '.join(each)})"
