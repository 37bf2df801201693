"""The command ``events``: lists the events of the newest year of a data folder with their state."""

from __future__ import annotations

import argparse

from app.commands.command_line import DONE, print_result
from app.commands.opening import add_data_options, now_for_store, read_store
from app.event.services.event_lists import EventRow, list_events

HELP = "実施回の一覧を出す"
DESCRIPTION = "実施回を実施日の順に一覧にします。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``events`` to its ``parser``."""
    add_data_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the events of the newest year by date, undated ones last; returns exit code 0."""
    with read_store(arguments) as store:
        found = list_events(store, today=now_for_store(store, arguments).date())
    print_result(
        arguments, [_as_json(row) for row in found.rows], *(_as_text(row) for row in found.rows), found.summary
    )
    return DONE


def _as_json(row: EventRow) -> dict[str, object]:
    """Return one event as plain data for JSON; ``participants`` is how many came or are expected, None = unknown."""
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "date": row.event_date.isoformat() if row.event_date else None,
        "status": row.state,
        "participants": row.people,
    }


def _as_text(row: EventRow) -> str:
    """Return one event as a line of text."""
    return (
        f"{row.id}　{row.date_words}　{row.title}　{row.venue_words or '会場未定'}　{row.state_words}"
        f"　{row.people_words}"
    )
