"""事故等報告書 of the ward as a document of its year, one for each incident, with its version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.actions.get_or_raise import get_or_raise
from app.calendar.dates import short_date
from app.calendar.wareki import era_year_short
from app.common.clauses import clause_of
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.settings.incidents.documents import KIND, IncidentReportFacts, incident_report
from app.settings.incidents.rules import BASIS
from app.settings.incidents.services.incident_view import incidents_of, issued_reports, printed_parties, view_of
from db.journal import Change
from db.records.documents import Outgoing
from db.records.incidents import Incident
from db.rows import rows
from db.store import Store

DAYS_BEFORE = 14
"""Days before discovery for which the report lists outgoing documents; chosen by the program."""


def build_report(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the current report of the incident ``scope.item``; raises ``UserError`` when it is gone."""
    context = document_context_of(store, scope, KIND, now)
    incident = get_or_raise(store.database, Incident, scope.item)
    shown = view_of(store, incident, now)
    facts = IncidentReportFacts(
        incident=incident,
        year_words=era_year_short(
            context.programme.term_end.replace(year=context.programme.fiscal_year, month=4, day=1)
        ),
        event=shown.event,
        report_type=shown.next_report,
        version=shown.issued_reports + 1,
        basis=BASIS[incident.place],
        notes=tuple(reversed(shown.notes)),
        notified_parties=printed_parties(shown),
        measures=shown.measures,
        outgoing=outgoing_before(store, incident),
        days=DAYS_BEFORE,
    )
    return incident_report(context, facts)


def outgoing_before(store: Store, incident: Incident) -> tuple[Outgoing, ...]:
    """Return what left the program with personal data in the days before an incident was known, as kinds only.

    It covers ``DAYS_BEFORE`` days; incident reports are left out.
    """
    begins = incident.known_at - timedelta(days=DAYS_BEFORE)
    found = rows(store.database, Outgoing, personal=True, order="at")
    return tuple(one for one in found if begins <= one.at <= incident.known_at and one.document_kind != KIND)


def _is_available(store: Store, _subject: DocumentSubject) -> bool:
    return bool(rows(store.database, Incident, limit=1))


def _items(store: Store, scope: DocumentScope) -> Sequence[DocumentItem]:
    found = incidents_of(store, fiscal_year=scope.fiscal_year or 0)
    return [DocumentItem(id=one.id, title=f"第{one.number}号　{short_date(one.known_at.date())}") for one in found]


def _outgoing_details(store: Store, _change: Change, scope: DocumentScope, _content: DocumentContent) -> dict[str, str]:
    """Return number and version of a report (keys ``incident``, ``version``), to be stored with the issued document."""
    incident = get_or_raise(store.database, Incident, scope.item)
    return {"incident": str(incident.number), "version": str(issued_reports(store.database, incident) + 1)}


REPORT = DocumentKind(
    kind=KIND,
    group="管理簿",
    build=build_report,
    is_ready=_is_available,
    items=_items,
    missing_words="事故の記録を始めると作成できます。",
    todo="事故の対応",
    is_internal=True,
    on_outgoing=_outgoing_details,
    clauses=(clause_of("事故等の対応・報告・訓練"),),
)
