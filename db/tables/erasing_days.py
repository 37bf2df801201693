"""The queries for the rows with personal data that are to be erased: their first days and counts, over all years."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import Any, Literal

from db.backups.retention import KEEP_MONTHS
from db.engine import Database
from db.query_cache import once_a_read
from db.record import group_by_key, record
from db.records.backups import BackupRule
from db.redactions import REDACTED
from db.rows import rows

RowGroup = Literal[
    "participation",
    "presentations",
    "request_forms",
    "responses",
    "memos",
    "rights",
    "contacts",
    "contacts_of_events",
    "contacts_of_organisations",
]
"""What is told apart: all that follows the year somebody took part in, and what has a day or a year of its own."""


@record
class ErasingRules:
    """What the queries are asked with.

    Attributes:
        kinds: the retention kind of each group of rows.
        columns: the columns that are erased, by table; kept_text: a text in them that is no personal data.
        year_ends: the last day of a year's data by its id: of participants, presenters, signers, memos and requests.
        event_ends: of participants and presenters, by the id of an event that counts from its own day.
        contacts_end: returns the last day of an application without a place from the fiscal year it came in.
        fiscal_ends: the same, by fiscal year, of years that say another one.
        head_roles: whoever represents a registered 団体 in one of these roles stays in the register.
        waiting_events: the events whose 当日持出しファイル is out or that are held; their people wait.
        waiting_people, held_years, held_events: whoever is held, and what is held although no person is known by it.
        open_requests: the requests about their own data that are not settled.
        named_targets: the calls that name somebody who took part, although no entry is theirs.
    """

    kinds: Mapping[RowGroup, str]
    columns: Mapping[str, Sequence[str]]
    kept_text: str
    year_ends: Mapping[int, tuple[date, ...]]
    contacts_end: Callable[[int], date]
    head_roles: Sequence[str]
    waiting_events: Iterable[int]
    named_targets: Sequence[str]
    event_ends: Mapping[int, tuple[date, date]] = field(default_factory=dict)
    fiscal_ends: Mapping[int, date] = field(default_factory=dict)
    waiting_people: Iterable[int] = ()
    held_events: Iterable[int] = ()
    held_years: Iterable[int] = ()
    open_requests: Iterable[int] = ()


@record
class RowsToErase:
    """How many rows of a kind are to be erased, of how many people, and the first of their days.

    ``is_near`` = those up to the day that was asked about, else those after it. ``events`` are the titles of their
    events in the order of the events, each with its rows and its people.
    """

    kind: str
    is_near: bool
    rows: int
    people: int
    first_day: date
    events: tuple[tuple[str, int, int], ...] = ()


_DUE = """
WITH ends AS MATERIALIZED (
  SELECT value ->> 0 AS year, value ->> 1 AS taken, value ->> 2 AS presented, value ->> 3 AS signed,
    value ->> 4 AS memo, value ->> 5 AS asked
  FROM json_each(:ends)),
own_ends AS MATERIALIZED (
  SELECT value ->> 0 AS id, value ->> 1 AS taken, value ->> 2 AS presented FROM json_each(:own_ends)),
fiscal_ends AS MATERIALIZED (SELECT value ->> 0 AS year, value ->> 1 AS day FROM json_each(:fiscal_ends)),
waiting AS MATERIALIZED (SELECT value AS id FROM json_each(:waiting)),
held AS MATERIALIZED (SELECT value AS id FROM json_each(:held)),
event_ends AS MATERIALIZED (SELECT e.id, coalesce(o.taken, ends.taken) AS day,
    coalesce(o.presented, ends.presented) AS presented, e.id IN (SELECT id FROM waiting) AS waits
  FROM events e JOIN ends ON ends.year = e.programme_id LEFT JOIN own_ends o ON o.id = e.id),
waiting_people AS MATERIALIZED (SELECT coalesce(n.person_id, -n.id) AS id FROM entries n
  WHERE n.event_id IN (SELECT id FROM waiting) UNION SELECT value FROM json_each(:waiting_people)),
beside AS (
  SELECT event_id, entry_id FROM arrangements r WHERE {arrangements}
  UNION ALL SELECT event_id, entry_id FROM tablet_loans r WHERE {tablet_loans}
  UNION ALL SELECT event_id, entry_id FROM calls r WHERE {calls}
    AND (entry_id IN (SELECT id FROM entries) OR target IN (SELECT value FROM json_each(:targets)))),
contact_ends AS (SELECT person_id AS id, max(dispose_on) AS day FROM contacts r
  WHERE person_id IS NOT NULL AND dispose_on IS NOT NULL AND {contacts} GROUP BY person_id),
