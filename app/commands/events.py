"""The command ``events``: lists the events of a year of a data folder with their state."""

from __future__ import annotations

import argparse

from app.calendar.wareki import fiscal_year_words
from app.commands.command_line import DONE, print_result
from app.commands.opening import add_data_options, check_year, now_for_store, read_store
from app.event.services.event_lists import EventRow, list_events
from app.programme.services import programmes

HELP = "実施回の一覧を出す"
DESCRIPTION = "実施回を実施日の順に一覧にします。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``events`` to its ``parser``."""
    add_data_options(parser)
    parser.add_argument(
        "--year", type=int, metavar="西暦", help="年度（令和8年度は 2026。指定しないと、いちばん新しい年度）"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the events of a year by date, undated ones last; returns exit code 0.

    Without ``--year`` it is the newest one; people are told which, if there are several.
    """
    with read_store(arguments) as store:
        check_year(store, arguments.year)
        found = list_events(store, today=now_for_store(store, arguments).date(), fiscal_year=arguments.year)
        years = [one.fiscal_year for one in programmes(store)]
    told = []
    if arguments.year is None and len(years) > 1:
        told = [f"{fiscal_year_words(max(years))}の実施回です。ほかの年度は --year で指定してください。"]
    print_result(
        arguments, [_as_json(row) for row in found.rows], *told, *(_as_text(row) for row in found.rows), found.summary
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
    return (
        f"{row.id}　{row.date_words}　{row.title}　{row.venue_words or '会場未定'}　{row.state_words}"
        f"　{row.people_words}"
    )
