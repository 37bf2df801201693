"""Reading events and what is prepared for them: timetable, equipment, recruitment, result."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.events import AgendaItem, EquipmentItem, Event, EventResult, RecruitmentStep
from db.records.programme import Kind


def event(database: Database, event_id: int) -> Event | None:
    """Return one event, or None."""
    return mapping.fetch_one(database, Event, "SELECT * FROM events WHERE id = ?", [event_id])


def all_of(database: Database, programme_id: int) -> list[Event]:
    """Return every event of the year by date; those without a date come last."""
    return mapping.fetch(
        database,
        Event,
        "SELECT * FROM events WHERE programme_id = ? ORDER BY event_date IS NULL, event_date, start_time, id",
        [programme_id],
    )


def highest_ordinal(database: Database, programme_id: int, kind: Kind) -> int:
    """Return the highest ordinal ever given to an event of ``kind`` (0 when none)."""
    row = next(
        iter(
            database.query(
                "SELECT coalesce(max(ordinal), 0) AS highest FROM events WHERE programme_id = ? AND kind = ?",
                [programme_id, kind],
            )
        )
    )
    return int(row["highest"])


def agenda(database: Database, event_id: int) -> list[AgendaItem]:
    """Return the timetable of one event in order."""
    return mapping.fetch(
        database, AgendaItem, "SELECT * FROM agenda_items WHERE event_id = ? ORDER BY position, id", [event_id]
    )


def all_agenda(database: Database) -> list[AgendaItem]:
    """Return the timetable of every event, in order within each."""
    return mapping.fetch(database, AgendaItem, "SELECT * FROM agenda_items ORDER BY event_id, position, id")


def equipment(database: Database, event_id: int) -> list[EquipmentItem]:
    """Return the equipment of one event in order."""
    return mapping.fetch(
        database, EquipmentItem, "SELECT * FROM equipment_items WHERE event_id = ? ORDER BY position, id", [event_id]
    )


def all_equipment(database: Database) -> list[EquipmentItem]:
    """Return the equipment of every event, in order within each."""
    return mapping.fetch(database, EquipmentItem, "SELECT * FROM equipment_items ORDER BY event_id, position, id")


def equipment_item(database: Database, item_id: int) -> EquipmentItem | None:
    """Return one piece of equipment, or None."""
    return mapping.fetch_one(database, EquipmentItem, "SELECT * FROM equipment_items WHERE id = ?", [item_id])


def steps(database: Database, event_id: int) -> list[RecruitmentStep]:
    """Return the recruitment steps of one event in order."""
    return mapping.fetch(
        database,
        RecruitmentStep,
        "SELECT * FROM recruitment_steps WHERE event_id = ? ORDER BY position, id",
        [event_id],
    )


def all_steps(database: Database) -> list[RecruitmentStep]:
    """Return the recruitment steps of every event, in order within each."""
    return mapping.fetch(database, RecruitmentStep, "SELECT * FROM recruitment_steps ORDER BY event_id, position, id")


def step(database: Database, step_id: int) -> RecruitmentStep | None:
    """Return one recruitment step, or None."""
    return mapping.fetch_one(database, RecruitmentStep, "SELECT * FROM recruitment_steps WHERE id = ?", [step_id])


def result(database: Database, event_id: int) -> EventResult | None:
    """Return what happened on the day, or None while it was not recorded."""
    return mapping.fetch_one(
        database, EventResult, "SELECT * FROM event_results WHERE event_id = ? ORDER BY id DESC LIMIT 1", [event_id]
    )


def all_results(database: Database) -> list[EventResult]:
    """Return what happened on the day for every event recorded."""
    return mapping.fetch(database, EventResult, "SELECT * FROM event_results ORDER BY id")