person_ends AS MATERIALIZED (SELECT p.id, max(max(e.day), coalesce(c.day, '')) AS day
  FROM entries n JOIN event_ends e ON e.id = n.event_id JOIN people p ON p.id = n.person_id
  LEFT JOIN contact_ends c ON c.id = p.id
  WHERE p.id NOT IN (SELECT id FROM waiting_people)
  AND (p.organisation_id IS NULL OR trim(p.role, :blanks) NOT IN (SELECT value FROM json_each(:heads))) {of_people}
  GROUP BY p.id),
named AS (
  SELECT id FROM people r WHERE {people}
  UNION ALL SELECT person_id FROM memberships r WHERE {memberships}
  UNION ALL SELECT person_id FROM contacts r WHERE person_id IS NOT NULL AND dispose_on IS NULL AND {contacts}),
places AS MATERIALIZED (SELECT n.application_id AS id, max(e.day) AS day, max(e.waits) AS waits, min(n.id) AS first,
    min(n.person_id) AS whose, max(n.person_id) AS other
  FROM entries n JOIN event_ends e ON e.id = n.event_id WHERE n.application_id IS NOT NULL {of_places}
  GROUP BY n.application_id),
applied AS (SELECT coalesce(p.day, (SELECT day FROM fiscal_ends WHERE year =
        CAST(substr(coalesce(r.received_at, i.at), 1, 4) AS INTEGER)
        - (substr(coalesce(r.received_at, i.at), 6, 2) < '04')),
      (CAST(substr(coalesce(r.received_at, i.at), 1, 4) AS INTEGER) + :years
      - (substr(coalesce(r.received_at, i.at), 6, 2) < '04')) || :day, '9999-12-31') AS day,
    (SELECT event_id FROM entries WHERE id = p.first) AS event,
    CASE WHEN p.whose IS NOT p.other THEN (SELECT n.person_id FROM entries n JOIN people w ON w.id = n.person_id
      WHERE n.application_id = r.id ORDER BY name_key(w.name) <> name_key(r.name), n.id LIMIT 1)
    ELSE coalesce(p.whose, -p.first, -(1 << 40) - r.id) END AS who
  FROM applications r LEFT JOIN foreign_imports i ON i.id = r.import_id LEFT JOIN places p ON p.id = r.id
  WHERE {applications} AND NOT coalesce(p.waits, 0) {of_applications}),
asked AS (SELECT r.person_id, r.programme_id FROM mistake_reports r WHERE {mistake_reports}
  UNION ALL SELECT r.person_id, r.programme_id FROM data_requests r WHERE {data_requests}
    AND r.id NOT IN (SELECT value FROM json_each(:open_requests))
  UNION ALL SELECT q.person_id, q.programme_id FROM request_steps r JOIN data_requests q ON q.id = r.request_id
    WHERE {request_steps} AND q.id NOT IN (SELECT value FROM json_each(:open_requests))),
