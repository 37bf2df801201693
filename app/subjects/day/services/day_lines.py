"""The people of one event as lines of the papers of the day, with the numbers they have or will get."""

from __future__ import annotations

from dataclasses import replace

from app.papers.blocks import RosterLine
from app.papers.rules.name_fitting import in_hiragana
from app.subjects.roster.rules.roster_numbers import numbers_to_give
from app.subjects.roster.services.roster import Roster, RosterRow, read_roster
from db.store import Store
from db.tables import organisations

SUBSTITUTE = "代理"
WALK_IN = "当日受付"


def roster_lines(store: Store, *, event_id: int, roster: Roster | None = None) -> tuple[RosterLine, ...]:
    """Return everybody on the 受付名簿 by number; whoever has none yet shows the one that printing will give.

    A note that somebody typed is left out: it was not written for the desk at the door.
    """
    roster = roster or read_roster(store, event_id=event_id)
    missing = any(row.entry.number is None for row in roster.door)
    given = (
        numbers_to_give([row.entry for row in roster.rows], organisations.everything(store.database)) if missing else {}
    )
    numbered = [replace(row, entry=replace(row.entry, number=_number(row, given))) for row in roster.door]
    return tuple(_line(row) for row in sorted(numbered, key=lambda row: row.entry.number or 0))


def _number(row: RosterRow, given: dict[int, int]) -> int | None:
    return row.entry.number if row.entry.number is not None else given.get(row.entry.id)


def _line(row: RosterRow) -> RosterLine:
    entry = row.entry
    notes = [SUBSTITUTE] if entry.substitute_for else [WALK_IN] if entry.walk_in else []
    notes += [f"席 {entry.seat}"] if entry.seat else []
    return RosterLine(
        entry_id=entry.id,
        number=str(entry.number or ""),
        organisation=row.organisation_name,
        branch=row.branch,
        name=row.person.name if row.person else "",
        reading=in_hiragana(row.furigana),
        role=row.role,
        device=entry.device,
        group=str(entry.group_number or ""),
        care=bool(entry.care.strip()),
        no_photo=entry.photo == "不可",
        note="　".join(notes),
    )
