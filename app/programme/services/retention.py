"""The end of retention of a year's data (by rule or as set by the ward), and issued documents that state it."""

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
"""Name of the stored setting for applicants' data, with ``purpose`` and ``dispose_on``."""


def applicant_retention_end(database: Database, programme: Programme) -> date:
    """Return the last day on which applicants' data are kept: as set, else by the rule of its kind.

    The set day is the same for all years: up to the end of June it concerns the year before.
    """
    kept = applications.column_map(database, "申込", CONTACTS_SETTING)
    written = kept.columns.get("dispose_on", "") if kept is not None else ""
    typed = date.fromisoformat(written) if written else None
    ours = typed is not None and typed > date(programme.fiscal_year, 6, 30)
    return typed if typed is not None and ours else retention_end(APPLICANTS, programme)


def documents_with_promise(store: Store, *, programme_id: int) -> tuple[str, ...]:
    """Return the document kinds of a year that left and state the retention of 控え, in the order of the rules.

    A letter to one 団体 belongs to no year: it counts for the fiscal year of its days.
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