due AS (
  SELECT :participation AS kind, e.day, coalesce(r.person_id, -r.id) AS who, r.event_id AS event
    FROM entries r JOIN event_ends e ON e.id = r.event_id
    WHERE NOT e.waits AND coalesce(r.person_id, -r.id) NOT IN (SELECT id FROM waiting_people) {of_entries}
    AND {entries}
  UNION ALL SELECT :participation, e.day, coalesce(n.person_id, -n.id, 0), b.event_id
    FROM beside b JOIN event_ends e ON e.id = b.event_id LEFT JOIN entries n ON n.id = b.entry_id
    WHERE NOT e.waits AND coalesce(n.person_id, -n.id, 0) NOT IN (SELECT id FROM waiting_people)
  UNION ALL SELECT :participation, p.day, p.id, NULL FROM named JOIN person_ends p ON p.id = named.id
  UNION ALL SELECT :participation, day, who, event FROM applied
    WHERE NOT EXISTS (SELECT 1 FROM waiting_people) OR who NOT IN (SELECT id FROM waiting_people)
  UNION ALL SELECT :presentations, coalesce(r.dispose_on, e.presented), 0, r.event_id FROM presentations r
    JOIN event_ends e ON e.id = r.event_id WHERE r.of_contractor = 0 AND {presentations}
    AND r.event_id NOT IN (SELECT id FROM held)
  UNION ALL SELECT :request_forms, coalesce(r.dispose_on, ends.signed), 0, r.event_id FROM dispatch_wishes r
    JOIN ends ON ends.year = r.programme_id WHERE {dispatch_wishes}
    AND r.programme_id NOT IN (SELECT value FROM json_each(:held_years))
    AND coalesce(r.event_id, 0) NOT IN (SELECT id FROM held)
  UNION ALL SELECT :memos, ends.memo, 0, r.event_id FROM contact_memos r
    JOIN ends ON ends.year = r.programme_id WHERE {contact_memos}
    AND r.programme_id NOT IN (SELECT value FROM json_each(:held_years))
    AND coalesce(r.event_id, 0) NOT IN (SELECT id FROM held)
  UNION ALL SELECT :memos, ends.memo, 0, r.event_id FROM returned_letters r JOIN events e ON e.id = r.event_id
    JOIN ends ON ends.year = e.programme_id WHERE {returned_letters}
    AND e.programme_id NOT IN (SELECT value FROM json_each(:held_years)) AND r.event_id NOT IN (SELECT id FROM held)
  UNION ALL SELECT :rights, ends.asked, coalesce(a.person_id, 0), NULL FROM asked a
    JOIN ends ON ends.year = a.programme_id WHERE a.programme_id NOT IN (SELECT value FROM json_each(:held_years))
    AND coalesce(a.person_id, 0) NOT IN (SELECT value FROM json_each(:waiting_people))
  UNION ALL SELECT :responses, e.day, 0, s.event_id FROM answer_sheets r JOIN event_surveys s ON s.id = r.survey_id
    JOIN event_ends e ON e.id = s.event_id WHERE {answer_sheets}
    AND s.event_id NOT IN (SELECT id FROM held)
  UNION ALL SELECT CASE WHEN r.event_id IS NOT NULL THEN :contacts_of_events
      WHEN r.person_id IS NULL AND r.application_id IS NULL AND r.organisation_id IS NOT NULL
      THEN :contacts_of_organisations ELSE :contacts END, coalesce(r.dispose_on, e.presented),
      coalesce(r.person_id, 0), r.event_id
    FROM contacts r LEFT JOIN event_ends e ON e.id = r.event_id
    WHERE coalesce(r.dispose_on, e.presented) IS NOT NULL AND {contacts}
    AND coalesce(r.event_id, 0) NOT IN (SELECT id FROM held) AND NOT EXISTS (SELECT 1 FROM entries n
      WHERE n.application_id = r.application_id AND n.event_id IN (SELECT id FROM held))
    AND coalesce(r.person_id, 0) NOT IN (SELECT id FROM waiting_people))
"""
"""The common part of the queries: a line for each row to erase, with its kind, day, person and event.

A person is negative for an entry without one, 0 = nobody in particular. ``{of_…}`` leaves out rows, see ``_BEFORE``.
"""
_BOUND = """,
bound AS MATERIALIZED (SELECT min(e.day) AS day FROM event_ends e WHERE NOT e.waits AND EXISTS (SELECT 1 FROM entries r
  WHERE r.event_id = e.id AND coalesce(r.person_id, -r.id) NOT IN (SELECT id FROM waiting_people) AND {entries})),
early AS MATERIALIZED (SELECT e.id FROM event_ends e WHERE e.day < (SELECT coalesce(day, '9999-12-31') FROM bound))
"""
_BEFORE = {
    "of_entries": "AND e.id IN early",
    "of_people": "AND p.id IN (SELECT person_id FROM entries WHERE event_id IN early)",
    "of_places": "AND n.application_id IN (SELECT application_id FROM entries WHERE event_id IN early)",
    "of_applications": "AND (p.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM entries WHERE application_id = r.id))",
}
"""What leaves out whoever took part in no event before the first one with an entry to erase.

Who took part is kept as long as the last of their events: none of those left out has an earlier day than that event.
Years of which nothing was erased yet are then not read at all.
"""
_FIRST_DAYS = """
SELECT kind, min(day) FROM (SELECT kind, day FROM due UNION ALL SELECT :participation, day FROM bound)
WHERE day < '9999-12-31' GROUP BY kind
"""
_COUNTS = """,
told AS MATERIALIZED (SELECT kind, day <= :near AS is_near, day, who, event FROM due),
titles AS MATERIALIZED (SELECT CAST(key AS INTEGER) AS id, value AS title FROM json_each(:titles)),
of_events AS (
  SELECT kind, is_near, who, event FROM told WHERE event IS NOT NULL
  UNION ALL SELECT kind, is_near, who, n.event_id FROM told JOIN entries n ON n.person_id = who
    WHERE event IS NULL AND who > 0)
