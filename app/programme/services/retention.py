"""Until when the data of a year are kept: the rule of the kind, or the day that the ward typed instead."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.programme.rules.retention import APPLICANTS, ends_on
from db.engine import Database
from db.records.programme import Programme
from db.tables import applications

CONTACTS_SETTING: Final = "連絡先の扱い"
"""Under this word the columns of the applications keep what was typed: ``purpose`` and ``dispose_on``."""


def applicants_until(database: Database, programme: Programme) -> date:
    """Return the last day on which what applicants wrote is kept: as typed, else by the rule of its kind.

    What was typed is one day for all years: up to the end of June it speaks of the year before.
    """
    kept = applications.column_map(database, "申込", CONTACTS_SETTING)
    written = kept.columns.get("dispose_on", "") if kept is not None else ""
    typed = date.fromisoformat(written) if written else None
    ours = typed is not None and typed > date(programme.fiscal_year, 6, 30)
    return typed if typed is not None and ours else ends_on(APPLICANTS, programme)
