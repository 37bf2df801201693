"""The next checks of ledgers, the ward's own aim, for home and the badge of the side bar."""

from __future__ import annotations

from datetime import date

from app.calendar.wareki import fiscal_year_of
from app.ledgers.rules import next_check_day
from app.ledgers.services.ledger import LEDGERS, Ledger
from db.engine import Database
from db.record import record
from db.records.ledgers import LedgerNote, LedgerSetting, NoteKind
from db.records.programme import Programme
from db.rows import by_id, rows


@record
class DueCheck:
    """The next check of a ledger, which may be overdue: the day, the interval, and the last check (None = never)."""

    ledger: Ledger
    fiscal_year: int
    due: date
    interval: str
    last_checked_on: date | None


def due_checks(database: Database, today: date) -> tuple[DueCheck, ...]:
    """Return the next check of each ledger with an interval of checks, of the year of ``today``, earliest first."""
    known = {ledger.key: ledger for ledger in LEDGERS}
    settings = [one for one in rows(database, LedgerSetting) if one.every and one.ledger in known]
    if not settings:
        return ()
    last = {}
    for note in rows(database, LedgerNote, what=NoteKind.CHECK, withdrawn=False):
        last[note.programme_id, note.ledger] = note.at.date()
    found = []
    for one in settings:
        programme = by_id(database, Programme, one.programme_id)
        done = last.get((one.programme_id, one.ledger))
        due = next_check_day(one.every, one.begins, done)
        if due is not None and programme is not None and programme.fiscal_year == fiscal_year_of(today):
            found.append(
                DueCheck(
                    ledger=known[one.ledger],
                    fiscal_year=programme.fiscal_year,
                    due=due,
                    interval=one.every,
                    last_checked_on=done,
                )
            )
    return tuple(sorted(found, key=lambda one: (one.due, one.ledger.title)))
