"""Queries on 協議, 打合せ and 宿題."""

from __future__ import annotations

from db.engine import Database
from db.mapping import fetch, read, to_record
from db.records.agreements import Agreement, Homework
from db.rows import rows

_OF_YEAR = "programme_id = ? OR event_id IN (SELECT id FROM events WHERE programme_id = ?)"


def of_event(database: Database, event_id: int) -> list[Agreement]:
    """Return the 協議 of one event in the order they were opened, withdrawn ones included."""
    return rows(database, Agreement, event_id=event_id)


def of_year(database: Database, programme_id: int) -> list[Agreement]:
    """Return the 協議 of a year, of its events and of none, in the order they were opened, withdrawn ones included."""
    return fetch(database, Agreement, f"SELECT * FROM agreements WHERE {_OF_YEAR} ORDER BY id", [programme_id] * 2)  # noqa: S608


def settled_of_year(database: Database, programme_id: int) -> list[Agreement]:
    """Return the settled 協議 of a year that were not withdrawn, in the order they were opened."""
    return [one for one in of_year(database, programme_id) if one.settled_on is not None and one.is_in_effect]


def with_related_texts(database: Database) -> list[tuple[Agreement, str]]:
    """Return the 協議 of all years, latest settled first, those without a day of it last; withdrawn ones included.

    Each comes with one text, a line for each of its 宿題 and for the name of each of its files.
    """
    found = read(
        database,
        "SELECT agreements.*, "
        "coalesce((SELECT group_concat(text, char(10)) FROM homework WHERE agreement_id = agreements.id), "
        "'') || char(10) || "
        "coalesce((SELECT group_concat(name, char(10)) FROM agreement_files WHERE agreement_id = "
        "agreements.id), '') AS belonging "
        "FROM agreements ORDER BY settled_on DESC, id DESC",
    )
    return [(to_record(Agreement, one), belonging) for one in found for belonging in [one.pop("belonging")]]


def homework_of_year(database: Database, programme_id: int) -> list[Homework]:
    """Return the 宿題 of a year, those with a day first, without open ones of a withdrawn 協議."""
    return fetch(
        database,
        Homework,
        "SELECT homework.* FROM homework LEFT JOIN agreements ON agreements.id = homework.agreement_id "
        "WHERE homework.programme_id = ? AND (homework.done_on IS NOT NULL OR agreements.withdrawn_on IS NULL) "
        "ORDER BY homework.due NULLS LAST, homework.id",
        [programme_id],
    )


def open_homework(database: Database, *, event_id: int | None) -> list[tuple[Homework, int | None]]:
    """Return open 宿題 with a day, earliest first, each with the event of its 協議 or None; of one event, or all.

    Without those of a withdrawn 協議 or a closed year.
    """
    found = read(
        database,
        "SELECT homework.*, agreements.event_id FROM homework LEFT JOIN agreements ON agreements.id = "
        "homework.agreement_id "
        "JOIN programmes ON programmes.id = homework.programme_id "
        "WHERE homework.done_on IS NULL AND homework.due IS NOT NULL AND agreements.withdrawn_on IS NULL "
        "AND programmes.closed_on IS NULL AND (? IS NULL OR agreements.event_id = ?) "
        "ORDER BY homework.due, homework.id",
        [event_id, event_id],
    )
    return [(to_record(Homework, one), about) for one in found for about in [one.pop("event_id")]]


def next_number(database: Database, programme_id: int) -> int:
    """Return the number for the next settled 協議 of a year; withdrawn ones keep theirs."""
    (highest,) = database.execute(
        f"SELECT coalesce(max(ordinal), 0) FROM agreements WHERE {_OF_YEAR}",  # noqa: S608
        [programme_id] * 2,
    ).fetchone()
    return int(highest) + 1


def next_meeting_number(database: Database, programme_id: int) -> int:
    """Return the number for the next 打合せ of a year."""
    (highest,) = database.execute(
        "SELECT coalesce(max(ordinal), 0) FROM meetings WHERE programme_id = ?", [programme_id]
    ).fetchone()
    return int(highest) + 1
