"""事故等報告書 of the ward as a paper of its year, one for each incident; what leaves says which version it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from app.acts.get_or_refuse import get_or_refuse
from app.calendar.dates import short_date
from app.calendar.wareki import era_year_short
from app.papers.blocks import DocumentContent
from app.papers.services.paper_context import context_of
from app.papers.services.paper_kind import PaperItem, PaperKind, PaperSubject
from app.papers.services.paper_scope import PaperScope, year_of
from app.subjects.settings.incidents.papers.incident_report import KIND, LeftLine, ReportFacts, incident_report
from app.subjects.settings.incidents.rules import BASIS
from app.subjects.settings.incidents.services.incident_view import (
    incidents_of,
    issued_reports,
    printed_parties,
    view_of,
)
from db.journal import Change
from db.records.incidents import Incident
from db.records.papers import Outgoing
from db.rows import rows
from db.store import Store

DAYS_BEFORE: Final = 14
"""How far back the report says what left the program; the program's own measure."""


def build_report(store: Store, scope: PaperScope, now: datetime) -> DocumentContent:
    """Return the report of the incident ``scope.item`` as things stand; raises ``Refusal`` when it is gone."""
    view = year_of(store, scope, on=now.date())
    incident = get_or_refuse(store.database, Incident, scope.item or 0)
    shown = view_of(store, incident, now)
    facts = ReportFacts(
        incident=incident,
        year_words=era_year_short(view.programme.term_end.replace(year=view.programme.fiscal_year, month=4, day=1)),
        event=shown.event,
        sort=shown.next_report,
        version=shown.issued + 1,
        basis=BASIS[incident.place],
        notes=tuple(reversed(shown.notes)),
        told=printed_parties(shown),
        measures=shown.measures,
        left=left_before(store, incident),
        days=DAYS_BEFORE,
    )
    return incident_report(context_of(store, view, scope, KIND, now), facts)


def left_before(store: Store, incident: Incident) -> tuple[LeftLine, ...]:
    """Return what left the program with personal data in the days before an incident was known: kinds, never names."""
    begins = incident.known_at - timedelta(days=DAYS_BEFORE)
    found = rows(store.database, Outgoing, personal=True, order="at")
    return tuple(
        LeftLine(at=one.at, kind=one.document_kind, way=one.way, copies=one.copies, by=one.by)
        for one in found
        if begins <= one.at <= incident.known_at and one.document_kind != KIND
    )


def _ready(store: Store, _subject: PaperSubject) -> bool:
    return bool(rows(store.database, Incident, limit=1))


def _items(store: Store, scope: PaperScope) -> Sequence[PaperItem]:
    found = incidents_of(store, fiscal_year=scope.fiscal_year or 0)
    return [PaperItem(id=one.id, title=f"第{one.number}号　{short_date(one.known_at.date())}") for one in found]


def _leaving(store: Store, _change: Change, scope: PaperScope, _content: DocumentContent) -> dict[str, str]:
    """Keep which incident it was of, and which version."""
    incident = get_or_refuse(store.database, Incident, scope.item or 0)
    return {"incident": str(incident.number), "version": str(issued_reports(store.database, incident) + 1)}


REPORT: Final = PaperKind(
    kind=KIND,
    about="年度",
    shelf="管理簿",
    build=build_report,
    ready=_ready,
    items=_items,
    missing="事故の記録を始めると作成できます。",
    todo="事故の対応",
    inside=True,
    leaving=_leaving,
    rests_on=("特25",),
)
