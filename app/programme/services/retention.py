"""Until when the data of a year are kept (by the rule of the kind, or as the ward typed), and which papers with that
promise have left the house."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.actions.get_or_raise import get_or_raise
from app.calendar.wareki import fiscal_year_of
from app.programme.rules.retention import APPLICANTS, RETENTIONS, retention_end
from db.engine import Database
from db.records.documents import Outgoing
from db.records.events import Event
from db.records.programme import Programme
from db.rows import rows
from db.store import Store
from db.tables import applications

CONTACTS_SETTING: Final = "連絡先の扱い"
"""Under this word the columns of the applications keep what was typed: ``purpose`` and ``dispose_on``."""


def applicant_retention_end(database: Database, programme: Programme) -> date:
    """Return the last day on which what applicants wrote is kept: as typed, else by the rule of its kind.

    What was typed is one day for all years: up to the end of June it speaks of the year before.
    """
    kept = applications.column_map(database, "申込", CONTACTS_SETTING)
    written = kept.columns.get("dispose_on", "") if kept is not None else ""
    typed = date.fromisoformat(written) if written else None
    ours = typed is not None and typed > date(programme.fiscal_year, 6, 30)
    return typed if typed is not None and ours else retention_end(APPLICANTS, programme)


def documents_with_promise(store: Store, *, programme_id: int) -> tuple[str, ...]:
    """Return the kinds of papers of a year that left the house and say until when 控え stay, in the order of the rules.

    A letter to one 団体 hangs on no year: it counts for every year of whose fiscal year it bears a day.
    """
    year = get_or_raise(store.database, Programme, programme_id)
    kinds = dict.fromkeys(paper for kind in RETENTIONS if kind.has_encrypted_copies for paper in kind.promised_in)
    events = {one.id for one in rows(store.database, Event, programme_id=programme_id)}
    found = {
        one.document_kind
        for one in rows(store.database, Outgoing, document_kind=tuple(kinds))
        if one.way != "取消"
        and (
            one.programme_id == programme_id
            or one.event_id in events
            or (one.organisation_id is not None and fiscal_year_of(one.at.date()) == year.fiscal_year)
        )
    }
    return tuple(kind for kind in kinds if kind in found)