SELECT kind, is_near, count(*), count(DISTINCT nullif(who, 0)), min(day), NULL, 0 AS first FROM told GROUP BY 1, 2
UNION ALL SELECT kind, is_near, count(*), count(DISTINCT nullif(who, 0)), NULL, title, min(event)
  FROM of_events JOIN titles ON titles.id = event GROUP BY kind, is_near, title ORDER BY first
"""
_SOME_YEAR = 2000
_BLANKS = "\t\n\r\x0b\x0c 　"


def first_erasing_days(database: Database, rules: ErasingRules) -> dict[str, date]:
    """Return for each retention kind the first day on which one of its rows is to be erased; no kind without one."""
    found = _ask(database, _BOUND + _FIRST_DAYS, rules, {}, _BEFORE)
    return {kind: date.fromisoformat(day) for kind, day in found if day is not None}


def count_rows_to_erase(
    database: Database, rules: ErasingRules, *, near: date, titles: Mapping[int, str]
) -> list[RowsToErase]:
    """Return for each retention kind how many rows are to be erased by the day ``near``, and how many after it.

    Args:
        titles: what the list says of an event, by its id; events of one title are counted as one.
    """
    more = {"near": near.isoformat(), "titles": json.dumps(titles)}
    found = _ask(database, _COUNTS, rules, more, dict.fromkeys(_BEFORE, ""))
    events = group_by_key(
        ((kind, is_near), (title, of_rows, people))
        for kind, is_near, of_rows, people, _day, title, _first in found
        if title is not None
    )
    return [
        RowsToErase(
            kind=kind,
            is_near=bool(is_near),
            rows=of_rows,
            people=people,
            first_day=date.fromisoformat(day),
            events=tuple(events[kind, is_near]),
        )
        for kind, is_near, of_rows, people, day, title, _first in found
        if title is None
    ]


def count_contacts_waiting(database: Database, events: Sequence[int], columns: Sequence[str], kept_text: str) -> int:
    """Return how many contacts with a day of their own are of people of one of ``events``.

    ``columns`` and ``kept_text``: see ``ErasingRules``.
    """
    if not events:
        return 0
    query = (
        "SELECT count(*) FROM contacts r WHERE r.dispose_on IS NOT NULL AND r.person_id IN ("  # noqa: S608
        "SELECT person_id FROM entries WHERE event_id IN (SELECT value FROM json_each(:waiting))) "
        f"AND {_holds_text(columns)}"
    )
    asked = {"waiting": json.dumps(events), "erased": REDACTED, "kept": kept_text}
    return int(database.execute(query, asked).fetchone()[0])


def _ask(
    database: Database, query: str, rules: ErasingRules, more: Mapping[str, str], left_out: Mapping[str, str]
) -> list[tuple[Any, ...]]:
    """Return the result rows of a query over the rows to erase, asked once within a read."""
    end = rules.contacts_end(_SOME_YEAR)
    asked = {
        **{str(group): kind for group, kind in rules.kinds.items()},
        **more,
        "ends": json.dumps([[year, *(day.isoformat() for day in days)] for year, days in rules.year_ends.items()]),
        "years": end.year - _SOME_YEAR,
        "day": f"-{end:%m-%d}",
        "waiting": json.dumps(list(rules.waiting_events)),
        "waiting_people": json.dumps(list(rules.waiting_people)),
        "held": json.dumps(list(rules.held_events)),
        "held_years": json.dumps(list(rules.held_years)),
        "open_requests": json.dumps(list(rules.open_requests)),
        "own_ends": json.dumps([[one, *(day.isoformat() for day in days)] for one, days in rules.event_ends.items()]),
        "fiscal_ends": json.dumps([[year, day.isoformat()] for year, day in rules.fiscal_ends.items()]),
        "targets": json.dumps(list(rules.named_targets)),
        "heads": json.dumps(list(rules.head_roles)),
        "blanks": _BLANKS,
        "erased": REDACTED,
        "kept": rules.kept_text,
    }
    held = {table: _holds_text(names) for table, names in rules.columns.items()}
    whole = (_DUE + query).format(**held, **left_out)
    return once_a_read(
        database, (ErasingRules, whole, *asked.values()), lambda: database.execute(whole, asked).fetchall()
    )


def responses_to_erase(database: Database, columns: Sequence[str], kept_text: str) -> list[tuple[int, int]]:
    """Return response id and event id of the survey responses of which one of ``columns`` holds a text to erase.

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


def backup_months(database: Database) -> int:
    """Return how many months the last backup of a month is kept in this folder."""
    return next((one.months for one in rows(database, BackupRule, order="-id", limit=1)), KEEP_MONTHS)
