"""Queries on events with timetable, equipment, recruitment and result."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.events import AgendaItem, EquipmentItem, Event, EventResult, RecruitmentStep
from db.records.programme import Kind
from db.rows import rows

BY_DATE = ("event_date nulls last", "start_time", "id")


def events_of_year(database: Database, programme_id: int) -> list[Event]:
    """Return every event of the year by date; those without a date come last."""
    return rows(database, Event, programme_id=programme_id, order=BY_DATE)


def events_of_same_year(database: Database, event_id: int) -> list[Event]:
    """Return an event and the others of its year as ``events_of_year``; none when it does not exist."""
    return mapping.fetch(
        database,
        Event,
        "SELECT * FROM events WHERE programme_id = (SELECT programme_id FROM events WHERE id = ?) "
        "ORDER BY event_date IS NULL, event_date, start_time, id",
        [event_id],
    )


def events_of_other_form(database: Database) -> list[Event]:
    """Return the events whose form is not that of their kind in their year: none, as long as nothing is wrong."""
    return mapping.fetch(
        database,
        Event,
        "SELECT * FROM events WHERE EXISTS (SELECT 1 FROM kind_numbers AS one WHERE one.kind = events.kind "
        "AND one.programme_id = events.programme_id AND one.form <> events.form) ORDER BY id",
    )


def kinds_with_numbers(database: Database) -> dict[int, str]:
    """Return 「講習会第3回」, without a number the kind alone, of every event by its id."""
    found = database.execute(
        "SELECT id, coalesce(nullif(kind_name, ''), kind) || coalesce('第' || nullif(ordinal, 0) || '回', '') "
        "FROM events"
    )
    return dict(found.fetchall())


def highest_ordinal(database: Database, programme_id: int, kind: Kind) -> int:
    """Return the highest ordinal that an event of ``kind`` has in a year, 中止 included (0 when none)."""
    one = next(
        iter(
            mapping.read(
                database,
                "SELECT coalesce(max(ordinal), 0) AS highest FROM events WHERE programme_id = ? AND kind = ?",
                [programme_id, kind],
            )
        )
    )
    return int(one["highest"])


def agenda(database: Database, event_id: int) -> list[AgendaItem]:
    """Return the timetable of one event in order."""
    return rows(database, AgendaItem, event_id=event_id, order=("position", "id"))


def equipment(database: Database, event_id: int) -> list[EquipmentItem]:
    """Return the equipment of one event in order."""
    return rows(database, EquipmentItem, event_id=event_id, order=("position", "id"))


def recruitment_steps(database: Database, event_id: int) -> list[RecruitmentStep]:
    """Return the recruitment steps of one event in order."""
    return rows(database, RecruitmentStep, event_id=event_id, order=("position", "id"))


def result(database: Database, event_id: int) -> EventResult | None:
    """Return the recorded result of the day, or None."""
    return next(iter(rows(database, EventResult, event_id=event_id)[::-1]), None)
